import Testing

@Suite struct CodeMaskTests {
  @Test(arguments: [
    ("let a = 1 // try!", "let a = 1        "),
    ("let a = \"try!\"", "let a = \"    \""),
    ("let a = \"x\\(b ? \"y\" : c)z\"", "let a = \" \\(b ? \" \" : c) \""),
    ("let a = \"\\\"try!\"", "let a = \"      \""),
    ("let a = #\"try!\"\"#", "let a = #\"     \"#"),
    ("a /* b /* c */ d */ e", "a                   e"),
    ("let a = \"\"\"\n  try! \"x\"\n  \"\"\"", "let a = \"\"\"\n          \n  \"\"\""),
  ])
  func `only code is left`(source: String, code: String) {
    #expect(CodeMask.lines(source).joined(separator: "\n") == code)
  }
}
