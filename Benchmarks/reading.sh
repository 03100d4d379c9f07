#!/usr/bin/env bash
# Measures `labs-cli read` against cmark, and `labs-cli list` against the least that a Swift program can do.
set -euo pipefail
# shellcheck source=Benchmarks/measure.sh
source "$(dirname "$0")/measure.sh"

rounds=5
runs=${RUNS:-20}

repeat() { for ((run = 0; run < runs; run++)); do "$@" >/dev/null || return 1; done; }

quotient_of_runs() { awk -v all="$1" -v runs="$runs" 'BEGIN { printf "%.6f\n", all / runs }'; }

# time_of NAME COMMAND...: the median in seconds of one round, with output to /dev/null.
time_of() {
  local name=$1
  shift
  if command -v hyperfine >/dev/null; then
    hyperfine -N --style none --warmup 3 --runs "$runs" --command-name "$name" --export-csv "$scratch/round.csv" \
      "$(printf '%q ' "$@")" >"$scratch/printed" 2>&1 || { cat "$scratch/printed" >&2; return 1; }
    awk -F, 'NR == 2 { print $4 }' "$scratch/round.csv"
  else
    "$@" >/dev/null
    # The mean, for a clock read around each run would cost more than the run.
    quotient_of_runs "$(seconds repeat "$@")"
  fi
}

chapter=$(wc -c "$book"/chapters/*.md | grep -v ' total$' | sort -n | tail -1 | awk '{ print $2 }')
printf 'print("hello")\n' >"$scratch/hello.swift"
swiftc -O "$scratch/hello.swift" -o "$scratch/hello"
cd "$book"

describe
cmark --version | head -1
echo "chapter: $(basename "$chapter"), $(wc -c <"$chapter") bytes"
for ((round = 0; round < rounds; round++)); do
  time_of read "$labs" read "$(basename "$chapter" .md)" --width 80 >>"$scratch/read.times"
  time_of cmark cmark "$chapter" >>"$scratch/cmark.times"
  time_of list "$labs" list >>"$scratch/list.times"
  time_of hello "$scratch/hello" >>"$scratch/hello.times"
done
for name in read cmark list hello; do
  echo "$name: median $(median <"$scratch/$name.times") s, rounds $(span <"$scratch/$name.times") s," \
    "$rounds alternating rounds of $runs"
done
check "labs-cli read / cmark" "$(quotient "$(median <"$scratch/read.times")" "$(median <"$scratch/cmark.times")")" \
  at-most 4 x
check "labs-cli list / hello" "$(quotient "$(median <"$scratch/list.times")" "$(median <"$scratch/hello.times")")" \
  at-most 3 x
finish
