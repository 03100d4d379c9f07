internal import CFiber

/// The place where one code runs: on a stack of its own, among objects that the set-up made for it alone.
///
/// A code that wants an operation yields with it and is resumed with the result. It is a class because the code
/// reaches it from deep in its stack, through the thread.
final class Stage {
  private let fiber: OpaquePointer
  private let setUp: Scenario.SetUp
  private let code: Int
  private var isOpen = true
  private var isSettingUp = false
  private var isEvaluating = false
  private var body: (() -> Void)?
  private var command = Command.answer(0)
  private var truth = false
  private(set) var currentCPU = 0
  private(set) var locations: [Unfolding.Location] = []
  private(set) var cpus = 0
  private(set) var interrupts: [Int] = []
  private(set) var notesCallers = false
  private var subjects: [Any] = []
  /// The unshared state at the first start since it was last forgotten.
  private var plainState: PlainState?

  /// The operation that the code wants: valid after `start` and `answer`.
  private(set) var request = Request()

  struct Request {
    var operation = Operation(kind: .end)
    var file: StaticString = ""
    var line = 0
    /// The name of an observation.
    var name = ""
  }

  private enum Command {
    case answer(Int)
    case evaluate(Int)
    case runCallback(Int)
  }

  /// The locations of a subject whose code is not here; nil if it is here.
  private let recorded: [Unfolding.Location]?
  private(set) var isInSubject = false
  private var callbacks: [() -> Void] = []
  /// How many nested callbacks are running, for a subject that is not here.
  private var depth = 0
  /// The module of the harness with a slash after it, as its `#fileID` begins; nil if there is no subject.
  private(set) var harness: String?
  /// The locations of the harness that the subject may use.
  private(set) var lent: Set<Int> = []

  /// Creates a stage for one code of a scenario.
  ///
  /// - Parameter recorded: the locations of the subject, if there is no subject to run.
  init(code: Int, recorded: [Unfolding.Location]? = nil, setUp: @escaping Scenario.SetUp) {
    self.recorded = recorded
    guard let fiber = cfiber_create(Limits.stackBytes) else { fatalError("there is no memory for another stack") }
    self.fiber = fiber
    self.setUp = setUp
    self.code = code
  }

  deinit { close() }

  /// Frees the stack, and with it whatever the code still had on it.
  ///
  /// Code that is abandoned midway is never unwound. Its frames keep this stage alive, so `deinit` does not run.
  func close() {
    guard isOpen else { return }
    isOpen = false
    cfiber_destroy(fiber)
  }

  /// The stage on which the caller runs.
  static var current: Stage {
    guard let address = cfiber_stage() else {
      fatalError("atomics, cells and fences exist only in a scenario that is being explored")
    }
    return Unmanaged<Stage>.fromOpaque(address).takeUnretainedValue()
  }

  /// Sets everything up again and runs the code up to its first operation.
  func start() {
    let scenario = buildScenario(isNaming: false)
    currentCPU = code < cpus ? code : interrupts[code - cpus]
    isInSubject = false
    callbacks = []
    depth = 0
    body = code < cpus ? scenario.cpus[code] : scenario.interrupts[code - cpus].body
    cfiber_prepare(fiber, { _ in Stage.current.runBody() }, nil)
    resume()
  }

  /// Makes the locations without running the code.
  ///
  /// - Parameter isNaming: whether they get the names that tables show.
  func buildScenario(isNaming: Bool) -> Scenario {
    locations = []
    lent = []
    isSettingUp = true
    cfiber_set_stage(Unmanaged.passUnretained(self).toOpaque())
    var scenario = Scenario(isNaming: isNaming)
    setUp(&scenario)
    isSettingUp = false
    cfiber_set_stage(nil)
    cpus = scenario.cpus.count
    interrupts = scenario.interrupts.map(\.cpu)
    notesCallers = scenario.notesCallers
    for (location, name) in scenario.names where recorded == nil || !locations[location].isOfSubject {
      locations[location].name = Unfolding.printable(name)
    }
    subjects = scenario.subjects
    if plainState == nil { plainState = PlainState(of: subjects) }
    for cpu in 0..<cpus {
      locations.append(Unfolding.Location(name: "state of CPU \(cpu)", initial: 0, isPlain: false))
    }
    require(locations.count <= Limits.locations, tooManyLocations)
    return scenario
  }

  /// The error for code that makes too many; a component is told its own number, not that of the whole scene.
  private var tooManyLocations: String {
    let own = locations.count(where: \.isOfSubject)
    guard own > 0 else {
      return "a scenario has at most \(Limits.locations) atomics, cells, sections and CPUs together"
    }
    let room = Limits.locations - (locations.count - own)
    return "init makes \(own) atomics and cells, but there is room for \(max(0, room))"
  }

  /// Gives the code the result of its operation and runs it up to the next one.
  func answer(_ result: Int) {
    command = .answer(result)
    resume()
  }

  /// Lets a subject that is not here run a callback that it was given; returns false if it has none of that number.
  func answer(runningCallback number: Int) -> Bool {
    guard callbacks.indices.contains(number), depth < Limits.callbacks else { return false }
    command = .runCallback(number)
    resume()
    return true
  }

  /// Whether the code, which waits, would go on with this value; nil if its condition was cut short.
  func evaluate(_ value: Int) -> Bool? {
    command = .evaluate(value)
    isEvaluating = true
    resume()
    defer { isEvaluating = false }
    return request.operation.kind == .trap ? nil : truth
  }

  /// A number that is equal whenever the contents of the code's stack are equal.
  var fingerprint: Int { Int(truncatingIfNeeded: cfiber_fingerprint(fiber)) }

