// Takes a host, gives the brand that it resembles with the features that say so and their sum. Entries: Judge::make,
// Judge::judge. Says nothing of hosts that a brand owns or uses.
#include "brand/judge.h"

#include <algorithm>

#include "brand/host_text.h"
#include "brand/index.h"
#include "brand/search.h"
#include "net/label_table.h"

namespace sekisho::brand {
namespace {

constexpr uint32_t kAnybody = 1, kCustomers = 2;
// Bits a letter; words of the packs have some 3.5, random letters 5.
constexpr double kUnlikely = 4.6, kVeryUnlikely = 5.4;

struct Named {  // what a candidate and its host add up to
  std::array<Feature, Judgement::kMostFeatures> of;
  uint8_t count = 0;
  void add(Feature f) {
    if (count < of.size()) of[count++] = f;
  }
};

}  // namespace

struct Judge::Impl {
  const Brands* brands = nullptr;
  const net::PublicSuffixes* suffixes = nullptr;
  Words words;
  TokenIndex index;
  Weights weights;
  std::vector<std::string> tlds;  // feature kFixed + i
  std::vector<float> tld_weights;
  StringMap<uint16_t> tld_by_name;
  net::LabelTable domains;    // every domain of a brand
  net::LabelTable platforms;  // suffixes: kAnybody, kCustomers

