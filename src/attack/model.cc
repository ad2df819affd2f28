// Takes a model's bytes and sentences, gives suggestions with what spoke for them. Entries: Model::read, suggest,
// current. A sentence without letters, or of words that the model never met, gives none.
#include <algorithm>
#include <numeric>

#include "attack/attack.h"
#include "attack/table.h"
#include "base/strings.h"
#include "text/normalize.h"

namespace sekisho::attack {

struct Model::Impl : Parts {};

namespace {

constexpr size_t kMostEvidence = 3;
constexpr size_t kMostLiteral = 16;

std::string_view id_of(const Technique& t) { return t.id; }

struct Literal {
  size_t at, length;
};

// "T1566", "T1566.002", in either case, not within a longer word of letters and digits.
std::vector<Literal> literal_ids(std::string_view text) {
  std::vector<Literal> out;
  const auto digits = [&](size_t from, size_t n) {
    if (from + n > text.size()) return false;
    for (size_t i = from; i < from + n; ++i)
      if (!is_digit(text[i])) return false;
    return from + n == text.size() || !is_alnum(text[from + n]);
  };
  for (size_t i = 0; i < text.size() && out.size() < kMostLiteral; ++i) {
    if (text[i] != 't' || (i > 0 && is_alnum(text[i - 1])) || !digits(i + 1, 4)) continue;
    const bool sub = i + 5 < text.size() && text[i + 5] == '.' && digits(i + 6, 3);
    out.push_back({i, sub ? 9u : 5u});
  }
  return out;
}

// The words that speak most for a technique, each with its share of all features that begin or end in it; neighbours
// become one span.
std::vector<Suggestion::Evidence> evidence(const Table& table, const Features& features,
                                           std::span<const Table::Known> known, uint32_t technique,
                                           const text::Normalized& normal) {
  std::vector<float> worth(features.words.size());
  const auto begin = features.words.begin();
  for (const Table::Known& k : known) {
    const Features::Place& p = features.places[k.place];
    const float w = k.value * table.weight_of(k.feature, technique);
    const auto from =
        std::ranges::partition_point(features.words, [&](const Features::Span& s) { return s.at + s.length <= p.at; });
    const auto to =
        std::ranges::partition_point(features.words, [&](const Features::Span& s) { return s.at < p.at + p.length; });
    if (from >= to) continue;  // between words: particles, endings
    worth[static_cast<size_t>(from - begin)] += w / 2;
    worth[static_cast<size_t>(to - begin) - 1] += w / 2;
  }
  std::vector<uint32_t> order(worth.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](uint32_t i) { return std::pair(-worth[i], i); });
  std::erase_if(order, [&](uint32_t i) { return worth[i] <= 0; });
  if (order.size() > kMostEvidence) order.resize(kMostEvidence);
  std::ranges::sort(order);
  std::vector<Suggestion::Evidence> out;
  for (size_t n = 0; n < order.size(); ++n) {
    const Features::Span& s = features.words[order[n]];
    const uint32_t from = normal.source_offset(s.at), to = normal.source_offset(s.at + s.length);
    if (n > 0 && order[n] == order[n - 1] + 1 && from - (out.back().at + out.back().length) <= 1) {
      out.back().length = to - out.back().at;
      out.back().weight += worth[order[n]];
    } else {
      out.push_back({from, to - from, worth[order[n]]});
    }
  }
  return out;
}

}  // namespace

Model::Model() = default;
Model::~Model() = default;
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;

Result<Model> Model::read(std::string_view bytes) {
  TRY_ASSIGN(parts, read_model(bytes));
  Model out;
  out.impl_ = std::make_unique<Impl>(std::move(parts));
  return out;
}

const std::string& Model::version() const {
  static const std::string none;
  return impl_ ? impl_->version : none;
}

std::span<const Technique> Model::techniques() const {
  return impl_ ? std::span<const Technique>(impl_->techniques) : std::span<const Technique>();
}

std::optional<uint32_t> Model::find(std::string_view id) const {
  const auto all = techniques();
  const auto at = std::ranges::lower_bound(all, id, {}, id_of);
  if (at == all.end() || at->id != id) return std::nullopt;
  return static_cast<uint32_t>(at - all.begin());
}

std::string_view Model::current(std::string_view id) const {
  if (const auto live = find(id)) return impl_->techniques[*live].id;
  if (!impl_) return {};
  const auto at =
      std::ranges::lower_bound(impl_->revoked, id, {}, [](const auto& pair) -> std::string_view { return pair.first; });
  return at != impl_->revoked.end() && at->first == id ? std::string_view(at->second) : std::string_view();
}

std::vector<Suggestion> Model::suggest(std::string_view sentence, size_t most) const {
  std::vector<Suggestion> out;
  if (!impl_ || most == 0) return out;
  const text::Normalized normal = text::normalize(utf8_prefix(sentence, kSentenceRead));
  const auto told = [&](uint32_t technique) {
    return std::ranges::find(out, technique, &Suggestion::technique) != out.end();
  };
  for (const Literal& l : literal_ids(normal.text)) {
    std::string id = normal.text.substr(l.at, l.length);
    id[0] = 'T';
    const auto technique = find(current(id));
    if (!technique || told(*technique) || out.size() >= most) continue;
    const auto at = static_cast<uint32_t>(l.at);
    const uint32_t from = normal.source_offset(at);
    out.push_back({*technique, 1, {{from, normal.source_offset(at + static_cast<uint32_t>(l.length)) - from, 1}}});
  }
  Features features;
  read_features(normal.text, impl_->concepts, features);
  if (!features.letters || out.size() >= most) return out;
  const Table& table = impl_->table;
  std::vector<Table::Known> known;
  table.known(features.places, known);
  if (known.empty()) return out;
  std::vector<float> shares(impl_->techniques.size());
  table.score(known, shares);
  to_shares(shares, impl_->slope);
  std::vector<uint32_t> order(shares.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto better = [&](uint32_t a, uint32_t b) { return shares[a] != shares[b] ? shares[a] > shares[b] : a < b; };
  const size_t wanted = std::min(order.size(), most);  // `out` may hold some of them
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(wanted), order.end(), better);
  for (size_t i = 0; i < wanted && out.size() < most; ++i)
    if (!told(order[i]))
      out.push_back({order[i], shares[order[i]], evidence(table, features, known, order[i], normal)});
  return out;
}

}  // namespace sekisho::attack
