// The part of the runner that has to work while the program is dying: plain C, no allocation, and after a
// fatal signal nothing but system calls that are safe in a signal handler.
#define _GNU_SOURCE
#include "CLabRunner.h"
#include "refused.h"
#include "unwound.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#ifdef __linux__
#include <sys/syscall.h>
#include <ucontext.h>
#endif
#include <unistd.h>

#define CHANNEL 3
#define HEADER 5
#define CALL_CAPACITY 512
#define ALTERNATE_STACK (64 * 1024)
#define MAXIMUM_ADDRESSES 16
#define MAXIMUM_FRAMES 128
#define NUMBER_WIDTH 24

/// Where the program is: the instruction, or 0, and the part of its stack that can be followed.
struct place {
  uintptr_t address, frame, bottom, top;
};

static char call[CALL_CAPACITY];
static volatile size_t call_length;
static char alternate_stack[ALTERNATE_STACK];
static uintptr_t stack_top;
static uintptr_t stack_bottom;

static const int fatal_signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGXCPU, SIGSYS, SIGXFSZ};

static int write_all(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(CHANNEL, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return 0;
    bytes += written;
    length -= (size_t)written;
  }
  return 1;
}

static void put_header(char *frame, char kind, size_t length) {
  frame[0] = kind;
  for (int i = 0; i < 4; i++) frame[1 + i] = (char)(length >> (8 * i));
}

static size_t put_number(char *to, unsigned long value, char end) {
  char digits[NUMBER_WIDTH];
  size_t count = 0;
  do digits[count++] = (char)('0' + value % 10);
  while ((value /= 10) > 0);
  for (size_t i = 0; i < count; i++) to[i] = digits[count - 1 - i];
  to[count] = end;
  return count + 1;
}

/// Returns the largest resident set so far, in KiB.
static unsigned long peak_memory(void) {
  struct rusage usage;
  if (lab_runner_usage(&usage) != 0) return 0;
#ifdef __APPLE__
  return (unsigned long)usage.ru_maxrss / 1024;
#else
  return (unsigned long)usage.ru_maxrss;
#endif
}

#ifdef __linux__
/// The first byte of the program, wherever it was loaded.
extern const char __ehdr_start[] __attribute__((visibility("hidden")));

/// Returns where a signal met the program.
static struct place place_of(const void *context) {
  const ucontext_t *at = context;
  struct place place = {.top = stack_top};
#if defined(__x86_64__)
  place.address = (uintptr_t)at->uc_mcontext.gregs[REG_RIP];
  place.frame = (uintptr_t)at->uc_mcontext.gregs[REG_RBP];
  place.bottom = (uintptr_t)at->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
  place.address = at->uc_mcontext.pc, place.frame = at->uc_mcontext.regs[29], place.bottom = at->uc_mcontext.sp;
#endif
  if (place.bottom < stack_bottom) place.bottom = stack_bottom;
  return place;
}

/// Writes where the program was, and where that was called from: up to a fixed number of addresses, counted from the
/// program's start.
///
/// Swift keeps frame pointers. Only the part between the stack pointer and the top of the stack is followed, which
/// certainly exists, and only upwards, so that a damaged stack ends the walk and not the program.
static size_t put_addresses(char *to, struct place place) {
  uintptr_t address = place.address, frame = place.frame, bottom = place.bottom;
  uintptr_t start = (uintptr_t)__ehdr_start;
  size_t length = 0;
  // Functions of the libraries lie between those of the program, and are skipped.
  for (int count = 0, written = 0; count < MAXIMUM_FRAMES && written < MAXIMUM_ADDRESSES; count++) {
    if (address > start && address - start < UINT32_MAX) {
      length += put_number(to + length, address - start, ' ');
      written++;
    }
    if (frame < bottom || frame + 2 * sizeof frame > place.top || frame % sizeof frame != 0) break;
    const uintptr_t *saved = (const uintptr_t *)frame;
    bottom = frame + 1;
    // The call comes before the place to which it returns.
    address = saved[1] - 1;
    frame = saved[0];
  }
  return length;
}

/// Whether a system call would have started a thread or a process.
static int is_start(unsigned long number) {
#ifdef SYS_fork
  if (number == SYS_fork || number == SYS_vfork) return 1;
#endif
#ifdef SYS_clone3
  if (number == SYS_clone3) return 1;
#endif
  return number == SYS_clone;
}

