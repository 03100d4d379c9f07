import Foundation
import Reader
import Testing

/// The sheets of the labs, as `labs-cli read labs/<slug>` lays them out.
@Suite struct SheetTests {
  private static let labs = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("labs")

  @Test func `no line of a sheet is wider than a page`() throws {
    let labs = try LabFolder.all(in: Self.labs.path)
    #expect(!labs.isEmpty)
    let wide = try labs.flatMap { lab in
      try Layout(width: 80).lines(of: lab.load()).filter { $0.width > 80 }.map { "\(lab.slug): \($0.text)" }
    }
    #expect(wide == [])
  }

  @Test func `a sheet begins with its title`() throws {
    let untitled = try LabFolder.all(in: Self.labs.path).filter { lab in
      try lab.load().title != lab.title || lab.title == lab.slug
    }
    #expect(untitled == [])
  }
}
