// Takes a model's file or weights, gives log-odds and the phrases behind them. Entries: Model::read, make, odds,
// explain. Refuses files of another version, of other sizes, with weights out of order.
#include "lure/model.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/strings.h"

namespace sekisho::lure {
namespace {

constexpr std::string_view kMagic = "sekisho lure model 1\n";
constexpr size_t kMostPhrases = 3;
constexpr size_t kWindowStep = 500;  // bytes of the text; a window is two of them
constexpr float kWindowMargin =
    1;  // raw odds by which a window must beat the whole: many of them chance upon something
constexpr size_t kMostTermsOfPhrase = 6;

void put_varint(uint32_t v, std::string& out) {
  while (v >= 0x80) out += static_cast<char>(v | 0x80), v >>= 7;
  out += static_cast<char>(v);
}

Result<float> number(std::string_view& bytes, std::string_view key) {
  const size_t end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, end);
  float value = 0;
  if (end == std::string_view::npos || !line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ' ')
    return fail("model.format", "\"" + std::string(key) + " NUMBER\" expected");
  const std::string_view digits = line.substr(key.size() + 1);
  const auto [stop, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (code != std::errc() || stop != digits.data() + digits.size() || !std::isfinite(value))
    return fail("model.format", "\"" + std::string(digits) + "\" is no number");
  bytes.remove_prefix(end + 1);
  return value;
}

std::string text_of(float v) {
  std::array<char, 32> buffer;
  const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), v);
  return code == std::errc() ? std::string(buffer.data(), end) : "0";
}

}  // namespace

Model Model::make(std::vector<float> weights, float bias, float slope, float shift) {
  Model out;
  out.weights_ = std::move(weights);
  out.bias_ = bias, out.slope_ = slope, out.shift_ = shift;
  return out;
}

// Header lines; then for each weight the distance from the last bucket (varint) and a signed byte, in units of
// `largest` / 127.
std::string Model::write(size_t most) const {
  std::vector<uint32_t> kept;
  for (uint32_t b = 0; b < weights_.size(); ++b)
    if (weights_[b] != 0) kept.push_back(b);
  if (kept.size() > most) {
    std::nth_element(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(most), kept.end(),
                     [&](uint32_t a, uint32_t b) {
                       const float x = std::abs(weights_[a]), y = std::abs(weights_[b]);
                       return x != y ? x > y : a < b;
                     });
    kept.resize(most);
    std::ranges::sort(kept);
  }
  float largest = 0;
  for (const uint32_t b : kept) largest = std::max(largest, std::abs(weights_[b]));
  std::string packed;
  uint32_t last = 0, count = 0;
  for (const uint32_t b : kept) {
    const int unit = static_cast<int>(std::lround(weights_[b] / largest * 127));
    if (unit == 0) continue;
    put_varint(b - last, packed);
    packed += static_cast<char>(static_cast<int8_t>(unit));
    last = b, ++count;
  }
  return std::string(kMagic) + "bits " + std::to_string(kBucketBits) + "\nbias " + text_of(bias_) + "\nslope " +
         text_of(slope_) + "\nshift " + text_of(shift_) + "\nlargest " + text_of(largest) + "\nweights " +
         std::to_string(count) + "\n" + packed;
}

Result<Model> Model::read(std::string_view bytes) {
  if (!bytes.starts_with("sekisho lure model "))
    return fail("model.format", "this is no lure model", "sekisho train writes them");
  if (!bytes.starts_with(kMagic))
    return fail("model.version", "a lure model of another version", "train it again with this program");
  bytes.remove_prefix(kMagic.size());
  TRY_ASSIGN(bits, number(bytes, "bits"));
  if (bits != static_cast<float>(kBucketBits))
    return fail("model.version", "a model of other features", "train it again with this program");
  Model out;
  TRY_ASSIGN(bias, number(bytes, "bias"));
  TRY_ASSIGN(slope, number(bytes, "slope"));
  TRY_ASSIGN(shift, number(bytes, "shift"));
  TRY_ASSIGN(largest, number(bytes, "largest"));
  TRY_ASSIGN(count, number(bytes, "weights"));
  out.bias_ = bias, out.slope_ = slope, out.shift_ = shift;
  out.weights_.assign(kBuckets, 0);
  size_t i = 0, found = 0;
  for (uint64_t bucket = 0; i < bytes.size(); ++found) {
    uint64_t distance = 0;
    unsigned shift_by = 0;
    for (;; ++i, shift_by += 7) {
      if (i >= bytes.size() || shift_by > 21) return fail("model.truncated", "the weights end in the middle of one");
      distance |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i]) & 0x7F) << shift_by;
      if ((static_cast<unsigned char>(bytes[i]) & 0x80) == 0) break;
    }
    bucket += distance;
    if (++i >= bytes.size() || bucket >= kBuckets || (found > 0 && distance == 0))
      return fail("model.truncated", "the weights end in the middle of one, or are out of order");
    out.weights_[bucket] = static_cast<float>(static_cast<int8_t>(bytes[i++])) * largest / 127;
  }
  if (static_cast<float>(found) != count)
    return fail("model.truncated", std::to_string(found) + " weights, and the header says another number");
  return out;
}

