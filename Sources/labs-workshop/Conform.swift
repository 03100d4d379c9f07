import ArgumentParser
import Conformance
import Desk
import Foundation
import Grader
import LabKernel
import Scenario

/// `labs-cli conform`: the same scripts in the model and on the kernel of this machine.
struct Conform: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare the kernel model with the Linux of this machine.",
    usage: """
      labs-cli conform [<files> ...] [--only <text>]
      labs-cli conform --generate <number> [--seed <seed>]
      labs-cli conform --differences
      """,
    discussion: """
      Each script runs in the model, and its system calls are issued for real in a sandbox. Results, errors, what is \
      read, how tasks end and what is printed must agree; process ids are renamed by how their tasks came to be, so \
      that root.0.1 is the second child of the first child. Without files, the scripts in scenarios/conform are \
      compared. Exit status: 0 if all agree, 1 if one differs, 2 if none could be run.

        labs-cli conform
        labs-cli conform scenarios/conform/wait.yml --only zombie
        labs-cli conform --generate 1000 --seed 7
      """)

  @Argument(help: "Files of scripts, or folders with such files.", completion: .file(extensions: ["yml"]))
  var files: [String] = []

  @Option(help: ArgumentHelp("Compare only scripts whose title contains this.", valueName: "text"))
  var only: String?

  @Option(help: ArgumentHelp("Draw so many scripts, and compare them.", valueName: "number"))
  var generate: Int?

  @Option(help: "The seed of the first script that is drawn; the next script has the next seed.")
  var seed: UInt64 = 1

  @Flag(help: "List where the model differs from Linux on purpose, and why.")
  var differences = false

  @Flag(help: "Print one JSON document.")
  var json = false

  @OptionGroup
  var book: BookOption

  func validate() throws {
    guard generate.map({ (1...10_000_000).contains($0) }) ?? true else {
      throw ValidationError("--generate: expected a number from 1 to 10000000")
    }
    guard generate == nil || files.isEmpty && only == nil && !differences else {
      throw ValidationError("--generate draws scripts: it takes no files, no --only and no --differences")
    }
  }

  func run() async throws {
    if differences, !json { return Terminal.print(ConformText.differences(try topics())) }
    let status = StatusLine()
    defer { status.clear() }
    let report = try await report(status)
    status.clear()
    if json { try Terminal.print(json: report) } else { Terminal.print(ConformText.lines(report)) }
    guard report.exitCode == 0 else { throw ExitCode(report.exitCode) }
  }

  private func report(_ status: StatusLine) async throws -> ConformReport {
    let topics = generate == nil ? try topics() : []
    let (generate, seed) = (generate, seed)
    do {
      return try await interruptible {
        status.show("getting the sandbox ready")
        let conformer = try await Conformer(components: .best)
        let start = ContinuousClock.now
        var report = ConformReport()
        if let generate {
          report = try await Self.generated(generate, seed, conformer, status)
        } else {
          for topic in topics {
            status.show("comparing \(topic.title)")
            report.add(topic, try await conformer.verdicts(of: topic.scripts))
          }
        }
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        return report
      }
    } catch let fault as SandboxFault {
      return ConformReport(notRun: fault.description, topics)
    } catch let error as StorageError {
      throw Refusal(error.description, .output)
    } catch is CancellationError {
      throw Refusal("stopped", .interrupted)
    }
  }

  /// How many drawn scripts are compared before the next ones are drawn.
  private static let portion = 1000
  /// How many that differ are made smaller and shown.
  private static let maximumShown = 3

  private static func generated(
    _ count: Int, _ seed: UInt64, _ conformer: Conformer, _ status: StatusLine
  ) async throws -> ConformReport {
    var report = ConformReport()
    for start in stride(from: 0, to: count, by: portion) {
      status.show("compared \(start) of \(count) drawn scripts")
      let seeds = (start..<min(count, start + portion)).map { seed &+ UInt64($0) }
      let verdicts = try await conformer.verdicts(of: seeds.map { Generator.script(seed: $0) })
      for (seed, verdict) in zip(seeds, verdicts) {
        var entry = ConformReport.Case(area: "drawn", script: Generator.script(seed: seed), verdict)
        entry.command = "labs-cli conform --generate 1 --seed \(seed)"
        entry.text = nil
        if case .differs = verdict, report.shown.count < maximumShown {
          status.show("making the script of seed \(seed) smaller")
          if let (smaller, difference) = try await conformer.smallest(seed: seed) {
            entry.text = smaller.text
            entry.difference = .init(difference)
          }
        }
        report.add(entry)
      }
    }
    return report
  }

  /// The files of scripts that are asked for, with the scripts that are.
  private func topics() throws -> [ScriptFile] {
    let places = files.isEmpty ? [try book.root().path + "/scenarios/conform"] : files
    var topics: [ScriptFile] = []
    for path in try places.flatMap(Self.files) {
      let text = try TextFile.read(path)
      do throws(ScenarioError) {
        var topic = try ScriptFile(yaml: text, path: path)
        if let only { topic.scripts.removeAll { !$0.title.contains(only) } }
        if !topic.scripts.isEmpty { topics.append(topic) }
      } catch {
        throw Refusal(error.description, .configuration)
      }
    }
    guard !topics.isEmpty else {
      throw Refusal("there is no such script in \(places.joined(separator: ", "))", .missingInput)
    }
    return topics
  }

  /// The files of scripts at a place: the file itself, or all files of a folder.
  private static func files(at path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Refusal("there is no file \(path)", .missingInput)
    }
    guard isFolder.boolValue else { return [path] }
    return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".yml") }.sorted()
      .map { path + "/" + $0 }
  }
}
