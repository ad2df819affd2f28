// Takes a value and its key, gives the texts it stands for. Entries: texts_of(), strings_of(), wanted(). Refuses
// wildcards in what is to be encoded, unknown placeholders and values that unfold to more than kMostTexts.
#include "sigma/value.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/base64.h"
#include "base/strings.h"

namespace sekisho::sigma {
namespace {

using Kind = Piece::Kind;

void append(Text& out, Piece piece) {
  if (!out.empty() && out.back().kind == piece.kind && piece.kind != Kind::one) {
    out.back().text += piece.text;
    return;
  }
  if (piece.kind != Kind::literal || !piece.text.empty()) out.push_back(std::move(piece));
}

// ---- encodings

// What `in` looks like inside a longer base64 text when it starts at a byte with remainder `shift`: only the digits
// that its neighbours cannot change.
std::string base64_inside(std::string_view in, size_t shift) {
  static constexpr size_t kSkip[] = {0, 2, 3}, kDrop[] = {0, 3, 2};
  const std::string whole = encode_base64(std::string(shift, ' ') + std::string(in));
  const size_t drop = kDrop[(in.size() + shift) % 3];
  return whole.size() > kSkip[shift] + drop ? whole.substr(kSkip[shift], whole.size() - kSkip[shift] - drop)
                                            : std::string();
}

std::string utf16(std::string_view in, bool big) {
  std::string out;
  const auto unit = [&](uint32_t u) {
    const char low = static_cast<char>(u & 0xFF), high = static_cast<char>(u >> 8);
    out += big ? high : low;
    out += big ? low : high;
  };
  for (size_t i = 0; i < in.size();) {
    uint32_t c = static_cast<unsigned char>(in[i]);
    const size_t length = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (length > 1) c &= 0xFFu >> (length + 1);
    for (size_t k = 1; k < length && i + k < in.size(); ++k)
      c = c << 6 | (static_cast<unsigned char>(in[i + k]) & 0x3F);
    i += length;
    if (c < 0x10000) {
      unit(c);
    } else {
      unit(0xD800 + ((c - 0x10000) >> 10 & 0x3FF));
      unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return out;
}

std::vector<std::string> encode(std::string_view in, Encoding encoding) {
  switch (encoding) {
    case Encoding::base64:
      return {encode_base64(in)};
    case Encoding::base64offset:
      return {base64_inside(in, 0), base64_inside(in, 1), base64_inside(in, 2)};
    case Encoding::utf16le:
      return {utf16(in, false)};
    case Encoding::utf16be:
      return {utf16(in, true)};
    case Encoding::utf16:
      return {"\xFF\xFE" + utf16(in, false)};
  }
  return {};
}

// ---- windash

constexpr std::string_view kDashes[] = {"-", "/", "\u2013", "\u2014", "\u2015"};

bool is_word(char c) { return is_alnum(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }

// The length of a dash that opens a flag at `at`: before a word, not behind one. 0: none.
size_t dash_at(std::string_view s, size_t at) {
  for (const std::string_view dash : kDashes) {
    if (!s.substr(at).starts_with(dash)) continue;
    const size_t after = at + dash.size();
    const bool opens =
        after < s.size() && is_word(s[after]) &&
        std::none_of(std::begin(kDashes), std::end(kDashes), [&](auto d) { return s.substr(after).starts_with(d); });
    return opens && (at == 0 || !is_word(s[at - 1])) ? dash.size() : 0;
  }
  return 0;
}

class Unfolder {
 public:
  Unfolder(const Node& value, const std::string& file) : value_(value), file_(file) {}

  std::unexpected<Error> refuse(std::string text, std::string hint = {}, size_t offset = 0,
                                size_t length = std::string::npos) const {
    return fail_at("sigma.modifier", std::move(text), file_,
                   length == std::string::npos ? value_.span : value_.part(offset, length), std::move(hint));
  }
  std::unexpected<Error> too_many() const {
    return fail_at("sigma.limit.values", "this value stands for more than " + std::to_string(kMostTexts) + " texts",
                   file_, value_.span);
  }

  // Placeholders: "a%name%b" → one string for each line of the list. `\%` is a percent sign. What lies between is
  // left as written.
  std::expected<std::vector<std::string>, Error> expand(const ListOf& lists) const {
    const std::string& in = value_.text;
    std::vector<std::string> out{""};
    size_t placeholders = 0;
    const auto add = [&](std::string_view text) {
      for (std::string& s : out) s += text;
    };
    for (size_t i = 0; i < in.size();) {
      const size_t next = std::min(in.find_first_of("\\%", i), in.size());
      add(std::string_view(in).substr(i, next - i));
      i = next;
      if (i == in.size()) break;
      if (in[i] == '\\') {
        const bool percent = i + 1 < in.size() && in[i + 1] == '%';
        add(percent ? std::string_view("%") : std::string_view(in).substr(i, 2));
        i += 2;
        continue;
      }
      const size_t close = in.find('%', i + 1);
      if (close == std::string::npos || close == i + 1)
        return refuse("a placeholder is written %name%", "a percent sign that stands for itself is written \\%", i, 1);
      const std::string_view name = std::string_view(in).substr(i + 1, close - i - 1);
      const std::vector<std::string>* const lines = lists ? lists(name) : nullptr;
      if (lines == nullptr)
        return refuse("no list named \"" + printable(name) + "\" for this placeholder",
                      "give a list of that name beside the rules", i, close + 1 - i);
      if (lines->size() * out.size() > kMostTexts) return too_many();
      std::vector<std::string> longer;
      for (const std::string& start : out)
        for (const std::string& line : *lines) longer.push_back(start + line);
      out = std::move(longer);
      ++placeholders;
      i = close + 1;
    }
    if (placeholders == 0) return refuse("expand, but no placeholder such as %name%");
    return out;
  }

  std::expected<std::vector<Text>, Error> windash(const Text& text) const {
    std::vector<Text> out{{}};
    const auto add = [&](const Piece& piece) {
      for (Text& t : out) append(t, piece);
    };
    for (const Piece& piece : text) {
      if (piece.kind != Kind::literal) {
        add(piece);
        continue;
      }
      const std::string_view s = piece.text;
      size_t from = 0;
      for (size_t i = 0; i < s.size(); ++i) {
        const size_t dash = dash_at(s, i);
        if (dash == 0) continue;
        add({Kind::literal, std::string(s.substr(from, i - from))});
        if (out.size() * std::size(kDashes) > kMostTexts) return too_many();
        std::vector<Text> more;
        for (const Text& t : out)
          for (const std::string_view d : kDashes) append(more.emplace_back(t), {Kind::literal, std::string(d)});
        out = std::move(more);
        from = i + dash;
        i = from - 1;
      }
      add({Kind::literal, std::string(s.substr(from))});
    }
    return out;
  }

  std::expected<std::vector<std::string>, Error> encoded(const Text& text, const Key& key) const {
    if (text.size() > 1 || (text.size() == 1 && text[0].kind != Kind::literal))
      return refuse("wildcards cannot be encoded", "write them as \\* and \\? if they stand for themselves");
    std::vector<std::string> out{text.empty() ? std::string() : text[0].text};
    for (const Encoding encoding : key.encodings) {
      std::vector<std::string> next;
      for (const std::string& s : out)
        for (std::string& e : encode(s, encoding)) next.push_back(std::move(e));
      if (next.size() > kMostTexts) return too_many();
      out = std::move(next);
    }
    if (std::any_of(out.begin(), out.end(), [](const std::string& s) { return s.empty(); }))
      return refuse("this text is too short: nothing certain is left of it once encoded");
    return out;
  }

 private:
  const Node& value_;
  const std::string& file_;
};

}  // namespace

Text parse_text(std::string_view written) {
  Text out;
  std::string literal;
  const auto flush = [&] {
    append(out, {Kind::literal, std::move(literal)});
    literal.clear();
  };
  for (size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    const char after = i + 1 < written.size() ? written[i + 1] : '\0';
    if (c == '\\' && (after == '*' || after == '?' || after == '\\')) {
      literal += after;
      ++i;
    } else if (c == '*' || c == '?') {
      flush();
      append(out, {c == '*' ? Kind::run : Kind::one, {}});
    } else {
      literal += c;
    }
  }
  flush();
  return out;
}

Wanted wanted(const Text& text) {
  using Shape = Wanted::Shape;
  const auto is = [&](size_t i, Kind kind) { return i < text.size() && text[i].kind == kind; };
  switch (text.size()) {
    case 0:
      return {Shape::equal, ""};
    case 1:
      if (is(0, Kind::literal)) return {Shape::equal, text[0].text};
      if (is(0, Kind::run)) return {Shape::any_value, ""};
      break;
    case 2:
      if (is(0, Kind::literal) && is(1, Kind::run)) return {Shape::starts_with, text[0].text};
      if (is(0, Kind::run) && is(1, Kind::literal)) return {Shape::ends_with, text[1].text};
      break;
    case 3:
      if (is(0, Kind::run) && is(1, Kind::literal) && is(2, Kind::run)) return {Shape::contains, text[1].text};
      break;
    default:
      break;
  }
  std::string pattern = is(0, Kind::run) ? "(?s)" : "(?s)^";
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i].kind == Kind::literal) pattern += quote_pattern(text[i].text);
    else if (text[i].kind == Kind::one) pattern += '.';
    else if (i > 0 && i + 1 < text.size()) pattern += ".*";
  }
  if (!is(text.size() - 1, Kind::run)) pattern += '$';
  return {Shape::regex, std::move(pattern)};
}

std::expected<std::vector<Text>, Error> texts_of(const Node& value, const Key& key, const ListOf& lists,
                                                 const std::string& file) {
  const Unfolder unfold(value, file);
  std::vector<std::string> written{value.text};
  if (key.expand) {
    auto expanded = unfold.expand(lists);
    if (!expanded) return std::unexpected(std::move(expanded).error());
    written = std::move(*expanded);
  }
  std::vector<Text> out;
  for (const std::string& text : written) {
    std::vector<Text> texts{parse_text(text)};
    if (key.windash) {
      auto dashed = unfold.windash(texts[0]);
      if (!dashed) return std::unexpected(std::move(dashed).error());
      texts = std::move(*dashed);
    }
    for (Text& t : texts) {
      if (key.encodings.empty()) {
        out.push_back(std::move(t));
        continue;
      }
      const auto encoded = unfold.encoded(t, key);
      if (!encoded) return std::unexpected(encoded.error());
      for (const std::string& e : *encoded) out.push_back({{Kind::literal, e}});
    }
    if (out.size() > kMostTexts) return unfold.too_many();
  }
  const bool before = key.compare == Compare::contains || key.compare == Compare::ends_with;
  const bool after = key.compare == Compare::contains || key.compare == Compare::starts_with;
  for (Text& t : out) {
    Text whole;
    if (before) append(whole, {Kind::run, {}});
    for (Piece& piece : t) append(whole, std::move(piece));
    if (after) append(whole, {Kind::run, {}});
    t = std::move(whole);
  }
  return out;
}

std::expected<std::vector<std::string>, Error> strings_of(const Node& value, const Key& key, const ListOf& lists,
                                                          const std::string& file) {
  if (!key.expand) return std::vector<std::string>{value.text};
  return Unfolder(value, file).expand(lists);
}

std::optional<PatternError> pattern_error(std::string_view pattern) {
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(8 << 20);
  const RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (compiled.ok()) return {};
  return PatternError{printable(compiled.error()), compiled.error_arg()};
}

std::string quote_pattern(std::string_view literal) {
  std::string out;
  for (const char c : literal) {
    if (c == '\0') {
      out += "\\x00";
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x80 && !is_alnum(c) && c != '_') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace sekisho::sigma
