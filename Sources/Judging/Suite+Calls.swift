package import LabHarness

/// A lab of calls whose failing cases are made simpler before they are shown.
///
/// Leaving out calls works for all labs. A lab says what is simpler than one of its calls, or than the beginning before
/// them; by default, nothing is.
package protocol SimplerCases: CallLab, SendableMetatype {
  /// Returns simpler beginnings to try instead of a given one, the boldest first.
  static func simplerSetups(than setup: Session.Setup) -> [Session.Setup]
  /// Returns simpler calls to try instead of a given one, the boldest first.
  static func simplerCalls(than call: Session.Call) -> [Session.Call]
  /// Returns the same case with simpler names, or without what no call names.
  static func renamed(_ input: Input) -> [Input]
}

extension SimplerCases {
  /// Returns nothing: no value is simpler.
  package static func simplerSetups(than setup: Session.Setup) -> [Session.Setup] { [] }
  /// Returns nothing: no value is simpler.
  package static func simplerCalls(than call: Session.Call) -> [Session.Call] { [] }
  /// Returns nothing: the names are as simple as they can be.
  package static func renamed(_ input: Input) -> [Input] { [] }

  /// Returns simpler cases to try instead: fewer calls, then simpler names, a simpler beginning, simpler calls.
  package static func simplerCases(than input: Input) -> [Input] {
    let fewer = input.calls.withoutRuns()
    let simpler = input.calls.simplifyingEach(simplerCalls)
    return fewer.map { Input(input.setup, $0) } + renamed(input)
      + simplerSetups(than: input.setup).map { Input($0, input.calls) } + simpler.map { Input(input.setup, $0) }
  }
}

extension Suite where L: SimplerCases {
  /// Creates a suite for a lab of calls: the size of a case is its number of calls.
  package init(
    _ lab: L.Type, visibility: Visibility, unit: String = "calls",
    show: @escaping @Sendable (L.Input) -> [Picture.Row], checks: [Check<L>]
  ) {
    self.init(
      lab, visibility: visibility, unit: unit, shrinks: { L.simplerCases(than: $0) }, show: show,
      size: { $0.calls.count }, checks: checks)
  }
}
