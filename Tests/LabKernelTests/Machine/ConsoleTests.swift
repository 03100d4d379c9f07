import LabKernel
import Testing

@Suite struct ConsoleTests {
  @Test func `the console has what tasks print, in the order in which they printed it`() throws {
    var kernel = try machine([
      "A": "print \"one \"\ncompute 2ms\nprint \"three \"", "B": "compute 1ms\nprint \"two \"\nwrite 2 \"BB\"",
    ])
    #expect(kernel.runChecked() == [])
    // B's turn ends with the tick at which it prints, so that A comes in between.
    #expect(kernel.console.text == "one two three BB")
  }

  @Test func `the console keeps no more than its capacity`() throws {
    let text = String(repeating: "A", count: 65_536)
    var kernel = try machine(["A": "again:\nwrite 1 \"\(text)\"\nadd r2 1\nif r2 < 20 goto again\nprint r0"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.bytes.count == Console.capacity)
    #expect(kernel.console.bytes.allSatisfy { $0 == UInt8(ascii: "A") })
  }
}
