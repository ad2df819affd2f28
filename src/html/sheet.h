// The rules of <style> elements that can make text seen or unseen, and their cascade onto an element. Selectors: type,
// #id, up to three .classes, `*`, and descendant combinators of up to four such compounds; lists with commas. Rules
// with anything else (>, +, ~, :, [) are left out.
// @media blocks count when a desktop screen 1024 px wide in light colours matches them. Sheets act on elements that
// come after them (one pass).
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "html/style.h"

namespace sekisho::html {

struct Subject {          // what a selector looks at; views into the HTML
  std::string_view name;  // element name, any case
  std::string_view id, classes;
};

class Sheet {
 public:
  static constexpr size_t kMaxRules = 4000;

  // `css` must outlive the sheet. Linear in its length. media: the attribute of its <style>.
  void add(std::string_view css, std::string_view media = {});
  bool empty() const { return rules_.empty(); }
  bool limit_hit() const { return limit_hit_; }  // too many rules, or matching cost too much and was stopped

  // The declarations that the rules make for `subject`, merged in the order of the cascade into `out`. `ancestors`
  // answers how many open elements there are and what the i-th one is (0 the outermost), for descendant combinators.
  template <class Ancestors>
  void apply(const Subject& subject, const Ancestors& ancestors, Declared& out) {
    if (rules_.empty()) return;
    collect(subject);
    if (hits_.empty()) return;
    order();
    for (const uint32_t index : hits_) {
      const Rule& rule = rules_[index];
      if (rule.length > 1 && !under(rule, ancestors)) continue;
      out.merge(rule.declared);
    }
  }

 private:
  struct Compound {
    std::string_view name, id;
    std::array<std::string_view, 3> classes;
    bool fits(const Subject&) const;
  };
  struct Rule {
    std::array<Compound, 4> compounds;  // the subject is the last one
    uint8_t length = 0;
    uint32_t weight = 0;  // ids, classes, names
    Declared declared;
  };

  void rule(std::string_view selectors, std::string_view block);
  bool selector(std::string_view text, Rule& out) const;
  void collect(const Subject&);
  void collect(const std::unordered_map<std::string_view, std::vector<uint32_t>>& index, std::string_view key,
               const Subject&);
  void order();
  bool spend(size_t steps);

  template <class Ancestors>
  bool under(const Rule& rule, const Ancestors& ancestors) {
    size_t need = rule.length - 1u;
    const size_t open = ancestors.size();
    if (!spend(open)) return false;
    for (size_t i = open; i > 0 && need > 0; --i)
      if (rule.compounds[need - 1].fits(ancestors[i - 1])) --need;
    return need == 0;
  }

  std::vector<Rule> rules_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> by_id_, by_class_, by_name_;  // names in lower case
  std::vector<uint32_t> hits_;
  std::deque<std::string> kept_;  // unescaped copies and lower-case names that views point into
  size_t budget_ = 5'000'000;     // compound comparisons for the whole page
  bool limit_hit_ = false;
};

}  // namespace sekisho::html
