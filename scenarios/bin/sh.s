# sh [FILE | -c LINE]: a shell. It reads LINE, or the lines of FILE or of its standard input, and knows
#
#   command WORD… | command WORD…     < FILE   > FILE   >> FILE     ;   &     'text' "text" \c $?   # a comment
#
# and by itself cd, exit, wait. A command without a slash in its name is one of /bin. Another shell reads
# a file that the kernel takes for no program.

  space line 1024          # the line
  space words 2048         # its words, each with a zero byte at its end
  space types 1024         # what each token is: 0 the end, 1 a word, or the character of an operator ('+' for >>)
  space values 1024        # the address of each word
  space shell 8            # a word before the arguments, for the name of the shell
  space argv 512           # the arguments of the command that is started
  space pids 256           # the processes of the pipeline that is running
  space path 256
  space ends 8             # a pipe
  space digits 32
  text bin "/bin/"

# input: the descriptor to read from      rest: the rest of the line      status: the code of the last command
# at: the current token                   stop: the token after them      before: the pipe before the command, or -1
# count: how many processes there are, times eight                       once: whether LINE is all

  load r1 [sp]
  if r1 < 2 goto lines
  load r1 [sp + 16]
  load byte r2 [r1]
  if r2 != '-' goto file
  load r2 [sp + 24]
  set r4 &line
  call append
  store byte 0 [r4]
  store 1 [once]
  goto begin
file:
  r4 = open r1 O_RDONLY
  if r4 < 0 goto missing
  fcntl r4 F_DUPFD_CLOEXEC 10
  store r0 [input]
  close r4

lines:
  load r1 [once]
  if r1 == 1 goto quit
  call readline
  if r0 < 0 goto quit
begin:
  set r1 &line
  store r1 [rest]
pipelines:
  call split
  load r1 [types]
  if r1 == 0 goto lines
  store 0 [at]
  call pipeline
  goto pipelines
quit:
  load r1 [status]
  exit r1
missing:
  write 2 "sh: cannot open the file\n"
  exit 127

# Reads a line, byte by byte, because commands may read from the same file. r0 is -1 at the end of the file.
readline:
  set r2 0
byte:
  set r1 &line
  add r1 r2
  load r3 [input]
  read r3 r1 1
  if r0 <= 0 goto nomore
  load byte r3 [r1]
  if r3 == '\n' goto read
  add r2 1
  if r2 < 1023 goto byte
read:
  store byte 0 [line + r2]
  set r0 0
  ret
nomore:
  if r2 > 0 goto read
  set r0 -1
  ret

# Splits the rest of the line, up to the first ; or &, into tokens. So each pipeline sees the status of the one before.
# r1: the place in the line, r2: the place for the words, r3: the token.
split:
  load r1 [rest]
  set r2 &words
  set r3 0
token:
  load byte r4 [r1]
  if r4 == 0 goto splitted
  if r4 == '#' goto splitted
  if r4 == ' ' goto blank
  if r4 == '\t' goto blank
  call operator
  if r0 == 0 goto word
  add r1 1
  if r4 != '>' goto store
  load byte r5 [r1]
  if r5 != '>' goto store
  add r1 1
  set r4 '+'
store:
  store r4 [types + r3]
  if r4 == ';' goto last
  if r4 == '&' goto last
  goto next
last:
  add r3 8
  goto splitted
blank:
  add r1 1
  goto token
word:
  store 1 [types + r3]
  store r2 [values + r3]
character:
  load byte r4 [r1]
  if r4 == 0 goto wordend
  if r4 == ' ' goto wordend
  if r4 == '\t' goto wordend
  call operator
  if r0 == 1 goto wordend
  add r1 1
  if r4 == '\'' goto quoted
  if r4 == '"' goto quoted
  if r4 == '$' goto dollar
  if r4 != '\\' goto keep
  load byte r4 [r1]
  if r4 == 0 goto wordend
  add r1 1
keep:
  store byte r4 [r2]
  add r2 1
  goto character
quoted:
  load byte r5 [r1]
  if r5 == 0 goto wordend
  add r1 1
  if r5 == r4 goto character
  if r5 != '$' goto plain
  if r4 == '\'' goto plain
  call status
  goto quoted
plain:
  store byte r5 [r2]
  add r2 1
  goto quoted
dollar:
  call status
  goto character
wordend:
  store byte 0 [r2]
  add r2 1
next:
  add r3 8
  if r3 < 1016 goto token
splitted:
  store 0 [types + r3]
  store r1 [rest]
  ret

# After a $: the code of the last command if a ? follows, else the $ itself.
status:
  load byte r5 [r1]
  if r5 != '?' goto alone
  add r1 1
  load r5 [status]
  digits r6 r5 [r2]
  add r2 r6
  ret
alone:
  store byte '$' [r2]
  add r2 1
  ret

# Whether r4 is an operator, in r0.
operator:
  set r0 1
  if r4 == '|' goto known
  if r4 == ';' goto known
  if r4 == '&' goto known
  if r4 == '<' goto known
  if r4 == '>' goto known
  set r0 0
known:
  ret

# Runs the commands up to the next ; or & or the end.
pipeline:
  load r3 [at]
seek:
  load r1 [types + r3]
  if r1 == 0 goto found
  if r1 == ';' goto found
  if r1 == '&' goto found
  add r3 8
  goto seek
found:
  store r3 [stop]
  store -1 [before]
  store 0 [count]
  call builtin
  if r0 == 1 goto done
command:
  call arguments           # at is then the | or the end of the pipeline
  load r1 [argv]
  if r1 == 0 goto started
  load r3 [at]
  load r1 [types + r3]
  if r1 != '|' goto start
  pipe2 &ends O_CLOEXEC
