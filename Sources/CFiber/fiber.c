// Stackful fibers: a switch of six registers in assembly where we have it, swapcontext elsewhere.
//
// Apart from the registers, two things belong to a stack and are swapped with it. The Swift runtime keeps the set of
// exclusive accesses under way as a list through the frames of the thread's stack; a `mutating` method that is
// suspended would otherwise corrupt the list of the next one. And while a fiber runs, fatal signals belong to it.
#define _GNU_SOURCE
#include "CFiber.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#ifdef __linux__
#include <ucontext.h>
#endif
#include <unistd.h>

#if !defined(__x86_64__) && !defined(__aarch64__)
#define CFIBER_PORTABLE 1
#include <ucontext.h>
#endif

struct cfiber {
  void *sp;
  char *stack;
  size_t size;
  size_t guard;
  cfiber_entry entry;
  void *argument;
  int status;
  /// The address at which it died, and its frame; 0 while it lives.
  uintptr_t death_place;
  uintptr_t death_frame;
  void *accesses[2];
#ifdef CFIBER_PORTABLE
  ucontext_t context;
#endif
};

static _Thread_local cfiber *running;
static _Thread_local void *stage;
static _Thread_local void *engine_sp;
static _Thread_local void *engine_accesses[2];
#ifdef CFIBER_PORTABLE
static _Thread_local ucontext_t engine_context;
#endif

// Functions of the Swift runtime, present since Swift 5.5.
extern void swift_task_enterThreadLocalContext(char *state) __attribute__((weak));
extern void swift_task_exitThreadLocalContext(char *state) __attribute__((weak));

int cfiber_swaps_exclusivity(void) {
  return swift_task_enterThreadLocalContext != NULL && swift_task_exitThreadLocalContext != NULL;
}

static void swap_accesses(void **from, void **to) {
  if (swift_task_exitThreadLocalContext == NULL) return;
  swift_task_exitThreadLocalContext((char *)from);
  swift_task_enterThreadLocalContext((char *)to);
}

// What depends on the processor: the switch, and the frame that a first switch returns into.
#if defined(__x86_64__)
void cfiber_switch(void **save, void *load);
void cfiber_trampoline(void);
__asm__(
    ".text\n"
    ".globl cfiber_switch\n"
    ".type cfiber_switch,@function\n"
    "cfiber_switch:\n"
    "  pushq %rbp\n  pushq %rbx\n  pushq %r12\n  pushq %r13\n  pushq %r14\n  pushq %r15\n"
    "  subq $8, %rsp\n  stmxcsr (%rsp)\n  fnstcw 4(%rsp)\n"
    "  movq %rsp, (%rdi)\n"
    "  movq %rsi, %rsp\n"
    "  ldmxcsr (%rsp)\n  fldcw 4(%rsp)\n  addq $8, %rsp\n"
    "  popq %r15\n  popq %r14\n  popq %r13\n  popq %r12\n  popq %rbx\n  popq %rbp\n"
    "  ret\n"
    ".size cfiber_switch,.-cfiber_switch\n"
    ".globl cfiber_trampoline\n"
    ".type cfiber_trampoline,@function\n"
    "cfiber_trampoline:\n"
    "  movq %r13, %rdi\n  callq *%r12\n  ud2\n"
    ".size cfiber_trampoline,.-cfiber_trampoline\n");

