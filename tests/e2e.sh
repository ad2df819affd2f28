#!/usr/bin/env bash
# The program as a person uses it: commands, output, exit statuses. usage: e2e.sh PATH-OF-sekisho SOURCE-DIR
set -uo pipefail
bin=$1 src=$2
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
passed=0 failed=0
export LANG=C LC_ALL=C

# expect NAME STATUS PATTERN -- COMMAND…   stdout and stderr together must match the extended regular expression
expect() {
  local name=$1 status=$2 pattern=$3; shift 4
  local out got; out=$("$@" 2>&1 </dev/null); got=$?
  if [ "$got" = "$status" ] && grep -qE -- "$pattern" <<<"$out"; then passed=$((passed + 1)); else
    failed=$((failed + 1)); printf 'FAILED %s: status %s (wanted %s), wanted /%s/ in:\n%s\n' "$name" "$got" "$status" "$pattern" "$(head -20 <<<"$out")"; fi
}
samples=$src/content/samples/mail
with=(--settings "$samples/sekisho.toml")

expect "help" 0 'scan.*judge mails' -- "$bin" --help
expect "version" 0 '^sekisho [0-9]' -- "$bin" --version
expect "no subcommand" 2 'subcommand' -- "$bin"
expect "unknown option" 2 'expected|not' -- "$bin" scan --colour x
expect "attack" 1 '[0-9]+ mails: 0 accept' -- "$bin" scan "${with[@]}" "$samples/attack"
expect "honest" 0 '0 banner, 0 quarantine' -- "$bin" scan "${with[@]}" "$samples/honest"
expect "Japanese" 1 '隔離' -- "$bin" scan --language ja "${with[@]}" "$samples/attack"
expect "explain" 1 'families: ' -- "$bin" scan --explain "${with[@]}" "$samples/attack"
expect "json" 1 '^\{"name":.*"verdict":"quarantine".*"evidence"' -- "$bin" scan --json "${with[@]}" "$samples/attack"
expect "missing path" 2 'no such file' -- "$bin" scan "$work/nothing"
expect "order is the input's, however many threads" 0 '' -- bash -c '
  a=$("$0" scan --json --threads 1 "$1"); b=$("$0" scan --json --threads 4 "$1"); [ "$a" = "$b" ]' "$bin" "$samples/honest"
printf 'From: a@example.com\nSubject: hello\n\nhello\n' >"$work/a.eml"
expect "standard input" 0 'accept' -- bash -c '"$0" scan - <"$1"' "$bin" "$work/a.eml"
: >"$work/empty.eml"
expect "empty mail" 2 'unreadable: mail.empty' -- "$bin" scan "$work/empty.eml"
expect "event" 0 '"eventType": "EMAIL_TRANSACTION"' -- "$bin" event "$work/a.eml"
expect "event of a folder's mail as one line" 0 '^\{"metadata":' -- "$bin" event --json "$work/a.eml"

expect "rules check of the pack" 0 'rules ready, 0 errors' -- "$bin" rules check
expect "rules test of the pack" 0 ' 0 failures' -- "$bin" rules test "$src/content/rules/mail"
mkdir "$work/rules"
printf 'rule a {\n  meta:\n    author = "x"\n  events:\n    $e.network.email.subjekt = "x"\n  condition:\n    $e\n}\nrule b {\n  meta:\n    author = "x"\n  events:\n    $e.metadata.event_type = "EMAIL_TRANSACTIO"\n  condition:\n    $e\n}\n' >"$work/rules/bad.yaral"
expect "rules check lists all errors" 2 'bad.yaral:5:' -- "$bin" rules check "$work/rules"
expect "rules check lists the second error too" 2 'bad.yaral:13:' -- "$bin" rules check "$work/rules"
printf '[content]\nrules = ["%s"]\n' "$work/rules" >"$work/s.toml"
expect "a bad rule stops start-up" 2 'error\[yaral' -- "$bin" scan --settings "$work/s.toml" "$work/a.eml"
printf '[verdict]\nbaner = 3\n' >"$work/s.toml"
expect "an unknown key stops start-up with a hint" 2 'did you mean banner' -- "$bin" scan --settings "$work/s.toml" "$work/a.eml"
expect "settings that are not there" 2 'cannot read' -- "$bin" scan --settings "$work/none.toml" "$work/a.eml"
mkdir "$work/emptyrules"; printf 'rule lonely {\n  meta:\n    author = "x"\n  events:\n    $e.metadata.event_type = "EMAIL_TRANSACTION"\n  condition:\n    $e\n}\n' >"$work/emptyrules/l.yaral"
expect "a rule without tests fails rules test" 1 'has no test that fires' -- "$bin" rules test "$work/emptyrules"

