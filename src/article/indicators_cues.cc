// Takes content/desk/roles.toml; gives Cues: words by which roles are decided and words that only look like indicators
// are told apart. Entry: Cues::read. Refuses unknown keys and values, with spans; what could be read counts.
#include "article/indicators_parts.h"
#include "diag/toml.h"

namespace sekisho::article {
namespace {

void into(StringSet& set, std::vector<std::string> words) {
  for (std::string& w : words) set.insert(ascii_lower(w));
}
void into(std::vector<std::string>& list, std::vector<std::string> words) {
  for (std::string& w : words)
    if (!w.empty()) list.push_back(ascii_lower(w));
}

struct Name {
  std::string_view text;
  Says says;
};
constexpr Name kNames[] = {{"malicious", Says::malicious}, {"victim", Says::victim},   {"reference", Says::reference},
                           {"genuine", Says::genuine},     {"nothing", Says::nothing}, {"imitation", Says::imitation},
                           {"fake", Says::fake},           {"list", Says::list_end},   {"leads", Says::leads},
                           {"drill", Says::drill}};

}  // namespace

Cues::Cues() : impl_(std::make_unique<Impl>()) { impl_->phrases.build(); }
Cues::~Cues() = default;
Cues::Cues(Cues&&) noexcept = default;
Cues& Cues::operator=(Cues&&) noexcept = default;

Cues Cues::read(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  Cues cues;
  auto fresh = std::make_unique<Impl>();
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return cues;
  }
  diag::TomlReader top(*root, source, errors);
  if (const auto* table = top.table("hosts")) {
    diag::TomlReader t(*table, source, errors);
    into(fresh->reserved, t.texts("reserved"));
    into(fresh->file_endings, t.texts("file_endings"));
    into(fresh->code_words, t.texts("code_words"));
    into(fresh->package_roots, t.texts("package_roots"));
    into(fresh->not_hosts, t.texts("not_hosts"));
    into(fresh->publishers, t.texts("publishers"));
    into(fresh->host_nouns, t.texts("nouns"));
    into(fresh->host_company, t.texts("host_company"));
    into(fresh->file_company, t.texts("file_company"));
    into(fresh->mailboxes, t.texts("mailboxes"));
    into(fresh->places, t.texts("places"));
    into(fresh->report_boxes, t.texts("report_boxes"));
    t.finish();
  }
  if (const auto* table = top.table("defang")) {
    diag::TomlReader t(*table, source, errors);
    into(fresh->dot_words, t.texts("dot"));
    into(fresh->at_words, t.texts("at"));
    into(fresh->spoken_dots, t.texts("spoken_dot"));
    into(fresh->spoken_ats, t.texts("spoken_at"));
    into(fresh->glue_words, t.texts("ordinary"));
    into(fresh->no_local, t.texts("no_name"));
    into(fresh->at_legend, t.texts("legend"));
    t.finish();
  }
  if (const auto* table = top.table("numbers")) {
    diag::TomlReader t(*table, source, errors);
    into(fresh->version_before, t.texts("version_before"));
    into(fresh->version_after, t.texts("version_after"));
    into(fresh->address_before, t.texts("address_before"));
    into(fresh->hash_before, t.texts("hash_before"));
    into(fresh->technique_before, t.texts("technique_before"));
    t.finish();
  }
  if (const auto* table = top.table("grammar")) {
    diag::TomlReader t(*table, source, errors);
    into(fresh->negators_before, t.texts("negators_before"));
    into(fresh->negators_after, t.texts("negators_after"));
    into(fresh->fillers, t.texts("fillers"));
    into(fresh->locators, t.texts("locators"));
    into(fresh->copulas, t.texts("copulas"));
    into(fresh->breaks, t.texts("breaks"));
    into(fresh->appositions, t.texts("appositions"));
    into(fresh->contrasts, t.texts("contrasts"));
    into(fresh->opposites, t.texts("opposites"));
    into(fresh->anaphors, t.texts("anaphors"));
    into(fresh->list_glue, t.texts("list_glue"));
    t.finish();
  }
  for (const auto* table : top.tables("cue")) {
    diag::TomlReader t(*table, source, errors);
    const std::string says = t.one_of("says", {"malicious", "victim", "reference", "genuine", "nothing", "imitation",
                                               "fake", "list", "leads", "drill"});
    const std::string side = t.one_of("side", {"both", "before", "after"});
    const double strength = t.number("strength", 1);
    const double reach = t.number("reach", 60);
    Impl::Cue cue;
    for (const Name& n : kNames)
      if (n.text == says) cue.says = n.says;
    cue.before = side != "after";
    cue.after = side != "before";
    cue.strength = strength;
    cue.reach = reach;
    for (std::string& word : t.texts("words")) {
      cue.word = word;
      fresh->phrases.add(word);
      fresh->cues.push_back(cue);
    }
    t.finish();
  }
  top.finish();
  fresh->phrases.build();
  fresh->complete = true;
  cues.impl_ = std::move(fresh);
  return cues;
}

}  // namespace sekisho::article
