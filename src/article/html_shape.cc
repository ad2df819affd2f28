// Takes HTML, gives its blocks, the parts of the page that they stand in, its comments and marks for machines. Entry:
// read_shape. One pass over the tokens with a stack of at most 256 elements; deeper ones are counted, not kept.
#include "article/html_shape.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "html/page.h"
#include "html/tokenizer.h"

namespace sekisho::article {
namespace {

using html::Attr;
using html::Tag;
using html::Token;
using html::TokenKind;
using Kind = Passage::Kind;

constexpr size_t kDepth = 256;
constexpr size_t kParts = 200'000, kSegments = 2'000'000, kKept = 2000;  // alts, times, comments: each
constexpr size_t kJson = 1u << 20, kJsonDepth = 32;

// The strings of a JSON text by their key: "ld:publisher", or "ld:publisher.name" for a member of an object. Not a
// reader of JSON: what is no string, and what is broken, is passed over.
void read_json(std::string_view json, std::map<std::string, std::string>& out) {
  std::vector<std::string> path;  // key of each open container
  std::string key, pending;
  bool have_key = false;
  json = json.substr(0, kJson);
  for (size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '{' || c == '[') {
      if (path.size() >= kJsonDepth) return;
      // An array's members bear the name of the array.
      path.push_back(have_key ? key : c == '{' && !path.empty() ? path.back() : std::string());
      have_key = false;
    } else if (c == '}' || c == ']') {
      if (!path.empty()) path.pop_back();
      have_key = false;
    } else if (c == ',') {
      have_key = false;
    } else if (c == '"') {
      std::string text;
      for (++i; i < json.size() && json[i] != '"'; ++i) {
        if (json[i] != '\\') {
          text += json[i];
          continue;
        }
        if (++i >= json.size()) break;
        if (json[i] == 'u') {
          char32_t unit = 0;
          for (int n = 0; n < 4 && i + 1 < json.size() && hex_digit(json[i + 1]) >= 0; ++n)
            unit = unit * 16 + static_cast<char32_t>(hex_digit(json[++i]));
          if (unit < 0x80) text += static_cast<char>(unit);
          else if (unit < 0x800) text += {static_cast<char>(0xC0 | unit >> 6), static_cast<char>(0x80 | (unit & 0x3F))};
          else if (unit < 0xD800 || unit > 0xDFFF)
            text += {static_cast<char>(0xE0 | unit >> 12), static_cast<char>(0x80 | (unit >> 6 & 0x3F)),
                     static_cast<char>(0x80 | (unit & 0x3F))};
        } else {
          text += json[i] == 'n' || json[i] == 't' || json[i] == 'r' ? ' ' : json[i];
        }
      }
      size_t after = i + 1;
      while (after < json.size() && is_space(json[after])) ++after;
      if (after < json.size() && json[after] == ':') {
        key = std::move(text);
        have_key = true;
        i = after;
        continue;
      }
      if (!have_key) continue;
      const std::string owner = path.empty() || path.back().empty() ? std::string() : path.back() + ".";
      if (out.size() < kKept) out.try_emplace("ld:" + ascii_lower(owner + key), text);
      have_key = false;
    }
  }
}

class ShapeReader {
 public:
  ShapeReader(std::string_view html, const Words::Impl& words) : html_(html), tokens_(html), w_(words) {
    shape_.parts.push_back({});
  }

  Shape run() {
    for (;;) {
      const Token token = tokens_.next();
      if (token.kind == TokenKind::end) return std::move(shape_);
      if (token.kind == TokenKind::comment && shape_.comments.size() < kKept)
        shape_.comments.push_back({token.offset, static_cast<uint32_t>(tokens_.position() - token.offset), token.view});
      if (token.kind == TokenKind::start_tag) start(token);
      if (token.kind == TokenKind::end_tag) end(token);
    }
  }

 private:
  struct Open {
    Tag tag = Tag::other;
    std::string_view name;
    int part = 0;
    Kind kind = Kind::paragraph;
    bool block = false, link = false, h1 = false;
  };

