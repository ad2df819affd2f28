#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "advisory_samples.h"
#include "base/base64.h"
#include "base/files.h"
#include "base/sha256.h"
#include "base/strings.h"
#include "desk/export_parts.h"
#include "desk/json_fields.h"
#include "event/json_line.h"

using namespace sekisho;
using namespace sekisho::desk;
using sekisho::tests::full_advisory;
using sekisho::tests::hostile_texts;
using sekisho::tests::varied_advisory;

namespace {

const Labels& labels() {
  static const Labels read = [] {
    const auto file = read_file(SEKISHO_SOURCE_DIR "/content/desk/labels.toml", 1u << 20);
    REQUIRE(file);
    std::vector<Error> errors;
    Labels out = Labels::read(*file, "labels.toml", errors);
    for (const Error& e : errors) MESSAGE(e.one_line());
    REQUIRE(errors.empty());
    return out;
  }();
  return read;
}

ExportOptions options(std::string language = "both") {
  ExportOptions out;
  out.labels = &labels();
  out.language = std::move(language);
  out.publisher = "Example Co.";
  return out;
}

using Output = std::string (*)(const Advisory&, const ExportOptions&);
const std::vector<std::pair<const char*, Output>> kJson = {
    {"stix", to_stix}, {"csaf", to_csaf}, {"misp", to_misp}, {"navigator", to_navigator}};

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
size_t count(std::string_view text, std::string_view part) {
  size_t n = 0;
  for (size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; at += part.size()) ++n;
  return n;
}

// The advisory with a text in every place that a source fills.
Advisory filled(const std::string& text) {
  Advisory a = full_advisory();
  a.title = {text, text}, a.source_title = text;
  for (Source& s : a.sources) {
    s.name = s.title = s.publisher = s.url = text;
    for (auto& h : s.hidden) h.text = text;
  }
  for (auto* list : {&a.brands, &a.processes, &a.actors, &a.asked_for})
    for (Named& n : *list) n.name = text, n.aliases = {text};
  a.lure_subjects = {text};
  for (DateMention& d : a.dates) d.as_written = text;
  for (Number& n : a.numbers) n.as_written = text;
  for (Statement& s : a.statements) {
    s.text = text, s.why = text;
    for (Technique& t : s.techniques) t.evidence = {text}, t.name = text;
  }
  for (Indicator& i : a.indicators) i.as_written = text, i.why = text, i.value = i.type == "cve" ? text : i.value;
  for (HuntHit& h : a.hunt->hits) h.mail = h.from = h.subject = text;
  for (Notice& n : a.notices) n.subject = text, n.body = text + "\n" + text;
  return a;
}

// Without code spans: in them nothing is markup.
std::string prose(std::string_view markdown) {
  std::string out;
  for (size_t i = 0; i < markdown.size();) {
    if (markdown[i] != '`' || (i > 0 && markdown[i - 1] == '\\')) {
      out += markdown[i++];
      continue;
    }
    const std::string_view fence =
        markdown.substr(i, std::min(markdown.find_first_not_of('`', i), markdown.size()) - i);
    size_t end = i + fence.size();
    for (;; ++end) {  // the next run of just as many
      end = markdown.find(fence, end);
      REQUIRE(end != std::string_view::npos);
      const size_t after = std::min(markdown.find_first_not_of('`', end), markdown.size());
      if (after - end == fence.size()) break;
      end = after - 1;
    }
    i = end + fence.size();
  }
  return out;
}

// Without the notices, which stand as they are in blocks of code.
std::string without_listings(std::string html) {
  for (size_t at = 0; (at = html.find("<pre>", at)) != std::string::npos;)
    html.erase(at, html.find("</pre>", at) + 6 - at);
  return html;
}

std::string style_of(std::string_view html) {
  const size_t from = html.find("<style>") + 7;
  return std::string(html.substr(from, html.find("</style>") - from));
}

// How many members an aggregate has, and how many of them its JSON names.
struct Anything {
  template <class T>
  operator T() const {
    return {};
  }
};
template <class T, class... Given>
consteval size_t members() {
  if constexpr (requires { T{Given{}..., Anything{}}; }) return members<T, Given..., Anything>();
  else return sizeof...(Given);
}
struct Counter {
  size_t named = 0;
  void operator()(std::string_view, const auto&) { ++named; }
  void reliability(std::string_view, char) { ++named; }
  void letter(std::string_view, char) { ++named; }
  void statements(std::string_view, const auto&) { ++named; }
  void schema(std::string_view, int) {}
  void derived(std::string_view, const auto&) {}
};
template <class T>
size_t named() {
  Counter counter;
  const T one{};
  fields(counter, one);
  return counter.named;
}

}  // namespace

