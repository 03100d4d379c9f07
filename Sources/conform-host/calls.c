// The system calls of scripts, as calls of the host: by name, because numbers differ between architectures, and so does
// the order of the words of clone.
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "host.h"

/// The interpreter's own stack in a task that shares its creator's memory.
#define STACK_BYTES 65536

/// The numbers of LabKernel, which are those of RISC-V and arm64, and those of this host.
static const struct {
  int64_t number, host;
} numbers[] = {
    {17, SYS_getcwd}, {23, SYS_dup}, {24, SYS_dup3}, {25, SYS_fcntl}, {29, SYS_ioctl}, {34, SYS_mkdirat},
    {35, SYS_unlinkat}, {48, SYS_faccessat}, {49, SYS_chdir}, {56, SYS_openat}, {57, SYS_close}, {59, SYS_pipe2},
    {61, SYS_getdents64}, {62, SYS_lseek}, {63, SYS_read}, {64, SYS_write}, {93, SYS_exit}, {94, SYS_exit_group},
    {95, SYS_waitid}, {96, SYS_set_tid_address}, {97, SYS_unshare}, {98, SYS_futex}, {101, SYS_nanosleep},
    {118, SYS_sched_setparam}, {119, SYS_sched_setscheduler}, {120, SYS_sched_getscheduler},
    {121, SYS_sched_getparam}, {122, SYS_sched_setaffinity}, {123, SYS_sched_getaffinity}, {124, SYS_sched_yield},
    {125, SYS_sched_get_priority_max}, {126, SYS_sched_get_priority_min}, {127, SYS_sched_rr_get_interval},
    {129, SYS_kill}, {130, SYS_tkill}, {131, SYS_tgkill}, {132, SYS_sigaltstack}, {133, SYS_rt_sigsuspend},
    {134, SYS_rt_sigaction}, {135, SYS_rt_sigprocmask}, {136, SYS_rt_sigpending}, {137, SYS_rt_sigtimedwait},
    {140, SYS_setpriority}, {144, SYS_setgid}, {146, SYS_setuid}, {141, SYS_getpriority}, {153, SYS_times},
    {154, SYS_setpgid}, {155, SYS_getpgid}, {156, SYS_getsid}, {157, SYS_setsid}, {165, SYS_getrusage},
    {166, SYS_umask}, {167, SYS_prctl}, {172, SYS_getpid}, {173, SYS_getppid}, {174, SYS_getuid}, {175, SYS_geteuid},
    {176, SYS_getgid}, {177, SYS_getegid}, {178, SYS_gettid}, {220, SYS_clone}, {221, SYS_execve}, {260, SYS_wait4},
};

#define CLONE_NUMBER 220
#define EXIT_NUMBER 93
#define EXIT_GROUP_NUMBER 94
#define WRITE_NUMBER 64
#define UNSHARE_NUMBER 97
#define KILL_NUMBER 129
#define TKILL_NUMBER 130
#define TGKILL_NUMBER 131
#define SIGACTION_NUMBER 134
#define SIGPROCMASK_NUMBER 135
#define SIGPENDING_NUMBER 136

int64_t host_number(int64_t number) {
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++)
    if (numbers[index].number == number) return numbers[index].host;
  return -1;
}

const struct call *call_numbered(int64_t number) {
  for (int64_t index = 0; index < header.call_count; index++)
    if (calls[index].number == number) return &calls[index];
  return NULL;
}

/// What a task that shares its creator's memory begins with.
static void begin(struct machine *machine) { run(machine); }

/// clone(2) with a stack of the interpreter's own, on which the new task finds its machine.
static int64_t clone_sharing(int64_t flags, struct machine *child, const int64_t words[WORDS]) {
#if defined(__x86_64__)
  int64_t stack = host_call(SYS_mmap, 0, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (stack < 0) return stack;
  struct machine *place = (struct machine *)(stack + STACK_BYTES - (int64_t)((sizeof *child + 63) & ~63ul));
  *place = *child;
  register int64_t r10 __asm__("r10") = words[4];
  register int64_t r8 __asm__("r8") = words[3];
  register struct machine *r12 __asm__("r12") = place;
  register void (*r13)(struct machine *) __asm__("r13") = begin;
  int64_t result;
  __asm__ volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\txor %%ebp, %%ebp\n\tmov %%r12, %%rdi\n\tcall *%%r13\n1:"
                   : "=a"(result)
                   : "a"((int64_t)SYS_clone), "D"(flags), "S"(place), "d"(words[2]), "r"(r10), "r"(r8), "r"(r12),
                     "r"(r13)
                   : "rcx", "r11", "memory");
  return result;
#else
  (void)flags, (void)child, (void)words;
  return -ENOSYS;
#endif
}

