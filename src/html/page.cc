// Takes HTML in UTF-8, gives the page as its reader meets it. Entry: read_page. Refuses nothing; reads the first
// Limits::html_bytes. Here is what is collected on the way: styles, links, images, fields. How elements nest is
// reader.cc.
#include "html/page.h"

#include <algorithm>
#include <limits>

#include "base/strings.h"
#include "html/reader.h"

namespace sekisho::html {
namespace {

constexpr size_t kLinkText = 16u << 10;  // bytes of text kept on one link; Page::text has all of it
constexpr Colour kLinkColour{0, 0, 0xEE, 255};

// "width" attributes: leading digits (WHATWG HTML 2.3.4.4); per cent is no size in pixels.
int dimension(std::string_view s) {
  s = trim(s);
  int v = 0;
  size_t i = 0;
  for (; i < s.size() && is_digit(s[i]); ++i) v = std::min(v * 10 + (s[i] - '0'), 100'000);
  if (i == 0 || (i < s.size() && s[i] == '%')) return -1;
  return v;
}

// 4.2.5.3 "shared declarative refresh steps": the URL in `5; url='…'`, or "".
std::string_view refresh_url(std::string_view s) {
  const auto skip = [&s] {
    while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
  };
  skip();
  const size_t before = s.size();
  while (!s.empty() && (is_digit(s.front()) || s.front() == '.')) s.remove_prefix(1);
  if (s.size() == before) return {};
  skip();
  if (!s.empty() && (s.front() == ';' || s.front() == ',')) s.remove_prefix(1);
  skip();
  if (istarts_with(s, "url")) {
    std::string_view rest = s.substr(3);
    while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    if (!rest.empty() && rest.front() == '=') {
      s = rest.substr(1);
      skip();
    }
  }
  if (!s.empty() && (s.front() == '"' || s.front() == '\'')) return s.substr(1, s.find(s.front(), 1) - 1);
  return trim(s);
}

}  // namespace

std::string_view to_string(Hidden hidden) {
  switch (hidden) {
    case Hidden::no:
      return "no";
    case Hidden::display_none:
      return "display_none";
    case Hidden::zero_size:
      return "zero_size";
    case Hidden::same_colour:
      return "same_colour";
    case Hidden::off_screen:
      return "off_screen";
  }
  return "no";
}

void Reader::note(const char* limit) {
  if (std::find(page_.limits_hit.begin(), page_.limits_hit.end(), limit) == page_.limits_hit.end())
    page_.limits_hit.emplace_back(limit);
}

std::string Reader::value(Attr a) const {
  const std::string_view written = trim(raw(a));
  if (written.find('&') == std::string_view::npos) return std::string(written);
  const std::string decoded = decode_entities(written, true);
  return std::string(trim(decoded));
}

// Presentational attributes and what a browser's own style sheet says: the bottom of the cascade.
void Reader::old_attributes(Tag tag, Declared& own) const {
  const Attributes& a = tokens_.attributes();
  const auto colour = [&](Attr attr, Property property, Colour& to) {
    if (!a.has(attr)) return;
    const auto c = parse_legacy_colour(value(attr));
    if (!c) return;
    to = *c;
    own.set |= property;
  };
  colour(Attr::bgcolor, kBackground, own.background);
  if (own.has(kBackground)) own.backdrop = Backdrop::colour;
  if (a.has(Attr::background) && !raw(Attr::background).empty()) {
    if (!own.has(kBackground)) own.background = Colour{0, 0, 0, 0};
    own.backdrop = Backdrop::unknown;
    own.set |= kBackground;
  }
  if (tag == Tag::font) colour(Attr::color, kColour, own.colour);
  if (tag == Tag::body) colour(Attr::text, kColour, own.colour);
  if (tag == Tag::a && a.has(Attr::href)) own.colour = kLinkColour, own.set |= kColour;
  if (tag == Tag::pre || tag == Tag::listing || tag == Tag::xmp || tag == Tag::plaintext)
    own.pre = true, own.set |= kWhiteSpace;
  if (a.has(Attr::hidden) || (tag == Tag::dialog && !a.has(Attr::open)))
    own.display = Display::none, own.set |= kDisplay;
}

Frame Reader::make_frame(const Token& token, Tag tag) {
  Frame frame;
  frame.tag = tag;
  frame.name = token.view;
  frame.base = info(tag).display;
  const Attributes& a = tokens_.attributes();
  frame.id = raw(Attr::id);
  frame.classes = raw(Attr::class_);
  if (a.count() > 0 || tag == Tag::pre || tag == Tag::listing || tag == Tag::xmp || tag == Tag::plaintext ||
      tag == Tag::dialog)
    old_attributes(tag, frame.own);
  if (!sheet_.empty()) {
    frame.attributes = tokens_.written_attributes(token);
    frame.elders = open_.top().children;
    const Subject subject{tag == Tag::body ? "body" : frame.name, frame.id, frame.classes, frame.attributes,
                          frame.elders};
    sheet_.apply(subject, Ancestors{open_}, frame.own);
    if (sheet_.asks_for_elders() && tag != Tag::body) open_.add_child(sheet_.left_parts(subject, Ancestors{open_}));
  }
  if (a.has(Attr::style)) {
    const std::string_view css = raw(Attr::style);
    Declared inline_style;
    if (css.find('&') == std::string_view::npos) {
      parse_declarations(css, inline_style);
    } else {
      parse_declarations(decode_entities(css, true), inline_style);
    }
    frame.own.merge(inline_style);
  }
  return frame;
}

void Reader::open_link(Tag tag, std::string_view raw_href, uint32_t offset, bool foreign) {
  if (istarts_with(trim(raw_href), "javascript:"))
    script_.read(decode_entities(trim(raw_href).substr(11), true), offset);
  if (tokens_.attributes().has(Attr::download)) script_.note(Sign::save);
  OpenLink link{
      .index = kNotKept, .level = open_.level(), .tag = tag, .foreign = foreign, .first = 0, .end = 0, .alt = {}};
  if (page_.links.size() >= limits_.links) {
    note("links");
  } else {
    link.index = page_.links.size();
    Link& made = page_.links.emplace_back();
    const std::string_view written = trim(raw_href);
    made.href = written.find('&') == std::string_view::npos ? std::string(written)
                                                            : std::string(trim(decode_entities(written, true)));
    made.offset = offset;
    made.area = tag != Tag::a;
  }
  links_.push_back(std::move(link));
}

void Reader::close_link() {
  OpenLink link = std::move(links_.back());
  links_.pop_back();
  if (!links_.empty()) {  // what an inner link shows, the outer one shows too
    OpenLink& outer = links_.back();
    outer.seen |= link.seen;
    if (link.first != link.end) {
      if (outer.first == outer.end) outer.first = link.first;
      outer.end = link.end;
    }
  }
  if (link.index == kNotKept) return;
  Link& made = page_.links[link.index];
  if (link.first == link.end) link.first = link.end = page_.text.size();
  made.text_at = static_cast<uint32_t>(link.first);
  made.text_length = static_cast<uint32_t>(link.end - link.first);
  made.text = collapse(std::string_view(page_.text).substr(link.first, link.end - link.first), kLinkText);
  made.image_alt = std::move(link.alt);
  made.hidden = made.text_length == 0 && !link.seen;
}

void Reader::link_outside_text(std::string href, std::string text, uint32_t offset, bool hidden) {
  if (href.empty()) return;
  if (page_.links.size() >= limits_.links) return note("links");
  Link& link = page_.links.emplace_back();
  link.href = std::move(href);
  link.image_alt = std::move(text);
  link.offset = offset;
  link.text_at = static_cast<uint32_t>(page_.text.size());
  link.hidden = hidden;
  link.area = true;
}

void Reader::image(const Token& token, Tag tag, const Frame& frame, const Computed& now) {
  Image made;
  const bool input = tag == Tag::input;
  made.alt = clean(raw(Attr::alt), true);
  made.width = dimension(raw(Attr::width));
  made.height = dimension(raw(Attr::height));
  const auto styled = [&](Property p, float v, int& to) {
    if (frame.own.has(p) && v >= 0) to = static_cast<int>(std::min(v, 100'000.f));
  };
  styled(kWidth, frame.own.width, made.width);
  styled(kHeight, frame.own.height, made.height);
  made.offset = token.offset;
  made.in_link = !links_.empty();
  if (!links_.empty() && !input) {
    OpenLink& link = links_.back();
    const bool dot = made.width == 0 || made.height == 0 || (made.width == 1 && made.height == 1);
    link.seen |= now.box_seen() && !dot;
    if (!made.alt.empty() && link.alt.size() < kLinkText) link.alt += (link.alt.empty() ? "" : " ") + made.alt;
    if (link.index != kNotKept) page_.links[link.index].has_image = true;
  }
  if (page_.images.size() >= limits_.links) return note("images");
  made.src = value(Attr::src);
  page_.images.push_back(std::move(made));
}

void Reader::input(const Token& token, const Computed& now) {
  sink_.gap(Gap::space, now.box != Hidden::display_none);
  if (!links_.empty()) links_.back().seen |= now.box_seen();
  Field field;
  field.type = ascii_lower(value(Attr::type));
  if (field.type.empty()) field.type = "text";
  field.name = value(Attr::name);
  field.offset = token.offset;
  const bool button =
      field.type == "submit" || field.type == "button" || field.type == "reset" || field.type == "image";
  field.label = clean(raw(field.type == "image" ? Attr::alt : button ? Attr::value : Attr::placeholder), true);
  if (field.label.empty()) field.label = clean(raw(Attr::aria_label), true);
  if (field.type == "image") image(token, Tag::input, make_frame(token, Tag::input), now);
  if (button && tokens_.attributes().has(Attr::formaction))
    link_outside_text(value(Attr::formaction), field.label, token.offset, !now.box_seen());
  forms_.field(std::move(field), {raw(Attr::id), raw(Attr::form)});
}

void Reader::field_of(Tag tag, const Token& token) {
  sink_.gap(Gap::space, open_.top().now.box != Hidden::display_none);
  Field field;
  field.type = tag == Tag::textarea ? "textarea" : tag == Tag::select ? "select" : ascii_lower(value(Attr::type));
  if (field.type.empty()) field.type = "submit";
  field.name = value(Attr::name);
  field.label = clean(raw(Attr::placeholder), true);
  if (field.label.empty()) field.label = clean(raw(Attr::aria_label), true);
  field.offset = token.offset;
  forms_.field(std::move(field), {raw(Attr::id), raw(Attr::form)});
  if (tag == Tag::button) forms_.begin_button();
}

void Reader::load(Load::What what, Attr from, uint32_t offset) {
  if (!tokens_.attributes().has(from)) return;
  std::string url = value(from);
  if (istarts_with(url, "javascript:")) return script_.read(std::string_view(url).substr(11), offset);
  if (istarts_with(url, "data:text/html")) {  // a page of its own
    script_.add_data_url(url, offset);
    return;
  }
  if (url.empty()) return;
  if (page_.loads.size() >= limits_.links) return note("loads");
  page_.loads.push_back({what, std::move(url), offset});
}

void Reader::meta(uint32_t offset) {
  if (!page_.meta_refresh.empty() || !iequals(trim(raw(Attr::http_equiv)), "refresh")) return;
  const std::string content = value(Attr::content);
  page_.meta_refresh = refresh_url(content);
  if (page_.meta_refresh.empty()) return;
  if (istarts_with(page_.meta_refresh, "data:")) script_.add_data_url(page_.meta_refresh, offset);
  else if (page_.loads.size() < limits_.links) page_.loads.push_back({Load::What::refresh, page_.meta_refresh, offset});
}

namespace {

Page read_one(std::string_view html, const Limits& limits) {
  Page page;
  page.text.reserve(std::min(html.size() / 4, limits.text_bytes));
  Reader(html, limits, page).run();
  return page;
}

}  // namespace

Page read_page(std::string_view html, const Limits& limits) {
  constexpr size_t kOffsets = std::numeric_limits<uint32_t>::max() - 1;
  const size_t most = std::min(limits.html_bytes, kOffsets);
  Page page = read_one(html.substr(0, most), limits);
  if (html.size() > most) page.limits_hit.emplace(page.limits_hit.begin(), "html_bytes");
  if (page.script.markup.empty()) return page;
  Page written = read_one(page.script.markup, limits);
  // What the written page's own scripts hold is told with the rest; a page that they would write in turn is not read.
  page.script.signs |= written.script.signs;
  for (ScriptUrl& u : written.script.urls)
    if (page.script.urls.size() < ScriptFindings::kUrls) {
      u.offset = page.script.markup_offset;
      page.script.urls.push_back(std::move(u));
    }
  page.written = std::make_shared<const Page>(std::move(written));
  return page;
}

}  // namespace sekisho::html
