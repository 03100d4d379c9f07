/// What a run is about: all submissions, or those for some labs or of one student.
package struct Selection: Sendable {
  /// All labs of the book.
  package let all: [GradedLab]
  /// The only student to grade; nil for all.
  package let student: String?
  private let slugs: Set<String>?

  /// The submissions of `student` for the labs of `all` with these `slugs`; nil means all of them.
  package init(of all: [GradedLab], slugs: [String]? = nil, student: String? = nil) {
    self.all = all
    self.student = student
    self.slugs = slugs.map(Set.init)
  }

  /// Whether any student or lab is left out.
  package var isPartial: Bool { slugs != nil || student != nil }

  /// The labs.
  package var labs: [GradedLab] { all.filter { contains($0.manifest.slug) } }

  /// Whether what was handed in for `lab` is graded; a submission without a lab stands for everything that its student
  /// handed in.
  package func contains(_ lab: String) -> Bool { lab.isEmpty || slugs?.contains(lab) ?? true }

  /// Whether what `student` handed in for `lab` is graded.
  package func contains(_ student: String, _ lab: String) -> Bool {
    (self.student ?? student) == student && contains(lab)
  }
}