expect "eval" 0 'flagged' -- "$bin" eval "${with[@]}" --manifest "$samples/MANIFEST.tsv"
expect "eval json" 0 '"roc":\[' -- "$bin" eval --json "${with[@]}" --phish "$samples/attack" --ham "$samples/honest"
expect "eval of nothing" 2 'nothing to measure' -- "$bin" eval
expect "eval with masked headers" 0 'flagged' -- "$bin" eval --mask From,Subject --phish "$samples/attack" --ham "$samples/honest"
expect "doctor" 0 'blind +organisation.domains' -- "$bin" doctor
expect "doctor in Japanese" 0 '盲点' -- "$bin" doctor --language ja
expect "doctor with settings" 0 'ok +organisation.domains' -- "$bin" doctor "${with[@]}"
expect "schema is the document" 0 '' -- bash -c 'diff <("$0" doctor --schema) "$1/docs/schema.md"' "$bin" "$src"

# What a person mistypes.
expect "a mail where a subcommand belongs" 2 'did you mean: sekisho scan .*/a.eml' -- "$bin" "$work/a.eml"
expect "a subcommand mistyped" 2 'no subcommand "scna"; did you mean scan' -- "$bin" scna "$work/a.eml"
expect "a subcommand of rules mistyped" 2 'no subcommand "rules chekc"; did you mean check' -- "$bin" rules chekc
expect "a subcommand of rules without rules" 2 'did you mean rules check' -- "$bin" check
expect "too many threads" 2 'threads' -- "$bin" scan --threads 100000 "$work/a.eml"
expect "no threads" 2 'threads' -- "$bin" scan --threads 0 "$work/a.eml"
expect "few threads" 0 'accept' -- "$bin" scan --threads 2 "$work/a.eml"

# Paths that the system refuses, folders without mail, pipes.
ln -s "$work/loop_b" "$work/loop_a"; ln -s "$work/loop_a" "$work/loop_b"
long=$(printf 'x%.0s' {1..5000})
for path in "$work/loop_a" "/$long"; do
  expect "scan of a bad path" 2 'symbolic links|too long' -- "$bin" scan "$path"
  expect "event of a bad path" 2 'symbolic links|too long' -- "$bin" event "$path"
  expect "eval of a bad path" 2 'symbolic links|too long' -- "$bin" eval --phish "$samples/attack" --ham "$path"
  expect "rules check of a bad path" 2 'error' -- "$bin" rules check "$path"
  expect "rules test of a bad path" 2 'error' -- "$bin" rules test "$path"
  expect "settings at a bad path" 2 'cannot read' -- "$bin" scan --settings "$path" "$work/a.eml"
  expect "content at a bad path" 2 'error' -- "$bin" scan --content "$path" "$work/a.eml"
done
mkdir -p "$work/notes/sub"; echo x >"$work/notes/a.txt"; echo x >"$work/notes/sub/b.json"
expect "a folder without mail" 2 'no mail found in this folder \(2 files left out' -- "$bin" scan "$work/notes"
mkfifo "$work/fifo"
expect "a named pipe" 2 'not a regular file' -- timeout 10 "$bin" scan "$work/fifo"
expect "a descriptor" 0 'accept' -- bash -c '"$0" scan <(cat "$1")' "$bin" "$work/a.eml"
expect "standard input by its path" 0 'accept' -- bash -c 'cat "$1" | "$0" scan /dev/stdin' "$bin" "$work/a.eml"
mkdir -p "$work/part/closed"; cp "$work/a.eml" "$work/part"; chmod 0 "$work/part/closed"
if ! ls "$work/part/closed" >/dev/null 2>&1; then  # root reads everything
  expect "a folder that cannot be read is named" 2 'closed: cannot read the folder' -- "$bin" scan "$work/part"
fi
chmod 700 "$work/part/closed"

