import Grader
import Testing

/// The first law: a lab is in all places where it must be, with all that it needs and nothing else.
struct PlacesLawTests {
  private static let fewestMutants = 5

  @Test func `the same labs are in every place`() throws {
    let labs = Set(try Repository.labsOfPackage())
    #expect(!labs.isEmpty)
    #expect(try Repository.names(in: "labs") == labs)
    #expect(try Repository.names(in: "solutions").subtracting(["right"]) == ["reference", "suites", "mutants"])
    #expect(
      try Repository.names(in: "solutions/reference") == labs.union(["Reference.swift", "Reference+Components.swift"]))
    #expect(try Repository.names(in: "solutions/suites") == labs.union(["HiddenSuites.swift"]))
    #expect(try Repository.names(in: "solutions/mutants") == labs)
    #expect(Set(try Gradings.labs().map(\.manifest.slug)) == labs)
    #expect(Set(LawfulLab.all.map(\.slug)) == labs)
  }

  @Test func `a lab that is asked for alone is one of the labs`() {
    #expect(LawfulLab.slugs.count == (Asked.slug == nil ? LawfulLab.all.count : 1), "\(Asked.slug ?? "")")
  }

  @Test(arguments: LawfulLab.slugs)
  func `a lab has the files of a lab, and no others`(slug: String) throws {
    let component = try LabManifest(folder: "\(Repository.root)/labs/\(slug)").component + ".swift"
    #expect(try Repository.names(in: "labs/\(slug)") == ["lab.yml", "README.md", component, "checks"])
    #expect(try Repository.names(in: "solutions/reference/\(slug)") == [component])
    for folder in ["labs/\(slug)/checks", "solutions/suites/\(slug)", "solutions/mutants/\(slug)"] {
      let names = try Repository.names(in: folder)
      #expect(!names.isEmpty)
      #expect(names.filter { !$0.hasSuffix(".swift") && $0 != "edits.yml" } == [], "in \(folder)")
    }
  }

  @Test(arguments: LawfulLab.slugs)
  func `a lab has at least five mutants`(slug: String) {
    #expect(Handed.mutants.filter { $0.slug == slug }.count >= Self.fewestMutants)
  }

  @Test(arguments: Handed.mutants)
  func `a mutant says first what its author believed`(mutant: Handed) throws {
    #expect(try Repository.text(mutant.path).hasPrefix("// Misconception: "))
  }
}
