import Activities

/// What an activity is called in reasons: `e-mail opened`, `e-mails opened`.
struct ActivityNoun: Sendable, Equatable {
  let one: String
  let many: String

  /// - Parameter type: as the log names it, such as `email_open`.
  init(type: String, language: ReasonLanguage) {
    let words = Self.words(type)
    if let known = Self.known.first(where: { $0.names.contains(words.lowercased()) }) {
      (one, many) = language == .english ? known.english : known.spanish
    } else {
      // A name of the user's own may be in any language: it is left as it is but for a plural where
      // English is asked for.
      one = words
      many = language == .english ? Self.plural(words) : words
    }
  }

  init(one: String, many: String) {
    self.one = one
    self.many = many
  }

  func counted(_ value: Double, _ language: ReasonLanguage) -> String {
    language.counted(value, one, many)
  }

  /// A name's words, as they stand between its signs.
  static func words(_ name: String) -> String {
    name.split { $0 == "_" || $0 == "-" || $0 == "." || $0 == " " }.joined(separator: " ")
  }

  private static func plural(_ words: String) -> String {
    guard let last = words.last, last.isASCII, last.isLetter, !"sxSX".contains(last) else {
      return words
    }
    // Something done, as in “quote accepted”, has no plural that can be guessed.
    if words.hasSuffix("ed") { return words }
    if last == "y", let before = words.dropLast().last, !"aeiou".contains(before) {
      return words.dropLast() + "ies"
    }
    return words + "s"
  }

  private struct Known: Sendable {
    let names: Set<String>
    let english: (String, String)
    let spanish: (String, String)
  }

  /// What CRMs commonly log, under the names that they commonly have.
  private static let known: [Known] = [
    Known(
      names: ["email open", "email opened", "correo abierto"],
      english: ("e-mail opened", "e-mails opened"), spanish: ("correo abierto", "correos abiertos")),
    Known(
      names: ["email click", "email clicked", "clic en correo", "correo clic"],
      english: ("e-mail clicked", "e-mails clicked"),
      spanish: ("clic en un correo", "clics en correos")),
    Known(
      names: ["email reply", "email replied", "correo respondido", "respuesta correo"],
      english: ("e-mail answered", "e-mails answered"),
      spanish: ("correo respondido", "correos respondidos")),
    Known(
      names: ["email sent", "correo enviado"], english: ("e-mail sent", "e-mails sent"),
      spanish: ("correo enviado", "correos enviados")),
    Known(
      names: ["email bounce", "email bounced", "correo rebotado"],
      english: ("e-mail bounced", "e-mails bounced"),
      spanish: ("correo rebotado", "correos rebotados")),
    Known(
      names: ["page view", "pageview", "web visit", "visita web", "página vista"],
      english: ("page view", "page views"), spanish: ("página vista", "páginas vistas")),
    Known(
      names: ["form submit", "form submission", "form submitted", "formulario enviado"],
      english: ("form sent", "forms sent"),
      spanish: ("formulario enviado", "formularios enviados")),
    Known(
      names: ["call", "phone call", "llamada"], english: ("call", "calls"),
      spanish: ("llamada", "llamadas")),
    Known(
      names: ["meeting", "reunión", "reunion"], english: ("meeting", "meetings"),
      spanish: ("reunión", "reuniones")),
    Known(
      names: ["webinar signup", "webinar registered"],
      english: ("webinar sign-up", "webinar sign-ups"),
      spanish: ("inscripción a un webinar", "inscripciones a webinars")),
    Known(
      names: ["webinar attended"], english: ("webinar attended", "webinars attended"),
      spanish: ("asistencia a un webinar", "asistencias a webinars")),
    Known(
      names: ["demo request", "demo requested", "demo solicitada"],
      english: ("demo request", "demo requests"),
      spanish: ("demo solicitada", "demos solicitadas")),
    Known(
      names: ["download", "content download", "descarga"], english: ("download", "downloads"),
      spanish: ("descarga", "descargas")),
    Known(
      names: ["won", "win", "closed won", "deal won", "ganado", "ganada", "venta ganada"],
      english: ("win", "wins"), spanish: ("venta ganada", "ventas ganadas")),
    Known(
      names: ["lost", "closed lost", "deal lost", "perdido", "perdida", "venta perdida"],
      english: ("loss", "losses"), spanish: ("venta perdida", "ventas perdidas")),
    Known(
      names: ["purchase", "purchased", "compra"], english: ("purchase", "purchases"),
      spanish: ("compra", "compras")),
    Known(
      names: ["adopted", "adoption", "activated", "activation"],
      english: ("first use", "first uses"), spanish: ("primer uso", "primeros usos")),
    Known(
      names: ["churn", "churned", "cancelled", "canceled", "cancellation"],
      english: ("cancellation", "cancellations"), spanish: ("cancelación", "cancelaciones")),
    Known(
      names: ["unsubscribe", "unsubscribed", "baja"],
      english: ("unsubscription", "unsubscriptions"),
      spanish: ("baja de correos", "bajas de correos")),
  ]
}
