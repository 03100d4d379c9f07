import LabKernel
import Testing

struct PlainLoaderTests {
  private static let top = 0x7FFF_F000

  private static func request(_ arguments: [String], _ environment: [String] = [], limit: Int = 8 << 20) -> ExecRequest
  {
    ExecRequest(
      file: Array("/bin/ls".utf8), arguments: arguments.map { Array($0.utf8) },
      environment: environment.map { Array($0.utf8) }, stackLimit: limit)
  }

  private func stack(_ request: ExecRequest) throws -> ExecStack {
    try PlainLoader(request).stack(below: Self.top, entry: 0x1_0000, ids: ExecIDs(uid: 7, euid: 8, gid: 9, egid: 10))
  }

  /// The word at an address of a stack.
  private func word(_ stack: ExecStack, at address: Int) -> Int {
    let offset = address - stack.pointer
    return (0..<8).reduce(0) { $0 | Int(stack.bytes[offset + $1]) << (8 * $1) }
  }

  /// The string at an address of a stack.
  private func string(_ stack: ExecStack, at address: Int) -> String {
    String(decoding: stack.bytes[(address - stack.pointer)...].prefix { $0 != 0 }, as: UTF8.self)
  }

  @Test(arguments: [["ls"], ["ls", "-l"], ["ls", "", "-l", "a file"], []])
  func `a program finds its strings through the words at its stack pointer`(arguments: [String]) throws {
    let environment = ["HOME=/", "X="]
    let stack = try stack(Self.request(arguments, environment))
    #expect(stack.pointer % 16 == 0)
    #expect(stack.pointer + stack.bytes.count == Self.top)
    let words = (0..<arguments.count + 5).map { word(stack, at: stack.pointer + 8 * $0) }
    #expect(words[0] == arguments.count)
    #expect(words[1...arguments.count + 1].map { $0 == 0 ? nil : string(stack, at: $0) } == arguments + [nil])
    #expect(words[(arguments.count + 2)...].map { $0 == 0 ? nil : string(stack, at: $0) } == environment + [nil])
  }

  @Test func `the auxiliary vector is empty`() throws {
    let stack = try stack(Self.request(["ls"], ["HOME=/"]))
    #expect((5...6).map { word(stack, at: stack.pointer + 8 * $0) } == [AuxiliaryKind.AT_NULL.rawValue, 0])
  }

  @Test func `strings that do not fit into the stack are refused`() throws {
    let size = try stack(Self.request(["ls"])).bytes.count
    #expect(throws: Errno.E2BIG) { try PlainLoader(Self.request(["ls"], limit: size - 16)) }
    _ = try PlainLoader(Self.request(["ls"], limit: size))
  }

  @Test(arguments: ["", "#!/bin/sh\n", "\u{7F}ELG", "\u{7F}EL", "echo"])
  func `a file that is no program is refused`(head: String) throws {
    var loader = try PlainLoader(Self.request([]))
    #expect(throws: Errno.ENOEXEC) { try loader.read(Array(head.utf8)) }
  }

  @Test func `a program is recognised by its first bytes`() throws {
    var loader = try PlainLoader(Self.request([]))
    #expect(try loader.read(programMagic + [1, 2, 3]) == .program)
  }

  @Test func `caught signals are reset, and ignored ones stay ignored`() throws {
    let task = ExecTask(
      name: Array("sh".utf8), counter: 5, stackPointer: 6, registers: [1, 2],
      actions: [.init(.function(64), flags: 4, mask: 2), .init(.ignored, flags: 1, mask: 1), .init(.standard)],
      blocked: 3, pending: 4, alternateStack: .init(start: 16, size: 8),
      descriptors: [.init(0), .init(3, closesOnExec: true), .init(4)])
    let expected = ExecTask(
      name: Array("ls".utf8), counter: 100, stackPointer: 200, registers: [0, 0],
      actions: [.init(.standard), .init(.ignored), .init(.standard)], blocked: 3, pending: 4,
      descriptors: [.init(0), .init(4)])
    #expect(try PlainLoader(Self.request([])).reset(task, entry: 100, stack: 200) == expected)
  }
}
