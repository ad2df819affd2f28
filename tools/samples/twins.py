"""Honest twins: mails that say what phishing says, for honest reasons. make_samples.py calls honest() after its own mails.

Takes: the tools of make_samples (blocks, mail(), attach()). Gives: more mails of the folder honest/. Refuses (assert) a weekday that does not
fit its date in 2026, a host that is neither reserved nor genuine, a sender in a brand's name whose address is not the brand's. The mails stand in twins_*.py by who sends them; here is what several of them need: more looks of HTML than the
cards of make_samples, threads, calendars, small PDF files and QR pictures.
"""
import datetime, glob, html, os, re, struct, tomllib, zlib

import make_samples as ms
from make_samples import P, H, B, KV, UL, SM, RAW, rich, rnd


# ---------------------------------------------------------------- looks

def meta(cs): return f'<meta http-equiv="Content-Type" content="text/html; charset={cs}">'


def simple(blocks, para, button):
    """Blocks as plain HTML: `para` and `button` are formats of one paragraph and of one link."""
    out = []
    for b in blocks:
        k = b[0]
        if k == "h":
            out.append(f"<h2>{rich(b[1])}</h2>")
        elif k in ("p", "sm"):
            out.append(para.format(rich(b[1])))
        elif k == "btn":
            out.append(button.format(url=html.escape(b[2]), label=html.escape(b[1])))
        elif k == "kv":
            out.append("<table>" + "".join(f"<tr><td>{html.escape(x)}</td><td><b>{rich(y)}</b></td></tr>\n" for x, y in b[1]) + "</table>")
        elif k == "ul":
            out.append("<ol>" + "".join(f"<li>{rich(x)}</li>\n" for x in b[1]) + "</ol>")
        else:
            out.append(b[1])
    return "\n".join(out)


def gmail(blocks, cs, lang, o):
    """As web mail writes: div after div."""
    return f'<html><head>{meta(cs)}</head><body><div dir="ltr">' + simple(blocks, "<div>{}</div><div><br></div>", '<div><a href="{url}">{label}</a></div>') + "</div></body></html>\n"


def apple(blocks, cs, lang, o):
    return (f'<html><head>{meta(cs)}</head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">\n' +
            simple(blocks, "{}<br><br>", '<a href="{url}">{label}</a><br><br>') + "</body></html>\n")


def bare(blocks, cs, lang, o):
    """As old systems write: no style at all."""
    return (f'<HTML lang="{lang}"><HEAD>{meta(cs)}<TITLE>{html.escape(o["subject"])}</TITLE></HEAD><BODY>\n' + simple(blocks, "<P>{}</P>", '<P><A HREF="{url}">{label}</A></P>') +
            f'<HR><FONT size="-1">{rich(o["footer"])}</FONT></BODY></HTML>\n')


def notice(blocks, cs, lang, o):
    """A service's short notice: one narrow column, a picture from the service, a grey end."""
    img = f'<img src="{o["img"]}" width="120" height="32" alt="{html.escape(o["logo"])}" style="display:block;border:0">' if o["img"] else f"<b>{html.escape(o['logo'])}</b>"
    body = simple(blocks, '<p style="margin:0 0 14px">{}</p>', '<p style="margin:20px 0"><a href="{url}" style="background:' + o["colour"] +
                  ';border-radius:6px;color:#fff;display:inline-block;padding:10px 18px;text-decoration:none">{label}</a></p>')
    return (f'<!doctype html>\n<html lang="{lang}"><head>{meta(cs)}<meta name="color-scheme" content="light dark"><title></title></head>\n'
            f'<body style="font:14px/1.6 -apple-system,BlinkMacSystemFont,\'Segoe UI\',\'Noto Sans JP\',sans-serif;color:#1f2328">\n<div style="max-width:520px;margin:0 auto;padding:20px">\n'
            f'{img}\n{body}\n<p style="border-top:1px solid #d8dee4;color:#656d76;font-size:12px;padding-top:12px">{rich(o["footer"])}</p>\n</div></body></html>\n')


def news(blocks, cs, lang, o):
    """A newsletter: line to see it in a browser, pictures, a counting pixel."""
    t = o["track"]
    head = f'<p align="center" style="font-size:11px"><a href="{t}view">{ {"ja": "ブラウザで見る", "de": "Im Browser ansehen", "fr": "Voir en ligne", "es": "Ver en el navegador", "pt": "Ver no navegador", "nl": "Bekijk online"}.get(lang, "View in browser")}</a></p>'
    body = simple(blocks, '<p style="font-size:15px;line-height:1.5">{}</p>', '<div style="text-align:center;margin:18px"><a href="{url}" style="background-color:' + o["colour"] +
                  ';color:#ffffff;display:inline-block;font-weight:bold;line-height:44px;text-align:center;text-decoration:none;width:240px">{label}</a></div>')
    return (f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html lang="{lang}"><head>{meta(cs)}\n'
            f'<style type="text/css">body{{margin:0}} img{{border:0}} @media only screen and (max-width:480px){{.w{{width:100%!important}}}}</style><title>{html.escape(o["subject"])}</title></head>\n'
            f'<body bgcolor="#eeeeee">{head}<center><table class="w" width="620" bgcolor="#ffffff" cellpadding="20"><tr><td>\n<img src="{t}hero.png" width="580" height="180" alt="{html.escape(o["logo"])}">\n{body}\n'
            f'<p style="color:#999999;font-size:11px">{rich(o["footer"])}</p></td></tr></table></center>\n<img src="{t}open.gif" width="1" height="1" alt=""></body></html>\n')


