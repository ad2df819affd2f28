// Inside the defence_*.cc files: what of an advisory may become part of a rule, and how values are written in each
// language so that nothing in an article can leave the place that it was put in.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "desk/defence.h"

namespace sekisho::desk {

struct Mask {
  std::string value;    // "nta-*.com"
  std::string pattern;  // of the host, RE2, without anchors
  std::string path;     // of a URL, as it stands; "" = any
  std::string sample;   // a host, and path, that fits
  bool sure = false;    // needs no brand beside it
};

struct DefencePlan {
  std::string id;                  // letters, digits and _: rule names begin with it
  std::string folder;              // "SEKISHO-2026-01-21-lastpass": letters, digits, - and _
  std::string title, title_ja;     // plain, one line
  std::vector<std::string> hosts;  // with all below them
  std::vector<std::string> urls;   // "host/path", lower-case host: itself and what goes on after /, ? or #
  std::vector<std::string> senders, addresses, sha256, other_digests;
  std::vector<Mask> masks;
  std::vector<uint32_t> brands;      // of the packs
  std::vector<std::string> names;    // of brands in no pack, in comparable form
  std::vector<std::string> genuine;  // hosts that the article calls genuine
  std::vector<std::string> subjects, long_subjects;
  std::vector<std::string> themes, intents;
  std::vector<LeftOut> left_out;
  bool empty = true;  // off topic, a false alarm
};
DefencePlan plan_defence(const Advisory& advisory, const DefenceContent& content, const scan::Content& packs,
                         const scan::Settings& settings);

// defence_quote.cc
std::string one_line(std::string_view text, size_t most);  // printable, no control characters
std::string identifier(std::string_view text);             // [a-z0-9_]
std::string yaral_string(std::string_view text);           // "…"
std::string regex_literal(std::string_view text);          // text as RE2, for use inside /…/
// A text as people might write it: full-width or not, dashes and quotes of any kind, any white space.
std::string loose_regex(std::string_view normalized);
std::string yaml_string(std::string_view text);   // '…'
std::string sigma_string(std::string_view text);  // '…', wildcards are themselves
std::string toml_string(std::string_view text);   // "…"
std::string csv_cell(std::string_view text);
std::string json_text(std::string_view text);  // "…"

// Values of a template: name → text that replaces {{name}}.
using TemplateValues = std::map<std::string, std::string, std::less<>>;
// {{name}} by its value; not found: left as it stands.
std::string fill(std::string_view text, const TemplateValues& values);
// Every name that a template may use (defence_rules.cc).
const std::vector<std::string_view>& placeholder_names();
const std::vector<std::string_view>& need_names();

// The rules of one template for a plan; with what of the plan each holds, for samples.
struct MadeRule {
  Defence defence;
  const DefenceContent::Template* from = nullptr;
  std::vector<std::string> part;  // of needs[0]: the values of this one
  std::string tests;              // filled
};
std::vector<MadeRule> make_rules(const DefencePlan& plan, const DefenceContent& content, const scan::Content& packs);
// defence_lists.cc
std::vector<Defence> make_lists(const Advisory& advisory, const DefencePlan& plan, const scan::Content& packs);
// defence_samples.cc
std::vector<DefenceSample> make_samples(const DefencePlan& plan, const std::vector<MadeRule>& rules,
                                        const DefenceContent& content, const scan::Content& packs);

}  // namespace sekisho::desk
