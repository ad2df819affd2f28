// Takes header fields and bodies, gives their canonical forms. Entries: canonical_field(), CanonicalBody. Refuses
// nothing.
#include "mailauth/canonical.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>

#include "base/strings.h"

namespace sekisho::mailauth {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// How many bytes of a line stand in the relaxed form as they are: up to a CR, a tab, or a space that no ordinary byte
// follows. Sixteen at a time, for this is where the time of large mails goes.
size_t plain(std::string_view s) {
  size_t i = 0;
#ifdef __SSE2__
  for (; i + 17 <= s.size(); i += 16) {
    const auto load = [&](size_t at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(s.data() + at)); };
    const auto is = [](__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    const __m128i here = load(i), next = load(i + 1);
    const __m128i ends = _mm_or_si128(is(here, '\r'), is(here, '\t'));
    const __m128i followed = _mm_or_si128(is(next, ' '), _mm_or_si128(is(next, '\r'), is(next, '\t')));
    const auto stops =
        static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(ends, _mm_and_si128(is(here, ' '), followed))));
    if (stops != 0) return i + static_cast<size_t>(std::countr_zero(stops));
  }
#endif
  for (; i < s.size(); ++i) {
    if (s[i] == '\r' || s[i] == '\t') break;
    if (s[i] == ' ' && (i + 1 == s.size() || is_blank(s[i + 1]) || s[i + 1] == '\r')) break;
  }
  return i;
}

}  // namespace

std::string canonical_field(const Field& field, Canonical form, bool keep_end) {
  std::string out;
  if (form == Canonical::simple) {
    out = field.raw;
    if (out.ends_with("\r\n")) out.resize(out.size() - 2);
  } else {
    out = ascii_lower(field.name) + ":";
    const size_t start = out.size();
    bool space = false;
    for (size_t i = 0; i < field.value.size(); ++i) {
      const char c = field.value[i];
      // Folding: its CRLF goes, its white space is like any other.
      if (c == '\r' && i + 1 < field.value.size() && field.value[i + 1] == '\n') {
        ++i;
        continue;
      }
      if (is_blank(c)) {
        space = true;
        continue;
      }
      if (space && out.size() > start) out += ' ';
      space = false;
      out += c;
    }
  }
  if (keep_end) out += "\r\n";
  return out;
}

// Something of a line that is not its end: the line ends before it come too.
void CanonicalBody::put(std::string_view text) {
  for (; line_ends_ > 0; --line_ends_) out_ += "\r\n";
  if (space_) out_ += ' ';
  space_ = false;
  out_.append(text);
  some_ = true;
}

void CanonicalBody::take(std::string_view piece) {
  for (size_t i = 0; i < piece.size();) {
    if (cr_) {
      cr_ = false;
      if (piece[i] == '\n') {
        ++i;
        ++line_ends_;
        space_ = false;
        continue;
      }
      put("\r");  // alone it is a character
    }
    if (space_)  // the run of the piece before goes on
      while (i < piece.size() && is_blank(piece[i])) ++i;
    const std::string_view rest = piece.substr(i);
    const size_t n = form_ == Canonical::relaxed ? plain(rest) : std::min(rest.find('\r'), rest.size());
    if (n > 0) put(rest.substr(0, n));
    i += n;
    if (form_ == Canonical::relaxed)
      for (; i < piece.size() && is_blank(piece[i]); ++i) space_ = true;
    if (i < piece.size() && piece[i] == '\r') {
      cr_ = true;
      ++i;
    }
  }
}

// Empty lines at the end go; the last line gets an end if it has none. A body without anything is empty when relaxed,
// one line end when simple.
void CanonicalBody::end() {
  if (cr_) put("\r");
  if (some_ || form_ == Canonical::simple) out_ += "\r\n";
}

std::string canonical_body(std::string_view body, Canonical form) {
  std::string out;
  CanonicalBody canonical(form);
  const auto sink = [&](std::string_view piece) { out.append(piece); };
  canonical.add(body, sink);
  canonical.finish(sink);
  return out;
}

}  // namespace sekisho::mailauth
