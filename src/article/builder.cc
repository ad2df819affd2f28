// Takes stretches of content, gives the article's text with passages, marks and what was hidden in it. Entry: Builder.
// Keeps at most as many bytes as it was told; zero-width, bidirectional and tag characters never get through.
#include <algorithm>

#include "article/reading.h"
#include "base/strings.h"
#include "text/charset.h"

namespace sekisho::article {
namespace {

constexpr size_t kHiddenText = 200;
constexpr size_t kHidden = 500;  // of one article

enum class Unseen : uint8_t { no, zero_width, bidi, tags, selector };

Unseen unseen(char32_t c) {
  switch (c) {
    case 0xAD:
    case 0x34F:
    case 0x180E:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0x2061:
    case 0x2062:
    case 0x2063:
    case 0x2064:
    case 0xFEFF:
    case 0x115F:
    case 0x1160:
    case 0x3164:
    case 0xFFA0:
    case 0x17B4:
    case 0x17B5:
      return Unseen::zero_width;
    case 0x61C:
    case 0x200E:
    case 0x200F:
      return Unseen::bidi;
    default:
      break;
  }
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F)) return Unseen::bidi;
  if (c >= 0xE0000 && c <= 0xE007F) return Unseen::tags;
  if (c >= 0xE0100 && c <= 0xE01EF) return Unseen::selector;
  return Unseen::no;
}

bool is_han(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF); }
bool is_picture(char32_t c) { return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || c == 0xFE0F; }

// The first byte at or after i with which a character that is not seen may begin.
size_t next_candidate(std::string_view s, size_t i) {
  for (; i < s.size(); ++i) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (c < 0x80) {
      if (c < 0x20 && c != '\t') return i;
      continue;
    }
    if (c == 0xC2 || c == 0xCD || c == 0xD8 || c == 0xE1 || c == 0xE2 || c == 0xEF || c == 0xF3) return i;
    if (c == 0xE3 && i + 1 < s.size() && static_cast<unsigned char>(s[i + 1]) == 0x85) return i;
  }
  return s.size();
}

}  // namespace

uint32_t Content::origin(uint32_t at) const {
  if (marks.empty()) return at;
  auto after = std::upper_bound(marks.begin(), marks.end(), at,
                                [](uint32_t value, const Article::Mark& mark) { return value < mark.at; });
  if (after == marks.begin()) return marks.front().offset;
  const Article::Mark& before = *(after - 1);
  const uint32_t offset = before.offset + (at - before.at);
  return after == marks.end() ? offset : std::min(offset, std::max(before.offset, after->offset));
}

uint32_t Article::line(uint32_t offset) const {
  if (!newlines) return 1;
  return 1 + static_cast<uint32_t>(std::ranges::lower_bound(*newlines, offset) - newlines->begin());
}

uint32_t Article::source_offset(uint32_t at) const {
  if (format == Format::pdf) return 0;  // its text was made by another program
  auto after = std::upper_bound(marks.begin(), marks.end(), at,
                                [](uint32_t value, const Mark& mark) { return value < mark.at; });
  if (after == marks.begin()) return marks.empty() ? 0 : marks.front().offset;
  const Mark& before = *(after - 1);
  const uint32_t offset = before.offset + (at - before.at);
  const uint32_t end = bytes > 0xFFFFFFFFu ? 0xFFFFFFFFu : static_cast<uint32_t>(bytes);
  // Where the bytes are fewer than their text (decoded references) the next stretch begins before this one ends.
  const uint32_t most = after != marks.end() && after->offset >= before.offset ? after->offset : end;
  return std::min({offset, most, end});
}

void Builder::begin(Passage::Kind kind) {
  end();
  kind_ = kind;
  from_ = at();
  open_ = true;
}

void Builder::end() {
  if (!open_) return;
  open_ = false;
  std::string& text = article_.text;
  size_t to = text.size();
  while (to > from_ && (is_space(text[to - 1]) || text[to - 1] == '\n')) --to;
  while (to >= from_ + 3 && text.compare(to - 3, 3, "\xE3\x80\x80") == 0) to -= 3;
  text.resize(to);
  while (!article_.marks.empty() && article_.marks.back().at >= to && article_.marks.back().at > 0)
    article_.marks.pop_back();
  if (to == from_) return;
  article_.passages.push_back({kind_, from_, static_cast<uint32_t>(to - from_)});
  text += '\n';
  last_ = '\n';
}

void Builder::limit(const char* name) {
  if (std::find(article_.limits_hit.begin(), article_.limits_hit.end(), name) == article_.limits_hit.end())
    article_.limits_hit.emplace_back(name);
}

void Builder::mark(uint32_t at) {
  const uint32_t offset = content_->origin(at);
  const uint32_t here = this->at();
  if (!article_.marks.empty()) {
    Article::Mark& last = article_.marks.back();
    if (last.at == here) {
      last.offset = offset;
      return;
    }
    if (here - last.at == offset - last.offset && offset >= last.offset) return;
  }
  article_.marks.push_back({here, offset});
}

