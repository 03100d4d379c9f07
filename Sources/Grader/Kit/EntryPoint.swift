/// The generated `main` of a graded program.
package struct EntryPoint: Sendable, Equatable {
  /// The type in `LabHarness` that drives the component: `BuddyLab`.
  package var lab: String
  /// The student's type: `BuddyAllocator`.
  package var component: String

  /// Types that each hold a component, if several solutions of ours form one program; its argument says which runs.
  private var holders: [String] = []

  /// An entry point.
  ///
  /// Both names come from our manifest, never from a submission.
  package init(lab: String, component: String) {
    self.lab = lab
    self.component = component
  }

  /// The entry point of a program that consists of several components, each inside one of `holders`.
  package func choosing(among holders: [String]) -> EntryPoint {
    var entry = self
    entry.holders = holders
    return entry
  }

  /// The source text, which declares the runner by its symbol: importing `LabRunner` would load Foundation's modules
  /// for every submission.
  var source: String {
    """
    import LabHarness

    @_silgen_name("kernel_by_hand_serve")
    func kernelByHandServe<L: LabHarness.Lab>(_ lab: L.Type, _ component: L.Component)

    @main enum KernelByHandEntry {
      static func main() { \(serving) }
    }

    """
  }

  private var serving: String {
    guard !holders.isEmpty else { return serve(component) }
    let cases = holders.map { "case \"\($0)\": " + serve("\($0).\(component)") + "; " }
    return "switch CommandLine.arguments.last { \(cases.joined())default: break }"
  }

  private func serve(_ component: String) -> String {
    "kernelByHandServe(LabHarness.\(lab).self, \(component).self)"
  }
}