/// Whether the program was about to read the processor's clock, which is switched off: rdtsc, or rdtscp.
static int reads_clock(struct place place) {
#if defined(__x86_64__)
  const unsigned char *code = (const unsigned char *)place.address;
  return code[0] == 0x0F && (code[1] == 0x31 || (code[1] == 0x01 && code[2] == 0xF9));
#else
  (void)place;
  return 0;
#endif
}
#else
static struct place place_of(const void *context) {
  (void)context;
  return (struct place){0};
}
static size_t put_addresses(char *to, struct place place) {
  (void)to, (void)place;
  return 0;
}
static int is_start(unsigned long number) {
  (void)number;
  return 0;
}
static int reads_clock(struct place place) {
  (void)place;
  return 0;
}
#ifndef SI_KERNEL
#define SI_KERNEL 0x80
#endif
#endif

/// Sends one frame of four numbers, a line of addresses and a text.
///
/// The numbers: the signal, the peak memory in KiB, the refused system call (SIGSYS), and whether the stack ran out.
static void send_last_words(int signal_number, unsigned long refused, int is_overflow, struct place place) {
  char frame[HEADER + (4 + MAXIMUM_ADDRESSES) * NUMBER_WIDTH + 1 + CALL_CAPACITY];
  size_t length = HEADER;
  length += put_number(frame + length, (unsigned long)signal_number, '\n');
  length += put_number(frame + length, peak_memory(), '\n');
  length += put_number(frame + length, refused, '\n');
  length += put_number(frame + length, (unsigned long)is_overflow, '\n');
  length += put_addresses(frame + length, place);
  frame[length++] = '\n';
  memcpy(frame + length, call, call_length);
  length += call_length;
  put_header(frame, 'D', length - HEADER);
  write_all(frame, length);
}

/// Reports the signal that ends the program, then lets the program die of it after all.
static void died(int signal_number, siginfo_t *info, void *context) {
  uintptr_t address = (uintptr_t)info->si_addr;
  int is_overflow = signal_number == SIGSEGV && address >= stack_bottom && address < stack_top;
  unsigned long refused = 0;
#ifdef __linux__
  if (signal_number == SIGSYS) refused = (unsigned long)info->si_syscall;
  if (is_start(refused)) refused = LAB_RUNNER_START;
#endif
  struct place place = place_of(context);
  if (signal_number == SIGABRT) lab_runner_unwind(place.bottom, &place.address, &place.frame);
  // What the processor refuses comes without an address; where it was can be read then.
  if (signal_number == SIGSEGV && info->si_code == SI_KERNEL && reads_clock(place)) {
    send_last_words(SIGSYS, LAB_RUNNER_CLOCK, 0, place);
  } else {
    send_last_words(signal_number, refused, is_overflow, place);
  }
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

void lab_runner_refuse(unsigned long what, const void *frame) {
  uintptr_t top = (uintptr_t)cfiber_stack_end(), bottom = (uintptr_t)frame;
  lab_runner_flush();
  send_last_words(SIGSYS, what, 0, (struct place){.frame = bottom, .bottom = bottom, .top = top ? top : stack_top});
  _exit(0);
}

void lab_runner_refuse_start(void) { lab_runner_refuse(LAB_RUNNER_START, __builtin_frame_address(0)); }

void lab_runner_open(void) {
  struct rlimit stack;
  char here;
  stack_top = (uintptr_t)&here + 4096;
  stack_bottom = stack_top - (8u << 20) - (1u << 20);
  if (getrlimit(RLIMIT_STACK, &stack) == 0 && stack.rlim_cur != RLIM_INFINITY)
    stack_bottom = stack_top - stack.rlim_cur - (1u << 20);
  stack_t alternate = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  sigaltstack(&alternate, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = died;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof fatal_signals / sizeof *fatal_signals; i++) sigaction(fatal_signals[i], &action, NULL);
  lab_runner_stop_clock();
}

void lab_runner_begin(unsigned cpu_seconds) {
  struct rusage usage;
  struct rlimit limit;
  if (lab_runner_usage(&usage) != 0 || getrlimit(RLIMIT_CPU, &limit) != 0) return;
  rlim_t microseconds = (rlim_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
  // Whole seconds are counted: what was used before is rounded up, so that no case gets less than its share.
  rlim_t used = (rlim_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (microseconds + 999999) / 1000000;
  limit.rlim_cur = used + cpu_seconds;
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_cur > limit.rlim_max) limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_CPU, &limit);
}

void lab_runner_note_call(const char *text, size_t length) {
  if (length > CALL_CAPACITY) length = CALL_CAPACITY;
  call_length = 0;
  memcpy(call, text, length);
  call_length = length;
}

int lab_runner_read(void *buffer, size_t length) {
  char *to = buffer;
  while (length > 0) {
    ssize_t count = read(STDIN_FILENO, to, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return 0;
    to += count;
    length -= (size_t)count;
  }
  return 1;
}

void lab_runner_send(char kind, const void *bytes, size_t length) {
  char header[HEADER];
  put_header(header, kind, length);
  if (!write_all(header, HEADER) || !write_all(bytes, length)) _exit(0);
}

void lab_runner_flush(void) { fflush(NULL); }
