#include "text/shapes.h"

#include <doctest/doctest.h>

#include <string>

using namespace sekisho::text;

TEST_CASE("a random token changes its kind of character again and again") {
  CHECK(random_token("Notice 4q1sVqWetH7ci for you") == "4q1sVqWetH7ci");
  CHECK(random_token("ID: a8f3c92b07de") == "a8f3c92b07de");
  CHECK(random_token("Invoice 20260105 of January") == "");
  CHECK(random_token("The iPhone15Pro and the WPA3 router") == "");
  CHECK(random_token("GitHub, YouTube, PowerPoint") == "");
  CHECK(random_token("aB3dE") == "");
  CHECK(random_token("aB3dE", 5) == "aB3dE");
  CHECK(random_token("") == "");
  CHECK(random_token(std::string(1 << 20, 'x')) == "");
}

TEST_CASE("shapes are counted whatever the script") {
  const Shape a = shape("URGENT [#4471190] 🎁🎁");
  CHECK(a.letters == 6);
  CHECK(a.capitals == 6);
  CHECK(a.symbols == 2);
  CHECK(a.marks == 3);
  CHECK(a.longest_digits == 7);
  CHECK(shape("𝐀𝐜𝐜𝐨𝐮𝐧𝐭 Ⓟⓐⓨ").disguised == 10);
  CHECK(shape("ＡＢＣ銀行").disguised == 0);
  CHECK(shape("ＡＢＣ銀行").wide == 3);
  CHECK(shape("お知らせ").letters == 0);
  CHECK(shape("Größe ÄÖ").capitals == 3);
  CHECK(shape("lfzdd.bfyz").longest_consonants == 5);
  CHECK(shape("\xff\xfe\x80").letters == 0);
}
