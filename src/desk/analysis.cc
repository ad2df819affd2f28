// Takes an article, gives its sentences with all that stands in them. Entry: analyse. One pass for each kind of thing;
// what was found is dealt out to the sentences by place.
#include "desk/analysis.h"

#include <algorithm>

#include "text/normalize.h"

namespace sekisho::desk {
namespace {

constexpr size_t kMostSentences = 20'000;

// Japanese and English quotation marks; the straight one opens and closes.
constexpr std::pair<std::string_view, std::string_view> kQuotes[] = {{"「", "」"}, {"『", "』"}, {"“", "”"},
                                                                     {"\"", "\""}, {"«", "»"},   {"【", "】"}};

std::vector<article::Range> quotes_of(std::string_view text, uint32_t at) {
  std::vector<article::Range> out;
  for (size_t i = 0; i < text.size();) {
    size_t next = i + 1;
    for (const auto& [open, close] : kQuotes) {
      if (!text.substr(i).starts_with(open)) continue;
      const size_t end = text.find(close, i + open.size());
      if (end == std::string_view::npos) break;
      if (open != "【")  // lenticular brackets belong to the subject line that they begin
        out.push_back({static_cast<uint32_t>(at + i), static_cast<uint32_t>(end + close.size() - i)});
      next = end + close.size();
      break;
    }
    i = next;
  }
  return out;
}

void find_brands(Analysis& out, const brand::Brands& brands) {
  const text::Normalized normal = text::normalize(out.article->text);
  const brand::Mentions mentions = brands.mentions(normal.text, 2000);
  for (const brand::Mention& m : mentions.names) {
    if (m.ambiguous && !mentions.has_context(m.brand)) continue;
    const uint32_t from = normal.source_offset(m.offset), to = normal.source_offset(m.offset + m.length);
    out.brands.push_back({m.brand, from, to - from, false});
  }
  std::ranges::sort(out.brands, {}, [](const BrandHit& b) { return std::pair(b.at, ~b.length); });
  // The longest name counts: "Microsoft Teams" names no second brand.
  std::vector<BrandHit> kept;
  for (const BrandHit& b : out.brands)
    if (kept.empty() || b.at >= kept.back().at + kept.back().length) kept.push_back(b);
  out.brands = std::move(kept);
}

template <class T>
void deal(const std::vector<T>& things, std::vector<Sentence>& sentences, std::vector<uint32_t> Sentence::* into) {
  size_t s = 0;
  for (uint32_t i = 0; i < things.size(); ++i) {
    while (s < sentences.size() && sentences[s].at + sentences[s].length <= things[i].at) ++s;
    if (s == sentences.size()) break;
    if (things[i].at >= sentences[s].at) (sentences[s].*into).push_back(i);
  }
}

}  // namespace

bool Sentence::quoted(const Word& word) const {
  return std::ranges::any_of(
      quotes, [&](const article::Range& q) { return word.at >= q.at && word.at + word.length <= q.at + q.length; });
}

bool Analysis::has(const DeskContent& desk, const Sentence& s, Family family) const {
  return std::ranges::any_of(s.words, [&](const Word& w) { return desk.words.family(w.intent) == family; });
}

Analysis analyse(const article::Article& article, const AnalysisContext& context) {
  Analysis out;
  out.article = &article;
  const DeskContent& desk = *context.desk;
  uint32_t position = 1;
  for (const article::Passage& p : article.passages) {
    if (out.sentences.size() >= kMostSentences) break;
    const bool title = p.kind == article::Passage::Kind::title;
    for (const article::Range& r :
         article::sentences(article.text, {p.at, p.length}, kMostSentences - out.sentences.size(), &desk.reading)) {
      Sentence s;
      s.at = r.at, s.length = r.length, s.passage = p.kind, s.is_title = title;
      s.position = title || p.kind == article::Passage::Kind::meta ? 0 : position++;
      s.quotes = quotes_of(std::string_view(article.text).substr(r.at, r.length), r.at);
      out.sentences.push_back(std::move(s));
    }
  }
  const std::vector<Word> words = desk.words.find(article.text);
  size_t s = 0;
  for (const Word& w : words) {
    while (s < out.sentences.size() && out.sentences[s].at + out.sentences[s].length <= w.at) ++s;
    if (s == out.sentences.size()) break;
    if (w.at >= out.sentences[s].at && w.at + w.length <= out.sentences[s].at + out.sentences[s].length)
      out.sentences[s].words.push_back(w);
  }
  article::IndicatorContext ic;
  ic.cues = &desk.roles, ic.brands = context.brands, ic.suffixes = context.suffixes, ic.article = &article;
  ic.own_domains = context.own_domains;
  out.indicators = article::find_indicators(article.text, ic);
  // What an order to the machine says of a host is nothing that the article says: such a place neither makes it genuine
  // nor anything else (docs/advisory.md, "Orders in the text").
  const auto ordered = [&](const article::Indicator& i) {
    return std::ranges::any_of(out.sentences, [&](const Sentence& each) {
      return i.at >= each.at && i.at < each.at + each.length && out.has(desk, each, Family::order);
    });
  };
  std::vector<article::Indicator> said;
  for (const article::Indicator& i : out.indicators)
    if (!ordered(i)) said.push_back(i);
  for (article::Indicator& i : out.indicators) {
    if (said.size() == out.indicators.size() || !ordered(i)) continue;
    const auto it = std::ranges::find_if(said, [&](const auto& o) { return o.type == i.type && o.value == i.value; });
    if (it != said.end()) i.role = it->role, i.why = it->why;
    else if (i.role != article::Role::partial)
      i.role = article::Role::reference, i.why = "in an order to the reader's program";
  }
  deal(out.indicators, out.sentences, &Sentence::indicators);
  if (context.brands) {
    find_brands(out, *context.brands);
    // A name inside an indicator (a host, an address) is not the brand spoken of.
    std::erase_if(out.brands, [&](const BrandHit& b) {
      const auto it =
          std::ranges::upper_bound(out.indicators, b.at, {}, [](const article::Indicator& i) { return i.at; });
      return it != out.indicators.begin() && b.at < std::prev(it)->at + std::prev(it)->length;
    });
    // Who only speaks of it, or only carried it: the word for that stands right behind the name.
    for (BrandHit& b : out.brands)
      b.bystander = std::ranges::any_of(words, [&](const Word& w) {
        return desk.words.family(w.intent) == Family::after_brand && w.at >= b.at + b.length &&
               w.at <= b.at + b.length + 4;
      });
    deal(out.brands, out.sentences, &Sentence::brands);
  }
  out.dates = article::find_dates(article.text, article.published, 1000, &desk.reading);
  return out;
}

}  // namespace sekisho::desk
