// Takes stretches of text between tags, gives the page's texts and runs. Entry: TextSink::text. Keeps at most `limit`
// bytes of each text.
#include "html/text_sink.h"

#include <algorithm>
#include <array>

#include "html/entities.h"

namespace sekisho::html {
namespace {

enum : uint8_t { kPlain, kBlank, kReference, kNoBreak, kNul };
constexpr auto kClass = [] {
  std::array<uint8_t, 256> t{};
  for (const unsigned char c : {'\t', '\n', '\f', '\r', ' '}) t[c] = kBlank;
  t['&'] = kReference;
  t[0xC2] = kNoBreak;  // perhaps U+00A0
  t[0] = kNul;
  return t;
}();
uint8_t class_of(char c) { return kClass[static_cast<unsigned char>(c)]; }

bool is_blank(char32_t c) { return c == ' ' || c == 0xA0 || (c >= '\t' && c <= '\r'); }

}  // namespace

void TextSink::emit(std::string_view piece, uint32_t offset, Hidden hidden) {
  const bool seen = hidden == Hidden::no;
  std::string& out = seen ? page_.text : page_.hidden_text;
  Gap& gap = seen ? visible_gap_ : hidden_gap_;
  if (out.size() + piece.size() + 1 > limit_) {
    full_ = true;
    if (out.size() + 1 >= limit_) return;
    size_t keep = limit_ - out.size() - 1;
    while (keep > 0 && (static_cast<unsigned char>(piece[keep]) & 0xC0) == 0x80) --keep;
    piece = piece.substr(0, keep);
    if (piece.empty()) return;
  }
  if (gap != Gap::none && !out.empty()) out += gap == Gap::space ? ' ' : gap == Gap::tab ? '\t' : '\n';
  gap = Gap::none;
  const auto at = static_cast<uint32_t>(out.size());
  out.append(piece);
  if (seen) {
    if (!any_) first_ = at, any_ = true;
    if (hidden_gap_ == Gap::none) hidden_gap_ = Gap::space;  // what is hidden before and after is not one word
  }
  if (!page_.runs.empty()) {
    Run& last = page_.runs.back();
    if (last.hidden == hidden && last.at + last.length == at && last.offset + last.length == offset) {
      last.length += static_cast<uint32_t>(piece.size());
      return;
    }
  }
  page_.runs.push_back({at, static_cast<uint32_t>(piece.size()), offset, hidden});
}

TextSink::Added TextSink::text(std::string_view raw, uint32_t offset, Hidden hidden, bool literal, bool lines) {
  any_ = false;
  Gap& gap = hidden == Hidden::no ? visible_gap_ : hidden_gap_;
  const size_t n = raw.size();
  size_t i = 0;
  const auto raise = [&gap](Gap to) { gap = std::max(gap, to); };
  while (i < n) {
    switch (class_of(raw[i])) {
      case kBlank: {
        bool line = false;
        for (; i < n && class_of(raw[i]) == kBlank; ++i) line |= raw[i] == '\n' || raw[i] == '\r';
        raise(lines && line ? Gap::line : Gap::space);
        continue;
      }
      case kNoBreak:
        if (i + 1 < n && static_cast<unsigned char>(raw[i + 1]) == 0xA0) {
          raise(Gap::space);
          i += 2;
          continue;
        }
        break;
      case kNul:
        ++i;
        continue;  // 13.2.6.4.7: dropped
      case kReference: {
        if (literal) break;
        const Reference r = read_reference(raw, i, false);
        if (r.length == 0) break;
        if (is_blank(r.first)) {
          raise(lines && r.first == '\n' ? Gap::line : Gap::space);
        } else {
          std::string decoded;  // a few bytes: stays inside the string object
          append_code_point(decoded, r.first);
          if (r.second) append_code_point(decoded, r.second);
          emit(decoded, offset + static_cast<uint32_t>(i), hidden);
        }
        i += r.length;
        continue;
      }
      default:
        break;
    }
    // A stretch that is copied as it stands: single blanks between words belong to it.
    size_t j = i + 1;
    while (j < n) {
      if (class_of(raw[j]) == kPlain) {
        ++j;
      } else if (raw[j] == ' ' && j + 1 < n && class_of(raw[j + 1]) == kPlain) {
        j += 2;
      } else {
        break;
      }
    }
    emit(raw.substr(i, j - i), offset + static_cast<uint32_t>(i), hidden);
    i = j;
  }
  if (!any_) return {page_.text.size(), page_.text.size()};
  return {first_, page_.text.size()};
}

}  // namespace sekisho::html
