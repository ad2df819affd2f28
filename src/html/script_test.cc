#include "html/script.h"

#include <doctest/doctest.h>

#include <chrono>

#include "html/page.h"

using namespace sekisho;
using namespace sekisho::html;

namespace {

ScriptFindings read(std::string_view script) {
  ScriptReader reader;
  reader.read(script, 0);
  return reader.finish();
}

std::string urls(const ScriptFindings& f) {
  std::string out;
  for (const ScriptUrl& u : f.urls)
    out += (out.empty() ? "" : " ") + std::string(to_string(u.use)) + (u.decoded ? "+:" : ":") + u.url;
  return out;
}

}  // namespace

TEST_CASE("words of smuggling are signs wherever they stand") {
  const auto f = read(
      "var b = new Blob([bytes]); var u = URL.createObjectURL(b); a.download = 'x.zip'; a.click();"
      "navigator.msSaveOrOpenBlob(b); eval(unescape(x)); document.write(y); s.charCodeAt(0)");
  CHECK(f.sign_names() == "unescape char_codes blob object_url save click eval document_write");
  CHECK(read("window['ev' + 'al'](x)").has(Sign::eval));
  CHECK(read("self[\"\\x61\\x74\\x6f\\x62\"](x)").has(Sign::atob));
  CHECK(read("// eval(x)\n/* atob(y) */ var z = 1;").signs == 0);
  CHECK(read("console.write(x)").signs == 0);
  CHECK(read("go(location.hash)").has(Sign::location_hash));
}

TEST_CASE("URLs are told with what they are for") {
  CHECK(urls(read("window.location.href = 'https://a.example/x';")) == "location:https://a.example/x");
  CHECK(urls(read("location.replace(\"https://a.example/\" + \"x?e=1\")")) == "location:https://a.example/x?e=1");
  CHECK(urls(read("fetch('https://a.example/p', {method: 'POST'})")) == "request:https://a.example/p");
  CHECK(urls(read("$.ajax({url: 'https://a.example/p'})")) == "request:https://a.example/p");
  CHECK(urls(read("i.src = '//a.example/p.js'")) == "source:https://a.example/p.js");
  CHECK(urls(read("var x = 'https://a.example/p'")) == "other:https://a.example/p");
  CHECK(urls(read("x = 'moc.elpmaxe//:sptth'.split('').reverse()")) == "other+:https://example.com");
  CHECK(urls(read("var r = /'/; go('https://a.example/p')")) == "other:https://a.example/p");
}

TEST_CASE("one layer of encoding is undone, no more") {
  // https://a.example/login
  CHECK(urls(read("location = atob('aHR0cHM6Ly9hLmV4YW1wbGUvbG9naW4=')")) == "location+:https://a.example/login");
  CHECK(urls(read("var k = 'aHR0cHM6Ly9hLmV4YW1wbGUvbG9naW4='; location.href = atob(k)")) ==
        "other+:https://a.example/login");
  CHECK(urls(read("var k = 'aHR0cHM6Ly9hLmV4YW1wbGUvbG9naW4=';")) == "");
  CHECK(urls(read("u = unescape('%68%74%74%70%73%3A%2F%2Fa.example%2Fx')")) == "other+:https://a.example/x");
  CHECK(urls(read("u='\\x68\\x74\\x74\\x70\\x73\\x3a//a.example/x'")) == "other:https://a.example/x");
  CHECK(urls(read("location=String.fromCharCode(104,116,116,112,115,58,47,47,97,46,101,120,97,109,112,108,101)")) ==
        "location+:https://a.example");
  CHECK(urls(read("location=atob(['aHR0cHM6','Ly9hLmV4','YW1wbGUvbG9naW4='].join(''))")) ==
        "location+:https://a.example/login");
  CHECK(urls(read("location=atob('=4Wan9GbvUGbw1WY4VmLh9yL6MHc0RHa'.split('').reverse().join(''))")) ==
        "location+:https://a.example/login");
  // base64 of base64: stays
  CHECK(urls(read("atob(atob('YUhSMGNITTZMeTloTG1WNFlXMXdiR1V2Ykc5bmFXND0='))")) == "");
}

