import LabKernel
import LineEnds
import Yams

extension Scenario {
  /// Reads the text of a scenario file.
  ///
  /// - Parameters:
  ///   - file: its name, for messages.
  ///   - seed: what ranges of durations are drawn with; nil for the seed that the file names.
  ///   - command: the text of the program that the book has under a name, nil if it has none.
  /// - Throws: the first ``ScenarioError``.
  public init(
    yaml text: String, file: String, seed: UInt64? = nil, command: @escaping (String) -> String? = { _ in nil }
  ) throws(ScenarioError) {
    var reader = ScenarioReader(text: LineEnds.unified(text), file: file, seed: seed, command: command)
    self = try reader.read()
  }
}

/// How many copies of a task a scenario may ask for.
private let maximumCopies = 100_000

/// Turns the nodes of a YAML document into a scenario, and mistakes into places in the file.
private struct ScenarioReader {
  let file: String
  let lines: [Substring]
  let text: String
  /// Variables and buffers of the tasks that share memory, which thus agree on the addresses.
  var data = DataSegment()

  /// The text of the program that the book has under a name.
  private let command: (String) -> String?
  /// The stream of numbers with which programs are drawn, one number each.
  private var random: RandomSource
  private let seed: UInt64?
  /// Whether the scenario is run with a seed, so that choices are drawn.
  private var draws = false

