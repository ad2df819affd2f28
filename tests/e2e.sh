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
expect "attack" 1 '[0-9]+ mails: .* [1-9][0-9]* quarantine' -- "$bin" scan "${with[@]}" "$samples/attack"
expect "honest" 0 '^accept .*lastpass-maintenance-ja' -- "$bin" scan "${with[@]}" "$samples/honest/lastpass-maintenance-ja.eml"
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
expect "an empty mail has no verdict" 2 '^error  .*empty.eml' -- bash -c '! "$0" scan "$1" | grep -w accept && "$0" scan "$1"' "$bin" "$work/empty.eml"
expect "nor has it in JSON" 2 '"error":"mail.empty' -- bash -c '! "$0" scan --json "$1" | grep verdict && "$0" scan --json "$1"' "$bin" "$work/empty.eml"
expect "nor is it counted as accepted" 2 '^2 mails: 1 accept, .*, 1 unreadable' -- "$bin" scan "$work/empty.eml" "$work/a.eml"
printf 'From: LastPass <a@lp.example>\nSubject: code 482913, confirm your master password\nContent-Type: text/html\n\n<p>Your account is suspended. Confirm your master password within 24 hours:\n<a href="https://ann:pw@lastpass-vault.example/reset/9f86d081884c7d659a2f?t=eyJhbGciOiJIUzI1NiJ9">lastpass.com</a>\n' >"$work/secret.eml"
expect "secrets of readers are not shown" 1 'https://\*\*\*:\*\*\*@lastpass-vault.example/reset/\*\*\*\?t=\*\*\*' -- "$bin" scan --explain "$work/secret.eml"
expect "nor stored" 1 '"subject":"code \*\*\*, confirm' -- bash -c '! "$0" scan --json "$1" | grep -E "482913|9f86d|eyJhb|ann:" && "$0" scan --json "$1"' "$bin" "$work/secret.eml"
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

# Mail authentication: a mail signed and verified over a zone file, and over what was recorded.
printf -- '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n' >"$work/key.pem"  # of RFC 8463 appendix A
cat >"$work/zone" <<'EOF'
$ORIGIN corp.example.
@             A     192.0.2.80
@             MX    10 mx
@             TXT   "v=spf1 ip4:192.0.2.0/24 include:_spf.corp.example -all"
_spf          TXT   "v=spf1 ip6:2001:db8::/32 ~all"
_dmarc        TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@corp.example"
s._domainkey  TXT   "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
list._domainkey.list.example. TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
_dmarc.none.example. TXT "v=DMARC1; p=none"
none.example. TXT "v=spf1 +all"
EOF
printf 'From: Ann <ann@corp.example>\nTo: b@gate.example\nSubject: minutes\nDate: Sun, 22 Nov 2026 10:00:00 +0900\nMessage-ID: <1@corp.example>\n\nas agreed\n' >"$work/plain.eml"
dns=(--zone "$work/zone") from=(--ip 192.0.2.9 --helo mail.corp.example --from ann@corp.example)
expect "auth sign" 0 '^DKIM-Signature: v=1; a=ed25519-sha256' -- "$bin" auth sign --domain corp.example --selector s --key "$work/key.pem" "$work/plain.eml"
"$bin" auth sign --domain corp.example --selector s --key "$work/key.pem" "$work/plain.eml" >"$work/signed.eml" 2>/dev/null
sed 's/agreed/argued/' "$work/signed.eml" >"$work/changed.eml"
expect "auth verify" 0 'DMARC +pass +corp.example p=reject SPF corp.example DKIM corp.example' -- "$bin" auth verify "${dns[@]}" "${from[@]}" "$work/signed.eml"
expect "auth verify: the mechanism that decided" 0 'SPF +pass +corp.example ip4:192.0.2.0/24' -- "$bin" auth verify "${dns[@]}" "${from[@]}" "$work/signed.eml"
expect "auth verify: a changed mail from elsewhere" 1 'DMARC +fail +corp.example p=reject disposition: reject' -- "$bin" auth verify "${dns[@]}" --ip 203.0.113.9 --from ann@corp.example "$work/changed.eml"
expect "auth verify in Japanese" 1 '処置: reject' -- "$bin" auth verify --language ja "${dns[@]}" --ip 203.0.113.9 --from ann@corp.example "$work/changed.eml"
expect "auth verify as JSON" 0 '"dmarc":\{"result":"pass"' -- "$bin" auth verify --json "${dns[@]}" "${from[@]}" "$work/signed.eml"
expect "auth verify as a header" 0 '^Authentication-Results: mx.gate.example;' -- "$bin" auth verify --header --authserv-id mx.gate.example "${dns[@]}" "${from[@]}" "$work/signed.eml"
expect "auth verify as a report row" 0 '^\{.*"disposition":"' -- "$bin" auth verify --report "${dns[@]}" "${from[@]}" "$work/signed.eml"
expect "auth verify with dead DNS" 2 'DMARC +temperror' -- "$bin" auth verify --dns off "${from[@]}" "$work/signed.eml"
expect "auth verify: what was recorded answers the same" 0 '^same$' -- bash -c '
  "$0" auth verify --json --zone "$1/zone" --record-dns "$1/dns.ndjson" --ip 192.0.2.9 --from ann@corp.example "$1/signed.eml" >"$1/then" &&
  "$0" auth verify --json --replay "$1/dns.ndjson" --ip 192.0.2.9 --from ann@corp.example "$1/signed.eml" | cmp - "$1/then" && echo same' "$bin" "$work"
