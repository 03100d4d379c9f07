/// The three shapes of labs: what a case is, and what is observed.
///
/// Each is a protocol of `LabHarness`.
package enum LabShape: String, Sendable, CaseIterable {
  /// `CallLab`: calls on the component, and the answer to each.
  case call
  /// `KernelLab`: a workload on a whole kernel, and what can be seen of it.
  case kernel
  /// `InterleavingLab`: the code of several CPUs, in every order.
  case interleaving
}
