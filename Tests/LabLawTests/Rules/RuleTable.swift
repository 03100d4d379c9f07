/// The table of a lab: its rules against the contexts in which each can be broken.
///
/// A row is a rule of `lab.yml`. A column is a context: "with interrupts off", "the second time", "under TSO". A cell
/// is filled by a wrong solution that breaks the rule in that context and works elsewhere (`breaks:` of an edit,
/// `// Breaks:` of a mutant), or it says why there is none.
struct RuleTable: Sendable {
  /// The lab.
  let slug: String
  /// The columns.
  let contexts: [String]
  /// Cells that no wrong solution can fill, by rule and context: the reason, one short sentence.
  let empty: [String: [String: String]]

  /// A table.
  init(_ slug: String, contexts: [String], empty: [String: [String: String]]) {
    self.slug = slug
    self.contexts = contexts
    self.empty = empty
  }
}
