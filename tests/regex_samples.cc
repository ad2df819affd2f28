// Takes an RE2 pattern, gives a text that it may match. Entry: regex_sample(). Refuses nesting over 40.
#include "regex_samples.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/strings.h"

namespace sekisho::tests {
namespace {

constexpr size_t kDepth = 40;
constexpr size_t kMost = 4096;  // bytes of a sample

// Walks the pattern and writes the sample in one go: a branch that was not chosen is walked with `out` shut.
class Walk {
 public:
  Walk(std::string_view pattern, uint32_t choice, std::optional<std::string_view> captured)
      : p_(pattern), choice_(choice), captured_(captured) {}

  std::string run() {
    std::string out = alternatives(0);
    return broken_ || at_ < p_.size() ? std::string() : out;
  }

 private:
  bool more() const { return at_ < p_.size(); }
  char peek(size_t ahead = 0) const { return at_ + ahead < p_.size() ? p_[at_ + ahead] : '\0'; }

  uint32_t pick(uint32_t of) {
    if (of < 2) return 0;
    const uint32_t digit = choice_ % of;
    choice_ /= of;
    return digit;
  }

  std::string alternatives(size_t depth) {
    if (depth > kDepth) broken_ = true;
    std::vector<std::string> branches{sequence(depth)};
    while (!broken_ && peek() == '|' && more()) {
      ++at_;
      branches.push_back(sequence(depth));
    }
    return std::move(branches[pick(static_cast<uint32_t>(branches.size()))]);
  }

  std::string sequence(size_t depth) {
    std::string out;
    while (!broken_ && more() && peek() != '|' && peek() != ')') {
      const std::string one = atom(depth);
      size_t least = 1, most = 1;
      if (repetition(least, most)) {
        const uint32_t extra = pick(2);
        const size_t times = std::min(most, least + extra);
        for (size_t i = 0; i < times && out.size() + one.size() < kMost; ++i) out += one;
      } else {
        out += one;
      }
    }
    return out;
  }

  bool repetition(size_t& least, size_t& most) {
    const char c = peek();
    if (c == '*') least = 0, most = 8;
    else if (c == '+') most = 8;
    else if (c == '?') least = 0;
    else if (c != '{' || !counted(least, most)) return false;
    if (c != '{') ++at_;
    if (peek() == '?' || peek() == '+') ++at_;
    return true;
  }

  bool counted(size_t& least, size_t& most) {
    size_t i = at_ + 1;
    const auto number = [&](size_t& n) {
      const size_t from = i;
      n = 0;
      while (i < p_.size() && is_digit(p_[i]) && i - from < 4) n = n * 10 + static_cast<size_t>(p_[i++] - '0');
      return i > from;
    };
    if (!number(least)) return false;
    most = least;
    if (i < p_.size() && p_[i] == ',') {
      ++i;
      if (!number(most)) most = least + 8;
    }
    if (i >= p_.size() || p_[i] != '}') return false;
    at_ = i + 1;
    return true;
  }

  std::string atom(size_t depth) {
    const char c = p_[at_++];
    switch (c) {
      case '(':
        return group(depth);
      case '[':
        return std::string(1, one_of(read_class()));
      case '.':
        return std::string(1, "x .1"[pick(4)]);
      case '^':
      case '$':
        return "";
      case '\\':
        return escape();
      default:
        return std::string(1, c);
    }
  }

  std::string group(size_t depth) {
    const bool capturing = peek() != '?' || peek(1) == 'P';
    if (peek() == '?') {
      ++at_;
      if (peek() == 'P' && peek(1) == '<') {
        while (more() && peek() != '>') ++at_;
        ++at_;
      } else {
        while (more() && (is_alpha(peek()) || peek() == '-')) ++at_;
        if (peek() == ')') return ++at_, std::string();  // flags only
        if (peek() == ':') ++at_;
      }
    }
    std::string out = alternatives(depth + 1);
    if (peek() == ')') ++at_;
    else broken_ = true;
    if (capturing && captured_) {
      out = std::string(*captured_);
      captured_.reset();
    }
    return out;
  }