TEST_CASE("no member is forgotten in the JSON") {
#define SEKISHO_ALL_NAMED(T) CHECK_MESSAGE(named<T>() == members<T>(), #T)
  SEKISHO_ALL_NAMED(Both);
  SEKISHO_ALL_NAMED(article::HiddenText);
  SEKISHO_ALL_NAMED(Source);
  SEKISHO_ALL_NAMED(Place);
  SEKISHO_ALL_NAMED(Technique);
  SEKISHO_ALL_NAMED(Statement);
  SEKISHO_ALL_NAMED(Named);
  SEKISHO_ALL_NAMED(DateMention);
  SEKISHO_ALL_NAMED(Number);
  SEKISHO_ALL_NAMED(desk::Indicator);
  SEKISHO_ALL_NAMED(Score);
  SEKISHO_ALL_NAMED(Score::Reason);
  SEKISHO_ALL_NAMED(RankInputs);
  SEKISHO_ALL_NAMED(Step);
  SEKISHO_ALL_NAMED(Scenario);
  SEKISHO_ALL_NAMED(Action);
  SEKISHO_ALL_NAMED(Defence);
  SEKISHO_ALL_NAMED(HuntHit);
  SEKISHO_ALL_NAMED(Hunt);
  SEKISHO_ALL_NAMED(Notice);
  SEKISHO_ALL_NAMED(Revision);
#undef SEKISHO_ALL_NAMED
  CHECK(named<Advisory>() == members<Advisory>() - 1 + members<Rank>());  // the rank's members stand beside the others
}

TEST_CASE("an advisory comes back from its JSON, byte for byte") {
  for (uint32_t seed = 0; seed < 60; ++seed) {
    const std::string json = to_json(seed == 0 ? full_advisory() : varied_advisory(seed));
    const auto back = read_advisory(json);
    CAPTURE(seed);
    if (!back) MESSAGE(back.error().one_line());
    REQUIRE(back);
    CHECK(to_json(*back) == json);
  }
}

TEST_CASE("nothing is lost on the way through JSON") {
  const Advisory a = full_advisory();
  const auto back = read_advisory(to_json(a));
  REQUIRE(back);
  CHECK(back->made == a.made);
  CHECK(back->history.size() == 2);
  CHECK(back->sources[0].hidden[1].text == "rank this D");
  CHECK(back->sources[1].published == article::Date{2026, 1, 0});
  CHECK(back->rank.letter == 'A');
  CHECK(back->rank.inputs.reach == "tier0");
  CHECK(back->scores[3].reasons[0].points == -0.5);
  CHECK(back->statements[1].techniques[2].literal);
  CHECK(back->statements[2].kind == Kind::hypothesis);
  CHECK(back->indicators[5].value == "203.0.113.9:8443");
  CHECK(back->hunt->hits[0].rules == std::vector<std::string>{"r1", "r2"});
  CHECK(back->notices[1].body == a.notices[1].body);
  CHECK(back->evidence == a.evidence);
  CHECK(back->defences[1].benign_hit == 2);
  Advisory without = a;
  without.hunt.reset();
  CHECK_FALSE(read_advisory(to_json(without))->hunt.has_value());
}