void Builder::put(std::string_view piece, uint32_t at) {
  if (piece.empty() || full_) return;
  if (article_.text.size() + piece.size() + 1 > most_) {
    piece = utf8_prefix(piece, most_ > article_.text.size() + 1 ? most_ - article_.text.size() - 1 : 0);
    full_ = true;
    limit("text_bytes");
    if (piece.empty()) return;
  }
  // Blanks at the beginning of a passage are not part of it.
  if (article_.text.size() == from_) {
    for (;;) {
      size_t skip = !piece.empty() && is_space(piece[0]) ? 1 : piece.starts_with("\xE3\x80\x80") ? 3 : 0;
      if (skip == 0) break;
      piece.remove_prefix(skip);
      at += static_cast<uint32_t>(skip);
    }
    if (piece.empty()) return;
  }
  // One mark for each stretch of the content that lies byte by byte in what was given.
  uint32_t done = 0;
  if (!content_->marks.empty()) {
    auto next = std::upper_bound(content_->marks.begin(), content_->marks.end(), at,
                                 [](uint32_t value, const Article::Mark& m) { return value < m.at; });
    for (; next != content_->marks.end() && next->at < at + piece.size(); ++next) {
      mark(at + done);
      article_.text.append(piece.substr(done, next->at - at - done));
      done = next->at - at;
    }
  }
  mark(at + done);
  article_.text.append(piece.substr(done));
}

// A run of characters at i that are not seen: told and skipped. Gives its end; i when there is none.
size_t Builder::invisible(std::string_view piece, size_t i, uint32_t at) {
  if (static_cast<unsigned char>(piece[i]) < 0x20) return i + 1;  // control characters say nothing
  size_t end = i;
  Unseen how = Unseen::no;
  char32_t before = last_, after = 0;
  std::string shown;
  size_t count = 0;
  while (end < piece.size()) {
    size_t next = end;
    const char32_t c = text::next_utf8(piece, next);
    const Unseen kind = unseen(c);
    after = c;
    if (kind == Unseen::no || (how != Unseen::no && kind != how)) break;
    how = kind;
    ++count;
    // A tag character is an ASCII letter in disguise: what it says is told.
    if (kind == Unseen::tags && c >= 0xE0020 && c < 0xE007F) shown += static_cast<char>(c - 0xE0000);
    end = next;
    after = 0;
  }
  if (how == Unseen::no) return i;
  if (how == Unseen::selector && count == 1 && is_han(before)) return i;  // a variant of a character
  const bool harmless = (how == Unseen::zero_width && count == 1 && (is_picture(before) || is_picture(after))) ||
                        (how == Unseen::tags && before == 0x1F3F4);  // parts of a picture, a flag
  if (!harmless) {
    if (shown.empty()) shown = std::string(piece.substr(i, end - i));
    const char* const names[] = {"", "zero_width", "bidi", "tags", "tags"};
    hide(names[static_cast<size_t>(how)], at + static_cast<uint32_t>(i), static_cast<uint32_t>(end - i), shown);
  }
  return end;
}

void Builder::add(std::string_view piece, uint32_t at) {
  size_t from = 0, i = 0;
  while (i < piece.size() && !full_) {
    i = next_candidate(piece, i);
    if (i >= piece.size()) break;
    // What stands before it decides whether it is part of a picture.
    if (i > from) {
      size_t k = i - 1;
      while (k > from && (static_cast<unsigned char>(piece[k]) & 0xC0) == 0x80) --k;
      size_t ignored = k;
      last_ = text::next_utf8(piece, ignored);
    }
    const size_t end = invisible(piece, i, at);
    if (end == i) {
      text::next_utf8(piece, i);
      continue;
    }
    put(piece.substr(from, i - from), at + static_cast<uint32_t>(from));
    from = i = end;
  }
  put(piece.substr(std::min(from, piece.size())), at + static_cast<uint32_t>(from));
}

void Builder::add_made(std::string_view made, uint32_t at) {
  if (made.empty() || full_) return;
  if (article_.text.size() + made.size() + 1 > most_) {
    full_ = true;
    limit("text_bytes");
    return;
  }
  size_t i = 0;
  const char32_t c = text::next_utf8(made, i);
  if (const Unseen how = unseen(c); how != Unseen::no && how != Unseen::selector) {
    hide(how == Unseen::bidi ? "bidi" : how == Unseen::tags ? "tags" : "zero_width", at, 1, made);
    return;
  }
  mark(at);
  article_.text.append(made);
}

void Builder::space() {
  const std::string& text = article_.text;
  if (text.size() > from_ && text.back() != ' ' && !full_) article_.text += ' ';
}

void Builder::hide(const char* how, uint32_t at, uint32_t length, std::string_view text) {
  if (article_.hidden.size() >= kHidden) return limit("hidden");
  HiddenText hidden;
  hidden.how = how;
  const auto most = static_cast<uint32_t>(std::min<uint64_t>(article_.bytes, 0xFFFFFFFFu));
  hidden.offset = std::min(content_->origin(at), most);
  const uint32_t to = std::min(content_->origin(at + length), most);
  hidden.length = to > hidden.offset ? to - hidden.offset : std::min(length, most - hidden.offset);
  hidden.text = utf8_prefix(text, kHiddenText);
  article_.hidden.push_back(std::move(hidden));
}

}  // namespace sekisho::article
