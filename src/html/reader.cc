// Takes tokens, settles what each start and end tag opens and closes. Entry: Reader::run. Follows the standard's tree
// construction except where no reader of the text could see it: no foster parenting, <head> and <body> are one, frames
// are ignored.
#include "html/reader.h"

#include "base/strings.h"

namespace sekisho::html {
namespace {

bool is_script_type(std::string_view type) {
  return type.empty() || ifind(type, "javascript") != std::string_view::npos ||
         ifind(type, "ecmascript") != std::string_view::npos || ifind(type, "jscript") != std::string_view::npos ||
         iequals(type, "module");
}

// A hidden element still parts what is hidden before and after it, as it would if it were shown.
Display shown_as(const Frame& f) { return f.now.display == Display::none ? f.base : f.now.display; }

}  // namespace

Reader::Reader(std::string_view html, const Limits& limits, Page& page)
    : limits_(limits),
      page_(page),
      tokens_(html),
      open_(limits.html_depth, *this),
      sink_(page, limits.text_bytes),
      forms_(page, limits) {}

void Reader::run() {
  for (;;) {
    tokens_.allow_cdata(open_.top().is_foreign());
    const Token token = tokens_.next();
    switch (token.kind) {
      case TokenKind::text:
        text(token.view, token.offset, token.literal);
        break;
      case TokenKind::start_tag:
        start(token);
        break;
      case TokenKind::end_tag:
        end(token);
        break;
      case TokenKind::comment:
        ++page_.comments;
        break;
      case TokenKind::doctype:
        break;
      case TokenKind::end:
        open_.close_from(1);
        while (!links_.empty()) close_link();
        forms_.finish();
        if (forms_.forms_cut()) note("forms");
        if (forms_.fields_cut()) note("form_fields");
        if (sheet_.limit_hit()) note("css");
        if (sink_.full()) note("text_bytes");
        page_.script = script_.finish();
        return;
    }
  }
}

void Reader::text(std::string_view raw_text, uint32_t offset, bool literal) {
  if (open_.top().muted) {
    if (open_.top().tag == Tag::script) {  // inside <svg>, where character references count
      if (literal) script_.read(raw_text, offset);
      else script_.read(decode_entities(raw_text, false), offset);
    }
    return;
  }
  if (raw_text.find_first_not_of(" \t\r\n\f") != std::string_view::npos) open_.reopen();
  const Computed& now = open_.top().now;
  const TextSink::Added added = sink_.text(raw_text, offset, now.hidden, literal, now.pre);
  if (added.first == added.end || links_.empty()) return;
  OpenLink& link = links_.back();
  if (link.first == link.end) link.first = added.first;
  link.end = added.end;
}

// A box of this kind begins or ends here.
void Reader::break_for(Display display, bool seen) {
  if (display == Display::block || display == Display::row) sink_.gap(Gap::line, seen);
  if (display == Display::cell) sink_.gap(Gap::tab, seen);
  if (display == Display::none) sink_.gap(Gap::space, false);
}

void Reader::closed(const Frame& frame) {
  if (shown_as(frame) != Display::cell) break_for(shown_as(frame), frame.now.box != Hidden::display_none);
  if (frame.foreign) {
    if (frame.link && !links_.empty() && links_.back().foreign) close_link();
    return;
  }
  while (!links_.empty() &&
         (links_.back().level > open_.level() || (frame.tag == Tag::button && links_.back().tag == Tag::button)))
    close_link();
  if (frame.tag == Tag::label) forms_.end_label();
  if (frame.tag == Tag::button) {
    forms_.end_button();
    sink_.gap(Gap::space, frame.now.box != Hidden::display_none);
  }
}

void Reader::start(const Token& token) {
  const Tag tag = token.tag == Tag::image ? Tag::img : token.tag;
  const Attributes& attributes = tokens_.attributes();
  ++page_.elements;
  page_.event_handlers += attributes.handlers();
  for (size_t i = 0; i < attributes.handlers() && i < Attributes::kHandlers; ++i)
    script_.read(decode_entities(attributes.handler(i), true), token.offset);
  if (attributes.count() > limits_.attributes) note("attributes");
  if (open_.top().tag == Tag::select && !start_in_select(tag)) return;
  if (open_.top().is_foreign() && start_in_foreign(token, tag)) return;
  if (start_raw(token, tag)) {
    // Right below the root such an element may as well stand in <head>, whose children have no siblings in <body>.
    if (sheet_.asks_for_elders())
      open_.add_child(open_.size() == 1 ? 0 : sheet_.left_parts({token.view, {}, {}}, Ancestors{open_}));
    return;
  }
  switch (tag) {
    case Tag::html:
    case Tag::body: {
      const Frame frame = make_frame(token, Tag::body);
      if (frame.own.set) open_.restyle_root(frame.own);
      return;
    }
    case Tag::head:
    case Tag::frameset:
    case Tag::colgroup:
      return;
    case Tag::base:
      if (page_.base_href.empty()) page_.base_href = value(Attr::href);
      return;
    case Tag::meta:
      meta(token.offset);
      return;
    case Tag::frame:
      ++page_.iframes;
      load(Load::What::frame, Attr::src, token.offset);
      return;
    case Tag::plaintext:
      tokens_.plaintext();
      break;
    case Tag::form:
      if (forms_.open()) return;  // a form inside a form is none
      break;
    default:
      break;
  }
  close_implied(tag);
  if (!table_part(tag)) return;
  if (info(tag).display != Display::block && info(tag).display != Display::row && info(tag).display != Display::cell)
    open_.reopen();
  if (info(tag).void_) return void_element(token, tag);
  open_element(token, tag);
}

// Inside <select> nothing but options is shown. False: the tag is dropped; true: the <select> is closed and the tag
// stands after it.
bool Reader::start_in_select(Tag tag) {
  switch (tag) {
    case Tag::input:
    case Tag::textarea:
    case Tag::keygen:
      open_.close_in_scope(Tag::select);
      return true;
    case Tag::select:
      open_.close_in_scope(Tag::select);
      return false;
    case Tag::caption:
    case Tag::table:
    case Tag::tbody:
    case Tag::tfoot:
    case Tag::thead:
    case Tag::tr:
    case Tag::td:
    case Tag::th:
      if (!open_.contains(Tag::table)) return false;
      open_.close_in_scope(Tag::select);
      return true;
    case Tag::script:
      return true;
    default:
      return false;
  }
}

// 13.2.6.5. True: dealt with.
bool Reader::start_in_foreign(const Token& token, Tag tag) {
  const bool font = tag == Tag::font && (tokens_.attributes().has(Attr::color) || tokens_.attributes().has(Attr::size));
  if (info(tag).breakout || font) {
    size_t place = open_.size();
    while (open_[place - 1].is_foreign()) --place;
    open_.close_from(place);
    return false;
  }
  page_.foreign_objects += tag == Tag::foreignobject;
  if (tag == Tag::script) {
    ++page_.scripts;
    load(Load::What::script, tokens_.attributes().has(Attr::href) ? Attr::href : Attr::xlink_href, token.offset);
  }
  if (token.self_closing || open_.full()) {
    if (!token.self_closing) ++flat_, note("html_depth");
    return true;
  }
  Frame frame = make_frame(token, tag);
  frame.foreign = true;
  frame.integration = tag == Tag::foreignobject || tag == Tag::desc || tag == Tag::title || tag == Tag::mi ||
                      tag == Tag::mn || tag == Tag::mo || tag == Tag::ms || tag == Tag::mtext;
  frame.muted =
      tag == Tag::title || tag == Tag::desc || tag == Tag::style || tag == Tag::script || tag == Tag::metadata;
  frame.base = tag == Tag::text || tag == Tag::foreignobject ? Display::block : info(tag).display;
  if (tag == Tag::a) {
    const Attr href = tokens_.attributes().has(Attr::href) ? Attr::href : Attr::xlink_href;
    if (tokens_.attributes().has(href)) open_link(Tag::a, raw(href), token.offset, true), frame.link = true;
  }
  open_.push(frame);
  break_for(shown_as(open_.top()), open_.top().now.box != Hidden::display_none);
  return true;
}

bool Reader::start_raw(const Token& token, Tag tag) {
  switch (tag) {
    case Tag::script: {
      ++page_.scripts;
      load(Load::What::script, Attr::src, token.offset);
      const std::string type = value(Attr::type);
      const auto at = static_cast<uint32_t>(tokens_.position());
      const std::string_view script = tokens_.raw_text(token.view, true);
      if (is_script_type(type)) script_.read(script, at);
      return true;
    }
    case Tag::title: {
      const std::string_view title = tokens_.raw_text(token.view, false);
      if (!titled_) page_.title = clean(title, false);
      titled_ = true;
      return true;
    }
    case Tag::style: {
      const std::string type = value(Attr::type), media = value(Attr::media);
      const std::string_view css = tokens_.raw_text(token.view, false);
      if (type.empty() || iequals(type, "text/css")) sheet_.add(css, media);
      return true;
    }
    case Tag::iframe:
      ++page_.iframes;
      load(Load::What::frame, Attr::src, token.offset);
      if (tokens_.attributes().has(Attr::srcdoc))
        script_.add_markup(decode_entities(raw(Attr::srcdoc), true), token.offset, false);
      [[fallthrough]];
    case Tag::noembed:
    case Tag::noframes:
      tokens_.raw_text(token.view, false);
      return true;
    case Tag::textarea:
      open_.reopen();
      field_of(tag, token);
      tokens_.raw_text(token.view, false);
      return true;
    case Tag::xmp: {
      close_implied(tag);
      if (open_.full()) return tokens_.raw_text(token.view, false), note("html_depth"), true;
      Frame frame = make_frame(token, tag);
      open_.push(frame);
      break_for(Display::block, open_.top().now.box != Hidden::display_none);
      const auto at = static_cast<uint32_t>(tokens_.position());
      text(tokens_.raw_text(token.view, false), at, true);
      open_.close_from(open_.size() - 1);
      return true;
    }
    default:
      return false;
  }
}

void Reader::close_implied(Tag tag) {
  if (info(tag).closes_p && open_.contains(Tag::p)) open_.close_in_scope(Tag::p, OpenElements::Scope::button);
  switch (tag) {
    case Tag::li:
      open_.close_in_scope(Tag::li, OpenElements::Scope::list);
      break;
    case Tag::dd:
    case Tag::dt:
      if (!open_.close_in_scope(Tag::dd)) open_.close_in_scope(Tag::dt);
      break;
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
      if (open_.top().tag >= Tag::h1 && open_.top().tag <= Tag::h6) open_.close_from(open_.size() - 1);
      break;
    case Tag::option:
    case Tag::optgroup:
      if (open_.top().tag == Tag::option) open_.close_from(open_.size() - 1);
      break;
    case Tag::button:
      open_.close_in_scope(Tag::button);
      break;
    case Tag::nobr:
      open_.close_in_scope(Tag::nobr);
      break;
    case Tag::a:
      // A new <a> ends the one before it, unless a cell lies between them.
      if (!links_.empty() && links_.back().tag == Tag::a && !links_.back().foreign &&
          links_.back().level == open_.level())
        close_link();
      open_.end_formatting(Tag::a);
      break;
    default:
      break;
  }
}

// Rows, cells and captions close what stands open down to their table.
bool Reader::table_part(Tag tag) {
  const bool cell = tag == Tag::td || tag == Tag::th, row = tag == Tag::tr;
  const bool group = tag == Tag::tbody || tag == Tag::thead || tag == Tag::tfoot || tag == Tag::caption;
  if (tag == Tag::table) {  // a <table> right inside a table, not in a cell of it, ends that one
    const Tag top = open_.top().tag;
    if (top == Tag::table || top == Tag::tbody || top == Tag::thead || top == Tag::tfoot || top == Tag::tr)
      open_.close_in_scope(Tag::table, OpenElements::Scope::table);
    return true;
  }
  if (!cell && !row && !group) return true;
  if (flat_ > 0) return true;
  const auto holds = [&](Tag t) {
    switch (t) {
      case Tag::table:
      case Tag::template_:
        return true;
      case Tag::tbody:
      case Tag::thead:
      case Tag::tfoot:
        return cell || row;
      case Tag::tr:
        return cell;
      default:
        return false;
    }
  };
  if (open_.contains(Tag::table) || open_.contains(Tag::template_)) {
    for (size_t i = open_.size() - 1; i > 0; --i) {
      if (open_[i].foreign || !holds(open_[i].tag)) continue;
      open_.close_from(i + 1);
      return true;
    }
  }
  sink_.gap(cell ? Gap::tab : Gap::line, open_.top().now.box != Hidden::display_none);
  return false;
}

void Reader::void_element(const Token& token, Tag tag) {
  const bool laid_out = open_.top().now.box != Hidden::display_none;
  switch (tag) {
    case Tag::wbr:
    case Tag::link:
    case Tag::param:
    case Tag::source:
    case Tag::track:
    case Tag::col:
    case Tag::basefont:
    case Tag::bgsound:
      return;
    case Tag::embed:
      load(Load::What::object, Attr::src, token.offset);
      if (!links_.empty()) links_.back().seen |= open_.top().now.box_seen();
      return;
    default:
      break;
  }
  const Frame frame = make_frame(token, tag);
  const Computed now = compute(open_.top().now, frame.own, info(tag).display);
  switch (tag) {
    case Tag::br:
    case Tag::hr:
      sink_.gap(Gap::line, laid_out && now.box != Hidden::display_none);
      break;
    case Tag::img:
      image(token, tag, frame, now);
      break;
    case Tag::input:
      input(token, now);
      break;
    case Tag::area:
      link_outside_text(value(Attr::href), value(Attr::alt), token.offset, open_.top().now.box != Hidden::no);
      break;
    default:
      break;
  }
}

void Reader::open_element(const Token& token, Tag tag) {
  if (tag == Tag::form) {
    Form form;
    form.action = value(Attr::action);
    form.method = iequals(value(Attr::method), "post") ? "post" : "get";
    form.offset = token.offset;
    forms_.begin(std::move(form), raw(Attr::id));
  }
  if (tag == Tag::object) load(Load::What::object, Attr::data, token.offset);
  if (tag == Tag::select || tag == Tag::button) field_of(tag, token);
  if (tag == Tag::a && tokens_.attributes().has(Attr::href)) open_link(tag, raw(Attr::href), token.offset, false);
  if (tag == Tag::button && tokens_.attributes().has(Attr::formaction))
    open_link(tag, raw(Attr::formaction), token.offset, false);
  if (open_.full()) {
    note("html_depth");
    if (!info(tag).optional_end) ++flat_;
    if (tag == Tag::button) forms_.end_button();
    return break_for(info(tag).display, open_.top().now.box != Hidden::display_none);
  }
  Frame frame = make_frame(token, tag);
  frame.foreign = tag == Tag::svg || tag == Tag::math;
  frame.muted = tag == Tag::select;
  if (tag == Tag::label) forms_.begin_label(raw(Attr::for_));
  open_.push(frame);
  const Computed& now = open_.top().now;
  // The marker of a cell is open only now: its link begins inside it.
  break_for(shown_as(open_.top()), now.box != Hidden::display_none);
  if (links_.empty() || !now.box_seen()) return;
  const bool picture = tag == Tag::svg || tag == Tag::video || tag == Tag::object || tag == Tag::canvas ||
                       tag == Tag::button || tag == Tag::select;
  if (picture || (frame.own.has(kBackground) && frame.own.backdrop == Backdrop::unknown)) links_.back().seen = true;
}

void Reader::end(const Token& token) {
  const Tag tag = token.tag;
  if (open_.top().tag == Tag::select && tag != Tag::select) {
    const bool part = tag == Tag::table || info(tag).display == Display::row || info(tag).display == Display::cell ||
                      tag == Tag::caption;
    if (!part || open_.in_scope(tag, OpenElements::Scope::table) == OpenElements::npos) return;
    open_.close_in_scope(Tag::select);
  }
  if (tag == Tag::a && !links_.empty() && links_.back().tag == Tag::a && !links_.back().foreign &&
      links_.back().level == open_.level())
    close_link();
  if (flat_ > 0) {
    if (info(tag).void_ || info(tag).optional_end) return;
    --flat_;
    return break_for(info(tag).display, open_.top().now.box != Hidden::display_none);
  }
  if (open_.top().foreign && tag != Tag::p && tag != Tag::br) return end_by_name(token);
  switch (tag) {
    case Tag::html:
    case Tag::body:
    case Tag::head:
    case Tag::colgroup:
    case Tag::other:
      break;
    case Tag::br:
      sink_.gap(Gap::line, open_.top().now.box != Hidden::display_none);
      return;
    case Tag::p:
      if (!open_.close_in_scope(Tag::p, OpenElements::Scope::button))
        sink_.gap(Gap::line, open_.top().now.box != Hidden::display_none);
      return;
    case Tag::li:
      open_.close_in_scope(Tag::li, OpenElements::Scope::list);
      return;
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
      for (Tag h = Tag::h1; h <= Tag::h6; h = static_cast<Tag>(static_cast<uint8_t>(h) + 1))
        if (open_.close_in_scope(h)) return;
      return;
    case Tag::form:
      forms_.end();
      open_.end_formatting(Tag::form);  // leaves what is still open inside it open
      return;
    case Tag::table:
    case Tag::tbody:
    case Tag::thead:
    case Tag::tfoot:
    case Tag::tr:
    case Tag::td:
    case Tag::th:
    case Tag::caption:
      open_.close_in_scope(tag, OpenElements::Scope::table);
      return;
    default:
      if (info(tag).void_) return;
      if (info(tag).formatting) return open_.end_formatting(tag);
      if (info(tag).special) {
        open_.close_in_scope(tag);
        return;
      }
      break;
  }
  if (tag != Tag::body && tag != Tag::html && tag != Tag::head) end_by_name(token);
}

// "Any other end tag": the nearest open element of that name, unless a special one lies before it.
void Reader::end_by_name(const Token& token) {
  for (size_t i = open_.size() - 1; i > 0; --i) {
    const Frame& f = open_[i];
    if (f.tag == token.tag && (f.tag != Tag::other || iequals(f.name, token.view))) {
      open_.close_from(i);
      return;
    }
    if (info(f.tag).special && !f.foreign) return;
  }
}

}  // namespace sekisho::html
