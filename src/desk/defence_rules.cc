// Takes a plan and the templates, gives the text of each rule: a template is used when all that it needs is there, once
// for every `most` values of the first thing that it needs. Entries: make_rules, make_defences. Refuses nothing: what
// must not be in a rule is not in the plan (defence_plan.cc).
#include <algorithm>

#include "base/sha256.h"
#include "desk/defence_parts.h"

namespace sekisho::desk {
namespace {

std::string joined_regex(const std::vector<std::string>& values, std::string_view before, std::string_view after) {
  std::string out = "/" + std::string(before) + "(?:";
  for (const std::string& v : values) out += (out.ends_with("(?:") ? "" : "|") + v;
  return out + ")" + std::string(after) + "/";
}

std::vector<std::string> literals(const std::vector<std::string>& values) {
  std::vector<std::string> out;
  for (const std::string& v : values) out.push_back(regex_literal(v));
  return out;
}

// "host/path" → items of a list in YAML, six spaces in.
std::string yaml_list(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& v : values) out += (out.empty() ? "- " : "\n      - ") + sigma_string(v);
  return out;
}

// The values of a plan by the names of need_names().
std::vector<std::string> values_of(const DefencePlan& plan, const scan::Content& packs, std::string_view need) {
  std::vector<std::string> out;
  const auto masks = [&](bool sure, bool path) {
    for (const Mask& m : plan.masks)
      if (m.sure == sure && m.path.empty() != path) out.push_back(m.value);
  };
  if (need == "hosts") return plan.hosts;
  if (need == "urls") return plan.urls;
  if (need == "senders") return plan.senders;
  if (need == "addresses") return plan.addresses;
  if (need == "sha256") return plan.sha256;
  if (need == "subjects") return plan.subjects;
  if (need == "long_subjects") return plan.long_subjects;
  if (need == "intents") return plan.intents;
  if (need == "names") return plan.names;
  if (need == "genuine") return plan.genuine;
  if (need == "masks") masks(true, false);
  if (need == "short_masks") masks(false, false);
  if (need == "masked_urls") {
    masks(true, true);
    masks(false, true);
  }
  if (need == "brands")
    for (const uint32_t b : plan.brands) out.push_back(packs.brands[b].id);
  return out;
}

const Mask* mask_of(const DefencePlan& plan, std::string_view value) {
  for (const Mask& m : plan.masks)
    if (m.value == value) return &m;
  return nullptr;
}

std::vector<std::string> mask_patterns(const DefencePlan& plan, const std::vector<std::string>& values) {
  std::vector<std::string> out;
  for (const std::string& v : values)
    if (const Mask* m = mask_of(plan, v)) out.push_back(m->pattern + regex_literal(m->path));
  return out;
}

// A UUID that stays the same for the same rule (RFC 9562 section 5.8: version 8, our own making).
std::string uuid(std::string_view name) {
  std::string d = sha256_hex(std::string("sekisho desk ") + std::string(name)).substr(0, 32);
  d[12] = '8';
  d[16] = "89ab"[static_cast<size_t>(d[16] <= '9' ? d[16] - '0' : d[16] - 'a' + 10) & 3];
  return d.substr(0, 8) + "-" + d.substr(8, 4) + "-" + d.substr(12, 4) + "-" + d.substr(16, 4) + "-" + d.substr(20);
}

TemplateValues values_for(const DefencePlan& plan, const scan::Content& packs, const DefenceContent::Template& t,
                          const std::vector<std::string>& part, const std::string& rule) {
  const auto get = [&](std::string_view need) {
    return !t.needs.empty() && t.needs[0] == need ? part : values_of(plan, packs, need);
  };
  const auto first = [&](std::string_view need) {
    const auto all = get(need);
    return all.empty() ? std::string() : all[0];
  };
  TemplateValues out;
  out["rule"] = rule;
  out["advisory"] = yaral_string(plan.folder);
  out["title"] = yaral_string(plan.title);
  out["title_ja"] = yaral_string(plan.title_ja);
  out["what"] = yaral_string(t.what.en + " (" + plan.folder + ")");
  out["what_ja"] = yaral_string(t.what.ja + "（" + plan.folder + "）");
  const auto hosts = literals(get("hosts"));
  out["hosts"] = joined_regex(hosts, "^(?:.*\\.)?", "\\.?$");
  out["host_addresses"] = joined_regex(hosts, "@(?:.*\\.)?", "$");
  out["urls"] = joined_regex(literals(get("urls")), "^[a-z]+:\\/\\/(?:[^\\/?#]*@)?", "(?:[\\/?#]|$)");
  out["senders"] = joined_regex(literals(get("senders")), "^", "$");
  out["addresses"] = joined_regex(literals(get("addresses")), "^", "$");
  out["sha256"] = joined_regex(get("sha256"), "^", "$");
  for (const std::string_view need : {"subjects", "long_subjects"}) {
    std::vector<std::string> loose;
    for (const std::string& s : get(need)) loose.push_back(loose_regex(s));
    out[std::string(need)] = joined_regex(loose, "^[\\s\\p{Z}]*", "[\\s\\p{Z}]*$");
  }
  for (const std::string_view need : {"masks", "short_masks"}) {
    const auto patterns = mask_patterns(plan, get(need));
    out[std::string(need)] = joined_regex(patterns, "^(?:.*\\.)?", "\\.?$");
    out[std::string(need == "masks" ? "mask_addresses" : "short_mask_addresses")] =
        joined_regex(patterns, "@(?:.*\\.)?", "$");
  }
  out["masked_urls"] =
      joined_regex(mask_patterns(plan, get("masked_urls")), "^[a-z]+:\\/\\/(?:[^\\/?#]*\\.)?", "(?:[\\/?#]|$)");
  out["brands"] = joined_regex(get("brands"), "^", "$");
  out["names"] = joined_regex(literals(get("names")), "", "");
  out["genuine"] = joined_regex(literals(get("genuine")), "^(?:.*\\.)?", "$");
  std::string intents;
  for (const std::string& i : get("intents"))
    intents += (intents.empty() ? "(" : " or ") + ("$e.additional.fields[\"lure." + i + "\"] != \"\"");
  out["intents"] = intents.empty() ? "($e.metadata.event_type = \"EVENTTYPE_UNSPECIFIED\")" : intents + ")";
  // Sigma
  out["uuid"] = uuid(rule);
  out["yaml_what"] = yaml_string(t.what.en + " (" + plan.folder + ")");
  out["yaml_title"] = yaml_string(plan.title);
  out["yaml_advisory"] = yaml_string(plan.folder);
  std::vector<std::string> below, digests;
  for (const std::string& h : get("hosts")) below.push_back("." + h);
  for (const std::string& d : get("sha256")) digests.push_back("SHA256=" + d);
  out["yaml_hosts"] = yaml_list(get("hosts"));
  out["yaml_below_hosts"] = yaml_list(below);
  out["yaml_urls"] = yaml_list([&] {
    std::vector<std::string> all;
    for (const std::string& u : get("urls")) all.push_back("://" + u);
    return all;
  }());
  out["yaml_addresses"] = yaml_list(get("addresses"));
  out["yaml_digests"] = yaml_list(digests);
  // Samples within tests, as TOML and JSON texts alike.
  out["sample_host"] = json_text(first("hosts"));
  out["sample_below_host"] = json_text("www." + first("hosts"));
  out["sample_other_host"] = json_text("not" + first("hosts"));
  out["sample_url"] = json_text("https://" + first("urls") + "?id=7");
  out["sample_other_url"] = json_text("https://not" + first("urls"));
  out["sample_address"] = json_text(first("addresses"));
  out["sample_sha256"] = json_text(first("sha256"));
  out["sample_digests"] = json_text("MD5=00000000000000000000000000000000,SHA256=" + first("sha256"));
  return out;
}

}  // namespace

