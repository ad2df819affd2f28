// Takes a text, gives the notices in it: where each begins, its language, audience, blocks and their words and values.
// Entry: outline. Refuses nothing; a text without any sign of a notice gives no part. Linear in the text.
#include "notice/outline.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "text/charset.h"

namespace sekisho::notice {
namespace {

constexpr size_t kHeadBytes = 90;  // of a line's beginning that may be a key or heading

struct Line {
  uint32_t begin, end;  // without line break and outer white space
  bool blank = false;
};

std::vector<Line> lines(std::string_view text, uint32_t from, uint32_t to) {
  std::vector<Line> out;
  for (uint32_t i = from; i < to;) {
    const size_t stop = std::min<size_t>(text.find('\n', i), to);
    uint32_t b = i, e = static_cast<uint32_t>(stop);
    const auto wide = [&](uint32_t at) { return text.substr(at).starts_with("　"); };
    while (b < e && (is_space(text[b]) || wide(b))) b += wide(b) ? 3 : 1;
    while (e > b && is_space(text[e - 1])) --e;
    out.push_back({b, e, b == e});
    i = static_cast<uint32_t>(stop) + 1;
  }
  return out;
}

// Bytes of what makes a line an item of a list; 0: none.
size_t marker(std::string_view s, bool& ordered) {
  ordered = true;
  size_t i = 0;
  const bool bracket = s.starts_with('(') || s.starts_with("（");
  if (bracket) i = s[0] == '(' ? 1 : 3;
  const size_t digits = i;
  while (i < s.size()) {
    if (is_digit(s[i])) ++i;
    else if (i + 2 < s.size() && s[i] == '\xEF' && s[i + 1] == '\xBC' && static_cast<unsigned char>(s[i + 2]) >= 0x90 &&
             static_cast<unsigned char>(s[i + 2]) <= 0x99)
      i += 3;
    else break;
  }
  const size_t wide = s.substr(0, i).find('\xEF') == std::string_view::npos ? 2 : 6;
  if (i > digits && i - digits <= wide) {
    for (const std::string_view end : {")", "）", ".", "．", "、", ":", "："}) {
      if (!s.substr(i).starts_with(end)) continue;
      const std::string_view rest = s.substr(i + end.size());
      if (bracket && !end.starts_with(')') && !end.starts_with("）")) continue;
      if ((end == "." || end == ":") && !rest.starts_with(' ') &&
          !(rest.size() && static_cast<unsigned char>(rest[0]) >= 0x80))
        continue;  // 1.5, 17:00
      return i + end.size();
    }
    return 0;
  }
  // 一） to 九）
  if (s.size() > 6 && std::string_view("一二三四五六七八九").find(s.substr(0, 3)) % 3 == 0 &&
      (s[3] == ')' || s.substr(3).starts_with("）") || s.substr(3).starts_with("、")))
    return s[3] == ')' ? 4 : 6;
  // ① to ⑳
  if (s.size() > 3 && s[0] == '\xE2' && s[1] == '\x91' && static_cast<unsigned char>(s[2]) >= 0xA0 &&
      static_cast<unsigned char>(s[2]) <= 0xB3)
    return 3;
  // a) (b) iv.
  size_t k = bracket ? digits : 0;
  const size_t letters = k;
  while (k < s.size() && is_alpha(s[k]) && k - letters < 5) ++k;
  const bool roman = s.substr(letters, k - letters).find_first_not_of("ivxIVX") == std::string_view::npos;
  if (k > letters && (k - letters == 1 || roman) && k + 1 < s.size() &&
      (s[k] == ')' || (s[k] == '.' && s[k + 1] == ' ' && !bracket)))
    return k + 1;
  ordered = false;
  for (const std::string_view bullet : {"- ", "* ", "• ", "・", "– ", "‐ ", "－", "✓ ", "! ", "□ ", "☐ ", "+ "})
    if (s.starts_with(bullet)) return bullet.size();
  return 0;
}

std::string_view undecorated(std::string_view s) {
  const auto drop = [&](std::initializer_list<std::string_view> signs) {
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view sign : signs)
        if (!sign.empty() && s.starts_with(sign)) s.remove_prefix(sign.size()), again = true;
    }
  };
  drop({"#", "*", "_", " ",  "　", "■",  "●", "◆",  "▼", "□", "◇",
        "○", "▲", "◎", "＜", "<",  "【", "[", "〔", "★", "☆", ">"});
  return s;
}

