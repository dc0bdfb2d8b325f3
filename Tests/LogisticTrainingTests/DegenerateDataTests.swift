import Features
import Models
import Parallel
import Testing

@testable import LogisticTraining

/// Separation, collinear columns, and data that can't be fitted.
@Suite struct DegenerateDataTests {
  let pool = WorkerPool(threadCount: 2)
  let leads = SyntheticLeads(rows: 200, numbers: 2, levels: [3])

  /// `numbers` as columns.
  private func matrix(_ numbers: [[Double]]) -> FeatureMatrix {
    let rowCount = numbers.first?.count ?? 0
    return FeatureMatrix(
      layout: FeatureLayout(
        numbers: numbers.indices.map { NumberFeature(name: "c\($0)", source: "c\($0)") },
        groups: []),
      rowCount: rowCount, numbers: (0..<rowCount).flatMap { row in numbers.map { $0[row] } },
      codes: [])
  }

  @Test func completeSeparationIsReportedAndPenaltyOrFirthHelp() throws {
    let values = (0..<60).map { Double($0) / 30 - 1 }
    let labels = values.map { $0 > 0.1 ? UInt8(1) : 0 }
    let plain = try LogisticTrainer(LogisticOptions(penalty: 0)).fit(
      matrix([values]), labels: labels, pool: pool)
    #expect(plain.separated)
    #expect(!plain.converged)
    #expect(try #require(plain.nonConvergence).contains("Firth"))
    for options in [LogisticOptions(penalty: 1), LogisticOptions(penalty: 0, firth: true)] {
      let fit = try LogisticTrainer(options).fit(matrix([values]), labels: labels, pool: pool)
      #expect(fit.converged)
      #expect(fit.nonConvergence == nil)
      #expect(abs(fit.model.coefficients[0]) < 1_000)
    }
  }

  @Test func aLevelWithoutWonRowsIsReportedAsSeparated() throws {
    let labels = (0..<200).map { leads.matrix.codes[$0] == 1 ? 0 : leads.labels[$0] }
    let fit = try LogisticTrainer(LogisticOptions(penalty: 0)).fit(
      leads.matrix, labels: labels, pool: pool)
    #expect(fit.separated)
    let firth = try LogisticTrainer(LogisticOptions(penalty: 0, firth: true)).fit(
      leads.matrix, labels: labels, pool: pool)
    #expect(firth.converged)
  }

  @Test func strongButOverlappingDataAreNotCalledSeparated() throws {
    var values = (0..<100).map { Double($0) - 50 }
    values[2] = 40
    let labels = (0..<100).map { UInt8($0 >= 50 ? 1 : 0) }
    let fit = try LogisticTrainer(LogisticOptions(penalty: 0)).fit(
      matrix([values]), labels: labels, pool: pool)
    #expect(fit.converged)
  }

  @Test func constantZeroAndDuplicateColumnsAreNamedAndLeftOut() throws {
    let first = (0..<200).map { leads.matrix.numbers[$0 * 2] }
    let second = (0..<200).map { leads.matrix.numbers[$0 * 2 + 1] }
    let columns = [
      first, [Double](repeating: 3, count: 200), second, first.map { 2 * $0 - 1 },
      [Double](repeating: 0, count: 200), zip(first, second).map { $0 + $1 },
    ]
    let fit = try LogisticTrainer(LogisticOptions(penalty: 0)).fit(
      matrix(columns), labels: leads.labels, pool: pool)
    #expect(fit.converged)
    #expect(fit.aliased.count == 4)
    #expect(fit.aliased.contains("c1"))
    #expect(fit.aliased.contains("c4"))
    for (index, name) in fit.model.layout.coefficientNames.enumerated() {
      #expect((fit.model.coefficients[index] == 0) == fit.aliased.contains(name))
      let error = try #require(fit.model.standardErrors)[index]
      #expect((error == 0) == fit.aliased.contains(name))
    }
    // Two free columns and the intercept; predictions as without the others.
    #expect(try fit.coefficientTable().count == 3)
    let alone = try LogisticTrainer(LogisticOptions(penalty: 0)).fit(
      matrix([first, second]), labels: leads.labels, pool: pool)
    #expect(abs(fit.logLoss - alone.logLoss) < 1e-12)
    // A penalty makes the optimum unique again.
    let penalised = try LogisticTrainer(LogisticOptions(penalty: 1)).fit(
      matrix(columns), labels: leads.labels, pool: pool)
    #expect(penalised.converged)
    #expect(penalised.aliased.isEmpty)
  }

