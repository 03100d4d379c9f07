// The lines by which a new lab joins the lists of all labs.

extension LabTemplate {
  /// In the catalog of the program.
  var catalogLine: String {
    "      try graded(\(names.type)Lab.self, \(names.type)Checks.suite, hidden: Hidden.\(names.property), in: folder),\n"
  }

  /// Where the answers are.
  var hiddenLine: String {
    "    static var \(names.property): Suite<\(names.type)Lab>? { HiddenSuites.\(names.property) }\n"
  }

  /// Where they are not.
  var noHiddenLine: String { "    static var \(names.property): Suite<\(names.type)Lab>? { nil }\n" }

  /// Among the solutions.
  var referenceLines: String {
    """
      /// The solution of the \(names.slug) lab.
      public static var \(names.property): any \(names.contract).Type { \(names.component).self }

    """
  }

  /// Among the hidden suites.
  var suiteLines: String {
    """
      /// The hidden checks of the \(names.slug) lab.
      public static var \(names.property): Suite<\(names.type)Lab> { \(names.type)Suite.suite }

    """
  }

  /// Among the labs that the laws look at.
  var lawLines: String {
    """
          LawfulLab(
            \(names.type)Lab.self, reference: Reference.\(names.property), baseline: Simple\(names.type).self,
            suites: \(names.type)Checks.suite, HiddenSuites.\(names.property)),

    """
  }

  /// Among the labs that the laws grade.
  var gradingLine: String {
    "      try lab(\(names.type)Lab.self, \(names.type)Checks.suite, HiddenSuites.\(names.property)),\n"
  }
}
