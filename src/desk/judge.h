// What an advisory amounts to: topic, themes, rank, scores, titles, scenarios, actions. A pure function of what is
// recorded in the advisory (lists and evidence), the organisation's profile and the content: run again it gives the
// same.
#pragma once

#include <set>
#include <string>

#include "desk/content.h"
#include "scan/settings.h"

namespace sekisho::desk {

struct JudgeContext {
  const DeskContent* desk = nullptr;
  const brand::Brands* brands = nullptr;
  const scan::Settings* settings = nullptr;  // profile, organisation
};

// Fills everything of `advisory` that is judgement: id, title, on_topic … actions. Defences, hunt and notices are
// others'.
void judge(const JudgeContext& context, Advisory& advisory);

// The parts, for tests.
RankInputs rank_inputs(const JudgeContext& context, const Advisory& advisory);
std::set<std::string> signals(const Advisory& advisory);  // that reasons of scores name
void add_scenarios(const DeskContent& desk, Advisory& advisory);
void add_actions(const DeskContent& desk, const scan::DeskProfile& profile, Advisory& advisory);

// "LastPass, Bitwarden" of those who are imitated (else of those named), in both languages; the bank's word for nobody.
Both brand_names(const JudgeContext& context, const Advisory& advisory);

}  // namespace sekisho::desk
