import Foundation
import LabKernel
import Testing

@Suite struct SystemCallTests {
  @Test(arguments: SystemCall.all)
  func `a number is the one that Linux has for that name`(call: SystemCall) throws {
    guard let numbers = try Header.numbers(in: ["unistd.h"], prefixes: "__NR_", "__NR3264_") else { return }
    // The header gives newfstatat the number of another name.
    let name = call.name == "newfstatat" ? "fstatat" : call.name
    #expect(numbers[name] == Int(call.number.rawValue))
  }

  @Test(arguments: Errno.allCases)
  func `an error has the number that Linux has for it`(error: Errno) throws {
    guard let numbers = try Header.numbers(in: ["errno-base.h", "errno.h"], prefixes: "") else { return }
    #expect(numbers["\(error)"] == error.rawValue)
  }

  @Test func `every number and every name is in the table once`() {
    #expect(Set(SystemCall.all.map(\.number)).count == SystemCall.all.count)
    #expect(Set(SystemCall.all.map(\.name)).count == SystemCall.all.count)
    #expect(SystemCall.all.map { SystemCall.named($0.name)?.number } == SystemCall.all.map(\.number))
    #expect(SystemCall.all.map { SystemCall.numbered($0.number)?.name } == SystemCall.all.map(\.name))
  }

  @Test(arguments: SystemCall.all)
  func `a row is complete`(call: SystemCall) {
    #expect(call.parameters.count <= SystemCallArguments.count)
    #expect((0...call.parameters.count).contains(call.optional))
    #expect(call.summary.first?.isLowercase == true && call.summary.last?.isLetter == true)
  }

  @Test(arguments: Spelling.all)
  func `a short spelling makes the call that it says it makes`(spelling: Spelling) throws {
    let short = try ProgramParser.parse(spelling.example).instructions.compactMap(\.called)
    let long = try ProgramParser.parse("space parameters 8\n\(spelling.call)").instructions.compactMap(\.called)
    #expect(short == long && short.count == 1)
  }

  @Test(arguments: [
    ("read 3", "expected a buffer such as &line, a text, or how many bytes, found the end of the line"),
    ("write 3 r2", "expected a buffer such as &line, a text, or how many bytes, found 'r2'"),
    ("close", "expected a number or a register, found the end of the line"),
    ("read 3 &line r2", "expected a buffer that a line 'space line SIZE' has made, found '&line'"),
    ("read 3 &line 5 6", "expected the end of the line, found '6'"),
    ("r2 = compute 5ms", "expected an instruction, found 'compute'"),
    ("raed 3 4", "expected an instruction, found 'raed'"),
    ("r9 = getpid", "expected a register, r0 to r7, found 'r9'"),
    ("fcntl 3 F_GETLK", "expected a number or a register, found 'F_GETLK'"),
    ("space x 0", "expected how many bytes, found '0'"),
    ("read 3 &x 8\nread 3 &x 9", "expected at most 8, the size of 'x', found '9'"),
    ("space x 8\nspace x 9", "expected 8 bytes, as it is elsewhere, found '9'"),
    ("load byte r1 [x + r1 + 2]", "expected a variable such as [counter], found '[x + r1 + 2]'"),
    ("space x 99999999", "expected no more than 16777216 bytes of variables and buffers, found 'x'"),
  ])
  func `a mistake in a call is named`(source: String, message: String) {
    let error = #expect(throws: ProgramError.self) { try ProgramParser.parse(source) }
    #expect(error?.message == message)
  }

  @Test func `a name that has been read once keeps its address`() throws {
    let first = try ProgramParser.parse("store 1 [x]\nread 0 &line 20")
    let second = try ProgramParser.parse("read 0 &line 20\nload r1 [x]\nload r2 [y]", data: first.data)
    #expect(second.data.symbols.map(\.name) == ["x", "line", "y"])
    #expect(second.data.symbols.map { $0.address - Segment.data.start } == [0, 8, 32])
    #expect(second.data.size == 40)
  }
}

extension Instruction {
  /// The number of the system call that it is, if it is one.
  fileprivate var called: SystemCallNumber? {
    if case .call(let number, _, _) = self { number } else { nil }
  }
}

/// A header of the host's kernel.
private enum Header {
  static let folder = "/usr/include/asm-generic/"

  /// Everything defined as a number, its name without any of the prefixes; nil on a machine without Linux's headers.
  static func numbers(in files: [String], prefixes: String...) throws -> [String: Int]? {
    guard files.allSatisfy({ FileManager.default.fileExists(atPath: folder + $0) }) else { return nil }
    var numbers: [String: Int] = [:]
    for file in files {
      for line in try String(contentsOfFile: folder + file, encoding: .utf8).split(separator: "\n") {
        let words = line.split { $0 == " " || $0 == "\t" }
        guard words.count >= 3, words[0] == "#define", let number = Int(words[2]),
          let prefix = prefixes.first(where: { words[1].hasPrefix($0) })
        else { continue }
        numbers[String(words[1].dropFirst(prefix.count))] = number
      }
    }
    return numbers
  }
}