const std::vector<std::string_view>& need_names() {
  static const std::vector<std::string_view> names = {
      "hosts",  "urls",    "senders", "addresses", "sha256", "subjects",    "long_subjects",
      "brands", "intents", "names",   "genuine",   "masks",  "short_masks", "masked_urls"};
  return names;
}

const std::vector<std::string_view>& placeholder_names() {
  static const std::vector<std::string_view> names = {"rule",
                                                      "advisory",
                                                      "title",
                                                      "title_ja",
                                                      "what",
                                                      "what_ja",
                                                      "hosts",
                                                      "host_addresses",
                                                      "urls",
                                                      "senders",
                                                      "addresses",
                                                      "sha256",
                                                      "subjects",
                                                      "long_subjects",
                                                      "masks",
                                                      "mask_addresses",
                                                      "short_masks",
                                                      "short_mask_addresses",
                                                      "masked_urls",
                                                      "brands",
                                                      "names",
                                                      "genuine",
                                                      "intents",
                                                      "uuid",
                                                      "yaml_what",
                                                      "yaml_title",
                                                      "yaml_advisory",
                                                      "yaml_hosts",
                                                      "yaml_below_hosts",
                                                      "yaml_urls",
                                                      "yaml_addresses",
                                                      "yaml_digests",
                                                      "sample_host",
                                                      "sample_below_host",
                                                      "sample_other_host",
                                                      "sample_url",
                                                      "sample_other_url",
                                                      "sample_address",
                                                      "sample_sha256",
                                                      "sample_digests"};
  return names;
}

