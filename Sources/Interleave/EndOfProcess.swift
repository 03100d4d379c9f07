internal import CFiber

/// Has the trap that comes next end the whole process, where else it would end the code of one CPU alone.
///
/// For what is no behaviour of the code, such as that it is not written yet.
package func letTheProcessDie() { cfiber_let_die() }
