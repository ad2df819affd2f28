// Takes the text of a regular expression, gives a Pattern and the literals that it needs. Entry: Pattern::compile.
// Refuses what RE2 refuses.
#include "engine/pattern.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <optional>

#include "base/strings.h"

namespace sekisho::engine {
namespace {

re2::StringPiece piece(std::string_view s) { return {s.data(), s.size()}; }
std::string_view view(const re2::StringPiece& s) { return {s.data(), s.size()}; }

// Where the class that opens at `i` closes. RE2: a "]" that comes first is a member, and "[:" opens a named class only
// where a ":]" follows.
size_t end_of_class(std::string_view pattern, size_t i) {
  ++i;
  if (i < pattern.size() && pattern[i] == '^') ++i;
  if (i < pattern.size() && pattern[i] == ']') ++i;
  for (; i < pattern.size() && pattern[i] != ']'; ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern.substr(i).starts_with("[:")) {
      if (const size_t end = pattern.find(":]", i + 2); end != std::string_view::npos) i = end + 1;
    }
  }
  return i;
}

// Does some group of flags turn `s` on? "(?s)", "(?is:…)", not "(?-s)" nor a "(?s" inside a class, behind a backslash
// or between \Q and \E.
bool sets_dot_all(std::string_view pattern) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.substr(i).starts_with("\\Q")) {
      i = pattern.find("\\E", i);
      if (i == std::string_view::npos) return false;
      ++i;
    } else if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '[') {
      i = end_of_class(pattern, i);
    } else if (pattern.substr(i).starts_with("(?")) {
      for (size_t j = i + 2; j < pattern.size() && (is_alpha(pattern[j])); ++j)
        if (pattern[j] == 's') return true;
        else if (pattern[j] == 'P') break;
    }
  }
  return false;
}

re2::RE2::Options options_for(bool nocase, int64_t memory) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(!nocase);
  options.set_max_mem(memory);
  return options;
}

// What is found where the pattern is: without ".*" where an alternative outside of groups begins or ends, for a search
// finds the rest anyway. Rules say ".*word.*" a lot, and a search for the word is quicker. (After ^ and before $ it
// stays: it does not pass over bytes that are not UTF-8.)
std::string without_edges(std::string_view pattern) {
  if (pattern.find("\\Q") != std::string_view::npos) return std::string(pattern);
  std::vector<std::string> alternatives(1);
  size_t depth = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const size_t from = i;
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '[') {
      i = end_of_class(pattern, i);
    } else if (pattern[i] == '(') {
      ++depth;
    } else if (pattern[i] == ')') {
      if (depth > 0) --depth;
    } else if (pattern[i] == '|' && depth == 0) {
      alternatives.emplace_back();
      continue;
    }
    alternatives.back() += pattern.substr(from, i + 1 - from);
  }
  std::string out;
  for (std::string& one : alternatives) {
    std::string_view rest = one;
    while (rest.starts_with(".*")) rest.remove_prefix(rest.starts_with(".*?") ? 3 : 2);
    const auto escaped = [&](size_t tail) {
      size_t slashes = 0;
      while (slashes + tail < rest.size() && rest[rest.size() - tail - 1 - slashes] == '\\') ++slashes;
      return slashes % 2 == 1;
    };
    while (rest.ends_with(".*") && !escaped(2)) rest.remove_suffix(2);
    if (rest.empty()) return {};  // it is found anywhere
    if (&one != &alternatives[0]) out += '|';
    out += rest;
  }
  return out;
}

// The text that a pattern without operators finds; nothing if it has some.
std::optional<std::string> plain_text(std::string_view pattern) {
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    if (c == '\\') {
      if (++i == pattern.size() || is_alpha(pattern[i]) || is_digit(pattern[i])) return std::nullopt;
      c = pattern[i];
    } else if (std::string_view("^$.|?*+()[]{}").find(c) != std::string_view::npos) {
      return std::nullopt;
    }
    out += c;
  }
  return out;
}

}  // namespace

struct Pattern::Impl {
  re2::RE2 re;
  bool dot_all;
  // For searches: what is simpler and found in the same texts.
  std::optional<std::string> plain;
  std::optional<re2::RE2> search;

  Impl(std::string_view pattern, bool nocase, int64_t memory)
      : re(piece(pattern), options_for(nocase, memory)), dot_all(sets_dot_all(pattern)) {
    if (!re.ok()) return;
    const std::string simpler = without_edges(pattern);
    if (!nocase && is_ascii(simpler)) plain = plain_text(simpler);
    if (plain || simpler == pattern) return;
    search.emplace(simpler, options_for(nocase, memory));
    if (!search->ok()) search.reset();
  }
};

