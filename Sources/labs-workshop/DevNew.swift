import ArgumentParser
import Desk
import Foundation
import Grader

/// `labs-cli dev new`: all parts of a lab, as small as they can be; the laws say what is missing.
struct DevNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Begin to write a lab: make all the files that a lab has.",
    discussion: """
      The new lab compiles, is graded, and does next to nothing: a lab of shape call adds up numbers, one of shape \
      kernel runs tasks in order of arrival, one of shape interleaving counts on several CPUs. Replace its parts with \
      your own; swift test --filter 'LabLawTests|BookTests|TidyTests' says what is still missing.

        labs-cli dev new page-table --area memory --contract PageTable --component RadixPageTable
        labs-cli dev new cfs --area scheduling --shape kernel --section 2#fair-scheduling
      """)

  @Argument(help: "The name of the lab in folders and commands: lower-case words joined by hyphens.")
  var slug: String

  @Option(help: "The part of the kernel that it is about, and the name of its area's folder: memory, ipc, ...")
  var area: String

  @Option(
    help: """
      What a case is: call (calls on the component, and the answers), kernel (tasks on a kernel with the component in its \
      slot), interleaving (several CPUs in every order).
      """)
  var shape = LabShape.call

  @Option(help: "The type that students write, and the name of its file; by default, the lab's name in Swift's case.")
  var component: String?

  @Option(help: "The protocol that it conforms to; by default, the lab's name followed by Contract.")
  var contract: String?

  @Option(help: ArgumentHelp("The section of the book that it belongs to.", valueName: "chapter#section"))
  var section: String?

  @OptionGroup
  var book: BookOption

  func run() throws {
    let root = try book.root()
    if shape == .kernel, contract != nil {
      throw Refusal("a lab of shape kernel begins with the contract SchedulingClass: leave out --contract", .usage)
    }
    let names = try LabNames(
      slug: slug, area: area, component: component, contract: contract, section: section ?? "0#\(slug)")
    let scaffold = LabScaffold(root, names, shape)
    let files = try scaffold.newFiles()
    let lists = try scaffold.lists()
    for file in files + lists {
      try Folder.make(URL(fileURLWithPath: root.path + "/" + file.path).deletingLastPathComponent().path)
      try TextFile.write(file.text, to: root.path + "/" + file.path)
    }
    Terminal.print(
      ["Made:"] + files.map { "  \($0.path)" } + ["Updated, to include this lab:"] + lists.map { "  \($0.path)" }
        + ["", "make test says what is missing; labs-cli dev derive \(slug) updates the stub."])
  }
}

extension LabShape: ExpressibleByArgument {}
