import LabKernel
import Testing

@Suite struct SharedTableTests {
  @Test func `a row exists until its last user is gone`() {
    var table = SharedTable<String>()
    let row = table.insert("a")
    table.retain(row)
    #expect(table.users(of: row) == 2)
    let first = table.release(row)
    #expect(first == nil)
    #expect(table[row] == "a")
    let last = table.release(row)
    #expect(last == "a")
    #expect(table.used.isEmpty)
  }

  @Test func `a copy is a row of its own`() {
    var table = SharedTable<[Int]>()
    let row = table.insert([1])
    table.retain(row)
    let copy = table.copy(row)
    table[copy]?.append(2)
    #expect([table[row], table[copy]] == [[1], [1, 2]])
    #expect([table.users(of: row), table.users(of: copy)] == [2, 1])
    #expect(table.used.map(\.handle) == [row, copy])
  }

  @Test func `a row that is used again has one user`() {
    var table = SharedTable<Int>()
    let row = table.insert(1)
    table.retain(row)
    table.release(row)
    table.release(row)
    #expect(table.insert(2) == row)
    #expect(table.users(of: row) == 1)
  }
}
