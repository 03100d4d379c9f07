import LabKernel
import Testing

@Suite struct KernelTreeTests {
  /// What a task prints after `program`, which leaves its result in r0.
  private func result(of program: String) throws -> String {
    var kernel = try machine(["A": program + "\nprint r0"])
    #expect(kernel.runChecked() == [])
    return kernel.console.text
  }

  @Test(arguments: [
    ("open \"/tmp/f\" O_RDONLY", "-2"), ("open \"\" O_RDONLY", "-2"), ("open \"/none/f\" O_CREAT 0o644", "-2"),
    ("open \"/tmp/f\" O_WRONLY|O_CREAT 0o644", "3"), ("open \"/dev/null/f\" O_RDONLY", "-20"),
    ("open \"/tmp/f\" O_CREAT 0o644\nopen \"/tmp/f\" O_CREAT|O_EXCL 0o644", "-17"),
    ("open \"/tmp\" O_WRONLY", "-21"), ("open \"/tmp\" O_RDONLY", "3"), ("open \"/tmp/\" O_CREAT 0o644", "-21"),
    ("open \"/tmp\" O_CREAT 0o644", "-21"), ("open \"/dev/null\" O_RDONLY|O_DIRECTORY", "-20"),
    ("open \"/dev/null/\" O_RDONLY", "-20"), ("open \"/tmp/d\" O_CREAT|O_DIRECTORY 0o644", "-22"),
    ("open \"/tmp\" 3", "-21"), ("open \"/dev/zero\" 3\nread r0 1", "-9"),
    ("open \"/dev/zero\" 3\nwrite r0 \"x\"", "-9"), ("open 4 O_RDONLY", "-14"), ("openat 9 \"f\" O_RDONLY", "-9"),
    ("openat 9 \"/dev/null\" O_RDONLY", "3"), ("openat 1 \"f\" O_RDONLY", "-20"),
    ("r4 = open \"/tmp\" O_RDONLY\nopenat r4 \"f\" O_RDWR|O_CREAT 0o600\nopen \"/tmp/f\" O_RDONLY", "5"),
    ("open \"/../bin/./../tmp/./f\" O_CREAT 0o644\nopen \"/tmp/f\" O_RDONLY", "4"),
    ("open \"/proc\" O_RDONLY\nopenat r0 \"self\" O_RDONLY", "-2"),
    ("open \"/proc\" O_RDONLY\nopenat r0 \"f\" O_CREAT 0o644", "-2"),
    ("open \"/proc/self\" O_RDONLY\nopenat r0 \"../dev/null\" O_RDONLY", "4"),
    ("open \"/proc/f\" O_CREAT 0o644", "-2"), ("open \"/proc/2/stat\" O_WRONLY\nwrite r0 \"x\"", "-22"),
    ("open \"/proc/99\" O_RDONLY", "-2"), ("open \"/proc/2/none\" O_RDONLY", "-2"),
    ("open \"/proc/self/../2/../../proc/1/stat\" O_RDONLY", "3"), ("open \"/proc/2/stat/x\" O_RDONLY", "-20"),
    ("open \"/tmp/f\" O_RDONLY|O_CREAT|O_CLOEXEC 0o644\nfcntl r0 F_GETFD", "1"),
    ("open \"/tmp/f\" O_RDWR|O_CREAT|O_EXCL|O_APPEND 0o644\nfcntl r0 F_GETFL", "33794"),
    ("open \"/dev/null\" O_RDONLY\nwrite r0 \"x\"", "-9"), ("open \"/dev/null\" O_WRONLY\nread r0 1", "-9"),
    ("open \"/dev/null\" O_RDWR\nwrite r0 \"four\"", "4"), ("open \"/dev/null\" O_RDWR\nread r0 1", "0"),
    ("set r3 7\nstore r3 [x]\nopen \"/dev/zero\" O_RDWR\nread r0 &x 8\nload r0 [x]", "0"),
    ("open \"/dev/zero\" O_RDONLY\nlseek r0 5 SEEK_SET", "0"), ("open \"/dev/tty\" O_RDWR\nlseek r0 5 SEEK_SET", "-29"),
    ("open \"/tmp\" O_RDONLY\nread r0 1", "-21"),
  ])
  func `opening behaves as in Linux`(program: String, expected: String) throws {
    #expect(try result(of: program) == expected)
  }

