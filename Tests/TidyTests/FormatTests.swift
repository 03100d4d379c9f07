import Foundation
import Testing

@Suite struct FormatTests {
  @Test(arguments: ["Sources", "Tests", "solutions", "labs", "Benchmarks"])
  func `the formatter finds nothing to change`(folder: String) throws {
    guard FileManager.default.fileExists(atPath: Tree.root.appendingPathComponent(folder).path) else { return }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swift", "format", "lint", "--strict", "--parallel", "-r", folder]
    process.currentDirectoryURL = Tree.root
    process.standardError = output
    try process.run()
    let findings = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "swift format -i helps with most of it:\n\(findings)")
  }
}