  static std::string decoded(std::string_view raw) { return html::decode_entities(trim(raw), true); }
  std::string attribute(Attr a) const { return decoded(tokens_.attributes().raw(a)); }
  std::string named(const Token& token, std::string_view name) const {
    const auto raw = html::find_attribute(tokens_.written_attributes(token), name);
    return raw ? decoded(*raw) : std::string();
  }

  void segment(bool new_block, bool soft = false) {
    if (new_block) ++block_, soft_ = soft;
    if (shape_.segments.size() >= kSegments) return;
    Segment s;
    s.offset = static_cast<uint32_t>(tokens_.position());
    s.block = block_;
    s.soft = soft_;
    if (!open_.empty()) {
      s.part = open_.back().part;
      s.kind = open_.back().kind;
      s.h1 = open_.back().h1;
    }
    s.linked = links_ > 0;
    shape_.segments.push_back(s);
  }

  Kind kind_of(Tag tag, Kind around) const {
    switch (tag) {
      case Tag::h1:
      case Tag::h2:
      case Tag::h3:
      case Tag::h4:
      case Tag::h5:
      case Tag::h6:
        return Kind::heading;
      case Tag::li:
      case Tag::dd:
      case Tag::dt:
        return Kind::item;
      case Tag::td:
      case Tag::th:
        return Kind::cell;
      case Tag::blockquote:
        return Kind::quote;
      case Tag::pre:
      case Tag::listing:
      case Tag::xmp:
        return Kind::code;
      // A paragraph is one wherever it stands, but for a quotation.
      case Tag::p:
      case Tag::div:
      case Tag::section:
      case Tag::article:
        return around == Kind::quote || around == Kind::item ? around : Kind::paragraph;
      case Tag::figcaption:
      case Tag::caption:
        return Kind::item;
      default:
        return around;
    }
  }

  // What the element's own names say of it.
  Part::What part_of(const Token& token, Tag tag) const {
    switch (tag) {
      case Tag::nav:
      case Tag::footer:
      case Tag::noscript:
      case Tag::template_:
      case Tag::button:
      case Tag::select:
      case Tag::textarea:
      case Tag::search:
      case Tag::menu:
      case Tag::datalist:
      case Tag::svg:
      case Tag::object:
      case Tag::audio:
      case Tag::video:
      case Tag::canvas:
        return Part::What::furniture;
      case Tag::aside:
      case Tag::form:
      case Tag::dialog:
        return Part::What::maybe_furniture;
      case Tag::html:
      case Tag::body:
        return Part::What::root;
      default:
        break;
    }
    const std::string role = ascii_lower(named_if(token, "role"));
    if (role == "navigation" || role == "banner" || role == "contentinfo" || role == "search" || role == "dialog" ||
        role == "complementary")
      return Part::What::maybe_furniture;
    Part::What found = tag == Tag::article                  ? Part::What::article
                       : tag == Tag::main || role == "main" ? Part::What::main
                       : tag == Tag::header                 ? Part::What::maybe_furniture
                                                            : Part::What::root;
    const bool container = found == Part::What::article || found == Part::What::main;
    for (const std::string& names : {attribute(Attr::class_), attribute(Attr::id), named_if(token, "itemprop")}) {
      for (const std::string_view raw : split(names, ' ')) {
        const std::string name = ascii_lower(trim(raw));
        if (name.empty()) continue;
        if (w_.unseen_names.contains(name)) return Part::What::unseen;
        if (w_.body_names.contains(name)) return container ? found : Part::What::body;
        if (container) continue;
        if (w_.furniture_names.contains(name)) found = Part::What::maybe_furniture;
        bool furniture = false, meta = w_.meta_names.contains(name);
        for_words(trim(raw), [&](std::string_view word) {
          furniture |= w_.furniture.contains(word);
          meta |= w_.meta_names.contains(word);
        });
        if (furniture) found = Part::What::maybe_furniture;
        else if (meta && found == Part::What::root) found = Part::What::meta;
      }
    }
    return found;
  }
  std::string named_if(const Token& token, std::string_view name) const {
    return tokens_.attributes().count() == 0 ? std::string() : named(token, name);
  }

