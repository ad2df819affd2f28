// Takes links, gives one about[] noun each: where it leads, who owns that, what its text claims. Entry:
// Facts::links. Hosts repeat within a mail, so what depends on the host alone is found once per host.
#include <fmt/format.h>

#include <unordered_map>

#include "base/base64.h"
#include "base/strings.h"
#include "net/carried.h"
#include "scan/facts.h"
#include "text/shapes.h"

namespace sekisho::scan {
namespace {

constexpr size_t kUrlToken = 16;  // bytes of a path step or parameter that looks made up

// The host of a URL carried inside another one ("…?url=https%3A%2F%2Fhost%2F…"); "" if none.
std::string carried_host(std::string_view href) {
  for (size_t at = href.find("http", 8); at != std::string_view::npos; at = href.find("http", at + 4)) {
    std::string_view rest = href.substr(at, 600);
    rest.remove_prefix(rest.starts_with("https") ? 5 : 4);
    if (!(rest.starts_with("://") || istarts_with(rest, "%3a%2f%2f") || istarts_with(rest, "%253a%252f"))) continue;
    std::string url = net::percent_decode(href.substr(at, 600));
    if (url.find("://") == std::string::npos) url = net::percent_decode(url);
    const auto parsed = net::parse_url(url);
    if (parsed && parsed->host) return *parsed->host;
  }
  return {};
}

// d= of a DKIM-Signature (RFC 6376 section 3.5): who says that it signed, not whether that is so.
std::string signing_domain(std::string_view signature) {
  for (std::string_view tag : split(signature, ';')) {
    tag = trim(tag);
    if (tag.starts_with("d=")) return ascii_lower(trim(tag.substr(2)));
  }
  return {};
}

struct HostFacts {
  std::optional<brand::Index> owner, cdn;
  std::optional<brand::Judgement> lookalike;
  bool own = false, sender = false, address = false, punycode = false, mixed_script = false;
  std::string_view dynamic_dns, tracker, risky_tld;
  std::string readable;
  memory::Known known;  // where something is remembered
  std::string_view platform;
};

}  // namespace

void Facts::links() {
  std::unordered_map<std::string, HostFacts> hosts;
  const auto about_host = [&](const std::string& asked) -> const HostFacts& {
    const auto [it, fresh] = hosts.try_emplace(asked);
    HostFacts& h = it->second;
    const std::string& host = it->first;  // facts view it: the URL that asks goes, the next one comes
    if (!fresh) return h;
    h.owner = content.brands.owner(host);
    h.cdn = h.owner ? std::nullopt : content.brands.cdn(host);
    h.own = own_domain(host) || (net::is_ip(host) && in_blocks(host, settings.networks));
    h.sender = !from_registrable.empty() && registrable(host) == from_registrable;
    h.address = net::is_ip(host);
    h.dynamic_dns = content.lists.dynamic_dns.covering(host);
    h.tracker = content.lists.trackers.covering(host);
    const std::string_view suffix = content.suffixes->suffix(host);
    const std::string_view tld = suffix.substr(suffix.rfind('.') + 1);
    if (content.lists.risky_tlds.has(tld)) h.risky_tld = tld;
    if (!h.own && !h.owner) h.lookalike = lookalike(host);
    h.punycode = host.starts_with("xn--") || host.find(".xn--") != std::string::npos;
    if (content.memory) {
      h.known = content.memory->about(host, nullptr, event_day());
      h.platform = content.platform(host);
    }
    if (h.punycode) {
      h.readable = net::to_unicode(host);
      for (const std::string_view label : split(h.readable, '.')) h.mixed_script |= mixes_scripts(label);
    }
    return h;
  };

  const std::vector<std::string> readers = recipients();
  // Base64 that begins inside a longer encoded text ("id=…&e=…" encoded as one) is found by its middle.
  std::vector<std::string> cores;
  for (const std::string& r : readers)
    // Without the last group, which depends on what follows.
    if (std::string core = encode_base64(std::string_view(r).substr(0, r.size() / 3 * 3)); core.size() >= 8)
      cores.push_back(std::move(core));

  // Domains for which the headers answer in some way. A link elsewhere leads to a stranger.
  std::vector<std::string> familiar;
  for (const auto* boxes : {&mail.from, &mail.sender, &mail.reply_to, &mail.return_path})
    for (const mail::Mailbox& m : *boxes)
      if (!m.domain.empty()) familiar.emplace_back(registrable(m.domain));
  if (const size_t at = mail.message_id.rfind('@'); at != std::string::npos)
    familiar.emplace_back(registrable(ascii_lower(mail.message_id.substr(at + 1))));
  for (const mail::HeaderField& field : mail.headers.fields)
    if (familiar.size() < 40 && iequals(field.name, "dkim-signature"))
      if (std::string d = signing_domain(field.value); !d.empty()) familiar.emplace_back(registrable(d));

  const auto named_brand = [&](std::string_view said) -> std::optional<brand::Index> {
    const brand::Mentions m = content.brands.mentions(text::normalize(said).text, 4);
    for (const brand::Mention& name : m.names)
      if (!name.ambiguous || said.size() < 40 || m.has_context(name.brand)) return name.brand;
    return std::nullopt;
  };

  std::unordered_map<std::string, uint32_t> seen;  // href + text: the same button twice is one fact
  size_t count = 0, strangers = 0, to_sender = 0;
  bool mailto_other = false, mailto_free = false;
  StringMap<int> distinct_hosts;
  for (size_t i = 0; i < mail.links.size() + wrapped_links.size(); ++i) {
    const WrappedLink* const wrapped_in = i < mail.links.size() ? nullptr : &wrapped_links[i - mail.links.size()];
    const mail::LinkRef& link = wrapped_in ? wrapped_in->link : mail.links[i];
    if (link.href.empty() || link.href[0] == '#') continue;
    if (!wrapped_in) ++count;
    if (!seen.try_emplace(link.href + "\n" + (wrapped_in ? "\f" : link.text), 0).second) continue;
    // A link in the subject stands in no part; one out of a file has none that it could be relative to.
    const mail::Part* part = wrapped_in || link.where == mail::LinkRef::Where::header || link.part >= mail.parts.size()
                                 ? nullptr
                                 : &mail.parts[link.part];
    const std::string_view part_path = wrapped_in ? wrapped_in->path : part ? std::string_view(part->path) : "subject";
    auto url = net::parse_url(link.href, nullptr, settings.limits);
    // A relative link of a page with <base> leads somewhere after all.
    if (!url && part && part->page && !part->page->base_href.empty())
      if (const auto base = net::parse_url(part->page->base_href, nullptr, settings.limits))
        url = net::parse_url(link.href, &*base, settings.limits);
    if (!url) {
      if (istarts_with(link.href, "http") || link.href.find("://") != std::string::npos) {
        const event::Node noun = event.root().add("about");
        noun.label("kind", "link")
            .label("link.href", utf8_prefix(link.href, 500))
            .label("link.text", utf8_prefix(link.text, 200));
        noun.label("part", part_path).label("offset", static_cast<size_t>(link.offset));
      }
      continue;
    }
    if (url->scheme == "mailto") {
      const std::string to = ascii_lower(net::percent_decode(url->path));
      const std::string_view domain = std::string_view(to).substr(to.rfind('@') + 1);
      if (to.find('@') == std::string::npos || link.hidden || own_domain(domain)) continue;
      const bool readers_own = std::ranges::find(readers, to) != readers.end();
      mailto_other |= !readers_own && std::ranges::find(familiar, registrable(domain)) == familiar.end();
      mailto_free |= !readers_own && content.lists.free_mail.has(domain);
      continue;
    }
    if (url->scheme == "tel" || url->scheme == "cid") continue;
    const event::Node noun = event.root().add("about");
    const std::string href = url->href();
    noun.set("url", utf8_prefix(href, 2000));
    noun.label("kind", "link").label("link.scheme", url->scheme);
    static constexpr std::string_view kWhere[] = {"html", "text", "attachment", "header", "script", "load", "calendar"};
    noun.label("link.where", wrapped_in ? wrapped_in->where : kWhere[static_cast<size_t>(link.where)]);
    if (wrapped_in)
      noun.label("link.qr", wrapped_in->where.ends_with("qr")).label("link.page", size_t{wrapped_in->page});
    noun.label("part", part_path).label("offset", static_cast<size_t>(link.offset));
    noun.label("link.text", utf8_prefix(link.text, 200)).label("link.hidden", link.hidden);
    noun.label("link.image_only", link.has_image && trim(link.text).empty());
    const std::optional<brand::Index> text_brand = !link.text.empty() && link.where != mail::LinkRef::Where::text
                                                       ? named_brand(link.text)
                                                   : !link.image_alt.empty() ? named_brand(link.image_alt)
                                                                             : std::nullopt;
    if (text_brand) noun.label("link.text_brand", content.brands[*text_brand].id);
    if (!url->host || url->host->empty()) continue;

    const std::string& host = *url->host;
    ++distinct_hosts[host];
    const HostFacts& h = about_host(host);
    const std::string_view path = url->path;
    noun.set("hostname", host);
    noun.child("domain").set("name", registrable(host));
    if (h.owner) noun.label("link.owner", content.brands[*h.owner].id);
    if (h.cdn) noun.label("link.brand_cdn", content.brands[*h.cdn].id);
    noun.label("link.own_domain", h.own).label("link.sender_domain", h.sender).label("link.address", h.address);
    noun.label("link.shortener", !content.lists.shorteners.covering(host, path).empty());
    noun.label("link.free_hosting", content.lists.free_hosting.covering(host, path));
    noun.label("link.dynamic_dns", h.dynamic_dns).label("link.tracker", h.tracker).label("link.risky_tld", h.risky_tld);
    noun.label("link.credentials", !url->username.empty() || !url->password.empty());
    noun.label("link.port", url->port.has_value());
    noun.label("link.punycode", h.punycode).label("link.readable", h.readable == host ? "" : h.readable);
    noun.label("link.mixed_script", h.mixed_script);
    if (content.memory) {
      if (h.known.rank) noun.label("link.rank", size_t{h.known.rank->rank});
      if (h.known.seen_days) noun.label("link.first_seen_days", static_cast<size_t>(*h.known.seen_days));
      if (h.known.registered_days) noun.label("link.registered_days", static_cast<size_t>(*h.known.registered_days));
      noun.label("link.newcomer", h.known.newcomer).label("link.platform", h.platform);
      if (const auto kit = content.memory->reported_before(*url, event_day()))
        noun.label("link.template_seen", size_t{kit->count});
    }
    if (h.lookalike) {
      if (h.lookalike->brand) noun.label("link.lookalike", content.brands[*h.lookalike->brand].id);
      noun.label("link.lookalike_how", h.lookalike->how_name());
      noun.label("link.lookalike_odds", fmt::format("{:.1f}", h.lookalike->log_odds));
      noun.label("link.lookalike_sure", h.lookalike->flagged);
    }
    const bool stranger = !h.own && std::ranges::find(familiar, registrable(host)) == familiar.end();
    noun.label("link.stranger", stranger);
    strangers += stranger, to_sender += h.sender;
    noun.label("link.in_svg", part && (part->sniffed == "image/svg+xml" || part->type == "image/svg+xml"));
    noun.label("link.redirector", content.lists.redirectors.covering(host, path));
    noun.label("link.bytes", href.size());
    noun.label("link.fragment_bytes", url->fragment ? url->fragment->size() : size_t{0});
    noun.label("link.token",
               text::random_token(std::string_view(href).substr(std::min(href.size(), href.find(host))), kUrlToken));
    std::string_view recipient;
    for (const net::CarriedAddress& carried : net::carried_addresses(href)) {
      const bool reader = std::ranges::find(readers, carried.address) != readers.end();
      if (reader && recipient.empty()) recipient = carried.how;
      else if (!reader) noun.label("link.carries_address", carried.how);
    }
    for (const std::string& core : cores)
      if (recipient.empty() && href.find(core) != std::string::npos) recipient = "base64";
    noun.label("link.recipient", !recipient.empty()).label("link.recipient_how", recipient);
    if (link.where != mail::LinkRef::Where::text) {
      const std::string named = net::host_named_by(link.text);
      if (!named.empty()) {
        noun.label("link.text_host", named);
        noun.label("link.text_other", registrable(named) != registrable(host));
      }
    }
    const std::string inner = carried_host(href);
    if (!inner.empty() && inner != host) noun.label("link.redirect_to", inner);
    if (!h.owner && !h.own && path.size() > 3)
      if (const auto in_path = content.judge->judge_text(path); in_path.brand && in_path.exact())
        noun.label("link.path_brand", content.brands[*in_path.brand].id);
    // What a file links to is the file's, but a code is there to be followed, and nobody links to a look-alike by
    // chance.
    const bool in_mail = wrapped_in ? wrapped_in->where.ends_with("qr") || h.lookalike.has_value()
                                    : part == nullptr || part->calendar || part->kind == mail::PartKind::html ||
                                          part->kind == mail::PartKind::text;
    link_hosts.push_back({host, !link.hidden && in_mail, h.own});
  }
  event.fact("mail.links", count);
  event.fact("mail.link_hosts", distinct_hosts.size());
  event.fact("mail.links_stranger", strangers);
  event.fact("mail.links_sender", to_sender);
  event.fact("mail.mailto_stranger", mailto_other);
  event.fact("mail.mailto_free_mail", mailto_free);
  if (count > 0) event.fact("mail.text_per_link", mail.text.size() / count);
}

}  // namespace sekisho::scan
