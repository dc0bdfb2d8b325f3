import FoundationEssentials
import Models

/// The sections that are JSON with sorted keys, each absent where the model has nothing to say there.
///
/// The recipe and the calibration are critical: a reader that does not know them would score other columns
/// than the model was fitted to, or give other probabilities.
enum JSONSections {
  static func sections(of model: LeadModel) throws -> [ModelSection] {
    var sections: [ModelSection] = []
    if let recipe = model.recipe { sections.append(try section(SectionName.recipe, recipe)) }
    if let calibration = model.calibration {
      sections.append(try section(SectionName.calibration, calibration))
    }
    if let novelty = model.novelty {
      sections.append(try section(SectionName.novelty, novelty, isCritical: false))
    }
    if let combination = model.combination {
      sections.append(try section(SectionName.ruleCombination, combination, isCritical: false))
    }
    if let accounts = model.accounts {
      sections.append(try section(SectionName.accounts, accounts, isCritical: false))
    }
    if let contributions = model.contributions {
      sections.append(
        try section(SectionName.contributions, contributions, isCritical: false))
    }
    return sections
  }

  private static func section(
    _ name: String, _ value: some Encodable, isCritical: Bool = true
  ) throws -> ModelSection {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Of figures that do not exist; what takes part in scoring is finite.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return ModelSection(
      name: name, bytes: Array(try encoder.encode(value)), isCritical: isCritical)
  }

  /// - Returns: `nil` where the file has no such section.
  /// - Throws: `ModelFileError.malformed` for a section that does not read as `what`.
  static func value<Value: Decodable>(
    _ name: String, _ what: String, _ frame: ModelContainer.Frame, _ bytes: RawSpan
  ) throws -> Value? {
    guard frame.has(name) else { return nil }
    do {
      return try ModelContainer.headerDecoder.decode(
        Value.self, from: Data(try frame.bytes(name, bytes)))
    } catch let error as ModelFileError {
      throw error
    } catch {
      throw ModelFileError.malformed("its \(what) cannot be read")
    }
  }

  /// - Throws: as `value`; `ModelFileError.malformed` for one without a form.
  static func combination(
    _ frame: ModelContainer.Frame, _ bytes: RawSpan
  ) throws -> RuleCombination? {
    let what = "combination with rules"
    let found: RuleCombination? = try value(SectionName.ruleCombination, what, frame, bytes)
    if let found, found.forms.isEmpty {
      throw ModelFileError.malformed("its \(what) has no coefficients")
    }
    return found
  }

  /// - Throws: as `value`; `ModelFileError.inconsistent` for one whose parts contradict each other.
  static func recipe(
    _ frame: ModelContainer.Frame, _ bytes: RawSpan
  ) throws -> LeadRecipe? {
    let what = "recipe for the scored table"
    guard let recipe: LeadRecipe = try value(SectionName.recipe, what, frame, bytes) else {
      return nil
    }
    do {
      return try recipe.validated()
    } catch {
      throw ModelFileError.inconsistent("its \(what): \(error)")
    }
  }
}
