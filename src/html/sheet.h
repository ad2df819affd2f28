// The rules of <style> elements that can make text seen or unseen, and their cascade onto an element. Selectors: type,
// #id, up to three .classes, up to two [attribute] tests, `*`, up to four such compounds with combinators (descendant,
// >, +, ~); lists with commas. Rules with anything else (pseudo-classes) are left out.
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

// Which left parts of `a ~ b` and `a + b` fit the elements before one, in the same parent: a bit for each such part.
struct Elders {
  uint64_t all = 0, last = 0;  // last: the one right before it
};

struct Subject {          // what a selector looks at; views into the HTML
  std::string_view name;  // element name, any case
  std::string_view id, classes;
  std::string_view attributes = {};  // all of them, as written in the tag
  Elders elders = {};
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
      if (rule.length > 1 && !left_of(rule, rule.length - 1u, subject, ancestors, ancestors.size())) continue;
      out.merge(rule.declared);
    }
  }

  // For an element that has just been met: the bits that it adds to the Elders of those after it.
  bool asks_for_elders() const { return !lefts_.empty(); }
  template <class Ancestors>
  uint64_t left_parts(const Subject& subject, const Ancestors& ancestors) {
    uint64_t out = 0;
    for (size_t bit = 0; bit < lefts_.size() && spend(cost_of(subject)); ++bit) {
      const Rule& rule = rules_[lefts_[bit].rule];
      const size_t part = lefts_[bit].part;
      if (rule.compounds[part].fits(subject) && left_of(rule, part, subject, ancestors, ancestors.size()))
        out |= uint64_t{1} << bit;
    }
    return out;
  }

 private:
  struct Test {  // [name how value]
    std::string_view name, value;
    char how = 0;  // 0: it is there; '=', or what stands before it: ~ | ^ $ *
    bool any_case = false;
    bool fits(const Subject&) const;
  };
  struct Compound {
    std::string_view name, id;
    std::array<std::string_view, 3> classes;
    std::array<const Test*, 2> tests{};  // in tests_
    uint8_t tested = 0;
    char combinator = ' ';   // between this one and the next: blank, >, +, ~
    uint8_t left_bit = 255;  // of a part before + or ~, in Elders
    bool fits(const Subject&) const;
  };
  struct Left {
    uint32_t rule, part;
  };
  struct Rule {
    std::array<Compound, 4> compounds;  // the subject is the last one
    uint8_t length = 0;
    uint32_t weight = 0;  // ids, classes, names
    Declared declared;
  };

  void rule(std::string_view selectors, std::string_view block);
  bool selector(std::string_view text, Rule& out);
  bool attribute_test(std::string_view text, size_t& at, Compound& out);
  void collect(const Subject&);
  void collect(const std::unordered_map<std::string_view, std::vector<uint32_t>>& index, std::string_view key,
               const Subject&);
  void order();
  bool spend(size_t steps);
  // Of one look at it: its lists of classes and attributes may be long.
  static size_t cost_of(const Subject& s) { return 1 + s.classes.size() / 16 + s.attributes.size() / 16; }

  // Whether what stands left of a compound that fits `here` holds too. `above`: how many ancestors it has. Goes back to
  // try another ancestor at most three times deep.
  template <class Ancestors>
  bool left_of(const Rule& rule, size_t part, const Subject& here, const Ancestors& ancestors, size_t above) {
    if (part == 0) return true;
    const Compound& left = rule.compounds[part - 1];
    if (left.combinator == '+') return here.elders.last >> left.left_bit & 1u;
    if (left.combinator == '~') return here.elders.all >> left.left_bit & 1u;
    const bool child = left.combinator == '>';
    for (size_t i = above; i > (child && above > 0 ? above - 1 : 0); --i) {
      const Subject up = ancestors[i - 1];
      if (!spend(cost_of(up))) return false;
      if (left.fits(up) && !(child && implied_between(up.name, here.name)) &&
          left_of(rule, part - 1, up, ancestors, i - 1))
        return true;
    }
    // <html> is above all and not on the stack.
    return part == 1 && (!child || above == 0) && left.fits({"html", {}, {}, {}, {}});
  }
  static bool implied_between(std::string_view parent, std::string_view child);  // <tbody> or <tr>, left out

  std::vector<Rule> rules_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> by_id_, by_class_, by_name_;  // names in lower case
  std::deque<Test> tests_;
  std::vector<Left> lefts_;  // at most 64; rules that would need more are left out
  std::vector<uint32_t> hits_;
  std::deque<std::string> kept_;  // unescaped copies and lower-case names that views point into
  size_t budget_ = 5'000'000;     // compound comparisons for the whole page
  bool limit_hit_ = false;
};

}  // namespace sekisho::html
