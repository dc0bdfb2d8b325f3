/// Random-looking numbers in [0, 1), the same on every run.
func uniform(_ seed: UInt64, _ index: Int) -> Double {
  var bits = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03
  bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
  bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
  return Double((bits ^ (bits >> 31)) >> 11) / 9_007_199_254_740_992
}

/// Labels of which about the share `rate` is won.
func someLabels(_ count: Int, rate: Double, seed: UInt64) -> [UInt8] {
  (0..<count).map { uniform(seed, $0) < rate ? 1 : 0 }
}
