// One regular expression of a rule, compiled once: RE2, unanchored, bounded memory. Immutable, shared by threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sekisho::engine {

class Pattern {
 public:
  // Refuses (engine.regex) what RE2 does not accept, and programs over 8 MB.
  static Result<Pattern> compile(std::string_view pattern, bool nocase);

  // Search. Unless the pattern sets (?s), only the first line of the text is looked at.
  bool matches(std::string_view text) const;
  // The first match, or what its one group matched; "" if none. The whole text is looked at.
  std::string_view capture(std::string_view text) const;
  std::vector<std::string_view> capture_all(std::string_view text) const;
  std::string replace(std::string_view text, std::string_view replacement) const;
  int groups() const;
  const std::string& text() const;  // as written

  // A text that matches holds at least one of these (as bytes, ASCII letters in lower case, compared without regard to
  // ASCII case), except that U+017F and U+212A may stand for s and k. Empty: nothing is known, the pattern has to be
  // run.
  const std::vector<std::string>& literals() const { return literals_; }

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

 private:
  struct Impl;
  explicit Pattern(std::unique_ptr<Impl> impl);
  void find_literals(std::string_view pattern, bool nocase);
  std::unique_ptr<Impl> impl_;
  std::vector<std::string> literals_;
};

// The longest piece of an (already folded) literal that Unicode case folding cannot change beyond ASCII letters.
std::string_view caseless_piece(std::string_view literal);

}  // namespace sekisho::engine
