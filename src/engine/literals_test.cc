#include "engine/literals.h"

#include <doctest/doctest.h>

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>

#include "engine/key_table.h"
#include "engine/pattern.h"

namespace sekisho::engine {

TEST_CASE("the automaton finds what plain search finds") {
  std::mt19937 random(7);
  for (int round = 0; round < 600; ++round) {
    const size_t least = round % 2 == 0 ? 1 : 2 + round % 11;  // of each way to find where a literal may begin
    const auto word = [&](size_t most) {
      std::string s;
      for (size_t n = least + random() % most; n > 0; --n) s += "abcABé"[random() % 7];
      return s;
    };
    Literals literals;
    std::vector<std::string> words;
    std::vector<uint32_t> numbers;
    for (int i = 0; i < 1 + round % 40; ++i) {
      words.push_back(word(6));
      numbers.push_back(literals.add(words.back()));
    }
    literals.build();
    Literals::Seen seen;
    for (int t = 0; t < 5; ++t) {
      std::string text = word(60);
      const std::string& some = words[random() % words.size()];
      if (t % 2 == 1) text.insert(random() % (text.size() + 1), some);
      if (t == 4) text = some.substr(1) + text + some;
      std::set<uint32_t> found, expected;
      literals.scan(text, seen, [&](uint32_t n) { CHECK_MESSAGE(found.insert(n).second, "reported once"); });
      for (size_t i = 0; i < words.size(); ++i)
        if (ascii_lower(text).find(ascii_lower(words[i])) != std::string::npos) expected.insert(numbers[i]);
      REQUIRE(found == expected);
    }
  }
}

TEST_CASE("the automaton stays linear where every suffix is a literal") {
  Literals literals;
  std::string a;
  for (int i = 0; i < 2000; ++i) literals.add(a += 'a');
  literals.build();
  Literals::Seen seen;
  size_t found = 0;
  const std::string text(1 << 20, 'a');
  literals.scan(text, seen, [&](uint32_t) { ++found; });
  CHECK(found == 2000);
}

TEST_CASE("an empty automaton finds nothing") {
  Literals literals;
  literals.build();
  Literals::Seen seen;
  literals.scan("text", seen, [](uint32_t) { FAIL("found"); });
}

TEST_CASE("key tables keep their keys") {
  KeyTable table;
  for (uint32_t i = 0; i < 5000; ++i) CHECK(table.insert("key" + std::to_string(i * i), i) == i);
  CHECK(table.insert("key4", 99) == 2);
  KeyTable moved = std::move(table);
  for (uint32_t i = 0; i < 5000; ++i) REQUIRE(moved.find("key" + std::to_string(i * i)) == i);
  CHECK(moved.find("key2") == KeyTable::kAbsent);
  CHECK(moved.find("") == KeyTable::kAbsent);
  CHECK(moved.insert("", 7) == 7);
  CHECK(moved.find("") == 7);
  CHECK(KeyTable().find("x") == KeyTable::kAbsent);
}

TEST_CASE("patterns tell which literals they need") {
  const auto literals = [](const char* pattern, bool nocase = false) {
    auto p = Pattern::compile(pattern, nocase);
    REQUIRE(p.has_value());
    auto out = p->literals();
    std::sort(out.begin(), out.end());
    return out;
  };
  CHECK(literals("master password") == std::vector<std::string>{"master password"});
  CHECK(literals("Master.*PASSWORD") == std::vector<std::string>{"password"});
  CHECK(literals("within (24|48) hours") == std::vector<std::string>{"within 24 hours", "within 48 hours"});
  CHECK(literals("abc.*(defgh|xyz)") == std::vector<std::string>{"abc"});  // or the other two: one set is enough
  CHECK(literals(".*").empty());
  CHECK(literals("[a-z]+@[a-z]+").empty());
  CHECK(literals("パスワード.{0,30}期限") == std::vector<std::string>{"パスワード"});
  CHECK(literals("(?i)Straße-kontrolle") == std::vector<std::string>{"e-kontrolle"});
  CHECK(!Pattern::compile("(", false).has_value());
  CHECK(!Pattern::compile("(?=look)", false).has_value());
  CHECK(!Pattern::compile("((a{1000}){1000}){1000}", false).has_value());
}

TEST_CASE("a pattern is found without its edges where it is found with them") {
  static const char* const kPatterns[] = {
      ".*ab.*",         "^.*ab",    "ab.*$",   ".*a|b.*",   "a.*|.*",     "^a.*b$",     "(.*a|b).*", ".*?ab.*?",
      "[.*]a.*",        "a\\.*",    "a\\\\.*", ".*\\.b",    "(?i).*AB.*", "(?s).*a.b",  "(?s)a.*$",  "a[]|.*]b",
      "[^]a]*.*",       "\\Q.*\\E", "a{2}.*",  ".*a{1,2}",  "x|.*\\|.*",  "(a|.*b)c.*", "$.*",       ".*^a",
      "[[:alpha:]]b.*", "\\x61.*",  "é.*",     ".*.*a.*.*", "a.*\\$",     ".*",         "",          "a|"};
  std::mt19937 random(11);
  for (const std::string text : kPatterns)
    for (const bool nocase : {false, true}) {
      CAPTURE(text);
      const auto pattern = Pattern::compile(text, nocase);
      REQUIRE(pattern.has_value());
      re2::RE2::Options options;
      options.set_case_sensitive(!nocase);
      const re2::RE2 whole(text, options);
      for (int round = 0; round < 300; ++round) {
        std::string in;
        for (size_t n = random() % 9; n > 0; --n)
          in += std::array{"a", "b", "A", ".", "*", "\\", "|", "]", "$", "c", "\n", "é", "\xff"}[random() % 13];
        const bool all = text.find("(?s)") != std::string::npos;
        const std::string_view seen = all ? in : std::string_view(in).substr(0, in.find('\n'));
        CHECK_MESSAGE(pattern->matches(in) == re2::RE2::PartialMatch({seen.data(), seen.size()}, whole), in);
      }
    }
}

TEST_CASE("quotes and classes hide what looks like operators") {
  const auto matches = [](const char* pattern, const char* text) {
    const auto made = Pattern::compile(pattern, false);
    REQUIRE(made.has_value());
    return made->matches(text);
  };
  CHECK(matches("\\Q[\\E(?s)a.b", "[a\nb"));
  CHECK(!matches("\\Q(?s)\\E|1x", "\n1x"));
  CHECK(!matches("[[:digit:](?s]x", "\n1x"));
  CHECK(!matches("[[:a-z]\\Q.*", "xa"));
  CHECK(matches("[[:a-z]\\Q.*", "z.*"));
}

}  // namespace sekisho::engine