LOOKS = {"gmail": gmail, "apple": apple, "bare": bare, "notice": notice, "news": news}
DAYS = "月火水木金土日"
OTHERS = {"bit.ly", "bitwarden.com", "forms.gle", "fraudehelpdesk.nl", "jpcert.or.jp", "jvn.jp", "list-manage.com", "sendgrid.net", "urldefense.com", "w3.org"}      # genuine hosts that honest mails may name beside the brands'
BRANDS = {b["id"]: {d for key in ("owned", "cdn", "senders") for d in b.get(key, [])} for f in sorted(glob.glob(os.path.join(ms.ROOT, "..", "..", "brands", "*.toml"))) for b in tomllib.load(open(f, "rb"))["brand"]}
GENUINE = OTHERS.union(*BRANDS.values())


def below(host, domains): return any(host == d or host.endswith("." + d) for d in domains)


def check_hosts(name, brand, sender, texts):
    """Every host is reserved, ours or genuine; who sends in a brand's name owns the address."""
    for host in re.findall(r"(?<!x)https?://([^/:\"'\s<>?#)&、。\\]+)", texts):
        assert ms.RESERVED.search(host) or re.fullmatch(r"192\.0\.2\.\d+", host) or below(host, GENUINE), f"{name}: {host}"
    dom = sender.split("@")[1]
    assert ms.RESERVED.search(dom) or below(dom, BRANDS[brand] if brand != "-" else GENUINE), f"{name}: {dom} is not of {brand}"


def A(name, lang, brand, intent, wrapping, about, subject, sender, blocks, *, look="card", when=None, tz=9, img="", track="", **k):
    """mail() for an honest twin: `look` is a style of make_samples or of LOOKS, `when` is "MM-DD hh:mm" of 2026 in the zone `tz`."""
    for m, d, w in re.findall(r"(\d{1,2})(?:月|/)(\d{1,2})日?[((]([月火水木金土日])", subject + repr(blocks)):
        assert DAYS[datetime.date(2026, int(m), int(d)).weekday()] == w, f"{name}: {m}/{d} is no {w}"
    check_hosts(name, brand, sender[1], repr(blocks) + repr(k))
    cs = k.get("cs", "UTF-8")
    if when:
        k["when"] = datetime.datetime.strptime("2026-" + when, "%Y-%m-%d %H:%M").replace(tzinfo=datetime.timezone(datetime.timedelta(hours=tz)))
    if k.get("form") != "plain" and "html_text" not in k:
        if look in LOOKS:
            o = {"subject": subject, "footer": k.get("footer", ""), "colour": k.get("colour", "#c8202f"), "logo": k.get("logo", ""), "img": img, "track": track}
            k["html_text"] = LOOKS[look](blocks, cs, lang, o)
        else:
            k["html_text"] = ms.to_html(blocks, look, cs, lang == "ja", subject, k.get("pre", ""), k.get("footer", ""), k.get("colour", "#c8202f"), k.get("logo", "")).replace('<html lang="en">', f'<html lang="{lang}">')
    dom = sender[1].split("@")[1]
    if dom.startswith("mail."):
        k.setdefault("mta", f"out{len(name) % 4 + 1}.{dom[5:]}")
    ms.mail("honest", name, lang, brand, intent, wrapping, about, subject, sender, blocks, **k)


def as_report(kind):
    """Makes the last mail a multipart/report (RFC 6522) instead of a multipart/mixed."""
    folder, name, raw, row, must = ms.MAILS[-1]
    assert b"\nContent-Type: multipart/mixed;" in raw
    ms.MAILS[-1] = (folder, name, raw.replace(b"\nContent-Type: multipart/mixed;", f"\nContent-Type: multipart/report; report-type={kind};".encode(), 1), row, must)


def I(*a, **k):
    """A mail from inside: handed in by a person (ESMTPSA) or, with internal="app", by the application server."""
    A(*a, **{"internal": True, "look": "mso", **k})


# ---------------------------------------------------------------- headers and blocks

def bulk(url, more=""):
    return f"List-Unsubscribe: <{url}>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n{more}"


