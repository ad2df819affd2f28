// Takes Markdown, gives title, byline and passages: headings, paragraphs, items, cells, quotations, code. Entry:
// read_markdown. Marks of emphasis and code are taken off, links keep their text; comments and what HTML in it hides
// are taken out and told. Front matter is read for title, date, author and site.
#include <algorithm>

#include "article/reading.h"
#include "base/strings.h"
#include "html/page.h"
#include "html/tokenizer.h"

namespace sekisho::article {
namespace {

using Kind = Passage::Kind;

constexpr char kGone = '\x01';  // stands for a byte that is no text; the builder drops control characters
constexpr size_t kLink = 4096;  // bytes of a link's text and target
constexpr int kFailed = 400;    // marks without partner in one line, after which marks are letters

struct Line {
  uint32_t at;
  std::string_view text;  // blanks at the end off
};

class Markdown {
 public:
  Markdown(const Job& job, const Content& content, Article& article)
      : job_(job),
        content_(content),
        article_(article),
        out_(article, content, job.options.text_bytes),
        text_(content.text) {}

  void run() {
    mask();
    std::string_view body = text_;
    size_t from = front_matter();
    std::vector<Line> lines;
    while (from < body.size()) {
      size_t end = body.find('\n', from);
      if (end == std::string_view::npos) end = body.size();
      std::string_view line = body.substr(from, end - from);
      while (!line.empty() && (is_space(line.back()) || line.back() == kGone)) line.remove_suffix(1);
      lines.push_back({static_cast<uint32_t>(from), line});
      from = end + 1;
    }
    read_targets(lines);
    for (size_t i = 0; i < lines.size() && !out_.full();) i = block(lines, i);
    flush();
    if (article_.title.empty()) title_from_front();
    mark_byline();
  }

 private:
  // Comments, HTML tags and what they hide become kGone; line feeds stay where they are.
  void mask() {
    if (text_.find('<') == std::string::npos) return;
    const std::string source = text_;
    const std::vector<std::pair<size_t, size_t>> code = code_ranges(source);
    const auto in_code = [&](size_t at) {
      auto after = std::upper_bound(code.begin(), code.end(), std::pair(at, ~size_t{0}));
      return after != code.begin() && at < (after - 1)->second;
    };
    const auto erase = [&](size_t at, size_t end) {
      for (size_t i = at; i < end && i < text_.size(); ++i)
        if (text_[i] != '\n') text_[i] = kGone;
    };
    html::Tokenizer tokens(source);
    bool styled = false;
    for (html::Token token = tokens.next(); token.kind != html::TokenKind::end; token = tokens.next()) {
      if (token.kind == html::TokenKind::text || in_code(token.offset)) continue;
      const size_t end = tokens.position();
      if (token.kind == html::TokenKind::comment && source.compare(token.offset, 4, "<!--") == 0) {
        if (prose_words(token.view) >= 4)
          out_.hide("comment", token.offset, static_cast<uint32_t>(end - token.offset), trim(token.view));
        erase(token.offset, end);
      } else if (token.kind != html::TokenKind::comment && token.tag != html::Tag::other) {
        if (token.kind == html::TokenKind::start_tag && tokens.attributes().count() > 0) styled = true;
        if (token.kind == html::TokenKind::start_tag &&
            (token.tag == html::Tag::script || token.tag == html::Tag::style)) {
          tokens.raw_text(token.view, token.tag == html::Tag::script);
          erase(token.offset, tokens.position());
          continue;
        }
        if (token.tag == html::Tag::br) {
          erase(token.offset, end);
          text_[token.offset] = ' ';
          continue;
        }
        erase(token.offset, end);
      } else if (token.kind == html::TokenKind::start_tag && tokens.attributes().count() > 0) {
        styled = true;
      }
    }
    if (!styled) return;
    // Read as a page that keeps its lines, only to learn what HTML in it hides.
    const html::Page page = html::read_page("<pre>" + source);
    for (size_t r = 0; r < page.runs.size();) {
      size_t end = r + 1;
      const html::Run& first = page.runs[r];
      if (first.hidden == html::Hidden::no || first.offset < 5 || in_code(first.offset - 5)) {
        r = end;
        continue;
      }
      while (end < page.runs.size() && page.runs[end].hidden == first.hidden) ++end;
      const html::Run& last = page.runs[end - 1];
      const std::string_view said =
          std::string_view(page.hidden_text).substr(first.at, last.at + last.length - first.at);
      if (prose_words(said) > 0)
        out_.hide(std::string(html::to_string(first.hidden)).c_str(), first.offset - 5,
                  last.offset + last.length - first.offset, said);
      for (size_t k = r; k < end; ++k) erase(page.runs[k].offset - 5, page.runs[k].offset - 5 + page.runs[k].length);
      r = end;
    }
  }

