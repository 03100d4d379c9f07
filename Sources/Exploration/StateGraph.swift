import LabKernel

/// The graph of states, drawn for small ones: as a file for Graphviz, or as a page.
public struct StateGraph: Sendable {
  /// How many states a graph may have that is drawn.
  public static let maximumStates = 2000

  private struct Vertex {
    let depth: Int
    let outcome: Int?
    let isDeadlock: Bool
  }

  private let vertices: [Vertex]
  private let edges: [(from: Int, to: Int, label: String)]

  init(_ explorer: Explorer) {
    let numbers = Dictionary(uniqueKeysWithValues: explorer.finals.map { ($0.state, $0.outcome) })
    vertices = (0..<explorer.states.count).map { state in
      Vertex(
        depth: explorer.states.depth(of: state), outcome: numbers[state],
        isDeadlock: numbers[state].map { explorer.outcomes[$0].isDeadlock } ?? false)
    }
    edges = explorer.labels
  }

  /// The graph in the language of Graphviz.
  public var dot: String {
    let nodes = vertices.enumerated().map { index, vertex in
      let shape = vertex.outcome == nil ? "circle" : vertex.isDeadlock ? "octagon" : "doublecircle"
      return "  \(index) [shape=\(shape), label=\"\(vertex.outcome.map { "outcome \($0 + 1)" } ?? String(index))\"];"
    }
    let lines = edges.map { "  \($0.from) -> \($0.to) [label=\"\(StateGraph.quoted($0.label))\"];" }
    return (["digraph states {", "  rankdir=TB;"] + nodes + lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// The graph as a page: a row for each number of steps, and what a step does when the pointer is on its line.
  public var html: String {
    var filled: [Int: Int] = [:]
    let places = vertices.map { vertex -> (x: Int, y: Int) in
      defer { filled[vertex.depth, default: 0] += 1 }
      return (x: 30 + 50 * filled[vertex.depth, default: 0], y: 30 + 60 * vertex.depth)
    }
    let lines = edges.map { edge in
      let (from, to) = (places[edge.from], places[edge.to])
      return "<line x1=\"\(from.x)\" y1=\"\(from.y)\" x2=\"\(to.x)\" y2=\"\(to.y)\">"
        + "<title>\(StateGraph.escaped(edge.label))</title></line>"
    }
    let circles = zip(vertices, places).enumerated().map { index, pair in
      let kind = pair.0.outcome == nil ? "state" : pair.0.isDeadlock ? "deadlock" : "end"
      let name = pair.0.outcome.map { "outcome \($0 + 1)" } ?? "state \(index)"
      return "<circle class=\"\(kind)\" cx=\"\(pair.1.x)\" cy=\"\(pair.1.y)\" r=\"9\"><title>\(name)</title></circle>"
    }
    let width = (places.map(\.x).max() ?? 0) + 30
    let height = (places.map(\.y).max() ?? 0) + 30
    return StateGraph.head + "<svg width=\"\(width)\" height=\"\(height)\">\n"
      + (lines + circles).joined(separator: "\n") + "\n</svg>\n</body></html>\n"
  }

  private static let head = """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>Every schedule</title><style>
    line { stroke: #999; stroke-width: 2 } line:hover { stroke: #c30 }
    .state { fill: #fff; stroke: #333 } .end { fill: #7b7 } .deadlock { fill: #d55 }
    </style></head><body>

    """

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  private static func quoted(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}
