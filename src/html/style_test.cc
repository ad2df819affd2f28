#include "html/style.h"

#include <doctest/doctest.h>

#include <string>

#include "html/sheet.h"

namespace sekisho::html {
namespace {

std::string hidden(std::string_view css, Display display = Display::block, const Computed& parent = {}) {
  Declared d;
  parse_declarations(css, d);
  return std::string(to_string(compute(parent, d, display).hidden));
}

TEST_CASE("colours") {
  CHECK(parse_colour("#fff") == Colour{255, 255, 255, 255});
  CHECK(parse_colour("#FfFfFe") == Colour{255, 255, 254, 255});
  CHECK(parse_colour("#0000") == Colour{0, 0, 0, 0});
  CHECK(parse_colour("RebeccaPurple") == Colour{0x66, 0x33, 0x99, 255});
  CHECK(parse_colour("rgb(1, 2,3)") == Colour{1, 2, 3, 255});
  CHECK(parse_colour("rgba(100%,0%,0%,0.5)") == Colour{255, 0, 0, 128});
  CHECK(parse_colour("rgb(1 2 3 / 0)") == Colour{1, 2, 3, 0});
  CHECK(parse_colour("hsl(120, 100%, 50%)") == Colour{0, 255, 0, 255});
  CHECK(parse_colour("transparent") == Colour{0, 0, 0, 0});
  for (const char* none :
       {"", "#ff", "#ggg", "inherit", "currentcolor", "var(--x)", "rgb(1)", "rgb(inf,nan,1)", "rgb()"})
    CHECK(!parse_colour(none));
  CHECK(parse_legacy_colour("ffffff") == Colour{255, 255, 255, 255});
  CHECK(parse_legacy_colour("#ffffff") == Colour{255, 255, 255, 255});
  CHECK(parse_legacy_colour("#fff") == Colour{255, 255, 255, 255});
  CHECK(parse_legacy_colour("White ") == Colour{255, 255, 255, 255});
  CHECK(parse_legacy_colour("chucknorris") == Colour{0xC0, 0, 0, 255});
  CHECK(!parse_legacy_colour("transparent"));
  CHECK(!parse_legacy_colour(""));
}

TEST_CASE("lengths") {
  CHECK(parse_px("12") == 12.f);
  CHECK(parse_px("12PX") == 12.f);
  CHECK(parse_px("9pt") == 12.f);
  CHECK(parse_px("-2em") == -32.f);
  CHECK(parse_px(".5px") == .5f);
  CHECK(parse_px("+3px") == 3.f);
  for (const char* none : {"auto", "", "-", "px", "calc(1px)", "1furlong", "inf"}) CHECK(!parse_px(none));
}

TEST_CASE("ways to hide text") {
  CHECK(hidden("display:none") == "display_none");
  CHECK(hidden("DISPLAY : None !important") == "display_none");
  CHECK(hidden("visibility:hidden") == "display_none");
  CHECK(hidden("font-size:0") == "zero_size");
  CHECK(hidden("font-size:1px") == "zero_size");
  CHECK(hidden("font-size:0.05em") == "zero_size");
  CHECK(hidden("font:0/0 a") == "zero_size");
  CHECK(hidden("font:bold 12px/1.5 Arial") == "no");
  CHECK(hidden("font:700 0px Arial") == "zero_size");
  CHECK(hidden("opacity:0") == "zero_size");
  CHECK(hidden("opacity:0%") == "zero_size");
  CHECK(hidden("max-height:0;overflow:hidden") == "zero_size");
  CHECK(hidden("height:0px;overflow:hidden") == "zero_size");
  CHECK(hidden("width:1px;height:1px;overflow:hidden") == "zero_size");
  CHECK(hidden("max-height:0") == "no");                                    // overflows and is seen
  CHECK(hidden("max-height:0;overflow:hidden", Display::inline_) == "no");  // heights do not hold for inline boxes
  CHECK(hidden("height:0;overflow:hidden", Display::cell) == "no");         // a cell grows
  CHECK(hidden("transform:scale(0)") == "zero_size");
  CHECK(hidden("color:#fff") == "same_colour");
  CHECK(hidden("color:#fdfdfd") == "same_colour");
  CHECK(hidden("color:transparent") == "same_colour");
  CHECK(hidden("color:#999") == "no");
  CHECK(hidden("color:#fff;background:#000") == "no");
  CHECK(hidden("color:#fff;background:url(x.png)") == "no");
  CHECK(hidden("color:#fff;background-image:linear-gradient(red,blue)") == "no");
  CHECK(hidden("color:#010101;background-color:black") == "same_colour");
  CHECK(hidden("color:white;background-color:rgba(0,0,0,.8)") == "no");
  CHECK(hidden("color:white;background-color:rgba(0,0,0,.0)") == "same_colour");
  CHECK(hidden("text-indent:-9999px") == "off_screen");
  CHECK(hidden("text-indent:-20px") == "no");
  CHECK(hidden("position:absolute;left:-9999px") == "off_screen");
  CHECK(hidden("left:-9999px") == "no");  // not positioned
  CHECK(hidden("margin-left:-5000px") == "off_screen");
  CHECK(hidden("position:absolute;clip:rect(0 0 0 0)") == "off_screen");
  CHECK(hidden("clip-path: inset(100%)") == "off_screen");
  CHECK(hidden("mso-hide:all") == "no");
  CHECK(hidden("display:block;font-size:14px;color:#333") == "no");
}

TEST_CASE("more ways to hide text, and what only looks like one") {
  const auto in_line = [](std::string_view css) { return hidden(css, Display::inline_); };
  // Far away: to the right too, for one line.
  CHECK(hidden("text-indent:9999px;white-space:nowrap") == "off_screen");
  CHECK(hidden("text-indent:100%;white-space:nowrap;overflow:hidden") == "off_screen");
  CHECK(hidden("text-indent:9999px") == "no");  // all but the first word is on the next line
  CHECK(hidden("text-indent:100%;white-space:nowrap") == "no");
  CHECK(in_line("text-indent:-9999px") == "no");  // a line is indented, not what is in it
  CHECK(hidden("margin-left:9999px") == "off_screen");
  CHECK(hidden("margin:0 0 0 9999px") == "off_screen");
  CHECK(hidden("margin:-9999px 0 0") == "off_screen");
  CHECK(hidden("margin:0 auto") == "no");
  CHECK(hidden("margin-top:9999px") == "no");  // further down
  CHECK(hidden("position:absolute;left:9999px") == "off_screen");
  CHECK(hidden("position:absolute;right:9999px") == "off_screen");
  CHECK(hidden("position:absolute;top:9999px") == "no");
  // No height.
  CHECK(hidden("max-height:0px;overflow:hidden;padding:0") == "zero_size");
  CHECK(hidden("max-height:0;overflow:hidden;padding-bottom:30px") == "no");  // shown in the padding
  CHECK(hidden("height:0;overflow:hidden;padding:0 0 2em") == "no");
  CHECK(hidden("height:0;overflow:hidden;min-height:20px") == "no");
  CHECK(hidden("max-width:0;overflow:hidden;min-width:20px") == "no");
  CHECK(hidden("line-height:0;overflow:hidden") == "zero_size");
  CHECK(hidden("font:14px/0 Arial;overflow:hidden") == "zero_size");
  CHECK(hidden("line-height:0") == "no");  // lines lie over each other, and are seen
  CHECK(hidden("line-height:0;overflow:hidden;height:20px") == "no");
  CHECK(hidden("line-height:1.5;overflow:hidden") == "no");
  Declared flat;
  parse_declarations("line-height:0;overflow:hidden", flat);
  const Computed box = compute({}, flat, Display::block);
  CHECK(hidden("", Display::inline_, box) == "zero_size");
  CHECK(hidden("line-height:20px", Display::block, box) == "no");
  // Transparent.
  CHECK(hidden("opacity:0.01") == "zero_size");
  CHECK(hidden("filter:opacity(0)") == "zero_size");
  CHECK(hidden("filter:blur(1px) opacity(0%)") == "zero_size");
  CHECK(hidden("filter:none") == "no");
  CHECK(hidden("visibility:collapse") == "display_none");
  CHECK(hidden("content-visibility:hidden") == "display_none");
  // The colour of the ground, in every notation.
  for (const char* white :
       {"white", "#fff", "#FFFFFFFF", "rgb(255,255,255)", "rgb(255 255 255)", "rgba(100%,100%,100%,1)",
        "hsl(0,0%,100%)", "hsla(120deg 50% 100% / 1)", "rgba(0,0,0,0)", "hsl(0 0% 98%)"}) {
    INFO(white);
    CHECK(hidden(std::string("color:") + white) == "same_colour");
  }
  CHECK(hidden("color:navy;background:rgb(0,0,128)") == "same_colour");
  CHECK(hidden("color:hsl(240,100%,25%);background-color:navy") == "same_colour");
  CHECK(hidden("-webkit-text-fill-color:#fff") == "same_colour");
  CHECK(hidden("-webkit-text-fill-color:transparent") == "same_colour");
  CHECK(hidden("color:white;-webkit-text-fill-color:black") == "no");
  CHECK(hidden("color:white;-webkit-text-fill-color:currentcolor") == "same_colour");
  CHECK(hidden("color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text") == "no");
  CHECK(hidden("color:transparent;background:red;background-clip:text") == "no");
  // Cut off.
  CHECK(hidden("clip:rect(0,0,0,0)") == "no");  // holds for what is positioned only
  CHECK(hidden("position:absolute;clip:rect(1px,1px,1px,1px)") == "off_screen");
  CHECK(hidden("position:absolute;clip:rect(0,200px,20px,0)") == "no");
  for (const char* path : {"inset(50%)", "inset(100% 0 0 0)", "inset(0 100% 0 0)", "inset(0 60% 0 40%)", "circle(0)",
                           "circle(0 at 50% 50%)", "ellipse(0 50%)", "polygon(0 0, 0 0, 0 0)", "polygon(0 0,100% 0)"}) {
    INFO(path);
    CHECK(hidden(std::string("clip-path:") + path) == "off_screen");
  }
  for (const char* path : {"inset(10%)", "inset(0 0 50% 0)", "inset(99px)", "circle(50%)", "circle()", "none",
                           "circle(closest-side at 0 0)", "polygon(0 0, 100% 0, 100% 100%)", "url(#c)"}) {
    INFO(path);
    CHECK(hidden(std::string("clip-path:") + path) == "no");
  }
  // Shrunk to nothing.
  for (const char* how :
       {"scale(0)", "scale(0,1)", "scaleX(0)", "scaleY(0.001)", "rotate(3deg) scale(0)", "scale3d(1,0,1)"}) {
    INFO(how);
    CHECK(hidden(std::string("transform:") + how) == "zero_size");
    CHECK(in_line(std::string("transform:") + how) == "no");  // no box, no transform
  }
  CHECK(hidden("scale:0") == "zero_size");
  CHECK(hidden("scale:1 1 0") == "no");
  CHECK(hidden("transform:scale3d(1,1,0)") == "no");  // flat already
  CHECK(hidden("transform:scaleZ(0)") == "no");
  CHECK(hidden("transform:scale(1)") == "no");
  CHECK(hidden("transform:translateX(-9999px)") == "off_screen");
}

TEST_CASE("odd ways of writing it") {
  CHECK(hidden("dis\\70 lay:none") == "display_none");
  CHECK(hidden("/* x */display/**/:/**/none") == "display_none");
  CHECK(hidden("color:red;;;display:none;") == "display_none");
  CHECK(hidden("background:url(data:image/png;base64,AA==);display:none") == "display_none");
  CHECK(hidden("font-family:'a;b';display:none") == "display_none");
  CHECK(hidden("junk;display:none") == "display_none");
  CHECK(hidden("display:none;display:block") == "no");
  CHECK(hidden("display:none!important;display:block") == "display_none");
  CHECK(hidden("display:none;display") == "display_none");
  CHECK(hidden("\\\\\\;/*/*") == "no");
}

TEST_CASE("inheritance") {
  Declared d;
  parse_declarations("font-size:0;color:white;visibility:hidden", d);
  const Computed parent = compute({}, d, Display::block);
  CHECK(hidden("", Display::inline_, parent) == "display_none");
  CHECK(hidden("visibility:visible", Display::inline_, parent) == "zero_size");
  CHECK(hidden("visibility:visible;font-size:12px", Display::inline_, parent) == "same_colour");
  CHECK(hidden("visibility:visible;font-size:12px;color:black", Display::inline_, parent) == "no");
  Declared none;
  parse_declarations("display:none", none);
  CHECK(hidden("display:block;visibility:visible", Display::block, compute({}, none, Display::block)) ==
        "display_none");
}

struct NoAncestors {
  size_t size() const { return 0; }
  Subject operator[](size_t) const { return {}; }
};

std::string by_sheet(std::string_view css, const Subject& subject) {
  Sheet sheet;
  sheet.add(css);
  Declared d;
  sheet.apply(subject, NoAncestors{}, d);
  return std::string(to_string(compute({}, d, Display::block).hidden));
}

TEST_CASE("style sheets") {
  CHECK(by_sheet(".x{display:none}", {"p", "", "a x b"}) == "display_none");
  CHECK(by_sheet(".x{display:none}", {"p", "", "xx"}) == "no");
  CHECK(by_sheet("#i , p.q{display:none}", {"P", "", "q"}) == "display_none");
  CHECK(by_sheet("#i{display:none}", {"p", "i", ""}) == "display_none");
  CHECK(by_sheet("*{display:none}", {"p", "i", ""}) == "display_none");
  CHECK(by_sheet("P{display:none}", {"p", "", ""}) == "display_none");
  CHECK(by_sheet("p{display:block}.x{display:none}#i{display:block}", {"p", "i", "x"}) == "no");
  CHECK(by_sheet("#i{display:none}p{display:block}", {"p", "i", "x"}) == "display_none");
  CHECK(by_sheet("p{display:none!important}#i{display:block}", {"p", "i", "x"}) == "display_none");
  CHECK(by_sheet("p:hover{display:none}a>p{display:none}p[x]{display:none}a~p{display:none}", {"p", "i", "x"}) == "no");
  CHECK(by_sheet("@media (max-width:600px){p{display:none}}", {"p", "", ""}) == "no");
  CHECK(by_sheet("@media screen and (min-width:600px){p{display:none}}", {"p", "", ""}) == "display_none");
  CHECK(by_sheet("@media print{p{display:none}}", {"p", "", ""}) == "no");
  CHECK(by_sheet("@media (prefers-color-scheme:dark){p{display:none}}", {"p", "", ""}) == "no");
  CHECK(by_sheet("@media print{b{x:y}} p{display:none}", {"p", "", ""}) == "display_none");
  CHECK(by_sheet("@import 'x';@font-face{font-family:x;src:url(y)}<!-- p{display:none} -->", {"p", "", ""}) ==
        "display_none");
  CHECK(by_sheet("/* p{} */ .x/**/{display:none", {"p", "", "x"}) == "display_none");
}

// 1,000 rules, an element with a hundred thousand classes above, 1,000 elements: half a minute, once.
struct OneAncestor {
  Subject above;
  size_t size() const { return 1; }
  Subject operator[](size_t) const { return above; }
};

TEST_CASE("looking at long lists of classes or attributes uses up the budget") {
  std::string css, classes, attributes;
  for (int i = 0; i < 1'000; ++i)
    css += ".z" + std::to_string(i) + " p{color:red}[y" + std::to_string(i) + "] p{top:0}";
  for (int i = 0; i < 100'000; ++i) classes += "a ";
  for (int i = 0; i < 20'000; ++i) attributes += " x" + std::to_string(i) + "=1";
  for (const Subject& above : {Subject{"div", "", classes, {}, {}}, Subject{"div", "", "", attributes, {}}}) {
    Sheet sheet;
    sheet.add(css);
    for (int i = 0; i < 1'000; ++i) {
      Declared d;
      sheet.apply({"p", "", ""}, OneAncestor{above}, d);
    }
    CHECK(sheet.limit_hit());
  }
}

TEST_CASE("sheets stay within bounds") {
  std::string css;
  for (int i = 0; i < 10'000; ++i) css += ".a{color:red}";
  Sheet sheet;
  sheet.add(css);
  CHECK(sheet.limit_hit());
  Sheet open;
  const std::string braces(1'000'000, '{'), at(1'000'000, '@'), quotes(1'000'000, '"');
  open.add(braces);
  open.add(at);
  open.add("p{" + quotes);
}

}  // namespace
}  // namespace sekisho::html
