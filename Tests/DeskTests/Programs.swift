import Foundation

/// The two programs of the command line, as they were built, with a folder of their own for what they remember.
struct Programs {
  /// What a program did.
  struct Result: Equatable {
    /// What it printed.
    let output: String
    /// What it complained about.
    let errors: String
    /// Its exit code.
    let status: Int32
  }

  /// The root of the repository.
  static let book = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  /// Where the tests were built, and with them the programs.
  private static let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

  /// The program that users call.
  static let front = folder.appendingPathComponent("labs-cli")
  /// The one with all commands.
  static let workshop = folder.appendingPathComponent("labs-workshop")

  private let state: URL
  /// The work folder.
  let work: URL
  /// Where earlier versions are kept, a folder for each lab.
  var kept: URL { state.appendingPathComponent("labs/kept") }
  /// The file that the student writes for the lab `pipe`.
  var file: URL { work.appendingPathComponent("pipe/RingPipe.swift") }

  /// Programs that remember what is in a progress file, and find work on one lab.
  init(progress: String?) throws {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID())")
    state = scratch.appendingPathComponent("state")
    work = scratch.appendingPathComponent("work")
    try FileManager.default.createDirectory(
      at: state.appendingPathComponent("labs"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: work.appendingPathComponent("pipe"), withIntermediateDirectories: true)
    try Data().write(to: file)
    if let progress { try Data(progress.utf8).write(to: state.appendingPathComponent("labs/progress.json")) }
  }

  /// Removes all of it.
  func remove() throws { try FileManager.default.removeItem(at: state.deletingLastPathComponent()) }

  /// Runs a program to its end, in a folder, without a terminal.
  func run(_ program: URL, _ arguments: [String], in folder: String = book) throws -> Result {
    let process = Process()
    let output = Pipe()
    let errors = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ["XDG_STATE_HOME": state.path, "LABS_WORK": work.path, "PATH": "/usr/bin:/bin"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      output: String(decoding: printed, as: UTF8.self), errors: String(decoding: complaints, as: UTF8.self),
      status: process.terminationStatus)
  }
}
