#include "html/page.h"

#include <doctest/doctest.h>

#include <algorithm>

#include <chrono>
#include <string>

namespace sekisho::html {
namespace {

std::string text(std::string_view html) { return read_page(html).text; }
std::string hidden(std::string_view html) { return read_page(html).hidden_text; }
std::string link(std::string_view html) {
  std::string out;
  for (const Link& l : read_page(html).links) out += "[" + l.href + "|" + l.text + (l.hidden ? "|hidden" : "") + "]";
  return out;
}
std::string fields(std::string_view html) {
  std::string out;
  for (const Form& f : read_page(html).forms) {
    out += f.method + " " + f.action + (f.has_password ? "!" : "") + ":";
    for (const Field& x : f.fields) out += " " + x.type + "/" + x.name + "/" + x.label + ";";
  }
  return out;
}

TEST_CASE("lines and blanks") {
  CHECK(text("  a \n\t b  ") == "a b");
  CHECK(text("<p>a<p>b</p>c") == "a\nb\nc");
  CHECK(text("a<br>b<br/><br>c</br>d") == "a\nb\nc\nd");
  CHECK(text("<div>a</div><div><div>b</div></div>") == "a\nb");
  CHECK(text("a<b>b</b><i> c</i>d") == "ab cd");
  CHECK(text("<ul><li>a<li>b</ul>c") == "a\nb\nc");
  CHECK(text("<table><tr><td>a<td>b<tr><td>c</td><td>d</td></tr></table>e") == "a\tb\nc\td\ne");
  CHECK(text("<dl><dt>a<dd>b</dl>") == "a\nb");
  CHECK(text("<h1>a</h1>b") == "a\nb");
  CHECK(text("a&nbsp;&nbsp; b\u00a0c") == "a b c");
  CHECK(text("<pre>a\n b</pre>") == "a\nb");
  CHECK(text("<span style='display:block'>a</span>b") == "a\nb");
  CHECK(text("x<wbr>y&shy;z") == "xy\u00adz");
  CHECK(text("日本<b>語</b>　です") == "日本語　です");
  CHECK(text("") == "");
}

TEST_CASE("what is no text") {
  CHECK(text("<title>t</title><style>p{}</style><script>s</script><template>x</template>a") == "a");
  CHECK(text("a<!-- b -->c<!--[if mso]>d<![endif]-->e<![if !mso]>f<![endif]>") == "acef");
  CHECK(text("<noscript>a</noscript>") == "a");
  CHECK(text("<textarea>a</textarea><select><option>b<option>c</select>d") == "d");
  CHECK(text("<select><option>b<p>c</p><a href=x>y</a></select>d") == "d");
  CHECK(text("<img alt=b>a<iframe>x</iframe><noframes>y</noframes>") == "a");
  CHECK(text("<xmp><b>&amp;</xmp>c") == "<b>&amp;\nc");
  CHECK(text("a<plaintext><b>&amp;") == "a\n<b>&amp;");
  CHECK(text("<svg><title>t</title><text>a</text><style>x{}</style></svg>b") == "a\nb");
  CHECK(text("<head>a</head>b") == "ab");
  CHECK(read_page("<TITLE> a &amp;\n b </TITLE>").title == "a & b");
  CHECK(read_page("<svg><title>no</title></svg><title>yes</title><title>no</title>").title == "yes");
  CHECK(text("a < b && c &lt; d") == "a < b && c < d");
  CHECK(text(std::string_view("a\0b", 3)) == "ab");
}

TEST_CASE("hidden text") {
  CHECK(text("Mas<span style='display:none'>x</span>ter") == "Master");
  CHECK(hidden("Mas<span style='display:none'>x</span>ter<i hidden>y</i>") == "x y");
  CHECK(text("a<div style='display:none'>b</div>c") == "ac");
  CHECK(text("a<div style='font-size:0'>b</div>c") == "a\nc");
  CHECK(hidden("<font color=white>a</font>b") == "a");
  CHECK(hidden("<p><font color=white>a</p><p>b</font>c") == "a\nb");  // formatting outlives its block
  CHECK(hidden("<font color=white><div>a</font>b</div>") == "a");
  CHECK(hidden("<table bgcolor=black><td><font color=white>a</font><td style='color:#000'>b") == "b");
  CHECK(hidden("<table background=x.png><td style='color:#fff'>b") == "");
  CHECK(hidden("<body bgcolor=#000000 text=black>b") == "b");
  CHECK(hidden("<div style=color:white><a href=x>a</a></div>") == "");  // links have a colour of their own
  CHECK(hidden("<style>.h{display:none}</style><p class=h>a<p>b") == "a");
  CHECK(hidden("<style>.h{display:none}</style><p class=h style='display:block'>a") == "");
  CHECK(hidden("<style>.h{display:none!important}</style><p class=h style='display:block'>a") == "a");
  CHECK(hidden("<style>div .h p{display:none}</style><div><b class=h><i><p>a</i></b></div><b class=h><p>c") == "a");
  CHECK(hidden("<dialog>a</dialog><datalist>b</datalist>c") == "a\nb");
  CHECK(hidden("<option style='display:none'>a</option>b") == "a");
  // Hidden from few, and one click away for those.
  CHECK(text("<details><summary>a</summary><p>b</details>") == "a\nb");
  CHECK(text("<p style='mso-hide:all'>a") == "a");
  const Page page = read_page("a<b style='font-size:0'>b</b><div style='text-indent:-999px'>c</div>");
  REQUIRE(page.runs.size() == 3);
  CHECK(page.runs[1].hidden == Hidden::zero_size);
  CHECK(page.runs[2].hidden == Hidden::off_screen);
  CHECK(to_string(Hidden::same_colour) == "same_colour");
}

TEST_CASE("hidden by a style sheet's selectors") {
  const auto by = [](std::string_view css, std::string_view html) {
    return hidden("<style>" + std::string(css) + "</style>" + std::string(html));
  };
  // Attributes.
  CHECK(by("[class=x]{display:none}", "<p class=x>a<p class=xy>b") == "a");
  CHECK(by("p[class='x y']{display:none}", "<p class='x y'>a<p class=x>b") == "a");
  CHECK(by("[class~=x]{display:none}", "<p class='y x'>a<p class=xy>b") == "a");
  CHECK(by("[class^=\"pre\"]{display:none}", "<p class=prefix>a<p class=b>b") == "a");
  CHECK(by("[class$=er]{display:none}", "<p class=letter>a<p class=b>b") == "a");
  CHECK(by("[id*=idd]{display:none}", "<p id=riddle>a<p id=rid>b") == "a");
  CHECK(by("[lang|=en]{display:none}", "<p lang=en-GB>a<p lang=eng>b") == "a");
  CHECK(by("[data-k]{display:none}", "<p data-k>a<p DATA-K=''>b<p>c") == "a\nb");
  CHECK(by("[data-k=Q i]{display:none}", "<p x=1 data-k = 'q' y>a<p data-k=Q>b<p data-k=r>c") == "a\nb");
  CHECK(by("[style*=\"color:red\"]{display:none}", "<p style='color:red'>a<p style='color:blue'>b") == "a");
  CHECK(by("[title=\"a,b\"],i{display:none}", "<p title='a,b'>a<p>b<i>c</i>") == "a\nc");
  CHECK(by("[title='&']{display:none}", "<p title='&amp;'>a") == "a");
  CHECK(by("[class=x][id=y][lang=z]{display:none}", "<p class=x id=y>a") == "");  // three tests: left out
  CHECK(by("div[class=x] b{display:none}", "<div class=x><i><b>a</b></i></div><div><b>b</b></div>") == "a");
  for (const char* broken : {"[", "[]", "[=x]", "[a", "[a=", "[a='x]", "[a!=b]", "p[a=b]c", "[a=b"})
    CHECK(by(std::string(broken) + "{display:none}", "<p a=b>a<p>b") == "");
  // Siblings and children.
  CHECK(by("p~pre{display:none}", "<pre>a</pre><p>b</p><i>c</i><pre>d</pre>") == "d");
  CHECK(by("p+pre{display:none}", "<p>b</p><pre>a</pre><p>b</p><i>c</i><pre>d</pre>") == "a");
  CHECK(by(".a ~ .b ~ p{display:none}", "<i class=b></i><p>x</p><i class=a></i><p>y<p>z</p><b class=b></b><p>h") ==
        "h");
  CHECK(by("div .a + p b{display:none}", "<div><i><u class=a></u><p>x<b>h</b></i></div><u class=a></u><p><b>y</b>") ==
        "h");
  CHECK(by("p~pre{display:none}", "<div><p>a</p></div><pre>b</pre>") == "");  // not in the same parent
  CHECK(by("br+b{display:none}", "<b>a</b><br><b>h</b>") == "h");
  CHECK(by("div>p{display:none}", "<div><p>h</p><i><p>a</p></i></div>") == "h");
  CHECK(by("body > div > p{display:none}", "<div><p>h</p><div><p>a</p></div></div>") == "h");
  CHECK(by("div > i b{display:none}", "<div><i><i><b>h</b></i></i></div><i><b>a</b></i>") == "h");
  CHECK(by("html p{display:none}", "<p>h") == "h");
  CHECK(by("html>body>p{display:none}", "<p>h") == "h");
  CHECK(by("html>p{display:none}", "<p>a") == "");
  CHECK(by("table>tr{display:none}", "<table><tr><td>a</table>") == "");  // there is a <tbody> between
  CHECK(by("tr>td{display:none}", "<table><tr><td>h</table>") == "h");
  CHECK(by("style~p{display:none}", "<p>a") == "");  // the <style> stands in <head>
  CHECK(by("div>{display:none}>p{display:none}p>>b{display:none}p+~b{display:none}", "<div><p>a<b>b</b></p></div>") ==
        "");
  CHECK(by("p:hover{display:none}", "<p>a") == "");
  // A thousand of them stay within bounds.
  std::string many;
  for (int i = 0; i < 1000; ++i) many += ".a" + std::to_string(i) + " ~ b{display:none}";
  const Page page = read_page("<style>" + many + "</style><i class=a3></i><b>h</b>");
  CHECK(page.hidden_text == "h");
  CHECK(std::ranges::find(page.limits_hit, "css") != page.limits_hit.end());
}

TEST_CASE("runs lead each byte back") {
  const std::string_view html = "<p>one  two&amp;<b>three four\nfive</b>日本</p><i style=display:none>six   seven</i>";
  const Page page = read_page(html);
  CHECK(page.text == "one two&three four five日本");
  for (const Run& run : page.runs) {
    const std::string& from = run.hidden == Hidden::no ? page.text : page.hidden_text;
    const std::string_view piece = std::string_view(from).substr(run.at, run.length);
    if (piece == "&") {
      CHECK(html.substr(run.offset, 5) == "&amp;");
    } else {
      CHECK(html.substr(run.offset, run.length) == piece);
    }
  }
}

TEST_CASE("links") {
  CHECK(link("<a href=' http://x/?a=1&amp;b=2 '>go <b>on</b></a>!") == "[http://x/?a=1&b=2|go on]");
  CHECK(link("<a href=1>a<a href=2>b</a>c") == "[1|a][2|b]");
  CHECK(link("<a href=1>a<a name=n>b</a>") == "[1|a]");
  CHECK(link("<a href=1>a") == "[1|a]");
  CHECK(link("<a name=x>a</a><a>b</a>") == "");
  CHECK(link("<a href=1><div>a</div><p>b</p></a>") == "[1|a b]");
  CHECK(link("<p><a href=1>a</p><p>b</p></a>c") == "[1|a b]");
  CHECK(link("<a href=1><table><td>a<td>b</table></a>") == "[1|a b]");
  CHECK(link("<table><td><a href=1>a<td>b</table>") == "[1|a]");
  CHECK(link("<a href=1>a<table><td><a href=2>b</a></table>c</a>") == "[1|a b c][2|b]");
  CHECK(link("<a href=javascript:x>a</a><a href='data:text/html,x'>b</a>") == "[javascript:x|a][data:text/html,x|b]");
  CHECK(link("<a href=1 style=display:none>a</a><a href=2></a>") == "[1||hidden][2||hidden]");
  CHECK(link("<a href=1><img src=x></a>") == "[1|]");
  CHECK(link("<a href=1><img src=x width=1 height=1></a>") == "[1||hidden]");
  CHECK(link("<map><area href=1 alt=x></map>") == "[1|]");
  CHECK(link("<svg><a xlink:href=1><text>a</text></a></svg>b") == "[1|a]");
  CHECK(link("<svg><a href=1><text>a</svg>b") == "[1|a]");
  CHECK(link("<button formaction=1>a</button>b") == "[1|a]");
  CHECK(link("<form><input type=submit formaction=1 value=Go></form>") == "[1|]");
  CHECK(link("<A HREF=1>a</A>") == "[1|a]");
  CHECK(link("<a href=1>a</b></a>b") == "[1|a]");
  CHECK(link("<a href=1>Pay<span style='display:none'>zz</span>Pal</a>") == "[1|PayPal]");
  CHECK(link("<a href=1 style='display:block;text-indent:-9999px;background:url(x)'>a</a>") == "[1|]");
  CHECK(link("<svg><a href=1></a><p>x<a href=2>y</a>") == "[1||hidden][2|y]");

  const Page page = read_page("<p>see <a href=1><img alt=Logo><img alt=two> here</a></p>");
  REQUIRE(page.links.size() == 1);
  CHECK(page.links[0].image_alt == "Logo two");
  CHECK(page.links[0].has_image);
  CHECK(page.links[0].offset == 7);
  CHECK(page.text.substr(page.links[0].text_at, page.links[0].text_length) == "here");
  CHECK(page.images.size() == 2);
  CHECK(page.images[0].in_link);
}

TEST_CASE("forms and labels") {
  CHECK(fields("<form action=/x method=POST><input name=u><input type=PassWord name=p></form>") ==
        "post /x!: text/u/; password/p/;");
  CHECK(fields("<label for=a>User</label><input id=a>") == "get : text//User;");
  CHECK(fields("<input id=a><label for=a>User</label>") == "get : text//User;");
  CHECK(fields("<label>User <input></label>") == "get : text//User;");
  CHECK(fields("<input placeholder='Master &amp; Password'>") == "get : text//Master & Password;");
  CHECK(fields("<input aria-label=x>") == "get : text//x;");
  CHECK(fields("<table><tr><td>User:<td><input><tr><td>Pass:<td><input></table>") == "get : text//User:; text//Pass:;");
  CHECK(fields("<p>Enter it</p><input><input>") == "get : text//Enter it; text//;");
  CHECK(fields("<form action=1><form action=2><input></form></form><input name=o>") == "get 1: text//;get : text/o/;");
  CHECK(fields("<div><form action=1></div><input>") == "get 1: text//;");
  CHECK(fields("<form id=f action=1></form><input form=f name=n>") == "get 1: text/n/;");
  CHECK(fields("<form><textarea name=t></textarea><select name=s><option>x</select><button>Go</button></form>") ==
        "get : textarea/t/; select/s/; submit//Go;");
  CHECK(fields("<select><input name=x>") == "get : select//; text/x/;");
  CHECK(fields("<form><input type=hidden name=h><input type=submit value='Sign in'></form>") ==
        "get : hidden/h/; submit//Sign in;");
}

TEST_CASE("the rest of the page") {
  const Page page = read_page(
      "<base href=http://b/><base href=http://c/><meta http-equiv=Refresh content=\"5; URL='http://r/?a=1&amp;b'\">"
      "<body onload=x><p onclick=y><iframe src=z></iframe><script>1</script><script src=q></script><img src=' i.png ' "
      "width=10px height='50%'>");
  CHECK(page.base_href == "http://b/");
  CHECK(page.meta_refresh == "http://r/?a=1&b");
  CHECK(page.event_handlers == 2);
  CHECK(page.iframes == 1);
  CHECK(page.scripts == 2);
  REQUIRE(page.images.size() == 1);
  CHECK(page.images[0].src == "i.png");
  CHECK(page.images[0].width == 10);
  CHECK(page.images[0].height == -1);
  CHECK(read_page("<img style='width:0;height:12pt'>").images[0].height == 16);
  CHECK(read_page("<meta http-equiv=refresh content='0;http://x'>").meta_refresh == "http://x");
  CHECK(read_page("<meta http-equiv=refresh content='0'>").meta_refresh.empty());
  CHECK(read_page("<meta http-equiv=refresh content='0;url=\"'>").meta_refresh.empty());
}

TEST_CASE("end tags that do not fit") {
  CHECK(text("<div>a</span></b>b</div></div></p>c") == "ab\nc");
  CHECK(hidden("<div style=display:none>a</span>b</div>c") == "ab");
  CHECK(hidden("<div style=display:none><p>a</div>c") == "a");
  CHECK(hidden("<table><td><div style=display:none>a</table>c") == "a");
  CHECK(hidden("<table><td></div><i hidden>a</i></table>") == "a");
  CHECK(hidden("<span hidden><table><td></span>a</table></span>b") == "a");
  CHECK(text("<td>a</td><td>b</td>") == "a\tb");
  CHECK(text("<button>a<button>b</button>c") == "a b c");
}

TEST_CASE("limits") {
  const auto has = [](const Page& p, std::string_view name) {
    return std::find(p.limits_hit.begin(), p.limits_hit.end(), name) != p.limits_hit.end();
  };
  Limits limits;
  limits.html_depth = 8;
  std::string deep;
  for (int i = 0; i < 50; ++i) deep += "<div>";
  deep += "x";
  for (int i = 0; i < 50; ++i) deep += "</div>";
  const Page flat = read_page(deep + "<i hidden>y</i>z", limits);
  CHECK(has(flat, "html_depth"));
  CHECK(flat.text == "x\nz");
  CHECK(flat.hidden_text == "y");
  limits = {};
  limits.links = 1;
  const Page few = read_page("<a href=1>a</a><a href=2>b</a><img src=1><img src=2><form></form><form></form>", limits);
  CHECK(few.links.size() == 1);
  CHECK(has(few, "links"));
  CHECK(has(few, "images"));
  CHECK(has(few, "forms"));
  limits = {};
  limits.form_fields = 1;
  const Page form = read_page("<form><input><input type=password><button>b</button></form>", limits);
  CHECK(form.forms[0].fields.size() == 1);
  CHECK(form.forms[0].has_password);
  CHECK(has(form, "form_fields"));
  limits = {};
  limits.text_bytes = 10;
  const Page cut = read_page("日本語日本語日本語<i hidden>日本語日本語</i>", limits);
  CHECK(cut.text == "日本語");
  CHECK(has(cut, "text_bytes"));
  limits = {};
  limits.html_bytes = 3;
  CHECK(read_page("abcdef", limits).text == "abc");
  CHECK(has(read_page("abcdef", limits), "html_bytes"));
  limits = {};
  limits.attributes = 2;
  CHECK(has(read_page("<p a b c>", limits), "attributes"));
}

TEST_CASE("hostile input takes linear time") {
  const auto repeat = [](std::string_view s, size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += s;
    return out;
  };
  for (const std::string_view piece : {"<div>",
                                       "<a ",
                                       "<a href=x>",
                                       "<p>",
                                       "<b>",
                                       "<font color=red>",
                                       "<table>",
                                       "<table><td>",
                                       "<table><tr><td><a href=x>a",
                                       "&",
                                       "<",
                                       "<!--",
                                       "</",
                                       "</div>",
                                       "</p>",
                                       "<svg>",
                                       "<svg><a href=x>",
                                       "<select>",
                                       "<option>",
                                       "<form>",
                                       "<input>",
                                       "<label>",
                                       "<button>",
                                       "a<br>",
                                       "&amp;",
                                       "&#",
                                       "<![CDATA[",
                                       "<script>",
                                       "<title>",
                                       "<!",
                                       "<?",
                                       "<p><font color=red>",
                                       "<p><font color=red></p>",
                                       "<font color=red><div></font>",
                                       "<body text=red>",
                                       "<li>",
                                       "<span hidden>a</span>b",
                                       "<style>",
                                       "<i style=\"",
                                       "a b  c ",
                                       "<svg><p>",
                                       "<math><mi>",
                                       "<input form=x id=y>",
                                       "<label for=a>b</label><input id=a>",
                                       "<p style=\"a:(((\">",
                                       "<template>",
                                       "</a>",
                                       "<a href=x><p>",
                                       "\xE3\x80\x80",
                                       "<script><!--<script>",
                                       "<script></script>",
                                       "<textarea></textarea>",
                                       "<h1>",
                                       "<caption>",
                                       "</td>",
                                       "<object>",
                                       "<p><b style=color:red><i style=color:red>"}) {
    const std::string html = repeat(piece, 1'000'000);
    const auto start = std::chrono::steady_clock::now();
    read_page(html);
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    INFO(piece);
    CHECK(ms < 3000);  // tens of ms as built for release; room for sanitizers and a busy machine
  }
  std::string deep = repeat("<div>", 1250);
  CHECK(read_page(deep + repeat("</p></b></td>", 1'000'000)).text.empty());
  std::string css = "<style>";
  for (int i = 0; i < 4000; ++i) css += ".a .a .a .b{color:red}";
  const Page page = read_page(css + "</style>" + repeat("<b class='a b'>", 1'000'000));
  CHECK(page.elements > 1000);
}

}  // namespace
}  // namespace sekisho::html
