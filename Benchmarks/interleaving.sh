#!/usr/bin/env bash
# Measures the explorer of interleavings: its parts, three locks, the trust boundary, and SPIN on the same ticket lock.
set -euo pipefail
# shellcheck source=Benchmarks/measure.sh
source "$(dirname "$0")/measure.sh"

needs spin "the peer of the explorer" spin
needs gcc "SPIN's compiler" gcc
needs python3 "the clock" python3
rounds=${RUNS:-15}
bench=$build/interleave-bench
model=$book/Benchmarks/ticket.pml

# spin_verdict N: what using SPIN takes: from the model to C, from C to a program, from the program to a verdict.
cat >"$scratch/spin-verdict" <<EOF
#!/bin/sh
mkdir -p "$scratch/spin-\$1" && cd "$scratch/spin-\$1"
spin -a -DN="\$1" "$model" && gcc -O2 -o pan pan.c && exec ./pan
EOF
chmod +x "$scratch/spin-verdict"

# of NAME: its least time in seconds.
of() { awk -v name="$1" '$1 == name { print $2 }' "$scratch/times"; }

describe
spin -V
"$bench" || missed=$((missed + 1))

printf '\nthe whole verdict, unfolding and investigation\n'
for lock in ticket mcs testAndSet; do
  for cpus in 2 3 4 5; do
    for memory in SC RA; do
      printf '%s, %s CPUs, %s: ' "$lock" "$cpus" "$memory"
      "$bench" verdict "$lock" "$cpus" "$memory"
    done
  done
done

printf '\nthe ticket lock against SPIN; whole processes, %s alternating runs of each, least times\n' "$rounds"
for cpus in 3 4 5 6; do
  "$scratch/spin-verdict" "$cpus" >"$scratch/printed"
  grep -q 'errors: 0' "$scratch/printed" || { echo "SPIN does not find the ticket lock right" >&2; exit 2; }
  states=$(awk '/states, stored/ { print $1 }' "$scratch/printed")
  ours=$("$bench" verdict ticket "$cpus" SC)
  python3 "$book/Benchmarks/alternate.py" "$rounds" ours="$bench verdict ticket $cpus SC" \
    whole="$scratch/spin-verdict $cpus" pan="$scratch/spin-$cpus/pan" >"$scratch/times"
  echo "$cpus CPUs: ${ours%%,*} of the code itself; SPIN: $states states of a model of it"
  awk '{ printf "  %s: least %.2f ms, median %.2f ms\n", $1, $2 * 1000, $3 * 1000 }' "$scratch/times"
  check "explorer / SPIN (spin -a, gcc -O2, pan), $cpus CPUs" "$(quotient "$(of ours)" "$(of whole)")" at-most 3 x
  echo "       explorer / pan alone: $(quotient "$(of ours)" "$(of pan)")x"
done
finish
