#include "mail/sniff.h"

#include <doctest/doctest.h>

#include <string>

using namespace sekisho::mail;

namespace {

// The end of a ZIP: its directory of one entry, and the record that tells of it (APPNOTE 4.3.12, 4.3.16).
std::string zip_end(char entries, char directory, std::string comment = {}) {
  std::string out = "PK\1\2" + std::string(42, '\0') + "PK\5\6" + std::string(18, '\0');
  out[46 + 10] = entries, out[46 + 12] = directory, out[46 + 20] = static_cast<char>(comment.size());
  return out + comment;
}

}  // namespace

TEST_CASE("a ZIP behind other bytes is known by its end") {
  CHECK(zip_behind("junk" + zip_end(1, 46)));
  CHECK(zip_behind(std::string(100'000, 'j') + zip_end(1, 46, "a comment")));
  CHECK(zip_behind("PK\5\6junk" + std::string(10, 'j') + zip_end(1, 46)) == false);  // begins as an empty one
  CHECK(zip_behind("junkPK\5\6" + std::string(30, 'j') + zip_end(1, 46)));           // the first mark is none
  CHECK_FALSE(zip_behind("PK\3\4" + zip_end(1, 46)));  // a ZIP from its first byte: sniff() says so
  CHECK_FALSE(zip_behind("junk" + zip_end(0, 46)));
  CHECK_FALSE(zip_behind("junk" + zip_end(1, 45)));  // too short for an entry
  CHECK_FALSE(zip_behind("junk" + zip_end(2, 46)));
  CHECK_FALSE(zip_behind("junk" + zip_end(1, 120)));  // would begin before the file
  CHECK_FALSE(zip_behind("junk" + zip_end(1, 46) + std::string(70'000, 'j')));
  CHECK_FALSE(zip_behind("junk PK\5\6 is how it ends"));
  CHECK_FALSE(zip_behind(""));
  const std::string whole = "junk" + zip_end(1, 46);
  for (size_t n = 0; n < whole.size(); ++n) CHECK_FALSE(zip_behind(whole.substr(0, n)));
}
