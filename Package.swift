// swift-tools-version: 6.1
import Foundation
import PackageDescription

/// A handout is this repository without `solutions/`: everything but the answers builds there too.
let hasSolutions = !entries(of: "solutions").isEmpty

func entries(of folder: String) -> [String] {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  return ((try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)) ?? [])
    .sorted()
}

/// The areas of the book: the folders in `labs/`, each with one folder per lab.
let areas = entries(of: "labs").filter { !$0.contains(".") }

/// Returns the prefix of an area's modules: `Memory`, `IPC`.
func module(_ area: String) -> String { area.count <= 3 ? area.uppercased() : area.capitalized }

/// The visible checks of an area's labs.
func checks(_ area: String) -> Target {
  let labs = entries(of: "labs/\(area)").filter { !$0.hasPrefix(".") }
  return .target(
    name: module(area) + "Checks", dependencies: ["Interleave", "LabKernel", "LabHarness", "Judging"],
    path: "labs/\(area)",
    exclude: labs.flatMap { lab in entries(of: "labs/\(area)/\(lab)").filter { $0 != "checks" }.map { "\(lab)/\($0)" }
    },
    sources: labs.map { "\($0)/checks" }, swiftSettings: strict)
}

/// The hidden checks of an area's labs.
func suites(_ area: String) -> Target {
  .target(
    name: module(area) + "Suites",
    dependencies: [
      "Interleave", "LabKernel", "LabHarness", "Judging", "Reference", .byName(name: module(area) + "Checks"),
    ],
    path: "solutions/suites/\(area)", swiftSettings: strict)
}

/// Warnings are errors in our own targets.
let strict: [SwiftSetting] = [.unsafeFlags(["-warnings-as-errors"])]
/// The flag for code that runs only where the solutions are present.
let answers: [SwiftSetting] = hasSolutions ? [.define("SOLUTIONS")] : []

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let database = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")

var targets: [Target] = [
  // The line ends that every reader of a text begins with.
  .target(name: "LineEnds", swiftSettings: strict),

  // The explorer of interleavings.
  .target(name: "CFiber"),
  .target(name: "Interleave", dependencies: ["CFiber"], exclude: ["Interleave.docc"], swiftSettings: strict),

  // The kernel, and what is linked with a submission.
  .target(name: "LabKernel", dependencies: ["Interleave"], swiftSettings: strict),
  .target(name: "LabHarness", dependencies: ["Interleave", "LabKernel"], swiftSettings: strict),
  .target(name: "CLabRunner", dependencies: ["CFiber"]),
  .target(name: "LabRunner", dependencies: ["LabHarness", "CLabRunner"], swiftSettings: strict),
  // It is started twice for every process of a submission, so it loads no library.
  .executableTarget(
    name: "sandbox-shim",
    linkerSettings: [.unsafeFlags(["-nostartfiles", "-static-executable"], .when(platforms: [.linux]))]),
  .executableTarget(
    name: "conform-host", linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux]))]),

  // What is asked of a submission, and how its outputs are judged.
  .target(name: "Judging", dependencies: ["Interleave", "LabKernel", "LabHarness"], swiftSettings: strict),
  .target(
    name: "Labs",
    dependencies: ["LabKernel", "LabHarness", "Judging"] + areas.map { .byName(name: module($0) + "Checks") },
    path: "labs", exclude: areas, sources: ["Labs.swift"], swiftSettings: strict),

  // Scenario files, and pictures of what happened.
  .target(name: "Scenario", dependencies: ["LabKernel", "LineEnds", yaml], swiftSettings: strict),

  // Every schedule of a scenario.
  .target(name: "Exploration", dependencies: ["LabKernel"], swiftSettings: strict),

  // Questions that are computed.
  .target(name: "Homework", dependencies: ["Interleave", "LabKernel"], swiftSettings: strict),

  // Bulk grading.
  .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
  .target(
    name: "Grader",
    dependencies: ["Interleave", "LabHarness", "LineEnds", "Judging", "CCrypto", subprocess, database, yaml],
    swiftSettings: strict),

  // The same script in the model and on the kernel of this machine.
  .target(
    name: "Conformance", dependencies: ["LabKernel", "LineEnds", "Scenario", "Grader", yaml], swiftSettings: strict),

  // The book in a terminal.
  .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
  .target(name: "Reader", dependencies: ["CCmark", "LineEnds"], swiftSettings: strict),

  // The program that users call. It starts immediately, because it neither contains Foundation nor loads a library.
  // What it cannot answer, it hands over to the program with all commands. See docs/decisions/0007.
  .target(name: "Desk", dependencies: ["LineEnds", "Reader"], swiftSettings: strict),
  .executableTarget(
    name: "labs-cli", dependencies: ["Desk"], swiftSettings: strict,
    linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux]))]),

  // All commands.
  .executableTarget(
    name: "labs-workshop",
    dependencies: [
      "Interleave", "LabKernel", "LabHarness", "Judging", "Labs", "Scenario", "Exploration", "Homework", "Grader",
      "Conformance", "Reader", "Desk",
      argumentParser,
      subprocess,
    ]
      + (hasSolutions ? ["Reference", "Answers"] : []),
    swiftSettings: strict + answers),

  // What `make bench` runs; nothing depends on it.
  .executableTarget(
    name: "every-bench", dependencies: ["LabKernel", "Exploration", "Scenario"], path: "Benchmarks/every-bench",
    swiftSettings: strict),
  .executableTarget(
    name: "kernel-bench", dependencies: ["LabKernel"], path: "Benchmarks/kernel-bench", swiftSettings: strict),

  .testTarget(name: "LabKernelTests", dependencies: ["LabKernel"], swiftSettings: strict),
  .testTarget(name: "LabHarnessTests", dependencies: ["Interleave", "LabHarness"], swiftSettings: strict),
  .testTarget(name: "ScenarioTests", dependencies: ["LabHarness", "Scenario"], swiftSettings: strict),
  .testTarget(name: "ExplorationTests", dependencies: ["LabKernel", "Exploration", "Scenario"], swiftSettings: strict),
  .testTarget(name: "HomeworkTests", dependencies: ["LabKernel", "Homework", "Reader"], swiftSettings: strict),
  .testTarget(name: "JudgingTests", dependencies: ["Interleave", "LabHarness", "Judging"], swiftSettings: strict),
  .testTarget(name: "ReaderTests", dependencies: ["LineEnds", "Reader"], swiftSettings: strict),
  .testTarget(name: "DeskTests", dependencies: ["Desk", "Grader", "Reader"], swiftSettings: strict),
  .testTarget(
    name: "GraderTests", dependencies: ["LabHarness", "Grader", "Judging", "MemoryChecks", "SynchronizationChecks"],
    swiftSettings: strict),
  .testTarget(name: "TidyTests", swiftSettings: strict),
]

