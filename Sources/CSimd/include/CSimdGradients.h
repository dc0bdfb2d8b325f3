// Gradients and hessians of the log loss, rounded to whole numbers, sixteen rows at a time.
//
// One body serves every instruction set: it is written in vectors of the compiler's own and compiled
// once a set. It holds single operations of IEEE arithmetic only, none contracted, so all sets give
// the same bits. Included by CSimd.h.
#pragma once

typedef float csimd_f16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t csimd_i16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint32_t csimd_u16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint8_t csimd_b16 __attribute__((vector_size(16), aligned(1), may_alias));
typedef double csimd_d16 __attribute__((vector_size(128), aligned(8), may_alias));
typedef float csimd_f32 __attribute__((vector_size(128), aligned(4), may_alias));
typedef int32_t csimd_i32 __attribute__((vector_size(128), aligned(4), may_alias));

// What a gradient of 1 and a hessian of 1 are in whole numbers: the most at which 65,536 rows of the
// largest gradient (1) and hessian (0.25), rounded up, stay inside 31 bits and a sign, and 32 bits.
#define CSIMD_GRADIENT_UNIT 32766
#define CSIMD_HESSIAN_UNIT 262136

// 32 bits that look random, from a row's key and a tree's.
static inline uint32_t csimd_row_hash(uint32_t row_key, uint32_t tree_key) {
  // The finaliser "lowbias32" of the hash prospector project.
  uint32_t z = row_key * 0x9e3779b1u + tree_key;
  z = (z ^ (z >> 16)) * 0x7feb352du;
  z = (z ^ (z >> 15)) * 0x846ca68bu;
  return z ^ (z >> 16);
}

// For rows start..<end, both multiples of 16: `raw[2i]` and `raw[2i + 1]` take the gradient and the
// hessian, `packed[i]` both as whole numbers (gradient << 32 | hessian), rounded after a dither in
// (-1/2, 1/2) that is hashed from the row's key (its index where `keys` is null) and the tree's.
static inline __attribute__((always_inline)) void csimd_gradients_body(
    const double *scores, const uint8_t *labels, const uint32_t *keys, uint32_t tree_key,
    size_t start, size_t end, float *raw, int64_t *packed) {
#pragma STDC FP_CONTRACT OFF
  const csimd_u16 steps = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to a whole number
  const csimd_i16 magic_bits = {
      0x4b400000, 0x4b400000, 0x4b400000, 0x4b400000, 0x4b400000, 0x4b400000, 0x4b400000, 0x4b400000,
      0x4b400000, 0x4b400000, 0x4b400000, 0x4b400000, 0x4b400000, 0x4b400000, 0x4b400000, 0x4b400000};
  for (size_t i = start; i < end; i += 16) {
    csimd_f16 score = __builtin_convertvector(*(const csimd_d16 *)(scores + i), csimd_f16);
    csimd_u16 won =
        __builtin_convertvector(*(const csimd_b16 *)(labels + i), csimd_u16) << 31;
    // z is the log-odds of the outcome that came about; what was missed is q = 1 / (1 + exp(z)),
    // which keeps its digits however small it is.
    csimd_f16 z = (csimd_f16)((csimd_u16)score ^ (won ^ 0x80000000u));
    csimd_i16 low = z < -87.0f, high = z > 87.0f;
    const csimd_f16 limit = {87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87};
    z = (csimd_f16)((~(low | high) & (csimd_i16)z) | (low & (csimd_i16)(-limit)) |
                    (high & (csimd_i16)limit));
    // exp(z) = 2^n exp(r), |r| <= ln 2 / 2: the polynomial of the Cephes library's expf.
    csimd_f16 shifted = z * 1.44269504f + magic;
    csimd_f16 n = shifted - magic;
    csimd_f16 r = (z - n * 0.693359375f) + n * 2.12194440e-4f;
    csimd_f16 p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    csimd_i16 power = ((csimd_i16)shifted - magic_bits + 127) << 23;
    csimd_f16 e = p * (csimd_f16)power;
    csimd_f16 q = 1.0f / (1.0f + e);
    csimd_f16 h = (e * q) * q;
    csimd_f16 g = (csimd_f16)((csimd_u16)q ^ won);
    csimd_u16 key = keys ? *(const csimd_u16 *)(keys + i) : steps + (uint32_t)i;
    csimd_u16 hash = key * 0x9e3779b1u + tree_key;
    hash = (hash ^ (hash >> 16)) * 0x7feb352du;
    hash = (hash ^ (hash >> 15)) * 0x846ca68bu;
    hash = hash ^ (hash >> 16);
    // Sixteen bits each, taken as the middles of 65,536 equal parts of (-1/2, 1/2).
    csimd_i16 first = (csimd_i16)(hash & 0xffffu), second = (csimd_i16)(hash >> 16);
    csimd_f16 d1 = __builtin_convertvector(first, csimd_f16) * 0x1p-16f - 0x1.fffep-2f;
    csimd_f16 d2 = __builtin_convertvector(second, csimd_f16) * 0x1p-16f - 0x1.fffep-2f;
    csimd_i16 gi =
        (csimd_i16)((g * (float)CSIMD_GRADIENT_UNIT + d1) + magic) - magic_bits;
    csimd_i16 hi = (csimd_i16)((h * (float)CSIMD_HESSIAN_UNIT + d2) + magic) - magic_bits;
    *(csimd_i32 *)(packed + i) = __builtin_shufflevector(
        hi, gi, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27,
        12, 28, 13, 29, 14, 30, 15, 31);
    *(csimd_f32 *)(raw + 2 * i) = __builtin_shufflevector(
        g, h, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27,
        12, 28, 13, 29, 14, 30, 15, 31);
  }
}

