// Finds where a program has called abort(): the C library keeps no frame pointers, so the exception tables are read.
#define _GNU_SOURCE
#include "unwound.h"

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
#include <unwind.h>

#if defined(__x86_64__)
#define FRAME_POINTER 6
#else
#define FRAME_POINTER 29
#endif
#define MAXIMUM_DEPTH 64

/// The program's own code, without that of the libraries.
extern const char __ehdr_start[] __attribute__((visibility("hidden")));
extern const char etext[];

struct search {
  uintptr_t bottom;
  uintptr_t *address;
  uintptr_t *frame;
  int depth;
};

static _Unwind_Reason_Code look(struct _Unwind_Context *context, void *argument) {
  struct search *search = argument;
  uintptr_t address = _Unwind_GetIP(context), stack = _Unwind_GetCFA(context);
  int is_ours = address > (uintptr_t)__ehdr_start && address < (uintptr_t)etext;
  // The handler is part of the program, too; but its stack lies below.
  if (is_ours && stack >= search->bottom) {
    *search->address = address - 1;
    *search->frame = _Unwind_GetGR(context, FRAME_POINTER);
    return _URC_END_OF_STACK;
  }
  return ++search->depth < MAXIMUM_DEPTH ? _URC_NO_REASON : _URC_END_OF_STACK;
}

void lab_runner_unwind(uintptr_t bottom, uintptr_t *address, uintptr_t *frame) {
  struct search search = {bottom, address, frame, 0};
  _Unwind_Backtrace(look, &search);
}
#else
void lab_runner_unwind(uintptr_t bottom, uintptr_t *address, uintptr_t *frame) { (void)bottom, (void)address, (void)frame; }
#endif
