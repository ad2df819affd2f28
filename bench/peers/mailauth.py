#!/usr/bin/python3
"""Mail authentication against what Debian has: the same mails, the same DNS, are the results the same, and what do they cost?

usage: bench/peers/mailauth.py [--verbose]      from the source folder, after the release build
needs: opendkim, opendmarc (its library), python3-dkim, python3-spf, openssl. What is not there is skipped.
mails: SEKISHO_DATA/mail-dev/ham, the first 300, signed here with a new RSA key of 2,048 bits; a third of them changed after that.

Prints "NAME  value", as the benches do. CPU is that of a whole process over all mails, so starting up is in it.
"""
import base64
import ctypes
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

VERBOSE = "--verbose" in sys.argv
SEKISHO = os.path.abspath("build/release/sekisho")
DATA = os.environ.get("SEKISHO_DATA", "")
MOST = 300


def run(*command, ok=(0, 1), **more):
    """Its output, and the CPU seconds it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in ok:
        sys.exit(f"{command[0]}: status {done.returncode}: {done.stderr.decode()[:500]}")
    return done.stdout.decode(errors="replace"), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def told(name, pairs, explained=None):
    """pairs: what, ours, theirs. explained: why some differ, and which: a function of all three."""
    same = sum(ours == theirs for _, ours, theirs in pairs)
    known = sum(ours != theirs and explained[1](what, ours, theirs) for what, ours, theirs in pairs) if explained else 0
    print(f"peers/{name}/equal  {same}/{len(pairs)}" + (f" (and {known}: {explained[0]})" if known else ""))
    if VERBOSE:
        for what, ours, theirs in pairs:
            if ours != theirs:
                print(f"  {what}: ours {ours}, theirs {theirs}")


def zone_text(zone):
    out = []
    for name, records in zone.items():
        for kind, value in records:
            text = '"' + value.replace('"', '\\"') + '"' if kind == "TXT" else value + ("." if kind == "MX" else "")
            out.append(f"{name}. {kind} {text}")
    return "\n".join(out) + "\n"


def chunks(text):
    return [text[i:i + 255].encode() for i in range(0, len(text), 255)] or [b""]


def dkim(work):
    run("openssl", "genrsa", "-out", f"{work}/key.pem", "2048")
    public, _ = run("openssl", "rsa", "-in", f"{work}/key.pem", "-pubout")
    record = "v=DKIM1; k=rsa; p=" + "".join(public.splitlines()[1:-1])
    zone = {"s._domainkey.peers.example": [("TXT", record)]}
    folder = os.path.join(DATA, "mail-dev/ham")
    if not DATA or not os.path.isdir(folder):
        print("peers/dkim  skipped: no data")
        return
    paths = []
    for name in sorted(os.listdir(folder))[:MOST]:
        with open(os.path.join(folder, name), "rb") as file:
            plain = re.sub(rb"(?im)^DKIM-Signature:.*\n([ \t].*\n)*", b"", file.read())
        with open(f"{work}/plain.eml", "wb") as file:
            file.write(plain)
        signed = subprocess.run([SEKISHO, "auth", "sign", "--domain", "peers.example", "--selector", "s", "--key",
                                 f"{work}/key.pem", f"{work}/plain.eml"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        if not signed:
            continue
        if len(paths) % 3 == 2:
            head = signed.find(b"\r\n\r\n") + 4
            letter = re.search(rb"[A-Za-z]", signed[head:])
            if letter:
                at = head + letter.start()
                signed = signed[:at] + (b"q" if signed[at:at + 1] != b"q" else b"w") + signed[at + 1:]
        path = f"{work}/{len(paths):03}.eml"
        with open(path, "wb") as file:
            file.write(signed)
        paths.append(path)
    with open(f"{work}/dkim.zone", "w") as file:
        file.write(zone_text(zone))
    out, ours_cpu = run(SEKISHO, "auth", "verify", "--json", "--zone", f"{work}/dkim.zone", *paths)
    ours = {}
    for line in out.splitlines():
        mail = json.loads(line)
        ours[mail["name"]] = mail["auth"]["dkim"][0]["result"]
    print(f"peers/dkim/mails  {len(paths)} ({sum(r == 'pass' for r in ours.values())} pass)")
    print(f"peers/dkim/sekisho  {ours_cpu / len(paths) * 1e6:.0f} us CPU a mail")

    if shutil.which("opendkim"):
        with open(f"{work}/keys", "w") as file:
            file.write(f"s._domainkey.peers.example {record}\n")
        with open(f"{work}/opendkim.conf", "w") as file:
            file.write(f"Mode v\nTestPublicKeys {work}/keys\n")
        out, cpu = run("opendkim", "-x", f"{work}/opendkim.conf", "-v", "-t", ",".join(paths), ok=range(256))
        theirs = {m[1]: "pass" if m[2] == "succeeded" else "fail"
                  for m in re.finditer(r"^opendkim: (\S+): verification \(.*\) (succeeded|failed)", out, re.M)}
        told("dkim/opendkim", [(os.path.basename(p), ours[p], theirs.get(p, "-")) for p in paths])
        print(f"peers/dkim/opendkim  {cpu / len(paths) * 1e6:.0f} us CPU a mail, {cpu / ours_cpu:.2f} x ours")
    else:
        print("peers/dkim/opendkim  skipped: not installed")

    try:
        import dkim as dkimpy
    except ImportError:
        print("peers/dkim/dkimpy  skipped: not installed")
        return
    pairs, start = [], time.process_time()
    for path in paths:
        with open(path, "rb") as file:
            mail = file.read()
        try:
            good = dkimpy.DKIM(mail).verify(0, dnsfunc=lambda name, timeout=5: record.encode())
        except dkimpy.DKIMException:
            good = False
        pairs.append((os.path.basename(path), ours[path], "pass" if good else "fail"))
    cpu = time.process_time() - start
    told("dkim/dkimpy", pairs)
    print(f"peers/dkim/dkimpy  {cpu / len(paths) * 1e6:.0f} us CPU a mail, {cpu / ours_cpu:.2f} x ours")


SPF_ZONE = {
    "one.example": [("TXT", "v=spf1 ip4:192.0.2.0/28 ip6:2001:db8::/64 -all")],
    "two.example": [("TXT", "v=spf1 a mx ~all"), ("A", "192.0.2.20"), ("MX", "10 mx.two.example")],
    "mx.two.example": [("A", "192.0.2.21"), ("AAAA", "2001:db8:2::21")],
    "three.example": [("TXT", "v=spf1 include:one.example include:two.example ?all")],
    "four.example": [("TXT", "v=spf1 redirect=one.example")],
    "five.example": [("TXT", "v=spf1 exists:%{ir}.%{l1r-}.five.example -all")],
    "7.2.0.192.ann.five.example": [("A", "127.0.0.2")],
    "six.example": [("TXT", "v=spf1 include:nothing.example -all")],
    "seven.example": [("TXT", "v=spf1 a:one.example ip4:192.0.2.300 -all")],
    "eight.example": [("TXT", "v=spf1 -all"), ("TXT", "v=spf1 +all")],
    "nine.example": [("TXT", "v=spf1 " + " ".join(f"a:h{i}.two.example" for i in range(5)) + " -all")],
    "ten.example": [("TXT", "something else")],
    "eleven.example": [("TXT", "v=spf1 include:eleven.example -all")],
}
ADDRESSES = ["192.0.2.7", "192.0.2.20", "192.0.2.21", "192.0.2.99", "2001:db8::7", "2001:db8:2::21"]


def spf(work):
    try:
        import spf as pyspf
    except ImportError:
        print("peers/spf/pyspf  skipped: not installed")
        return
    with open(f"{work}/spf.zone", "w") as file:
        file.write(zone_text(SPF_ZONE))
    with open(f"{work}/mail.eml", "w") as file:
        file.write("From: ann@one.example\nSubject: x\n\nx\n")

    def look_up(name, kind, *_, **__):
        found = []
        for k, value in SPF_ZONE.get(name.rstrip(".").lower(), ()):
            if k != kind:
                continue
            if k == "TXT":
                value = [c for c in chunks(value)]
            if k == "MX":
                value = (int(value.split()[0]), value.split()[1])
            found.append(((name, kind), value))
        return found

    pyspf.DNSLookup = look_up
    pairs = []
    for domain in [n for n in SPF_ZONE if n.count(".") == 1] + ["nothing.example"]:
        for address in ADDRESSES:
            sender = f"ann-x@{domain}"
            out, _ = run(SEKISHO, "auth", "verify", "--json", "--zone", f"{work}/spf.zone", "--ip", address, "--helo", "mail.example",
                         "--from", sender, f"{work}/mail.eml", ok=(0, 1, 2))
            ours = json.loads(out.splitlines()[0])["auth"]["spf"]["result"]
            pairs.append((f"{domain} {address}", ours, pyspf.check2(i=address, s=sender, h="mail.example")[0].lower()))
    told("spf/pyspf", pairs)


BELOW_PASS = (16, 17, 18)  # reject, quarantine, and none of a record that was found
DMARC_ZONE = {
    "example.com": [("A", "192.0.2.1")],
    "_dmarc.example.com": [("TXT", "v=DMARC1; p=reject; sp=quarantine")],
    "_dmarc.example.net": [("TXT", "v=DMARC1; p=quarantine; adkim=s; aspf=s")],
    "_dmarc.example.org": [("TXT", "v=DMARC1; p=none; rua=mailto:a@example.org")],
    "_dmarc.bad.example": [("TXT", "v=DMARC1; p=maybe")],
}


def opendmarc():
    """Its library, with DNS and public suffixes of our own; a function from a case to a result."""
    library = ctypes.CDLL("libopendmarc.so.2")
    library.opendmarc_policy_connect_init.restype = ctypes.c_void_p
    library.opendmarc_policy_status_to_str.restype = ctypes.c_char_p
    library.opendmarc_tld_read_file(b"/usr/share/publicsuffix/public_suffix_list.dat", b"//", b"*.", b"!")
    names = {code: library.opendmarc_policy_status_to_str(code).decode() for code in range(32)}
    for name, records in DMARC_ZONE.items():
        for kind, value in records:
            if kind == "TXT":
                library.opendmarc_dns_fake_record(name.encode(), value.encode())

    def judge(author, spf_result, spf_domain, dkim_result, dkim_domain):
        context = ctypes.c_void_p(library.opendmarc_policy_connect_init(b"192.0.2.9", 0))
        code = {"pass": 1, "fail": 2}
        library.opendmarc_policy_store_from_domain(context, author.encode())
        library.opendmarc_policy_store_spf(context, spf_domain.encode(), code[spf_result], 1, None)
        library.opendmarc_policy_store_dkim(context, dkim_domain.encode(), b"s", code[dkim_result], None)
        found = library.opendmarc_policy_query_dmarc(context, None)
        result = library.opendmarc_get_policy_to_enforce(context)
        library.opendmarc_policy_connect_shutdown(context)
        said = names.get(result, "")
        return "pass" if "OK so accept" in said else "none" if "No DMARC record" in said else "fail" if result in BELOW_PASS else said

    return judge


def dmarc(work):
    """Alignment and the record that applies, of the same SPF and DKIM results."""
    cases = []
    for author in ("example.com", "a.example.com", "example.net", "a.example.net", "example.org", "bad.example", "none.example"):
        for spf_result, spf_domain in (("pass", author), ("pass", "bounce." + author), ("pass", "other.example"), ("fail", author)):
            for dkim_result, dkim_domain in (("pass", author), ("pass", "mail." + author), ("pass", "other.example"), ("fail", author)):
                cases.append((author, spf_result, spf_domain, dkim_result, dkim_domain))
    try:
        judge = opendmarc()
    except OSError:
        print("peers/dmarc/opendmarc  skipped: not installed")
        return
    theirs = [judge(*case) for case in cases]
    for i, (author, *_) in enumerate(cases):
        with open(f"{work}/d{i:03}.eml", "w") as file:
            file.write(f"From: x@{author}\nTo: y@gate.example\nSubject: x\nDate: Sun, 22 Nov 2026 10:00:00 +0900\nMessage-ID: <{i}@x.example>\n\nx\n")
    # Ours, of the same SPF and DKIM results: the domain of SPF is real in a zone of our own, that of DKIM signs.
    pairs = []
    run("openssl", "genpkey", "-algorithm", "ed25519", "-out", f"{work}/ed.pem")
    der = subprocess.run(["openssl", "pkey", "-in", f"{work}/ed.pem", "-pubout", "-outform", "DER"], stdout=subprocess.PIPE).stdout
    key = "v=DKIM1; k=ed25519; p=" + base64.b64encode(der[-32:]).decode()
    for i, (author, spf_result, spf_domain, dkim_result, dkim_domain) in enumerate(cases):
        zone = dict(DMARC_ZONE)
        zone[spf_domain] = zone.get(spf_domain, []) + [("TXT", "v=spf1 " + ("+all" if spf_result == "pass" else "-all"))]
        zone["s._domainkey." + dkim_domain] = [("TXT", key)]
        with open(f"{work}/d.zone", "w") as file:
            file.write(zone_text(zone))
        signed = subprocess.run([SEKISHO, "auth", "sign", "--domain", dkim_domain, "--selector", "s", "--key", f"{work}/ed.pem",
                                 f"{work}/d{i:03}.eml"], stdout=subprocess.PIPE).stdout
        if dkim_result == "fail":
            signed += b"more\r\n"
        with open(f"{work}/d.eml", "wb") as file:
            file.write(signed)
        out, _ = run(SEKISHO, "auth", "verify", "--json", "--zone", f"{work}/d.zone", "--ip", "192.0.2.9", "--helo", "x.example", "--from",
                     f"x@{spf_domain}", f"{work}/d.eml", ok=(0, 1, 2))
        pairs.append((" ".join(cases[i]), json.loads(out)["auth"]["dmarc"]["result"], theirs[i]))
    # RFC 7489 section 3.1 wants the very same domain there; the library knows adkim=s and lets subdomains through.
    told("dmarc/opendmarc", pairs, ("it aligns subdomains in strict mode", lambda what, ours, theirs: what.split()[0].endswith("example.net")
                                    and (ours, theirs) == ("fail", "pass")))


def main():
    if not os.path.exists(SEKISHO):
        sys.exit("build/release/sekisho is not there: make run")
    with tempfile.TemporaryDirectory() as work:
        dkim(work)
        spf(work)
        dmarc(work)


main()