  // Fenced blocks and code spans.
  static std::vector<std::pair<size_t, size_t>> code_ranges(const std::string& s) {
    std::vector<std::pair<size_t, size_t>> out;
    bool fenced = false;
    size_t began = 0;
    for (size_t from = 0; from < s.size();) {
      size_t end = s.find('\n', from);
      if (end == std::string::npos) end = s.size();
      const std::string_view line = std::string_view(s).substr(from, end - from);
      const std::string_view t = trim(line);
      if (t.starts_with("```") || t.starts_with("~~~")) {
        if (fenced) out.emplace_back(began, end);
        else began = from;
        fenced = !fenced;
      } else if (!fenced) {
        size_t open = line.find('`');
        while (open != std::string_view::npos) {
          const size_t close = line.find('`', open + 1);
          if (close == std::string_view::npos) break;
          out.emplace_back(from + open, from + close + 1);
          open = line.find('`', close + 1);
        }
      }
      from = end + 1;
    }
    if (fenced) out.emplace_back(began, s.size());
    return out;
  }

  size_t front_matter() {
    if (!text_.starts_with("---\n") && !text_.starts_with("---\r\n")) return 0;
    size_t from = text_.find('\n') + 1;
    const size_t start = from;
    for (int n = 0; n < 200 && from < text_.size(); ++n) {
      size_t end = text_.find('\n', from);
      if (end == std::string::npos) end = text_.size();
      const std::string_view line = trim(std::string_view(text_).substr(from, end - from));
      from = end + 1;
      if (line == "---" || line == "...") return front_fields(start), std::min(from, text_.size());
      if (!line.empty() && line.find(':') == std::string_view::npos && line[0] != '-' && line[0] != '#') return 0;
    }
    return 0;
  }

  void front_fields(size_t from) {
    while (from < text_.size()) {
      size_t end = text_.find('\n', from);
      if (end == std::string::npos) end = text_.size();
      const std::string_view line = trim(std::string_view(text_).substr(from, end - from));
      from = end + 1;
      if (line == "---" || line == "...") return;
      const size_t colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      const std::string key = ascii_lower(trim(line.substr(0, colon)));
      std::string_view value = trim(line.substr(colon + 1));
      if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
        value = value.substr(1, value.size() - 2);
      if (value.empty()) continue;
      if (key == "title")
        front_title_ = std::string(value), front_title_at_ = static_cast<uint32_t>(value.data() - text_.data());
      if ((key == "date" || key == "published" || key == "pubdate") && !article_.published.known()) {
        article_.published = machine_date(value);
        article_.published_marked = article_.published.known();
      }
      if ((key == "publisher" || key == "site" || key == "site_name") && article_.publisher.empty())
        article_.publisher = squeezed(value);
      if (key == "url" || key == "canonical_url" || key == "source_url") article_.url = std::string(value);
    }
  }

