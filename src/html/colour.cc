// Takes a colour as CSS or old HTML attributes write it, gives its channels. Entries: parse_colour,
// parse_legacy_colour. Refuses what names no colour (currentColor, inherit, var()) by giving nothing.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "base/strings.h"
#include "html/style.h"

namespace sekisho::html {
namespace {

struct NamedColour {
  std::string_view name;
  uint32_t rgb;
};
constexpr NamedColour kColours[] = {
#include "html/colours.inc"
};

Colour from_rgb(uint32_t v, uint8_t alpha = 255) {
  return {static_cast<uint8_t>(v >> 16), static_cast<uint8_t>(v >> 8), static_cast<uint8_t>(v), alpha};
}

std::optional<Colour> named(std::string_view s) {
  if (s.empty() || s.size() > 20) return {};
  char lower[20];
  for (size_t i = 0; i < s.size(); ++i) lower[i] = ascii_lower(s[i]);
  const std::string_view key(lower, s.size());
  const auto* it = std::lower_bound(std::begin(kColours), std::end(kColours), key,
                                    [](const NamedColour& c, std::string_view k) { return c.name < k; });
  if (it == std::end(kColours) || it->name != key) return {};
  return from_rgb(it->rgb);
}

std::optional<Colour> from_hex(std::string_view s) {
  if (s.size() != 3 && s.size() != 4 && s.size() != 6 && s.size() != 8) return {};
  uint8_t channel[4] = {0, 0, 0, 255};
  const size_t width = s.size() < 6 ? 1 : 2;
  for (size_t i = 0; i * width < s.size(); ++i) {
    const int high = hex_digit(s[i * width]), low = hex_digit(s[i * width + width - 1]);
    if (high < 0 || low < 0) return {};
    channel[i] = static_cast<uint8_t>(high * 16 + low);
  }
  return Colour{channel[0], channel[1], channel[2], channel[3]};
}

uint8_t channel(float v) { return static_cast<uint8_t>(std::lround(std::clamp(v, 0.f, 255.f))); }

Colour from_hsl(float hue, float saturation, float lightness, uint8_t alpha) {
  hue = std::fmod(std::fmod(hue, 360.f) + 360.f, 360.f) / 30.f;
  const float a = saturation * std::min(lightness, 1 - lightness);
  const auto f = [&](float n) {
    const float k = std::fmod(n + hue, 12.f);
    return channel(255 * (lightness - a * std::max(-1.f, std::min({k - 3, 9 - k, 1.f}))));
  };
  return {f(0), f(8), f(4), alpha};
}

// rgb(1, 2, 3 / .5), rgba(10%, …), hsl(120deg 100% 50%): both the comma and the blank form.
std::optional<Colour> from_function(std::string_view s) {
  const bool hsl = istarts_with(s, "hsl");
  const size_t open = s.find('('), close = s.find(')');
  if (open == std::string_view::npos || !(hsl || istarts_with(s, "rgb")) || open > 4) return {};
  std::string_view rest = s.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
  float value[4] = {0, 0, 0, 1};
  bool percent[4] = {};
  size_t n = 0;
  for (size_t i = 0; i < rest.size() && n < 4;) {
    if (is_space(rest[i]) || rest[i] == ',' || rest[i] == '/') {
      ++i;
      continue;
    }
    const auto [end, error] =
        std::from_chars(rest.data() + i, rest.data() + rest.size(), value[n], std::chars_format::fixed);
    if (error != std::errc() || !std::isfinite(value[n])) return {};
    i = static_cast<size_t>(end - rest.data());
    if (i < rest.size() && rest[i] == '%') percent[n] = true, ++i;
    while (i < rest.size() && is_alpha(rest[i])) ++i;  // deg
    ++n;
  }
  if (n < 3) return {};
  const uint8_t alpha = channel(255 * (percent[3] ? value[3] / 100 : value[3]));
  if (hsl)
    return from_hsl(std::clamp(value[0], -1e6f, 1e6f), std::clamp(value[1] / 100, 0.f, 1.f),
                    std::clamp(value[2] / 100, 0.f, 1.f), alpha);
  for (size_t i = 0; i < 3; ++i)
    if (percent[i]) value[i] *= 2.55f;
  return Colour{channel(value[0]), channel(value[1]), channel(value[2]), alpha};
}

}  // namespace

std::optional<Colour> parse_colour(std::string_view s) {
  s = trim(s);
  if (s.empty()) return {};
  if (s[0] == '#') return from_hex(s.substr(1));
  if (s.back() == ')') return from_function(s);
  if (iequals(s, "transparent")) return Colour{0, 0, 0, 0};
  return named(s);
}

std::optional<Colour> parse_legacy_colour(std::string_view value) {
  std::string_view s = trim(value);
  if (s.empty() || iequals(s, "transparent")) return {};
  if (const auto colour = named(s)) return colour;
  if (s[0] == '#') {
    s.remove_prefix(1);
    if (s.size() == 3 || s.size() == 6)
      if (const auto colour = from_hex(s)) return colour;
  }
  std::string digits(s.substr(0, 128));
  for (char& c : digits)
    if (hex_digit(c) < 0) c = '0';
  while (digits.empty() || digits.size() % 3) digits += '0';
  size_t width = digits.size() / 3, skip = width > 8 ? width - 8 : 0;
  const auto at = [&](size_t channel_index, size_t i) { return digits[channel_index * width + i]; };
  while (width - skip > 2 && at(0, skip) == '0' && at(1, skip) == '0' && at(2, skip) == '0') ++skip;
  uint8_t channels[3];
  for (size_t k = 0; k < 3; ++k) {
    int v = hex_digit(at(k, skip));
    if (width - skip > 1) v = v * 16 + hex_digit(at(k, skip + 1));
    channels[k] = static_cast<uint8_t>(v);
  }
  return Colour{channels[0], channels[1], channels[2], 255};
}

}  // namespace sekisho::html
