import Foundation
import Grader
import Reader
import Testing

@Suite struct ReferenceTests {
  @Test func `a reference to a section finds it`() throws {
    let findings = try BookFiles.pages().flatMap { page in
      try broken(page.matches(of: #"(?:^|[^\w&#/])(\d+#[A-Za-z][\w-]*)"#), in: page)
    }
    #expect(findings == [])
  }

  @Test func `a link leads to a file that exists, and to a heading in it`() throws {
    let findings = try BookFiles.pages().flatMap { page in
      try page.matches(of: #"\]\(([^)\s]+)\)"#, inCode: false).compactMap { index, link in
        try complaint(about: link, in: page).map { page.finding(index, $0) }
      }
    }
    #expect(findings == [])
  }

  @Test func `a lab belongs to a section that exists`() throws {
    let book = try BookFiles.book()
    let findings = try BookFiles.labs().compactMap { lab in
      let section = try LabManifest(folder: lab.path).section
      return complaint(about: section, in: book).map { "\(lab.manifest): section: \($0)" }
    }
    #expect(findings == [])
  }

  @Test func `a command for a lab names one`() throws {
    let labs = try BookFiles.labs().map(\.slug)
    let findings = try BookFiles.pages().flatMap { page in
      try page.matches(of: #"labs-cli (?:start|test|hint|reset) ([a-z][\w-]*)"#).filter { !labs.contains($0.text) }
        .map { page.finding($0.index, "there is no lab '\($0.text)'; there are \(labs.joined(separator: ", "))") }
    }
    #expect(findings == [])
  }

  @Test func `a command that reads names a chapter, a section or a lab`() throws {
    let findings = try BookFiles.pages().flatMap { page in
      try broken(page.matches(of: #"labs-cli read ([a-z0-9][\w#/-]*)"#), in: page)
    }
    #expect(findings == [])
  }

  @Test func `a path in the repository leads to a file that exists`() throws {
    let sheets = try BookFiles.labs().map(\.reference)
    let folders = "Sources|Tests|Benchmarks|chapters|labs|scenarios|solutions|samples|scripts"
    let findings = try BookFiles.pages().flatMap { page in
      try page.matches(of: #"(?:^|[^\w./-])((?:\#(folders))/[\w./+-]*\w)"#)
        .filter { !BookFiles.exists($0.text) && !sheets.contains($0.text) }
        .map { page.finding($0.index, "there is no \($0.text)") }
    }
    #expect(findings == [])
  }

  private func broken(_ references: [(index: Int, text: String)], in page: Page) throws -> [String] {
    let book = try BookFiles.book()
    return references.compactMap { index, text in
      complaint(about: text, in: book).map { page.finding(index, $0) }
    }
  }

  /// What is wrong with a reference; a section must be written with its full name.
  private func complaint(about reference: String, in book: Book) -> String? {
    do throws(ReadingError) {
      let place = try book.resolve(reference)
      let section = reference.split(separator: "#").dropFirst().last ?? ""
      return section == place.heading?.anchor ?? "" ? nil : "\(reference) is \(place.reference)"
    } catch {
      return error.message
    }
  }

  /// What is wrong with a link, which is relative to the folder of its page.
  private func complaint(about link: String, in page: Page) throws -> String? {
    if link.contains("://") || link.hasPrefix("mailto:") { return nil }
    let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let folder = BookFiles.root.appendingPathComponent(page.path).deletingLastPathComponent()
    let file =
      parts[0].isEmpty ? BookFiles.root.appendingPathComponent(page.path) : folder.appendingPathComponent(parts[0])
    guard FileManager.default.fileExists(atPath: file.path) else { return "there is no \(parts[0])" }
    guard parts.count > 1 else { return nil }
    let headings = Document(Array(try Data(contentsOf: file))).headings
    return headings.contains { $0.anchor == parts[1] } ? nil : "\(file.lastPathComponent) has no section '\(parts[1])'"
  }
}