std::vector<MadeRule> make_rules(const DefencePlan& plan, const DefenceContent& content, const scan::Content& packs) {
  std::vector<MadeRule> out;
  if (plan.empty) return out;
  std::vector<const DefenceContent::Template*> in_order;
  for (const std::string_view kind : {"yaral_mail", "yaral_audit", "sigma"})
    for (const auto& t : content.rules)
      if (t.kind == kind) in_order.push_back(&t);
  for (const auto* const each : in_order) {
    const DefenceContent::Template& t = *each;
    const auto has = [&](const std::string& need) { return !values_of(plan, packs, need).empty(); };
    const auto played = [&](const std::string& theme) {
      return std::ranges::find(plan.themes, theme) != plan.themes.end();
    };
    if (!std::ranges::all_of(t.needs, has) || std::ranges::any_of(t.without, has)) continue;
    if (!t.themes.empty() && std::ranges::none_of(t.themes, played)) continue;
    const auto all = t.needs.empty() ? std::vector<std::string>{""} : values_of(plan, packs, t.needs[0]);
    for (size_t from = 0, number = 1; from < all.size(); from += content.most, ++number) {
      MadeRule made;
      made.from = &t;
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
      made.part.assign(begin, begin + static_cast<std::ptrdiff_t>(std::min(content.most, all.size() - from)));
      Defence& d = made.defence;
      d.kind = t.kind;
      d.name = plan.id + "_" + t.id + (number > 1 ? "_" + std::to_string(number) : "");
      const std::string_view folder = t.kind == "yaral_mail" ? "mail/" : t.kind == "yaral_audit" ? "audit/" : "sigma/";
      d.path = plan.folder + "/" + std::string(folder) + d.name + (t.kind == "sigma" ? ".yml" : ".yaral");
      d.what = t.what;
      const TemplateValues values = values_for(plan, packs, t, made.part, d.name);
      d.text = fill(t.text, values);
      made.tests = fill(t.tests, values);
      out.push_back(std::move(made));
    }
  }
  return out;
}

std::vector<Defence> make_defences(const Advisory& advisory, const DefenceContent& content, const scan::Content& packs,
                                   const scan::Settings& settings, std::vector<LeftOut>* left_out) {
  const DefencePlan plan = plan_defence(advisory, content, packs, settings);
  std::vector<Defence> out;
  for (MadeRule& made : make_rules(plan, content, packs)) out.push_back(std::move(made.defence));
  for (Defence& list : make_lists(advisory, plan, packs)) out.push_back(std::move(list));
  if (left_out) *left_out = plan.left_out;
  return out;
}

}  // namespace sekisho::desk
