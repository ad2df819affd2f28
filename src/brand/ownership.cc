// Takes brand packs, gives the graph: ids, houses (parent chains), and who a host belongs to. One entry: Brands::make
// and the queries on hosts.
#include "brand/brand.h"
#include "text/normalize.h"

namespace sekisho::brand {

Brands Brands::make(std::vector<Brand> brands, const std::function<bool(std::string_view)>& personal) {
  Brands out;
  out.brands_ = std::move(brands);
  const auto count = static_cast<Index>(out.brands_.size());
  for (Index i = 0; i < count; ++i) out.by_id_.emplace(out.brands_[i].id, i);

  // A house is the top of the parent chain; a loop in the packs ends after `count` steps.
  for (Index i = 0; i < count; ++i) {
    Index root = i;
    for (Index steps = 0; steps < count; ++steps) {
      const auto parent = out.find(out.brands_[root].parent);
      if (!parent || *parent == root) break;
      root = *parent;
    }
    out.house_.push_back(root);
  }

  for (Index i = 0; i < count; ++i) {
    const Brand& b = out.brands_[i];
    for (const std::string& d : b.owned)
      out.by_domain_[d].push_back({i, static_cast<uint8_t>(personal && personal(d) ? 3 : 0)});
    for (const std::string& d : b.cdn) out.by_domain_[d].push_back({i, 1});
    for (const std::string& d : b.senders) out.by_domain_[d].push_back({i, 2});
    for (const auto* names : {&b.names, &b.names_ja, &b.romaji})
      for (const std::string& name : *names) {
        const std::string comparable = text::normalize(name).text;
        bool ambiguous = false;
        for (const Token& t : b.tokens) ambiguous |= t.danger == Danger::low && t.text == comparable;
        out.names_.add(name);
        out.name_of_.push_back({i, ambiguous, false});
      }
    for (const std::string& word : b.context) {
      out.names_.add(word);
      out.name_of_.push_back({i, false, true});
    }
  }
  out.names_.build();
  return out;
}

std::optional<Index> Brands::find(std::string_view id) const {
  const auto it = by_id_.find(id);
  return it == by_id_.end() ? std::nullopt : std::optional(it->second);
}

std::optional<Index> Brands::owner(std::string_view host) const {
  std::optional<Index> out;
  any_role(host, [&](const Role& r) { return (r.kind == 0 || r.kind == 3) && (out = r.brand, true); });
  return out;
}

std::optional<Index> Brands::cdn(std::string_view host) const {
  std::optional<Index> out;
  any_role(host, [&](const Role& r) { return r.kind == 1 && (out = r.brand, true); });
  return out;
}

std::optional<Index> Brands::sender(std::string_view domain) const {
  std::optional<Index> out;
  any_role(domain, [&](const Role& r) { return (r.kind == 0 || r.kind == 2) && (out = r.brand, true); });
  return out;
}

bool Brands::owns(Index brand, std::string_view host) const {
  return any_role(host, [&](const Role& r) { return (r.kind == 0 || r.kind == 3) && same_house(r.brand, brand); });
}

bool Brands::uses(Index brand, std::string_view host) const {
  return any_role(host, [&](const Role& r) { return same_house(r.brand, brand); });
}

bool Brands::sends_from(Index brand, std::string_view domain) const {
  return any_role(domain, [&](const Role& r) { return (r.kind == 0 || r.kind == 2) && same_house(r.brand, brand); });
}

}  // namespace sekisho::brand
