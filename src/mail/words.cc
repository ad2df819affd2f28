// Takes the value of a header field, gives its text in UTF-8: RFC 2047 encoded words and raw 8-bit text, read as mail
// readers do. Entry: decode_header_text. Refuses nothing: what is no well-formed encoded word stays as it is written.
#include "base/strings.h"
#include "mail/codec.h"
#include "mail/message.h"
#include "text/charset.h"

namespace sekisho::mail {
namespace {

struct Word {
  std::string_view charset;
  char encoding = 0;  // 'b' or 'q'
  std::string_view text;
  size_t end = 0;  // byte after "?="
};

// The encoded word at value[at…], which starts with "=?"; last_end is where the last "?=" stands. RFC 2047 forbids
// spaces and '?' in the text; both are met, so the word ends at the first "?=" whatever stands before it.
bool read_word(std::string_view value, size_t at, size_t last_end, Word& word) {
  size_t i = at + 2;
  const size_t charset = i;
  while (i < value.size() && value[i] != '?' && !is_space(value[i]) && i - charset < 80) ++i;
  if (i >= value.size() || value[i] != '?') return false;
  word.charset = value.substr(charset, i - charset);
  word.charset = word.charset.substr(0, word.charset.find('*'));  // RFC 2231 section 5: language
  if (i + 2 >= value.size() || value[i + 2] != '?') return false;
  word.encoding = ascii_lower(value[i + 1]);
  if (word.encoding != 'b' && word.encoding != 'q') return false;
  const size_t text = i + 3;
  if (text > last_end) return false;  // no search that must fail: they would add up
  const size_t end = value.find("?=", text);
  word.text = value.substr(text, end - text);
  word.end = end + 2;
  return true;
}

std::string word_bytes(const Word& word) {
  if (word.encoding == 'b') return decode_base64(word.text);
  std::string out;
  out.reserve(word.text.size());
  for (size_t i = 0; i < word.text.size(); ++i) {
    const char c = word.text[i];
    int high, low;
    if (c == '_') {
      out += ' ';
    } else if (c == '=' && i + 2 < word.text.size() && (high = hex_digit(word.text[i + 1])) >= 0 &&
               (low = hex_digit(word.text[i + 2])) >= 0) {
      out += static_cast<char>(high << 4 | low);
      i += 2;
    } else {
      out += c;
    }
  }
  return out;
}

// A decoded word may not break the line it is shown on.
void append_flat(std::string& out, std::string_view text) {
  for (char c : text) out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
}

// Adjacent words of one charset. Each is decoded by itself; only when that leaves damage are the bytes joined first
// (mailers that cut a character in two).
void append_run(std::string& out, const std::vector<std::string>& words, std::string_view charset) {
  std::string each;
  bool clean = true;
  for (const std::string& bytes : words) {
    const text::Decoded decoded = text::decode_as_labelled(bytes, charset);
    clean = clean && decoded.replacements == 0 && !decoded.label_wrong;
    each += decoded.utf8;
  }
  if (!clean && words.size() > 1) {
    std::string joined;
    for (const std::string& bytes : words) joined += bytes;
    text::Decoded decoded = text::decode_as_labelled(joined, charset);
    if (decoded.replacements == 0 && !decoded.label_wrong) each = std::move(decoded.utf8);
  }
  append_flat(out, each);
}

void append_raw(std::string& out, std::string_view raw) {
  if (is_ascii(raw) && raw.find('\x1b') == std::string_view::npos) out += raw;
  else append_flat(out, text::decode_as_labelled(raw, "").utf8);
}

}  // namespace

std::string decode_header_text(std::string_view value) {
  std::string flat = unfold(value);
  size_t start = flat.find("=?");
  if (start == std::string::npos && is_ascii(flat) && flat.find('\x1b') == std::string::npos) return flat;
  const std::string_view in = flat;
  std::string out;
  out.reserve(in.size());
  std::vector<std::string> run;
  std::string_view run_charset;
  size_t raw = 0;  // start of the text not yet written
  bool after_word = false;
  const size_t last_end = in.rfind("?=");  // past this no word can end: keeps "=?=?=?…" linear
  for (size_t at = start; at != std::string_view::npos; at = in.find("=?", at)) {
    Word word;
    if (last_end == std::string_view::npos || at > last_end) break;
    if (!read_word(in, at, last_end, word)) {
      at += 2;
      continue;
    }
    const std::string_view between = in.substr(raw, at - raw);
    const bool adjacent = after_word && trim(between).empty();
    if (!adjacent || !iequals(word.charset, run_charset)) {
      if (!run.empty()) append_run(out, run, run_charset);
      run.clear();
      if (!adjacent) append_raw(out, between);
      run_charset = word.charset;
    }
    run.push_back(word_bytes(word));
    after_word = true;
    at = raw = word.end;
  }
  if (!run.empty()) append_run(out, run, run_charset);
  append_raw(out, in.substr(raw));
  return out;
}

}  // namespace sekisho::mail
