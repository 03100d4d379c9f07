import LabKernel

/// What an order of steps comes to, written as `race --replay` writes it.
struct ReplayHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  /// A step: a location becomes the sum of a location, if any, and a number.
  private struct Step {
    var target: Int
    var source: Int?
    var number: Int

    static let names = ["x", "y", "z"]

    init(_ random: inout RandomSource) {
      target = random.draw(0...2)
      source = random.oneIn(4) ? nil : random.draw(0...2)
      number = random.draw(1...5)
    }

    var words: String {
      "\(Self.names[target]) = " + (source.map { "\(Self.names[$0]) + " } ?? "") + "\(number)"
    }

    func perform(_ values: inout [Int]) { values[target] = (source.map { values[$0] } ?? 0) + number }
  }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let programs = (0..<2).map { _ in (0..<3).map { _ in Step(&random) } }
    var left = [3, 3]
    var order: [Int] = []
    while order.count < 6 {
      let cpu = random.draw(0...1)
      guard left[cpu] > 0 else { continue }
      left[cpu] -= 1
      order.append(cpu)
    }
    let letters = order.map { $0 == 0 ? "a" : "b" }.joined()
    let question =
      ["x, y and z are 0. Two CPUs run, each line as one step:", "", "    " + "CPU 0".filled(16) + "CPU 1"]
      + (0..<3).map { "    " + programs[0][$0].words.filled(16) + programs[1][$0].words } + [
        "", "In the order \(letters) a is a step of CPU 0, and b one of CPU 1. What are x, y and z after each step?",
        "In how many orders can the six steps come?",
      ]
    var values = [0, 0, 0]
    var places = [0, 0]
    let steps = order.map { cpu in
      let step = programs[cpu][places[cpu]]
      places[cpu] += 1
      step.perform(&values)
      return "  CPU \(cpu)  " + step.words.filled(12) + "x = \(values[0])".filled(8) + "y = \(values[1])".filled(8)
        + "z = \(values[2])"
    }
    return (question, steps + ["", "In 20: so many ways there are to choose the three places of CPU 0 among six."])
  }
}
