// An unfolding in transit: names as lists of strings, everything else as one line of numbers.

extension Unfolding: Codable {
  private enum Key: String, CodingKey {
    case locations, numbers, observations, sources, unshared, contended
  }

  /// Reads what `encode(to:)` writes, and rejects what no run of any code could have left.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    sources = try container.decode([String].self, forKey: .sources)
    observations = try container.decode([String].self, forKey: .observations)
    unshared = try container.decode([String].self, forKey: .unshared)
    contended = try container.decode([String].self, forKey: .contended)
    let names = try container.decode([String].self, forKey: .locations)
    var line = try container.decode(NumberLine.self, forKey: .numbers)
    for name in names {
      var location = Location(name: name, initial: try line.read(), isPlain: try line.readFlag())
      location.isOfSubject = try line.readFlag()
      locations.append(location)
    }
    cpus = try line.read()
    interrupts = try line.readList()
    problem = try line.readProblem()
    try checkLayout()
    try checkNames()
    let count = try line.read()
    guard count >= 0, count <= Limits.unfolding + codes else { throw NumberLineError.unknownCode }
    var depths: [Int] = []
    for number in 0..<count { depths.append(try readNode(number, &line, depths)) }
    let truthCount = try line.read()
    guard truthCount >= 0 else { throw NumberLineError.unknownCode }
    for _ in 0..<truthCount { try readTruth(&line) }
    while !line.isAtEnd { try readProspect(&line) }
    guard roots.count == codes || problem != nil else { throw NumberLineError.tooShort }
  }

  private var codes: Int { cpus + interrupts.count }

  private func checkLayout() throws(NumberLineError) {
    let isSound =
      locations.count <= Limits.locations && (1...Limits.cpus).contains(cpus) && locations.count >= cpus
      && interrupts.count <= Limits.interrupts && interrupts.allSatisfy { (0..<cpus).contains($0) }
    guard isSound else { throw .unknownCode }
  }

  /// Rejects names that are not printable, since they end up in terminals and on pages.
  private func checkNames() throws(NumberLineError) {
    for name in observations + unshared + contended + locations.map(\.name) {
      guard name == Self.printable(name) else { throw .unknownCode }
    }
    for place in sources where place != Self.printable(place, most: PlaceText.letters) { throw .unknownCode }
  }

  /// Reads one node and returns how many nodes are above it.
  private mutating func readNode(
    _ number: Int, _ line: inout NumberLine, _ depths: [Int]
  ) throws(NumberLineError) -> Int {
    let parent = try line.read()
    let result = try line.read()
    let operation = try readOperation(&line)
    guard parent >= -1, parent < number else { throw .unknownCode }
    if parent == -1 {
      guard roots.count < codes, result == 0 else { throw .unknownCode }
      roots.append(number)
    } else {
      let isLast = nodes[parent].operation.kind == .end || nodes[parent].operation.kind == .trap
      guard !isLast, !isFull(parent), child(of: parent, result: result) < 0 else { throw .unknownCode }
    }
    let depth = parent < 0 ? 0 : depths[parent] + 1
    guard depth <= Limits.stepsOfCode else { throw .tooLong }
    _ = append(operation, after: parent, result: result)
    return depth
  }

  private func readOperation(_ line: inout NumberLine) throws(NumberLineError) -> Operation {
    guard let kind = Operation.Kind(rawValue: try line.read()) else { throw .unknownCode }
    var operation = Operation(kind: kind, location: try line.read())
    guard let ordering = Ordering(rawValue: try line.read()) else { throw .unknownCode }
    operation.ordering = ordering
    operation.operand = try line.read()
    operation.expected = try line.read()
    operation.source = try line.read()
    guard sources.indices.contains(operation.source) else { throw .unknownCode }
    guard mayStand(operation) else { throw .unknownCode }
    return operation
  }

  private func mayStand(_ operation: Operation) -> Bool {
    switch operation.kind {
    case .observe, .call: observations.indices.contains(operation.location)
    case .trap: TrapCause(rawValue: operation.operand) != nil
    case .load, .store, .exchange, .add, .compareExchange, .await, .park, .cellRead, .cellWrite, .cellFree, .enter,
      .leave:
      locations.indices.contains(operation.location) && locations[operation.location].isPlain == operation.isPlain
    case .fence, .relax, .irqSave, .irqRestore, .holds, .returns, .callback, .end: operation.location == -1
    }
  }

  private mutating func readTruth(_ line: inout NumberLine) throws(NumberLineError) {
    let node = try line.read()
    let value = try line.read()
    let isTrue = try line.readFlag()
    guard nodes.indices.contains(node), !isSettled(node), truth(at: node, of: value) == nil else {
      throw .unknownCode
    }
    learn(isTrue, of: value, at: node)
  }

  /// Whether an operation may be the next turn of a loop.
  private func mayTurn(_ operation: Operation) -> Bool {
    operation.kind == .relax || operation.kind == .load || operation.isUpdate
  }

  private mutating func readProspect(_ line: inout NumberLine) throws(NumberLineError) {
    let node = try line.read()
    let watched = UInt32(exactly: try line.read())
    let outlook = Outlook(rawValue: try line.read())
    guard nodes.indices.contains(node), mayTurn(nodes[node].operation), prospects.count < Limits.unfolding, let watched,
      watched != 0, let outlook, self.outlook(at: node, watching: watched) == nil
    else { throw .unknownCode }
    learn(outlook, at: node, watching: watched)
  }

  /// Writes the names, then all numbers on one line.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(sources, forKey: .sources)
    try container.encode(observations, forKey: .observations)
    try container.encode(unshared, forKey: .unshared)
    try container.encode(contended, forKey: .contended)
    try container.encode(locations.map(\.name), forKey: .locations)
    var line = NumberLine()
    for location in locations {
      line.write(location.initial, location.isPlain ? 1 : 0, location.isOfSubject ? 1 : 0)
    }
    line.write(cpus)
    line.write(list: interrupts)
    line.write(problem?.rawValue ?? -1)
    line.write(nodes.count)
    for node in nodes {
      let operation = node.operation
      line.write(node.parent, node.result, operation.kind.rawValue, operation.location, operation.ordering.rawValue)
      line.write(operation.operand, operation.expected, operation.source)
    }
    line.write(truths.count)
    for truth in truths { line.write(truth.node, truth.value, truth.isTrue ? 1 : 0) }
    for prospect in prospects { line.write(prospect.node, Int(prospect.watched), prospect.outlook.rawValue) }
    try container.encode(line, forKey: .numbers)
  }
}

extension NumberLine {
  fileprivate mutating func readFlag() throws(NumberLineError) -> Bool {
    switch try read() {
    case 0: false
    case 1: true
    default: throw .unknownCode
    }
  }

  fileprivate mutating func readProblem() throws(NumberLineError) -> Unfolding.Problem? {
    let number = try read()
    if number == -1 { return nil }
    guard let problem = Unfolding.Problem(rawValue: number) else { throw .unknownCode }
    return problem
  }
}
