// Takes CSS declarations, gives those that decide what is seen. Entries: parse_declarations, parse_px, unescape_css.
// Refuses nothing: what it does not understand is left out, as in a browser.
#include "html/style.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string>

#include "base/strings.h"
#include "html/entities.h"

namespace sekisho::html {
namespace {

constexpr float kTiny = 1.01f;  // px
constexpr float kEm = 16, kViewport = 1024;

constexpr uint64_t pack(std::string_view s) {
  uint64_t key = 0;
  for (const char c : s) key = key << 8 | static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return key;
}

// A number at the start of `s` and what follows it.
std::optional<float> take_number(std::string_view& s) {
  size_t i = !s.empty() && (s[0] == '+' || s[0] == '-');
  const size_t digits = i;
  while (i < s.size() && (is_digit(s[i]) || s[i] == '.')) ++i;
  if (i == digits || i > 40) return {};
  if (i < s.size() && (s[i] | 0x20) == 'e' && i + 1 < s.size() && is_digit(s[i + 1]))
    return {};  // 1e9px: nobody writes it
  float value = 0;
  const size_t from = s[0] == '+' ? 1 : 0;
  const auto [end, error] = std::from_chars(s.data() + from, s.data() + i, value, std::chars_format::fixed);
  if (error != std::errc() || end == s.data() + from) return {};
  s.remove_prefix(i);
  return value;
}

struct Length {
  float value;
  enum { px, em, percent } unit;
};

std::optional<Length> parse_length(std::string_view s) {
  const auto number = take_number(s);
  if (!number) return {};
  const float v = *number;
  size_t n = 0;
  while (n < s.size() && n < 5 && (is_alpha(s[n]) || s[n] == '%')) ++n;
  switch (pack(s.substr(0, n))) {
    case pack(""):
    case pack("px"):
      return Length{v, Length::px};
    case pack("pt"):
      return Length{v * 4 / 3, Length::px};
    case pack("pc"):
      return Length{v * 16, Length::px};
    case pack("in"):
      return Length{v * 96, Length::px};
    case pack("cm"):
      return Length{v * 37.8f, Length::px};
    case pack("mm"):
      return Length{v * 3.78f, Length::px};
    case pack("rem"):
      return Length{v * kEm, Length::px};
    case pack("em"):
      return Length{v, Length::em};
    case pack("ex"):
    case pack("ch"):
      return Length{v / 2, Length::em};
    case pack("%"):
      return Length{v, Length::percent};
    case pack("vw"):
    case pack("vh"):
    case pack("vmin"):
    case pack("vmax"):
      return Length{v * kViewport / 100, Length::px};
    default:
      return {};
  }
}

// Calls f(word) for each blank-separated word; brackets and quotes hold together.
template <class F>
void each_word(std::string_view s, F f) {
  for (size_t i = 0; i < s.size();) {
    while (i < s.size() && (is_space(s[i]) || s[i] == ',')) ++i;
    const size_t from = i;
    int depth = 0;
    for (; i < s.size() && (depth > 0 || !(is_space(s[i]) || s[i] == ',')); ++i) {
      if (s[i] == '(') ++depth;
      if (s[i] == ')') --depth;
      if (s[i] == '"' || s[i] == '\'') {
        const size_t end = s.find(s[i], i + 1);
        i = end == std::string_view::npos ? s.size() - 1 : end;
      }
    }
    if (i > from) f(s.substr(from, i - from));
  }
}

std::optional<float> font_keyword(std::string_view s) {
  switch (s.size() <= 8 ? pack(s) : 0) {
    case pack("xx-small"):
      return 9.f;
    case pack("x-small"):
      return 10.f;
    case pack("small"):
      return 13.f;
    case pack("medium"):
      return 16.f;
    case pack("large"):
      return 18.f;
    case pack("x-large"):
      return 24.f;
    case pack("xx-large"):
      return 32.f;
    case pack("initial"):
      return 16.f;
    default:
      return {};
  }
}

bool font_size(std::string_view s, Declared& d) {
  if (const auto px = font_keyword(s)) {
    d.font_size = *px, d.font_relative = false;
    return true;
  }
  if (iequals(s, "smaller") || iequals(s, "larger")) {
    d.font_size = (s[0] | 0x20) == 's' ? 0.83f : 1.2f, d.font_relative = true;
    return true;
  }
  const auto length = parse_length(s);
  if (!length || length->value < 0) return false;
  d.font_relative = length->unit != Length::px;
  d.font_size = length->unit == Length::percent ? length->value / 100 : length->value;
  return true;
}

bool size_of(std::string_view s, float& out) {
  const auto px = parse_px(s);
  out = px ? std::max(*px, 0.f) : -1;
  return true;
}

// A line height of nothing.
bool flat(std::string_view s) {
  const auto length = parse_length(trim(s));
  return length && length->value == 0;
}

bool background(std::string_view value, Declared& d) {
  bool image = false;
  std::optional<Colour> colour;
  each_word(value, [&](std::string_view w) {
    if (ifind(w, "url(") != std::string_view::npos || ifind(w, "gradient(") != std::string_view::npos ||
        istarts_with(w, "image") || istarts_with(w, "var(")) {
      image = true;
    } else if (!colour) {
      colour = parse_colour(w);
    }
  });
  if (!image && !colour && !iequals(value, "none") && !iequals(value, "initial")) return false;
  d.backdrop = image ? Backdrop::unknown : colour ? Backdrop::colour : Backdrop::none;
  d.background = colour.value_or(Colour{0, 0, 0, 0});
  return true;
}

// clip: rect(0 0 0 0), rect(1px,1px,1px,1px).
bool clip(std::string_view value, Declared& d) {
  const size_t open = value.find('(');
  d.clipped_away = false;
  if (open == std::string_view::npos || !istarts_with(value, "rect")) return true;
  float low = 1e9f, high = -1e9f;
  each_word(value.substr(open + 1).substr(0, value.substr(open + 1).find(')')), [&](std::string_view w) {
    if (const auto length = parse_length(w)) low = std::min(low, length->value), high = std::max(high, length->value);
  });
  d.clipped_away = low <= high && high - low <= kTiny && high <= kTiny;
  return true;
}

// clip-path: inset(50%), inset(100% 0 0 0), circle(0), ellipse(0 50%), polygon(0 0, 0 0, 0 0).
bool clip_path(std::string_view value, Declared& d) {
  const size_t open = value.find('(');
  d.path_away = false;
  if (open == std::string_view::npos) return true;
  std::string_view inside = value.substr(open + 1);
  inside = inside.substr(0, inside.find(')'));
  const bool inset = istarts_with(value, "inset"), polygon = istarts_with(value, "polygon");
  std::array<Length, 4> first{};
  float low[2] = {1e9f, 1e9f}, high[2] = {-1e9f, -1e9f};  // of x and y
  size_t n = 0;
  bool ended = false, odd = false;
  each_word(inside, [&](std::string_view w) {
    if (iequals(w, "at") || iequals(w, "round")) ended = true;
    const auto length = parse_length(w);
    if (ended || !length) return void(odd |= !ended && !(iequals(w, "nonzero") || iequals(w, "evenodd")));
    if (n < 4) first[n] = *length;
    low[n % 2] = std::min(low[n % 2], length->value), high[n % 2] = std::max(high[n % 2], length->value);
    ++n;
  });
  if (odd || n == 0) return true;
  if (istarts_with(value, "circle")) d.path_away = first[0].value == 0;
  if (istarts_with(value, "ellipse")) d.path_away = n >= 2 && (first[0].value == 0 || first[1].value == 0);
  if (polygon) d.path_away = n >= 2 && (high[0] - low[0] == 0 || high[1] - low[1] == 0);
  if (!inset) return true;
  const auto side = [&](size_t i) {  // top, right, bottom, left, of which trailing ones may be left out
    const Length& l = first[i < n ? i : i == 3 && n > 1 ? 1 : i >= 2 && n > i - 2 ? i - 2 : 0];
    return l.unit == Length::percent ? l.value : 0;
  };
  d.path_away = side(0) + side(2) >= 100 || side(1) + side(3) >= 100;
  return true;
}

bool transform(std::string_view value, Declared& d) {
  d.scaled_away = false;
  d.translate = 0;
  each_word(value, [&](std::string_view w) {
    const size_t open = w.find('(');
    if (open == std::string_view::npos) return;
    const std::string_view name = w.substr(0, open);
    size_t n = 0;
    each_word(w.substr(open + 1, w.size() - open - 2), [&](std::string_view argument) {
      const auto length = parse_length(argument);
      const size_t at = n++;
      if (!length) return;
      const bool none = std::fabs(length->value) < 0.01f;
      // What happens to the third dimension is not seen.
      if (iequals(name, "scale") || iequals(name, "scalex") || iequals(name, "scaley") ||
          (iequals(name, "scale3d") && at < 2))
        d.scaled_away |= none;
      if (istarts_with(name, "translate") && length->unit != Length::percent)
        d.translate = std::min(d.translate, length->value * (length->unit == Length::em ? kEm : 1));
    });
  });
  return true;
}

Display display(std::string_view v) {
  if (iequals(v, "none")) return Display::none;
  if (iequals(v, "inline") || iequals(v, "contents")) return Display::inline_;
  if (istarts_with(v, "inline-")) return Display::inline_block;
  if (iequals(v, "table-cell")) return Display::cell;
  if (iequals(v, "table-row")) return Display::row;
  return Display::block;
}

// The sides of `margin: 1px 2px`, as top, right, bottom, left; those without a length are 0.
std::array<float, 4> sides(std::string_view v) {
  std::array<float, 4> out{};
  size_t n = 0;
  each_word(v, [&](std::string_view w) {
    if (n < 4) out[n++] = parse_px(w).value_or(0);
  });
  if (n == 1) out[1] = out[0];
  if (n <= 2) out[2] = out[0];
  if (n <= 3) out[3] = out[1];
  return out;
}

// The most negative side of `left: -9999px`, `margin: -999px 0 0`; zero where none is.
float lowest_side(std::string_view v) {
  float low = 0;
  each_word(v, [&](std::string_view w) { low = std::min(low, parse_px(w).value_or(0)); });
  return low;
}

// One declaration into `d`; gives the property, or 0 when it is none of ours or its value is no value of it.
uint32_t declare(std::string_view name, std::string_view v, Declared& d, uint32_t seen) {
  if (v.empty()) return 0;
  if (name.size() <= 8) {
    switch (pack(name)) {
      case pack("display"):
        d.display = display(v);
        return kDisplay;
      case pack("color"): {
        const auto colour = parse_colour(v);
        if (!colour) return 0;
        d.colour = *colour;
        return kColour;
      }
      case pack("opacity"): {
        const auto number = parse_length(v);
        if (!number) return 0;
        d.opacity = std::clamp(number->unit == Length::percent ? number->value / 100 : number->value, 0.f, 1.f);
        return kOpacity;
      }
      case pack("font"): {  // [style weight] size[/line-height] family: the first word that is a size
        bool found = false;
        each_word(v, [&](std::string_view w) {
          if (found) return;
          w = w.substr(0, w.find('/'));
          const bool weight = w.size() == 3 && is_digit(w[0]) && is_digit(w[1]) && is_digit(w[2]);
          found = !weight && font_size(w, d);
        });
        if (!found) return kNothing;
        const size_t slash = v.find('/');
        d.flat_lines = slash != std::string_view::npos && flat(v.substr(slash + 1));
        return kFontSize | kLineHeight;
      }
      case pack("height"):
        return size_of(v, d.height) ? kHeight : kNothing;
      case pack("width"):
        return size_of(v, d.width) ? kWidth : kNothing;
      case pack("overflow"):
        d.clips = !istarts_with(v, "visible") && !iequals(v, "initial");
        return kOverflow;
      case pack("position"):
        d.absolute = iequals(v, "absolute") || iequals(v, "fixed");
        d.positioned = d.absolute || iequals(v, "relative") || iequals(v, "sticky");
        return kPosition;
      case pack("left"):
      case pack("top"):
      case pack("right"):
      case pack("bottom"): {
        const float px = parse_px(v).value_or(0), high = iequals(name, "top") ? 0 : px;
        d.offset = seen & kOffset ? std::min(d.offset, px) : px;
        d.offset_high = seen & kOffset ? std::max(d.offset_high, high) : high;
        return kOffset;
      }
      case pack("margin"):
        d.margin = lowest_side(v);
        d.margin_left = sides(v)[3];
        return kMargin;
      case pack("padding"): {
        const auto all = sides(v);
        d.padding_right = all[1], d.padding_bottom = all[2];
        return kPadding;
      }
      case pack("filter"): {
        const size_t at = ifind(v, "opacity(");
        d.filter = 1;
        if (at == std::string_view::npos) return kFilter;
        if (const auto number = parse_length(v.substr(at + 8)))
          d.filter = number->unit == Length::percent ? number->value / 100 : number->value;
        return kFilter;
      }
      case pack("scale"):
        d.scaled_out = false;
        each_word(v, [&, n = 0](std::string_view w) mutable {
          const auto number = parse_length(w);
          d.scaled_out |= n++ < 2 && number && std::fabs(number->value) < 0.01f;
        });
        return kScale;
      case pack("clip"):
        return clip(v, d) ? kClip : kNothing;
      case pack("float"):
        d.floats = !iequals(v, "none");
        return kFloat;
      default:
        return 0;
    }
  }
  switch (name[0] | 0x20) {
    case '-':
      if (iequals(name, "-webkit-text-fill-color")) {
        const auto colour = parse_colour(v);
        if (!colour && !iequals(v, "currentcolor") && !iequals(v, "initial")) return 0;
        d.text_fill = colour.value_or(Colour{1, 2, 3, 0});
        d.text_fills = colour.has_value();
        return kTextFill;
      }
      if (!iequals(name, "-webkit-background-clip")) return 0;
      d.text_clip = iequals(v, "text");
      return kTextClip;
    case 'l':
      if (!iequals(name, "line-height")) return 0;
      d.flat_lines = flat(v);
      return kLineHeight;
    case 'p':
      if (iequals(name, "padding-bottom")) {
        d.padding_right = seen & kPadding ? d.padding_right : 0;
        d.padding_bottom = parse_px(v).value_or(0);
        return kPadding;
      }
      if (iequals(name, "padding-right")) {
        d.padding_bottom = seen & kPadding ? d.padding_bottom : 0;
        d.padding_right = parse_px(v).value_or(0);
        return kPadding;
      }
      return 0;
    case 'b':
      if (iequals(name, "background-clip")) {
        d.text_clip = iequals(v, "text");
        return kTextClip;
      }
      if (iequals(name, "background-color")) {
        const auto colour = parse_colour(v);
        if (!colour) return 0;
        d.background = *colour;
        if (!(seen & kBackground) || d.backdrop != Backdrop::unknown) d.backdrop = Backdrop::colour;
        return kBackground;
      }
      if (iequals(name, "background")) return background(v, d) ? kBackground : kNothing;
      if (iequals(name, "background-image")) {
        if (iequals(v, "none")) return 0;
        if (!(seen & kBackground)) d.background = Colour{0, 0, 0, 0};
        d.backdrop = Backdrop::unknown;
        return kBackground;
      }
      return 0;
    case 'f':
      return iequals(name, "font-size") && font_size(v, d) ? kFontSize : kNothing;
    case 'm':
      if (iequals(name, "max-height")) return size_of(v, d.max_height) ? kMaxHeight : kNothing;
      if (iequals(name, "max-width")) return size_of(v, d.max_width) ? kMaxWidth : kNothing;
      if (iequals(name, "margin-left") || iequals(name, "margin-top")) {
        const float low = lowest_side(v);
        d.margin = seen & kMargin ? std::min(d.margin, low) : low;
        if (iequals(name, "margin-left")) d.margin_left = parse_px(v).value_or(0);
        else if (!(seen & kMargin)) d.margin_left = 0;
        return kMargin;
      }
      if (iequals(name, "min-height") || iequals(name, "min-width")) {
        if (!(seen & kMinSize)) d.min_height = d.min_width = 0;
        ((name[4] | 0x20) == 'h' ? d.min_height : d.min_width) = parse_px(v).value_or(0);
        return kMinSize;
      }
      return 0;
    case 'o':
      if (iequals(name, "overflow-x") || iequals(name, "overflow-y")) {
        d.clips = !istarts_with(v, "visible") && !iequals(v, "initial");
        return kOverflow;
      }
      return 0;
    case 'v':
      if (!iequals(name, "visibility")) return 0;
      d.visible = !(iequals(v, "hidden") || iequals(v, "collapse"));
      return kVisibility;
    case 't':
      if (iequals(name, "text-indent")) {
        const auto px = parse_px(v.substr(0, v.find_first_of(" \t\n")));
        d.text_indent = px.value_or(0);
        return px ? kTextIndent : kNothing;
      }
      return iequals(name, "transform") && transform(v, d) ? kTransform : kNothing;
    case 'c':
      if (iequals(name, "content-visibility")) {
        d.content_hidden = iequals(v, "hidden");
        return kContent;
      }
      return iequals(name, "clip-path") && clip_path(v, d) ? kClipPath : kNothing;
    case 'w':
      if (!iequals(name, "white-space")) return 0;
      d.pre = istarts_with(v, "pre") || istarts_with(v, "break-spaces");
      d.nowrap = iequals(v, "nowrap") || iequals(v, "pre");
      return kWhiteSpace;
    default:
      return 0;
  }
}

}  // namespace

std::optional<float> parse_px(std::string_view value) {
  const auto length = parse_length(value);
  if (!length) return {};
  if (length->unit == Length::em) return length->value * kEm;
  if (length->unit == Length::percent) return length->value * kViewport / 100;
  return length->value;
}

void parse_declarations(std::string_view css, Declared& out) {
  if (css.find('\\') != std::string_view::npos || css.find("/*") != std::string_view::npos) {
    const std::string plain = unescape_css(css);
    if (plain.find('\\') == std::string::npos && plain.find("/*") == std::string::npos)
      return parse_declarations(plain, out);
    return;  // escapes that make escapes: no browser sees a declaration there
  }
  size_t i = 0;
  const size_t n = css.size();
  while (i < n) {
    while (i < n && (is_space(css[i]) || css[i] == ';')) ++i;
    const size_t name_at = i;
    while (i < n && css[i] != ':' && css[i] != ';') ++i;
    if (i >= n || css[i] == ';') continue;
    const std::string_view name = trim(css.substr(name_at, i - name_at));
    const size_t value_at = ++i;
    for (int depth = 0; i < n && (css[i] != ';' || depth > 0); ++i) {
      if (css[i] == '(') ++depth;
      if (css[i] == ')' && depth > 0) --depth;
      if (css[i] == '"' || css[i] == '\'') {
        const size_t end = css.find(css[i], i + 1);
        if (end == std::string_view::npos) {
          i = n;
          break;
        }
        i = end;
      }
    }
    if (name.empty()) continue;
    std::string_view value = trim(css.substr(value_at, i - value_at));
    bool important = false;
    if (const size_t bang = value.rfind('!');
        bang != std::string_view::npos && iequals(trim(value.substr(bang + 1)), "important")) {
      important = true;
      value = trim(value.substr(0, bang));
    }
    if (!out.important) {
      const uint32_t property = declare(name, value, out, out.set);
      out.set |= property;
      if (important) out.important |= property;
      continue;
    }
    // Inside one block too, what is not important gives way to what is.
    Declared one = out;
    const uint32_t property = declare(name, value, one, out.set);
    if (!property || ((out.important & property) && !important)) continue;
    out = one;
    out.set |= property;
    if (important) out.important |= property;
  }
}

std::string unescape_css(std::string_view css) {
  std::string out;
  out.reserve(css.size());
  for (size_t i = 0; i < css.size();) {
    if (css.substr(i, 2) == "/*") {
      const size_t end = css.find("*/", i + 2);
      i = end == std::string_view::npos ? css.size() : end + 2;
      out += ' ';
    } else if (css[i] == '\\' && i + 1 < css.size()) {
      size_t j = i + 1;
      char32_t value = 0;
      while (j < css.size() && j < i + 7) {
        const int digit = hex_digit(css[j]);
        if (digit < 0) break;
        value = value * 16 + static_cast<char32_t>(digit);
        ++j;
      }
      if (j == i + 1) {  // the character itself
        // An escaped delimiter is part of a name; drop it rather than let it delimit.
        if (!std::strchr(";:{}()\"'/\\", css[j]) || css[j] == '\0') out += css[j];
        i = j + 1;
        continue;
      }
      if (j < css.size() && is_space(css[j])) ++j;
      if (value > 0x20 && value < 0x7F &&
          (is_alnum(static_cast<char>(value)) || value == '-' || value == '#' || value == '.')) {
        out += static_cast<char>(value);
      } else {
        append_code_point(out, 0xFFFD);
      }
      i = j;
    } else {
      if (css[i] != '\\') out += css[i];
      ++i;
    }
  }
  return out;
}

}  // namespace sekisho::html
