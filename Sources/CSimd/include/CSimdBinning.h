// Values into bins: how many of a feature's thresholds are at most the value.
#pragma once
#include "CSimd.h"

// A feature's thresholds as the kernels want them: `csimd_bin_bounds` thresholds, ascending, padded
// with NaN, which no value reaches; before them every 16th, starting from the 15th, as pivots.
enum { csimd_bin_pivots = 16, csimd_bin_bounds = 256 };

// Of 16 bounds, the number that are at most the value. Counted, not searched: a search's branches are
// as good as random, and compilers will have branches.
static inline uint64_t csimd_bin16_portable(const double *bounds, double value) {
  uint64_t reached = 0;
  for (int i = 0; i < 16; i++) reached += bounds[i] <= value;
  return reached;
}

static inline void csimd_bin_portable(
    const double *values, const long *rows, size_t count, const double *table,
    size_t threshold_count, uint8_t missing_bin, uint8_t *bins) {
  const double *bounds = table + csimd_bin_pivots;
  const int has_pivots = threshold_count > 16;
  for (size_t i = 0; i < count; i++) {
    double value = values[rows ? rows[i] : (long)i];
    uint64_t start = has_pivots ? 16 * csimd_bin16_portable(table, value) : 0;
    uint64_t below = start + csimd_bin16_portable(bounds + start, value);
    bins[i] = value != value ? missing_bin : (uint8_t)below;
  }
}

#if CSIMD_X86
__attribute__((target("avx2,popcnt"))) static inline int csimd_bin16_avx2(
    const double *bounds, __m256d value) {
  int a = _mm256_movemask_pd(_mm256_cmp_pd(_mm256_loadu_pd(bounds), value, _CMP_LE_OQ));
  int b = _mm256_movemask_pd(_mm256_cmp_pd(_mm256_loadu_pd(bounds + 4), value, _CMP_LE_OQ));
  int c = _mm256_movemask_pd(_mm256_cmp_pd(_mm256_loadu_pd(bounds + 8), value, _CMP_LE_OQ));
  int d = _mm256_movemask_pd(_mm256_cmp_pd(_mm256_loadu_pd(bounds + 12), value, _CMP_LE_OQ));
  return __builtin_popcount((unsigned)(a | b << 4 | c << 8 | d << 12));
}

__attribute__((target("avx2,popcnt"))) static inline void csimd_bin_avx2(
    const double *values, const long *rows, size_t count, const double *table,
    size_t threshold_count, uint8_t missing_bin, uint8_t *bins) {
  const double *bounds = table + csimd_bin_pivots;
  const int has_pivots = threshold_count > 16;
  for (size_t i = 0; i < count; i++) {
    double value = values[rows ? rows[i] : (long)i];
    __m256d wide = _mm256_set1_pd(value);
    int start = has_pivots ? 16 * csimd_bin16_avx2(table, wide) : 0;
    int below = start + csimd_bin16_avx2(bounds + start, wide);
    bins[i] = value != value ? missing_bin : (uint8_t)below;
  }
}

// Of 16 bounds, those that are at most the value.
__attribute__((target("avx512f,popcnt"))) static inline uint64_t csimd_bin16_avx512(
    const double *bounds, __m512d value) {
  __mmask16 reached = _mm512_kunpackb(
      _mm512_cmp_pd_mask(_mm512_loadu_pd(bounds + 8), value, _CMP_LE_OQ),
      _mm512_cmp_pd_mask(_mm512_loadu_pd(bounds), value, _CMP_LE_OQ));
  return (uint64_t)__builtin_popcount(reached);
}

__attribute__((target("avx512f,bmi2,popcnt"))) static inline void csimd_bin_avx512(
    const double *values, const long *rows, size_t count, const double *table,
    size_t threshold_count, uint8_t missing_bin, uint8_t *bins) {
  const double *bounds = table + csimd_bin_pivots;
  const __m512d low = _mm512_loadu_pd(table), high = _mm512_loadu_pd(table + 8);
  const int has_pivots = threshold_count > 16;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    double eight[8];
    uint64_t starts[8] = {0};
    __m512d value;
    if (rows) {
      // Single loads: processors gather more slowly, and bins need each value by itself anyway.
      const long *row = rows + i;
      for (int lane = 0; lane < 8; lane++) eight[lane] = values[row[lane]];
      value = _mm512_setr_pd(
          eight[0], eight[1], eight[2], eight[3], eight[4], eight[5], eight[6], eight[7]);
    } else {
      value = _mm512_loadu_pd(values + i);
    }
    const double *lanes = rows ? eight : values + i;
    if (has_pivots) {
      // Four halvings of the 16 pivots for eight values at a time: `reached` of them are at most the
      // value. The pivots are read from two registers, and 16 pivots never are all reached.
      __m512i reached = _mm512_setzero_si512();
      for (int step = 8; step > 0; step /= 2) {
        __m512i next = _mm512_add_epi64(reached, _mm512_set1_epi64(step));
        __m512i at = _mm512_sub_epi64(next, _mm512_set1_epi64(1));
        __mmask8 is_reached =
            _mm512_cmp_pd_mask(_mm512_permutex2var_pd(low, at, high), value, _CMP_LE_OQ);
        reached = _mm512_mask_mov_epi64(reached, is_reached, next);
      }
      _mm512_storeu_si512(starts, _mm512_slli_epi64(reached, 4));
    }
    uint64_t packed = 0;
    for (int lane = 0; lane < 8; lane++) {
      uint64_t bin =
          starts[lane] + csimd_bin16_avx512(bounds + starts[lane], _mm512_set1_pd(lanes[lane]));
      packed |= bin << (8 * lane);
    }
    uint64_t missing =
        _pdep_u64(_mm512_cmp_pd_mask(value, value, _CMP_UNORD_Q), 0x0101010101010101ull);
    packed = (packed & ~(missing * 255)) | missing * missing_bin;
    memcpy(bins + i, &packed, 8);
  }
  csimd_bin_portable(
      rows ? values : values + i, rows ? rows + i : rows, count - i, table, threshold_count,
      missing_bin, bins + i);
}
#endif

// Writes `count` bins: of `values[rows[i]]`, or of `values[i]` where `rows` is null. A value's bin is
// the number of thresholds that are at most the value; NaN has `missing_bin`.
//
// `table` holds `csimd_bin_pivots` pivots and `csimd_bin_bounds` bounds, of which `threshold_count`,
// at most 254, are not NaN.
static inline void csimd_bin_values(
    const double *values, const long *rows, size_t count, const double *table,
    size_t threshold_count, uint8_t missing_bin, int level, uint8_t *bins) {
#if CSIMD_X86
  if (level >= csimd_avx512) {
    csimd_bin_avx512(values, rows, count, table, threshold_count, missing_bin, bins);
    return;
  }
  if (level >= csimd_avx2) {
    csimd_bin_avx2(values, rows, count, table, threshold_count, missing_bin, bins);
    return;
  }
#endif
  csimd_bin_portable(values, rows, count, table, threshold_count, missing_bin, bins);
}
