// One SPF record taken apart (RFC 7208 sections 4.6.1, 5, 6, 7 and the grammar of section 12). Views the record. Inside
// mailauth/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::mailauth {

struct SpfTerm {
  enum class Kind : uint8_t { all, include, a, mx, ptr, ip4, ip6, exists };
  Kind kind = Kind::all;
  char qualifier = '+';
  std::string_view text;    // as written, qualifier included
  std::string_view domain;  // macro-string; of ip4 and ip6 the address; "" where there is none
  int bits4 = 32, bits6 = 128;
};

struct SpfTerms {
  std::vector<SpfTerm> mechanisms;
  std::optional<std::string_view> redirect, explanation;
  std::string error;  // what is wrong; the record then says nothing
};

// record: a text beginning with "v=spf1".
SpfTerms read_spf(std::string_view record);
// Whether a TXT record is one of SPF: "v=spf1" alone or followed by a space.
bool is_spf(std::string_view text);

}  // namespace sekisho::mailauth
