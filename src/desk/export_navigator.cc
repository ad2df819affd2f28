// Takes an advisory, gives an ATT&CK Navigator layer (format 4.5): one row a technique, score = probability in percent,
// the comment says from which statements. Entry: to_navigator. Refuses nothing; what is no technique id is left out.
#include <algorithm>

#include "base/json.h"
#include "desk/export_parts.h"

namespace sekisho::desk {
namespace {

constexpr size_t kMarks = 12;  // places that one comment names

std::string comment_of(const Advisory& a, const TechniqueUse& t, const Labels& labels, std::string_view language) {
  std::string out = labels.text(t.literal              ? "technique.literal"
                                : t.statements.empty() ? "machine.score_assumed"
                                                       : "machine.score_reported",
                                language);
  for (size_t k = 0; k < t.statements.size() && k < kMarks; ++k)
    out += " " + mark(a, a.statements[t.statements[k]].place, labels, language);
  return out;
}

}  // namespace

std::string to_navigator(const Advisory& a, const ExportOptions& options) {
  const std::string_view language = japanese(options) ? "ja" : "en";
  const std::string title = visible(a.title.in(language).empty() ? a.source_title : a.title.in(language));
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object();
  json.member("name", title.empty() ? a.id : title);
  json.key("versions");
  json.begin_object();
  if (!a.attack_version.empty()) json.member("attack", a.attack_version.substr(0, a.attack_version.find('.')));
  json.member("navigator", "5.1.0");
  json.member("layer", "4.5");
  json.end_object();
  json.member("domain", "enterprise-attack");
  json.member("description", options.labels->text("machine.navigator", language, {a.id}) +
                                 (options.approved ? "" : " " + options.labels->text("banner.draft", language)));
  json.member("sorting", 3);  // by score, highest first
  json.key("techniques");
  json.begin_array();
  for (const TechniqueUse& t : techniques_of(a)) {
    json.begin_object();
    json.member("techniqueID", t.id);
    json.member("score", static_cast<int>(t.probability * 100 + 0.5));
    json.member("comment", comment_of(a, t, *options.labels, language));
    json.member("enabled", true);
    json.member("showSubtechniques", t.id.size() > 5);
    json.end_object();
  }
  json.end_array();
  json.key("gradient");
  json.begin_object();
  json.key("colors");
  json.begin_array();
  for (const char* colour : {"#ffffffff", "#ffb65cff", "#b3261eff"}) json.value(colour);
  json.end_array();
  json.member("minValue", 0);
  json.member("maxValue", 100);
  json.end_object();
  json.key("metadata");
  json.begin_array();
  for (const auto& [name, value] : {std::pair<std::string, std::string>{"advisory", a.id},
                                    {"revision", std::to_string(a.revision)},
                                    {"rank", std::string(1, a.rank.letter)},
                                    {"tlp", std::string(tlp_of(options))}}) {
    json.begin_object();
    json.member("name", name);
    json.member("value", value);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out + "\n";
}

}  // namespace sekisho::desk