static void *first_frame(cfiber *fiber) {
  uint64_t *top = (uint64_t *)(fiber->stack + fiber->size);
  *--top = 0;  // keeps the callee's stack aligned
  *--top = 0;
  *--top = (uint64_t)cfiber_trampoline;
  *--top = 0;                          // rbp
  *--top = 0;                          // rbx
  *--top = (uint64_t)fiber->entry;     // r12
  *--top = (uint64_t)fiber->argument;  // r13
  *--top = 0;                          // r14
  *--top = 0;                          // r15
  *--top = 0x00001f80ULL | (0x037fULL << 32);
  return top;
}
#elif defined(__aarch64__)
void cfiber_switch(void **save, void *load);
void cfiber_trampoline(void);
#ifdef __APPLE__
#define SYMBOL(name) "_" name
#else
#define SYMBOL(name) name
#endif
__asm__(
    ".text\n"
    ".globl " SYMBOL("cfiber_switch") "\n"
    ".p2align 2\n"
    SYMBOL("cfiber_switch") ":\n"
    "  sub sp, sp, #176\n"
    "  stp x19, x20, [sp, #0]\n  stp x21, x22, [sp, #16]\n  stp x23, x24, [sp, #32]\n"
    "  stp x25, x26, [sp, #48]\n  stp x27, x28, [sp, #64]\n  stp x29, x30, [sp, #80]\n"
    "  stp d8, d9, [sp, #96]\n  stp d10, d11, [sp, #112]\n  stp d12, d13, [sp, #128]\n  stp d14, d15, [sp, #144]\n"
    "  mov x9, sp\n  str x9, [x0]\n  mov sp, x1\n"
    "  ldp x19, x20, [sp, #0]\n  ldp x21, x22, [sp, #16]\n  ldp x23, x24, [sp, #32]\n"
    "  ldp x25, x26, [sp, #48]\n  ldp x27, x28, [sp, #64]\n  ldp x29, x30, [sp, #80]\n"
    "  ldp d8, d9, [sp, #96]\n  ldp d10, d11, [sp, #112]\n  ldp d12, d13, [sp, #128]\n  ldp d14, d15, [sp, #144]\n"
    "  add sp, sp, #176\n"
    "  ret\n"
    ".globl " SYMBOL("cfiber_trampoline") "\n"
    ".p2align 2\n"
    SYMBOL("cfiber_trampoline") ":\n"
    "  mov x0, x20\n  blr x19\n  brk #1\n");

static void *first_frame(cfiber *fiber) {
  uint64_t *top = (uint64_t *)(fiber->stack + fiber->size) - 22;
  memset(top, 0, 22 * sizeof *top);
  top[0] = (uint64_t)fiber->entry;     // x19
  top[1] = (uint64_t)fiber->argument;  // x20
  top[11] = (uint64_t)cfiber_trampoline;  // x30
  return top;
}
#else
static void portable_entry(unsigned high, unsigned low) {
  cfiber *fiber = (cfiber *)(((uintptr_t)high << 16 << 16) | low);
  fiber->entry(fiber->argument);
  abort();
}
#endif

// A function need not touch each page of its frame, so the guard must be larger than any frame.
#define GUARD_PAGES 16

cfiber *cfiber_create(size_t size) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t guard = GUARD_PAGES * page;
  cfiber *fiber = calloc(1, sizeof *fiber);
  if (fiber == NULL) return NULL;
  size = (size + page - 1) / page * page;
  char *stack = mmap(NULL, size + guard, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (stack == MAP_FAILED) {
    free(fiber);
    return NULL;
  }
  mprotect(stack, guard, PROT_NONE);
  fiber->stack = stack;
  fiber->size = size + guard;
  fiber->guard = guard;
  return fiber;
}

void cfiber_destroy(cfiber *fiber) {
  munmap(fiber->stack, fiber->size);
  free(fiber);
}

void cfiber_prepare(cfiber *fiber, cfiber_entry entry, void *argument) {
  fiber->entry = entry;
  fiber->argument = argument;
  fiber->status = CFIBER_YIELDED;
  fiber->death_place = fiber->death_frame = 0;
  fiber->accesses[0] = fiber->accesses[1] = NULL;
#ifdef CFIBER_PORTABLE
  getcontext(&fiber->context);
  fiber->context.uc_stack.ss_sp = fiber->stack + fiber->guard;
  fiber->context.uc_stack.ss_size = fiber->size - fiber->guard;
  fiber->context.uc_link = NULL;
  uintptr_t address = (uintptr_t)fiber;
  makecontext(&fiber->context, (void (*)(void))portable_entry, 2, (unsigned)(address >> 16 >> 16), (unsigned)address);
#else
  fiber->sp = first_frame(fiber);
#endif
}

