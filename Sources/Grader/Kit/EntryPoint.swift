/// The generated `main` of a graded program.
package struct EntryPoint: Sendable, Equatable {
  /// The type in `LabKernel` that drives the component: `BuddyLab`.
  package var lab: String
  /// The student's type: `BuddyAllocator`.
  package var component: String

  /// An entry point.
  ///
  /// Both names come from our manifest, never from a submission.
  package init(lab: String, component: String) {
    self.lab = lab
    self.component = component
  }

  /// It declares the runner by the name of its symbol: an import of `LabRunner` would load Foundation's modules
  /// for every submission.
  var source: String {
    """
    import LabKernel

    @_silgen_name("kernel_by_hand_serve")
    func kernelByHandServe<L: LabKernel.Lab>(_ lab: L.Type, _ component: L.Component)

    @main enum KernelByHandEntry {
      static func main() { kernelByHandServe(LabKernel.\(lab).self, \(component).self) }
    }

    """
  }
}
