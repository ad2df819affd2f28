// Takes a feed file (RSS 0.9 to 2.0, RDF, Atom), gives one article an entry. Entry: read_feed. The tokens are those of
// our HTML tokenizer, with CDATA: no entity is ever expanded but character references, nothing is fetched. Of an
// entry's texts the longest is read, as HTML.
#include <algorithm>

#include "article/reading.h"
#include "base/strings.h"
#include "html/page.h"
#include "html/tokenizer.h"

namespace sekisho::article {
namespace {

using html::Token;
using html::TokenKind;

struct Field {
  std::string text;
  uint32_t offset = 0;
  std::vector<Article::Mark> marks;  // of text, in the feed's content
};

struct Entry {
  Field title, body;
  std::string link, id, author, published, updated;
};

std::string_view local_name(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class FeedReader {
 public:
  FeedReader(std::string_view xml, size_t most) : xml_(xml), tokens_(xml), most_(most) {}

  void run() {
    for (;;) {
      tokens_.allow_cdata(true);
      const Token token = tokens_.next();
      if (token.kind == TokenKind::end) return;
      if (token.kind == TokenKind::start_tag) start(token);
      else if (token.kind == TokenKind::end_tag) end(token);
    }
  }

  std::vector<Entry> entries;
  std::string title, link, language;
  bool cut = false;

 private:
  std::string attribute(const Token& token, std::string_view name) const {
    const auto raw = html::find_attribute(tokens_.written_attributes(token), name);
    return raw ? html::decode_entities(trim(*raw), true) : std::string();
  }

  void start(const Token& token) {
    const std::string_view name = token.view;
    if (iequals(name, "item") || iequals(name, "entry")) {
      cut |= entries.size() >= most_;
      inside_ = entries.size() < most_;
      done_ = !inside_;
      if (inside_) entries.emplace_back();
      return;
    }
    if (iequals(local_name(name), "link")) {
      std::string href = attribute(token, "href");
      const std::string rel = attribute(token, "rel");
      if (href.empty() && !token.self_closing) href = squeezed(field(token).text);
      if (href.empty() || (!rel.empty() && rel != "alternate")) return;
      std::string& to = inside_ ? entries.back().link : link;
      if (to.empty() && (inside_ || !done_)) to = href;
      return;
    }
    const std::string local = ascii_lower(local_name(name));
    if (token.self_closing) return;
    if (!inside_) {
      if (local == "title" && title.empty() && entries.empty())
        title = squeezed(html::decode_entities(field(token).text, false));
      else if (local == "language" && language.empty()) language = squeezed(field(token).text);
      return;
    }
    Entry& e = entries.back();
    if (local == "title" && !name.starts_with("media:")) {
      if (e.title.text.empty()) e.title = field(token);
    } else if (local == "description" || local == "summary" || local == "encoded" || local == "content") {
      const bool xhtml = iequals(attribute(token, "type"), "xhtml");
      if (name.starts_with("media:")) return;
      Field f = xhtml ? markup(token) : field(token);
      if (f.text.size() > e.body.text.size()) e.body = std::move(f);
    } else if (local == "pubdate" || local == "published" || local == "issued" ||
               (local == "date" && name.size() > 4)) {
      if (e.published.empty()) e.published = squeezed(field(token).text);
    } else if (local == "updated" || local == "modified") {
      if (e.updated.empty()) e.updated = squeezed(field(token).text);
    }
  }

  void end(const Token& token) {
    if (iequals(token.view, "item") || iequals(token.view, "entry")) inside_ = false, done_ = true;
  }

  // The text up to the element's own end tag: references decoded once, CDATA as it stands. What markup stands between
  // is passed over.
  Field field(const Token& open) {
    Field out;
    out.offset = static_cast<uint32_t>(tokens_.position());
    for (;;) {
      tokens_.allow_cdata(true);
      const Token token = tokens_.next();
      if (token.kind == TokenKind::end) break;
      if (token.kind == TokenKind::end_tag && iequals(token.view, open.view)) break;
      if (token.kind != TokenKind::text) continue;
      // CDATA comes as literal text; both kinds are cut where a reference ends the byte-by-byte way back.
      const auto base = static_cast<uint32_t>(token.view.data() - xml_.data());
      if (token.literal) {
        out.marks.push_back({static_cast<uint32_t>(out.text.size()), base});
        out.text.append(token.view);
        continue;
      }
      size_t from = 0;
      while (from < token.view.size()) {
        size_t next = token.view.find('&', from);
        if (next == std::string_view::npos) next = token.view.size();
        if (next == from) {
          const size_t stop = token.view.substr(from, 40).find(';');
          const size_t length = stop == std::string_view::npos ? 1 : stop + 1;
          out.marks.push_back({static_cast<uint32_t>(out.text.size()), base + static_cast<uint32_t>(from)});
          out.text.append(html::decode_entities(token.view.substr(from, length), false));
          from += length;
          continue;
        }
        out.marks.push_back({static_cast<uint32_t>(out.text.size()), base + static_cast<uint32_t>(from)});
        out.text.append(token.view.substr(from, next - from));
        from = next;
      }
    }
    return out;
  }

  // An element's markup as it stands (Atom's xhtml).
  Field markup(const Token& open) {
    Field out;
    const size_t from = tokens_.position();
    size_t to = xml_.size();
    for (;;) {
      tokens_.allow_cdata(true);
      const Token token = tokens_.next();
      if (token.kind == TokenKind::end) break;
      if (token.kind == TokenKind::end_tag && iequals(token.view, open.view)) {
        to = token.offset;
        break;
      }
    }
    out.offset = static_cast<uint32_t>(from);
    out.text = std::string(xml_.substr(from, to > from ? to - from : 0));
    out.marks.push_back({0, out.offset});
    return out;
  }

  std::string_view xml_;
  html::Tokenizer tokens_;
  size_t most_;
  bool inside_ = false, done_ = false;
};

}  // namespace

Result<std::vector<Article>> read_feed(const Job& job, const Article& like) {
  // XML says its charset in its first line.
  std::string label;
  const std::string_view head = job.bytes.substr(0, 200);
  if (const size_t at = ifind(head, "encoding="); at != std::string_view::npos && at + 10 < head.size()) {
    const char quote = head[at + 9];
    const size_t end = head.find(quote, at + 10);
    if (end != std::string_view::npos) label = std::string(head.substr(at + 10, end - at - 10));
  }
  const Content whole = decode(job.bytes, label);
  FeedReader feed(whole.text, job.options.entries);
  feed.run();
  std::vector<Article> out;
  size_t text_bytes = 0;
  for (Entry& entry : feed.entries) {
    Article article = like;
    article.charset = whole.charset;
    Content content;
    content.charset = whole.charset;
    content.text = std::move(entry.body.text);
    for (const Article::Mark& m : entry.body.marks) content.marks.push_back({m.at, whole.origin(m.offset)});
    if (content.marks.empty()) content.marks.push_back({0, whole.origin(entry.title.offset)});
    // The title is its own passage; it stands before the text.
    const std::string title = squeezed(html::read_page(entry.title.text).text);
    Content title_content;
    title_content.text = title;
    title_content.marks.push_back({0, whole.origin(entry.title.offset)});
    Article body = like;
    if (!trim(content.text).empty()) read_html(job, content, body);
    Builder builder(article, title_content, job.options.text_bytes);
    builder.begin(Passage::Kind::title);
    builder.add(title, 0);
    builder.end();
    const auto shift = static_cast<uint32_t>(article.text.size());
    for (Passage p : body.passages) {
      if (p.kind == Passage::Kind::title) p.kind = Passage::Kind::heading;
      p.at += shift;
      article.passages.push_back(p);
    }
    for (Link l : body.links) l.at += shift, article.links.push_back(std::move(l));
    for (const Article::Mark& m : body.marks) article.marks.push_back({m.at + shift, m.offset});
    article.text += body.text;
    article.hidden.insert(article.hidden.end(), body.hidden.begin(), body.hidden.end());
    article.limits_hit = body.limits_hit;
    article.title = title.empty() ? body.title : title;
    article.publisher = feed.title;
    article.url = entry.link;
    article.published = machine_date(entry.published.empty() ? entry.updated : entry.published);
    article.published_marked = article.published.known();
    article.language = ascii_lower(utf8_prefix(feed.language, 2));
    text_bytes += article.text.size();
    if (!article.text.empty()) out.push_back(std::move(article));
    if (text_bytes > job.options.text_bytes * 8) {
      feed.cut = true;
      break;
    }
  }
  if (out.empty()) return fail("article.empty", "the feed has no entry that could be read");
  if (feed.cut) out.back().limits_hit.emplace_back("entries");
  return out;
}

}  // namespace sekisho::article
