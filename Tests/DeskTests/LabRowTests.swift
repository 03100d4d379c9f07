import Desk
import Reader
import Testing

@Suite struct LabRowTests {
  private func row(
    _ slug: String, section: String = "5#buddy", difficulty: Int = 2, _ standing: LabRow.Standing? = nil,
    isStarted: Bool = false
  ) -> LabRow {
    let card = LabRow.Card(
      slug: slug, title: "The \(slug)", area: "memory", section: section, component: "X", difficulty: difficulty)
    return LabRow(card, standing, isStarted: isStarted)
  }

  @Test func `the list shows the progress with each lab`() {
    let rows = [
      row("buddy"), row("slab", isStarted: true), row("areas", .init(tests: 2, passed: 1, checks: 6), isStarted: true),
      row("copy-on-write", difficulty: 5, .init(tests: 9, passed: 6, checks: 6)),
    ]
    #expect(
      LabRow.list(rows) == [
        "buddy          memory          **     -              The buddy",
        "slab           memory          **     started        The slab",
        "areas          memory          **     1/6 visible    The areas",
        "copy-on-write  memory          *****  visible pass   The copy-on-write", "",
        "labs-cli read labs/<lab> shows a lab's task, labs-cli start <lab> begins it;",
        "to begin reading, run labs-cli read 0.",
      ])
  }

  @Test func `progress counts the labs that pass their visible checks, and names the next lab`() {
    let passing = LabRow.Standing(tests: 1, passed: 6, checks: 6)
    #expect(
      LabRow.progress([row("buddy", passing), row("slab", .init(tests: 2, passed: 0, checks: 6))]) == [
        "Progress: [################----------------] 1/2 labs pass their visible checks",
        "  buddy            6 of 6 visible checks pass", "  slab             0 of 6 visible checks pass",
        "Next: slab, The slab: labs-cli start slab",
      ])
    #expect(LabRow.progress([row("buddy", passing)])[2].hasPrefix("All labs pass their visible checks."))
    #expect(LabRow.progress([]).first?.contains(" 0/0 labs pass") == true)
  }

  @Test func `labs are in the order of the book, and by name within a section`() throws {
    let file = #filePath
    let root = file[..<(try #require(file.ranges(of: "/Tests/").last?.lowerBound))]
    let rows = [
      row("futex", section: "4#no-such-section"), row("slab", section: "5#buddy-allocator"),
      row("buddy", section: "5#buddy-allocator"), row("rcu", section: "4#rcu"), row("spin", section: "4#spin-locks"),
      row("pipe", section: "6#pipes"),
    ]
    let ordered = LabRow.inOrder(rows, of: SectionOrder(chapters: root + "/chapters"))
    #expect(ordered.map(\.card.slug) == ["spin", "rcu", "buddy", "slab", "pipe", "futex"])
  }
}
