internal import CFiber

/// Lets the next trap end the whole process, where otherwise it would end only the code of one CPU.
///
/// It is for what is not behaviour of the code, such as a part that is not written yet.
package func letTheProcessDie() { cfiber_let_die() }