expect "auth verify: no zone file" 2 'cannot read' -- "$bin" auth verify --zone "$work/nozone" "$work/signed.eml"
printf 'a A 192.0.2\n' >"$work/badzone"
expect "auth verify: a zone with a mistake" 2 'error\[dns.zone\].*' -- "$bin" auth verify --zone "$work/badzone" "$work/signed.eml"
expect "auth verify: two ways to look up" 2 'give one of them' -- "$bin" auth verify --dns off "${dns[@]}" "$work/signed.eml"
expect "auth verify: no address" 2 'address' -- "$bin" auth verify "${dns[@]}" --ip 192.0.2 "$work/signed.eml"
expect "auth verify: what a command line wraps" 0 'DMARC +pass' -- "$bin" auth verify "${dns[@]}" --ip '[192.0.2.9]' --helo mail.corp.example --from '<ann@corp.example>' "$work/plain.eml"
expect "auth verify: no client" 0 'as far as signatures go' -- "$bin" auth verify "${dns[@]}" "$work/plain.eml"
expect "auth verify: an envelope without a client" 2 'say nothing without --ip' -- "$bin" auth verify "${dns[@]}" --from a@corp.example "$work/plain.eml"
expect "auth verify: two forms" 2 'three forms of output' -- "$bin" auth verify --json --header "${dns[@]}" "$work/plain.eml"
expect "auth verify: no name of a server" 2 'is no name of a server' -- "$bin" auth verify --header --authserv-id 'a b' "${dns[@]}" "$work/plain.eml"
expect "auth sign: two mails" 2 'only the first mail was signed' -- "$bin" auth sign --domain corp.example --selector s --key "$work/key.pem" "$work/plain.eml" "$work/plain.eml"
expect "auth sign: no key" 2 'no private RSA or Ed25519 key; PEM without' -- "$bin" auth sign --domain corp.example --selector s --key "$work/zone" "$work/plain.eml"
expect "auth domain" 0 '1/10 look-ups' -- "$bin" auth domain "${dns[@]}" --selector s corp.example
expect "auth domain: advice" 1 '\+all' -- "$bin" auth domain "${dns[@]}" none.example
expect "auth domain: advice in Japanese" 1 '監視のみ' -- "$bin" auth domain --language ja "${dns[@]}" none.example
expect "auth domain: a key that is revoked" 1 'not usable: key revoked' -- bash -c 'cat "$1/zone" >"$1/zone2"; echo "old._domainkey.corp.example. TXT \"v=DKIM1; p=\"" >>"$1/zone2"; "$0" auth domain --zone "$1/zone2" --selector old corp.example' "$bin" "$work"
expect "auth domain: no such domain" 1 'there is no such domain' -- "$bin" auth domain "${dns[@]}" nothing.example
expect "scan verifies for itself" 1 'mail_auth_dmarc_fail_reject_asked' -- "$bin" scan --json "${dns[@]}" --ip 203.0.113.9 --from ann@corp.example "$work/changed.eml"
expect "scan does not flag what passes" 0 '^accept' -- "$bin" scan "${dns[@]}" "${from[@]}" "$work/signed.eml"
printf '[dns]\nservers = ["192.0.2.300"]\n' >"$work/s.toml"
expect "a server that is none stops start-up" 2 'is no address of a resolver' -- "$bin" scan --settings "$work/s.toml" "$work/a.eml"
expect "scan with dead DNS" 0 '^accept' -- "$bin" scan --dns off --ip 203.0.113.9 --from ann@corp.example "$work/changed.eml"

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
expect "a subcommand of rules without rules" 2 'did you mean .*rules check' -- "$bin" check
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
expect "rules check as JSON: the sum" 2 '^\{"files":1,"rules":0,"errors":2,"warnings":[0-9]+\}$' -- "$bin" rules check --json "$work/rules"
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
# The learned model and the fit.
head -30 "$samples/MANIFEST.tsv" | sed "2,\$s#^#$samples/#" >"$work/some.tsv"; grep '^honest' "$samples/MANIFEST.tsv" | head -24 | sed "s#^#$samples/#" >>"$work/some.tsv"
expect "train" 0 '^\| 1.0 % \| [0-9.]+ % ' -- "$bin" train --manifest "$work/some.tsv" --output "$work/own.model" --data "our own samples"
expect "train: the card stands beside it" 0 'our own samples' -- cat "$work/own.md"
expect "train: the same bytes again" 0 '' -- bash -c '"$0" train --manifest "$1/some.tsv" --output "$1/again.model" >"$1/out" && cmp "$1/own.model" "$1/again.model"' "$bin" "$work"
expect "train goes on" 0 'Learning went on from' -- "$bin" train --manifest "$work/some.tsv" --from "$work/own.model" --output "$work/more.model"
expect "train from no model" 2 'model.format' -- "$bin" train --manifest "$work/some.tsv" --from "$work/a.eml" --output "$work/more.model"
expect "train needs both kinds" 2 'needs phish and ham' -- "$bin" train --ham "$samples/honest" --output "$work/more.model"
mkdir "$work/onephish"; cp "$samples/attack/lastpass-maintenance-plain-ja.eml" "$work/onephish"
expect "train needs enough of each kind" 2 'at least 5 clusters of phish and of ham.*there are 1 of phish, 1 of ham' -- bash -c '
  "$0" train --phish "$1/onephish" --ham "$1/a.eml" --output "$1/none.model"; s=$?; [ ! -e "$1/none.model" ] && exit $s' "$bin" "$work"
