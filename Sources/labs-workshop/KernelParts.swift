import Desk
import Foundation
import Grader
import LabKernel

/// Whose component stands in which slot of a kernel, for the slots that labs replace.
struct KernelParts {
  /// Whose a component is.
  enum Owner: String, Encodable {
    case yours, baseline, reference
  }

  /// A slot with what stands in it.
  struct Entry {
    let lab: LabManifest
    let slot: Slot
    let owner: Owner
  }

  /// The slots, in the order of the labs.
  let entries: [Entry]
  /// Whether the user has said what stands where: then nothing needs to be said of a baseline that was asked for.
  let isChosen: Bool
  /// Whether the user has named the labs whose components are to take part.
  private let isNamed: Bool
  private let root: BookRoot

  /// The components that a command asks for.
  ///
  /// - Parameters:
  ///   - mine: the labs behind `--mine`; none of them stands for all on which there is work. Nil without the option.
  ///   - baseline: the labs behind `--baseline`, in the same way.
  /// - Throws: `Refusal` where a lab is unknown, has no slot, or no work.
  init(_ root: BookRoot, mine: [String]?, baseline: [String]?) throws {
    let shelf = try LabShelf(root)
    self.root = root
    isChosen = mine != nil || baseline != nil
    isNamed = !(mine?.isEmpty ?? true)
    let yours = try mine.map { try KernelParts.yours($0, shelf, root) } ?? []
    let plain = try baseline.map { try $0.isEmpty ? shelf.slotted.map(\.slug) : $0.map { try shelf.slotted($0).slug } }
    entries = shelf.slotted.compactMap { lab in
      let other: Owner = plain?.contains(lab.slug) ?? false ? .baseline : root.bestOwner
      return lab.slot.flatMap(Slot.init).map {
        Entry(lab: lab, slot: $0, owner: yours.contains(lab.slug) ? .yours : other)
      }
    }
  }

  /// The components of a run in this process: students' components are never in it.
  var components: Components {
    var components = Components.best
    for entry in entries where entry.owner == .baseline { components.fill(entry.slot, from: .baseline) }
    return components
  }

  /// What a program with students' components is made of.
  func parts() throws -> [KernelRun.Part] {
    try entries.filter { $0.owner == .yours }.compactMap { entry in
      KernelRun.Part(entry.lab, files: try StudentWork(root, entry.lab).files())
    }
  }

  /// The solutions that stand beside them.
  func references() throws -> [KernelRun.Part] {
    try entries.filter { $0.owner == .reference }.compactMap { entry in
      let text = try TextFile.read(
        "\(root.path)/solutions/reference/\(entry.lab.area)/\(entry.lab.slug)/\(entry.lab.component).swift")
      return KernelRun.Part(entry.lab, files: [SourceFile(name: entry.lab.component, bytes: Array(text.utf8))])
    }
  }

  private static func yours(_ named: [String], _ shelf: LabShelf, _ root: BookRoot) throws -> [String] {
    guard named.isEmpty else {
      return try named.map { slug in
        let lab = try shelf.slotted(slug)
        try StudentWork(root, lab).mustExist()
        return lab.slug
      }
    }
    let begun = try shelf.slotted.filter { try StudentWork(root, $0).isBegun }
    guard begun.isEmpty else { return begun.map(\.slug) }
    let labs = shelf.slotted.map(\.slug)
    throw Refusal(
      "there is no work of yours yet that belongs into this kernel: labs-cli start \(labs.first ?? "") begins a lab; "
        + "those of the kernel are \(labs.joined(separator: ", "))", .missingInput)
  }
}

extension KernelParts {
  /// A line that says whose component each slot has, folded at 80 columns; nothing where there is nothing to tell.
  ///
  /// - Parameter called: the slots whose components had a say in the run.
  func lines(called: Set<Slot>) -> [String] {
    let told = told(called).map { entry in
      "\(entry.lab.slug): \(entry.owner.rawValue)" + (called.contains(entry.slot) ? "" : ", not called")
    }
    return told.reduce(into: []) { lines, text in
      let line = (lines.last ?? "") + "   " + text
      if lines.isEmpty || line.count > Terminal.standardWidth {
        lines.append(text)
      } else {
        lines[lines.count - 1] = line
      }
    }
  }

  /// The owners by lab, of the slots that had a say and of those that are the user's.
  func owners(called: Set<Slot>) -> [String: Owner] {
    let known = entries.filter { called.contains($0.slot) || $0.owner == .yours }
    return Dictionary(uniqueKeysWithValues: known.map { ($0.lab.slug, $0.owner) })
  }

  /// The baselines that were not asked for, and had a say.
  func unasked(called: Set<Slot>) -> [String] {
    isChosen ? [] : entries.filter { $0.owner == .baseline && called.contains($0.slot) }.map(\.lab.slug)
  }

  /// What is told: of the user's components, those that were named or had a say; of others, those that had a say.
  private func told(_ called: Set<Slot>) -> [Entry] {
    let yours = entries.filter { $0.owner == .yours }
    guard !yours.isEmpty else {
      let plain = unasked(called: called)
      return entries.filter { plain.contains($0.lab.slug) }
    }
    let isIdle = !yours.contains { called.contains($0.slot) }
    return entries.filter { called.contains($0.slot) || $0.owner == .yours && (isNamed || isIdle) }
  }
}

extension BookRoot {
  /// Whose components stand where nothing else was asked for: this program may have the solutions, and a students' copy
  /// of the book has them not.
  var bestOwner: KernelParts.Owner { hasSolutions ? Components.bestOwner : .baseline }
}

extension LabManifest {
  /// Whether the component has a slot that a student's can be put into.
  fileprivate var isSlotted: Bool { slot.flatMap(Slot.init) != nil }
}

extension LabShelf {
  /// The labs whose component has a slot in the kernel.
  var slotted: [LabManifest] { manifests.filter(\.isSlotted) }

  /// One of them.
  ///
  /// - Throws: `Refusal` where there is no such lab, or it has no slot.
  func slotted(_ slug: String) throws -> LabManifest {
    let lab = try lab(slug)
    guard !lab.isSlotted else { return lab }
    throw Refusal(
      "\(slug) has no slot in this kernel; those that have one are \(slotted.map(\.slug).joined(separator: ", "))"
        + " (labs-cli race FILE --lab \(slug) runs a component that several CPUs use at once)", .usage)
  }
}