start:
  fork
  if r0 == 0 goto child
  load r1 [count]
  store r0 [pids + r1]
  add r1 8
  store r1 [count]
  load r1 [before]
  if r1 < 0 goto nothing
  close r1
nothing:
  store -1 [before]
  load r3 [at]
  load r1 [types + r3]
  if r1 != '|' goto started
  load int r1 [ends + 4]
  close r1
  load int r1 [ends]
  store r1 [before]
  add r3 8
  store r3 [at]
  goto command
started:
  load r3 [stop]
  load r1 [types + r3]
  if r1 == '&' goto done
  set r4 0
await:
  load r1 [count]
  if r4 >= r1 goto done
  load r1 [pids + r4]
  wait4 r1 &result 0
  call remember
  add r4 8
  goto await
done:
  ret

# Turns a wait status into the code of the last command.
remember:
  load int r1 [result]
  set r2 r1
  and r2 127
  if r2 != 0 goto signal
  shr r1 8
  and r1 255
  store r1 [status]
  ret
signal:
  add r2 128
  store r2 [status]
  ret

# Collects the words of a command; notes where it reads from and writes to.
arguments:
  store 0 [from]
  store 0 [to]
  store 0 [how]
  load r3 [at]
  set r2 0
argument:
  load r1 [types + r3]
  load r4 [values + r3]
  if r1 == 1 goto take
  if r1 == '<' goto source
  if r1 == '>' goto target
  if r1 == '+' goto target
  store 0 [argv + r2]
  store r3 [at]
  ret
take:
  store r4 [argv + r2]
  add r2 8
  if r2 < 504 goto advance
  set r2 496
advance:
  add r3 8
  goto argument
source:
  add r3 8
  load r4 [values + r3]
  store r4 [from]
  goto advance
target:
  store r1 [how]
  add r3 8
  load r4 [values + r3]
  store r4 [to]
  goto advance

# The child: leads its descriptors to their places, and executes the command.
child:
  load r1 [before]
  if r1 < 0 goto output
  dup2 r1 0
  close r1
output:
  load r3 [at]
  load r1 [types + r3]
  if r1 != '|' goto files
  load int r1 [ends + 4]
  dup2 r1 1
files:
  load r1 [from]
  if r1 == 0 goto nofrom
  r4 = open r1 O_RDONLY
  if r4 < 0 goto unopened
  dup2 r4 0
  close r4
nofrom:
  load r1 [to]
  if r1 == 0 goto run
  set r2 O_WRONLY|O_CREAT|O_TRUNC
  load r3 [how]
  if r3 == '>' goto create
  set r2 O_WRONLY|O_CREAT|O_APPEND
create:
  r4 = open r1 r2 0o666
  if r4 < 0 goto unopened
  dup2 r4 1
  close r4
run:
  load r1 [argv]
  call locate
  execve r1 &argv 0
  if r0 == -EACCES goto forbidden
  if r0 == -ENOEXEC goto script
  load r1 [argv]
  call complain
  write 2 ": not found\n"
  exit 127
script:                    # a file that the kernel takes for no program
  store r1 [argv]
  text name "sh"
  set r1 &name
  store r1 [shell]
  execve "/bin/sh" &shell 0
forbidden:
  load r1 [argv]
  call complain
  write 2 ": permission denied\n"
  exit 126
unopened:
  call complain
  write 2 ": cannot open\n"
  exit 1

# Prints the text at r1 after the name of the shell.
complain:
  write 2 "sh: "
  set r2 r1
measure:
  load byte r3 [r2]
  add r2 1
  if r3 != 0 goto measure
  sub r2 r1
  sub r2 1
  write 2 r1 r2
  ret

# Puts /bin/ before the name at r1 if it has no slash; r1 is then the path.
locate:
  set r2 r1
slash:
  load byte r3 [r2]
  if r3 == '/' goto located
  add r2 1
  if r3 != 0 goto slash
  push r1
  set r4 &path
  set r2 &bin
  call append
  pop r2
  call append
  store byte 0 [r4]
  set r1 &path
located:
  ret

# Copies the text at r2 to r4, which goes to its end.
append:
  load byte r3 [r2]
  if r3 == 0 goto appended
  store byte r3 [r4]
  add r2 1
  add r4 1
  goto append
appended:
  ret

# Does what the shell itself does; r0 tells whether the command was its own.
builtin:
  load r3 [at]
  load r1 [types + r3]
  if r1 != 1 goto no
  load r1 [values + r3]
  text cd "cd"
  set r2 &cd
  call same
  if r0 == 1 goto chdir
  load r1 [values + r3]
  text exit "exit"
  set r2 &exit
  call same
  if r0 == 1 goto quit
  load r1 [values + r3]
  text wait "wait"
  set r2 &wait
  call same
  if r0 == 1 goto all
no:
  set r0 0
  ret
chdir:
  add r3 8
  load r1 [values + r3]
  chdir r1
  store 0 [status]
  if r0 == 0 goto yes
  store 1 [status]
  call complain
  write 2 ": cannot go there\n"
yes:
  set r0 1
  ret
all:
  wait4 -1 &result 0
  if r0 > 0 goto all
  store 0 [status]
  goto yes

# Whether the texts at r1 and r2 are equal, in r0.
same:
  load byte r4 [r1]
  load byte r5 [r2]
  if r4 != r5 goto differ
  add r1 1
  add r2 1
  if r4 != 0 goto same
  set r0 1
  ret
differ:
  set r0 0
  ret
