// Kernels of tree growing: rows of bytes from columns of bytes, and the best threshold of a histogram.
// Included by CSimd.h.
#pragma once

// Byte `lane` of the word at `target + stride * row` takes `codes[lane * pitch + row]`, for eight lanes
// and `count` rows.
static inline void csimd_interleave(
    const uint8_t *codes, size_t pitch, size_t count, void *target, size_t stride) {
  uint8_t *to = (uint8_t *)target;
  size_t row = 0;
  // Eight words of eight bytes are transposed at a time: bytes, then pairs, then fours change places.
  for (; row + 8 <= count; row += 8) {
    uint64_t w[8];
    for (int lane = 0; lane < 8; lane++) memcpy(&w[lane], codes + (size_t)lane * pitch + row, 8);
    for (int k = 0; k < 8; k += 2) {
      uint64_t t = (w[k] >> 8 ^ w[k + 1]) & 0x00ff00ff00ff00ffull;
      w[k + 1] ^= t;
      w[k] ^= t << 8;
    }
    for (int k = 0; k < 8; k++) {
      if (k & 2) continue;
      uint64_t t = (w[k] >> 16 ^ w[k + 2]) & 0x0000ffff0000ffffull;
      w[k + 2] ^= t;
      w[k] ^= t << 16;
    }
    for (int k = 0; k < 4; k++) {
      uint64_t t = (w[k] >> 32 ^ w[k + 4]) & 0x00000000ffffffffull;
      w[k + 4] ^= t;
      w[k] ^= t << 32;
    }
    for (int k = 0; k < 8; k++) memcpy(to + stride * (row + (size_t)k), &w[k], 8);
  }
  for (; row < count; row++) {
    for (size_t lane = 0; lane < 8; lane++) to[stride * row + lane] = codes[lane * pitch + row];
  }
}

typedef double csimd_d8 __attribute__((vector_size(64), aligned(8), may_alias));
typedef int64_t csimd_l8 __attribute__((vector_size(64), aligned(8), may_alias));
typedef uint64_t csimd_w8 __attribute__((vector_size(64), aligned(8), may_alias));

// The best way to cut an ordered feature in two. `gain` is below 0 where there is none.
typedef struct {
  double gain;  // G^2 / (H + l2) of both sides
  int64_t left_gradient, left_hessian;
  int32_t bin;  // the highest that goes left
  int32_t missing_left;
} csimd_threshold;

// What a node's split must satisfy.
typedef struct {
  double gradient, hessian;  // of the whole node
  double l2;
  double least_hessian;  // of either side
} csimd_split_rules;

// A number that a product may come to which is above `best`, were it not for rounding: less by eight
// units of the last place.
static inline double csimd_just_below(double best) {
  return best >= 0 ? best * (1 - 0x1p-50) : best * (1 + 0x1p-50);
}

// Whether any of eight truth values is set. By address: a vector as an argument would be passed otherwise
// from one instruction set to the next.
static inline __attribute__((always_inline)) int csimd_any(const csimd_l8 *all) {
  csimd_l8 set = *all;
  return (set[0] | set[1] | set[2] | set[3] | set[4] | set[5] | set[6] | set[7]) != 0;
}

// Memory of a search: 264 values each.
typedef struct {
  int64_t *prefix;   // of packed bins
  double *gradient;  // of wide bins
  double *hessian;
  int32_t *bins;
} csimd_split_scratch;

