import Features
import Models

/// The search that takes everything into account: L1, monotone constraints, exact minima of rows.
extension SplitFinder {
  /// What both sides of a split gain, or `nil` where one of them may not be.
  ///
  /// Under monotone constraints a side's value is kept within the node's bounds, and a side gains
  /// −(2·T(G)·v + (H + l2)·v²) at its value v (as scikit-learn and LightGBM's basic method).
  func gain(
    _ leftGradient: Int64, _ leftHessian: Int64, _ leftWeight: Double, l2: Double,
    _ direction: BoostingOptions.Monotone, _ request: Request
  ) -> Double? {
    let rightGradient = request.sums.gradient - leftGradient
    let rightHessian = request.sums.hessian - leftHessian
    guard leftGradient != 0 || leftHessian != 0, rightGradient != 0 || rightHessian != 0,
      Double(min(leftHessian, rightHessian)) >= request.leastHessian
    else { return nil }
    if request.isExact {
      let least = Double(rules.options.minimumRows)
      guard leftWeight >= least, request.sums.weight - leftWeight >= least else { return nil }
    }
    let gl = rules.thresholded(Double(leftGradient))
    let gr = rules.thresholded(Double(rightGradient))
    let hl = Double(leftHessian) + l2
    let hr = Double(rightHessian) + l2
    guard rules.isMonotone else { return (gl * gl * hr + gr * gr * hl) / (hl * hr) }
    let left = request.bounds.clip(-gl / hl)
    let right = request.bounds.clip(-gr / hr)
    if direction == .increasing && left > right || direction == .decreasing && left < right {
      return nil
    }
    return -(2 * gl * left + hl * left * left) - (2 * gr * right + hr * right * right)
  }

  /// Tries every threshold of the feature whose bins `memory` holds.
  func searchThresholdsGenerally(
    _ feature: Int, _ request: Request, _ memory: SplitMemory, _ best: inout SplitCandidate?
  ) {
    let ordered = rules.features[feature].missingBin
    let g = memory.gradient.start
    let h = memory.hessian.start
    let w = memory.weight.start
    // Rows so sure of their outcome that they round to nothing count all the same.
    let isCounted = request.isExact
    let hasMissing =
      digits[feature] > ordered
      && (g[ordered] != 0 || h[ordered] != 0 || isCounted && w[ordered] != 0)
    for missingLeft in hasMissing ? [false, true] : [false] {
      var gradient = missingLeft ? g[ordered] : 0
      var hessian = missingLeft ? h[ordered] : 0
      var weight = missingLeft ? w[ordered] : 0
      for bin in 0..<ordered where g[bin] != 0 || h[bin] != 0 || isCounted && w[bin] != 0 {
        gradient += g[bin]
        hessian += h[bin]
        weight += w[bin]
        let gain = gain(
          gradient, hessian, weight, l2: rules.l2, rules.direction(feature), request)
        guard let gain, gain > best?.gain ?? request.ownGain else { continue }
        best = SplitCandidate(
          gain: gain, feature: feature, bin: bin, categories: BinSet(),
          missingGoesLeft: hasMissing ? missingLeft : nil, leftGradient: gradient,
          leftHessian: hessian, isExact: isCounted)
      }
    }
  }
}
