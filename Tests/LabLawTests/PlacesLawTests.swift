import Desk
import Grader
import Reader
import Testing

/// The first law: a lab is in every place where it must be, with everything that it needs and nothing else.
struct PlacesLawTests {
  private static let fewestMutants = 5

  @Test func `the same labs are in every place`() throws {
    let labs = try Repository.labPlaces(in: "labs")
    #expect(!labs.isEmpty)
    #expect(try Repository.names(in: "labs").filter { $0.contains(".") } == ["Labs.swift"])
    #expect(
      try Repository.names(in: "solutions").subtracting(["right"])
        == ["Answers.swift", "reference", "suites", "mutants"])
    #expect(try Repository.names(in: "solutions/reference").filter { $0.contains(".") } == ["Reference.swift"])
    for part in ["reference", "suites", "mutants"] {
      #expect(try Repository.labPlaces(in: "solutions/\(part)") == labs)
    }
    let slugs = labs.compactMap { $0.split(separator: "/").last.map(String.init) }
    #expect(Set(slugs).count == slugs.count, "no two labs have the same name")
    #expect(Set(try Gradings.labs().map(\.manifest.slug)) == Set(slugs))
    #expect(Set(LawfulLab.all.map(\.slug)) == Set(slugs))
  }

  @Test func `the lists of labs in code are as derived`() throws {
    let root = try BookRoot.find(Repository.root)
    let book = SectionOrder(chapters: root.chapters)
    let manifests = try LawfulLab.all.map { try Repository.manifest(of: $0.slug) }
      .sorted { book.isBefore($0.section, $1.section) ?? ($0.slug < $1.slug) }
    for (path, text) in LabLists.files(manifests) { #expect(try Repository.text(path) == text) }
  }

  @Test func `a lab that is selected alone is one of the labs`() {
    #expect(LawfulLab.slugs.count == (Asked.slug == nil ? LawfulLab.all.count : 1), "\(Asked.slug ?? "")")
  }

  @Test(arguments: LawfulLab.slugs)
  func `a lab is in the folder of its area, and has the shape that it states`(slug: String) throws {
    let manifest = try Repository.manifest(of: slug)
    #expect(try Repository.place(of: slug) == "\(manifest.area)/\(slug)")
    #expect(try LawfulLab.named(slug).shape == manifest.shape)
  }

  @Test(arguments: LawfulLab.slugs)
  func `a lab has the files of a lab, and no others`(slug: String) throws {
    let component = try Repository.manifest(of: slug).component + ".swift"
    let place = try Repository.place(of: slug)
    #expect(try Repository.names(in: "labs/\(place)") == ["lab.yml", "README.md", component, "checks"])
    #expect(try Repository.names(in: "solutions/reference/\(place)") == [component])
    for folder in ["labs/\(place)/checks", "solutions/suites/\(place)", "solutions/mutants/\(place)"] {
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
  func `a mutant begins with what its author believed`(mutant: Handed) throws {
    #expect(try Repository.text(mutant.path).hasPrefix("// Misconception: "))
  }
}
