import Foundation

/// Where in a student's files a program trapped, and the reason if the compiler noted one.
struct CrashPlace: Sendable, Equatable {
  /// File and line: `BuddyAllocator.swift:12`.
  var position: String
  /// A few words, such as "arithmetic overflow"; nil if the runtime has printed a message itself.
  var reason: String?

  /// The optimiser's name for the pieces of code that end a program without a message.
  private static let failure = "Swift runtime failure: "
  private static let maximumReason = 100

  /// The reason in the name of a function, if it is one of those.
  fileprivate static func reason(in function: Substring) -> String? {
    function.hasPrefix(failure) ? String(function.dropFirst(failure.count).prefix(maximumReason)) : nil
  }

  /// Reads what `llvm-symbolizer` says: for each address, from the innermost inlined function outwards, a line with
  /// the function and a line with file, line and column.
  ///
  /// - Parameter name: the student's name of a file in the sandbox, nil for files that are not the student's. The
  ///   program may claim to come from any file: a place in another file is skipped.
  init?(symbolizer said: String, name: (Substring) -> String?) {
    let lines = said.split(separator: "\n")
    reason = lines.first.flatMap(Self.reason)
    for line in lines {
      let parts = line.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 3, let number = Int(parts[1]), number > 0, let file = name(parts[0]) else { continue }
      position = "\(file):\(number)"
      return
    }
    return nil
  }
}

extension BuiltProgram {
  /// The place of addresses that a dying program has left; nil if none is in the student's files.
  ///
  /// The program is the student's, and so are its line tables: they are read in the sandbox.
  ///
  /// - Throws: `SandboxFault`, `CancellationError`.
  func place(of addresses: [UInt32]) async throws -> CrashPlace? {
    try await symbolized(addresses).flatMap { said in
      CrashPlace(symbolizer: said) { Builder.originalName($0, in: names) }
    }
  }

  /// What is at each of some addresses, from the innermost inlined function outwards: the places in the student's
  /// files, under the names of the sandbox, and the reason of a trap.
  ///
  /// - Throws: `SandboxFault`, `CancellationError`.
  func frames(of addresses: [UInt32]) async throws -> [UInt32: (places: [String], reason: String?)] {
    guard let said = try await symbolized(addresses) else { return [:] }
    let blocks = said.split(separator: "\n\n", omittingEmptySubsequences: true)
    guard blocks.count == addresses.count else { return [:] }
    var frames: [UInt32: (places: [String], reason: String?)] = [:]
    for (address, block) in zip(addresses, blocks) {
      let lines = block.split(separator: "\n")
      let places = lines.compactMap { line -> String? in
        let parts = line.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let number = Int(parts[1]), number > 0 else { return nil }
        return names.indices.first { Builder.pathInSandbox($0) == parts[0] }.map { "\(Builder.name($0)):\(number)" }
      }
      frames[address] = (places, lines.first.flatMap(CrashPlace.reason))
    }
    return frames
  }

  /// What `llvm-symbolizer` says about addresses; nil if it fails.
  private func symbolized(_ addresses: [UInt32]) async throws -> String? {
    let reader = workshop.toolchain.root + "/bin/llvm-symbolizer"
    guard !addresses.isEmpty, FileManager.default.fileExists(atPath: reader) else { return nil }
    var budget = Builder.Budget()
    budget.cpuSeconds = 5
    budget.memoryMiB = 512
    let mounts = [Mount(host: path, inside: "/box/program")] + Mount.readOnly([workshop.toolchain.root])
    let arguments = [reader, "--obj=/box/program", "--no-demangle"] + addresses.map { "0x" + String($0, radix: 16) }
    let command = SandboxedCommand(
      kind: .tool, limits: ResourceLimits(compilerSeconds: budget.cpuSeconds, memoryMiB: budget.memoryMiB),
      mounts: mounts, arguments: arguments)
    let run = try await ToolRun(command, in: workshop.sandbox, budget: budget)
    // A program that cannot be read is no reason to say nothing about the crash.
    return run.status == 0 ? String(decoding: run.output, as: UTF8.self) : nil
  }
}
