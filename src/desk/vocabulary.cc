// Takes word files, gives the words of a text. Entries: Vocabulary::read, find. Refuses families that nobody asks for.
#include "desk/vocabulary.h"

#include <algorithm>
#include <array>

#include "scan/lure_packs.h"
#include "text/normalize.h"

namespace sekisho::desk {
namespace {

constexpr std::pair<std::string_view, Family> kFamilies[] = {
    {"theme", Family::theme},
    {"asked", Family::asked},
    {"process", Family::process},
    {"actor", Family::actor},
    {"kind", Family::kind},
    {"kind_start", Family::kind_start},
    {"kind_end", Family::kind_end},
    {"kind_if", Family::kind_if},
    {"kind_clause", Family::kind_clause},
    {"kind_attacker", Family::kind_attacker},
    {"confidence", Family::confidence},
    {"deep", Family::deep},
    {"activity", Family::activity},
    {"novel", Family::novel},
    {"scale", Family::scale},
    {"hurry", Family::hurry},
    {"loss", Family::loss},
    {"denial", Family::denial},
    {"other", Family::other},
    {"order", Family::order},
    {"after_brand", Family::after_brand},
    {"subject", Family::subject},
    {"imitate", Family::imitate},
    {"asking", Family::asking},
};
constexpr size_t kMostHits = 200'000;

Family family_of(std::string_view name) {
  for (const auto& [text, family] : kFamilies)
    if (text == name) return family;
  return Family::other_use;
}

}  // namespace

Vocabulary Vocabulary::read(const std::vector<TextFile>& words, const std::vector<TextFile>& forms,
                            std::vector<Error>& errors) {
  scan::LurePacks packs;
  for (const TextFile& f : forms) packs.add(f.text, f.name, errors);
  for (const TextFile& f : words) packs.add(f.text, f.name, errors);
  std::vector<lure::Intent> intents = packs.intents(errors);
  Vocabulary out;
  for (const lure::Intent& i : intents) {
    const Family family = family_of(i.family);
    if (family == Family::other_use)
      errors.push_back({"desk.family",
                        "intent \"" + i.id + "\" has a family that the desk does not know: " + i.family,
                        words.empty() ? std::string() : words.front().name,
                        {},
                        "see docs/advisory.md",
                        {}});
    const std::string prefix = i.family + "_";
    out.families_.push_back(family);
    out.names_.push_back(i.id.starts_with(prefix) ? i.id.substr(prefix.size()) : i.id);
  }
  out.lures_ = lure::Lures::make(std::move(intents), packs.language());
  return out;
}

std::vector<Word> Vocabulary::find(std::string_view utf8) const {
  const text::Normalized normal = text::normalize(utf8);
  std::vector<Word> out;
  for (const lure::Hit& hit : lures_.find(normal.text, kMostHits)) {
    const uint32_t from = normal.source_offset(hit.offset);
    // The last byte's source, then to the end of its character: what follows may have been dropped.
    uint32_t to = hit.length ? normal.source_offset(hit.offset + hit.length) : from;
    while (to > from && (utf8[to - 1] == ' ' || utf8[to - 1] == '\n')) --to;
    out.push_back({hit.intent, from, to - from});
  }
  std::ranges::sort(out, {}, [](const Word& w) { return std::pair(w.at, w.intent); });
  return out;
}

const lure::Intent* Vocabulary::find_id(std::string_view id) const {
  for (const lure::Intent& i : lures_.all())
    if (i.id == id) return &i;
  return nullptr;
}

}  // namespace sekisho::desk
