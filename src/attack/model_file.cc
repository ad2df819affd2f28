// Takes the parts of a model, gives the bytes of its file, and back. Entries: write_model, read_model. Refuses files of
// another version, of other sizes, with one bit changed, and whatever in them points outside.
//
// The file: "sekisho attack model 1\n", "check HEX\n" (SipHash of all that follows), lines "KEY VALUE\n" in a fixed
// order, an empty line, the techniques and revoked ids as lines with tabs, then flat little-endian arrays: hashes and
// indexes of concepts, hashes, rarities and counts of features, techniques and weights of pairs. A weight is a signed
// byte q that stands for sign(q)·q²·unit, so that small ones keep their differences.
#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "attack/table.h"
#include "base/keyed_hash.h"
#include "base/strings.h"

namespace sekisho::attack {
namespace {

static_assert(std::endian::native == std::endian::little, "the arrays of the file are little-endian");

constexpr std::string_view kMagic = "sekisho attack model ";
constexpr std::string_view kVersion = "1";
constexpr std::string_view kCheck = "check ";
constexpr size_t kMostTechniques = 10'000, kMostLines = 100'000;
constexpr int kUnits = 127;

std::string checksum(std::string_view bytes) {
  const Digest d = keyed_hash(bytes, 0x61747461636B, 1);
  std::array<char, 16> digits;
  digits.fill('0');
  std::array<char, 16> buffer;
  const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), d.low, 16);
  if (code == std::errc()) std::copy_backward(buffer.data(), end, digits.end());
  return {digits.data(), digits.size()};
}

std::string text_of(float v) {
  std::array<char, 32> buffer;
  const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), v);
  return code == std::errc() ? std::string(buffer.data(), end) : "0";
}

template <class T>
void append(const std::vector<T>& values, std::string& out) {
  out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}

  Result<std::string_view> line() {
    const size_t end = bytes_.find('\n');
    if (end == std::string_view::npos) return fail("attack.truncated", "the model ends within its header");
    const std::string_view out = bytes_.substr(0, end);
    bytes_.remove_prefix(end + 1);
    return out;
  }
  Result<std::string_view> value(std::string_view key) {
    TRY_ASSIGN(text, line());
    if (text.size() <= key.size() || !text.starts_with(key) || text[key.size()] != ' ')
      return fail("attack.format", "\"" + std::string(key) + " VALUE\" expected");
    return text.substr(key.size() + 1);
  }
  template <class T>
  Result<T> number(std::string_view key) {
    TRY_ASSIGN(text, value(key));
    T out{};
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc() || stop != text.data() + text.size())
      return fail("attack.format", "\"" + printable(text) + "\" is no number of " + std::string(key));
    return out;
  }
  template <class T>
  Result<std::vector<T>> array(size_t n) {
    if (bytes_.size() / sizeof(T) < n) return fail("attack.truncated", "the model ends within its arrays");
    std::vector<T> out(n);
    if (n > 0) std::memcpy(out.data(), bytes_.data(), n * sizeof(T));
    bytes_.remove_prefix(n * sizeof(T));
    return out;
  }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

Result<void> read_names(Cursor& in, size_t techniques, size_t revoked, Parts& out) {
  for (size_t i = 0; i < techniques; ++i) {
    TRY_ASSIGN(line, in.line());
    const auto cells = split(line, '\t');
    if (cells.size() != 3 || cells[0].empty()) return fail("attack.format", "a technique is id, name and tactics");
    Technique t{std::string(cells[0]), std::string(cells[1]), {}};
    for (const std::string_view tactic : split(cells[2], ','))
      if (!tactic.empty()) t.tactics.emplace_back(tactic);
    if (!out.techniques.empty() && out.techniques.back().id >= t.id)
      return fail("attack.format", "techniques are not in order");
    out.techniques.push_back(std::move(t));
  }
  for (size_t i = 0; i < revoked; ++i) {
    TRY_ASSIGN(line, in.line());
    const auto cells = split(line, '\t');
    if (cells.size() != 2) return fail("attack.format", "a revoked id is two ids");
    if (!std::ranges::binary_search(out.techniques, cells[1], {},
                                    [](const Technique& t) -> std::string_view { return t.id; }))
      return fail("attack.format", "a revoked id leads to none in force");
    if (!out.revoked.empty() && out.revoked.back().first >= cells[0])
      return fail("attack.format", "revoked ids are not in order");
    out.revoked.emplace_back(cells[0], cells[1]);
  }
  return {};
}

Result<void> read_table(Cursor& in, size_t features, size_t pairs, float unit, size_t techniques, Table& out) {
  TRY_ASSIGN(hashes, in.array<uint32_t>(features));
  TRY_ASSIGN(rarity, in.array<float>(features));
  TRY_ASSIGN(counts, in.array<uint16_t>(features));
  TRY_ASSIGN(technique, in.array<uint16_t>(pairs));
  TRY_ASSIGN(units, in.array<int8_t>(pairs));
  out.first.reserve(features + 1);
  size_t at = 0;
  out.first.push_back(0);
  for (size_t f = 0; f < features; ++f) {
    if (f > 0 && hashes[f] <= hashes[f - 1]) return fail("attack.format", "features are not in order");
    if (!std::isfinite(rarity[f]) || rarity[f] <= 0) return fail("attack.format", "a feature has no rarity");
    if (counts[f] > pairs - at) return fail("attack.format", "features and weights do not fit");
    for (size_t i = at; i < at + counts[f]; ++i)
      if (technique[i] >= techniques || (i > at && technique[i] <= technique[i - 1]))
        return fail("attack.format", "a weight belongs to no technique");
    at += counts[f];
    out.first.push_back(static_cast<uint32_t>(at));
  }
  if (at != pairs) return fail("attack.format", "features and weights do not fit");
  out.weight.resize(pairs);
  for (size_t i = 0; i < pairs; ++i) {
    const auto q = static_cast<float>(units[i]);
    out.weight[i] = q * std::abs(q) * unit;
  }
  out.hashes = std::move(hashes), out.rarity = std::move(rarity), out.technique = std::move(technique);
  return {};
}

}  // namespace

