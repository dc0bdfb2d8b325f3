import FoundationEssentials
import Models

/// The section that says how the scored table is made: JSON with sorted keys; none where the leads are
/// scored as they stand. It is critical: a reader that does not know it would score other columns than
/// the model was fitted to.
func recipeSections(of model: LeadModel) throws -> [ModelSection] {
  guard let recipe = model.recipe else { return [] }
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return [ModelSection(name: SectionName.recipe, bytes: Array(try encoder.encode(recipe)))]
}

/// - Throws: `ModelFileError.malformed` for a section that is no recipe, `.inconsistent` for one whose parts
///   contradict each other.
func recipe(_ frame: ModelContainer.Frame, _ bytes: RawSpan) throws -> LeadRecipe? {
  guard frame.has(SectionName.recipe) else { return nil }
  let section = Data(try frame.bytes(SectionName.recipe, bytes))
  let recipe: LeadRecipe
  do {
    recipe = try JSONDecoder().decode(LeadRecipe.self, from: section)
  } catch {
    throw ModelFileError.malformed("its recipe for the scored table cannot be read")
  }
  do {
    return try recipe.validated()
  } catch {
    throw ModelFileError.inconsistent("its recipe for the scored table: \(error)")
  }
}
