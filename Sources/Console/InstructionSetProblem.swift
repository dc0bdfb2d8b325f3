import CSimd
import FoundationEssentials

/// The environment asks for an instruction set that there is none of here: said before any work, so
/// that nobody times or tests another one than was asked for.
struct InstructionSetProblem: ExitStatusProviding, Equatable, CustomStringConvertible {
  /// What KELVIN_SIMD holds.
  let word: String
  /// Whether it is an instruction set, but not this processor's.
  let isLacking: Bool

  var exitStatus: ExitStatus { .usage }

  var description: String {
    isLacking
      ? "KELVIN_SIMD is \(word), and this processor has no \(word); leave it unset to use the best "
        + "that there is"
      : "KELVIN_SIMD is “\(word)”; expected portable, avx2 or avx512"
  }

  static func check() throws {
    let problem = Int(csimd_level_problem())
    guard problem != csimd_level_is_fine else { return }
    throw InstructionSetProblem(
      word: ProcessInfo.processInfo.environment["KELVIN_SIMD"] ?? "",
      isLacking: problem == csimd_level_is_lacking)
  }
}