  std::string escape() {
    if (!more()) return broken_ = true, std::string();
    const char c = p_[at_++];
    switch (c) {
      case 'b':
      case 'B':
      case 'A':
      case 'z':
        return "";
      case 'Q': {
        const size_t end = p_.find("\\E", at_);
        const std::string out(p_.substr(at_, end - at_));
        at_ = end == std::string_view::npos ? p_.size() : end + 2;
        return out;
      }
      default: {
        --at_;
        std::string set;
        class_escape(set);
        return std::string(1, one_of(set));
      }
    }
  }

  // Behind a backslash: adds the characters it stands for.
  void class_escape(std::string& set) {
    const char c = p_[at_++];
    switch (c) {
      case 'd':
        set += "0123456789";
        break;
      case 'w':
        set += "abcXYZ019_";
        break;
      case 's':
        set += " \t";
        break;
      case 'D':
      case 'W':
      case 'S':
        set += c == 'W' ? "-. " : c == 'D' ? "abc" : "abc-1";
        break;
      case 'n':
        set += '\n';
        break;
      case 't':
        set += '\t';
        break;
      case 'r':
        set += '\r';
        break;
      case 'x': {
        const bool braced = peek() == '{';
        const size_t from = at_ + (braced ? 1 : 0);
        const std::string digits(p_.substr(from, braced ? p_.find('}', from) - from : 2));
        at_ = std::min(p_.size(), from + digits.size() + (braced ? 1 : 0));
        set += static_cast<char>(std::strtoul(digits.c_str(), nullptr, 16) & 0x7f);
        break;
      }
      default:
        set += c;
    }
  }

  std::string read_class() {
    const bool negated = peek() == '^';
    if (negated) ++at_;
    std::string set;
    for (bool first = true; more() && (first || peek() != ']'); first = false) {
      if (peek() == '[' && peek(1) == ':') {
        const size_t end = p_.find(":]", at_);
        if (end == std::string_view::npos) return broken_ = true, set;
        const std::string_view name = p_.substr(at_ + 2, end - at_ - 2);
        set += name == "digit" || name == "xdigit" ? "0123456789" : name == "space" ? " \t" : "abcXYZ";
        at_ = end + 2;
        continue;
      }
      const size_t before = set.size();
      if (peek() == '\\') {
        ++at_;
        if (!more()) break;
        class_escape(set);
      } else {
        set += p_[at_++];
      }
      if (peek() == '-' && peek(1) != ']' && set.size() == before + 1) {
        ++at_;
        std::string last;
        if (peek() == '\\') ++at_, class_escape(last);
        else last = std::string(1, p_[at_++]);
        for (int c = static_cast<unsigned char>(set.back()) + 1;
             !last.empty() && c <= static_cast<unsigned char>(last[0]); ++c)
          set += static_cast<char>(c);
      }
    }
    if (peek() != ']') broken_ = true;
    ++at_;
    if (!negated) return set;
    std::string rest;
    for (const char c : std::string_view("xa1Z -._/:@"))
      if (set.find(c) == std::string::npos) rest += c;
    return rest.empty() ? "\x01" : rest;
  }

  char one_of(const std::string& set) {
    if (set.empty()) return broken_ = true, '\0';
    return set[pick(static_cast<uint32_t>(std::min<size_t>(set.size(), 3)))];
  }

  std::string_view p_;
  uint32_t choice_;
  std::optional<std::string_view> captured_;
  size_t at_ = 0;
  bool broken_ = false;
};

}  // namespace

std::string regex_sample(std::string_view pattern, uint32_t choice, std::optional<std::string_view> captured) {
  return Walk(pattern, choice, captured).run();
}

bool never_matches(std::string_view pattern) {
  if (pattern.starts_with("(?")) return false;
  bool ended = false;  // behind a $ outside of groups
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const bool escaped = c == '\\';
    if (escaped) ++i;
    else if (c == '|' || c == '[' || c == '(' || c == ')') return false;
    else if (c == '$') ended = true;
    if (c == '$' || c == '^' || c == '*' || c == '?' || c == '+') continue;
    const char next = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
    if (ended && next != '*' && next != '?' && next != '{') return true;
  }
  return false;
}

bool always_matches(std::string_view pattern) {
  return pattern == ".*" || pattern == ".*$" || pattern == "^.*" || pattern == "^.*$";
}

}  // namespace sekisho::tests