  @Test(arguments: [
    ("mkdirat AT_FDCWD \"/tmp/d\" 0o777", "0"), ("mkdirat AT_FDCWD \"/tmp\" 0o777", "-17"),
    ("mkdirat AT_FDCWD \"/\" 0o777", "-17"), ("mkdirat AT_FDCWD \"/tmp/d/e\" 0o777", "-2"),
    ("mkdirat AT_FDCWD \"/proc/d\" 0o777", "-2"), ("mkdirat AT_FDCWD \"/tmp/d/\" 0o777", "0"),
    ("unlink \"/tmp/f\"", "-2"), ("unlink \"/tmp\"", "-21"), ("unlink \"/dev/null/\"", "-20"),
    ("unlinkat AT_FDCWD \"/dev/null\" AT_REMOVEDIR", "-20"), ("unlinkat AT_FDCWD \"/dev\" AT_REMOVEDIR", "-39"),
    ("unlinkat AT_FDCWD \"/tmp\" AT_REMOVEDIR", "0"), ("unlinkat AT_FDCWD \"/proc\" AT_REMOVEDIR", "-16"),
    ("unlinkat AT_FDCWD \"/\" AT_REMOVEDIR", "-16"), ("unlinkat AT_FDCWD \"/tmp/.\" AT_REMOVEDIR", "-22"),
    ("unlinkat AT_FDCWD \"/tmp/..\" AT_REMOVEDIR", "-39"), ("unlink \"/tmp/.\"", "-21"), ("unlink \"/proc/2\"", "-1"),
    ("unlinkat AT_FDCWD \"/tmp\" 1", "-22"),
    ("faccessat AT_FDCWD \"/dev/null\" R_OK|W_OK", "0"), ("faccessat AT_FDCWD \"/dev/null\" X_OK", "-13"),
    ("faccessat AT_FDCWD \"/dev\" X_OK", "0"), ("faccessat AT_FDCWD \"/dev\" 8", "-22"),
    ("faccessat AT_FDCWD \"/none\" F_OK", "-2"),
    ("chdir \"/none\"", "-2"), ("chdir \"/dev/null\"", "-20"), ("chdir \"/tmp\"\nopen \"f\" O_CREAT 0o644", "3"),
    ("getcwd &place 1", "-34"), ("getcwd &place 2", "2"), ("chdir \"/tmp\"\ngetcwd &place 100", "5"),
    ("chdir \"/proc/2\"\ngetcwd &place 100", "8"),
    ("chdir \"/tmp\"\nunlinkat AT_FDCWD \"/tmp\" AT_REMOVEDIR\ngetcwd &place 100", "-2"),
    ("chdir \"/tmp\"\nunlinkat AT_FDCWD \"/tmp\" AT_REMOVEDIR\nopen \"f\" O_CREAT 0o644", "-2"),
    (
      "mkdirat AT_FDCWD \"/tmp/d\" 0o755\nchdir \"/tmp/d\"\nunlinkat AT_FDCWD \"/tmp/d\" AT_REMOVEDIR\n"
        + "unlinkat AT_FDCWD \"/tmp\" AT_REMOVEDIR\nopen \"../dev/null\" O_RDONLY", "3"
    ),
    ("umask 0o77", "18"), ("umask 0o1077\numask 0", "63"),
    ("ftruncate 1 0", "-22"), ("ftruncate 9 0", "-9"), ("ftruncate 9 -1", "-22"),
    ("open \"/tmp/f\" O_RDWR|O_CREAT 0o644\nset r4 r0\nftruncate r4 9\nlseek r4 0 SEEK_END", "9"),
    ("open \"/tmp/f\" O_RDONLY|O_CREAT 0o644\nftruncate r0 9", "-22"),
    ("open \"/tmp/f\" O_RDWR|O_CREAT 0o644\nftruncate r0 99999999", "-27"),
    ("fsync 1", "-22"), ("fsync 9", "-9"), ("open \"/tmp\" O_RDONLY\nfsync r0", "0"),
    ("getdents64 1 &names 100", "-20"), ("open \"/tmp\" O_RDONLY\ngetdents64 r0 &names 10", "-22"),
    ("fstat 9 &status", "-9"), ("newfstatat AT_FDCWD \"/none\" &status", "-2"),
  ])
  func `names and directories behave as in Linux`(program: String, expected: String) throws {
    #expect(try result(of: "space place 100\nspace names 100\nspace status 128\n" + program) == expected)
  }

