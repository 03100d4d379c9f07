import LabKernel
import Testing

/// A pipe with one reader and one writer.
private func openPipe() -> SimplePipe {
  var pipe = SimplePipe()
  pipe.open(.read)
  pipe.open(.write)
  return pipe
}

extension SimplePipe {
  /// Writes `count` bytes that count up from 0.
  fileprivate mutating func write(_ count: Int, nonblocking: Bool = false) -> PipeAnswer {
    write((0..<count).map { UInt8($0 % 256) }[...], of: count, nonblocking: nonblocking).answer
  }
}

struct SimplePipeTests {
  @Test func `bytes come out as they went in`() {
    var pipe = openPipe()
    #expect(pipe.write(5) == .done(5))
    #expect(pipe.read(2, nonblocking: false).bytes == [0, 1])
    #expect(pipe.read(9, nonblocking: false).bytes == [2, 3, 4])
    #expect(pipe.count == 0)
  }

  @Test func `an empty pipe makes readers sleep, or try again`() {
    var pipe = openPipe()
    #expect(pipe.read(1, nonblocking: false).answer == .sleep(progress: 0))
    #expect(pipe.read(1, nonblocking: true).answer == .failed(.EAGAIN))
  }

  @Test func `without writers, end of file comes after the data`() {
    var pipe = openPipe()
    #expect(pipe.write(1) == .done(1))
    #expect(pipe.close(.write).wakesReaders)
    #expect(pipe.read(9, nonblocking: false).answer == .done(1))
    #expect(pipe.read(9, nonblocking: false).answer == .done(0))
  }

  @Test func `without readers, a write is a broken pipe`() {
    var pipe = openPipe()
    #expect(pipe.close(.read).wakesWriters)
    #expect(pipe.write(1) == .failed(.EPIPE))
    #expect(pipe.write(0) == .done(0))
  }

  @Test func `a small write is done as a whole or not at all`() {
    var pipe = openPipe()
    #expect(pipe.write(4000) == .done(4000))
    #expect(pipe.write(97) == .sleep(progress: 0))
    #expect(pipe.write(97, nonblocking: true) == .failed(.EAGAIN))
    #expect(pipe.write(96) == .done(96))
  }

  @Test func `a large write is done in parts`() {
    var pipe = openPipe()
    #expect(pipe.write(5000) == .sleep(progress: 4096))
    #expect(pipe.read(1000, nonblocking: false).wakesWriters)
    #expect(pipe.write(5000, nonblocking: true) == .done(1000))
  }

  @Test func `reading nothing is done at once`() {
    var pipe = openPipe()
    #expect(pipe.read(0, nonblocking: false).answer == .done(0))
  }
}
