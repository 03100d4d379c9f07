# head [-N]: copies the first N lines of its standard input, ten unless it is told otherwise.
  space bytes 4096
  set r7 10                # how many lines are left
  load r1 [sp]
  if r1 < 2 goto fill
  load r1 [sp + 16]        # -N
  set r7 0
digit:
  add r1 1
  load byte r2 [r1]
  if r2 == 0 goto fill
  sub r2 '0'
  mul r7 10
  add r7 r2
  goto digit

fill:
  if r7 <= 0 goto end
  r6 = read 0 &bytes 4096
  if r6 <= 0 goto end
  set r5 0                 # how many bytes are in the lines so far
scan:
  load byte r1 [bytes + r5]
  add r5 1
  if r1 != '\n' goto more
  sub r7 1
  if r7 == 0 goto print
more:
  if r5 < r6 goto scan
print:
  write 1 &bytes r5
  goto fill
end:
  exit 0