  // "siteNav-top_2" → "site", "nav", "top"
  template <class Each>
  static void for_words(std::string_view name, Each each) {
    std::string word;
    const auto flush = [&] {
      if (!word.empty()) each(std::string_view(word));
      word.clear();
    };
    for (size_t i = 0; i < name.size(); ++i) {
      const char c = name[i];
      if (!is_alpha(c)) {
        flush();
        continue;
      }
      if (c >= 'A' && c <= 'Z' && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z') flush();
      word += ascii_lower(c);
    }
    flush();
  }

  void start(const Token& token) {
    const Tag tag = token.tag;
    switch (tag) {
      case Tag::script: {
        const std::string type = ascii_lower(attribute(Attr::type));
        const std::string_view text = tokens_.raw_text(token.view, true);
        if (type == "application/ld+json") read_json(text, shape_.meta);
        return segment(false);
      }
      case Tag::title:
        if (svg_ == 0)
          shape_.meta.try_emplace("title", squeeze(html::decode_entities(tokens_.raw_text(token.view, false), false)));
        return segment(false);
      case Tag::style:
      case Tag::textarea:
      case Tag::iframe:
      case Tag::noembed:
      case Tag::noframes:
      case Tag::xmp:
        tokens_.raw_text(token.view, false);
        return segment(false);
      case Tag::meta:
        return meta(token);
      case Tag::link:
        if (iequals(named(token, "rel"), "canonical") && shape_.canonical.empty())
          shape_.canonical = attribute(Attr::href);
        return;
      case Tag::html:
      case Tag::body:
        if (shape_.language.empty()) shape_.language = named(token, "lang");
        return;
      case Tag::br: {
        const size_t here = tokens_.position();
        const bool second = last_br_ != 0 && trim(html_.substr(last_br_, token.offset - last_br_)).empty();
        last_br_ = here;
        return segment(true, !second);
      }
      case Tag::hr:
        return segment(true);
      case Tag::img:
      case Tag::image:
        note_alt(attribute(Attr::alt), token.offset);
        break;
      default:
        break;
    }
    if (tokens_.attributes().count() > 0) {
      note_alt(named(token, "title"), token.offset);
      if (iequals(token.view, "time") && shape_.times.size() < kKept) {
        const std::string prop = ascii_lower(named(token, "itemprop"));
        const std::string value = named(token, "datetime");
        if (!value.empty())
          shape_.times.push_back(
              {token.offset, value,
               prop == "datepublished" || html::find_attribute(tokens_.written_attributes(token), "pubdate"),
               open_.empty() ? 0 : open_.back().part});
      }
      if (const std::string prop = ascii_lower(named(token, "itemprop"));
          prop == "datepublished" && !iequals(token.view, "time"))
        if (const std::string value = attribute(Attr::content); !value.empty()) shape_.meta.try_emplace(prop, value);
    }
    const html::TagInfo& info = html::info(tag);
    if (info.void_) return segment(false);
    if (token.self_closing && tag == Tag::other) return;
    if (info.closes_p) close(Tag::p, {});
    if (tag == Tag::li || tag == Tag::option) close(tag, {Tag::ul, Tag::ol, Tag::select});
    if (tag == Tag::td || tag == Tag::th) close_cell();
    if (tag == Tag::tr) close_cell(), close(Tag::tr, {Tag::table});
    if (tag == Tag::dd || tag == Tag::dt) close(Tag::dd, {Tag::dl}), close(Tag::dt, {Tag::dl});
    push(token, tag, info);
  }

  void push(const Token& token, Tag tag, const html::TagInfo& info) {
    if (open_.size() >= kDepth) {
      ++flat_;
      return segment(info.display != html::Display::inline_);
    }
    Open open;
    open.tag = tag;
    open.name = token.view;
    open.part = open_.empty() ? 0 : open_.back().part;
    open.kind = kind_of(tag, open_.empty() ? Kind::paragraph : open_.back().kind);
    open.block = info.display == html::Display::block || info.display == html::Display::row ||
                 info.display == html::Display::cell;
    open.link = tag == Tag::a && tokens_.attributes().has(Attr::href);
    open.h1 = tag == Tag::h1 || (!open_.empty() && open_.back().h1);
    const Part::What what = part_of(token, tag);
    if (what != Part::What::root && shape_.parts.size() < kParts) {
      shape_.parts.push_back({what, open.part, 0, false});
      open.part = static_cast<int>(shape_.parts.size()) - 1;
    }
    links_ += open.link;
    svg_ += tag == Tag::svg;
    if (tag != Tag::other) ++count_[static_cast<size_t>(tag)];
    open_.push_back(open);
    segment(open.block);
  }

  void pop() {
    const Open& top = open_.back();
    links_ -= top.link;
    svg_ -= top.tag == Tag::svg;
    if (top.tag != Tag::other) --count_[static_cast<size_t>(top.tag)];
    open_.pop_back();
  }

  // Ends everything down to the nearest element of that kind, if it lies above any of `within`.
  void close(Tag tag, std::initializer_list<Tag> within) {
    if (count_[static_cast<size_t>(tag)] == 0) return;
    for (size_t i = open_.size(); i > 0; --i) {
      const Tag here = open_[i - 1].tag;
      if (here == tag) return cut(i - 1);
      if (std::find(within.begin(), within.end(), here) != within.end()) return;
      if (tag == Tag::p && (here == Tag::td || here == Tag::th || here == Tag::table || here == Tag::button)) return;
    }
  }
  void close_cell() {
    close(Tag::td, {Tag::table});
    close(Tag::th, {Tag::table});
  }
  void cut(size_t size) {
    bool block = false;
    while (open_.size() > size) block |= open_.back().block, pop();
    segment(block);
  }

  void end(const Token& token) {
    if (token.tag == Tag::p && count_[static_cast<size_t>(Tag::p)] == 0) return segment(true);
    if (token.tag != Tag::other && count_[static_cast<size_t>(token.tag)] == 0) {
      if (flat_ > 0) --flat_;
      return;
    }
    for (size_t i = open_.size(); i > 0; --i) {
      const Open& open = open_[i - 1];
      if (open.tag == token.tag && (token.tag != Tag::other || iequals(open.name, token.view))) return cut(i - 1);
      // A stray end tag of a letter's style does not end the cell that it stands in.
      if ((open.tag == Tag::td || open.tag == Tag::th) && token.tag != Tag::tr && token.tag != Tag::table &&
          token.tag != Tag::tbody)
        return;
    }
    if (flat_ > 0) --flat_;
  }

  void meta(const Token& token) {
    const std::string content = attribute(Attr::content);
    for (const std::string_view name : {"property", "name", "itemprop"}) {
      const std::string key = ascii_lower(named(token, name));
      if (!key.empty() && !content.empty() && shape_.meta.size() < kKept) shape_.meta.try_emplace(key, content);
    }
  }

  void note_alt(std::string text, uint32_t offset) {
    if (!text.empty() && shape_.alts.size() < kKept) shape_.alts.push_back({offset, std::move(text)});
  }

  static std::string squeeze(std::string_view text) {
    std::string out;
    for (const char c : text)
      if (!is_space(c)) out += c;
      else if (!out.empty() && out.back() != ' ') out += ' ';
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
  }

  std::string_view html_;
  html::Tokenizer tokens_;
  const Words::Impl& w_;
  Shape shape_;
  std::vector<Open> open_;
  std::array<uint32_t, static_cast<size_t>(Tag::count_)> count_{};
  size_t flat_ = 0, links_ = 0, svg_ = 0, last_br_ = 0;
  uint32_t block_ = 0;
  bool soft_ = false;
};

}  // namespace

bool Shape::within(int part, Part::What what) const {
  for (; part >= 0; part = parts[static_cast<size_t>(part)].parent)
    if (parts[static_cast<size_t>(part)].what == what) return true;
  return false;
}

Shape read_shape(std::string_view html, const Words::Impl& words) { return ShapeReader(html, words).run(); }

}  // namespace sekisho::article
