// What a URL carries besides where it leads: mail addresses, in clear or encoded, by which a phishing page knows its
// victim. No state; thread-safe; linear in the URL.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::net {

struct CarriedAddress {
  std::string address;   // lower case
  std::string_view how;  // "plain" (percent-encoding included; anything of that form), "base64", "hex"
};

// Addresses in path, query and fragment of a URL, at most `most`. Not the user information before the host.
std::vector<CarriedAddress> carried_addresses(std::string_view href, size_t most = 4);

}  // namespace sekisho::net
