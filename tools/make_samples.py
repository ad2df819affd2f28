#!/usr/bin/env python3
"""Writes the sample mails of content/samples/mail.

Takes: nothing but this file and samples/ beside it. Gives: attack/, attack_invented/, honest/ and MANIFEST.tsv, the same bytes on every run.
It is an authoring tool: the .eml files are committed, no build step runs it. Hosts of an attacker are always under reserved
names (RFC 2606, RFC 6761); a check at the end refuses anything else, and reads every mail back with python's email package.
"""
import base64, datetime, email, email.policy, email.utils, hashlib, html, os, quopri, re, struct, sys, textwrap, zlib

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "content", "samples", "mail")
MAILS = []          # (folder, name, bytes, manifest fields, text that must be readable)
JST = datetime.timezone(datetime.timedelta(hours=9))


def rnd(key, n=8):
    """A stable pseudo-random hex string."""
    return hashlib.sha256(key.encode()).hexdigest()[:n]


# ---------------------------------------------------------------- charsets

def encode_cp50221(text):
    """ISO-2022-JP as phones and Windows write it: JIS X 0208 with NEC row 13, half-width kana by ESC ( I."""
    out, mode = bytearray(), "B"
    for ch in text:
        cp = ord(ch)
        if cp < 0x80:
            want, raw = "B", bytes([cp])
        elif 0xFF61 <= cp <= 0xFF9F:
            want, raw = "I", bytes([cp - 0xFF61 + 0x21])
        else:
            sj = ch.encode("cp932")
            hi, lo = sj[0], sj[1]
            row = (hi - (0x81 if hi < 0xE0 else 0xC1)) * 2 + 1
            if lo >= 0x9F:
                row, cell = row + 1, lo - 0x9F + 1
            else:
                cell = lo - (0x40 if lo > 0x7F else 0x3F)
            want, raw = "J", bytes([row + 0x20, cell + 0x20])
        if want != mode:
            out += {"B": b"\x1b(B", "I": b"\x1b(I", "J": b"\x1b$B"}[want]
            mode = want
        out += raw
    if mode != "B":
        out += b"\x1b(B"
    return bytes(out)


def decode_cp50221(raw):
    out, mode, i = [], "B", 0
    while i < len(raw):
        if raw[i] == 0x1B:
            mode = {b"(B": "B", b"(J": "B", b"(I": "I", b"$B": "J", b"$@": "J"}[raw[i + 1:i + 3]]
            i += 3
        elif raw[i] == 0x0A or mode == "B":
            out.append(chr(raw[i]))
            i += 1
        elif mode == "I":
            out.append(chr(raw[i] - 0x21 + 0xFF61))
            i += 1
        else:
            row, cell = raw[i] - 0x20, raw[i + 1] - 0x20
            hi = (row - 1) // 2 + 0x81
            hi += 0x40 if hi > 0x9F else 0
            lo = cell + 0x9E if row % 2 == 0 else cell + (0x3F if cell < 64 else 0x40)
            out.append(bytes([hi, lo]).decode("cp932"))
            i += 2
    return "".join(out)


def enc(text, cs):
    if cs == "ISO-2022-JP":
        return b"\n".join(encode_cp50221(line) for line in text.split("\n"))
    return text.encode({"Shift_JIS": "cp932", "UTF-8": "utf-8", "US-ASCII": "ascii", "ISO-8859-1": "latin-1"}.get(cs, cs))


def dec(raw, cs):
    cs = cs.upper()
    if cs == "ISO-2022-JP":
        return decode_cp50221(raw)
    return raw.decode({"SHIFT_JIS": "cp932"}.get(cs, cs))


# ---------------------------------------------------------------- headers

def words(text, cs, how="B"):
    """RFC 2047 words of at most 75 characters, each complete in itself."""
    if all(31 < ord(c) < 127 for c in text):
        return [text]
    res, cur = [], ""

    def one(s):
        raw = enc(s, cs)
        if how == "Q":
            body = "".join(chr(b) if chr(b).isalnum() and b < 128 else "_" if b == 32 else f"={b:02X}" for b in raw)
        else:
            body = base64.b64encode(raw).decode()
        return f"=?{cs}?{how}?{body}?="
    for ch in text:
        if len(one(cur + ch)) > 72:
            res.append(one(cur))
            cur = ""
        cur += ch
    res.append(one(cur))
    return res


def header(name, value, cs="US-ASCII", how="B"):
    parts = words(value, cs, how)
    if len(parts) == 1 and parts[0] == value:       # plain ASCII: fold at blanks
        lines, cur = [], name + ":"
        for tok in value.split(" "):
            if len(cur) + 1 + len(tok) > 78 and cur.strip() != name + ":":
                lines.append(cur)
                cur = ""
            cur += " " + tok
        return "\n".join(lines + [cur]) + "\n"
    return f"{name}: " + "\n ".join(parts) + "\n"


def address(name, addr, cs, how="B"):
    if not name:
        return addr
    parts = words(name, cs, how)
    if parts[0] == name:
        return f'"{name}" <{addr}>' if re.search(r"[^A-Za-z0-9 '!&/-]", name) else f"{name} <{addr}>"
    return "\n ".join(parts) + f"\n <{addr}>"


# ---------------------------------------------------------------- blocks → text and HTML

def P(t): return ("p", t)
def H(t): return ("h", t)
def B(label, url): return ("btn", label, url)
def KV(*rows): return ("kv", rows)
def UL(*items): return ("ul", items)
def SM(t): return ("sm", t)
def RAW(h, t=""): return ("raw", h, t)
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def wrap(t, ja):
    if not ja:
        return "\n".join(textwrap.fill(x, 72, break_long_words=False, break_on_hyphens=False) for x in t.split("\n"))
    out = []
    for line in t.split("\n"):
        cur = ""
        for tok in re.findall(r"[\x21-\x7e]+ ?|.", line):
            if len(cur) + len(tok) > 38 and tok not in "。、」)" and cur:
                out.append(cur)
                cur = ""
            cur += tok
            if tok in "。、" and len(cur) > 26:
                out.append(cur)
                cur = ""
        if cur or not line:
            out.append(cur)
    return "\n".join(x.rstrip() for x in out)


def to_text(blocks, ja, label_only=False):
    out = []
    for b in blocks or []:
        kind = b[0]
        if kind in "p h sm".split():
            t = LINK.sub(lambda m: m[1] if label_only or m[1] == m[2] else f"{m[1]} {m[2]}", b[1]).replace("**", "")
            t = wrap(t, ja)
            out.append(("■" + t if ja else t + "\n" + "-" * min(len(t), 60)) if kind == "h" else t)
        elif kind == "btn":
            out.append(b[1] + "\n" + b[2])
        elif kind == "kv":
            out.append("\n".join(f"{k}:{v}" if ja else f"{k}: {v}" for k, v in b[1]))
        elif kind == "ul":
            out.append("\n".join(wrap(("・" if ja else "* ") + LINK.sub(lambda m: f"{m[1]} {m[2]}" if m[1] != m[2] else m[1], x), ja) for x in b[1]))
        elif kind == "raw" and b[2]:
            out.append(b[2])
    return "\n\n".join(out) + "\n"


def rich(t):
    """Escapes text; [label](url) becomes a link, **x** bold, a newline <br>."""
    res, pos = "", 0

    def plain(s):
        s = html.escape(s, quote=False)
        return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", s).replace("\n", "<br>\n")
    for m in LINK.finditer(t):
        res += plain(t[pos:m.start()]) + f'<a href="{html.escape(m[2])}" style="color:#1a5fb4">{plain(m[1])}</a>'
        pos = m.end()
    return res + plain(t[pos:])


