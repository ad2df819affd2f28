// Takes a client's address and what it says of itself, gives the SPF result (check_host() of RFC 7208 section 4).
// Entry: check_spf(). Refuses nothing: what cannot be judged is none, temperror or permerror, with the reason.
#include "mailauth/spf.h"

#include <algorithm>

#include "mailauth/spf_record.h"
#include "net/address.h"
#include "net/host.h"

namespace sekisho::mailauth {
namespace {

using net::DnsAnswer;
using net::DnsStatus;
using net::DnsType;

constexpr size_t kLookUps = 10, kVoids = 2, kHosts = 10;
constexpr size_t kName = 512;  // RFC 5321 section 4.5.3.1 allows 64 + 1 + 255

bool is_ascii_text(std::string_view s) {
  return std::ranges::all_of(s, [](unsigned char c) { return c < 0x80; });
}

// At least two labels, each of 1 to 63 bytes (section 4.3).
bool is_domain(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (!net::is_dns_name(name) || name.find('.') == std::string_view::npos) return false;
  const std::string_view last = name.substr(name.rfind('.') + 1);
  return !name.starts_with('[') && !std::ranges::all_of(last, is_digit);
}

// A domain in the form that is looked up; U-labels as A-labels (RFC 8616).
std::string looked_up(std::string_view domain) {
  if (is_ascii_text(domain)) return std::string(domain);
  auto ascii = net::to_ascii(domain);
  return ascii ? *std::move(ascii) : std::string(domain);
}

struct Address {
  bool six = false;
  uint32_t four = 0;
  net::Ipv6 pieces{};
  std::string text;
};

std::optional<Address> read_address(std::string_view text) {
  Address out;
  if (const auto four = net::parse_dotted_quad(text)) {
    out.four = *four;
  } else if (const auto six = net::parse_ipv6(text)) {
    const net::Ipv6& p = *six;
    const bool mapped = std::all_of(p.begin(), p.begin() + 5, [](uint16_t x) { return x == 0; }) && p[5] == 0xffff;
    out.six = !mapped;
    out.pieces = p;
    out.four = static_cast<uint32_t>(p[6]) << 16 | p[7];
  } else {
    return std::nullopt;
  }
  out.text = out.six ? net::format_ipv6(out.pieces) : net::format_ipv4(out.four);
  return out;
}

bool within(const Address& address, std::string_view network, int bits4, int bits6) {
  if (!address.six) {
    const auto other = net::parse_dotted_quad(network);
    return other && (bits4 == 0 || (address.four ^ *other) >> (32 - bits4) == 0);
  }
  const auto other = net::parse_ipv6(network);
  if (!other) return false;
  for (int i = 0; i < 8; ++i) {
    const int bits = std::clamp(bits6 - 16 * i, 0, 16);
    if (bits > 0 && (address.pieces[static_cast<size_t>(i)] ^ (*other)[static_cast<size_t>(i)]) >> (16 - bits) != 0)
      return false;
  }
  return true;
}

class Check {
 public:
  Check(const SpfRequest& request, net::Resolver& resolver, SpfResult& out)
      : request_(request), resolver_(resolver), out_(out) {}

  void run() {
    if (request_.mail_from.size() > kName || request_.helo.size() > kName) {
      out_.reason = "MAIL FROM or HELO is too long";
      return;
    }
    const auto address = read_address(request_.address);
    out_.helo = request_.mail_from.empty();
    const size_t at = request_.mail_from.rfind('@');
    std::string local;
    if (out_.helo) out_.domain = request_.helo;
    else if (at == std::string::npos) out_.domain = request_.mail_from;
    else {
      local = request_.mail_from.substr(0, at);
      out_.domain = request_.mail_from.substr(at + 1);
    }
    if (local.empty()) local = "postmaster";
    out_.domain = looked_up(out_.domain);
    if (out_.domain.ends_with('.')) out_.domain.pop_back();
    local_ = local;
    sender_domain_ = out_.domain;
    if (!address) {
      out_.reason = "no client address";
      return;
    }
    if (!is_domain(out_.domain)) {
      out_.reason = "\"" + printable(out_.domain) + "\" is no domain";
      return;
    }
    address_ = *address;
    Found found;
    out_.status = check(out_.domain, 0, "", found);
    if (out_.status == SpfStatus::temperror || out_.status == SpfStatus::permerror || out_.status == SpfStatus::none)
      return;
    out_.mechanism = found.mechanism;
    out_.record_domain = found.domain;
    if (out_.status == SpfStatus::fail && found.explanation)
      out_.explanation = explain(*found.explanation, found.domain);
  }

