// Memory: who may use which page frame.
//
// Physical memory is a row of page frames, numbered from 0, all of one size. The kernel hands them
// out in blocks: 2^order frames in a row, beginning at a multiple of their own number. That shape is
// the whole trick of the subsystem: a block of order k + 1 is exactly two blocks of order k, its
// halves are each other's *buddies*, and the number of the one follows from the number of the other
// by flipping bit k. Splitting and joining need no search.
//
// What always holds:
//
// * each frame is either in exactly one free block or in exactly one block that was handed out;
// * each block begins at a multiple of its size and lies inside memory;
// * no two free blocks are buddies: what could be joined has been joined. So the free blocks follow
//   from the blocks in use, whatever happened before.
//
// Where to read on:
//
// 1. `PageAllocator.swift`: the contract, which the buddy lab asks the reader to fulfil.
// 2. `FirstFit.swift`: the simplest allocator that fulfils all of it but one rule (it splits whatever
//    comes first, not what is smallest), and shows by its fragmentation why that rule is there.
//
// What a task sees of memory is another thing, and as yet no page frames lie below it:
//
// 3. `Segment.swift`: where texts, variables and the stack of a program are.
// 4. `MemoryMap.swift`: the variables and buffers of a process, which threads share and `fork` copies; `Width.swift`:
//    how many bytes a load or a store moves.
// 5. `Kernel+UserMemory.swift`: how system calls follow the pointers of their callers.

/// The size of a page frame, in bytes.
///
/// - Source: Linux, arch/x86/include/asm/page_types.h, `PAGE_SIZE`.
public let pageSize = 4096

/// The largest block is 2^10 frames: 4 MiB.
///
/// - Source: Linux, include/linux/mmzone.h, `MAX_PAGE_ORDER`.
public let maximumPageOrder = 10
