import ArgumentParser
import Desk
import Foundation
import Grader

/// `labs-cli dev`: for those who write labs.
struct Dev: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tools for those who write labs.", subcommands: [DevNew.self, Derive.self, DevFigures.self])
}

/// `labs-cli dev derive`: makes the stubs from the solutions.
struct Derive: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the files that students begin with from the solutions.")

  @Argument(help: "The labs; all where none is named.")
  var labs: [String] = []

  @Flag(help: "Change nothing; fail where a stub is not what would be made.")
  var check = false

  @OptionGroup
  var book: BookOption

  func run() throws {
    let root = try book.root()
    let shelf = try LabShelf(root)
    let chosen = labs.isEmpty ? shelf.manifests : try labs.map(shelf.lab)
    var stale: [String] = []
    for lab in chosen {
      let solution = "\(root.path)/solutions/reference/\(lab.slug)/\(lab.component).swift"
      let stub = StudentWork(root, lab).stub
      let text = try derive(solution)
      if check, FileManager.default.contents(atPath: stub) != Data(text.utf8) { stale.append(stub) }
      if !check { try TextFile.write(text, to: stub) }
    }
    guard stale.isEmpty else { throw Refusal("not as derived: \(stale.joined(separator: ", "))", .checksFailed) }
  }

  private func derive(_ solution: String) throws -> String {
    let text = try TextFile.read(solution)
    do throws(Stub.MarkerError) {
      return try Stub.derive(from: text)
    } catch {
      throw Refusal("\(solution): \(error)", .configuration)
    }
  }
}
