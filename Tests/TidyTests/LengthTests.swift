import Testing

@Suite struct LengthTests {
  private let longestFile = 400
  private let longestFunction = 40

  @Test func `no file has more than 400 lines`() throws {
    let findings = try Tree.files(under: "Sources", "solutions", "labs", "Benchmarks", "Tests").compactMap { file in
      let count = file.lines.count - 1
      return count > longestFile
        ? file.finding(count, "\(count) lines; split it by idea, \(longestFile) at most") : nil
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }

  @Test func `no function has more than 40 lines`() throws {
    let findings = try Tree.files(under: "Sources", "solutions", "labs", "Benchmarks").flatMap { file in
      Functions(file.code).spans.filter { $0.count > longestFunction }.map {
        file.finding($0.lowerBound, "a function of \($0.count) lines; name its parts, \(longestFunction) at most")
      }
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }

  @Test(arguments: [
    ("func a() {\n}", [2]), ("func a()\nfunc b() { }", [1]), ("init(\n  a: Int\n) {\n  b {\n  }\n}", [6]),
    ("let a = \"func b() {\"\nfunc c() {\n  // }\n}", [3]), ("func a() {\n  func b() {\n  }\n}", [4, 2]),
    ("func a() {\n  let s = \"\\(b ? \"{\" : \"x\")\"\n}", [3]),
  ])
  func `a function extends from its name to its closing brace`(source: String, lengths: [Int]) {
    #expect(Functions(CodeMask.lines(source)).spans.map(\.count) == lengths)
  }
}
