// Takes all the places where a mail may name a brand, gives one about[] noun per brand claimed: where, how strongly,
// whether the sender is its, and where the links lead. Entry: Facts::brands (after links, images and attachments).
#include <map>

#include "base/strings.h"
#include "scan/facts.h"

namespace sekisho::scan {
namespace {

// Places in order of what they tell.
enum Where : uint8_t { kDisplayName, kAddress, kSubject, kAlt, kAttachment, kText, kPlaces };
constexpr std::string_view kNames[] = {"display_name", "address", "subject", "alt", "attachment", "text"};
constexpr size_t kMostBrands = 24;

struct Claim {
  bool in[kPlaces] = {};
  uint32_t text_offset = UINT32_MAX;
  const Facts::Said* elsewhere = nullptr;  // where it stands when not in subject or text
};

}  // namespace

void Facts::brands() {
  const brand::Brands& brands = content.brands;
  std::map<brand::Index, Claim> claims;
  const brand::Mentions in_text = brands.mentions(text.text);
  const brand::Mentions in_subject = brands.mentions(subject.text, 20);
  const brand::Mentions in_name = brands.mentions(display_name.text, 20);

  // An ambiguous name ("apple", "box") is a claim only beside a word of that brand's world, or where it is the whole
  // display name.
  const auto meant = [&](const brand::Mention& m) {
    return !m.ambiguous || in_text.has_context(m.brand) || in_subject.has_context(m.brand);
  };
  for (const brand::Mention& m : in_name.names)
    if (meant(m) || in_name.has_context(m.brand) || m.length == display_name.text.size())
      claims[m.brand].in[kDisplayName] = true;
  for (const brand::Mention& m : in_subject.names)
    if (meant(m)) claims[m.brand].in[kSubject] = true;
  for (const brand::Mention& m : in_text.names)
    if (meant(m)) {
      Claim& c = claims[m.brand];
      c.in[kText] = true;
      c.text_offset = std::min(c.text_offset, m.offset);
    }
  for (const Said& said : said_elsewhere) {
    const brand::Mentions there = brands.mentions(said.text, 20);
    // An invitation is shown as the text of the mail is.
    const Where place = said.where == "alt" ? kAlt : said.where == "calendar" ? kText : kAttachment;
    for (const brand::Mention& m : there.names)
      if (meant(m) || there.has_context(m.brand) || (place == kAlt && m.length == said.text.size())) {
        Claim& c = claims[m.brand];
        c.in[place] = true;
        if (!c.elsewhere) c.elsewhere = &said;
      }
  }
  if (!mail.from.empty()) {
    std::string local = ascii_lower(mail.from[0].local);
    for (char& c : local)
      if (!is_alnum(c)) c = ' ';
    for (const brand::Mention& m : brands.mentions(local, 4).names)
      // A domain that resembles a brand is no claim: it is what a claim is compared with (identity.from_lookalike).
      if (!m.ambiguous) claims[m.brand].in[kAddress] = true;
  }

  // The most telling first; a footer that names twelve social networks is not twelve claims.
  std::vector<std::pair<int, brand::Index>> order;
  for (const auto& [index, c] : claims) {
    int first = kPlaces;
    for (int p = kPlaces - 1; p >= 0; --p)
      if (c.in[p]) first = p;
    order.push_back({first, index});
  }
  std::sort(order.begin(), order.end());
  if (order.size() > kMostBrands) order.resize(kMostBrands);

  bool foreign_noted = false;
  for (const auto& [first, index] : order) {
    const brand::Brand& b = brands[index];
    const Claim& c = claims[index];
    const event::Node noun = event.root().add("about");
    noun.label("kind", "brand").label("brand.id", b.id).label("brand.sector", b.sector).label("brand.parent", b.parent);
    std::string where;
    for (size_t p = 0; p < kPlaces; ++p)
      if (c.in[p]) where += (where.empty() ? "" : " ") + std::string(kNames[p]);
    noun.label("brand.where", where);
    // Who stands under a name of his own may write about a brand: a newsletter has it in its subject.
    const bool spoken_of = c.in[kSubject] || (c.in[kAlt] && c.in[kText]);
    const bool strong = c.in[kDisplayName] || c.in[kAddress] || (spoken_of && !under_own_name);
    noun.label("brand.strength", strong ? "strong" : "weak");
    const bool owns = !from_domain.empty() && brands.sends_from(index, from_domain);
    noun.label("brand.sender_owns", owns ? "true" : "false");
    if (strong && !owns && !foreign_noted) {
      event.fact("brand.strong_foreign", b.id);
      foreign_noted = true;
    }
    noun.label("brand.authenticated", owns && trusted_pass);
    size_t own = 0, foreign = 0;
    for (const LinkHost& link : link_hosts) {
      if (brands.uses(index, link.host)) ++own;
      else if (link.visible && !link.own) ++foreign;
    }
    noun.label("brand.links_own", std::to_string(own)).label("brand.links_foreign", std::to_string(foreign));
    if (c.text_offset != UINT32_MAX) {
      const Place at = place(c.text_offset);
      noun.label("part", at.part).label("offset", static_cast<size_t>(at.offset));
    } else if (c.elsewhere) {
      noun.label("part", c.elsewhere->part).label("offset", static_cast<size_t>(c.elsewhere->offset));
    } else {
      noun.label("part", "header");
    }
  }
}

}  // namespace sekisho::scan
