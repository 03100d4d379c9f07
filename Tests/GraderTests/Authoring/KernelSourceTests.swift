import Grader
import LabKernel
import Testing

@Suite struct KernelSourceTests {
  private static func part(_ lab: String, _ slot: String, _ component: String, _ files: String...) throws
    -> KernelRun.Part
  {
    let manifest = LabManifest(
      slug: lab, title: "", area: "", section: "", component: component, lab: "", slot: slot,
      points: [:]
    )
    return try #require(
      KernelRun.Part(manifest, files: files.map { SourceFile(name: $0, bytes: Array("// \($0)".utf8)) }))
  }

  @Test func `the students' files come first, unchanged, and ours names a type for each slot`() throws {
    let source = KernelSource(
      [
        try Self.part("pipe", "pipe", "RingPipe", "RingPipe.swift", "Page.swift"),
        try Self.part("rt-mutex", "mutex", "Inheritance", "Inheritance.swift"),
      ], beside: [])
    #expect(
      source.files.map(\.name) == ["RingPipe.swift", "Page.swift", "Inheritance.swift", "the kernel's slots"])
    #expect(source.files[1].bytes == Array("// Page.swift".utf8))
    let ours = String(decoding: source.files[3].bytes, as: UTF8.self)
    #expect(ours.contains("if slot == .pipe { components.ipc.pipe = RingPipe.self }"))
    #expect(ours.contains("if slot == .mutex { components.synchronization.mutex = Inheritance.self }"))
  }

  @Test func `files with the same name are told apart by their labs`() throws {
    let parts = [
      try Self.part("pipe", "pipe", "RingPipe", "RingPipe.swift", "Queue.swift"),
      try Self.part("realtime", "realtime", "Realtime", "Queue.swift"),
    ]
    #expect(KernelSource.names(of: parts) == [["RingPipe.swift", "pipe/Queue.swift"], ["realtime/Queue.swift"]])
  }

  @Test func `a solution is inside a type of its own`() throws {
    let source = KernelSource(
      [try Self.part("pipe", "pipe", "RingPipe", "RingPipe.swift")],
      beside: [try Self.part("buddy", "pageAllocator", "Buddy", "Buddy")])
    let ours = String(decoding: source.files[1].bytes, as: UTF8.self)
    #expect(ours.contains("components.memory.pageAllocator = KernelByHandReference_pageAllocator.Buddy.self"))
    #expect(ours.contains("enum KernelByHandReference_pageAllocator {\n// Buddy\n}"))
  }

  @Test func `a lab without a slot is not part of a kernel`() {
    let manifest = LabManifest(slug: "rcu", title: "", area: "", section: "", component: "", lab: "", points: [:])
    #expect(KernelRun.Part(manifest, files: []).map(\.lab) == nil)
  }
}