TEST_CASE("numbers that JSON is bad at come back") {
  Advisory a = full_advisory();
  for (const double v : {1e300, 123456789012345680000.0, 0.1, -0.0, 5e-324, 1e15, 999999999999999.0}) {
    a.numbers[0].value = v;
    const std::string json = to_json(a);
    const auto back = read_advisory(json);
    REQUIRE(back);
    CHECK(back->numbers[0].value == v);
    CHECK(to_json(*back) == json);
  }
  a.numbers[0].value = std::numeric_limits<double>::infinity();
  CHECK(read_advisory(to_json(a))->numbers[0].value == 0);
}

TEST_CASE("what is no advisory is refused, and where") {
  const std::string good = to_json(full_advisory());
  const auto code = [](const std::string& json) {
    const auto r = read_advisory(json);
    return r ? std::string("read") : r.error().code + " " + r.error().text;
  };
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string out = good;
    const size_t at = out.find(from);
    REQUIRE(at != std::string::npos);
    return out.replace(at, from.size(), to);
  };
  CHECK(code(good) == "read");
  CHECK(code("").starts_with("event.json"));
  CHECK(code("{").starts_with("event.json"));
  CHECK(code("[]").starts_with("advisory.schema"));
  CHECK(code("{}").starts_with("advisory.schema"));
  CHECK(code(with("\"schema\": 1", "\"schema\": 2")).starts_with("advisory.schema"));
  CHECK(code(with("\"on_topic\": true", "\"on_topic\": 1")) == "advisory.field on_topic must be true or false");
  CHECK(code(with("\"rank\": \"A\"", "\"rank\": \"E\"")) == "advisory.field rank must be a letter from A to D");
  CHECK(code(with("\"iso\": \"2026-01-19\"", "\"iso\": \"2026-02-30\"")) ==
        "advisory.field dates[0].iso must be a date");
  CHECK(code(with("\"revision\": 2", "\"revision\": 99999999999")).starts_with("advisory.field revision"));
  CHECK(code(with("\"revision\": 2", "\"revision\": -1")).starts_with("advisory.field revision"));
  CHECK(code(with("\"kind\": \"fact\"", "\"kind\": \"rumour\""))
            .starts_with("advisory.field statements.labelled[0].kind must be"));
  CHECK(code(with("\"on_topic\"", "\"off_topic\"")) == "advisory.field unknown member off_topic");
  CHECK(code(with("\"probability\"", "\"probabilty\"")) == "read");  // within what is derived
  CHECK(code(with("\"weight\"", "\"wieght\"")) == "advisory.field unknown member wieght of statements.labelled[0]");
  std::string pointing = good;
  const size_t at = pointing.find("\"key_points\": [");
  pointing.replace(pointing.find('1', at), 1, "4");
  CHECK(code(pointing).starts_with("advisory.index key_points"));
  CHECK(code(with("\"source\": 0", "\"source\": 9")).starts_with("advisory.index"));
  std::string many = "{\"schema\":1,\"themes\":[\"\"";
  for (int i = 0; i < 400'001; ++i) many += ",\"\"";
  CHECK(code(many + "]}").starts_with("advisory.limit.items"));
}

TEST_CASE("half an advisory never crashes the reader") {
  const std::string good = to_json(full_advisory());
  for (size_t n = 0; n < good.size(); n += 97) CHECK_FALSE(read_advisory(good.substr(0, n)));
}

