// Takes a Verdict, gives JSON or text for people in English or Japanese. Entries: write_json, describe. Nothing from a
// mail reaches the terminal but through printable().
#include "scan/verdict.h"

#include <fmt/format.h>

#include "base/json.h"
#include "base/strings.h"

namespace sekisho::scan {
namespace {

constexpr std::string_view kActions[] = {"accept", "banner", "quarantine", "reject"};
constexpr std::string_view kActionsJa[] = {"受信", "警告バナー", "隔離", "拒否"};
constexpr std::string_view kColours[] = {"32", "33", "31", "1;31"};

}  // namespace

std::string_view to_string(Action action) { return kActions[static_cast<size_t>(action)]; }

Action action_from(std::string_view name) {
  for (size_t i = 0; i < std::size(kActions); ++i)
    if (kActions[i] == name) return static_cast<Action>(i);
  return Action::accept;
}

void write_json(const Verdict& v, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  json.member("name", v.name);
  const auto digests = [&] {
    json.member("content", v.content_digest);
    json.member("settings", v.settings_digest);
    json.end_object();
  };
  if (!v.error.empty()) {  // whoever asks for "verdict" must not read "accept"
    json.member("size", v.size);
    json.member("error", v.error);
    return digests();
  }
  json.member("sha256", v.sha256);
  json.member("size", v.size);
  json.member("verdict", to_string(v.action));
  json.key("score");
  json.raw(fmt::format("{:.1f}", v.score));
  json.key("probability");
  json.raw(fmt::format("{:.4f}", v.probability));
  if (!v.floor_rule.empty()) json.member("floor_rule", v.floor_rule);
  json.member("from", v.from);
  json.member("subject", v.subject);
  json.member("direction", v.direction);
  json.key("families");
  json.begin_object();
  for (const auto& [family, points] : v.families) {
    json.key(family);
    json.raw(fmt::format("{:.1f}", points));
  }
  json.end_object();
  json.key("rules");
  json.begin_array();
  for (const Fired& f : v.rules) {
    json.begin_object();
    json.member("rule", f.rule);
    json.member("family", f.family);
    json.key("weight");
    json.raw(fmt::format("{:.1f}", f.weight));
    json.member("counts", f.counts);
    if (!f.floor.empty()) json.member("floor", f.floor);
    json.member("severity", f.severity);
    if (!f.technique.empty()) json.member("technique", f.technique);
    json.member("description", f.description);
    json.member("description_ja", f.description_ja);
    json.key("evidence");
    json.begin_array();
    for (const Evidence& e : f.evidence) {
      json.begin_object();
      json.member("what", e.what);
      if (!e.part.empty()) {
        json.member("part", e.part);
        json.member("offset", static_cast<uint64_t>(e.offset));
      }
      json.member("text", e.text);
      json.end_object();
    }
    json.end_array();
    if (!f.outcomes.empty()) {
      json.key("outcomes");
      json.begin_object();
      for (const auto& [key, value] : f.outcomes) json.member(key, value);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
  if (!v.limits.empty()) {
    json.key("limits");
    json.begin_array();
    for (const std::string& l : v.limits) json.value(l);
    json.end_array();
  }
  digests();
}

std::string describe(const Verdict& v, Language language, bool explain, bool colour) {
  const bool ja = language == Language::ja;
  if (!v.error.empty())
    return fmt::format("{}             {}\n    {}: {}\n", ja ? "エラー    " : "error     ", printable(v.name),
                       ja ? "読めません" : "unreadable", printable(v.error));
  const auto i = static_cast<size_t>(v.action);
  const std::string_view word = ja ? kActionsJa[i] : kActions[i];
  // One column width for all: the longest English word is "quarantine"; Japanese cells are two columns wide.
  const size_t columns = ja ? word.size() / 3 * 2 : word.size();
  std::string shown = colour ? fmt::format("\033[{}m{}\033[0m", kColours[i], word) : std::string(word);
  shown.append(columns < 10 ? 10 - columns : 0, ' ');
  std::string out = fmt::format("{} {:5.1f} {:3.0f}%  {}\n", shown, v.score, v.probability * 100, printable(v.name));
  if (explain)
    out +=
        fmt::format("    {}: {}\n    {}: {}\n    {}: {}\n", ja ? "差出人" : "from", printable(v.from),
                    ja ? "件名" : "subject", printable(v.subject), ja ? "方向" : "direction", printable(v.direction));
  size_t shown_rules = 0;
  for (const Fired& f : v.rules) {
    if (!explain && (!f.counts || f.weight <= 0 || v.action == Action::accept || shown_rules >= 4)) continue;
    ++shown_rules;
    const std::string text = printable(ja && !f.description_ja.empty() ? f.description_ja : f.description);
    if (!explain) {
      out += fmt::format("    - {}", text);
      if (!f.evidence.empty() && !f.evidence[0].text.empty())
        out += fmt::format(": {}", printable(utf8_prefix(f.evidence[0].text, 120)));
      out += "\n";
      continue;
    }
    out += fmt::format("    {:+5.1f}{} [{}] {}{}\n           {}\n", f.weight, f.counts ? "*" : " ", printable(f.family),
                       printable(f.rule),
                       f.floor.empty() ? "" : fmt::format("  ({}: {})", ja ? "下限" : "at least", printable(f.floor)),
                       text);
    for (const Evidence& e : f.evidence)
      out += fmt::format("           {} {}{}\n", printable(e.what),
                         e.part.empty() ? "" : fmt::format("@{}+{} ", printable(e.part), e.offset),
                         printable(utf8_prefix(e.text, 160)));
  }
  if (explain) {
    std::string families;
    for (const auto& [family, points] : v.families) families += fmt::format(" {} {:+.1f}", printable(family), points);
    if (!families.empty()) out += fmt::format("    {}:{}\n", ja ? "系統別" : "families", families);
    if (!v.floor_rule.empty())
      out += fmt::format("    {}: {}\n", ja ? "下限を定めた規則" : "lifted by the floor of", printable(v.floor_rule));
    for (const std::string& l : v.limits)
      out += fmt::format("    {}: {}\n", ja ? "上限に達した項目" : "limit reached", printable(l));
  }
  return out;
}

}  // namespace sekisho::scan
