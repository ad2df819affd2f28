// What a mail rule must be beyond good YARA-L: about one event, of a known family, with descriptions in both languages
// and labels that Sekisho writes.
#pragma once

#include <vector>

#include "base/result.h"
#include "engine/plan.h"
#include "scan/settings.h"

namespace sekisho::scan {

// Whether `scan`, which sees one mail at a time, can ever find what the rule asks for. Appends "rules.mail" where it
// asks for several events, for what lies between events, or for entities, tables and detections, which nothing joins
// there.
void check_one_event(const engine::Rule& rule, std::vector<Error>& errors);

// Rules without meta `family` are no mail rules and pass. Appends errors and warnings "rules.mail" at the rule or the
// label, those of check_one_event among them; a missing description is a warning: a rule written in a hurry still runs.
void check_mail_rule(const engine::Rule& rule, const Settings& settings, std::vector<Error>& errors,
                     std::vector<Error>& warnings);

}  // namespace sekisho::scan