#if CSIMD_X86
__attribute__((target("avx2"))) static inline void csimd_gradients_avx2(
    const double *scores, const uint8_t *labels, const uint32_t *keys, uint32_t tree_key,
    size_t start, size_t end, float *raw, int64_t *packed) {
  csimd_gradients_body(scores, labels, keys, tree_key, start, end, raw, packed);
}

__attribute__((target("avx512f,avx512bw"))) static inline void
csimd_gradients_avx512(
    const double *scores, const uint8_t *labels, const uint32_t *keys, uint32_t tree_key,
    size_t start, size_t end, float *raw, int64_t *packed) {
  csimd_gradients_body(scores, labels, keys, tree_key, start, end, raw, packed);
}
#endif

// See `csimd_gradients_body`. `scores`, `labels`, `keys`, `raw` and `packed` reach to `end`.
static inline void csimd_gradients(
    const double *scores, const uint8_t *labels, const uint32_t *keys, uint32_t tree_key,
    size_t start, size_t end, float *raw, int64_t *packed, int level) {
#if CSIMD_X86
  if (level >= csimd_avx512) {
    csimd_gradients_avx512(scores, labels, keys, tree_key, start, end, raw, packed);
    return;
  }
  if (level >= csimd_avx2) {
    csimd_gradients_avx2(scores, labels, keys, tree_key, start, end, raw, packed);
    return;
  }
#endif
  csimd_gradients_body(scores, labels, keys, tree_key, start, end, raw, packed);
}

// The same for rows with weights that are not whole: gradient and hessian are multiplied by the weight
// before they are rounded. `raw` stays without weight.
static inline void csimd_weigh_gradients(
    const float *raw, const float *weights, const uint32_t *keys, uint32_t tree_key, size_t start,
    size_t end, int64_t *packed) {
#pragma STDC FP_CONTRACT OFF
  const double magic = 6755399441055744.0;  // 1.5 * 2^52
  for (size_t i = start; i < end; i++) {
    uint32_t hash = csimd_row_hash(keys ? keys[i] : (uint32_t)i, tree_key);
    double d1 = (double)(hash & 0xffffu) * 0x1p-16 - 0x1.fffep-2;
    double d2 = (double)(hash >> 16) * 0x1p-16 - 0x1.fffep-2;
    double g = (double)raw[2 * i] * (double)weights[i] * CSIMD_GRADIENT_UNIT + d1;
    double h = (double)raw[2 * i + 1] * (double)weights[i] * CSIMD_HESSIAN_UNIT + d2;
    packed[i] = (int64_t)((g + magic) - magic) * 4294967296 + (int64_t)((h + magic) - magic);
  }
}

// Sums of unrounded gradients and hessians in fixed point: whole multiples of 1 / `unit`, so that the
// order of the rows makes no difference.
typedef struct {
  int64_t gradient, hessian;
} csimd_sums;

// `loads` (whole weights) and `weights` may be null; `weights` come before `loads`. `rows` has `count`
// indices into the others, and 16 more that are asked for ahead of their use.
static inline csimd_sums csimd_sum_raw(
    const float *raw, const uint16_t *loads, const float *weights, const uint32_t *rows, size_t count,
    double unit) {
#pragma STDC FP_CONTRACT OFF
  csimd_sums sums = {0, 0};
  for (size_t k = 0; k < count; k++) {
    size_t i = rows[k];
    csimd_prefetch(raw + 2 * (size_t)rows[k + 16]);
    double g = (double)raw[2 * i] * unit, h = (double)raw[2 * i + 1] * unit;
    if (weights) {
      sums.gradient += (int64_t)(g * (double)weights[i]);
      sums.hessian += (int64_t)(h * (double)weights[i]);
    } else if (loads) {
      sums.gradient += (int64_t)g * loads[i];
      sums.hessian += (int64_t)h * loads[i];
    } else {
      sums.gradient += (int64_t)g;
      sums.hessian += (int64_t)h;
    }
  }
  return sums;
}
