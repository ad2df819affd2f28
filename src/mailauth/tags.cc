// Takes tag lists, gives tags. Entries: Tags::read(), from_base64(). Refuses what the grammar of RFC 6376 section 3.2
// does not allow.
#include "mailauth/tags.h"

#include <openssl/evp.h>

#include <charconv>

#include "base/limits.h"
#include "base/strings.h"

namespace sekisho::mailauth {

std::optional<Tags> Tags::read(std::string_view text, bool loose) {
  constexpr size_t kMost = 100;
  Tags out;
  if (text.size() > Limits().header_bytes) return std::nullopt;
  const auto pieces = split(text, ';');
  for (size_t i = 0; i < pieces.size(); ++i) {
    const std::string_view piece = trim(pieces[i]);
    if (piece.empty() && (loose || i + 1 == pieces.size())) continue;
    const size_t equals = piece.find('=');
    if (equals == std::string_view::npos || out.tags_.size() == kMost) return std::nullopt;
    const Tag tag{trim(piece.substr(0, equals)), trim(piece.substr(equals + 1))};
    if (tag.name.empty() || !is_alpha(tag.name[0])) return std::nullopt;
    for (const char c : tag.name)
      if (!is_alnum(c) && c != '_' && c != '-') return std::nullopt;
    if (out.find(tag.name)) return std::nullopt;
    out.tags_.push_back(tag);
  }
  return out;
}

std::optional<std::string_view> Tags::find(std::string_view name) const {
  for (const Tag& t : tags_)
    if (t.name == name) return t.value;
  return std::nullopt;
}

std::string without_space(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (!is_space(c)) out += c;
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string clean = without_space(text);
  while (clean.size() % 4 != 0 && !clean.empty() && clean.back() != '=') clean += '=';  // senders leave it away
  if (clean.empty() || clean.size() % 4 != 0) return std::nullopt;
  size_t pads = 0;
  for (size_t i = 0; i < clean.size(); ++i) {
    const char c = clean[i];
    if (c == '=') ++pads;
    else if (pads > 0 || (!is_alnum(c) && c != '+' && c != '/')) return std::nullopt;
  }
  if (pads > 2) return std::nullopt;
  std::string out(clean.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(clean.data()), static_cast<int>(clean.size()));
  if (size < 0) return std::nullopt;
  out.resize(static_cast<size_t>(size) - pads);
  return out;
}

std::optional<uint64_t> tag_number(std::string_view text) {
  uint64_t out = 0;
  if (text.empty() || text.size() > 12) return std::nullopt;
  for (const char c : text)
    if (!is_digit(c)) return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::vector<std::string> colon_list(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string_view piece : split(text, ':'))
    if (std::string item = without_space(piece); !item.empty()) out.push_back(std::move(item));
  return out;
}

}  // namespace sekisho::mailauth
