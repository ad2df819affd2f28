// What CSS makes of a piece of text: declarations from style="", <style> rules and old presentational attributes, and
// the state they give an element from that of its parent. Only the properties that decide whether text can be seen, and
// how it breaks into lines. `mso-hide` is left out: Outlook alone hides by it (bulletproof buttons carry it and are
// seen by all others), so whoever hides text by it alone still shows it to most readers. A closed <details> likewise:
// many mail programs know no such element and show all of it, and in the others one click does.
// What would wrongly be taken for hidden is as bad as what is not seen to be: a lure could stand in it. So each way
// counts only where browsers hide by it: `clip` needs position:absolute, transforms and heights need a box, padding and
// min-height give back the room that height:0 took.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "html/page.h"
#include "html/tags.h"

namespace sekisho::html {

struct Colour {
  uint8_t r = 0, g = 0, b = 0;
  uint8_t alpha = 255;
  bool operator==(const Colour&) const = default;
};

// #rgb #rgba #rrggbb #rrggbbaa, names, rgb()/rgba()/hsl()/hsla(), transparent. Nothing for what it does not know.
std::optional<Colour> parse_colour(std::string_view value);
// color=, bgcolor=, text=: WHATWG HTML 2.3.6 "legacy colour value"; nearly every string is some colour.
std::optional<Colour> parse_legacy_colour(std::string_view value);

// A length in px. em counts as 16, per cent as a share of 1024 px; nothing for auto, calc() and the like.
std::optional<float> parse_px(std::string_view value);

enum Property : uint32_t {
  kNothing = 0,
  kDisplay = 1u << 0,
  kVisibility = 1u << 1,
  kOpacity = 1u << 2,
  kFontSize = 1u << 3,
  kColour = 1u << 4,
  kBackground = 1u << 5,
  kHeight = 1u << 6,
  kMaxHeight = 1u << 7,
  kWidth = 1u << 8,
  kMaxWidth = 1u << 9,
  kOverflow = 1u << 10,
  kTextIndent = 1u << 11,
  kPosition = 1u << 12,
  kOffset = 1u << 13,  // left, top, right, bottom: the most negative one, and the largest but of top
  kMargin = 1u << 14,  // the most negative one, and the left one
  kClip = 1u << 15,
  kTransform = 1u << 16,
  kWhiteSpace = 1u << 17,
  kFloat = 1u << 18,
  kTextFill = 1u << 19,  // -webkit-text-fill-color
  kTextClip = 1u << 20,  // background-clip: text
  kPadding = 1u << 21,
  kMinSize = 1u << 22,
  kLineHeight = 1u << 23,
  kFilter = 1u << 24,
  kContent = 1u << 25,  // content-visibility
  kClipPath = 1u << 26,
  kScale = 1u << 27,
};

enum class Backdrop : uint8_t { none, colour, unknown };  // unknown: an image or a gradient

// One layer of declarations. `set` says which members count.
struct Declared {
  uint32_t set = 0, important = 0;  // bits of Property
  Display display = Display::inline_;
  Backdrop backdrop = Backdrop::none;
  bool visible = true, clips = false, positioned = false, absolute = false, clipped_away = false, scaled_away = false,
       pre = false, floats = false;
  bool font_relative = false;  // font_size is a factor
  bool nowrap = false, path_away = false, text_clip = false, flat_lines = false, content_hidden = false,
       scaled_out = false, text_fills = false;
  Colour colour, background, text_fill;
  float opacity = 1, font_size = 16, height = -1, max_height = -1, width = -1, max_width = -1;  // -1: auto
  float text_indent = 0, offset = 0, offset_high = 0, margin = 0, margin_left = 0, translate = 0, filter = 1;
  float padding_right = 0, padding_bottom = 0, min_width = 0, min_height = 0;

  bool has(Property p) const { return set & p; }
  void merge(const Declared& over);  // `over` comes later in the cascade; !important stands against what is not
};

// A block of declarations without its braces, character references decoded, added to `out`. CSS comments and escapes
// are understood.
void parse_declarations(std::string_view css, Declared& out);

// What an element's text inherits and shows.
struct Computed {
  Hidden hidden = Hidden::no;  // of text standing in the element
  Hidden box = Hidden::no;     // of the whole box, images too; nothing inside can undo it
  Display display = Display::block;
  bool visible = true, pre = false, nowrap = false, indented_away = false, background_known = true;
  bool clipped = false;     // inside a box with overflow:hidden
  bool flat_lines = false;  // line-height: 0
  bool flat_box = false;    // inside a box with overflow:hidden that is as high as its lines, which are flat
  bool text_fills = false;  // text_fill is its colour, not `colour`
  Colour colour{0, 0, 0, 255}, background{255, 255, 255, 255}, text_fill;
  float font_px = 16, opacity = 1, indent = 0;

  bool box_seen() const { return box == Hidden::no && visible; }  // an image here would be seen
};

Computed compute(const Computed& parent, const Declared& own, Display default_display);

// Copies CSS with comments replaced by a space and escapes by their characters. For text that has a "/*" or a
// backslash.
std::string unescape_css(std::string_view css);

}  // namespace sekisho::html