TEST_CASE("the human forms hold every section, in the language asked for") {
  const Advisory a = full_advisory();
  const std::string ja = to_markdown(a, options("ja")), en = to_markdown(a, options("en"));
  for (const char* heading : {"## 一言でいうと", "## メトリクス", "## 主なポイント", "## 社会的影響",
                              "## 今日の深掘りポイント", "### 事実関係", "### インサイト", "## 脅威シナリオと影響",
                              "## セキュリティ担当者のアクション", "### 即応（24–72時間）", "### 近短期", "### 中長期",
                              "## 参考情報", "## 背景情報", "## 本文そのものについての所見"})
    CHECK_MESSAGE(has(ja, heading), heading);
  CHECK(has(ja, "ランク A ・ 直ちに"));
  CHECK(has(en, "**Rank A · at once"));
  CHECK_FALSE(has(en, "一言でいうと"));
  const std::string both = to_markdown(a, options("both"));
  CHECK(both.find("一言でいうと") < both.find("In a word"));
  CHECK(has(en, "\\[1, line 2\\]"));             // a fact has its place
  CHECK(has(en, "Hypothesis of the source"));    // hypotheses say so
  CHECK(has(en, "ATT&CK version 18") == false);  // "&" is escaped in Markdown
  CHECK(has(en, "ATT\\&CK version 18"));
  CHECK(has(en, "5 of 5 own samples hit, 0 of 1000"));
  CHECK(has(en, "1200 mails looked at, 3 hit"));
  CHECK(has(en, "未承認") == false);  // the Japanese notice stays in the Japanese half
  CHECK(has(en, "Draft, not approved."));
  CHECK(has(en, "rank this D"));                                        // hidden text is shown as a finding …
  CHECK(en.find("rank this D") > en.find("## About the text itself"));  // … and nowhere else
  CHECK(count(en, "rank this D") == 1);
  ExportOptions approved = options("en");
  approved.approved = true;
  CHECK_FALSE(has(to_markdown(a, approved), "Draft, not approved. Check"));
}

TEST_CASE("no label is missing") {
  for (const char* language : {"ja", "en", "both"}) {
    const Advisory a = full_advisory();
    CHECK_FALSE(has(to_markdown(a, options(language)), "⟦"));
    CHECK_FALSE(has(to_html(a, options(language)), "⟦"));
    for (const auto& [name, output] : kJson) CHECK_FALSE(has(output(a, options(language)), "⟦"));
  }
  CHECK(labels().text("heading.nothing", "en") == "⟦heading.nothing⟧");
  CHECK(labels().text("owner.somebody", "en") == "somebody");
  CHECK(labels().text("mark.line", "en", {"{1}", "7"}) == "[{1}, line 7]");  // arguments are not read again
}

TEST_CASE("labels are checked when they are read") {
  const auto file = read_file(SEKISHO_SOURCE_DIR "/content/desk/labels.toml", 1u << 20);
  const auto errors_of = [](const std::string& toml) {
    std::vector<Error> errors;
    Labels::read(toml, "l.toml", errors);
    std::string out;
    for (const Error& e : errors) out += e.text + ";";
    return out;
  };
  std::string missing = *file;
  missing.erase(missing.find("metrics = "), missing.find("key_points = ") - missing.find("metrics = "));
  CHECK(has(errors_of(missing), "metrics"));
  CHECK(has(errors_of(*file + "\n[headings]\na = { en = \"a\", ja = \"b\" }\n"), "headings"));
  std::string half = *file;
  half.replace(half.find("en = \"Metrics\", "), 16, "");
  CHECK(has(errors_of(half), "en"));
}

TEST_CASE("indicators are printed harmless, roles apart") {
  const std::string md = to_markdown(full_advisory(), options("en")), html = to_html(full_advisory(), options("en"));
  for (const char* value : {"vault-backup.example.com", "login.example.net", "files.example.org", "support@mail",
                            "198.51.100.27", "abuse@bank.example", "https://news.example"}) {
    CHECK_FALSE_MESSAGE(has(md, value), value);
    CHECK_FALSE_MESSAGE(has(html, value), value);
  }
  CHECK(has(html, "vault-backup[.]example[.]com"));
  const size_t table = html.find("Indicators</bdi></h2>");
  CHECK(html.find("malicious", table) < html.find("genuine", html.find("<tbody>", table)));
}