  void title_from_front() {
    if (front_title_.empty()) {
      // No heading at all: the first passage names the text.
      if (!article_.passages.empty()) {
        Passage& first = article_.passages.front();
        article_.title =
            squeezed(std::string_view(article_.text).substr(first.at, std::min<uint32_t>(first.length, 300)));
        if (first.length <= 200) first.kind = Kind::title;
      }
      return;
    }
    article_.title = squeezed(front_title_);
    Article rest = std::move(article_);
    // The title comes first: what was read moves behind it.
    article_ = Article();
    Builder builder(article_, content_, job_.options.text_bytes);
    builder.begin(Kind::title);
    builder.add(front_title_, front_title_at_);
    builder.end();
    const auto shift = static_cast<uint32_t>(article_.text.size());
    const Passage title = article_.passages.empty() ? Passage{} : article_.passages[0];
    rest.text.insert(0, article_.text);
    for (Passage& p : rest.passages) p.at += shift;
    for (Link& l : rest.links) l.at += shift;
    for (Article::Mark& m : rest.marks) m.at += shift;
    rest.marks.insert(rest.marks.begin(), article_.marks.begin(), article_.marks.end());
    rest.hidden.insert(rest.hidden.begin(), article_.hidden.begin(), article_.hidden.end());
    if (title.length) rest.passages.insert(rest.passages.begin(), title);
    article_ = std::move(rest);
  }

  // [name]: target
  void read_targets(std::vector<Line>& lines) {
    for (Line& line : lines) {
      if (!line.text.starts_with("[") || line.text.starts_with("[^")) continue;
      const size_t close = line.text.find("]:");
      if (close == std::string_view::npos || close < 2 || close > 100) continue;
      std::string_view target = trim(line.text.substr(close + 2));
      target = target.substr(0, target.find_first_of(" \t"));
      if (target.empty()) continue;
      targets_[ascii_lower(line.text.substr(1, close - 1))] = std::string(target);
      line.text = {};
    }
  }

  void flush() {
    if (paragraph_.empty()) return;
    out_.begin(kind_);
    for (size_t i = 0; i < paragraph_.size(); ++i) {
      if (i > 0 && !joins_without_blank(paragraph_[i - 1].text, paragraph_[i].text)) out_.space();
      inline_text(paragraph_[i]);
    }
    out_.end();
    paragraph_.clear();
  }
  static bool joins_without_blank(std::string_view a, std::string_view b) {
    return !a.empty() && !b.empty() && static_cast<unsigned char>(a.back()) >= 0x80 &&
           static_cast<unsigned char>(b.front()) >= 0xE3;
  }

  static std::string_view without_gone(std::string_view s) {
    while (!s.empty() && (is_space(s.front()) || s.front() == kGone)) s.remove_prefix(1);
    return s;
  }
  static Line rest_of(const Line& line, std::string_view rest) {
    return {line.at + static_cast<uint32_t>(rest.data() - line.text.data()), rest};
  }