def thread(*ids):
    """Headers of an answer: the last id is the mail that is answered."""
    return f"In-Reply-To: <{ids[-1]}>\nReferences: " + "\n ".join(f"<{x}>" for x in ids) + "\n"


def Q(who, text):
    """What is quoted below an answer."""
    lines = "\n".join("> " + x for x in text.split("\n"))
    return RAW(f'<div class="gmail_quote"><div>{html.escape(who)}<br></div><blockquote style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">{rich(text)}</blockquote></div>', f"{who}\n{lines}")


def OQ(head, text):
    """The same as Outlook does it: a rule, the old header, the old text."""
    return RAW('<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0mm 0mm 0mm">' + "<br>\n".join(html.escape(x) for x in head.split("\n")) + f"</div><p>{rich(text)}</p>",
               "_" * 32 + "\n" + head + "\n\n" + text)


# ---------------------------------------------------------------- attachments

def ics(uid, start, end, summary, organiser, attendee, where="", text="", method="REQUEST"):
    """A meeting; times in UTC as 20260520T010000Z."""
    who, addr = organiser
    esc = lambda s: s.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    rows = ["BEGIN:VCALENDAR", "PRODID:-//corp.example//sample//EN", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"DTSTART:{start}", f"DTEND:{end}",
            f"SUMMARY:{esc(summary)}", f"ORGANIZER;CN=\"{who}\":mailto:{addr}", f"ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:{attendee}"]
    rows += [f"LOCATION:{esc(where)}"] * bool(where) + [f"DESCRIPTION:{esc(text)}"] * bool(text) + ["SEQUENCE:0", "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(rows)


def pdf(lines, links=()):
    """One page of Latin text; each link is (line number, URL) and lies over its line."""
    y = lambda i: 780 - 18 * i
    esc = lambda s: s.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    content = "BT /F1 11 Tf 60 780 Td 18 TL\n" + "\n".join(f"({esc(x)}) Tj T*" for x in lines) + "\nET"
    packed = zlib.compress(content.encode("cp1252"), 9)
    annots = [f"<< /Type /Annot /Subtype /Link /Rect [58 {y(i) - 4} 420 {y(i) + 12}] /Border [0 0 0] /A << /S /URI /URI ({esc(u)}) >> >>".encode() for i, u in links]
    objs = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R" +
            (b" /Annots [" + b" ".join(f"{6 + n} 0 R".encode() for n in range(len(annots))) + b"]" if annots else b"") + b" >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"] + annots
    out, at = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for n, o in enumerate(objs, 1):
        at.append(len(out))
        out += f"{n} 0 obj\n".encode() + o + b"\nendobj\n"
    xref = len(out)
    out += f"xref\n0 {len(objs) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{x:010d} 00000 n \n".encode() for x in at)
    return bytes(out) + f"trailer\n<< /Size {len(objs) + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n".encode()


def svg_logo(text, colour):
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="220" height="48" viewBox="0 0 220 48">\n<circle cx="24" cy="24" r="18" fill="{colour}"/>\n'
            f'<path d="M16 24l6 7 11-14" fill="none" stroke="#fff" stroke-width="3"/>\n<text x="54" y="31" font-family="sans-serif" font-size="20" fill="#333">{html.escape(text)}</text>\n</svg>\n').encode()


def plain_zip(fname, data):
    """A one-file zip, stored."""
    fn, crc = fname.encode("cp932"), zlib.crc32(data)
    common = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0x6C00, 0x5A6F, crc, len(data), len(data), len(fn), 0)
    loc = b"PK\x03\x04" + common + fn + data
    cen = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + fn
    return loc + cen + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(cen), len(loc), 0)


# ---------------------------------------------------------------- QR codes (ISO/IEC 18004: byte mode, level L, versions 1 to 5: one block)

QR_WORDS = {1: (19, 7), 2: (34, 10), 3: (55, 15), 4: (80, 20), 5: (108, 26)}       # version: words of data, of correction
QR_EXP = [1]
for _ in range(254):
    QR_EXP.append(QR_EXP[-1] << 1 ^ (0x11D if QR_EXP[-1] & 0x80 else 0))
QR_LOG = {v: n for n, v in enumerate(QR_EXP)}


def qr_mul(a, b): return QR_EXP[(QR_LOG[a] + QR_LOG[b]) % 255] if a and b else 0


