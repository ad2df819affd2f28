// Takes an element or attribute name in any case, gives its number and what the standard says of it. Entries: tag_of,
// attr_of, info.
#include "html/tags.h"

#include <array>

#include "base/strings.h"

namespace sekisho::html {
namespace {

// Up to eight characters of a name in lower case fit one word, and a switch over words costs a few compares.
constexpr uint64_t pack(std::string_view s) {
  uint64_t key = 0;
  for (const char c : s) key = key << 8 | static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return key;
}

struct Row {
  Tag tag;
  TagInfo info;
};

constexpr TagInfo block(bool closes_p = true) {
  return {.display = Display::block, .closes_p = closes_p, .special = true, .optional_end = false};
}
constexpr TagInfo formatting() { return {.formatting = true, .breakout = true}; }
constexpr TagInfo void_inline() { return {.void_ = true, .special = true}; }

constexpr auto kInfo = [] {
  std::array<TagInfo, static_cast<size_t>(Tag::count_)> t{};
  const auto at = [&t](Tag tag) -> TagInfo& { return t[static_cast<size_t>(tag)]; };
  for (const Tag tag :
       {Tag::address, Tag::article, Tag::aside,   Tag::blockquote, Tag::center,     Tag::details, Tag::dialog,
        Tag::dir,     Tag::div,     Tag::dl,      Tag::fieldset,   Tag::figcaption, Tag::figure,  Tag::footer,
        Tag::header,  Tag::hgroup,  Tag::main,    Tag::menu,       Tag::nav,        Tag::ol,      Tag::p,
        Tag::search,  Tag::section, Tag::summary, Tag::ul,         Tag::h1,         Tag::h2,      Tag::h3,
        Tag::h4,      Tag::h5,      Tag::h6,      Tag::pre,        Tag::listing,    Tag::form,    Tag::plaintext,
        Tag::xmp,     Tag::table,   Tag::hr,      Tag::li,         Tag::dd,         Tag::dt})
    at(tag) = block();
  for (const Tag tag : {Tag::body, Tag::legend, Tag::html, Tag::frameset, Tag::caption}) at(tag) = block(false);
  for (const Tag tag : {Tag::tr, Tag::tbody, Tag::thead, Tag::tfoot})
    at(tag) = {.display = Display::row, .special = true, .optional_end = true};
  for (const Tag tag : {Tag::td, Tag::th})
    at(tag) = {.display = Display::cell, .special = true, .scope = true, .marker = true, .optional_end = true};
  for (const Tag tag : {Tag::p, Tag::li, Tag::dd, Tag::dt}) at(tag).optional_end = true;
  for (const Tag tag : {Tag::option, Tag::optgroup}) at(tag) = {.display = Display::block, .optional_end = true};
  at(Tag::hr).void_ = true;
  for (const Tag tag :
       {Tag::area, Tag::base, Tag::basefont, Tag::bgsound, Tag::br, Tag::col, Tag::embed, Tag::frame, Tag::image,
        Tag::img, Tag::input, Tag::keygen, Tag::link, Tag::meta, Tag::param, Tag::source, Tag::track, Tag::wbr})
    at(tag) = void_inline();
  for (const Tag tag : {Tag::b, Tag::big, Tag::code, Tag::em, Tag::i, Tag::nobr, Tag::s, Tag::small, Tag::strike,
                        Tag::strong, Tag::tt, Tag::u})
    at(tag) = formatting();
  at(Tag::a) = at(Tag::font) = {.formatting = true};  // <font> breaks out of <svg> only with colour, face or size
  for (const Tag tag : {Tag::applet, Tag::caption, Tag::marquee, Tag::object, Tag::template_}) {
    at(tag).special = at(tag).scope = at(tag).marker = true;
  }
  at(Tag::marquee).display = Display::inline_block;
  at(Tag::table).scope = at(Tag::html).scope = at(Tag::body).scope = true;
  at(Tag::button) = {.display = Display::inline_block, .special = true};
  at(Tag::select) = {.display = Display::inline_block, .special = true};
  at(Tag::textarea) = {.display = Display::inline_block, .special = true};
  for (const Tag tag : {Tag::foreignobject, Tag::desc, Tag::mi, Tag::mn, Tag::mo, Tag::ms, Tag::mtext})
    at(tag).scope = at(tag).special = true;
  for (const Tag tag : {Tag::template_, Tag::datalist, Tag::noframes, Tag::noembed, Tag::rp, Tag::defs, Tag::metadata})
    at(tag).display = Display::none;
  // 13.2.6.5: HTML start tags that cannot stand inside <svg> or <math>.
  for (const Tag tag : {Tag::blockquote, Tag::body, Tag::br,   Tag::center,  Tag::dd,   Tag::div,   Tag::dl, Tag::dt,
                        Tag::embed,      Tag::h1,   Tag::h2,   Tag::h3,      Tag::h4,   Tag::h5,    Tag::h6, Tag::head,
                        Tag::hr,         Tag::img,  Tag::li,   Tag::listing, Tag::menu, Tag::meta,  Tag::ol, Tag::p,
                        Tag::pre,        Tag::ruby, Tag::span, Tag::sub,     Tag::sup,  Tag::table, Tag::ul, Tag::var})
    at(tag).breakout = true;
  return t;
}();

Tag long_tag(std::string_view name) {
  switch (name.size()) {
    case 10:
      if (iequals(name, "blockquote")) return Tag::blockquote;
      if (iequals(name, "figcaption")) return Tag::figcaption;
      break;
    case 9:
      if (iequals(name, "plaintext")) return Tag::plaintext;
      break;
    case 13:
      if (iequals(name, "foreignObject")) return Tag::foreignobject;
      break;
    default:
      break;
  }
  return Tag::other;
}

}  // namespace

const TagInfo& info(Tag tag) { return kInfo[static_cast<size_t>(tag)]; }

Tag tag_of(std::string_view name) {
  if (name.size() > 8) return long_tag(name);
  switch (pack(name)) {
    // clang-format off
#define X(n) case pack(#n): return Tag::n;
    X(a) X(address) X(applet) X(area) X(article) X(aside) X(audio) X(b) X(base) X(basefont) X(bgsound) X(big)
    X(body) X(br) X(button) X(canvas) X(caption) X(center) X(code) X(col) X(colgroup) X(datalist) X(dd) X(defs)
    X(desc) X(details) X(dialog) X(dir) X(div) X(dl) X(dt) X(em) X(embed) X(fieldset) X(figure) X(font) X(footer)
    X(form) X(frame) X(frameset) X(h1) X(h2) X(h3) X(h4) X(h5) X(h6) X(head) X(header) X(hgroup) X(hr) X(html) X(i)
    X(iframe) X(image) X(img) X(input) X(keygen) X(label) X(legend) X(li) X(link) X(listing) X(main) X(marquee)
    X(math) X(menu) X(meta) X(metadata) X(mi) X(mn) X(mo) X(ms) X(mtext) X(nav) X(nobr) X(noembed) X(noframes)
    X(noscript) X(object) X(ol) X(optgroup) X(option) X(p) X(param) X(pre) X(rp) X(ruby) X(s) X(script) X(search)
    X(section) X(select) X(small) X(source) X(span) X(strike) X(strong) X(style) X(sub) X(summary) X(sup) X(svg)
    X(table) X(tbody) X(td) X(text) X(textarea) X(tfoot) X(th) X(thead) X(title) X(tr) X(track) X(tt) X(u) X(ul)
    X(var) X(video) X(wbr) X(xmp)
#undef X
    case pack("template"): return Tag::template_;
    default: return Tag::other;
    // clang-format on
  }
}

Attr attr_of(std::string_view name) {
  if (name.empty() || name[0] == '\0') return Attr::none;  // a leading NUL would vanish in the word
  if (name.size() > 8) {
    if (iequals(name, "background")) return Attr::background;
    if (iequals(name, "placeholder")) return Attr::placeholder;
    if (iequals(name, "formaction")) return Attr::formaction;
    if (iequals(name, "aria-label")) return Attr::aria_label;
    if (iequals(name, "http-equiv")) return Attr::http_equiv;
    if (iequals(name, "xlink:href")) return Attr::xlink_href;
    return Attr::none;
  }
  switch (pack(name)) {
    // clang-format off
#define X(n) case pack(#n): return Attr::n;
    X(action) X(alt) X(bgcolor) X(color) X(content) X(data) X(download) X(form) X(height) X(hidden) X(href) X(id) X(media) X(method)
    X(name) X(open) X(size) X(src) X(srcdoc) X(style) X(text) X(type) X(value) X(width)
#undef X
    case pack("class"): return Attr::class_;
    case pack("for"): return Attr::for_;
    default: return Attr::none;
    // clang-format on
  }
}

}  // namespace sekisho::html
