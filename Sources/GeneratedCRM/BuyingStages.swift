import Glibc

/// The rates of the four hidden stages of buying: idle, curious, evaluating, deciding.
///
/// A lead is in one stage each day. A day runs so: the lead may be won or lost; if neither, it does what
/// leads of its stage do; then it may move to another stage. Nobody sees the stage, but what is seen
/// tells of it, and by exactly how much is known (`BuyerBelief`).
enum BuyingStages {
  static let count = 4

  /// Shares of middling leads on arrival.
  static let arrival: [Double] = [0.56, 0.31, 0.1, 0.03]
  /// How much `LeadFit.interest` favours each stage on arrival.
  static let pull: [Double] = [0, 0.7, 1.4, 2.1]
  /// From stage (row) to stage (column) from one day to the next.
  static let moves: [[Double]] = [
    [0.985, 0.015, 0, 0],
    [0.03, 0.953, 0.017, 0],
    [0.006, 0.02, 0.949, 0.025],
    [0.02, 0, 0.03, 0.95],
  ]
  /// Chance a day of being won, before `LeadFit.fit`, and of being lost.
  private static let wins: [Double] = [0.000015, 0.00012, 0.0018, 0.019]
  static let losses: [Double] = [0.011, 0.006, 0.006, 0.004]

  static func winRates(_ fit: LeadFit) -> [Double] {
    let factor = exp(fit.fit)
    return wins.map { min(0.25, $0 * factor) }
  }

  static func arrivalShares(_ fit: LeadFit) -> [Double] {
    let weights = zip(arrival, pull).map { $0 * exp($1 * fit.interest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  // MARK: What leads do on arrival

  /// Which of `CreatingEvent` the lead came by.
  static let creatingEvents: [[Double]] = [
    [0.42, 0.26, 0.27, 0.05], [0.35, 0.26, 0.29, 0.1], [0.22, 0.14, 0.36, 0.28],
    [0.1, 0.06, 0.34, 0.5],
  ]
  static let phoneOnArrival: [Double] = [0.22, 0.3, 0.42, 0.52]
  static let budgetOnArrival: [Double] = [0.03, 0.05, 0.1, 0.16]

  // MARK: What leads do on a day

  /// Of an e-mail that we sent: opened; clicked, if opened; answered; unsubscribed.
  static let opens: [Double] = [0.14, 0.3, 0.44, 0.52]
  /// The share that is "opened" where the mail program loads every picture.
  static let hiddenOpens = 0.65
  static let clicks: [Double] = [0.06, 0.13, 0.25, 0.3]
  static let replies: [Double] = [0.004, 0.012, 0.05, 0.11]
  static let unsubscribes: [Double] = [0.018, 0.006, 0.002, 0.001]

  /// Page views a day, and the shares of `Page` in them.
  static let pageViews: [Double] = [0.03, 0.12, 0.3, 0.45]
  static let pages: [[Double]] = [
    [0.28, 0.48, 0.05, 0.04, 0.04, 0.11], [0.25, 0.36, 0.11, 0.09, 0.14, 0.05],
    [0.17, 0.14, 0.24, 0.21, 0.21, 0.03], [0.14, 0.08, 0.2, 0.37, 0.19, 0.02],
  ]
  static let downloads: [Double] = [0.004, 0.018, 0.035, 0.02]
  /// Marketing people download by habit, whatever their stage.
  static let habitualDownloads = 0.03
  static let webinars: [Double] = [0.0015, 0.01, 0.014, 0.006]
  static let demoRequests: [Double] = [0.0003, 0.001, 0.008, 0.018]
  /// How a call of ours ends: nobody answers, a short one, a long one.
  static let calls: [[Double]] = [
    [0.66, 0.28, 0.06], [0.5, 0.36, 0.14], [0.36, 0.36, 0.28], [0.3, 0.32, 0.38],
  ]
  static let phoneGiven: [Double] = [0.001, 0.003, 0.008, 0.014]
  static let budgetGiven: [Double] = [0.0006, 0.002, 0.01, 0.022]
  static let budgets: [[Double]] = [
    [0.58, 0.3, 0.12], [0.48, 0.36, 0.16], [0.32, 0.4, 0.28], [0.22, 0.42, 0.36],
  ]
}

/// What brought a lead into the CRM. A contact form is a page view.
enum CreatingEvent: Int, CaseIterable {
  case download, webinar, contactForm, demoRequest
}

enum Page: String, CaseIterable {
  case home, blog, docs, pricing, customers, careers
}