def qr(text):
    """The symbol as rows of 0 and 1."""
    raw = text.encode()
    ver = next(v for v, (n, _) in QR_WORDS.items() if len(raw) + 2 <= n)
    ndata, nec = QR_WORDS[ver]
    bits = "0100" + f"{len(raw):08b}" + "".join(f"{b:08b}" for b in raw) + "0000"
    data = [int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)]
    data += [(0xEC, 0x11)[n % 2] for n in range(ndata - len(data))]
    gen = [1]
    for n in range(nec):
        gen = [a ^ qr_mul(b, QR_EXP[n]) for a, b in zip(gen + [0], [0] + gen)]
    rest = data + [0] * nec
    for n in range(ndata):
        f = rest[n]
        for m, g in enumerate(gen):
            rest[n + m] ^= qr_mul(g, f)
    stream = "".join(f"{b:08b}" for b in data + rest[ndata:]) + "0" * 7
    size = 17 + 4 * ver
    grid = [[None] * size for _ in range(size)]
    for cy, cx in ((3, 3), (3, size - 4), (size - 4, 3)):
        for y in range(max(0, cy - 4), min(size, cy + 5)):
            for x in range(max(0, cx - 4), min(size, cx + 5)):
                grid[y][x] = int(max(abs(y - cy), abs(x - cx)) not in (2, 4))
    for n in range(8, size - 8):
        grid[6][n] = grid[n][6] = (n + 1) % 2
    if ver > 1:
        for y in range(-2, 3):
            for x in range(-2, 3):
                grid[size - 7 + y][size - 7 + x] = int(max(abs(y), abs(x)) != 1)
    fmt = [(8, n) for n in (0, 1, 2, 3, 4, 5, 7, 8)] + [(n, 8) for n in (7, 5, 4, 3, 2, 1, 0)]          # (row, column), bit 14 first
    fmt2 = [(size - 1 - n, 8) for n in range(7)] + [(8, size - 8 + n) for n in range(8)]
    for y, x in fmt + fmt2:
        grid[y][x] = 0
    grid[size - 8][8] = 1
    free, up, x = [], True, size - 1
    while x > 0:
        x -= x == 6
        for y in (range(size - 1, -1, -1) if up else range(size)):
            free += [(y, c) for c in (x, x - 1) if grid[y][c] is None]
        up, x = not up, x - 2

    def masked(m):
        g = [row[:] for row in grid]
        for bit, (y, c) in zip(stream, free):
            flip = [(y + c) % 2, y % 2, c % 3, (y + c) % 3, (y // 2 + c // 3) % 2, y * c % 2 + y * c % 3, (y * c % 2 + y * c % 3) % 2, ((y + c) % 2 + y * c % 3) % 2][m] == 0
            g[y][c] = int(bit) ^ flip
        word = 0b01 << 3 | m
        rem = word << 10
        for n in range(14, 9, -1):
            rem ^= 0x537 << n - 10 if rem >> n & 1 else 0
        code = (word << 10 | rem) ^ 0x5412
        for n in range(15):
            for y, c in (fmt[n], fmt2[n]):
                g[y][c] = code >> 14 - n & 1
        return g

    def penalty(g):
        lines = ["".join(map(str, r)) for r in g] + ["".join(map(str, r)) for r in zip(*g)]
        score = sum(len(m[0]) - 2 for s in lines for m in re.finditer(r"0{5,}|1{5,}", s))
        score += 3 * sum(g[y][x] == g[y][x + 1] == g[y + 1][x] == g[y + 1][x + 1] for y in range(size - 1) for x in range(size - 1))
        score += 40 * sum(len(re.findall("(?=00001011101|10111010000)", s)) for s in lines)
        return score + 10 * int(abs(sum(map(sum, g)) * 20 / size ** 2 - 10))
    return min((masked(m) for m in range(8)), key=penalty)


def qr_png(text, scale=5, dark=(0, 0, 0), light=(255, 255, 255)):
    """The symbol with its quiet zone as PNG of two colours."""
    g = qr(text)
    side = (len(g) + 8) * scale
    blank = [[0] * (len(g) + 8)] * 4
    rows = []
    for row in blank + [[0] * 4 + r + [0] * 4 for r in g] + blank:
        px = "".join(str(v) * scale for v in row)
        px += "0" * (-len(px) % 8)
        rows += [b"\0" + int(px, 2).to_bytes(len(px) // 8, "big")] * scale

    def chunk(t, d): return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 3, 0, 0, 0)) + chunk(b"PLTE", bytes(light) + bytes(dark)) +
            chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b""))


def picture(cid, fname, data):
    return ms.attach(fname, "image/png", data, inline_cid=cid)


def IMG(cid, alt, width=180):
    return RAW(f'<p><img src="cid:{cid}" width="{width}" alt="{html.escape(alt)}"></p>', f"[{alt}]")


def honest():
    import samples.twins_vendor as vendor, samples.twins_japan as japan, samples.twins_inside as inside
    import samples.twins_business as business, samples.twins_lists as lists, samples.twins_people as people, samples.twins_world as world, samples.twins_shapes as shapes, samples.twins_tongues as tongues
    for part in (vendor, japan, inside, business, lists, people, world, shapes, tongues):
        part.mails()
