/// What a run is about: all submissions, or those for some labs or of one student.
package struct Selection: Sendable {
  /// All labs that there are.
  package let all: [GradedLab]
  /// One student alone.
  package let student: String?
  private let slugs: Set<String>?

  /// The submissions for the labs of `all` that are called `slugs`, of `student`; nil is for all of them.
  package init(of all: [GradedLab], slugs: [String]? = nil, student: String? = nil) {
    self.all = all
    self.student = student
    self.slugs = slugs.map(Set.init)
  }

  /// Whether anybody or any lab is left out.
  package var isPartial: Bool { slugs != nil || student != nil }

  /// The labs.
  package var labs: [GradedLab] { all.filter { contains($0.manifest.slug) } }

  /// Whether what was handed in for `lab` is graded; what has no lab stands for all that its student handed in.
  package func contains(_ lab: String) -> Bool { lab.isEmpty || slugs?.contains(lab) ?? true }

  /// Whether what `student` handed in for `lab` is graded.
  package func contains(_ student: String, _ lab: String) -> Bool {
    (self.student ?? student) == student && contains(lab)
  }
}