std::string write_model(const Parts& parts) {
  const Table& table = parts.table;
  float largest = 0;
  for (const float w : table.weight) largest = std::max(largest, std::abs(w));
  const float unit = largest > 0 ? largest / (kUnits * kUnits) : 1;
  std::vector<uint32_t> hashes;
  std::vector<float> rarity;
  std::vector<uint16_t> counts, technique;
  std::vector<int8_t> units;
  for (size_t f = 0; f < table.hashes.size(); ++f) {
    uint16_t kept = 0;
    for (uint32_t i = table.first[f]; i < table.first[f + 1]; ++i) {
      const long q = std::lround(std::sqrt(std::abs(table.weight[i]) / unit));
      if (q == 0) continue;
      technique.push_back(table.technique[i]);
      units.push_back(static_cast<int8_t>(table.weight[i] < 0 ? -q : q));
      ++kept;
    }
    // A feature without weights still takes its share of a sentence's length.
    hashes.push_back(table.hashes[f]), rarity.push_back(table.rarity[f]), counts.push_back(kept);
  }
  std::string body;
  const auto line = [&](std::string_view key, const std::string& value) {
    body += key;
    body += ' ';
    body += value;
    body += '\n';
  };
  line("attack", parts.version);
  line("techniques", std::to_string(parts.techniques.size()));
  line("revoked", std::to_string(parts.revoked.size()));
  line("concepts", std::to_string(parts.concepts.entries().size()));
  line("features", std::to_string(hashes.size()));
  line("weights", std::to_string(units.size()));
  line("unit", text_of(unit));
  line("slope", text_of(parts.slope));
  body += '\n';
  for (const Technique& t : parts.techniques) {
    body += t.id + '\t' + t.name + '\t';
    for (size_t i = 0; i < t.tactics.size(); ++i) body += (i ? "," : "") + t.tactics[i];
    body += '\n';
  }
  for (const auto& [from, to] : parts.revoked) {
    body += from;
    body += '\t';
    body += to;
    body += '\n';
  }
  std::vector<uint32_t> words, meanings;
  for (const Concepts::Entry& e : parts.concepts.entries()) words.push_back(e.hash), meanings.push_back(e.index);
  append(words, body), append(meanings, body);
  append(hashes, body), append(rarity, body), append(counts, body), append(technique, body), append(units, body);
  std::string out(kMagic);
  out += kVersion;
  out += '\n';
  out += kCheck;
  out += checksum(body);
  out += '\n';
  return out + body;
}

Result<Parts> read_model(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return fail("attack.format", "no model of ATT&CK techniques");
  Cursor in(bytes.substr(kMagic.size()));
  TRY_ASSIGN(version, in.line());
  if (version != kVersion)
    return fail("attack.version", "model of version " + printable(version.substr(0, 20)) + ", this program reads " +
                                      std::string(kVersion));
  TRY_ASSIGN(check, in.value("check"));
  const bool whole = check == checksum(in.rest());
  Parts out;
  TRY_ASSIGN(attack, in.value("attack"));
  out.version = attack;
  TRY_ASSIGN(techniques, in.number<uint32_t>("techniques"));
  TRY_ASSIGN(revoked, in.number<uint32_t>("revoked"));
  TRY_ASSIGN(concepts, in.number<uint32_t>("concepts"));
  TRY_ASSIGN(features, in.number<uint32_t>("features"));
  TRY_ASSIGN(pairs, in.number<uint32_t>("weights"));
  TRY_ASSIGN(unit, in.number<float>("unit"));
  TRY_ASSIGN(slope, in.number<float>("slope"));
  TRY_ASSIGN(empty, in.line());
  if (!empty.empty()) return fail("attack.format", "an empty line ends the header");
  if (techniques == 0 || techniques > kMostTechniques || revoked > kMostLines || !std::isfinite(unit) || unit <= 0 ||
      !std::isfinite(slope) || slope <= 0)
    return fail("attack.format", "a figure of the header cannot be");
  TRY(read_names(in, techniques, revoked, out));
  TRY_ASSIGN(words, in.array<uint32_t>(concepts));
  TRY_ASSIGN(meanings, in.array<uint32_t>(concepts));
  TRY(read_table(in, features, pairs, unit, techniques, out.table));
  if (!in.rest().empty()) return fail("attack.format", "more bytes than the model has");
  if (!whole) return fail("attack.format", "the model is damaged: its checksum differs");
  std::vector<Concepts::Entry> entries(concepts);
  for (size_t i = 0; i < concepts; ++i) entries[i] = {words[i], meanings[i]};
  out.concepts = Concepts(std::move(entries));
  out.slope = slope;
  return out;
}

}  // namespace sekisho::attack
