import LabHarness
import LabKernel
import SynchronizationChecks

/// Readers and updaters in every context: sections, callbacks, and other calls in between.
enum RCUContexts {
  /// An updater in each context, and a plain reader.
  static let updaters: [RCULab.Scene] =
    ([
      // Something comes between the publication and the grace period.
      [.publish, .read, .synchronize, .free], [.enter, .publish, .leave, .synchronize, .free],
      [.publish, .call(1), .synchronize, .free], [.publish, .call(1), .barrier, .free],
      [.publish, .barrier, .synchronize, .free],
      // The callback is asked for in a section, or the object that it frees was replaced in one.
      [.enter, .updateLater, .leave, .barrier], [.publish, .enter, .freeLater, .leave, .barrier],
      [.enter, .publish, .leave, .freeLater, .barrier], [.enter, .enter, .updateLater, .leave, .leave, .barrier],
      [.updateLater, .read, .barrier], [.updateLater, .call(1), .barrier], [.call(1), .updateLater, .barrier],
      [.updateLater, .synchronize, .barrier], [.call(1), .synchronize, .updateLater, .barrier],
      // In a callback.
      [.later([.updateLater]), .barrier, .barrier], [.later([.publish]), .barrier, .synchronize, .free],
      [.later([.publish, .freeLater]), .call(1), .barrier, .barrier],
      [.publish, .later([.freeLater]), .barrier, .barrier],
      [.later([.enter, .updateLater, .leave]), .barrier, .barrier],
      // After others.
      [.synchronize, .update], [.barrier, .update], [.call(1), .barrier, .update], [.read, .update],
      [.call(1), .barrier, .updateLater, .barrier], [.synchronize, .updateLater, .barrier],
    ] as [[RCULab.Act]]).map { .init([[.read], $0]) }

  /// A reader in each context, and a plain updater.
  static let readers: [RCULab.Scene] =
    ([
      [.readNested], [.enter, .enter, .follow, .leave, .leave], [.enter, .call(1), .follow, .leave],
      [.enter, .leave, .read], [.read, .read], [.call(1), .barrier, .read], [.barrier, .read], [.synchronize, .read],
      [.later([.read]), .barrier], [.later([.readNested]), .barrier],
      // Another section follows that nests, or asks for a callback.
      [.read, .enter, .enter, .leave, .leave], [.read, .enter, .leave, .enter, .enter, .leave, .leave],
      [.read, .enter, .call(1), .leave], [.readNested, .readNested],
      [.enter, .find, .enter, .leave, .use, .leave], [.enter, .find, .call(1), .use, .leave],
      [.enter, .find, .enter, .call(1), .leave, .use, .leave], [.enter, .enter, .find, .leave, .use, .leave],
      [.later([.enter, .find, .call(1), .use, .leave]), .barrier],
    ] as [[RCULab.Act]]).map { .init([$0, [.update]]) }

  /// An updater that shuts a gate, which is not a pointer, and a reader that comes to it.
  static let gates: [RCULab.Scene] = {
    let updaters: [[RCULab.Act]] = [
      [.gate(.shut), .synchronize, .gate(.clear)], [.gate(.shut), .later([.gate(.clear)]), .barrier],
      [.gate(.shut), .read, .synchronize, .gate(.clear)], [.enter, .gate(.shut), .leave, .synchronize, .gate(.clear)],
      [.enter, .gate(.shut), .later([.gate(.clear)]), .leave, .barrier],
      [.gate(.shut), .enter, .later([.gate(.clear)]), .leave, .barrier],
      [.enter, .gate(.shut), .leave, .later([.gate(.clear)]), .barrier],
      [.later([.gate(.shut), .later([.gate(.clear)])]), .barrier, .barrier],
      [.call(1), .gate(.shut), .barrier, .synchronize, .gate(.clear)],
    ]
    let readers: [[RCULab.Act]] = [
      [.read, .enter, .gate(.visit), .leave], [.enter, .enter, .gate(.visit), .leave, .leave],
      [.enter, .gate(.visit), .follow, .leave], [.later([.enter, .gate(.visit), .leave]), .barrier],
    ]
    return updaters.map { .init([[.enter, .gate(.visit), .leave], $0]) }
      + readers.map { .init([$0, [.gate(.shut), .synchronize, .gate(.clear)]]) }
  }()