  size_t block(const std::vector<Line>& lines, size_t i) {
    const Line line = rest_of(lines[i], without_gone(lines[i].text));
    const std::string_view s = line.text;
    if (s.empty()) return flush(), i + 1;
    if (s.starts_with("```") || s.starts_with("~~~")) return fenced(lines, i, s.substr(0, 3));
    if (const size_t level = heading_level(s)) {
      flush();
      std::string_view text = trim(s.substr(level));
      while (!text.empty() && text.back() == '#') text.remove_suffix(1);
      heading(rest_of(line, trim(text)), level);
      return i + 1;
    }
    // Setext: a line of = or - under the text.
    if (!paragraph_.empty() && kind_ == Kind::paragraph && paragraph_.size() == 1 && s.size() >= 2 &&
        (s.find_first_not_of('=') == std::string_view::npos || s.find_first_not_of('-') == std::string_view::npos)) {
      const Line text = paragraph_[0];
      paragraph_.clear();
      heading(text, s[0] == '=' ? 1 : 2);
      return i + 1;
    }
    if (is_rule(s)) return flush(), i + 1;
    if (s.starts_with("|") ||
        (s.find(" | ") != std::string_view::npos && i + 1 < lines.size() && is_table_rule(lines[i + 1].text)))
      return row(line), i + 1;
    if (s.starts_with(">")) {
      if (kind_ != Kind::quote) flush();
      std::string_view text = s;
      while (text.starts_with(">") || text.starts_with(" ")) text.remove_prefix(1);
      kind_ = Kind::quote;
      if (text.empty()) flush();
      else paragraph_.push_back(rest_of(line, text));
      return i + 1;
    }
    if (const size_t mark = item_mark(s)) {
      flush();
      kind_ = Kind::item;
      std::string_view text = without_gone(s.substr(mark));
      for (const std::string_view box : {"[ ] ", "[x] ", "[X] "})
        if (text.starts_with(box)) text.remove_prefix(box.size());
      paragraph_.push_back(rest_of(line, text));
      return i + 1;
    }
    if (paragraph_.empty() || kind_ == Kind::quote) {
      flush();
      kind_ = Kind::paragraph;
    }
    paragraph_.push_back(line);
    // Two blanks or a backslash at the end break the line.
    const std::string_view raw = std::string_view(text_).substr(
        lines[i].at, std::min(text_.find('\n', lines[i].at), text_.size()) - lines[i].at);
    if (raw.ends_with("  ") || s.ends_with("\\")) {
      if (s.ends_with("\\")) paragraph_.back().text.remove_suffix(1);
      flush();
    }
    return i + 1;
  }

  static size_t heading_level(std::string_view s) {
    size_t n = 0;
    while (n < s.size() && s[n] == '#') ++n;
    return n >= 1 && n <= 6 && n < s.size() && s[n] == ' ' ? n : 0;
  }
  static bool is_rule(std::string_view s) {
    if (s[0] != '-' && s[0] != '*' && s[0] != '_') return false;
    size_t count = 0;
    for (const char c : s) {
      if (c == ' ') continue;
      if (c != s[0]) return false;
      ++count;
    }
    return count >= 3;
  }
  static bool is_table_rule(std::string_view s) {
    return s.find('-') != std::string_view::npos && s.find_first_not_of("|-: \t") == std::string_view::npos;
  }
  static size_t item_mark(std::string_view s) {
    if (s.size() > 2 && (s[0] == '-' || s[0] == '*' || s[0] == '+') && s[1] == ' ') return 2;
    size_t n = 0;
    while (n < s.size() && n < 3 && is_digit(s[n])) ++n;
    return n > 0 && n + 2 < s.size() && (s[n] == '.' || s[n] == ')') && s[n + 1] == ' ' ? n + 2 : 0;
  }

  void heading(const Line& line, size_t level) {
    flush();
    const bool title = article_.title.empty() && (level == 1 || article_.passages.empty()) && front_title_.empty();
    // A heading that repeats the title of the front matter says nothing new.
    out_.begin(title ? Kind::title : Kind::heading);
    inline_text(line);
    if (title) article_.title = squeezed(out_.passage());
    out_.end();
  }

  size_t fenced(const std::vector<Line>& lines, size_t i, std::string_view fence) {
    flush();
    for (++i; i < lines.size(); ++i) {
      if (trim(lines[i].text).starts_with(fence)) return i + 1;
      if (trim(lines[i].text).empty()) continue;
      out_.begin(Kind::code);
      out_.add(lines[i].text, lines[i].at);
      out_.end();
    }
    return i;
  }

  void row(const Line& line) {
    flush();
    if (is_table_rule(line.text)) return;
    std::string_view s = line.text;
    size_t from = s.starts_with("|") ? 1 : 0;
    bool code = false;
    for (size_t i = from; i <= s.size(); ++i) {
      if (i < s.size() && s[i] == '`') code = !code;
      if (i < s.size() && (s[i] != '|' || code || (i > 0 && s[i - 1] == '\\'))) continue;
      const std::string_view cell = trim(s.substr(from, i - from));
      if (!cell.empty()) {
        out_.begin(Kind::cell);
        inline_text(rest_of(line, cell));
        out_.end();
      }
      from = i + 1;
    }
  }

