// Takes text from anywhere, gives it as a literal of one language: YARA-L string and pattern, YAML, TOML, CSV, JSON.
// Whatever stands in it, it cannot end the literal. Pure, linear. Refuses nothing: what a language cannot hold becomes
// a visible escape or a space.
#include "base/json.h"
#include "base/strings.h"
#include "desk/defence_parts.h"

namespace sekisho::desk {
namespace {

// The code point at `at`, its length in `length`; text is well-formed (text/normalize.h gives no other).
uint32_t code_point(std::string_view text, size_t at, size_t& length) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const uint32_t first = byte(at);
  length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  length = std::min(length, text.size() - at);
  if (length == 1) return first;
  uint32_t out = first & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; ++i) out = out << 6 | (byte(at + i) & 0x3FU);
  return out;
}

std::string hex_escape(uint32_t code) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string digits;
  for (uint32_t rest = code; rest > 0 || digits.empty(); rest >>= 4) digits.insert(digits.begin(), kDigits[rest & 15]);
  return "\\x{" + digits + "}";
}

// One ASCII character as RE2. Signs by number: then no slash, bracket or quote is left that could mean anything.
std::string regex_character(char c) {
  if (is_alnum(c) || c == '-' || c == '_' || c == '@' || c == ' ') return std::string(1, c);
  if (c == '.') return "\\.";
  return hex_escape(static_cast<unsigned char>(c));
}

std::string quoted(std::string_view text, char quote, std::string_view escaped_quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote) out += escaped_quote;
    else out += c;
  }
  return out + quote;
}

}  // namespace

std::string one_line(std::string_view text, size_t most) {
  std::string spaced;
  bool gap = false;
  for (const char c : text.substr(0, std::min(text.size(), most * 4))) {
    if (is_space(c)) {
      gap = !spaced.empty();
      continue;
    }
    if (gap) spaced += ' ';
    gap = false;
    spaced += c;
  }
  return std::string(utf8_prefix(printable(spaced), most));
}

std::string identifier(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 80)) {
    if (is_alnum(c)) out += ascii_lower(c);
    else if (!out.empty() && out.back() != '_') out += '_';
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out;
}

std::string yaral_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : one_line(text, 400)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string regex_literal(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) out += regex_character(c);
    else out += c;
  }
  return out;
}

std::string loose_regex(std::string_view normalized) {
  // Signs that one writer has and the next has not, as text/normalize.h makes them one.
  static constexpr std::string_view kDashes = "[-\\x{2010}-\\x{2015}\\x{2212}\\x{ff0d}]";
  static constexpr std::string_view kSingle = "['`\\x{2018}-\\x{201b}\\x{ff07}]";
  static constexpr std::string_view kDouble = "[\\x{22}\\x{201c}-\\x{201f}\\x{ff02}]";
  static constexpr std::string_view kSpace = "[\\s\\p{Z}]+";
  std::string out;
  for (size_t at = 0, length = 1; at < normalized.size(); at += length) {
    const uint32_t code = code_point(normalized, at, length);
    if (code == ' ') out += kSpace;
    else if (code == '-') out += kDashes;
    else if (code == '\'') out += kSingle;
    else if (code == '"') out += kDouble;
    else if (code > ' ' && code < 0x7F)
      out += "[" + (is_alnum(static_cast<char>(code)) ? std::string(1, static_cast<char>(code)) : hex_escape(code)) +
             hex_escape(code + 0xFEE0) + "]";
    else if (code < 0x80) out += kSpace;
    else out += normalized.substr(at, length);
  }
  return out;
}

std::string yaml_string(std::string_view text) { return quoted(one_line(text, 400), '\'', "''"); }

std::string sigma_string(std::string_view text) {
  std::string out;
  for (const char c : one_line(text, 2000)) {
    if (c == '*' || c == '?' || c == '\\') out += '\\';
    out += c;
  }
  return quoted(out, '\'', "''");
}

std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : one_line(text, 400)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// RFC 4180; a cell that a spreadsheet would compute becomes text.
std::string csv_cell(std::string_view text) {
  std::string out = one_line(text, 2000);
  if (!out.empty() && std::string_view("=+-@\t").find(out.front()) != std::string_view::npos) out.insert(0, "'");
  if (out.find_first_of(",\"'") == std::string::npos) return out;
  return quoted(out, '"', "\"\"");
}

// An apostrophe as its number: samples stand within '…' of TOML.
std::string json_text(std::string_view text) {
  std::string plain, out;
  append_json_string(plain, text);
  for (const char c : plain) c == '\'' ? out += "\\u0027" : out += c;
  return out;
}

std::string fill(std::string_view text, const TemplateValues& values) {
  std::string out;
  for (;;) {
    const size_t open = text.find("{{");
    const size_t close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) return out.append(text);
    const auto found = values.find(text.substr(open + 2, close - open - 2));
    out.append(text.substr(0, open));
    out.append(found != values.end() ? std::string_view(found->second) : text.substr(open, close + 2 - open));
    text.remove_prefix(close + 2);
  }
}

}  // namespace sekisho::desk
