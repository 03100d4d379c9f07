# shellcheck shell=bash
# What the benchmarks of whole commands share. To be sourced; `finish` ends the script that sources it.

book=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# The folder that holds the built program and its kit.
build=$(cd "${LABS_BUILD:-$book/.build/release}" && pwd)
labs=$build/labs-cli
scratch=$(mktemp -d /tmp/labs-bench-XXXXXX)
trap 'rm -rf "$scratch"' EXIT
missed=0

# needs COMMAND PURPOSE PACKAGE: ends with 2 if the command is missing, and says how to get it.
needs() {
  command -v "$1" >/dev/null && return
  echo "$1 is missing ($2): apt install $3" >&2
  exit 2
}

# describe: the machine, and the versions of what is compared.
describe() {
  printf '%s, %s processors, Linux %s, load %s\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(uname -r)" "$(cut -d' ' -f1-3 /proc/loadavg)"
  swift --version 2>/dev/null | head -1
}

# seconds COMMAND...: how long one run takes, by the clock; what it prints goes to $scratch/printed.
seconds() {
  local start end
  start=$(date +%s%N)
  "$@" >"$scratch/printed" 2>&1 || { cat "$scratch/printed" >&2; echo "failed: $*" >&2; return 1; }
  end=$(date +%s%N)
  awk -v ns=$((end - start)) 'BEGIN { printf "%.6f\n", ns / 1e9 }'
}

# median: of the numbers on standard input, one per line.
median() { sort -g | awk '{ at[NR] = $1 } END { printf "%.5f\n", (at[int((NR + 1) / 2)] + at[int(NR / 2) + 1]) / 2 }'; }

# least: of the numbers on standard input.
least() { sort -g | head -1; }

# span: the least and the greatest of the numbers on standard input.
span() { sort -g | awk 'NR == 1 { least = $1 } END { printf "%.3f to %.3f", least, $1 }'; }

# quotient A B: A / B with two digits.
quotient() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# check NAME FIGURE at-most|at-least BOUND UNIT: prints one figure next to its bound, and remembers a miss.
check() {
  local verdict=MISSED
  if awk -v a="$2" -v how="$3" -v b="$4" 'BEGIN { exit !(how == "at-most" ? a + 0 <= b + 0 : a + 0 >= b + 0) }'; then
    verdict=ok
  else
    missed=$((missed + 1))
  fi
  printf '%-6s %s: %s%s (bound: %s %s%s)\n' "$verdict" "$1" "$2" "$5" "${3/-/ }" "$4" "$5"
}

# finish: ends with 1 if a bound was missed.
finish() { exit $((missed > 0)); }
