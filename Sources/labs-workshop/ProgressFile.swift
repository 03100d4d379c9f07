import Desk
import Foundation

/// What a student has done: which checks passed when last tested, and which hints were read.
///
/// It is written whole or not at all. A file that cannot be read is put aside, never overwritten.
struct ProgressFile: Codable, Equatable {
  /// The version of the format.
  private(set) var schema = StateFolder.progressSchema
  /// By slug.
  var labs: [String: Entry] = [:]

  /// One lab.
  struct Entry: Codable, Equatable {
    /// How often it was tested.
    var tests = 0
    /// The visible checks that passed when it was last tested.
    var passed: [String] = []
    /// How many visible checks there were.
    var checks = 0
    /// How many hints were read.
    var hints = 0
  }

  /// The file.
  static var path: String { StateFolder.progress }

  /// Reads what is remembered; nothing if nothing was ever written.
  static func load() throws -> ProgressFile {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch CocoaError.fileReadNoSuchFile {
      return ProgressFile()
    } catch {
      throw Refusal("cannot read \(path), where your progress is kept: \(error.reason)", .configuration)
    }
    do {
      let file = try JSONDecoder().decode(ProgressFile.self, from: data)
      if file.schema == StateFolder.progressSchema { return file }
      return try putAside(because: "its schema is \(file.schema)")
    } catch let error as DecodingError {
      return try putAside(because: error.sentence)
    }
  }

  private static func putAside(because why: String) throws -> ProgressFile {
    let number = (1...).first { !FileManager.default.fileExists(atPath: "\(path).damaged-\($0)") } ?? 1
    let aside = "\(path).damaged-\(number)"
    do {
      try FileManager.default.moveItem(atPath: path, toPath: aside)
    } catch {
      throw Refusal("\(path) is damaged and cannot be moved: \(error.reason)", .configuration)
    }
    Terminal.note("The progress file is damaged: \(why).")
    Terminal.note("It is now \(aside), and your progress begins again.")
    Terminal.note("Your files are untouched; run labs-cli test <lab> to record a lab's progress again.")
    return ProgressFile()
  }

  /// Changes one lab's entry and writes the file.
  static func update(_ slug: String, _ change: (inout Entry) -> Void) throws {
    var file = try load()
    change(&file.labs[slug, default: Entry()])
    try Folder.make(StateFolder.path, remedy: StateFolder.remedy)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try TextFile.write(String(decoding: try encoder.encode(file), as: UTF8.self) + "\n", to: path)
  }
}

extension DecodingError {
  /// What is wrong with the document, and where.
  fileprivate var sentence: String {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "the value at \(place(context.codingPath)) does not belong there"
    case .keyNotFound(let key, let context): return "there is no \(place(context.codingPath + [key])) in it"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "it is not JSON" : "\(place(context.codingPath)) makes no sense"
    @unknown default: return "it cannot be read"
    }
  }

  private func place(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "the top" : path.map(\.stringValue).joined(separator: ".")
  }
}