  @Test(arguments: [
    ("lseek r4 1 SEEK_SET\nr6 = read r4 &text 3", "bcd"), ("lseek r4 -2 SEEK_END\nr6 = read r4 &text 9", "ef"),
    ("lseek r4 1 SEEK_SET\nlseek r4 2 SEEK_CUR\nr6 = read r4 &text 9", "def"),
    ("lseek r4 100 SEEK_SET\nr6 = read r4 &text 9", ""), ("lseek r4 -1 SEEK_SET\nr6 = read r4 &text 9", ""),
    ("lseek r4 1 SEEK_SET\nwrite r4 \"XY\"\nlseek r4 0 SEEK_SET\nr6 = read r4 &text 9", "aXYdef"),
    ("fcntl r4 F_SETFL O_APPEND\nlseek r4 0 SEEK_SET\nwrite r4 \"g\"\nlseek r4 5 SEEK_SET\nr6 = read r4 &text 9", "fg"),
    ("r5 = open \"/tmp/f\" O_RDONLY\nr6 = read r5 &text 2", "ab"),
    ("r5 = open \"/tmp/f\" O_WRONLY|O_TRUNC\nlseek r4 0 SEEK_SET\nr6 = read r4 &text 2", ""),
    ("r5 = dup r4\nlseek r5 2 SEEK_SET\nr6 = read r4 &text 2", "cd"),
    ("unlink \"/tmp/f\"\nlseek r4 3 SEEK_SET\nr6 = read r4 &text 9", "def"),
    ("lseek r4 7 SEEK_SET\nwrite r4 \"h\"\nlseek r4 5 SEEK_SET\nr6 = read r4 &text 9", "f\0h"),
  ])
  func `an open file has an offset, and its bytes`(program: String, expected: String) throws {
    let source = """
      r4 = open "/tmp/f" O_RDWR|O_CREAT 0o644
      write r4 "abcdef"
      space text 100
      \(program)
      write 1 &text r6
      """
    var kernel = try machine(["A": source])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == expected)
  }

  @Test func `parent and child share the offset, and two opens do not`() throws {
    let program = """
      r4 = open "/tmp/f" O_RDWR|O_CREAT 0o644
      r5 = open "/tmp/f" O_RDWR
      fork
      if r0 == 0 goto child
      wait
      write r4 "parent"
      write r5 "C"
      lseek r5 0 SEEK_SET
      r6 = read r5 &text 80
      write 1 &text r6
      exit
      child: write r4 "child "
      """
    var kernel = try machine(["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "Child parent")
  }

  @Test func `a new file has the permissions that the umask leaves, and a child its parent's directory and umask`()
    throws
  {
    let program = """
      space status 128
      umask 0o27
      chdir "/tmp"
      fork
      if r0 == 0 goto child
      wait
      umask 0
      newfstatat AT_FDCWD "f" &status
      load int r1 [status + 16]
      print r1
      exit
      child:
      open "f" O_CREAT 0o666
      umask 0
      chdir "/"
      """
    var kernel = try machine(["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == String(0o100640))
  }

  @Test(arguments: [("CLONE_FS|SIGCHLD", "7 -2"), ("SIGCHLD", "18 3")])
  func `with CLONE_FS, parent and child have one umask and one working directory`(flags: String, result: String) throws
  {
    let program = """
      chdir "/dev"
      clone \(flags)
      if r0 == 0 goto child
      wait
      umask 0
      print r0
      print " "
      open "null" O_RDONLY
      print r0
      exit
      child:
      umask 7
      chdir "/"
      """
    var kernel = try machine(["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == result)
  }

  @Test(arguments: [
    ("newfstatat AT_FDCWD \"/tmp\" &status", "41777 2 0"), ("newfstatat AT_FDCWD \"/\" &status", "40755 6 0"),
    ("newfstatat AT_FDCWD \"/dev/null\" &status", "20666 1 0"), ("fstat 1 &status", "20600 1 0"),
    ("pipe r4 r5\nfstat r4 &status", "10600 1 0"),
    ("r4 = open \"/tmp/f\" O_WRONLY|O_CREAT 0o666\nwrite r4 \"abc\"\nfstat r4 &status", "100644 1 3"),
    ("r4 = open \"/proc/self/comm\" O_RDONLY\nfstat r4 &status", "100444 0 2"),
  ])
  func `stat tells kind, permissions, names and size`(program: String, expected: String) throws {
    let source = """
      space status 128
      \(program)
      load int r1 [status + 16]
      load int r2 [status + 20]
      load r3 [status + 48]
      print r1
      print " "
      print r2
      print " "
      print r3
      """
    var kernel = try machine(["A": source])
    #expect(kernel.runChecked() == [])
    let words = kernel.console.text.split(separator: " ")
    let mode = try #require(Int(words[0]))
    #expect(([String(mode, radix: 8)] + words.dropFirst().map { String($0) }).joined(separator: " ") == expected)
  }

  @Test func `a process shows its state, parent and times in proc`() throws {
    let program = """
      space text 500
      fork
      if r0 == 0 goto child
      compute 25ms
      r4 = open "/proc/3/stat" O_RDONLY
      r6 = read r4 &text 500
      write 1 &text r6
      r4 = open "/proc/self/status" O_RDONLY
      r6 = read r4 &text 500
      write 1 &text r6
      exit
      child: exit 3
      """
    var kernel = try machine(["A": program])
    #expect(kernel.runChecked() == [])
    let zeros = { (count: Int) in String(repeating: " 0", count: count) }
    let empty = ["SigPnd", "ShdPnd", "SigBlk", "SigIgn", "SigCgt"].map {
      "\($0):\t\(String(repeating: "0", count: 16))\n"
    }
    #expect(
      kernel.console.text == "3 (A) Z 2 2 2 0 -1" + zeros(9) + " 20 0 1 0 0" + zeros(15) + " 17 0 0 0" + zeros(10)
        + " 768\n" + "Name:\tA\nUmask:\t0022\nState:\tR (running)\nTgid:\t2\nPid:\t2\nPPid:\t1\n"
        + "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nFDSize:\t64\nThreads:\t1\n" + empty.joined())
  }

  @Test(arguments: [
    ("open \"/etc/secret\" O_RDONLY", "-13"), ("open \"/etc/open\" O_RDONLY", "3"),
    ("open \"/etc/open\" O_WRONLY", "-13"),
    ("open \"/etc/new\" O_CREAT 0o644", "-13"), ("open \"/tmp/new\" O_RDWR|O_CREAT 0o200", "3"),
    ("open \"/tmp/new\" O_CREAT 0o200\nopen \"/tmp/new\" O_RDONLY", "-13"), ("unlink \"/tmp/roots\"", "-1"),
    ("open \"/tmp/new\" O_CREAT 0o200\nunlink \"/tmp/new\"", "0"), ("unlink \"/etc/open\"", "-13"),
    ("mkdirat AT_FDCWD \"/tmp/d\" 0\nopen \"/tmp/d/f\" O_RDONLY", "-13"),
    ("open \"/proc/2/stat\" O_WRONLY", "-13"), ("faccessat AT_FDCWD \"/etc/secret\" F_OK", "0"),
    ("exec \"/etc/open\"", "-13"),
  ])
  func `a task that is not root's may do what modes allow`(program: String, expected: String) throws {
    var kernel = try machine(["A": "setuid 5\n" + program + "\nprint r0"])
    try kernel.addFile("/etc/secret", [1], mode: 0o600)
    try kernel.addFile("/etc/open", [1], mode: 0o644)
    try kernel.addFile("/tmp/roots", [1], mode: 0o666)
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == expected)
  }
}
