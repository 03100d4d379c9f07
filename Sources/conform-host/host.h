// What the parts of the interpreter share: the scripts as they arrive, the log that leaves, and calls of the kernel
// without the C library, whose variables belong to a thread that tasks of a script do not have.
#pragma once

#include <stdatomic.h>
#include <stdint.h>

/// The file that the sandbox shows, with all scripts of a batch.
#define SCRIPTS "/box/scripts"
/// The log of the script that runs; a program that is executed finds it by this name.
#define LOG_FILE "/tmp/log"

/// The registers of the script machine, and the number of the stack pointer.
#define REGISTERS 9
#define STACK_POINTER 8
/// The words of a system call.
#define WORDS 6
/// The words of an instruction.
#define INSTRUCTION_WORDS 10
/// The most tasks that a script may start.
#define MAXIMUM_TASKS 2048
/// The slots of the log, of eight words each.
#define MAXIMUM_SLOTS 16384
#define SLOT_WORDS 8
/// What stands for the number of outputs in the record of a call that has begun.
#define ATTEMPT (-1)
/// The parts of memory that a call may fill.
#define MAXIMUM_OUTPUTS 4

/// What one instruction does; the order is that of `Instruction` in LabKernel.
enum operation {
  OPERATION_COMPUTE, OPERATION_SET, OPERATION_ARITHMETIC, OPERATION_LOAD, OPERATION_STORE, OPERATION_DIGITS,
  OPERATION_JUMP, OPERATION_BRANCH, OPERATION_SUBROUTINE, OPERATION_LEAVE, OPERATION_CALL,
  OPERATION_ABORT,
};

/// An instruction, as LabKernel writes it.
struct instruction {
  int64_t operation;
  /// A register that gets a result.
  int64_t result;
  /// The bits of the words that are numbers of registers.
  int64_t registers;
  /// Which arithmetic, width, comparison or system call.
  int64_t kind;
  int64_t words[WORDS];
};

/// A program of a script, as it lies in the file.
struct program {
  int64_t instruction_count, data_size, constant_count, futex_size;
  /// How many bytes of a path follow the constants; none for the first program.
  int64_t path_length;
  const struct instruction *instructions;
  const unsigned char *constants;
  const char *path;
};

/// Memory that a call fills: the address is word `word`; `size` bytes, or as many as the result says if that is 0.
struct output {
  int64_t word, size;
};

/// What is known about a system call by its number in LabKernel.
struct call {
  int64_t number, output_count;
  struct output outputs[MAXIMUM_OUTPUTS];
};

/// What the file says about all scripts.
struct header {
  int64_t magic, constants, data, futexes, frames_end, stack, stack_size, call_count, script_count, patience_milliseconds;
};

/// A task of a script, as it was created.
struct created {
  /// The task that created it, and how many it had created before.
  int64_t creator, number;
  /// What the creator calls it; 0 until that is known.
  _Atomic int64_t pid;
  /// The flags with which it was created.
  int64_t flags;
};

/// What the tasks of a script leave behind; all of them share it.
struct log {
  _Atomic int64_t task_count, slot_count;
  struct created tasks[MAXIMUM_TASKS];
  _Atomic int64_t slots[MAXIMUM_SLOTS][SLOT_WORDS];
};

/// A task while it executes a script.
struct machine {
  const struct program *program;
  int64_t counter;
  int64_t registers[REGISTERS];
  /// Its place in the log's table of tasks, and how many tasks it has created.
  int64_t task, children;
  /// The flags with which its next child is created in addition, after unshare.
  int64_t unshared;
};

extern struct header header;
extern struct call *calls;
extern struct log *script_log;
/// The programs of the script that runs.
extern struct program *programs;
extern int64_t program_count;

/// Carries out one system call of the host and returns what the kernel returns: a negative number for an error.
static inline int64_t host_call(
    int64_t number, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f) {
#if defined(__x86_64__)
  register int64_t r10 __asm__("r10") = d;
  register int64_t r8 __asm__("r8") = e;
  register int64_t r9 __asm__("r9") = f;
  int64_t result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
#else
  (void)number, (void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
  return -38;
#endif
}

/// The number that the host has for a call of LabKernel; -1 if it has none.
int64_t host_number(int64_t number);

/// What is known about a call; NULL for a number that LabKernel does not have.
const struct call *call_numbered(int64_t number);

/// Maps the segments of a program, and begins it.
void load(struct machine *machine, const struct program *program);

/// Executes a task to its end.
void run(struct machine *machine) __attribute__((noreturn));

/// Carries out a system call of a script, and logs it.
int64_t perform(struct machine *machine, int64_t number, const int64_t words[WORDS]);

/// Enters a task into the table of tasks; returns its place, or -1 if the table is full.
int64_t log_task(int64_t creator, int64_t number, int64_t flags);

/// Logs a call with its result and what it has left in memory.
void log_call(int64_t task, int64_t number, int64_t result, const int64_t words[WORDS]);

/// Logs a call that may end its caller before it returns.
void log_attempt(int64_t task, int64_t number);

/// Ends the interpreter, because of a fault of ours: the message is all that it can say.
void fail(const char *what) __attribute__((noreturn));
