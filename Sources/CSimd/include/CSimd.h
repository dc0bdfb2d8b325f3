// Kernels chosen at run time for the processor: AVX-512, AVX2 or plain 64-bit words. Here: byte masks
// for reading delimited text. Kernels are header only: inlined into their Swift callers' object files.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define CSIMD_X86 1
#else
#define CSIMD_X86 0
#endif

// Instruction sets in rising order; a caller may ask for a lower one than the processor has.
enum { csimd_portable = 0, csimd_avx2 = 1, csimd_avx512 = 2 };

// The best instruction set that this processor (and its operating system) offers.
static inline int csimd_best_level(void) {
#if CSIMD_X86
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) {
    return csimd_avx512;
  }
  if (__builtin_cpu_supports("avx2")) return csimd_avx2;
#endif
  return csimd_portable;
}

// The instruction set that kernels shall use: the one that the environment variable KELVIN_SIMD names
// (portable, avx2 or avx512), or the best one where it is not set or empty. Read once; every caller in
// the process gets the same answer, from any thread. A word that names no instruction set, or one that
// this processor lacks, counts as not set; `csimd_level_problem` says so.
int csimd_level(void);

// What was wrong with KELVIN_SIMD when it was read.
enum { csimd_level_is_fine = 0, csimd_level_is_unknown = 1, csimd_level_is_lacking = 2 };
int csimd_level_problem(void);

// Asks for memory that will be read soon, into the second level of the cache: a prefetch into the first
// holds one of its few places for outstanding misses all the time that memory takes to answer.
static inline void csimd_prefetch(const void *address) { __builtin_prefetch(address, 0, 2); }

// Asks for memory that lies in the second level and is needed next.
static inline void csimd_prefetch_near(const void *address) { __builtin_prefetch(address, 0, 3); }

// What `csimd_index_delimiters` met on its way.
enum { csimd_saw_quote = 1, csimd_saw_nul_or_non_ascii = 2 };

typedef struct {
  size_t count;    // positions written
  uint32_t flags;  // csimd_saw_...
} csimd_index;

// Bit i is set where byte i of the eight equals `byte`.
static inline uint32_t csimd_match8(uint64_t word, uint8_t byte) {
  const uint64_t low = 0x7f7f7f7f7f7f7f7full;
  uint64_t x = word ^ (0x0101010101010101ull * byte);
  uint64_t zero = ~(((x & low) + low) | x | low);
  return (uint32_t)(((zero >> 7) * 0x0102040810204080ull) >> 56);
}

static inline csimd_index csimd_index_portable(
    const uint8_t *bytes, size_t start, size_t end, uint8_t separator, int with_quotes,
    uint32_t *positions) {
  csimd_index result = {0, 0};
  size_t at = start;
  for (; at + 8 <= end; at += 8) {
    uint64_t word;
    memcpy(&word, bytes + at, 8);
    uint32_t quotes = csimd_match8(word, '"');
    uint32_t mask = csimd_match8(word, separator) | csimd_match8(word, '\n');
    if (quotes) result.flags |= csimd_saw_quote;
    if ((word & 0x8080808080808080ull) || csimd_match8(word, 0)) {
      result.flags |= csimd_saw_nul_or_non_ascii;
    }
    if (with_quotes) mask |= quotes;
    while (mask) {
      positions[result.count++] = (uint32_t)(at + (size_t)__builtin_ctz(mask));
      mask &= mask - 1;
    }
  }
  for (; at < end; at++) {
    uint8_t byte = bytes[at];
    if (byte == '"') result.flags |= csimd_saw_quote;
    if (byte == 0 || byte >= 0x80) result.flags |= csimd_saw_nul_or_non_ascii;
    if (byte == separator || byte == '\n' || (with_quotes && byte == '"')) {
      positions[result.count++] = (uint32_t)at;
    }
  }
  return result;
}

#if CSIMD_X86
__attribute__((target("avx2,bmi,popcnt"))) static inline csimd_index csimd_index_avx2(
    const uint8_t *bytes, size_t start, size_t end, uint8_t separator, int with_quotes,
    uint32_t *positions) {
  const __m256i separators = _mm256_set1_epi8((char)separator);
  const __m256i newlines = _mm256_set1_epi8('\n');
  const __m256i quotes = _mm256_set1_epi8('"');
  const __m256i ones = _mm256_set1_epi8(1);
  uint64_t all_quotes = 0, all_odd = 0;
  uint32_t *next = positions;
  size_t at = start;
  for (; at + 64 <= end; at += 64) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(bytes + at));
    __m256i b = _mm256_loadu_si256((const __m256i *)(bytes + at + 32));
    __m256i ma = _mm256_or_si256(_mm256_cmpeq_epi8(a, separators), _mm256_cmpeq_epi8(a, newlines));
    __m256i mb = _mm256_or_si256(_mm256_cmpeq_epi8(b, separators), _mm256_cmpeq_epi8(b, newlines));
    uint64_t q = (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, quotes)) |
                 (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, quotes)) << 32;
    all_quotes |= q;
    // Signed "less than 1" holds for NUL and for every byte of 0x80 and more.
    all_odd |= (uint64_t)(uint32_t)_mm256_movemask_epi8(
        _mm256_or_si256(_mm256_cmpgt_epi8(ones, a), _mm256_cmpgt_epi8(ones, b)));
    uint64_t mask = (uint64_t)(uint32_t)_mm256_movemask_epi8(ma) |
                    (uint64_t)(uint32_t)_mm256_movemask_epi8(mb) << 32;
    if (with_quotes) mask |= q;
    while (mask) {
      *next++ = (uint32_t)(at + (size_t)__builtin_ctzll(mask));
      mask &= mask - 1;
    }
  }
  csimd_index rest = csimd_index_portable(bytes, at, end, separator, with_quotes, next);
  csimd_index result = {(size_t)(next - positions) + rest.count, rest.flags};
  if (all_quotes) result.flags |= csimd_saw_quote;
  if (all_odd) result.flags |= csimd_saw_nul_or_non_ascii;
  return result;
}

