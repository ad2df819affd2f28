"""QR codes for the sample mails, with nothing but Python's own library.

Takes: a text of at most 106 bytes. Gives: a square of booleans (True: dark), a PNG of it, or lines of block characters.
Entries: `code`, `png_of`, `blocks_of`. Refuses longer texts: versions 2 to 6, byte mode, level M are all that a lure needs.
The standard is ISO/IEC 18004; the numbers beside each table say which of its clauses they come from.
"""
import struct, zlib

SHAPE = {2: (16, 1, 28), 3: (26, 1, 44), 4: (18, 2, 32), 5: (24, 2, 43), 6: (16, 4, 27)}      # 7.5.1: check bytes a block, blocks, data bytes a block

EXP = [1]                                                                              # GF(256) over 0x11D, 7.5.2
while len(EXP) < 512:
    EXP.append(EXP[-1] << 1 ^ (0x11D if EXP[-1] & 0x80 else 0))
LOG = {v: k for k, v in reversed(list(enumerate(EXP)))}


def times(a, b): return EXP[LOG[a] + LOG[b]] if a and b else 0


def checks(data, n):
    """The n check bytes of a block: the rest of a division by (x - 1)(x - 2)(x - 4)…"""
    gen = [1]
    for k in range(n):
        gen = [(gen[j] if j < len(gen) else 0) ^ times(gen[j - 1] if j else 0, EXP[k]) for j in range(len(gen) + 1)]
    rest = list(data) + [0] * n
    for k in range(len(data)):
        f = rest[k]
        for j, g in enumerate(gen):
            rest[k + j] ^= times(g, f)
    return rest[len(data):]


def codewords(raw, version):
    ec, blocks, each = SHAPE[version]
    bits = f"0100{len(raw):08b}" + "".join(f"{b:08b}" for b in raw) + "0000"             # 7.4: mode, length, data, terminator
    room = blocks * each
    bits = bits[:room * 8]
    bits += "0" * (-len(bits) % 8)
    data = [int(bits[k:k + 8], 2) for k in range(0, len(bits), 8)]
    data += [(0xEC, 0x11)[k % 2] for k in range(room - len(data))]
    parts = [data[k * each:(k + 1) * each] for k in range(blocks)]
    extra = [checks(p, ec) for p in parts]
    return [p[k] for k in range(each) for p in parts] + [e[k] for k in range(ec) for e in extra]


