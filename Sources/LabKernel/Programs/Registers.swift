/// The registers of the script machine: r0 … r7, and the stack pointer.
///
/// Fields instead of an array, so that a task remains a row of plain numbers.
package struct Registers: Sendable, Equatable {
  /// How many there are.
  package static let count = 9
  private var low = SIMD4<Int64>()
  private var high = SIMD4<Int64>()
  private var stackPointer: Int64 = 0

  /// All zero.
  package init() {}

  /// What a register holds.
  package subscript(_ register: Register) -> Int {
    get {
      let number = Int(register.number)
      if number == 8 { return Int(stackPointer) }
      return Int(number < 4 ? low[number] : high[number - 4])
    }
    set {
      let number = Int(register.number)
      if number == 8 {
        stackPointer = Int64(newValue)
      } else if number < 4 {
        low[number] = Int64(newValue)
      } else {
        high[number - 4] = Int64(newValue)
      }
    }
  }
}
