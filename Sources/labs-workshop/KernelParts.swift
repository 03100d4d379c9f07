import Desk
import Foundation
import Grader
import LabKernel

/// Whose component is in which slot of a kernel, for the slots that labs replace.
struct KernelParts {
  /// Whose a component is.
  enum Owner: String, Encodable {
    case yours, baseline, reference
  }

  /// A slot with the component in it.
  struct Entry {
    let lab: LabManifest
    let slot: Slot
    let owner: Owner
  }

  /// The slots, in the order of the labs.
  let entries: [Entry]
  /// Whether the user has chosen components: then a baseline that was asked for need not be mentioned.
  let isChosen: Bool
  /// Whether the user has named the labs whose components are to take part.
  private let isNamed: Bool
  private let root: BookRoot

  /// The components that a command asks for.
  ///
  /// - Parameters:
  ///   - mine: the labs after `--mine`; an empty list stands for all labs with work. Nil without the option.
  ///   - baseline: the labs after `--baseline`, in the same way.
  /// - Throws: `Refusal` if a lab is unknown, or has no slot or no work.
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

  /// The components of a run in this process: students' components are never among them.
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

  /// The solutions in the other slots.
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
      "you have no work for this kernel yet: begin a lab with labs-cli start \(labs.first ?? ""); "
        + "the labs of this kernel are \(labs.joined(separator: ", "))", .missingInput)
  }
}

extension KernelParts {
  /// A line that says whose component each slot has, folded at 80 columns; none if there is nothing to say.
  ///
  /// - Parameter called: the slots whose components were called in the run.
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

  /// The owners by lab, for the slots that were called and for the user's own.
  func owners(called: Set<Slot>) -> [String: Owner] {
    let known = entries.filter { called.contains($0.slot) || $0.owner == .yours }
    return Dictionary(uniqueKeysWithValues: known.map { ($0.lab.slug, $0.owner) })
  }

  /// The baselines that were called without having been asked for.
  func unasked(called: Set<Slot>) -> [String] {
    isChosen ? [] : entries.filter { $0.owner == .baseline && called.contains($0.slot) }.map(\.lab.slug)
  }

  /// The slots to mention: with the user's components, those named or called; with others, those called.
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
  /// The owner of the components where no others were asked for: this program may have the solutions although a
  /// students' copy of the book does not.
  var bestOwner: KernelParts.Owner { hasSolutions ? Components.bestOwner : .baseline }
}

extension LabManifest {
  /// Whether the component has a slot that a student's can be put into.
  fileprivate var isSlotted: Bool { slot.flatMap(Slot.init) != nil }
}

extension LabShelf {
  /// The labs whose component has a slot in the kernel.
  var slotted: [LabManifest] { manifests.filter(\.isSlotted) }

  /// Finds a lab whose component has a slot in the kernel.
  ///
  /// - Throws: `Refusal` if there is no such lab, or it has no slot.
  func slotted(_ slug: String) throws -> LabManifest {
    let lab = try lab(slug)
    guard !lab.isSlotted else { return lab }
    throw Refusal(
      "\(slug) has no slot in this kernel; the labs that have one are \(slotted.map(\.slug).joined(separator: ", "))"
        + " (to run a component that several CPUs use at once: labs-cli race FILE --lab \(slug))", .usage)
  }
}
