// Drafts of notices, and the linter that reads them: to staff, administrators, customers and the regulator, in Japanese
// and English. A draft is a template of content/notices/ filled with facts; no sentence comes from anywhere else, and
// what comes from a source is escaped for its target and defanged. Nothing is sent from here. Templates are immutable
// once read; any number of threads may draft and lint.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sekisho::notice {

struct Day {
  int year = 0, month = 0, day = 0;  // all 0: not known
};

// One instruction: the same in both languages, told apart by its id.
struct Instruction {
  std::string id;
  std::string en, ja;
};

// What a draft is made from. All texts are plain; languages: both are always given.
struct Facts {
  std::string advisory;  // its id
  char rank = 'C';       // A … D
  std::string horizon;   // "now", "week", "month", "reference"
  std::string organisation, organisation_ja;
  std::string contact, contact_ja;     // whom to ask and to report to: address, number or channel
  Day today, deadline;                 // deadline: until when the instructions are to be done
  std::string subject_en, subject_ja;  // what it is about, without mark: "Mail that poses as LastPass maintenance"
  std::vector<Instruction> overview;   // sentences of the overview, of the sentence bank
  std::vector<Instruction> scope;      // who is concerned
  std::vector<Instruction> staff_steps, admin_steps, customer_steps;
  std::vector<std::string> lure_subjects;  // as the attackers write them; quoted, defanged
  std::vector<std::string> indicators;     // defanged already; administrators only
  struct Reference {
    std::string title, publisher, url;  // the URL is printed defanged
    Day published;
  };
  std::vector<Reference> references;
};

enum class Audience : uint8_t { staff, administrators, customers, regulator };
std::string_view to_string(Audience);

struct Draft {
  Audience audience = Audience::staff;
  std::string language;       // "ja", "en"
  std::string subject, body;  // plain text, UTF-8, \n; begins with the mark that it is a draft and not approved
};

class Templates {
 public:
  Templates();
  ~Templates();
  Templates(Templates&&) noexcept;
  Templates& operator=(Templates&&) noexcept;
  // Files of content/notices/. Errors with spans: unknown placeholder, missing language, syntax.
  struct File {
    std::string_view path, text;
  };
  static Templates read(const std::vector<File>& files, std::vector<Error>& errors);
  // Lists are shortened alike in both languages until both keep their length. "" where there is no such template.
  Draft draft(Audience audience, std::string_view language, const Facts& facts) const;
  std::string text(const Draft& draft) const;  // one text, as lint() and people read it: "件名: …" and the body
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// A defect of a notice. rule: "live_link", "secret_asked", "no_contact", "no_deadline", "too_long", "weekday",
// "rank_horizon", "rank_priority", "numbers_differ", "dates_differ", "actions_differ", "plain_style" (常体 among 敬体),
// "width" (full- and half-width mixed), "like_the_attack", "no_source", "no_draft_mark", …; docs/notices.md has all.
struct Problem {
  std::string rule;
  std::string text, text_ja;
  Span span;             // bytes of what was given
  std::string language;  // of the half concerned; "" = both
};

// A text that holds one notice or several, in one language or both (as in the reports' form: 件名 … Subject …; a rank
// line may stand above). Finds the notices, pairs the languages, judges each and each pair.
// today: for "deadline lies in the past"; unknown (0): not judged.
// organisation, contact: as the settings have them; empty: only compared between the halves.
struct LintOptions {
  Day today;
  std::string organisation = {}, organisation_ja = {}, contact = {}, contact_ja = {};
  bool draft_mark = true;  // the mark is demanded (drafts of ours); false for texts of others
};
std::vector<Problem> lint(std::string_view text, const Templates& words, const LintOptions& options = {});

}  // namespace sekisho::notice
