import Judging
import LabHarness
import LabKernel
import ProcessesChecks
import Reference

/// Compares the answers to one case with those of the reference: exactly one is right.
enum ExecComparison {
  /// All rules of stacks and tasks.
  private static let rules: Set<String> = [
    "words", "strings", "auxiliary", "alignment", "name", "reset", "signals", "kept",
  ]

  /// Returns the first thing that is wrong with an output, or nil.
  static func judge(_ input: ExecImageLab.Input, _ output: ExecImageLab.Output) -> Finding? {
    let right = ExecImageLab.run(Reference.execImage, on: input, calls: SilentCallLog())
    if output == right { return nil }
    return ExecJudge.judge(input, output, by: expected(input), rules: rules)
      ?? Finding("a large stack is wrong, far from its ends", rule: "strings")
  }

  /// Returns the right answers, with all arguments in full.
  private static func expected(_ input: ExecImageLab.Input) -> ExecExpectation {
    var loader: any ExecLoader
    do throws(Errno) {
      loader = try Reference.execImage.init(input.setup.expanded)
    } catch {
      return ExecExpectation(ExecImageLab.Opening(error: error), input.calls.map { _ in .skipped })
    }
    let opening = ExecImageLab.Opening(arguments: ExecArguments(loader.arguments))
    var isProgram = false
    var hasFailed = false
    return ExecExpectation(
      opening,
      input.calls.map { call in
        if hasFailed { return .skipped }
        switch call {
        case .read(let content):
          if isProgram { return .skipped }
          do throws(Errno) {
            let format = try loader.read(Array(content.flatMap(\.bytes).prefix(execHeadSize)))
            isProgram = format == .program
            return .read(.format(format, ExecArguments(loader.arguments)))
          } catch {
            hasFailed = true
            return .read(.failed(error))
          }
        case .stack: return .stack(loader.arguments)
        case .reset: return .task
        }
      })
  }
}
