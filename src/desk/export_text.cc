// Takes text as sources wrote it, gives text that no viewer turns into anything else: invisible characters shown, links
// broken. Entries: visible, visible_lines, unlinked. Refuses nothing; linear.
#include "base/strings.h"
#include "desk/export_parts.h"

namespace sekisho::desk {
namespace {

// Length of an invisible character that printable() lets pass: soft hyphen, Mongolian vowel separator, zero-width
// space … marks, word joiner and its neighbours, BOM, tag characters. 0: none begins here.
size_t invisible(std::string_view s, size_t i) {
  const std::string_view rest = s.substr(i, 4);
  const auto byte = [&](size_t k) -> unsigned { return k < rest.size() ? static_cast<unsigned char>(rest[k]) : 0; };
  if (byte(0) == 0xC2 && byte(1) == 0xAD) return 2;
  if (byte(0) == 0xE1 && byte(1) == 0xA0 && byte(2) == 0x8E) return 3;
  if (byte(0) == 0xE2 && byte(1) == 0x80 && byte(2) >= 0x8B && byte(2) <= 0x8F) return 3;
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) >= 0xA0 && byte(2) <= 0xA4) return 3;
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;
  if (byte(0) == 0xF3 && byte(1) == 0xA0 && (byte(2) == 0x80 || byte(2) == 0x81)) return 4;
  return 0;
}

void append_code_point(std::string& out, std::string_view utf8) {
  const auto byte = [&](size_t k) { return static_cast<uint32_t>(static_cast<unsigned char>(utf8[k])); };
  uint32_t c = utf8.size() == 2 ? byte(0) & 0x1F : utf8.size() == 3 ? byte(0) & 0x0F : byte(0) & 0x07;
  for (size_t k = 1; k < utf8.size(); ++k) c = c << 6 | (byte(k) & 0x3F);
  std::string digits;
  for (; c != 0; c >>= 4) digits.insert(digits.begin(), "0123456789ABCDEF"[c & 15]);
  out.append("\\u{").append(digits).append("}");
}

std::string seen(std::string_view text) {
  const std::string one = printable(text);
  std::string out;
  out.reserve(one.size());
  for (size_t i = 0; i < one.size();) {
    const size_t n = static_cast<unsigned char>(one[i]) < 0x80 ? 0 : invisible(one, i);
    if (n == 0) out += one[i++];
    else append_code_point(out, std::string_view(one).substr(i, n)), i += n;
  }
  return out;
}

bool name_byte(char c) { return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80; }
bool letter_byte(char c) { return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; }

// Is text[dot] the third dot of four numbers?
bool last_dot_of_address(std::string_view text, size_t dot) {
  size_t i = dot;
  for (int part = 0; part < 3; ++part) {
    size_t digits = 0;
    while (i > 0 && digits < 3 && is_digit(text[i - 1])) --i, ++digits;
    if (digits == 0 || (part < 2 && (i == 0 || text[--i] != '.'))) return false;
  }
  return true;
}

// Would a viewer take the dot for one within the name of a host?
bool joins_host(std::string_view text, size_t dot) {
  if (dot == 0 || dot + 1 >= text.size() || !name_byte(text[dot - 1])) return false;
  if (is_digit(text[dot + 1])) return last_dot_of_address(text, dot);
  return letter_byte(text[dot + 1]) && dot + 2 < text.size() && (name_byte(text[dot + 2]) || text[dot + 2] == '-');
}

void break_scheme(std::string& out) {  // what ends in "http" or "https" stands before "://"
  const auto ends = [&](std::string_view scheme) {
    return out.size() >= scheme.size() && iequals(std::string_view(out).substr(out.size() - scheme.size()), scheme);
  };
  const size_t length = ends("https") ? 5 : ends("http") ? 4 : 0;
  if (length != 0) out[out.size() - length + 1] = out[out.size() - length + 2] = 'x';
  out += length != 0 || ends("hxxp") || ends("hxxps") || ends("fxp") ? "://" : "[:]//";
}

}  // namespace

std::string visible(std::string_view text) {
  std::string one;
  one.reserve(text.size());
  for (const char c : text) {
    if (!is_space(c)) one += c;
    else if (!one.empty() && one.back() != ' ') one += ' ';
  }
  if (!one.empty() && one.back() == ' ') one.pop_back();
  return seen(one);
}

std::string visible_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (size_t tab; (tab = line.find('\t')) != std::string_view::npos; line.remove_prefix(tab + 1))
      out.append(seen(line.substr(0, tab))).append("  ");
    out += seen(line);
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

std::string unlinked(std::string_view given, bool is_code) {
  const std::string text = visible(given);
  std::string out;
  out.reserve(text.size() + 16);
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && joins_host(text, i) &&
        (!is_code || iequals(std::string_view(out).substr(out.size() - std::min<size_t>(3, out.size())), "www")))
      out += "[.]";
    else if (c == '@' && !is_code && i + 1 < text.size() && name_byte(text[i + 1])) out += "[@]";
    else if (c == ':' && std::string_view(text).substr(i).starts_with("://")) break_scheme(out), i += 2;
    else out += c;
  }
  return out;
}

}  // namespace sekisho::desk