static void to_engine(cfiber *fiber) {
#ifdef CFIBER_PORTABLE
  swapcontext(&fiber->context, &engine_context);
#else
  cfiber_switch(&fiber->sp, engine_sp);
#endif
}

static _Thread_local volatile sig_atomic_t idle_periods;

int cfiber_resume(cfiber *fiber) {
  fiber->status = CFIBER_YIELDED;
  idle_periods = 0;
  swap_accesses(engine_accesses, fiber->accesses);
  running = fiber;
#ifdef CFIBER_PORTABLE
  swapcontext(&engine_context, &fiber->context);
#else
  cfiber_switch(&engine_sp, fiber->sp);
#endif
  running = NULL;
  swap_accesses(fiber->accesses, engine_accesses);
  return fiber->status;
}

void cfiber_yield(void) { to_engine(running); }

void cfiber_finish(void) {
  running->status = CFIBER_FINISHED;
  to_engine(running);
  abort();
}

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
/// The first byte of the program, wherever it was loaded.
extern const char __ehdr_start[] __attribute__((visibility("hidden")));

// Swift keeps frame pointers. They are followed only within the fiber's own stack, and only upwards, so that a damaged
// stack ends the walk rather than the program.
size_t cfiber_addresses(const cfiber *fiber, uint32_t *to, size_t most) {
  const uintptr_t *saved = fiber->sp;
#if defined(__x86_64__)
  uintptr_t frame = saved[6], address = saved[7] - 1;
#else
  uintptr_t frame = saved[10], address = saved[11] - 1;
#endif
  if (fiber->death_place != 0) address = fiber->death_place, frame = fiber->death_frame;
  uintptr_t start = (uintptr_t)__ehdr_start;
  uintptr_t bottom = (uintptr_t)fiber->stack + fiber->guard, top = (uintptr_t)fiber->stack + fiber->size;
  size_t count = 0;
  while (count < most) {
    if (address > start && address - start < UINT32_MAX) to[count++] = (uint32_t)(address - start);
    if (frame < bottom || frame + 2 * sizeof frame > top || frame % sizeof frame != 0) break;
    const uintptr_t *here = (const uintptr_t *)frame;
    bottom = frame + 1;
    address = here[1] - 1;
    frame = here[0];
  }
  return count;
}
#else
size_t cfiber_addresses(const cfiber *fiber, uint32_t *to, size_t most) {
  (void)fiber, (void)to, (void)most;
  return 0;
}
#endif
uint64_t cfiber_fingerprint(const cfiber *fiber) {
#ifdef CFIBER_PORTABLE
  (void)fiber;
  static uint64_t number;
  return ++number;
#else
  uint64_t hash = (uintptr_t)fiber->sp;
  const uint64_t *end = (const uint64_t *)(fiber->stack + fiber->size);
  for (const uint64_t *word = fiber->sp; word < end; word++) {
    hash = (hash ^ *word) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32;
  }
  return hash;
#endif
}

void *cfiber_argument(void) { return running == NULL ? NULL : running->argument; }
void *cfiber_stack_end(void) { return running == NULL ? NULL : running->stack + running->size; }
void *cfiber_stage(void) { return stage; }
void cfiber_set_stage(void *value) { stage = value; }

// The guard. Signals belong to the process: the first thread that needs the guard sets it up, and the last one takes it
// down. The stack for handlers belongs to the thread.
#define PERIODS 3
#define HANDLER_STACK ((size_t)64 * 1024)
static pthread_mutex_t guard_lock = PTHREAD_MUTEX_INITIALIZER;
static int guards;
static const int guarded[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGVTALRM};
#define GUARDED (sizeof guarded / sizeof *guarded)
static struct sigaction before[GUARDED];
static _Thread_local void *handler_stack;
static _Thread_local sigset_t mask_before;
static volatile sig_atomic_t lets_die;

