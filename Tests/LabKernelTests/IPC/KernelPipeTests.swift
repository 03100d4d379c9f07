import LabKernel
import Testing

@Suite struct KernelPipeTests {
  @Test(arguments: [1, 2], [Components.tinyPipes, .baseline])
  func `five writes of 1033 bytes arrive whole, however much is read at a time`(cpus: Int, components: Components)
    throws
  {
    let pipe1 = """
      pipe r4 r5
      fork
      if r0 == 0 goto child
      close r5
      set r3 1
      space bytes 8192
      again:
      read r4 &bytes r3
      if r0 < 1 goto end
      add r6 r0
      add r3 r3
      if r3 < 8193 goto again
      set r3 8192
      goto again
      end:
      print r0
      print " "
      print r6
      wait
      print " "
      print r1
      exit
      child:
      close r4
      again2:
      write r5 1033
      if r0 != 1033 goto failed
      add r7 1
      if r7 < 5 goto again2
      exit
      failed:
      exit 1
      """
    var kernel = try machine(cpus: cpus, components: components, ["A": pipe1])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "0 5165 0")
  }

  @Test(arguments: ["close r5\ncompute 1ms", "exit"], [Components.tinyPipes, .baseline])
  func `a reader finds end of file when the last writer has closed its end or has ended`(
    last: String, components: Components
  ) throws {
    let program = """
      pipe r4 r5
      fork
      if r0 == 0 goto child
      close r5
      read r4 10
      print r0
      exit
      child:
      close r4
      compute 2ms
      \(last)
      """
    var kernel = try machine(components: components, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "0")
  }

  /// A writes to a pipe from which B, its child, reads as `reader` says; then A prints what write returned.
  private func sum(of bytes: Int, reader: String, components: Components) throws -> String {
    let program = """
      pipe r4 r5
      fork
      if r0 == 0 goto child
      close r4
      write r5 \(bytes)
      print r0
      exit
      child:
      close r5
      \(reader)
      """
    var kernel = try machine(components: components, ["A": program])
    #expect(kernel.runChecked() == [])
    return kernel.console.text
  }

  @Test(arguments: [1, 16, 17, 4096, 4097, 100_000], [Components.tinyPipes, .baseline])
  func `a write returns what all its tries have moved`(bytes: Int, components: Components) throws {
    let reader = "again:\nread r4 1000\nif r0 > 0 goto again"
    #expect(try sum(of: bytes, reader: reader, components: components) == "\(bytes)")
  }

  @Test func `a write whose reader leaves after it has made progress ends its task all the same`() throws {
    #expect(try sum(of: 100, reader: "read r4 10\nclose r4\ncompute 1ms", components: .tinyPipes) == "")
  }

  @Test func `a reader that holds the write end waits for itself`() throws {
    var kernel = try machine(components: .tinyPipes, ["A": "pipe r4 r5\nread r4 1\nprint \"never\""])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "")
    #expect(kernel.tasks.living == 3)
  }

  @Test(arguments: ["close r4\nwrite r5 1", "close r4\nnonblock r5\nwrite r5 1"], [Components.tinyPipes, .baseline])
  func `a writer to a pipe without readers is ended by SIGPIPE`(source: String, components: Components) throws {
    var kernel = try machine(components: components, ["A": "pipe r4 r5\n\(source)\nprint \"never\""])
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.map(\.status) == [.signaled(.SIGPIPE)])
  }

  @Test func `a sleeping writer is ended when the last reader leaves`() throws {
    let program = """
      pipe r4 r5
      fork
      if r0 == 0 goto child
      close r5
      read r4 5
      close r4
      wait
      print r1
      exit
      child:
      close r4
      write r5 100
      """
    var kernel = try machine(cpus: 2, components: .tinyPipes, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "13")
  }

  @Test(arguments: [("read r4 1", "-11"), ("write r5 100\nwrite r5 1", "-11"), ("write r5 100", "16")])
  func `a nonblocking call that would block fails or comes up short`(source: String, result: String) throws {
    let program = "pipe r4 r5\nnonblock r4\nnonblock r5\n\(source)\nprint r0"
    var kernel = try machine(components: .tinyPipes, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }

  @Test func `parent and child share their open files, including the flags`() throws {
    let program = """
      pipe r4 r5
      fork
      if r0 == 0 goto child
      wait
      read r4 3
      print r0
      read r4 3
      print r0
      exit
      child:
      nonblock r4
      write r5 3
      """
    var kernel = try machine(components: .tinyPipes, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "3-11")
  }

  @Test func `ends are not mixed up`() throws {
    var kernel = try machine(["A": "pipe r4 r5\nread r5 1\nprint r0\nwrite r4 1\nprint r0\nread r4 -1\nprint r0"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "-9-9-14")
  }

  /// After 126 pipes, one descriptor is left; a second one is enough for another pipe.
  @Test(arguments: [0, 1])
  func `pipes that do not fit into the table of descriptors are not made`(closed: Int) throws {
    let program = """
      again:
      pipe r4 r5
      if r0 < 0 goto full
      add r2 1
      goto again
      full:
      print r0
      print " "
      print r2
      set r3 \(closed)
      if r3 == 0 goto end
      close 3
      pipe r4 r5
      print r0
      end:
      """
    var kernel = try machine(["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == (closed == 0 ? "-24 126" : "-24 1260"))
  }

  @Test(arguments: [1, 3], [Components.tinyPipes, .baseline])
  func `a chain of tasks passes every byte on`(cpus: Int, components: Components) throws {
    let program = """
      pipe r2 r3
      fork
      if r0 == 0 goto source
      close r3
      pipe r4 r5
      fork
      if r0 == 0 goto middle
      close r2
      close r5
      sink:
      read r4 7
      add r6 r0
      if r0 > 0 goto sink
      print r6
      exit
      middle:
      close r4
      pass:
      read r2 &bytes 5
      if r0 == 0 goto end
      write r5 &bytes r0
      goto pass
      source:
      close r2
      write r3 1000
      end:
      """
    var kernel = try machine(cpus: cpus, components: components, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "1000")
    #expect(kernel.tasks.living == 2)
  }

  @Test(arguments: [Components.tinyPipes, .baseline])
  func `what one task writes is what the other finds in its memory`(components: Components) throws {
    let program = """
      pipe r4 r5
      fork
      if r0 == 0 goto child
      close r5
      r6 = read r4 &line 5
      write 1 &line r6
      load byte r2 [line + 1]
      print r2
      exit
      child:
      write r5 "hello, world"
      """
    var kernel = try machine(components: components, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "hello101")
  }

  @Test(arguments: [
    ("pipe2 0", "-14"), ("pipe2 &ends 1", "-22"), ("pipe2 65536", "-14"), ("pipe2 &ends", "0"),
  ])
  func `a pipe is made only if its descriptors can be stored`(call: String, result: String) throws {
    var kernel = try machine(["A": "\(call)\nprint r0"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }

  @Test func `bytes stay in the pipe if the reader's buffer is not mapped`() throws {
    let program = """
      pipe r4 r5
      write r5 "abc"
      r2 = read r4 0 3
      print r2
      r2 = read r4 &line 3
      write 1 &line r2
      """
    var kernel = try machine(["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "-14abc")
  }
}