  @Test func allLevelsBesideTheInterceptAliasOne() throws {
    // Code 3 ("none") is given to level 2, so the three levels add up to the intercept.
    let full = FeatureMatrix(
      layout: leads.matrix.layout, rowCount: 200, numbers: leads.matrix.numbers,
      codes: leads.matrix.codes.map { min($0, 2) })
    for firth in [false, true] {
      let fit = try LogisticTrainer(LogisticOptions(penalty: 0, firth: firth)).fit(
        full, labels: leads.labels, pool: pool)
      #expect(fit.converged)
      #expect(fit.aliased.count == 1)
      #expect(fit.aliased[0].hasPrefix("g0 = "))
    }
    let penalised = try LogisticTrainer(LogisticOptions(penalty: 1e-6)).fit(
      full, labels: leads.labels, pool: pool)
    #expect(penalised.converged)
  }

  @Test func nonConvergenceIsReported() throws {
    for firth in [false, true] {
      let fit = try LogisticTrainer(
        LogisticOptions(penalty: 0.1, maximumIterations: 1, firth: firth)
      ).fit(leads.matrix, labels: leads.labels, pool: pool)
      #expect(fit.status == .iterationLimit)
      #expect(!fit.converged)
      #expect(fit.iterations == 1)
      #expect(try #require(fit.nonConvergence).contains("1 step"))
    }
  }

  @Test func dataThatCannotBeFittedAreRefused() throws {
    let trainer = try LogisticTrainer()
    func refused(
      _ error: LogisticError, _ matrix: FeatureMatrix? = nil, labels: [UInt8]? = nil,
      weights: [Double]? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      #expect(throws: error, sourceLocation: sourceLocation) {
        try trainer.fit(
          matrix ?? leads.matrix, labels: labels ?? leads.labels, weights: weights, pool: pool)
      }
    }
    refused(
      .oneClass(label: 0, rows: 200), labels: [UInt8](repeating: 0, count: 200))
    refused(.oneClass(label: 1, rows: 200), labels: [UInt8](repeating: 1, count: 200))
    refused(
      .oneClass(label: 0, rows: 200 - leads.labels.reduce(0) { $0 + Int($1) }),
      weights: leads.labels.map { $0 == 1 ? 0 : 1 })
    refused(.noRows, weights: [Double](repeating: 0, count: 200))
    refused(.countMismatch(what: "labels", expected: 200, found: 3), labels: [0, 1, 0])
    refused(.countMismatch(what: "weights", expected: 200, found: 1), weights: [1])
    var labels = leads.labels
    labels[7] = 2
    refused(.invalidLabel(row: 7, value: 2), labels: labels)
    var weights = [Double](repeating: 1, count: 200)
    weights[9] = -1
    refused(.invalidWeight(row: 9, value: -1), weights: weights)
    for (row, value) in [(0, Double.nan), (5, .infinity)] {
      var numbers = leads.matrix.numbers
      numbers[row * 2 + 1] = value
      refused(
        .notFinite(feature: "n1", row: row),
        FeatureMatrix(
          layout: leads.matrix.layout, rowCount: 200, numbers: numbers, codes: leads.matrix.codes))
    }
    var codes = leads.matrix.codes
    codes[11] = 4
    refused(
      .invalidCode(group: "g0", row: 11, code: 4, levels: 3),
      FeatureMatrix(
        layout: leads.matrix.layout, rowCount: 200, numbers: leads.matrix.numbers, codes: codes))
    let empty = FeatureMatrix(layout: leads.matrix.layout, rowCount: 0, numbers: [], codes: [])
    refused(.noRows, empty, labels: [])
  }

  @Test func optionsOutOfRangeAreRefused() {
    for (options, name) in [
      (LogisticOptions(penalty: -1), "penalty"),
      (LogisticOptions(penalty: .nan), "penalty"),
      (LogisticOptions(gradientTolerance: 0), "gradientTolerance"),
      (LogisticOptions(decrementTolerance: 2), "decrementTolerance"),
      (LogisticOptions(maximumIterations: 0), "maximumIterations"),
    ] {
      do {
        _ = try options.validated()
        Issue.record("\(name) was accepted")
      } catch LogisticError.invalidOption(let found, _, _) {
        #expect(found == name)
      } catch {
        Issue.record("\(error)")
      }
    }
  }

  @Test func errorsSayWhatToDo() {
    #expect(
      LogisticError.oneClass(label: 0, rows: 5).description.contains("Check the outcome column"))
    #expect(LogisticError.notFinite(feature: "age", row: 3).description.contains("row 4"))
  }
}
