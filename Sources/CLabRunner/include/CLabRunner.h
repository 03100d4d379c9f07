#pragma once
#include <stddef.h>
#include <stdint.h>

/// Opens the conversation with the grader: installs the handlers that say of what the program died.
void lab_runner_open(void);

/// Gives the cases that follow `cpu_seconds` of processor time from now on.
void lab_runner_begin(unsigned cpu_seconds);

/// Notes the call into the component that comes next; it is named if the program dies in it.
void lab_runner_note_call(const char *text, size_t length);

/// From here on until it is called with 0, asking for a random number or a clock ends the program, which says so.
void lab_runner_watch(int is_watching);

/// Reads exactly `length` bytes of what the grader sends; false at its end.
int lab_runner_read(void *buffer, size_t length);

/// Sends one frame: its kind, its length, its bytes. Leaves the program if nobody listens.
void lab_runner_send(char kind, const void *bytes, size_t length);

/// Empties the buffers of standard output, so that all that a case prints is seen before its answer.
void lab_runner_flush(void);

/// Stands where a submission would find `pthread_create`, `fork` and the like: says that it called one, and ends it.
///
/// The filter of system calls refuses them too, but libc blocks every signal around them, so that nothing could say
/// where that was; and a library that finds one processor alone starts no thread, which would be luck.
void lab_runner_refuse_start(void) __attribute__((noreturn));
