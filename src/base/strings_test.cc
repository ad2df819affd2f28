// Text from outside on a terminal; near names.
#include "base/strings.h"

#include <doctest/doctest.h>

using namespace sekisho;

TEST_CASE("printable leaves text alone, whatever its script") {
  for (const std::string_view text :
       {"", "hello", "保守のお知らせ ①", "\xF0\x9F\x94\x90 é", "a\xEF\xBF\xBD", "back\\slash"})
    CHECK(printable(text) == text);
}

TEST_CASE("printable shows what a terminal would act on") {
  CHECK(printable("\x1B[2J") == "\\u{1B}[2J");
  CHECK(printable("a\nb\tc\rd") == "a\\u{0A}b\\u{09}c\\u{0D}d");
  CHECK(printable(std::string_view("\0\x7F", 2)) == "\\u{00}\\u{7F}");
  CHECK(printable("\xC2\x9B"
                  "31m") == "\\u{9B}31m");  // CSI as one character
  CHECK(printable("gpj.\xE2\x80\xAE"
                  "exe") == "gpj.\\u{202E}exe");  // right-to-left override
  CHECK(printable("\xE2\x80\x8E\xE2\x80\x8F\xE2\x81\xA6\xE2\x81\xA9") == "\\u{200E}\\u{200F}\\u{2066}\\u{2069}");
  CHECK(printable("\xE2\x80\x8D") == "\xE2\x80\x8D");  // the joiner within emoji
}

TEST_CASE("printable shows bytes that are not UTF-8, one by one") {
  CHECK(printable("\x9B"
                  "31m") == "\\u{9B}31m");
  CHECK(printable("\xC0\x80") == "\\u{C0}\\u{80}");             // overlong
  CHECK(printable("\xED\xA0\x80") == "\\u{ED}\\u{A0}\\u{80}");  // surrogate
  CHECK(printable("\xF4\x90\x80\x80") == "\\u{F4}\\u{90}\\u{80}\\u{80}");
  CHECK(printable("\xE3\x81") == "\\u{E3}\\u{81}");  // cut off
  CHECK(printable("\xFF") == "\\u{FF}");
}
