/// Brings a model's log-odds to where conversions lie: an immutable map, increasing everywhere, that
/// `Calibration` fits.
///
/// f(z) = z + `intercept`, or a parabola over the range of raw predictions that history fills, continued by
/// its tangents; and to either `shift` is added.
public struct Calibrator: Sendable, Equatable {
  public enum Form: String, Codable, Sendable {
    /// The model's log-odds as they are.
    case identity
    /// All log-odds moved alike.
    case intercept
    /// A parabola with tangents.
    case quadratic
  }

  /// A parabola between two raw predictions, given by its value at the lower one and its slopes at both;
  /// beyond them its tangents. Slopes above 0 at both ends make it increasing everywhere.
  public struct Curve: Codable, Sendable, Equatable {
    public let low: Double
    public let high: Double
    public let valueAtLow: Double
    public let slopeAtLow: Double
    public let slopeAtHigh: Double

    /// - Parameters:
    ///   - high: above `low`.
    ///   - slopeAtLow: above 0, as `slopeAtHigh`.
    public init(
      low: Double, high: Double, valueAtLow: Double, slopeAtLow: Double, slopeAtHigh: Double
    ) {
      self.low = low
      self.high = high
      self.valueAtLow = valueAtLow
      self.slopeAtLow = slopeAtLow
      self.slopeAtHigh = slopeAtHigh
      precondition(isIncreasing, "a calibration curve is finite and increasing")
    }

    /// Whether the numbers are finite and the curve increases; of a decoded one, this is to be asked.
    public var isIncreasing: Bool {
      valueAtLow.isFinite && (high - low).isFinite && high > low && slopeAtLow > 0
        && slopeAtLow.isFinite && slopeAtHigh > 0 && slopeAtHigh.isFinite
    }

    func value(at raw: Double) -> Double {
      let width = high - low
      // Within the range the parabola, beyond it what its tangent adds.
      let inside = min(max(raw, low), high) - low
      let parabola = inside * (slopeAtLow + (slopeAtHigh - slopeAtLow) * inside / (2 * width))
      return valueAtLow + parabola + slopeAtLow * min(raw - low, 0)
        + slopeAtHigh * max(raw - high, 0)
    }
  }

  public let form: Form
  /// Added to the raw prediction; 0 where `form` is not `intercept`.
  public let intercept: Double
  /// Of the quadratic form; `nil` otherwise.
  public let curve: Curve?
  /// Added to all that: what brings the probabilities to the recent rate where the base rate drifted; else
  /// 0.
  public let shift: Double

  private init(form: Form, intercept: Double, curve: Curve?, shift: Double) {
    self.form = form
    self.intercept = intercept
    self.curve = curve
    self.shift = shift
  }

  public static let identity = Calibrator(form: .identity, intercept: 0, curve: nil, shift: 0)

  /// - Parameter intercept: finite.
  public static func intercept(_ intercept: Double) -> Calibrator {
    precondition(intercept.isFinite, "an intercept is finite")
    return Calibrator(form: .intercept, intercept: intercept, curve: nil, shift: 0)
  }

  public static func quadratic(_ curve: Curve) -> Calibrator {
    Calibrator(form: .quadratic, intercept: 0, curve: curve, shift: 0)
  }

  /// The same with `shift` added to every log-odds, beside what was added before.
  public func shifted(by shift: Double) -> Calibrator {
    precondition(shift.isFinite, "a shift is finite")
    return Calibrator(
      form: form, intercept: intercept, curve: curve, shift: self.shift + shift)
  }

  /// Whether log-odds stay as they are.
  public var isIdentity: Bool { form == .identity && shift == 0 }

  /// The calibrated log-odds of a raw prediction.
  public func logOdds(ofRawPrediction raw: Double) -> Double {
    (curve?.value(at: raw) ?? raw + intercept) + shift
  }

  /// `logOdds(ofRawPrediction:)` of each value.
  public func logOdds(ofRawPredictions raw: [Double]) -> [Double] {
    isIdentity ? raw : raw.map(logOdds(ofRawPrediction:))
  }
}

extension Calibrator: Codable {
  private enum CodingKeys: String, CodingKey {
    case form, intercept, curve, shift
  }

  /// - Throws: `DecodingError` also where form and numbers do not go together, or the map would not be
  ///   increasing.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    form = try values.decode(Form.self, forKey: .form)
    intercept = try values.decodeIfPresent(Double.self, forKey: .intercept) ?? 0
    curve = try values.decodeIfPresent(Curve.self, forKey: .curve)
    shift = try values.decodeIfPresent(Double.self, forKey: .shift) ?? 0
    let isWhole =
      (curve != nil) == (form == .quadratic) && (intercept == 0 || form == .intercept)
      && curve?.isIncreasing != false && intercept.isFinite && shift.isFinite
    guard isWhole else {
      throw DecodingError.dataCorruptedError(
        forKey: .form, in: values,
        debugDescription: "the calibration's numbers do not make an increasing map")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(form, forKey: .form)
    if form == .intercept { try values.encode(intercept, forKey: .intercept) }
    try values.encodeIfPresent(curve, forKey: .curve)
    if shift != 0 { try values.encode(shift, forKey: .shift) }
  }
}
