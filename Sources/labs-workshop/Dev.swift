import ArgumentParser
import Desk
import Foundation
import Grader

/// `labs-cli dev`: the commands for authors of labs.
struct Dev: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tools for authors of labs.",
    subcommands: [DevNew.self, Derive.self, DevGrade.self, DevFigures.self])
}

/// `labs-cli dev derive`: makes the stubs from the solutions, and the rules of the sheets from the manifests.
struct Derive: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Derive stubs, rules and lists from the labs' manifests and solutions.",
    discussion: """
      The stub of a lab comes from its solution, the list between <!-- rules --> and <!-- /rules --> in its sheet from \
      the rules in its lab.yml, and the lists of all labs in code (labs/Labs.swift, solutions/Answers.swift, \
      solutions/reference/Reference.swift, Tests/LabLawTests/Rules/RuleTables.swift) from all manifests.
      """)

  @Argument(help: "The labs; all if none is named.")
  var labs: [String] = []

  @Flag(help: "Change nothing; fail if a file is out of date.")
  var check = false

  @OptionGroup
  var book: BookOption

  func run() throws {
    let root = try book.root()
    let shelf = try LabShelf(root)
    let chosen = labs.isEmpty ? shelf.manifests : try labs.map(shelf.lab)
    var derived: [(path: String, text: String)] = []
    var stale: [String] = []
    for lab in chosen {
      let solution = "\(root.path)/solutions/reference/\(lab.area)/\(lab.slug)/\(lab.component).swift"
      derived += [(lab.stub, try stub(solution)), (lab.sheet, try rules(of: lab, in: lab.sheet))]
    }
    derived += LabLists.files(shelf.manifests).map { ("\(root.path)/\($0.path)", $0.text) }
    for (path, text) in derived where FileManager.default.contents(atPath: path) != Data(text.utf8) {
      if check { stale.append(path) } else { try TextFile.write(text, to: path) }
    }
    guard stale.isEmpty else {
      throw Refusal("out of date: \(stale.joined(separator: ", ")); run labs-cli dev derive", .checksFailed)
    }
  }

  private func rules(of lab: LabManifest, in sheet: String) throws -> String {
    do {
      return try SheetRules.derive(try TextFile.read(sheet), lab.rules)
    } catch let missing as SheetRules.MissingPlace {
      throw Refusal("\(sheet): \(missing)", .configuration)
    }
  }

  private func stub(_ solution: String) throws -> String {
    let text = try TextFile.read(solution)
    do throws(Stub.MarkerError) {
      return try Stub.derive(from: text)
    } catch {
      throw Refusal("\(solution): \(error)", .configuration)
    }
  }
}