  // Emphasis, code, links, escapes.
  void inline_text(const Line& line) {
    const std::string_view s = line.text;
    size_t from = 0;
    const auto put = [&](size_t to) {
      if (to > from) out_.add(s.substr(from, to - from), line.at + static_cast<uint32_t>(from));
    };
    for (size_t i = 0; i < s.size();) {
      const char c = s[i];
      if (c == '\\' && i + 1 < s.size() && !is_alnum(s[i + 1]) && static_cast<unsigned char>(s[i + 1]) < 0x80 &&
          s[i + 1] != ' ') {
        put(i);
        from = i + 1;
        i += 2;
      } else if (c == '`') {
        size_t run = i;
        while (run < s.size() && s[run] == '`') ++run;
        const size_t close =
            failed_ > kFailed ? std::string_view::npos : s.substr(0, run + kLink).find(s.substr(i, run - i), run);
        failed_ += close == std::string_view::npos;
        put(i);
        if (close == std::string_view::npos) {
          from = i = run;
          continue;
        }
        from = run;
        put(close);
        from = i = close + (run - i);
      } else if (c == '*' || (c == '_' && word_edge(s, i)) || (c == '~' && s.substr(i).starts_with("~~"))) {
        size_t run = i;
        while (run < s.size() && s[run] == c) ++run;
        const bool lone = c == '*' && (i == 0 || is_space(s[i - 1])) && (run == s.size() || is_space(s[run]));
        // "h**p" and "5*3": marks of emphasis have a partner in the line.
        if (lone || !(opened(s, i, run) || open_marks_ > 0)) {
          i = run;
          continue;
        }
        put(i);
        if (open_marks_ > 0 && (run == s.size() || !is_alnum(s[run]) || i == 0 || !is_space(s[i - 1]))) --open_marks_;
        else ++open_marks_;
        from = i = run;
      } else if (c == '!' && i + 1 < s.size() && s[i + 1] == '[') {
        const size_t end = link(line, i + 1, i, from, true);
        if (end == 0) ++i;
        else from = i = end;
      } else if (c == '[') {
        const size_t end = link(line, i, i, from, false);
        if (end == 0) ++i;
        else from = i = end;
      } else if (c == '<' && (s.substr(i).starts_with("<http") || s.substr(i).starts_with("<mailto:") ||
                              s.substr(i).starts_with("<hxxp"))) {
        const size_t close = s.find('>', i);
        if (close == std::string_view::npos || close - i > kLink) {
          ++i;
          continue;
        }
        put(i);
        const uint32_t at = out_.at();
        from = i + 1;
        put(close);
        add_link(std::string(s.substr(i + 1, close - i - 1)), at, line.at + static_cast<uint32_t>(i));
        from = i = close + 1;
      } else {
        ++i;
      }
    }
    put(s.size());
    open_marks_ = 0;
    failed_ = 0;
  }
  static bool word_edge(std::string_view s, size_t i) {
    return i == 0 || i + 1 == s.size() || !is_alnum(s[i - 1]) || !is_alnum(s[i + 1]);
  }
  static bool opened(std::string_view s, size_t i, size_t run) {
    if (run >= s.size() || is_space(s[run])) return false;
    // Letters on both sides: no emphasis but in Japanese, and there with two marks.
    if (i > 0 && is_alnum(s[i - 1]) && is_alnum(s[run])) return false;
    return s.substr(0, std::min(s.size(), run + kLink)).find(s.substr(i, run - i), run) != std::string_view::npos;
  }

  void add_link(std::string href, uint32_t at, uint32_t offset) {
    if (article_.links.size() >= job_.options.limits.links) return out_.limit("links");
    const uint32_t length = out_.at() - at;
    article_.links.push_back({std::move(href), std::string(std::string_view(article_.text).substr(at, length)), at,
                              length, content_.origin(offset)});
  }

