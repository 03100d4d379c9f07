import Foundation

/// Runs programs from the root of the repository.
enum Command {
  /// What a program printed, and how it ended.
  struct Result {
    /// What it printed.
    let output: String
    /// What it complained about.
    let errors: String
    /// Its exit code.
    let status: Int32
  }

  /// Where the tests were built, and with them the programs and modules.
  static let buildFolder: URL = {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let usual = BookFiles.root.appendingPathComponent(".build/release")
    return [beside, usual].first { hasProgram($0) } ?? usual
  }()

  /// The program that the figures are made with, or nil if it was not built.
  static var labsCLI: URL? {
    hasProgram(buildFolder) ? buildFolder.appendingPathComponent("labs-cli") : nil
  }

  /// Runs a program to its end.
  ///
  /// - Parameter environment: nil for the one of the tests.
  static func run(_ program: URL, _ arguments: [String], environment: [String: String]? = nil) throws -> Result {
    let process = Process()
    let output = Pipe()
    let errors = Pipe()
    process.executableURL = program
    process.arguments = arguments
    if let environment { process.environment = environment }
    process.currentDirectoryURL = BookFiles.root
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

  private static func hasProgram(_ folder: URL) -> Bool {
    FileManager.default.isExecutableFile(atPath: folder.appendingPathComponent("labs-cli").path)
  }
}