  init(text: String, file: String, seed: UInt64?, command: @escaping (String) -> String?) {
    self.command = command
    self.text = text
    self.seed = seed
    random = RandomSource(seed: seed ?? 1)
    self.file = file
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  mutating func read() throws(ScenarioError) -> Scenario {
    let root = try document()
    let keys = [
      "title", "cpus", "tick", "quantum", "round-robin-ticks", "instruction", "system-call", "switch", "frames",
      "pid-limit", "scheduler", "slots", "bin", "files", "input", "end", "seed", "tasks",
    ]
    let fields = try mapping(root, keys: keys, what: "a scenario")
    let scheduler = try fields["scheduler"].map { (node) throws(ScenarioError) in try choice("fair", node) }
    draws = seed != nil || fields["seed"] != nil
    if let named = fields["seed"], seed == nil {
      random = RandomSource(seed: UInt64(try integer(named, 0...Int.max, else: 1)))
    }
    let configuration = try configuration(fields)
    guard let list = fields["tasks"] else { throw error(root, "expected a list of tasks under 'tasks:', found none") }
    var scenario = Scenario(
      title: fields["title"]?.scalar?.string ?? file, configuration: configuration,
      slots: (scheduler.map { [$0] } ?? []) + (try slots(fields["slots"])), tasks: try tasks(list),
      end: try fields["end"].map { (node) throws(ScenarioError) in .zero + (try duration(node)) })
    scenario.commands = try commands(fields["bin"])
    scenario.files = try files(fields["files"])
    scenario.input = try fields["input"].map { (node) throws(ScenarioError) in try self.text(node) } ?? ""
    return scenario
  }

  /// The programs of the book that a list names.
  private mutating func commands(_ list: Node?) throws(ScenarioError) -> [Scenario.Command] {
    guard let list else { return [] }
    guard let names = list.sequence else { throw error(list, "expected a list such as [sh, sort], found \(list.kind)") }
    var commands: [Scenario.Command] = []
    for node in names {
      guard let name = node.scalar?.string, let text = command(name) else {
        throw error(node, "expected the name of a program in \(Scenario.commandFolder), found \(node.kind)")
      }
      do throws(ProgramError) {
        commands.append(Scenario.Command(name: name, program: try ProgramParser.parse(text, seed: random.next())))
      } catch {
        throw ScenarioError(
          file: "\(Scenario.commandFolder)/\(name).s", line: error.line, column: error.column, message: error.message)
      }
    }
    return commands
  }

  /// The files that a mapping from paths to texts describes; a machine must accept them.
  private func files(_ node: Node?) throws(ScenarioError) -> [MachineLoad.File] {
    guard let node else { return [] }
    guard let mapping = node.mapping else {
      throw error(node, "expected a mapping from paths to texts, found \(node.kind)")
    }
    var machine = Kernel()
    var files: [MachineLoad.File] = []
    for (key, value) in mapping {
      guard let path = key.scalar?.string, path.hasPrefix("/") else {
        throw error(key, "expected a path that begins with '/', found \(key.kind)")
      }
      let text = try text(value)
      do throws(Errno) {
        try machine.addFile(path, Array(text.utf8), mode: 0o644)
      } catch {
        throw self.error(key, "expected a path at which a file can be made, found \(key.kind) (\(error))")
      }
      files.append(MachineLoad.File(path: path, text: text))
    }
    return files
  }

  private func text(_ node: Node) throws(ScenarioError) -> String {
    guard let text = node.scalar?.string else { throw error(node, "expected a text, found \(node.kind)") }
    return text
  }

  private func document() throws(ScenarioError) -> Node {
    do {
      guard let root = try Yams.compose(yaml: text) else {
        throw ScenarioError(file: file, line: 1, column: 1, message: "expected a scenario, found an empty file")
      }
      return root
    } catch let error as ScenarioError {
      throw error
    } catch let error as YamlError {
      throw ScenarioError(error, file: file)
    } catch {
      throw ScenarioError(file: file, line: 1, column: 1, message: "\(error)")
    }
  }

  private func configuration(_ fields: [String: Node]) throws(ScenarioError) -> Configuration {
    let tick = try positiveDuration(fields["tick"], else: .milliseconds(1))
    return Configuration(
      cpus: try integer(fields["cpus"], 1...maximumCPUs, else: 1),
      tick: tick,
      quantum: try integer(fields["quantum"], 1...1_000_000, else: 4),
      roundRobinTicks: try integer(fields["round-robin-ticks"], 1...1_000_000, else: 100),
      instructionTime: try fields["instruction"].map { (node) throws(ScenarioError) in try duration(node) } ?? .zero,
      systemCallTime: try fields["system-call"].map { (node) throws(ScenarioError) in try duration(node) } ?? .zero,
      switchTime: try fields["switch"].map { (node) throws(ScenarioError) in try duration(node, below: tick) } ?? .zero,
      frames: try integer(fields["frames"], 1...(1 << 24), else: 16_384),
      pidLimit: try integer(fields["pid-limit"], reservedPIDs + 1...maximumPIDLimit, else: defaultPIDLimit))
  }

  private mutating func tasks(_ list: Node) throws(ScenarioError) -> [Scenario.Task] {
    guard let entries = list.sequence, !entries.isEmpty else {
      throw error(list, "expected a list of tasks, each beginning with '-', found \(list.kind)")
    }
    var tasks: [Scenario.Task] = []
    for entry in entries {
      let copies = try integer(entry.mapping?["copies"], 1...maximumCopies, else: 1)
      for copy in 1...copies {
        var task = try task(entry)
        if copies > 1 { task.name += "\(copy)" }
        tasks.append(task)
      }
    }
    return tasks
  }

  private mutating func task(_ node: Node) throws(ScenarioError) -> Scenario.Task {
    let keys = ["name", "start", "policy", "program", "copies", "shares-memory"]
    let fields = try mapping(node, keys: keys, what: "a task")
    guard let name = fields["name"]?.scalar?.string, !name.isEmpty, name.utf8.count <= 15 else {
      throw error(fields["name"] ?? node, "expected 'name:' with 1 to 15 characters")
    }
    guard let text = fields["program"] else { throw error(node, "expected 'program:' with one instruction per line") }
    let sharesMemory = try boolean(fields["shares-memory"])
    let policy = try fields["policy"].map { (node) throws(ScenarioError) in try self.policy(node) }
    return Scenario.Task(
      name: name, program: try program(text, sharesMemory: sharesMemory),
      start: .zero + (try fields["start"].map { (node) throws(ScenarioError) in try duration(node) } ?? .zero),
      policy: policy?.0 ?? .normal, realtimePriority: policy?.1 ?? 0,
      sharesMemory: sharesMemory)
  }

  private mutating func program(_ node: Node, sharesMemory: Bool) throws(ScenarioError) -> Program {
    guard let scalar = node.scalar, let mark = node.mark else {
      throw error(node, "expected the text of a program, found \(node.kind)")
    }
    do throws(ProgramError) {
      let known = sharesMemory ? data : DataSegment()
      let program = try ProgramParser.parse(scalar.string, data: known, seed: random.next(), draws: draws)
      if sharesMemory { data = program.data }
      return program
    } catch {
      throw place(error, in: scalar, at: mark)
    }
  }

  /// Where in the file a mistake in a program is: a block scalar begins on the line after its `|`.
  private func place(_ mistake: ProgramError, in scalar: Node.Scalar, at mark: Mark) -> ScenarioError {
    guard scalar.style == .literal else {
      return ScenarioError(
        file: file, line: mark.line, column: mark.column + mistake.column - 1, message: mistake.message)
    }
    let line = mark.line + mistake.line
    let indentation =
      scalar.string.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .first { !$0.element.allSatisfy { $0 == " " } }
      .map { entry in blanks(lines[mark.line + entry.offset]) - blanks(entry.element) } ?? 0
    return ScenarioError(file: file, line: line, column: mistake.column + indentation, message: mistake.message)
  }

  private func blanks(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
}

extension ScenarioReader {
  /// The components that a mapping names, slot by slot.
  fileprivate func slots(_ node: Node?) throws(ScenarioError) -> [SlotChoice] {
    guard let node else { return [] }
    let fields = try mapping(node, keys: SlotChoice.slots, what: "a mapping from slots to components")
    var choices: [SlotChoice] = []
    for slot in SlotChoice.slots {
      if let named = fields[slot] { choices.append(try choice(slot, named)) }
    }
    return choices
  }

  fileprivate func choice(_ slot: String, _ node: Node) throws(ScenarioError) -> SlotChoice {
    let choices = SlotChoice.choices(for: slot)
    guard let choice = choices.first(where: { $0.component == node.scalar?.string }) else {
      throw error(node, "expected one of \(choices.map(\.component).joined(separator: ", ")), found \(node.kind)")
    }
    return choice
  }

  fileprivate func policy(_ node: Node) throws(ScenarioError) -> (SchedulingPolicy, Int) {
    let words = node.scalar?.string.split(separator: " ").map(String.init) ?? []
    guard let first = words.first, let policy = SchedulingPolicy(rawValue: first), words.count <= 2 else {
      throw error(node, "expected normal, 'fifo 1..99' or 'rr 1..99', found \(node.kind)")
    }
    let priority = words.count == 2 ? Int(words[1]) ?? -1 : 0
    let valid = policy.realtimePriorities
    guard valid.contains(priority) else {
      throw error(
        node, "expected a priority from \(valid.lowerBound) to \(valid.upperBound), found '\(words.last ?? "")'")
    }
    return (policy, priority)
  }

  fileprivate func boolean(_ node: Node?, else missing: Bool = false) throws(ScenarioError) -> Bool {
    guard let node else { return missing }
    guard let value = node.bool else { throw error(node, "expected true or false, found \(node.kind)") }
    return value
  }

  fileprivate func integer(_ node: Node?, _ range: ClosedRange<Int>, else missing: Int) throws(ScenarioError) -> Int {
    guard let node else { return missing }
    guard let value = node.int, range.contains(value) else {
      throw error(node, "expected a number from \(range.lowerBound) to \(range.upperBound), found \(node.kind)")
    }
    return value
  }

  fileprivate func duration(_ node: Node) throws(ScenarioError) -> Duration {
    guard let duration = node.scalar.flatMap({ Duration($0.string) }) else {
      throw error(node, "expected a duration such as 5ms, found \(node.kind)")
    }
    return duration
  }

  fileprivate func duration(_ node: Node, below bound: Duration) throws(ScenarioError) -> Duration {
    let duration = try duration(node)
    guard duration < bound else { throw error(node, "expected a duration below one tick, found \(node.kind)") }
    return duration
  }

  fileprivate func positiveDuration(_ node: Node?, else missing: Duration) throws(ScenarioError) -> Duration {
    guard let node else { return missing }
    let duration = try duration(node)
    guard duration > .zero else { throw error(node, "expected a duration above zero, found \(node.kind)") }
    return duration
  }

  /// The entries of a mapping; a key that is not in `keys` is a mistake.
  fileprivate func mapping(_ node: Node, keys: [String], what: String) throws(ScenarioError) -> [String: Node] {
    guard let mapping = node.mapping else { throw error(node, "expected \(what), found \(node.kind)") }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard keys.contains(name) else {
        throw error(key, "expected one of \(keys.joined(separator: ", ")), found '\(name)'")
      }
      guard fields.updateValue(value, forKey: name) == nil else { throw error(key, "expected '\(name)' only once") }
    }
    return fields
  }

  fileprivate func error(_ node: Node, _ message: String) -> ScenarioError {
    ScenarioError(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: message)
  }
}

extension Node {
  /// What it is, in a word, for messages.
  fileprivate var kind: String {
    if let scalar { return scalar.string.isEmpty ? "nothing" : "'\(scalar.string.prefix(40))'" }
    return sequence == nil ? "a mapping" : "a list"
  }
}

extension ScenarioError {
  /// What the YAML parser says.
  fileprivate init(_ error: YamlError, file: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(file: file, line: mark.line, column: mark.column, message: "expected YAML: \(problem)")
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded, .duplicatedKeysInMapping:
      self.init(file: file, line: 1, column: 1, message: "expected YAML: \(error)")
    }
  }
}