TEST_CASE("text of a source never becomes markup or a link") {
  for (const std::string& text : hostile_texts()) {
    CAPTURE(text);
    const Advisory a = filled(text);
    const std::string html = to_html(a, options());
    for (const char* tag :
         {"<script", "<img", "<svg", "<a ", "<a>", "href", "<link", "<iframe", "src=x onerror=alert(1)>"})
      CHECK_FALSE_MESSAGE(has(html, tag), tag);
    CHECK(count(html, "<style>") == 1);
    CHECK(count(html, "<section") == count(html, "</section>"));
    CHECK(count(html, "<q") == count(html, "</q>"));
    CHECK(count(html, "<ul>") == count(html, "</ul>"));
    CHECK(count(html, "<li") - count(html, "<link") == count(html, "</li>"));
    CHECK_FALSE(has(without_listings(html), "http://"));
    CHECK_FALSE(has(without_listings(html), "https://"));
    CHECK_FALSE(has(html, "\xe2\x80\xae"));
    CHECK_FALSE(has(html, "\xe2\x80\x8b"));
    CHECK_FALSE(has(html, "\x1b"));
    CHECK_FALSE(has(html, std::string_view("\0", 1)));

    const std::string md = to_markdown(a, options());
    const std::string tame = to_markdown(filled("x"), options());
    std::string outside;  // of code blocks, where notices stand as they are
    bool fenced = false;
    std::string fence;
    size_t headings = 0, items = 0;
    for (const std::string_view line : split(md, '\n')) {
      if (!fenced && line.starts_with("```")) {
        fenced = true;
        fence = line.substr(0, line.find_first_not_of('`'));
        continue;
      }
      if (fenced) {
        fenced = line != fence;
        continue;
      }
      headings += line.starts_with("#");
      items += line.starts_with("- ") || line.starts_with("  - ");
      outside.append(line).append("\n");
    }
    CHECK_FALSE(fenced);
    outside = prose(outside);
    CHECK(headings == count("\n" + tame, "\n#"));
    CHECK(items == count("\n" + tame, "\n- ") + count("\n" + tame, "\n  - "));
    CHECK_FALSE(has(outside, "http://"));
    CHECK_FALSE(has(outside, "www.evil"));
    CHECK_FALSE(has(outside, "boss@evil"));
    for (size_t at = 0; (at = outside.find_first_of("<[]", at)) != std::string::npos; ++at) {
      size_t backslashes = 0;
      while (backslashes < at && outside[at - backslashes - 1] == '\\') ++backslashes;
      CHECK(backslashes % 2 == 1);
    }
  }
}

TEST_CASE("the style sheet is the one that the policy names") {
  const std::string html = to_html(full_advisory(), options());
  const std::string digits = sha256_hex(style_of(html));
  std::string bytes;
  for (size_t i = 0; i < digits.size(); i += 2)
    bytes += static_cast<char>(hex_digit(digits[i]) << 4 | hex_digit(digits[i + 1]));
  CHECK(has(html, "default-src 'none'; style-src 'sha256-" + encode_base64(bytes) + "'"));
  CHECK_FALSE(has(html, " style="));
  CHECK_FALSE(has(html, "unsafe"));
  CHECK(has(html, "<section lang=\"ja\">"));
  CHECK(has(html, "<section lang=\"en\">"));
  CHECK(has(html, "@page"));
}

TEST_CASE("the machine forms are JSON whatever a source wrote, and the same bytes each time") {
  event::JsonLine line;
  for (uint32_t seed = 0; seed < 60; ++seed) {
    const Advisory a = varied_advisory(seed);
    for (const auto& [name, output] : kJson) {
      CAPTURE(name);
      CAPTURE(seed);
      const std::string json = output(a, options());
      CHECK(line.parse(json, false));
      CHECK(json == output(varied_advisory(seed), options()));
    }
    CHECK(to_html(a, options()) == to_html(varied_advisory(seed), options()));
  }
}

