import Grader
import Testing

@Suite struct ManifestReaderTests {
  private static let lines = [
    "title: The pipe", "area: ipc", "section: 6#pipes", "component: RingPipe", "lab: PipeLab", "prerequisites: [buddy]",
    "difficulty: 2", "hours: 3", "points: {a: 60, b: 40}", "hints: [x, y, z]", "check-hints: {a: look}",
    "limits: {cpu-seconds: 10, memory-mib: 512, output-kib: 256}", "rules: [{id: end, says: It ends., checks: [a]}]",
    "shape: call", "baseline: SimplePipe", "slot: pipe",
  ]

  /// Reads a manifest in which the line of one key is replaced.
  private static func read(_ key: String, _ line: String) throws -> LabManifest {
    let folder = try Scratch()
    let text = lines.map { $0.hasPrefix(key + ":") ? line : $0 }.joined(separator: "\n")
    try folder.write("pipe/lab.yml", text + "\n")
    return try LabManifest(folder: folder.path + "/pipe")
  }

  @Test func `a manifest is read as it stands, and named like its folder`() throws {
    let manifest = try Self.read("title", "title: The pipe")
    #expect(manifest.slug == "pipe" && manifest.title == "The pipe" && manifest.section == "6#pipes")
    #expect(manifest.points == ["a": 60, "b": 40] && manifest.hints == ["x", "y", "z"] && manifest.hours == 3)
    #expect(manifest.limits == .usual && manifest.prerequisites == ["buddy"] && manifest.checkHints == ["a": "look"])
    #expect(manifest.rules(askedBy: "a") == [LabRule(id: "end", says: "It ends.", checks: ["a"])])
    #expect(manifest.rules(askedBy: "b") == [])
  }

  @Test func `what a manifest leaves out has its usual value`() throws {
    let manifest = try Self.read("limits", "limits: {cpu-seconds: 3}")
    #expect(manifest.limits == Limits(cpuSeconds: 3, memoryMiB: 512, outputKiB: 256))
  }

  @Test(arguments: [
    ("title", "title: ''", 1, "title must be a text"),
    ("title", "titel: x", 1, "the key titel is unknown; there are title, area,"),
    ("area", "", 1, "the key area is missing"),
    ("section", "section: [1]", 3, "section must be a text"),
    ("component", "component: ../Evil", 4, "component must be the name of a type"),
    ("lab", "lab: 'PipeLab; exit(0)'", 5, "lab must be the name of a type"),
    ("prerequisites", "prerequisites: buddy", 6, "prerequisites must be a list"),
    ("prerequisites", "prerequisites: [{a: b}]", 6, "prerequisites must be a list of texts"),
    ("difficulty", "difficulty: 6", 7, "difficulty must be a whole number from 1 to 5"),
    ("difficulty", "difficulty: easy", 7, "difficulty must be a whole number from 1 to 5"),
    ("hours", "hours: 0", 8, "hours must be a number above 0"),
    ("hours", "hours: .inf", 8, "hours must be a number above 0"),
    ("slot", "slot: socket", 16, "slot must be one of pids, execLoader, realtime, pipe, pageAllocator, mutex, fair"),
    ("points", "points: [60, 40]", 9, "a list of keys and values is expected"),
    ("points", "points: {a: 60, b: many}", 9, "b must be a whole number from 0 to 1000"),
    ("points", "points: {a: 60, a: 40}", 9, "the key a is there twice"),
    ("hints", "hints: {a: b}", 10, "hints must be a list"),
    ("check-hints", "check-hints: {a: [b]}", 11, "a must be a text"),
    ("shape", "shape: round", 14, "shape must be one of call, kernel, interleaving"),
    ("baseline", "baseline: a b", 15, "baseline must be the name of a type"),
    ("limits", "limits: {cpu-seconds: 0}", 12, "cpu-seconds must be a whole number from 1 to 255"),
    ("limits", "limits: {memory-mib: 8}", 12, "memory-mib must be a whole number from 64 to 65536"),
    (
      "limits", "limits: {cpu: 3}", 12,
      "the key cpu is unknown; there are cpu-seconds, memory-mib, output-kib, answer-kib"
    ),
    ("rules", "rules: {id: end}", 13, "rules must be a list"),
    ("rules", "rules: [{id: end, says: It ends.}]", 13, "a rule must name the checks that ask it"),
    ("rules", "rules: [{id: end, checks: [a]}]", 13, "the key says is missing"),
    ("rules", "rules: [{id: end, title: x}]", 13, "the key title is unknown; there are id, says, checks"),
    ("hours", "hours: [3", 9, "this is not YAML: did not find expected ',' or ']'"),
  ])
  func `each mistake is found, with its line and what was expected`(
    _ key: String, _ line: String, _ number: Int, _ problem: String
  ) {
    let error = #expect(throws: ManifestError.self) { try Self.read(key, line) }
    #expect(error?.description.contains("/pipe/lab.yml:\(number): \(problem)") == true, "\(error?.description ?? "")")
  }

  @Test func `an empty file and a missing file are told apart`() throws {
    let folder = try Scratch()
    try folder.write("pipe/lab.yml", "")
    let empty = #expect(throws: ManifestError.self) { try LabManifest(folder: folder.path + "/pipe") }
    #expect(empty?.description.hasSuffix("lab.yml:1: the file is empty; a list of keys and values is expected") == true)
    let none = #expect(throws: ManifestError.self) { try LabManifest(folder: folder.path + "/nowhere") }
    #expect(none?.description.hasSuffix("lab.yml: there is no such file") == true)
  }
}
