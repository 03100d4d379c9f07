private import CLabRunner
public import LabHarness

/// Serves the grader until it hangs up: runs each case that comes in, and sends back what was observed.
///
/// This is the `main` of a graded program. It holds no check and no expected value. What it sends is not trusted: a
/// submission shares the process and could send the same, so a wrong answer is all that it can forge.
///
/// A submission is compiled without this module. It declares this one function by the name of its symbol, because an
/// import would load one more module for every submission.
///
/// - Parameters:
///   - lab: what to run.
///   - component: the type under test.
@_silgen_name("kernel_by_hand_serve")
public func serve<L: Lab>(_ lab: L.Type, _ component: L.Component) {
  lab_runner_open()
  while let frame = receive() {
    switch frame.kind {
    case UInt8(ascii: "B"): lab_runner_begin(frame.bytes.first.map(UInt32.init) ?? 1)
    case UInt8(ascii: "I"):
      lab_runner_note_call("", 0)
      do {
        let input = try WireDecoder().decode(L.Input.self, from: frame.bytes)
        lab_runner_watch(1)
        let output = L.run(component, on: input, calls: Breadcrumbs())
        lab_runner_watch(0)
        send(UInt8(ascii: "O"), try WireEncoder().encode(output))
      } catch {
        send(UInt8(ascii: "E"), Array("\(error)".utf8))
      }
    case let other: fatalError("the grader sent a frame of kind \(other)")
    }
  }
}

/// Hands on each announced call to the part that still works while the program dies.
private struct Breadcrumbs: CallLog {
  func willCall(_ call: @autoclosure () -> String) {
    var text = call()
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { lab_runner_note_call($0.baseAddress, $0.count) }
    }
  }
}

/// The largest case that is accepted, in bytes.
private let maximumFrame = 64 << 20

private func receive() -> (kind: UInt8, bytes: [UInt8])? {
  var header: [UInt8] = [0, 0, 0, 0, 0]
  guard lab_runner_read(&header, header.count) != 0 else { return nil }
  let length = header[1...].reversed().reduce(0) { $0 << 8 | Int($1) }
  precondition(length <= maximumFrame, "the grader sent a frame of \(length) bytes")
  let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
    count = length == 0 || lab_runner_read(buffer.baseAddress, length) != 0 ? length : 0
  }
  return bytes.count == length ? (header[0], bytes) : nil
}

private func send(_ kind: UInt8, _ bytes: [UInt8]) {
  lab_runner_flush()
  lab_runner_send(CChar(bitPattern: kind), bytes, bytes.count)
}