Pattern::Pattern(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;
const std::string& Pattern::text() const { return impl_->re.pattern(); }

Result<Pattern> Pattern::compile(std::string_view pattern, bool nocase) {
  // The memory also bounds what matching may cache, per pattern.
  auto impl = std::make_unique<Impl>(pattern, nocase, 512 << 10);
  if (impl->re.error_code() == re2::RE2::ErrorPatternTooLarge) impl = std::make_unique<Impl>(pattern, nocase, 8 << 20);
  if (!impl->re.ok()) return fail("engine.regex", "bad regular expression: " + impl->re.error());
  Pattern out(std::move(impl));
  out.find_literals(pattern, nocase);
  return out;
}

// RE2 keeps the and/or tree of required literals to itself, but tells which patterns a set of literals lets through.
// That is enough to find a small set of which one is required: start with all, and drop the shortest ones as long as
// what is dropped does not let the pattern through.
void Pattern::find_literals(std::string_view pattern, bool nocase) {
  re2::FilteredRE2 filter(3);
  int id = 0;
  if (filter.Add(piece(pattern), options_for(nocase, 8 << 20), &id) != re2::RE2::NoError) return;
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  if (atoms.empty() || atoms.size() > 500) return;
  std::vector<std::pair<std::string_view, int>> usable;
  for (size_t i = 0; i < atoms.size(); ++i) usable.emplace_back(caseless_piece(atoms[i]), static_cast<int>(i));
  std::sort(usable.begin(), usable.end(), [](const auto& a, const auto& b) { return a.first.size() < b.first.size(); });
  std::vector<int> passed, dropped;
  const auto lets_through = [&] {
    filter.AllPotentials(dropped, &passed);
    return !passed.empty();
  };
  if (lets_through()) return;
  for (const auto& [literal, atom] : usable) {
    dropped.push_back(atom);
    if (!lets_through()) continue;
    dropped.pop_back();
    if (literal.size() < 2) {
      literals_.clear();
      return;
    }
    literals_.emplace_back(literal);
  }
}

bool Pattern::matches(std::string_view text) const {
  if (!impl_->dot_all) text = text.substr(0, text.find('\n'));
  if (impl_->plain) return text.find(*impl_->plain) != std::string_view::npos;
  const re2::RE2& re = impl_->search ? *impl_->search : impl_->re;
  return re.Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

int Pattern::groups() const { return impl_->re.NumberOfCapturingGroups(); }

std::string_view Pattern::capture(std::string_view text) const {
  re2::StringPiece found[2];
  if (!impl_->re.Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, found, groups() > 0 ? 2 : 1)) return {};
  return view(found[groups() > 0 ? 1 : 0]);
}

std::vector<std::string_view> Pattern::capture_all(std::string_view text) const {
  std::vector<std::string_view> out;
  re2::StringPiece found[2];
  size_t at = 0;
  while (at <= text.size() &&
         impl_->re.Match(piece(text), at, text.size(), re2::RE2::UNANCHORED, found, groups() > 0 ? 2 : 1)) {
    out.push_back(view(found[groups() > 0 ? 1 : 0]));
    const size_t end = static_cast<size_t>(found[0].data() - text.data()) + found[0].size();
    at = found[0].empty() ? end + 1 : end;
  }
  return out;
}

std::string Pattern::replace(std::string_view text, std::string_view replacement) const {
  std::string out(text), error;
  if (!impl_->re.CheckRewriteString(piece(replacement), &error)) return out;
  re2::RE2::GlobalReplace(&out, impl_->re, piece(replacement));
  return out;
}

std::string_view caseless_piece(std::string_view literal) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(literal.data());
  const auto length = static_cast<int32_t>(literal.size());
  std::string_view best;
  size_t start = 0;
  for (int32_t i = 0; i < length;) {
    const auto at = static_cast<size_t>(i);
    UChar32 c;
    U8_NEXT(bytes, i, length, c);
    if (c >= 0 && (c < 0x80 || !u_hasBinaryProperty(c, UCHAR_CASE_SENSITIVE))) {
      if (static_cast<size_t>(i) - start > best.size()) best = literal.substr(start, static_cast<size_t>(i) - start);
      continue;
    }
    if (at > start && at - start > best.size()) best = literal.substr(start, at - start);
    start = static_cast<size_t>(i);
  }
  return best;
}

}  // namespace sekisho::engine
