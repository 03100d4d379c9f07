import Judging
import LabHarness
import LabKernel

extension PipeLab.Input {
  /// The input as rows: the steps of all tasks, in order.
  package var picture: [Picture.Row] {
    Picture.rows("steps", calls.indices.map(words), unit: "steps")
  }

  /// Returns a step in few words: "A writes 5000d"; the letter stands for the bytes of that step.
  package func words(_ step: Int) -> String {
    let task = TaskLetter.of(calls[step].task)
    switch calls[step].operation {
    case .open(let end): return "\(task) opens \(end.rawValue) end"
    case .close(let end): return "\(task) closes \(end.rawValue) end"
    case .read(let count, let nonblocking): return "\(task) reads \(count)" + suffix(nonblocking)
    case .write(let count, let nonblocking): return "\(task) writes \(count)\(byteName(step))" + suffix(nonblocking)
    }
  }

  private func suffix(_ nonblocking: Bool) -> String { nonblocking ? " O_NONBLOCK" : "" }
}

/// Returns the letter of the bytes that a step writes: a to h, and then again from a.
package func byteName(_ step: Int) -> String { TaskLetter.of(step % 8).lowercased() }

extension ByteRuns {
  /// The bytes in few words: `4096d 100f`.
  package var words: String {
    let shown = runs.prefix(8).map { "\($0.count)\(byteName($0.source))" }.joined(separator: " ")
    return runs.count > 8 ? shown + " …" : shown
  }
}

extension PipeStream {
  /// What is in the pipe, from the oldest byte to the newest.
  package var words: String {
    let shown = stretches.prefix(8).map { "\($0.count)\(byteName($0.step))" }.joined(separator: " ")
    return stretches.isEmpty ? "empty" : stretches.count > 8 ? shown + " …" : shown
  }
}

extension PipeAnswer {
  /// The answer in few words.
  package var words: String {
    switch self {
    case .done(let count): "done with \(bytes(count))"
    case .sleep(progress: 0): "sleeps"
    case .sleep(let progress): "sleeps after \(bytes(progress))"
    case .failed(let error): "\(error)"
    }
  }

  private func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }
}
