import LabKernel

#if SOLUTIONS
  import Reference
#endif

extension Components {
  /// The best that this copy of the book has: the answer key's components where it is present, else the baseline.
  static var best: Components {
    #if SOLUTIONS
      Reference.components
    #else
      .baseline
    #endif
  }

  /// Whose they are.
  static var bestOwner: KernelParts.Owner {
    #if SOLUTIONS
      .reference
    #else
      .baseline
    #endif
  }
}
