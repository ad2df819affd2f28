// Takes header fields and bodies, gives their canonical forms. Entries: canonical_field(), CanonicalBody. Refuses
// nothing.
#include "mailauth/canonical.h"

#include "base/strings.h"

namespace sekisho::mailauth {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

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
    const size_t start = i;
    const auto ends = [&](char c) { return c == '\r' || (form_ == Canonical::relaxed && is_blank(c)); };
    while (i < piece.size() && !ends(piece[i])) ++i;
    if (i > start) put(piece.substr(start, i - start));
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
