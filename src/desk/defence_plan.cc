// Takes an advisory, gives what of it may become part of a rule: hosts, URLs, senders, addresses, digests, masks,
// brands, subjects, pretexts. Entry: plan_defence. Refuses what is anybody's but the attacker's: owned and shared
// hosts, platforms, private addresses, masks that fit too much; each refusal is told with its reason.
#include <algorithm>
#include <set>

#include "base/strings.h"
#include "desk/defence_parts.h"
#include "net/url.h"
#include "text/normalize.h"

namespace sekisho::desk {
namespace {

constexpr size_t kMostValues = 5000;  // of each kind
constexpr size_t kMostBrands = 8, kMostSubjects = 40;
constexpr size_t kUrlBytes = 1000, kSubjectBytes = 300;

void add(std::vector<std::string>& to, std::string value, size_t most = kMostValues) {
  if (!value.empty() && to.size() < most && std::ranges::find(to, value) == to.end()) to.push_back(std::move(value));
}

bool host_characters(std::string_view host) {
  return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
  });
}

size_t letters(std::string_view text) { return static_cast<size_t>(std::ranges::count_if(text, is_alnum)); }

class Planner {
 public:
  Planner(const Advisory& advisory, const DefenceContent& content, const scan::Content& packs,
          const scan::Settings& settings)
      : advisory_(advisory), content_(content), packs_(packs), settings_(settings) {}

  DefencePlan run() {
    names();
    if (!advisory_.on_topic || advisory_.false_alarm) return std::move(plan_);
    plan_.empty = false;
    plan_.themes = advisory_.themes;
    brands();
    spared();
    for (const Indicator& i : advisory_.indicators) indicator(i);
    for (const std::string& subject : advisory_.lure_subjects) this->subject(subject);
    for (const auto& pretext : content_.pretexts)
      if (std::ranges::find(plan_.themes, pretext.theme) != plan_.themes.end())
        for (const std::string& intent : pretext.intents) add(plan_.intents, intent);
    return std::move(plan_);
  }

 private:
  void names() {
    plan_.id = identifier(advisory_.id);
    if (plan_.id.empty() || is_digit(plan_.id[0])) plan_.id = "advisory_" + plan_.id;
    for (const char c : advisory_.id.substr(0, 80)) plan_.folder += is_alnum(c) || c == '-' || c == '_' ? c : '_';
    if (plan_.folder.empty()) plan_.folder = "advisory";
    plan_.title = one_line(advisory_.title.en, 200);
    plan_.title_ja = one_line(advisory_.title.ja, 200);
  }

  void brands() {
    for (const Named& b : advisory_.brands) {
      if (!b.imitated) continue;
      if (const auto index = b.id.empty() ? std::nullopt : packs_.brands.find(b.id)) {
        if (plan_.brands.size() < kMostBrands && std::ranges::find(plan_.brands, *index) == plan_.brands.end())
          plan_.brands.push_back(*index);
      } else if (std::string name = text::normalize(utf8_prefix(b.name, 80)).text;
                 letters(name) >= 4 || name.size() >= 9) {
        add(plan_.names, std::move(name), kMostBrands);
      }
    }
  }

  // Hosts that stand in another role are nobody's to block, whatever else is said of them.
  void spared() {
    for (const Indicator& i : advisory_.indicators) {
      if (i.host.empty() || i.role == "malicious" || i.role == "partial") continue;
      spared_.insert(i.host);
      if (i.role == "genuine") add(plan_.genuine, i.host);
    }
  }

  void leave(const Indicator& i, std::string why) {
    if (plan_.left_out.size() < kMostValues) plan_.left_out.push_back({i.value, i.type, i.role, std::move(why)});
  }

