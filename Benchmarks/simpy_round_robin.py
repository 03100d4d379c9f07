"""Round robin on four CPUs in SimPy: the schedule that kernel-bench runs on the kernel.

Each task computes, sleeps, and computes again, in slices of one tick; a CPU is one of the four units of a
resource, and the tasks that want one wait in order of arrival. Prints slices, seconds and versions.
"""

import platform
import sys
import time

import simpy

CPUS = 4
TICK = 1


def task(env, cpus, compute, sleep, slices):
    for phase in range(2):
        for _ in range(compute):
            with cpus.request() as request:
                yield request
                yield env.timeout(TICK)
            slices[0] += 1
        if phase == 0:
            yield env.timeout(sleep)


def main():
    tasks, compute, sleep = (int(argument) for argument in sys.argv[1:4])
    env = simpy.Environment()
    cpus = simpy.Resource(env, capacity=CPUS)
    slices = [0]
    for _ in range(tasks):
        env.process(task(env, cpus, compute, sleep, slices))
    start = time.perf_counter()
    env.run()
    seconds = time.perf_counter() - start
    print(slices[0], seconds, simpy.__version__, platform.python_version())


main()