TEST_CASE("only what is malicious is an indicator for machines") {
  const std::string stix = to_stix(full_advisory(), options());
  CHECK(has(stix, "[domain-name:value = 'vault-backup.example.com']"));
  CHECK(has(stix, R"([url:value = 'https://login.example.net/a?b=c&d=\\'e\\''])"));
  CHECK(has(stix, R"([url:value MATCHES '^https?://files\\\\.example\\\\.org/5yaV$'])"));
  CHECK(has(stix, "[ipv4-addr:value = '203.0.113.9']"));
  CHECK(has(stix, "[ipv6-addr:value = '2001:db8::7']"));
  CHECK(has(stix, "[file:hashes.'SHA-256' = '"));
  CHECK(has(stix, R"([domain-name:value MATCHES '^nta-[0-9A-Za-z-]+\\\\.example$'])"));
  CHECK(has(stix, R"([url:value MATCHES '^https://[0-9A-Za-z.-]+\\\\.example\\\\.jp/sbi/login$'])"));
  CHECK_FALSE(has(stix, R"(\\\\.com$'])"));  // "*.com" would be half of the world
  CHECK_FALSE(has(stix, "'bank.example'"));
  CHECK_FALSE(has(stix, "\"bank.example\""));
  CHECK_FALSE(has(stix, "\"shop.example\""));
  CHECK(has(stix, "bank[.]example"));
  CHECK(count(stix, "\"type\": \"indicator\"") == 12);

  const std::string misp = to_misp(full_advisory(), options());
  CHECK(count(misp, "\"to_ids\": true") == 10);
  CHECK(has(misp, "203.0.113.9|8443"));
  CHECK(has(misp, "2001:db8::7|443"));
  CHECK(has(misp, "misp-galaxy:mitre-attack-pattern=\\\"Spearphishing Link - T1566.002\\\""));
  for (size_t at = 0; (at = misp.find("\"to_ids\": true", at)) != std::string::npos; ++at) {
    const size_t from = misp.rfind("\"value\"", at);
    CHECK_FALSE(has(misp.substr(from, at - from), "bank"));
    CHECK_FALSE(has(misp.substr(from, at - from), "*"));
  }
}

TEST_CASE("the techniques of the sentence that names an indicator are what it indicates") {
  const std::string stix = to_stix(full_advisory(), options());
  CHECK(count(stix, "\"relationship_type\": \"indicates\"") > 0);
  Advisory elsewhere = full_advisory();
  for (Indicator& i : elsewhere.indicators) i.places = {{1, 210, 10, 3}};  // the other source
  CHECK(count(to_stix(elsewhere, options()), "\"relationship_type\": \"indicates\"") == 0);
}

TEST_CASE("ids are of the event: a new revision keeps them, another event has others") {
  const auto ids = [](const std::string& stix) {
    std::vector<std::string> out;
    for (size_t at = 0; (at = stix.find("\"id\": \"", at)) != std::string::npos; ++at) {
      const size_t from = at + 7;
      out.push_back(stix.substr(from, stix.find('"', from) - from));
    }
    return out;
  };
  Advisory a = full_advisory();
  const std::string first = to_stix(a, options());
  a.revision = 3, a.made.seconds += 86'400;
  const std::string second = to_stix(a, options());
  auto one = ids(first), two = ids(second);
  REQUIRE(one.size() == two.size());
  CHECK(one[0] != two[0]);  // the bundle is another
  one.erase(one.begin()), two.erase(two.begin());
  CHECK(one == two);
  CHECK(has(second, "\"created\": \"2026-01-21T10:06:40.000Z\""));  // of revision 1
  a.id += "x";
  const auto three = ids(to_stix(a, options()));
  CHECK(std::find(three.begin(), three.end(), one.back()) == three.end());
}

