// Takes content/desk/labels.toml, gives the words that stand around the facts in both languages. Entry: Labels::read.
// Refuses labels that nobody asks for, labels without one of the languages, and a file that lacks a label.
#include <algorithm>
#include <array>

#include "base/strings.h"
#include "desk/export.h"
#include "diag/toml.h"

namespace sekisho::desk {
namespace {

struct Group {
  std::string_view name;
  std::string_view keys;  // by spaces; what an output asks for, so what must be there
  bool open = false;      // others may be there; one that is not is its own text
};
constexpr auto kGroups = std::to_array<Group>({
    {"heading",
     "summary metrics key_points impact deep_dive details facts insights advice scenarios techniques actions "
     "extracted indicators defences hunt notices findings references background history"},
    {"column",
     "metric value reasons input technique tactic probability evidence place kind name notes role type why "
     "rule what state mail from subject date"},
    {"banner", "draft false_alarm findings"},
    {"meta", "line"},
    {"rank", "line why off_topic"},
    {"text", "insights scenarios techniques indicators findings statements admiralty rank attack content"},
    {"words", "colon comma"},
    {"mark", "line source"},
    {"kind", "fact hypothesis advice insight"},
    {"statement", "rating"},
    {"scenario", "title assumed reported impact"},
    {"technique", "literal"},
    {"actions", "now month long"},
    {"action", "done reason who command none check"},
    {"named", "brand process actor asked_for lure_subject date number imitated in_use aliases"},
    {"indicator", "unlisted"},
    {"defence", "accepted refused counts yaral_mail yaral_audit sigma list watch", true},
    {"hunt", "line paths more"},
    {"notice", "subject problem"},
    {"finding", "hidden limits"},
    {"source", "rating file"},
    {"history", "line first"},
    {"publisher", "none"},
    {"machine",
     "report indicator partial genuine technique actor not_blocked csaf_general csaf_details csaf_actions "
     "csaf_draft reference navigator score_reported score_assumed"},
    {"horizon", "now week month reference", true},
    {"confidence", "high moderate low", true},
    {"score", "scale impact novelty imminence actionability", true},
    {"input", "activity use reach control"},
    {"activity", "none past reported active against_us", true},
    {"use", "no unknown yes", true},
    {"reach", "none one many tier0", true},
    {"control", "resistant partial unknown none", true},
    {"role", "malicious partial victim genuine reference"},
    {"type", "url domain email ipv4 ipv6 md5 sha1 sha256 cve technique", true},
    {"date", "published seen lure no_such_day other", true},
    {"number", "money people organisations mails hours other", true},
    {"audience", "staff administrators customers regulator", true},
    {"effort", "minutes hours days weeks", true},
    {"tactic", "", true},
    {"owner", "", true},
    {"hidden", "zero_width bidi tags comment display_none zero_size same_colour off_screen attribute other_part", true},
});

const Group* group_of(std::string_view name) {
  const auto at = std::find_if(kGroups.begin(), kGroups.end(), [&](const Group& g) { return g.name == name; });
  return at == kGroups.end() ? nullptr : &*at;
}

}  // namespace

struct Labels::Impl {
  StringMap<Both> texts;  // "heading.summary"
};

Labels::Labels() : impl_(std::make_shared<Impl>()) {}

Labels Labels::read(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  Labels out;
  auto impl = std::make_shared<Impl>();
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return out;
  }
  diag::TomlReader file(*root, source, errors);
  for (const Group& group : kGroups) {
    const diag::TomlValue* table = file.table(group.name);
    if (table == nullptr) {
      if (!group.keys.empty())
        file.error(group.name, "the group of labels [" + std::string(group.name) + "] is missing");
      continue;
    }
    diag::TomlReader labels(*table, source, errors);
    const auto take = [&](std::string_view key) {
      const diag::TomlValue* label = labels.table(key);
      if (label == nullptr) return labels.error(key, "the label " + std::string(key) + " is missing");
      diag::TomlReader both(*label, source, errors);
      impl->texts[std::string(group.name) + "." + std::string(key)] = {both.required_text("en"),
                                                                       both.required_text("ja")};
      both.finish();
    };
    for (const std::string_view key : split(group.keys, ' '))
      if (!key.empty()) take(key);
    if (group.open) {
      for (const diag::TomlValue::Member& member : table->members)
        if (!impl->texts.contains(std::string(group.name) + "." + member.name)) take(member.name);
    }
    labels.finish();
  }
  file.finish();
  out.impl_ = std::move(impl);
  return out;
}

std::string Labels::text(std::string_view key, std::string_view language,
                         const std::vector<std::string>& arguments) const {
  const auto at = impl_->texts.find(key);
  if (at == impl_->texts.end()) {
    const size_t dot = std::min(key.find('.'), key.size());
    const Group* group = group_of(key.substr(0, dot));
    if (group != nullptr && group->open && dot < key.size()) return std::string(key.substr(dot + 1));
    return "⟦" + std::string(key) + "⟧";
  }
  const std::string& label = at->second.in(language);
  std::string out;
  for (size_t i = 0; i < label.size(); ++i) {
    const bool place = label[i] == '{' && i + 2 < label.size() && is_digit(label[i + 1]) && label[i + 2] == '}';
    if (!place) out += label[i];
    else if (const auto k = static_cast<size_t>(label[i + 1] - '0'); i += 2, k < arguments.size()) out += arguments[k];
  }
  return out;
}

}  // namespace sekisho::desk