TEST_CASE("HTML in literals is kept, in clear or decoded") {
  const auto plain = read("document.write('<form action=\"https://a.example/\"><input type=password></form>')");
  CHECK(plain.markup == "<form action=\"https://a.example/\"><input type=password></form>");
  CHECK_FALSE(plain.markup_decoded);
  const auto hidden = read("document.write(unescape('%3Cform%3E%3Cinput%20type%3Dpassword%3E%3C%2Fform%3E'))");
  CHECK(hidden.markup == "<form><input type=password></form>");
  CHECK(hidden.markup_decoded);
  CHECK(read("if (a < b) { c = '<' + 'b>' }").markup == "");
}

TEST_CASE("a file in a literal is known by its first bytes") {
  const auto f = read("var z = 'UEsDBBQA" + std::string(400, 'A') + "';");
  CHECK(f.has(Sign::base64_blob));
  CHECK(f.encoded_bytes == 408);
  CHECK(f.carried.starts_with("PK\x03\x04"));
}

TEST_CASE("a page is read with its scripts, handlers and what they would write") {
  const Page page = read_page(
      "<svg onload=\"location='https://a.example/1'\"><script>fetch('https://a.example/2')</script>"
      "<foreignObject><p>x</p></foreignObject></svg>"
      "<script>document.write('<a href=\"https://a.example/3\">Go</a><input type=\"password\">')</script>"
      "<script type=\"application/ld+json\">{\"url\": \"https://schema.example/\"}</script>"
      "<iframe src=\"https://a.example/4\"></iframe><meta http-equiv=refresh content=\"0;url=https://a.example/5\">"
      "<a href=\"javascript:location='https://a.example/6'\">x</a>");
  CHECK(urls(page.script) == "location:https://a.example/1 request:https://a.example/2 location:https://a.example/6");
  CHECK(page.foreign_objects == 1);
  REQUIRE(page.written);
  CHECK(page.written->links.at(0).href == "https://a.example/3");
  CHECK(page.written->forms.at(0).has_password);
  REQUIRE(page.loads.size() == 2);
  CHECK(page.loads[0].url == "https://a.example/4");
  CHECK(page.loads[1].what == Load::What::refresh);
  const Page framed = read_page("<iframe srcdoc=\"&lt;form&gt;&lt;input type=password&gt;\"></iframe>");
  REQUIRE(framed.written);
  CHECK(framed.written->forms.at(0).has_password);
  const Page data = read_page("<embed src=\"data:text/html;base64,PGZvcm0+PGlucHV0IHR5cGU9cGFzc3dvcmQ+\">");
  REQUIRE(data.written);
  CHECK(data.written->forms.at(0).has_password);
}

TEST_CASE("megabytes of script are read in linear time and bounded memory") {
  const auto begin = std::chrono::steady_clock::now();
  const size_t n = 4 << 20;
  CHECK(read("x='" + std::string(n, 'A') + "';atob(x)").longest_literal == n);
  CHECK(read("x='" + std::string(n, '<') + "'").markup == "");
  CHECK(read(std::string(n, '/')).signs == 0);
  CHECK(read("/*" + std::string(n, '*')).signs == 0);
  CHECK(read("x='" + std::string(n, '%') + "'").urls.empty());
  std::string many, plus, numbers;
  for (int i = 0; i < 200'000; ++i) many += "'https://a" + std::to_string(i) + ".example/';";
  for (int i = 0; i < 400'000; ++i) plus += "'aGVs'+", numbers += "104,";
  CHECK(read(many).urls.size() == ScriptFindings::kUrls);
  CHECK(read(plus + "'x'").longest_literal == 1'600'001);
  CHECK(read(numbers).has(Sign::number_array));
  std::string markup;
  for (int i = 0; i < 100'000; ++i) markup += "'<a href=x>y</a>';";
  CHECK(read(markup).markup.size() <= ScriptFindings::kMarkup);
  std::string blobs;
  for (int i = 0; i < 2'000; ++i) blobs += "'" + std::string(1'000, 'B') + "';";
  CHECK(read(blobs).encoded_bytes == 2'000'000);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}