  // Why a host must not stand in a rule by itself; "" if it may.
  std::string_view objection(std::string_view host) const {
    if (net::is_ip(host)) return address_objection(host);
    if (!host_characters(host)) return "malformed";
    if (host.find('.') == std::string_view::npos) return "unlisted";
    for (const std::string& domain : settings_.domains)
      if (net::within(host, domain)) return "own";
    for (const std::string& domain : settings_.partners)
      if (net::within(host, domain)) return "own";
    for (const std::string& domain : content_.never_hosts)
      if (net::within(host, domain) || net::within(domain, host)) return "never";
    if (std::ranges::any_of(spared_, [&](const std::string& s) { return net::within(s, host); })) return "role";
    if (packs_.brands.owner(host) || packs_.brands.cdn(host) || packs_.brands.sender(host)) return "owned";
    if (packs_.suffixes->registrable(host).empty() && packs_.suffixes->listed(host)) return "platform";
    const scan::Lists& lists = packs_.lists;
    for (const scan::List* list : {&lists.shorteners, &lists.trackers, &lists.redirectors, &lists.free_mail})
      if (!list->covering(host).empty()) return "shared";
    // A name under a platform is whose it is; the platform itself is everybody's.
    for (const scan::List* list : {&lists.free_hosting, &lists.dynamic_dns, &lists.tenant_domains})
      if (list->has(host)) return "platform";
    return {};
  }

  std::string_view address_objection(std::string_view address) const {
    for (const std::string& block : settings_.networks)
      if (net::in_cidr(address, block)) return "own";
    for (const std::string& block : settings_.trusted_relays)
      if (net::in_cidr(address, block)) return "own";
    for (const std::string& block : content_.never_addresses)
      if (net::in_cidr(address, block)) return "private";
    return {};
  }

  // A URL or a sender says little of its host, which may be broken into or shared, unless the name is made to deceive.
  void look_alike(const std::string& host) {
    if (!net::is_ip(host) && objection(host).empty() && packs_.judge->judge(host).flagged) add(plan_.hosts, host);
  }

  void indicator(const Indicator& i) {
    if (i.role == "partial") return mask(i);
    if (i.role != "malicious") return leave(i, "role");
    if (i.type == "domain") {
      const std::string host = ascii_lower(i.value);
      if (const auto why = objection(host); !why.empty()) return leave(i, std::string(why));
      add(plan_.hosts, host);
    } else if (i.type == "url") {
      url(i);
    } else if (i.type == "email") {
      email(i);
    } else if (i.type == "ipv4" || i.type == "ipv6") {
      address(i);
    } else if (i.type == "sha256" || i.type == "sha1" || i.type == "md5") {
      const size_t length = i.type == "sha256" ? 64 : i.type == "sha1" ? 40 : 32;
      const std::string digest = ascii_lower(i.value);
      if (digest.size() != length || !std::ranges::all_of(digest, [](char c) { return hex_digit(c) >= 0; }))
        return leave(i, "malformed");
      if (std::ranges::find(content_.never_digests, digest) != content_.never_digests.end()) return leave(i, "never");
      add(length == 64 ? plan_.sha256 : plan_.other_digests, digest);
    }
  }

  void url(const Indicator& i) {
    const bool schemed = i.value.find("://") != std::string::npos;
    const auto url = net::parse_url(schemed ? i.value : "http://" + i.value, nullptr, settings_.limits);
    if (!url || !url->host || url->host->empty() || url->href().size() > kUrlBytes) return leave(i, "malformed");
    std::string host = *url->host, path = url->path;
    while (path.ends_with('/')) path.pop_back();
    if (net::is_ip(host)) {
      if (const auto why = address_objection(host); !why.empty()) return leave(i, std::string(why));
      return add(plan_.hosts, host);
    }
    if (!host_characters(host)) return leave(i, "malformed");
    const std::string_view why = objection(host);
    if (path.empty()) {
      if (!why.empty()) return leave(i, std::string(why));
      return add(plan_.hosts, host);
    }
    // What the organisation, or the article itself, calls its own stays out even with its path.
    if (why == "own" || why == "role" || why == "never" || why == "malformed") return leave(i, std::string(why));
    // The first step of a path on a platform may be all that tells its tenant: one letter tells nothing.
    if (!why.empty() && letters(path) < 3) return leave(i, std::string(why));
    add(plan_.urls, host + path);
    if (why.empty()) look_alike(host);
  }

  void email(const Indicator& i) {
    const std::string address = ascii_lower(i.value);
    const size_t at = address.rfind('@');
    const std::string host = at == std::string::npos ? "" : address.substr(at + 1);
    const bool sound = at != std::string::npos && at > 0 && address.size() <= 254 && host_characters(host) &&
                       std::ranges::none_of(address, [](char c) { return is_space(c) || c == '"' || c == '\0'; });
    if (!sound) return leave(i, "malformed");
    // One address at a mail provider is one person's; a brand's own address in a sender line is forged, and true mail
    // has it too.
    const std::string_view why = objection(host);
    if (!why.empty() && why != "shared" && why != "platform" && why != "unlisted") {
      if (why != "owned" || !packs_.lists.free_mail.has(host)) return leave(i, std::string(why));
    }
    add(plan_.senders, address);
    if (why.empty()) look_alike(host);
  }

