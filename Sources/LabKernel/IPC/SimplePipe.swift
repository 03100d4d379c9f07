/// provisional
public struct SimplePipe: Pipe {
  var b: [UInt8] = []
  public init() {}
  public mutating func open(_ end: PipeEnd) {}
  public mutating func close(_ end: PipeEnd) -> PipeTransfer { PipeTransfer(.done(0), wakesReaders: true, wakesWriters: true) }
  public mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer { if b.isEmpty { return PipeTransfer(.sleep(progress: 0)) }; let r = Array(b.prefix(count)); b.removeFirst(r.count); return PipeTransfer(.done(r.count), bytes: r, wakesWriters: true) }
  public mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer { b += bytes; return PipeTransfer(.done(total), wakesReaders: true) }
  public var count: Int { b.count }
}
