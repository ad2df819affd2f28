#include "html/tokenizer.h"

#include <doctest/doctest.h>

#include <string>

namespace sekisho::html {
namespace {

// One line for a token stream: S:name E:name T:text C:comment D.
std::string tokens(std::string_view html, bool cdata = false) {
  Tokenizer t(html);
  t.allow_cdata(cdata);
  std::string out;
  for (Token token = t.next(); token.kind != TokenKind::end; token = t.next()) {
    if (!out.empty()) out += '|';
    switch (token.kind) {
      case TokenKind::start_tag:
        out += "S:";
        break;
      case TokenKind::end_tag:
        out += "E:";
        break;
      case TokenKind::text:
        out += "T:";
        break;
      case TokenKind::comment:
        out += "C:";
        break;
      case TokenKind::doctype:
        out += "D:";
        break;
      case TokenKind::end:
        break;
    }
    out += token.view;
    if (token.self_closing) out += '/';
  }
  return out;
}

std::string attribute(std::string_view html, Attr a) {
  Tokenizer t(html);
  t.next();
  return t.attributes().has(a) ? std::string(t.attributes().raw(a)) : "(none)";
}

TEST_CASE("tags and text") {
  CHECK(tokens("a<b>c</B >d") == "T:a|S:b|T:c|E:B|T:d");
  CHECK(tokens("1 < 2 <3 <=<") == "T:1 < 2 <3 <=<");
  CHECK(tokens("x</>y</ z>w</") == "T:x|T:y|C: z|T:w</");
  CHECK(tokens("<br/><img / src=a>") == "S:br/|S:img");
  CHECK(tokens("<o:p>x</o:p>") == "S:o:p|T:x|E:o:p");
}

TEST_CASE("a tag cut off by the end is dropped") {
  CHECK(tokens("a<b href='x") == "T:a");
  CHECK(tokens("a<b c") == "T:a");
  CHECK(tokens("a</b") == "T:a");
  CHECK(tokens("a<b c=") == "T:a");
}

TEST_CASE("attributes") {
  CHECK(attribute("<a href=x>", Attr::href) == "x");
  CHECK(attribute("<a HREF = \"x y\">", Attr::href) == "x y");
  CHECK(attribute("<a href='x>y'>", Attr::href) == "x>y");
  CHECK(attribute("<a href=a/b?c=d/>", Attr::href) == "a/b?c=d/");
  CHECK(attribute("<a href=1 href=2>", Attr::href) == "1");
  CHECK(attribute("<a hidden>", Attr::hidden).empty());
  CHECK(attribute("<a/href=x>", Attr::href) == "x");
  CHECK(attribute("<a =href=x href=y>", Attr::href) == "y");
  CHECK(attribute("<a title=\"a\"href=y>", Attr::href) == "y");
  CHECK(attribute("<a \"href=x>", Attr::href) == "(none)");
  CHECK(attribute(std::string_view("<a \0href=x>", 11), Attr::href) == "(none)");
  CHECK(attribute("<a xlink:HREF=q>", Attr::xlink_href) == "q");
  Tokenizer t("<p onclick=x onMouseOver=y on=z one>");
  t.next();
  CHECK(t.attributes().handlers() == 2);
  CHECK(t.attributes().count() == 4);
}

TEST_CASE("a crowd of attributes does not hide the one that counts") {
  std::string html = "<a ";
  for (int i = 0; i < 100'000; ++i) html += "x" + std::to_string(i) + "=1 ";
  CHECK(attribute(html + "href=z>", Attr::href) == "z");
}

TEST_CASE("comments, doctype, CDATA") {
  CHECK(tokens("<!--a-->b") == "C:a|T:b");
  CHECK(tokens("<!-->b<!--->c") == "C:|T:b|C:|T:c");
  CHECK(tokens("<!--a--!>b") == "C:a|T:b");
  CHECK(tokens("<!--a->-- >b--><!---->") == "C:a->-- >b|C:");
  CHECK(tokens("<!--[if mso]><p>x</p><![endif]-->y") == "C:[if mso]><p>x</p><![endif]|T:y");
  CHECK(tokens("<!--[if !mso]><!-->x<!--<![endif]-->") == "C:[if !mso]><!|T:x|C:<![endif]");
  CHECK(tokens("<![if !mso]>x<![endif]>") == "C:[if !mso]|T:x|C:[endif]");
  CHECK(tokens("<!DOCTYPE html PUBLIC \"-//W3C\"><?xml version='1'?>x") ==
        "D: html PUBLIC \"-//W3C\"|C:?xml version='1'?|T:x");
  CHECK(tokens("<!-- never closed <b>") == "C: never closed <b>");
  CHECK(tokens("<![CDATA[a<b]]>c") == "C:[CDATA[a<b]]|T:c");
  CHECK(tokens("<![CDATA[a<b]]>c", true) == "T:a<b|T:c");
  CHECK(tokens("<!") == "C:");
}

std::string raw(std::string_view html, bool script = false) {
  Tokenizer t(html);
  const Token tag = t.next();
  std::string out(t.raw_text(tag.view, script));
  const Token after = t.next();
  return out + "|" + std::string(after.view);
}

TEST_CASE("raw text ends at its own end tag") {
  CHECK(raw("<title>a<b></c>&amp;</titles></TITLE x>z") == "a<b></c>&amp;</titles>|z");
  CHECK(raw("<style>a</style/>z") == "a|z");
  CHECK(raw("<style>a") == "a|");
  CHECK(raw("<style>a</style") == "a</style|");
}

TEST_CASE("escaped script data") {
  CHECK(raw("<script>a</script>z", true) == "a|z");
  CHECK(raw("<script><!-- a</script>z", true) == "<!-- a|z");
  CHECK(raw("<script><!-- <script> </script> --></script>z", true) == "<!-- <script> </script> -->|z");
  CHECK(raw("<script><!-- <script> </script> </script>z", true) == "<!-- <script> </script> |z");
  CHECK(raw("<script><!--> <script> </script>z", true) == "<!--> <script> |z");
  CHECK(raw("<script><!-- --> <script> </script>z", true) == "<!-- --> <script> |z");
  CHECK(raw("<script><!-- <scripts> </script>z", true) == "<!-- <scripts> |z");
  CHECK(raw("<script><!-- <script> -->a</script>z", true) == "<!-- <script> -->a|z");
}

}  // namespace
}  // namespace sekisho::html
