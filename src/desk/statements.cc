// Takes an analysis, adds statements. Entries: add_statements, choose_points.
#include "desk/statements.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/strings.h"

namespace sekisho::desk {
namespace {

constexpr size_t kMostStatements = 5000;
constexpr size_t kMostStatementBytes = 2000;
constexpr uint32_t kSubjectBytes = 30;  // within which the subject of a sentence begins

// The first letter of the sentence, or of what follows the first comma when the sentence begins with a condition.
struct Starts {
  uint32_t sentence = 0, clause = 0;  // bytes of the article; clause 0: there is none
};

Starts starts_of(const Analysis& a, const DeskContent& desk, const Sentence& s) {
  const std::string_view text = a.text(s);
  size_t first = 0;
  while (first < text.size() && static_cast<unsigned char>(text[first]) < 0x80 && !is_alnum(text[first])) ++first;
  Starts out{static_cast<uint32_t>(s.at + first), 0};
  for (const Word& w : s.words)
    if (desk.words.family(w.intent) == Family::kind_clause && w.at == out.sentence) {
      const size_t comma = text.find(", ");
      if (comma != std::string_view::npos) out.clause = static_cast<uint32_t>(s.at + comma + 2);
    }
  return out;
}

struct Judged {
  Kind kind = Kind::fact;
  std::string why;
  bool confident = false;
};

Judged kind_of(const Analysis& a, const DeskContent& desk, const Sentence& s) {
  const std::string_view text = a.text(s);
  const Starts starts = starts_of(a, desk, s);
  Judged out;
  const Word *hypothesis = nullptr, *advice = nullptr, *person = nullptr, *attacker = nullptr;
  size_t end = text.size();
  while (end > 0 && (text.substr(0, end).ends_with("。") || text[end - 1] == '.' || text[end - 1] == ' '))
    end -= text.substr(0, end).ends_with("。") ? 3 : 1;
  const uint32_t last = s.at + static_cast<uint32_t>(end);
  for (const Word& w : s.words) {
    if (s.quoted(w)) continue;
    const std::string_view name = desk.words.name(w.intent);
    switch (desk.words.family(w.intent)) {
      case Family::kind:
        // "The mail asks customers to …" is no advice.
        if (name == "request" && attacker) break;
        (name == "hypothesis" ? hypothesis : advice) = &w;
        break;
      case Family::kind_attacker:
        if (w.at < s.at + kSubjectBytes) attacker = &w;
        break;
      case Family::kind_if:
        person = &w;
        break;
      case Family::kind_start:
        if (w.at == starts.sentence || (starts.clause && w.at == starts.clause)) advice = &w;
        break;
      case Family::kind_end:
        // A plain verb at the end orders only where the sentence begins by saying whom or when.
        if (w.at + w.length >= last && person) advice = &w;
        break;
      case Family::confidence:
        out.confident = true;
        break;
      default:
        break;
    }
  }
  const Word* decided = advice ? advice : hypothesis;
  if (!decided) return out;
  out.kind = advice ? Kind::advice : Kind::hypothesis;
  out.why = std::string(a.article->text.substr(decided->at, decided->length));
  return out;
}

bool bare(const Analysis& a, const Sentence& s) {
  // A line that is nothing but an indicator, a value of a table, a subject.
  size_t covered = 0;
  for (const uint32_t i : s.indicators) covered += a.indicators[i].length;
  return covered + 4 >= s.length;
}

}  // namespace

bool advises(const Analysis& a, const DeskContent& desk, const Sentence& s) {
  return kind_of(a, desk, s).kind == Kind::advice;
}

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::fact:
      return "fact";
    case Kind::hypothesis:
      return "hypothesis";
    case Kind::advice:
      return "advice";
  }
  return "fact";
}

