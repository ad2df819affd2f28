"""What sample mails are wrapped in besides plain text and the card of make_samples.py.

Takes: blocks (P, H, B …), texts, addresses. Gives: HTML in several hands (`dress`), PDF, SVG, iCalendar and zip files as bytes, the same
on every run. Nothing here can hurt: scripts build a line of text or name a reserved host.
"""
import base64, html, re, struct, zlib

from make_samples import LINK, enc

# ---------------------------------------------------------------- HTML

def inline(t, colour):
    """Escapes; [label](url) becomes a link, **x** bold, a newline <br>."""
    out, pos = "", 0

    def plain(s): return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(s, quote=False)).replace("\n", "<br>\n")
    for m in LINK.finditer(t):
        out += plain(t[pos:m.start()]) + f'<a href="{html.escape(m[2])}" style="color:{colour}">{plain(m[1])}</a>'
        pos = m.end()
    return out + plain(t[pos:])


# One line a hand: what a heading, a paragraph, small print, a button, a row of a table look like. {t} text, {u} address, {c} colour, {k} key.
HANDS = {
    "gmail": {"h": '<div><b>{t}</b></div><div><br></div>', "p": '<div>{t}</div><div><br></div>', "sm": '<div><font size="1" color="#888888">{t}</font></div>',
              "btn": '<div><a href="{u}">{t}</a></div><div><br></div>', "kv": '<div>{k}: {t}</div>', "li": '<li style="margin-left:15px">{t}</li>'},
    "outlook": {"h": '<p class="MsoNormal"><b><span style="font-size:14.0pt">{t}</span></b></p>', "p": '<p class="MsoNormal">{t}<o:p></o:p></p><p class="MsoNormal">&nbsp;</p>',
                "sm": '<p class="MsoNormal"><span style="font-size:8.0pt;color:gray">{t}</span></p>', "btn": '<p class="MsoNormal"><a href="{u}">{t}</a></p><p class="MsoNormal">&nbsp;</p>',
                "kv": '<p class="MsoNormal"><b>{k}:</b> {t}</p>', "li": '<li class="MsoListParagraph" style="margin-left:0">{t}</li>'},
    "ms": {"h": '<div style="font-size:21px;color:#2a2a2a;font-family:\'Segoe UI Light\',\'Segoe UI\',sans-serif;padding:14px 0">{t}</div>', "p": '<div style="padding-bottom:16px;color:#2a2a2a">{t}</div>',
           "sm": '<div style="font-size:11px;color:#707070;padding-bottom:8px">{t}</div>', "kv": '<div style="padding-bottom:4px">{k}: <b>{t}</b></div>', "li": '<li>{t}</li>',
           "btn": '<table cellspacing="0"><tr><td bgcolor="{c}" style="background-color:{c};padding:5px 20px"><a style="font-family:\'Segoe UI\',sans-serif;font-weight:600;font-size:14px;color:#fff;text-decoration:none" href="{u}">{t}</a></td></tr></table><br>'},
    "shop": {"h": '<h2 style="font-size:18px;margin:18px 0">{t}</h2>', "p": '<p style="font-size:14px;line-height:1.7">{t}</p>', "sm": '<p style="font-size:11px;color:#999">{t}</p>',
             "btn": '<div style="text-align:center;margin:26px 0"><a href="{u}" style="display:inline-block;background:{c};color:#fff;padding:13px 44px;border-radius:24px;text-decoration:none;font-weight:bold">{t}</a></div>',
             "kv": '<tr><th align="left" style="font-size:13px;border-bottom:1px dotted #ccc;padding:7px">{k}</th><td style="font-size:13px;border-bottom:1px dotted #ccc;padding:7px">{t}</td></tr>', "li": '<li style="font-size:14px">{t}</li>'},
    "font": {"h": '<font face="Verdana" size="4" color="{c}"><b>{t}</b></font><br><br>', "p": '<font face="Verdana" size="2">{t}</font><br><br>', "sm": '<font face="Verdana" size="1" color="gray">{t}</font><br>',
             "btn": '<a href="{u}"><font face="Verdana" size="3"><b>{t}</b></font></a><br><br>', "kv": '<font face="Verdana" size="2">{k} : {t}</font><br>', "li": '<li><font face="Verdana" size="2">{t}</font></li>'},
    "docbox": {"h": '<td align="center" style="padding:10px 30px;font-size:17px;color:#ffffff;background:{c}">{t}</td></tr><tr>', "p": '<td style="padding:12px 36px;font-size:15px;color:#333">{t}</td></tr><tr>',
               "sm": '<td style="padding:6px 36px;font-size:10px;color:#666">{t}</td></tr><tr>', "kv": '<td style="padding:2px 36px;font-size:14px"><b>{k}</b> {t}</td></tr><tr>', "li": '<td style="padding:2px 50px">- {t}</td></tr><tr>',
               "btn": '<td align="center" bgcolor="{c}" style="padding:0 30px 34px 30px"><a href="{u}" style="background:#ffc423;color:#333;font-size:15px;font-weight:bold;padding:12px 34px;text-decoration:none;border-radius:2px">{t}</a></td></tr><tr>'},
}
PAGE = {
    "gmail": '<body><div dir="ltr">{hidden}{body}<div style="color:#666;font-size:12px">{foot}</div></div></body>',
    "outlook": '<body lang="{lang}" link="#0563C1" vlink="#954F72" style="word-wrap:break-word"><div class="WordSection1">{hidden}{body}<p class="MsoNormal">{foot}</p></div></body>',
    "ms": '<body style="font-family:\'Segoe UI\',Tahoma,sans-serif;font-size:14px"><table width="620" cellpadding="0" cellspacing="0"><tr><td style="padding-bottom:20px;font-size:20px;color:#737373"><b>{logo}</b></td></tr>'
          '<tr><td>{hidden}{body}</td></tr><tr><td style="font-size:11px;color:#707070;border-top:1px solid #ccc;padding-top:10px">{foot}</td></tr></table></body>',
    "shop": '<body style="margin:0;background:#fff"><center><div style="max-width:580px;text-align:left;font-family:Helvetica,Meiryo,sans-serif"><div style="background:{c};color:#fff;padding:16px;font-size:22px;font-weight:bold">{logo}</div>'
            '{hidden}{body}<hr><p style="font-size:11px;color:#777">{foot}</p></div></center></body>',
    "font": '<BODY bgColor=#ffffff>{hidden}{body}<HR size=1><font face="Verdana" size="1">{foot}</font></BODY>',
    "docbox": '<body bgcolor="#eaeaea"><table align="center" width="560" cellpadding="0" cellspacing="0" bgcolor="#ffffff"><tr><td style="padding:22px 36px;font-size:24px"><b>{logo}</b></td></tr><tr>{hidden}{body}'
              '<td style="padding:20px 36px;background:#eaeaea;font-size:11px;color:#666">{foot}</td></tr></table></body>',
}


