import Tables

/// Two types of activity of which one follows on the other: opens of mails sent.
public struct ActivityRate: Codable, Sendable, Equatable {
  /// The type that follows: `email_open`.
  public var type: String
  /// The type that it follows on: `email_sent`.
  public var of: String

  public init(type: String, of: String) {
    self.type = type
    self.of = of
  }
}

extension ActivityRate {
  /// Words that tell a beginning, and for each the words that tell what may follow on it. The other words
  /// of the two names are the same: `email_sent` and `email_open`, `webinar_signup` and
  /// `webinar_attended`, `correo enviado` and `correo abierto`.
  private static let followers: [(beginnings: Set<String>, followers: Set<String>)] = [
    (
      ["sent", "send", "delivered", "enviado", "enviada", "enviados", "entregado"],
      [
        "open", "opens", "opened", "click", "clicks", "clicked", "reply", "replied", "replies",
        "response", "responded", "answered", "bounce", "bounced", "abierto", "abierta", "apertura",
        "clic", "clics", "respuesta", "respondido", "respondida", "rebotado", "rebote",
      ]
    ),
    (
      [
        "signup", "signups", "registered", "registration", "register", "invited", "booked",
        "scheduled", "inscrito", "inscripcion", "registro", "invitado", "reservada", "programada",
      ],
      [
        "attended", "attend", "attendance", "attends", "held", "completed", "joined", "asistido",
        "asistencia", "asistio", "realizada", "celebrada",
      ]
    ),
    (
      ["opened", "open", "abierto", "abierta"],
      ["click", "clicks", "clicked", "clic", "clics"]
    ),
  ]

  /// The rates that the names of types tell, in the order of the names.
  public static func recognised(among types: [String]) -> [ActivityRate] {
    let words = types.map { columnNameWords($0) }
    var rates: [ActivityRate] = []
    for (follower, followerWords) in zip(types, words) {
      for (beginning, beginningWords) in zip(types, words) where beginning != follower {
        let isRate = followers.contains { pair in
          guard let ending = followerWords.firstIndex(where: pair.followers.contains),
            let start = beginningWords.firstIndex(where: pair.beginnings.contains)
          else { return false }
          var (ofFollower, ofBeginning) = (followerWords, beginningWords)
          ofFollower.remove(at: ending)
          ofBeginning.remove(at: start)
          return ofFollower == ofBeginning
        }
        if isRate { rates.append(ActivityRate(type: follower, of: beginning)) }
      }
    }
    return rates
  }
}
