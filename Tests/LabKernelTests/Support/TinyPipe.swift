import LabKernel

/// A pipe of sixteen bytes, so that nearly every call blocks: this shows what the kernel does around a pipe.
struct TinyPipe: Pipe {
  private static let capacity = 16
  private var bytes: [UInt8] = []
  private var readers = 0
  private var writers = 0

  init() {}

  var count: Int { bytes.count }

  mutating func open(_ end: PipeEnd) {
    switch end {
    case .read: readers += 1
    case .write: writers += 1
    }
  }

  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    switch end {
    case .read: readers -= 1
    case .write: writers -= 1
    }
    let isDeserted = readers == 0 || writers == 0
    return PipeTransfer(.done(0), wakesReaders: isDeserted, wakesWriters: isDeserted)
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty && count > 0 && writers > 0 {
      return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let taken = Array(bytes.prefix(count))
    bytes.removeFirst(taken.count)
    return PipeTransfer(.done(taken.count), bytes: taken, wakesWriters: !taken.isEmpty)
  }

  mutating func write(_ new: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if readers == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let fitting = new.prefix(TinyPipe.capacity - bytes.count)
    bytes += fitting
    if fitting.count == new.count { return PipeTransfer(.done(new.count), wakesReaders: total > 0) }
    guard nonblocking else { return PipeTransfer(.sleep(progress: fitting.count), wakesReaders: !fitting.isEmpty) }
    return PipeTransfer(fitting.isEmpty ? .failed(.EAGAIN) : .done(fitting.count), wakesReaders: !fitting.isEmpty)
  }
}

extension Components {
  /// The baseline, with pipes of sixteen bytes.
  static var tinyPipes: Components {
    var components = Components.baseline
    components.ipc.pipe = TinyPipe.self
    return components
  }
}
