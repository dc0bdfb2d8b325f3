import Testing

@testable import Metrics

@Suite struct RankingTests {
  /// The naive twin of the radix sort.
  private func naiveTies(_ labels: [UInt8], _ scores: [Double]) -> [Ranking.Tie] {
    Set(scores.map { $0 + 0.0 }).sorted(by: >).map { score in
      let rows = scores.indices.filter { scores[$0] == score }
      let won = rows.filter { labels[$0] == 1 }.count
      return Ranking.Tie(score: score, won: Double(won), lost: Double(rows.count - won))
    }
  }

  // On both sides of the size from which the radix sort is used.
  @Test(arguments: [10, 2_047, 2_048, 9_001])
  func tiesEqualThoseOfAPlainSort(count: Int) {
    let extremes: [Double] = [
      -0.0, 0, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
      .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    ]
    let labels = (0..<count).map { UInt8(uniform(3, $0) < 0.4 ? 1 : 0) }
    let scores = (0..<count).map { row in
      row < extremes.count
        ? extremes[row] : (uniform(4, row) * 200 - 100).rounded() / (row % 3 == 0 ? 1 : 8)
    }
    let ranking = Ranking(labels: labels, scores: scores)
    #expect(ranking.ties == naiveTies(labels, scores))
    for row in 0..<count {
      #expect(ranking.ties[Int(ranking.tieOfRow[row])].score == scores[row])
    }
  }

  @Test func aMillionDistinctScoresComeInOrder() {
    let count = 1_000_000
    let scores = (0..<count).map { uniform(8, $0) }
    let ranking = Ranking(labels: [UInt8](repeating: 0, count: count), scores: scores)
    #expect(zip(ranking.ties, ranking.ties.dropFirst()).allSatisfy { $0.score > $1.score })
    #expect(ranking.leads == Double(count))
  }
}
