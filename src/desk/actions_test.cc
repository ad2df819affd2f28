// The bundled catalogue of actions: complete, sound in both languages, and as docs/coverage.md says.
#include "desk/actions.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "diag/toml.h"
#include "notice/notice.h"

using namespace sekisho;
using namespace sekisho::desk;

namespace {

std::vector<TextFile> bundled(const std::string& folder) {
  auto files = text_files(std::string(SEKISHO_SOURCE_DIR) + "/content/" + folder, {".toml"});
  REQUIRE(files.has_value());
  return *files;
}

std::vector<CatalogueAction> catalogue() {
  std::vector<Error> errors;
  auto out = read_actions(bundled("actions"), errors);
  for (const Error& e : errors) MESSAGE(e.one_line());
  REQUIRE(errors.empty());
  return out;
}

notice::Templates templates() {
  std::vector<Error> errors;
  std::vector<notice::Templates::File> files;
  const std::vector<TextFile> texts = bundled("notices");
  for (const TextFile& f : texts) files.push_back({f.path, f.text});
  auto out = notice::Templates::read(files, errors);
  REQUIRE(errors.empty());
  return out;
}

}  // namespace

TEST_CASE("actions: mistakes are told with their place") {
  std::vector<Error> errors;
  const std::string good =
      "[[action]]\nid = \"a\"\nhorizon = \"now\"\nowner = \"soc\"\neffort = \"hours\"\nen = \"x\"\nja = \"y\"\n"
      "check_en = \"x\"\ncheck_ja = \"y\"\n";
  CHECK(read_actions({{"a.toml", good, ""}}, errors).size() == 1);
  CHECK(errors.empty());
  read_actions({{"a.toml", good + good, ""}}, errors);
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].text.find("already") != std::string::npos);
  errors.clear();
  read_actions({{"a.toml", good + "hozon = 1\n", ""}}, errors);
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == "toml.key");
  errors.clear();
  read_actions({{"a.toml", good + "staff = [{en = \"x\", ja = \"y\"}]\n", ""}}, errors);
  CHECK(errors.size() == 1);
}

TEST_CASE("the catalogue answers every theme, and names themes and controls that there are") {
  const auto actions = catalogue();
  std::set<std::string> themes;
  const auto themes_text = read_file(std::string(SEKISHO_SOURCE_DIR) + "/content/desk/themes.toml", 1u << 20);
  REQUIRE(themes_text.has_value());
  const auto themes_toml = diag::parse_toml(*themes_text, "themes.toml");
  REQUIRE(themes_toml.has_value());
  for (const auto& m : themes_toml->members)
    for (const auto& item : m.value.items)
      for (const auto& field : item.members)
        if (field.name == "id" && field.value.text != "login_alert") themes.insert(field.value.text);
  REQUIRE(themes.size() > 20);
  themes.insert("false_alarm");  // of no attack: may be named
  std::set<std::string> controls;
  const auto parsed = read_file(std::string(SEKISHO_SOURCE_DIR) + "/content/desk/controls.toml", 1u << 20);
  REQUIRE(parsed.has_value());
  const auto toml = diag::parse_toml(*parsed, "controls.toml");
  REQUIRE(toml.has_value());
  for (const auto& m : toml->members)
    for (const auto& item : m.value.items)
      for (const auto& field : item.members)
        if (field.name == "id") controls.insert(field.value.text);
  REQUIRE(!controls.empty());
  std::map<std::string, int> answered;
  std::map<std::string, std::pair<std::string, std::string>> steps;
  for (const CatalogueAction& a : actions) {
    for (const std::string& t : a.themes) {
      CHECK_MESSAGE(themes.contains(t), a.id << " names the theme " << t);
      answered[t] += a.horizon == "now";
    }
    for (const std::string& c : a.done_by) CHECK_MESSAGE(controls.contains(c), a.id << " names the control " << c);
    for (const auto* list : {&a.staff, &a.customers})
      for (const CatalogueAction::Step& s : *list) {
        const auto [it, fresh] = steps.emplace(s.id, std::pair{s.text.en, s.text.ja});
        CHECK_MESSAGE((fresh || it->second == std::pair{s.text.en, s.text.ja}), s.id << " has two texts");
      }
  }
  themes.erase("false_alarm");
  for (const std::string& t : themes) CHECK_MESSAGE(answered[t] > 0, "nothing to do at once about " << t);
}

TEST_CASE("every action and step says the same in both languages, by the linter") {
  const notice::Templates words = templates();
  notice::Facts f;
  f.rank = 'B';
  f.organisation = "Example Works";
  f.contact = "desk@corp.example";
  f.today = {2026, 11, 23};
  f.deadline = {2026, 11, 27};
  f.subject_en = "Mails that pose as maintenance";
  f.subject_ja = "メンテナンスを装うメール";
  f.overview = {{"o", "Such mails are being reported.", "該当するメールが報告されています。"}};
  f.references = {{"A warning", "Example News", "", {}}};
  notice::LintOptions how;
  how.today = f.today;
  const auto clean = [&](notice::Audience audience, const std::string& id) {
    const std::string text =
        words.text(words.draft(audience, "ja", f)) + "\n" + words.text(words.draft(audience, "en", f));
    for (const notice::Problem& p : notice::lint(text, words, how))
      CHECK_MESSAGE(false, id << ": " << p.rule << " " << text.substr(p.span.offset, p.span.length));
  };
  for (const CatalogueAction& a : catalogue()) {
    f.admin_steps = {{a.id, a.text.en, a.text.ja}};
    clean(notice::Audience::administrators, a.id);
    clean(notice::Audience::regulator, a.id);
    for (const CatalogueAction::Step& s : a.staff) {
      f.staff_steps = {{s.id, s.text.en, s.text.ja}};
      clean(notice::Audience::staff, s.id);
    }
    for (const CatalogueAction::Step& s : a.customers) {
      f.customer_steps = {{s.id, s.text.en, s.text.ja}};
      clean(notice::Audience::customers, s.id);
    }
  }
}

TEST_CASE("docs/coverage.md and the catalogue say the same") {
  const auto table = read_file(std::string(SEKISHO_SOURCE_DIR) + "/docs/coverage.md", 1u << 20);
  REQUIRE(table.has_value());
  std::map<std::string, std::set<std::string>> by_table, by_catalogue;
  std::map<std::string, bool> not_yet, command;
  for (const std::string_view line : split(*table, '\n')) {
    if (!line.starts_with("| L-") && !line.starts_with("| P-")) continue;
    const auto cells = split(line, '|');
    REQUIRE(cells.size() == 7);
    const std::string id(trim(cells[1]));
    CHECK_MESSAGE(!by_table.contains(id), id << " stands twice");
    for (const std::string_view piece : split(cells[5], ','))
      by_table[id].insert(std::string(trim(piece).substr(1, trim(piece).size() - 2)));
    const std::string_view state = trim(cells[3]);
    CHECK_MESSAGE((state == "done" || state == "partly" || state == "not yet"), id << ": " << state);
    not_yet[id] = state == "not yet";
  }
  for (const CatalogueAction& a : catalogue())
    for (const std::string& id : a.covers) {
      by_catalogue[id].insert(a.id);
      command[id] |= !a.command.empty();
    }
  CHECK(by_table.size() == 56);
  CHECK(by_table == by_catalogue);
  for (const auto& [id, none] : not_yet) CHECK_MESSAGE(none != command[id], id << ": state and commands do not agree");
}
