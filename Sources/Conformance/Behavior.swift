import LabKernel

/// What a script did, without anything that differs from run to run: the tasks are named by how they came to be.
public struct Behavior: Sendable, Equatable {
  /// What a result, or a number in memory, is.
  public enum Value: Sendable, Equatable, CustomStringConvertible {
    /// A number, or minus the number of an error.
    case number(Int)
    /// The number of this task, group or session.
    case task(String)
    /// Bytes.
    case bytes([UInt8])
    /// Nothing: the address was 0, or the call failed.
    case nothing
    /// What the task did not live to see.
    case unseen

    /// As a report shows it.
    public var description: String {
      switch self {
      case .number(let number):
        number < 0 ? Errno(rawValue: -number).map { "\($0)" } ?? "\(number)" : "\(number)"
      case .task(let path): path
      case .bytes(let bytes): Self.quoted(bytes)
      case .nothing: "-"
      case .unseen: "?"
      }
    }

    private static func quoted(_ bytes: [UInt8]) -> String {
      let isText = bytes.allSatisfy { (32..<127).contains($0) || $0 == 10 }
      guard isText else { return bytes.map { String($0, radix: 16) }.joined(separator: " ") }
      return "\""
        + String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "\\n") + "\""
    }
  }

  /// A call, and what came of it.
  public struct Call: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its result.
    public var result: Value
    /// What it left in memory.
    public var outputs: [Value]
  }

  /// The calls of each task in their order, by the task's path: `root.0.1` is the second child of the first child.
  public var tasks: [String: [Call]]
  /// What was printed.
  public var console: [UInt8]
  /// How it ended.
  public var end: ScriptRun.End

  /// The path of the first task.
  static let root = "root"
  /// The name of process 1, which adopts orphans.
  static let initial = "init"

  /// What a run did.
  init(_ run: ScriptRun) {
    var names = Names(run.tasks)
    tasks = Dictionary(uniqueKeysWithValues: names.paths.filter { !$0.isEmpty }.map { ($0, []) })
    for call in run.calls where names.paths.indices.contains(call.task) {
      tasks[names.paths[call.task], default: []].append(names.named(call))
    }
    console = run.console
    end = run.end
  }
}

/// The paths of tasks, and which number each has in which namespace.
private struct Names {
  /// By index; empty for a task that was never created.
  private(set) var paths: [String] = []
  /// The namespace of each task: the index of the task that opened it, or -1.
  private var namespaces: [Int] = []
  private var numbers: [Key: String] = [:]

  private struct Key: Hashable {
    var namespace: Int
    var pid: Int
  }

  init(_ tasks: [ScriptRun.Creation]) {
    numbers[Key(namespace: -1, pid: 1)] = Behavior.initial
    for (index, task) in tasks.enumerated() {
      let creator = task.creator
      let outer = creator.map { namespaces[$0] } ?? -1
      let isThere = task.pid > 0
      let path = creator.map { "\(paths[$0]).\(task.number)" } ?? Behavior.root
      paths.append(isThere ? path : "")
      namespaces.append(task.opensNamespace ? index : outer)
      guard isThere else { continue }
      numbers[Key(namespace: outer, pid: task.pid)] = path
      if task.opensNamespace { numbers[Key(namespace: index, pid: 1)] = path }
    }
  }

  /// The task that `pid` is for a task.
  private func name(_ pid: Int, for task: Int) -> Behavior.Value {
    numbers[Key(namespace: namespaces[task], pid: pid)].map { .task($0) } ?? .number(pid)
  }

  mutating func named(_ call: ScriptRun.Call) -> Behavior.Call {
    let shape = CallShape.numbered(call.number)
    let outputs = zip(shape?.outputs ?? [], call.outputs).flatMap { output, bytes in
      values(output, bytes, for: call.task)
    }
    return Behavior.Call(
      name: call.number.name, result: value(call.result, shape?.result ?? .number, for: call.task), outputs: outputs)
  }

  private func value(_ number: Int?, _ kind: CallShape.Kind, for task: Int) -> Behavior.Value {
    guard let number else { return .unseen }
    return switch kind {
    case .number: .number(number)
    case .pid: number > 0 ? name(number, for: task) : .number(number)
    case .ignored: number < 0 ? .number(number) : .nothing
    }
  }

  private func values(_ output: CallShape.Output, _ bytes: [UInt8]?, for task: Int) -> [Behavior.Value] {
    guard let bytes else { return [.nothing] }
    if output.fields.isEmpty { return [.bytes(bytes)] }
    return output.fields.map { field in
      value(field.width.number(in: bytes, at: field.offset), field.kind, for: task)
    }
  }
}

extension Width {
  /// The number stored in `bytes` from `offset` on; 0 if they are fewer.
  fileprivate func number(in bytes: [UInt8], at offset: Int) -> Int {
    guard offset + rawValue <= bytes.count else { return 0 }
    let bits = (0..<rawValue).reduce(UInt64(0)) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    switch self {
    case .byte: return Int(bits)
    case .int: return Int(Int32(truncatingIfNeeded: bits))
    case .word: return Int(Int64(bitPattern: bits))
    }
  }
}
