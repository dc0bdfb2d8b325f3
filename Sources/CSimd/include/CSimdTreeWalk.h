// Which leaf of a decision tree each row reaches, for a block of rows at a time, chosen at run time
// for the processor: AVX-512, AVX2 or plain vectors of 16 bytes. Header only, part of CSimd.h.
//
// A tree's inner nodes are visited once for a group of rows, parents before children. Of each node a
// mask says which rows of the group reach it; one comparison of the node's column parts it among the
// children. There is no branch on data, and a row's leaf is the sum of a number a right turn.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// The rows of a group in `csimd_tree_add`: columns must be readable up to the next multiple of it.
enum { csimd_tree_group = 256 };

// An inner node. A row goes left where its byte in the column is at most `threshold`, or with a set
// where the set holds it.
typedef struct {
  uint64_t column;     // where the column starts, in bytes
  uint32_t threshold;  // four times the same byte
  // What a turn to the right adds to the leaf's number, modulo 256 in both its bytes; four times the
  // same byte. Leaves are numbered from left to right, and a row starts at leaf 0.
  uint32_t low_step;
  uint32_t high_step;
  // Nodes, both behind this one; `node_count` stands for any leaf.
  uint32_t left;
  uint32_t right;
  int32_t set;  // which of the sets, or negative
} csimd_tree_node;

// A set of bytes: bit b % 8 of byte b / 8 says whether b belongs to it.
enum { csimd_tree_set_bytes = 32 };

// Bytes of scratch memory that `csimd_tree_add` needs for a tree of so many inner nodes.
static inline size_t csimd_tree_scratch(size_t node_count) {
  return (node_count + 3) * (size_t)csimd_tree_group;
}

// The walk for vectors of WIDTH bytes without mask registers: masks are bytes of 0 or 255. MEMBERS
// turns a vector of bins into the mask of those that belong to a set. NAME##_narrow numbers leaves in
// one byte, NAME##_wide in two.
#define CSIMD_TREE_WALK(NAME, ATTRIBUTE, WIDTH, LANES, MEMBERS)                                  \
  typedef uint8_t NAME##_bytes __attribute__((vector_size(WIDTH), aligned(1), may_alias));       \
  typedef uint32_t NAME##_words __attribute__((vector_size(WIDTH), aligned(1), may_alias));      \
  ATTRIBUTE __attribute__((always_inline)) static inline void NAME(                              \
      const csimd_tree_node *nodes, size_t node_count, const uint8_t *sets,                      \
      const uint8_t *columns, uint8_t *reached, uint8_t *low, uint8_t *high) {                   \
    enum { rows = WIDTH * LANES };                                                               \
    NAME##_bytes low_part[LANES], high_part[LANES];                                              \
    for (int lane = 0; lane < LANES; lane++) {                                                   \
      low_part[lane] = high_part[lane] = (NAME##_bytes){0};                                      \
      *(NAME##_bytes *)(reached + lane * WIDTH) = (NAME##_bytes){0} - 1;                         \
    }                                                                                            \
    for (size_t i = 0; i < node_count; i++) {                                                    \
      const csimd_tree_node *node = nodes + i;                                                   \
      const uint8_t *column = columns + node->column;                                            \
      const uint8_t *here = reached + i * rows;                                                  \
      uint8_t *left = reached + (size_t)node->left * rows;                                       \
      uint8_t *right = reached + (size_t)node->right * rows;                                     \
      const NAME##_bytes low_step = (NAME##_bytes)((NAME##_words){0} + node->low_step);          \
      const NAME##_bytes high_step = (NAME##_bytes)((NAME##_words){0} + node->high_step);        \
      NAME##_bytes goes_left[LANES];                                                             \
      if (node->set < 0) {                                                                       \
        const NAME##_bytes threshold =                                                           \
            (NAME##_bytes)((NAME##_words){0} + node->threshold);                                 \
        for (int lane = 0; lane < LANES; lane++) {                                               \
          goes_left[lane] =                                                                      \
              (NAME##_bytes)(*(const NAME##_bytes *)(column + lane * WIDTH) <= threshold);       \
        }                                                                                        \
      } else {                                                                                   \
        const uint8_t *set = sets + (size_t)node->set * csimd_tree_set_bytes;                    \
        for (int lane = 0; lane < LANES; lane++) {                                               \
          goes_left[lane] = MEMBERS(*(const NAME##_bytes *)(column + lane * WIDTH), set);        \
        }                                                                                        \
      }                                                                                          \
      for (int lane = 0; lane < LANES; lane++) {                                                 \
        const NAME##_bytes mask = *(const NAME##_bytes *)(here + lane * WIDTH);                  \
        const NAME##_bytes to_right = mask & ~goes_left[lane];                                   \
        *(NAME##_bytes *)(left + lane * WIDTH) = mask & goes_left[lane];                         \
        *(NAME##_bytes *)(right + lane * WIDTH) = to_right;                                      \
        low_part[lane] += to_right & low_step;                                                   \
        if (high) high_part[lane] += to_right & high_step;                                       \
      }                                                                                          \
    }                                                                                            \
    for (int lane = 0; lane < LANES; lane++) {                                                   \
      *(NAME##_bytes *)(low + lane * WIDTH) = low_part[lane];                                    \
      if (high) *(NAME##_bytes *)(high + lane * WIDTH) = high_part[lane];                        \
    }                                                                                            \
  }                                                                                              \
  ATTRIBUTE static inline void NAME##_narrow(                                                    \
      const csimd_tree_node *nodes, size_t node_count, const uint8_t *sets,                      \
      const uint8_t *columns, uint8_t *reached, uint8_t *low) {                                  \
    NAME(nodes, node_count, sets, columns, reached, low, 0);                                     \
  }                                                                                              \
  ATTRIBUTE static inline void NAME##_wide(                                                      \
      const csimd_tree_node *nodes, size_t node_count, const uint8_t *sets,                      \
      const uint8_t *columns, uint8_t *reached, uint8_t *low, uint8_t *high) {                   \
    NAME(nodes, node_count, sets, columns, reached, low, high);                                  \
  }

typedef uint8_t csimd_bytes16 __attribute__((vector_size(16), aligned(1), may_alias));

static inline csimd_bytes16 csimd_members_portable(csimd_bytes16 bins, const uint8_t *set) {
  uint8_t each[16];
  memcpy(each, &bins, 16);
  for (int i = 0; i < 16; i++) {
    each[i] = (uint8_t)(0 - (set[each[i] >> 3] >> (each[i] & 7) & 1));
  }
  csimd_bytes16 mask;
  memcpy(&mask, each, 16);
  return mask;
}

CSIMD_TREE_WALK(csimd_tree_walk_portable, , 16, 4, csimd_members_portable)

#if defined(__x86_64__)
typedef uint8_t csimd_bytes32 __attribute__((vector_size(32), aligned(1), may_alias));

__attribute__((target("avx2"))) static inline csimd_bytes32 csimd_members_avx2(
    csimd_bytes32 bins, const uint8_t *set) {
  const __m256i x = (__m256i)bins;
  const __m256i bits = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128));
  const __m256i first = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)set));
  const __m256i second = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)set + 1));
  const __m256i byte = _mm256_and_si256(_mm256_srli_epi16(x, 3), _mm256_set1_epi8(15));
  // The top bit of a bin says which half of the set holds it.
  const __m256i word = _mm256_blendv_epi8(
      _mm256_shuffle_epi8(first, byte), _mm256_shuffle_epi8(second, byte), x);
  const __m256i bit =
      _mm256_shuffle_epi8(bits, _mm256_and_si256(x, _mm256_set1_epi8(7)));
  return (csimd_bytes32)_mm256_cmpeq_epi8(_mm256_and_si256(word, bit), bit);
}