  /// What a section writes, and no pointer leads to.
  static let written: [RCULab.Scene] =
    ([
      [.enter, .signal(0), .gate(.fill), .leave], [.enter, .enter, .signal(0), .leave, .gate(.fill), .leave],
      [.enter, .signal(0), .gate(.fill), .enter, .leave, .leave], [.enter, .signal(0), .call(1), .gate(.fill), .leave],
      [.read, .enter, .signal(0), .gate(.fill), .leave],
      [.later([.enter, .signal(0), .gate(.fill), .leave]), .barrier],
    ] as [[RCULab.Act]]).flatMap { section in
      [[.synchronize], [.call(1), .barrier]].map { .init([section, [.wait(0)] + $0 + [.gate(.clear)]]) }
    }

  /// Publications and dereferences in each context, where nothing is freed.
  static let publications: [RCULab.Scene] = {
    let readers: [[RCULab.Act]] = [
      [.follow], [.follow, .follow], [.read, .follow], [.enter, .follow, .follow, .leave], [.synchronize, .follow],
      [.later([.follow]), .barrier], [.later([.read]), .barrier], [.call(1), .follow], [.barrier, .follow],
    ]
    let updaters: [[RCULab.Act]] = [
      [.enter, .publish, .leave], [.later([.publish]), .barrier], [.synchronize, .publish], [.barrier, .publish],
      [.publish, .publish], [.later([.enter, .publish, .leave]), .barrier], [.call(1), .publish],
    ]
    return readers.map { .init([$0, [.publish]]) } + updaters.map { .init([[.read], $0]) }
      + [.init([[.follow], [.publish], [.publish]])]
  }()

  /// One object that is found again: at another pointer, or at the same pointer after another object.
  static let foundAgain: [RCULab.Scene] =
    ([
      [.enter, .follow, .second(.follow), .leave], [.follow, .second(.follow)],
      [.enter, .second(.follow), .follow, .leave], [.read, .enter, .second(.follow), .leave],
      [.enter, .follow, .enter, .second(.follow), .leave, .leave],
    ] as [[RCULab.Act]]).map { .init([$0, [.publish, .second(.publish)]]) } + [
      // Another CPU publishes at the second pointer what this CPU has published itself.
      .init([[.publish, .second(.follow)], [.enter, .second(.pass), .leave]]),
      .init([[.enter, .publish, .second(.follow), .leave], [.enter, .second(.pass), .leave]]),
      .init([[.read, .read], [.putBack]]),
      .init([[.enter, .follow, .follow, .leave, .read], [.putBack]]), .init([[.read], [.putBack, .update]]),
    ]

  /// A callback that calls and has a section, while another CPU has a grace period of its own.
  static let callbacksBeside: [RCULab.Scene] = [
    [.call(1), .enter, .leave], [.enter, .call(1), .leave], [.enter, .leave, .call(1)],
  ].flatMap { (acts: [RCULab.Act]) in
    [[.synchronize], [.call(1), .barrier]].map { .init([[.later(acts), .barrier, .barrier], $0]) }
  }

  /// A callback that ends when a grace period of another CPU is over.
  static let longCallbacks: [RCULab.Scene] = [
    [.call(1), .barrier], [.read, .synchronize], [.enter, .call(1), .leave, .barrier],
  ].flatMap { (acts: [RCULab.Act]) in
    [
      [.later([.signal(0), .wait(1)]), .barrier],
      [.call(1), .later([.signal(0), .read, .wait(1)]), .call(2), .barrier],
    ]
    .map { .init([$0, [.wait(0)] + acts + [.signal(1)]]) }
  }

  /// Numbers that are not an index of anything here, but mean something to some solutions.
  static let numbers: [RCULab.Scene] = [
    .init([[-1, 0, 1, 255, 256, 65_535, 65_536, 1 << 32, .max, .min].map { .second(.carry($0)) }])
  ]
}
