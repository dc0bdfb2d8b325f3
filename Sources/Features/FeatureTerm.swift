/// The features that one encoder makes, found in the layout: what has to be read together.
///
/// A number's value, logarithm and bins share one trend, so that a coefficient alone says nothing; their
/// sum does.
public struct FeatureTerm: Sendable, Equatable {
  /// Some codes of the term's group that people think of as one.
  public struct Part: Sendable, Equatable {
    /// `retired`, `12.5 to 40`, `(missing)`.
    public let name: String
    public let codes: ClosedRange<Int>
  }

  /// `job`, `month of created`.
  public let name: String
  public let source: String
  /// Indices of the layout's numbers.
  public let numbers: Range<Int>
  /// An index of the layout's groups.
  public let group: Int?
  /// The group's levels one by one; the bins of a number in up to four parts of about as many bins.
  public let parts: [Part]
  /// Whether the first number is what the user knows (its unit is `unit`), rather than one of several
  /// forms of it.
  public let isLinear: Bool
  /// A step of one in the first standardised number, in the user's units; 0 without numbers.
  public let unit: Double
}

extension FeaturePipeline {
  /// One an encoder, in their order.
  public var terms: [FeatureTerm] {
    var terms: [FeatureTerm] = []
    var numberCount = 0
    var groupCount = 0
    for encoder in encoders {
      let numbers = numberCount..<numberCount + encoder.numberFeatures.count
      let group = encoder.group
      numberCount = numbers.upperBound
      var parts = (group?.levels ?? []).enumerated().map {
        FeatureTerm.Part(name: $0.element, codes: $0.offset...$0.offset)
      }
      var name = group?.name ?? ""
      var source = group?.source ?? ""
      var isLinear = false
      var unit = 0.0
      if case .number(let number) = encoder {
        name = number.input.name
        source = number.input.source
        unit = number.value.scale
        isLinear = number.binThresholds.isEmpty
        if !isLinear { parts = number.binParts }
      }
      terms.append(
        FeatureTerm(
          name: name, source: source, numbers: numbers, group: group == nil ? nil : groupCount,
          parts: parts, isLinear: isLinear, unit: unit))
      if group != nil { groupCount += 1 }
    }
    return terms
  }
}

extension NumberEncoder {
  /// The bins in at most four runs of about as many, and missing.
  var binParts: [FeatureTerm.Part] {
    let binCount = binThresholds.count + 1
    let runs = min(4, binCount)
    var parts = (0..<runs).map { run in
      let low = run * binCount / runs
      let high = (run + 1) * binCount / runs - 1
      return FeatureTerm.Part(name: rangeName(low...high), codes: low...high)
    }
    if hasMissing {
      parts.append(
        FeatureTerm.Part(name: CategoryEncoder.missingLevelName, codes: binCount...binCount))
    }
    return parts
  }

  private func rangeName(_ bins: ClosedRange<Int>) -> String {
    func label(_ threshold: Int) -> String? {
      binThresholds.indices.contains(threshold)
        ? Self.label(binThresholds[threshold], significant: 4) : nil
    }
    let low = label(bins.lowerBound - 1)
    let high = label(bins.upperBound)
    return switch (low, high) {
    case (let low?, let high?): "\(low) to \(high)"
    case (let low?, nil): "\(low) or more"
    case (nil, let high?): "below \(high)"
    case (nil, nil): "any"
    }
  }
}
