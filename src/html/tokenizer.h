// HTML bytes → tokens, by the state machine of WHATWG HTML 13.2.5 run over whole stretches instead of single
// characters. Nothing is copied or decoded: every view points into the input, which must outlive the tokenizer. The
// caller decodes character references (entities.h) where `&` stands. Time is linear in the input. One tokenizer, one
// thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "html/tags.h"

namespace sekisho::html {

enum class TokenKind : uint8_t { text, start_tag, end_tag, comment, doctype, end };

struct Token {
  TokenKind kind = TokenKind::end;
  Tag tag = Tag::other;
  std::string_view view;  // text: as written; tags: the name as written; comment: its data
  uint32_t offset = 0;    // of the first byte of the token
  bool self_closing = false;
  bool literal = false;  // text without character references (CDATA, <plaintext>, raw text)
};

// The attributes of one start tag. Of two with one name the first counts (13.2.5.33). Only the names of tags.h are
// kept, so a tag cannot push its href out of sight with a thousand others.
class Attributes {
 public:
  bool has(Attr a) const { return mask_ >> static_cast<unsigned>(a) & 1u; }
  std::string_view raw(Attr a) const {
    return has(a) ? values_[static_cast<size_t>(a)] : std::string_view();
  }  // references not decoded
  size_t count() const { return count_; }                                  // all that were written
  uint32_t handlers() const { return handlers_; }                          // on…="" among them
  static constexpr size_t kHandlers = 4;                                   // whose script is kept
  std::string_view handler(size_t i) const { return handler_values_[i]; }  // i < handlers(), kHandlers

 private:
  friend class Tokenizer;
  void add(std::string_view name, std::string_view value);
  void clear() { mask_ = 0, count_ = 0, handlers_ = 0; }

  uint64_t mask_ = 0;
  size_t count_ = 0;
  uint32_t handlers_ = 0;
  std::array<std::string_view, static_cast<size_t>(Attr::count_)> values_;
  std::array<std::string_view, kHandlers> handler_values_;
};

// Of a tag's attributes as written, the value of the first of that name (any case); references not decoded.
std::optional<std::string_view> find_attribute(std::string_view attributes, std::string_view name);

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view html) : s_(html) {}

  Token next();                                                 // kind end at the end of input, for ever
  const Attributes& attributes() const { return attributes_; }  // of the start tag last returned

  // Right after a start tag: everything up to its own end tag, which is consumed (13.2.5.2–4, .9–.31). script: with the
  // escaped states, where a <!-- <script> inside hides one </script>. Without an end tag, the rest of the input.
  std::string_view raw_text(std::string_view name, bool script);
  size_t position() const { return i_; }
  // Of the start tag last returned, right after it: what stands between its name and its end.
  std::string_view written_attributes(const Token& token) const {
    const size_t from = static_cast<size_t>(token.view.data() - s_.data()) + token.view.size();
    return s_.substr(from, i_ > from ? i_ - from - 1 : 0);
  }
  void plaintext() { plaintext_ = true; }     // all that follows is text
  void allow_cdata(bool on) { cdata_ = on; }  // inside <svg> and <math>

 private:
  bool markup(Token&);  // at '<': a token, or nothing (then i_ has moved past what is dropped)
  bool tag(Token&, size_t name_at, TokenKind kind);
  void comment(Token&);
  void bogus_comment(Token&, size_t from);
  bool at_end_tag(size_t i, std::string_view name) const;  // s_[i] is '<'

  std::string_view s_;
  size_t i_ = 0;
  bool plaintext_ = false, cdata_ = false;
  Attributes attributes_;
};

}  // namespace sekisho::html
