import Judging
import LabKernel

/// Simpler scenes to try in place of a failing one.
enum SeqlockShrinking {
  /// One act less, an interrupt less, or a CPU less where nothing is bound to a CPU's number.
  static func shrinks(_ input: SeqlockLab.Input) -> [SeqlockLab.Input] {
    let scene = input.scene
    var smaller: [SeqlockLab.Scene] = []
    if scene.cpus.joined().contains(where: { $0 == .overtaken || $0 == .wait }) { return [] }
    if scene.interrupts.isEmpty, scene.cpus.count > 1 {
      smaller += scene.cpus.indices.map { cpu in
        var fewer = scene
        fewer.cpus.remove(at: cpu)
        return fewer
      }
    }
    smaller += scene.interrupts.indices.map { number in
      var fewer = scene
      fewer.interrupts.remove(at: number)
      return fewer
    }
    for cpu in scene.cpus.indices {
      smaller += scene.cpus[cpu].indices.map { number in
        var fewer = scene
        fewer.cpus[cpu].remove(at: number)
        return fewer
      }
    }
    return smaller.map { SeqlockLab.Input($0, input.plan) }
  }
}

extension SeqlockLab.Scene {
  /// How many readings and writes there are.
  var acts: Int { cpus.reduce(interrupts.count) { $0 + $1.count } }
}

extension SeqlockLab.Input {
  /// The scene in words, a row a CPU, and the memory model under which it was looked at.
  var picture: [Picture.Row] {
    var rows = [Picture.Row("model", plan.model.name)]
    for (cpu, acts) in scene.cpus.enumerated() {
      let interrupts = scene.interrupts.filter { $0.cpu == cpu }.map { "an interrupt that \($0.act.verb)" }
      let does = acts.isEmpty ? "nothing" : acts.map(\.verb).joined(separator: ", ")
      rows.append(Picture.Row("CPU \(cpu)", ([does] + interrupts).joined(separator: "; ")))
    }
    return rows
  }
}

extension SeqlockLab.Act {
  fileprivate var verb: String {
    switch self {
    case .read: "reads"
    case .write: "writes"
    case .maskedWrite: "writes with interrupts off before and after"
    case .signal: "says so"
    case .wait: "waits for that"
    case .overtaken: "begins readings, and ends each after writes of another CPU"
    case .overtakes: "writes after each beginning, more often each time"
    }
  }
}
