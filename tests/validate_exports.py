#!/usr/bin/env python3
"""Takes a folder of schemas (SEKISHO_DATA/schemas) and a folder of exports; says which of them are valid.

usage: validate_exports.py SCHEMAS FOLDER      FOLDER/{stix,csaf,misp,navigator}/*.json

Prints "export/stix  50/50" and so on; what is wrong goes to standard error; exit 1 if anything is. Schemas refer to one
another by relative paths; all are read from the folder, nothing from the net. Needs python3-jsonschema (4.10 of Debian
12 or later). What the schemas do not say and the standards do is checked here too: references within a STIX bundle,
the profile and the mandatory tests of CSAF that concern us, the forms of MISP and Navigator, for which there is no
schema in the data.
"""
import datetime
import json
import os
import re
import sys
import uuid
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
import jsonschema  # noqa: E402


def format_checker():
    """Of the formats in use, written here: the packages that jsonschema would want for them are not installed."""
    checker = jsonschema.FormatChecker(formats=[])

    @checker.checks("uri")
    def uri(value):
        return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", value) is not None

    @checker.checks("date-time")
    def date_time(value):
        try:
            return datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None
        except ValueError:
            return False

    @checker.checks("email")
    def email(value):
        return "@" in value

    @checker.checks("idn-hostname")
    def hostname(value):
        return len(value) <= 253 and all(0 < len(label) <= 63 for label in value.rstrip(".").split("."))

    return checker


class Schemas:
    """All schemas of a folder, named by their paths: two of STIX bear the same $id, and some refer without one."""

    def __init__(self, folder):
        self.store = {}
        self.validators = {}
        self.checker = format_checker()
        for path, _, files in os.walk(folder):
            for name in files:
                if not name.endswith(".json"):
                    continue
                with open(os.path.join(path, name), encoding="utf-8") as file:
                    schema = json.load(file)
                place = "schema:///" + os.path.relpath(os.path.join(path, name), folder)
                self.by_path(schema, place, {schema.get("$id", ""): place})
                self.store[place] = schema

    def by_path(self, value, place, known):
        if isinstance(value, dict):
            if isinstance(value.get("$id"), str):
                del value["$id"]
            if isinstance(value.get("$ref"), str):
                ref, hash_sign, fragment = value["$ref"].partition("#")
                if "first.org" in ref:  # CSAF names the schemas of CVSS by their addresses
                    ref = "../referenced_schema/first/" + ref.rsplit("/", 1)[1]
                target = place if not ref else known.get(ref) or "schema:///" + os.path.normpath(
                    os.path.join(os.path.dirname(place[len("schema:///"):]), ref))
                value["$ref"] = target + hash_sign + fragment
            for part in value.values():
                self.by_path(part, place, known)
        elif isinstance(value, list):
            for part in value:
                self.by_path(part, place, known)

    def validator(self, ending):
        if ending not in self.validators:
            found = [place for place in self.store if place.endswith(ending)]
            if len(found) != 1:
                raise SystemExit(f"schema {ending}: {len(found)} found")

            def closed(uri):
                raise RuntimeError("no schema for " + uri)

            resolver = jsonschema.RefResolver(found[0], self.store[found[0]], store=self.store,
                                              handlers={"schema": closed, "http": closed, "https": closed})
            self.validators[ending] = jsonschema.Draft202012Validator(self.store[found[0]], resolver=resolver,
                                                                      format_checker=self.checker)
        return self.validators[ending]


def problems_of(validator, value):
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(value)]


OBSERVABLES = {"domain-name", "url", "email-addr", "ipv4-addr", "ipv6-addr", "file"}
FOLDERS = {"relationship": "sros", "marking-definition": "common"}
# [path op 'value'], with \\ and \' as the only escapes: what the desk writes of the pattern language.
PATTERN = re.compile(r"\[[a-z0-9-]+:[a-z]+(\.'[A-Z0-9-]+')? (=|MATCHES) '((?:[^'\\]|\\['\\])*)'\]")
SPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")


