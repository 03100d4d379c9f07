"""Explores the schedules of MOSAIC's models, with labs-cli's explorer and with MOSAIC itself.

    Benchmarks/every.py PROGRAM [MOSAIC]

PROGRAM is .build/release/every-bench. MOSAIC is a folder with mosaic.py and examples/ (github.com/jiangyy/mosaic, USENIX
ATC '23); without it, the figures that it had on the machine of the first comparison stand in. Both are measured in seconds
of processor time. Prints each ratio next to its bound, and exits with 1 if a bound is missed or the outcomes differ.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile

BOUND = 50
LIMIT = 60
MODELS = [
    ("parallel-inc", [1, 2], "N=1;T=2"),
    ("parallel-inc", [2, 2], "N=2;T=2"),
    ("parallel-inc", [2, 3], "N=2;T=3"),
    ("parallel-inc", [3, 3], "N=3;T=3"),
    ("cond-var", [1, 1, 1], "N=1;T_p=1;T_c=1"),
    ("cond-var", [2, 2, 1], "N=2;T_p=2;T_c=1"),
    ("tocttou", [3], "P=3"),
    ("tocttou", [5], "P=5"),
    ("fork-buf", [1], "N=1"),
    ("fork-buf", [2], "N=2"),
    ("fork-buf", [3], "N=3"),
]
# States and seconds, on an earlier machine; fork-buf N=3 did not end in a minute.
KNOWN = {"N=3;T=3": (52685, 12.4), "P=5": (1402, 20.0), "N=2;T_p=2;T_c=1": (4200, 1.0)}


def children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ours(program, name, sizes):
    words = [program, name] + [str(size) for size in sizes]
    isall, states, transitions, outcomes, seconds = subprocess.check_output(words, text=True).split()
    assert isall == "all", f"{name} {sizes}: not all states were met"
    return int(states), int(outcomes), float(seconds)


def outcomes(program, name, sizes):
    words = [program, name] + [str(size) for size in sizes] + ["outcomes"]
    return set(subprocess.check_output(words, text=True).splitlines())


def mosaic(folder, name, sizes):
    """States, seconds and outcomes; None if it does not end in time."""
    with open(f"{folder}/examples/{name}.py") as file:
        source = sizes.replace(";", "\n") + "\n" + file.read()
    with tempfile.NamedTemporaryFile("w", suffix=".py") as model:
        model.write(source)
        model.flush()
        start = children()
        try:
            text = subprocess.run(
                [sys.executable, f"{folder}/mosaic.py", "--check", model.name], capture_output=True, timeout=LIMIT * 3)
        except subprocess.TimeoutExpired:
            return None
        seconds = children() - start
    graph = json.loads(text.stdout)
    ends = [state for state in graph["vertices"] if not state["choices"]]
    return len(graph["vertices"]), seconds, {outcome(name, state) for state in ends}


def outcome(name, state):
    """An end as every-bench writes it."""
    heap = next(iter(state["heaps"].values()))
    if name == "parallel-inc":
        return f"total={heap['tot']}"
    if name == "cond-var":
        return f"count={heap['count']}"
    if name == "tocttou":
        written = state["stdout"]
        mailed = 1 if written == "file written" else 2 if written else 0
        return f"{written} link=1 mailed={0 if written == 'rejected' else mailed}"
    # MOSAIC's pids begin at 1002, and ours at 3.
    words = state["stdout"].replace("\ufe0f", "").split("\n")
    return ",".join(str(int(word) - 999) if word not in ("", "0") else word for word in words)


def main():
    program, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    print(f"load {os.getloadavg()[0]:.1f}; seconds of processor time; MOSAIC {'beside' if folder else 'as once measured'}")
    print("model                           ours: states       s  states/s  outcomes   MOSAIC: states       s  states/s")
    missed = 0
    for name, sizes, text in MODELS:
        states, count, seconds = ours(program, name, sizes)
        mine = f"{name + ' ' + text:31} {states:12} {seconds:8.4f} {states / seconds:9.0f} {count:9}"
        theirs = mosaic(folder, name, text) if folder else None
        if theirs:
            same = theirs[2] == outcomes(program, name, sizes)
            missed += not same
            verdict = "same outcomes" if same else "OTHER OUTCOMES"
        else:
            theirs = (KNOWN[text] + (None,)) if not folder and text in KNOWN else None
            verdict = ""
        if not theirs:
            print(f"{mine}   {'did not end' if folder else '-':>14}")
            continue
        print(f"{mine}   {theirs[0]:14} {theirs[1]:7.2f} {theirs[0] / theirs[1]:9.0f}  {verdict}")
        if seconds < 0.005:
            continue  # too short to be compared
        rate = (states / seconds) / (theirs[0] / theirs[1])
        whole = theirs[1] / seconds
        word = "ok" if rate >= BOUND else "MISSED"
        missed += rate < BOUND
        print(f"{word:6} {name} {text}: {rate:.0f}x the states a second (bound: at least {BOUND}x); all of it {whole:.0f}x faster")
    sys.exit(1 if missed else 0)


main()
