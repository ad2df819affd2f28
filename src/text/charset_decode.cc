// Takes bytes and a charset, gives UTF-8. The decoders are those of the WHATWG Encoding standard, with two liberties
// that mail needs: ISO-2022-JP is CP50221 (rows 13 and 89–92, half-width kana by ESC ( I, by SO/SI and as 8-bit bytes,
// line ends inside a two-byte run), and UTF-7, ISO-2022-KR and HZ are read where WHATWG gives up. Entry: decode.
// Refuses nothing: what cannot be read is U+FFFD; a sequence cut at the end is one U+FFFD.
#include "base/strings.h"
#include "text/charset.h"
#include "text/charset_tables.h"

namespace sekisho::text::internal {
namespace {

using Byte = unsigned char;

struct Input {
  const Byte* p;
  const Byte* end;
  explicit Input(std::string_view s) : p(reinterpret_cast<const Byte*>(s.data())), end(p + s.size()) {}
  // Copies the ASCII run here; false at the end of input.
  bool ascii(Sink& out) {
    const std::string_view rest(reinterpret_cast<const char*>(p), static_cast<size_t>(end - p));
    const size_t run = ascii_run(rest);
    if (run) {
      out.append(rest.substr(0, run));
      p += run;
    }
    out.room(16);
    return p < end;
  }
};

// A broken pair: a trail byte that is ASCII is given back, so that no markup is swallowed.
void bad_pair(Input& in, Sink& out, Byte trail) {
  out.bad();
  in.p += trail < 0x80 ? 1 : 2;
}

void windows31j(std::string_view bytes, Sink& out) {
  const char16_t* table = jis0208();
  Input in(bytes);
  while (in.p < in.end) {
    if (*in.p < 0x80 && !in.ascii(out)) return;
    out.room(16);
    const Byte lead = *in.p;
    if (lead >= 0xA1 && lead <= 0xDF) {
      out.put(0xFF61u - 0xA1u + lead);
      ++in.p;
    } else if (lead == 0x80) {
      out.put(lead);
      ++in.p;
    } else if (lead == 0xA0 || lead > 0xFC || in.p + 1 == in.end) {
      out.bad();
      ++in.p;
    } else {
      const Byte trail = in.p[1];
      char16_t c = 0;
      if (trail >= 0x40 && trail <= 0xFC && trail != 0x7F)
        c = table[(lead - (lead < 0xA0 ? 0x81u : 0xC1u)) * 188 + trail - (trail < 0x7F ? 0x40u : 0x41u)];
      if (c) {
        out.put(c);
        in.p += 2;
      } else {
        bad_pair(in, out, trail);
      }
    }
  }
}

void eucjp(std::string_view bytes, Sink& out) {
  const char16_t* table = jis0208();
  Input in(bytes);
  while (in.ascii(out)) {
    const Byte lead = *in.p;
    const Byte next = in.p + 1 < in.end ? in.p[1] : 0;
    if (lead == 0x8E && next >= 0xA1 && next <= 0xDF) {
      out.put(0xFF61u - 0xA1u + next);
      in.p += 2;
    } else if (lead == 0x8F && next >= 0xA1 && next <= 0xFE) {
      const Byte third = in.p + 2 < in.end ? in.p[2] : 0;
      const char16_t c = third >= 0xA1 && third <= 0xFE ? jis0212()[(next - 0xA1u) * 94 + third - 0xA1u] : u'\0';
      if (c) out.put(c);
      else out.bad();
      in.p += third >= 0x80 ? 3 : 2;
    } else if (lead >= 0xA1 && lead <= 0xFE && next != 0) {
      const char16_t c = next >= 0xA1 && next <= 0xFE ? table[(lead - 0xA1u) * 94 + next - 0xA1u] : u'\0';
      if (c) {
        out.put(c);
        in.p += 2;
      } else {
        bad_pair(in, out, next);
      }
    } else {
      out.bad();
      ++in.p;
    }
  }
}

void iso2022jp(std::string_view bytes, Sink& out) {
  enum class Set { ascii, roman, kana, jis0208, jis0212 };
  Set set = Set::ascii;
  bool shifted = false;  // SO: half-width kana in seven bits
  Input in(bytes);
  while (in.p < in.end) {
    out.room(16);
    const Byte b = *in.p;
    if (b == 0x1B) {
      const std::string_view rest(reinterpret_cast<const char*>(in.p + 1), static_cast<size_t>(in.end - in.p - 1));
      size_t used = 0;
      if (rest.starts_with("$B") || rest.starts_with("$@")) set = Set::jis0208, used = 2;
      else if (rest.starts_with("$(B") || rest.starts_with("$(@")) set = Set::jis0208, used = 3;
      else if (rest.starts_with("$(D")) set = Set::jis0212, used = 3;
      else if (rest.starts_with("(J") || rest.starts_with("(H")) set = Set::roman, used = 2;
      else if (rest.starts_with("(I")) set = Set::kana, used = 2;
      else if (rest.starts_with("(B")) set = Set::ascii, used = 2;
      else if (rest.starts_with("&@")) used = 2;  // announces the 1990 revision
      else if (rest.size() < 3 && (std::string_view("$(B").starts_with(rest) || rest == "(")) used = rest.size();
      else out.bad();
      if (used) shifted = false;
      in.p += 1 + used;
      continue;
    }
    if (b == 0x0E || b == 0x0F) {
      shifted = b == 0x0E;
      ++in.p;
      continue;
    }
    const bool control = b < 0x21 || b == 0x7F;
    if (control) {
      // A line end leaves the two-byte set, as mail programs do (RFC 1468: every line ends in ASCII).
      if (b == '\n' || b == '\r') set = Set::ascii, shifted = false;
      out.ascii(static_cast<char>(b));
      ++in.p;
    } else if (b >= 0xA1 && b <= 0xDF) {
      out.put(0xFF61u - 0xA1u + b);  // 8-bit kana of CP50221
      ++in.p;
    } else if (b >= 0x80) {
      out.bad();
      ++in.p;
    } else if (shifted || set == Set::kana) {
      if (b <= 0x5F) out.put(0xFF61u - 0x21u + b);
      else out.bad();
      ++in.p;
    } else if (set == Set::ascii || set == Set::roman) {
      // Windows shows JIS X 0201 Roman as ASCII: 0x5C stays a backslash, which matters for paths and URLs.
      out.ascii(static_cast<char>(b));
      ++in.p;
    } else {
      const Byte next = in.p + 1 < in.end ? in.p[1] : 0;
      if (next < 0x21 || next > 0x7E) {
        out.bad();
        ++in.p;
        continue;
      }
      const char16_t* table = set == Set::jis0208 ? jis0208() : jis0212();
      const char16_t c = table[(b - 0x21u) * 94 + next - 0x21u];
      if (c) out.put(c);
      else out.bad();
      in.p += 2;
    }
  }
}

// 94 × 94 sets in seven bits between two shifts: ISO-2022-KR (SO, SI) and HZ (~{, ~}).
void shifted_seven(std::string_view bytes, Sink& out, bool hz) {
  const char16_t* table = hz ? gbk() : euckr();
  bool wide = false;
  Input in(bytes);
  while (in.p < in.end) {
    out.room(16);
    const Byte b = *in.p;
    const Byte next = in.p + 1 < in.end ? in.p[1] : 0;
    if (hz && b == '~' && (next == '{' || next == '}' || next == '~' || next == '\n')) {
      if (next == '~') out.ascii('~');
      wide = next == '{' || (wide && next == '~');
      in.p += 2;
    } else if (!hz && (b == 0x0E || b == 0x0F)) {
      wide = b == 0x0E;
      ++in.p;
    } else if (!hz && b == 0x1B && in.end - in.p >= 4 && in.p[1] == '$' && in.p[2] == ')' && in.p[3] == 'C') {
      in.p += 4;
    } else if (b >= 0x80) {
      out.bad();
      ++in.p;
    } else if (!wide || b < 0x21 || b == 0x7F) {
      if (b == '\n') wide = false;
      out.ascii(static_cast<char>(b));
      ++in.p;
    } else if (next < 0x21 || next > 0x7E) {
      out.bad();
      ++in.p;
    } else {
      const char16_t c = table[(b + 0x80u - 0x81u) * 190 + next + 0x80u - 0x41u];
      if (c) out.put(c);
      else out.bad();
      in.p += 2;
    }
  }
}

void gb18030(std::string_view bytes, Sink& out) {
  const char16_t* table = gbk();
  Input in(bytes);
  while (in.ascii(out)) {
    const Byte lead = *in.p;
    const size_t left = static_cast<size_t>(in.end - in.p);
    if (lead == 0x80) {
      out.put(0x20AC);
      ++in.p;
    } else if (lead == 0xFF || left < 2) {
      out.bad();
      ++in.p;
    } else if (in.p[1] >= 0x30 && in.p[1] <= 0x39) {
      if (left < 4 || in.p[2] < 0x81 || in.p[2] == 0xFF || in.p[3] < 0x30 || in.p[3] > 0x39) {
        out.bad();
        ++in.p;
        continue;
      }
      const uint32_t pointer =
          ((lead - 0x81u) * 10 + in.p[1] - 0x30u) * 1260 + (in.p[2] - 0x81u) * 10 + in.p[3] - 0x30u;
      char32_t c = 0;
      if (pointer < kGbFour) c = gb_four()[pointer];
      else if (pointer >= 189000 && pointer <= 1237575) c = 0x10000 + pointer - 189000;
      if (c) {
        out.put(c);
        in.p += 4;
      } else {
        out.bad();
        ++in.p;
      }
    } else {
      const Byte trail = in.p[1];
      char16_t c = 0;
      if (trail >= 0x40 && trail != 0x7F && trail != 0xFF)
        c = table[(lead - 0x81u) * 190 + trail - (trail < 0x7F ? 0x40u : 0x41u)];
      if (c) {
        out.put(c);
        in.p += 2;
      } else {
        bad_pair(in, out, trail);
      }
    }
  }
}

void big5_bytes(std::string_view bytes, Sink& out) {
  const char32_t* table = big5();
  Input in(bytes);
  while (in.ascii(out)) {
    const Byte lead = *in.p;
    if (lead == 0x80 || lead == 0xFF || in.p + 1 == in.end) {
      out.bad();
      ++in.p;
      continue;
    }
    const Byte trail = in.p[1];
    char32_t c = 0;
    if ((trail >= 0x40 && trail <= 0x7E) || (trail >= 0xA1 && trail <= 0xFE))
      c = table[(lead - 0x81u) * 157 + trail - (trail < 0x7F ? 0x40u : 0x62u)];
    if (!c) {
      bad_pair(in, out, trail);
      continue;
    }
    out.put(c & 0x1FFFFF & ~(kBig5Macron | kBig5Caron));
    if (c & kBig5Macron) out.put(0x0304);
    if (c & kBig5Caron) out.put(0x030C);
    in.p += 2;
  }
}

void euckr_bytes(std::string_view bytes, Sink& out) {
  const char16_t* table = euckr();
  Input in(bytes);
  while (in.ascii(out)) {
    const Byte lead = *in.p;
    if (lead == 0x80 || lead == 0xFF || in.p + 1 == in.end) {
      out.bad();
      ++in.p;
      continue;
    }
    const Byte trail = in.p[1];
    const char16_t c = trail >= 0x41 && trail <= 0xFE ? table[(lead - 0x81u) * 190 + trail - 0x41u] : u'\0';
    if (c) {
      out.put(c);
      in.p += 2;
    } else {
      bad_pair(in, out, trail);
    }
  }
}

void single(std::string_view bytes, Sink& out, const char16_t* table) {
  Input in(bytes);
  while (in.ascii(out)) {
    const char16_t c = table ? table[*in.p - 0x80u] : static_cast<char16_t>(0xF700 + *in.p);
    if (c) out.put(c);
    else out.bad();
    ++in.p;
  }
}

void utf16(std::string_view bytes, Sink& out, bool big) {
  Input in(bytes);
  const auto unit = [&](const Byte* p) { return static_cast<char32_t>(big ? p[0] << 8 | p[1] : p[1] << 8 | p[0]); };
  while (in.end - in.p >= 2) {
    out.room(16);
    const char32_t u = unit(in.p);
    in.p += 2;
    if (u < 0xD800 || u > 0xDFFF) {
      out.put(u);
    } else if (u < 0xDC00 && in.end - in.p >= 2 && (unit(in.p) & 0xFC00) == 0xDC00) {
      out.put(0x10000 + ((u & 0x3FF) << 10) + (unit(in.p) & 0x3FF));
      in.p += 2;
    } else {
      out.bad();
    }
  }
  out.room(16);
  if (in.p < in.end) out.bad();
}

int base64_digit(Byte b) {
  if (b >= 'A' && b <= 'Z') return b - 'A';
  if (b >= 'a' && b <= 'z') return b - 'a' + 26;
  if (b >= '0' && b <= '9') return b - '0' + 52;
  return b == '+' ? 62 : b == '/' ? 63 : -1;
}

// RFC 2152. Only ever by label: nobody sniffs it.
void utf7(std::string_view bytes, Sink& out) {
  Input in(bytes);
  while (in.p < in.end) {
    out.room(16);
    const Byte b = *in.p++;
    if (b != '+') {
      if (b < 0x80) out.ascii(static_cast<char>(b));
      else out.bad();
      continue;
    }
    if (in.p < in.end && *in.p == '-') {
      out.ascii('+');
      ++in.p;
      continue;
    }
    uint32_t bits = 0;
    unsigned held = 0;
    char32_t high = 0;
    bool any = false;
    for (int digit = 0; in.p < in.end && (digit = base64_digit(*in.p)) >= 0; ++in.p) {
      any = true;
      bits = (bits << 6 | static_cast<uint32_t>(digit)) & 0x3FFFFF;
      held += 6;
      if (held < 16) continue;
      held -= 16;
      const char32_t u = (bits >> held) & 0xFFFF;
      out.room(16);
      if (high && (u & 0xFC00) == 0xDC00) {
        out.put(0x10000 + ((high & 0x3FF) << 10) + (u & 0x3FF));
        high = 0;
        continue;
      }
      if (high) out.bad();
      high = 0;
      if ((u & 0xFC00) == 0xD800) high = u;
      else if ((u & 0xFC00) == 0xDC00) out.bad();
      else out.put(u);
    }
    out.room(16);
    if (high || !any) out.bad();
    if (in.p < in.end && *in.p == '-' && any) ++in.p;
  }
}

void utf8(std::string_view bytes, Sink& out) {
  size_t i = 0;
  while (i < bytes.size()) {
    const size_t run = ascii_run(bytes.substr(i));
    if (run) {
      out.append(bytes.substr(i, run));
      i += run;
      continue;
    }
    out.room(16);
    const size_t start = i;
    const char32_t c = next_utf8(bytes, i);
    if (c != 0xFFFD || i - start == 3) {
      out.put(c);
      continue;
    }
    // A sequence that begins well and then breaks is one replacement, as in browsers, not one for each of its bytes.
    const Byte lead = static_cast<Byte>(bytes[start]);
    const size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    const Byte second = i < bytes.size() ? static_cast<Byte>(bytes[i]) : 0;
    const bool begins = lead >= 0xC2 && lead <= 0xF4 && (second & 0xC0) == 0x80 && !(lead == 0xE0 && second < 0xA0) &&
                        !(lead == 0xED && second > 0x9F) && !(lead == 0xF0 && second < 0x90) &&
                        !(lead == 0xF4 && second > 0x8F);
    if (begins)
      for (size_t n = 1; n < need - 1 && i < bytes.size() && (static_cast<Byte>(bytes[i]) & 0xC0) == 0x80; ++n) ++i;
    out.bad();
  }
}

}  // namespace

void decode(const Charset& charset, std::string_view bytes, Sink& out) {
  switch (charset.kind) {
    case Kind::utf8:
      return utf8(bytes, out);
    case Kind::utf16:
    case Kind::utf16le:
      return utf16(bytes, out, false);
    case Kind::utf16be:
      return utf16(bytes, out, true);
    case Kind::utf7:
      return utf7(bytes, out);
    case Kind::windows31j:
      return windows31j(bytes, out);
    case Kind::eucjp:
      return eucjp(bytes, out);
    case Kind::iso2022jp:
      return iso2022jp(bytes, out);
    case Kind::iso2022kr:
      return shifted_seven(bytes, out, false);
    case Kind::hz:
      return shifted_seven(bytes, out, true);
    case Kind::gb18030:
      return gb18030(bytes, out);
    case Kind::big5:
      return big5_bytes(bytes, out);
    case Kind::euckr:
      return euckr_bytes(bytes, out);
    case Kind::ascii:
      return single(bytes, out, single_byte(*find_charset("windows-1252")));
    case Kind::single:
      return single(bytes, out, single_byte(charset));
    case Kind::user:
      return single(bytes, out, nullptr);
  }
}

}  // namespace sekisho::text::internal