expect "fit needs enough of each kind" 2 'at least 5 clusters' -- "$bin" eval --fit --phish "$work/onephish" --ham "$work/a.eml"
expect "what belongs to the fit without it" 2 'requires --fit' -- "$bin" eval --phish "$work/onephish" --ham "$work/a.eml" --output "$work/none.toml"
expect "fit" 0 'calibration: ' -- "$bin" eval --fit --settings "$samples/sekisho.toml" --manifest "$work/some.tsv" --output "$work/points.toml"
expect "fit without a model" 0 'ham with the highest scores' -- "$bin" eval --fit --without-model --settings "$samples/sekisho.toml" --manifest "$work/some.tsv"
expect "fit: its file" 0 'midpoint = ' -- cat "$work/points.toml"
printf '[content]\nlure_model = "%s"\n' "$work/own.model" >"$work/model.toml"
expect "a model of one's own" 0 'lure.model_odds' -- "$bin" event --settings "$work/model.toml" "$samples/attack/bitwarden-export-plain-en.eml"
printf '[content]\nlure_model = "none"\n' >"$work/model.toml"
expect "no model" 0 '' -- bash -c '! "$0" event --settings "$1/model.toml" "$2" | grep -q model' "$bin" "$work" "$samples/attack/bitwarden-export-plain-en.eml"
printf '[content]\nlure_model = "%s"\n' "$work/a.eml" >"$work/model.toml"
expect "no model's file: no start" 2 'model.format' -- "$bin" scan --settings "$work/model.toml" "$work/a.eml"
head -c 5000 "$work/own.model" >"$work/cut.model"; printf '[content]\nlure_model = "%s"\n' "$work/cut.model" >"$work/model.toml"
expect "half a model: no start" 2 'model.truncated' -- "$bin" scan --settings "$work/model.toml" "$work/a.eml"
printf '[verdict.points]\nmail_lure_delivry = 5\n' >"$work/model.toml"
expect "points of no rule" 2 'mail_lure_delivery' -- "$bin" scan --settings "$work/model.toml" "$work/a.eml"
expect "points of no rule: their place" 2 'model.toml:2:1' -- "$bin" scan --settings "$work/model.toml" "$work/a.eml"
cp -r "$src/content" "$work/content"; printf 'mail_lure_delivry = 5.0\n' >>"$work/content/points.toml"
sed -i '0,/aims = \["credential"/s//aims = ["credentail"/' "$work/content/lures/vault.toml"
expect "doctor warns of points of no rule" 0 "points.toml:$(wc -l <"$work/content/points.toml"):1" -- "$bin" doctor --content "$work/content"
expect "doctor warns of an aim that no rule reads" 0 'warning.content.aim.: no rule reads the aim "credentail"' -- "$bin" doctor --content "$work/content"
expect "doctor warns of nothing else" 0 '^2$' -- bash -c '"$0" doctor --content "$1" 2>&1 | grep -c ^warning' "$bin" "$work/content"
expect "doctor does not warn of the bundled content" 0 '' -- bash -c '! "$0" doctor 2>&1 | grep ^warning' "$bin"
rm "$work/content/points.toml" "$work/content/rules/mail/link.yaral"
expect "doctor does not warn of the program's points beside own rules" 0 '' -- bash -c '! "$0" doctor --content "$1" 2>&1 | grep points' "$bin" "$work/content"
rm -r "$work/content"
printf '[content]\ndisabled_intents = ["delivery"]\n' >"$work/model.toml"
expect "an intent that is none" 2 'in no pack' -- "$bin" scan --settings "$work/model.toml" "$work/a.eml"
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

# Hunting in event logs.
mkdir -p "$work/hunt/rules/tests" "$work/hunt/sigma" "$work/hunt/lists" "$work/hunt/logs"
cat >"$work/hunt/rules/many.yaral" <<'RULE'
rule many_failed {
  meta:
    author = "Corp Example"
    severity = "HIGH"
    technique = "T1110.003"

  events:
    $e.metadata.event_type = "USER_LOGIN"
    $e.security_result.action = "BLOCK"
    $e.principal.user.userid = $user

  match:
    $user over 5m

  outcome:
    $risk_score = 70
    $ips = array_distinct($e.principal.ip)

  condition:
    #e >= 3
}
RULE
cat >"$work/hunt/rules/tests/many.toml" <<'TEST'
[[test]]
rule = "many_failed"
count = 1
events = [
  {at = "4m", fields = {"metadata.event_type" = "USER_LOGIN", "security_result.action" = "BLOCK", "principal.user.userid" = "alice"}},
  {at = "0s", fields = {"metadata.event_type" = "USER_LOGIN", "security_result.action" = "BLOCK", "principal.user.userid" = "alice"}},
  {json = '{"metadata":{"eventTimestamp":"2026-01-05T00:01:00Z","eventType":"USER_LOGIN"},"securityResult":[{"action":["BLOCK"]}],"principal":{"user":{"userid":"alice"}}}'},
]

[[test]]
rule = "many_failed"
fires = false
note = "too far apart"
events = [
  {at = "0s", fields = {"metadata.event_type" = "USER_LOGIN", "security_result.action" = "BLOCK", "principal.user.userid" = "alice"}},
  {at = "4m", fields = {"metadata.event_type" = "USER_LOGIN", "security_result.action" = "BLOCK", "principal.user.userid" = "alice"}},
  {at = "6m", fields = {"metadata.event_type" = "USER_LOGIN", "security_result.action" = "BLOCK", "principal.user.userid" = "alice"}},
]
TEST
cat >"$work/hunt/sigma/reset.yml" <<'RULE'
title: Factors reset
id: 00000000-0000-4000-8000-000000000001
status: test
author: Ann Example
level: high
tags: [attack.persistence, attack.t1098]
logsource:
  product: okta
  service: okta
detection:
  selection:
    eventType: user.mfa.factor.reset_all
  condition: selection
