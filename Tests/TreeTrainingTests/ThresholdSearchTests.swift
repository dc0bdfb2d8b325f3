import CSimd
import Testing

@testable import TreeTraining

@Suite struct ThresholdSearchTests {
  /// What is looked through: bins of an ordered feature, the missing one last.
  struct Case {
    var gradients: [Int64]
    var hessians: [Int64]
    var hasMissing: Bool

    var ordered: Int { gradients.count - (hasMissing ? 1 : 0) }
    var rules: csimd_split_rules {
      csimd_split_rules(
        gradient: Double(gradients.reduce(0, +)), hessian: Double(hessians.reduce(0, +)), l2: 300,
        least_hessian: 200)
    }

    /// - Parameter emptyShare: of 8 bins, how many hold nothing.
    init(bins: Int, emptyShare: Int, hasMissing: Bool, seed: UInt64) {
      var random = TestNumbers(state: seed)
      gradients = []
      hessians = []
      for _ in 0..<bins {
        let isEmpty = Int(random.next() % 8) < emptyShare
        gradients.append(isEmpty ? 0 : Int64(random.next() % 20_001) - 10_000)
        hessians.append(isEmpty ? 0 : Int64(random.next() % 5_000))
      }
      self.hasMissing = hasMissing
    }
  }

  /// Every cut after a bin that holds something, one by one.
  private func naive(_ one: Case, floor: Double) -> csimd_threshold {
    let rules = one.rules
    var best = csimd_threshold(
      gain: -1, left_gradient: 0, left_hessian: 0, bin: -1, missing_left: 0)
    var top = floor
    let missing = one.hasMissing ? (one.gradients[one.ordered], one.hessians[one.ordered]) : (0, 0)
    for missingLeft in missing == (0, 0) ? [false] : [false, true] {
      var left = missingLeft ? missing : (0, 0)
      for bin in 0..<one.ordered {
        left.0 += one.gradients[bin]
        left.1 += one.hessians[bin]
        guard one.gradients[bin] != 0 || one.hessians[bin] != 0 else { continue }
        let behind = bin + 1..<one.ordered
        let isLast = behind.allSatisfy { one.gradients[$0] == 0 && one.hessians[$0] == 0 }
        if isLast, missingLeft || missing == (0, 0) { continue }
        let gl = Double(left.0)
        let hl = Double(left.1)
        let gr = rules.gradient - gl
        let hr = rules.hessian - hl
        guard hl >= rules.least_hessian, hr >= rules.least_hessian else { continue }
        let dl = hl + rules.l2
        let dr = hr + rules.l2
        let gain = (gl * gl * dr + gr * gr * dl) / (dl * dr)
        guard gain > top else { continue }
        top = gain
        best = csimd_threshold(
          gain: gain, left_gradient: left.0, left_hessian: left.1, bin: Int32(bin),
          missing_left: missingLeft ? 1 : 0)
      }
    }
    return best
  }

  private func found(_ one: Case, floor: Double, isWide: Bool, level: Int32) -> csimd_threshold {
    let memory = SplitMemory()
    var scratch = memory.scratch
    var rules = one.rules
    var bins: [Int64] = []
    for (gradient, hessian) in zip(one.gradients, one.hessians) {
      bins += isWide ? [gradient, hessian] : [gradient << 32 &+ hessian]
    }
    return csimd_best_threshold(
      bins, one.ordered, one.hasMissing ? 1 : 0, &scratch, &rules, floor, isWide ? 1 : 0, level)
  }

  @Test(arguments: [1, 2, 7, 8, 9, 17, 100, 254, 255])
  func everyInstructionSetFindsTheNaiveCut(bins: Int) {
    let highest = csimd_best_level()
    for seed in 0..<40 {
      let one = Case(
        bins: bins + seed % 2, emptyShare: seed % 8, hasMissing: seed % 2 == 1,
        seed: UInt64(seed * 1_000 + bins))
      let open = naive(one, floor: 0)
      // Nothing found, the best found, and one that is just not beaten.
      for floor in [0, open.gain / 2, open.gain] where floor >= 0 {
        let expected = naive(one, floor: floor)
        for level in 0...highest {
          for isWide in [false, true] {
            let cut = found(one, floor: floor, isWide: isWide, level: level)
            #expect(cut.bin == expected.bin, "\(one) \(level) \(isWide)")
            guard expected.bin >= 0 else { continue }
            #expect(cut.gain == expected.gain)
            #expect(cut.missing_left == expected.missing_left)
            #expect(cut.left_gradient == expected.left_gradient)
            #expect(cut.left_hessian == expected.left_hessian)
          }
        }
      }
    }
  }
}
