package import LabHarness

/// A lab of calls whose failing cases are made simpler before they are shown.
///
/// Leaving calls out is common to all. A lab says what is simpler than one of its calls or what there is before them; by
/// default, nothing is.
package protocol SimplerCases: CallLab, SendableMetatype {
  /// Simpler beginnings to try in place of one, the boldest first.
  static func simplerSetups(than setup: Session.Setup) -> [Session.Setup]
  /// Simpler calls to try in place of one, the boldest first.
  static func simplerCalls(than call: Session.Call) -> [Session.Call]
  /// The same case with simpler names, or without what no call names.
  static func renamed(_ input: Input) -> [Input]
}

extension SimplerCases {
  /// Nothing is simpler.
  package static func simplerSetups(than setup: Session.Setup) -> [Session.Setup] { [] }
  /// Nothing is simpler.
  package static func simplerCalls(than call: Session.Call) -> [Session.Call] { [] }
  /// The names are as simple as they can be.
  package static func renamed(_ input: Input) -> [Input] { [] }

  /// Simpler cases to try in place of one: fewer calls, then simpler names, then a simpler beginning, then simpler calls.
  package static func simplerCases(than input: Input) -> [Input] {
    let fewer = input.calls.withoutRuns()
    let simpler = input.calls.simplifyingEach(simplerCalls)
    return fewer.map { Input(input.setup, $0) } + renamed(input)
      + simplerSetups(than: input.setup).map { Input($0, input.calls) } + simpler.map { Input(input.setup, $0) }
  }
}

extension Suite where L: SimplerCases {
  /// A suite of a lab of calls: the size of a case is the number of its calls.
  package init(
    _ lab: L.Type, visibility: Visibility, unit: String = "calls",
    show: @escaping @Sendable (L.Input) -> [Picture.Row], checks: [Check<L>]
  ) {
    self.init(
      lab, visibility: visibility, unit: unit, shrinks: { L.simplerCases(than: $0) }, show: show,
      size: { $0.calls.count }, checks: checks)
  }
}
