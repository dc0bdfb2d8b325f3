import CSimd
import Features
import Models

/// Finds the best way to part a node's rows by one feature after another.
///
/// A split's gain is T(G)²/(H + l2) of both sides less that of the node, with T the L1 threshold.
/// Of equal gains the lower feature wins, then missing on the right before missing on the left, then
/// the lower bin; categories are tried in the order that `CategorySplits` states.
struct SplitFinder: Sendable {
  let rules: GrowthRules
  let layout: HistogramLayout
  let digits: [Int]
  let level: Int32
  /// Whether thresholds need the general search: under an L1 penalty or monotone constraints.
  let isGeneral: Bool

  /// A node whose split is sought.
  struct Request {
    var sums: NodeSums
    var bounds: ValueBounds
    /// What the node itself gains; a split has to gain more.
    var ownGain: Double
    /// The least hessian of either side.
    var leastHessian: Double
    /// Features whose rows are counted bin by bin, so that the minimum of rows is held exactly rather
    /// than estimated from hessians.
    var exactFeatures: [Int] = []
    /// Whether the feature at hand is one of them.
    var isExact = false
  }

  /// Writes the weights of the node's rows by bin of a feature.
  typealias BinWeights = (_ feature: Int, _ weights: UnsafeMutablePointer<Double>) -> Void

  init(rules: GrowthRules, bundles: FeatureBundles, level: Int32) {
    self.rules = rules
    layout = HistogramLayout(bundles)
    digits = bundles.digits
    self.level = level
    isGeneral = rules.isMonotone || rules.l1 > 0
  }

  func request(
    _ sums: NodeSums, _ bounds: ValueBounds, exactFeatures: [Int] = []
  ) -> Request {
    Request(
      sums: sums, bounds: bounds, ownGain: ownGain(sums, bounds),
      leastHessian: rules.leastHessian(sums), exactFeatures: exactFeatures)
  }

  private func ownGain(_ sums: NodeSums, _ bounds: ValueBounds) -> Double {
    let gradient = rules.thresholded(Double(sums.gradient))
    let hessian = Double(sums.hessian) + rules.l2
    guard rules.isMonotone else { return gradient * gradient / hessian }
    let value = bounds.clip(-gradient / hessian)
    return -(2 * gradient * value + hessian * value * value)
  }

  /// Improves on `best` (whose gain is before the node's own is taken off) with one feature.
  ///
  /// - Parameters:
  ///   - bins: the node's histogram, packed or wide, at the layout's offsets.
  ///   - binWeights: asked for the request's exact features alone.
  func search(
    _ feature: Int, _ bins: UnsafePointer<Int64>, isWide: Bool, _ request: Request,
    _ memory: SplitMemory, _ best: inout SplitCandidate?, binWeights: BinWeights
  ) {
    guard digits[feature] > 1 else { return }
    let own = bins + layout.offsets[feature] * (isWide ? 2 : 1)
    let isOrdered = rules.features[feature].kind == .ordered
    let isExact = !request.exactFeatures.isEmpty && request.exactFeatures.contains(feature)
    if isOrdered, !isGeneral, !isExact {
      searchThresholds(feature, own, isWide: isWide, request, memory, &best)
      return
    }
    memory.unpack(own, count: digits[feature], isWide: isWide)
    var request = request
    if isExact {
      request.isExact = true
      request.leastHessian = max(rules.minimumHessian, rules.l2 > 0 ? 0 : 1)
      binWeights(feature, memory.weight.start)
    }
    if isOrdered {
      searchThresholdsGenerally(feature, request, memory, &best)
    } else {
      searchCategories(feature, request, memory, &best)
    }
  }

  private func searchThresholds(
    _ feature: Int, _ bins: UnsafePointer<Int64>, isWide: Bool, _ request: Request,
    _ memory: SplitMemory, _ best: inout SplitCandidate?
  ) {
    let ordered = rules.features[feature].missingBin
    let hasMissing = digits[feature] > ordered
    var scratch = memory.scratch
    var limits = csimd_split_rules(
      gradient: Double(request.sums.gradient), hessian: Double(request.sums.hessian), l2: rules.l2,
      least_hessian: request.leastHessian)
    let found = csimd_best_threshold(
      bins, ordered, hasMissing ? 1 : 0, &scratch, &limits, best?.gain ?? request.ownGain,
      isWide ? 1 : 0, level)
    guard found.bin >= 0 else { return }
    var isMissingHere = false
    if hasMissing {
      isMissingHere =
        isWide ? bins[2 * ordered] | bins[2 * ordered + 1] != 0 : bins[ordered] != 0
    }
    best = SplitCandidate(
      gain: found.gain, feature: feature, bin: Int(found.bin), categories: BinSet(),
      missingGoesLeft: isMissingHere ? found.missing_left == 1 : nil,
      leftGradient: found.left_gradient, leftHessian: found.left_hessian)
  }
}

/// What one thread needs to search a histogram.
///
/// `@unchecked Sendable`: a thread has its own.
final class SplitMemory: @unchecked Sendable {
  let gradient = AlignedBuffer<Int64>(264)
  let hessian = AlignedBuffer<Int64>(264)
  let weight = AlignedBuffer<Double>(264)
  let order = AlignedBuffer<Int32>(264)
  let keys = AlignedBuffer<Double>(264)
  private let prefix = AlignedBuffer<Int64>(264)
  private let gradientPrefix = AlignedBuffer<Double>(264)
  private let hessianPrefix = AlignedBuffer<Double>(264)
  private let bins = AlignedBuffer<Int32>(264)

  var scratch: csimd_split_scratch {
    csimd_split_scratch(
      prefix: prefix.start, gradient: gradientPrefix.start, hessian: hessianPrefix.start,
      bins: bins.start)
  }

  /// Takes a feature's bins apart into `gradient` and `hessian`.
  func unpack(_ own: UnsafePointer<Int64>, count: Int, isWide: Bool) {
    for bin in 0..<count {
      gradient.start[bin] = isWide ? own[2 * bin] : own[bin] >> 32
      hessian.start[bin] = isWide ? own[2 * bin + 1] : own[bin] & 0xffff_ffff
    }
  }
}