  float weight(Feature f) const {
    return f < feature::kFixed ? weights.of[f] : tld_weights[static_cast<size_t>(f - feature::kFixed)];
  }
  void know(const Brands& all) {
    brands = &all;
    index = TokenIndex::make(all.all(), words, *suffixes);
    domains = {};
    for (const Brand& b : all.all())
      for (const auto* list : {&b.owned, &b.cdn, &b.senders})
        for (const std::string& d : *list) domains.add(d, 1);
    domains.build();
  }
  void weigh(Weights by) {
    tlds.clear();
    tld_weights.clear();
    tld_by_name.clear();
    for (const auto& [tld, weight] : by.tlds) tlds.push_back(tld);
    std::ranges::sort(tlds);
    for (const std::string& tld : tlds) {
      tld_by_name.emplace(tld, static_cast<uint16_t>(tld_weights.size()));
      tld_weights.push_back(by.tlds.find(tld)->second);
    }
    weights = std::move(by);
  }
  Judgement judge(HostText& host) const;
  bool spells_domain(const HostText& host, size_t from) const;
  bool part_of_another(const Found& found, size_t i) const;
  void judge_shape(const HostText& host, const Found& found, Named& out) const;
  Operator stand(const HostText& host, const Found& found, const Candidate& c, Named& out) const;
  bool in_words(const HostText& host, size_t begin, size_t end) const;
};

namespace {

Judgement::State state_of(HostText::State s) {
  switch (s) {
    case HostText::State::address:
      return Judgement::State::address;
    case HostText::State::too_long:
      return Judgement::State::too_long;
    case HostText::State::name:
      return Judgement::State::nothing;
    default:
      return Judgement::State::malformed;
  }
}

size_t piece_of(const HostText& host, size_t at) {
  size_t p = 0;
  while (p + 1 < host.pieces_count && host.pieces[p + 1].begin <= at) ++p;
  return p;
}

bool digits(const HostText& host, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i)
    if (!is_digit(host.host[host.from[i]])) return false;
  return true;
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

}  // namespace

// Whether a run is made of lure words and digits only: which places can be reached from its beginning, word by word.
bool Judge::Impl::in_words(const HostText& host, size_t begin, size_t end) const {
  constexpr size_t kLongestWord = 20;
  std::array<bool, HostText::kMost + 3> reached{};
  reached[begin] = true;
  for (size_t i = begin; i < end; ++i) {
    if (!reached[i]) continue;
    if (is_digit(host.host[host.from[i]])) reached[i + 1] = true;
    for (size_t s = i + 2; s <= std::min(end, i + kLongestWord); ++s)
      if (!reached[s] && (index.word(host, i, s) & (kLure | kRegistry)) != 0) reached[s] = true;
  }
  return reached[end];
}

// How a candidate stands in its piece and label.
Operator Judge::Impl::stand(const HostText& host, const Found& found, const Candidate& c, Named& out) const {
  using namespace feature;
  const TokenEntry& token = index[c.token];
  const size_t p = piece_of(host, c.begin), last = piece_of(host, c.end - 1U);
  const Piece& piece = host.pieces[p];
  const Piece& end_piece = host.pieces[last];
  Operator how = c.how;
  unsigned lures = 0, others = 0;
  bool short_other = false, unlikely = false;
  const bool left = c.begin > piece.begin, right = c.end < end_piece.end;
  const bool left_digits = left && digits(host, piece.begin, c.begin),
             right_digits = right && digits(host, c.end, end_piece.end);
  if (left && !left_digits) ++(in_words(host, piece.begin, c.begin) ? lures : others);
  if (right && !right_digits) ++(in_words(host, c.end, end_piece.end) ? lures : others);
  if (how == Operator::within && others == 0) how = lures > 0 ? Operator::worded : Operator::whole;
  if (how == Operator::worded && others > 0) how = Operator::within;
  if (how == Operator::worded && lures == 0) how = Operator::whole;
  if (left_digits || right_digits) out.add(digits_beside);
  if (how == Operator::within) {
    const size_t share = (c.end - c.begin) * 100U / (end_piece.end - piece.begin);
    if (share >= 67) out.add(covers_most);
    if (share < 40) out.add(covers_little);
    if (!left) out.add(at_start);
    if (!right) out.add(at_end);
  }
  const Place place = piece.label < host.labels ? Place::subdomain
                      : host.private_suffix     ? Place::platform
                                                : Place::label;
  out.add(of_length(how, token.text.size()));
  out.add(of_place(how, place));
  if (c.edit != Edit::none && c.edit != Edit::farther) {
    out.add(static_cast<Feature>(kFirstEdit + static_cast<unsigned>(c.edit)));
    if (host.text[c.begin] != token.text[0]) out.add(first_differs);
  }
  if (how >= Operator::edited_two && how <= Operator::spelled) {
    const double kept = order_kept(token.text, host.view().substr(c.begin, static_cast<size_t>(c.end - c.begin)));
    if (kept >= 0.8) out.add(order_kept_most);
    if (kept < 0.6) out.add(order_kept_little);
  }
  if (token.danger == Danger::medium) out.add(danger_medium);
  if (token.danger == Danger::low) out.add(danger_low);
  // Folded: the letters that stand there are others.
  const bool seen = host.idn && piece.label < host.idn_labels.size() && host.idn_labels[piece.label];
  if (c.edit == Edit::none) {
    size_t at = 0, letters = 0;
    bool other = false;
    const size_t stop = c.end < host.size && !host.at_edge(c.end) ? host.from[c.end] : host.from[c.end - 1U] + 2U;
    for (size_t i = host.from[c.begin]; i < stop && i < host.host_size && host.host[i] != '.'; ++i) {
      if (!is_alnum(host.host[i])) continue;
      ++letters;
      other |= at >= token.raw.size() || host.host[i] != token.raw[at];
      if (++at >= token.raw.size() && !other) break;
    }
    other |= seen;
    if (other && token.text.size() >= 4) {
      out.add(how == Operator::within ? confusable_within : confusable_whole);
      if (letters > token.raw.size()) out.add(confusable_pair);
    }
  }
  // What stands beside it in the label.
  bool after = false, elsewhere = false, glued = false, outside = false;
  for (size_t q = 0; q < host.pieces_count; ++q) {
    const Piece& o = host.pieces[q];
    const bool inside = q >= p && q <= last;
    const bool pair = q + 1 < host.pieces_count && o.end - o.begin <= 3 &&
                      (index.word(host, o.begin, host.pieces[q + 1].end) & kRegistry) != 0;
    const bool registry = !inside && ((found.words[q] & kRegistry) != 0 || pair);
    if (registry) (q == last + 1 ? after : elsewhere) = true;
    if (inside) continue;
    if (o.label != piece.label) {
      if (o.end - o.begin == 2 && q == last + 1 && (found.words[q] & kRegistry) != 0) after = true;
      outside |= (found.words[q] & kLure) != 0 && o.label > 0;
      continue;
    }
    if (registry || digits(host, o.begin, o.end)) continue;
    if ((found.words[q] & (kLure | kOfWords)) != 0) {
      ++lures;
    } else {
      ++others;
      const std::string_view text = host.view().substr(o.begin, static_cast<size_t>(o.end - o.begin));
      if (text.size() <= 2) short_other = true;
      else unlikely |= index.surprise(text) > kUnlikely;
    }
  }
  if (right && !right_digits)
    for (size_t s = c.end; s + 3 <= end_piece.end; ++s) glued |= (index.word(host, s, end_piece.end) & kRegistry) != 0;
  if (after) out.add(registry_after);
  if (elsewhere && !after) out.add(registry_elsewhere);
  if (glued) out.add(registry_glued);
  if (lures == 1) out.add(word_beside);
  if (lures > 1) out.add(words_beside);
  if (lures == 0 && outside) out.add(word_elsewhere);
  if (how != Operator::within && others == 1) out.add(other_beside);
  if (others > 1) out.add(others_beside);
  if (short_other) out.add(other_short);
  if (unlikely) out.add(other_unlikely);
  if (place == Place::subdomain) {
    const bool first = p == 0 || host.pieces[p - 1].label != piece.label;
    if (first && (last + 1 == host.pieces_count || host.pieces[last + 1].label != piece.label) && !left && !right)
      out.add(fills_label);
    const bool www = host.host_view().starts_with("www");
    if (piece.label == 0) out.add(leftmost);
    if (piece.label == 1 && www && host.pieces[0].end - host.pieces[0].begin <= 5) out.add(www_before);
  }
  const bool fills = others == 0 && lures == 0 && p == last && (p == 0 || host.pieces[p - 1].label != piece.label) &&
                     (last + 1 == host.pieces_count || host.pieces[last + 1].label != piece.label);
  if (token.owned_label && fills && !seen && place != Place::subdomain && c.edit == Edit::none) out.add(owned_label);
  return how;
}

// Whether a brand's domain stands before the registrable one, from the label at `from` on.
bool Judge::Impl::spells_domain(const HostText& host, size_t from) const {
  const std::string_view name = host.host_view();
  const size_t dot = name.rfind('.', from), begin = dot == std::string_view::npos ? 0 : dot + 1,
               end = name.size() - host.registrable;
  size_t labels = 0;
  for (size_t stop = name.find('.', from); stop < end && ++labels < 8; stop = name.find('.', stop + 1))
    if (domains.exact(name.substr(begin, stop - begin)) != 0) return true;
  return false;
}

// "smbc" within "smbccard" says nothing of its own where one house owns both; and what only resembles a token says
// nothing where another stands there in full.
bool Judge::Impl::part_of_another(const Found& found, size_t i) const {
  const Candidate& c = found.candidates[i];
  for (size_t k = 0; k < found.count; ++k) {
    const Candidate& o = found.candidates[k];
    if (k == i || o.how >= Operator::edited) continue;
    const bool longer = o.end - o.begin > c.end - c.begin && o.begin <= c.begin && o.end >= c.end;
    const bool overlap = o.begin < c.end && c.begin < o.end;
    if (longer && (o.how <= Operator::joined || brands->same_house(index[o.token].brand, index[c.token].brand)))
      return true;
    if (c.how >= Operator::edited && o.how <= Operator::joined && overlap) return true;
  }
  return false;
}

// What can be said of the host whatever it resembles.
void Judge::Impl::judge_shape(const HostText& host, const Found& found, Named& out) const {
  using namespace feature;
  const std::string_view name = host.host_view();
  const std::string_view label =
      name.substr(name.size() - host.registrable, host.suffix == 0                 ? host.registrable
                                                  : host.registrable > host.suffix ? host.registrable - host.suffix - 1U
                                                                                   : 0);
  if (host.idn) out.add(punycode);
  if (host.mixed_scripts) out.add(mixed_scripts);
  const bool www = name.starts_with("www");
  if (www && host.labels >= 3) out.add(www_deep);
  const unsigned depth = host.labels - (www && host.labels > 0 ? 1U : 0U);
  if (depth > 0) out.add(static_cast<Feature>(depth_1 + std::min(depth, 4U) - 1U));
  size_t hyphens = 0, run = 0, longest = 0, vowels = 0, numbers = 0;
  for (const char c : label) {
    hyphens += c == '-';
    numbers += is_digit(c);
    vowels += is_vowel(c);
    run = is_alpha(c) && !is_vowel(c) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  if (hyphens > 0) out.add(static_cast<Feature>(hyphens_1 + std::min<size_t>(hyphens, 3) - 1));
  if (numbers > 0 && numbers + hyphens < label.size()) out.add(label_digits);
  if (numbers > 0 && numbers + hyphens == label.size()) out.add(label_only_digits);
  if (longest >= 5) out.add(label_consonants);
  if (vowels == 0 && numbers + hyphens < label.size()) out.add(label_no_vowel);
  std::string letters;
  for (const char c : label)
    if (c != '-') letters += c;
  const double bits = index.surprise(letters);
  if (bits > kVeryUnlikely) out.add(label_very_unlikely);
  else if (bits > kUnlikely) out.add(label_unlikely);
  if (label.size() <= 4) out.add(label_short);
  if (label.size() >= 16) out.add(label_long);
  bool common = host.pieces_count > 0;
  for (size_t p = 0; p < host.pieces_count; ++p)
    if (host.pieces[p].label == host.labels) common &= (found.words[p] & (kCommon | kLure)) != 0;
  if (common) out.add(label_common);
  bool any = host.private_suffix, customers = false;
  platforms.suffixes(name, [&](uint32_t kinds, size_t from) {
    any |= from > 0 && (kinds & kAnybody) != 0;
    customers |= from > 0 && (kinds & kCustomers) != 0;
  });
  if (customers) out.add(service);
  else if (any) out.add(platform);
  if (host.suffix == 0) return;  // words, no host
  if (!host.listed) out.add(unlisted_suffix);
  std::string_view tld = name.substr(name.size() - host.suffix);
  if (host.private_suffix) tld = name.substr(name.rfind('.') + 1);
  auto it = tld_by_name.find(tld);
  if (it == tld_by_name.end()) it = tld_by_name.find(tld.substr(tld.rfind('.') + 1));
  out.add(it == tld_by_name.end() ? Feature{other_tld} : static_cast<Feature>(kFixed + it->second));
}

Judgement Judge::Impl::judge(HostText& host) const {
  using namespace feature;
  Judgement out;
  out.state = state_of(host.state);
  if (host.state != HostText::State::name || host.size == 0) return out;
  Found found;
  search(host, index, found);
  if (found.count == 0 && !found.registry) return out;
  host.trace();
  for (size_t p = 0; p < host.pieces_count; ++p)
    if ((found.words[p] & kLure) == 0 && in_words(host, host.pieces[p].first, host.pieces[p].last))
      found.words[p] |= kOfWords;

  // The best of the candidates; what the host adds is the same for all.
  Named best;
  float best_sum = 0;
  const Candidate* chosen = nullptr;
  Operator how = Operator::none;
  const auto sum_of = [&](const Named& n) {
    float sum = 0;
    for (size_t i = 0; i < n.count; ++i) sum += weight(n.of[i]);
    return sum;
  };
  for (size_t i = 0; i < found.count; ++i) {
    const Candidate& c = found.candidates[i];
    if (part_of_another(found, i)) continue;
    Named named;
    const Operator as = stand(host, found, c, named);
    bool twice = false, other = false, resembles = false;
    for (size_t k = 0; k < found.count; ++k) {
      const Candidate& o = found.candidates[k];
      if (k == i || (o.begin < c.end && c.begin < o.end)) continue;
      const bool equal = o.how < Operator::edited;
      twice |= brands->same_house(index[o.token].brand, index[c.token].brand);
      (equal ? other : resembles) |= !twice;
    }
    if (twice) named.add(again);
    if (other) named.add(other_brand);
    if (resembles) named.add(resembles_twice);
    if (spells_domain(host, host.from[c.begin])) named.add(embedded_domain);
    const float sum = sum_of(named);
    const bool longer = chosen != nullptr && sum == best_sum && c.end - c.begin > chosen->end - chosen->begin;
    if (chosen != nullptr && sum <= best_sum && !longer) continue;
    best = named;
    best_sum = sum;
    chosen = &c;
    how = as;
  }
  if (chosen == nullptr) {
    best.add(of_length(Operator::none, 2));
    best.add(registry_elsewhere);
  }
  judge_shape(host, found, best);
  out.state = Judgement::State::resembles;
  out.how = how;
  if (chosen != nullptr) {
    out.brand = index[chosen->token].brand;
    out.token = chosen->token;
    out.offset = host.from[chosen->begin];
    out.length = static_cast<uint8_t>(host.to[chosen->end - 1U] - out.offset);
    const Piece& piece = host.pieces[piece_of(host, chosen->begin)];
    out.place = piece.label < host.labels ? Place::subdomain : host.private_suffix ? Place::platform : Place::label;
  }
  out.features = best.of;
  out.feature_count = best.count;
  out.log_odds = weights.start + sum_of(best);
  // A token in letters that only look like its own is told whatever it weighs: there are too few for a fit.
  const bool in_other_letters = out.exact() && out.has(punycode) && out.has(confusable_whole);
  const float tell = out.exact() && !out.has(danger_low) ? weights.tell_exact : weights.tell_near;
  out.told = out.brand && (in_other_letters || out.log_odds >= tell);
  out.flagged = out.log_odds >= weights.flag;
  return out;
}

std::string_view Judgement::how_name() const {
  if (has(feature::embedded_domain)) return "embedded";
  if (has(feature::confusable_whole) || has(feature::confusable_within)) return "skeleton";
  return operator_name(how);
}

std::string_view state_name(Judgement::State s) {
  constexpr std::array<std::string_view, 6> kNames = {"nothing", "owned",     "resembles",
                                                      "address", "malformed", "too_long"};
  return kNames[static_cast<size_t>(s)];
}

Judge Judge::make(const Brands& brands, const net::PublicSuffixes& suffixes, const Words& words, Weights weights,
                  const std::vector<std::string>& platforms, const std::vector<std::string>& services) {
  auto impl = std::make_unique<Impl>();
  impl->suffixes = &suffixes;
  impl->words = words;
  for (const std::string& p : platforms) impl->platforms.add(p, kAnybody);
  for (const std::string& s : services) impl->platforms.add(s, kCustomers);
  impl->platforms.build();
  impl->weigh(std::move(weights));
  impl->know(brands);
  return Judge(std::move(impl));
}

Judge Judge::with_brands(const Brands& brands) const {
  auto impl = std::make_unique<Impl>(*impl_);
  impl->know(brands);
  return Judge(std::move(impl));
}

Judge Judge::reweighed(Weights weights) const {
  auto impl = std::make_unique<Impl>(*impl_);
  impl->weigh(std::move(weights));
  return Judge(std::move(impl));
}

Judge::Judge(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Judge::~Judge() = default;
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;

Judgement Judge::judge(std::string_view host) const {
  HostText text;
  std::optional<net::LabelEndings> endings;
  read_host(host, *impl_->suffixes, text, endings);
  if (text.state == HostText::State::name) {
    bool owned = false;
    // Of a platform the brand owns the suffix; the names under it are anybody's.
    size_t anybody = text.private_suffix ? text.host_size - text.suffix : text.host_size;
    impl_->platforms.suffixes(text.host_view(), *endings, [&](uint32_t kinds, size_t from) {
      if (kinds != 0 && from > 0) anybody = std::min(anybody, from);
    });
    impl_->domains.suffixes(text.host_view(), *endings,
                            [&](uint32_t, size_t from) { owned = from < anybody || text.host_size == text.suffix; });
    // What was read by its looks is owned as what it is; the end, a platform's too, is the same in both.
    if (text.idn) {
      owned = false;
      const size_t behind = text.host_size - anybody;
      if (const auto ascii = net::to_ascii(host.ends_with('.') ? host.substr(0, host.size() - 1) : host))
        impl_->domains.suffixes(*ascii, [&](uint32_t, size_t from) { owned = from + behind < ascii->size(); });
    }
    if (owned) {
      Judgement out;
      out.state = Judgement::State::owned;
      return out;
    }
    // A platform is known by its name, which imitates nobody: "onmicrosoft.com".
    if (anybody < text.host_size) text.leave_out(anybody);
  }
  return impl_->judge(text);
}

Judgement Judge::judge_text(std::string_view normalized) const {
  HostText text;
  read_words(normalized, text);
  return impl_->judge(text);
}

std::string_view Judge::token(uint32_t index) const { return impl_->index[index].raw; }
bool Judge::is_lure(std::string_view word) const {
  const std::string text = folded(word);
  return (impl_->index.word(spread(text_hash(text)), text) & kLure) != 0;
}
bool Judge::is_common(std::string_view word) const {
  const std::string text = folded(word);
  return (impl_->index.word(spread(text_hash(text)), text) & kCommon) != 0;
}
size_t Judge::token_count() const { return impl_->index.size(); }
const Weights& Judge::weights() const { return impl_->weights; }

std::string Judge::name_of(Feature f) const {
  return f < feature::kFixed ? feature_name(f) : "tld." + impl_->tlds[static_cast<size_t>(f - feature::kFixed)];
}
float Judge::weight_of(Feature f) const { return impl_->weight(f); }

}  // namespace sekisho::brand
