// Brands as an ownership graph: who is named in a text, who owns a host, who sends in whose name. Knows no brand by
// itself: all comes from packs (content/brands/*.toml, settings). A library of its own: structs in, structs out. Brands
// is immutable after make(); any number of threads may ask it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "net/host.h"
#include "text/phrases.h"

namespace sekisho::brand {

enum class Danger : uint8_t { low, medium, high };  // how much a token tells: dictionary word … distinctive

struct Token {
  std::string text;
  Danger danger = Danger::high;
};

struct Brand {
  std::string id, sector, parent;                    // parent: another brand's id, or a company's name
  std::vector<std::string> names, names_ja, romaji;  // as displayed
  std::vector<std::string> owned, cdn, senders;      // domains, lower-case ASCII
  std::vector<std::string> self_hosted;              // path patterns of self-hosted servers
  std::vector<std::string> context;                  // words that make an ambiguous name a claim
  std::vector<Token> tokens;
};

using Index = uint32_t;  // of a brand in Brands::all()

struct Mention {  // a brand's name in a text
  Index brand;
  uint32_t offset, length;  // bytes in the normalised text
  bool ambiguous;           // the name is also a dictionary word (token danger low)
};

struct Mentions {
  std::vector<Mention> names;
  std::vector<Index> context;  // brands one of whose context words stands in the text, ascending
  bool has_context(Index brand) const;
};

class Brands {
 public:
  // personal: says of a domain that anybody gets an address there (gmail.com): owning it does not make its mail the
  // brand's.
  static Brands make(std::vector<Brand> brands, const std::function<bool(std::string_view)>& personal = {});

  std::span<const Brand> all() const { return brands_; }
  const Brand& operator[](Index i) const { return brands_[i]; }
  std::optional<Index> find(std::string_view id) const;

  // Names and context words in normalised text (text/normalize.h), at most `most` names.
  Mentions mentions(std::string_view normalized, size_t most = 200) const;

  // host: lower-case ASCII. The owner of the longest owned suffix; several brands of one house may share a domain: the
  // first in pack order.
  std::optional<Index> owner(std::string_view host) const;
  // The brand whose genuine mail and pages use this host without owning it.
  std::optional<Index> cdn(std::string_view host) const;
  // The brand owns the host itself, or through its parent, a brother or a child.
  bool owns(Index brand, std::string_view host) const;
  bool uses(Index brand, std::string_view host) const;          // owns it, or it is one of its cdn or sender domains
  bool sends_from(Index brand, std::string_view domain) const;  // owned or sender domain of the brand or its house
  std::optional<Index> sender(std::string_view domain) const;   // whose mail comes from this domain
  bool same_house(Index a, Index b) const { return house_[a] == house_[b]; }

 private:
  struct Role {  // what a domain is to a brand
    Index brand;
    uint8_t kind;  // 0 owned, 1 cdn, 2 sender, 3 owned and full of other people's mailboxes
  };
  // Calls f on each role of each suffix of the host, longest suffix first, until it says true.
  template <class F>
  bool any_role(std::string_view host, F f) const {
    // Beyond what DNS allows (RFC 1035) nobody owns anything; no domain in a pack has more than eight labels.
    if (host.size() > 253) return false;
    for (auto dots = std::count(host.begin(), host.end(), '.'); dots > 8; --dots)
      host.remove_prefix(host.find('.') + 1);
    for (;;) {
      if (const auto it = by_domain_.find(host); it != by_domain_.end())
        for (const Role& role : it->second)
          if (f(role)) return true;
      const size_t dot = host.find('.');
      if (dot == std::string_view::npos) return false;
      host.remove_prefix(dot + 1);
    }
  }

  std::vector<Brand> brands_;
  std::vector<Index> house_;  // root of the parent chain
  StringMap<Index> by_id_;
  StringMap<std::vector<Role>> by_domain_;
  text::Phrases names_;
  struct NameOf {
    Index brand;
    bool ambiguous, context;
  };
  std::vector<NameOf> name_of_;  // by phrase index
};

}  // namespace sekisho::brand
