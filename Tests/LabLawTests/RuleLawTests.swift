import Grader
import Judging
import Testing

/// The laws about rules: each is checked, in every context in which it can be broken, and taught by a visible check.
struct RuleLawTests {
  private static let fewestBreaches = 2

  @Test func `every lab with rules has a table, and every table a lab`() throws {
    let withRules = try Gradings.labs().filter { !$0.manifest.rules.isEmpty }.map(\.manifest.slug)
    #expect(RuleTable.all.map(\.slug).sorted() == withRules.sorted())
  }

  @Test(arguments: RuleTable.all.map(\.slug).filter(Asked.about))
  func `every cell of the table is filled, or says why it cannot be`(slug: String) throws {
    let table = try table(slug)
    let filled = Set(try wrong(slug).flatMap { try $0.breaches() })
    let rules = try lab(slug).manifest.rules.map(\.id)
    var open: [String] = []
    var doubtful: [String] = []
    for rule in rules {
      for context in table.contexts {
        let cell = Breach(rule: rule, context: context)
        let reason = table.empty[rule]?[context]
        if reason == nil, !filled.contains(cell) { open.append("\(cell)") }
        if reason != nil, filled.contains(cell) { doubtful.append("\(cell)") }
      }
    }
    #expect(open == [], "cells that no wrong solution fills")
    #expect(doubtful == [], "cells that are said to be empty and are not")
    let known = Set(rules.flatMap { rule in table.contexts.map { Breach(rule: rule, context: $0) } })
    #expect(filled.subtracting(known).map(\.description).sorted() == [], "breaches that belong to no cell")
    let reasons = Set(table.empty.flatMap { rule, row in row.keys.map { Breach(rule: rule, context: $0) } })
    #expect(reasons.subtracting(known).map(\.description).sorted() == [], "reasons for cells that do not exist")
  }

  @Test(arguments: RuleTable.all.map(\.slug).filter(Asked.about))
  func `a wrong solution is killed by a check that asks the rule it breaks`(slug: String) throws {
    let manifest = try lab(slug).manifest
    var missed: [String] = []
    for file in try wrong(slug) {
      let breaches = try file.breaches()
      // A mutant may exist for its checks alone; an edit must fill a cell.
      if breaches.isEmpty, !file.edit.isEmpty { missed.append("\(file.testDescription) does not say what it breaks") }
      let killers = try file.killers()
      for breach in breaches {
        let asked = manifest.rules.first { $0.id == breach.rule }?.checks ?? []
        if !asked.contains(where: killers.contains) { missed.append("\(file.testDescription): \(breach)") }
      }
    }
    #expect(missed == [])
  }

  @Test(arguments: RuleTable.all.map(\.slug).filter(Asked.about))
  func `each rule is broken by two wrong solutions, one of them plain and seen by a visible check`(slug: String) throws
  {
    let lab = try lab(slug)
    let visible = Set(lab.checks.filter { $0.visibility == .visible }.map(\.id))
    var untaught: [String] = []
    var rare: [String] = []
    for rule in lab.manifest.rules {
      let breakers = try wrong(slug).filter { try $0.breaches().contains { $0.rule == rule.id } }
      if breakers.count < Self.fewestBreaches { rare.append(rule.id) }
      let seen = try breakers.contains { try $0.isPlain() && $0.killers().contains(where: visible.contains) }
      if !seen || !rule.checks.contains(where: visible.contains) { untaught.append(rule.id) }
    }
    #expect(untaught == [], "rules that no visible check teaches")
    #expect(rare == [], "rules that fewer than two wrong solutions break")
  }

  @Test(arguments: RuleTable.all.map(\.slug).filter(Asked.about))
  func `what is plainly wrong fails a visible check, and something else passes them all`(slug: String) throws {
    let visible = Set(try lab(slug).checks.filter { $0.visibility == .visible }.map(\.id))
    let unseen = try wrong(slug).filter { try !$0.killers().contains(where: visible.contains) }
    #expect(try unseen.filter { try $0.isPlain() }.map(\.testDescription) == [])
    #expect(!unseen.isEmpty, "a file that passes the visible checks has passed everything")
  }

  private func lab(_ slug: String) throws -> GradedLab {
    try #require(try Gradings.labs().first { $0.manifest.slug == slug })
  }

  private func table(_ slug: String) throws -> RuleTable {
    try #require(RuleTable.all.first { $0.slug == slug })
  }

  private func wrong(_ slug: String) throws -> [Handed] { Handed.wrong.filter { $0.slug == slug } }
}
