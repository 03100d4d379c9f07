// The log: what each task has called, with which result, and what the calls have left in memory.
//
// All tasks write to it at once, and any of them may be killed in between. So a place is taken with one atomic
// addition, and a record counts only if its second word, which is written last, is not 0.
#include <stdint.h>
#include <string.h>

#include "host.h"

#define SLOT_BYTES ((int64_t)(SLOT_WORDS * sizeof(int64_t)))
/// The words of a record before its data.
#define RECORD_WORDS 4

int64_t log_task(int64_t creator, int64_t number, int64_t flags) {
  int64_t task = atomic_fetch_add(&script_log->task_count, 1);
  if (task >= MAXIMUM_TASKS) return -1;
  script_log->tasks[task] = (struct created){.creator = creator, .number = number, .flags = flags};
  return task;
}

/// How many bytes output `output` of a call has; -1 for none.
static int64_t output_size(const struct output *output, int64_t result, const int64_t words[WORDS]) {
  if (words[output->word] == 0 || result < 0) return -1;
  return output->size > 0 ? output->size : result;
}

void log_call(int64_t task, int64_t number, int64_t result, const int64_t words[WORDS]) {
  const struct call *call = call_numbered(number);
  int64_t count = call == NULL ? 0 : call->output_count;
  int64_t length = RECORD_WORDS * 8;
  for (int64_t index = 0; index < count; index++) {
    int64_t size = output_size(&call->outputs[index], result, words);
    length += 8 + (size > 0 ? (size + 7) / 8 * 8 : 0);
  }
  int64_t slots = (length + SLOT_BYTES - 1) / SLOT_BYTES;
  int64_t first = atomic_fetch_add(&script_log->slot_count, slots);
  if (first + slots > MAXIMUM_SLOTS) return;
  _Atomic int64_t *record = script_log->slots[first];
  record[0] = slots << 32 | (task + 1);
  record[2] = result;
  record[3] = count;
  int64_t at = RECORD_WORDS;
  for (int64_t index = 0; index < count; index++) {
    int64_t size = output_size(&call->outputs[index], result, words);
    record[at++] = size;
    const unsigned char *from = (const unsigned char *)(uintptr_t)words[call->outputs[index].word];
    for (int64_t done = 0; done < size; done += 8) {
      int64_t word = 0;
      memcpy(&word, from + done, (size_t)(size - done < 8 ? size - done : 8));
      record[at++] = word;
    }
  }
  record[1] = number + 1;
}

void log_attempt(int64_t task, int64_t number) {
  int64_t slot = atomic_fetch_add(&script_log->slot_count, 1);
  if (slot >= MAXIMUM_SLOTS) return;
  _Atomic int64_t *record = script_log->slots[slot];
  record[0] = 1ll << 32 | (task + 1);
  record[3] = ATTEMPT;
  record[1] = number + 1;
}
