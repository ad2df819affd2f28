// Takes templates with their domains, gives what is known of one. Entries: Templates::find, reported, met. Refuses
// nothing.
//
// Up to three entries a template: 'r' its reports (first day 16, last day 16, count 9), 'd' and 'o' 45 bits each, of
// which a domain sets one: as many domains as must have set so many (linear counting).
#include "memory/templates.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "memory/fold.h"

namespace sekisho::memory {
namespace {

constexpr int kBits = Table::kValueBits;

uint32_t estimate(uint64_t bits) {
  const int set = std::popcount(bits);
  if (set == kBits) return TemplateKnown::kMostDomains;
  return static_cast<uint32_t>(std::lround(-kBits * std::log1p(-static_cast<double>(set) / kBits)));
}

}  // namespace

Result<Templates> Templates::open(const std::string& folder, Mode mode, const HashKey& fresh) {
  TRY_ASSIGN(store, Store::open(folder, "template", mode, fresh));
  return Templates(std::move(store));
}

uint64_t Templates::key(char kind, std::string_view folded) const {
  return store_.key_of(std::string(1, kind).append(folded));
}

uint32_t Templates::domains(char kind, std::string_view folded) const {
  return estimate(store_.get(key(kind, folded)));
}

Result<void> Templates::mark(char kind, std::string_view folded, std::string_view domain) {
  const uint64_t at = key(kind, folded), before = store_.get(at);
  const uint64_t after = before | uint64_t{1} << (store_.key_of(domain) % kBits);
  return after == before ? Result<void>() : store_.put(at, after);
}

std::optional<TemplateKnown> Templates::find(std::string_view folded) const {
  if (trivial(folded)) return std::nullopt;
  TemplateKnown out;
  if (const uint64_t v = store_.get(key('r', folded))) {
    out.first = static_cast<Day>(v >> 29);
    out.last = static_cast<Day>(v >> 13);
    out.count = static_cast<uint32_t>(v >> 4 & 0x1ff);
    out.domains = domains('d', folded);
  }
  out.ordinary_domains = domains('o', folded);
  if (out.first == 0 && out.ordinary_domains == 0) return std::nullopt;
  return out;
}

Result<void> Templates::reported(std::string_view folded, std::string_view domain, Day day) {
  if (trivial(folded) || domain.empty() || day == 0) return {};
  const uint64_t at = key('r', folded), v = store_.get(at);
  const uint64_t first = v == 0 ? day : std::min<uint64_t>(v >> 29, day);
  const uint64_t last = v == 0 ? day : std::max<uint64_t>(v >> 13 & 0xffff, day);
  const uint64_t count = std::min<uint64_t>((v >> 4 & 0x1ff) + 1, TemplateKnown::kMostCounted);
  TRY(mark('d', folded, domain));
  const uint64_t next = first << 29 | last << 13 | count << 4;
  return next == v ? Result<void>() : store_.put(at, next);
}

Result<void> Templates::met(std::string_view folded, std::string_view domain) {
  return trivial(folded) || domain.empty() ? Result<void>() : mark('o', folded, domain);
}

}  // namespace sekisho::memory
