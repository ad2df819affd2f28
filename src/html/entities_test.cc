#include "html/entities.h"

#include <doctest/doctest.h>

#include "html/page.h"

namespace sekisho::html {
namespace {

TEST_CASE("named references") {
  CHECK(decode_entities("&amp;&lt;&gt;&quot;", false) == "&<>\"");
  CHECK(decode_entities("a&nbsp;b", false) == "a\u00a0b");
  CHECK(decode_entities("&CounterClockwiseContourIntegral;", false) == "\u2233");
  CHECK(decode_entities("&NotEqualTilde;", false) == "\u2242\u0338");  // two code points
  CHECK(decode_entities("&AElig;&zwnj;&zwj;&aacute;", false) == "\u00c6\u200c\u200d\u00e1");
  CHECK(decode_entities("&copy2026", false) == "\u00a92026");
  CHECK(decode_entities("&notit;", false) == "\u00acit;");  // the standard's own example
  CHECK(decode_entities("&notin;", false) == "\u2209");
  CHECK(decode_entities("&nosuch;&&;& &a", false) == "&nosuch;&&;& &a");
  CHECK(decode_entities("&AMP&amp", false) == "&&");
}

TEST_CASE("in attributes an old name runs on") {
  CHECK(decode_entities("?a=1&copy=2", true) == "?a=1&copy=2");
  CHECK(decode_entities("?a=1&copy2", true) == "?a=1&copy2");
  CHECK(decode_entities("?a=1&copy;=2", true) == "?a=1\u00a9=2");
  CHECK(decode_entities("?a=1&amp;b", true) == "?a=1&b");
  CHECK(decode_entities("&copy", true) == "\u00a9");
}

TEST_CASE("numbers") {
  CHECK(decode_entities("&#65;&#x42;&#X43&#68 ", false) == "ABCD ");
  CHECK(decode_entities("&#128;&#x99;", false) == "\u20ac\u2122");
  CHECK(decode_entities("&#0;&#xD800;&#x110000;&#99999999999999999999;", false) == "\ufffd\ufffd\ufffd\ufffd");
  CHECK(decode_entities("&#;&#x;&#xg", false) == "&#;&#x;&#xg");
  CHECK(decode_entities("&#x65E5;&#26412;", false) == "日本");
  CHECK(decode_entities("&#x1F512;", false) == "\U0001F512");
}

}  // namespace
}  // namespace sekisho::html
