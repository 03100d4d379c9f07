import LabHarness
import LabKernel
import SynchronizationChecks

/// Large numbers of callbacks and sections.
enum RCUSizes {
  /// The largest number of callbacks that wait on a CPU: the task says so.
  private static let mostCallbacks = 70
  /// The largest number of sections of a CPU that follow one another.
  private static let mostSections = 60

  /// Growing numbers of callbacks, of which one asks for another: the first, the one in the middle, or the last.
  static let callbacks: [RCULab.Scene] = {
    let small = [1...6, 7...9, 10...12].map { counts in
      RCULab.Scene([counts.flatMap { count in (0..<3).flatMap { asking(count, $0) } }])
    }
    let sizes = [15, 16, 17, 20, 24, 31, 32, 33, 40, 48, 50, 63, 64, 65, mostCallbacks]
    let large = sizes.enumerated().map { number, count in RCULab.Scene([asking(count, number % 3)]) }
    let most = (0..<3).map { RCULab.Scene([asking(mostCallbacks, $0)]) }
    let all = [2, 9, 17, 33].map { count in
      RCULab.Scene([Array(repeating: .call(2), count: count) + [.barrier, .barrier, .barrier]])
    }
    return small + large + most + all
  }()

  /// Callbacks that ask for several, and callbacks that ask for callbacks that do.
  static let generations: [RCULab.Scene] = [
    .init([[.later([.call(1), .call(1), .call(1)]), .call(1), .barrier, .call(1), .barrier, .barrier]]),
    .init([[.later([.later([.call(1), .call(2)]), .call(1)]), .barrier, .barrier, .barrier, .barrier]]),
    .init([[.later(Array(repeating: .call(1), count: 20)), .call(1), .barrier, .barrier]]),
    .init([[.call(12)] + Array(repeating: .barrier, count: 13)]),
    .init([[.later([.enter, .call(1), .leave, .call(1)]), .barrier, .barrier]]),
  ]

  /// Many callbacks and a reader.
  static let waited: [RCULab.Scene] = [8, 9, 16, 17].flatMap { count -> [RCULab.Scene] in
    let many: [RCULab.Act] = Array(repeating: .call(1), count: count - 1)
    return [.init([[.read], many + [.updateLater, .barrier]]), .init([[.read], [.updateLater] + many + [.barrier]])]
  }

  /// Many sections, and then a section that is waited for, and one that is not.
  static let sections: [RCULab.Scene] = [3, 4, 7, 8, 15, 16, 17, 31, 32, mostSections].map { count in
    var script = RCUScript(cpus: 2)
    script.run(0, Array(repeating: [.enter, .leave], count: count - 1).flatMap { $0 })
    script.enter(0, [.find])
    script.wait(1, [.update])
    script.leave(0, [.use])
    script.run(1, [.synchronize])
    return script.scene
  }

  private static func asking(_ count: Int, _ place: Int) -> [RCULab.Act] {
    var acts: [RCULab.Act] = Array(repeating: .call(1), count: count)
    acts[[0, count / 2, count - 1][place]] = .call(2)
    return acts + [.barrier, .barrier]
  }
}
