// Texts made from a regular expression, for tests that need something to match. What comes out is a guess: anchors and
// word boundaries are passed over, so the caller tries it against the real matcher and asks for the next one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::tests {

// The choice-th text: branches, members of classes and numbers of repetitions are taken by the digits of `choice`;
// 0 takes the first and shortest of everything. "" for what cannot be read (deeper than 40 groups, or malformed).
// captured: what the first capturing group is to hold, whatever it says.
std::string regex_sample(std::string_view pattern, uint32_t choice,
                         std::optional<std::string_view> captured = std::nullopt);

// It is plain that no text matches (something must follow the end of the text), or that every text does.
bool never_matches(std::string_view pattern);
bool always_matches(std::string_view pattern);

}  // namespace sekisho::tests
