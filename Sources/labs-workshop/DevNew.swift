import ArgumentParser
import Desk
import Foundation
import Grader

/// `labs-cli dev new`: all that a lab consists of, as small as it can be; the laws say what is missing.
struct DevNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Begin to write a lab: make its files in all the places where a lab has some.",
    discussion: """
      What is made compiles, and its solution adds numbers up. Put your own in its place; swift test --filter \
      'LabLawTests|BookTests|TidyTests' says what is still missing.

        labs-cli dev new page-table --contract PageTable --component RadixPageTable --section 5#page-tables
      """)

  @Argument(help: "The name of the lab in folders and commands: lower-case words joined by hyphens.")
  var slug: String

  @Option(help: "The type that students write, and the name of its file; else the name of the lab in Swift's case.")
  var component: String?

  @Option(help: "The protocol that it conforms to; else the name of the lab, and Contract.")
  var contract: String?

  @Option(help: ArgumentHelp("The section of the book that it belongs to.", valueName: "chapter#section"))
  var section: String?

  @OptionGroup
  var book: BookOption

  func run() throws {
    let root = try book.root()
    let names = try LabNames(slug: slug, component: component, contract: contract, section: section ?? "0#\(slug)")
    let scaffold = LabScaffold(root, names)
    let files = try scaffold.newFiles()
    let lists = try scaffold.changedLists()
    for file in files + lists {
      try Folder.make(URL(fileURLWithPath: root.path + "/" + file.path).deletingLastPathComponent().path)
      try TextFile.write(file.text, to: root.path + "/" + file.path)
    }
    Terminal.print(
      ["Made:"] + files.map { "  \($0.path)" } + ["A line more in:"] + lists.map { "  \($0.path)" }
        + ["", "make test says what is missing; labs-cli dev derive \(slug) makes the stub anew."])
  }
}
