"""The attack samples beyond the first forty: every intent, language, charset and wrapping that the gate is meant to judge.

Takes: nothing. Gives: mails, through `mail` of make_samples.py. Entry: `add`, which calls one module a kind of mail. Refuses (by assertion) an attacker's
host that is not reserved, wherever it hides, and Japanese that windows-31J and CP50221 cannot hold.
"""
import datetime, re

import make_samples as kit
from samples.wrap import dress

HOST = re.compile(r"https?://(?:[^/\"'\s<>?#]*@)?([^/:\"'\s<>?#)\\]+)")


def safe(*texts):
    """Gives its first text back after a look at every host in all of them."""
    for t in texts:
        t = re.sub(r">[^<]*</a>", ">", kit.LINK.sub(r" \2 ", t))          # what is shown may lie, that is the attack
        for h in HOST.findall(t):
            assert kit.RESERVED.search(h) or re.fullmatch(r"203\.0\.113\.\d+", h) or h in kit.GENUINE_IN_ATTACK or h == "www.w3.org", f"not a reserved host: {h}"
    return texts[0]


def at(s): return datetime.datetime.strptime(s, "%Y-%m-%d %H:%M").replace(tzinfo=kit.JST)


def road(name, dom):
    """How the mail came, as the attacker's means have it: own server, rented one, abused mailing service, broken script, hijacked school. By name, so stable."""
    h = kit.rnd("road" + name, 12)
    n = int(h, 16)
    return [{}, {"hops": 2}, {"mta": f"vps{n % 9000 + 1000}.rented.example.net", "extra": "X-PHP-Originating-Script: 1000:send.php\n"},
            {"mta": f"o{n % 7 + 1}.bulk-mailer.example.net", "ret": f"bounces+{n % 10**7}-{h[:4]}@em{n % 900}.bulk-mailer.example.net", "extra": f"List-Unsubscribe: <https://em{n % 900}.bulk-mailer.example.net/u/{h}>\n"},
            {"extra": f"Message-ID: <{h}.{n % 99991}@localhost.localdomain>\nX-Mailer: PHPMailer 6.9.3 (https://phpmailer.example)\n"}, {"mta": "smtp.school.example.org", "ret": f"s{n % 10**6}@school.example.org", "hops": 2},
            {"extra": f"X-Originating-IP: [203.0.113.{n % 250 + 1}]\n", "hops": 2}, {"ret": f"www-data@srv{n % 90}.{dom}"}][n % 8]


def attack(name, lang, brand, intent, wrapping, about, subject, sender, blocks=None, hand=None, **k):
    """One attack mail. `hand`: one of wrap.HANDS instead of the card."""
    if lang == "ja" and "beyond_sjis" not in wrapping:
        for t in [subject, sender[0], k.get("footer", "")] + [str(b) for b in blocks or []]:
            bare = t.replace("\u200b", "")
            assert bare == kit.dec(kit.enc(bare, "ISO-2022-JP"), "ISO-2022-JP") == kit.dec(kit.enc(bare, "Shift_JIS"), "Shift_JIS"), f"{name}: {t}"
    assert "@gmail.com" not in sender[1] or "_" in sender[1], name
    if hand or lang not in ("en", "ja"):
        look = {n: k.get(n, "") for n in ("logo", "footer", "hidden")}
        k["html_text"] = dress(hand or "shop", blocks, k.get("cs", "UTF-8"), lang, subject, k.get("colour", "#0067b8"), **look)
    safe(k.get("html_text") or "", str(blocks), k.get("footer", ""))
    if not {"mta", "ret", "extra", "auth"} & set(k):
        k.update(road(name, sender[1].split("@")[1]))
    kit.mail("attack", name, lang, brand, intent, wrapping, about, subject, sender, blocks, **k)


GENUINE = {
    "www.amazon.co.jp", "support.1password.com", "1password.com",      # links of a footer, copied from the real mail
    "www.google.com",                                                  # an open redirect, to a reserved host
    "0xCB00712D",                                                      # 203.0.113.45
    "paypal.com", "www.paypal.com",                                    # a mail of the service itself, abused
    "gmail.com",                                                       # only with an underscore, which Gmail does not allow
}


def add():
    kit.GENUINE_IN_ATTACK |= GENUINE
    from samples import attacks_europe, attacks_ja, attacks_people, attacks_tongues, attacks_west, attacks_wrapped
    for part in (attacks_ja, attacks_west, attacks_europe, attacks_people, attacks_wrapped, attacks_tongues):
        part.add()