RULE
sign_in() { printf '{"metadata":{"eventTimestamp":"2026-01-05T00:%02d:00Z","eventType":"USER_LOGIN"},"securityResult":[{"action":["BLOCK"]}],"principal":{"user":{"userid":"%s"},"ip":["192.0.2.%s"]}}\n' "$1" "$2" "$1"; }
{ sign_in 0 bob; sign_in 1 alice; sign_in 2 alice; sign_in 3 alice; sign_in 9 bob; } >"$work/hunt/logs/a.ndjson"
log=$work/hunt/logs/a.ndjson rules=(--rules "$work/hunt/rules")
expect "hunt" 1 '^\{"kind":"detection","uid":"[0-9a-f]{32}","rule":"many_failed","language":"yara-l",.*"severity":"HIGH","risk_score":70.*"keys":\{"user":"alice"\}.*"line":2,.*"userid":"alice"' -- "$bin" hunt "${rules[@]}" "$log"
expect "hunt in a folder" 1 '"rule":"many_failed"' -- "$bin" hunt "${rules[@]}" "$work/hunt/logs"
expect "hunt in standard input" 1 '"source":"-".*"userid":"alice"' -- bash -c '"$0" hunt --rules "$1" - <"$2"' "$bin" "$work/hunt/rules" "$log"
expect "hunt in gzip and zstd" 0 '' -- bash -c '
  plain=$("$0" hunt --rules "$1" "$2" | sed "s/\"source\":\"[^\"]*\"//g; s/\"uid\":\"[^\"]*\"//")
  for pack in "gzip -c" "zstd -qc"; do $pack "$2" >"$3/packed"; [ "$plain" = "$("$0" hunt --rules "$1" "$3/packed" | sed "s/\"source\":\"[^\"]*\"//g; s/\"uid\":\"[^\"]*\"//")" ] || exit 1; done' \
  "$bin" "$work/hunt/rules" "$log" "$work"
expect "hunt in a JSON array" 1 '"rule":"many_failed"' -- bash -c '{ printf "["; paste -sd, "$2"; printf "]"; } | "$0" hunt --rules "$1" -' "$bin" "$work/hunt/rules" "$log"
expect "hunt in an object around an array" 1 '"rule":"many_failed"' -- bash -c '{ printf "{\"Records\":["; paste -sd, "$2"; printf "]}"; } | "$0" hunt --rules "$1" -' "$bin" "$work/hunt/rules" "$log"
expect "hunt finds nothing" 0 '^$' -- bash -c 'head -3 "$2" | "$0" hunt --rules "$1" -' "$bin" "$work/hunt/rules" "$log"
expect "hunt: ecs" 1 '"ecs":\{"version":"8.*"kind":"alert".*"technique":\{"id":\["T1110"\]' -- "$bin" hunt --format ecs "${rules[@]}" "$log"
expect "hunt: ocsf" 1 '"class_uid":2004.*"severity_id":4.*"sub_technique":\{"uid":"T1110.003"\}' -- "$bin" hunt --format ocsf "${rules[@]}" "$log"
expect "hunt: figures" 1 ' 5  events' -- "$bin" hunt --stats "${rules[@]}" "$log"
expect "hunt: figures in Japanese" 1 ' 1  検知' -- "$bin" hunt --stats --language ja "${rules[@]}" "$log"
expect "hunt: figures as JSON" 1 '\{"kind":"statistics","rules":1,.*"events":5,' -- "$bin" hunt --stats --json "${rules[@]}" "$log"
{ head -2 "$log"; echo '{"broken'; echo; printf '\xff\n'; head -c 1100000 /dev/zero | tr '\0' x; echo; tail -n +3 "$log"; } >"$work/bad.ndjson"
expect "hunt: a malformed line is named with its place and skipped" 1 'bad.ndjson:3: not JSON' -- "$bin" hunt "${rules[@]}" "$work/bad.ndjson"
expect "hunt: so is a line over the limit" 1 'bad.ndjson:6: longer than 1048576 bytes' -- "$bin" hunt "${rules[@]}" "$work/bad.ndjson"
expect "hunt: all are counted" 1 '^sekisho: 2 malformed events, skipped, 1 events over the size limit' -- "$bin" hunt "${rules[@]}" "$work/bad.ndjson"
gzip -c "$log" | head -c 100 >"$work/cut.gz"
expect "hunt: a gzip file cut short" 2 'cut.gz: the gzip data ends too early' -- "$bin" hunt "${rules[@]}" "$work/cut.gz"
expect "hunt: a missing log" 2 'none: no such file' -- "$bin" hunt "${rules[@]}" "$work/none" "$log"
expect "hunt: the other log is read all the same" 2 'many_failed' -- "$bin" hunt "${rules[@]}" "$work/none" "$log"
expect "hunt: a folder without logs" 2 'no log in this folder' -- "$bin" hunt "${rules[@]}" "$work/emptyrules"
expect "hunt: an empty log" 0 '' -- bash -c ': | "$0" hunt --rules "$1" -' "$bin" "$work/hunt/rules"
expect "hunt without rules" 2 '--rules' -- "$bin" hunt "$log"
expect "hunt does not start with a bad rule" 2 'error\[yaral' -- "$bin" hunt "${rules[@]}" --rules "$work/rules" "$log"
expect "hunt skips bad rules when told" 1 '"rule":"many_failed"' -- "$bin" hunt --skip-bad-rules "${rules[@]}" --rules "$work/rules" "$log"
expect "hunt: a time span that is none" 2 'is no time span' -- "$bin" hunt --lateness soon "${rules[@]}" "$log"
printf '[[exception]]\nrule = "many_failed"\nwhere = {user = "al*"}\nuntil = 2026-12-31\nreason = "tests"\n' >"$work/exception.toml"
expect "hunt: an exception" 0 '1  detections kept back by exceptions' -- "$bin" hunt --stats --exceptions "$work/exception.toml" "${rules[@]}" "$log"
sed -i s/2026-12-31/2026-01-04/ "$work/exception.toml"
expect "hunt: an exception that has ended" 1 'the exception for many_failed has ended \(2026-01-04\): tests' -- "$bin" hunt --exceptions "$work/exception.toml" "${rules[@]}" "$log"
sed -i '/reason/d' "$work/exception.toml"
expect "hunt: an exception without a reason" 2 'exception.toml:1:.*|an exception needs a reason' -- "$bin" hunt --exceptions "$work/exception.toml" "${rules[@]}" "$log"
expect "hunt: raw events" 1 '"rule":"Factors reset".*"author":"Ann Example".*"severity":"high".*"published"' -- bash -c '
  echo "{\"published\":\"2026-01-05T00:00:00.000Z\",\"eventType\":\"user.mfa.factor.reset_all\"}" | "$0" hunt --logsource okta --rules "$1" -' "$bin" "$work/hunt/sigma"