def dress(hand, blocks, cs, lang, title="", colour="#0067b8", logo="", footer="", hidden=""):
    form, rows = HANDS[hand], []
    for b in blocks:
        if b[0] in ("p", "h", "sm"):
            rows.append(form[b[0]].format(t=inline(b[1], colour), c=colour))
        elif b[0] == "btn":
            rows.append(form["btn"].format(t=html.escape(b[1], quote=False), u=html.escape(b[2]), c=colour))
        elif b[0] == "kv":
            cells = "\n".join(form["kv"].format(k=html.escape(k, quote=False), t=inline(v, colour)) for k, v in b[1])
            rows.append(f'<table cellspacing="0" width="100%">{cells}</table>' if hand == "shop" else cells + ("<br>" if hand == "font" else ""))
        elif b[0] == "ul":
            items = "\n".join(form["li"].format(t=inline(i, colour)) for i in b[1])
            rows.append(items if hand == "docbox" else f"<ul>\n{items}\n</ul>")
        else:
            rows.append(f"<td>{b[1]}</td></tr><tr>" if hand == "docbox" else b[1])
    if hand == "docbox" and hidden:
        hidden = f"<td>{hidden}</td></tr><tr>"
    body = PAGE[hand].format(body="\n".join(rows), foot=inline(footer, colour), logo=html.escape(logo, quote=False), c=colour, hidden=hidden, lang=lang)
    return f'<html lang="{lang}">\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset={cs}">\n<title>{html.escape(title, quote=False)}</title>\n</head>\n{body}\n</html>\n'


# ---------------------------------------------------------------- PDF

def pdf(lines, links=(), image=None, cs="US-ASCII", size=11):
    """One A4 page. `lines`: text from the top; `links`: (first line, last line, address) made clickable; `image`: rows of 0 and 1, drawn below the
    text. Japanese needs no font file: every reader knows the encoding 90ms-RKSJ-H (Shift_JIS) and the character collection Adobe-Japan1."""
    step, top = size + 6, 780
    body = b"BT /F1 %d Tf 60 %d Td %d TL\n" % (size, top, step)
    for line in lines:
        body += b"<" + enc(line, cs).hex().upper().encode() + b"> Tj T*\n"
    body += b"ET\n"
    objs = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"", b""]
    if cs == "Shift_JIS":
        objs += [b"<</Type/Font/Subtype/Type0/BaseFont/KozMinPr6N-Regular-90ms-RKSJ-H/Encoding/90ms-RKSJ-H/DescendantFonts[6 0 R]>>",
                 b"<</Type/Font/Subtype/CIDFontType0/BaseFont/KozMinPr6N-Regular/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000/FontDescriptor 7 0 R>>",
                 b"<</Type/FontDescriptor/FontName/KozMinPr6N-Regular/Flags 6/FontBBox[-437 -340 1147 1317]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 742/StemV 80>>"]
    else:
        objs += [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    resources = b"/Font<</F1 5 0 R>>"
    if image:
        w, h = len(image[0]), len(image)
        data = zlib.compress(b"".join(bytes(255 * v for v in r) for r in image), 9)
        objs.append(b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>\nstream\n" % (w, h, len(data)) + data + b"\nendstream")
        resources += b"/XObject<</Im1 %d 0 R>>" % len(objs)
        body += b"q 180 0 0 180 60 %d cm /Im1 Do Q\n" % (top - step * len(lines) - 180)
    notes = []
    for first, last, url in links:
        objs.append(b"<</Type/Annot/Subtype/Link/Rect[55 %d 540 %d]/Border[0 0 0]/A<</S/URI/URI(%s)>>>>" % (top - step * last - 4, top - step * first + size, url.encode()))
        notes.append(b"%d 0 R" % len(objs))
    packed = zlib.compress(body, 9)
    objs[2] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<" + resources + b">>" + (b"/Annots[" + b" ".join(notes) + b"]" if notes else b"") + b">>"
    objs[3] = b"<</Filter/FlateDecode/Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream"
    out, places = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", []
    for n, o in enumerate(objs, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % n + o + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objs) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objs) + 1, start)


