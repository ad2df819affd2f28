// Takes an Error and the text its span points into, gives the message with carets. Refuses nothing: a span past the end
// is clipped.
#include "diag/render.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace sekisho::diag {
namespace {

constexpr size_t kWidest = 160;  // columns of a source line that are shown

int width(UChar32 c) {
  const int east = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
}

// Calls f(code point, its bytes) over a text; ill-formed bytes come one by one as U+FFFD.
template <class F>
void each_character(std::string_view text, F f) {
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    const int32_t start = i;
    UChar32 c;
    U8_NEXT(text.data(), i, static_cast<int32_t>(text.size()), c);
    f(c < 0 ? 0xFFFD : c, text.substr(start, i - start));
  }
}

}  // namespace

Position position(std::string_view text, uint32_t offset) {
  const std::string_view before = text.substr(0, offset);
  Position at;
  at.line = 1 + static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n'));
  const size_t start = before.rfind('\n');
  each_character(before.substr(start == std::string_view::npos ? 0 : start + 1),
                 [&](UChar32, std::string_view) { ++at.column; });
  return at;
}

std::string render(const Error& error, std::string_view text, bool colour, std::string_view kind) {
  const auto paint = [&](std::string_view s, std::string_view code) {
    return colour ? "\033[" + std::string(code) + "m" + std::string(s) + "\033[0m" : std::string(s);
  };
  std::string out = paint(kind, "1;31") + "[" + error.code + "]: " + error.text + "\n";
  if (!error.span) {
    if (!error.source.empty()) out += "  --> " + error.source + "\n";
  } else {
    const uint32_t offset = std::min<uint32_t>(error.span->offset, static_cast<uint32_t>(text.size()));
    const Position at = position(text, offset);
    const size_t newline = text.rfind('\n', offset == 0 ? 0 : offset - 1);
    const size_t start = offset == 0 || newline == std::string_view::npos ? 0 : newline + 1;
    std::string_view line = text.substr(start);
    line = line.substr(0, line.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string number = std::to_string(at.line);
    const std::string gutter(number.size() + 1, ' ');
    out += gutter + "--> " + error.source + ":" + number + ":" + std::to_string(at.column) + "\n";
    std::string shown, carets;
    size_t columns = 0, skip = 0;
    // A very long line is shown from a little before the span.
    if (offset - start > kWidest / 2) skip = offset - start - kWidest / 4;
    if (skip) shown = "…", carets = " ";
    size_t byte = 0;
    each_character(line, [&](UChar32 c, std::string_view bytes) {
      const size_t here = start + byte;
      byte += bytes.size();
      if (here - start < skip || columns >= kWidest) return;
      const bool marked = here >= offset && here < offset + std::max<uint32_t>(1, error.span->length);
      const int cells = c == '\t' ? 1 : width(c);
      shown += c == '\t' ? std::string(" ") : std::string(bytes);
      carets.append(cells, marked ? '^' : ' ');
      columns += cells;
    });
    if (offset >= start + line.size()) carets += '^';
    while (carets.ends_with(' ')) carets.pop_back();
    out += gutter + "|\n" + number + " | " + shown + "\n" + gutter + "| " + paint(carets, "1;31") + "\n";
  }
  if (!error.hint.empty()) out += "  = hint: " + error.hint + "\n";
  for (const Error* cause = error.cause.get(); cause != nullptr; cause = cause->cause.get())
    out += "  = cause: " + cause->text + "\n";
  return out;
}

}  // namespace sekisho::diag