expect "hunt: rules for another product" 2 'none is for azure' -- "$bin" hunt --logsource azure --rules "$work/hunt/sigma" "$log"
expect "hunt: Sigma needs a log source" 2 'raw events, which --logsource' -- "$bin" hunt --rules "$work/hunt/sigma" "$log"
expect "hunt: state" 1 '"line":1,' -- bash -c 'head -2 "$2" >"$3/one"; tail -n +3 "$2" >"$3/two"
  "$0" hunt --state "$3/state" --rules "$1" "$3/one" && "$0" hunt --state "$3/state" --rules "$1" "$3/two"' "$bin" "$work/hunt/rules" "$log" "$work"
mkdir -p "$work/hunt/metrics"
cat >"$work/hunt/metrics/first.yaral" <<'EOF'
rule first_sign_in_to_app {
  meta:
    severity = "low"
  events:
    $e.metadata.event_type = "USER_LOGIN"
    $e.security_result.action = "ALLOW"
    $e.target.user.userid = $user
    $e.target.application = $app
  outcome:
    $days = metrics.auth_attempts_success(period: 1d, window: 30d, metric: event_count_sum, agg: num_metric_periods, target.user.userid: $user)
    $before = metrics.auth_attempts_success(period: 1d, window: 30d, metric: first_seen, agg: min, target.user.userid: $user, target.application: $app)
    $today = metrics.auth_attempts_success(period: 1h, window: today, metric: first_seen, agg: min, target.user.userid: $user, target.application: $app)
  condition:
    $e and $days >= 2 and $before = 0 and $today = 0
}
EOF
sign_in() { echo "{\"metadata\":{\"eventTimestamp\":\"$1\",\"eventType\":\"USER_LOGIN\"},\"target\":{\"application\":\"$2\",\"user\":{\"userid\":\"alice\"}},\"securityResult\":[{\"action\":[\"ALLOW\"]}]}"; }
{ sign_in 2026-01-05T09:00:00Z mail; sign_in 2026-01-06T09:00:00Z mail; } >"$work/days"
{ sign_in 2026-01-07T09:00:00Z mail; sign_in 2026-01-07T09:30:00Z vault; sign_in 2026-01-08T11:00:00Z vault; } >"$work/then"
expect "hunt: metrics outlive a run" 1 '^one$' -- bash -c '"$0" hunt --state "$3/days.state" --rules "$1" "$3/days"
  out=$("$0" hunt --state "$3/days.state" --rules "$1" "$3/then"); code=$?; [ "$(grep -c "\"days\":2" <<<"$out")" = 1 ] && [ "$(wc -l <<<"$out")" = 1 ] && echo one; exit $code' \
  "$bin" "$work/hunt/metrics" "$log" "$work"
expect "hunt: a damaged state" 2 'is no state file' -- bash -c 'echo x >"$3/state"; "$0" hunt --state "$3/state" --rules "$1" "$2"' "$bin" "$work/hunt/rules" "$log" "$work"
expect "hunt: the same whatever the threads" 0 '' -- bash -c 'for i in $(seq 3000); do sed "s/alice/u$((i % 90))/" "$2"; done >"$3/many"
  a=$("$0" hunt --threads 1 --rules "$1" "$3/many" | md5sum); b=$("$0" hunt --threads 4 --rules "$1" "$3/many" | md5sum); [ "$a" = "$b" ]' "$bin" "$work/hunt/rules" "$log" "$work"
mkdir "$work/lists"
printf 'rank,domain\n1,popular.example\n2,www.example.com\nno name here\n' >"$work/lists/day1"
printf '1,popular.example\n2,newcomer.example\n' | gzip >"$work/lists/day2.gz"
printf '2023/12/01\thttps://bad.example/kit/17/pay.php?id=3\n2023/12/02\thttps://worse.example/kit/4/pay.php?id=9\n' >"$work/lists/urls"
# Names: judged, explained, planned, watched, exported.
expect "names judge" 1 'look-alike .* amazon .*www.amazon.co.jp.qwrtz.top' -- "$bin" names judge www.amazon.co.jp.qwrtz.top
expect "names judge: owned, address, no name" 0 'owned .*\n?.*address.*|owned' -- "$bin" names judge www.lastpass.com 192.0.2.1 a..b
for h in help-lastpass.com security-lastpass.com customer-lastpass.com notice-lastpass.com; do
  expect "names judge: $h" 0 '^(look-alike|resembles) .* lastpass ' -- "$bin" names judge "$h"
