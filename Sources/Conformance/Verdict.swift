import LabKernel

/// How a script came out.
public enum Verdict: Sendable, Equatable {
  /// Both sides did the same.
  case agreed
  /// They did not.
  case differs(Difference)
  /// They did not, and the script says why.
  case simplified(Difference, reason: String)
  /// The script says why they differ, but they do not.
  case noLongerDiffers
  /// The host does not allow what the script does.
  case notRun(String)
  /// The script is none that can be compared: why.
  case unfit(String)

  /// Whether it is as it should be, or could not be tried.
  public var isGood: Bool {
    switch self {
    case .agreed, .simplified, .notRun: true
    case .differs, .noLongerDiffers, .unfit: false
    }
  }
}

/// The first difference between two behaviors.
public struct Difference: Sendable, Equatable {
  /// The task; empty if it is about no task.
  public var task: String
  /// Which of the task's calls, counted from 1; 0 if it is about no call.
  public var call: Int
  /// What the model did.
  public var model: String
  /// What the host did.
  public var host: String
}

extension Difference {
  /// Compares what the model did with what the host did; nil if it is the same.
  ///
  /// - Parameter comparesConsole: whether the order of everything that was printed is compared, too.
  init?(_ model: Behavior, _ host: Behavior, comparesConsole: Bool) {
    guard model.end == host.end else {
      self.init(task: "", call: 0, model: model.end.words, host: host.end.words)
      return
    }
    let paths = Set(model.tasks.keys).union(host.tasks.keys).sorted()
    for path in paths {
      guard let left = model.tasks[path], let right = host.tasks[path] else {
        let words = { (isThere: Bool) in isThere ? "the task exists" : "there is no such task" }
        self.init(
          task: path, call: 0, model: words(model.tasks[path] != nil), host: words(host.tasks[path] != nil))
        return
      }
      if let index = (0..<max(left.count, right.count)).first(where: { !agree(left, right, at: $0) }) {
        let (left, right) = (left.call(index)?.words, right.call(index)?.words)
        self.init(task: path, call: index + 1, model: left ?? "no further call", host: right ?? "no further call")
        return
      }
    }
    guard comparesConsole, model.console != host.console else { return nil }
    self.init(
      task: "", call: 0, model: "printed \(Behavior.Value.bytes(model.console))",
      host: "printed \(Behavior.Value.bytes(host.console))")
  }
}

/// Whether two tasks did the same at their call `index`; how a call came out that ended its caller is not known.
private func agree(_ model: [Behavior.Call], _ host: [Behavior.Call], at index: Int) -> Bool {
  let (model, host) = (model.call(index), host.call(index))
  return model == host || host?.result == .unseen && model?.name ?? host?.name == host?.name
}

extension Array where Element == Behavior.Call {
  fileprivate func call(_ index: Int) -> Behavior.Call? { indices.contains(index) ? self[index] : nil }
}

extension Behavior.Call {
  /// The call and what came of it, in one line.
  var words: String {
    let rest = outputs.filter { $0 != .nothing }.map(\.description)
    return "\(name) = \(result)" + (rest.isEmpty ? "" : " (" + rest.joined(separator: ", ") + ")")
  }
}

extension ScriptRun.End {
  fileprivate var words: String {
    switch self {
    case .ended: "all tasks end"
    case .hung: "tasks wait forever"
    case .endless: "it never ends"
    }
  }
}
