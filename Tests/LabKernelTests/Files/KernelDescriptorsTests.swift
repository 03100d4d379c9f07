import LabKernel
import Testing

@Suite struct KernelDescriptorsTests {
  /// What a task prints after `program`, which leaves its result in r0.
  private func result(of program: String) throws -> String {
    var kernel = try machine(["A": program + "\nprint r0"])
    #expect(kernel.runChecked() == [])
    return kernel.console.text
  }

  @Test(arguments: [
    ("dup 1", "3"), ("dup 3", "-9"), ("dup -1", "-9"), ("close 0\ndup 1", "0"),
    ("dup3 1 7", "7"), ("dup3 1 1", "-22"), ("dup3 9 9", "-22"), ("dup3 9 4", "-9"), ("dup3 1 256", "-9"),
    ("dup3 1 255", "255"), ("dup3 1 -1", "-9"), ("dup3 1 4 O_NONBLOCK", "-22"), ("dup2 1 5", "5"),
    ("dup3 1 4 O_CLOEXEC\nfcntl 4 F_GETFD", "1"), ("dup3 1 4 O_CLOEXEC\ndup 4\nfcntl r0 F_GETFD", "0"),
    ("fcntl 1 F_DUPFD 10", "10"), ("fcntl 1 F_DUPFD 0", "3"), ("fcntl 1 F_DUPFD 256", "-22"),
    ("fcntl 1 F_DUPFD -1", "-22"), ("fcntl 9 F_DUPFD 0", "-9"),
    ("fcntl 1 F_DUPFD 255\nfcntl 1 F_DUPFD 255", "-24"), ("fcntl 1 F_DUPFD_CLOEXEC 4\nfcntl r0 F_GETFD", "1"),
    ("fcntl 1 F_GETFD", "0"), ("fcntl 1 F_SETFD FD_CLOEXEC\nfcntl 1 F_GETFD", "1"),
    ("fcntl 1 F_SETFD 2\nfcntl 1 F_GETFD", "0"), ("fcntl 1 99", "-22"), ("fcntl 9 99", "-9"),
    ("pipe r4 r5\nfcntl r4 F_GETFL", "0"), ("pipe r4 r5\nfcntl r5 F_GETFL", "1"),
    ("fcntl 0 F_GETFL", "32770"),
    ("pipe r4 r5\nfcntl r5 F_SETFL O_NONBLOCK|O_APPEND|O_CREAT|O_RDWR\nfcntl r5 F_GETFL", "3073"),
    ("pipe2 &ends O_CLOEXEC\nload int r4 [ends + 4]\nfcntl r4 F_GETFD", "1"),
    ("pipe2 &ends O_NONBLOCK\nload int r4 [ends]\nread r4 10", "-11"),
    ("pipe2 &ends O_APPEND", "-22"),
  ])
  func `descriptors behave as in Linux`(program: String, expected: String) throws {
    #expect(try result(of: program) == expected)
  }

  @Test(arguments: [
    ("lseek 9 0 SEEK_SET", "-9"), ("lseek 1 0 SEEK_CUR", "-29"), ("lseek 1 0 7", "-22"),
    ("pipe r4 r5\nlseek r4 0 SEEK_SET", "-29"),
  ])
  func `what has no offset cannot be sought`(program: String, expected: String) throws {
    #expect(try result(of: program) == expected)
  }

  @Test func `output goes where descriptor 1 leads`() throws {
    let program = """
      pipe r4 r5
      dup 1
      set r6 r0
      dup2 r5 1
      print "into the pipe"
      dup2 r6 1
      r2 = read r4 &line 80
      print "then: "
      write 1 &line r2
      """
    var kernel = try machine(["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "then: into the pipe")
  }

  @Test func `a description's flags are shared by duplicates and across fork, and a pipe ends with its last name`()
    throws
  {
    let program = """
      pipe r4 r5
      dup r5
      set r6 r0
      fork
      if r0 == 0 goto child
      close r5
      wait
      fcntl r6 F_GETFL
      print r0
      close r6
      r7 = read r4 10
      print " "
      print r7
      exit
      child:
      nonblock r5
      """
    var kernel = try machine(["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "2049 0")
  }

  @Test func `dup3 closes what the second descriptor named`() throws {
    let program = """
      pipe r4 r5
      dup3 1 r5
      read r4 10
      print r0
      """
    var kernel = try machine(["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "0")
  }

  @Test(arguments: [("0o644", "420"), ("0x10", "16"), ("O_CREAT|O_WRONLY", "65"), ("-EBADF", "-9")])
  func `numbers may be octal, hexadecimal, or flags`(number: String, expected: String) throws {
    #expect(try result(of: "set r0 \(number)") == expected)
  }
}
