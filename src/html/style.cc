// Takes declarations and a parent's state, gives the element's: is its text seen, and if not, why. Entries: compute,
// Declared::merge.
#include "html/style.h"

#include <cstdlib>

namespace sekisho::html {
namespace {

constexpr float kFarAway = -500;  // px: nobody moves text this far but to be rid of it
constexpr float kFarOff = 2000;   // px to the right: beyond every window in which mail is read
constexpr float kRoom = 4;        // px in which text can be made out
constexpr float kTiny = 1.01f;    // px
constexpr float kFaint = 0.05f;   // opacity
constexpr int kNearColour = 12;   // per channel, of 255: beyond this a trained eye sees text
constexpr float kViewport = 1024;

bool near(Colour a, Colour b) {
  return std::abs(a.r - b.r) <= kNearColour && std::abs(a.g - b.g) <= kNearColour && std::abs(a.b - b.b) <= kNearColour;
}

Colour blend(Colour over, Colour under) {
  const auto mix = [&](int o, int u) { return static_cast<uint8_t>((o * over.alpha + u * (255 - over.alpha)) / 255); };
  return {mix(over.r, under.r), mix(over.g, under.g), mix(over.b, under.b), 255};
}

}  // namespace

void Declared::merge(const Declared& over) {
  const uint32_t take = over.set & ~(important & ~over.important);
  if (!take) return;
  const auto copy = [&](Property p, auto... members) {
    if (take & p) ((this->*members = over.*members), ...);
  };
  using D = Declared;
  copy(kDisplay, &D::display);
  copy(kVisibility, &D::visible);
  copy(kOpacity, &D::opacity);
  copy(kFontSize, &D::font_size, &D::font_relative);
  copy(kColour, &D::colour);
  copy(kBackground, &D::background, &D::backdrop);
  copy(kHeight, &D::height);
  copy(kMaxHeight, &D::max_height);
  copy(kWidth, &D::width);
  copy(kMaxWidth, &D::max_width);
  copy(kOverflow, &D::clips);
  copy(kTextIndent, &D::text_indent);
  copy(kPosition, &D::positioned, &D::absolute);
  copy(kOffset, &D::offset, &D::offset_high);
  copy(kMargin, &D::margin, &D::margin_left);
  copy(kClip, &D::clipped_away);
  copy(kTransform, &D::scaled_away, &D::translate);
  copy(kWhiteSpace, &D::pre, &D::nowrap);
  copy(kFloat, &D::floats);
  if (take >> 19) {
    copy(kTextFill, &D::text_fill, &D::text_fills);
    copy(kTextClip, &D::text_clip);
    copy(kPadding, &D::padding_right, &D::padding_bottom);
    copy(kMinSize, &D::min_width, &D::min_height);
    copy(kLineHeight, &D::flat_lines);
    copy(kFilter, &D::filter);
    copy(kContent, &D::content_hidden);
    copy(kClipPath, &D::path_away);
    copy(kScale, &D::scaled_out);
  }
  set |= take;
  important = (important & ~take) | (over.important & take);
}

Computed compute(const Computed& parent, const Declared& own, Display default_display) {
  Computed c = parent;
  c.display = own.has(kDisplay) ? own.display : default_display;
  const auto hide = [&c](Hidden how) {
    if (c.box == Hidden::no) c.box = how;
  };
  if (c.display == Display::none) hide(Hidden::display_none);
  if (own.set) {
    if (own.has(kVisibility)) c.visible = own.visible;
    if (own.has(kWhiteSpace)) c.pre = own.pre, c.nowrap = own.nowrap;
    if (own.has(kFontSize)) c.font_px = own.font_relative ? parent.font_px * own.font_size : own.font_size;
    if (own.has(kOpacity) || own.has(kFilter)) {
      c.opacity *= (own.has(kOpacity) ? own.opacity : 1) * (own.has(kFilter) ? own.filter : 1);
      if (c.opacity < kFaint) hide(Hidden::zero_size);
    }
    const bool absolute = own.has(kPosition) && own.absolute;
    const bool apart = absolute || (own.has(kFloat) && own.floats);  // such a box is a block
    const bool has_size = apart || c.display == Display::block || c.display == Display::inline_block;
    const bool boxed = apart || c.display != Display::inline_;
    const bool clips = own.has(kOverflow) && own.clips && has_size;
    if (own.has(kLineHeight)) c.flat_lines = own.flat_lines;
    if (clips) {
      c.clipped = true;
      const bool padded = own.has(kPadding), least = own.has(kMinSize);
      const bool low = !(padded && own.padding_bottom > kRoom) && !(least && own.min_height > kRoom);
      const bool narrow = !(padded && own.padding_right > kRoom) && !(least && own.min_width > kRoom);
      const auto tiny = [&](Property p, float v) { return own.has(p) && v >= 0 && v < kTiny; };
      if ((low && (tiny(kHeight, own.height) || tiny(kMaxHeight, own.max_height))) ||
          (narrow && (tiny(kWidth, own.width) || tiny(kMaxWidth, own.max_width))))
        hide(Hidden::zero_size);
      c.flat_box = c.flat_lines && low && !(own.has(kHeight) && own.height > kRoom);
    }
    if (own.has(kTransform) && boxed) {
      if (own.scaled_away) hide(Hidden::zero_size);
      if (own.translate <= kFarAway) hide(Hidden::off_screen);
    }
    if (own.has(kScale) && own.scaled_out && boxed) hide(Hidden::zero_size);
    if (own.has(kContent) && own.content_hidden && has_size) hide(Hidden::display_none);
    if (own.has(kPosition) && own.positioned && own.has(kOffset) &&
        (own.offset <= kFarAway || own.offset_high >= kFarOff))
      hide(Hidden::off_screen);
    if (own.has(kMargin) && (own.margin <= kFarAway || own.margin_left >= kFarOff)) hide(Hidden::off_screen);
    if (own.has(kClip) && own.clipped_away && absolute) hide(Hidden::off_screen);
    if (own.has(kClipPath) && own.path_away) hide(Hidden::off_screen);
    if (own.has(kTextIndent)) c.indent = own.text_indent;
    // Only the first line of a block is indented: to the right that takes all of the text along only if it is one line.
    if (boxed)
      c.indented_away =
          c.indent <= kFarAway || (c.nowrap && (c.indent >= kFarOff || (c.clipped && c.indent >= kViewport)));
    if (own.has(kColour)) c.colour = own.colour;
    if (own.has(kTextFill)) c.text_fill = own.text_fill, c.text_fills = own.text_fills;
    if (own.has(kBackground)) {
      if (own.backdrop == Backdrop::unknown) {
        c.background_known = false;
      } else if (own.backdrop == Backdrop::colour && own.background.alpha > 0) {
        if (own.background.alpha == 255) c.background_known = true;
        c.background = blend(own.background, c.background);
      }
    }
  }
  if (c.box != Hidden::no) {
    c.hidden = c.box;
  } else if (!c.visible) {
    c.hidden = Hidden::display_none;
  } else if (c.font_px < kTiny || (c.flat_box && c.flat_lines)) {
    c.hidden = Hidden::zero_size;
  } else if (c.indented_away) {
    c.hidden = Hidden::off_screen;
  } else if (own.has(kTextClip) && own.text_clip) {
    c.hidden = Hidden::no;  // the background shows in the letters
  } else if (const Colour ink = c.text_fills ? c.text_fill : c.colour;
             ink.alpha < 13 || (c.background_known && near(blend(ink, c.background), c.background))) {
    c.hidden = Hidden::same_colour;
  } else {
    c.hidden = Hidden::no;
  }
  return c;
}

}  // namespace sekisho::html
