// Takes a notice in Japanese and the same in English, reports where they say different things: days, weekdays, times,
// numbers, steps, "do" against "do not", contacts, rank, priority, parts, organisation. Entry: lint_pair. Refuses
// nothing.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/strings.h"
#include "notice/lint.h"

namespace sekisho::notice {
namespace {

bool apart(const Block& b) { return b.section == Word::head_reference || b.head == Word::head_reference; }

struct Pair {
  const Lint& lint;
  const Part& ja;
  const Part& en;
  const Part& half(int language) const { return language == 1 ? ja : en; }
};

struct DayAt {
  const FoundDay* day;
  const Block* block;
};

std::vector<DayAt> days_of_part(const Part& p, bool references) {
  std::vector<DayAt> out;
  for (const Block& b : p.blocks)
    if (apart(b) == references)
      for (const FoundDay& d : b.days.days) out.push_back({&d, &b});
  return out;
}

bool same(const FoundDay& a, const FoundDay& b) {
  if (a.day && !b.day) return false;  // a month alone says less than a day
  if ((a.day != b.day && a.day && b.day) || (a.month && b.month && a.month != b.month)) return false;
  return !a.year || !b.year || a.year == b.year;
}

void days(const Pair& pair) {
  for (const bool references : {false, true}) {
    const std::vector<DayAt> both[2] = {days_of_part(pair.en, references), days_of_part(pair.ja, references)};
    // Each half may name sources of its own.
    if (references && both[0].size() != both[1].size()) continue;
    // Months alone ("in October") count only when either language has one that the other lacks.
    size_t months[2] = {0, 0};
    for (int l = 0; l < 2; ++l)
      for (const DayAt& d : both[l])
        months[l] +=
            !d.day->day && std::ranges::none_of(both[1 - l], [&](const DayAt& o) { return same(*d.day, *o.day); });
    for (int l = 0; l < 2; ++l)
      for (const DayAt& d : both[l])
        if ((d.day->day || (months[0] && months[1])) &&
            std::ranges::none_of(both[1 - l], [&](const DayAt& o) { return same(*d.day, *o.day); }))
          pair.lint.add("dates_differ", "this date does not stand in the other language",
                        "この日付がもう一方の言語にありません", d.block->span(d.day->at, d.day->length), &pair.half(l));
  }
  // Weekdays, with and without a day.
  std::set<int> named[2];
  std::pair<const Block*, Stretch> first[2][7] = {};
  for (int l = 0; l < 2; ++l)
    for (const Block& b : pair.half(l).blocks) {
      if (apart(b)) continue;
      const auto add = [&](int w, const Stretch& s) {
        if (w < 0 || w > 6) return;
        if (named[l].insert(w).second) first[l][w] = {&b, s};
      };
      for (const FoundDay& d : b.days.days) add(d.weekday, d);
      for (const FoundWeekday& w : b.days.weekdays) add(w.weekday, w);
    }
  if (named[0].empty() || named[1].empty()) return;
  for (int l = 0; l < 2; ++l)
    for (const int w : named[l])
      if (!named[1 - l].contains(w))
        pair.lint.add("dates_differ", "this weekday does not stand in the other language",
                      "この曜日がもう一方の言語にありません",
                      first[l][w].first->span(first[l][w].second.at, first[l][w].second.length), &pair.half(l));
}

struct NumberAt {
  FoundNumber number;
  const Block* block;
};

bool same(const FoundNumber& a, const FoundNumber& b) {
  const auto near = [](double x, double y) { return std::abs(x - y) < 1e-6 * std::max(1.0, std::abs(x)); };
  const double day = a.kind == FoundNumber::Kind::time ? 1440 : 0;  // 24:00 is 0:00
  return a.kind == b.kind &&
         (near(a.value, b.value) || (day && near(a.value, b.value + day)) || (day && near(a.value + day, b.value)));
}

void numbers(const Pair& pair) {
  std::vector<NumberAt> both[2];
  size_t times[2] = {0, 0};
  for (int l = 0; l < 2; ++l)
    for (const Block& b : pair.half(l).blocks) {
      if (apart(b) || b.kind == Block::Kind::heading) continue;
      for (const FoundNumber& n : b.numbers) {
        constexpr size_t kMost = 300;
        if (both[l].size() < kMost) both[l].push_back({n, &b});
        times[l] += n.kind == FoundNumber::Kind::time;
      }
    }
  std::vector<const NumberAt*> loose[2];  // in words, and not in the other language
  for (int l = 0; l < 2; ++l)
    for (const NumberAt& n : both[l]) {
      if (std::ranges::any_of(both[1 - l], [&](const NumberAt& o) { return same(n.number, o.number); })) continue;
      if (n.number.kind == FoundNumber::Kind::time && times[1 - l] == 0) continue;
      if (n.number.hard)
        pair.lint.add("numbers_differ", "this number does not stand in the other language",
                      "この数がもう一方の言語にありません", n.block->span(n.number.at, n.number.length), &pair.half(l));
      else if (n.number.value >= 2) loose[l].push_back(&n);
    }
  for (int l = 0; l < 2; ++l)
    if (!loose[0].empty() && !loose[1].empty())
      for (const NumberAt* n : loose[l])
        pair.lint.add("numbers_differ", "this number does not stand in the other language",
                      "この数がもう一方の言語にありません", n->block->span(n->number.at, n->number.length),
                      &pair.half(l));
}

// What a step is about, and what it says not to do.
struct Meaning {
  std::set<size_t> concepts;
  std::set<size_t> to_do, not_to_do;  // of those for which it matters
};

Meaning meaning(const Lint& lint, const Block& b, int language) {
  Meaning out;
  for (const Stretch& s : b.sentences)
    for (const Hit& h : hits_in(b, s, Word::concept_)) {
      if (!lint.words.concepts[h.index].topic) continue;
      out.concepts.insert(h.index);
      if (!lint.words.concepts[h.index].polar) continue;
      (negated(b, s, h, language) ? out.not_to_do : out.to_do).insert(h.index);
    }
  return out;
}

bool share(const std::set<size_t>& a, const std::set<size_t>& b) {
  return std::ranges::any_of(a, [&](size_t x) { return b.contains(x); });
}

void steps(const Pair& pair) {
  const std::vector<const Block*> both[2] = {pair.en.steps(), pair.ja.steps()};
  if (both[0].size() != both[1].size()) {
    const int more = both[0].size() > both[1].size() ? 0 : 1;
    const size_t fewer = std::min(both[0].size(), both[1].size());
    pair.lint.add(
        "actions_differ",
        std::to_string(both[0].size()) + " steps in English, " + std::to_string(both[1].size()) + " in Japanese",
        "対応の数が違います: 日本語" + std::to_string(both[1].size()) + "件、英語" + std::to_string(both[0].size()) +
            "件",
        both[more][fewer]->span(), &pair.half(more));
    return;
  }
  std::vector<Meaning> meanings[2];
  for (int l = 0; l < 2; ++l)
    for (const Block* b : both[l]) meanings[l].push_back(meaning(pair.lint, *b, l));
  // Two steps that name the same contact or number are one, in whatever words.
  const auto value_shared = [&](size_t i) {
    for (const FoundContact& x : both[0][i]->contacts)
      for (const FoundContact& y : both[1][i]->contacts)
        if (x.value == y.value) return true;
    for (const FoundNumber& x : both[0][i]->numbers)
      for (const FoundNumber& y : both[1][i]->numbers)
        if (x.hard && same(x, y)) return true;
    return false;
  };
  // A step that speaks of nothing that any step of the other language speaks of.
  for (int l = 0; l < 2; ++l)
    for (size_t i = 0; i < both[l].size(); ++i) {
      const Meaning& m = meanings[l][i];
      const bool elsewhere =
          std::ranges::any_of(meanings[1 - l], [&](const Meaning& o) { return share(m.concepts, o.concepts); });
      const Meaning& beside = meanings[1 - l][i];
      const bool beside_apart =
          m.concepts.size() >= 2 && beside.concepts.size() >= 2 && !share(m.concepts, beside.concepts);
      if (value_shared(i)) continue;
      if ((m.concepts.size() >= 2 && !elsewhere && !beside.concepts.empty()) || (beside_apart && l == 1)) {
        pair.lint.add("actions_differ", "this step is another one in the other language",
                      "この対応がもう一方の言語と一致しません", both[l][i]->span(), &pair.half(l));
        return;
      }
    }
}

// What is said not to be done in one language and only to be done in the other, wherever it stands.
void promises(const Pair& pair) {
  std::set<size_t> to_do[2], not_to_do[2];
  std::map<size_t, const Block*> first[2];  // where it is said to be done
  for (int l = 0; l < 2; ++l)
    for (const Block& b : pair.half(l).blocks) {
      if (apart(b)) continue;
      const Meaning m = meaning(pair.lint, b, l);
      for (const size_t c : m.to_do) first[l].try_emplace(c, &b);
      to_do[l].insert(m.to_do.begin(), m.to_do.end());
      not_to_do[l].insert(m.not_to_do.begin(), m.not_to_do.end());
    }
  for (size_t c = 0; c < pair.lint.words.concepts.size(); ++c)
    for (int l = 0; l < 2; ++l)
      if (pair.lint.words.concepts[c].everywhere && not_to_do[l].contains(c) && !not_to_do[1 - l].contains(c) &&
          to_do[1 - l].contains(c))
        pair.lint.add("negation_differs", "one language says that it is not done, the other that it is",
                      "一方の言語では否定、もう一方では肯定になっています", first[1 - l].at(c)->span(),
                      &pair.half(1 - l));
}

void contacts(const Pair& pair) {
  using Kind = FoundContact::Kind;
  for (const Kind kind : {Kind::email, Kind::phone, Kind::extension, Kind::channel}) {
    std::set<std::string> both[2];
    const Block* where[2] = {nullptr, nullptr};
    for (int l = 0; l < 2; ++l)
      for (const Block& b : pair.half(l).blocks)
        if (!apart(b))
          for (const FoundContact& c : b.contacts)
            if (c.kind == kind) {
              both[l].insert(c.value);
              where[l] = &b;
            }
    if (both[0].empty() || both[1].empty() || both[0] == both[1]) continue;
    pair.lint.add("contact_differs", "the contact is another one in the other language", "連絡先が言語によって違います",
                  where[0]->span(), &pair.en);
  }
}

void parts(const Pair& pair) {
  for (const Word head : {Word::head_overview, Word::head_scope, Word::head_actions, Word::head_reference,
                          Word::head_priority, Word::head_deadline, Word::head_contact, Word::head_rank}) {
    bool there[2] = {false, false};
    size_t items[2] = {0, 0};
    for (int l = 0; l < 2; ++l)
      for (const Block& b : pair.half(l).blocks) {
        there[l] |= b.head == head;
        items[l] += b.kind == Block::Kind::item && b.section == head;
      }
    // Deadline and contact may stand in a sentence.
    const bool line = head == Word::head_deadline || head == Word::head_contact || head == Word::head_actions ||
                      head == Word::head_overview;
    if (there[0] != there[1] && !line) {
      const int l = there[0] ? 1 : 0;
      pair.lint.add(head == Word::head_reference ? "no_source" : "parts_differ",
                    "a part of the other language is missing here", "もう一方の言語にある項目がありません",
                    {pair.half(l).begin, 1}, &pair.half(l));
    }
    if (head == Word::head_scope && there[0] && there[1] && items[0] != items[1])
      pair.lint.add("parts_differ", "the scope has more items in one language",
                    "影響範囲の項目数が言語によって違います", {pair.en.begin, 1}, &pair.en);
  }
}

void ranks(const Pair& pair) {
  const std::vector<Claim> both[2] = {claims(pair.lint, pair.en), claims(pair.lint, pair.ja)};
  for (const Claim::Kind kind : {Claim::Kind::rank, Claim::Kind::priority, Claim::Kind::horizon}) {
    const auto of = [&](int l) { return std::ranges::find(both[l], kind, &Claim::kind); };
    const auto e = of(0), j = of(1);
    if (e == both[0].end() || j == both[1].end()) continue;
    const bool differ = kind == Claim::Kind::priority ? e->index != j->index : (e->ranks & j->ranks) == 0;
    if (differ)
      pair.lint.add("rank_differs", "rank, horizon or priority is another one in the other language",
                    "ランク・対応時期・優先度が言語によって違います", e->span, &pair.en);
  }
}

// Names in Latin letters by which the Japanese half says who writes; initials of departments are none.
void organisation(const Pair& pair) {
  std::string english;
  for (const Block& b : pair.en.blocks) (english += b.text()) += '\n';
  for (const Block& b : pair.ja.blocks) {
    const bool issuer = b.kind == Block::Kind::key && b.head == Word::head_issuer;
    if (b.kind != Block::Kind::paragraph && !issuer) continue;
    for (const Stretch& s : b.sentences) {
      if (!issuer && hits_in(b, s, Word::issuer_cue).empty()) continue;
      const std::string_view t = b.text().substr(s.at, s.length);
      constexpr size_t kName = 6;
      for (size_t i = issuer ? std::min<size_t>(b.value_at - std::min(b.value_at, s.at), t.size()) : 0; i < t.size();) {
        if (!is_alpha(t[i])) {
          ++i;
          continue;
        }
        size_t e = i;
        while (e < t.size() && (is_alnum(t[e]) || t[e] == ' ' || t[e] == '-' || t[e] == '&')) ++e;
        const std::string_view name = trim(t.substr(i, e - i));
        const bool address = e < t.size() && (t[e] == '@' || t[e] == '.');
        if (name.size() >= kName && !address && english.find(name) == std::string::npos) {
          pair.lint.add("organisation_differs", "the organisation is another one in the other language",
                        "組織名が言語によって違います",
                        b.span(s.at + static_cast<uint32_t>(i), static_cast<uint32_t>(name.size())), &pair.ja);
          return;
        }
        i = e;
      }
    }
  }
}

}  // namespace

void lint_pair(const Lint& lint, const Part& ja, const Part& en) {
  const Pair pair{lint, ja, en};
  days(pair);
  numbers(pair);
  steps(pair);
  promises(pair);
  contacts(pair);
  parts(pair);
  ranks(pair);
  organisation(pair);
}

}  // namespace sekisho::notice
