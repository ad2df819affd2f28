// Takes a name, gives its skeleton: normalised, each character replaced by the one it looks like (UTS #39 confusables,
// from ICU), accents dropped, digits and letter pairs that look like a letter folded. Names in ASCII never reach ICU.
// Entry: skeleton. Refuses nothing; should ICU have no confusables data, only our own folds are done.
#include <unicode/uspoof.h>

#include <array>

#include "text/charset.h"
#include "text/charset_tables.h"
#include "text/normalize.h"

namespace sekisho::text {
namespace {

constexpr char fold_ascii(char c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
    case '|':
      return 'l';
    case '3':
      return 'e';
    case '4':
      return 'a';
    case '5':
    case '$':
      return 's';
    case '8':
      return 'b';
    case '@':
      return 'a';
    default:
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
}

// rn → m, vv → w, cl → d, on the fly: the result never ends in a pair that was left standing.
void append_letter(std::string& out, char c) {
  c = fold_ascii(c);
  if (!out.empty()) {
    char& last = out.back();
    if (last == 'r' && c == 'n') {
      last = 'm';
      return;
    }
    if (last == 'v' && c == 'v') {
      last = 'w';
      return;
    }
    if (last == 'c' && c == 'l') {
      last = 'd';
      return;
    }
  }
  out += c;
}

const USpoofChecker* checker() {
  static const USpoofChecker* one = [] {
    UErrorCode error = U_ZERO_ERROR;
    return uspoof_open(&error);  // kept for the life of the program; its const functions may be shared by threads
  }();
  return one;
}

std::string confusable_form(std::string_view run) {
  const USpoofChecker* spoof = checker();
  std::string out(run.size() * 3 + 64, '\0');
  for (int attempt = 0; spoof && attempt < 2; ++attempt) {
    UErrorCode error = U_ZERO_ERROR;
    const int32_t n = uspoof_getSkeletonUTF8(spoof, 0, run.data(), static_cast<int32_t>(run.size()), out.data(),
                                             static_cast<int32_t>(out.size()), &error);
    if (U_SUCCESS(error)) {
      out.resize(static_cast<size_t>(n));
      return out;
    }
    if (error != U_BUFFER_OVERFLOW_ERROR) break;
    out.resize(static_cast<size_t>(n) + 1);
  }
  return std::string(run);
}

}  // namespace

std::string skeleton(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  if (internal::ascii_run(utf8) == utf8.size()) {
    bool space = false;
    for (const char c : utf8) {
      const bool white = c == ' ' || (c >= '\t' && c <= '\r');
      if (white && !space) out += ' ';
      if (!white && c >= 0x20 && c != 0x7F) append_letter(out, c);
      space = white || (space && (c < 0x20 || c == 0x7F));
    }
    return out;
  }
  const std::string text = normalize(utf8).text;
  for (size_t i = 0; i < text.size();) {
    const size_t ascii = internal::ascii_run(std::string_view(text).substr(i));
    for (const size_t end = i + ascii; i < end; ++i) append_letter(out, text[i]);
    // ICU takes 32-bit lengths and is not asked for more than names need at a time.
    size_t end = i;
    while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80 && end - i < 4096) next_utf8(text, end);
    if (end == i) continue;
    const std::string form = confusable_form(std::string_view(text).substr(i, end - i));
    for (size_t k = 0; k < form.size();) {
      const size_t start = k;
      const char32_t c = next_utf8(form, k);
      if (c < 0x80) append_letter(out, static_cast<char>(c));
      else if (c < 0x0300 || c > 0x036F) out.append(form, start, k - start);
    }
    i = end;
  }
  return out;
}

}  // namespace sekisho::text