bool heading_sign(std::string_view s) {
  for (const std::string_view sign :
       {"■", "●", "◆", "▼", "◇", "▲", "◎", "○", "□", "# ", "## ", "### ", "**", "＜", "★", "☆"})
    if (s.starts_with(sign)) return true;
  return false;
}

class Builder {
 public:
  Builder(std::string_view text, const Words& words) : text_(text), words_(words) {}

  Outline build() {
    Outline out;
    const std::vector<Line> all = lines(text_, 0, static_cast<uint32_t>(text_.size()));
    std::vector<size_t> subjects;  // lines
    for (size_t i = 0; i < all.size(); ++i)
      if (!all[i].blank && key_of(all[i]) == Word::head_subject) subjects.push_back(i);
    // What stands above the first subject: line by line, for the rank that reports put there.
    const uint32_t first = subjects.empty() ? 0 : all[subjects[0]].begin;
    for (const Line& l : all) {
      if (l.begin >= first) break;
      if (!l.blank && out.above.size() < 2000) out.above.push_back(block(Block::Kind::paragraph, l.begin, l.end));
    }
    std::vector<std::pair<uint32_t, uint32_t>> ranges;
    if (subjects.empty()) ranges.emplace_back(0, static_cast<uint32_t>(text_.size()));
    for (size_t k = 0; k < subjects.size(); ++k)
      ranges.emplace_back(all[subjects[k]].begin,
                          k + 1 < subjects.size() ? all[subjects[k + 1]].begin : static_cast<uint32_t>(text_.size()));
    bool marked = !out.above.empty() && out.above.back().has(Word::mark);
    for (const auto& [from, to] : ranges) {
      const uint32_t split = language_change(from, to);
      std::vector<std::pair<uint32_t, uint32_t>> halves{{from, split ? split : to}};
      if (split) halves.emplace_back(split, to);
      for (const auto& [b, e] : halves) {
        Part p = part(b, e);
        p.marked = marked && b == from;
        // The mark of the next notice may stand above its subject.
        marked = !p.blocks.empty() && p.blocks.size() > 1 && p.blocks.back().has(Word::mark) &&
                 p.blocks.back().end - p.blocks.back().begin < 90;
        if (subjects.empty() && !looks_like_notice(p)) continue;
        out.parts.push_back(std::move(p));
      }
    }
    return out;
  }

 private:
  // The head that a line "head: value" begins with, and where the value begins within the line.
  Word key_of(const Line& line, size_t* value = nullptr) const {
    const std::string_view s = text_.substr(line.begin, std::min<size_t>(line.end - line.begin, kHeadBytes));
    const std::string_view bare = undecorated(s);
    size_t colon = std::string_view::npos, length = 1;
    for (const std::string_view sign : {":", "：", "】", "］", "]", "　"}) {
      const size_t at = bare.find(sign);
      if (at < colon) colon = at, length = sign.size();
    }
    if (colon == std::string_view::npos || colon == 0) return Word::none;
    // "**件名**: …", "【件名】…"
    std::string_view name = trim(bare.substr(0, colon));
    while (name.ends_with('*') || name.ends_with('_')) name.remove_suffix(1);
    const Word head = whole(name, 60);
    if (head == Word::none || (head == Word::head_subject && whole(name, 100) != head)) return Word::none;
    if (value) {
      size_t at = static_cast<size_t>(bare.data() - s.data()) + colon + length;
      while (at < s.size() && (s[at] == ':' || s[at] == ' ' || s[at] == '*')) ++at;
      if (s.substr(at).starts_with("：")) at += 3;
      *value = at;
    }
    return head;
  }

  // The head that a short text names, covering at least `percent` of it.
  Word whole(std::string_view name, size_t percent) const {
    const std::string folded = text::normalize(name).text;
    Hit best{Word::none, 0, 0, 0};
    for (const Hit& h : words_.find(folded))
      if (is_head(h.word) && h.length > best.length) best = h;
    return best.length * 100 >= folded.size() * percent ? best.word : Word::none;
  }

