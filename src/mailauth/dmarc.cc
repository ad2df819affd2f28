// Takes authors, SPF and DKIM results, gives the DMARC result. Entries: check_dmarc(), walk_dmarc(), read_dmarc().
// Refuses nothing: a From that has no one domain is a permanent error.
#include "mailauth/dmarc.h"

#include <algorithm>
#include <map>

#include "base/strings.h"
#include "mailauth/signature.h"
#include "mailauth/tags.h"
#include "net/host.h"

namespace sekisho::mailauth {
namespace {

using net::DnsStatus;
using net::DnsType;

std::optional<DmarcPolicy> policy(std::string_view text) {
  if (iequals(text, "none")) return DmarcPolicy::none;
  if (iequals(text, "quarantine")) return DmarcPolicy::quarantine;
  if (iequals(text, "reject")) return DmarcPolicy::reject;
  return std::nullopt;
}

// URIs at commas, sizes ("!10m") left on.
std::vector<std::string> uris(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string_view piece : split(text, ','))
    if (const std::string_view uri = trim(piece); uri.find(':') != std::string_view::npos && uri.find(':') > 0)
      out.emplace_back(uri);
  return out;
}

size_t labels(std::string_view name) {
  return name.empty() ? 0 : static_cast<size_t>(std::ranges::count(name, '.')) + 1;
}

std::string without_first_label(std::string_view name) {
  const size_t dot = name.find('.');
  return dot == std::string_view::npos ? "" : std::string(name.substr(dot + 1));
}

// The rightmost n labels.
std::string last_labels(std::string_view name, size_t n) {
  std::string out(name);
  while (labels(out) > n) out = without_first_label(out);
  return out;
}

// The records of a message's domains, each looked up once.
class Walker {
 public:
  Walker(net::Resolver& resolver, DmarcMode mode) : resolver_(resolver), mode_(mode) {}

  // One valid record at exactly this name; nullptr: none, or several. failed is set where nobody can tell.
  const DmarcRecord* at(const std::string& domain, bool& failed) {
    auto [it, fresh] = known_.try_emplace(domain);
    Known& known = it->second;
    if (fresh) {
      asked_.push_back("_dmarc." + domain);
      const net::DnsAnswer answer = resolver_.look_up("_dmarc." + domain, DnsType::txt);
      known.failed = answer.status == DnsStatus::failed;
      size_t valid = 0;
      for (const net::DnsRecord& r : answer.records) {
        auto read = read_dmarc(r.text);
        if (!read) continue;
        ++valid;
        known.record = std::move(read);
        known.record->domain = domain;
      }
      if (valid > 1) known.record.reset();
    }
    failed = failed || known.failed;
    return known.record ? &*known.record : nullptr;
  }

  // RFC 9989 section 4.10: the names of the walk from a domain up.
  static std::vector<std::string> names(const std::string& domain) {
    std::vector<std::string> out = {domain};
    std::string next = labels(domain) < 8 ? without_first_label(domain) : last_labels(domain, 7);
    for (; !next.empty(); next = without_first_label(next)) out.push_back(next);
    return out;
  }

  DmarcWalk walk(const std::string& domain) {
    DmarcWalk out;
    if (mode_ == DmarcMode::rfc7489) {
      const std::string_view registrable = net::PublicSuffixes::system().registrable(domain);
      out.organizational_domain = registrable.empty() ? domain : std::string(registrable);
      for (const std::string& name : {domain, out.organizational_domain})
        if (const DmarcRecord* r = at(name, out.failed); r && (out.records.empty() || out.records[0].domain != name))
          out.records.push_back(*r);
      return out;
    }
    for (const std::string& name : names(domain)) {
      const DmarcRecord* record = at(name, out.failed);
      if (record == nullptr) continue;
      out.records.push_back(*record);
      if (record->psd == 'n' || (record->psd == 'y' && name != domain)) break;
    }
    out.organizational_domain = organizational(domain, out.records);
    return out;
  }

  const std::string& organizational_domain(const std::string& domain, bool& failed) {
    auto [it, fresh] = organizations_.try_emplace(domain);
    if (fresh) {
      DmarcWalk walked = walk(domain);
      it->second = {std::move(walked.organizational_domain), walked.failed};
    }
    failed = failed || it->second.second;
    return it->second.first;
  }

  std::vector<std::string> asked() && { return std::move(asked_); }

 private:
  // Section 4.10.2.
  static std::string organizational(const std::string& domain, const std::vector<DmarcRecord>& records) {
    for (const DmarcRecord& r : records) {
      if (r.psd == 'n') return r.domain;
      if (r.psd == 'y' && r.domain != domain) return last_labels(domain, labels(r.domain) + 1);
    }
    return records.empty() ? domain : records.back().domain;
  }

