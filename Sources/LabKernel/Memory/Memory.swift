// Memory: which page frames are free, and which are in use.
//
// Physical memory is a row of page frames, numbered from 0, all of one size. The kernel hands them out in blocks:
// 2^order contiguous frames, beginning at a multiple of that number. That shape is the whole trick of the subsystem: a
// block of order k + 1 is exactly two blocks of order k, its halves are each other's *buddies*, and flipping bit k
// turns the number of either into the number of the other. Splitting and coalescing need no search.
//
// What always holds:
//
// * each frame is either in exactly one free block or in exactly one block that was handed out;
// * each block begins at a multiple of its size and lies inside memory;
// * no two free blocks are buddies: what can be coalesced has been coalesced. So the free blocks follow from the blocks
//   in use, whatever happened before.
//
// Read in this order:
//
// 1. `PageAllocator.swift`: the contract, which the buddy lab asks the reader to fulfil.
// 2. `FirstFit.swift`: the simplest allocator that fulfils all of it except one rule (it splits the first block that
//    fits, not the smallest), and whose fragmentation shows why that rule is there.
//
// What a task sees of memory is another matter, and as yet no page frames back it:
//
// 3. `Segment.swift`: where texts, variables and the stack of a program are.
// 4. `MemoryMap.swift`: the variables and buffers of a process, which threads share and `fork` copies; `Width.swift`:
//    how many bytes a load or a store moves.
// 5. `Kernel+UserMemory.swift`: how system calls follow the pointers of their callers.

/// The memory of a machine: its page frames, and what its processes see.
///
/// Invariant: a memory map exists for as long as a task uses it, or a number under which tasks share it.
package struct Memory: Sendable {
  /// The component that hands out page frames.
  package internal(set) var pageAllocator: any PageAllocator
  /// What each process sees.
  var maps = SharedTable<MemoryMap>()
  /// The maps that tasks started from outside share, by the number that those tasks name.
  private var shared: [Int: MemoryMapID] = [:]

  /// A memory whose page frames this component hands out, without processes.
  init(_ pageAllocator: any PageAllocator) { self.pageAllocator = pageAllocator }

  /// Makes a map with one user; `none` for a process that has no data.
  ///
  /// - Parameter frames: how many bytes are kept for what `sp` leads to, a multiple of 8.
  mutating func map(bytes: Int, frames: Int = 0) -> MemoryMapID {
    bytes + frames == 0 ? .none : maps.insert(MemoryMap(bytes: bytes, frames: frames))
  }

  /// Returns the map that tasks with this number share, which remains when the last of them has ended.
  ///
  /// - Parameter bytes: its size, if it does not exist yet.
  mutating func share(_ number: Int, bytes: Int) -> MemoryMapID {
    if let known = shared[number] { return maps.retain(known) }
    let new = maps.insert(MemoryMap(bytes: bytes))
    maps.retain(new)
    shared[number] = new
    return new
  }

  /// Copies a map for a child.
  mutating func copy(_ map: MemoryMapID) -> MemoryMapID { map == .none ? .none : maps.copy(map) }

  /// Removes one user of a map.
  mutating func release(_ map: MemoryMapID) {
    if map != .none { maps.release(map) }
  }

  /// The word at an address of the map that tasks started from outside share.
  func loadShared(at address: Int) -> Int? { shared[0].flatMap { maps[$0]?.load(.word, at: address) } }

  /// Adds what a task finds in its own map, or which map it shares, to `digest`.
  func digest(_ map: MemoryMapID, into digest: inout StateDigest) {
    guard map != .none else { return }
    let isShared = isShared(map)
    digest.combine(isShared ? map.index : -1)
    if !isShared { maps[map]?.digest(into: &digest) }
  }

  /// Adds what is in every map that tasks share to `digest`.
  func addShared(to digest: inout StateDigest) {
    for row in maps.indices where maps.users(of: Handle(row)) > 1 { addShared(Handle(row), to: &digest) }
  }

  /// Adds what is in one map to `digest`, if tasks share it.
  func addShared(_ map: MemoryMapID, to digest: inout StateDigest) {
    guard map != .none, isShared(map) else { return }
    var part = StateDigest()
    part.combine(map.index)
    maps[map]?.digest(into: &part)
    digest.insert(part.finished)
  }

  /// Whether other tasks may load from a map and store to it; so it is for a map with a number under which tasks share
  /// it, also when only one is left.
  func isShared(_ map: MemoryMapID) -> Bool { maps.users(of: map) > 1 }

  /// The rules that are broken, in sentences.
  ///
  /// - Parameter users: the map of each task that has one.
  func brokenInvariants(users: [MemoryMapID]) -> [String] {
    let counts = (users + shared.values).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let isRight = maps.used.allSatisfy { counts[$0.handle] == maps.users(of: $0.handle) }
    return isRight ? [] : ["a memory map is used by more or fewer tasks than it counts"]
  }
}

/// The size of a page frame, in bytes.
///
/// - Source: Linux, arch/x86/include/asm/page_types.h, `PAGE_SIZE`.
public let pageSize = 4096

/// The order of the largest block: 2^10 frames, 4 MiB.
///
/// - Source: Linux, include/linux/mmzone.h, `MAX_PAGE_ORDER`.
public let maximumPageOrder = 10
