import Tables

extension FieldsInTime {
  /// From when on a field is known to have been filled in, one a lead; NaN where it is blank, or nobody
  /// knows whether that was before the outcome.
  ///
  /// A field that no change names was there from the lead's creation, as for the examples.
  /// - Parameters:
  ///   - created: one a lead.
  ///   - closed: when each lead's outcome came, NaN for none. Dated exports say of a filling only
  ///     between which two of them it fell: it counts where both are on one side of the outcome.
  /// - Returns: `nil` for a column without a past.
  func firstFilled(_ column: Column, created: [Double], closed: [Double]) -> [Double]? {
    guard !isFixed(column.name) else { return nil }
    switch past {
    case .none: return nil
    case .changes(let log):
      guard let changes = log.columns[column.name] else { return nil }
      let missing = Set(schema[column.name]?.missingTokens ?? [""])
      let isFilled = log.values.map { !missing.contains($0) }
      return created.indices.map { lead in
        let all = Int(changes.offsets[lead])..<Int(changes.offsets[lead + 1])
        switch changes.start(lead, first: all.first) {
        case .unchanged: return column.values.isMissing(lead) ? .nan : created[lead]
        case .value(let value) where value >= 0 && isFilled[Int(value)]: return created[lead]
        case .value, .unknown: break
        }
        let filling = all.first { changes.new[$0] >= 0 && isFilled[Int(changes.new[$0])] }
        return filling.map { changes.times[$0] } ?? .nan
      }
    case .exports(let exports):
      return created.indices.map { lead in
        // From the newest to the oldest: the earliest that has the field, and the last before it.
        var filled = Double.nan
        var blank = Double.nan
        for mapped in exports where mapped.rows[lead] >= 0 {
          let cell = mapped.export.leads[column.name]?.values
          if cell?.isMissing(Int(mapped.rows[lead])) ?? true {
            if !filled.isNaN, blank.isNaN { blank = mapped.export.time }
          } else {
            (filled, blank) = (mapped.export.time, .nan)
          }
        }
        if filled < closed[lead] { return filled }
        return blank >= closed[lead] ? blank : .nan
      }
    }
  }
}