 private:
  struct Found {
    std::string mechanism, domain;
    std::optional<std::string> explanation;
  };

  SpfStatus error(SpfStatus status, std::string reason) {
    if (out_.reason.empty()) out_.reason = std::move(reason);
    return status;
  }
  SpfStatus temporary(std::string_view name, const DnsAnswer& answer) {
    return error(SpfStatus::temperror, std::string(name) + ": " + (answer.why.empty() ? "no answer" : answer.why));
  }

  // check_host() for one domain; depth is bounded by the look-ups.
  SpfStatus check(const std::string& domain, size_t depth, const char* by, Found& found) {
    if (!is_domain(domain)) return error(SpfStatus::none, "\"" + printable(domain) + "\" is no domain");
    const DnsAnswer answer = resolver_.look_up(domain, DnsType::txt);
    if (answer.status == DnsStatus::failed) return temporary(domain, answer);
    const std::string* record = nullptr;
    for (const net::DnsRecord& r : answer.records) {
      if (!is_spf(r.text)) continue;
      if (record != nullptr) return error(SpfStatus::permerror, domain + " has more than one SPF record");
      record = &r.text;
    }
    if (record == nullptr) return error(SpfStatus::none, domain + " has no SPF record");
    if (out_.records.size() < 50) out_.records.push_back({domain, *record, by, depth});
    const SpfTerms terms = read_spf(*record);
    if (!terms.error.empty()) return error(SpfStatus::permerror, domain + ": " + terms.error);
    for (const SpfTerm& term : terms.mechanisms) {
      const SpfStatus matched = match(term, domain, depth);
      if (matched == SpfStatus::none) continue;
      if (matched != SpfStatus::pass) return matched;
      found.mechanism = term.text;
      found.domain = domain;
      if (terms.explanation) found.explanation = std::string(*terms.explanation);
      return term.qualifier == '-'   ? SpfStatus::fail
             : term.qualifier == '~' ? SpfStatus::softfail
             : term.qualifier == '?' ? SpfStatus::neutral
                                     : SpfStatus::pass;
    }
    if (!terms.redirect) {
      found.domain = domain;
      return SpfStatus::neutral;
    }
    if (!count()) return SpfStatus::permerror;
    const auto target = expand(*terms.redirect, domain, false);
    if (!target) return error(SpfStatus::permerror, domain + ": redirect= to what is no domain");
    const SpfStatus status = check(*target, depth + 1, "redirect", found);
    if (status != SpfStatus::none) return status;
    out_.reason.clear();
    return error(SpfStatus::permerror, domain + ": redirect= to " + printable(*target) + ", which has no SPF record");
  }

  // Another term that looks up; false: one too many.
  bool count() {
    if (++out_.look_ups <= kLookUps) return true;
    error(SpfStatus::permerror, "more than " + std::to_string(kLookUps) + " terms that look up");
    return false;
  }

  // Looks up for a mechanism. nullopt: the whole check ends with *ended.
  std::optional<DnsAnswer> ask(const std::string& name, DnsType type, SpfStatus& ended) {
    DnsAnswer answer = resolver_.look_up(name, type);
    if (answer.status == DnsStatus::failed) {
      ended = temporary(name, answer);
      return std::nullopt;
    }
    if (answer.is_void() && ++out_.void_look_ups > kVoids) {
      ended = error(SpfStatus::permerror, "more than " + std::to_string(kVoids) + " look-ups without an answer");
      return std::nullopt;
    }
    return answer;
  }

  DnsType address_type() const { return address_.six ? DnsType::aaaa : DnsType::a; }
  bool any_within(const DnsAnswer& answer, const SpfTerm& term) const {
    return std::ranges::any_of(answer.records, [&](const net::DnsRecord& r) {
      return sekisho::mailauth::within(address_, r.text, term.bits4, term.bits6);
    });
  }

