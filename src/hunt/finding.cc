// Takes a rule's meta, gives RuleInfo; takes a finding, gives what is asked of it by name or by kind. Entries:
// rule_info, severity_number, Finding's functions, related.
#include "hunt/finding.h"

#include <algorithm>

#include "base/sha256.h"
#include "event/json_line.h"
#include "hunt/event_path.h"
#include "net/host.h"

namespace sekisho::hunt {
namespace {

using event::JsonValue;

constexpr size_t kMostRelated = 50;

std::vector<std::string_view> pieces(std::string_view list) {
  std::vector<std::string_view> out;
  for (const std::string_view piece : split(list, ','))
    if (const auto text = trim(piece); !text.empty()) out.push_back(text);
  return out;
}

// Technique and tactic codes in a text: T1110, T1110.003 (or /003, as in addresses), TA0006.
void find_codes(std::string_view text, std::vector<RuleInfo::Attack>& out) {
  const auto digits = [&](size_t at, size_t count) {
    if (at + count > text.size()) return false;
    for (size_t i = 0; i < count; ++i)
      if (!is_digit(text[at + i])) return false;
    return at + count == text.size() || !is_alnum(text[at + count]);
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if ((i > 0 && is_alnum(text[i - 1])) || ascii_lower(text[i]) != 't') continue;
    if (i + 1 < text.size() && ascii_lower(text[i + 1]) == 'a' && digits(i + 2, 4)) {
      out.push_back({{}, "TA" + std::string(text.substr(i + 2, 4))});
    } else if (digits(i + 1, 4)) {
      std::string code = "T" + std::string(text.substr(i + 1, 4));
      if (i + 5 < text.size() && (text[i + 5] == '.' || text[i + 5] == '/') && digits(i + 6, 3))
        code += "." + std::string(text.substr(i + 6, 3));
      out.push_back({std::move(code), {}});
    }
  }
}

void read_attack(std::string_view key, std::string_view value, std::vector<RuleInfo::Attack>& out) {
  const bool tags = key == "tags";
  if (!tags && key.find("technique") == std::string_view::npos && key.find("tactic") == std::string_view::npos &&
      !key.starts_with("mitre"))
    return;
  const size_t before = out.size();
  find_codes(value, out);
  if (tags) {
    for (const std::string_view tag : pieces(value)) {
      if (!istarts_with(tag, "attack.")) continue;
      std::string name(tag.substr(7));
      std::vector<RuleInfo::Attack> code;
      find_codes(name, code);
      if (!code.empty() || name.empty() || (name.size() > 1 && is_digit(name[1]))) continue;  // t1110, s0002, g0007
      std::replace_if(name.begin(), name.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
      out.push_back({{}, std::move(name)});
    }
  } else if (out.size() == before && key.find("tactic") != std::string_view::npos) {
    for (const std::string_view name : pieces(value)) out.push_back({{}, std::string(name)});
  }
}

enum class About : uint8_t { nothing, user, address, host, hash };

// Of the last step of a UDM path, in either spelling.
About about(std::string_view field) {
  struct Row {
    std::string_view name;
    About about;
  };
  static constexpr Row kRows[] = {
      {"userid", About::user},         {"email_addresses", About::user}, {"emailAddresses", About::user},
      {"windows_sid", About::user},    {"windowsSid", About::user},      {"ip", About::address},
      {"nat_ip", About::address},      {"natIp", About::address},        {"hostname", About::host},
      {"asset_hostname", About::host}, {"assetHostname", About::host},   {"md5", About::hash},
      {"sha1", About::hash},           {"sha256", About::hash},
  };
  for (const Row& row : kRows)
    if (row.name == field) return row.about;
  return About::nothing;
}

// Of a value whose field says nothing.
About about_shape(std::string_view value) {
  if (net::is_ipv4(value) || net::is_ipv6(value)) return About::address;
  const bool digest = value.size() == 32 || value.size() == 40 || value.size() == 64;
  if (digest && value.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos) return About::hash;
  return About::nothing;
}

void add(Related& out, About about, std::string value) {
  std::vector<std::string>* const into[] = {nullptr, &out.users, &out.addresses, &out.hosts, &out.hashes};
  auto* const list = into[static_cast<size_t>(about)];
  if (list && !value.empty() && list->size() < kMostRelated) list->push_back(std::move(value));
}

// What the definitions of a placeholder read.
About about_placeholder(const engine::Rule& rule, std::string_view name) {
  for (const engine::Placeholder& p : rule.placeholders) {
    if (p.name != name) continue;
    for (const engine::ExprId id : p.definitions) {
      const engine::Expr* e = &rule.exprs[id];
      while (e->op == engine::Op::call && !e->args.empty()) e = &rule.exprs[e->args[0]];  // to_lower($e.f): arguments
      if (e->op != engine::Op::slot || rule.slots[e->index].steps.empty()) continue;      // have smaller indexes
      if (const About a = about(rule.slots[e->index].steps.back().field->name); a != About::nothing) return a;
    }
  }
  return About::nothing;
}

}  // namespace

RuleInfo rule_info(const engine::Rule& rule) {
  RuleInfo out;
  const auto first = [&](std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys)
      if (const auto value = rule.meta_value(key); !value.empty()) return value;
    return std::string_view();
  };
  out.id = first({"id", "rule_id"});
  out.title = first({"title", "rule_name"});
  if (out.title.empty()) out.title = rule.name;
  out.description = first({"description"});
  out.author = first({"author"});
  out.severity = first({"level", "severity"});
  out.status = first({"status"});
  out.license = first({"license"});
  for (const auto& [key, value] : rule.meta) {
    if (key == "reference" || key == "references")
      for (const std::string_view piece : pieces(value)) out.references.push_back(piece);
    if (key == "tags")
      for (const std::string_view piece : pieces(value)) out.tags.push_back(piece);
    if (key == "falsepositives" || key == "false_positives") out.false_positives.push_back(value);
    read_attack(key, value, out.attacks);
  }
  const auto same = [](const RuleInfo::Attack& a, const RuleInfo::Attack& b) {
    return a.technique == b.technique && a.tactic == b.tactic;
  };
  for (size_t i = 0; i < out.attacks.size();) {
    const auto earlier = out.attacks.begin() + static_cast<std::ptrdiff_t>(i);
    const bool twice =
        std::any_of(out.attacks.begin(), earlier, [&](const RuleInfo::Attack& a) { return same(a, out.attacks[i]); });
    twice ? void(out.attacks.erase(earlier)) : void(++i);
  }
  return out;
}

int severity_number(std::string_view severity) {
  static constexpr std::string_view kWords[] = {"informational", "low", "medium", "high", "critical"};
  for (size_t i = 0; i < std::size(kWords); ++i)
    if (iequals(severity, kWords[i]) || (i == 0 && iequals(severity, "info"))) return static_cast<int>(i) + 1;
  return 0;
}

std::string Finding::uid() const {
  std::string text = rule->name + "\n" + std::string(info->id) + "\n";
  const auto at = [&](const Timestamp& time) {
    text += std::to_string(time.seconds) + "." + std::to_string(time.nanos) + "\n";
  };
  at(detection->time);
  if (detection->window) at(detection->window->start), at(detection->window->end);
  for (const auto& [name, value] : detection->keys) text += name + "=" + value.to_string() + "\n";
  // Detections of one moment by a rule without keys are told apart by their events.
  if (detection->keys.empty())
    for (const FoundEvent& e : events)
      text += std::string(e.source) + ":" + std::to_string(e.ref.line) + ":" + std::to_string(e.ref.offset) + "\n";
  return sha256_hex(text).substr(0, 32);
}

bool Finding::values(std::string_view name, std::vector<std::string>& out) const {
  const auto put = [&](const engine::Value& value) {
    if (value.type == engine::Type::list)
      for (const engine::Value& item : value.list) out.push_back(item.to_string());
    else out.push_back(value.to_string());
  };
  for (const auto* list : {&detection->keys, &detection->outcomes})
    for (const auto& [key, value] : *list)
      if (key == name) return put(value), true;
  for (const auto& [key, values] : detection->placeholders)
    if (key == name) {
      for (const engine::Value& value : values) put(value);
      return true;
    }
  return false;
}

void Finding::event_values(std::string_view path, std::vector<std::string>& out) const {
  event::JsonLine json;
  for (const FoundEvent& e : events)
    if (const auto root = e.text.empty() ? fail("", "") : json.parse(e.text, false); root)
      for (const JsonValue& leaf : leaves(unwrapped(*root), path)) out.push_back(leaf_text(leaf));
}

double Finding::risk_score() const {
  for (const auto& [name, value] : detection->outcomes)
    if (name == "risk_score") return value.as_real();
  return -1;
}

Related related(const Finding& finding) {
  Related out;
  const auto named = [&](std::string_view name, const engine::Value& value) {
    const std::string text = value.to_string();
    const About known = about_placeholder(*finding.rule, name);
    add(out, known == About::nothing ? about_shape(text) : known, text);
  };
  for (const auto& [name, value] : finding.detection->keys) named(name, value);
  for (const auto& [name, values] : finding.detection->placeholders)
    for (const engine::Value& value : values) named(name, value);
  event::JsonLine json;
  for (const FoundEvent& e : finding.events) {
    if (e.text.empty()) continue;
    const auto root = json.parse(e.text, false);
    if (!root) continue;
    each_leaf(unwrapped(*root),
              [&](std::string_view field, const JsonValue& leaf) { add(out, about(field), leaf_text(leaf)); });
  }
  for (auto* list : {&out.users, &out.addresses, &out.hosts, &out.hashes}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  return out;
}

}  // namespace sekisho::hunt