static int64_t clone_task(struct machine *machine, const int64_t words[WORDS]) {
  int64_t flags = words[0];
  int64_t task = log_task(machine->task, machine->children, flags | machine->unshared);
  if (task < 0) return -EAGAIN;
  struct machine child = *machine;
  child.task = task;
  child.children = 0;
  child.unshared = 0;
  child.registers[machine->program->instructions[machine->counter - 1].result] = 0;
  int64_t result = flags & CLONE_VM ? clone_sharing(flags, &child, words)
                                    : host_call(SYS_clone, flags, 0, words[2], words[4], words[3], 0);
  if (result == 0) {
    *machine = child;
    run(machine);
  }
  if (result > 0) {
    script_log->tasks[task].pid = result;
    machine->children++;
    machine->unshared = 0;
  }
  return result;
}

/// The words of a set of signals; scripts may leave out its size, which the C library always adds.
static int64_t set_size(int64_t word) { return word == 0 ? 8 : word; }

/// Whether `size` bytes at `address` are in a segment to which a script can store.
static int is_writable(const struct machine *machine, int64_t address, int64_t size) {
  int64_t data = address - header.data, stack = address - header.stack;
  return (data >= 0 && data + size <= machine->program->data_size)
         || (stack >= 0 && stack + size <= header.stack_size);
}

/// rt_sigaction(2), whose structure has a word more on this architecture. What is not mapped is left to the kernel.
static int64_t change_action(const struct machine *machine, const int64_t words[WORDS]) {
  struct {
    int64_t handler, flags, restorer, mask;
  } new = {0}, old = {0};
  int64_t *from = (int64_t *)(uintptr_t)words[1], *to = (int64_t *)(uintptr_t)words[2];
  int has_new = is_writable(machine, words[1], 24), has_old = is_writable(machine, words[2], 24);
  if (has_new) {
    new.handler = from[0];
    new.flags = from[1];
    new.mask = from[2];
  }
  int64_t result = host_call(
      SYS_rt_sigaction, words[0], has_new ? (int64_t)&new : words[1], has_old ? (int64_t)&old : words[2],
      set_size(words[3]), 0, 0);
  if (result == 0 && has_old) {
    to[0] = old.handler;
    to[1] = old.flags;
    to[2] = old.mask;
  }
  return result;
}

/// Carries out a call that returns, and is not clone.
static int64_t forward(struct machine *machine, int64_t number, const int64_t words[WORDS]) {
  int64_t host = host_number(number);
  if (host < 0) return -ENOSYS;
  if (number == SIGACTION_NUMBER) return change_action(machine, words);
  int64_t fourth = number == SIGPROCMASK_NUMBER ? set_size(words[3]) : words[3];
  int64_t second = number == SIGPENDING_NUMBER ? set_size(words[1]) : words[1];
  int64_t result = host_call(host, words[0], second, words[2], fourth, words[4], words[5]);
  if (number == UNSHARE_NUMBER && result == 0) machine->unshared = words[0];
  return result;
}

/// Whether a call may bring its caller a signal that ends it, so that it never returns.
static int may_be_last(int64_t number) {
  return number == KILL_NUMBER || number == TKILL_NUMBER || number == TGKILL_NUMBER || number == SIGPROCMASK_NUMBER
         || number == WRITE_NUMBER;
}

int64_t perform(struct machine *machine, int64_t number, const int64_t words[WORDS]) {
  // What never returns is logged before.
  if (number == EXIT_NUMBER || number == EXIT_GROUP_NUMBER) log_call(machine->task, number, words[0] & 0xFF, words);
  if (may_be_last(number)) log_attempt(machine->task, number);
  int64_t result = number == CLONE_NUMBER ? clone_task(machine, words) : forward(machine, number, words);
  log_call(machine->task, number, result, words);
  return result;
}