MASKS = [lambda r, c: (r + c) % 2 == 0, lambda r, c: r % 2 == 0, lambda r, c: c % 3 == 0, lambda r, c: (r + c) % 3 == 0,
         lambda r, c: (r // 2 + c // 3) % 2 == 0, lambda r, c: r * c % 2 + r * c % 3 == 0,
         lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0, lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0]


def frame(version):
    """Finders, timing, alignment: the modules that carry no data. None: free for data, 0 in the format area for now."""
    n = 17 + 4 * version
    m = [[None] * n for _ in range(n)]
    for top, left in ((0, 0), (0, n - 7), (n - 7, 0)):
        for r in range(-1, 8):
            for c in range(-1, 8):
                if 0 <= top + r < n and 0 <= left + c < n:
                    inside = 0 <= r < 7 and 0 <= c < 7
                    m[top + r][left + c] = inside and (r in (0, 6) or c in (0, 6) or (2 <= r <= 4 and 2 <= c <= 4))
    a = 4 * version + 10                                                               # Annex E: one alignment pattern up to version 6
    for r in range(-2, 3):
        for c in range(-2, 3):
            m[a + r][a + c] = max(abs(r), abs(c)) != 1
    for k in range(8, n - 8):
        m[6][k] = m[k][6] = k % 2 == 0
    for k in range(9):
        m[8][k] = m[8][k] or False
        m[k][8] = m[k][8] or False
    for k in range(8):
        m[8][n - 1 - k] = m[n - 1 - k][8] = False
    m[n - 8][8] = True
    return m


def with_format(m, mask):
    n, data = len(m), mask                                                             # 7.9: level M is 00
    rest = data << 10
    for k in range(14, 9, -1):
        if rest >> k & 1:
            rest ^= 0x537 << (k - 10)
    word = (data << 10 | rest) ^ 0x5412
    for k in range(15):                                                                # k: bit, lowest first
        bit = bool(word >> k & 1)
        m[k if k < 6 else k + 1 if k < 8 else n - 15 + k][8] = bit
        m[8][n - 1 - k if k < 8 else 7 if k == 8 else 14 - k] = bit
    return m


def penalty(m):
    n, total = len(m), 0
    for rows in (m, [list(c) for c in zip(*m)]):
        for row in rows:
            s = "".join("1" if b else "0" for b in row)
            run = 1
            for k in range(1, n + 1):
                if k < n and s[k] == s[k - 1]:
                    run += 1
                else:
                    total += run - 2 if run >= 5 else 0
                    run = 1
            total += 40 * sum(s.startswith(p, k) for k in range(n) for p in ("10111010000", "00001011101"))
    total += 3 * sum(m[r][c] == m[r + 1][c] == m[r][c + 1] == m[r + 1][c + 1] for r in range(n - 1) for c in range(n - 1))
    dark = sum(map(sum, m)) * 100 // (n * n)
    return total + 10 * (abs(dark - 50) // 5)


def code(text):
    raw = text.encode()
    version = next(v for v in SHAPE if len(raw) <= SHAPE[v][1] * SHAPE[v][2] - 2)
    bits = "".join(f"{b:08b}" for b in codewords(raw, version)) + "0" * 7                 # seven remainder bits in versions 2 to 6
    base, n = frame(version), 17 + 4 * version
    spots, c = [], n - 1
    while c > 0:                                                                       # 7.7.3: pairs of columns from the right, up then down
        c -= c == 6
        rows = range(n - 1, -1, -1) if ((n - 1 - c) // 2 if c > 6 else (n - c - 2) // 2) % 2 == 0 else range(n)
        spots += [(r, cc) for r in rows for cc in (c, c - 1) if base[r][cc] is None]
        c -= 2
    assert len(spots) == len(bits)
    best = None
    for k, mask in enumerate(MASKS):
        m = [row[:] for row in base]
        for (r, cc), b in zip(spots, bits):
            m[r][cc] = (b == "1") != mask(r, cc)
        m = with_format(m, k)
        p = penalty(m)
        if best is None or p < best[0]:
            best = (p, m)
    return best[1]


def pixels(m, scale=4, quiet=4):
    """Rows of 0 (dark) and 1, with the quiet zone."""
    n = len(m) + 2 * quiet
    light = [1] * (n * scale)
    out = [light] * (quiet * scale)
    for row in m:
        line = [1] * (quiet * scale) + [0 if b else 1 for b in row for _ in range(scale)] + [1] * (quiet * scale)
        out = out + [line] * scale
    return out + [light] * (quiet * scale)


def png_bytes(w, h, kind, rows, palette=b""):
    def chunk(t, d): return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + (chunk(b"PLTE", palette) if palette else b"") + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + r for r in rows), 9)) + chunk(b"IEND", b"")


def png_of(text, scale=4, quiet=4, dark=(0, 0, 0), light=(255, 255, 255), band=0):
    """A palette PNG. `band`: rows of the dark colour above the code, where a logo stands in real ones."""
    rows = pixels(code(text), scale, quiet)
    w = len(rows[0])
    lines = [bytes(w)] * band + [bytes(r) for r in rows]
    return png_bytes(w, len(lines), 3, lines, bytes(dark) + bytes(light))


def blocks_of(text):
    """The code as text, two modules a character: what gets a QR code past a reader of images."""
    m = code(text)
    m = [[False] * (len(m) + 4)] * 2 + [[False, False] + r + [False, False] for r in m] + [[False] * (len(m) + 4)] * 3
    return "\n".join("".join(" ▀▄█"[a + 2 * b] for a, b in zip(m[k], m[k + 1])) for k in range(0, len(m) - 1, 2))
