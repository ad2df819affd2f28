// Takes exception files and findings, says which findings are kept back. Entries: Exceptions::read, unfit, covers.
// Refuses an exception without a reason or an end, and one that would silence everything.
#include "hunt/exceptions.h"

#include <algorithm>

#include "base/clock.h"
#include "base/strings.h"
#include "diag/toml.h"
#include "net/host.h"

namespace sekisho::hunt {
namespace {

using diag::TomlValue;

// "2026-12-31": to the end of that day. 0 if it is neither a date nor a time.
int64_t end_of(const std::string& written) {
  std::string text = written;
  if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
  if (text.size() == 10) {
    const auto day = parse_rfc3339(text + "T00:00:00Z");
    return day ? day->seconds + 86'400 : 0;
  }
  auto time = parse_rfc3339(text);
  if (!time) time = parse_rfc3339(text + "Z");
  return time ? time->seconds : 0;
}

bool is_block(std::string_view pattern) { return pattern.find('/') != std::string_view::npos && net::is_cidr(pattern); }

bool holds(const Exception::Condition& c, const std::vector<std::string>& values) {
  for (const std::string& pattern : c.patterns) {
    const bool block = is_block(pattern);
    for (const std::string& value : values)
      if (block ? net::in_cidr(value, pattern) : glob_matches(pattern, value)) return true;
  }
  return false;
}

bool is_for(const Exception& e, const engine::Rule& rule) {
  return glob_matches(e.rule, rule.name) || glob_matches(e.rule, rule.meta_value("id")) ||
         glob_matches(e.rule, rule.meta_value("title"));
}

Exception read_one(const TomlValue& table, const std::string& source, std::vector<Error>& errors) {
  diag::TomlReader t(table, source, errors);
  Exception out;
  out.source = source;
  out.span = out.rule_span = table.span;
  out.rule = t.required_text("rule");
  for (const auto& member : table.members)
    if (member.name == "rule") out.rule_span = member.value.span;
  out.reason = t.text("reason");
  if (trim(out.reason).empty()) t.error("reason", "an exception needs a reason", "reason = \"why this is harmless\"");
  out.author = t.text("author");
  if (!t.has("until")) t.error("until", "an exception needs an end", "until = 2026-12-31");
  out.until_text = t.date("until");
  if (!out.until_text.empty()) {
    out.until = end_of(out.until_text);
    if (out.until == 0)
      t.error("until", "\"" + out.until_text + "\" is not a date", "write 2026-12-31 or 2026-12-31T08:00:00Z");
  }
  if (const TomlValue* where = t.table("where"))
    for (const auto& [name, value, at] : where->members) {
      Exception::Condition c{name.starts_with("$") ? name.substr(1) : name, {}, at};
      const auto add = [&](const TomlValue& v) {
        if (v.type == TomlValue::Type::string && !v.text.empty()) c.patterns.push_back(v.text);
        else if (v.type == TomlValue::Type::integer) c.patterns.push_back(std::to_string(v.integer));
        else if (v.type == TomlValue::Type::boolean) c.patterns.push_back(v.boolean ? "true" : "false");
        else
          errors.push_back(
              {"hunt.exception", "\"" + name + "\" must be a text, or a list of texts", source, v.span, {}, {}});
      };
      if (value.type == TomlValue::Type::array)
        for (const TomlValue& item : value.items) add(item);
      else add(value);
      if (!c.patterns.empty()) out.where.push_back(std::move(c));
    }
  const auto narrows = [](std::string_view pattern) {
    return pattern.find_first_not_of("*?") != std::string_view::npos;
  };
  const bool narrow = narrows(out.rule) || std::any_of(out.where.begin(), out.where.end(), [&](const auto& c) {
                        return std::all_of(c.patterns.begin(), c.patterns.end(), narrows);
                      });
  if (!out.rule.empty() && !narrow)
    t.error("rule", "this would silence every rule", "name a rule, or narrow it by where");
  t.finish();
  return out;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) {
  size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p, ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

void Exceptions::read(std::string_view toml, const std::string& name, std::vector<Error>& errors) {
  const auto root = diag::parse_toml(toml, name);
  if (!root) {
    errors.push_back(root.error());
    return;
  }
  diag::TomlReader top(*root, name, errors);
  for (const TomlValue* table : top.tables("exception")) all_.push_back(read_one(*table, name, errors));
  top.finish();
}

std::vector<Error> Exceptions::unfit(std::span<const engine::Rule> rules) const {
  std::vector<Error> out;
  for (const Exception& e : all_) {
    std::vector<std::string_view> names;
    bool found = false;
    for (const engine::Rule& rule : rules) {
      if (!is_for(e, rule)) continue;
      found = true;
      for (const engine::Placeholder& p : rule.placeholders) names.push_back(p.name);
      for (const engine::Outcome& o : rule.outcomes) names.push_back(o.name);
    }
    if (!found) {
      std::vector<std::string_view> known;
      for (const engine::Rule& rule : rules) known.push_back(rule.name);
      out.push_back({"hunt.exception",
                     "no rule is called \"" + e.rule + "\"",
                     e.source,
                     e.rule_span,
                     near_names(e.rule, known),
                     {}});
      continue;
    }
    for (const Exception::Condition& c : e.where)  // a name with a dot, or without any near one, is the path of a field
      if (std::find(names.begin(), names.end(), c.name) == names.end() && c.name.find('.') == std::string::npos)
        if (const std::string hint = near_names(c.name, names); !hint.empty())
          out.push_back({"hunt.exception",
                         "no match variable, placeholder or outcome is called \"" + c.name + "\"",
                         e.source,
                         c.span,
                         hint,
                         {}});
  }
  return out;
}

bool Exceptions::covers(const Finding& finding, Timestamp now) {
  const Timestamp none{};
  const int64_t time = finding.detection->time == none ? now.seconds : finding.detection->time.seconds;
  for (Exception& e : all_) {
    if (!is_for(e, *finding.rule)) continue;
    const bool all = std::all_of(e.where.begin(), e.where.end(), [&](const Exception::Condition& c) {
      std::vector<std::string> values;
      if (!finding.values(c.name, values)) finding.event_values(c.name, values);
      return holds(c, values);
    });
    if (!all) continue;
    if (time < e.until) {
      ++e.covered;
      return true;
    }
    ++e.expired;
  }
  return false;
}

}  // namespace sekisho::hunt
