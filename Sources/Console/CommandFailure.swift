import Activities
import ArgumentParser
import Comparison
import Explanations
import Features
import Glibc
import History
import ModelFiles
import ProjectReading
import Projects
import Rules
import ScoringRun
import Sources
import Tables
import Validation
import YAMLDocuments

/// Exit codes as in sysexits.h: 0 done, 64 usage, 65 bad data, 66 no input, 70 internal, 74 I/O.
public enum ExitStatus: Int32, Sendable {
  case usage = 64
  case badData = 65
  case noInput = 66
  case internalError = 70
  case inputOutput = 74
}

/// An error that knows its exit status; errors of the lower floors are given theirs in
/// `exitStatus(of:)`.
public protocol ExitStatusProviding: Error {
  var exitStatus: ExitStatus { get }
}

/// The exit status that tells a script what kind of thing went wrong.
public func exitStatus(of error: any Error) -> ExitStatus {
  switch error {
  case let error as any ExitStatusProviding: error.exitStatus
  case let error as SourceError: error.exitStatus
  case let error as ModelFileError: error.exitStatus
  case let error as ScoringError: error.exitStatus
  case let error as YAMLError:
    switch error {
    case .notFound: .noInput
    case .unreadable: .inputOutput
    default: .badData
    }
  case ProjectError.badFlag, ProjectError.badTarget: .usage
  case ProjectReadingError.badMoment, ProjectReadingError.noLeads: .usage
  case ProjectReadingError.noExports: .noInput
  case is HistoryError, is ActivityError, is ProjectReadingError, is TableError: .badData
  case ComparisonError.capacity, ComparisonError.unknownColumn, ComparisonError.unknownEvent,
    ComparisonError.noEvents:
    .usage
  case is ExplanationError, is ComparisonError: .badData
  case is RuleError, is RuleSheetError, is ProjectError, is FeatureError,
    is Validation.ValidationError:
    .badData
  default: .internalError
  }
}

extension SourceError {
  var exitStatus: ExitStatus {
    switch self {
    case .fileNotFound, .isDirectory, .notAFile: .noInput
    case .unreadable, .writeFailed, .changedWhileReading: .inputOutput
    case .invalidOption, .unknownFormat: .usage
    case .database(_, let fault): fault.exitStatus
    default: .badData
    }
  }
}

extension DatabaseFault {
  var exitStatus: ExitStatus {
    switch self {
    case .tableNotFound: .noInput
    case .cannotConnect, .connectionLost, .outcomeUnknown, .busy, .readOnly, .permissionDenied:
      .inputOutput
    default: .badData
    }
  }
}

extension ModelFileError {
  var exitStatus: ExitStatus {
    switch self {
    case .file(_, let problem): problem.exitStatus
    case .badSpecification, .versionToWrite: .usage
    case .noRegistry, .noVersion, .otherRegistry, .noChampion, .modelFileGone: .noInput
    case .system, .changedWhileRead: .inputOutput
    default: .badData
    }
  }
}

extension ScoringError {
  var exitStatus: ExitStatus {
    switch self {
    case .sameFile, .outputNotPlainFile, .noRules, .unknownOutputColumn, .outputColumnTwice,
      .badOutputColumn, .noRecipe, .needsProject, .periodWithoutHistory, .unknownEnd, .learnedUntil,
      .noTrees, .noSuchTree, .noCurves, .noSuchCurve, .otherIdCount, .randomWithoutIds:
      .usage
    default: .badData
    }
  }
}

/// Writes a message for people, past the buffers of standard output.
public func writeToStandardError(_ text: String) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    guard count > 0 else { return }
    rest = rest.dropFirst(count)
  }
}

/// Makes a full disk and a limit on file sizes look alike: an error of the write, not a signal that ends
/// the program.
public func reportFileSizeLimitAsError() {
  signal(SIGXFSZ, SIG_IGN)
}

/// Runs a command's work. What goes wrong is one message on standard error and an exit code that tells
/// its kind.
public func reportingFailures(_ work: () throws -> Void) throws {
  do {
    try InstructionSetProblem.check()
    try work()
  } catch let error as ExitCode {
    throw error
  } catch let error as ArgumentParser.ValidationError {
    throw error
  } catch {
    writeToStandardError("error: \(error)\n")
    throw ExitCode(exitStatus(of: error).rawValue)
  }
}
