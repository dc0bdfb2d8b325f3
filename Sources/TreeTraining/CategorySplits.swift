import Features
import Models

/// Splits of categories, whose bins have no order. Missing is a category like the others.
///
/// A category takes part if it has the minimum of rows (estimated from its hessian); the others go
/// right. Up to `oneVersusRestLevels` categories, each is parted from all others in turn. Above,
/// categories are put in the order of gradient / (hessian + smoothing), and the first and the last k of
/// them are tried as the left side: with no smoothing and no minima the best of all subsets is among
/// these, since the gain is convex in a side's sums (after Fisher, 1958, and as in LightGBM). There,
/// `categoryL2` is added to `l2` for the gain of the two sides, and for the values of the children as
/// long as they are leaves.
extension SplitFinder {
  func searchCategories(
    _ feature: Int, _ request: Request, _ memory: SplitMemory, _ best: inout SplitCandidate?
  ) {
    let count = chooseCategories(feature, request, memory)
    let isSingle = rules.isOneVersusRest(feature)
    let order = memory.order.start
    if !isSingle { sort(count, memory) }
    // How many of the first, or last, go left together.
    let most = isSingle ? count : min(rules.options.mostCategories, (count + 1) / 2)
    let l2 = rules.l2(under: feature)
    for fromEnd in isSingle ? [false] : [false, true] {
      var gradient: Int64 = 0
      var hessian: Int64 = 0
      var weight = 0.0
      for step in 0..<most {
        let bin = Int(order[fromEnd ? count - 1 - step : step])
        if isSingle {
          gradient = 0
          hessian = 0
          weight = 0
        }
        gradient += memory.gradient.start[bin]
        hessian += memory.hessian.start[bin]
        weight += memory.weight.start[bin]
        let gain = gain(gradient, hessian, weight, l2: l2, .free, request)
        guard let gain, gain > best?.gain ?? request.ownGain else { continue }
        let chosen =
          isSingle ? step...step : fromEnd ? (count - 1 - step)...(count - 1) : 0...step
        best = candidate(
          feature, chosen, gain, gradient, hessian, isExact: request.isExact, memory)
      }
    }
  }

  /// Writes the bins that take part to `memory.order`, and returns their number.
  private func chooseCategories(
    _ feature: Int, _ request: Request, _ memory: SplitMemory
  ) -> Int {
    let minimum = Double(rules.options.minimumCategoryRows)
    let least = minimum * Double(request.sums.hessian) / request.sums.weight
    var count = 0
    for bin in 0..<digits[feature] {
      let gradient = memory.gradient.start[bin]
      let hessian = memory.hessian.start[bin]
      guard gradient != 0 || hessian != 0 else { continue }
      let isEnough =
        !request.isExact
        ? Double(hessian) >= least : memory.weight.start[bin] >= minimum
      guard isEnough else { continue }
      memory.order.start[count] = Int32(bin)
      memory.keys.start[bin] = Double(gradient) / (Double(hessian) + rules.categorySmoothing)
      count += 1
    }
    return count
  }

  private func sort(_ count: Int, _ memory: SplitMemory) {
    let keys = memory.keys.start
    // The buffer holds 264 bins and is this thread's alone.
    var order = UnsafeMutableBufferPointer(start: memory.order.start, count: count)
    order.sort { (keys[Int($0)], $0) < (keys[Int($1)], $1) }
  }

  private func candidate(
    _ feature: Int, _ chosen: ClosedRange<Int>, _ gain: Double, _ gradient: Int64,
    _ hessian: Int64, isExact: Bool, _ memory: SplitMemory
  ) -> SplitCandidate {
    let missing = rules.features[feature].missingBin
    var categories = BinSet()
    var missingGoesLeft = false
    for index in chosen {
      let bin = Int(memory.order.start[index])
      if bin == missing { missingGoesLeft = true } else { categories.insert(bin) }
    }
    let isMissingHere =
      digits[feature] > missing
      && (memory.gradient.start[missing] != 0 || memory.hessian.start[missing] != 0)
    return SplitCandidate(
      gain: gain, feature: feature, bin: 0, categories: categories,
      missingGoesLeft: isMissingHere ? missingGoesLeft : nil, leftGradient: gradient,
      leftHessian: hessian, isExact: isExact)
  }
}
