import LabKernel

/// The reference of the system calls, made from the kernel's table.
enum SimCalls {
  /// The lines, none wider than 80 columns.
  static var lines: [String] {
    let calls = SystemCall.all.map { call in
      (head: pad(String(call.number.rawValue), 3, left: true) + "  " + form(of: call), text: call.summary)
    }
    let spellings = Spelling.all.flatMap { spelling in
      row("     " + spelling.example, spelling.call, at: 24)
        + (spelling.remark.isEmpty ? [] : row("", "(\(spelling.remark))", at: 24))
    }
    return [" nr  call"] + calls.flatMap { row($0.head, $0.text, at: 38) } + ["", "     shorter"] + spellings
  }

  /// The name and the words of a call, with those in brackets that may be left out.
  private static func form(of call: SystemCall) -> String {
    let required = call.parameters.count - call.optional
    let words = call.parameters.enumerated().map {
      $0.offset < required ? $0.element.rawValue : "[\($0.element.rawValue)]"
    }
    return ([call.name] + words).joined(separator: " ")
  }

  /// The head in the first column and the text in the second, or on the next line if one line is too short.
  private static func row(_ head: String, _ text: String, at column: Int) -> [String] {
    guard head.count < column, column + text.count <= 80 else { return [head, "       " + text] }
    return [pad(head, column, left: false) + text]
  }

  private static func pad(_ text: String, _ width: Int, left: Bool) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return left ? blanks + text : text + blanks
  }
}

/// The reference of the system calls as a JSON document.
struct SimCallsReport: Encodable {
  private let schema = "kernel-by-hand.calls/1"
  private let calls = SystemCall.all.map(Call.init)
  private let spellings = Spelling.all.map(Short.init)

  private struct Call: Encodable {
    let number: UInt16
    let name: String
    let parameters: [String]
    let optional: Int
    let sleeps: Bool
    let summary: String

    init(_ call: SystemCall) {
      number = call.number.rawValue
      name = call.name
      parameters = call.parameters.map(\.rawValue)
      optional = call.optional
      sleeps = call.sleeps
      summary = call.summary
    }
  }

  private struct Short: Encodable {
    let example: String
    let call: String
    let remark: String

    init(_ spelling: Spelling) {
      example = spelling.example
      call = spelling.call
      remark = spelling.remark
    }
  }
}
