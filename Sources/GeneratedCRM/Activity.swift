/// What the log of activities tells apart; `byUs` are our own doings.
enum ActivityKind: String, CaseIterable {
  case emailSent = "email_sent"
  case emailOpen = "email_open"
  case emailClick = "email_click"
  case reply, unsubscribe
  case pageView = "page_view"
  case demoRequest = "demo_request"
  case download, webinar, call
  case won, lost
  case productUse = "product_use"
  case adopted, purchase, renewal, churned

  static let byUs: Set<ActivityKind> = [.emailSent, .call]
}

/// One line of the log.
struct Activity {
  var kind: ActivityKind
  var occurredAt: Double
  var recordedAt: Double
  var product: String?
  var page: String?
  /// Euros for `won`, `renewal` and `purchase`; minutes for `call`, `webinar` and `product_use`.
  var amount: Double?

  init(
    _ kind: ActivityKind, at time: Double, recordedAt: Double? = nil, product: String? = nil,
    page: String? = nil, amount: Double? = nil
  ) {
    self.kind = kind
    occurredAt = time
    self.recordedAt = recordedAt ?? time
    self.product = product
    self.page = page
    self.amount = amount
  }
}

/// One line of the field history. What is not in it was overwritten silently.
struct FieldChange {
  var field: String
  var changedAt: Double
  var old: String
  var new: String
}
