/// Writes to several destinations at once.
public struct CRMDestinations: CRMDestination {
  private var destinations: [any CRMDestination]

  public init(_ destinations: [any CRMDestination]) {
    self.destinations = destinations
  }

  public mutating func add(_ row: [CRMCell], to table: CRMTable) throws {
    for index in destinations.indices { try destinations[index].add(row, to: table) }
  }

  public mutating func commit() throws {
    for index in destinations.indices { try destinations[index].commit() }
  }
}
