// Takes an HTML page, gives the article in it: title, byline, passages, links; what cannot be seen is told. Entry:
// read_html. What a reader sees comes from html::read_page, where it stands on the page from read_shape; the two meet
// by their offsets. Furniture is left out by its element, its names, and by being nothing but links.
#include <algorithm>

#include "article/html_shape.h"
#include "article/reading.h"
#include "base/strings.h"
#include "html/page.h"
#include "text/charset.h"

namespace sekisho::article {
namespace {

using Kind = Passage::Kind;
using What = Part::What;

constexpr size_t kHtml = 8u << 20;  // bytes of a page that are read
constexpr size_t kAltWords = 6, kCommentWords = 4;

struct Block {
  size_t first_run, end_run;  // in Page::runs, hidden ones between them
  uint32_t at, end;           // in Page::text
  int part;
  Kind kind;
  size_t linked = 0;  // bytes within links
  bool soft, h1;
  bool out = false;  // not of the article
  size_t size() const { return end - at; }
  bool link_only() const { return linked * 10 > size() * 6; }
};

class PageArticle {
 public:
  PageArticle(const Job& job, const Content& content, Article& article)
      : job_(job),
        content_(content),
        html_(utf8_prefix(content.text, kHtml)),
        shape_(read_shape(html_, job.words)),
        article_(article),
        out_(article, content, job.options.text_bytes) {
    Limits limits = job.options.limits;
    limits.html_bytes = kHtml;
    limits.text_bytes = job.options.text_bytes;
    page_ = html::read_page(html_, limits);
    article.limits_hit = page_.limits_hit;
    if (html_.size() < content.text.size()) out_.limit("html_bytes");
  }

  void run() {
    gather();
    find_title();
    weigh();
    choose();
    machine_marks();
    emit();
    links();
    hidden();
  }

 private:
  std::string_view text_of(const Block& b) const { return std::string_view(page_.text).substr(b.at, b.size()); }
  Part& part(int i) { return shape_.parts[static_cast<size_t>(i)]; }
  std::string mark(const WordList& names) const {
    for (const std::string& name : names)
      if (const auto found = shape_.meta.find(name); found != shape_.meta.end() && !trim(found->second).empty())
        return squeezed(found->second);
    return {};
  }

  // Runs that are seen, by block.
  void gather() {
    size_t s = 0;
    uint32_t block = ~0u;
    for (size_t r = 0; r < page_.runs.size(); ++r) {
      const html::Run& run = page_.runs[r];
      if (run.hidden != html::Hidden::no) continue;
      while (s + 1 < shape_.segments.size() && shape_.segments[s + 1].offset <= run.offset) ++s;
      const Segment segment = shape_.segments.empty() ? Segment{} : shape_.segments[s];
      if (blocks_.empty() || segment.block != block) {
        blocks_.push_back({r, r, run.at, run.at, segment.part, segment.kind, 0, segment.soft, segment.h1});
        block = segment.block;
      }
      Block& b = blocks_.back();
      b.end_run = r + 1;
      b.end = run.at + run.length;
      if (segment.linked) b.linked += run.length;
    }
  }

  void find_title() {
    const std::string document = squeezed(mark({"title"}));
    std::string named = mark(job_.words.title_marks);
    if (named.empty())
      if (const auto found = shape_.meta.find("ld:headline"); found != shape_.meta.end())
        named = squeezed(found->second);
    const Block* best = nullptr;
    size_t best_score = 0;
    for (const Block& b : blocks_) {
      if (!b.h1) continue;
      const std::string text = squeezed(text_of(b));
      if (text.empty()) continue;
      // The one that the document's own title repeats is the headline; a logo may be an <h1> too.
      size_t score = 1;
      if (!named.empty() && (named == text || named.starts_with(text) || text.starts_with(named)))
        score += 1000 + text.size();
      else if (document.find(text) != std::string::npos)
        score += document.starts_with(text) && document.size() > text.size() ? 900 + text.size() : text.size() + 100;
      if (shape_.within(b.part, What::article)) score += 50;
      if (!shape_.within(b.part, What::furniture)) score += 10;
      if (score > best_score) best_score = score, best = &b;
    }
    if (best) {
      title_ = static_cast<size_t>(best - blocks_.data());
      article_.title = squeezed(text_of(*best));
      for (int p = best->part; p >= 0; p = part(p).parent) part(p).titled = true;
    } else if (!named.empty()) {
      article_.title = named;
    }
    site_ = site_of_title(document, article_.title);
    if (article_.title.empty()) {
      article_.title = document;
      if (!site_.empty()) {
        // "Headline | Site"
        const size_t at = document.rfind(site_);
        std::string_view head = std::string_view(document).substr(0, at);
        while (!head.empty() &&
               (is_space(head.back()) || head.back() == '|' || head.back() == '-' || head.back() == ':'))
          head.remove_suffix(1);
        for (const std::string_view end : {"｜", "–", "—", "»", "：", "／"})
          if (head.ends_with(end)) head.remove_suffix(end.size());
        if (at != std::string::npos && !trim(head).empty()) article_.title = squeezed(head);
      }
    }
    // A heading or the first line of the page may say the title, too.
    if (title_ == kNone)
      for (size_t i = 0; i < blocks_.size() && i < 200; ++i)
        if (!article_.title.empty() && squeezed(text_of(blocks_[i])) == article_.title) {
          title_ = i;
          break;
        }
  }

