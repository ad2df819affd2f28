// Takes the text of scripts, gives what they hold. Entry: ScriptReader. Refuses nothing. A lexer that knows comments,
// literals, words and numbers of JavaScript is enough: what a literal is for is told by the word before it.
#include "html/script.h"

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "base/strings.h"
#include "html/entities.h"
#include "net/url.h"

namespace sekisho::html {
namespace {

constexpr size_t kBlob = 200;    // encoded characters that are a blob
constexpr size_t kShort = 16;    // fewer are not tried
constexpr size_t kNumbers = 64;  // numbers in a row that are an array of bytes
constexpr size_t kEscapes = 24;
constexpr size_t kCarried = 64;
constexpr size_t kKept = 2u << 20;  // encoded bytes kept for decoding at the end

constexpr std::string_view kSigns[] = {"base64_blob", "hex_blob",       "number_array", "escapes", "atob",
                                       "unescape",    "from_char_code", "char_codes",   "reverse", "blob",
                                       "object_url",  "save",           "click",        "eval",    "document_write",
                                       "location",    "location_hash",  "open_window",  "request", "debugger_trap"};
static_assert(std::size(kSigns) == static_cast<size_t>(Sign::count_));

struct Word {
  std::string_view name;
  Sign sign;
};
constexpr Word kWords[] = {
    {"atob", Sign::atob},
    {"unescape", Sign::unescape},
    {"decodeURI", Sign::unescape},
    {"decodeURIComponent", Sign::unescape},
    {"fromCharCode", Sign::from_char_code},
    {"fromCodePoint", Sign::from_char_code},
    {"TextDecoder", Sign::from_char_code},
    {"charCodeAt", Sign::char_codes},
    {"codePointAt", Sign::char_codes},
    {"reverse", Sign::reverse},
    {"Blob", Sign::blob},
    {"File", Sign::blob},
    {"Uint8Array", Sign::blob},
    {"createObjectURL", Sign::object_url},
    {"msSaveBlob", Sign::save},
    {"msSaveOrOpenBlob", Sign::save},
    {"download", Sign::save},
    {"click", Sign::click},
    {"dispatchEvent", Sign::click},
    {"eval", Sign::eval},
    {"Function", Sign::eval},
    {"execScript", Sign::eval},
    {"innerHTML", Sign::document_write},
    {"outerHTML", Sign::document_write},
    {"insertAdjacentHTML", Sign::document_write},
    {"srcdoc", Sign::document_write},
    {"createContextualFragment", Sign::document_write},
    {"parseFromString", Sign::document_write},
    {"location", Sign::location},
    {"fetch", Sign::request},
    {"XMLHttpRequest", Sign::request},
    {"sendBeacon", Sign::request},
    {"WebSocket", Sign::request},
    {"ajax", Sign::request},
    {"debugger", Sign::debugger_trap},
};

ScriptUrl::Use use_of(std::string_view word) {
  for (const std::string_view w : {"location", "href", "replace", "assign", "open", "navigate"})
    if (word == w) return ScriptUrl::Use::location;
  for (const std::string_view w :
       {"fetch", "post", "ajax", "sendBeacon", "url", "URL", "action", "setAttribute", "WebSocket", "get", "axios"})
    if (word == w) return ScriptUrl::Use::request;
  if (word == "src" || word == "import") return ScriptUrl::Use::source;
  return ScriptUrl::Use::other;
}

// Words between what a literal is for and the literal: location = window.atob("…").
bool passes_through(std::string_view word) {
  for (const std::string_view w : {"atob", "unescape", "decodeURI", "decodeURIComponent", "String", "fromCharCode",
                                   "fromCodePoint", "window", "self", "top", "document"})
    if (word == w) return true;
  return false;
}

bool word_start(char c) { return is_alpha(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80; }
bool word_part(char c) { return word_start(c) || is_digit(c); }

// One literal with its escapes undone, at most kLiteral bytes of it.
struct Literal {
  std::string text;
  size_t length = 0, escapes = 0;

  void put(char c) {
    ++length;
    if (text.size() < ScriptFindings::kLiteral) text += c;
  }
  void put_code(uint32_t c) {
    if (c < 0x80) return put(static_cast<char>(c));
    ++length;
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = 0xFFFD;
    if (text.size() < ScriptFindings::kLiteral) append_code_point(text, c);
  }
  void clear() { text.clear(), length = 0, escapes = 0; }
};

// s[i] stands after the backslash; gives where to go on.
size_t escape(std::string_view s, size_t i, Literal& out) {
  const auto number = [&](size_t from, size_t digits, uint32_t& value) {
    value = 0;
    if (from + digits > s.size()) return false;
    for (size_t k = 0; k < digits; ++k) {
      const int d = hex_digit(s[from + k]);
      if (d < 0) return false;
      value = value << 4 | static_cast<uint32_t>(d);
    }
    return true;
  };
  uint32_t value = 0;
  switch (s[i]) {
    case 'x':
      if (!number(i + 1, 2, value)) break;
      ++out.escapes;
      out.put_code(value);
      return i + 3;
    case 'u': {
      if (number(i + 1, 4, value)) {
        ++out.escapes;
        out.put_code(value);
        return i + 5;
      }
      size_t j = i + 1;
      if (j >= s.size() || s[j] != '{') break;
      for (++j; j < s.size() && j < i + 9 && hex_digit(s[j]) >= 0; ++j)
        value = value << 4 | static_cast<uint32_t>(hex_digit(s[j]));
      if (j >= s.size() || s[j] != '}') break;
      ++out.escapes;
      out.put_code(value);
      return j + 1;
    }
    case 'n':
    case 'r':
    case 't':
      out.put(' ');
      return i + 1;
    case '\r':  // the literal goes on in the next line
    case '\n':
      return i + 1;
    default:
      break;
  }
  out.put(s[i]);
  return i + 1;
}

bool base64_char(char c) { return is_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '='; }

bool has_markup(std::string_view s) {
  for (size_t at = s.find('<'); at != std::string_view::npos; at = s.find('<', at + 1))
    for (const std::string_view tag : {"form", "input", "html", "body", "iframe", "script", "a ", "meta", "img", "div",
                                       "title", "svg", "embed", "object", "button"})
      if (istarts_with(s.substr(at + 1, tag.size()), tag)) return true;
  return false;
}

bool url_start(std::string_view s) {
  for (const std::string_view scheme : {"http://", "https://", "//"})
    if (istarts_with(s, scheme) && s.size() > scheme.size() + 3 && s.find('.', scheme.size()) != std::string_view::npos)
      return s.find_first_of(" <>\"'") == std::string_view::npos;
  return false;
}

bool is_text(std::string_view s) {
  const std::string_view start = s.substr(0, 512);
  const auto bad = std::ranges::count_if(start, [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u < 9 || (u > 13 && u < 32) || u == 0x7f;
  });
  const auto high = std::ranges::count_if(start, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return bad == 0 && static_cast<size_t>(high) * 2 <= start.size();
}

}  // namespace

std::string_view to_string(Sign s) { return s < Sign::count_ ? kSigns[static_cast<size_t>(s)] : ""; }

std::string_view to_string(ScriptUrl::Use use) {
  static constexpr std::string_view kNames[] = {"other", "location", "request", "source"};
  return kNames[static_cast<size_t>(use)];
}

std::string ScriptFindings::sign_names() const {
  std::string out;
  for (unsigned i = 0; i < static_cast<unsigned>(Sign::count_); ++i)
    if (signs >> i & 1u) out += (out.empty() ? "" : " ") + std::string(kSigns[i]);
  return out;
}

void ScriptReader::add_url(std::string_view url, ScriptUrl::Use use, uint32_t offset, bool decoded) {
  if (found_.urls.size() >= ScriptFindings::kUrls) return;
  for (const ScriptUrl& u : found_.urls)
    if (u.url == url) return;
  std::string whole(url.substr(0, 2048));
  if (whole.starts_with("//")) whole.insert(0, "https:");
  found_.urls.push_back({use, std::move(whole), offset, decoded});
}

void ScriptReader::add_markup(std::string_view html, uint32_t offset, bool decoded) {
  std::string& markup = found_.markup;
  if (markup.empty()) found_.markup_offset = offset;
  if (markup.size() >= ScriptFindings::kMarkup) return;
  found_.markup_decoded |= decoded;
  if (!markup.empty()) markup += '\n';
  markup += utf8_prefix(html, ScriptFindings::kMarkup - markup.size());
}

void ScriptReader::word(std::string_view name, std::string_view before) {
  if (name.size() > 24) return;
  for (const Word& w : kWords)
    if (name == w.name) note(w.sign);
  if ((name == "write" || name == "writeln") && before == "document") note(Sign::document_write);
  if (name == "hash" && before == "location") note(Sign::location_hash);
  if (name == "open" && before == "window") note(Sign::open_window);
}

// Text that a literal held in some disguise.
void ScriptReader::clear_text(std::string_view text, ScriptUrl::Use use, uint32_t offset) {
  const std::string_view said = trim(text);
  if (url_start(said)) return add_url(said, use, offset, true);
  if (has_markup(said)) add_markup(said, offset, true);
  else if (said.size() >= kShort) read(said, offset, true);
}

void ScriptReader::encoded(std::string_view text, size_t length, bool hex, ScriptUrl::Use use, uint32_t offset) {
  if (length >= kBlob) {
    note(hex ? Sign::hex_blob : Sign::base64_blob);
    found_.encoded_bytes += length;
  }
  if (kept_ + text.size() > kKept || encoded_.size() >= 256) return;
  kept_ += text.size();
  encoded_.push_back({std::string(text), use, offset, hex});
}

void ScriptReader::add_data_url(std::string_view url, uint32_t offset) {
  const std::string_view head = url.substr(0, 200);
  const size_t comma = head.find(',');
  if (comma == std::string_view::npos) return;
  const std::string_view type = head.substr(0, comma), data = url.substr(comma + 1);
  if (istarts_with(type, "data:image/") && ifind(type, "svg") == std::string_view::npos) return;
  if (ifind(type, ";base64") == std::string_view::npos)
    return clear_text(net::percent_decode(data.substr(0, ScriptFindings::kLiteral)), ScriptUrl::Use::other, offset);
  always_decode_ = true;
  encoded(data.substr(0, ScriptFindings::kLiteral), data.size(), false, ScriptUrl::Use::other, offset);
}

void ScriptReader::literal(std::string_view text, size_t length, ScriptUrl::Use use, uint32_t offset, bool decoded) {
  found_.longest_literal = std::max(found_.longest_literal, length);
  const std::string_view said = trim(text);
  if (said.empty()) return;
  if (said.size() <= 24 && word_start(said[0])) word(said, {});  // window["atob"]
  if (url_start(said)) return add_url(said, use, offset, decoded);
  if (said.ends_with("//:ptth") || said.ends_with("//:sptth")) {
    note(Sign::reverse);
    return add_url(std::string(said.rbegin(), said.rend()), use, offset, true);
  }
  if (istarts_with(said, "data:")) {
    if (!decoded) add_data_url(said, offset);
    return;
  }
  if (has_markup(said)) return add_markup(said, offset, decoded);
  if (said.size() < kShort) return;
  const auto percents = static_cast<size_t>(std::ranges::count(said, '%'));
  if (percents >= 4 && percents * 6 >= said.size()) {
    if (percents >= kEscapes) note(Sign::escapes);
    decoded_ += said.size();
    if (!decoded && decoded_ < ScriptFindings::kDecoded) clear_text(net::percent_decode(said), use, offset);
    return;
  }
  if (decoded) return;
  if (!std::ranges::all_of(said, base64_char)) return;
  const bool hex = said.size() % 2 == 0 && std::ranges::all_of(said, [](char c) { return hex_digit(c) >= 0; });
  encoded(said, length, hex, use, offset);
}

void ScriptReader::numbers(const std::string& codes, size_t count, ScriptUrl::Use use, uint32_t offset, bool decoded) {
  if (count < 8) return;
  if (count >= kNumbers) {
    note(Sign::number_array);
    found_.encoded_bytes += count;
  }
  if (!decoded && is_text(codes)) clear_text(codes, use, offset);
}

void ScriptReader::read(std::string_view s, uint32_t offset, bool decoded) {
  if (!decoded) found_.bytes += s.size();
  std::string_view last, before;  // words
  ScriptUrl::Use use = ScriptUrl::Use::other;
  char previous = '(';  // last character that is neither blank nor comment: a '/' after it begins a regex or divides
  Literal held;         // literals joined by +
  bool holding = false, joined_by_plus = false;
  uint32_t held_at = 0;
  std::string codes;
  size_t code_count = 0;
  uint32_t codes_at = 0;
  const auto at = [&](size_t i) { return decoded ? offset : offset + static_cast<uint32_t>(i); };
  std::string array;  // literals of the array being read, for join("")
  size_t array_length = 0;
  uint32_t array_at = 0;
  const auto let_go = [&] {
    if (!holding) return;
    if (held.escapes >= kEscapes) note(Sign::escapes);
    if (array_length == 0) array_at = held_at;
    array_length += held.length;
    if (array.size() < ScriptFindings::kLiteral) array += held.text;
    literal(held.text, held.length, use, held_at, decoded);
    held.clear();
    holding = joined_by_plus = false;
  };
  const auto end_numbers = [&] {
    numbers(codes, code_count, use, codes_at, decoded);
    codes.clear();
    code_count = 0;
  };
  for (size_t i = 0; i < s.size();) {
    const char c = s[i];
    if (is_space(c)) {
      ++i;
      continue;
    }
    if (c == '/' && i + 1 < s.size() && (s[i + 1] == '/' || s[i + 1] == '*')) {
      const bool line = s[i + 1] == '/';
      const size_t end = line ? s.find('\n', i) : s.find("*/", i + 2);
      i = end == std::string_view::npos ? s.size() : end + (line ? 1 : 2);
      continue;
    }
    if (c == '"' || c == '\'' || c == '`') {
      end_numbers();
      if (!joined_by_plus) let_go();
      if (!holding) held_at = at(i);
      holding = true;
      joined_by_plus = false;
      for (++i; i < s.size() && s[i] != c;) {
        if (s[i] == '\n' && c != '`') break;
        if (s[i] == '\\' && i + 1 < s.size()) {
          i = escape(s, i + 1, held);
          continue;
        }
        const char text = s[i++];
        if (text == '\n' || text == '\r') continue;
        held.put(text);
      }
      ++i;
      previous = '"';
      continue;
    }
    if (c == '+' && holding && previous == '"') {
      joined_by_plus = true;
      previous = c;
      ++i;
      continue;
    }
    let_go();
    if (is_digit(c)) {
      if (code_count == 0) codes_at = at(i);
      uint32_t value = 0;
      if (c == '0' && i + 1 < s.size() && (s[i + 1] == 'x' || s[i + 1] == 'X')) {
        for (i += 2; i < s.size() && hex_digit(s[i]) >= 0; ++i)
          value = std::min(value * 16 + static_cast<uint32_t>(hex_digit(s[i])), 4096u);
      } else {
        for (; i < s.size() && is_digit(s[i]); ++i)
          value = std::min(value * 10 + static_cast<uint32_t>(s[i] - '0'), 4096u);
      }
      if (value > 255) {
        end_numbers();
      } else {
        ++code_count;
        if (codes.size() < ScriptFindings::kLiteral) codes += static_cast<char>(value);
      }
      previous = '0';
      continue;
    }
    if (c != ',') end_numbers();
    if (word_start(c)) {
      const size_t from = i;
      for (++i; i < s.size() && word_part(s[i]); ++i) {
      }
      before = last;
      last = s.substr(from, i - from);
      word(last, before);
      if (last == "join" && previous == '.' && array_length > 0) {
        literal(array, array_length, use, array_at, decoded);
        array.clear(), array_length = 0;
      }
      if (!passes_through(last)) use = use_of(last);
      previous = last == "return" || last == "typeof" || last == "case" ? '(' : 'a';
      continue;
    }
    if (c == '/' && std::string_view("(,=:[!&|?{};+-*%~^<>").find(previous) != std::string_view::npos) {
      bool in_class = false;
      for (++i; i < s.size() && s[i] != '\n' && (in_class || s[i] != '/'); ++i) {
        if (s[i] == '\\') ++i;
        else if (s[i] == '[') in_class = true;
        else if (s[i] == ']') in_class = false;
      }
      ++i;
      previous = 'a';
      continue;
    }
    if (c == '[') array.clear(), array_length = 0;
    if (c == ';' || c == '}') use = ScriptUrl::Use::other;
    previous = c;
    ++i;
  }
  let_go();
  end_numbers();
}

ScriptFindings ScriptReader::finish() {
  const bool decodes = always_decode_ || found_.has(Sign::atob) || found_.has(Sign::from_char_code);
  const std::vector<Encoded> waiting = std::move(encoded_);
  encoded_.clear();
  for (const Encoded& e : waiting) {
    if (!decodes && e.text.size() < kBlob) continue;
    if (decoded_ >= ScriptFindings::kDecoded) break;
    std::string text;
    if (e.hex) {
      for (size_t i = 0; i + 1 < e.text.size(); i += 2)
        text += static_cast<char>(hex_digit(e.text[i]) << 4 | hex_digit(e.text[i + 1]));
    }
    if (!e.hex || !is_text(text)) text = decode_base64(e.text, ScriptFindings::kDecoded - decoded_);
    decoded_ += text.size();
    if (found_.has(Sign::reverse)) {
      std::string turned = decode_base64(std::string(e.text.rbegin(), e.text.rend()), ScriptFindings::kDecoded);
      decoded_ += turned.size();
      if (is_text(turned) && (!is_text(text) || url_start(trim(turned)) || has_markup(turned)))
        text = std::move(turned);
    }
    if (text.size() < 8) continue;
    if (is_text(text)) {
      clear_text(text, e.use, e.offset);
    } else if (e.text.size() >= kBlob && text.size() > largest_) {
      largest_ = text.size();
      found_.carried = text.substr(0, kCarried);
    }
  }
  return std::move(found_);
}

}  // namespace sekisho::html
