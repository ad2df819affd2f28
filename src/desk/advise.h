// The advisory desk's pipeline: articles → advisories. One article is read into the recorded parts of an advisory;
// articles of one event are joined; then it is judged, defended against, hunted for, and notices are drafted.
// A Desk is immutable and shared by threads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "article/article.h"
#include "base/clock.h"
#include "desk/content.h"
#include "desk/defence.h"
#include "desk/judge.h"
#include "scan/scanner.h"

namespace sekisho::desk {

struct Desk {
  const DeskContent* content = nullptr;
  const scan::Scanner* scanner = nullptr;  // brands, suffixes, settings; and what hunts
  const HonestMail* honest = nullptr;      // on which made rules may not fire; null: only twins that are made
  JudgeContext judging() const { return {content, &scanner->content().brands, &scanner->settings()}; }
};

// The recorded parts of one article: sources, statements, names, indicators, evidence. Nothing is judged.
Advisory record(const article::Article& article, const Desk& desk);

// Whether two recorded advisories tell of one event: they share infrastructure of the attacker's or the subject of a
// lure; or they play the same brand in the same way within `near_days` of each other.
bool same_event(const Advisory& a, const Advisory& b, const Desk& desk);

// Adds what `from` records to `into`: sources by date, indicators and names once, statements of all. A source that is
// there already (the same bytes, or the same address) adds nothing.
void join(Advisory& into, const Advisory& from);

struct AdviseOptions {
  article::Date as_of;            // the day that it is for; not known: that of the newest source
  std::vector<std::string> hunt;  // paths of mail
  unsigned threads = 1;
  std::string tlp;     // kept in the advisory
  bool defend = true;  // rules are made
};

// One advisory for each event that the articles tell of, by date. before: advisories as they stood (read back from
// JSON); an event that one of them tells of continues it: its id stays, its revision rises if anything changed. Events
// of `before` that no article tells of are left out; without articles all are judged anew.
std::vector<Advisory> advise(const std::vector<article::Article>& articles, const std::vector<Advisory>& before,
                             const Desk& desk, const AdviseOptions& options, const Clock& clock);

// Sources by date, and all that points to them in their order: the same articles give the same advisory, in whatever
// order they came.
void order_sources(Advisory& advisory);

// What changed, line by line, in both languages; empty if nothing did.
std::vector<Both> difference(const Advisory& before, const Advisory& after, const Bank& bank);

// Drafts of the notices (notice/), in the languages of the profile. Off topic and false alarms: none.
void add_notices(const Desk& desk, const Clock& clock, Advisory& advisory);

}  // namespace sekisho::desk