  Block block(Block::Kind kind, uint32_t begin, uint32_t end) const {
    Block b;
    b.kind = kind;
    b.begin = begin;
    b.end = end;
    b.folded = text::normalize(text_.substr(begin, end - begin));
    b.hits = words_.find(b.text());
    b.days = find_days(b.text(), words_);
    b.contacts = find_contacts(b.text(), b.hits, b.days);
    b.links = find_links(b.text());
    std::vector<Stretch> taken;
    for (const FoundDay& d : b.days.days) taken.push_back(d);
    for (const FoundContact& c : b.contacts) taken.push_back(c);
    for (const Stretch& l : b.links) taken.push_back(l);
    b.numbers = find_numbers(b.text(), words_, b.hits, std::move(taken));
    b.sentences = sentences(b);
    return b;
  }

  std::vector<Stretch> sentences(const Block& b) const {
    std::vector<Stretch> out;
    const std::string_view s = b.text();
    const auto quoted = quotes(s);
    size_t q = 0;
    uint32_t from = 0;
    const auto end_at = [&](size_t to) {
      uint32_t f = from;
      while (f < to && s[f] == ' ') ++f;
      if (f < to) out.push_back({f, static_cast<uint32_t>(to) - f});
      from = static_cast<uint32_t>(to);
    };
    for (size_t i = 0; i < s.size();) {
      while (q < quoted.size() && quoted[q].second <= i) ++q;
      const size_t before = i;
      const char32_t c = text::next_utf8(s, i);
      if (q < quoted.size() && quoted[q].first <= before) continue;
      if (c == U'。' || c == U'！' || c == U'？') {
        end_at(i);
      } else if ((c == '.' || c == '!' || c == '?' || c == ';') && i < s.size() && s[i] == ' ') {
        size_t w = before;
        while (w > from && (is_alpha(s[w - 1]) || s[w - 1] == '.')) --w;
        if (c == '.' && words_.in(Word::abbreviation, s.substr(w, before - w))) continue;
        end_at(i);
      }
    }
    end_at(s.size());
    return out;
  }

  Part part(uint32_t from, uint32_t to) const {
    Part out;
    out.begin = from;
    out.end = to;
    Word section = Word::none;
    bool open = false, blank = false;  // the last block goes on with the next line
    struct Plan {
      Block::Kind kind;
      Word head, section;
      bool ordered;
      uint32_t begin, end, value;
    };
    std::vector<Plan> plan;
    for (const Line& line : lines(text_, from, to)) {
      if (line.blank) {
        open = false;
        blank = true;
        continue;
      }
      const bool after_blank = std::exchange(blank, false);
      const std::string_view s = text_.substr(line.begin, line.end - line.begin);
      bool ordered = false;
      size_t mark = marker(s, ordered);
      if (!mark) mark = labelled(s, ordered);
      Line rest = line;
      rest.begin += static_cast<uint32_t>(mark);
      while (rest.begin < rest.end && text_[rest.begin] == ' ') ++rest.begin;
      const std::string_view body = text_.substr(rest.begin, rest.end - rest.begin);
      size_t value = 0;
      const Word key = key_of(rest, &value);
      const bool key_value = key != Word::none && rest.begin + value < rest.end;
      std::string_view bare = undecorated(body);
      const bool sign = heading_sign(body) || body.starts_with("【");
      while (bare.ends_with(':') || bare.ends_with('*') || bare.ends_with("：") || bare.ends_with("】") ||
             bare.ends_with("＞") || bare.ends_with('>'))
        bare.remove_suffix(bare.ends_with("：") || bare.ends_with("】") || bare.ends_with("＞") ? 3 : 1);
      const bool colon = s.ends_with(':') || s.ends_with("：");
      Word head = Word::none;
      if (!key_value && bare.size() <= kHeadBytes) head = whole(bare, sign || colon ? 25 : 100);
      if (key == Word::head_subject) {
        plan.push_back(
            {Block::Kind::subject, key, Word::none, false, line.begin, line.end, static_cast<uint32_t>(value)});
        open = false;
        section = Word::none;
      } else if (key_value && !(mark && !sign && key != Word::head_deadline && key != Word::head_contact)) {
        if (key != Word::head_reference && key != Word::head_overview && key != Word::head_scope) section = Word::none;
        plan.push_back({Block::Kind::key, key, section, false, rest.begin, line.end, static_cast<uint32_t>(value)});
        open = true;
      } else if (head != Word::none && (sign || colon || key != Word::none || !mark || ordered)) {
        plan.push_back({Block::Kind::heading, head, Word::none, false, rest.begin, line.end, 0});
        section = head;
        open = false;
      } else if (sign && !mark && bare.size() <= kHeadBytes && !body.starts_with("【")) {
        plan.push_back({Block::Kind::heading, Word::none, Word::none, false, line.begin, line.end, 0});
        section = Word::none;
        open = false;
      } else if (mark) {
        plan.push_back({Block::Kind::item, Word::none, section, ordered, rest.begin, line.end, 0});
        open = true;
      } else if (colon && bare.size() <= kHeadBytes && !bare.empty()) {
        plan.push_back({Block::Kind::heading, Word::none, Word::none, false, line.begin, line.end, 0});
        section = Word::none;
        open = false;
      } else if (open && !plan.empty() && !is_mark(s) && !ended(text_.substr(0, plan.back().end))) {
        plan.back().end = line.end;
      } else {
        // A list that has ended: what comes after a blank line is no longer under its heading.
        if (after_blank && !plan.empty() && plan.back().kind == Block::Kind::item) section = Word::none;
        plan.push_back({Block::Kind::paragraph, Word::none, section, false, line.begin, line.end, 0});
        open = !is_mark(s);
      }
    }
    for (const Plan& p : plan) {
      Block b = block(p.kind, p.begin, p.end);
      b.head = p.head;
      b.section = p.section;
      b.ordered = p.ordered;
      // Where the value begins once folded: the first byte that comes from there or later.
      if (p.value)
        while (b.value_at < b.folded.text.size() && b.folded.source_offset(b.value_at) < p.value) ++b.value_at;
      out.blocks.push_back(std::move(b));
    }
    fold_repeated(out);
    out.language = language(out);
    out.audience = audience(out);
    return out;
  }

