import Foundation
import Grader

/// A conversation with `sourcekit-lsp`, as an editor has it: over standard input and output, an answer to each request.
final class LanguageServer {
  /// Why there was no answer.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// How long a whole conversation may take; an answer comes in a fraction of this.
  private static let patience: Duration = .seconds(180)

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let deadline = ContinuousClock.now + patience
  private var received: [UInt8] = []
  private var requests = 0

  /// The server of the toolchain that compiles submissions, with a folder open.
  init(open folder: String) throws {
    let program = try Toolchain.find().root + "/bin/sourcekit-lsp"
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Failure(description: "there is no \(program): Swift's toolchain from https://www.swift.org/install has it")
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    _ = try request(
      "initialize",
      [
        "processId": Int(getpid()), "rootUri": uri(folder), "capabilities": [String: Any](),
        "initializationOptions": ["backgroundIndexing": false],
      ])
    try send(["method": "initialized", "params": [String: Any]()])
  }

  /// Ends the server, whatever it is doing.
  func stop() {
    process.terminate()
    process.waitUntilExit()
  }

  /// What is offered at a place in a file, which is opened with a text of its own.
  func completions(in file: String, _ text: String, line: Int, character: Int) throws -> [String] {
    try send([
      "method": "textDocument/didOpen",
      "params": ["textDocument": ["uri": uri(file), "languageId": "swift", "version": 1, "text": text]],
    ])
    let answer = try request(
      "textDocument/completion",
      ["textDocument": ["uri": uri(file)], "position": ["line": line, "character": character]])
    let items = (answer as? [String: Any])?["items"] as? [[String: Any]] ?? answer as? [[String: Any]] ?? []
    return items.compactMap { $0["label"] as? String }
  }

  private func uri(_ path: String) -> String { URL(fileURLWithPath: path).absoluteString }

  /// Asks, and waits for the answer; requests from the server meanwhile are answered with null.
  private func request(_ method: String, _ parameters: [String: Any]) throws -> Any? {
    requests += 1
    try send(["id": requests, "method": method, "params": parameters])
    while true {
      let message = try receive()
      if message["method"] != nil {
        if let id = message["id"] { try send(["id": id, "result": NSNull()]) }
        continue
      }
      guard message["id"] as? Int == requests else { continue }
      if let error = message["error"] { throw Failure(description: "\(method): \(error)") }
      return message["result"]
    }
  }

  private func send(_ message: [String: Any]) throws {
    let body = try JSONSerialization.data(withJSONObject: message.merging(["jsonrpc": "2.0"]) { first, _ in first })
    try input.fileHandleForWriting.write(contentsOf: Data("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
  }

  /// The next message: a header, a blank line, and as many bytes as the header says.
  private func receive() throws -> [String: Any] {
    var length: Int?
    while true {
      if let length, received.count >= length {
        let body = Data(received.prefix(length))
        received.removeFirst(length)
        return try JSONSerialization.jsonObject(with: body) as? [String: Any] ?? [:]
      }
      if length == nil, let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
        let header = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        received.removeSubrange(..<end.upperBound)
        let field = header.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        length = field.flatMap { Int($0.dropFirst("content-length:".count).trimmingCharacters(in: .whitespaces)) }
        continue
      }
      try readMore()
    }
  }

  private func readMore() throws {
    let descriptor = output.fileHandleForReading.fileDescriptor
    let left = ContinuousClock.now.duration(to: deadline).components.seconds
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard left > 0, poll(&state, 1, Int32(left * 1000)) > 0 else {
      throw Failure(description: "no answer within \(Self.patience)")
    }
    let chunk = output.fileHandleForReading.availableData
    guard !chunk.isEmpty else { throw Failure(description: "it ended without an answer") }
    received += chunk
  }
}