// Looks through `count` cuts, cut k having the k-th prefix sums and the missing bin's on its left.
//
// Few cuts are better than the best before them, and a division costs as much as all else here: a cut is
// divided only if its gain, multiplied out, comes near the best one's.
static inline __attribute__((always_inline)) void csimd_search_body(
    const csimd_split_scratch *scratch, size_t count, double missing_gradient,
    double missing_hessian, const csimd_split_rules *rules, int wide, double floor,
    double *best_gain, int64_t *best_cut) {
#pragma STDC FP_CONTRACT OFF
  const csimd_d8 zero = {0, 0, 0, 0, 0, 0, 0, 0};
  const csimd_d8 g_all = zero + rules->gradient, h_all = zero + rules->hessian;
  const csimd_d8 g_more = zero + missing_gradient, h_more = zero + missing_hessian;
  const csimd_d8 least = zero + rules->least_hessian, l2 = zero + rules->l2;
  // Whole numbers below 2^32 become doubles by their place in the significand of 2^52.
  const uint64_t exponent = 0x4330000000000000ull;
  double best = floor;
  int64_t best_at = -1;
  csimd_d8 near = zero + csimd_just_below(best);
  csimd_l8 at = {0, 1, 2, 3, 4, 5, 6, 7};
  const csimd_l8 end = at - at + (int64_t)count;
  for (size_t k = 0; k < count; k += 8) {
    csimd_d8 gl, hl;
    if (wide) {
      gl = *(const csimd_d8 *)(scratch->gradient + k);
      hl = *(const csimd_d8 *)(scratch->hessian + k);
    } else {
      csimd_w8 v = *(const csimd_w8 *)(scratch->prefix + k);
      hl = (csimd_d8)((v & 0xffffffffull) | exponent) - 0x1p52;
      gl = (csimd_d8)(((v >> 32) ^ 0x80000000ull) | exponent) - (0x1p52 + 0x1p31);
    }
    gl = gl + g_more;
    hl = hl + h_more;
    csimd_d8 gr = g_all - gl, hr = h_all - hl;
    csimd_d8 dl = hl + l2, dr = hr + l2;
    csimd_d8 over = gl * gl * dr + gr * gr * dl, under = dl * dr;
    csimd_l8 worth = (hl >= least) & (hr >= least) & (over > near * under) & (at < end);
    at = at + 8;
    if (!csimd_any(&worth)) continue;
    csimd_d8 gain = over / under;
    gain = (csimd_d8)((worth & (csimd_l8)gain) | (~worth & (csimd_l8)(zero + best)));
    for (int lane = 0; lane < 8; lane++) {
      int better = gain[lane] > best;
      best = better ? gain[lane] : best;
      best_at = better ? (int64_t)k + lane : best_at;
    }
    near = zero + csimd_just_below(best);
  }
  *best_gain = best;
  *best_cut = best_at;
}

// Prefix sums of the packed bins that hold anything, and which these are; returns their number.
static inline __attribute__((always_inline)) size_t csimd_prefix_body(
    const int64_t *bins, size_t ordered, const csimd_split_scratch *scratch) {
  size_t count = 0;
  int64_t sum = 0;
  for (size_t bin = 0; bin < ordered; bin++) {
    sum += bins[bin];
    scratch->prefix[count] = sum;
    scratch->bins[count] = (int32_t)bin;
    count += bins[bin] != 0;
  }
  return count;
}

#if CSIMD_X86
// Eight bins at a time, of which `bins` takes the bits of those that hold anything. What is stored behind
// the count, up to seven values, is undefined.
__attribute__((target("avx512f,avx512bw,popcnt"))) static inline size_t csimd_prefix_avx512(
    const int64_t *bins, size_t ordered, const csimd_split_scratch *scratch) {
  const __m512i zero = _mm512_setzero_si512(), last = _mm512_set1_epi64(7);
  __m512i carry = zero;
  size_t count = 0;
  for (size_t bin = 0; bin < ordered; bin += 8) {
    size_t rest = ordered - bin;
    __mmask8 inside = rest >= 8 ? 0xff : (__mmask8)((1u << rest) - 1);
    __m512i sum = _mm512_maskz_loadu_epi64(inside, bins + bin);
    __mmask8 held = _mm512_test_epi64_mask(sum, sum);
    sum = _mm512_add_epi64(sum, _mm512_alignr_epi64(sum, zero, 7));
    sum = _mm512_add_epi64(sum, _mm512_alignr_epi64(sum, zero, 6));
    sum = _mm512_add_epi64(sum, _mm512_alignr_epi64(sum, zero, 4));
    sum = _mm512_add_epi64(sum, carry);
    carry = _mm512_permutexvar_epi64(last, sum);
    _mm512_storeu_si512(scratch->prefix + count, _mm512_maskz_compress_epi64(held, sum));
    scratch->bins[bin / 8] = held;
    count += (size_t)__builtin_popcount(held);
  }
  return count;
}

// The bin of a cut whose prefix sums `csimd_prefix_avx512` took.
__attribute__((target("popcnt"))) static inline int32_t csimd_held_bin(
    const csimd_split_scratch *scratch, size_t cut) {
  size_t group = 0;
  uint32_t held = (uint32_t)scratch->bins[0];
  for (size_t here; (here = (size_t)__builtin_popcount(held)) <= cut;) {
    cut -= here;
    held = (uint32_t)scratch->bins[++group];
  }
  for (; cut > 0; cut--) held &= held - 1;
  return (int32_t)(8 * group) + __builtin_ctz(held);
}
#endif