done
expect "names judge as JSON" 1 '"brand":"amazon","token":"amazon.*,"offset":4,"length":[0-9]+,"how":"embedded"' -- "$bin" names judge --json www.amazon.co.jp.qwrtz.top
expect "names judge: a pipe, with figures" 1 'hosts 3 .*look-alikes 1' -- bash -c 'printf "www.amazon.co.jp.qwrtz.top\n# note\nexample.org\n10.0.0.1\n" | "$0" names judge --stats -' "$bin"
expect "names judge: 20 MB without a line end" 0 '1 lines of more than' -- bash -c 'head -c 20000000 /dev/zero | tr "\0" a | "$0" names judge -' "$bin"
expect "names why" 1 'registry.after' -- "$bin" names why www.lastpass.co.jp.qwrtz.top
expect "names why in Japanese" 1 '直後に co.jp' -- "$bin" names why --language ja www.lastpass.co.jp.qwrtz.top
printf '[[brand]]\nid = "kazahana"\nnames = ["Kazahana"]\nowned = ["kazahana.example"]\ntokens = [{text = "kazahana", danger = "high"}]\n' >"$work/own.toml"
expect "names judge: no such brand" 0 '^nothing' -- "$bin" names judge www.kazahana-login.top
expect "names judge: a brand of the settings" 1 ' kazahana ' -- "$bin" names judge --settings "$work/own.toml" www.kazahana-login.top
expect "names plan" 0 'kazahana-login' -- "$bin" names plan --settings "$work/own.toml" kazahana --budget 200
expect "names plan: a zone" 0 '^\*\.kazahana[a-z.-]* IN CNAME \.$' -- "$bin" names plan --settings "$work/own.toml" kazahana --format rpz
expect "names plan: no such brand" 2 'no such brand; did you mean lastpass' -- "$bin" names plan lastpas
for f in sigma yaral; do
  "$bin" names plan --settings "$work/own.toml" kazahana --budget 5 --format $f >"$work/lookalikes.$([ $f = sigma ] && echo yml || echo yaral)"
