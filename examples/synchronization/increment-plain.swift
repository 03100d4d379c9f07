// Two CPUs add one to a count in plain memory.
import Interleave

let count = SharedCell(0)

cpu { count.write(count.read() + 1) }

cpu { count.write(count.read() + 1) }