// See `csimd_prefix_body`; what `scratch->bins` holds then is for `csimd_bin_of_cut` at the same level.
static inline __attribute__((always_inline)) size_t csimd_prefix(
    const int64_t *bins, size_t ordered, const csimd_split_scratch *scratch, int level) {
#if CSIMD_X86
  if (level >= csimd_avx512) return csimd_prefix_avx512(bins, ordered, scratch);
#endif
  return csimd_prefix_body(bins, ordered, scratch);
}

// The highest bin on the left of a cut.
static inline __attribute__((always_inline)) int32_t csimd_bin_of_cut(
    const csimd_split_scratch *scratch, size_t cut, int wide, int level) {
#if CSIMD_X86
  if (!wide && level >= csimd_avx512) return csimd_held_bin(scratch, cut);
#endif
  return scratch->bins[cut];
}

static inline __attribute__((always_inline)) csimd_threshold csimd_best_threshold_body(
    const int64_t *bins, size_t ordered, int has_missing, const csimd_split_scratch *scratch,
    const csimd_split_rules *rules, double floor, int wide, int level) {
  csimd_threshold result = {-1, 0, 0, -1, 0};
  int64_t missing_gradient = 0, missing_hessian = 0;
  if (has_missing) {
    missing_gradient = wide ? bins[2 * ordered] : bins[ordered] >> 32;
    missing_hessian = wide ? bins[2 * ordered + 1] : bins[ordered] & 0xffffffff;
  }
  int missing = missing_gradient != 0 || missing_hessian != 0;
  // Prefix sums of the bins that hold anything: a cut after an empty bin is the cut before it.
  size_t count = 0;
  if (wide) {
    int64_t g = 0, h = 0;
    for (size_t bin = 0; bin < ordered; bin++) {
      g += bins[2 * bin];
      h += bins[2 * bin + 1];
      scratch->gradient[count] = (double)g;
      scratch->hessian[count] = (double)h;
      scratch->bins[count] = (int32_t)bin;
      count += (bins[2 * bin] | bins[2 * bin + 1]) != 0;
    }
  } else {
    count = csimd_prefix(bins, ordered, scratch, level);
  }
  if (count == 0) return result;
  for (int left = 0; left <= missing; left++) {
    double gain;
    int64_t cut;
    // The last cut leaves nothing on the right but what is missing.
    csimd_search_body(
        scratch, missing && !left ? count : count - 1, left ? (double)missing_gradient : 0,
        left ? (double)missing_hessian : 0, rules, wide, floor, &gain, &cut);
    if (cut < 0) continue;
    floor = gain;
    result.gain = gain;
    result.bin = csimd_bin_of_cut(scratch, (size_t)cut, wide, level);
    result.missing_left = left;
    result.left_gradient = wide ? (int64_t)scratch->gradient[cut] : scratch->prefix[cut] >> 32;
    result.left_hessian =
        wide ? (int64_t)scratch->hessian[cut] : scratch->prefix[cut] & 0xffffffff;
    if (left) {
      result.left_gradient += missing_gradient;
      result.left_hessian += missing_hessian;
    }
  }
  return result;
}

static inline __attribute__((always_inline)) csimd_threshold csimd_best_threshold_at(
    const int64_t *bins, size_t ordered, int has_missing, const csimd_split_scratch *scratch,
    const csimd_split_rules *rules, double floor, int wide, int level) {
  if (wide) {
    return csimd_best_threshold_body(
        bins, ordered, has_missing, scratch, rules, floor, 1, level);
  }
  return csimd_best_threshold_body(bins, ordered, has_missing, scratch, rules, floor, 0, level);
}

#if CSIMD_X86
__attribute__((target("avx2"))) static inline csimd_threshold csimd_best_threshold_avx2(
    const int64_t *bins, size_t ordered, int has_missing, const csimd_split_scratch *scratch,
    const csimd_split_rules *rules, double floor, int wide) {
  return csimd_best_threshold_at(
      bins, ordered, has_missing, scratch, rules, floor, wide, csimd_avx2);
}

__attribute__((target("avx512f,avx512bw,popcnt"))) static inline csimd_threshold
csimd_best_threshold_avx512(
    const int64_t *bins, size_t ordered, int has_missing, const csimd_split_scratch *scratch,
    const csimd_split_rules *rules, double floor, int wide) {
  return csimd_best_threshold_at(
      bins, ordered, has_missing, scratch, rules, floor, wide, csimd_avx512);
}
#endif

