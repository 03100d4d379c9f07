import Judging
import LabHarness
import LabKernel

/// A case whose answers were written by hand.
///
/// ```swift
/// ExecExample("/bin/a", ["a", "b"]).script("#!/bin/sh\n", "/bin/sh", ["/bin/sh", "/bin/a", "b"]).program()
/// ```
package struct ExecExample: Sendable {
  /// The case.
  package private(set) var input: ExecImageLab.Input
  /// Its answers.
  package private(set) var expected: ExecExpectation
  private var arguments: [[UInt8]]

  /// A request, and what `init` throws.
  package init(
    _ path: ExecText, _ arguments: [ExecText], environment: [ExecText] = [],
    stackLimit: Int = ExecRequest.usualStackLimit, error: Errno? = nil
  ) {
    input = ExecImageLab.Input(
      ExecImageLab.Request(path, arguments, environment: environment, stackLimit: stackLimit), [])
    self.arguments = arguments.isEmpty ? [[]] : arguments.flatMap(\.strings)
    let shown = ExecArguments(error == nil ? self.arguments : [])
    expected = ExecExpectation(ExecImageLab.Opening(error: error, arguments: shown), [])
  }

  /// A program is read.
  package func program(_ content: ExecText = ExecText.program) -> ExecExample {
    adding(.read([content]), .read(.format(.program, ExecArguments(arguments))))
  }

  /// A script is read: its interpreter, and the arguments afterwards.
  package func script(_ content: ExecText..., path: ExecText, _ arguments: [ExecText]) -> ExecExample {
    var next = self
    next.arguments = arguments.flatMap(\.strings)
    let format = ExecFormat.script(interpreter: path.bytes)
    return next.adding(.read(content), .read(.format(format, ExecArguments(next.arguments))))
  }

  /// A file is read, and refused.
  package func refusal(_ content: ExecText..., error: Errno = .ENOEXEC) -> ExecExample {
    adding(.read(content), .read(.failed(error)))
  }

  /// The stack is laid out.
  package func stack(_ operation: ExecImageLab.Operation = .layOut) -> ExecExample {
    adding(operation, .stack(arguments))
  }

  /// A task is reset.
  package func reset(_ operation: ExecImageLab.Operation = .renew()) -> ExecExample { adding(operation, .task) }

  private func adding(_ operation: ExecImageLab.Operation, _ answer: ExecExpectation.Answer) -> ExecExample {
    var next = self
    next.input.calls.append(operation)
    next.expected.calls.append(answer)
    return next
  }
}

extension ExecExpectation {
  /// Returns the answers to a case that has no scripts; nil for any other.
  ///
  /// Such a case needs no example: a judge knows what must be on the stack, and what must become of a task.
  package static func plain(_ input: ExecImageLab.Input) -> ExecExpectation? {
    let request = input.setup.expanded
    let room = ExecRoom(request)
    let error: Errno? = room.isTooLong || room.bytes > room.room ? .E2BIG : nil
    let arguments = error != nil ? [] : request.arguments.isEmpty ? [[]] : request.arguments
    var expected = ExecExpectation(ExecImageLab.Opening(error: error, arguments: ExecArguments(arguments)), [])
    var isProgram = false
    for call in input.calls {
      switch call {
      case .read(let content):
        guard content.flatMap(\.bytes).starts(with: programMagic) else { return nil }
        let answer = Answer.read(.format(.program, ExecArguments(arguments)))
        expected.calls.append(error != nil || isProgram ? .skipped : answer)
        isProgram = true
      case .stack: expected.calls.append(error == nil ? .stack(arguments) : .skipped)
      case .reset: expected.calls.append(error == nil ? .task : .skipped)
      }
    }
    return expected
  }
}
