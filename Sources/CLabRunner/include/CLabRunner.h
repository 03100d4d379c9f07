#pragma once
#include <stddef.h>
#include <stdint.h>

/// Opens the conversation with the grader: installs the handlers that report what ended the program.
void lab_runner_open(void);

/// Gives the cases that follow `cpu_seconds` of processor time from now on.
void lab_runner_begin(unsigned cpu_seconds);

/// Notes the call into the component that comes next; it is named if the program dies in it.
void lab_runner_note_call(const char *text, size_t length);

/// Until it is called with 0, a request for a random number or a clock ends the program, with a message.
void lab_runner_watch(int is_watching);

/// Reads exactly `length` bytes of what the grader sends; returns false at its end.
int lab_runner_read(void *buffer, size_t length);

/// Sends one frame: its kind, its length, its bytes. Ends the program if the grader has hung up.
void lab_runner_send(char kind, const void *bytes, size_t length);

/// Flushes the buffers of standard output, so that all that a case prints is seen before its answer.
void lab_runner_flush(void);

/// Takes the place of `pthread_create`, `fork` and the like in a submission: reports that they were called, and ends
/// the program.
///
/// The system-call filter refuses them too, but libc blocks every signal around them, so that nothing could report
/// where that was; and a library that finds only one processor starts no thread, which would be luck.
void lab_runner_refuse_start(void) __attribute__((noreturn));
