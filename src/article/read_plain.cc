// Takes plain text, gives title, byline and passages; also the first story of a letter. Entries: read_plain,
// read_letter. Lines that were broken to a width are joined again, lists stay lists. Nothing is refused.
#include <algorithm>
#include <unordered_map>

#include "article/reading.h"
#include "base/strings.h"
#include "text/charset.h"

namespace sekisho::article {
namespace {

using Kind = Passage::Kind;

struct Line {
  uint32_t at = 0;
  std::string_view text;  // without blanks at its ends
};
using Group = std::vector<Line>;  // lines with no empty one between them

struct Section {  // what stands between two rules
  std::vector<Group> groups;
};

std::string_view trimmed(std::string_view s) {
  for (;;) {
    s = trim(s);
    if (s.starts_with("　")) s.remove_prefix(3);
    else if (s.ends_with("　")) s.remove_suffix(3);
    else return s;
  }
}

// Three or more of one mark and nothing else.
bool is_rule(std::string_view line) {
  if (line.empty()) return false;
  size_t i = 0, count = 0;
  char32_t first = 0;
  while (i < line.size()) {
    const char32_t c = text::next_utf8(line, i);
    if (c == ' ') continue;
    if (first == 0) first = c;
    if (c != first) return false;
    ++count;
  }
  const bool mark = first == '-' || first == '=' || first == '_' || first == '*' || first == '~' || first == '#' ||
                    first == '+' || (first >= 0x2010 && first <= 0x2015) || (first >= 0x2500 && first <= 0x257F) ||
                    first == U'＝' || first == U'＿' || first == U'－' || first == U'ー' || first == U'＊' ||
                    first == U'～' || first == U'・';
  return mark && count >= 3;
}

// Up to `most` bytes of lines; cut: there is more. What the article cannot hold need not be looked at.
std::vector<Section> sections_of(std::string_view text, size_t most, bool& cut) {
  std::vector<Section> out(1);
  size_t from = 0, taken = 0;
  Group group;
  const auto close = [&] {
    if (!group.empty()) out.back().groups.push_back(std::move(group));
    group.clear();
  };
  while (from < text.size()) {
    size_t end = text.find_first_of("\n\f", from);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view line = trimmed(text.substr(from, end - from));
    if (line.empty()) {
      close();
    } else if (is_rule(line)) {
      close();
      if (!out.back().groups.empty()) out.emplace_back();
    } else {
      group.push_back({static_cast<uint32_t>(line.data() - text.data()), line});
      taken += line.size() + 1;
    }
    from = end + 1;
    if (cut = taken > most && from < text.size(); cut) break;
  }
  close();
  if (out.back().groups.empty() && out.size() > 1) out.pop_back();
  return out;
}

bool ends_sentence(std::string_view line) {
  for (const std::string_view end : {"。", "！", "？", ".", "!", "?", "」", "』", ":", "：", "”", "\"", ")", "）"})
    if (line.ends_with(end)) return true;
  return false;
}

bool is_east_at(std::string_view s, bool end) {
  if (s.empty()) return false;
  size_t i = 0;
  if (end) {
    i = s.size() - 1;
    while (i > 0 && (static_cast<unsigned char>(s[i]) & 0xC0) == 0x80) --i;
  }
  const char32_t c = text::next_utf8(s, i);
  return c >= 0x3000 && c <= 0xFFEF;
}

// The length of a list mark with its blank: "- ", "・", "1. ", "(2) ", "①".
size_t list_mark(std::string_view line) {
  for (const std::string_view mark : {"- ", "* ", "+ ", "– ", "・", "• ", "•", "●", "○", "◆", "■", "▪", "‣"})
    if (line.starts_with(mark)) return line.size() > mark.size() ? mark.size() : 0;
  size_t i = 0;
  const bool paren = !line.empty() && line[0] == '(';
  i += paren;
  const size_t digits = i;
  while (i < line.size() && is_digit(line[i]) && i - digits < 3) ++i;
  if (i == digits || i >= line.size()) return 0;
  if (paren ? line[i] != ')' : line[i] != '.' && line[i] != ')') return 0;
  ++i;
  return i < line.size() && line[i] == ' ' ? i + 1 : 0;
}

// Whether the lines of the group are one paragraph that was broken to a width.
bool is_wrapped(const Group& group) {
  if (group.size() < 2) return false;
  size_t widest = 0, narrowest = ~size_t{0}, lower = 0, unfinished = 0, east = 0;
  for (size_t i = 0; i + 1 < group.size(); ++i) {
    const size_t width = columns(group[i].text);
    widest = std::max(widest, width);
    narrowest = std::min(narrowest, width);
    unfinished += !ends_sentence(group[i].text);
    east += is_east_at(group[i].text, true);
    const char next = group[i + 1].text[0];
    lower += (next >= 'a' && next <= 'z') || is_digit(next) || next == '(' || next == '"';
    if (list_mark(group[i + 1].text) > 0) return false;
  }
  const size_t breaks = group.size() - 1;
  if (columns(group.back().text) > widest + 8 || widest < 36 || widest > 120 || unfinished == 0) return false;
  if (east * 2 > breaks) return widest - narrowest <= 12 && unfinished * 2 >= breaks;
  return widest - narrowest <= 24 && lower * 2 >= breaks;
}

bool looks_like_heading(const Group& group) {
  if (group.size() != 1) return false;
  const std::string_view line = group[0].text;
  if (ends_sentence(line) && !line.ends_with("）") && !line.ends_with(")") && !line.ends_with("?")) return false;
  if (line.find("://") != std::string_view::npos || line.find('@') != std::string_view::npos ||
      line.find("[.]") != std::string_view::npos || line.find("：") != std::string_view::npos ||
      line.find(": ") != std::string_view::npos)
    return false;
  return columns(line) <= 60 && line.find("、") == std::string_view::npos;
}

void add_line(Builder& out, const Line& line, Kind kind) {
  std::string_view text = line.text;
  uint32_t at = line.at;
  if (kind == Kind::paragraph)
    if (const size_t mark = list_mark(text)) {
      kind = Kind::item;
      text.remove_prefix(mark);
      at += static_cast<uint32_t>(mark);
    }
  out.begin(kind);
  out.add(text, at);
  out.end();
}

void add_group(Builder& out, const Group& group, bool last) {
  bool quoted = true;
  for (const Line& line : group) quoted &= line.text.starts_with(">");
  if (quoted) {
    for (Line line : group) {
      while (line.text.starts_with(">") || line.text.starts_with(" ")) line.text.remove_prefix(1), ++line.at;
      if (!line.text.empty()) add_line(out, line, Kind::quote);
    }
    return;
  }
  if (!last && looks_like_heading(group)) return add_line(out, group[0], Kind::heading);
  if (!is_wrapped(group)) {
    for (const Line& line : group) add_line(out, line, Kind::paragraph);
    return;
  }
  const size_t mark = list_mark(group[0].text);
  out.begin(mark ? Kind::item : Kind::paragraph);
  for (size_t i = 0; i < group.size(); ++i) {
    const size_t skip = i == 0 ? mark : 0;
    if (i > 0 && !(is_east_at(group[i - 1].text, true) && is_east_at(group[i].text, false))) out.space();
    out.add(group[i].text.substr(skip), group[i].at + static_cast<uint32_t>(skip));
  }
  out.end();
}

bool is_prose(const Group& group) {
  size_t size = 0;
  bool stop = false;
  for (const Line& line : group) {
    size += line.text.size();
    stop |= line.text.find("。") != std::string_view::npos || line.text.find(". ") != std::string_view::npos ||
            line.text.ends_with(".");
  }
  return stop && size >= 100;
}

// Lines that stand on three pages of a PDF or more, and page numbers: no part of the text.
void drop_page_furniture(std::string& text) {
  if (std::count(text.begin(), text.end(), '\f') < 3) return;
  std::unordered_map<std::string_view, int> seen;
  for (const std::string_view page : split(text, '\f'))
    for (const std::string_view line : split(page, '\n'))
      if (!trimmed(line).empty() && line.size() < 200) ++seen[trimmed(line)];
  std::string out;
  for (const std::string_view page : split(text, '\f')) {
    for (const std::string_view line : split(page, '\n')) {
      const std::string_view t = trimmed(line);
      const bool number = !t.empty() && t.size() <= 4 && std::all_of(t.begin(), t.end(), is_digit);
      if (number || (!t.empty() && seen[t] >= 3 && columns(t) < 100)) continue;
      out.append(line).append("\n");
    }
  }
  text = std::move(out);
}

// Lines under the last story that say how the letter is left, with an address: they are no story, and a reader who
// looks for addresses wants to know them.
void add_footer(Builder& out, const std::vector<Section>& sections, size_t from, const Words::Impl& words) {
  constexpr size_t kLines = 8;
  size_t taken = 0;
  for (size_t s = from; s < sections.size(); ++s)
    for (const Group& group : sections[s].groups) {
      bool footer = false;
      for (const Line& line : group)
        for (const std::string& word : words.footer)
          footer |= line.text.size() <= 600 && ifind(line.text, word) != std::string_view::npos;
      if (!footer || group.size() > kLines) continue;
      for (const Line& line : group) {
        const bool address =
            line.text.find('@') != std::string_view::npos || line.text.find("://") != std::string_view::npos;
        if (!address || ++taken > kLines || out.full()) continue;
        add_line(out, line, Kind::meta);
      }
    }
}

}  // namespace

void read_plain(const Job& job, const Content& given, Article& article) {
  Content pages;
  if (article.format == Format::pdf) {
    pages = given;
    drop_page_furniture(pages.text);
  }
  const Content& content = article.format == Format::pdf ? pages : given;
  Builder out(article, content, job.options.text_bytes);
  bool cut = false;
  std::vector<Section> sections = sections_of(content.text, 2 * job.options.text_bytes, cut);
  if (cut) out.limit("text_bytes");
  std::vector<Group> groups;
  for (Section& section : sections)
    for (Group& group : section.groups) groups.push_back(std::move(group));
  if (groups.empty()) return;

  // Lines above the title may say who and when.
  size_t g = 0, i = 0;
  std::vector<Line> meta;
  const auto next = [&] {
    if (++i >= groups[g].size()) ++g, i = 0;
  };
  while (g < groups.size() && meta.size() < 3) {
    const Byline byline = read_byline(groups[g][i].text, {}, job.words);
    const bool more = g + 1 < groups.size() || i + 1 < groups[g].size();
    // A headline may carry a date: only a line that is little else stands above one.
    if (!byline.is_byline || !byline.date.known() || columns(groups[g][i].text) > 40 || !more) break;
    meta.push_back(groups[g][i]);
    next();
  }
  const Line title = groups[g][i];
  const std::string_view opening = utf8_prefix(title.text, 4096);
  const bool prose = i == 0 && is_prose({title}) && columns(opening) > 160;
  if (prose) {  // a text without a title: its first sentence names it, and stays where it is
    const std::vector<Range> first =
        sentences(opening, {0, static_cast<uint32_t>(opening.size())}, 1 + 1, job.options.words);
    article.title = first.empty() ? std::string() : squeezed(opening.substr(first[0].at, first[0].length));
  } else {
    out.begin(Kind::title);
    out.add(title.text, title.at);
    article.title = squeezed(out.passage());
    out.end();
    next();
  }
  for (const Line& line : meta) add_line(out, line, Kind::meta);
  for (int n = 0; n < 3 && g < groups.size() && !prose; ++n) {
    if (!read_byline(groups[g][i].text, {}, job.words).is_byline) {
      // The office on a line of its own, with the day right below it.
      const bool below = i + 1 < groups[g].size() && read_byline(groups[g][i + 1].text, {}, job.words).bare;
      if (!below || office_name(groups[g][i].text, job.words).empty()) break;
    }
    add_line(out, groups[g][i], Kind::meta);
    next();
  }
  // A message may end with its day, on a line of its own.
  std::vector<Line> closing;
  if (g < groups.size() && groups.back().size() > (g + 1 == groups.size() ? i : 0) &&
      read_byline(groups.back().back().text, {}, job.words).bare) {
    closing.push_back(groups.back().back());
    groups.back().pop_back();
    if (groups.back().empty()) groups.pop_back();
  }
  for (; g < groups.size() && !out.full(); ++g, i = 0) {
    Group rest(groups[g].begin() + static_cast<std::ptrdiff_t>(i), groups[g].end());
    add_group(out, rest, g + 1 == groups.size());
  }
  for (const Line& line : closing) add_line(out, line, Kind::meta);
}

Letter read_letter(const Job& job, const Content& content, Article& article) {
  Letter letter;
  Builder out(article, content, job.options.text_bytes);
  bool cut = false;
  std::vector<Section> sections = sections_of(content.text, 2 * job.options.text_bytes, cut);
  if (cut) out.limit("text_bytes");
  // The first section that tells something, and its first paragraph.
  size_t s = 0, p = 0;
  bool found = false;
  for (; s < sections.size() && !found; ++s)
    for (p = 0; p < sections[s].groups.size(); ++p)
      if (is_prose(sections[s].groups[p])) {
        found = true;
        break;
      }
  if (found) --s;
  else s = 0, p = 0;
  if (sections[s].groups.empty()) return letter;
  std::vector<Group>& groups = sections[s].groups;

  Line title;
  if (p > 0 && groups[p - 1].size() <= 2) {
    title = groups[p - 1].back();
  } else if (groups[p].size() > 1 && columns(groups[p][0].text) <= 100 && !ends_sentence(groups[p][0].text) &&
             !is_wrapped(groups[p])) {
    title = groups[p][0];
    groups[p].erase(groups[p].begin());
  } else if (p == 0 && s > 0 && sections[s - 1].groups.back().size() == 1) {
    title = sections[s - 1].groups.back()[0];
  }
  const Line& first = sections[0].groups[0][0];
  if (first.at != title.at && columns(first.text) <= 100 && !is_prose({first}))
    letter.masthead = std::string(first.text);

  // The mark that begins this story begins the next one, too.
  const auto story_mark = [](std::string_view line) {
    size_t i = 0;
    const char32_t c = line.empty() ? U'\0' : text::next_utf8(line, i);
    return (c >= 0x25A0 && c <= 0x25FF) || c == 0x2605 || c == 0x2606 || c == U'※' || c == '*' ? line.substr(0, i)
                                                                                               : std::string_view();
  };
  const std::string_view mark = story_mark(title.text);
  if (!title.text.empty()) {
    std::string_view t = title.text;
    uint32_t at = title.at;
    if (!mark.empty()) t.remove_prefix(mark.size()), at += static_cast<uint32_t>(mark.size());
    const std::string_view shown = trimmed(t);
    at += static_cast<uint32_t>(shown.data() - t.data());
    out.begin(Kind::title);
    out.add(shown, at);
    article.title = squeezed(out.passage());
    out.end();
  }
  if (!letter.masthead.empty()) add_line(out, first, Kind::meta);

  bool over = false;
  for (size_t g = p; g < groups.size() && !out.full(); ++g) {
    if (!mark.empty() && groups[g][0].text.starts_with(mark)) over = true;
    if (over && !mark.empty() && groups[g][0].text.starts_with(mark))
      article.left_out.push_back(squeezed(groups[g][0].text.substr(mark.size())));
    if (over) continue;
    add_group(out, groups[g], g + 1 == groups.size());
  }
  add_footer(out, sections, s + 1, job.words);
  for (size_t k = s + 1; k < sections.size() && article.left_out.size() < 50; ++k)
    if (!sections[k].groups.empty())
      article.left_out.push_back(squeezed(utf8_prefix(sections[k].groups[0][0].text, 120)));
  return letter;
}

}  // namespace sekisho::article
