import LabKernel

extension Reference {
  /// The kernel's slots, each with the reference in it.
  public static var components: Components {
    var components = Components.baseline
    components.realtime = realtime
    components.pipe = pipe
    components.pageAllocator = buddy
    components.mutex = rtMutex
    return components
  }
}
