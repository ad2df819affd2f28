// Rules for the figures of hunts: those of a data set with events made from them, synthetic ones, and copies of rules
// with other words in them.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "event_streams.h"

namespace sekisho::bench {

std::vector<engine::Rule> yaral_rules(const std::string& folder);
// Of the products and categories that identity, cloud and proxy logs are read with.
std::vector<engine::Rule> sigma_rules(const std::string& folder);
std::vector<engine::Rule> synthetic_identity_rules(size_t n);

// Rules that Engine::build takes; the others are left out.
std::vector<engine::Rule> runnable(std::vector<engine::Rule> rules, const engine::ReferenceLists& lists);
// `times` - 1 copies of each rule behind the rules themselves, with other literals.
std::vector<engine::Rule> multiplied(const std::vector<engine::Rule>& rules, size_t times);

// Events that fire the rules; records that rules want to know are added to `context`, as JSON. What needs more than 40
// events is left out.
std::vector<Sequence> sequences_for(const std::vector<engine::Rule>& rules, const engine::ReferenceLists& lists,
                                    std::vector<std::string>& context);

}  // namespace sekisho::bench