  static bool is_prose(std::string_view text) {
    return text.size() >= 80 &&
           (text.find("。") != std::string_view::npos || text.find(". ") != std::string_view::npos ||
            text.ends_with(".") || text.size() >= 200);
  }

  // How much prose each part of the page holds, and what is furniture by that.
  void weigh() {
    for (const Block& b : blocks_) {
      const std::string_view text = text_of(b);
      if (!is_prose(text) || b.link_only()) continue;
      const size_t prose = text.size() - b.linked;
      if (shape_.within(b.part, What::unseen)) continue;
      for (int p = b.part; p >= 0; p = part(p).parent) part(p).prose += prose;
    }
    out_of_it_.assign(shape_.parts.size(), false);
    const size_t total = shape_.parts[0].prose;
    for (size_t i = 1; i < shape_.parts.size(); ++i) {
      const Part& p = shape_.parts[i];
      bool out = p.what == What::furniture || p.what == What::unseen;
      if (p.what == What::maybe_furniture) out = !(p.titled || p.prose * 2 > total);
      out_of_it_[i] = out || out_of_it_[static_cast<size_t>(p.parent)];
    }
    prose_ = 0;
    for (Block& b : blocks_) {
      b.out = out_of_it_[static_cast<size_t>(b.part)];
      if (!b.out && is_prose(text_of(b)) && !b.link_only()) prose_ += b.size() - b.linked;
    }
  }

  // The part that holds the article, if one does; else what follows the title.
  void choose() {
    int best = -1;
    for (const auto& [what, share] : {std::pair{What::article, 4}, {What::body, 6}, {What::main, 5}}) {
      for (size_t i = 1; i < shape_.parts.size(); ++i) {
        const Part& p = shape_.parts[i];
        if (p.what != what || out_of_it_[i] || p.prose * 10 < prose_ * static_cast<size_t>(share) || p.prose == 0)
          continue;
        if (best < 0 || p.prose > part(best).prose) best = static_cast<int>(i);
      }
      if (best >= 0) break;
    }
    if (best >= 0) {
      std::vector<bool> inside(shape_.parts.size(), false);
      for (size_t i = static_cast<size_t>(best); i < shape_.parts.size(); ++i)
        inside[i] = static_cast<int>(i) == best ||
                    (shape_.parts[i].parent >= best && inside[static_cast<size_t>(shape_.parts[i].parent)]);
      size_t begun = blocks_.size();
      for (size_t i = 0; i < blocks_.size(); ++i)
        if (inside[static_cast<size_t>(blocks_[i].part)]) begun = std::min(begun, i);
      for (size_t i = 0; i < blocks_.size(); ++i) {
        Block& b = blocks_[i];
        // Who and when often stands between the title and the container of the text.
        const bool byline = title_ != kNone && i > title_ && i < begun && i < title_ + 8 &&
                            read_byline(squeezed(text_of(b)), {}, job_.words).is_byline;
        b.out |= !inside[static_cast<size_t>(b.part)] && i != title_ && !byline;
      }
      return;
    }
    if (title_ != kNone)
      for (size_t i = 0; i < title_; ++i) blocks_[i].out = true;
    // Three or more lines in a row that are links alone lead elsewhere.
    for (size_t i = 0; i < blocks_.size();) {
      size_t end = i;
      while (end < blocks_.size() && (blocks_[end].out || blocks_[end].link_only())) ++end;
      size_t kept = 0;
      for (size_t k = i; k < end; ++k) kept += !blocks_[k].out;
      if (kept >= 3)
        for (size_t k = i; k < end; ++k) blocks_[k].out = true;
      i = end + 1;
    }
  }

