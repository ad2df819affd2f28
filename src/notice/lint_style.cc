// Takes one notice, reports how it is written where that is wrong: 常体 among 敬体, full- and half-width mixed,
// characters that cannot be seen. Entry: lint_style. Refuses nothing.
#include <algorithm>

#include "base/strings.h"
#include "notice/lint.h"
#include "text/charset.h"

namespace sekisho::notice {
namespace {

// How a sentence ends: polite, plain, or as a noun does.
enum class Ending : uint8_t { other, polite, plain };

Ending ending(const Block& b, const Stretch& s) {
  const std::string_view text = b.text();
  uint32_t end = s.end();
  while (end > s.at) {
    const std::string_view t = text.substr(s.at, end - s.at);
    if (t.ends_with("。") || t.ends_with("！") || t.ends_with("？") || t.ends_with("」") || t.ends_with("』") ||
        t.ends_with("…"))
      end -= 3;
    else if (t.ends_with(' ') || t.ends_with('.') || t.ends_with('!')) --end;
    else break;
  }
  Ending out = Ending::other;
  constexpr uint32_t kLongest = 30;
  const uint32_t from = end > s.at + kLongest ? end - kLongest : s.at;
  for (auto it = std::ranges::lower_bound(b.hits, from, {}, &Hit::at); it != b.hits.end() && it->at < end; ++it) {
    if (it->end() != end || it->quoted) continue;
    if (it->word == Word::polite) return Ending::polite;
    if (it->word == Word::plain) out = Ending::plain;
  }
  return out;
}

// A verb or adjective in plain form at the end of a whole sentence, whatever the word.
bool plain_end(const Lint& lint, const Block& b, const Stretch& s) {
  std::string_view t = b.text().substr(s.at, s.length);
  constexpr std::string_view kStop = "。";
  constexpr size_t kLetter = 3;  // bytes of kana and kanji
  if (!t.ends_with(kStop)) return false;
  t.remove_suffix(kStop.size());
  for (const size_t letters : {size_t{1}, size_t{2}})
    if (t.size() >= (letters + 1) * kLetter && lint.words.in(Word::plain_end, t.substr(t.size() - letters * kLetter)))
      return true;
  return false;
}

void politeness(const Lint& lint, const Part& p) {
  const auto say = [&](const Block& b, const Stretch& s) {
    lint.add("plain_style", "a sentence in plain style among polite ones", "敬体（です・ます）の中に常体の文があります",
             b.span(s.at, s.length), &p);
  };
  bool polite_items = false;
  for (const Block& b : p.blocks)
    if (b.kind == Block::Kind::item)
      for (const Stretch& s : b.sentences) polite_items |= ending(b, s) == Ending::polite;
  for (const Block& b : p.blocks) {
    if (b.kind == Block::Kind::subject || b.kind == Block::Kind::heading || b.section == Word::head_reference) continue;
    for (const Stretch& s : b.sentences) {
      const Ending how = ending(b, s);
      if (how != Ending::plain && !(how == Ending::other && plain_end(lint, b, s))) continue;
      const bool stop = b.text().substr(s.at, s.length).ends_with("。");
      if (b.kind == Block::Kind::item ? polite_items
                                      : stop || (b.kind == Block::Kind::paragraph && b.sentences.size() > 1))
        say(b, s);
    }
  }
}

struct Widths {
  size_t wide_digits = 0, digits = 0, wide_letters = 0, letters = 0, half_kana = 0, wide_other = 0;
};

// Addresses, channels and names such as FIDO2 are left out on the narrow side.
Widths widths(std::string_view s) {
  Widths out;
  const auto quoted = quotes(s);
  size_t q = 0;
  for (size_t i = 0; i < s.size();) {
    while (q < quoted.size() && quoted[q].second <= i) ++q;
    if (q < quoted.size() && quoted[q].first <= i && i < quoted[q].second) {
      i = quoted[q].second;
      continue;
    }
    if (is_alnum(s[i]) || s[i] == '#') {
      size_t e = i, letters = 0, digits = 0;
      bool address = false;
      while (e < s.size() && (is_alnum(s[e]) || std::string_view("@.#_-:/[]+").find(s[e]) != std::string_view::npos)) {
        letters += is_alpha(s[e]);
        digits += is_digit(s[e]);
        address |= s[e] == '@' || s[e] == '#' || s[e] == '_' || (s[e] == '.' && e + 1 < s.size() && is_alpha(s[e + 1]));
        ++e;
      }
      if (!address) {
        out.letters += letters;
        if (!letters) out.digits += digits;
      }
      i = std::max(e, i + 1);
      continue;
    }
    const char32_t c = text::next_utf8(s, i);
    out.wide_digits += c >= 0xFF10 && c <= 0xFF19;
    out.wide_letters += (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
    out.half_kana += c >= 0xFF66 && c <= 0xFF9D;
    out.wide_other += c == 0x3000;
  }
  return out;
}

void width(const Lint& lint, const Part& p) {
  Widths all;
  const Block* wide = nullptr;
  for (const Block& b : p.blocks) {
    if (b.section == Word::head_reference || b.head == Word::head_reference) continue;
    const Widths w = widths(lint.text.substr(b.begin, b.end - b.begin));
    if (w.half_kana) lint.add("width", "half-width katakana", "半角カタカナが使われています", b.span(), &p);
    if (!wide && (w.wide_digits || w.wide_letters)) wide = &b;
    all.wide_digits += w.wide_digits;
    all.digits += w.digits;
    all.wide_letters += w.wide_letters;
    all.letters += w.letters;
    all.wide_other += w.wide_other;
  }
  if (!wide) return;
  const bool mixed = (all.wide_digits && all.digits) || (all.wide_letters && all.letters);
  if (p.language == 1 ? mixed : all.wide_digits + all.wide_letters > 0)
    lint.add("width", "full-width and half-width letters or digits are mixed", "全角と半角の英数字が混在しています",
             wide->span(), &p);
}

bool unseen(char32_t c) {
  return (c >= 0x200B && c <= 0x200F && c != 0x200D) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
         c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F) || (c < 0x20 && c != '\n' && c != '\r' && c != '\t') ||
         c == 0x7F;
}

void hidden(const Lint& lint, const Part& p) {
  for (size_t i = p.begin; i < p.end;) {
    const size_t at = i;
    if (static_cast<unsigned char>(lint.text[i]) >= 0x20 && static_cast<unsigned char>(lint.text[i]) < 0x7F) {
      ++i;
      continue;
    }
    if (!unseen(text::next_utf8(lint.text, i))) continue;
    lint.add("hidden_text", "characters that cannot be seen", "目に見えない文字が含まれています",
             {static_cast<uint32_t>(at), static_cast<uint32_t>(i - at)}, &p);
    return;
  }
}

}  // namespace

void lint_style(const Lint& lint, const Part& p) {
  if (p.language == 1) politeness(lint, p);
  width(lint, p);
  hidden(lint, p);
}

}  // namespace sekisho::notice