# ---------------------------------------------------------------- scripts, calendars, archives

HARMLESS = "This is a sample for tests of a mail gate. It does nothing.\n"


def page(title, inner, cs="utf-8", lang="en"):
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta http-equiv="Content-Type" content="text/html; charset={cs}"><title>{title}</title></head>\n<body>\n{inner}\n</body></html>\n'


def sign_in_form(action, title, hint, button, user="user@corp.example.jp", extra="", cs="utf-8", lang="en", password="Password"):
    """A page that asks for the password and posts it to a reserved host."""
    return page(title, f'<h3>{title}</h3>\n<p>{hint}</p>\n<form method="post" action="{action}">\n<input type="text" name="u" value="{user}" readonly><br>\n'
                       f'<input type="password" name="p" placeholder="{password}"><br>\n{extra}<button>{button}</button>\n</form>', cs, lang)


def smuggle(title, fname, hint):
    """HTML that assembles a file from base64 pieces and offers it as a download; the file is the line HARMLESS."""
    b = base64.b64encode(HARMLESS.encode()).decode()
    pieces = ",".join(f'"{b[k:k + 12]}"' for k in range(0, len(b), 12))
    return page(title, f'<p>{hint}</p>\n<script>\nvar q=[{pieces}];\nvar s=atob(q.join(""));\nvar a=new Uint8Array(s.length);\nfor(var i=0;i<s.length;i++){{a[i]=s.charCodeAt(i);}}\n'
                       'var f=new Blob([a],{type:"application/octet-stream"});\nvar l=document.createElement("a");\n'
                       f'l.href=URL.createObjectURL(f);l.download="{fname}";document.body.appendChild(l);l.click();\n</script>')


def hop_script(url):
    """A script that sends the browser to an address kept in base64."""
    return f'var t="{base64.b64encode(url.encode()).decode()}";window.location.href=window.atob(t);'


def svg(w, h, inner): return f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{w}" height="{h}" viewBox="0 0 {w} {h}">\n{inner}\n</svg>\n'


def fold(line):
    """RFC 5545 3.1: at most 75 bytes a line, the rest after a blank."""
    out, cur = [], ""
    for ch in line:
        if len((cur + ch).encode()) > 73:
            out.append(cur)
            cur = ""
        cur += ch
    return "\n ".join(out + [cur])


def invite(uid, start, end, summary, text, organizer, attendee, place="", url=""):
    esc = lambda s: s.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    lines = ["BEGIN:VCALENDAR", "PRODID:-//Sample//Calendar//EN", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{start}", f"DTSTART:{start}", f"DTEND:{end}",
             f"SUMMARY:{esc(summary)}", f"DESCRIPTION:{esc(text)}", f'ORGANIZER;CN="{organizer[0]}":mailto:{organizer[1]}', f"ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:{attendee}"]
    lines += ([f"LOCATION:{esc(place)}"] if place else []) + ([f"URL:{url}"] if url else [])
    lines += ["SEQUENCE:0", "STATUS:CONFIRMED", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Reminder", "TRIGGER:-PT10M", "END:VALARM", "END:VEVENT", "END:VCALENDAR"]
    return "\n".join(fold(x) for x in lines) + "\n"


def plain_zip(files):
    """A zip of (name, bytes), deflated, names in UTF-8, all of one day."""
    out, central = b"", b""
    for name, data in files:
        c = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = c.compress(data) + c.flush()
        fn = name.encode()
        common = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0x6C00, 0x5C6F, zlib.crc32(data), len(packed), len(data), len(fn), 0)
        central += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + fn
        out += b"PK\x03\x04" + common + fn + packed
    return out + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(central), len(out), 0)