  struct Known {
    std::optional<DmarcRecord> record;
    bool failed = false;
  };
  net::Resolver& resolver_;
  const DmarcMode mode_;
  std::map<std::string, Known> known_;
  std::map<std::string, std::pair<std::string, bool>> organizations_;
  std::vector<std::string> asked_;
};

class Check {
 public:
  Check(const DmarcRequest& request, net::Resolver& resolver)
      : request_(request), resolver_(resolver), walker_(resolver, request.mode) {}

  DmarcResult run() {
    judge();
    out_.asked = std::move(walker_).asked();
    return std::move(out_);
  }

 private:
  void end(DmarcStatus status, std::string reason) {
    out_.status = status;
    out_.reason = std::move(reason);
  }

  void judge() {
    const Authors& authors = request_.authors;
    out_.from_domain = authors.domain();
    if (authors.beyond) return end(DmarcStatus::permerror, "too many header fields");
    if (authors.fields == 0) return end(DmarcStatus::permerror, "there is no From");
    if (authors.fields > 1) return end(DmarcStatus::permerror, "several From fields");
    if (authors.mailboxes.empty()) return end(DmarcStatus::permerror, "From has no address");
    // Readers differ in which address of such a field they show: none of them may pass.
    if (authors.malformed) return end(DmarcStatus::permerror, "From is malformed");
    if (out_.from_domain.empty()) return end(DmarcStatus::permerror, "From has addresses of several domains");
    if (!is_domain_name(out_.from_domain)) return end(DmarcStatus::permerror, "From has no domain");
    bool failed = false;
    const DmarcWalk walk = walker_.walk(out_.from_domain);
    out_.organizational_domain = walk.organizational_domain;
    if (!discover(walk)) {
      if (walk.failed) return end(DmarcStatus::temperror, "the record cannot be looked up");
      if (out_.reason.empty()) out_.reason = "no DMARC record";
      return;
    }
    align(failed);
    if (!out_.aligned_spf.empty() || !out_.aligned_dkim.empty()) {
      out_.status = DmarcStatus::pass;
      return;
    }
    // A pass may hide behind what could not be looked up.
    const bool maybe =
        failed ||
        (request_.spf.status == SpfStatus::temperror &&
         is_aligned(ascii_lower(request_.spf.domain), out_.record->strict_spf, failed)) ||
        std::ranges::any_of(request_.dkim.signatures, [&](const DkimResult& r) {
          return r.status == DkimStatus::temperror && is_aligned(r.domain, out_.record->strict_dkim, failed);
        });
    if (maybe) return end(DmarcStatus::temperror, "SPF, DKIM or a record could not be looked up");
    out_.status = DmarcStatus::fail;
    out_.disposition = out_.policy;
    apply_overrides();
  }

  // Which record, and what it asks for here. false: none applies.
  bool discover(const DmarcWalk& walk) {
    const DmarcRecord* found = nullptr;
    const auto at = [&](std::string_view domain) {
      for (const DmarcRecord& r : walk.records)
        if (r.domain == domain) return &r;
      return static_cast<const DmarcRecord*>(nullptr);
    };
    found = at(out_.from_domain);
    if (found == nullptr) found = at(walk.organizational_domain);
    // That of the public suffix above the organization.
    if (found == nullptr && request_.mode == DmarcMode::rfc9989 && !walk.records.empty() &&
        walk.records.back().psd == 'y')
      found = &walk.records.back();
    if (found == nullptr) return false;
    const bool own = found->domain == out_.from_domain;
    DmarcRecord record = *found;
    // RFC 9989 section 4.7, RFC 7489 section 6.6.3: without a policy that can be read a record is one of p=none if it
    // wants reports, and otherwise none at all.
    if (!record.p || record.bad_sp || record.bad_np) {
      if (record.rua.empty()) {
        out_.reason = "the record of " + record.domain + " has no policy";
        return false;
      }
      record.p = DmarcPolicy::none;
      record.sp.reset();
      record.np.reset();
    }
    out_.policy = *record.p;
    out_.policy_tag = "p";
    if (!own) {
      if (record.np && request_.mode == DmarcMode::rfc9989) out_.from_exists = exists(out_.from_domain);
      if (record.np && !out_.from_exists) {
        out_.policy = *record.np;
        out_.policy_tag = "np";
      } else if (record.sp) {
        out_.policy = *record.sp;
        out_.policy_tag = "sp";
      }
    }
    out_.record = std::move(record);
    return true;
  }

