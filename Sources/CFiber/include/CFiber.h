#ifndef CFIBER_H
#define CFIBER_H

#include <stddef.h>
#include <stdint.h>

/// One stack on which a function runs until it yields, and can be resumed or given up.
typedef struct cfiber cfiber;

/// What a fiber runs; it is never asked to return: it ends by `cfiber_finish`.
typedef void (*cfiber_entry)(void *argument);

/// Why `cfiber_resume` came back.
enum cfiber_status {
  CFIBER_YIELDED = 0,
  /// The entry is through.
  CFIBER_FINISHED = 1,
  /// It used up its processor time without yielding.
  CFIBER_RUNAWAY = 2,
  /// It ran over the end of its stack.
  CFIBER_OVERFLOW = 3,
  /// A fatal signal: this plus its number.
  CFIBER_SIGNAL = 64,
};

/// A fiber with a fresh stack of `size` bytes and a guard page below it, or NULL where there is no memory.
cfiber *cfiber_create(size_t size);
void cfiber_destroy(cfiber *fiber);

/// Begins anew: whatever stood on the stack is forgotten, not unwound.
void cfiber_prepare(cfiber *fiber, cfiber_entry entry, void *argument);

/// Runs the fiber until it yields, finishes or dies; an `enum cfiber_status`.
int cfiber_resume(cfiber *fiber);

/// Goes back to whoever resumed the fiber that is running.
void cfiber_yield(void);
void cfiber_finish(void) __attribute__((noreturn));

/// Where the code on a fiber stands that has yielded or died, and from where it was called: at most `most` addresses from
/// the innermost call outwards, counted from the start of the program.
///
/// Returns how many; 0 where frames cannot be followed.
size_t cfiber_addresses(const cfiber *fiber, uint32_t *to, size_t most);
/// A number made of all that a fiber that has yielded keeps on its stack, its registers included: where it is the same
/// again, so is all that the fiber has there. Where stacks cannot be looked into, a number that never comes again.
uint64_t cfiber_fingerprint(const cfiber *fiber);

/// The word that the running fiber was prepared with, or NULL outside of every fiber.
void *cfiber_argument(void);

/// Where the stack of the running fiber ends, above all that is on it; NULL outside of every fiber.
void *cfiber_stack_end(void);

/// A word of the thread's own, for what runs outside of every fiber.
void *cfiber_stage(void);
void cfiber_set_stage(void *stage);

/// Between these two, a trap, an overrun stack or an endless loop in a fiber ends that fiber alone.
///
/// `milliseconds` of processor time without a yield make a runaway, give or take a third.
void cfiber_guard_begin(int milliseconds);
void cfiber_guard_end(void);

/// The trap that follows is meant for the process, not for the fiber.
void cfiber_let_die(void);

/// Whether the Swift runtime has the two functions that keep the fibers' exclusive accesses apart.
int cfiber_swaps_exclusivity(void);

#endif
