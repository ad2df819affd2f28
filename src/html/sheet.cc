// Takes the text of <style> elements, gives the declarations that hold for an element. Entries: Sheet::add,
// Sheet::apply. Leaves out what it does not understand, and stops (noting it) at kMaxRules and at a budget of
// comparisons.
#include "html/sheet.h"

#include <algorithm>

#include "base/strings.h"
#include "html/page.h"
#include "html/tokenizer.h"

namespace sekisho::html {
namespace {

constexpr size_t npos = std::string_view::npos;
constexpr float kScreenWidth = 1024;

bool is_name(char c) { return is_alnum(c) || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80; }

// The end of the {}-block whose '{' is before `i`: the place of its '}' or the end. Strings hold braces.
size_t block_end(std::string_view s, size_t i) {
  for (int depth = 1; i < s.size(); ++i) {
    if (s[i] == '{') ++depth;
    if (s[i] == '}' && --depth == 0) return i;
    if (s[i] == '"' || s[i] == '\'') {
      const size_t end = s.find_first_of(s[i] == '"' ? "\"\n" : "'\n", i + 1);
      i = end == npos ? s.size() - 1 : end;
    }
  }
  return s.size();
}

bool has_word(std::string_view list, std::string_view word) {
  for (size_t i = 0; i < list.size();) {
    while (i < list.size() && is_space(list[i])) ++i;
    const size_t from = i;
    while (i < list.size() && !is_space(list[i])) ++i;
    if (list.substr(from, i - from) == word) return true;
  }
  return false;
}

// The end of a selector in a list: the next comma outside brackets and strings.
size_t selector_end(std::string_view s, size_t i) {
  for (bool inside = false; i < s.size(); ++i) {
    if (s[i] == '[') inside = true;
    if (s[i] == ']') inside = false;
    if (s[i] == ',' && !inside) return i;
    if (inside && (s[i] == '"' || s[i] == '\'')) {
      const size_t end = s.find(s[i], i + 1);
      i = end == npos ? s.size() - 1 : end;
    }
  }
  return s.size();
}

bool media_condition(std::string_view c) {
  c = trim(c);
  if (c.empty() || iequals(c, "only") || iequals(c, "screen") || iequals(c, "all")) return true;
  if (c.front() != '(') return false;
  c.remove_prefix(1);
  const size_t colon = c.find(':');
  if (colon == npos) return iequals(trim(c.substr(0, c.find(')'))), "color");
  const std::string_view name = trim(c.substr(0, colon));
  std::string_view value = c.substr(colon + 1);
  value = trim(value.substr(0, value.find(')')));
  if (iequals(name, "prefers-color-scheme")) return iequals(value, "light");
  const auto px = parse_px(value);
  if (!px) return false;
  if (iequals(name, "min-width") || iequals(name, "min-device-width")) return *px <= kScreenWidth;
  if (iequals(name, "max-width") || iequals(name, "max-device-width")) return *px >= kScreenWidth;
  return false;
}

bool media_matches(std::string_view query) {
  if (trim(query).empty()) return true;
  for (const std::string_view alternative : split(query, ',')) {
    bool all = true;
    std::string_view rest = trim(alternative);
    if (rest.empty()) continue;
    while (all && !rest.empty()) {
      size_t end = rest.front() == '(' ? rest.find(')') : rest.find_first_of(" \t\n\r(");
      if (end != npos && rest.front() == '(') ++end;
      const std::string_view word = rest.substr(0, end);
      if (!iequals(word, "and")) all = media_condition(word);
      rest = end == npos ? std::string_view() : trim(rest.substr(end));
    }
    if (all) return true;
  }
  return false;
}

}  // namespace

bool Sheet::Compound::fits(const Subject& s) const {
  if (!name.empty() && !iequals(name, s.name)) return false;
  if (!id.empty() && id != s.id) return false;
  for (const std::string_view c : classes) {
    if (c.empty()) break;
    if (!has_word(s.classes, c)) return false;
  }
  for (size_t i = 0; i < tested; ++i)
    if (!tests[i]->fits(s)) return false;
  return true;
}

bool Sheet::Test::fits(const Subject& s) const {
  const auto written = find_attribute(s.attributes, name);
  if (!written) return false;
  if (how == 0) return true;
  std::string decoded;
  std::string_view is = *written;
  if (is.find('&') != npos) is = decoded = decode_entities(is, true);
  std::string_view wanted = value;
  std::string lower_is, lower_wanted;
  if (any_case) is = lower_is = ascii_lower(is), wanted = lower_wanted = ascii_lower(wanted);
  switch (how) {
    case '=':
      return is == wanted;
    case '~':
      return !wanted.empty() && has_word(is, wanted);
    case '|':
      return is == wanted || (is.starts_with(wanted) && is.substr(wanted.size()).starts_with('-'));
    case '^':
      return !wanted.empty() && is.starts_with(wanted);
    case '$':
      return !wanted.empty() && is.ends_with(wanted);
    default:
      return !wanted.empty() && is.find(wanted) != npos;
  }
}

bool Sheet::spend(size_t steps) {
  if (steps >= budget_) {
    limit_hit_ = true;
    return false;
  }
  budget_ -= steps;
  return true;
}

void Sheet::add(std::string_view css, std::string_view media) {
  if (!media_matches(media)) return;
  if (css.find("/*") != npos || css.find('\\') != npos) css = kept_.emplace_back(unescape_css(css));
  // Conditional blocks only open up (their contents are rules again), so a flat walk reads them without recursion.
  size_t i = 0;
  while (i < css.size()) {
    const char c = css[i];
    if (is_space(c) || c == '}' || c == ';') {
      ++i;
    } else if (css.substr(i, 4) == "<!--") {
      i += 4;
    } else if (css.substr(i, 3) == "-->") {
      i += 3;
    } else if (c == '@') {
      const size_t stop = css.find_first_of("{;", i);
      if (stop == npos) return;
      const std::string_view head = css.substr(i, stop - i);
      i = stop + 1;
      if (css[stop] == ';') continue;
      const bool enter = (istarts_with(head, "@media") && media_matches(head.substr(6))) ||
                         istarts_with(head, "@layer") || istarts_with(head, "@supports");
      if (!enter) i = block_end(css, i) + 1;
    } else {
      const size_t open = css.find('{', i);
      if (open == npos) return;
      const size_t close = block_end(css, open + 1);
      rule(css.substr(i, open - i), css.substr(open + 1, close - open - 1));
      i = close + 1;
    }
  }
}

void Sheet::rule(std::string_view selectors, std::string_view block) {
  Rule made;
  parse_declarations(block, made.declared);
  if (!made.declared.set) return;
  for (size_t from = 0; from <= selectors.size();) {
    const size_t comma = selector_end(selectors, from);
    const std::string_view one = trim(selectors.substr(from, comma - from));
    from = comma + 1;
    made.compounds = {};
    if (one.empty() || !selector(one, made)) continue;
    if (rules_.size() >= kMaxRules) {
      limit_hit_ = true;
      return;
    }
    const auto index = static_cast<uint32_t>(rules_.size());
    const auto is_left = [](const Compound& c) { return c.combinator == '+' || c.combinator == '~'; };
    const auto end = made.compounds.begin() + made.length - 1;
    if (lefts_.size() + static_cast<size_t>(std::count_if(made.compounds.begin(), end, is_left)) > 64) {
      limit_hit_ = true;
      continue;
    }
    for (uint32_t part = 0; part + 1 < made.length; ++part)
      if (Compound& c = made.compounds[part]; is_left(c)) {
        c.left_bit = static_cast<uint8_t>(lefts_.size());
        lefts_.push_back({index, part});
      }
    const Compound& subject = made.compounds[made.length - 1u];
    if (!subject.id.empty()) {
      by_id_[subject.id].push_back(index);
    } else if (!subject.classes[0].empty()) {
      by_class_[subject.classes[0]].push_back(index);
    } else if (subject.name.empty()) {
      by_name_["*"].push_back(index);
    } else {
      auto it = by_name_.find(subject.name);
      if (it == by_name_.end()) it = by_name_.try_emplace(kept_.emplace_back(ascii_lower(subject.name))).first;
      it->second.push_back(index);
    }
    rules_.push_back(made);
  }
}

bool Sheet::implied_between(std::string_view parent, std::string_view child) {
  const bool row = iequals(child, "tr"), cell = iequals(child, "td") || iequals(child, "th");
  if (iequals(parent, "table")) return row || cell;
  return cell && (iequals(parent, "tbody") || iequals(parent, "thead") || iequals(parent, "tfoot"));
}

// At '[': one test, and past its ']'.
bool Sheet::attribute_test(std::string_view s, size_t& i, Compound& out) {
  if (out.tested == out.tests.size()) return false;
  Test& test = tests_.emplace_back();
  out.tests[out.tested++] = &test;
  const auto skip = [&] {
    while (i < s.size() && is_space(s[i])) ++i;
  };
  const auto word = [&] {
    const size_t from = i;
    while (i < s.size() && is_name(s[i])) ++i;
    return s.substr(from, i - from);
  };
  ++i;
  skip();
  test.name = word();
  skip();
  if (test.name.empty() || i >= s.size()) return false;
  if (s[i] == ']') return ++i, true;
  test.how = s[i];
  if (std::string_view("~|^$*").find(s[i]) != npos) ++i;
  if (i >= s.size() || s[i] != '=') return false;
  ++i;
  skip();
  if (i < s.size() && (s[i] == '"' || s[i] == '\'')) {
    const size_t end = s.find(s[i], i + 1);
    if (end == npos) return false;
    test.value = s.substr(i + 1, end - i - 1);
    i = end + 1;
  } else {
    test.value = word();
    if (test.value.empty()) return false;
  }
  skip();
  if (i < s.size() && (s[i] | 0x20) == 'i') test.any_case = true, ++i;
  else if (i < s.size() && (s[i] | 0x20) == 's') ++i;
  skip();
  return i < s.size() && s[i] == ']' && ++i;
}

bool Sheet::selector(std::string_view s, Rule& out) {
  out.length = 0;
  out.weight = 0;
  const auto is_combinator = [](char c) { return c == '>' || c == '+' || c == '~'; };
  size_t i = 0;
  while (i < s.size()) {
    while (i < s.size() && is_space(s[i])) ++i;
    if (i == s.size()) break;
    if (is_combinator(s[i])) {  // belongs to the compound before it
      if (out.length == 0 || out.compounds[out.length - 1u].combinator != ' ') return false;
      out.compounds[out.length - 1u].combinator = s[i++];
      continue;
    }
    if (out.length == out.compounds.size()) return false;
    Compound& c = out.compounds[out.length++];
    size_t classes = 0;
    if (s[i] == '*') ++i;
    for (bool first = true; i < s.size() && !is_space(s[i]) && !is_combinator(s[i]); first = false) {
      const char sign = s[i];
      if (sign == '[') {
        if (!attribute_test(s, i, c)) return false;
        out.weight += 0x100;
        continue;
      }
      const size_t from = sign == '.' || sign == '#' ? ++i : i;
      while (i < s.size() && is_name(s[i])) ++i;
      const std::string_view name = s.substr(from, i - from);
      if (name.empty()) return false;
      if (sign == '.') {
        if (classes == c.classes.size()) return false;
        c.classes[classes++] = name;
        out.weight += 0x100;
      } else if (sign == '#') {
        if (!c.id.empty()) return false;
        c.id = name;
        out.weight += 0x10000;
      } else {
        if (!first) return false;
        c.name = name;
        out.weight += 1;
      }
    }
  }
  return out.length > 0 && out.compounds[out.length - 1u].combinator == ' ';
}

void Sheet::collect(const std::unordered_map<std::string_view, std::vector<uint32_t>>& index, std::string_view key,
                    const Subject& subject) {
  const auto it = index.find(key);
  if (it == index.end() || !spend(it->second.size() * cost_of(subject))) return;
  for (const uint32_t r : it->second) {
    const Compound& c = rules_[r].compounds[rules_[r].length - 1u];
    if (c.tested > 0 && !spend(1 + subject.attributes.size() / 16)) return;
    if (c.fits(subject)) hits_.push_back(r);
  }
}

void Sheet::collect(const Subject& subject) {
  hits_.clear();
  if (!by_name_.empty()) {
    collect(by_name_, "*", subject);
    char lower[32];
    if (subject.name.size() <= sizeof lower) {
      for (size_t i = 0; i < subject.name.size(); ++i) lower[i] = ascii_lower(subject.name[i]);
      collect(by_name_, {lower, subject.name.size()}, subject);
    }
  }
  if (!by_class_.empty()) {
    const std::string_view list = subject.classes;
    size_t words = 0;
    for (size_t i = 0; i < list.size() && words < 64; ++words) {
      while (i < list.size() && is_space(list[i])) ++i;
      const size_t from = i;
      while (i < list.size() && !is_space(list[i])) ++i;
      if (i > from) collect(by_class_, list.substr(from, i - from), subject);
    }
  }
  if (!by_id_.empty() && !subject.id.empty()) collect(by_id_, subject.id, subject);
}

void Sheet::order() {
  if (hits_.size() < 2) return;
  std::sort(hits_.begin(), hits_.end(), [this](uint32_t a, uint32_t b) {
    return rules_[a].weight != rules_[b].weight ? rules_[a].weight < rules_[b].weight : a < b;
  });
}

}  // namespace sekisho::html
