#!/usr/bin/env bash
# Measures `labs-cli read` against cmark, and `labs-cli list` against the least that a Swift program can do.
set -euo pipefail
# shellcheck source=Benchmarks/measure.sh
source "$(dirname "$0")/measure.sh"

needs cmark "the peer of labs-cli read" cmark
needs python3 "the clock" python3
rounds=${RUNS:-200}

# A student who has tested every lab: the list has to look at that, too.
remember() {
  local entries=() lab
  for lab in "$book"/labs/*/*/; do
    entries+=("\"$(basename "$lab")\":{\"checks\":6,\"hints\":1,\"passed\":[\"one\",\"two\"],\"tests\":3}")
  done
  mkdir -p "$scratch/state/labs"
  (IFS=,; echo "{\"labs\":{${entries[*]}},\"schema\":\"kernel-by-hand.progress/1\"}") >"$scratch/state/labs/progress.json"
  export XDG_STATE_HOME=$scratch/state
}

# time_of NAME least|median: in seconds.
time_of() { awk -v name="$1" -v column="$([ "$2" = least ] && echo 2 || echo 3)" '$1 == name { print $column }' "$scratch/times"; }

# against NAME PEER: how many times as long NAME takes, by the least times, which the machine disturbs least.
against() { quotient "$(time_of "$1" least)" "$(time_of "$2" least)"; }

chapter=$(wc -c "$book"/chapters/*.md | grep -v ' total$' | sort -n | tail -1 | awk '{ print $2 }')
printf 'print("hello")\n' >"$scratch/hello.swift"
swiftc -O "$scratch/hello.swift" -o "$scratch/hello"
swiftc -O -static-stdlib "$scratch/hello.swift" -o "$scratch/hello-static"
cd "$book"
remember

describe
cmark --version | head -1
echo "chapter: $(basename "$chapter"), $(wc -c <"$chapter") bytes; $rounds alternating runs of each, into a pipe"
python3 Benchmarks/alternate.py "$rounds" read="$labs read $(basename "$chapter" .md)" cmark="cmark $chapter" \
  list="$labs list" hello="$scratch/hello" hello-static="$scratch/hello-static" >"$scratch/times"
awk '{ printf "%s: least %.2f ms, median %.2f ms\n", $1, $2 * 1000, $3 * 1000 }' "$scratch/times"
check "labs-cli read / cmark" "$(against read cmark)" at-most 4 x
check "labs-cli list / hello" "$(against list hello)" at-most 3 x
echo "       labs-cli list / hello with the standard library linked statically: $(against list hello-static)x"
finish