// The cut of `ordered` bins, the missing one (bin `ordered`, if there is one) on either side, whose gain
// exceeds `floor` most: the first of equals, missing on the right before missing on the left. Bins are
// packed (gradient << 32 | hessian) or wide (gradient, hessian).
static inline csimd_threshold csimd_best_threshold(
    const int64_t *bins, size_t ordered, int has_missing, const csimd_split_scratch *scratch,
    const csimd_split_rules *rules, double floor, int wide, int level) {
#if CSIMD_X86
  if (level >= csimd_avx512) {
    return csimd_best_threshold_avx512(bins, ordered, has_missing, scratch, rules, floor, wide);
  }
  if (level >= csimd_avx2) {
    return csimd_best_threshold_avx2(bins, ordered, has_missing, scratch, rules, floor, wide);
  }
#endif
  return csimd_best_threshold_at(
      bins, ordered, has_missing, scratch, rules, floor, wide, csimd_portable);
}

// Goes on with `csimd_part` from row k on, `l` rows having gone left so far.
static inline __attribute__((always_inline)) size_t csimd_part_body(
    const uint8_t *column, const uint32_t *rows, uint32_t start, size_t k, size_t count,
    const uint8_t *goes_right, uint32_t *left, uint32_t *right, size_t l) {
  size_t r = k - l;
  for (; k < count; k++) {
    uint32_t row = rows ? rows[k] : start + (uint32_t)k;
    size_t right_one = goes_right[column[row]];
    left[l] = row;
    right[r] = row;
    r += right_one;
    l += 1 - right_one;
  }
  return l;
}

#if CSIMD_X86
// Sixteen rows at a time. Bytes are fetched one by one, which is faster than a gather; indices are
// compressed in registers, since compressing into memory is slow on Zen 4.
__attribute__((target("avx512f,avx512bw,popcnt"))) static inline size_t csimd_part_avx512(
    const uint8_t *column, const uint32_t *rows, uint32_t start, size_t count,
    const uint8_t *goes_right, uint32_t *left, uint32_t *right) {
  const __m512i ramp =
      _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  size_t k = 0, l = 0;
  for (; k + 16 <= count; k += 16) {
    uint8_t sides[16];
    __m512i indices;
    if (rows) {
      indices = _mm512_loadu_si512(rows + k);
      for (int j = 0; j < 16; j++) sides[j] = goes_right[column[rows[k + (size_t)j]]];
    } else {
      const uint8_t *bytes = column + start + k;
      indices = _mm512_add_epi32(_mm512_set1_epi32((int)(start + (uint32_t)k)), ramp);
      for (int j = 0; j < 16; j++) sides[j] = goes_right[bytes[j]];
    }
    __m512i wide = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)sides));
    __mmask16 to_right = _mm512_test_epi32_mask(wide, wide);
    // At most k rows went left and at most k went right: neither store reaches beyond `count`.
    _mm512_storeu_si512(
        left + l, _mm512_maskz_compress_epi32((__mmask16)~to_right, indices));
    _mm512_storeu_si512(right + (k - l), _mm512_maskz_compress_epi32(to_right, indices));
    l += 16 - (size_t)__builtin_popcount(to_right);
  }
  return csimd_part_body(column, rows, start, k, count, goes_right, left, right, l);
}
#endif

// Parts the rows that `rows` names (start, start + 1, ... where it is null), keeping their order:
// `goes_right` has 256 values, 1 for each byte of `column` whose rows go right and 0 for the others.
// Returns the number that go left. `left` and `right` have room for `count` indices each, and what
// they hold behind those of their side is undefined.
static inline size_t csimd_part(
    const uint8_t *column, const uint32_t *rows, uint32_t start, size_t count,
    const uint8_t *goes_right, uint32_t *left, uint32_t *right, int level) {
#if CSIMD_X86
  if (level >= csimd_avx512) {
    return csimd_part_avx512(column, rows, start, count, goes_right, left, right);
  }
#endif
  return csimd_part_body(column, rows, start, 0, count, goes_right, left, right, 0);
}

