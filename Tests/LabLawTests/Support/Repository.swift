import Foundation
import Grader
import Testing

/// The files of this repository, by paths from its root.
enum Repository {
  /// The root, wherever it was cloned to.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// Returns the text of a file.
  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: root + "/" + path, encoding: .utf8)
  }

  /// Whether there is a file.
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + path) }

  /// Returns the names of everything in a folder, including hidden files.
  static func names(in folder: String) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder))
  }

  /// Returns the paths of all Swift files below a folder, sorted; none if there is no such folder.
  static func sources(under folder: String) -> [String] {
    (FileManager.default.subpaths(atPath: root + "/" + folder) ?? []).filter { $0.hasSuffix(".swift") }.sorted()
      .map { "\(folder)/\($0)" }
  }

  /// Returns the places of the labs below a folder of areas, as `area/slug`.
  static func labPlaces(in folder: String) throws -> Set<String> {
    let areas = try names(in: folder).filter { !$0.contains(".") }
    return Set(try areas.flatMap { area in try names(in: "\(folder)/\(area)").map { "\(area)/\($0)" } })
  }

  /// Returns the place of a lab: `memory/buddy`.
  static func place(of slug: String) throws -> String {
    let place = try labPlaces(in: "labs").first { $0.hasSuffix("/" + slug) }
    return try #require(place, "there is no lab \(slug)")
  }

  /// Returns the manifest of a lab.
  static func manifest(of slug: String) throws -> LabManifest {
    try LabManifest(folder: "\(root)/labs/\(place(of: slug))")
  }

  /// Returns the paths of all files that students get: what is under version control, without answers and samples.
  static func handout() throws -> [String] {
    let all = try underVersionControl() ?? FileManager.default.subpathsOfDirectory(atPath: root)
    let isKept = [
      "solutions/", "samples/", "Tests/InterleaveTests/", "Tests/LabLawTests/", ".git/", ".build/", "out/", "work/",
    ]
    return all.filter { path in !isKept.contains { path.hasPrefix($0) } }
  }

  /// Returns the files that git knows; nil if there is no git, or this is not a clone.
  private static func underVersionControl() throws -> [String]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", root, "ls-files", "-z"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
