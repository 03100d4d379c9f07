"""Times short commands against each other: A B A B ..., so that other work on the machine affects them all alike.

    alternate.py ROUNDS NAME=COMMAND...

Each is a whole process that writes into a pipe, started without a shell. Prints a line for each: its name, and the
least and the median time in seconds.
"""

import os
import shlex
import statistics
import sys
import time


def seconds(words):
    """How long one run takes, from its start to its end."""
    reading, writing = os.pipe()
    actions = [(os.POSIX_SPAWN_DUP2, writing, 1), (os.POSIX_SPAWN_CLOSE, reading)]
    start = time.perf_counter()
    process = os.posix_spawnp(words[0], words, os.environ, file_actions=actions)
    os.close(writing)
    while os.read(reading, 1 << 16):
        pass
    _, status = os.waitpid(process, 0)
    elapsed = time.perf_counter() - start
    os.close(reading)
    if status != 0:
        sys.exit(f"failed: {shlex.join(words)}")
    return elapsed


def main():
    rounds = int(sys.argv[1])
    commands = dict(argument.split("=", 1) for argument in sys.argv[2:])
    commands = {name: shlex.split(command) for name, command in commands.items()}
    times = {name: [] for name in commands}
    for warm in range(-3, rounds):
        for name, words in commands.items():
            elapsed = seconds(words)
            if warm >= 0:
                times[name].append(elapsed)
    for name, measured in times.items():
        print(f"{name} {min(measured):.6f} {statistics.median(measured):.6f}")


main()
