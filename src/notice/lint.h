// What the rules of the linter share: the notices of a text, who reports what, what is negated, when things are due.
// Internal to notice/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notice/outline.h"

namespace sekisho::notice {

struct Lint {
  std::string_view text;
  const Words& words;
  const LintOptions& options;
  const Outline& outline;
  std::vector<Problem>& problems;

  void add(std::string rule, std::string en, std::string ja, Span span, const Part* part = nullptr) const;
};

// Is the word at `hit` said not to be done?
// inside: a negation may begin within the hit ("開かず" of "開か"); else only beside it.
bool negated(const Block& block, const Stretch& sentence, const Hit& hit, int language, bool inside = true);
// English: others are said to do it ("mails that ask you to …"), not we.
bool of_others(const Block& block, const Stretch& sentence, const Hit& hit);
bool quoted_request(const Block& block, const Hit& hit);  // Japanese: "…してください" と求める

// The day that a date means; the year that is not said is the nearest to `near`.
std::optional<Day> resolve(const FoundDay& found, const Day& near);
Day issue_day(const Part& part);                   // of its "Issued:" line; unknown: 0
Day near_day(const Lint& lint, const Part& part);  // today, else the day of issue, else any full date of the part

struct Deadline {
  const Block* block = nullptr;
  uint32_t at = 0, length = 0;
  std::optional<Day> day;  // none: in words
  uint8_t ranks = 0;       // that the words agree with; 0: any
  bool none = false;       // "no deadline"
};
std::vector<Deadline> deadlines(const Lint& lint, const Part& part);

struct Claim {  // of rank, horizon, priority or subject tag: the ranks it agrees with
  enum class Kind : uint8_t { rank, horizon, priority, tag } kind = Kind::rank;
  uint8_t ranks = 0;
  uint32_t index = 0;  // priority: which
  Span span;
};
std::vector<Claim> claims(const Lint& lint, const Part& part);

void lint_form(const Lint& lint, const Part& part);   // lint_form.cc: mark, contact, deadline, source, length, rank
void lint_text(const Lint& lint, const Part& part);   // lint_text.cc: links, secrets, likeness, left-overs, dates
void lint_style(const Lint& lint, const Part& part);  // lint_style.cc: 敬体, widths, hidden characters
void lint_pair(const Lint& lint, const Part& ja, const Part& en);    // pairs.cc: the notice as a whole
void lint_beside(const Lint& lint, const Part& ja, const Part& en);  // beside.cc: step by step, sentence by sentence

}  // namespace sekisho::notice
