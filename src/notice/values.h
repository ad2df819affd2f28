// Values within folded text (text/normalize.h): days, times, amounts, contacts, live links; in figures and in words,
// Japanese and English. Internal to notice/. Linear; no state.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "notice/notice.h"
#include "notice/words.h"

namespace sekisho::notice {

struct Stretch {
  uint32_t at = 0, length = 0;
  uint32_t end() const { return at + length; }
};

// With a scheme, "www.", a host with a path, or in Markdown or HTML; what is defanged is none, a mail address neither.
std::vector<Stretch> find_links(std::string_view folded);

struct FoundDay : Stretch {
  int year = 0, month = 0, day = 0;  // year 0: not said; month 0: "the 27th"; day 0: a month
  int weekday = -1;                  // as it is written
};
struct FoundWeekday : Stretch {
  int weekday = 0;
};
struct Days {
  std::vector<FoundDay> days;
  std::vector<FoundWeekday> weekdays;  // named without a day ("by Friday")
};
Days find_days(std::string_view folded, const Words& words);

struct FoundContact : Stretch {
  enum class Kind : uint8_t { email, phone, extension, channel } kind = Kind::email;
  std::string value;  // comparable: digits only, +81 as 0
};
std::vector<FoundContact> find_contacts(std::string_view folded, const std::vector<Hit>& hits, const Days& days);

struct FoundNumber : Stretch {
  enum class Kind : uint8_t { plain, duration, time } kind = Kind::plain;
  double value = 0;   // duration: minutes; time: minutes of the day
  double unit = 0;    // of a duration: minutes of its unit
  bool hard = false;  // in figures and more than one: the other language must have it too
};
// Numbers within `taken` (days, contacts, links …) are passed over; so are parts of names (FIDO2, T1566) and versions.
std::vector<FoundNumber> find_numbers(std::string_view folded, const Words& words, const std::vector<Hit>& hits,
                                      std::vector<Stretch> taken);

// Folded text in pieces, for values.cc and numbers.cc.
struct Token {
  enum class Kind : uint8_t { number, version, word, sign } kind = Kind::sign;
  uint32_t at = 0, length = 0;
  double value = 0;
  bool space_before = false;
  uint32_t end() const { return at + length; }
};
std::vector<Token> tokens(std::string_view folded);

}  // namespace sekisho::notice