  // pass: it matches; none: it does not; else how the check ends.
  SpfStatus match(const SpfTerm& term, const std::string& domain, size_t depth) {
    using Kind = SpfTerm::Kind;
    constexpr SpfStatus kMatch = SpfStatus::pass, kNoMatch = SpfStatus::none;
    if (term.kind == Kind::all) return kMatch;
    if (term.kind == Kind::ip4 || term.kind == Kind::ip6) {
      if (address_.six != (term.kind == Kind::ip6)) return kNoMatch;
      return sekisho::mailauth::within(address_, term.domain, term.bits4, term.bits6) ? kMatch : kNoMatch;
    }
    if (!count()) return SpfStatus::permerror;
    std::optional<std::string> target = domain;
    if (!term.domain.empty()) target = expand(term.domain, domain, false);
    if (!target) return kNoMatch;  // what is no ASCII name, or nothing, cannot match
    SpfStatus ended = SpfStatus::none;
    switch (term.kind) {
      case Kind::include: {
        Found ignored;
        const SpfStatus status = check(*target, depth + 1, "include", ignored);
        if (status == SpfStatus::pass) return kMatch;
        if (status == SpfStatus::temperror || status == SpfStatus::permerror) return status;
        if (status != SpfStatus::none) return kNoMatch;
        out_.reason.clear();
        return error(SpfStatus::permerror, domain + ": include:" + printable(*target) + ", which has no SPF record");
      }
      case Kind::a: {
        const auto answer = ask(*target, address_type(), ended);
        if (!answer) return ended;
        return any_within(*answer, term) ? kMatch : kNoMatch;
      }
      case Kind::exists: {
        const auto answer = ask(*target, DnsType::a, ended);
        if (!answer) return ended;
        return answer->status == DnsStatus::found ? kMatch : kNoMatch;
      }
      case Kind::mx: {
        const auto hosts = ask(*target, DnsType::mx, ended);
        if (!hosts) return ended;
        if (hosts->records.size() > kHosts)
          return error(SpfStatus::permerror, printable(*target) + " has more than 10 MX records");
        for (const net::DnsRecord& host : hosts->records) {
          const auto answer = ask(host.text, address_type(), ended);
          if (!answer) return ended;
          if (any_within(*answer, term)) return kMatch;
        }
        return kNoMatch;
      }
      default:
        return std::ranges::any_of(names_of_address(),
                                   [&](const std::string& n) { return net::within(n, ascii_lower(*target)); })
                   ? kMatch
                   : kNoMatch;
    }
  }

  // Validated names of the client (section 5.5); a failure counts as no name.
  const std::vector<std::string>& names_of_address() {
    if (names_) return *names_;
    names_.emplace();
    const DnsAnswer names = resolver_.look_up(net::reverse_name(address_.text), DnsType::ptr);
    out_.void_look_ups += names.is_void();
    for (size_t i = 0; i < std::min(names.records.size(), kHosts); ++i) {
      const std::string name = ascii_lower(names.records[i].text);
      const DnsAnswer back = resolver_.look_up(name, address_type());
      if (any_within(back, {})) names_->push_back(name);
    }
    return *names_;
  }

  // %{p}: the domain itself if it is among the names, or a name below it, or any.
  std::string client_name(const std::string& domain) {
    const auto& names = names_of_address();
    const std::string wanted = ascii_lower(domain);
    for (const std::string& n : names)
      if (n == wanted) return n;
    for (const std::string& n : names)
      if (net::within(n, wanted)) return n;
    return names.empty() ? "unknown" : names.front();
  }

  std::string dotted_address() const {
    if (!address_.six) return address_.text;
    std::string out;
    for (const uint16_t piece : address_.pieces)
      for (int shift = 12; shift >= 0; shift -= 4) {
        if (!out.empty()) out += '.';
        out += "0123456789ABCDEF"[piece >> shift & 0xf];
      }
    return out;
  }

  std::string macro(char letter, const std::string& domain) {
    switch (letter) {
      case 's':
        return local_ + "@" + sender_domain_;
      case 'l':
        return local_;
      case 'o':
        return sender_domain_;
      case 'd':
        return domain;
      case 'i':
        return dotted_address();
      case 'p':
        return client_name(domain);
      case 'v':
        return address_.six ? "ip6" : "in-addr";
      case 'h':
        return looked_up(request_.helo);
      case 'c':
        return address_.text;
      case 'r':
        return request_.receiver;
      default:
        return std::to_string(request_.now.seconds);
    }
  }