def check_stix(schemas, bundle):
    # The bundle's schema tries every type on every object, which takes seconds: three of each type are enough for it,
    # for below each object is held against the schema of its own type.
    few = [o for n, o in enumerate(bundle["objects"]) if sum(p["type"] == o["type"] for p in bundle["objects"][:n]) < 3]
    out = problems_of(schemas.validator("/stix2.1/schemas/common/bundle.json"), bundle | {"objects": few})
    ids = [o["id"] for o in bundle["objects"]]
    if len(ids) != len(set(ids)):
        out.append("an id stands twice")
    for o in bundle["objects"]:
        kind = o["type"]
        folder = "observables" if kind in OBSERVABLES else FOLDERS.get(kind, "sdos")
        out += [f"{o['id']}: {p}" for p in problems_of(schemas.validator(f"/stix2.1/schemas/{folder}/{kind}.json"), o)]
        if not o["id"].startswith(kind + "--"):
            out.append(f"{o['id']}: id of another type")
        refs = [v for k, v in o.items() if k.endswith("_ref")] + [r for k, v in o.items() if k.endswith("_refs") for r in v]
        out += [f"{o['id']}: {r} is not in the bundle" for r in refs if r not in ids]
        if kind in OBSERVABLES:
            part = {"hashes": o["hashes"]} if kind == "file" else {"value": o["value"]}
            name = json.dumps(part, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
            if o["id"] != f"{kind}--{uuid.uuid5(SPACE, name)}":
                out.append(f"{o['id']}: not the id of its value")
        if kind == "indicator":
            found = PATTERN.fullmatch(o["pattern"])
            if not found:
                out.append(f"{o['id']}: pattern {o['pattern']}")
            elif found[2] == "MATCHES":
                re.compile(re.sub(r"\\(.)", r"\1", found[3]))
    return out


def check_csaf(schemas, document):
    out = problems_of(schemas.validator("/csaf_json_schema.json"), document)
    d = document["document"]
    # Profile csaf_informational_advisory, section 4.3.
    if d["category"] != "csaf_informational_advisory":
        out.append("another profile")
    if not any(n["category"] in ("description", "details", "general", "summary") for n in d.get("notes", [])):
        out.append("no note that describes")
    if not any(r.get("category", "external") == "external" for r in d.get("references", [])):
        out.append("no external reference")
    if "vulnerabilities" in document:
        out.append("vulnerabilities are given")
    tracking = d["tracking"]
    history = tracking["revision_history"]
    numbers = [int(r["number"]) for r in sorted(history, key=lambda r: (r["date"], int(r["number"])))]
    if numbers != list(range(1, len(numbers) + 1)):  # 6.1.14, 6.1.21, 6.1.22
        out.append("revision history has gaps or is out of order")
    if str(numbers[-1]) != tracking["version"]:  # 6.1.16
        out.append("version is not the last revision")
    if tracking["current_release_date"] < max(r["date"] for r in history):
        out.append("released before its last revision")
    return out


def check_misp(_, event):
    out = []
    e = event["Event"]
    uuids = [a["uuid"] for a in e["Attribute"]] + [e["uuid"], e["Orgc"]["uuid"]]
    for u in uuids:
        if str(uuid.UUID(u)) != u or uuid.UUID(u).version != 5:
            out.append(f"uuid {u}")
    if len(uuids) != len(set(uuids)):
        out.append("a uuid stands twice")
    datetime.date.fromisoformat(e["date"])
    if e["published"] is not False or not e["info"]:
        out.append("event")
    # Category → types, as describeTypes of MISP has them, for what the desk writes.
    allowed = {"Network activity": {"url", "domain", "ip-dst", "ip-dst|port"},
               "Payload delivery": {"email-src", "email-subject", "md5", "sha1", "sha256"},
               "External analysis": {"vulnerability", "link", "comment"},
               "Attribution": {"threat-actor"}, "Other": {"text"}}
    forms = {"url": r"\S+", "domain": r"[^\s/:]+", "ip-dst": r"[0-9a-f.:]+", "ip-dst|port": r"[0-9a-f.:]+\|\d{1,5}",
             "email-src": r"\S+@\S+", "md5": r"[0-9a-f]{32}", "sha1": r"[0-9a-f]{40}", "sha256": r"[0-9a-f]{64}",
             "vulnerability": r"CVE-\d{4}-\d{4,}", "link": r"https?://\S+"}
    for a in e["Attribute"]:
        if a["type"] not in allowed.get(a["category"], ()):
            out.append(f"{a['type']} in {a['category']}")
        if not re.fullmatch(forms.get(a["type"], r".+"), a["value"], re.S):
            out.append(f"{a['type']}: {a['value'][:80]}")
        if a["to_ids"] and a["type"] in ("text", "link", "comment", "threat-actor", "email-subject", "vulnerability"):
            out.append(f"to_ids on {a['type']}")
    for t in e["Tag"]:
        if not re.fullmatch(r"tlp:(clear|green|amber|amber\+strict|red)|[a-z-]+:[a-z-]+=\"[^\"]+\"", t["name"]):
            out.append(f"tag {t['name']}")
    return out


def check_navigator(_, layer):
    out = []
    if layer["versions"]["layer"] != "4.5" or layer["domain"] != "enterprise-attack" or not layer["name"]:
        out.append("layer")
    if not re.fullmatch(r"\d+", layer["versions"].get("attack", "0")):
        out.append("version of ATT&CK")
    ids = [t["techniqueID"] for t in layer["techniques"]]
    if len(ids) != len(set(ids)):
        out.append("a technique stands twice")
    for t in layer["techniques"]:
        if not re.fullmatch(r"T\d{4}(\.\d{3})?", t["techniqueID"]) or not 0 <= t["score"] <= 100:
            out.append(f"technique {t['techniqueID']}")
    return out


def main():
    schemas = Schemas(sys.argv[1])
    wrong = False
    for name, check in (("stix", check_stix), ("csaf", check_csaf), ("misp", check_misp), ("navigator", check_navigator)):
        folder = os.path.join(sys.argv[2], name)
        passed = total = 0
        for file in sorted(os.listdir(folder)):
            total += 1
            with open(os.path.join(folder, file), encoding="utf-8") as text:
                try:
                    found = check(schemas, json.load(text))
                except (KeyError, TypeError, ValueError, IndexError, re.error) as error:
                    found = [repr(error)]  # so far from its form that the checks cannot be made
            passed += not found
            for problem in found[:5]:
                print(f"  {name}/{file}: {problem}", file=sys.stderr)
        print(f"export/{name}  {passed}/{total}")
        wrong |= passed != total or total == 0
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