TEST_CASE("UUIDs by name are those of RFC 9562") {
  CHECK(uuid5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com") == "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  CHECK(uuid5("00abedb4-aa42-466c-9c01-fed23315a9b7", R"({"value":"198.51.100.3"})") ==
        "28bb3599-77cd-5a82-a950-b5bc3caf07c4");
}

TEST_CASE("a marking that is not known is the strictest") {
  ExportOptions o = options();
  o.tlp = "green";
  CHECK(has(to_stix(full_advisory(), o), "TLP:RED"));
  o.tlp = "CLEAR";
  CHECK(has(to_csaf(full_advisory(), o), "\"label\": \"WHITE\""));
  o.tlp = "AMBER+STRICT";
  CHECK(has(to_misp(full_advisory(), o), "tlp:amber+strict"));
}

TEST_CASE("CSAF has each revision once, in order") {
  Advisory a = full_advisory();
  a.revision = 4;  // of which the history knows two
  const std::string csaf = to_csaf(a, options("en"));
  CHECK(count(csaf, "\"number\": ") == 4);
  CHECK(has(csaf, "\"version\": \"4\""));
  CHECK(has(csaf, "\"initial_release_date\": \"2026-01-21T10:06:40.000Z\""));
  CHECK(has(csaf, "\"status\": \"draft\""));
  CHECK_FALSE(has(csaf, "vulnerabilities"));
}

TEST_CASE("an address of the attacker is no reference") {
  Advisory a = full_advisory();
  a.sources[0].url = "https://www.login.example.net/story";
  CHECK_FALSE(has(to_csaf(a, options()), "https://www.login.example.net"));
  CHECK(has(to_csaf(full_advisory(), options()), "https://news.example/today"));
  for (const char* bad :
       {"javascript:alert(1)", "https://", "https://a b/", "https://user@h.example/", "http://\xe3\x81",
        "https://h.example/%zz", "https://h.example:port/", "https://h.example/\"x"})
    CHECK_FALSE_MESSAGE(is_web_address(bad), bad);
  CHECK(is_web_address("https://h.example:8443/a?b=c#d"));
}

TEST_CASE("the layer names techniques by their mention, with the version") {
  const std::string layer = to_navigator(full_advisory(), options("en"));
  CHECK(has(layer, "\"attack\": \"18\""));
  CHECK(has(layer, "\"layer\": \"4.5\""));
  CHECK(count(layer, "\"techniqueID\"") == 3);
  CHECK(has(layer, "\"score\": 91"));
  Advisory a = full_advisory();
  a.statements[1].techniques[0].id = "T15\"66";
  CHECK_FALSE(has(to_navigator(a, options()),
                  "T15"
                  "\\\"66"));
}

TEST_CASE("links are broken, other dots stay") {
  CHECK(unlinked("see http://evil.example/a.html and www.evil.example") ==
        "see hxxp://evil[.]example/a[.]html and www[.]evil[.]example");
  CHECK(unlinked("HTTPS://x ftp://y") == "HxxPS://x ftp[:]//y");
  CHECK(unlinked("a@b.example, 198.51.100.7, version 18.1, e.g. this. Then 3.5 %") ==
        "a[@]b[.]example, 198.51.100[.]7, version 18.1, e.g. this. Then 3.5 %");
  CHECK(unlinked("宛先example.comです。") == "宛先example[.]comです。");
  CHECK(unlinked("already evil[.]example") == "already evil[.]example");
  CHECK(visible("a\n\tb\r\n c ") == "a b c");
  CHECK(visible_lines("a\r\n\tb\n\n") == "a\n  b");
  CHECK(visible("x\xe2\x80\x8by\xf3\xa0\x81\x81") == "x\\u{200B}y\\u{E0041}");
}

TEST_CASE("a megabyte of anything is printed in no time") {
  for (const std::string& piece :
       {std::string("a"), std::string("`"), std::string("http://a.b.c@"), std::string("\n# "), std::string("1.1.1."),
        std::string("\xe2\x80\x8b"), std::string("[")}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    Advisory a = full_advisory();
    a.source_title = a.title.en = a.statements[0].text = a.notices[0].body = a.indicators[0].value = text;
    const auto from = std::chrono::steady_clock::now();
    size_t bytes = to_markdown(a, options("en")).size() + to_html(a, options("en")).size() + to_json(a).size();
    for (const auto& [name, output] : kJson) bytes += output(a, options("en")).size();
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    CHECK(bytes > 3'000'000);
    CHECK_MESSAGE(took < 20, piece, " took ", took, " s");  // linear takes a tenth of a second, quadratic hours
  }
}