def to_html(blocks, style, cs, ja, title="", pre="", footer="", colour="#c8202f", logo="", hidden=""):
    lang = "ja" if ja else "en"
    font = "'Hiragino Kaku Gothic ProN','Yu Gothic',Meiryo,sans-serif" if ja else "Arial,Helvetica,sans-serif"
    head = (f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset={cs}">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n</head>\n')
    rows = []
    for b in blocks or []:
        k = b[0]
        if k == "h":
            rows.append(f'<h1 style="margin:0 0 16px 0;font-size:22px;line-height:30px;color:#222222">{rich(b[1])}</h1>')
        elif k == "p":
            rows.append(f'<p style="margin:0 0 16px 0;font-size:15px;line-height:24px;color:#333333">{rich(b[1])}</p>')
        elif k == "sm":
            rows.append(f'<p style="margin:0 0 12px 0;font-size:12px;line-height:18px;color:#777777">{rich(b[1])}</p>')
        elif k == "btn":
            rows.append('<table role="presentation" cellpadding="0" cellspacing="0" border="0" align="center" style="margin:8px auto 24px auto"><tr>\n'
                        f'<td bgcolor="{colour}" style="border-radius:4px;padding:12px 28px">\n'
                        f'<a href="{html.escape(b[2])}" target="_blank" style="color:#ffffff;font-size:16px;font-weight:bold;text-decoration:none">{html.escape(b[1])}</a>'
                        '</td>\n</tr></table>')
        elif k == "kv":
            rows.append('<table cellpadding="6" cellspacing="0" border="0" width="100%" style="font-size:14px;border:1px solid #dddddd;margin-bottom:16px">\n' +
                        "\n".join(f'<tr><td width="34%" bgcolor="#f6f6f6">{html.escape(x)}</td><td>{rich(y)}</td></tr>' for x, y in b[1]) + "\n</table>")
        elif k == "ul":
            rows.append('<ul style="font-size:15px;line-height:24px;color:#333333">\n' + "\n".join(f"<li>{rich(x)}</li>" for x in b[1]) + "\n</ul>")
        else:
            rows.append(b[1])
    inner = "\n".join(rows)
    foot = rich(footer)
    if style == "mso":
        body = re.sub(r'<p style="[^"]*">', '<p class="MsoNormal" style="margin:0mm;margin-bottom:8pt;font-size:10.5pt">', inner)
        return (head.replace("</head>", "<style>p.MsoNormal{margin:0mm;font-size:10.5pt}</style>\n</head>") +
                f'<body lang="{"JA" if ja else "EN-US"}" link="#0563C1">\n<div class="WordSection1">\n{body}\n<p class="MsoNormal">{foot}</p>\n</div>\n</body>\n</html>\n')
    if style == "div":
        return head + (f'<body style="font-family:{font};margin:24px">\n<div style="max-width:640px">\n{hidden}{inner}\n<hr style="border:0;border-top:1px solid #ccc">\n'
                       f'<div style="font-size:11px;color:#888888">{foot}</div>\n</div>\n</body>\n</html>\n')
    pad = "&#847;&zwnj;&nbsp;" * 8
    preheader = f'<div style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:#f2f4f6;opacity:0">{html.escape(pre)}{pad}</div>\n' if pre else ""
    logo_cell = f'<span style="font-size:20px;font-weight:bold;color:{colour}">{html.escape(logo)}</span>' if logo else ""
    return head + (f'<body style="margin:0;padding:0;background-color:#f2f4f6;font-family:{font}">\n{preheader}'
                   '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f2f4f6"><tr><td align="center" style="padding:24px 0">\n'
                   '<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="width:600px;max-width:100%">\n'
                   f'<tr><td style="padding:24px 32px;border-bottom:3px solid {colour}">{logo_cell}</td></tr>\n'
                   f'<tr><td style="padding:32px">\n{inner}\n{hidden}</td></tr>\n'
                   f'<tr><td style="padding:16px 32px;background-color:#fafafa;font-size:11px;line-height:17px;color:#888888">{foot}</td></tr>\n'
                   '</table>\n</td></tr></table>\n</body>\n</html>\n')


# ---------------------------------------------------------------- MIME

def leaf(ctype, data, cte, extra=""):
    """One part: headers and body bytes (LF)."""
    if cte == "base64":
        body = base64.encodebytes(data)
    elif cte == "quoted-printable":
        body = quopri.encodestring(data)
        body = body if body.endswith(b"\n") else body + b"\n"
    else:
        body = data
    return f"Content-Type: {ctype}\nContent-Transfer-Encoding: {cte}\n{extra}\n".encode() + body


def text_part(text, cs, subtype="plain", cte=None, params=""):
    raw = enc(text, cs)
    if cte is None:
        cte = "7bit" if all(b < 128 for b in raw) and cs != "UTF-8" or cs == "ISO-2022-JP" else "quoted-printable" if cs == "UTF-8" and text.isascii() else "base64"
    if cte == "7bit":
        assert all(b < 128 for b in raw)
    return leaf(f'text/{subtype}; charset={cs}{params}', raw, cte)


def multi(kind, parts, key, flavour=0, params=""):
    h = hashlib.sha256(key.encode()).hexdigest()
    bd = [f"----=_Part_{int(h[:5],16)}_{int(h[5:12],16)}.17{int(h[12:21],16)%10**11:011d}", f"b1_{h[:32]}", f"_000_{h[:24].upper()}CORPMB01_",
          f"==============={int(h[:16],16):019d}==", f"{h[:28]}"][flavour % 5]
    out = f'Content-Type: multipart/{kind}; boundary="{bd}"{params}\n\n'.encode()
    for p in parts:
        out += f"--{bd}\n".encode() + p + (b"" if p.endswith(b"\n") else b"\n")
    return out + f"--{bd}--\n".encode()


def attach(fname, ctype, data, cs="US-ASCII", inline_cid=None):
    fn = fname if fname.isascii() else " ".join(words(fname, cs))      # MUAs in Japan put an encoded word here
    extra = f'Content-ID: <{inline_cid}>\nContent-Disposition: inline; filename="{fn}"\n' if inline_cid else f'Content-Disposition: attachment; filename="{fn}"\n'
    return leaf(f'{ctype}; name="{fn}"', data, "base64", extra)


def png(w, h, rgb, key):
    """A small picture: a coloured head and grey bars where a screenshot of a mail would have lines of text."""
    rows = []
    for y in range(h):
        if y < h // 5:
            px = bytes(rgb) * w
        else:
            n = int(rnd(f"{key}{y // 14}", 4), 16) % (w // 2) + w // 4
            bar = y % 14 < 6
            px = (b"\xff\xff\xff" * 20 + (b"\x60\x60\x60" if bar else b"\xff\xff\xff") * n + b"\xff\xff\xff" * w)[:3 * w]
        rows.append(b"\0" + px)

    def chunk(t, d): return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b"")


def encrypted_zip(fname, data, password, cs="cp932"):
    """A one-file zip with the traditional encryption, as PPAP tools make."""
    tab = []
    for n in range(256):
        c = n
        for _ in range(8):
            c = c >> 1 ^ (0xEDB88320 if c & 1 else 0)
        tab.append(c)
    k = [0x12345678, 0x23456789, 0x34567890]

    def upd(b):
        k[0] = k[0] >> 8 ^ tab[(k[0] ^ b) & 255]
        k[1] = ((k[1] + (k[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        k[2] = k[2] >> 8 ^ tab[(k[2] ^ k[1] >> 24) & 255]
    for b in password.encode():
        upd(b)
    crc = zlib.crc32(data)
    plain = bytes.fromhex(rnd(password, 22)) + bytes([crc >> 24]) + data
    body = bytearray()
    for b in plain:
        t = (k[2] | 2) & 0xFFFF
        body.append(b ^ (t * (t ^ 1) >> 8 & 255))
        upd(b)
    fn = fname.encode(cs)
    common = struct.pack("<HHHHHIIIHH", 20, 1, 0, 0x6C00, 0x5A6F, crc, len(body), len(data), len(fn), 0)
    loc = b"PK\x03\x04" + common + fn + bytes(body)
    cen = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + fn
    return loc + cen + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(cen), len(loc), 0)


# ---------------------------------------------------------------- whole mails

WHEN = {        # mails whose text names a date; the others get a stable random one
    "lastpass-maintenance-plain-ja": "01-20 18:05", "dashlane-html-attachment-en": "05-11 17:40", "bitwarden-new-device-punycode-ja": "06-03 04:31",
    "keeper-device-approval-ja": "08-05 01:15", "microsoft-unusual-signin-sjis-ja": "03-30 02:40", "lastpass-emergency-hidden-ja": "09-02 07:12",
    "lastpass-new-sign-in-en": "02-04 09:13", "lastpass-maintenance-ja": "03-02 10:00", "lastpass-invoice-en": "04-01 06:20", "onepassword-new-device-en": "06-02 10:41",
    "onepassword-recovery-code-sjis-ja": "07-14 19:31", "bitwarden-new-device-en": "03-09 16:56", "bitwarden-maintenance-plain-en": "04-13 23:10", "keeper-webinar-ja": "08-26 11:30",
    "dashlane-receipt-en": "05-11 15:02", "microsoft-security-info-iso2022-ja": "10-02 13:22", "okta-new-device-en": "09-09 18:21", "okta-maintenance-ja": "04-14 09:00",
    "duo-admin-en": "05-18 22:15", "duo-enrolment-ja": "04-06 10:12", "kazahana-news-ja": "06-15 10:00", "it-maintenance-iso2022-ja": "11-16 09:30", "it-password-policy-en": "09-14 11:05",
    "it-mfa-rollout-ja": "09-28 10:20", "it-quota-sjis-ja": "11-09 13:45", "it-password-expiry-en": "06-05 06:00", "csirt-warning-ja": "01-22 10:15", "meeting-ics-ja": "05-13 10:00",
    "press-newsletter-phishing-en": "01-23 21:00", "press-newsletter-phishing-iso2022-ja": "01-26 12:00", "awareness-training-en": "11-03 09:00", "awareness-training-sjis-ja": "11-12 15:30",
    "list-discussion-en": "05-04 23:51", "list-discussion-iso2022-ja": "05-07 21:08", "saas-receipt-en": "08-01 08:44", "shipping-notice-iso2022-ja": "10-08 17:30",
    "order-confirmation-sjis-ja": "11-20 20:11", "ppap-zip-iso2022-ja": "07-10 11:02", "ppap-password-iso2022-ja": "07-10 11:03", "partner-maintenance-ja": "08-03 10:00",
    "forwarded-suspicious-attached-ja": "10-05 10:12", "helpdesk-quota-iso2022-ja": "10-05 09:41", "it-quota-automatic-en": "07-22 02:00", "helpdesk-ticket-closed-ja": "06-24 14:10",
    "customer-reset-request-ja": "08-18 12:40", "docusign-envelope-en": "09-15 16:20", "sharepoint-share-ja": "06-11 10:33", "sales-report-html-en": "10-01 07:00",
}


def mail(folder, name, lang, brand, intent, wrapping, about, subject, sender, blocks=None, *, cs="UTF-8", to="user@corp.example.jp", to_name="", mta=None,
         ip=None, when=None, style="card", form="alt", footer="", colour="#c8202f", logo="", pre="", hidden="", cte=None, reply_to=None, auth=None,
         extra="", attachments=(), internal=False, text=None, html_text=None, label_only=False, how="B", ret=None, must=(), related=(), calendar=None, hops=1, rcpt=None):
    """Builds one mail. `form`: alt, plain, html; attachments and related pictures wrap it in mixed and related."""
    ja = lang == "ja"
    key = folder + name
    n = int(rnd(key, 8), 16)
    frm_name, frm = sender
    dom = frm.split("@")[1]
    if name in WHEN:
        when = datetime.datetime.strptime("2026-" + WHEN[name], "%Y-%m-%d %H:%M").replace(tzinfo=JST)
    when = when or datetime.datetime(2026, 1, 20, 8, 0, tzinfo=JST) + datetime.timedelta(minutes=n % 420000)
    d = lambda s: email.utils.format_datetime(when + datetime.timedelta(seconds=s))
    body_text = text if text is not None else to_text(blocks, ja, label_only) + ("\n-- \n" + wrap(LINK.sub(r"\1 \2", footer), ja) + "\n" if footer else "")
    body_html = html_text if html_text is not None else to_html(blocks, style, cs, ja, subject, pre, footer, colour, logo, hidden) if blocks else ""
    if form == "plain":
        core = text_part(body_text, cs, "plain", cte, "; format=flowed" if not ja and n % 3 == 0 else "")
    elif form == "html":
        core = text_part(body_html, cs, "html", cte)
    else:
        core = None
    h_part = text_part(body_html, cs, "html", cte) if form != "plain" else b""
    if related:
        h_part = multi("related", [h_part] + list(related), key + "rel", n, '; type="text/html"')
    if form == "alt":
        parts = [text_part(body_text, cs, "plain", cte), h_part]
        if calendar:
            parts.append(leaf('text/calendar; charset=UTF-8; method=REQUEST', calendar.encode(), "base64"))
        core = multi("alternative", parts, key, n)
    elif form == "html" and related:
        core = h_part
    if attachments:
        core = multi("mixed", [core] + list(attachments), key + "mix", n + 1)

    out = f"Return-Path: <{ret or frm}>\n"
    rcpt = rcpt or to
    if internal:
        pc = f"192.0.2.{100 + n % 90}"
        out += header("Received", f"from mail.corp.example (mail.corp.example [192.0.2.11]) by mbox01.corp.example (Postfix) with LMTP id {rnd(key+'l',10).upper()} for <{rcpt}>; {d(3)}")
        if internal == "app":
            out += header("Received", f"from notify.corp.example (notify.corp.example [192.0.2.40]) by mail.corp.example (Postfix) with ESMTP id {rnd(key+'m',10).upper()}; {d(2)}")
        else:
            out += header("Received", f"from [{pc}] (pc{n % 900 + 100}.office.corp.example [{pc}]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) "
                          f"(Authenticated sender: {frm.split('@')[0]}) by mail.corp.example (Postfix) with ESMTPSA id {rnd(key+'m',10).upper()}; {d(1)}")
    else:
        ip = ip or (f"198.51.100.{10 + n % 200}" if n % 3 else f"2001:db8:{n % 4096 + 512:x}::{n % 97 + 2:x}" if n % 2 else f"203.0.113.{10 + n % 200}")
        mta = mta or f"mail.{dom}"
        shown = f"IPv6:{ip}" if ":" in ip else ip
        out += header("Received", f"from mx.corp.example (mx.corp.example [192.0.2.25]) by mbox01.corp.example (Postfix) with LMTP id {rnd(key+'l',10).upper()} for <{rcpt}>; {d(9)}")
        if auth == "own":
            edom = (ret or frm).split("@")[1]
            out += (f"Authentication-Results: mx.corp.example;\n dkim=pass (2048-bit key) header.d={dom} header.s=s1;\n"
                    f" spf=pass smtp.mailfrom={edom};\n dmarc=pass (p={'reject' if folder == 'honest' else 'none'}) header.from={dom}\n")
        out += header("Received", f"from {mta} ({mta} [{shown}]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) by mx.corp.example (Postfix) "
                      f"with ESMTPS id {rnd(key+'m',10).upper()} for <{rcpt}>; {d(7)}")
        if auth == "forged_other":
            out += f"Authentication-Results: mx.{dom};\n dkim=pass header.d=1password.com header.s=google;\n spf=pass smtp.mailfrom=1password.com;\n dmarc=pass header.from=1password.com\n"
        if auth == "forged_ours":
            out += "Authentication-Results: mx.corp.example;\n dkim=pass header.d=okta.com header.s=s1024;\n spf=pass smtp.mailfrom=okta.com;\n dmarc=pass (p=reject) header.from=okta.com\n"
        if hops > 1:
            out += header("Received", f"from app{n % 7}.internal.{dom} (unknown [203.0.113.{n % 250 + 1}]) by {mta} with ESMTP id {rnd(key+'q',9)}; {d(2)}")
    out += f"Date: {d(0)}\n"
    out += "From: " + address(frm_name, frm, cs, how) + "\n"
    if reply_to:
        out += "Reply-To: " + (address(reply_to[0], reply_to[1], cs, how) if isinstance(reply_to, tuple) else reply_to) + "\n"
    out += "To: " + address(to_name, to, cs, how) + "\n"
    out += header("Subject", subject, cs, how)
    mid = [f"{rnd(key,32)}@{dom}", f"{n}.{n % 99991}.17{n % 10**10:010d}@{mta or 'mail.' + dom}", f"{rnd(key,8).upper()}-{rnd(key+'x',12).upper()}@{dom}"][n % 3]
    if not re.search(r"^Message-ID:", extra, re.M | re.I):
        out += f"Message-ID: <{mid}>\n"
    out += "MIME-Version: 1.0\n" + extra
    raw = out.encode("ascii") + core
    if not raw.endswith(b"\n"):
        raw += b"\n"
    row = (f"{folder}/{name}.eml", "honest" if folder == "honest" else "attack", lang, cs, brand, intent, wrapping, about)
    MAILS.append((folder, name, raw, row, list(must) + [subject]))


def ident(label):
    return "xn--" + label.encode("punycode").decode()


WHITE = '<div style="color:#ffffff;background-color:#ffffff;font-size:1px;line-height:1px">'


# ================================================================ the attack

def attack():
    A = lambda *a, **k: mail("attack", *a, **k)

    A("lastpass-maintenance-backup-en", "en", "lastpass", "vault_backup", "button", "maintenance pretext, local vault backup within 24 hours; passes DMARC for its own domain",
      "LastPass Infrastructure Update: Secure Your Vault Now", ("LastPass Support", "support@lastpass-vault-backup.example"),
      [H("Scheduled maintenance is about to begin"),
       P("Dear customer,\nwe are moving the storage layer of LastPass to a new region. To be on the safe side, we ask every account holder to **create a local backup of the vault within the next 24 hours**."),
       P("The backup is an encrypted file that stays on your own computer. If something goes wrong during the migration, you will be able to restore all sites, notes and payment cards from it."),
       B("Create backup now", "https://lastpass-vault-backup.example/start?u=dXNlckBjb3JwLmV4YW1wbGUuanA"),
       P("Customers who have not created a backup before the maintenance window closes may lose recently added items."),
       P("Thank you for your co-operation.\nThe LastPass Team")],
      logo="LastPass", pre="Back up your vault before the maintenance window closes", auth="own", ip="203.0.113.17", cs="UTF-8",
      footer="LastPass Customer Care, 1 Sample Street, Anytown. You get this service message because you hold a LastPass account. [Unsubscribe](https://lastpass-vault-backup.example/u)",
      must=["local backup of the vault within the next 24 hours"], when=datetime.datetime(2026, 1, 19, 22, 41, tzinfo=JST))

    A("lastpass-maintenance-plain-ja", "ja", "lastpass", "vault_backup", "plain_url", "plain text, ISO-2022-JP, hard wrapped: back up the vault before maintenance",
      "【重要】LastPass メンテナンスに伴うボールトのバックアップのお願い", ("LastPass サポート", "info@lastpass-maintenance.example"), [
          P("LastPass をご利用のお客様"),
          P("平素は LastPass をご利用いただき、誠にありがとうございます。"),
          P("下記の日程でデータセンターの緊急メンテナンスを実施いたします。作業中の万一の障害に備え、24時間以内にお客様ご自身でボールトのローカルバックアップを作成してください。"),
          KV(("作業開始", "1月21日 2:00(日本時間)"), ("対象", "すべての個人およびビジネスアカウント")),
          P("▼バックアップの作成はこちら\nhttps://lastpass-maintenance.example/jp/backup/"),
          P("作成時にマスターパスワードの入力が必要です。期限までに作成されなかった場合、保存されたパスワードが失われる可能性がございます。"),
          P("ご不便をおかけしますが、何卒ご協力をお願い申し上げます。")],
      cs="ISO-2022-JP", form="plain", footer="LastPass カスタマーサポート\n本メールは送信専用です。", must=["ローカルバックアップ"], to="taro.yamada@corp.example")

    A("lastpass-subdomain-ja", "ja", "lastpass", "vault_backup", "button,subdomain", "Shift_JIS, host begins with lastpass.com but belongs to another",
      "LastPass：定期メンテナンスのお知らせ（ご対応が必要です）", ("LastPass", "no-reply@lastpass.com.secure-login.example.net"), [
          H("メンテナンス前にバックアップを作成してください"),
          P("お客様各位\nセキュリティ強化のため、パスワード保管庫の暗号方式を更新します。更新の前に、**保管庫のバックアップ**を作成していただく必要があります。"),
          P("手順① 下のボタンから専用ページを開く\n手順② マスターパスワードで保管庫のロックを解除\n手順③ 「ローカルに保存」を選ぶ"),
          B("保管庫をバックアップする", "https://lastpass.com.secure-login.example.net/vault/export.php"),
          P("受付期限：本メール受信後24時間以内\n期限を過ぎますと、一部のデータを復元できない場合があります。")],
      cs="Shift_JIS", cte="8bit", logo="LastPass", footer="(C) LastPass　このメールに返信いただいてもお答えできません。", must=["保管庫のバックアップ", "①"], to_name="山田 太郎", to="taro.yamada@corp.example")

    A("lastpass-legacy-access-en", "en", "lastpass", "emergency_access", "button,text_names_host", "someone asks for access after your death; cancel by signing in; link text shows the genuine host",
      "Legacy Request Opened (URGENT if you are not deceased)", ("LastPass Legacy Desk", "alerts@lastpassrecovery.test"), [
          H("A family member has asked for access to your vault"),
          P("Hello,\na death certificate was uploaded by a person who says to be a member of your family, in order to regain access to your LastPass account."),
          KV(("Case number", "LP-7719-0042"), ("Agent assigned", "M. Example"), ("Priority", "High"), ("Opened", "14 October 2026")),
          P("If this was a mistake and you **are alive**, cancel the request without delay: sign in with your master password at the address below."),
          P("[https://lastpass.com/legacy/cancel?case=7719](https://lastpassrecovery.test/legacy/cancel?case=7719)"),
          P("With no answer within 24 hours, emergency access will be granted and the vault handed over to the applicant.")],
      logo="LastPass", style="card", footer="LastPass Legacy Access. Sent from an unmonitored address.", label_only=True, must=["https://lastpass.com/legacy/cancel?case=7719"],
      when=datetime.datetime(2026, 10, 14, 6, 12, tzinfo=JST), extra="X-Mailer: PHPMailer 6.9.1\n")

    A("lastpass-emergency-hidden-ja", "ja", "lastpass", "emergency_access", "button,hidden_text", "emergency access request; honest looking filler white on white",
      "緊急アクセスの申請が届いています", ("LastPass 通知", "notice@lp-notification.example"), [
          P("お客様の LastPass アカウントに対して、**緊急アクセス**の申請がありました。"),
          KV(("申請者", "y****@example.com"), ("待機時間", "24時間"), ("状態", "承認待ち")),
          P("お心当たりがない場合は、待機時間が終わる前に申請を拒否してください。何もされない場合、申請者がお客様のボールトを閲覧できるようになります。"),
          B("申請を確認して拒否する", "https://lp-notification.example/emergency/deny"),
          P("本人確認のため、マスターパスワードと認証コードの入力をお願いしております。")],
      hidden=WHITE + "社内報九月号をお届けします。今月の特集は、秋の健康診断と食堂の新メニューです。図書室には新しい雑誌が入りました。来週の火曜日は防災訓練を行いますので、"
      "九時半に正面玄関へお集まりください。写真部の展示会は来月の第二週に開かれます。ご家族もどうぞお越しください。</div>\n",
      logo="LastPass", must=["緊急アクセス", "社内報九月号"], footer="このメールは LastPass からの重要なお知らせです。")

    A("onepassword-new-device-en", "en", "onepassword", "new_device", "button", "approve a new device or be locked out; HTML only",
      "Approve the new device on your 1Password account", ("1Password", "no-reply@1password-help.test"), [
          H("Was this you?"),
          P("A new device is waiting for approval to open your 1Password vaults."),
          KV(("Device", "Chrome on Windows"), ("Place", "near Springfield"), ("IP address", "198.51.100.77"), ("Time", "03:14 UTC")),
          P("If you do not recognise this device, review the request now. You will need your account password and your Secret Key."),
          B("Review device", "https://1password-help.test/devices/review"),
          P("The approval runs out in 12 hours. After that the account is locked for your protection.")],
      form="html", cte="base64", colour="#0572ec", logo="1Password", footer="1Password, 4711 Sample Road. [Privacy](https://1password-help.test/privacy)", must=["account password and your Secret Key"])

    A("onepassword-watchtower-ja", "ja", "onepassword", "master_password", "button", "Watchtower alert: the account password leaked, confirm it here",
      "Watchtower の警告：1Password のアカウントパスワードが漏えいしています", ("1Password Watchtower", "watchtower@my1password-alert.example"), [
          H("アカウントパスワードの確認が必要です"),
          P("Watchtower が、お客様の 1Password アカウントパスワードを公開された漏えいデータの中に見つけました。第三者がアイテムを閲覧できる状態です。"),
          P("ただちに以下のページで**現在のマスターパスワードをご確認のうえ、新しいものに変更**してください。"),
          B("今すぐ確認する", "https://my1password-alert.example/ja/watchtower"),
          SM("48時間以内に手続きが完了しない場合、アカウントは凍結されます。")],
      colour="#0572ec", logo="1Password", auth="own", footer="1Password サポートチーム", must=["現在のマスターパスワード"], to="hanako.sato@corp.example.jp", to_name="佐藤 花子")

    A("onepassword-recovery-zerowidth-en", "en", "onepassword", "recovery_code", "button,zero_width", "confirm the recovery code; zero-width characters split the key phrases",
      "Action needed: confirm your 1Pass\u200bword recov\u200bery code", ("1Pass\u200bword Account Services", "services@onepw-account.example"), [
          P("Hi there,"),
          P("Your 1Pass\u200bword recov\u200bery code was issued before the latest security change and will stop working tonight."),
          P("To keep it valid, please con\u200bfirm the reco\u2060very code and your mas\u200bter pass\u200bword on the ver\u200cification page."),
          B("Confirm recov\u200bery code", "https://onepw-account.example/recovery"),
          P("Accounts with no valid code cannot be res\u200btored by our staff.")],
      style="div", colour="#0572ec", footer="Sent by 1Pass\u200bword Account Services", must=["mas\u200bter pass\u200bword"], how="Q")

    A("onepassword-maintenance-forged-ja", "ja", "onepassword", "vault_backup", "button,forged_auth", "ISO-2022-JP; carries a forged Authentication-Results of a foreign authserv-id",
      "1Password サーバー移行のお知らせと保管庫バックアップのお願い", ("1Password カスタマーサポート", "support@onepassword-jp.example"), [
          P("1Password をご利用いただきありがとうございます。"),
          P("サーバー移行のため、保管庫のデータを事前にお手元の端末へバックアップしていただく必要がございます。"),
          B("バックアップを開始", "https://onepassword-jp.example/migration/backup"),
          P("移行開始: ㈱サンプル データセンター 本日 23:00\n移行開始までにバックアップが完了していない保管庫は、読み取り専用となります。"),
          P("手続きにはマスターパスワードと Secret Key が必要です。ﾊﾞｯｸｱｯﾌﾟは5分ほどで完了します。")],
      cs="ISO-2022-JP", colour="#0572ec", logo="1Password", auth="forged_other", footer="1Password カスタマーサポート", must=["㈱サンプル", "ﾊﾞｯｸｱｯﾌﾟ"])

    A("bitwarden-export-plain-en", "en", "bitwarden", "vault_export", "plain_url,hyphen", "plain text: export your vault before the servers move",
      "Bitwarden cloud migration - please export your vault today", ("Bitwarden", "care@bitwarden-migration.example"), [
          P("Hello,"),
          P("On Thursday the vault servers of Bitwarden are going to be replaced. We can not guarantee that every encrypted item survives the move, therefore each user has to export a copy of the vault beforehand."),
          P("Please log in with your master password at"),
          P("https://bitwarden-migration.example/#/tools/export"),
          P("and press Export vault. The tool will ask for your two-step login code as well. Please finish within 24 hours."),
          P("Kind regards,\nBitwarden Cloud Operations")],
      form="plain", cte="7bit", cs="US-ASCII", must=["export a copy of the vault"])

    A("bitwarden-master-password-sjis-ja", "ja", "bitwarden", "master_password", "text_names_host", "Shift_JIS, link text shows vault.bitwarden.com",
      "【Bitwarden】マスターパスワードの再確認をお願いします", ("Bitwarden", "noreply@bitwarden-jp.test"), [
          P("Bitwarden ユーザー 様"),
          P("弊社システムの更新に伴い、すべてのお客様にマスターパスワードの再確認をお願いしております。確認が完了するまで、自動入力と同期の機能が停止します。"),
          P("以下の URL にアクセスし、メールアドレスとマスターパスワードを入力してください。"),
          P("[https://vault.bitwarden.com/#/login](https://bitwarden-jp.test/login)"),
          P("※ 本日中に確認が取れない場合、保管庫をロックいたします。")],
      cs="Shift_JIS", cte="8bit", style="div", colour="#175ddc", label_only=True, footer="Bitwarden 日本語サポート", must=["マスターパスワードの再確認"], to="k.suzuki@corp.example")

    A("bitwarden-emergency-iso2022-ja", "ja", "bitwarden", "emergency_access", "button", "ISO-2022-JP HTML: an emergency contact has started a takeover",
      "緊急時アクセスの引き継ぎが開始されました", ("Bitwarden 緊急時アクセス", "emergency@bwarden-access.example"), [
          H("引き継ぎを止めるには、ログインが必要です"),
          P("お客様の緊急連絡先が、Bitwarden 保管庫の引き継ぎ(テイクオーバー)を申請しました。引き継ぎが完了すると、マスターパスワードは連絡先の方によって再設定されます。"),
          P("心当たりのない場合は、6時間以内に保管庫にログインして申請を取り消してください。"),
          B("申請を取り消す", "https://bwarden-access.example/emergency-access/cancel")],
      cs="ISO-2022-JP", colour="#175ddc", logo="bitwarden", footer="Bitwarden からの自動送信メールです。", must=["引き継ぎ"])

    dotless = ident("b\u0131twarden")
    A("bitwarden-new-device-punycode-ja", "ja", "bitwarden", "new_device", "button,punycode,zero_width", "look-alike host in Punycode (dotless i), zero-width spaces inside key phrases",
      "新しいデバイスからのログインを承認してください", ("Bitwarden セキュリティ", f"security@{dotless}.example"), [
          P("お使いの Bit\u200bwarden アカウントに、新しい\u200bデバイスからログインがありました。"),
          KV(("日時", "2026/06/03 04:22"), ("デバイス", "Firefox / Linux"), ("IP アドレス", "203.0.113.201")),
          P("ご本人でない場合は、下記より新しいデ\u200bバイスの承認を取り消し、マス\u200bターパス\u200bワードを入力して本人確認をしてください。"),
          B("デバイスの確認", f"https://{dotless}.example/device"),
          SM("確認されない場合、24時間後にアカウントへのアクセスを制限します。")],
      colour="#175ddc", logo="Bit\u200bwarden", must=["マス\u200bターパス\u200bワード"], footer="Bitwarden セキュリティチーム")

    pic = png(600, 220, (255, 199, 0), "keeper")
    A("keeper-image-only-en", "en", "keeper", "vault_backup", "image_only,alt_text", "one linked picture, the text is only in alt",
      "Keeper: your vault must be backed up before Sunday", ("Keeper Security", "vault-team@keeper-backup.example"),
      cs="UTF-8", form="html", html_text='<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>\n<body bgcolor="#ffffff">\n<center>\n'
      '<a href="https://keeper-backup.example/vault?id=8841"><img src="cid:notice01@keeper" width="600" height="220" border="0"\n'
      ' alt="Keeper Security maintenance notice: back up your Keeper Vault within 24 hours. Sign in with your master password to start."></a>\n</center>\n</body></html>\n',
      related=[attach("notice.png", "image/png", pic, inline_cid="notice01@keeper")], must=["back up your Keeper Vault within 24 hours"])

    A("keeper-device-approval-ja", "ja", "keeper", "new_device", "button,hyphen", "device approval for the Keeper vault",
      "Keeper デバイス承認のリクエスト", ("Keeper Security", "approval@keepersecurity-device.example"), [
          H("新しいデバイスの承認が必要です"),
          P("次のデバイスが、お客様の Keeper ボルトへのアクセスを要求しています。"),
          KV(("デバイス", "Android 15"), ("場所", "不明"), ("要求日時", "2026年8月5日 1:07")),
          P("承認または拒否するには、ボルトにサインインしてください。応答がない場合、このデバイスは**自動的に承認**されます。"),
          B("要求を拒否する", "https://keepersecurity-device.example/approve?act=deny"),
          P("サインインの際はマスターパスワードと二要素認証コードをご用意ください。")],
      colour="#ffc700", logo="KEEPER", auth="own", must=["自動的に承認"], footer="Keeper Security カスタマーサポート")

    A("keeper-userinfo-en", "en", "keeper", "master_password", "plain_url,userinfo", "URL carries the genuine host as user name",
      "Re-confirm your Keeper master password", ("Keeper Account Protection", "protect@keeper-vault.test"), [
          P("Dear Keeper user,"),
          P("due to several failed attempts we could not confirm that your master password is still known only to you. Until it is re-confirmed, records cannot be opened on any device."),
          P("Re-confirm here:\nhttps://keepersecurity.com@keeper-vault.test/reconfirm?mail=user@corp.example.jp"),
          P("The form takes one minute. Unconfirmed vaults are removed after 48 hours.")],
      form="plain", cte="quoted-printable", must=["re-confirmed"], ret="bounce-221@keeper-vault.test")

    form_html = ('<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>Dashlane backup</title></head>\n<body style="font-family:Arial">\n<h2>Dashlane</h2>\n'
                 '<p>Unlock your vault to save the backup file.</p>\n<form method="post" action="https://dashlane-backup.example/api/save">\n'
                 '<input type="email" name="login" value="user@corp.example.jp"><br>\n<input type="password" name="mp" placeholder="Master Password"><br>\n'
                 '<button type="submit">Unlock and back up</button>\n</form>\n</body></html>\n')
    A("dashlane-html-attachment-en", "en", "dashlane", "vault_backup", "html_attachment", "HTML attachment with a form that asks for the master password",
      "Dashlane vault backup file (open within 24 hours)", ("Dashlane Team", "team@dashlane-backup.example"), [
          P("Hello,"),
          P("please find attached your personal Dashlane backup form. Because of the maintenance of 12 May, each member has to save the vault once by hand."),
          P("Open the attached page in your browser, unlock it with your Master Password and keep the downloaded file in a safe place. The form is valid for 24 hours."),
          P("Dashlane Member Services")],
      style="div", colour="#0e353d", attachments=[attach("Dashlane_Vault_Backup.html", "text/html", form_html.encode())], must=["unlock it with your Master Password"])

    A("dashlane-fullwidth-ja", "ja", "dashlane", "master_password", "button,fullwidth", "brand and key words in full-width letters",
      "Ｄａｓｈｌａｎｅ　ｍａｓｔｅｒ　ｐａｓｓｗｏｒｄ　確認のお願い", ("Ｄａｓｈｌａｎｅ", "jp@dashlane-kakunin.example"), [
          P("Ｄａｓｈｌａｎｅ をご利用のお客様へ"),
          P("お客様のアカウントで通常と異なるサインインを検知したため、ご利用を一時的に制限いたしました。"),
          P("制限の解除には、Ｍａｓｔｅｒ Ｐａｓｓｗｏｒｄ（ﾏｽﾀｰﾊﾟｽﾜｰﾄﾞ）の確認が必要です。"),
          B("確認手続きへ進む", "https://dashlane-kakunin.example/unlock"),
          P("本メール到着から２４時間以内にお手続きください。")],
      cs="Shift_JIS", colour="#0e353d", logo="ＤＡＳＨＬＡＮＥ", must=["Ｍａｓｔｅｒ Ｐａｓｓｗｏｒｄ"], footer="Ｄａｓｈｌａｎｅ 日本サポートデスク")

    A("microsoft-password-expiry-en", "en", "microsoft", "password_expiry", "button,subdomain", "password expires today, keep the current one",
      "Your Microsoft 365 password expires today", ("Microsoft 365 Message Center", "no-reply@login.microsoftonline.com.session-check.example.net"), [
          H("Password expiry notice"),
          P("The password of **user@corp.example.jp** expires today at 23:59. You can keep on using the same password if you confirm it before that time."),
          B("Keep current password", "https://login.microsoftonline.com.session-check.example.net/common/keep?e=user@corp.example.jp"),
          P("If the password is not confirmed, incoming messages are going to be held and you will be signed out of Outlook and Teams.")],
      colour="#0067b8", logo="Microsoft", footer="Microsoft Corporation, One Sample Way. This is a mandatory service communication.", must=["keep on using the same password"])

    A("microsoft-password-expiry-iso2022-ja", "ja", "microsoft", "password_expiry", "plain_url", "ISO-2022-JP plain: Microsoft 365 password expires",
      "Microsoft 365 パスワードの有効期限が切れます", ("Microsoft アカウント チーム", "account@ms365-password.example"), [
          P("user@corp.example.jp 様"),
          P("お使いの Microsoft 365 アカウントのパスワードの有効期限は、本日で終了します。"),
          P("現在のパスワードを引き続き使用する場合は、以下のページで更新の手続きを行ってください。"),
          P("https://ms365-password.example/renew/?id=0f3a91"),
          P("手続きが行われない場合、24時間以内にメールの送受信ができなくなります。")],
      cs="ISO-2022-JP", form="plain", footer="Microsoft アカウント チーム", must=["有効期限"])

    A("microsoft-mfa-reenrol-en", "en", "microsoft", "mfa_reenrol", "button,text_names_host", "authenticator must be registered again",
      "Action required: re-register Microsoft Authenticator", ("Microsoft Entra", "entra-notify@aka-mfa.example"), [
          H("Your sign-in method is out of date"),
          P("Multi-factor authentication for your organisation was upgraded. The Microsoft Authenticator registration of user@corp.example.jp is no longer valid and has to be **set up again by Friday**."),
          P("1. Open the set-up page\n2. Enter your password and the six digits shown in the app\n3. Approve the notification on your phone"),
          P("[https://mysignins.microsoft.com/security-info](https://aka-mfa.example/security-info)"),
          B("Re-register now", "https://aka-mfa.example/security-info"),
          SM("Users who do not re-enrol will lose access to all work resources.")],
      colour="#0067b8", logo="Microsoft", auth="own", footer="Microsoft Corporation", must=["Multi-factor authentication"])

    A("microsoft-device-code-en", "en", "microsoft", "device_code", "genuine_link", "device-code phishing: the only link is the genuine microsoft.com/devicelogin; judged by the request and the sender",
      "Teams meeting: authentication code for guests", ("Microsoft Teams", "invite@teams-conference.example"), [
          P("You were added to the meeting **Quarterly supplier review** (today, 15:00)."),
          P("To join, confirm your account with the meeting access code:"),
          KV(("Access code", "EXAMPL3ZZ"), ("Valid for", "15 minutes")),
          P("Go to [https://microsoft.com/devicelogin](https://microsoft.com/devicelogin), enter the code above and sign in with your work account. Stay signed in until the host lets you in."),
          P("If the code has run out, answer this mail and we will send a new code at once.")],
      style="div", colour="#464eb8", reply_to="host@supplier-review.invalid", footer="Microsoft Teams meetings", must=["enter the code above"])

    A("microsoft-device-code-ja", "ja", "microsoft", "device_code", "button", "device-code sign-in in Japanese with a page of the attacker in between",
      "【要対応】共有ドキュメントの閲覧にはデバイスコードの入力が必要です", ("Microsoft SharePoint", "share@sharepoint-doc.example"), [
          P("取引先より「2026年度_見積書.xlsx」が共有されました。"),
          P("閲覧するには、以下のボタンを押して表示されるサインイン画面で、**デバイスコード**を入力してください。"),
          KV(("デバイスコード", "SAMPLE-00"), ("有効期限", "15分")),
          B("コードを入力して開く", "https://sharepoint-doc.example/devicelogin"),
          P("会社のアカウントとパスワードでサインインし、認証アプリの通知を承認してください。")],
      colour="#0067b8", logo="SharePoint", footer="Microsoft SharePoint からの通知", must=["デバイスコード"])

    A("microsoft-unusual-signin-sjis-ja", "ja", "microsoft", "sign_in", "button,raw_ip,fullwidth", "Shift_JIS; unusual sign-in; link to a raw address",
      "Ｍｉｃｒｏｓｏｆｔ アカウントの不審なサインイン", ("Ｍｉｃｒｏｓｏｆｔ アカウント", "security@msaccount-team.test"), [
          P("お客様のＭｉｃｒｏｓｏｆｔアカウントで、不審なサインイン アクティビティが検出されました。"),
          KV(("国/地域", "不明"), ("IP アドレス", "203.0.113.9"), ("日付", "2026/03/30 2:18")),
          P("アカウントを保護するため、下記よりサインインして、最近のアクティビティをご確認ください。確認いただけない場合、アカウントを停止いたします。"),
          B("最近のアクティビティを確認", "http://203.0.113.45/live/login.srf?ru=user%40corp.example.jp")],
      cs="Shift_JIS", cte="quoted-printable", colour="#0067b8", logo="Ｍｉｃｒｏｓｏｆｔ", footer="Microsoft アカウント チーム", must=["不審なサインイン"])

    cyr = ident("\u043ekta-signin")
    A("okta-session-punycode-ja", "ja", "okta", "sign_in", "button,punycode", "Cyrillic o in the host name, session expired",
      "Okta：セッションの再認証が必要です", ("Okta", f"noreply@{cyr}.example"), [
          P("山田 太郎 様"),
          P("セキュリティポリシーの変更により、Okta のセッションが無効になりました。引き続き業務アプリケーションをご利用いただくには、再度サインインして多要素認証を行ってください。"),
          B("Okta にサインイン", f"https://{cyr}.example/signin/corp"),
          P("3時間以内に再認証が行われない場合、アカウントはロックされ、管理者による解除が必要となります。")],
      colour="#00297a", logo="okta", to="taro.yamada@corp.example", to_name="山田 太郎", footer="このメールは Okta により自動送信されました。", must=["再度サインイン"])

    A("okta-verify-reenrol-en", "en", "okta", "mfa_reenrol", "button,hyphen,forged_auth", "Okta Verify re-enrolment; forged Authentication-Results with our own authserv-id below our Received",
      "Okta Verify enrollment expires in 24 hours", ("Okta Admin", "admin@corp-okta-verify.example"), [
          H("Re-enroll Okta Verify"),
          P("Your Okta Verify enrollment was made with an older key and expires in 24 hours. Enroll again to keep access to your applications."),
          B("Enroll again", "https://corp-okta-verify.example/enroll"),
          P("During enrollment you will be asked for your Okta password and a push approval. Please approve the push when it comes up.")],
      colour="#00297a", logo="okta", auth="forged_ours", footer="Okta, Inc. Delivered on behalf of your administrator.", must=["Re-enroll"])

    A("google-recovery-code-en", "en", "google", "recovery_code", "text_names_host", "backup codes must be confirmed; link text shows accounts.google.com",
      "Security alert: confirm your backup codes", ("Google Accounts", "no-reply@google-accounts-team.example"), [
          H("Your backup codes are about to be deleted"),
          P("Someone asked for the recovery of your Google Account. To keep your backup codes, confirm that you are the owner."),
          P("Check activity: [https://accounts.google.com/recovery/confirm](https://google-accounts-team.example/recovery/confirm)"),
          P("You will be asked for your password and for one unused backup code. If you do nothing, the recovery request goes through in 24 hours.")],
      colour="#1a73e8", logo="Google", form="html", cte="quoted-printable", footer="You received this email to let you know about important changes to your Google Account and services.", must=["one unused backup code"])

    A("google-new-device-iso2022-ja", "ja", "google", "new_device", "button", "ISO-2022-JP; new device on the Google account",
      "セキュリティ通知:新しいデバイスの承認", ("Google", "noreply@google-security-jp.example"), [
          P("新しいデバイスがお客様の Google アカウントへのアクセスを求めています。"),
          KV(("デバイス", "Pixel 9"), ("場所", "大阪付近")),
          P("お客様ご自身でない場合は、ただちにアカウントを保護してください。ログインして本人確認を完了すると、デバイスの承認を取り消せます。"),
          B("アクティビティを確認", "https://google-security-jp.example/signin/v2/challenge/pwd"),
          SM("アカウントの安全のため、この通知は24時間で無効になります。")],
      cs="ISO-2022-JP", colour="#1a73e8", logo="Google", footer="Google LLC", must=["デバイスの承認"])

    A("duo-reactivation-en", "en", "duo", "mfa_reenrol", "button", "Duo Mobile has to be activated again",
      "Duo Mobile reactivation required", ("Duo Security", "no-reply@duo-activation.test"), [
          P("Hello,"),
          P("your organisation has rotated its Duo keys. Duo Mobile on your phone must be reactivated before the end of the day, or you will not be able to pass two-factor authentication."),
          B("Reactivate Duo Mobile", "https://duo-activation.test/a/3f7"),
          P("Log in with your corporate user name and password, then enter the passcode from your current Duo Mobile app to link it.")],
      colour="#6bbf4e", logo="Duo", footer="Duo Security", must=["must be reactivated"], hops=2)

    A("duo-mfa-sjis-ja", "ja", "duo", "mfa_reenrol", "plain_url", "Shift_JIS plain: register the second factor again",
      "【Duo】二要素認証の再登録について", ("Duo 二要素認証", "mfa@duo-touroku.example"), [
          P("利用者各位"),
          P("Duo の認証サーバー切り替えのため、全利用者に二要素認証の再登録をお願いしております。"),
          P("下記ページにログインし、社内アカウントのパスワードと、現在表示されているワンタイムコードを入力してください。"),
          P("https://duo-touroku.example/reenroll"),
          P("本日17時を過ぎますと、ＶＰＮおよびメールが利用できなくなります。～ご協力をお願いいたします～")],
      cs="Shift_JIS", form="plain", cte="base64", footer="Duo Security サポート窓口", must=["二要素認証の再登録"])

    A("helpdesk-reset-reply-en", "en", "-", "password_reset", "plain_url,reply_to,internal_name", "outside address claims to be the own help desk; Reply-To elsewhere",
      "[IT Helpdesk] Your network password was reset", ("Corp IT Helpdesk (helpdesk@corp.example)", "helpdesk@corp-servicedesk.test"), [
          P("Dear colleague,"),
          P("as part of our quarterly security routine, your network password has been reset by the IT Helpdesk. To activate your account again, sign in with your old password and choose a new one:"),
          P("https://corp-servicedesk.test/reset?staff=taro.yamada"),
          P("Please do this before noon. Accounts that are not activated will be disabled, and you will have to visit the service desk in person."),
          P("IT Helpdesk\nExtension 4000")],
      form="plain", cs="US-ASCII", cte="7bit", reply_to=("IT Helpdesk", "desk.agent@quick-ticket.invalid"), to="taro.yamada@corp.example", must=["has been reset by the IT Helpdesk"])

    A("helpdesk-quota-iso2022-ja", "ja", "-", "mailbox_quota", "plain_url,internal_name", "ISO-2022-JP; mailbox nearly full, from an outside address",
      "【情報システム部】メールボックスの容量が上限に達しています", ("情報システム部", "mailadmin@webmail-quota.example"), [
          P("ユーザー各位"),
          P("お使いのメールボックス (user@corp.example.jp) は、容量の 98% を使用しています。上限を超えると、新しいメールを受信できなくなります。"),
          P("以下のリンクから、メールアドレスとパスワードを入力して、容量の拡張を行ってください。"),
          P("https://webmail-quota.example/upgrade/?user=user@corp.example.jp"),
          P("24時間以内に手続きされない場合、メールボックスは停止されます。")],
      cs="ISO-2022-JP", form="plain", footer="情報システム部 メール管理者", must=["容量の拡張"])

    A("helpdesk-quota-en", "en", "-", "mailbox_quota", "button,recipient_in_url", "storage almost full, with a bar; recipient in the URL",
      "Mailbox storage almost full: user@corp.example.jp", ("Mail Administrator", "postmaster@storage-alert.example"), [
          H("Your mailbox is almost full"),
          RAW('<table width="100%" cellpadding="0" cellspacing="0"><tr><td bgcolor="#c8202f" width="97%" height="14"></td><td bgcolor="#dddddd"></td></tr></table><p style="font-size:12px">48.6 GB of 50 GB used</p>', "48.6 GB of 50 GB used"),
          P("New messages to **user@corp.example.jp** will bounce soon. Verify your mailbox with your email password to receive 25 GB of extra quota free of charge."),
          B("Increase quota", "https://storage-alert.example/verify#user@corp.example.jp"),
          SM("Failure to verify results in deletion of stored messages.")],
      colour="#444444", logo="Mail Administration", footer="corp.example.jp mail service", must=["Verify your mailbox"])

    rows = "".join(f'<tr><td>{a}</td><td>{b}</td><td><a href="https://mail-hold.example/r/{i}?m=user@corp.example.jp">Release</a></td></tr>\n'
                   for i, (a, b) in enumerate([("Payroll", "Salary adjustment letter"), ("DHL", "Proof of delivery"), ("m.tanaka", "RE: contract draft")], 11))
    A("helpdesk-held-messages-en", "en", "-", "held_messages", "button,table", "quarantine digest with release links to an outside host",
      "You have 3 messages on hold", ("corp.example.jp Mail Quarantine", "quarantine@mail-hold.example"), [
          P("The mail server of corp.example.jp could not deliver **3 messages** to your inbox because of a synchronisation error."),
          RAW(f'<table border="1" cellpadding="6" cellspacing="0" width="100%" style="font-size:13px;border-collapse:collapse">\n<tr bgcolor="#eeeeee"><th>From</th><th>Subject</th><th>Action</th></tr>\n{rows}</table>',
              "Payroll: Salary adjustment letter\nDHL: Proof of delivery\nm.tanaka: RE: contract draft"),
          B("Release all messages", "https://mail-hold.example/release-all?m=user@corp.example.jp"),
          P("Sign in with your mailbox password to release them. Held messages are deleted after 24 hours.")],
      colour="#2d4a6b", logo="Message Quarantine", footer="Automatic notice, do not answer.", must=["Held messages are deleted after 24 hours"])

    A("helpdesk-held-sjis-ja", "ja", "-", "held_messages", "button", "Shift_JIS; pending mail must be released",
      "未配信メールが５通あります（保留中）", ("メールサーバー管理者", "admin@mailserver-release.test"), [
          P("user@corp.example.jp 様"),
          P("サーバーエラーにより、５通のメールが保留されています。受信トレイに配信するには、以下より本人確認を行い、保留を解除してください。"),
          B("保留メールを受信する", "http://mailserver-release.test/jp/pending.html?user@corp.example.jp"),
          P("保留されたメールは２４時間後に自動的に削除されます。メールアカウントのパスワードが必要です。")],
      cs="Shift_JIS", style="div", colour="#2d4a6b", footer="メールサーバー管理者", must=["保留を解除"])

    ja_form = ('<html lang="ja"><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><title>パスワード更新</title></head>\n<body>\n<h3>社内ポータル パスワード更新</h3>\n'
               '<form action="https://portal-koushin.example/post.php" method="POST">\n社員番号 <input name="id"><br>\n現在のパスワード <input type="password" name="old"><br>\n'
               '新しいパスワード <input type="password" name="new"><br>\nワンタイムコード <input name="otp"><br>\n<input type="submit" value="更新する">\n</form>\n</body></html>\n')
    A("helpdesk-expiry-attachment-ja", "ja", "-", "password_expiry", "html_attachment,internal_name", "HTML attachment in Shift_JIS with a password form; claims the own IT department",
      "パスワード有効期限切れのお知らせ(ヘルプデスク)", ("社内ヘルプデスク", "helpdesk@portal-koushin.example"), [
          P("お疲れさまです。社内ヘルプデスクです。"),
          P("社内ポータルのパスワードの有効期限が本日で切れます。添付の更新フォームを開き、現在のパスワードと新しいパスワードを入力してください。"),
          P("期限を過ぎるとパソコンにログインできなくなりますので、必ず本日18時までにお願いします。"),
          P("情報システム部 ヘルプデスク\n内線 4000")],
      form="plain", attachments=[attach("パスワード更新フォーム.html", "text/html", enc(ja_form, "Shift_JIS"), "UTF-8")], must=["添付の更新フォーム"])

    A("itsupport-reply-code-en", "en", "-", "it_support", "no_link,reply_to,internal_name", "no link at all: asks to answer with the one-time code and the current password",
      "Ticket #48213: we are fixing your VPN account", ("IT Support", "it.support@corp-it-support.example"), [
          P("Hi Taro,"),
          P("this is Ken from IT support. We see errors with your VPN account and I am working on it right now. In a moment you will get a verification code on your phone."),
          P("Please reply to this email with the code and your current password, so that I can finish the reset on my side before your session is locked. Approve the push notification too when it comes up."),
          P("Do not call the service desk, the line is overloaded today."),
          P("Thanks,\nKen\nIT Support, second line")],
      form="plain", cs="US-ASCII", cte="7bit", reply_to="ken.it@quick-ticket.invalid", to="taro.yamada@corp.example", must=["your current password"])

    A("helpdesk-mfa-iso2022-ja", "ja", "-", "mfa_reenrol", "button,internal_name", "ISO-2022-JP; display name holds the genuine address of the own help desk",
      "【至急】多要素認証(MFA)の再登録をお願いします", ("helpdesk@corp.example.jp ヘルプデスク", "info@mfa-sairoku.example"), [
          P("社員各位"),
          P("認証基盤の更新に伴い、現在の多要素認証の登録は本日をもって無効となります。引き続き社内システムを利用するには、MFA の再登録が必要です。"),
          B("MFA を再登録する", "https://mfa-sairoku.example/corp/"),
          P("再登録には、社内アカウントのパスワードと認証アプリの確認コードを使用します。再登録が済んでいない方は、明日から社内システムにログインできません。"),
          P("情報システム部 ヘルプデスク")],
      cs="ISO-2022-JP", style="mso", colour="#2d4a6b", to="hanako.sato@corp.example.jp", must=["再登録が必要です"])

    near = ident("corp-h\u0435lpdesk")
    A("helpdesk-lookalike-en", "en", "-", "password_expiry", "button,punycode,internal_name", "look-alike of an own host (Cyrillic e) in Punycode; Outlook style HTML",
      "Password policy change - validate your account", ("Service Desk", f"servicedesk@{near}.example"), [
          P("All,"),
          P("with the new password policy every account has to be validated once. Follow the link, sign in with your Windows password, and your account will be moved to the new policy:"),
          P(f"[https://helpdesk.corp.example/validate](https://{near}.example/validate)"),
          P("Deadline is today, 17:00. Accounts that were not validated lose access to e-mail and file shares."),
          P("Service Desk | corp.example")],
      style="mso", to="all-staff@corp.example", label_only=True, must=["validate"])

    pic2 = png(560, 260, (200, 32, 47), "lpja")
    A("lastpass-image-only-ja", "ja", "lastpass", "recovery_code", "image_only,alt_text", "picture with Japanese alt text, ISO-2022-JP",
      "LastPass ワンタイム復旧パスワードの確認", ("LastPass", "otp@lastpass-fukkyu.example"), cs="ISO-2022-JP", form="html",
      html_text='<html lang="ja"><head><meta http-equiv="Content-Type" content="text/html; charset=ISO-2022-JP"></head>\n<body>\n<div align="center">\n'
      '<a href="https://lastpass-fukkyu.example/otp"><img src="cid:lp77" width="560" height="260" style="display:block;border:0"\n'
      ' alt="LastPass をご利用のお客様へ。復旧用ワンタイムパスワードの有効期限が切れます。マスターパスワードを入力して更新してください。"></a>\n</div>\n</body></html>\n',
      related=[attach("lp.png", "image/png", pic2, inline_cid="lp77")], must=["復旧用ワンタイムパスワード"])


def invented():
    A = lambda *a, **k: mail("attack_invented", *a, **k)
    A("kazahana-backup-ja", "ja", "kazahana", "vault_backup", "button", "invented brand: back up the vault before maintenance",
      "【カザハナ金庫】メンテナンス前のバックアップのお願い", ("カザハナ金庫", "info@kazahana-backup.test"), [
          H("24時間以内に金庫のバックアップを作成してください"),
          P("カザハナ金庫をご利用のお客様へ\nサーバーメンテナンスの実施に伴い、金庫に保存されたパスワードのローカルバックアップを作成していただく必要がございます。"),
          B("バックアップを作成する", "https://kazahana-backup.test/kinko/export"),
          P("作成にはマスターパスワードが必要です。期限を過ぎますと、データを復元できない場合がございます。")],
      colour="#3a7ca5", logo="カザハナ金庫", footer="カザハナ金庫 運営事務局", must=["カザハナ金庫"])
    A("kazahana-maintenance-en", "en", "kazahana", "vault_backup", "text_names_host,subdomain", "invented brand: link text shows kazahana.example",
      "Kazahana Vault maintenance: save your vault today", ("Kazahana Vault", "noreply@kazahana.example.vault-login.example.net"), [
          P("Dear Kazahana Vault customer,"),
          P("before tonight's maintenance, please make a local backup of your vault. Unlock it with your master password at the address below:"),
          P("[https://vault.kazahana.example/backup](https://kazahana.example.vault-login.example.net/backup)"),
          P("Vaults that have not been saved within 24 hours may be lost.")],
      label_only=True, colour="#3a7ca5", logo="Kazahana Vault", footer="Kazahana Vault customer care", must=["local backup of your vault"])
    A("kazahana-new-device-iso2022-ja", "ja", "kazahana", "new_device", "plain_url", "invented brand, ISO-2022-JP plain text",
      "カザハナ金庫:新しいデバイスの承認について", ("Kazahana Vault サポート", "support@kazahana-shounin.example"), [
          P("お客様のカザハナ金庫に、新しいデバイスからのアクセス要求がありました。"),
          P("心当たりのない場合は、下記ページでマスターパスワードを入力し、要求を拒否してください。"),
          P("https://kazahana-shounin.example/device/deny"),
          P("24時間以内に操作がない場合、デバイスは承認されます。")],
      cs="ISO-2022-JP", form="plain", must=["新しいデバイスの承認"])
    A("kazahana-emergency-sjis-ja", "ja", "kazahana", "emergency_access", "button,hyphen", "invented brand, Shift_JIS",
      "カザハナ金庫　緊急アクセス申請の確認", ("カザハナ金庫", "alert@kazahana-vault.test"), [
          P("ご家族を名乗る方から、カザハナ金庫への緊急アクセスの申請がありました。"),
          P("申請を取り消すには、本日中にログインしてください。ログインの際にマスターパスワードと確認コードを入力していただきます。"),
          B("申請を取り消す", "https://kazahana-vault.test/cancel")],
      cs="Shift_JIS", cte="8bit", colour="#3a7ca5", logo="カザハナ金庫", must=["緊急アクセス"])


# ================================================================ honest twins

def honest():
    A = lambda *a, **k: mail("honest", *a, **k)

    # -- notices of the vendors, from their own domains, links only to their own hosts

    A("lastpass-new-sign-in-en", "en", "lastpass", "notice_new_device", "button", "genuine style notice of a sign-in from a new place",
      "New sign-in to your LastPass account", ("LastPass", "no-reply@lastpass.com"), [
          H("We noticed a new sign-in"),
          P("Your LastPass account was opened from a browser we have not seen before."),
          KV(("Account", "user@corp.example.jp"), ("Browser", "Firefox on Linux"), ("Location", "Osaka, Japan (approximate)"), ("Date", "4 February 2026, 09:12 JST")),
          P("If this was you, there is nothing left to do. If it was not, open LastPass from your browser extension and end the other session under Account Settings."),
          B("Open account activity", "https://lastpass.com/?ac=1"),
          SM("LastPass will never ask you for your master password by e-mail, chat or phone.")],
      logo="LastPass", pre="Firefox on Linux, Osaka", auth="own", footer="LastPass US LP, 125 High Street, Boston. [Privacy](https://www.lastpass.com/legal-center) | [Support](https://support.lastpass.com/)", hops=2)

    A("lastpass-maintenance-ja", "ja", "lastpass", "notice_maintenance", "link", "planned maintenance, nothing to do",
      "LastPass 計画メンテナンスのお知らせ(お客様の作業は不要です)", ("LastPass", "no-reply@lastpass.com"), [
          P("LastPass をご利用いただきありがとうございます。"),
          P("下記の時間帯に計画メンテナンスを実施します。メンテナンス中も、オフラインモードで保管済みのアイテムを閲覧できます。"),
          KV(("日時", "2026年3月7日(土) 14:00~16:00"), ("影響", "管理コンソールのレポート表示に遅れが生じる場合があります")),
          P("**お客様に行っていただく作業はありません。** 進行状況は [status.lastpass.com](https://status.lastpass.com/) でご確認いただけます。")],
      logo="LastPass", auth="own", footer="LastPass がマスターパスワードをお尋ねすることはありません。[サポート](https://support.lastpass.com/)")

    A("lastpass-phishing-advisory-en", "en", "lastpass", "advisory", "link", "the vendor warns of the very attack and quotes its wording",
      "Heads-up: phishing mails pretend to announce LastPass maintenance", ("LastPass Threat Intelligence", "newsletter@lastpass.com"), [
          H("Phishing alert for our customers"),
          P("Since 19 January we have been seeing mails with subjects such as \u201cLastPass Infrastructure Update: Secure Your Vault Now\u201d. They urge people to \u201ccreate a local backup of your vault within 24 hours\u201d and lead to a site that steals the master password."),
          P("These messages do not come from us. We will **never** ask for your master password, and no maintenance of ours requires a backup on your side."),
          UL("Do not open links in such a mail.", "Forward it to abuse@lastpass.com.", "If you did type your master password, change it from the extension and tell your administrator."),
          B("Read the full post", "https://blog.lastpass.com/")],
      logo="LastPass", footer="You get this as an administrator of LastPass Business. [Manage preferences](https://www.lastpass.com/legal-center)", extra="List-Unsubscribe: <https://www.lastpass.com/legal-center>\nPrecedence: bulk\n",
      when=datetime.datetime(2026, 1, 21, 3, 5, tzinfo=JST))

    A("lastpass-emergency-approved-iso2022-ja", "ja", "lastpass", "notice_emergency_access", "link", "ISO-2022-JP; an emergency access request was approved",
      "緊急アクセスの申請が承認されました", ("LastPass", "no-reply@lastpass.com"), [
          P("佐藤 花子 様"),
          P("あなたが申請した緊急アクセスが、待機期間の経過により承認されました。承認したのは山田 太郎 様のアカウントです。"),
          P("共有された内容は、ブラウザー拡張機能の「緊急アクセス」メニューからご覧いただけます。"),
          P("緊急アクセスの仕組みについては [サポートサイト](https://support.lastpass.com/) をご参照ください。")],
      cs="ISO-2022-JP", logo="LastPass", to="hanako.sato@corp.example.jp", to_name="佐藤 花子", footer="LastPass US LP")

    A("lastpass-invoice-en", "en", "lastpass", "invoice", "attachment", "yearly invoice of LastPass Business as PDF",
      "Your LastPass Business invoice 2026-0388", ("LastPass Billing", "billing@lastpass.com"), [
          P("Hello,"),
          P("thank you for your renewal. The invoice for 120 seats of LastPass Business (12 months) is attached. The amount will be charged to the card on file."),
          KV(("Invoice", "2026-0388"), ("Amount", "USD 10,080.00"), ("Due", "30 April 2026")),
          P("Questions? Write to billing@lastpass.com or see [support.lastpass.com](https://support.lastpass.com/).")],
      logo="LastPass", to="accounting@corp.example", attachments=[attach("invoice-2026-0388.pdf", "application/pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n4 0 obj<</Length 52>>stream\nBT /F1 14 Tf 20 150 Td (Invoice 2026-0388 sample) Tj ET\nendstream endobj\n"
      b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")])

    A("onepassword-new-device-en", "en", "onepassword", "notice_new_device", "button", "genuine style notice of a new device",
      "New 1Password sign-in from Chrome", ("1Password", "support@1password.com"), [
          H("Your account was used on a new device"),
          P("Someone, we hope you, has just signed in to the account **Corp Example** from a new browser."),
          KV(("Device", "Chrome 140 on macOS"), ("IP address", "192.0.2.25"), ("When", "2 June 2026, 10:40")),
          P("Not you? Open your profile in 1Password, deauthorise the device and change your account password there."),
          B("View my devices", "https://corp-example.1password.com/profile")],
      colour="#0572ec", logo="1Password", auth="own", footer="AgileBits Inc., Toronto. [Help](https://support.1password.com/)")

    A("onepassword-newsletter-ja", "ja", "onepassword", "newsletter", "link", "product news",
      "1Password 通信:今月の新機能とお役立ち情報", ("1Password", "newsletter@1password.com"), [
          H("今月の新機能"),
          P("こんにちは、1Password です。今月は、パスキーの一覧表示と、共有保管庫の検索を改善しました。"),
          UL("保管庫ごとの並べ替え", "項目の有効期限リマインダー", "日本語入力の不具合を修正"),
          P("新機能の一覧は [リリースノート](https://releases.1password.com/) をご覧ください。使い方のヒントは [ブログ](https://blog.1password.com/) でも紹介しています。"),
          B("アプリを更新する", "https://1password.com/downloads/")],
      colour="#0572ec", logo="1Password", footer="配信停止は [こちら](https://1password.com/unsubscribe/) から", extra="List-Unsubscribe: <https://1password.com/unsubscribe/>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n", hops=2)

    A("onepassword-recovery-code-sjis-ja", "ja", "onepassword", "notice_recovery_code", "link", "Shift_JIS; a recovery code was created",
      "復旧コードが作成されました", ("1Password", "support@1password.com"), [
          P("1Password アカウントの復旧コードが新しく作成されました。"),
          KV(("作成日時", "2026/07/14 19:30"), ("端末", "iPhone")),
          P("ご自身で作成された場合、対応は不要です。コードは紙に印刷して、安全な場所に保管してください。"),
          P("詳しくは [support.1password.com](https://support.1password.com/recovery-codes/) をご覧ください。")],
      cs="Shift_JIS", colour="#0572ec", logo="1Password", footer="AgileBits Inc.")

    A("bitwarden-new-device-en", "en", "bitwarden", "notice_new_device", "link", "genuine style notice of a login from a new device",
      "New device logged in to Bitwarden", ("Bitwarden", "no-reply@bitwarden.com"), [
          P("Your Bitwarden account was used from a new device."),
          KV(("Date", "Monday, 9 March 2026 at 07:55 UTC"), ("IP address", "192.0.2.118"), ("Device type", "Linux Desktop")),
          P("You can deauthorise all devices in the [web vault](https://vault.bitwarden.com/#/settings/account) under Settings, My account."),
          P("Need a hand? See [bitwarden.com/help](https://bitwarden.com/help/).")],
      style="div", colour="#175ddc", auth="own", footer="Bitwarden Inc., Santa Barbara")

    A("bitwarden-emergency-sjis-ja", "ja", "bitwarden", "notice_emergency_access", "button", "Shift_JIS; invited as an emergency contact, accepted",
      "緊急時アクセスの招待が承諾されました", ("Bitwarden", "no-reply@bitwarden.com"), [
          P("緊急連絡先として招待した hanako.sato@corp.example.jp さんが、招待を承諾しました。"),
          P("設定を有効にするには、ウェブ保管庫の「緊急時アクセス」で連絡先を確認してください。期限はありません。"),
          B("緊急時アクセスを開く", "https://vault.bitwarden.com/#/settings/emergency-access")],
      cs="Shift_JIS", cte="8bit", colour="#175ddc", logo="bitwarden", footer="Bitwarden Inc.　このアドレスへの返信は確認しておりません。", to="taro.yamada@corp.example")

    A("bitwarden-maintenance-plain-en", "en", "bitwarden", "notice_maintenance", "plain_url", "plain text: planned maintenance, no action",
      "Planned maintenance on 18 April - no action required", ("Bitwarden Status", "no-reply@bitwarden.com"), [
          P("Hello,"),
          P("on Saturday, 18 April, 02:00 to 04:00 UTC, database maintenance of the US cloud takes place. Clients keep their local, encrypted copy of the vault, so passwords stay available; syncing may be late."),
          P("You do not need to do anything. Progress: https://status.bitwarden.com/"),
          P("Bitwarden Operations")],
      form="plain", cs="US-ASCII", cte="7bit")

    A("keeper-device-approval-en", "en", "keeper", "notice_new_device", "button", "an administrator is told that a device waits for approval",
      "Device approval requested by k.suzuki@corp.example", ("Keeper Security", "support@keepersecurity.com"), [
          P("A user of your enterprise asks for the approval of a new device."),
          KV(("User", "k.suzuki@corp.example"), ("Device", "Keeper for iOS"), ("Location", "Tokyo, JP")),
          P("Approve or deny it in the Admin Console. The request stays open for seven days."),
          B("Open the Admin Console", "https://keepersecurity.com/console/")],
      colour="#ffc700", logo="KEEPER", to="helpdesk@corp.example.jp", auth="own", footer="Keeper Security, Inc., Chicago. [Docs](https://docs.keeper.io/)")

    A("keeper-webinar-ja", "ja", "keeper", "newsletter", "button", "webinar invitation of the vendor",
      "【ウェビナー】特権アクセス管理の始め方(無料)", ("Keeper Security APAC", "marketing@keepersecurity.com"), [
          H("特権アクセス管理の始め方"),
          P("Keeper Security の技術者が、パスワード管理から特権アクセス管理へ進む際の手順を、事例を交えて解説します。"),
          KV(("日時", "2026年9月17日(木) 15:00~16:00"), ("形式", "オンライン"), ("費用", "無料")),
          B("参加登録", "https://www.keepersecurity.com/ja_JP/webinars/"),
          SM("定員になり次第、受付を終了いたします。")],
      colour="#ffc700", logo="KEEPER", footer="Keeper Security APAC 株式会社 [配信停止](https://www.keepersecurity.com/ja_JP/unsubscribe/)", extra="List-Unsubscribe: <https://www.keepersecurity.com/ja_JP/unsubscribe/>\nPrecedence: bulk\n")

    A("dashlane-device-code-ja", "ja", "dashlane", "notice_code", "no_link", "one-time code the user asked for",
      "Dashlane の認証コードは 482 913 です", ("Dashlane", "no-reply@dashlane.com"), [
          P("新しいデバイスで Dashlane にログインするための認証コードをお送りします。"),
          H("482 913"),
          P("このコードは10分間有効です。アプリの画面にのみ入力し、他の人には教えないでください。心当たりがない場合は、このメールを破棄してください。")],
      colour="#0e353d", logo="Dashlane", footer="Dashlane SAS, Paris. [ヘルプ](https://support.dashlane.com/)")

    A("dashlane-receipt-en", "en", "dashlane", "receipt", "link", "receipt of a yearly plan",
      "Your Dashlane receipt", ("Dashlane", "billing@dashlane.com"), [
          P("Thanks for renewing Dashlane Premium. This is your receipt."),
          KV(("Plan", "Premium, 1 year"), ("Paid", "USD 59.88"), ("Card", "ending in 4242"), ("Next payment", "11 May 2027")),
          P("Download the invoice in the app or from [www.dashlane.com](https://www.dashlane.com/).")],
      colour="#0e353d", logo="Dashlane", footer="Dashlane, New York", cte="quoted-printable")

    A("microsoft-new-sign-in-en", "en", "microsoft", "notice_sign_in", "button", "unusual sign-in notice of the consumer account",
      "Microsoft account unusual sign-in activity", ("Microsoft account team", "account-security-noreply@accountprotection.microsoft.com"), [
          H("Unusual sign-in activity"),
          P("We found something unusual about a recent sign-in to the Microsoft account us**r@example.com."),
          KV(("Country/region", "Japan"), ("IP address", "192.0.2.118"), ("Platform", "Android"), ("Browser", "Edge")),
          P("If this was you, you can ignore this message. Otherwise, review your recent activity and we will help you to secure the account."),
          B("Review recent activity", "https://account.live.com/Activity"),
          SM("To opt out or change where you get security notifications, [click here](https://account.live.com/SecurityNotifications/Update).")],
      colour="#2672ec", logo="Microsoft account", auth="own", footer="Microsoft Corporation, One Microsoft Way, Redmond, WA 98052", hops=2)

    A("microsoft-security-info-iso2022-ja", "ja", "microsoft", "notice_security_info", "link", "ISO-2022-JP; security info was added to the account",
      "Microsoft アカウントのセキュリティ情報の追加", ("Microsoft アカウント チーム", "account-security-noreply@accountprotection.microsoft.com"), [
          P("次のセキュリティ情報が、お使いの Microsoft アカウントに追加されました。"),
          KV(("種類", "認証アプリ"), ("追加日", "2026年10月2日")),
          P("ご自身で追加された場合は、このメールを無視してください。心当たりがない場合は、[セキュリティの設定](https://account.microsoft.com/security) で確認してください。")],
      cs="ISO-2022-JP", colour="#2672ec", logo="Microsoft アカウント", footer="Microsoft Corporation, One Microsoft Way, Redmond, WA 98052")

    A("microsoft-365-digest-en", "en", "microsoft", "newsletter", "link", "weekly digest of the message center for administrators",
      "Weekly digest: Microsoft service updates", ("Microsoft 365 Message center", "o365mc@microsoft.com"), [
          H("Message center: 3 new posts for corp.example"),
          UL("Authenticator: number matching text changes (plan for change)", "Exchange Online: retirement of basic authentication for SMTP, new date", "Teams: device code sign-in can now be blocked by policy"),
          P("Read them in the [admin center](https://admin.microsoft.com/Adminportal/Home#/MessageCenter)."),
          SM("You get this digest because you hold an administrator role. [Preferences](https://admin.microsoft.com/) | [Privacy](https://go.microsoft.com/fwlink/?LinkId=521839)")],
      colour="#0067b8", logo="Microsoft 365", to="helpdesk@corp.example.jp", footer="Microsoft Corporation, Redmond")

    A("google-new-sign-in-ja", "ja", "google", "notice_new_device", "button", "sign-in on a new device",
      "セキュリティ通知", ("Google", "no-reply@accounts.google.com"), [
          H("Windows デバイスでの新しいログイン"),
          P("taro.yamada.sample@example.com のアカウントへの新しいログインがありました。ご自身によるログインであれば、何もする必要はありません。そうでない場合は、アカウントの保護をお手伝いします。"),
          B("アクティビティを確認", "https://accounts.google.com/AccountChooser?Email=taro.yamada.sample@example.com&continue=https://myaccount.google.com/alert/nt/1"),
          P("セキュリティ関連のアクティビティは次のページでも確認できます。\n[https://myaccount.google.com/notifications](https://myaccount.google.com/notifications)")],
      colour="#4184f3", logo="Google", auth="own", to="taro.yamada@corp.example", footer="このメールは、Google アカウントとサービスの重要な変更についてお知らせするものです。\n© 2026 Google LLC, 1600 Amphitheatre Parkway, Mountain View, CA 94043, USA")

    A("google-2sv-en", "en", "google", "notice_mfa", "button", "2-Step Verification was turned on",
      "2-Step Verification turned on", ("Google", "no-reply@accounts.google.com"), [
          H("2-Step Verification is on"),
          P("Your Google Account user.sample@example.com is now protected by a passkey and by prompts on your phone. Store your backup codes somewhere safe."),
          B("Review settings", "https://myaccount.google.com/signinoptions/two-step-verification")],
      colour="#4184f3", logo="Google", form="html", footer="Google LLC, 1600 Amphitheatre Parkway, Mountain View, CA 94043, USA")

    A("okta-new-device-en", "en", "okta", "notice_new_device", "link", "new sign-on notice through the tenant of the organisation",
      "New sign-on detected for your corp.example account", ("Okta", "noreply@okta.com"), [
          P("Hi Taro,"),
          P("your account taro.yamada@corp.example was used to sign on from a new device."),
          KV(("Device", "Safari on iPad"), ("Time", "Sep 9, 2026, 18:20 JST"), ("Location", "Yokohama, Japan")),
          P("If you do not recognise it, tell your administrator or report it from [your settings page](https://corp-example.okta.com/enduser/settings).")],
      colour="#00297a", logo="corp.example", auth="own", to="taro.yamada@corp.example", footer="This is an automatically generated message from [Okta](https://www.okta.com/). Replies are not monitored.")

    A("okta-maintenance-ja", "ja", "okta", "notice_maintenance", "plain_url", "planned maintenance of the service",
      "Okta 計画メンテナンスのご連絡(OK14)", ("Okta Support", "support@okta.com"), [
          P("管理者様"),
          P("2026年4月25日(土) 22:00から23:00まで、セル OK14 の計画メンテナンスを実施いたします。サインインは継続してご利用いただけますが、最大で数分間、管理画面が読み取り専用となります。"),
          P("最新の状況は以下でご確認ください。\nhttps://status.okta.com/"),
          P("本件に関して、パスワードの変更や多要素認証の再登録は必要ありません。")],
      form="plain", to="helpdesk@corp.example.jp", footer="Okta Japan 株式会社")

    A("duo-admin-en", "en", "duo", "notice_policy", "link", "administrator notice: end of support of an old app",
      "Duo Mobile for Android 9: end of support on 30 June", ("Duo Security", "no-reply@duosecurity.com"), [
          P("Dear administrator,"),
          P("Duo Mobile will stop working on Android 9 from 30 June 2026. Four users of your account still run it. They can update in the app store; no new enrolment is necessary."),
          P("See who is affected in the [Admin Panel](https://admin.duosecurity.com/) and read the [guide](https://duo.com/docs/).")],
      colour="#6bbf4e", logo="Duo", to="helpdesk@corp.example.jp", footer="Duo Security, Ann Arbor, Michigan")

    A("duo-enrolment-ja", "ja", "duo", "notice_mfa", "button", "enrolment mail that the administrator sent through the vendor",
      "Duo 二要素認証の登録のご案内", ("Duo Security", "no-reply@duosecurity.com"), [
          P("corp.example の管理者より、Duo 二要素認証の利用登録のご案内をお送りします。社内ポータルで事前にお知らせしたとおり、4月中に登録をお願いします。"),
          B("登録を始める", "https://api-sample.duosecurity.com/portal?code=SAMPLE&akey=SAMPLE"),
          P("ご不明な点は、社内ヘルプデスク(内線 4000)までお問い合わせください。")],
      colour="#6bbf4e", logo="Duo", auth="own", to="k.suzuki@corp.example", footer="Duo Security は Cisco の一部です。")

    A("kazahana-news-ja", "ja", "kazahana", "newsletter", "link", "honest mail of the invented brand, for the test that adds it in settings",
      "カザハナ金庫からのお知らせ:営業時間の変更", ("カザハナ金庫", "info@kazahana.example"), [
          P("カザハナ金庫をご利用いただきありがとうございます。"),
          P("7月1日より、電話窓口の受付時間を平日9時から18時に変更いたします。"),
          P("詳しくは [お知らせページ](https://www.kazahana.example/news/0701) をご覧ください。当社がマスターパスワードをお尋ねすることはありません。")],
      colour="#3a7ca5", logo="カザハナ金庫", footer="株式会社カザハナ")

    # -- from inside the organisation

    I = lambda *a, **k: A(*a, **{"internal": True, "style": "mso", **k})
    I("it-maintenance-iso2022-ja", "ja", "-", "it_announcement", "plain", "internal maintenance window, ISO-2022-JP",
      "【情報システム部】11/28(土) メールサーバーメンテナンスのお知らせ", ("情報システム部", "it-info@corp.example.jp"), [
          P("各位"),
          P("お疲れさまです。情報システム部です。\n下記のとおり、メールサーバーの定期メンテナンスを実施します。"),
          KV(("日時", "11月28日(土) 22:00~翌2:00"), ("影響", "メールの送受信ができません"), ("対象", "全社員")),
          P("作業前にお手元のデータのバックアップなどを行っていただく必要はありません。ご不明な点はヘルプデスク(内線 4000)までお願いします。")],
      cs="ISO-2022-JP", form="plain", to="all-staff@corp.example.jp", footer="情報システム部 運用グループ")

    I("it-password-policy-en", "en", "-", "it_announcement", "link", "new password policy, link to the intranet",
      "New password policy from 1 October", ("IT Department", "it-info@corp.example"), [
          P("Dear all,"),
          P("from 1 October passwords no longer expire every 90 days. In return they need at least 14 characters, and known leaked passwords are refused."),
          P("You need not change anything now. At your next regular change (Ctrl+Alt+Del, Change a password) the new rule applies. Details: [intranet page](https://intranet.corp.example/it/password-policy)"),
          P("IT will never ask for your password by e-mail or telephone."),
          P("Kind regards,\nIT Department")], to="all-staff@corp.example")

    I("it-mfa-rollout-ja", "ja", "-", "it_announcement", "link", "MFA roll-out with a link to the intranet",
      "【依頼】多要素認証(MFA)の登録について(10月末まで)", ("ヘルプデスク", "helpdesk@corp.example.jp"), [
          P("社員各位"),
          P("お疲れさまです。ヘルプデスクです。\n社内システムのセキュリティ強化のため、10月より順次、多要素認証を必須とします。対象の方は、**10月31日まで**に認証アプリの登録をお願いいたします。"),
          P("手順書: [社内ポータル > IT > 多要素認証](https://portal.corp.example.jp/it/mfa)"),
          P("機種変更などで再登録が必要な方は、社員証をお持ちのうえ、本社3階の窓口までお越しください。電話やメールのみでの再登録は受け付けておりません。")],
      to="all-staff@corp.example.jp", footer="ヘルプデスク 内線 4000")

    I("it-quota-sjis-ja", "ja", "-", "it_announcement", "plain", "mailbox clean-up, Shift_JIS",
      "メールボックスの容量整理のお願い", ("情報システム部", "it-info@corp.example.jp"), [
          P("各位\n\nお疲れさまです。情報システム部の高橋です。"),
          P("メールボックスの容量が上限（５ＧＢ）の９割を超えている方にお送りしています。年末までに、次の整理をお願いします。"),
          UL("ごみ箱と送信済みの古いメールを削除する", "大きな添付ファイルはファイルサーバー（\\\\fs01\\share）へ移す", "メーリングリストのメールは自動仕分けを使う"),
          P("容量の追加は原則として行っておりません。Outlook の操作方法は社内ポータルの「よくある質問」①～③をご覧ください。")],
      cs="Shift_JIS", form="plain", cte="8bit", footer="情報システム部　高橋（内線 4021）")

    I("it-quota-automatic-en", "en", "-", "mailbox_quota", "no_link", "automatic quota notice of the own server",
      "Your mailbox is 92% full", ("Mail system", "postmaster@corp.example"), [
          P("This message was created automatically by the mail system of corp.example."),
          P("Your mailbox k.suzuki@corp.example uses 4.6 GB of its quota of 5 GB. When the limit is reached, new mail will be refused with a temporary error until space is free."),
          P("Please delete old mail or move it to the archive folder. How to do this is described in the IT handbook, chapter 4. Questions: helpdesk, extension 4000.")],
      internal="app", form="plain", cs="US-ASCII", cte="7bit", to="k.suzuki@corp.example", extra="Auto-Submitted: auto-generated\n")

    I("it-password-expiry-en", "en", "-", "password_expiry", "no_link", "automatic reminder, no link, change at the keyboard",
      "Reminder: your Windows password expires in 7 days", ("IT Notification", "notify@corp.example"), [
          P("Hello Suzuki-san,"),
          P("your Windows password will expire on 12 June 2026. Please change it at a company PC: press Ctrl+Alt+Del and choose \u201cChange a password\u201d."),
          P("For security reasons this mail contains no link. If you are travelling, connect the VPN first.")],
      internal="app", form="plain", to="k.suzuki@corp.example", extra="Auto-Submitted: auto-generated\n")

    I("helpdesk-ticket-closed-ja", "ja", "-", "ticket", "link", "ticket closed: the reset the user had asked for is done",
      "[HD-20331] パスワードリセット依頼:対応完了", ("ヘルプデスク", "helpdesk@corp.example.jp"), [
          P("佐藤 様"),
          P("昨日窓口で承りました「勤怠システムのパスワードリセット」について、対応が完了しました。仮パスワードは、ご本人確認のうえ窓口でお渡ししたものをご利用ください。"),
          P("チケットの内容: [https://desk.corp.example.jp/tickets/20331](https://desk.corp.example.jp/tickets/20331)"),
          P("このチケットは3営業日後に自動的に閉じられます。")],
      internal="app", style="div", to="hanako.sato@corp.example.jp", extra="Auto-Submitted: auto-generated\n")

    I("quarantine-digest-ja", "ja", "-", "held_messages", "table,button", "digest of the own mail gateway; twin of the held-messages lure",
      "隔離メールのお知らせ(2件)", ("メールゲートウェイ", "quarantine@corp.example.jp"), [
          P("user@corp.example.jp 宛てのメール2件が隔離されました。必要なメールは、社内ネットワークから隔離画面を開いて解放を申請してください。"),
          RAW('<table border="1" cellpadding="5" style="border-collapse:collapse;font-size:13px">\n<tr><td>info@example.com</td><td>展示会のご案内</td></tr>\n<tr><td>shop@example.net</td><td>タイムセール開催中</td></tr>\n</table>',
              "info@example.com  展示会のご案内\nshop@example.net  タイムセール開催中"),
          P("隔離画面: [https://quarantine.corp.example.jp/](https://quarantine.corp.example.jp/)"),
          SM("隔離メールは30日後に削除されます。")],
      internal="app", style="card", colour="#2d4a6b", logo="メールゲートウェイ")

    I("csirt-warning-ja", "ja", "-", "advisory", "link,quote", "own CSIRT warns of the attack and quotes the lure sentence",
      "【注意喚起】パスワード管理サービスをかたるフィッシングメールについて", ("CSIRT", "csirt@corp.example.jp"), [
          P("社員各位"),
          P("CSIRT です。LastPass や 1Password などのパスワード管理サービスを装い、「メンテナンスのため、24時間以内にボールトのローカルバックアップを作成してください」と促すフィッシングメールが確認されています。"),
          UL("メール内のリンクを開かないでください。", "マスターパスワードは、メールのリンク先では絶対に入力しないでください。サービスの提供元が尋ねることはありません。", "届いた場合は、メールソフトの「報告」ボタンで CSIRT へ転送してください。"),
          P("参考: [JPCERT/CC](https://www.jpcert.or.jp/) [フィッシング対策協議会](https://www.antiphishing.jp/) [IPA](https://www.ipa.go.jp/security/)"),
          P("すでに入力してしまった方は、時間を問わず内線 4444 までご連絡ください。")],
      to="all-staff@corp.example.jp")

    I("forwarded-suspicious-quoted-en", "en", "-", "user_report", "quote", "a colleague forwards a suspicious mail inline to the security team, with its link still live",
      "Fw: LastPass Infrastructure Update: Secure Your Vault Now", ("Ken Suzuki", "k.suzuki@corp.example"), [
          P("Hi security team,"),
          P("I got the mail below this morning. We do not even use LastPass in our group, so I did not click. Can you check whether others got it?"),
          P("Ken"),
          P("-----Original Message-----\nFrom: LastPass Support <support@lastpass-vault-backup.example>\nSent: Tuesday, 20 January 2026 06:41\nTo: Ken Suzuki\nSubject: LastPass Infrastructure Update: Secure Your Vault Now"),
          P("> Dear customer,\n> we ask every account holder to create a local backup of the vault within the next 24 hours.\n> Create backup now: https://lastpass-vault-backup.example/start")],
      form="plain", cs="US-ASCII", cte="7bit", to="security@corp.example", when=datetime.datetime(2026, 1, 20, 9, 20, tzinfo=JST))

    nested = next(m[2] for m in MAILS if m[1] == "helpdesk-quota-iso2022-ja")
    I("forwarded-suspicious-attached-ja", "ja", "-", "user_report", "nested_message", "a colleague forwards a suspicious mail as message/rfc822 to the security team",
      "不審なメールの報告", ("佐藤 花子", "hanako.sato@corp.example.jp"), [
          P("CSIRT ご担当者様"),
          P("お疲れさまです。総務部の佐藤です。\n情報システム部を名乗る不審なメールが届きましたので、添付にて報告いたします。リンクは開いておりません。"),
          P("ご確認のほど、よろしくお願いいたします。")],
      form="plain", cs="ISO-2022-JP", to="csirt@corp.example.jp", attachments=[b'Content-Type: message/rfc822\nContent-Disposition: attachment; filename="report.eml"\n\n' + nested])

    I("meeting-ics-ja", "ja", "-", "meeting", "calendar", "meeting invitation with text/calendar and a Teams link",
      "定例会議:パスワード管理ツール移行プロジェクト", ("高橋 健", "takahashi@corp.example.jp"), [
          P("各位"),
          P("移行プロジェクトの定例会議を設定しました。議題は、Bitwarden への移行手順と、ボールトのエクスポート作業の分担です。"),
          KV(("日時", "2026年5月20日(水) 10:00-11:00"), ("場所", "第2会議室 / Teams")),
          P("[会議に参加する](https://teams.microsoft.com/l/meetup-join/19%3ameeting_SAMPLE%40thread.v2/0)")],
      to="taro.yamada@corp.example", calendar="\r\n".join(["BEGIN:VCALENDAR", "PRODID:-//corp.example//sample//JA", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:20260520T100000-1@corp.example.jp",
      "DTSTAMP:20260513T010000Z", "DTSTART:20260520T010000Z", "DTEND:20260520T020000Z", "SUMMARY:定例会議:パスワード管理ツール移行プロジェクト", "LOCATION:第2会議室", "ORGANIZER;CN=高橋 健:mailto:takahashi@corp.example.jp",
      "ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:taro.yamada@corp.example", "END:VEVENT", "END:VCALENDAR", ""]))

    # -- from outside: press, training, lists, business

    A("press-newsletter-phishing-en", "en", "-", "newsletter", "tracking_links", "security newsletter about phishing; quotes lures, names brands; sent through a mailing service",
      "This week: vault backups as bait, and why MFA fatigue still works", ("Security Weekly Sample", "editor@securityweekly.example.com"), [
          H("Vault backups as bait"),
          P("A new wave of phishing pretends to be LastPass. \u201cCreate a local backup of your vault within 24 hours\u201d, says the mail, and the button leads to a page that asks for the master password. 1Password and Bitwarden users saw copies of it days later."),
          P("[Read the story](https://links.newsmailer.example.org/c/7f31?to=story1)"),
          H("Help desks under fire"),
          P("\u201cYour password has been reset, verify your account immediately\u201d: attackers call the service desk, then mail the victim. Okta and Microsoft published advice on how to verify callers."),
          P("[More on resets](https://links.newsmailer.example.org/c/7f31?to=story2) and the [guidance of CISA](https://www.cisa.gov/news-events/cybersecurity-advisories)"),
          SM("In brief: device code phishing, QR codes in PDF files, fake Duo prompts.")],
      colour="#222222", logo="Security Weekly Sample", ret="bounces+8831@bounce.newsmailer.example.org", mta="o12.newsmailer.example.org", auth="own",
      extra="List-Id: Security Weekly Sample <weekly.securityweekly.example.com>\nList-Unsubscribe: <https://links.newsmailer.example.org/u/7f31>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\nPrecedence: bulk\n",
      footer="You subscribed with user@corp.example.jp. [Unsubscribe](https://links.newsmailer.example.org/u/7f31)", pre="Fake LastPass maintenance, help-desk fraud and more")

    A("press-newsletter-phishing-iso2022-ja", "ja", "-", "newsletter", "plain_url", "ISO-2022-JP mail magazine about phishing, with links to agencies",
      "[セキュリティ通信 No.212] 偽メンテナンス通知とマスターパスワード", ("セキュリティ通信 編集部", "mm@security-tsushin.example.com"), [
          P("========== 今週の話題 =========="),
          P("■ LastPass をかたる偽のメンテナンス通知\n「24時間以内にバックアップを作成してください」という文面で偽サイトへ誘導し、マスターパスワードを入力させる手口が報じられています。"),
          P("■ ヘルプデスクを装うパスワードリセット\n「あなたのパスワードはリセットされました」と連絡し、多要素認証の再登録を迫る例が増えています。Microsoft や Okta を名乗るものもあります。"),
          P("■ 相談先・参考\nhttps://www.jpcert.or.jp/\nhttps://www.ipa.go.jp/security/anshin/\nhttps://www.antiphishing.jp/")],
      cs="ISO-2022-JP", form="plain", footer="発行: セキュリティ通信編集部\n解除: https://security-tsushin.example.com/mm/stop", extra="List-Unsubscribe: <https://security-tsushin.example.com/mm/stop>\nPrecedence: bulk\n")

    A("cisa-bulletin-en", "en", "-", "advisory", "link", "bulletin of the agency about help-desk impersonation",
      "Updated joint advisory on help desk impersonation", ("CISA", "cisa@messages.cisa.gov"), [
          P("CISA and partner agencies have updated the joint advisory on a group that poses as employees to make IT help desks reset passwords and move multi-factor authentication to new devices."),
          P("Organisations should use phishing-resistant MFA, verify callers before any reset and watch for new device enrolment."),
          P("[Read the advisory](https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-320a)")],
      colour="#005288", logo="CISA", auth="own", to="security@corp.example", footer="Cybersecurity and Infrastructure Security Agency. [Manage subscriptions](https://www.cisa.gov/subscribe-updates-cisa)")

    A("awareness-training-en", "en", "-", "training", "button,quote", "awareness course, lists typical lure sentences",
      "Your course is ready: Spot the phish (12 minutes)", ("Awareness Academy", "courses@awareness-academy.example.org"), [
          H("Spot the phish"),
          P("Hello Hanako, your employer corp.example has enrolled you in a short course. You will look at eight mails and decide whether they are real."),
          P("Typical sentences you will meet:"),
          UL("\u201cYour mailbox is full. Verify your password to get more storage.\u201d", "\u201cConfirm your master password within 24 hours or your vault will be deleted.\u201d", "\u201cRe-enrol your authenticator today to keep access.\u201d"),
          P("None of them is urgent in real life. Take your time until 30 November."),
          B("Start the course", "https://learn.awareness-academy.example.org/c/spot-the-phish")],
      colour="#5b3a8c", logo="Awareness Academy", to="hanako.sato@corp.example.jp", footer="Announced on the intranet by the CISO office on 2 November.")

    A("awareness-training-sjis-ja", "ja", "-", "training", "plain_url,quote", "Shift_JIS: exercise announced by the personnel department",
      "標的型メール訓練の結果と解説", ("人事部 研修担当", "kenshu@corp.example.jp"), [
          P("各位\n\n先月の標的型メール訓練へのご協力、ありがとうございました。"),
          P("今回の訓練メールは「メールボックスの容量が上限に達しました。本日中にパスワードを確認してください」という文面でした。開封率は４％、報告率は６１％でした。"),
          P("見分けるポイントは、①差出人のアドレス、②期限をあおる言葉、③リンク先のホスト名の３つです。"),
          P("解説資料\nhttps://portal.corp.example.jp/kenshu/2026/mail")],
      cs="Shift_JIS", form="plain", cte="8bit", internal=True, to="all-staff@corp.example.jp", footer="人事部　研修担当")

    lst = "List-Id: Password tools <password-tools.lists.example.org>\nList-Post: <mailto:password-tools@lists.example.org>\nList-Unsubscribe: <mailto:password-tools-request@lists.example.org?subject=unsubscribe>\nPrecedence: list\n"
    A("list-discussion-en", "en", "-", "mailing_list", "quote", "mailing list: LastPass or Bitwarden, exporting a vault",
      "Re: [password-tools] LastPass vs. Bitwarden for a small team", ("Alex Sample", "alex@hobby.example.org"), [
          P("On Mon, 4 May 2026, J. Doe wrote:\n> Has anybody moved from LastPass to Bitwarden lately? How did you\n> export the vault?"),
          P("We did, last winter. In LastPass you have to confirm your master password, then Advanced, Export; you get a CSV file in clear text, so do it on an encrypted disk and wipe it afterwards. Bitwarden imports it without trouble, only the folders with a backslash were odd."),
          P("Emergency access has to be set up again on the other side, and all new devices must be approved once. Keeper was too dear for us, 1Password would have been fine too."),
          P("By the way, beware of mails that tell you to back up your vault for some maintenance; we got three of those."),
          P("Alex")],
      form="plain", cs="US-ASCII", cte="7bit", to="password-tools@lists.example.org", rcpt="taro.yamada@corp.example", mta="lists.example.org", ret="password-tools-bounces@lists.example.org",
      extra=lst + "In-Reply-To: <20260504.1234@hobby.example.org>\nReferences: <20260504.1234@hobby.example.org>\n")

    A("list-discussion-iso2022-ja", "ja", "-", "mailing_list", "quote", "Japanese mailing list, ISO-2022-JP: how to change the master password",
      "[pm-users 00841] Re: マスターパスワードの変更手順", ("鈴木", "suzuki@pm-users.example.org"), [
          P("鈴木です。"),
          P("> Bitwarden のマスターパスワードを変更すると、他の端末は\n> ログアウトされますか?"),
          P("はい、すべての端末で再ログインが必要になります。変更の前に、念のため保管庫をエクスポートしておくと安心です(暗号化形式をおすすめします)。"),
          P("1Password の場合は Secret Key も手元に控えておいてください。手順は公式のヘルプにまとまっています。\nhttps://bitwarden.com/help/master-password/")],
      cs="ISO-2022-JP", form="plain", to="pm-users@lists.example.org", rcpt="k.suzuki@corp.example", mta="lists.example.org", ret="pm-users-admin@lists.example.org",
      extra="List-Id: <pm-users.lists.example.org>\nX-ML-Name: pm-users\nX-Mail-Count: 00841\nPrecedence: list\n")

    A("saas-receipt-en", "en", "github", "receipt", "link", "receipt of a software service",
      "[GitHub] Payment receipt for corp-example", ("GitHub", "noreply@github.com"), [
          P("We received your payment for the organisation corp-example. Thank you!"),
          KV(("Plan", "Team, 25 seats"), ("Amount", "USD 100.00"), ("Charged to", "Visa ending in 4242"), ("Period", "1 Aug 2026 to 31 Aug 2026")),
          P("Billing history: https://github.com/organizations/corp-example/settings/billing")],
      form="plain", to="accounting@corp.example", auth="own", footer="GitHub, Inc., 88 Colin P Kelly Jr Street, San Francisco")

    A("shipping-notice-iso2022-ja", "ja", "yamato", "shipping", "plain_url", "ISO-2022-JP delivery notice of a parcel service",
      "お荷物お届けのお知らせ", ("ヤマト運輸株式会社", "mail@kuronekoyamato.co.jp"), [
          P("いつもヤマト運輸をご利用いただきありがとうございます。"),
          P("次の荷物を、下記のとおりお届けする予定です。"),
          KV(("お届け予定日時", "10月9日 14時~16時"), ("品名", "書籍"), ("送り状番号", "0000-0000-0000"), ("ご依頼主", "サンプル書店")),
          P("日時や受け取り場所の変更はこちらから\nhttps://toi.kuronekoyamato.co.jp/cgi-bin/tneko")],
      cs="ISO-2022-JP", form="plain", to="taro.yamada@corp.example", footer="ヤマト運輸株式会社")

    A("shipping-notice-en", "en", "-", "shipping", "button", "a shop tells that the order has left",
      "Your order 10442 is on its way", ("Sample Books", "orders@samplebooks.example.com"), [
          H("On its way"),
          P("Good news, your parcel left our warehouse this morning and should arrive by Friday."),
          KV(("Order", "10442"), ("Parcel", "SB000010442"), ("Ship to", "Taro Yamada, Yokohama")),
          B("Track parcel", "https://www.samplebooks.example.com/track/SB000010442"),
          P("Something wrong? Just answer this mail.")],
      colour="#7a4b12", logo="Sample Books", to="taro.yamada@corp.example", reply_to=("Sample Books help", "help@samplebooks.example.com"), footer="Sample Books Ltd")

    A("order-confirmation-sjis-ja", "ja", "amazon", "receipt", "link", "order confirmation of a shop, Shift_JIS",
      "ご注文の確認　注文番号 250-0000000-0000000", ("Amazon.co.jp", "auto-confirm@amazon.co.jp"), [
          P("山田 太郎 様"),
          P("Amazon.co.jp をご利用いただき、ありがとうございます。ご注文を承りました。"),
          KV(("商品", "セキュリティキー USB-C ×２"), ("合計", "￥9,800"), ("お届け予定", "12月3日")),
          P("ご注文の詳細は [注文履歴](https://www.amazon.co.jp/your-orders) からご確認いただけます。")],
      cs="Shift_JIS", form="html", cte="base64", colour="#ff9900", logo="amazon.co.jp", to="taro.yamada@corp.example", footer="アマゾンジャパン合同会社")

    zip_data = encrypted_zip("見積書_サンプル.txt", enc("これは見本です。\n", "Shift_JIS"), "Sample-2026")
    A("ppap-zip-iso2022-ja", "ja", "-", "business", "encrypted_zip", "quotation as an encrypted zip, password follows by a second mail",
      "お見積書送付の件(株式会社サンプル商事)", ("サンプル商事 田中", "tanaka@sample-shoji.example.com"), [
          P("山田様"),
          P("いつもお世話になっております。サンプル商事の田中です。"),
          P("ご依頼いただきましたお見積書を、添付のZIPファイルにてお送りいたします。パスワードは別途メールにてお知らせいたします。"),
          P("ご査収のほど、よろしくお願い申し上げます。")],
      cs="ISO-2022-JP", form="plain", to="taro.yamada@corp.example", to_name="山田様", attachments=[attach("見積書_20260710.zip", "application/zip", zip_data, "ISO-2022-JP")],
      footer="株式会社サンプル商事 営業部\n田中 一郎\nTEL 00-0000-0000")
    A("ppap-password-iso2022-ja", "ja", "-", "business", "no_link", "the second mail with the password of the zip",
      "【パスワード】お見積書送付の件(株式会社サンプル商事)", ("サンプル商事 田中", "tanaka@sample-shoji.example.com"), [
          P("山田様"),
          P("先ほどお送りした添付ファイルの解凍パスワードをお知らせいたします。"),
          P("パスワード: Sample-2026"),
          P("※このメールは自動的に送信されています。")],
      cs="ISO-2022-JP", form="plain", to="taro.yamada@corp.example", to_name="山田様", footer="株式会社サンプル商事 営業部")

    A("customer-reset-request-en", "en", "-", "customer_request", "no_link", "a customer asks our support for a password reset",
      "Can't log in - please reset my password", ("Mary Sample", "mary@customer.example.org"), [
          P("Hello support,"),
          P("I forgot the password of your customer portal and the reset mail never arrives. Could you please reset it for me? My user name is mary.s, customer number 30117."),
          P("I also have a new phone, so the verification codes still go to the old one. What do I have to do to move the authenticator?"),
          P("Thanks a lot\nMary")],
      form="plain", to="support@corp.example", cte="7bit", cs="US-ASCII")

    A("customer-reset-request-ja", "ja", "-", "customer_request", "no_link", "a customer asks for a password reset, in Japanese",
      "会員サイトのパスワード再設定について", ("伊藤 さくら", "ito@customer.example.org"), [
          P("サポートご担当者様"),
          P("お世話になっております。会員番号 51220 の伊藤と申します。"),
          P("会員サイトにログインしようとしましたが、パスワードを忘れてしまい、再設定のメールも届きません。至急ご対応いただけないでしょうか。"),
          P("どうぞよろしくお願いいたします。")],
      form="plain", to="support@corp.example.jp", cte="8bit")

    A("partner-maintenance-ja", "ja", "-", "notice_maintenance", "link", "a cloud supplier announces maintenance and advises a backup in its own console",
      "【サンプルクラウド】ストレージ機器交換に伴うメンテナンスのご案内", ("サンプルクラウド サポート", "support@samplecloud.example.com"), [
          P("お客様各位"),
          P("下記の日程で、東京リージョンのストレージ機器を交換いたします。作業中はデータが冗長化されるため、サービスの停止は予定しておりません。"),
          KV(("日時", "2026年8月22日(土) 1:00~5:00"), ("対象", "東京リージョン ブロックストレージ")),
          P("念のため、作業前にコンソールからスナップショットを取得されることを推奨いたします。詳細は [サポートページ](https://support.samplecloud.example.com/maint/0822) をご覧ください。")],
      colour="#2b7a78", logo="サンプルクラウド", footer="サンプルクラウド株式会社", auth="own", to="it-info@corp.example.jp")

    A("docusign-envelope-en", "en", "docusign", "business", "button", "signature service: display name of a person, Reply-To of the partner, aligned authentication (must not be punished)",
      "Complete with Docusign: Supply agreement 2026", ("Ichiro Tanaka via Docusign", "dse_NA4@docusign.net"), [
          P("Ichiro Tanaka sent you a document to review and sign."),
          B("Review document", "https://na4.docusign.net/Signing/EmailStart.aspx?a=00000000-sample"),
          P("Taro, please sign the supply agreement we talked about on Monday. Thank you!"),
          SM("Do not share this email. It contains a link to a document meant for you only. Questions: [Docusign support](https://support.docusign.com/)")],
      colour="#4c00ff", logo="docusign", to="taro.yamada@corp.example", reply_to=("Ichiro Tanaka", "tanaka@sample-shoji.example.com"), auth="own", footer="This message was sent to you by Ichiro Tanaka who is using the Docusign service.")

    A("sharepoint-share-ja", "ja", "microsoft", "business", "button", "a file was shared from SharePoint of the own tenant; twin of the device-code lure",
      "高橋 健 さんが「2026年度_予算案」を共有しました", ("SharePoint Online", "no-reply@sharepointonline.com"), [
          P("高橋 健 さんがあなたとファイルを共有しました。"),
          H("2026年度_予算案.xlsx"),
          P("このリンクは、組織内の招待されたユーザーのみが使用できます。"),
          B("開く", "https://corp-example.sharepoint.com/:x:/s/keiri/SAMPLE?e=sample")],
      colour="#0067b8", logo="SharePoint", to="taro.yamada@corp.example", auth="own", reply_to=("高橋 健", "takahashi@corp.example.jp"), footer="Microsoft Corporation [プライバシーに関する声明](https://go.microsoft.com/fwlink/?LinkId=521839)")

    report = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>September report</title></head>\n<body><h2>Sales, September</h2>\n<table border=\"1\"><tr><th>Region</th><th>Units</th></tr><tr><td>East</td><td>120</td></tr><tr><td>West</td><td>98</td></tr></table>\n</body></html>\n"
    I("sales-report-html-en", "en", "-", "business", "html_attachment", "harmless HTML attachment: a monthly report, no form, no script",
      "Monthly sales report, September", ("Reporting", "notify@corp.example"), [
          P("The monthly report is attached as a web page. It is also on the [intranet](https://intranet.corp.example/sales/2026-09)."),
          P("This mail was created automatically.")],
      internal="app", to="all-staff@corp.example", attachments=[attach("sales-2026-09.html", "text/html", report.encode())], extra="Auto-Submitted: auto-generated\n")

    sys.modules["make_samples"], sys.dont_write_bytecode = sys.modules[__name__], True      # what stands in tools/samples imports this very module
    from samples import twins
    twins.honest()


# ================================================================ check and write

RESERVED = re.compile(r"(^|\.)(example|test|invalid|example\.(com|net|org|jp))$")
GENUINE_IN_ATTACK = {"microsoft.com"}                  # the one device-code mail that sends people to the genuine page


def check(folder, name, raw, row, must):
    assert b"\r" not in raw and max(len(x) for x in raw.split(b"\n")) <= 998, f"{name}: line ends"
    head = raw.split(b"\n\n", 1)[0]
    assert head.isascii() and max(len(x) for x in head.split(b"\n")) <= 200, f"{name}: header"
    msg = email.message_from_bytes(raw, policy=email.policy.default)
    text, charsets = [], set()
    for part in msg.walk():
        assert not part.defects, (name, part.defects)
        if part.get_content_maintype() == "text" and not part.get_filename():
            cs = part.get_content_charset() or "us-ascii"
            text.append(dec(part.get_payload(decode=True), cs))
            if part.get_content_subtype() != "calendar":
                charsets.add(cs)
                assert f"charset={cs}" in text[-1].lower() or part.get_content_subtype() != "html", f"{name}: meta charset"
    assert charsets <= {row[3].lower()} or folder == "honest" and "attached" in name, f"{name}: {charsets}"
    subject = re.sub(r"=\?([^?]+)\?([BQ])\?([^?]*)\?=", lambda m: dec(base64.b64decode(m[3]) if m[2] == "B" else quopri.decodestring(m[3].replace("_", " ")), m[1]),
                     re.sub(r"\?=\s+=\?", "?==?", re.search(rb"^Subject: (.*(?:\n[ \t].*)*)", head, re.M)[1].decode()))
    everything = re.sub(r"\s+", "", "\n".join(text + [re.sub(r"\n ", " ", subject)]))
    for m in must:
        assert re.sub(r"\s+", "", html.escape(m, quote=False)) in everything or re.sub(r"\s+", "", m) in everything, f"{name}: {m!r} not readable"
    if "iso-2022-jp" not in charsets and "shift_jis" not in charsets:
        assert str(msg["subject"]) == must[-1] or msg["subject"].replace(" ", "") == must[-1].replace(" ", ""), f"{name}: subject {msg['subject']!r}"
    for need in ("date", "from", "to", "message-id", "mime-version", "received"):
        assert msg[need], f"{name}: no {need}"
    if folder != "honest":
        addr = [email.utils.parseaddr(str(msg[h]))[1].split("@")[1] for h in ("from", "reply-to", "return-path") if msg[h]]
        html_attached = [dec(p.get_payload(decode=True), "Shift_JIS" if "Shift_JIS" in str(p.get_payload(decode=True)) else "utf-8") for p in msg.walk() if (p.get_filename() or "").endswith(".html")]
        targets = "\n".join(html_attached + [re.sub(r">[^<]*</a>", ">", t) if "<html" in t else t if "text_names_host" not in row[6] and not "lookalike" in name else "" for t in text])
        hosts = [h.rpartition("@")[2] for h in re.findall(r'https?://([^/"\s<#?]+)', targets)]
        for h in addr + hosts:
            assert RESERVED.search(h) or re.fullmatch(r"203\.0\.113\.\d+", h) or h in GENUINE_IN_ATTACK, f"{name}: {h}"
    return msg


def main():
    attack()
    invented()
    honest()
    sys.modules["make_samples"], sys.dont_write_bytecode = sys.modules[__name__], True      # what stands in tools/samples imports this very module
    from samples import attacks
    attacks.add()
    lines = ["path\tlabel\tlanguage\tcharset\tbrand\tintent\twrapping\tdescription"]
    for folder, name, raw, row, must in MAILS:
        check(folder, name, raw, row, must)
        os.makedirs(os.path.join(ROOT, folder), exist_ok=True)
        with open(os.path.join(ROOT, folder, name + ".eml"), "wb") as f:
            f.write(raw)
        lines.append("\t".join(row))
    with open(os.path.join(ROOT, "MANIFEST.tsv"), "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")
    known = {f"{m[0]}/{m[1]}.eml" for m in MAILS}
    for folder in ("attack", "attack_invented", "honest"):
        for f in os.listdir(os.path.join(ROOT, folder)):
            if f.endswith(".eml") and f"{folder}/{f}" not in known:
                sys.exit(f"{folder}/{f} is not made by this script: remove or add it")
    for folder in ("attack", "attack_invented", "honest"):
        rows = [m[3] for m in MAILS if m[0] == folder]
        count = lambda i, v: sum(r[i] == v for r in rows)
        print(f"{folder:16} {len(rows):3}  ja {count(2, 'ja'):3}  UTF-8 {count(3, 'UTF-8'):3}  ISO-2022-JP {count(3, 'ISO-2022-JP'):3}  Shift_JIS {count(3, 'Shift_JIS'):3}")


if __name__ == "__main__":
    main()