// Sum of the log losses of rows start..<end, times their weights (1 each where `weights` is null). Row k
// is added to sum k % 8, and the eight sums in order, so that all instruction sets give the same bits.
// The arrays may be read up to 7 rows beyond `end`.
static inline __attribute__((always_inline)) double csimd_log_loss_body(
    const double *scores, const uint8_t *labels, const double *weights, size_t start, size_t end) {
#pragma STDC FP_CONTRACT OFF
  typedef uint8_t byte8 __attribute__((vector_size(8), aligned(1), may_alias));
  const csimd_d8 zero = {0, 0, 0, 0, 0, 0, 0, 0};
  csimd_d8 sums = zero;
  csimd_l8 at = {0, 1, 2, 3, 4, 5, 6, 7};
  for (size_t k = start; k < end; k += 8) {
    csimd_d8 score = *(const csimd_d8 *)(scores + k);
    csimd_w8 won = __builtin_convertvector(*(const byte8 *)(labels + k), csimd_w8) << 63;
    // log(1 + exp(z)) = max(z, 0) + log(1 + exp(-|z|)), z the log-odds of what did not come about.
    csimd_d8 z = (csimd_d8)((csimd_w8)score ^ won);
    csimd_d8 x = (csimd_d8)((csimd_w8)z | (1ull << 63));
    csimd_l8 far = x < -708.0;
    x = (csimd_d8)((~far & (csimd_l8)x) | (far & (csimd_l8)(zero - 708.0)));
    // exp as in Models/Exponential.swift.
    csimd_d8 shifted = x * 1.4426950408889634 + 6755399441055744.0;
    csimd_d8 n = shifted - 6755399441055744.0;
    csimd_d8 r = (x - n * 0.6931471803691238) - n * 1.9082149292705877e-10;
    csimd_d8 q = r * 2.510038549551032e-08 + 2.762008844540974e-07;
    q = q * r + 2.7557268459997064e-06;
    q = q * r + 2.4801521295954376e-05;
    q = q * r + 0.00019841269863053618;
    q = q * r + 0.0013888888917213717;
    q = q * r + 0.008333333333330062;
    q = q * r + 0.04166666666662413;
    q = q * r + 0.16666666666666669;
    q = q * r + 0.5000000000000001;
    csimd_l8 power = ((csimd_l8)shifted - 0x4338000000000000ll + 1023) << 52;
    csimd_d8 e = (1.0 + (r + r * r * q)) * (csimd_d8)power;
    // log(1 + e) = 2 artanh(t) with t = e / (2 + e) <= 1/3.
    csimd_d8 t = e / (2.0 + e), u = t * t;
    csimd_d8 log = zero + 1.0 / 27;
    log = log * u + 1.0 / 25;
    log = log * u + 1.0 / 23;
    log = log * u + 1.0 / 21;
    log = log * u + 1.0 / 19;
    log = log * u + 1.0 / 17;
    log = log * u + 1.0 / 15;
    log = log * u + 1.0 / 13;
    log = log * u + 1.0 / 11;
    log = log * u + 1.0 / 9;
    log = log * u + 1.0 / 7;
    log = log * u + 1.0 / 5;
    log = log * u + 1.0 / 3;
    log = log * u + 1.0;
    csimd_l8 positive = z > 0.0;
    csimd_d8 loss = (csimd_d8)(positive & (csimd_l8)z) + (t + t) * log;
    if (weights) loss = loss * *(const csimd_d8 *)(weights + k);
    csimd_l8 inside = at < (int64_t)(end - k);
    sums = sums + (csimd_d8)(inside & (csimd_l8)loss);
  }
  double sum = 0;
  for (int lane = 0; lane < 8; lane++) sum += sums[lane];
  return sum;
}

#if CSIMD_X86
__attribute__((target("avx2"))) static inline double csimd_log_loss_avx2(
    const double *scores, const uint8_t *labels, const double *weights, size_t start, size_t end) {
  return csimd_log_loss_body(scores, labels, weights, start, end);
}

__attribute__((target("avx512f,avx512bw"))) static inline double csimd_log_loss_avx512(
    const double *scores, const uint8_t *labels, const double *weights, size_t start, size_t end) {
  return csimd_log_loss_body(scores, labels, weights, start, end);
}
#endif

// See `csimd_log_loss_body`.
static inline double csimd_log_loss(
    const double *scores, const uint8_t *labels, const double *weights, size_t start, size_t end,
    int level) {
#if CSIMD_X86
  if (level >= csimd_avx512) return csimd_log_loss_avx512(scores, labels, weights, start, end);
  if (level >= csimd_avx2) return csimd_log_loss_avx2(scores, labels, weights, start, end);
#endif
  return csimd_log_loss_body(scores, labels, weights, start, end);
}