void cfiber_let_die(void) { lets_die = 1; }

/// Does what would happen without a guard: the signal is delivered again as soon as this handler returns.
static void pass_on(int signal_number) {
  for (size_t i = 0; i < GUARDED; i++)
    if (guarded[i] == signal_number) sigaction(signal_number, &before[i], NULL);
  if (signal_number == SIGABRT) raise(signal_number);
}

static void note_death(cfiber *fiber, const void *context) {
#if defined(__linux__) && defined(__x86_64__)
  const ucontext_t *at = context;
  fiber->death_place = (uintptr_t)at->uc_mcontext.gregs[REG_RIP];
  fiber->death_frame = (uintptr_t)at->uc_mcontext.gregs[REG_RBP];
#elif defined(__linux__) && defined(__aarch64__)
  const ucontext_t *at = context;
  fiber->death_place = at->uc_mcontext.pc;
  fiber->death_frame = at->uc_mcontext.regs[29];
#else
  (void)fiber, (void)context;
#endif
}

static void on_signal(int signal_number, siginfo_t *info, void *context) {
  cfiber *fiber = running;
  if (signal_number == SIGVTALRM) {
    if (fiber == NULL || ++idle_periods <= PERIODS) return;
    fiber->status = CFIBER_RUNAWAY;
  } else if (fiber == NULL || lets_die) {
    pass_on(signal_number);
    return;
  } else {
    char *address = (char *)info->si_addr;
    int is_overflow = signal_number == SIGSEGV && address >= fiber->stack && address < fiber->stack + fiber->guard;
    fiber->status = is_overflow ? CFIBER_OVERFLOW : CFIBER_SIGNAL + signal_number;
  }
  note_death(fiber, context);
  // This frame is abandoned with the rest of the fiber. No signal is blocked here (SA_NODEFER), so none stays blocked.
  to_engine(fiber);
}

static void take_signals(int milliseconds) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < GUARDED; i++) sigaction(guarded[i], &action, &before[i]);
  long period = (long)milliseconds * 1000 / PERIODS;
  struct itimerval timer = {{period / 1000000, period % 1000000}, {period / 1000000, period % 1000000}};
  setitimer(ITIMER_VIRTUAL, &timer, NULL);
}

static void give_signals_back(void) {
  struct itimerval off;
  memset(&off, 0, sizeof off);
  setitimer(ITIMER_VIRTUAL, &off, NULL);
  // The last tick may still be on its way to another thread, and the default action would end the process.
  for (size_t i = 0; i < GUARDED; i++)
    if (guarded[i] != SIGVTALRM) sigaction(guarded[i], &before[i], NULL);
}

void cfiber_guard_begin(int milliseconds) {
  stack_t present;
  sigaltstack(NULL, &present);
  if (present.ss_flags & SS_DISABLE) {
    handler_stack = malloc(HANDLER_STACK);
    stack_t alternate = {.ss_sp = handler_stack, .ss_size = HANDLER_STACK};
    if (handler_stack != NULL) sigaltstack(&alternate, NULL);
  }
  // Threads made by a library may block signals that must reach a fiber on them.
  sigset_t mask;
  sigemptyset(&mask);
  for (size_t i = 0; i < GUARDED; i++) sigaddset(&mask, guarded[i]);
  pthread_sigmask(SIG_UNBLOCK, &mask, &mask_before);
  pthread_mutex_lock(&guard_lock);
  if (guards++ == 0) {
    lets_die = 0;
    take_signals(milliseconds);
  }
  pthread_mutex_unlock(&guard_lock);
}

void cfiber_guard_end(void) {
  pthread_mutex_lock(&guard_lock);
  if (--guards == 0) give_signals_back();
  pthread_mutex_unlock(&guard_lock);
  pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
  if (handler_stack == NULL) return;
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  free(handler_stack);
  handler_stack = NULL;
}