  // Splits, turns round, keeps the last `keep` parts, joins by dots (section 7.3).
  static std::string transform(std::string value, std::string_view delimiters, bool reverse, size_t keep) {
    if (delimiters.empty()) delimiters = ".";
    std::vector<std::string> parts(1);
    for (const char c : value) {
      if (delimiters.find(c) != std::string_view::npos) parts.emplace_back();
      else parts.back() += c;
    }
    if (reverse) std::ranges::reverse(parts);
    if (keep > 0 && keep < parts.size()) parts.erase(parts.begin(), parts.end() - static_cast<ptrdiff_t>(keep));
    std::string out;
    for (size_t i = 0; i < parts.size(); ++i) out += (i > 0 ? "." : "") + parts[i];
    return out;
  }

  static std::string url_escaped(std::string_view s) {
    std::string out;
    for (const char c : s) {
      if (is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') out += c;
      else {
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += "0123456789ABCDEF"[byte >> 4];
        out += "0123456789ABCDEF"[byte & 0xf];
      }
    }
    return out;
  }

  // A macro string, checked before. Of a domain: nullopt where it is none that could be looked up.
  std::optional<std::string> expand(std::string_view s, const std::string& domain, bool explanation) {
    std::string out;
    for (size_t at = 0; at < s.size();) {
      if (s[at] != '%' || at + 1 >= s.size()) {
        out += s[at++];
        continue;
      }
      if (s[at + 1] != '{') {
        out += s[at + 1] == '%' ? "%" : s[at + 1] == '_' ? " " : "%20";
        at += 2;
        continue;
      }
      const size_t close = s.find('}', at);
      if (close == std::string_view::npos) break;
      std::string_view body = s.substr(at + 2, close - at - 2);
      at = close + 1;
      if (body.empty()) continue;
      const char letter = body[0];
      body.remove_prefix(1);
      size_t keep = 0;
      for (; !body.empty() && is_digit(body[0]); body.remove_prefix(1))
        keep = std::min<size_t>(keep * 10 + static_cast<size_t>(body[0] - '0'), 1000);
      const bool reverse = !body.empty() && ascii_lower(body[0]) == 'r';
      if (reverse) body.remove_prefix(1);
      std::string value = macro(ascii_lower(letter), domain);
      // RFC 8616: a local part beyond ASCII matches nothing.
      if (!explanation && !is_ascii_text(value)) return std::nullopt;
      value = transform(std::move(value), body, reverse, keep);
      out += letter >= 'A' && letter <= 'Z' ? url_escaped(value) : value;
      if (out.size() > 64u << 10) return std::nullopt;
    }
    if (explanation) return out;
    if (out.ends_with('.')) out.pop_back();
    // Too long: labels go from the left (section 7.3).
    if (out.size() > 253) {
      const size_t dot = out.find('.', out.size() - 254);
      if (dot != std::string::npos) out.erase(0, dot + 1);
    }
    return out;
  }

  std::string explain(const std::string& spec, const std::string& domain) {
    const auto name = expand(spec, domain, false);
    if (!name) return "";
    const DnsAnswer answer = resolver_.look_up(*name, DnsType::txt);
    if (answer.records.size() != 1 || !is_ascii_text(answer.records[0].text)) return "";
    const std::string& text = answer.records[0].text;
    // The grammar allows spaces between macro strings; a mistake means: no explanation.
    for (std::string_view word : split(text, ' '))
      if (!word.empty() && !read_spf("v=spf1 x=" + std::string(word)).error.empty()) return "";
    return expand(text, domain, true).value_or("");
  }

  const SpfRequest& request_;
  net::Resolver& resolver_;
  SpfResult& out_;
  Address address_;
  std::string local_, sender_domain_;
  std::optional<std::vector<std::string>> names_;
};

}  // namespace

std::string_view spf_status_name(SpfStatus status) {
  static constexpr std::string_view kNames[] = {"none",     "neutral",   "pass",     "fail",
                                                "softfail", "temperror", "permerror"};
  return kNames[static_cast<size_t>(status)];
}

SpfResult check_spf(const SpfRequest& request, net::Resolver& resolver) {
  SpfResult out;
  Check(request, resolver, out).run();
  return out;
}

std::string spf_record_error(std::string_view record) {
  return is_spf(record) ? read_spf(record).error : "does not begin with v=spf1";
}

}  // namespace sekisho::mailauth