CSIMD_TREE_WALK(
    csimd_tree_walk_avx2, __attribute__((target("avx2"))), 32, 4, csimd_members_avx2)

__attribute__((target("avx512f,avx512bw"))) static inline __mmask64 csimd_members_avx512(
    __m512i bins, const uint8_t *set) {
  const __m512i bits = _mm512_broadcast_i32x4(
      _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128));
  const __m512i first = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)set));
  const __m512i second = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)set + 1));
  const __m512i byte = _mm512_and_si512(_mm512_srli_epi16(bins, 3), _mm512_set1_epi8(15));
  const __m512i word = _mm512_mask_shuffle_epi8(
      _mm512_shuffle_epi8(first, byte), _mm512_movepi8_mask(bins), second, byte);
  const __m512i bit =
      _mm512_shuffle_epi8(bits, _mm512_and_si512(bins, _mm512_set1_epi8(7)));
  return _mm512_test_epi8_mask(word, bit);
}

__attribute__((target("avx512f,avx512bw"), always_inline)) static inline void
csimd_tree_walk_avx512(
    const csimd_tree_node *nodes, size_t node_count, const uint8_t *sets, const uint8_t *columns,
    uint8_t *scratch, uint8_t *low, uint8_t *high) {
  enum { lanes = csimd_tree_group / 64 };
  __mmask64 *reached = (__mmask64 *)scratch;
  __m512i low_part[lanes], high_part[lanes];
  for (int lane = 0; lane < lanes; lane++) {
    low_part[lane] = high_part[lane] = _mm512_setzero_si512();
    reached[lane] = ~(__mmask64)0;
  }
  for (size_t i = 0; i < node_count; i++) {
    const csimd_tree_node *node = nodes + i;
    const uint8_t *column = columns + node->column;
    const __mmask64 *here = reached + i * lanes;
    __mmask64 *left = reached + (size_t)node->left * lanes;
    __mmask64 *right = reached + (size_t)node->right * lanes;
    const __m512i low_step = _mm512_set1_epi32((int)node->low_step);
    __mmask64 to_left[lanes];
    if (node->set < 0) {
      const __m512i threshold = _mm512_set1_epi32((int)node->threshold);
#pragma clang loop unroll(full)
      for (int lane = 0; lane < lanes; lane++) {
        to_left[lane] = _mm512_mask_cmple_epu8_mask(
            here[lane], _mm512_loadu_si512(column + lane * 64), threshold);
      }
    } else {
      const uint8_t *set = sets + (size_t)node->set * csimd_tree_set_bytes;
#pragma clang loop unroll(full)
      for (int lane = 0; lane < lanes; lane++) {
        to_left[lane] =
            here[lane] & csimd_members_avx512(_mm512_loadu_si512(column + lane * 64), set);
      }
    }
#pragma clang loop unroll(full)
    for (int lane = 0; lane < lanes; lane++) {
      const __mmask64 to_right = here[lane] ^ to_left[lane];
      left[lane] = to_left[lane];
      right[lane] = to_right;
      low_part[lane] = _mm512_mask_add_epi8(low_part[lane], to_right, low_part[lane], low_step);
      if (high) {
        high_part[lane] = _mm512_mask_add_epi8(
            high_part[lane], to_right, high_part[lane],
            _mm512_set1_epi32((int)node->high_step));
      }
    }
  }
  for (int lane = 0; lane < lanes; lane++) {
    _mm512_storeu_si512(low + lane * 64, low_part[lane]);
    if (high) _mm512_storeu_si512(high + lane * 64, high_part[lane]);
  }
}

