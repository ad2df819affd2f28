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

# Cut off in the middle: every prefix of a mail, at some steps, is a verdict.
mail=$samples/attack/$(ls "$samples/attack" | head -1); size=$(stat -c %s "$mail")
for cut in 1 100 500 $((size / 2)) $((size - 1)); do
  head -c "$cut" "$mail" >"$work/cut.eml"
  expect "cut at $cut" 0 '' -- bash -c '"$0" scan "$1"; [ $? -le 1 ]' "$bin" "$work/cut.eml"
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