# A mail must not speak to the terminal.
printf 'From: "\033[2J" <a@example.com>\nSubject: =?utf-8?Q?a=1B]0;x=07=C2=9B31m=E2=80=AEb?=\nContent-Type: text/html\n\n<a href="https://evil.example/=\033[1m">https://lastpass.com/\033[5m</a>\n' >"$work/escape.eml"
cp "$work/escape.eml" "$work/$(printf 'a\033[31m\nb.eml')"
expect "no control characters reach the terminal" 0 '' -- bash -c '
  ! LC_ALL=C.UTF-8 "$0" scan --explain "$1"/*b.eml "$1/escape.eml" "$1/$(printf "none\033[1m\r")" 2>&1 | tr -d "\n" | LC_ALL=C grep -qaP "[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xaa-\xae]"' "$bin" "$work"
expect "control characters are shown" 0 'subject: a\\u\{1B\}' -- bash -c '"$0" scan --explain "$1"; [ $? -le 1 ]' "$bin" "$work/escape.eml"
expect "a file name stays on its line" 0 'a\\u\{1B\}\[31m\\u\{0A\}b\.eml' -- bash -c '"$0" scan "$1"/*b.eml; [ $? -le 1 ]' "$bin" "$work"

# Output that is lost is an error.
for command in "scan $work/a.eml" "scan --json $work/a.eml" "doctor" "doctor --schema" "event $work/a.eml" "rules check" \
  "rules test $src/content/rules/mail" "eval --ham $work/a.eml" "eval --json --ham $work/a.eml" "scan --help" "--version"; do
  expect "full disk: $command" 2 'cannot write: No space left' -- bash -c '"$0" $1 >/dev/full' "$bin" "$command"
  expect "closed output: $command" 2 'cannot write: ' -- bash -c '"$0" $1 >&-' "$bin" "$command"
done

# Rules as JSON.
expect "rules check as JSON: an error" 2 '^\{"kind":"error","code":"yaral[^"]*","text":".*","source":".*bad.yaral","line":13,"column":[0-9]+,"hint":"' -- "$bin" rules check --json "$work/rules"
expect "rules check as JSON: the sum" 2 '^\{"files":1,"rules":0,"errors":2,"warnings":[0-9]+,"not_yet_supported":0\}$' -- "$bin" rules check --json "$work/rules"
expect "rules test as JSON: an error" 1 '^\{"kind":"error","code":"rules.test".*"line":1' -- "$bin" rules test --json "$work/emptyrules"
expect "rules test as JSON: the sum" 1 '^\{"rules":1,"tests":0,"errors":0,"failures":2\}$' -- "$bin" rules test --json "$work/emptyrules"
expect "rules test of nothing as JSON" 2 '^\{"kind":"error","code":' -- "$bin" rules test --json "$work/nothing"

# eval counts what scan counts.
expect "eval without its folder" 2 'nothing: no such folder' -- "$bin" eval --phish "$samples/attack" --ham "$work/nothing"
mkdir "$work/ham"; printf 'From x\nFrom: a@example.com\nSubject: hello\n\nhello\n\nFrom y\nFrom: b@example.com\n\nhello\n' >"$work/ham/two.mbox"
cp "$work/a.eml" "$work/ham"; echo note >"$work/ham/note.txt"
expect "eval counts the mails of an mbox and leaves notes out" 0 '^ham +3 ' -- "$bin" eval --ham "$work/ham"
: >"$work/ham/empty.eml"
expect "eval names what it cannot read" 2 'empty.eml: .*mail.empty' -- "$bin" eval --ham "$work/ham"
expect "eval does not count it" 2 '^ham +3 ' -- "$bin" eval --ham "$work/ham"
expect "eval: mean over classes" 0 'macro-average: [0-9.]+ % of ham flagged \(mean of 1 classes' -- "$bin" eval --phish "$samples/attack" --ham "$samples/honest"
expect "eval json with rules and slowest" 0 '"slowest":\[\{"path":.*"rules":\{"' -- "$bin" eval --json --rules --phish "$samples/attack" --ham "$samples/honest"

# Many mails behind a slow one leave in order.
{ printf 'From x\nFrom: a@example.com\nContent-Type: text/html\n\n'; head -c 3000000 /dev/zero | tr '\0' 'x' | sed 's/xxx/<b>/g'; printf '\n\n'
  for i in $(seq 3000); do printf 'From x\nFrom: a@example.com\n\n%s\n\n' "$i"; done; } >"$work/many.mbox"
expect "order behind a slow mail" 0 '' -- bash -c '
  "$0" scan --json --threads 4 "$1" | grep -oE "^.\"name\":\"[^\"]*#[0-9]+" | grep -oE "[0-9]+$" >"$2/order"; seq 3001 | cmp - "$2/order"' "$bin" "$work/many.mbox" "$work"

# Cut off in the middle: every prefix of a mail, at some steps, is a verdict.
mail=$samples/attack/$(ls "$samples/attack" | head -1); size=$(stat -c %s "$mail")
for cut in 1 100 500 $((size / 2)) $((size - 1)); do
  head -c "$cut" "$mail" >"$work/cut.eml"
  expect "cut at $cut" 0 '' -- bash -c '"$0" scan "$1"; [ $? -le 1 ]' "$bin" "$work/cut.eml"
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
