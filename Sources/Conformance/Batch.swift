import LabKernel

/// Scripts on their way to the interpreter, as Sources/conform-host/host.h says.
struct Batch {
  /// The bytes, eight to a word.
  private(set) var bytes: [UInt8] = []

  /// How long a script may take on the host, in milliseconds: far more than any needs, also on a busy machine.
  private static let patience = 4_000

  /// A batch of programs.
  init(_ programs: [Program]) {
    let shapes = CallShape.all.compactMap { shape in SystemCall.named(shape.name).map { ($0.number, shape) } }
    let stack = Segment.stack
    append([
      HostReport.magic, Segment.constants.start, Segment.data.start, Segment.futexes.start, Segment.frames.end,
      stack.start,
      stack.maximumSize, shapes.count, programs.count, Self.patience,
    ])
    for (number, shape) in shapes { append(number, shape) }
    for program in programs { append(program) }
  }

  /// The most outputs that a call has.
  private static let maximumOutputs = 4

  private mutating func append(_ number: SystemCallNumber, _ shape: CallShape) {
    let outputs = shape.outputs.flatMap { [$0.word, $0.size] }
    let padding = Array(repeating: 0, count: 2 * Self.maximumOutputs - outputs.count)
    append([Int(number.rawValue), shape.outputs.count] + outputs + padding)
  }

  private mutating func append(_ program: Program) {
    let words = program.words
    append([1])
    append(Array(words.prefix(4)) + [0])
    append(Array(words.dropFirst(4)))
    bytes += program.constants
    while bytes.count % 8 != 0 { bytes.append(0) }
  }

  private mutating func append(_ words: [Int]) {
    for word in words { withUnsafeBytes(of: word.littleEndian) { bytes += $0 } }
  }
}
