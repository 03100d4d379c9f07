import Foundation
import Reader
import Testing

@Suite struct SectionOrderTests {
  /// Chapters in a folder of their own.
  private func order(_ chapters: [String: String]) throws -> SectionOrder {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("order-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in chapters {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    return SectionOrder(chapters: folder.path)
  }

  @Test func `sections come in their order, chapter by chapter`() throws {
    let order = try order([
      "02-two.md": "# Two\n\n## Zebras\n\ntext\n\n### Ants, and more\n", "10-ten.md": "# Ten\n\n## Ants\n",
      "notes.txt": "## Ants",
    ])
    #expect(order.isBefore("2#zebras", "2#ants-and-more") == true)
    #expect(order.isBefore("10#ants", "2#zebras") == false)
    #expect(order.isBefore("2#zebras", "2#zebras") == nil)
  }

  @Test func `what looks like a heading in code is not one, and an unknown section comes last`() throws {
    let order = try order(["01-one.md": "# One\n\n```sh\n# late\n```\n\n## Early\n\n## Late\n"])
    #expect(order.isBefore("1#early", "1#late") == true)
    #expect(order.isBefore("1#nowhere", "1#late") == false)
    #expect(order.isBefore("1#nowhere", "9#nowhere") == nil)
  }
}
