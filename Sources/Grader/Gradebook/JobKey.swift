import Foundation

/// The hash of everything that decides the result of a job: if the hash is the same, so is the result.
struct JobKey: Sendable {
  /// What is the same for all jobs of a run: the program with its suites, the kit, the toolchain, the sandbox.
  private let common: String

  /// The key of jobs that are graded in `workshop` by the running program.
  init(_ workshop: Workshop) throws {
    var hash = ContentHash()
    hash.add(JobDocument.currentSchema)
    hash.add(workshop.toolchain.identity)
    hash.add(workshop.sandbox.tier.rawValue)
    for part in Kit.parts { try hash.add(file: workshop.kit.folder + "/" + part) }
    try hash.add(file: Kit.executable)
    common = hash.hexadecimal()
  }

  /// The key of one job.
  func key(_ files: [SourceFile], lab: GradedLab, seed: UInt64, budget: Builder.Budget) throws -> String {
    var hash = ContentHash()
    hash.add(common)
    hash.add(lab.manifest.slug)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    hash.add(Array(try encoder.encode(lab.manifest.limits)))
    hash.add(Array(try encoder.encode(lab.manifest.points)))
    hash.add(Array(try encoder.encode(budget)))
    hash.add("\(lab.entry.lab) \(lab.entry.component) \(seed)")
    for file in files {
      hash.add(file.name)
      hash.add(file.bytes)
    }
    return hash.hexadecimal()
  }
}

extension ContentHash {
  /// Adds the content of a file.
  package mutating func add(file path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    data.withUnsafeBytes { add($0) }
  }
}