// All of it, or the window of the text that speaks most for phish, together with subject and structure: ordinary text
// around a lure does not thin it out.
Model::Weighed Model::weigh(const Features& features) const {
  Weighed out;
  if (weights_.empty() || features.features.empty()) return out;
  struct Sum {
    float weight = 0, count = 0;
  };
  Sum fixed, whole;
  std::array<Sum, kTextRead / kWindowStep + 1> steps;
  size_t last = 0;
  for (const Features::Feature& f : features.features) {
    const Features::Term& term = features.terms[f.term];
    const size_t step = std::min<size_t>(term.offset / kWindowStep, steps.size() - 1);
    Sum& sum = term.subject || term.length == 0 ? fixed : steps[step];
    if (&sum != &fixed) last = std::max(last, step);
    sum.weight += weights_[f.bucket], sum.count += 1;
    whole.weight += weights_[f.bucket], whole.count += 1;
  }
  const auto raw_of = [&](const Sum& s) { return s.weight / std::sqrt(s.count); };
  out.raw = raw_of(whole);
  for (size_t from = 0; from + 1 <= last; ++from) {
    const Sum window{fixed.weight + steps[from].weight + steps[from + 1].weight,
                     fixed.count + steps[from].count + steps[from + 1].count};
    const float raw = window.count < 1 ? 0 : raw_of(window) - kWindowMargin;
    if (raw <= out.raw) continue;
    out.raw = raw, out.from = from * kWindowStep, out.to = (from + 2) * kWindowStep;
  }
  out.raw += bias_;
  return out;
}

float Model::odds(const Features& features) const {
  return weights_.empty() || features.features.empty() ? 0 : slope_ * weigh(features).raw + shift_;
}

Model::Says Model::explain(const Features& features) const {
  Says out;
  if (empty() || features.features.empty()) return out;
  const Weighed weighed = weigh(features);
  out.odds = slope_ * weighed.raw + shift_;
  if (out.odds <= 0) return out;  // nothing speaks for phish
  const float scale = slope_ / std::sqrt(static_cast<float>(features.features.size()));
  std::vector<float> of(features.terms.size());
  for (const Features::Feature& f : features.features)
    for (size_t k = 0; k < f.terms; ++k) of[f.term - k] += weights_[f.bucket] * scale / static_cast<float>(f.terms);
  // Runs of neighbours that all speak for phish, at most so many terms each; then the heaviest of them.
  for (size_t i = 0; i < of.size();) {
    const auto usable = [&](size_t k) {
      const Features::Term& t = features.terms[k];
      return of[k] > 0 && t.length > 0 && (t.subject || (t.offset >= weighed.from && t.offset < weighed.to));
    };
    if (!usable(i)) {
      ++i;
      continue;
    }
    size_t end = i + 1;
    float weight = of[i];
    const auto next_to = [&](size_t k) {
      return features.terms[k].subject == features.terms[k - 1].subject &&
             features.terms[k].offset <= features.terms[k - 1].offset + features.terms[k - 1].length + 2;
    };
    while (end < of.size() && end - i < kMostTermsOfPhrase && usable(end) && next_to(end)) weight += of[end++];
    const Features::Term &first = features.terms[i], &last = features.terms[end - 1];
    out.phrases.push_back({first.subject, first.offset, last.offset + last.length - first.offset, weight});
    i = end;
  }
  const size_t most = std::min(kMostPhrases, out.phrases.size());
  std::partial_sort(out.phrases.begin(), out.phrases.begin() + static_cast<std::ptrdiff_t>(most), out.phrases.end(),
                    [](const Says::Phrase& a, const Says::Phrase& b) { return a.weight > b.weight; });
  out.phrases.resize(most);
  return out;
}

}  // namespace sekisho::lure
