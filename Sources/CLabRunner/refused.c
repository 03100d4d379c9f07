// Keeps from a submission what differs from run to run: random numbers and clocks.
//
// A program's own functions take precedence over those of the libraries, even where a library calls them. So the
// functions here are called by the student's code and by Swift's libraries, and by nothing of ours: while a case runs
// they end the program, at any other time they do what they always do.
#define _GNU_SOURCE
#include "refused.h"

#include "CLabRunner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

static volatile int watches;

void lab_runner_watch(int is_watching) { watches = is_watching; }

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
#include <sys/prctl.h>
#include <sys/syscall.h>

static void refuse_while_watching(unsigned long what, const void *frame) {
  if (watches) lab_runner_refuse(what, frame);
}

#define RANDOM refuse_while_watching(LAB_RUNNER_RANDOM, __builtin_frame_address(0))
#define CLOCK refuse_while_watching(LAB_RUNNER_CLOCK, __builtin_frame_address(0))

/// Makes a system call without libc: libc's own way to make one is what this file replaces.
static long kernel(long number, long a, long b, long c, long d, long e, long f) {
#if defined(__x86_64__)
  register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
#else
  register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d, x4 __asm__("x4") = e, x5 __asm__("x5") = f;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  long result = x0;
#endif
  if (result < 0 && result > -4096) {
    errno = (int)-result;
    return -1;
  }
  return result;
}

void lab_runner_stop_clock(void) {
#if defined(__x86_64__)
  prctl(PR_SET_TSC, PR_TSC_SIGSEGV, 0, 0, 0);
#endif
}

int lab_runner_usage(struct rusage *usage) {
  return (int)kernel(SYS_getrusage, RUSAGE_SELF, (long)usage, 0, 0, 0, 0);
}

// Swift's libraries come here for their random numbers.
long syscall(long number, ...) {
  if (number == SYS_getrandom) RANDOM;
  if (number == SYS_clock_gettime || number == SYS_getrusage || number == SYS_times) CLOCK;
  long words[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; i++) words[i] = va_arg(list, long);
  va_end(list);
  return kernel(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

ssize_t getrandom(void *buffer, size_t length, unsigned flags) {
  RANDOM;
  return kernel(SYS_getrandom, (long)buffer, (long)length, (long)flags, 0, 0, 0);
}

int getentropy(void *buffer, size_t length) {
  RANDOM;
  return getrandom(buffer, length, 0) == (ssize_t)length ? 0 : -1;
}

void arc4random_buf(void *buffer, size_t length) {
  RANDOM;
  getrandom(buffer, length, 0);
}

uint32_t arc4random(void) {
  RANDOM;
  uint32_t number = 0;
  getrandom(&number, sizeof number, 0);
  return number;
}

uint32_t arc4random_uniform(uint32_t bound) {
  RANDOM;
  return bound == 0 ? 0 : arc4random() % bound;
}

/// Opens a file as libc would, except for the devices that random numbers come from.
static int open_file(int folder, const char *path, int flags, int mode, const void *frame) {
  if (strcmp(path, "/dev/urandom") == 0 || strcmp(path, "/dev/random") == 0)
    refuse_while_watching(LAB_RUNNER_RANDOM, frame);
  return (int)kernel(SYS_openat, folder, (long)path, flags, mode, 0, 0);
}

/// Reads the mode, which is passed only where the file may be created.
#define MODE(flags, mode)                              \
  int mode = 0;                                        \
  if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {        \
    va_list list;                                      \
    va_start(list, flags);                             \
    mode = va_arg(list, int);                          \
    va_end(list);                                      \
  }

int open(const char *path, int flags, ...) {
  MODE(flags, mode)
  return open_file(AT_FDCWD, path, flags, mode, __builtin_frame_address(0));
}

int open64(const char *path, int flags, ...) {
  MODE(flags, mode)
  return open_file(AT_FDCWD, path, flags, mode, __builtin_frame_address(0));
}

int openat(int folder, const char *path, int flags, ...) {
  MODE(flags, mode)
  return open_file(folder, path, flags, mode, __builtin_frame_address(0));
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  CLOCK;
  return (int)kernel(SYS_clock_gettime, clock, (long)now, 0, 0, 0, 0);
}

int timespec_get(struct timespec *now, int base) {
  CLOCK;
  return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, now) == 0 ? base : 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  CLOCK;
  (void)zone;
  struct timespec time;
  if (clock_gettime(CLOCK_REALTIME, &time) != 0) return -1;
  now->tv_sec = time.tv_sec;
  now->tv_usec = time.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *now) {
  CLOCK;
  struct timespec time;
  if (clock_gettime(CLOCK_REALTIME, &time) != 0) return -1;
  if (now != NULL) *now = time.tv_sec;
  return time.tv_sec;
}

clock_t clock(void) {
  CLOCK;
  struct timespec time;
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) != 0) return -1;
  return time.tv_sec * CLOCKS_PER_SEC + time.tv_nsec / (1000000000 / CLOCKS_PER_SEC);
}

int getrusage(__rusage_who_t who, struct rusage *usage) {
  CLOCK;
  return (int)kernel(SYS_getrusage, who, (long)usage, 0, 0, 0, 0);
}

clock_t times(struct tms *used) {
  CLOCK;
  return kernel(SYS_times, (long)used, 0, 0, 0, 0, 0);
}
#else
void lab_runner_stop_clock(void) {}
int lab_runner_usage(struct rusage *usage) { return getrusage(RUSAGE_SELF, usage); }
#endif
