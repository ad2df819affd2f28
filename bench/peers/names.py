#!/usr/bin/env python3
"""Names to register: ours against dnstwist's (Debian: dnstwist), on reported hosts that the plan was not counted on.

usage: SEKISHO_DATA=DIR bench/peers/names.py [PATH-OF-sekisho]
Prints "name  value unit" lines: hits of our 50 names, of dnstwist's first 50, first 500 and all, and the time that both
take. Of dnstwist's list the brand's own domains are left out, as they are of ours.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

BRANDS = {"aeon_card": "aeon.co.jp", "etc_meisai": "etc-meisai.jp", "mercari": "mercari.com",
          "yamato": "kuronekoyamato.co.jp", "saison": "saisoncard.co.jp"}


def main():
    sekisho = sys.argv[1] if len(sys.argv) > 1 else "build/release/sekisho"
    reported = os.path.join(os.environ.get("SEKISHO_DATA", "."), "names/brand_hosts.tsv")
    if not os.path.exists(reported):
        print("names.py: skipped: no data")
        return
    if not shutil.which("dnstwist"):
        print("names.py: skipped: no dnstwist")
        return
    names, hits = {}, {}
    spent = {"sekisho": 0.0, "dnstwist": 0.0}
    for brand, domain in BRANDS.items():
        start = time.time()
        made = subprocess.run(["dnstwist", "-f", "list", domain], capture_output=True, text=True, check=True).stdout
        spent["dnstwist"] += time.time() - start
        start = time.time()
        subprocess.run([sekisho, "names", "plan", brand, "--budget", "50"], capture_output=True, check=True)
        spent["sekisho"] += time.time() - start
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as other:
            other.write(made)
            other.flush()
            out = subprocess.run([sekisho, "names", "plan", brand, "--budget", "50", "--reported", reported, "--against",
                                  other.name], capture_output=True, text=True, check=True).stdout
        for rank, line in enumerate(out.splitlines()):
            what, count = line.split()[:2]
            kind = ("sekisho/50", "dnstwist/50", "dnstwist/500", "dnstwist/all")[rank]
            names[kind] = names.get(kind, 0) + int(what.rsplit("/", 1)[1])
            hits[kind] = hits.get(kind, 0) + int(count)
    for kind in names:
        print(f"plan/{kind:<14} {hits[kind]} hits of {names[kind]} names, {hits[kind] / names[kind]:.4f} a_name")
    for who, seconds in spent.items():
        print(f"plan/{who}/time  {seconds / len(BRANDS):.2f} s_a_brand")


main()
