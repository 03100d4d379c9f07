import LabKernel

/// The baseline, which also knows scripts: the interpreter and the path of the script stand before the arguments.
struct ScriptLoader: ExecLoader {
  private var request: ExecRequest

  var arguments: [[UInt8]] { request.arguments }

  init(_ request: ExecRequest) throws(Errno) { self.request = request }

  mutating func read(_ head: [UInt8]) throws(Errno) -> ExecFormat {
    guard head.starts(with: "#!".utf8) else {
      var plain = try PlainLoader(request)
      return try plain.read(head)
    }
    let interpreter = Array(head.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") })
    request.arguments = [interpreter, request.file] + request.arguments.dropFirst()
    return .script(interpreter: interpreter)
  }

  func stack(below top: Int, entry: Int, ids: ExecIDs) -> ExecStack {
    plain?.stack(below: top, entry: entry, ids: ids) ?? ExecStack(pointer: top, bytes: [])
  }

  func reset(_ task: ExecTask, entry: Int, stack: Int) -> ExecTask {
    plain?.reset(task, entry: entry, stack: stack) ?? task
  }

  private var plain: PlainLoader? { try? PlainLoader(request) }
}
