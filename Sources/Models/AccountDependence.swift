import Glibc
import Metrics

/// How much the leads of one account go together, and with that the probability that some of them converts.
///
/// One factor that the leads of an account share: lead i converts where √ρ·z + √(1 − ρ)·eᵢ falls below the
/// normal quantile of its probability pᵢ, z being the account's and eᵢ the lead's own standard normal number
/// (O. Vasicek, Risk 15(12), 2002: loan portfolio value). Each lead keeps its probability, whatever ρ is:
///
/// P(none) = ∫ φ(z) ∏ᵢ (1 − Φ((Φ⁻¹(pᵢ) − √ρ·z) / √(1 − ρ))) dz
///
/// ρ = 0 are leads that convert each by itself, 1 − ∏(1 − pᵢ); with ρ = 1 the account converts where its most
/// probable lead does, with the highest pᵢ. All else lies between (Slepian's inequality).
public struct AccountDependence: Codable, Sendable, Equatable {
  /// ρ, from 0 to 1.
  public let correlation: Double
  /// The column of the account that it was learned by; `nil` where it was not learned.
  public let column: String?
  /// What the history of its accounts says; `nil` where it was not learned.
  public let evidence: Evidence?

  /// Of accounts with several leads in history, each lead counted once, by predictions out of fold whose mean
  /// is made that of their conversions.
  public struct Evidence: Codable, Sendable, Equatable {
    /// With at least two leads.
    public let accounts: Int
    /// Of those accounts.
    public let leads: Int
    /// Accounts of which some lead converted.
    public let converted: Int
    /// How many such were to be expected if leads converted each by itself.
    public let expectedAlone: Double
    /// How many with the correlation.
    public let expected: Double

    public init(
      accounts: Int, leads: Int, converted: Int, expectedAlone: Double, expected: Double
    ) {
      self.accounts = accounts
      self.leads = leads
      self.converted = converted
      self.expectedAlone = expectedAlone
      self.expected = expected
    }
  }

  /// What is taken where nothing was learned, and what few accounts are drawn to: of twelve kinds of generated
  /// accounts, from leads that convert each by itself to those that convert all or none, it was the value that
  /// lost least on average (Docs/decisions/accounts.md).
  public static let unlearnedCorrelation = 0.5

  public static let unlearned = AccountDependence(correlation: unlearnedCorrelation)

  /// - Parameter correlation: from 0 to 1.
  public init(correlation: Double, column: String? = nil, evidence: Evidence? = nil) {
    precondition(correlation >= 0 && correlation <= 1, "a correlation of leads is between 0 and 1")
    self.correlation = correlation
    self.column = column
    self.evidence = evidence
  }

  /// - Throws: `DecodingError` also for a correlation that is none.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    correlation = try values.decode(Double.self, forKey: .correlation)
    column = try values.decodeIfPresent(String.self, forKey: .column)
    evidence = try values.decodeIfPresent(Evidence.self, forKey: .evidence)
    guard correlation >= 0, correlation <= 1 else {
      throw DecodingError.dataCorruptedError(
        forKey: .correlation, in: values, debugDescription: "not between 0 and 1")
    }
  }

  /// The probability that some of an account's leads converts, by the account's correlation.
  public func probabilityOfAny(_ probabilities: [Double]) -> Double {
    Self.probabilityOfAny(probabilities, correlation: correlation)
  }

  /// The probability that some lead converts.
  ///
  /// - Parameters:
  ///   - probabilities: of the account's leads, each once; in the order of which sums are taken.
  ///   - correlation: ρ, from 0 to 1.
  /// - Returns: at least the highest and at most 1 − ∏(1 − p), with an error as of `integral`; 0 for none.
  public static func probabilityOfAny(_ probabilities: [Double], correlation: Double) -> Double {
    let highest = probabilities.max() ?? 0
    let alone = -expm1(probabilities.reduce(0) { $0 + log1p(-$1) })
    guard highest < 1 else { return 1 }
    guard probabilities.count > 1, highest > 0, correlation < 1 else { return highest }
    guard correlation > 0 else { return max(highest, alone) }
    let quantiles = probabilities.compactMap { $0 > 0 ? NormalDistribution.quantile($0) : nil }
    let any = integral(leads: quantiles.count, correlation: correlation) { shift, width in
      var none = 1.0
      for quantile in quantiles {
        none *= 0.5 * erfc((quantile - shift) / width)
        // What more leads take away is below what a probability can tell.
        if none < 1e-18 { break }
      }
      return 1 - none
    }
    return min(max(any, highest), max(highest, alone))
  }

  /// The probability of what became of an account's leads.
  /// - Parameters:
  ///   - probabilities: above 0 and below 1, one a lead.
  ///   - converted: whether it did, one a lead.
  ///   - correlation: from 0 to below 1.
  public static func likelihood(
    _ probabilities: [Double], converted: [Bool], correlation: Double
  ) -> Double {
    precondition(probabilities.count == converted.count, "one outcome a lead")
    precondition(correlation >= 0 && correlation < 1, "a correlation of 0 to below 1")
    guard correlation > 0 else {
      return zip(probabilities, converted).reduce(1) { $0 * ($1.1 ? $1.0 : 1 - $1.0) }
    }
    let quantiles = probabilities.map(NormalDistribution.quantile)
    return integral(leads: quantiles.count, correlation: correlation) { shift, width in
      var all = 1.0
      for (quantile, converted) in zip(quantiles, converted) {
        let away = (quantile - shift) / width
        all *= 0.5 * erfc(converted ? -away : away)
      }
      return all
    }
  }

  /// ∫ φ(z) f(z) dz by the trapezoid rule, which on an analytic integrand that dies away at both ends converges
  /// faster than any power of the step: the step is at most the width of the rise of a lead's probability over z,
  /// over the root of the number of leads, and the error then below 1e-8. Of accounts with so many leads that the
  /// step would be below `finestStep`, below 1e-4.
  ///
  /// - Parameter value: of √ρ·z, and √(2 (1 − ρ)), by which a quantile less that is divided for `erfc`.
  private static func integral(
    leads: Int, correlation: Double, _ value: (_ shift: Double, _ width: Double) -> Double
  ) -> Double {
    let shared = correlation.squareRoot()
    let width = (2 * (1 - correlation)).squareRoot()
    let rise = ((1 - correlation) / (correlation * Double(leads))).squareRoot()
    let step = max(finestStep, min(widestStep, rise))
    let nodes = Int((reach / step).rounded(.up))
    var sum = 0.0
    for node in -nodes...nodes {
      let z = Double(node) * step
      sum += exp(-0.5 * z * z) * value(shared * z, width)
    }
    return sum * step / (2 * Double.pi).squareRoot()
  }

  /// Beyond 8.5 standard deviations lies 2e-17 of the shared number.
  private static let reach = 8.5
  private static let widestStep = 0.25
  private static let finestStep = 0.02
}