__attribute__((target("avx512f,avx512bw"))) static inline void csimd_tree_walk_avx512_narrow(
    const csimd_tree_node *nodes, size_t node_count, const uint8_t *sets, const uint8_t *columns,
    uint8_t *scratch, uint8_t *low) {
  csimd_tree_walk_avx512(nodes, node_count, sets, columns, scratch, low, 0);
}

__attribute__((target("avx512f,avx512bw"))) static inline void csimd_tree_walk_avx512_wide(
    const csimd_tree_node *nodes, size_t node_count, const uint8_t *sets, const uint8_t *columns,
    uint8_t *scratch, uint8_t *low, uint8_t *high) {
  csimd_tree_walk_avx512(nodes, node_count, sets, columns, scratch, low, high);
}
#endif

// The leaves of a group's rows: their low bytes, and unless `high` is null, their high ones.
static inline void csimd_tree_walk(
    const csimd_tree_node *nodes, size_t node_count, const uint8_t *sets, const uint8_t *columns,
    int level, uint8_t *reached, uint8_t *low, uint8_t *high) {
#if defined(__x86_64__)
  if (level >= 2) {
    if (high) {
      csimd_tree_walk_avx512_wide(nodes, node_count, sets, columns, reached, low, high);
    } else {
      csimd_tree_walk_avx512_narrow(nodes, node_count, sets, columns, reached, low);
    }
    return;
  }
  if (level >= 1) {
    for (int at = 0; at < csimd_tree_group; at += 128) {
      if (high) {
        csimd_tree_walk_avx2_wide(
            nodes, node_count, sets, columns + at, reached, low + at, high + at);
      } else {
        csimd_tree_walk_avx2_narrow(nodes, node_count, sets, columns + at, reached, low + at);
      }
    }
    return;
  }
#endif
  for (int at = 0; at < csimd_tree_group; at += 64) {
    if (high) {
      csimd_tree_walk_portable_wide(
          nodes, node_count, sets, columns + at, reached, low + at, high + at);
    } else {
      csimd_tree_walk_portable_narrow(nodes, node_count, sets, columns + at, reached, low + at);
    }
  }
}

// Adds to `output[0..<rows]` the value of the leaf that each row reaches.
//
// `columns` holds the rows' bytes, each column readable up to the next multiple of
// `csimd_tree_group`; `values` holds one value a leaf, from left to right, at most 65,536;
// `scratch` has `csimd_tree_scratch(node_count)` bytes, aligned to 64. Any byte in a column leads to
// some leaf.
static inline void csimd_tree_add(
    const csimd_tree_node *nodes, size_t node_count, const uint8_t *sets, const double *values,
    const uint8_t *columns, size_t rows, int level, uint8_t *scratch, double *output) {
  uint8_t *low = scratch;
  uint8_t *high = node_count < 256 ? 0 : scratch + csimd_tree_group;
  for (size_t start = 0; start < rows; start += csimd_tree_group) {
    csimd_tree_walk(
        nodes, node_count, sets, columns + start, level, scratch + 2 * csimd_tree_group, low, high);
    const size_t count = rows - start < csimd_tree_group ? rows - start : csimd_tree_group;
    double *sums = output + start;
    if (high) {
      for (size_t i = 0; i < count; i++) sums[i] += values[low[i] | (size_t)high[i] << 8];
    } else {
      for (size_t i = 0; i < count; i++) sums[i] += values[low[i]];
    }
  }
}
