#include "lure/expand.h"

#include <doctest/doctest.h>

using namespace sekisho;
using namespace sekisho::lure;

namespace {

Forms forms() {
  Forms f;
  f.add("please", {"ください", "{いただけますよう|いただきたく}{~お願い|}"});
  f.add("expired", {"has expired", "expires", "will expire"});
  f.add("round", {"{round}"});
  f.add("broken", {"a", "b{c|"});
  std::string repeated;
  for (int i = 0; i < 100; ++i) repeated += "{please_not}";
  f.add("one", {"x"});
  f.add("please_not", {"{one}"});
  f.add("wide", {repeated});
  f.add("wider", {"{wide}{wide}{wide}{wide}{wide}{wide}{wide}{wide}{wide}{wide}{wide}{wide}{wide}{wide}"});
  f.add("many", std::vector<std::string>(999, "x"));
  return f;
}

// "a;b", or "offset+length: text (hint)".
std::string expand(std::string_view phrase) {
  const auto all = forms().expand(phrase);
  std::string out;
  if (!all) {
    REQUIRE(all.error().span);
    const Span at = *all.error().span;
    return std::to_string(at.offset) + "+" + std::to_string(at.length) + ": " + all.error().text +
           (all.error().hint.empty() ? "" : " (" + all.error().hint + ")");
  }
  for (const std::string& s : *all) out += (out.empty() ? "" : ";") + s;
  return out;
}

}  // namespace

TEST_CASE("choices and forms") {
  CHECK(expand("plain * phrase ~") == "plain * phrase ~");
  CHECK(expand("{ご|お|}確認") == "お確認;ご確認;確認");
  CHECK(expand("password {expired}") == "password expires;password has expired;password will expire");
  CHECK(expand("a{b{c|d}|}e") == "abce;abde;ae");
  CHECK(expand("確認{please}") ==
        "確認いただきたく;確認いただきたく~お願い;確認いただけますよう;確認いただけますよう~お願い;確認ください");
  CHECK(expand("{a|a}{b|b}") == "ab");
}

TEST_CASE("mistakes are told with their place") {
  CHECK(expand("a {b|c") == "2+1: a brace is open to the end (close it with })");
  CHECK(expand("a b} c") == "3+1: \"}\" stands outside of braces (write {this|that})");
  CHECK(expand("a|b") == "1+1: \"|\" stands outside of braces (write {this|that})");
  CHECK(expand("確認{pleese}") == "7+6: there is no form \"pleese\" (did you mean please?)");
  CHECK(expand("a {b c}") ==
        "3+3: braces hold texts with | between them, or the name of a form ({this|that} or {name})");
  CHECK(expand("a {}") == "3+1: braces hold texts with | between them, or the name of a form ({this|that} or {name})");
  CHECK(expand("{a|{b|{c|{d|e}}}}") == "a;b;c;d;e");
  CHECK(expand("{a|{b|{c|{d|{e|f}}}}}") ==
        "12+1: braces or forms are nested too deeply (at most four in each other, and no form in itself)");
  CHECK(expand("{round}").find("the form \"round\" cannot be used") == 5);
  CHECK(expand("x{broken}") == "2+6: the form \"broken\" cannot be used: a brace is open to the end (close it with })");
  CHECK(expand("{a|}{b|} *") == "0+10: a choice of this phrase is empty: it would be found everywhere");
  CHECK(expand(std::string(501, 'a')).starts_with("0+501: a phrase has at most 500 bytes"));
}

TEST_CASE("a phrase stands for a limited number") {
  CHECK(expand("{many}") == "x");
  CHECK(expand("y{many}{many}").starts_with("7+6: stands for more than 1000 phrases (leave out"));
  CHECK(expand("{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}").starts_with("45+5: stands for more than 1000"));
  std::string wide = "{";
  for (int i = 0; i < 300 / 4; ++i) wide += std::to_string(i) + "|";
  wide += "}";
  CHECK(expand(wide + wide).find("stands for more than 1000") != std::string::npos);
  CHECK(expand("{wide}").starts_with("x"));
  CHECK(expand("{wider}").find("too many braces") != std::string::npos);
  std::string bomb;
  for (int i = 0; i < 90; ++i) bomb += "{a|b}";
  CHECK(expand(bomb).find("stands for more than 1000") != std::string::npos);
}
