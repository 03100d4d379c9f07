import LabHarness
import LabKernel
import SynchronizationChecks

/// What CPUs have done before, which must make no difference.
enum RCUPast {
  /// What a CPU may do without any other CPU.
  static let steps: [[RCULab.Act]] = [[.synchronize], [.barrier], [.call(1)], [.call(2)], [.read]]

  /// The ways in which a CPU frees what it has replaced.
  static let updates: [[RCULab.Act]] = [
    [.update], [.updateLater, .barrier], [.enter, .updateLater, .leave, .barrier],
  ]

  /// Returns all sequences of at most this many steps, the empty sequence first.
  static func sequences(upTo length: Int) -> [[RCULab.Act]] {
    var longest: [[RCULab.Act]] = [[]]
    var all = longest
    for _ in 0..<length {
      longest = longest.flatMap { before in steps.map { before + $0 } }
      all += longest
    }
    return all
  }

  /// Makes rounds of three CPUs: each does what it does alone, then CPU 1 updates while CPU 0 reads.
  ///
  /// - Parameters:
  ///   - pasts: what one CPU does first, one per round.
  ///   - cpu: which CPU that is; the others do one thing each, or nothing.
  static func rounds(_ pasts: [[RCULab.Act]], of cpu: Int) -> [RCULab.Scene] {
    let others = sequences(upTo: 1)
    let roundsOfScene = 6
    return stride(from: 0, to: pasts.count, by: roundsOfScene).map { first in
      var script = RCUScript(cpus: 3)
      for number in first..<min(first + roundsOfScene, pasts.count) {
        for past in 0..<3 {
          let acts = past == cpu ? pasts[number] : others[(number / (1 + 5 * (past % 2)) + past) % others.count]
          if !acts.isEmpty { script.run(past, acts) }
        }
        script.enter(0, [.find])
        script.wait(1, updates[number % updates.count])
        script.leave(0, [.use])
      }
      return script.scene
    }
  }

  /// An updater with a past for which a CPU holds a section while another one comes late.
  ///
  /// The callbacks that it asked for have run: each may have a grace period of its own, and a later period may wait for
  /// a CPU for which an earlier one did not.
  static let late: [RCULab.Scene] = sequences(upTo: 1).flatMap { past in
    [RCUDraw.waiter, RCUDraw.barrierWaiter].map {
      .init([past + [.barrier, .barrier, .signal(3)] + $0, [.wait(3)] + RCUDraw.holder, RCUDraw.late])
    }
  }

  /// Callbacks that a CPU asks for one after the other, while another CPU goes from one section to the next; the last
  /// callback frees what is found in the last section.
  static let spread: [RCULab.Scene] = (1...3).flatMap { count in
    [[.call(1)], [.call(2)], [.enter, .call(1), .leave]].map { (asks: [RCULab.Act]) in
      var script = RCUScript(cpus: 2)
      for _ in 0..<count {
        script.enter(1)
        script.run(0, asks)
        script.leave(1)
      }
      script.enter(1, [.find])
      script.run(0, [.updateLater])
      script.wait(0, [.barrier])
      script.leave(1, [.use])
      script.finish()
      return script.scene
    }
  }

  /// One CPU that does each sequence of four things, one after the other.
  static let alone: [RCULab.Scene] = {
    let steps: [[RCULab.Act]] = [
      [.barrier], [.call(1)], [.synchronize], [.enter, .call(2), .leave], [.later([.call(1), .call(1)])],
    ]
    let order = deBruijn(letters: steps.count, length: 4)
    let stepsOfScene = 48
    return stride(from: 0, to: order.count, by: stepsOfScene).map { first in
      let some = order[first..<min(first + stepsOfScene, order.count)]
      return .init([some.flatMap { steps[$0] } + [.barrier, .barrier, .barrier]])
    }
  }()

  /// Returns a row of letters that contains each word of a length: the least Lyndon words, one after the other.
  private static func deBruijn(letters: Int, length: Int) -> [Int] {
    var row: [Int] = []
    var word = [0]
    while !word.isEmpty {
      if length.isMultiple(of: word.count) { row += word }
      word = (0..<length).map { word[$0 % word.count] }
      while word.last == letters - 1 { word.removeLast() }
      if let last = word.popLast() { word.append(last + 1) }
    }
    return row
  }
}
