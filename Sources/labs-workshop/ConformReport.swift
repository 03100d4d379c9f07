import Conformance
import LabKernel

/// What `labs-cli conform --json` prints, and from which the table is made.
struct ConformReport: Encodable {
  /// One script.
  struct Case: Encodable {
    /// Where it differs.
    struct Place: Encodable {
      var task: String
      var call: Int
      var model: String
      var linux: String

      init(_ difference: Difference) {
        (task, call, model, linux) = (difference.task, difference.call, difference.model, difference.host)
      }
    }

    var area: String
    var title: String
    var outcome: String
    var reason: String?
    var difference: Place?
    var text: String?
    var command: String?

    /// How `script` came out.
    init(area: String, script: ConformanceScript, _ verdict: Verdict) {
      self.area = area
      title = script.title
      switch verdict {
      case .agreed: outcome = "agreed"
      case .differs(let place): (outcome, difference, text) = ("differs", Place(place), script.text)
      case .simplified(let place, let why): (outcome, difference, reason) = ("simplified", Place(place), why)
      case .noLongerDiffers: (outcome, reason) = ("no longer differs", script.difference)
      case .notRun(let why): (outcome, reason) = ("not run", why)
      case .unfit(let why): (outcome, reason, text) = ("unfit", why, script.text)
      }
    }
  }

  /// The scripts of one area.
  struct Area: Encodable {
    var name: String
    var scripts = 0
    var agreed = 0
    var simplified = 0
    var differ = 0
    var notRun = 0
  }

  var areas: [Area] = []
  /// Everything that did not simply agree.
  var shown: [Case] = []
  /// How long it took.
  var seconds = 0.0
  /// Why nothing was run, if nothing was.
  var obstacle: String?

  /// Nothing yet.
  init() {}

  /// A report that says that nothing could be run.
  init(notRun reason: String, _ topics: [ScriptFile]) {
    obstacle = reason
    for topic in topics { add(topic, topic.scripts.map { _ in .notRun(reason) }) }
  }

  /// 0 if all agree, 1 if one does not, 2 if none was run.
  var exitCode: Int32 {
    if areas.contains(where: { $0.differ > 0 }) { return 1 }
    return areas.allSatisfy { $0.notRun == $0.scripts } ? 2 : 0
  }

  /// Adds the scripts of a file.
  mutating func add(_ topic: ScriptFile, _ verdicts: [Verdict]) {
    for (script, verdict) in zip(topic.scripts, verdicts) {
      var entry = Case(area: topic.title, script: script, verdict)
      entry.command = "labs-cli conform \(topic.path) --only \"\(script.title)\""
      add(entry)
    }
  }

  /// Adds a script.
  mutating func add(_ entry: Case) {
    let index = areas.firstIndex { $0.name == entry.area } ?? areas.count
    if index == areas.count { areas.append(Area(name: entry.area)) }
    areas[index].scripts += 1
    switch entry.outcome {
    case "agreed": areas[index].agreed += 1
    case "simplified": areas[index].simplified += 1
    case "not run": areas[index].notRun += 1
    default: areas[index].differ += 1
    }
    if entry.outcome != "agreed" { shown.append(entry) }
  }
}
