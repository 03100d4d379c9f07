// The instructions of the script machine, on real memory: an address of the script is an address of the process.
#define _GNU_SOURCE
#include <stdlib.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "host.h"

#define PAGE 4096ul
/// What subroutines may keep, and the room above it that a program's arguments would take.
#define FRAMES_BYTES 65536
#define ARGUMENTS_BYTES 256

/// Maps whole pages around `size` bytes at `start`.
static void map(int64_t start, int64_t size, int protection, int sharing, const unsigned char *content) {
  if (size <= 0) return;
  uint64_t first = (uint64_t)start & ~(PAGE - 1);
  uint64_t length = ((uint64_t)start + (uint64_t)size - first + PAGE - 1) & ~(PAGE - 1);
  int flags = sharing | MAP_ANONYMOUS | MAP_FIXED;
  int64_t place = host_call(SYS_mmap, (int64_t)first, (int64_t)length, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (place != (int64_t)first) fail("a segment cannot be mapped");
  if (content != NULL) memcpy((void *)start, content, (size_t)size);
  if (protection != (PROT_READ | PROT_WRITE)) host_call(SYS_mprotect, place, (int64_t)length, protection, 0, 0, 0);
}

void load(struct machine *machine, const struct program *program) {
  map(header.constants, program->constant_count, PROT_READ, MAP_PRIVATE, program->constants);
  map(header.data, program->data_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, NULL);
  map(header.futexes, program->futex_size, PROT_READ | PROT_WRITE, MAP_SHARED, NULL);
  map(header.frames_end - FRAMES_BYTES, FRAMES_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE, NULL);
  map(header.stack, header.stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, NULL);
  machine->program = program;
  machine->counter = 0;
  memset(machine->registers, 0, sizeof machine->registers);
  machine->registers[STACK_POINTER] = header.frames_end - ARGUMENTS_BYTES;
}

/// Word `index` of an instruction: the number itself, or what the register holds.
static int64_t value(const struct machine *machine, const struct instruction *instruction, int index) {
  int64_t word = instruction->words[index];
  return instruction->registers >> index & 1 ? machine->registers[word] : word;
}

/// The address that words `index` and `index + 1` name: an offset, and a register if the second is not negative.
static void *address(const struct machine *machine, const struct instruction *instruction, int index) {
  int64_t base = instruction->words[index + 1];
  int64_t start = base < 0 ? 0 : machine->registers[base];
  return (void *)(uintptr_t)((uint64_t)instruction->words[index] + (uint64_t)start);
}

static int64_t combine(int64_t kind, int64_t left, int64_t right) {
  uint64_t a = (uint64_t)left, b = (uint64_t)right;
  switch (kind) {
  case 0: return (int64_t)(a + b);
  case 1: return (int64_t)(a - b);
  case 2: return (int64_t)(a * b);
  case 3: return (int64_t)(a & b);
  case 4: return (int64_t)(a | b);
  case 5: return (int64_t)(a << (b & 63));
  default: return left >> (b & 63);
  }
}

static int holds(int64_t kind, int64_t left, int64_t right) {
  switch (kind) {
  case 0: return left == right;
  case 1: return left != right;
  case 2: return left < right;
  case 3: return left > right;
  case 4: return left <= right;
  default: return left >= right;
  }
}

static int64_t load_number(int64_t width, const volatile void *place) {
  switch (width) {
  case 1: return *(const volatile uint8_t *)place;
  case 4: return *(const volatile int32_t *)place;
  default: return *(const volatile int64_t *)place;
  }
}

static void store_number(int64_t width, int64_t number, volatile void *place) {
  switch (width) {
  case 1: *(volatile uint8_t *)place = (uint8_t)number; break;
  case 4: *(volatile int32_t *)place = (int32_t)number; break;
  default: *(volatile int64_t *)place = number;
  }
}

/// Writes a number in decimal digits to memory; returns how many there are.
static int64_t write_digits(int64_t number, volatile char *place) {
  char digits[24];
  int64_t count = 0, length = 0;
  uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
  do {
    digits[count++] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (number < 0) place[length++] = '-';
  while (count > 0) place[length++] = digits[--count];
  return length;
}

static void call(struct machine *machine, const struct instruction *instruction) {
  int64_t words[WORDS];
  for (int index = 0; index < WORDS; index++) words[index] = value(machine, instruction, index);
  int64_t result = perform(machine, instruction->kind, words);
  machine->registers[instruction->result] = result;
}

static void execute(struct machine *machine, const struct instruction *instruction) {
  int64_t *result = &machine->registers[instruction->result];
  switch ((enum operation)instruction->operation) {
  case OPERATION_COMPUTE: break;
  case OPERATION_SET: *result = value(machine, instruction, 0); break;
  case OPERATION_ARITHMETIC: *result = combine(instruction->kind, *result, value(machine, instruction, 0)); break;
  case OPERATION_LOAD: *result = load_number(instruction->kind, address(machine, instruction, 0)); break;
  case OPERATION_STORE:
    store_number(instruction->kind, value(machine, instruction, 0), address(machine, instruction, 1));
    break;
  case OPERATION_DIGITS:
    *result = write_digits(value(machine, instruction, 0), address(machine, instruction, 1));
    break;
  case OPERATION_JUMP: machine->counter = instruction->words[0]; break;
  case OPERATION_BRANCH:
    if (holds(instruction->kind, *result, value(machine, instruction, 0))) machine->counter = instruction->words[1];
    break;
  case OPERATION_SUBROUTINE:
    machine->registers[STACK_POINTER] -= 8;
    store_number(8, machine->counter, (void *)(uintptr_t)machine->registers[STACK_POINTER]);
    machine->counter = instruction->words[0];
    break;
  case OPERATION_LEAVE:
    machine->counter = load_number(8, (void *)(uintptr_t)machine->registers[STACK_POINTER]);
    machine->registers[STACK_POINTER] += 8;
    break;
  case OPERATION_CALL: call(machine, instruction); break;
  case OPERATION_ABORT: abort();
  }
}

void run(struct machine *machine) {
  while (machine->counter >= 0 && machine->counter < machine->program->instruction_count) {
    const struct instruction *instruction = &machine->program->instructions[machine->counter++];
    execute(machine, instruction);
  }
  for (;;) host_call(SYS_exit_group, 0, 0, 0, 0, 0, 0);
}