  static bool ended(std::string_view s) {  // with a full stop: what follows may be apart
    return s.ends_with("。") || s.ends_with('.') || s.ends_with('!') || s.ends_with("！");
  }

  // "Step 1: …", "手順2　…"
  size_t labelled(std::string_view s, bool& ordered) const {
    constexpr size_t kLabel = 24;
    for (const std::string_view comma : {",", "、"})
      if (const size_t at = s.substr(0, kLabel).find(comma); at != std::string_view::npos)
        if (words_.in(Word::ordinal, text::normalize(s.substr(0, at)).text)) {
          ordered = true;
          return at + comma.size();
        }
    const size_t digit = s.substr(0, kLabel).find_first_of("0123456789");
    if (digit == std::string_view::npos || digit == 0) return 0;
    if (!words_.in(Word::number_label, text::normalize(trim(s.substr(0, digit))).text)) return 0;
    size_t i = digit;
    while (i < s.size() && is_digit(s[i])) ++i;
    for (const std::string_view end : {":", "：", ".", "　", ")", "）", " - ", " "})
      if (s.substr(i).starts_with(end)) {
        ordered = true;
        return i + end.size();
      }
    return 0;
  }

  bool is_mark(std::string_view line) const {
    if (line.size() > kHeadBytes) return false;
    for (const Hit& h : words_.find(text::normalize(line).text))
      if (h.word == Word::mark) return true;
    return false;
  }

  // Reports print a body twice, as it looks and as it is copied.
  static void fold_repeated(Part& p) {
    const size_t head = !p.blocks.empty() && p.blocks[0].kind == Block::Kind::subject ? 1 : 0;
    const size_t n = p.blocks.size() - head;
    if (n < 4 || n % 2) return;
    for (size_t i = 0; i < n / 2; ++i)
      if (p.blocks[head + i].folded.text != p.blocks[head + n / 2 + i].folded.text) return;
    p.blocks.resize(head + n / 2);
    p.repeated = true;
  }

  int language(const Part& p) const {
    size_t japanese = 0, latin = 0;
    for (const Block& b : p.blocks) {
      if (b.section == Word::head_reference) continue;
      for (const char c : b.text()) {
        japanese += (static_cast<unsigned char>(c) & 0xF0) == 0xE0;  // first byte of three: nearly all Japanese
        latin += is_alpha(c);
      }
    }
    return japanese * 4 > latin ? 1 : 0;
  }