  void address(const Indicator& i) {
    std::string address = i.value;
    if (i.type == "ipv4") address.resize(std::min(address.find(':'), address.size()));
    else if (address.starts_with('[')) address = address.substr(1, address.find(']') - 1);
    if (!net::is_ip(address)) return leave(i, "malformed");
    if (const auto why = address_objection(address); !why.empty()) return leave(i, std::string(why));
    add(plan_.addresses, ascii_lower(address));
  }

  void mask(const Indicator& i) {
    std::string_view value = i.value;
    if (i.type == "email" || value.size() > 200) return leave(i, "too_wide");
    if (const size_t scheme = value.find("://"); scheme != std::string_view::npos) value.remove_prefix(scheme + 3);
    const size_t slash = std::min(value.find('/'), value.size());
    std::string host = ascii_lower(value.substr(0, slash));
    std::string path(value.substr(slash));
    if (path.find('*') != std::string::npos) path.resize(path.find('*'));
    while (path.ends_with('/')) path.pop_back();
    std::string plain = host;
    std::ranges::replace(plain, '*', 'a');
    if (host.find('*') == std::string::npos || !host_characters(plain)) return leave(i, "malformed");
    // What is known of the name: letters of it that no suffix has; a suffix that is masked tells nothing.
    const std::string_view suffix = packs_.suffixes->suffix(plain);
    const std::string_view known = std::string_view(host).substr(0, host.size() - suffix.size());
    if (suffix.empty() || host.substr(host.size() - suffix.size()).find('*') != std::string::npos)
      return leave(i, "too_wide");
    // Masks in front of a whole name: what is below it is its owner's.
    const std::string_view fixed = std::string_view(host).substr(host.rfind('*') + 1);
    if (fixed.starts_with('.') && fixed.substr(1) != suffix)
      if (const auto why = objection(fixed.substr(1)); !why.empty()) return leave(i, std::string(why));
    const size_t told = letters(known) + (letters(path) > 3 ? letters(path) : 0);
    if (told < content_.least_mask) return leave(i, "too_wide");
    Mask out{i.value, {}, path, {}, told >= content_.sure_mask};
    for (size_t at = 0; at < host.size();) {
      const size_t star = std::min(host.find('*', at), host.size());
      out.pattern += regex_literal(std::string_view(host).substr(at, star - at));
      out.sample += host.substr(at, star - at);
      if (star < host.size()) {
        out.pattern += "[a-z0-9-]+";
        out.sample += "zq7";
      }
      at = star + 1;
    }
    out.sample += path;
    if (std::ranges::none_of(plan_.masks, [&](const Mask& m) { return m.value == out.value; }) &&
        plan_.masks.size() < kMostValues)
      plan_.masks.push_back(std::move(out));
  }

  void subject(std::string_view written) {
    const std::string subject(trim(text::normalize(utf8_prefix(written, kSubjectBytes)).text));
    if (letters(subject) < 2 && subject.size() < 6) return;
    add(plan_.subjects, subject, kMostSubjects);
    const auto characters = std::ranges::count_if(subject, [](char c) { return (c & 0xC0) != 0x80; });
    // A Japanese character says as much as two Latin ones.
    const auto wide = static_cast<size_t>(text::japanese_share(subject) > 0.3 ? 2 * characters : characters);
    if (wide >= content_.least_subject) add(plan_.long_subjects, subject, kMostSubjects);
  }

  const Advisory& advisory_;
  const DefenceContent& content_;
  const scan::Content& packs_;
  const scan::Settings& settings_;
  DefencePlan plan_;
  std::set<std::string> spared_;
};

}  // namespace

DefencePlan plan_defence(const Advisory& advisory, const DefenceContent& content, const scan::Content& packs,
                         const scan::Settings& settings) {
  return Planner(advisory, content, packs, settings).run();
}

}  // namespace sekisho::desk