  // RFC 9989 section 3.2.13: NXDOMAIN, or no data for A, AAAA and MX. What cannot be looked up is taken to exist.
  bool exists(const std::string& domain) {
    for (const DnsType type : {DnsType::a, DnsType::aaaa, DnsType::mx}) {
      const net::DnsAnswer answer = resolver_.look_up(domain, type);
      if (answer.status == DnsStatus::no_name) return false;
      if (!answer.is_void()) return true;
    }
    return false;
  }

  bool is_aligned(const std::string& domain, bool strict, bool& failed) {
    if (domain == out_.from_domain) return true;
    // Whatever shares the organizational domain lies within it; who sends is not asked for more.
    if (strict || !is_domain_name(domain) || !net::within(domain, out_.organizational_domain)) return false;
    return walker_.organizational_domain(domain, failed) == out_.organizational_domain;
  }

  void align(bool& failed) {
    const DmarcRecord& record = *out_.record;
    const std::string spf = ascii_lower(request_.spf.domain);
    if (request_.spf.status == SpfStatus::pass && is_aligned(spf, record.strict_spf, failed)) out_.aligned_spf = spf;
    for (size_t i = 0; i < request_.dkim.signatures.size() && out_.aligned_dkim.empty(); ++i) {
      const DkimResult& r = request_.dkim.signatures[i];
      if (r.status != DkimStatus::pass || !is_aligned(r.domain, record.strict_dkim, failed)) continue;
      out_.aligned_dkim = r.domain;
      out_.aligned_signature = i;
    }
  }

  void apply_overrides() {
    const auto milder = [](DmarcPolicy p) {
      return p == DmarcPolicy::reject ? DmarcPolicy::quarantine : DmarcPolicy::none;
    };
    if (request_.mode == DmarcMode::rfc9989 && out_.record->testing && out_.policy != DmarcPolicy::none) {
      out_.disposition = milder(out_.policy);
      out_.override_reason = "testing";
    }
    if (request_.mode == DmarcMode::rfc7489 && out_.policy != DmarcPolicy::none &&
        static_cast<int>(request_.sample) >= out_.record->percent) {
      out_.disposition = milder(out_.policy);
      out_.override_reason = "sampled_out";
    }
  }

  const DmarcRequest& request_;
  net::Resolver& resolver_;
  Walker walker_;
  DmarcResult out_;
};

}  // namespace

std::string_view dmarc_status_name(DmarcStatus status) {
  static constexpr std::string_view kNames[] = {"none", "pass", "fail", "temperror", "permerror"};
  return kNames[static_cast<size_t>(status)];
}
std::string_view dmarc_policy_name(DmarcPolicy policy) {
  static constexpr std::string_view kNames[] = {"none", "quarantine", "reject"};
  return kNames[static_cast<size_t>(policy)];
}

std::optional<DmarcRecord> read_dmarc(std::string_view text) {
  const auto tags = Tags::read(text, true);
  if (!tags || tags->all().empty() || tags->all()[0].name != "v" || tags->all()[0].value != "DMARC1")
    return std::nullopt;
  DmarcRecord out;
  out.text = text;
  const auto read = [&](const char* name, std::optional<DmarcPolicy>& to, bool& bad) {
    if (const auto value = tags->find(name)) {
      to = policy(*value);
      bad = !to;
    }
  };
  read("p", out.p, out.bad_p);
  read("sp", out.sp, out.bad_sp);
  read("np", out.np, out.bad_np);
  out.strict_dkim = iequals(tags->get("adkim"), "s");
  out.strict_spf = iequals(tags->get("aspf"), "s");
  if (iequals(tags->get("psd"), "y")) out.psd = 'y';
  if (iequals(tags->get("psd"), "n")) out.psd = 'n';
  out.testing = iequals(tags->get("t"), "y");
  if (const auto number = tag_number(tags->get("pct")); number && *number <= 100)
    out.percent = static_cast<int>(*number);
  out.rua = uris(tags->get("rua"));
  out.ruf = uris(tags->get("ruf"));
  return out;
}

DmarcResult check_dmarc(const DmarcRequest& request, net::Resolver& resolver) { return Check(request, resolver).run(); }

DmarcWalk walk_dmarc(std::string_view domain, net::Resolver& resolver, DmarcMode mode) {
  Walker walker(resolver, mode);
  DmarcWalk out = walker.walk(ascii_lower(domain));
  out.asked = std::move(walker).asked();
  return out;
}

}  // namespace sekisho::mailauth
