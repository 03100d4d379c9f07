#ifndef CFIBER_H
#define CFIBER_H

#include <stddef.h>
#include <stdint.h>

/// A stack on which a function runs until it yields, to be resumed or abandoned.
typedef struct cfiber cfiber;

/// The function that a fiber runs; it must not return, but end by calling `cfiber_finish`.
typedef void (*cfiber_entry)(void *argument);

/// Why `cfiber_resume` returned.
enum cfiber_status {
  CFIBER_YIELDED = 0,
  /// The entry is done.
  CFIBER_FINISHED = 1,
  /// It used up its processor time without yielding.
  CFIBER_RUNAWAY = 2,
  /// It ran over the end of its stack.
  CFIBER_OVERFLOW = 3,
  /// A fatal signal: this plus its number.
  CFIBER_SIGNAL = 64,
};

/// Returns a fiber with a fresh stack of `size` bytes and guard pages below it, or NULL if there is no memory.
cfiber *cfiber_create(size_t size);
void cfiber_destroy(cfiber *fiber);

/// Begins again: whatever was on the stack is forgotten, not unwound.
void cfiber_prepare(cfiber *fiber, cfiber_entry entry, void *argument);

/// Runs the fiber until it yields, finishes or dies; returns an `enum cfiber_status`.
int cfiber_resume(cfiber *fiber);

/// Returns to the resumer of the running fiber.
void cfiber_yield(void);
void cfiber_finish(void) __attribute__((noreturn));

/// Stores where the code on a fiber that has yielded or died stands, and from where it was called: at most `most`
/// addresses from the innermost call outwards, counted from the start of the program.
///
/// Returns how many; 0 if frames cannot be followed.
size_t cfiber_addresses(const cfiber *fiber, uint32_t *to, size_t most);
/// Returns a hash of everything that a fiber that has yielded keeps on its stack, including its registers: if the hash
/// is the same again, so is the stack. If stacks cannot be inspected, returns a number that never recurs.
uint64_t cfiber_fingerprint(const cfiber *fiber);

/// Returns the word that the running fiber was prepared with, or NULL outside every fiber.
void *cfiber_argument(void);

/// Returns the end of the running fiber's stack, above everything on it; NULL outside every fiber.
void *cfiber_stack_end(void);

/// A word that belongs to the thread, for use outside every fiber.
void *cfiber_stage(void);
void cfiber_set_stage(void *stage);

/// Between these two calls, a trap, a stack overflow or an endless loop in a fiber ends only that fiber.
///
/// A fiber that uses `milliseconds` of processor time without a yield is a runaway, give or take a third.
void cfiber_guard_begin(int milliseconds);
void cfiber_guard_end(void);

/// Lets the next trap end the process, not just the fiber.
void cfiber_let_die(void);

/// Whether the Swift runtime has the two functions that keep the exclusive accesses of fibers apart.
int cfiber_swaps_exclusivity(void);

#endif