__attribute__((target("avx512f,avx512bw,bmi,popcnt"))) static inline csimd_index
csimd_index_avx512(
    const uint8_t *bytes, size_t start, size_t end, uint8_t separator, int with_quotes,
    uint32_t *positions) {
  const __m512i separators = _mm512_set1_epi8((char)separator);
  const __m512i newlines = _mm512_set1_epi8('\n');
  const __m512i quotes = _mm512_set1_epi8('"');
  const __m512i ones = _mm512_set1_epi8(1);
  const __m512i steps =
      _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  uint64_t all_quotes = 0, all_odd = 0;
  uint32_t *next = positions;
  size_t at = start;
  for (; at + 64 <= end; at += 64) {
    __m512i v = _mm512_loadu_si512(bytes + at);
    uint64_t mask = _mm512_cmpeq_epi8_mask(v, separators) | _mm512_cmpeq_epi8_mask(v, newlines);
    uint64_t q = _mm512_cmpeq_epi8_mask(v, quotes);
    all_quotes |= q;
    all_odd |= _mm512_cmplt_epi8_mask(v, ones);
    if (with_quotes) mask |= q;
    // Sixteen lanes are stored at a time whatever their number; the next store overwrites the rest.
    for (int part = 0; part < 4; part++) {
      __mmask16 lanes = (__mmask16)(mask >> (16 * part));
      __m512i index = _mm512_add_epi32(steps, _mm512_set1_epi32((int)(at + 16 * (size_t)part)));
      _mm512_storeu_si512(next, _mm512_maskz_compress_epi32(lanes, index));
      next += __builtin_popcount(lanes);
    }
  }
  csimd_index rest = csimd_index_portable(bytes, at, end, separator, with_quotes, next);
  csimd_index result = {(size_t)(next - positions) + rest.count, rest.flags};
  if (all_quotes) result.flags |= csimd_saw_quote;
  if (all_odd) result.flags |= csimd_saw_nul_or_non_ascii;
  return result;
}
#endif

// Writes the positions of separators and newlines (and of quotes, if asked) in
// `bytes[start..<end]`, ascending, counted from `bytes`.
//
// `positions` must hold `end - start + 16` values; `end` must be below 2^32. Bytes outside the range
// are not read.
static inline csimd_index csimd_index_delimiters(
    const uint8_t *bytes, size_t start, size_t end, uint8_t separator, int with_quotes, int level,
    uint32_t *positions) {
#if CSIMD_X86
  if (level >= csimd_avx512) {
    return csimd_index_avx512(bytes, start, end, separator, with_quotes, positions);
  }
  if (level >= csimd_avx2) {
    return csimd_index_avx2(bytes, start, end, separator, with_quotes, positions);
  }
#endif
  return csimd_index_portable(bytes, start, end, separator, with_quotes, positions);
}

static inline size_t csimd_count_portable(
    const uint8_t *bytes, size_t start, size_t end, uint8_t byte) {
  size_t count = 0;
  size_t at = start;
  for (; at + 8 <= end; at += 8) {
    uint64_t word;
    memcpy(&word, bytes + at, 8);
    count += (size_t)__builtin_popcount(csimd_match8(word, byte));
  }
  for (; at < end; at++) count += bytes[at] == byte;
  return count;
}

#if CSIMD_X86
__attribute__((target("avx2,bmi,popcnt"))) static inline size_t csimd_count_avx2(
    const uint8_t *bytes, size_t start, size_t end, uint8_t byte) {
  const __m256i wanted = _mm256_set1_epi8((char)byte);
  size_t count = 0;
  size_t at = start;
  for (; at + 32 <= end; at += 32) {
    __m256i v = _mm256_loadu_si256((const __m256i *)(bytes + at));
    count += (size_t)__builtin_popcount(
        (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, wanted)));
  }
  return count + csimd_count_portable(bytes, at, end, byte);
}

__attribute__((target("avx512f,avx512bw,bmi,popcnt"))) static inline size_t csimd_count_avx512(
    const uint8_t *bytes, size_t start, size_t end, uint8_t byte) {
  const __m512i wanted = _mm512_set1_epi8((char)byte);
  size_t count = 0;
  size_t at = start;
  for (; at + 64 <= end; at += 64) {
    __m512i v = _mm512_loadu_si512(bytes + at);
    count += (size_t)__builtin_popcountll(_mm512_cmpeq_epi8_mask(v, wanted));
  }
  return count + csimd_count_portable(bytes, at, end, byte);
}
#endif

// The number of bytes in `bytes[start..<end]` that equal `byte`.
static inline size_t csimd_count_byte(
    const uint8_t *bytes, size_t start, size_t end, uint8_t byte, int level) {
#if CSIMD_X86
  if (level >= csimd_avx512) return csimd_count_avx512(bytes, start, end, byte);
  if (level >= csimd_avx2) return csimd_count_avx2(bytes, start, end, byte);
#endif
  return csimd_count_portable(bytes, start, end, byte);
}

#include "CSimdBinning.h"
#include "CSimdGradients.h"
#include "CSimdTreeWalk.h"
#include "CSimdTrees.h"