done
expect "names plan: rules that compile" 0 '0 errors' -- "$bin" rules check "$work/lookalikes.yml" "$work/lookalikes.yaral"
expect "names plan: a PAC file" 0 'FindProxyForURL' -- "$bin" names plan lastpass --budget 3 --format pac
expect "names plan: an ACL" 0 '^\.' -- "$bin" names plan lastpass --budget 3 --format squid
expect "names plan: CSV" 0 '^host,brand,log_odds,how' -- "$bin" names plan lastpass --budget 3 --format csv
cat >"$work/ct" <<'CT'
{"message_type":"certificate_update","data":{"leaf_cert":{"all_domains":["*.www.amazon.co.jp.qwrtz.top","example.org"]}}}
{"name_value":"www.rakuten.co.jp.qwrtz.top\nexample.net"}
www.mercari.co.jp.qwrtz.top,2026-11-20
{"broken
CT
expect "names watch" 1 'mercari' -- "$bin" names watch "$work/ct"
expect "names watch: NDJSON" 1 '"host":"www.rakuten.co.jp.qwrtz.top","brand":"rakuten"' -- "$bin" names watch --json "$work/ct"
expect "names watch: one brand only" 1 'hits 1' -- "$bin" names watch --stats --brand amazon "$work/ct"
expect "names watch: a bad line is told" 1 '1 of 4 lines hold no name' -- "$bin" names watch "$work/ct"
expect "names watch: no file" 2 'cannot be read' -- "$bin" names watch "$work/nothing"
expect "brand check" 1 'brands, .* warnings' -- "$bin" brand check
printf '[[brand]]\nid = "Bad id"\nnames = ["x"]\nowned = ["co.jp"]\n' >"$work/bad.toml"
expect "brand check: a bad pack, with carets" 2 'is a public suffix' -- "$bin" brand check --settings "$work/bad.toml"
printf 'first_seen\tbrand\thost\turl\n2022/01/01\tx\twww.amazon.co.jp.qwrtz.top\t\n2023/01/01\tx\twww.amazon.co.jp.qwrtx.top\t\n' >"$work/reported"
printf 'example.org\namazonia.example\nexample.com\n' >"$work/honest"
expect "names fit" 0 '^\[features\]' -- "$bin" names fit --reported "$work/reported" --honest "$work/honest"
expect "names eval" 0 'reported/flagged' -- "$bin" names eval --reported "$work/reported" --honest "$work/honest"
expect "names: near subcommand" 2 'did you mean judge' -- "$bin" names juge x

printf 'From: "=?utf-8?q?LastP=CE=B1ss?= Support" <a@hobby.example>\nReply-To: help@lastpass-care.example\nTo: b@corp.example\nSubject: hello\nMessage-ID: <1@hobby.example>\nDate: Sun, 22 Nov 2026 10:00:00 +0900\n\nsee https://www.smboc-cascerd.co.jp.qwrtz.top/in and http://www.qwx-zzk.co.jp.qwrtz.top/\n' >"$work/names.eml"
expect "names in a mail: links" 0 'link.lookalike","value":"smbc_card".*link.lookalike_sure","value":"true".*link.lookalike_how","value":"shape"' -- "$bin" event --json "$work/names.eml"
expect "names in a mail: Reply-To and display name" 0 'identity.reply_to_lookalike":"lastpass".*identity.display_lookalike":"lastpass"' -- "$bin" event --json "$work/names.eml"
expect "names in a mail: rules" 1 'mail_link_lookalike_sure' -- "$bin" scan --explain "$work/names.eml"
expect "names in a mail: a kit without a brand" 1 'mail_link_kit_host' -- "$bin" scan --explain "$work/names.eml"
memory=(--memory "$work/memory")
expect "memory: none set" 2 '\-\-memory DIR' -- "$bin" memory show example.com
expect "memory: a rank list, its bad line told" 0 'day1:4: no name' -- "$bin" memory import rank "${memory[@]}" --date 2026-11-20 "$work/lists/day1"
expect "memory: the next list, packed" 0 '1 newcomers' -- "$bin" memory import rank "${memory[@]}" --date 2026-11-21 "$work/lists/day2.gz"
expect "memory: what was met" 0 '1 of 1 lines taken' -- bash -c 'echo example.com,2026-11-01 | "$0" memory import seen "$@" -' "$bin" "${memory[@]}"
expect "memory: RDAP" 0 '1 of 1 lines taken' -- bash -c 'echo "{\"ldhName\":\"example.com\",\"events\":[{\"eventAction\":\"registration\",\"eventDate\":\"1995-08-14T04:00:00Z\"}]}" | "$0" memory import registered "$@" -' "$bin" "${memory[@]}"
expect "memory: reported URLs" 0 '2 of 2 lines taken' -- "$bin" memory import templates "${memory[@]}" "$work/lists/urls"
expect "memory: show" 0 'first seen: 2026-11-01' -- "$bin" memory show "${memory[@]}" www.example.com
expect "memory: show as JSON" 0 '"first_seen_days":9,"registered":"1995-08-14"' -- "$bin" memory show "${memory[@]}" --json --date 2026-11-10 www.example.com
expect "memory: show in Japanese" 0 '順位表に現れた日: 2026-11-21' -- "$bin" memory show "${memory[@]}" --language ja newcomer.example
expect "memory: a kit elsewhere" 0 'reports: 2' -- "$bin" memory show "${memory[@]}" 'https://third.example/kit/99/pay.php?id=5'
expect "memory: stats" 0 '^templates ' -- "$bin" memory stats "${memory[@]}"
expect "memory: no such file" 2 'no such file' -- "$bin" memory import seen "${memory[@]}" "$work/nothing"
expect "memory: an empty list replaces nothing" 2 'list before is kept' -- "$bin" memory import rank "${memory[@]}" /dev/stdin
expect "memory: no day" 2 'is no day' -- "$bin" memory show "${memory[@]}" --date tomorrow example.com
expect "memory: one writer" 2 'another process writes' -- flock "$work/memory/seen.lock" "$bin" memory import seen "${memory[@]}" "$work/lists/day1"
printf '[memory]\ndirectory = "%s"\n' "$work/memory" >"$work/memory.toml"
printf 'From: a@example.com\nSubject: hello\n\nhttps://www.example.com/kit/5/pay.php?id=1 http://unmet.example/\n' >"$work/link.eml"
expect "memory: facts of a link" 0 'link.template_seen","value":"2"' -- "$bin" event --json --settings "$work/memory.toml" "$work/link.eml"
expect "memory: facts, by day" 0 'link.first_seen_days","value":"[0-9]+".*link.registered_days' -- "$bin" event --json --settings "$work/memory.toml" "$work/link.eml"
expect "memory: a scan remembers" 0 'first seen: ' -- bash -c '"$0" scan --settings "$2/memory.toml" "$2/link.eml" >/dev/null; "$0" memory show --memory "$1" unmet.example' "$bin" "$work/memory" "$work"
expect "memory: a scan beside a writer judges without" 0 'another process writes' -- bash -c 'flock "$1/seen.lock" "$0" scan --settings "$2/memory.toml" "$2/a.eml"' "$bin" "$work/memory" "$work"
expect "memory: doctor" 0 'ok +memory.directory' -- "$bin" doctor --settings "$work/memory.toml"
printf 'x' | dd of="$work/memory/rank.snapshot" bs=1 seek=70 conv=notrunc 2>/dev/null
expect "memory: a damaged snapshot" 2 'memory.damaged.*rank.snapshot' -- "$bin" memory show "${memory[@]}" example.com

expect "hunt: full disk" 2 'cannot write: No space left' -- bash -c '"$0" hunt --rules "$1" "$2" >/dev/full' "$bin" "$work/hunt/rules" "$log"

expect "rules test of sequences" 0 '1 rules, 2 tests, 0 failures' -- "$bin" rules test "$work/hunt/rules"
expect "rules check of Sigma" 0 '1 rules ready, 0 errors' -- "$bin" rules check "$work/hunt/sigma"
expect "rules explain" 0 'witness: ' -- "$bin" rules explain "$work/hunt/rules/many.yaral"
expect "rules explain with an event" 0 'false: security_result.action = ' -- bash -c 'sed s/BLOCK/ALLOW/ "$2" | "$0" rules explain "$1" -' "$bin" "$work/hunt/rules/many.yaral" "$log"
expect "rules stats" 0 '1  window hop' -- "$bin" rules stats "$work/hunt/rules"
expect "rules stats as JSON" 0 '"rules":1,"with_witness":1,"constructs":\{' -- "$bin" rules stats --json "$work/hunt/rules"
expect "rules fmt" 0 '^rule many_failed \{' -- "$bin" rules fmt "$work/hunt/rules"
expect "rules fmt --check" 0 '' -- "$bin" rules fmt --check "$work/hunt/rules"
sed 's/^    #e/ #e/' "$work/hunt/rules/many.yaral" >"$work/odd.yaral"
expect "rules fmt --check names what differs" 1 'odd.yaral' -- "$bin" rules fmt --check "$work/odd.yaral"
expect "rules fmt -w" 0 '' -- bash -c '"$0" rules fmt -w "$1" && cmp "$1" "$2"' "$bin" "$work/odd.yaral" "$work/hunt/rules/many.yaral"
expect "rules fmt of what does not parse" 2 'error\[yaral' -- bash -c 'echo "rule {" >"$1"; "$0" rules fmt "$1"' "$bin" "$work/odd.yaral"

# The advisory desk: news in, advisory, rules, hunt and drafts out.
news=$src/content/samples/news
expect "advise: Markdown in both languages" 1 'マスターパスワード' -- "$bin" advise "${with[@]}" "$news/vault-maintenance.ja.txt"
expect "advise: one line of JSON" 1 '"on_topic":true.*"rank":"A"|"rank":"A".*"on_topic":true' -- "$bin" advise --json "${with[@]}" "$news/vault-maintenance.ja.txt"
expect "advise: a folder for each event, with a hunt" 1 '^A  .*2026-01-21-lastpass' -- "$bin" advise "${with[@]}" --out "$work/desk" --hunt "$samples/attack" "$news/vault-maintenance.ja.txt"
expect "advise: the hunt finds the mails that it is about" 0 'lastpass-maintenance-backup-en' -- cat "$work"/desk/*/advisory.md
expect "advise: drafts carry the mark" 0 '未承認' -- bash -c 'cat "$0"/desk/*/notices/staff.ja.txt' "$work"
expect "advise: drafts hold no live link" 1 '^$' -- bash -c 'grep -hE "https?://|lastpass-vault-backup\.example" "$0"/desk/*/notices/*' "$work"
expect "advise: rules are proposed, and run" 0 'rules ready, 0 errors' -- bash -c '"$1" rules check "$0"/desk/*/proposed' "$work" "$bin"
expect "advise: a second article continues the event" 1 'r2\)' -- "$bin" advise "${with[@]}" --out "$work/desk" "$news/vault-maintenance-update.en.html"
expect "advise: one folder still" 0 '^1$' -- bash -c 'ls "$0/desk" | wc -l' "$work"
expect "advise: an order hidden in the page is told and not obeyed" 1 'rank this article D' -- bash -c '"$1" advise --lang en "$2" | grep -E "rank this|Rank" ; exit 1' "$work" "$bin" "$news/vault-maintenance-update.en.html"
expect "advise: another subject yields nothing" 0 '^D  ' -- "$bin" advise "${with[@]}" --out "$work/desk2" "$news/backup-flaw.ja.txt"
expect "advise: no rule and no draft of it" 2 '^$' -- bash -c 'ls "$0"/desk2/*/proposed "$0"/desk2/*/notices 2>/dev/null' "$work"
expect "advise: nothing to read" 2 'article.empty' -- "$bin" advise /dev/null
expect "advise: no such file" 2 'no such file|cannot read' -- "$bin" advise "$work/nothing.txt"
expect "advise: no day" 2 'is no day' -- "$bin" advise --as-of tomorrow "$news/backup-flaw.ja.txt"
expect "advise indicators" 0 '^\{"value":"vault.example","type":"domain","role":"malicious","offset":0,"line":1' -- bash -c 'printf "vault[.]example was the phishing host\n" | "$0" advise indicators -' "$bin"
expect "advise indicators: a mask is a pattern" 0 '"value":"nta-\*.com".*"role":"partial"' -- bash -c 'printf "誘導先 https://nta-●●●●.com/ です\n" | "$0" advise indicators' "$bin"
json=$(ls "$work"/desk/*/advisory.json)
for form in stix navigator html; do
  expect "advise export: $form" 0 '.' -- "$bin" advise export --format $form "$json"
done
expect "advise export: what is no advisory" 2 'advisory\.' -- bash -c 'echo "{}" | "$0" advise export -' "$bin"
expect "advise lint" 0 'no problem' -- "$bin" advise lint "${with[@]}" "$json"
sed 's/"rank": "A"/"rank": "D"/' "$json" >"$work/changed.json"
expect "advise lint: a rank that does not follow" 1 'does not follow' -- "$bin" advise lint "${with[@]}" "$work/changed.json"
sed 's/"role": "genuine"/"role": "malicious"/' "$json" >"$work/changed.json"
expect "advise lint: what is honest called malicious" 1 'belongs to a known brand' -- "$bin" advise lint "${with[@]}" "$work/changed.json"
expect "advise export: it does not leave as malicious" 0 'given out as genuine' -- bash -c '"$0" advise export --format stix "$1" 2>&1 | grep -v "abuse@lastpass.com" | head -3' "$bin" "$work/changed.json"
sed 's/【下書き・未承認】//g' "$json" >"$work/changed.json"
expect "advise lint: the mark of a draft is gone" 1 'staff: ' -- "$bin" advise lint "${with[@]}" "$work/changed.json"
expect "advise: a hunt in nothing" 2 'nothing to hunt in' -- "$bin" advise --hunt "$work/no-mails" "$news/help-desk-calls.en.md"
expect "notice draft" 0 '--- regulator \(en\)' -- "$bin" notice draft "${with[@]}" "$json"
expect "notice lint: own drafts" 0 ' 0 problem' -- bash -c '"$1" notice lint --as-of 2026-01-22 "$0"/desk/*/notices/staff.ja.txt "$0"/desk/*/notices/staff.en.txt' "$work" "$bin"
printf '件名: 【注意】\n\nC\n月内に\nパスワードをこのメールに返信してください。 https://evil.example/x\n対応優先度: 高\n' >"$work/bad.txt"
expect "notice lint: a live link and a secret" 1 'notice.live_link' -- "$bin" notice lint "$work/bad.txt"
expect "attack suggest" 0 'T1598.003|T1566.002' -- "$bin" attack suggest "The mail leads to a copied sign-in page that asks for the password."
expect "advise: the same article from a pipe" 1 'LastPass' -- bash -c '"$0" advise --lang en - <"$1"' "$bin" "$news/vault-maintenance.ja.txt"
expect "advise: a folder that cannot be written" 2 'advise|cannot|Not a directory|File exists' -- bash -c ': >"$1/file"; "$0" advise --out "$1/file/x" "$2"' "$bin" "$work" "$news/help-desk-calls.en.md"
expect "advise: full disk" 2 'No space left' -- bash -c '"$0" advise "$1" >/dev/full' "$bin" "$news/help-desk-calls.en.md"
expect "notice: no subcommand" 2 'subcommand' -- "$bin" notice
printf '<?xml version="1.0"?><rss version="2.0"><channel><title>Sample Wire</title><item><title>Fake vault mails ask for the master password of LastPass</title><pubDate>Wed, 21 Jan 2026 09:00:00 +0900</pubDate><description>Phishing mails that pose as LastPass are being sent and ask for the master password at vault-a[.]example.</description></item><item><title>New printer</title><pubDate>Wed, 21 Jan 2026 09:00:00 +0900</pubDate><description>A printer was launched.</description></item></channel></rss>' >"$work/feed.xml"
expect "advise feed: the most urgent first" 1 '^A  ' -- bash -c '"$0" advise feed "$1" | head -1; exit 1' "$bin" "$work/feed.xml"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
