// Takes a verdict, gives it without secrets of the mail's readers. Entries: mask_secrets, without_secrets,
// without_codes. Refuses nothing.
#include "scan/shown.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::scan {
namespace {

constexpr std::string_view kMask = "***";
constexpr size_t kShortest = 16, kUnbroken = 40;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool of_token(char c) { return is_alnum(c) || c == '-' || c == '_' || c == '%'; }

bool opaque(std::string_view token) {
  if (token.size() < kShortest) return false;
  size_t changes = 0, digits = 0, joints = 0;
  char before = '-';
  for (size_t i = 0; i < token.size(); ++i) {
    const char c = token[i];
    digits += is_digit(c), joints += !is_alnum(c);
    if (is_alnum(c) && is_alnum(before))
      changes += is_digit(c) != is_digit(before) || (is_upper(c) && is_alpha(before) && !is_upper(before));
    before = c;
    if (c == '%' && i + 2 < token.size() && hex_digit(token[i + 1]) >= 0 && hex_digit(token[i + 2]) >= 0) i += 2;
  }
  if (digits == token.size() || (joints == 0 && token.size() >= kUnbroken)) return true;
  return changes >= 4 && (digits > 0 || changes * 6 > token.size());  // WordsLikeThese change rarely
}

std::string authority(std::string_view text) {
  const size_t at = text.rfind('@');
  if (at == std::string_view::npos) return std::string(text);
  const std::string_view user = text.substr(0, std::min(at, text.find(':')));
  const bool host = user.find('.') != std::string_view::npos &&
                    std::ranges::all_of(user, [](char c) { return is_alnum(c) || c == '.' || c == '-'; });
  std::string out(host || user.empty() ? user : kMask);
  if (user.size() < at) out += ':', out += kMask;
  return out.append(text.substr(at));
}

void add_word(std::string_view word, std::string& out) {
  size_t i = std::min(word.find_first_of("/?#"), word.size());  // a host, or what stands before the slashes
  out += word.substr(0, i);
  while (i < word.size()) {
    if (word.substr(i).starts_with("//") && (i == 0 || word[i - 1] == ':')) {
      const size_t end = std::min(word.find_first_of("/?#\\", i + 2), word.size());
      out.append("//").append(authority(word.substr(i + 2, end - i - 2)));
      i = end;
      continue;
    }
    size_t end = i;
    while (end < word.size() && of_token(word[end])) ++end;
    if (end == i) {
      out += word[i++];
      continue;
    }
    const std::string_view token = word.substr(i, end - i);
    out += opaque(token) ? kMask : token;
    i = end;
  }
}

// The digit at a place, as many bytes as it has; 0: there is none.
size_t digit_at(std::string_view s, size_t i) {
  if (i >= s.size()) return 0;
  if (is_digit(s[i])) return 1;
  const bool wide = s.substr(i).starts_with("\xEF\xBC") && i + 2 < s.size() &&
                    static_cast<unsigned char>(s[i + 2]) >= 0x90 && static_cast<unsigned char>(s[i + 2]) <= 0x99;
  return wide ? 3 : 0;
}

}  // namespace

std::string without_secrets(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const auto ends = [](char c) { return is_space(c) || c == '"' || c == '<' || c == '>'; };
    size_t end = i;
    while (end < text.size() && !ends(text[end])) ++end;
    if (end > i) add_word(text.substr(i, end - i), out);
    if (end < text.size()) out += text[end++];
    i = end;
  }
  return out;
}

std::string without_codes(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size();) {
    if (digit_at(s, i) == 0) {
      out += s[i++];
      continue;
    }
    // Digits, with single joints between them: one number, however it is grouped.
    size_t end = i, digits = 0, groups = 1, first = 0;
    for (;;) {
      while (const size_t length = digit_at(s, end)) end += length, ++digits, first += groups == 1;
      const bool joint = end < s.size() && std::string_view("-. ,:/").find(s[end]) != std::string_view::npos;
      if (!joint || digit_at(s, end + 1) == 0) break;
      ++groups, ++end;
    }
    const std::string_view number = s.substr(i, end - i);
    const bool alone = (i == 0 || (!is_alnum(s[i - 1]) && s[i - 1] != '#')) && (end == s.size() || !is_alnum(s[end]));
    const bool pair =
        groups == 2 && first == 3 && digits == 6 && number.find_first_of(".,:/") == std::string_view::npos;
    const bool date = digits == 8 && (number.starts_with("19") || number.starts_with("20"));
    out += alone && (pair || (groups == 1 && digits >= 6 && digits <= 8 && !date)) ? kMask : number;
    i = end;
  }
  return out;
}

void mask_secrets(Verdict& v) {
  v.subject = without_codes(without_secrets(v.subject));
  for (Fired& f : v.rules) {
    for (Evidence& e : f.evidence) {
      e.text = without_secrets(e.text);
      if (e.part == "subject" || e.what == "message") e.text = without_codes(e.text);
    }
    for (auto& [name, value] : f.outcomes) value = without_secrets(value);
  }
}

}  // namespace sekisho::scan
