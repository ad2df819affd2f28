// What a mail rule must be beyond good YARA-L: a known family, descriptions in both languages, labels that Sekisho
// writes.
#pragma once

#include <vector>

#include "base/result.h"
#include "engine/plan.h"
#include "scan/settings.h"

namespace sekisho::scan {

// Rules without meta `family` are no mail rules and pass. Appends errors and warnings "rules.mail" at the rule or the
// label; a missing description is a warning: a rule written in a hurry still runs.
void check_mail_rule(const engine::Rule& rule, const Settings& settings, std::vector<Error>& errors,
                     std::vector<Error>& warnings);

}  // namespace sekisho::scan