void add_statements(const Analysis& a, const DeskContent& desk, uint32_t source, const PlaceOf& place, Advisory& out) {
  using Passage = article::Passage;
  const Numbers& n = desk.numbers;
  const char reliability = out.sources[source].reliability;
  for (const Sentence& s : a.sentences) {
    if (out.statements.size() >= kMostStatements) break;
    if (s.passage == Passage::Kind::title || s.passage == Passage::Kind::meta || s.passage == Passage::Kind::heading ||
        s.passage == Passage::Kind::cell || s.passage == Passage::Kind::code || bare(a, s) ||
        a.has(desk, s, Family::order))
      continue;
    const std::string_view text = a.text(s);
    const bool ends = text.ends_with("。") || text.ends_with(".") || text.ends_with("!") || text.ends_with("?") ||
                      text.ends_with("！") || text.ends_with("？") || text.ends_with(".\"") || text.ends_with(".”");
    // What is no sentence (a subject line in a list, "関連：" with a link) says nothing by itself.
    if (!ends && (s.passage == Passage::Kind::item || s.passage == Passage::Kind::quote || s.length < 60 ||
                  !s.indicators.empty()))
      continue;
    if (s.quotes.size() == 1 && s.quotes[0].length + 4 >= s.length) continue;
    const Judged judged = kind_of(a, desk, s);
    Statement st;
    st.kind = judged.kind, st.why = judged.why;
    st.text = std::string(utf8_prefix(text, kMostStatementBytes));
    st.language = a.article->language;
    st.place = place(s.at, s.length);
    st.place.source = source;
    st.reliability = reliability;
    const bool trusted = reliability <= 'B';
    st.credibility = st.kind == Kind::hypothesis ? (judged.confident ? 3 : 4) : trusted ? 2 : 3;
    st.confidence = st.kind == Kind::hypothesis ? (judged.confident ? "moderate" : "low")
                    : trusted                   ? "high"
                                                : "moderate";
    double weight = n.lead_weight * std::exp(-0.35 * s.position);
    std::set<std::string> themes;
    bool asked = false;
    for (const Word& w : s.words) {
      const Family family = desk.words.family(w.intent);
      if (family == Family::theme) themes.emplace(desk.words.name(w.intent));
      asked |= family == Family::asked;
      st.deep |= family == Family::deep;
    }
    // Ids of theme intents carry no prefix.
    double strongest = 0;
    for (const std::string& id : themes)
      if (const Theme* t = desk.theme(id)) strongest = std::max(strongest, t->weight), st.themes.push_back(id);
    weight += strongest + 0.3 * static_cast<double>(themes.empty() ? 0 : themes.size() - 1);
    weight += n.asked * asked + n.brand * !s.brands.empty();
    weight += n.indicator * std::ranges::any_of(s.indicators, [&](uint32_t i) {
                return a.indicators[i].role == article::Role::malicious;
              });
    for (const char c : text)
      if (is_digit(c)) {
        weight += n.number;
        break;
      }
    st.weight = weight;
    // A guess that speaks of no attack has no technique.
    if (st.kind == Kind::fact || (st.kind == Kind::hypothesis && !st.themes.empty()))
      for (const attack::Suggestion& suggestion : desk.attack.suggest(text, 3)) {
        if (suggestion.probability < n.technique_least) continue;
        const attack::Technique& known = desk.attack.techniques()[suggestion.technique];
        Technique t;
        t.id = known.id, t.name = known.name, t.tactics = known.tactics;
        t.probability = std::round(suggestion.probability * 1000) / 1000;
        t.literal = text.find(known.id) != std::string_view::npos;
        for (const auto& e : suggestion.evidence) t.evidence.emplace_back(text.substr(e.at, e.length));
        st.techniques.push_back(std::move(t));
      }
    out.statements.push_back(std::move(st));
  }
}

void choose_points(const Numbers& numbers, Advisory& out) {
  const auto choose = [&](int64_t most, auto wanted) {
    std::vector<uint32_t> order;
    for (uint32_t i = 0; i < out.statements.size(); ++i)
      if (wanted(out.statements[i])) order.push_back(i);
    std::ranges::stable_sort(order, std::greater<>{}, [&](uint32_t i) { return out.statements[i].weight; });
    // The same sentence from two sources is one point.
    std::vector<uint32_t> kept;
    for (const uint32_t i : order) {
      if (static_cast<int64_t>(kept.size()) >= most) break;
      if (std::ranges::none_of(kept, [&](uint32_t k) { return out.statements[k].text == out.statements[i].text; }))
        kept.push_back(i);
    }
    std::ranges::sort(kept);
    return kept;
  };
  out.key_points = choose(numbers.key_points, [](const Statement& s) { return s.kind == Kind::fact; });
  out.deep_dive = choose(numbers.deep_dive, [&](const Statement& s) {
    return s.kind == Kind::hypothesis || (s.kind == Kind::fact && s.deep);
  });
}

}  // namespace sekisho::desk