  size_t audience(const Part& p) const {
    const auto in = [&](const Block& b) {
      size_t best = words_.audiences.size();
      for (const Hit& h : b.hits)
        if (h.word == Word::audience) best = std::min<size_t>(best, h.index);
      return best;
    };
    size_t found = words_.audiences.size(), looked = 0, sections = 0;
    for (const Block& b : p.blocks) {
      if (b.kind == Block::Kind::subject || (looked < 3 && b.kind == Block::Kind::paragraph)) {
        found = std::min(found, in(b));
        looked += b.kind == Block::Kind::paragraph;
      }
      sections += b.kind == Block::Kind::heading &&
                  (b.head == Word::head_scope || b.head == Word::head_overview || b.head == Word::head_reference);
    }
    const auto named = [&](std::string_view id) {
      for (size_t i = 0; i < words_.audiences.size(); ++i)
        if (words_.audiences[i].id == id) return i;
      return size_t{0};
    };
    if (found < words_.audiences.size() && found != named("staff")) return found;
    if (sections >= 2) return named("administrators");
    return named("staff");
  }

  // Where, within one notice, the other language begins: the line, if nearly all lines on either side agree.
  uint32_t language_change(uint32_t from, uint32_t to) const {
    struct Said {
      uint32_t begin;
      int language;
      bool structure;
    };
    std::vector<Said> said;
    for (const Line& l : lines(text_, from, to)) {
      if (l.blank) continue;
      const std::string_view s = text_.substr(l.begin, l.end - l.begin);
      size_t japanese = 0, latin = 0;
      for (const char c : s) {
        japanese += (static_cast<unsigned char>(c) & 0xF0) == 0xE0;
        latin += is_alpha(c);
      }
      if (japanese < 3 && latin < 8) continue;
      bool ordered = false;
      const bool structure = key_of(l) != Word::none || marker(s, ordered) > 0;
      said.push_back({l.begin, japanese >= 3 ? 1 : 0, structure});
    }
    if (said.size() < 8) return 0;
    size_t total[2] = {0, 0};
    for (const Said& s : said) ++total[s.language];
    size_t best = 0, at = 0, before[2] = {0, 0};
    for (size_t i = 0; i < said.size(); ++i) {
      for (int first = 0; first < 2; ++first) {
        const size_t right = before[first] + total[1 - first] - before[1 - first];
        if (right > best) best = right, at = i;
      }
      ++before[said[i].language];
    }
    if (at < 4 || said.size() - at < 4 || best * 100 < said.size() * 85) return 0;
    size_t left = 0, right = 0;
    for (size_t i = 0; i < said.size(); ++i) (i < at ? left : right) += said[i].structure;
    if (left < 2 || right < 2 || said[at].language == said[at - 1].language) return 0;
    return said[at].begin;
  }

  // Without a subject: headings or keys of at least three kinds, or a mark.
  static bool looks_like_notice(const Part& p) {
    uint32_t kinds = 0;
    bool mark = false;
    for (const Block& b : p.blocks) {
      if (b.head != Word::none && b.head != Word::head_issued && b.head != Word::head_issuer)
        kinds |= 1u << static_cast<int>(b.head);
      mark |= b.has(Word::mark) && b.end - b.begin < kHeadBytes;
    }
    return mark || __builtin_popcount(kinds) >= 3;
  }

  std::string_view text_;
  const Words& words_;
};

}  // namespace

Span Block::span(uint32_t at, uint32_t length) const {
  const uint32_t from = begin + folded.source_offset(at), to = begin + folded.source_offset(at + length);
  return {from, to > from ? to - from : 1};
}

std::vector<const Block*> Part::steps() const {
  std::vector<const Block*> under, numbered, bullets;
  for (const Block& b : blocks) {
    if (b.kind != Block::Kind::item) continue;
    const bool other =
        b.section == Word::head_reference || b.section == Word::head_scope || b.section == Word::head_overview;
    const bool contact = b.section == Word::head_contact;
    if (b.section == Word::head_actions) under.push_back(&b);
    if (b.ordered && !other) numbered.push_back(&b);
    if (!b.ordered && !other && !contact) bullets.push_back(&b);
  }
  if (!under.empty()) {
    const bool any = std::ranges::any_of(under, &Block::ordered);
    if (any) std::erase_if(under, [](const Block* b) { return !b->ordered; });
    return under;
  }
  return numbered.empty() ? bullets : numbered;
}

Outline outline(std::string_view text, const Words& words) { return Builder(text, words).build(); }

std::vector<Hit> hits_in(const Block& block, const Stretch& where, Word word) {
  std::vector<Hit> out;
  auto it = std::ranges::lower_bound(block.hits, where.at, {}, &Hit::at);
  for (; it != block.hits.end() && it->at < where.end(); ++it)
    if (it->word == word && !it->quoted) out.push_back(*it);
  return out;
}

}  // namespace sekisho::notice
