// Takes HTML, gives tokens whose views point into it. Entry: Tokenizer::next. Refuses nothing: a tag cut off by the end
// of the input is dropped, as the standard says (13.2.5, "eof-in-tag").
#include "html/tokenizer.h"

#include <cstring>

#include "base/strings.h"

namespace sekisho::html {
namespace {

constexpr size_t npos = std::string_view::npos;

enum : uint8_t { kNameEnd = 1, kSpace = 2, kUnquotedEnd = 4, kTagEnd = 8 };
constexpr auto kClass = [] {
  std::array<uint8_t, 256> t{};
  for (const unsigned char c : {'\t', '\n', '\f', '\r', ' '}) t[c] = kNameEnd | kSpace | kUnquotedEnd | kTagEnd;
  t['/'] = kNameEnd | kTagEnd;
  t['>'] = kNameEnd | kUnquotedEnd | kTagEnd;
  t['='] = kNameEnd;
  return t;
}();
bool is(char c, uint8_t what) { return kClass[static_cast<unsigned char>(c)] & what; }

size_t find(std::string_view s, char c, size_t from) {
  if (from >= s.size()) return npos;
  const void* hit = std::memchr(s.data() + from, c, s.size() - from);
  return hit ? static_cast<size_t>(static_cast<const char*>(hit) - s.data()) : npos;
}

}  // namespace

void Attributes::add(std::string_view name, std::string_view value) {
  ++count_;
  if (name.size() > 3 && (name[0] | 0x20) == 'o' && (name[1] | 0x20) == 'n' && is_alpha(name[2])) {
    if (handlers_ < kHandlers) handler_values_[handlers_] = value;
    ++handlers_;
  }
  const Attr a = attr_of(name);
  if (a == Attr::none || has(a)) return;
  mask_ |= uint64_t{1} << static_cast<unsigned>(a);
  values_[static_cast<size_t>(a)] = value;
}

Token Tokenizer::next() {
  Token token;
  while (i_ < s_.size()) {
    const size_t start = i_;
    token.offset = static_cast<uint32_t>(start);
    size_t at = plaintext_ ? npos : find(s_, '<', start);
    // A '<' begins markup only before a letter, '/', '!' or '?' (13.2.5.6, .7); "a < b" is text.
    while (at != npos) {
      const char c = at + 1 < s_.size() ? s_[at + 1] : ' ';
      if (is_alpha(c) || c == '!' || c == '?' || (c == '/' && at + 2 < s_.size())) break;
      at = find(s_, '<', at + 1);
    }
    if (at != start) {
      i_ = at == npos ? s_.size() : at;
      token.kind = TokenKind::text;
      token.view = s_.substr(start, i_ - start);
      token.literal = plaintext_;
      return token;
    }
    if (markup(token)) return token;
  }
  token.kind = TokenKind::end;
  token.offset = static_cast<uint32_t>(s_.size());
  return token;
}

bool Tokenizer::markup(Token& token) {
  const char c = s_[i_ + 1];
  if (is_alpha(c)) return tag(token, i_ + 1, TokenKind::start_tag);
  if (c == '/') {
    const char d = s_[i_ + 2];
    if (is_alpha(d)) return tag(token, i_ + 2, TokenKind::end_tag);
    if (d == '>') {  // "</>" is dropped
      i_ += 3;
      return false;
    }
    bogus_comment(token, i_ + 2);
    return true;
  }
  if (c == '?') {
    bogus_comment(token, i_ + 1);
    return true;
  }
  const std::string_view rest = s_.substr(i_ + 2);
  if (rest.starts_with("--")) {
    comment(token);
  } else if (istarts_with(rest, "doctype")) {
    bogus_comment(token, i_ + 9);
    token.kind = TokenKind::doctype;  // ends at the first '>' even inside its quotes, just like a bogus comment
  } else if (cdata_ && rest.starts_with("[CDATA[")) {
    const size_t from = i_ + 9, end = s_.find("]]>", from);
    token.kind = TokenKind::text;
    token.literal = true;
    token.offset = static_cast<uint32_t>(from);
    token.view = s_.substr(from, end == npos ? npos : end - from);
    i_ = end == npos ? s_.size() : end + 3;
  } else {
    bogus_comment(token, i_ + 2);
  }
  return true;
}

void Tokenizer::bogus_comment(Token& token, size_t from) {
  const size_t end = find(s_, '>', from);
  token.kind = TokenKind::comment;
  token.view = from < s_.size() ? s_.substr(from, end == npos ? npos : end - from) : std::string_view();
  i_ = end == npos ? s_.size() : end + 1;
}

// 13.2.5.43–53. Ends at "-->", "--!>", and "<!-->" and "<!--->" are whole.
void Tokenizer::comment(Token& token) {
  const size_t from = i_ + 4;
  token.kind = TokenKind::comment;
  const std::string_view rest = s_.substr(from);
  if (rest.starts_with('>') || rest.starts_with("->")) {
    i_ = from + (rest[0] == '>' ? 1 : 2);
    return;
  }
  for (size_t at = from;;) {
    at = find(s_, '>', at);
    if (at == npos) {
      token.view = rest;
      i_ = s_.size();
      return;
    }
    const std::string_view before = s_.substr(from, at - from);
    const bool plain = before.ends_with("--"), bang = before.ends_with("--!");
    if (plain || bang) {
      token.view = before.substr(0, before.size() - (plain ? 2 : 3));
      i_ = at + 1;
      return;
    }
    ++at;
  }
}

bool Tokenizer::tag(Token& token, size_t name_at, TokenKind kind) {
  const std::string_view s = s_;
  const size_t n = s.size();
  size_t i = name_at;
  while (i < n && !is(s[i], kTagEnd)) ++i;
  token.kind = kind;
  token.view = s.substr(name_at, i - name_at);
  attributes_.clear();
  for (;;) {
    while (i < n && is(s[i], kSpace)) ++i;
    if (i >= n) break;
    if (s[i] == '>') {
      token.tag = tag_of(token.view);
      i_ = i + 1;
      return true;
    }
    if (s[i] == '/') {
      ++i;
      if (i < n && s[i] == '>') token.self_closing = true;
      continue;
    }
    // A name may begin with '=', and holds everything up to white space, '/', '>' or the next '='.
    const size_t name = i++;
    while (i < n && !is(s[i], kNameEnd)) ++i;
    const std::string_view attribute = s.substr(name, i - name);
    size_t j = i;
    while (j < n && is(s[j], kSpace)) ++j;
    if (j >= n || s[j] != '=') {
      attributes_.add(attribute, s.substr(i, 0));
      continue;
    }
    i = j + 1;
    while (i < n && is(s[i], kSpace)) ++i;
    if (i >= n) break;
    if (s[i] == '"' || s[i] == '\'') {
      const size_t end = find(s, s[i], i + 1);
      if (end == npos) break;
      attributes_.add(attribute, s.substr(i + 1, end - i - 1));
      i = end + 1;
      continue;
    }
    const size_t value = i;
    while (i < n && !is(s[i], kUnquotedEnd)) ++i;
    attributes_.add(attribute, s.substr(value, i - value));
  }
  i_ = n;  // the end of the input inside a tag: the tag is gone
  return false;
}

std::optional<std::string_view> find_attribute(std::string_view s, std::string_view wanted) {
  const size_t n = s.size();
  for (size_t i = 0; i < n;) {
    while (i < n && (is(s[i], kSpace) || s[i] == '/' || s[i] == '>')) ++i;
    if (i >= n) break;
    const size_t name = i++;
    while (i < n && !is(s[i], kNameEnd)) ++i;
    const bool is_it = iequals(s.substr(name, i - name), wanted);
    size_t j = i;
    while (j < n && is(s[j], kSpace)) ++j;
    std::string_view value;
    if (j < n && s[j] == '=') {
      i = j + 1;
      while (i < n && is(s[i], kSpace)) ++i;
      const bool quoted = i < n && (s[i] == '"' || s[i] == '\'');
      size_t end = i;
      if (quoted) end = std::min(find(s, s[i], i + 1), n);
      else
        while (end < n && !is(s[end], kUnquotedEnd)) ++end;
      value = s.substr(i + quoted, end - i - quoted);
      i = end + quoted;
    }
    if (is_it) return value;
  }
  return std::nullopt;
}

bool Tokenizer::at_end_tag(size_t i, std::string_view name) const {
  const size_t after = i + 2 + name.size();
  return after < s_.size() && s_[i + 1] == '/' && iequals(s_.substr(i + 2, name.size()), name) &&
         is(s_[after], kTagEnd);
}

std::string_view Tokenizer::raw_text(std::string_view name, bool script) {
  const size_t from = i_;
  enum { kPlain, kEscaped, kDoubleEscaped } state = kPlain;
  const auto is_script = [&](size_t at) {  // "script" and what ends a tag name, at `at`
    return at + 6 < s_.size() && iequals(s_.substr(at, 6), "script") && is(s_[at + 6], kTagEnd);
  };
  size_t at = from, dashes = from;  // dashes: a "-->" that begins earlier is part of the opening "<!--"
  size_t close = npos;              // next "-->" not yet used, searched for once
  for (;;) {
    at = find(s_, '<', at);
    if (state != kPlain) {
      if (close == npos || close < dashes) close = s_.find("-->", dashes);
      if (close == npos) {
        close = s_.size();
      } else if (at == npos || close < at) {
        state = kPlain;
        at = close + 3;
        dashes = at;
        continue;
      }
    }
    if (at == npos) {
      i_ = s_.size();
      return s_.substr(from);
    }
    if (script && state == kPlain && s_.substr(at, 4) == "<!--") {
      state = kEscaped;
      dashes = at + 2;  // "<!-->" closes what it opens
      at += 4;
      continue;
    }
    if (state == kDoubleEscaped) {
      if (s_.substr(at, 2) == "</" && is_script(at + 2)) state = kEscaped;
    } else if (at_end_tag(at, name)) {
      const std::string_view text = s_.substr(from, at - from);
      Token end;
      tag(end, at + 2, TokenKind::end_tag);
      attributes_.clear();
      return text;
    } else if (state == kEscaped && is_script(at + 1)) {
      state = kDoubleEscaped;
    }
    ++at;
  }
}

}  // namespace sekisho::html
