// Takes the parts of a message, gives what a reader sees of it and every link in it. Entry: read_body. Refuses nothing;
// text beyond Limits::text_bytes and links beyond Limits::links are cut and named.
#include <algorithm>

#include "base/strings.h"
#include "mail/assemble.h"
#include "net/url.h"

namespace sekisho::mail {
namespace {

// Appends as much of `text` as the budget allows, on a character border; a line end between pieces. Returns the bytes
// taken.
size_t append_text(Message& m, std::string& out, std::string_view text, Budget& budget) {
  if (text.empty()) return 0;
  if (text.size() > budget.text) {
    size_t most = budget.text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
    text = text.substr(0, most);
    note_limit(m, "text_bytes");
  }
  if (text.empty()) return 0;
  if (!out.empty() && out.back() != '\n') out += '\n';
  out += text;
  budget.text -= text.size();
  return text.size();
}

class Links {
 public:
  Links(Message& m, Budget& budget) : m_(m), budget_(budget) {}

  void add(LinkRef&& link) {
    if (budget_.links == 0) {
      note_limit(m_, "links");
      return;
    }
    --budget_.links;
    m_.links.push_back(std::move(link));
  }

  void from_text(uint32_t part, std::string_view text) {
    for (net::FoundUrl& found : net::find_urls(text, budget_.limits)) {
      LinkRef link;
      link.where = LinkRef::Where::text;
      link.part = part;
      link.offset = found.offset;
      link.href = std::move(found.url);
      add(std::move(link));
    }
  }

  void from_page(uint32_t part, const html::Page& page, LinkRef::Where where) {
    for (const html::Link& from : page.links) {
      LinkRef link;
      link.where = where;
      link.part = part;
      link.offset = from.offset;
      link.href = from.href;
      link.text = from.text;
      link.image_alt = from.image_alt;
      link.hidden = from.hidden;
      link.has_image = from.has_image;
      add(std::move(link));
    }
  }

  void from_calendar(uint32_t part, const Calendar& calendar) {
    for (const CalendarEntry& e : calendar.entries) {
      const auto push = [&](std::string href, std::string text) {
        LinkRef link;
        link.where = LinkRef::Where::calendar;
        link.part = part;
        link.offset = e.offset;
        link.href = std::move(href);
        link.text = std::move(text);
        add(std::move(link));
      };
      for (const std::string* said : {&e.summary, &e.description, &e.location})
        for (net::FoundUrl& found : net::find_urls(*said, budget_.limits)) push(std::move(found.url), "");
      for (const std::string& url : e.urls) push(url, "");
      if (e.html.empty()) continue;
      const html::Page page = html::read_page(e.html, budget_.limits);
      for (const html::Link& from : page.links) push(from.href, from.text);
    }
  }

  // Where a page leads without a link: what its scripts name, what it loads or goes to by itself, the links of a page
  // that it would write.
  void beside_page(uint32_t part, const html::Page& page) {
    const auto push = [&](LinkRef::Where where, std::string href, uint32_t offset) {
      LinkRef link;
      link.where = where;
      link.part = part;
      link.offset = offset;
      link.href = std::move(href);
      add(std::move(link));
    };
    for (const html::Load& load : page.loads) push(LinkRef::Where::load, load.url, load.offset);
    for (const html::ScriptUrl& url : page.script.urls) push(LinkRef::Where::script, url.url, url.offset);
    if (!page.written) return;
    for (const html::Link& from : page.written->links)
      push(LinkRef::Where::script, from.href, page.script.markup_offset);
    for (const html::Load& load : page.written->loads)
      push(LinkRef::Where::script, load.url, page.script.markup_offset);
  }

  // Addresses that stand in the visible text without being anchors: mail readers make links of them too.
  void bare_in_page(uint32_t part, const html::Page& page, size_t html_size) {
    std::vector<net::FoundUrl> urls = net::find_urls(page.text, budget_.limits);
    if (urls.empty()) return;
    std::vector<std::pair<size_t, size_t>> anchors;
    for (const html::Link& link : page.links)
      if (link.text_length > 0) anchors.emplace_back(link.text_at, link.text_at + link.text_length);
    std::sort(anchors.begin(), anchors.end());
    size_t anchor = 0, run = 0, end = 0;  // end: farthest end of the anchors passed (they may nest in broken HTML)
    const html::Run* last = nullptr;
    for (net::FoundUrl& url : urls) {
      while (anchor < anchors.size() && anchors[anchor].first < url.offset + url.length)
        end = std::max(end, anchors[anchor++].second);
      if (end > url.offset) continue;
      for (; run < page.runs.size(); ++run) {
        if (page.runs[run].hidden != html::Hidden::no) continue;
        if (page.runs[run].at > url.offset) break;
        last = &page.runs[run];
      }
      LinkRef link;
      link.where = LinkRef::Where::text;
      link.part = part;
      // White space is collapsed in the text, so inside a run this is the earliest place where it can stand.
      if (last != nullptr)
        link.offset = static_cast<uint32_t>(std::min<size_t>(last->offset + (url.offset - last->at), html_size));
      link.href = std::move(url.url);
      add(std::move(link));
    }
  }

 private:
  Message& m_;
  Budget& budget_;
};

}  // namespace

void read_body(Message& m, const std::vector<Shown>& shown, Budget& budget) {
  Links links(m, budget);
  for (net::FoundUrl& found : net::find_urls(m.subject, budget.limits)) {
    LinkRef link;
    link.where = LinkRef::Where::header;
    const HeaderField* field = m.headers.first("subject");
    link.offset = field != nullptr ? field->offset : 0;
    link.href = std::move(found.url);
    links.add(std::move(link));
  }
  for (size_t i = 0; i < m.parts.size(); ++i) {
    const Part& part = m.parts[i];
    const auto index = static_cast<uint32_t>(i);
    if (part.page) {
      const html::Page& page = *part.page;
      for (const std::string& limit : page.limits_hit) note_limit(m, limit);
      const bool attached = part.kind != PartKind::html;
      links.from_page(index, page, attached ? LinkRef::Where::attachment : LinkRef::Where::html);
      links.beside_page(index, page);
      if (!attached) links.bare_in_page(index, page, part.content.size());
    } else if (part.calendar) {
      links.from_calendar(index, *part.calendar);
    } else if (part.kind == PartKind::text) {
      links.from_text(index, part.content);
    }
    if (shown[i] == Shown::no || (part.kind != PartKind::text && part.kind != PartKind::html)) continue;
    const std::string_view text = part.page ? std::string_view(part.page->text) : std::string_view(part.content);
    if (shown[i] == Shown::other) {
      append_text(m, m.other_text, text, budget);
      continue;
    }
    const size_t taken = append_text(m, m.text, text, budget);
    if (taken > 0)
      m.pieces.push_back({static_cast<uint32_t>(m.text.size() - taken), static_cast<uint32_t>(taken), index, 0});
    if (part.page) append_text(m, m.hidden_text, part.page->hidden_text, budget);
  }
}

}  // namespace sekisho::mail