  // [text](target "title"), [text][name], ![alt](target); open: of '['. 0: none.
  size_t link(const Line& line, size_t open, size_t start, size_t from, bool image) {
    if (failed_ > kFailed) return 0;
    const std::string_view s = line.text.substr(0, std::min(line.text.size(), open + kLink));
    ++failed_;  // until it is one
    size_t close = open + 1;
    int depth = 1;
    for (; close < s.size(); ++close) {
      if (s[close] == '\\') ++close;
      else if (s[close] == '[') ++depth;
      else if (s[close] == ']' && --depth == 0) break;
    }
    if (close >= s.size() || close == open + 1) return 0;
    const std::string_view text = s.substr(open + 1, close - open - 1);
    std::string href;
    size_t end = close + 1;
    if (end < s.size() && s[end] == '(') {
      size_t k = end + 1;
      for (depth = 1; k < s.size(); ++k) {
        if (s[k] == '(') ++depth;
        else if (s[k] == ')' && --depth == 0) break;
      }
      if (k >= s.size()) return 0;
      std::string_view target = trim(s.substr(end + 1, k - end - 1));
      if (target.starts_with("<") && target.ends_with(">")) target = target.substr(1, target.size() - 2);
      else target = target.substr(0, target.find_first_of(" \t"));
      href = std::string(target);
      end = k + 1;
    } else if (end < s.size() && s[end] == '[') {
      const size_t k = s.find(']', end);
      if (k == std::string_view::npos) return 0;
      const std::string_view name = k == end + 1 ? text : s.substr(end + 1, k - end - 1);
      const auto found = targets_.find(ascii_lower(name));
      if (found == targets_.end()) return 0;
      href = found->second;
      end = k + 1;
    } else {
      // "[.]" and "[dot]" are no links unless the text names such a target.
      const auto found = targets_.find(ascii_lower(text));
      if (found == targets_.end()) return 0;
      href = found->second;
    }
    --failed_;
    if (start > from) out_.add(line.text.substr(from, start - from), line.at + static_cast<uint32_t>(from));
    if (image) {
      if (prose_words(text) >= 6)
        out_.hide("attribute", line.at + static_cast<uint32_t>(open), static_cast<uint32_t>(text.size()), text);
      return end;
    }
    const uint32_t at = out_.at();
    plain(text, line.at + static_cast<uint32_t>(open) + 1);
    add_link(std::move(href), at, line.at + static_cast<uint32_t>(open));
    return end;
  }
  // Text without marks of emphasis and code.
  void plain(std::string_view s, uint32_t at) {
    size_t from = 0;
    for (size_t i = 0; i <= s.size(); ++i) {
      if (i < s.size() && s[i] != '`' && s[i] != '*' && s[i] != '\\') continue;
      if (i > from) out_.add(s.substr(from, i - from), at + static_cast<uint32_t>(from));
      from = i + 1;
    }
  }

  // Up to three lines after the title that say who and when.
  void mark_byline() {
    size_t seen = 0;
    for (Passage& p : article_.passages) {
      if (p.kind == Kind::title) continue;
      if (++seen > 3 || p.kind != Kind::paragraph) return;
      if (!read_byline(std::string_view(article_.text).substr(p.at, p.length), {}, job_.words).is_byline) return;
      p.kind = Kind::meta;
    }
  }

  const Job& job_;
  const Content& content_;
  Article& article_;
  Builder out_;
  std::string text_;  // content.text, masked
  std::vector<Line> paragraph_;
  Kind kind_ = Kind::paragraph;
  StringMap<std::string> targets_;
  std::string front_title_;
  uint32_t front_title_at_ = 0;
  int open_marks_ = 0;
  int failed_ = 0;  // of this line: brackets and marks that were none
};

}  // namespace

void read_markdown(const Job& job, const Content& content, Article& article) { Markdown(job, content, article).run(); }

}  // namespace sekisho::article
