// How a hop's changes to a message are undone: the JSON of r= in a Message-Instance field. Inside mailauth/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailauth/message.h"

namespace sekisho::mailauth {

// Whether a header field takes no part in DKIM2: those that every hop adds, and X- fields.
bool outside_dkim2(std::string_view name);

// The message before the changes; nullopt: the recipe cannot be read, says that nobody can undo them, or makes more
// than there is to make it from.
std::optional<std::string> undo(const Message& message, std::string_view json);

}  // namespace sekisho::mailauth
