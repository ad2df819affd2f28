// Behaviour of the functions, most cases after the examples of the YARA-L reference
// (docs.cloud.google.com/chronicle/docs/yara-l/functions).
#include "engine/functions.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory_resource>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "event/json.h"

namespace sekisho::engine {
namespace {

std::pmr::monotonic_buffer_resource memory;

Datum run(const char* name, std::vector<Datum> args) {
  const Function* f = find_function(name);
  REQUIRE_MESSAGE(f != nullptr, name);
  REQUIRE(bool(f->run));
  return f->run({&memory, 1708598631}, args);
}
Datum t(const char* s) { return Datum::text(s); }
Datum i(int64_t v) { return Datum::integer(v); }
Datum d(double v) { return Datum::real(v); }
std::string text(const char* name, std::vector<Datum> args) {
  return std::string(run(name, std::move(args)).as_text());
}
int64_t integer(const char* name, std::vector<Datum> args) { return run(name, std::move(args)).as_int(); }
double real(const char* name, std::vector<Datum> args) { return run(name, std::move(args)).as_real(); }
bool boolean(const char* name, std::vector<Datum> args) { return run(name, std::move(args)).as_bool(); }

}  // namespace

TEST_CASE("every documented function is known") {
  CHECK(functions().size() >= 90);
  for (const Function& f : functions()) {
    CHECK(find_function(f.name) == &f);
    CHECK(f.required <= f.params.size());
    const bool compiled = f.name.starts_with("re.") && f.support == Support::runs;
    const bool runs = f.support == Support::runs || f.support == Support::internal;
    CHECK_MESSAGE((f.run != nullptr) == (runs && !compiled), f.name);
  }
  CHECK(find_function("strings.nothing") == nullptr);
}

TEST_CASE("strings") {
  CHECK(text("strings.base64_decode", {t("dGVzdA==")}) == "test");
  CHECK(text("strings.base64_decode", {t("dGVzdA")}) == "test");
  CHECK(text("strings.base64_decode", {t("not base64!")}) == "not base64!");
  CHECK(text("strings.from_base64", {t("invalid-value")}) == "");
  CHECK(text("bytes.to_base64", {t("test")}) == "dGVzdA==");
  CHECK(text("strings.coalesce", {t(""), t("x"), t("y")}) == "x");
  CHECK(text("strings.concat", {t("google"), t("-test"), i(80), d(2.5), d(1.0)}) == "google-test802.51");
  CHECK(boolean("strings.contains", {t("thisisastring"), t("is")}));
  CHECK(!boolean("strings.contains", {t("thisisastring"), t("that")}));
  CHECK(integer("strings.count_substrings", {t("ABABABA"), t("ABA")}) == 2);
  CHECK(integer("strings.count_substrings", {t("str"), t("")}) == 0);
  CHECK(boolean("strings.ends_with", {t("example.com"), t("com")}));
  CHECK(!boolean("strings.ends_with", {t("x"), t("")}));
  CHECK(boolean("strings.starts_with", {t("abc"), t("ab")}));
  CHECK(text("strings.from_hex", {t("6869")}) == "hi");
  CHECK(text("strings.from_hex", {t("str")}) == "");
  CHECK(text("strings.ltrim", {t("a aastraa aa "), t(" a")}) == "straa aa ");
  CHECK(text("strings.rtrim", {t("a aastraa aa "), t(" a")}) == "a aastr");
  CHECK(text("strings.trim", {t("a aastraa aa "), t(" a")}) == "str");
  CHECK(text("strings.trim", {t("str"), t("")}) == "str");
  CHECK(text("strings.trim", {t("  str ")}) == "str");
  CHECK(text("strings.reverse", {t("str")}) == "rts");
  CHECK(text("strings.reverse", {t("日本")}) == "本日");
  CHECK(text("strings.to_lower", {t("Test@Google.COM Ä")}) == "test@google.com ä");
  CHECK(text("strings.to_upper", {t("example")}) == "EXAMPLE");
  CHECK(text("strings.substr", {t("日本語テキスト"), i(1), i(2)}) == "本語");
  CHECK(text("strings.substr", {t("abc"), i(9), i(2)}) == "");
  CHECK(integer("strings.length", {t("日本")}) == 2);
  CHECK(text("strings.url_decode", {t("three%20nine%20four")}) == "three nine four");
  CHECK(text("strings.url_decode", {t("%E4%B8%8A+%2B")}) == "上++");
  CHECK(text("strings.url_decode", {t("%zz")}) == "");
  CHECK(text("strings.url_decode", {t("a%2")}) == "");
  CHECK(text("hash.sha256", {t("")}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("hashes and what is drawn with them") {
  const auto repeated = [](const char* part, int times) {
    std::string out;
    for (int n = 0; n < times; ++n) out += part;
    return out;
  };
  // Published values, one for each way by length.
  CHECK(integer("hash.fingerprint2011", {t("test")}) == 8473225671271759044);
  CHECK(integer("hash.fingerprint2011", {t(repeated("test", 8).c_str())}) == 7345148637025587076);
  CHECK(integer("hash.fingerprint2011", {t(repeated("test", 64).c_str())}) == 4904844928629814570);
  std::vector<int64_t> seen;
  for (size_t n = 0; n < 200; ++n) seen.push_back(integer("hash.fingerprint2011", {t(std::string(n, 'a').c_str())}));
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
  int sampled = 0;
  for (int n = 0; n < 1000; ++n)
    sampled += boolean("optimization.sample_rate", {t(std::to_string(n).c_str()), i(1), i(5)});
  CHECK(sampled > 150);
  CHECK(sampled < 250);
  CHECK(boolean("optimization.sample_rate", {t("x"), i(5), i(5)}));
  CHECK(!boolean("optimization.sample_rate", {t("x"), i(0), i(5)}));
  CHECK(!boolean("optimization.sample_rate", {t("x"), i(1), i(0)}));
  double least = 1, most = 0;
  for (int n = 1; n <= 1000; ++n) {
    const std::string event = R"({"n":)" + std::to_string(n) + "}";
    const double drawn = find_function("math.random")->run({&memory, 1708598631, event}, {}).as_real();
    CHECK(drawn == find_function("math.random")->run({&memory, 1708598631, event}, {}).as_real());
    least = std::min(least, drawn), most = std::max(most, drawn);
  }
  CHECK(least >= 0);
  CHECK(least < 0.02);
  CHECK(most < 1);
  CHECK(most > 0.98);
}

TEST_CASE("patterns and blocks out of a table") {
  CHECK(boolean("re.regex(row)", {t("mail-7"), t("-[0-9]$")}));
  CHECK(!boolean("re.regex(row)", {t("mail-x"), t("-[0-9]$")}));
  CHECK(boolean("re.regex(row)", {t("MAIL"), t("(?i)mail")}));
  CHECK(!boolean("re.regex(row)", {t("mail"), t("(")}));
  for (int n = 0; n < 600; ++n) CHECK(boolean("re.regex(row)", {t("a7"), t(("a|" + std::to_string(n)).c_str())}));
  CHECK(boolean("net.ip_in_range_cidr(row)", {t("192.0.2.7"), t("192.0.2.0/24")}));
  CHECK(!boolean("net.ip_in_range_cidr(row)", {t("192.0.2.7"), t("nonsense")}));
}

TEST_CASE("hosts and domains") {
  CHECK(text("strings.extract_hostname", {t("")}) == "");
  CHECK(text("strings.extract_hostname", {t("1234")}) == "1234");
  CHECK(text("strings.extract_hostname", {t("\\\\")}) == "");
  CHECK(text("strings.extract_hostname", {t("http://例子.卷筒纸.中国")}) == "例子.卷筒纸.中国");
  CHECK(text("strings.extract_hostname", {t("mailto:?to=&subject=&body=")}) == "mailto");
  CHECK(text("strings.extract_hostname", {t(" \t !$5*^)&dahgsdfs;http://www.google.com")}) == "www.google.com");
  CHECK(text("strings.extract_hostname", {t("https://test#@google.com")}) == "test");
  CHECK(text("strings.extract_hostname", {t("https://user:pw@www.example.com:8443/a//b?c")}) == "www.example.com");
  CHECK(text("strings.extract_domain", {t("")}) == "");
  CHECK(text("strings.extract_domain", {t("1234")}) == "");
  CHECK(text("strings.extract_domain", {t("https://google.co.in")}) == "google.co.in");
  CHECK(text("strings.extract_domain", {t("http://例子.卷筒纸.中国")}) == "卷筒纸.中国");
  CHECK(text("strings.extract_domain", {t("someone@mail.example.com")}) == "example.com");
  CHECK(text("strings.extract_domain", {t("https://foo.us.com/")}) == "us.com");
  CHECK(text("strings.extract_domain", {t("https://someone.github.io/")}) == "github.io");
  CHECK(text("strings.extract_domain", {t("https://192.0.2.1/")}) == "");
}

TEST_CASE("arrays") {
  const auto list = [](const Datum& v) { return Value::of(v).to_string(); };
  const Datum abc = run("strings.split", {t("a,b,c,d")});
  CHECK(list(abc) == "a, b, c, d");
  CHECK(list(run("strings.split", {t("a:b"), t(":")})) == "a, b");
  CHECK(list(run("strings.split", {t("日本"), t("")})) == "日, 本");
  CHECK(text("arrays.index_to_str", {abc, i(1)}) == "b");
  CHECK(text("arrays.index_to_str", {abc, i(-1)}) == "d");
  CHECK(text("arrays.index_to_str", {abc, i(6)}) == "");
  CHECK(integer("arrays.index_to_int", {run("strings.split", {t("44,11,x")}), i(0)}) == 44);
  CHECK(integer("arrays.index_to_int", {run("strings.split", {t("44,11,x")}), i(2)}) == 0);
  CHECK(real("arrays.index_to_float", {run("strings.split", {t("1.2,3.3")}), i(1)}) == 3.3);
  CHECK(text("arrays.join_string", {abc, t("-")}) == "a-b-c-d");
  CHECK(text("arrays.join_string", {abc}) == "abcd");
  CHECK(integer("arrays.length", {abc}) == 4);
  CHECK(boolean("arrays.contains", {abc, t("c")}));
  const std::vector<Datum> numbers = {i(10), d(20), i(0)};
  CHECK(real("arrays.max", {Datum::list(numbers)}) == 20);
  CHECK(real("arrays.min", {Datum::list(numbers)}) == 0);
  CHECK(real("arrays.min", {Datum::list(numbers), Datum::boolean(true)}) == 10);
  CHECK(list(run("arrays.concat", {abc, run("strings.split", {t("e")})})) == "a, b, c, d, e");
}

TEST_CASE("casts and mathematics") {
  CHECK(boolean("cast.as_bool", {t("TRUE")}));
  CHECK(!boolean("cast.as_bool", {t("123")}));
  CHECK(boolean("cast.as_bool", {i(1)}));
  CHECK(!boolean("cast.as_bool", {i(-1)}));
  CHECK(integer("cast.as_int", {t("2.012345678")}) == 2);
  CHECK(integer("cast.as_int", {t("9223372036854775807")}) == INT64_MAX);
  CHECK(integer("cast.as_int", {t("str")}) == 0);
  CHECK(integer("cast.as_int", {t("1e999")}) == 0);
  CHECK(real("cast.as_float", {t("1.5")}) == 1.5);
  CHECK(text("cast.as_string", {i(123)}) == "123");
  CHECK(text("cast.as_string", {Datum::boolean(true)}) == "true");
  CHECK(integer("math.abs", {i(-3)}) == 3);
  CHECK(integer("math.abs", {i(INT64_MIN)}) == INT64_MAX);
  CHECK(integer("math.ceil", {d(-1.2)}) == -1);
  CHECK(integer("math.ceil", {d(184467440737095516160.0)}) == 0);
  CHECK(integer("math.floor", {d(-1.2)}) == -2);
  CHECK(real("math.geo_distance", {d(-122.020287), d(37.407574), d(-122.021810), d(37.407574)}) ==
        doctest::Approx(134.56).epsilon(0.001));
  CHECK(real("math.geo_distance", {d(-122.9), d(37.4), d(-122.0), d(97.4)}) == -1);
  CHECK(boolean("math.is_increasing", {d(-1.2), i(0), i(3)}));
  CHECK(!boolean("math.is_increasing", {d(-1.2), i(0), i(0)}));
  CHECK(real("math.pow", {d(2.2), i(3)}) == doctest::Approx(10.648));
  CHECK(real("math.pow", {d(1e300), i(3)}) == 0);
  CHECK(real("math.sqrt", {i(-3)}) == 0);
  CHECK(real("math.log", {i(0)}) == 0);
  CHECK(real("math.round", {d(-10.7)}) == -11);
  CHECK(integer("math.round", {i(4)}) == 4);
}

TEST_CASE("times") {
  CHECK(text("timestamp.get_timestamp", {i(1708598631)}) == "2024-02-22 10:43:51");
  CHECK(text("timestamp.get_timestamp", {i(1708598631), t("WEEK"), t("GMT")}) == "2024-02-18");
  CHECK(text("timestamp.get_timestamp", {i(1708598631), t("%Y-%m"), t("GMT")}) == "2024-02");
  CHECK(text("timestamp.get_timestamp", {i(1708598631), t("MINUTE")}) == "2024-02-22 10:43");
  CHECK(integer("timestamp.as_unix_seconds", {t("2024-02-22 10:43:00")}) == 1708598580);
  CHECK(integer("timestamp.as_unix_seconds", {t("2024-02-22 10:43:00"), t("America/New_York")}) == 1708616580);
  CHECK(integer("timestamp.as_unix_seconds", {t("yesterday")}) == 0);
  CHECK(text("timestamp.get_date", {i(1708598631), t("Asia/Tokyo")}) == "2024-02-22");
  CHECK(integer("timestamp.get_hour", {i(1708598631), t("Asia/Tokyo")}) == 19);
  CHECK(integer("timestamp.get_hour", {i(1708598631), t("-08:00")}) == 2);
  CHECK(integer("timestamp.get_hour", {i(1708598631), t("No/Such_Place")}) == 10);
  CHECK(integer("timestamp.get_minute", {i(1708598631), t("+5:30")}) == 13);
  CHECK(integer("timestamp.get_day_of_week", {i(1708598631)}) == 5);
  CHECK(integer("timestamp.get_week", {i(1704067200)}) == 0);  // Monday, 1 January 2024
  CHECK(integer("timestamp.get_week", {i(1704585600)}) == 1);  // the first Sunday
  CHECK(integer("timestamp.current_seconds", {}) == 1708598631);
  CHECK(integer("timestamp.diff", {i(7200), i(0), t("HOUR")}) == 2);
  CHECK(text("timestamp.get_date", {i(INT64_MAX)}) == "9999-12-31");
  CHECK(integer("timestamp.get_hour", {i(INT64_MIN)}) >= 0);
}

TEST_CASE("math.random draws from the event: the same on every road, another for another event") {
  Rule rule;
  rule.name = "r";
  rule.variable("e");
  rule.outcome("r", rule.call(*find_function("math.random"), {}));
  const auto engine = Engine::build({rule});
  REQUIRE(engine);
  const auto drawn = [&](const std::string& text, bool from_event) {
    Scratch scratch;
    Matched out;
    event::JsonLine json;
    if (from_event) engine->match(*event::read_json(text), text, {}, scratch, out);
    else engine->match(*json.parse(text, false), Reading::udm, text, {}, scratch, out);
    return out.detections.at(0).outcomes.at(0).second.as_real();
  };
  const std::string one = R"({"principal":{"hostname":"a"}})", other = R"({"principal":{"hostname":"b"}})";
  CHECK(drawn(one, true) == drawn(one, false));
  CHECK(drawn(one, false) != drawn(other, false));
}

}  // namespace sekisho::engine
