// Takes a path and a query, gives their template. Entries: path_template, url_template. Refuses nothing; linear.
#include "memory/fold.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::memory {
namespace {

constexpr size_t kPathBytes = 2048, kLeastHex = 8, kLeastBase64 = 16, kLeastRandom = 20;

enum class Kind : uint8_t { lower, upper, digit, other };
Kind kind_of(char c) {
  return is_digit(c) ? Kind::digit : c >= 'A' && c <= 'Z' ? Kind::upper : is_alpha(c) ? Kind::lower : Kind::other;
}
bool of_token(char c) { return is_alnum(c) || c == '-' || c == '_' || c == '+' || c == '='; }

// How often the kind of character changes, of which kinds there are some. Separators do not count.
struct Shape {
  size_t length = 0, changes = 0;
  bool has[3] = {};
};
Shape shape_of(std::string_view token, bool both_cases_as_one) {
  Shape s;
  Kind last = Kind::other;
  for (const char c : token) {
    Kind k = kind_of(c);
    if (k == Kind::other) continue;
    if (both_cases_as_one && k == Kind::upper) k = Kind::lower;
    s.has[static_cast<size_t>(k)] = true;
    s.changes += s.length > 0 && k != last;
    ++s.length;
    last = k;
  }
  return s;
}

// Base64 changes its kind at two of three characters, camel case at fewer than one of two.
bool looks_base64(std::string_view token) {
  if (token.size() < kLeastBase64) return false;
  const Shape s = shape_of(token, false);
  return s.length >= kLeastBase64 && s.has[0] && s.has[1] && (s.has[2] || s.length >= 2 * kLeastBase64) &&
         s.changes * 100 >= 45 * (s.length - 1);
}

// Letters and digits at random change at two of five; words with a number behind them once.
bool looks_random(std::string_view piece) {
  if (piece.size() < kLeastRandom) return false;
  const Shape s = shape_of(piece, true);
  return s.has[0] && s.has[2] && s.changes * 100 >= 25 * (s.length - 1);
}

void fold_piece(std::string& out, std::string_view piece) {  // letters and digits
  if (looks_random(piece)) {
    out += 'b';
    return;
  }
  for (size_t at = 0; at < piece.size();) {
    size_t end = at, digits = 0;
    while (end < piece.size() && hex_digit(piece[end]) >= 0) digits += is_digit(piece[end++]);
    if (end - at >= kLeastHex && digits > 0 && digits < end - at) {
      out += 'x';
      at = end;
      continue;
    }
    const size_t stop = std::max(end, at + 1);  // a short run of hex digits, or one other letter
    while (at < stop) {
      if (!is_digit(piece[at])) {
        out += ascii_lower(piece[at++]);
        continue;
      }
      // The run of digits may go on behind the hexadecimal one: there is none, digits are hexadecimal too.
      while (at < stop && is_digit(piece[at])) ++at;
      out += '0';
    }
  }
}

void fold_token(std::string& out, std::string_view token) {
  if (looks_base64(token)) {
    out += 'b';
    return;
  }
  for (size_t at = 0; at < token.size();) {
    const size_t start = at;
    while (at < token.size() && is_alnum(token[at])) ++at;
    fold_piece(out, token.substr(start, at - start));
    if (at < token.size()) out += token[at++];
  }
}

void fold_text(std::string& out, std::string_view text) {
  for (size_t at = 0; at < text.size() && out.size() < kTemplateBytes;) {
    if (text[at] == '%' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 && hex_digit(text[at + 2]) >= 0) {
      if (!out.ends_with('%')) out += '%';
      at += 3;
      continue;
    }
    if (!of_token(text[at])) {
      out += text[at++];
      continue;
    }
    const size_t start = at;
    while (at < text.size() && of_token(text[at])) ++at;
    fold_token(out, text.substr(start, at - start));
  }
}

}  // namespace

std::string path_template(std::string_view path, std::string_view query) {
  std::string out;
  fold_text(out, path.substr(0, kPathBytes));
  query = query.substr(0, kPathBytes);
  for (bool first = true; !query.empty() && out.size() < kTemplateBytes; first = false) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    out += first ? '?' : '&';
    // A text without "=" is a value as often as a name: then it is folded like any.
    fold_text(out, pair.substr(0, pair.find('=')));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  if (out.size() > kTemplateBytes) out.resize(kTemplateBytes);
  return out;
}

std::string url_template(const net::Url& url) {
  if (url.scheme != "http" && url.scheme != "https") return {};
  return path_template(url.path, url.query ? std::string_view(*url.query) : std::string_view());
}

}  // namespace sekisho::memory
