import LabKernel
import LineEnds
import Scenario
import Yams

/// A file of scripts about one topic.
///
/// ```yaml
/// title: Waiting for children
/// scripts:
///   - title: a task without children has nothing to wait for
///     source: Open POSIX, wait 1-1
///     program: |
///       wait
/// ```
/// `differs:` says why a script does not agree with Linux; then it must not. `user: ordinary` is for a script that gives up
/// its rights with `setuid 65534`, the user as whom it runs on the host.
public struct ScriptFile: Sendable {
  /// The topic.
  public var title: String
  /// The file's name, as it was given.
  public var path: String
  /// The scripts, in the order of the file.
  public var scripts: [ConformanceScript]

  /// Reads a file.
  ///
  /// - Throws: the first `ScenarioError`.
  public init(yaml text: String, path: String) throws(ScenarioError) {
    let reader = ScriptReader(path: path, text: LineEnds.unified(text))
    let fields = try reader.mapping(try reader.document(), keys: ["title", "scripts"])
    self.path = path
    title = fields["title"]?.scalar?.string ?? path
    guard let list = fields["scripts"]?.sequence else {
      throw ScenarioError(file: path, line: 1, column: 1, message: "expected a list of scripts under 'scripts:'")
    }
    scripts = []
    for node in list { scripts.append(try reader.script(node)) }
  }
}

/// Turns the nodes of a YAML document into scripts, and mistakes into places in the file.
private struct ScriptReader {
  let path: String
  let text: String

  func document() throws(ScenarioError) -> Node {
    do {
      if let root = try Yams.compose(yaml: text) { return root }
    } catch {
      throw ScenarioError(file: path, line: 1, column: 1, message: "expected YAML: \(error)")
    }
    throw ScenarioError(file: path, line: 1, column: 1, message: "expected scripts, found an empty file")
  }

  func script(_ node: Node) throws(ScenarioError) -> ConformanceScript {
    let fields = try mapping(node, keys: ["title", "source", "differs", "user", "program"])
    guard let title = fields["title"]?.scalar?.string else { throw error(node, "expected 'title:' with a sentence") }
    guard let program = fields["program"]?.scalar, let mark = program.mark else {
      throw error(node, "expected 'program:' with one instruction per line")
    }
    do throws(ProgramError) {
      return try ConformanceScript(
        title, source: fields["source"]?.scalar?.string, difference: fields["differs"]?.scalar?.string,
        isOrdinary: fields["user"]?.scalar?.string == "ordinary", program.string)
    } catch {
      throw ScenarioError(file: path, line: mark.line + error.line, column: error.column, message: error.message)
    }
  }

  /// The entries of a mapping; a key that is not in `keys` is a mistake.
  func mapping(_ node: Node, keys: [String]) throws(ScenarioError) -> [String: Node] {
    guard let mapping = node.mapping else {
      throw error(node, "expected a mapping with \(keys.joined(separator: ", "))")
    }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard keys.contains(name) else {
        throw error(key, "expected one of \(keys.joined(separator: ", ")), found '\(name)'")
      }
      fields[name] = value
    }
    return fields
  }

  private func error(_ node: Node, _ message: String) -> ScenarioError {
    ScenarioError(file: path, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: message)
  }
}