  void machine_marks() {
    const auto value_of = [&](const std::string& key) {
      const auto found = shape_.meta.find(key);
      return found == shape_.meta.end() ? std::string() : found->second;
    };
    for (const std::string& name : job_.words.published_marks) {
      for (const std::string& key : {"ld:" + name, name}) {
        if (article_.published.known()) break;
        article_.published = machine_date(value_of(key));
      }
      if (!article_.published.known())
        for (const auto& [key, value] : shape_.meta)  // "ld:@graph.datepublished"
          if (key.starts_with("ld:") && key.ends_with("." + name) && !article_.published.known())
            article_.published = machine_date(value);
    }
    for (const bool marked : {true, false})
      for (const Shape::Time& time : shape_.times)
        if (!article_.published.known() && (time.published || !marked) && !out_of_it_[static_cast<size_t>(time.part)])
          article_.published = machine_date(time.value);
    article_.published_marked = article_.published.known();

    for (const char* key : {"ld:publisher.name", "ld:publisher"})
      if (article_.publisher.empty()) article_.publisher = squeezed(value_of(key));
    for (const auto& [key, value] : shape_.meta)
      if (article_.publisher.empty() && key.starts_with("ld:") &&
          (key.ends_with("publisher.name") || key.ends_with(".publisher")))
        article_.publisher = squeezed(value);
    if (article_.publisher.empty()) article_.publisher = mark(job_.words.site_marks);
    if (article_.publisher.empty()) article_.publisher = site_;
    if (article_.publisher.size() > 200 || article_.publisher.find("://") != std::string::npos)
      article_.publisher.clear();
    article_.url = shape_.canonical.empty() ? mark(job_.words.url_marks) : shape_.canonical;
    article_.language = ascii_lower(utf8_prefix(shape_.language, 2));
  }

  void add_runs(const Block& b, bool code) {
    for (size_t r = b.first_run; r < b.end_run; ++r) {
      const html::Run& run = page_.runs[r];
      if (run.hidden != html::Hidden::no) continue;
      if (run.at > b.at && r > b.first_run) {
        // The blank or break between two runs belongs to neither.
        const char gap = page_.text[run.at - 1];
        if (gap == '\n' && code) out_.begin(Kind::code);
        else if (last_end_ < run.at && is_space(gap)) out_.space();
      }
      last_end_ = run.at + run.length;
      const std::string_view shown = std::string_view(page_.text).substr(run.at, run.length);
      if (places_.empty() || out_.at() > places_.back().second) places_.emplace_back(run.at, out_.at());
      if (html_.substr(run.offset, run.length) == shown) out_.add(shown, run.offset);
      else out_.add_made(shown, run.offset);
    }
    places_.emplace_back(b.end, out_.at());
  }

  // A line that was broken by <br> within a sentence goes on in the next block.
  bool goes_on(const Block& before, const Block& b) const {
    if (!b.soft || b.part != before.part || b.kind != before.kind || b.kind == Kind::code) return false;
    const std::string_view text = text_of(before);
    for (const std::string_view end : {"。", "！", "？", ".", "!", "?", "」", "』", ":", "：", "）", ")", ";"})
      if (text.ends_with(end)) return false;
    if (columns(text) < 40 || text.find("://") != std::string_view::npos) return false;
    const std::string_view next = text_of(b);
    return !next.starts_with("・") && !next.starts_with("■") && !next.starts_with("- ") && !next.starts_with("※");
  }

