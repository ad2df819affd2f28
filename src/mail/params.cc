// Takes the value of a Content-Type or Content-Disposition field, gives value and parameters decoded. Entry:
// parse_parameters. Refuses nothing. We read these ourselves because GMime decodes names with iconv, which knows
// neither windows-31J labels nor wrong ones.
#include <algorithm>

#include "base/strings.h"
#include "mail/codec.h"
#include "mail/message.h"
#include "text/charset.h"

namespace sekisho::mail {
namespace {

struct Piece {  // name*section*=value
  std::string name;
  int section = -1;       // -1: no continuation
  bool extended = false;  // a trailing star: percent-encoded, charset in the first section
  std::string value;
};

void skip_space_and_comments(std::string_view s, size_t& i) {
  int depth = 0;
  for (; i < s.size(); ++i) {
    const char c = s[i];
    if (depth > 0 && c == '\\') ++i;
    else if (c == '(') ++depth;
    else if (c == ')' && depth > 0) --depth;
    else if (depth == 0 && !is_space(c)) return;
  }
  i = std::min(i, s.size());
}

// A value: quoted, or bare up to the next ';'. Bare values with spaces are common in file names, so white space does
// not end them.
std::string read_value(std::string_view s, size_t& i) {
  while (i < s.size() && is_space(s[i])) ++i;
  std::string out;
  if (i < s.size() && s[i] == '"') {
    for (++i; i < s.size() && s[i] != '"'; ++i) {
      if (s[i] == '\\' && i + 1 < s.size() && (s[i + 1] == '"' || s[i + 1] == '\\')) ++i;
      if (s[i] != '\r' && s[i] != '\n') out += s[i];
    }
    const size_t end = s.find(';', i);
    i = end == std::string_view::npos ? s.size() : end;
    return out;
  }
  const size_t end = std::min(s.find(';', i), s.size());
  out = trim(s.substr(i, end - i));
  std::erase_if(out, [](char c) { return c == '\r' || c == '\n'; });
  i = end;
  return out;
}

std::string percent_bytes(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size(); ++i) {
    int high, low;
    if (s[i] == '%' && i + 2 < s.size() && (high = hex_digit(s[i + 1])) >= 0 && (low = hex_digit(s[i + 2])) >= 0) {
      out += static_cast<char>(high << 4 | low);
      i += 2;
    } else {
      out += s[i];
    }
  }
  return out;
}

// "name*0*" → name, section 0, extended.
Piece piece_of(std::string_view attribute, std::string value) {
  Piece piece;
  piece.value = std::move(value);
  if (attribute.ends_with('*')) {
    piece.extended = true;
    attribute.remove_suffix(1);
  }
  const size_t star = attribute.find('*');
  if (star != std::string_view::npos) {
    const std::string_view digits = attribute.substr(star + 1);
    if (!digits.empty() && digits.size() <= 4 && std::all_of(digits.begin(), digits.end(), is_digit)) {
      piece.section = 0;
      for (char c : digits) piece.section = piece.section * 10 + (c - '0');
      attribute = attribute.substr(0, star);
    }
  }
  piece.name = ascii_lower(attribute);
  return piece;
}

// All pieces of one name → its text. Sections are joined as bytes before the charset is applied (a character may lie
// across two).
std::string join(std::vector<const Piece*>& pieces) {
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece* a, const Piece* b) { return a->section < b->section; });
  std::string bytes, charset;
  bool extended = false, first = true;
  int expected = pieces.front()->section;
  for (const Piece* piece : pieces) {
    if (piece->section != expected) break;  // a hole ends it; an equal section number is a duplicate
    expected = piece->section + 1;
    std::string_view value = piece->value;
    if (piece->extended) {
      if (first) {
        const size_t quote = value.find('\'');
        const size_t second = quote == std::string_view::npos ? quote : value.find('\'', quote + 1);
        if (second != std::string_view::npos) {
          charset = value.substr(0, quote);
          value.remove_prefix(second + 1);
        }
      }
      extended = true;
      bytes += percent_bytes(value);
    } else {
      bytes += value;
    }
    first = false;
  }
  if (extended) return is_ascii(bytes) && charset.empty() ? bytes : text::decode_as_labelled(bytes, charset).utf8;
  return decode_header_text(bytes);
}

}  // namespace

std::string_view Parameterised::get(std::string_view name) const {
  for (const auto& [key, text] : parameters)
    if (key == name) return text;
  return {};
}

Parameterised parse_parameters(std::string_view s) {
  Parameterised out;
  size_t i = 0;
  skip_space_and_comments(s, i);
  bool slash = false;  // out.value holds one; looking for it at each space would cost the length squared
  while (i < s.size() && s[i] != ';') {
    if (s[i] == '(' || is_space(s[i])) {
      const bool space = is_space(s[i]);
      skip_space_and_comments(s, i);
      // "text/html charset=utf-8": the semicolon is forgotten often enough.
      if (space && i < s.size() && s[i] != '/' && s[i] != ';' && !out.value.ends_with('/') && slash) break;
      continue;
    }
    if (s[i] == '=') {  // "Content-Type: charset=utf-8" without a type
      out.value.clear();
      i = 0;
      break;
    }
    slash = slash || s[i] == '/';
    if (s[i] != '"') out.value += ascii_lower(s[i]);
    ++i;
  }
  std::vector<Piece> pieces;
  while (i < s.size() && pieces.size() < 200) {
    if (s[i] == ';') ++i;
    skip_space_and_comments(s, i);
    const size_t name = i;
    while (i < s.size() && s[i] != '=' && s[i] != ';' && !is_space(s[i]) && s[i] != '(') ++i;
    const std::string_view attribute = s.substr(name, i - name);
    skip_space_and_comments(s, i);
    if (i < s.size() && s[i] == '=' && !attribute.empty()) {
      ++i;
      skip_space_and_comments(s, i);
      pieces.push_back(piece_of(attribute, read_value(s, i)));
    } else if (i < s.size() && s[i] != ';') {
      ++i;
    }
  }
  for (const Piece& piece : pieces) {
    // Each name once, also when its text is empty: joining it again for every piece would cost the square of them.
    if (std::any_of(out.parameters.begin(), out.parameters.end(), [&](const auto& p) { return p.first == piece.name; }))
      continue;
    if (piece.section < 0 && !piece.extended) {
      // The extended form of a name wins over the plain one beside it (RFC 6266 section 4.3, and mail readers).
      const bool better = std::any_of(pieces.begin(), pieces.end(), [&](const Piece& other) {
        return other.name == piece.name && (other.extended || other.section == 0);
      });
      if (better) continue;
      out.parameters.emplace_back(piece.name, decode_header_text(piece.value));
      continue;
    }
    std::vector<const Piece*> same;
    for (const Piece& other : pieces)
      if (other.name == piece.name && (other.section >= 0) == (piece.section >= 0) &&
          (other.section >= 0 || other.extended))
        same.push_back(&other);
    out.parameters.emplace_back(piece.name, join(same));
  }
  return out;
}

std::string base_name(std::string_view path) {
  path = trim(path);
  while (path.ends_with('/') || path.ends_with('\\')) path.remove_suffix(1);
  const size_t slash = path.find_last_of("/\\");
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  std::string out(path);
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  return out;
}

}  // namespace sekisho::mail