if hasSolutions {
  targets += [
    .target(
      name: "Reference", dependencies: ["LabKernel", "LabHarness"], path: "solutions/reference", swiftSettings: strict),
    .target(
      name: "Answers",
      dependencies: ["LabHarness", "Judging", "Labs", "Reference"] + areas.map { .byName(name: module($0) + "Suites") },
      path: "solutions", exclude: ["mutants", "reference", "right", "suites"], sources: ["Answers.swift"],
      swiftSettings: strict),
    .testTarget(
      name: "LabLawTests",
      dependencies: [
        "LabKernel", "LabHarness", "Desk", "Grader", "Judging", "Scenario", "Labs", "Reference", "Answers", yaml,
      ] + areas.map { .byName(name: module($0) + "Checks") },
      swiftSettings: strict),
    .executableTarget(
      name: "interleave-bench",
      dependencies: ["Interleave", "CFiber", "LabHarness", "Judging", "Reference", "Answers"],
      path: "Benchmarks/interleave-bench", swiftSettings: strict),
    .testTarget(name: "InterleaveTests", dependencies: ["Interleave", "CFiber"], swiftSettings: strict),
    .testTarget(
      name: "ConformanceTests", dependencies: ["LabKernel", "Scenario", "Conformance", "Grader", "Reference"],
      swiftSettings: strict),
    .testTarget(name: "BookTests", dependencies: ["Homework", "Reader", "Grader"], swiftSettings: strict),
  ]
}

targets += areas.map(checks)
if hasSolutions { targets += areas.map(suites) }

let package = Package(
  name: "kernel-by-hand",
  products: [
    .executable(name: "labs-cli", targets: ["labs-cli"]),
    .executable(name: "labs-workshop", targets: ["labs-workshop"]),
    .executable(name: "sandbox-shim", targets: ["sandbox-shim"]),
    .executable(name: "conform-host", targets: ["conform-host"]),
    .library(name: "LabRunner", type: .static, targets: ["LabRunner"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ],
  targets: targets,
  swiftLanguageModes: [.v6])
