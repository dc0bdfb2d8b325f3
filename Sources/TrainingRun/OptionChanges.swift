import Metrics
import Models
import Reports

/// What differs in how two versions were fitted, in the words of `inspect`.
struct OptionChanges {
  let before: LeadModel
  let after: LeadModel

  var all: [ChangeReport.OptionChange] {
    // Columns that both leave out, for the same reason, are no difference.
    let both = Self.leftOut(before).intersection(Self.leftOut(after))
    let (old, new) = (Self.facts(before, besides: both), Self.facts(after, besides: both))
    let names =
      new.map(\.name) + old.map(\.name).filter { name in !new.contains { $0.name == name } }
    return names.compactMap { name in
      let was = old.first { $0.name == name }?.value
      let now = new.first { $0.name == name }?.value
      return was == now ? nil : ChangeReport.OptionChange(name: name, before: was, after: now)
    }
  }

  private static func leftOut(_ model: LeadModel) -> Set<String> {
    Set(model.training.leftOut.map { "\($0.column) (\($0.reason))" })
  }

  private static func facts(
    _ model: LeadModel, besides known: Set<String>
  ) -> [InspectReport.Fact] {
    let training = model.training
    let own = [
      ("Algorithm", training.algorithm),
      (
        "Learned from",
        "\(NumberText.count(training.rows)), \(NumberText.count(training.conversions)) won"
      ),
      ("Outcome", model.outcome.words(recipe: model.recipe)),
      ("Folds", training.foldKind),
      ("Held out", training.holdOutShare > 0 ? NumberText.share(training.holdOutShare) : "none"),
      ("Left out", leftOut(model).subtracting(known).sorted().joined(separator: ", ")),
    ].map { InspectReport.Fact(name: $0.0, value: $0.1) }
    return (own + InspectReport.facts(model)).filter { !$0.value.isEmpty }
  }
}