  private func resume() {
    cfiber_set_stage(Unmanaged.passUnretained(self).toOpaque())
    let status = cfiber_resume(fiber)
    cfiber_set_stage(nil)
    switch status {
    case Int32(CFIBER_YIELDED.rawValue): break
    case Int32(CFIBER_FINISHED.rawValue): request = Request()
    case Int32(CFIBER_RUNAWAY.rawValue): breakOff(.endlessLoop)
    case Int32(CFIBER_OVERFLOW.rawValue): breakOff(.stackOverflow)
    default: breakOff(.trapped)
    }
  }

  /// The names of plain properties that have changed since the start.
  var changedPlainState: [String] {
    plainState.map { PlainState(of: subjects).changes(since: $0) } ?? []
  }

  /// Whether the only plain state is the lengths of lists of atomics and cells.
  var hasListsAlone: Bool { plainState?.isOfLists ?? true }

  /// Makes the next start the reference for changes.
  func forgetPlainState() { plainState = nil }

  /// The addresses in the program at which the code stands and from which it was called.
  var addresses: [UInt32] {
    [UInt32](unsafeUninitializedCapacity: PlaceText.longestStack) { buffer, count in
      count = buffer.baseAddress.map { cfiber_addresses(fiber, $0, PlaceText.longestStack) } ?? 0
    }
  }

  private func breakOff(_ cause: TrapCause) {
    let (file, line) = (request.file, request.line)
    request = Request(operation: Operation(kind: .trap, operand: cause.rawValue), file: file, line: line)
  }

  private func runBody() {
    body?()
    cfiber_finish()
  }
}

extension Stage {
  /// Makes a new location, which is possible only during set-up.
  func makeLocation(_ value: Int, isPlain: Bool) -> Int {
    require(isSettingUp, "atomics and cells are made where a scenario is set up, not by a running CPU")
    locations.append(
      Unfolding.Location(
        name: Unfolding.number(locations.count), initial: value, isPlain: isPlain, isOfSubject: isInSubject))
    return locations.count - 1
  }

  /// Returns the location of the state of a CPU's task.
  func taskState(of cpu: Int) -> Int {
    require(cpu >= 0 && cpu < cpus, "there is no CPU \(cpu)")
    return locations.count - cpus + cpu
  }

  /// Requests an operation: during set-up it is done at once, otherwise by the explorer.
  func perform(_ operation: Operation, _ file: StaticString, _ line: Int, condition: (Int) -> Bool = { _ in true })
    -> Int
  {
    if isSettingUp { return performInSetUp(operation) }
    require(!isEvaluating, "the condition of a wait uses shared memory")
    while true {
      request = Request(operation: operation, file: file, line: line)
      cfiber_yield()
      switch command {
      case .answer(let result): return result
      case .evaluate(let value): truth = condition(value)
      case .runCallback(let number):
        depth += 1
        callbacks[number]()
        depth -= 1
      }
    }
  }

  /// Reports an observation.
  func observe(_ name: String, _ value: Int, _ file: StaticString, _ line: Int) {
    require(!isSettingUp && !isEvaluating, "only the code of a CPU observes")
    let name = isInSubject ? remarkOfSubject + name : name
    tell(Operation(kind: .observe, operand: value), name, file, line)
  }

  private func tell(_ operation: Operation, _ name: String, _ file: StaticString, _ line: Int) {
    request = Request(operation: operation, file: file, line: line, name: name)
    cfiber_yield()
  }

  private func performInSetUp(_ operation: Operation) -> Int {
    switch operation.kind {
    case .load, .cellRead: break
    case .store, .cellWrite: locations[operation.location].initial = operation.operand
    case .exchange, .add, .compareExchange, .await, .park, .fence, .relax, .cellFree, .enter, .leave, .irqSave,
      .irqRestore, .observe, .holds, .call, .returns, .callback, .trap, .end:
      fatalError("a set-up only makes, reads and writes locations")
    }
    return locations[operation.location].initial
  }
}

/// The prefix of the name of a subject's observation, so that it cannot pass for one of the harness.
let remarkOfSubject = "own: "

// The subject: which code runs, and what crosses the boundary.

extension Stage {
  /// Attributes what is made from here on to the subject.
  func beginSubject(harness file: StaticString) {
    require(isSettingUp, "a subject is made where a scenario is set up")
    isInSubject = true
    harness = String(file.description.prefix { $0 != "/" }) + "/"
    locations += recorded ?? []
  }

  /// Attributes what is made from here on to the harness.
  func endSubject() { isInSubject = false }

  /// Lets the subject use locations of the harness.
  func lend(_ locations: [Int]) { lent.formUnion(locations) }

  /// Reports that the subject is called.
  func beginCall(_ name: String) {
    require(!isSettingUp && !isEvaluating, "only the code of a CPU calls the subject")
    tell(Operation(kind: .call), name, "", 0)
  }

  /// Runs code of the subject and reports its result.
  func inSubject(_ answer: Answer, _ body: () -> Int) -> Int {
    isInSubject = true
    let result = body()
    isInSubject = false
    _ = perform(Operation(kind: .returns, operand: result, expected: answer.rawValue), "", 0)
    return result
  }

  /// Returns the result of a subject that is not here; it may run callbacks first.
  func askSubject() -> Int { perform(Operation(kind: .returns), "", 0) }

  /// Keeps a function that is given to the subject, and returns its number.
  func register(_ callback: @escaping () -> Void) -> Int {
    callbacks.append(callback)
    return callbacks.count - 1
  }

  /// Runs a function of the harness from within the subject.
  func runCallback(_ number: Int, _ body: () -> Void) {
    isInSubject = false
    _ = perform(Operation(kind: .callback, operand: number), "", 0)
    body()
    isInSubject = true
  }
}
