// Takes the files of ATT&CK, TRAM and our own sentences, gives a corpus. Entry: read_attack_corpus. Refuses files of
// another form; sentences of techniques that are no longer in force and lead to none are left out.
#include "cli/attack_data.h"

#include <simdjson.h>

#include <algorithm>
#include <map>

#include "base/files.h"
#include "base/strings.h"
#include "diag/toml.h"
#include "text/normalize.h"

namespace sekisho::cli {
namespace {

namespace dom = simdjson::dom;
constexpr size_t kMostBytes = 256u << 20;

std::unexpected<Error> wrong(const std::string& file, std::string_view what) {
  return fail("attack.data", file + ": " + std::string(what));
}

std::string_view text_of(const dom::element& object, std::string_view key) {
  std::string_view out;
  if (object[key].get(out) != simdjson::SUCCESS) return {};
  return out;
}

Result<void> read_techniques(const AttackFiles& files, std::vector<std::string>& descriptions, attack::Corpus& out) {
  TRY_ASSIGN(text, read_file(files.techniques, kMostBytes));
  dom::parser parser;
  dom::array all;
  if (parser.parse(text).get(all) != simdjson::SUCCESS) return wrong(files.techniques, "no JSON array");
  std::map<std::string, std::pair<attack::Technique, std::string>> live;
  for (const dom::element t : all) {
    bool in_force = false;
    const std::string id(text_of(t, "id"));
    if (id.empty() || t["live"].get(in_force) != simdjson::SUCCESS) return wrong(files.techniques, "no id or no live");
    if (!in_force) continue;
    attack::Technique technique{id, std::string(text_of(t, "name")), {}};
    dom::array tactics;
    if (t["tactics"].get(tactics) == simdjson::SUCCESS)
      for (const dom::element tactic : tactics)
        if (std::string_view name; tactic.get(name) == simdjson::SUCCESS) technique.tactics.emplace_back(name);
    live.emplace(id, std::pair(std::move(technique), std::string(text_of(t, "description"))));
  }
  if (live.empty()) return wrong(files.techniques, "no technique in force");
  for (auto& [id, pair] : live) {
    out.techniques.push_back(std::move(pair.first));
    descriptions.push_back(std::move(pair.second));
  }
  return {};
}

Result<void> read_revoked(const AttackFiles& files, attack::Corpus& out) {
  TRY_ASSIGN(text, read_file(files.revoked, kMostBytes));
  dom::parser parser;
  dom::array all;
  if (parser.parse(text).get(all) != simdjson::SUCCESS) return wrong(files.revoked, "no JSON array");
  std::vector<std::pair<std::string, std::string>> revoked;
  for (const dom::element r : all)  // some have no id of this matrix: null
    if (const auto from = text_of(r, "old"), to = text_of(r, "new"); !from.empty() && !to.empty())
      revoked.emplace_back(from, to);
  out.revoked = attack::settled(std::move(revoked), out.techniques);
  return {};
}

// each(object) for every line of NDJSON.
template <class Each>
Result<void> each_object(const std::string& file, const Each& each) {
  TRY_ASSIGN(text, read_file(file, kMostBytes));
  dom::parser parser;
  size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (trim(line).empty()) continue;
    dom::element object;
    if (parser.parse(line.data(), line.size()).get(object) != simdjson::SUCCESS || !object.is_object())
      return wrong(file, "line " + std::to_string(number) + " is no JSON object");
    each(object);
  }
  return {};
}

Result<void> read_table(const std::string& file, attack::Set set, attack::Corpus& out) {
  TRY_ASSIGN(text, read_file(file, kMostBytes));
  std::map<uint32_t, uint32_t> seen;
  bool head = true;
  for (const std::string_view line : split(text, '\n')) {
    if (std::exchange(head, false) || line.empty()) continue;
    const auto cells = split(line, '\t');
    const auto technique = out.find(cells[0]);
    if (cells.size() != 2 || !technique) return wrong(file, "\"" + printable(line.substr(0, 80)) + "\"");
    out.add_own(*technique, cells[1], set, seen[*technique]++);
  }
  return {};
}

Result<void> read_identity(const std::string& file, attack::Corpus& out) {
  TRY_ASSIGN(text, read_file(file, kMostBytes));
  bool head = true;
  for (const std::string_view line : split(text, '\n')) {
    if (std::exchange(head, false) || line.empty()) continue;
    const auto technique = out.find(line);
    if (!technique) return wrong(file, "\"" + printable(line.substr(0, 80)) + "\"");
    out.identity.push_back(*technique);
  }
  std::ranges::sort(out.identity);
  return {};
}

Result<void> read_concepts(const std::string& file, attack::Corpus& out) {
  TRY_ASSIGN(text, read_file(file, kMostBytes));
  TRY_ASSIGN(table, diag::parse_toml(text, file));
  std::vector<Error> errors;
  std::vector<attack::Concepts::Entry> entries;
  uint32_t index = 0;
  for (const diag::TomlValue::Member& member : table.members) {
    diag::TomlReader reader(member.value, file, errors);
    for (const std::string& word : reader.texts("en"))
      attack::Concepts::add_english(text::normalize(word).text, index, entries);
    for (const std::string& word : reader.texts("ja"))
      attack::Concepts::add_japanese(text::normalize(word).text, index, entries);
    reader.finish();
    ++index;
  }
  if (!errors.empty()) return std::unexpected(errors.front());
  out.concepts = attack::Concepts(std::move(entries));
  return {};
}

}  // namespace

Result<attack::Corpus> read_attack_corpus(const AttackFiles& files) {
  attack::Corpus out;
  out.version = files.version;
  std::vector<std::string> descriptions;
  TRY(read_techniques(files, descriptions, out));
  TRY(read_revoked(files, out));
  for (uint32_t i = 0; i < descriptions.size(); ++i) out.add_description(i, descriptions[i]);
  TRY(each_object(files.procedures, [&](const dom::element& o) {
    if (const auto technique = out.find(text_of(o, "technique"))) out.add_procedure(*technique, text_of(o, "text"));
  }));
  TRY(each_object(files.tram, [&](const dom::element& o) {
    if (const auto technique = out.find(text_of(o, "label")))
      out.add_report(*technique, text_of(o, "text"), text_of(o, "doc_title"));
  }));
  constexpr std::pair<const char*, attack::Set> kOwn[] = {
      {"sentences_en_identity", attack::Set::identity},
      {"sentences_en_identity_plain", attack::Set::identity_plain},
      {"sentences_ja", attack::Set::japanese},
      {"sentences_ja_plain", attack::Set::japanese_plain},
  };
  for (const auto& [name, set] : kOwn) TRY(read_table(files.sentences + "/" + name + ".tsv", set, out));
  TRY(read_identity(files.sentences + "/identity.tsv", out));
  TRY(read_concepts(files.sentences + "/concepts.toml", out));
  return out;
}

}  // namespace sekisho::cli
