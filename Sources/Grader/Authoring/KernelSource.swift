import LabKernel

/// The files of a program that puts components into the slots of a kernel.
///
/// The students' files come first, unchanged; then a file of ours says which type goes into which slot. Solutions are
/// in that file too, each inside a type of its own, so that none of their names clashes with a student's.
package struct KernelSource: Sendable {
  /// The type that says which component goes into which slot.
  static let component = "KernelByHandComponents"
  /// The name of our file in messages.
  private static let name = "the kernel's slots"

  /// All files, in the order in which they are compiled.
  package let files: [SourceFile]

  /// The program with these components.
  package init(_ parts: [KernelRun.Part], beside references: [KernelRun.Part]) {
    let students = zip(parts, Self.names(of: parts)).flatMap { part, names in
      zip(part.files, names).map { SourceFile(name: $1, bytes: $0.bytes) }
    }
    files = students + [SourceFile(name: Self.name, bytes: Array(Self.choice(parts, references).utf8))]
  }

  /// The names of each part's files in messages: with their lab, if two labs have a file of the same name.
  package static func names(of parts: [KernelRun.Part]) -> [[String]] {
    let count = Dictionary(grouping: parts.flatMap { $0.files.map(\.name) }, by: \.self).mapValues(\.count)
    return parts.map { part in
      part.files.map { count[$0.name] == 1 ? $0.name : "\(part.lab)/\($0.name)" }
    }
  }

  private static func choice(_ parts: [KernelRun.Part], _ references: [KernelRun.Part]) -> String {
    let choices =
      parts.map { choice($0.slot, $0.component) }
      + references.map { choice($0.slot, "\(holder(of: $0)).\($0.component)") }
    let held = references.map {
      HeldSource.text(String(decoding: $0.files[0].bytes, as: UTF8.self), in: holder(of: $0))
    }
    let head = """
      import LabKernel

      enum \(component): LabKernel.ComponentChoice {
        static func fill(_ slot: LabKernel.Slot, of components: inout LabKernel.Components) {
      """
    return ([head] + choices + ["  }", "}", ""] + held).joined(separator: "\n")
  }

  private static func choice(_ slot: Slot, _ type: String) -> String {
    "    if slot == .\(slot.rawValue) { components.\(slot.subsystem).\(slot.rawValue) = \(type).self }"
  }

  /// The type that holds a solution.
  private static func holder(of part: KernelRun.Part) -> String { "KernelByHandReference_\(part.slot.rawValue)" }
}