  void emit() {
    if (title_ != kNone) {
      out_.begin(Kind::title);
      add_runs(blocks_[title_], false);
      out_.end();
    } else if (!article_.title.empty()) {
      out_.begin(Kind::title);
      const size_t tag = ifind(html_, "<title");
      out_.add_made(article_.title, static_cast<uint32_t>(tag == std::string_view::npos ? 0 : tag));
      out_.end();
    }
    size_t before = kNone, seen = 0;
    for (size_t i = 0; i < blocks_.size() && !out_.full(); ++i) {
      const Block& b = blocks_[i];
      if (b.out || i == title_ || text_of(b).empty()) continue;
      Kind kind = b.kind;
      const bool near_top = seen < 6;
      ++seen;
      if (b.h1 && squeezed(text_of(b)) == article_.title) continue;
      const bool prose = is_prose(text_of(b));
      const bool continued = i + 1 < blocks_.size() && goes_on(b, blocks_[i + 1]);
      if (kind == Kind::cell && (prose || continued || b.size() > 200))
        kind = Kind::paragraph;  // a page laid out by a table
      if (b.size() < 400 && kind != Kind::heading && kind != Kind::code) {
        const bool named = shape_.within(b.part, What::meta) && !prose;
        if (named ||
            (near_top && !prose && read_byline(squeezed(text_of(b)), article_.published, job_.words).is_byline))
          kind = Kind::meta;
      }
      if (before != kNone && before + 1 == i && out_.open() && goes_on(blocks_[before], b)) {
        const unsigned char last = static_cast<unsigned char>(text_of(blocks_[before]).back());
        if (last < 0x80) out_.space();
      } else {
        out_.begin(kind);
      }
      add_runs(b, kind == Kind::code);
      before = i;
    }
    out_.end();
  }

  uint32_t place(uint32_t at) const {
    auto after =
        std::upper_bound(places_.begin(), places_.end(), at, [](uint32_t v, const auto& p) { return v < p.first; });
    if (after == places_.begin()) return 0;
    return (after - 1)->second + (at - (after - 1)->first);
  }

  void links() {
    std::sort(places_.begin(), places_.end());
    std::vector<std::pair<uint32_t, uint32_t>> kept;
    for (size_t i = 0; i < blocks_.size(); ++i)
      if (!blocks_[i].out) kept.emplace_back(blocks_[i].at, blocks_[i].end);
    for (const html::Link& link : page_.links) {
      if (link.hidden || link.href.empty()) continue;
      const auto after = std::upper_bound(kept.begin(), kept.end(), std::pair(link.text_at, ~0u));
      if (after == kept.begin() || link.text_at >= (after - 1)->second) continue;
      Link l{link.href, link.text, place(link.text_at), 0, content_.origin(link.offset)};
      const uint32_t end = std::min(place(link.text_at + link.text_length), out_.at());
      l.at = std::min(l.at, out_.at());
      l.length = end > l.at ? end - l.at : 0;
      article_.links.push_back(std::move(l));
    }
  }

  void hidden() {
    for (size_t r = 0; r < page_.runs.size();) {
      const html::Run& first = page_.runs[r];
      size_t end = r + 1;
      if (first.hidden == html::Hidden::no) {
        r = end;
        continue;
      }
      while (end < page_.runs.size() && page_.runs[end].hidden == first.hidden) ++end;
      const html::Run& last = page_.runs[end - 1];
      const std::string_view text =
          std::string_view(page_.hidden_text).substr(first.at, last.at + last.length - first.at);
      if (prose_words(text) > 0)
        out_.hide(std::string(html::to_string(first.hidden)).c_str(), first.offset,
                  last.offset + last.length - first.offset, text);
      r = end;
    }
    for (const Block& b : blocks_)
      if (shape_.within(b.part, What::unseen) && prose_words(text_of(b)) > 0)
        out_.hide("off_screen", page_.runs[b.first_run].offset, static_cast<uint32_t>(b.size()), text_of(b));
    for (const Comment& comment : shape_.comments) {
      const std::string_view text = trim(comment.text);
      if (text.starts_with("[if") || prose_words(text) < kCommentWords) continue;
      out_.hide("comment", comment.offset, comment.length, text);
    }
    for (const Shape::Alt& alt : shape_.alts)
      if (prose_words(alt.text) >= kAltWords) out_.hide("attribute", alt.offset, 1, alt.text);
  }

  static constexpr size_t kNone = ~size_t{0};

  const Job& job_;
  const Content& content_;
  std::string_view html_;
  Shape shape_;
  Article& article_;
  Builder out_;
  html::Page page_;
  std::vector<Block> blocks_;
  std::vector<bool> out_of_it_;                        // by part
  std::vector<std::pair<uint32_t, uint32_t>> places_;  // byte of Page::text, byte of Article::text
  std::string site_;
  size_t title_ = kNone, prose_ = 0;
  uint32_t last_end_ = 0;
};

}  // namespace

void read_html(const Job& job, const Content& content, Article& article) { PageArticle(job, content, article).run(); }

}  // namespace sekisho::article
