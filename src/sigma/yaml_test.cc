#include "sigma/yaml.h"

#include <doctest/doctest.h>

namespace sekisho::sigma {
namespace {

Stream read(const std::string& text, const Limits& limits = {}) { return read_yaml(text, "test.yml", limits); }

std::string at(const std::string& text, Span span) { return text.substr(span.offset, span.length); }

TEST_CASE("documents, maps, lists and scalars keep their places") {
  const std::string text =
      "title: 'it''s'\n"
      "sel: # comment\n"
      "  Image|endswith:\n"
      "    - \"a\\tb\"\n"
      "    - plain x\n"
      "  日本: 語彙\n"
      "  none:\n"
      "  tilde: ~\n"
      "  quoted: ''\n"
      "---\n"
      "second: [1, 2]\n";
  const Stream stream = read(text);
  REQUIRE(stream.errors.empty());
  REQUIRE(stream.documents.size() == 2);
  const Node& root = stream.documents[0];
  CHECK(root.find("title")->text == "it's");
  CHECK_FALSE(root.find("title")->literal);
  CHECK(at(text, root.find("title")->span) == "it''s");
  const Node& sel = *root.find("sel");
  CHECK(at(text, sel.entries[0].key.span) == "Image|endswith");
  CHECK(at(text, sel.entries[0].key.part(6, 8)) == "endswith");
  CHECK(sel.entries[0].value.items[0].text == "a\tb");
  CHECK(at(text, sel.entries[0].value.items[1].span) == "plain x");
  CHECK(at(text, sel.entries[1].value.span) == "語彙");
  CHECK(sel.find("none")->is(Node::Kind::null));
  CHECK(sel.find("tilde")->is(Node::Kind::null));
  CHECK(sel.find("quoted")->is(Node::Kind::scalar));
  CHECK(stream.documents[1].find("second")->items.size() == 2);
}

TEST_CASE("plain scalars are what YAML's core schema says, quoted ones are text") {
  const Stream stream = read("[true, 'true', 0x1F, -2.5, 1e3, '7', 1.2.3, .inf, 2026-01-01, 0o17, False]");
  const auto& n = stream.documents.at(0).items;
  bool truth = false;
  double number = 0;
  CHECK((is_boolean(n[0], truth) && truth));
  CHECK_FALSE(is_boolean(n[1], truth));
  CHECK((is_number(n[2], number) && number == 31));
  CHECK((is_number(n[3], number) && number == -2.5));
  CHECK((is_number(n[4], number) && number == 1000));
  CHECK_FALSE(is_number(n[5], number));
  CHECK_FALSE(is_number(n[6], number));
  CHECK_FALSE(is_number(n[7], number));
  CHECK_FALSE(is_number(n[8], number));
  CHECK((is_number(n[9], number) && number == 15));
  CHECK((is_boolean(n[10], truth) && !truth));
}

TEST_CASE("a mistake ends its document only") {
  const std::string text = "a: 'open\n---\nb: 1\n---\nc: [1\n---\nd: 2\nd: 3\n---\ne: 4\n";
  const Stream stream = read(text);
  CHECK(stream.errors.size() == 3);
  REQUIRE(stream.documents.size() == 2);
  CHECK(stream.documents[0].find("b") != nullptr);
  CHECK(stream.documents[1].find("e") != nullptr);
  for (const Error& error : stream.errors) CHECK(error.span->offset <= text.size());
  CHECK(stream.errors[2].span->offset == text.find("d: 3"));
}

TEST_CASE("a file is UTF-8, with or without a mark, and lines may end in CR LF") {
  const std::string text = "\xEF\xBB\xBFtitle: x\r\nb: 'y'\r\n";
  const Stream stream = read(text);
  REQUIRE(stream.documents.size() == 1);
  CHECK(at(text, stream.documents[0].find("b")->span) == "y");
  const Stream wrong = read("a: 1\nb: \xFF\nc: 2\n");
  CHECK(wrong.documents.empty());
  CHECK(wrong.errors.at(0).span->offset == 5);
}

TEST_CASE("an alias is a copy, and unfolds within bounds") {
  const Stream stream = read("a: &x [1, {k: 2}]\nb: *x\nc: *x\n");
  REQUIRE(stream.errors.empty());
  CHECK(stream.documents[0].find("c")->items[1].find("k")->text == "2");
  CHECK(read("a: *x\n").errors.at(0).code == "sigma.yaml");
  CHECK(read("a: &x [*x]\n").errors.at(0).code == "sigma.yaml");

  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 0; k < 9; ++k) laughs += ", " + before;
    laughs += "]\n";
  }
  CHECK(read(laughs).errors.at(0).code == "sigma.limit.nodes");
  std::string long_text = "a: &a \"" + std::string(100'000, 'x') + "\"\nb: [";
  for (int i = 0; i < 200; ++i) long_text += "*a, ";
  CHECK(read(long_text + "1]\n").errors.at(0).code == "sigma.limit.nodes");
}

TEST_CASE("limits") {
  Limits small;
  small.rule_file_bytes = 10;
  CHECK(read("title: longer than that", small).errors.at(0).code == "sigma.limit.bytes");
  CHECK(read(std::string(kYamlDepth, '[') + std::string(kYamlDepth, ']')).errors.empty());
  CHECK(read(std::string(kYamlDepth + 1, '[')).errors.at(0).code == "sigma.limit.depth");
  std::string deep = "x: &x " + std::string(20, '[') + std::string(20, ']') + "\ny: ";
  CHECK(read(deep + std::string(20, '[') + "*x" + std::string(20, ']')).errors.at(0).code == "sigma.limit.depth");
  std::string many = "[";
  for (size_t i = 0; i <= kYamlNodes; ++i) many += "1,";
  CHECK(read(many + "]").errors.at(0).code == "sigma.limit.nodes");
}

}  // namespace
}  // namespace sekisho::sigma
