/// `exp(value)`, by our own polynomial, so that every probability is computed the same way on every
/// machine and a loop over an array becomes vector code.
///
/// The relative error stays below 2 units in the last place. Values beyond ±708 are taken as ±708,
/// so the result is always a normal number; a value that is not a number stays one.
///
/// value = k·ln 2 + r with |r| ≤ ln 2 / 2 (ln 2 in two parts after Cody and Waite), and
/// exp(r) = 1 + r + r²·q(r), where q interpolates (exp(r) − 1 − r)/r² at ten Chebyshev nodes.
@inlinable
public func exponential(_ value: Double) -> Double {
  var x = value < -708 ? -708 : value
  x = x > 708 ? 708 : x
  // Adding 1.5 × 2⁵² rounds to an integer in the low bits of the significand, without a conversion
  // (which would not vectorise).
  let shifted = x * 1.442_695_040_888_963_4 + 6_755_399_441_055_744
  let k = shifted - 6_755_399_441_055_744
  // The first part of ln 2 has 21 zero bits at its end, so that k times it is exact.
  let r = (x - k * 0.693_147_180_369_123_8) - k * 1.908_214_929_270_587_7e-10
  let r2 = r * r
  let r4 = r2 * r2
  let low =
    (0.500_000_000_000_000_1 + r * 0.166_666_666_666_666_69)
    + r2 * (0.041_666_666_666_624_13 + r * 0.008_333_333_333_330_062)
  let middle =
    (0.001_388_888_891_721_371_7 + r * 0.000_198_412_698_630_536_18)
    + r2 * (2.480_152_129_595_437_6e-05 + r * 2.755_726_845_999_706_4e-06)
  let high = 2.762_008_844_540_974_6e-07 + r * 2.510_038_549_551_032e-08
  let q = low + r4 * (middle + r4 * high)
  let power = 1 + (r + r2 * q)
  // 2^k by its exponent bits; k is the low bits of `shifted`.
  let bits = (shifted.bitPattern &- 0x4338_0000_0000_0000 &+ 1_023) &<< 52
  return power * Double(bitPattern: bits)
}
