import Judging
import LabHarness
import LabKernel

/// Simpler scenes to try instead of a failing one.
enum SeqlockShrinking {
  /// Returns scenes with one act, one interrupt, or one CPU less; a CPU only if nothing is bound to its number.
  static func shrinks(_ input: SeqlockLab.Input) -> [SeqlockLab.Input] {
    let scene = input.scene
    var smaller: [SeqlockLab.Scene] = []
    if (scene.cpus.joined() + scene.interrupts.flatMap(\.acts)).contains(where: \.dependsOnOthers) { return [] }
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
  /// The number of read and write sections.
  var acts: Int { cpus.reduce(interrupts.count) { $0 + $1.count } }
}

extension SeqlockLab.Input {
  /// The scene in words, one row per CPU, and the memory model under which it was explored.
  var picture: [Picture.Row] {
    var rows = [Picture.Row("model", plan.model.name)]
    for (cpu, acts) in scene.cpus.enumerated() {
      let interrupts = scene.interrupts.filter { $0.cpu == cpu }
        .map { "an interrupt that " + $0.acts.map(\.verb).joined(separator: ", ") }
      let does = acts.isEmpty ? "nothing" : acts.map(\.verb).joined(separator: ", ")
      rows.append(Picture.Row("CPU \(cpu)", ([does] + interrupts).joined(separator: "; ")))
    }
    return rows
  }
}

extension SeqlockLab.Act {
  /// Whether it reads, and does nothing else.
  var isReading: Bool {
    switch self {
    case .read, .readOnce, .maskedRead, .readAround, .readUntil, .overtaken: true
    case .write, .maskedWrite, .writeUntil, .writeWithin, .signal, .wait, .release, .acquire, .overtakes: false
    }
  }

  /// Whether it is a read section that ends only when a write has come in between.
  var lastsUntilWritten: Bool {
    switch self {
    case .readUntil, .overtaken, .writeWithin: true
    case .read, .readOnce, .maskedRead, .readAround, .write, .maskedWrite, .writeUntil: false
    case .signal, .wait, .release, .acquire, .overtakes: false
    }
  }

  /// Whether it is a write section that lasts until a handler has run.
  var lastsUntilInterrupt: Bool {
    if case .writeUntil = self { return true }
    return false
  }

  /// Whether it makes no sense without what another CPU does, or the other way round.
  fileprivate var dependsOnOthers: Bool {
    switch self {
    case .read, .readOnce, .maskedRead, .readAround, .write, .maskedWrite, .writeWithin: false
    case .readUntil, .writeUntil, .signal, .wait, .release, .acquire, .overtaken, .overtakes: true
    }
  }

  fileprivate var verb: String {
    switch self {
    case .read: "reads"
    case .readOnce: "reads, and gives up if told to retry"
    case .maskedRead: "reads with interrupts off before and after"
    case .readAround: "reads, and reads once more within that read section"
    case .readUntil(let number): "reads one half, waits for signal \(number), reads the other"
    case .write: "writes"
    case .writeUntil(let number): "writes, and waits for signal \(number) within the write"
    case .maskedWrite: "writes with interrupts off before and after"
    case .writeWithin: "begins a read section, and writes within it"
    case .signal(let number), .release(let number): "gives signal \(number)"
    case .wait(let number), .acquire(let number): "waits for signal \(number)"
    case .overtaken(let counts): "begins \(counts.count) read sections, and ends each after others write"
    case .overtakes(let counts):
      "writes after each beginning: " + counts.map { "\($0)" }.joined(separator: ", ") + " times"
    }
  }
}
