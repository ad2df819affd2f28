// Takes a master file, answers from it. Entries: ZoneResolver::read(), look_up(). Refuses what RFC 1035 does not allow,
// with its place; types that nobody asks for are read over.
#include <algorithm>
#include <charconv>

#include "net/address.h"
#include "net/dns.h"

namespace sekisho::net {
namespace {

constexpr size_t kMost = 64u << 20;
constexpr int kAliases = 10;

struct Token {
  std::string text;  // escapes undone; in names a dot that was escaped is a byte like any other
  bool quoted = false;
  Span span;
};

// The tokens of one entry: a line, or more within parentheses.
struct Entry {
  std::vector<Token> tokens;
  bool names_owner = false;  // does not begin with white space
};

// Types that exist and that nobody here asks for (IANA's registry, RFC 3597); another is a mistake in writing.
bool is_other_type(std::string_view name) {
  static constexpr std::string_view kTypes[] = {
      "SOA",        "SRV",   "CAA",   "DS",      "DNSKEY",     "RRSIG",  "NSEC",   "NSEC3", "NAPTR", "SSHFP",
      "SPF",        "HINFO", "LOC",   "URI",     "SVCB",       "HTTPS",  "DNAME",  "CDS",   "RP",    "AFSDB",
      "NSEC3PARAM", "CERT",  "DHCID", "CDNSKEY", "OPENPGPKEY", "SMIMEA", "ZONEMD", "CSYNC", "TLSA"};
  for (const std::string_view t : kTypes)
    if (iequals(t, name)) return true;
  return name.size() > 4 && iequals(name.substr(0, 4), "TYPE") && std::ranges::all_of(name.substr(4), is_digit);
}

class ZoneReader {
 public:
  ZoneReader(std::string_view text, std::string source, ZoneResolver& out)
      : text_(text), source_(std::move(source)), out_(out) {}

  Result<void> run() {
    while (at_ < text_.size()) {
      Entry entry;
      TRY(read(entry));
      if (!entry.tokens.empty()) TRY(take(entry));
    }
    return {};
  }

 private:
  std::unexpected<Error> refuse(Span at, std::string why) const {
    return fail_at("dns.zone", std::move(why), source_, at);
  }

  Result<void> read(Entry& entry) {
    entry.names_owner = !is_space(text_[at_]) && text_[at_] != ';';
    int depth = 0;
    const size_t start = at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n' && depth == 0) {
        ++at_;
        return {};
      }
      if (is_space(c)) {
        ++at_;
      } else if (c == ';') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (c == '(' || c == ')') {
        depth += c == '(' ? 1 : -1;
        if (depth < 0) return refuse({static_cast<uint32_t>(at_), 1}, "a parenthesis closes that never opened");
        ++at_;
      } else {
        TRY(read_token(entry));
      }
    }
    if (depth > 0) return refuse({static_cast<uint32_t>(start), 1}, "a parenthesis is never closed");
    return {};
  }

  Result<void> read_token(Entry& entry) {
    Token token;
    const size_t start = at_;
    token.quoted = text_[at_] == '"';
    if (token.quoted) ++at_;
    for (;; ++at_) {
      if (at_ >= text_.size() || (token.quoted && text_[at_] == '\n')) {
        if (token.quoted)
          return refuse({static_cast<uint32_t>(start), static_cast<uint32_t>(at_ - start)}, "a text is never closed");
        break;
      }
      const char c = text_[at_];
      if (token.quoted ? c == '"' : is_space(c) || c == ';' || c == '(' || c == ')' || c == '"') break;
      if (c != '\\') {
        token.text += c;
        continue;
      }
      if (at_ + 1 >= text_.size()) return refuse({static_cast<uint32_t>(at_), 1}, "nothing follows the backslash");
      if (at_ + 3 < text_.size() && is_digit(text_[at_ + 1]) && is_digit(text_[at_ + 2]) && is_digit(text_[at_ + 3])) {
        token.text +=
            static_cast<char>((text_[at_ + 1] - '0') * 100 + (text_[at_ + 2] - '0') * 10 + text_[at_ + 3] - '0');
        at_ += 3;
      } else {
        token.text += text_[++at_];
      }
    }
    if (token.quoted) ++at_;
    token.span = {static_cast<uint32_t>(start), static_cast<uint32_t>(at_ - start)};
    entry.tokens.push_back(std::move(token));
    return {};
  }

  std::string absolute(const std::string& name) const {
    if (name == "@") return origin_;
    if (name.ends_with('.')) return name.substr(0, name.size() - 1);
    return origin_.empty() ? name : name + "." + origin_;
  }

  static bool is_time(std::string_view s) { return !s.empty() && is_digit(s[0]); }

  Result<void> take(const Entry& entry) {
    const std::vector<Token>& t = entry.tokens;
    if (t[0].text.starts_with('$') && entry.names_owner) {
      if (iequals(t[0].text, "$ORIGIN") && t.size() == 2) {
        origin_ = absolute(t[1].text);
        return {};
      }
      if (iequals(t[0].text, "$TTL") && t.size() == 2) return {};
      return refuse(t[0].span, "only $ORIGIN and $TTL are known");
    }
    size_t i = 0;
    if (entry.names_owner) {
      owner_ = absolute(t[i++].text);
      if (!is_dns_name(owner_))
        return refuse(t[0].span, "no name: labels have 1 to 63 bytes, all together 253 at most");
    }
    for (; i < t.size() && (is_time(t[i].text) || iequals(t[i].text, "IN")); ++i) continue;
    if (i >= t.size()) return refuse(t.back().span, "a record type is missing");
    const Token& type_name = t[i++];
    const auto type = dns_type(type_name.text);
    if (!type) {
      if (is_other_type(type_name.text)) return {};
      return refuse(type_name.span, "\"" + type_name.text + "\" is no record type");
    }
    return take_record(*type, type_name, std::span(t).subspan(i));
  }

  Result<void> take_record(DnsType type, const Token& type_name, std::span<const Token> data) {
    const auto wants = [&](size_t n) { return data.size() == n; };
    DnsRecord record;
    switch (type) {
      case DnsType::txt:
        if (data.empty()) return {};  // a name without a text: it exists
        for (const Token& token : data) record.text += token.text;
        break;
      case DnsType::a:
        if (!wants(1) || !parse_dotted_quad(data[0].text)) return refuse(type_name.span, "A needs an IPv4 address");
        record.text = data[0].text;
        break;
      case DnsType::aaaa: {
        const auto address = wants(1) ? parse_ipv6(data[0].text) : std::nullopt;
        if (!address) return refuse(type_name.span, "AAAA needs an IPv6 address");
        record.text = format_ipv6(*address);
        break;
      }
      case DnsType::mx: {
        const std::string* number = wants(2) ? &data[0].text : nullptr;
        const char* end = number ? number->data() + number->size() : nullptr;
        if (!number || std::from_chars(number->data(), end, record.preference) != std::from_chars_result{end, {}})
          return refuse(type_name.span, "MX needs a number and a name");
        record.text = ascii_lower(absolute(data[1].text));
        break;
      }
      case DnsType::ns:
      case DnsType::ptr:
      case DnsType::cname:
        if (!wants(1)) return refuse(type_name.span, std::string(dns_type_name(type)) + " needs a name");
        record.text = ascii_lower(absolute(data[0].text));
        break;
      default:
        return {};
    }
    out_.add(owner_, type, std::move(record));
    return {};
  }

  std::string_view text_;
  const std::string source_;
  ZoneResolver& out_;
  size_t at_ = 0;
  std::string origin_, owner_;
};

}  // namespace

Result<std::unique_ptr<ZoneResolver>> ZoneResolver::read(std::string_view text, std::string name) {
  if (text.size() > kMost) return sekisho::fail("dns.limit", "a zone file of more than 64 MiB: " + name);
  auto out = std::make_unique<ZoneResolver>();
  TRY(ZoneReader(text, std::move(name), *out).run());
  return out;
}

ZoneResolver::Name& ZoneResolver::at(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  std::string key = ascii_lower(name);
  for (size_t dot = key.find('.'); dot != std::string::npos; dot = key.find('.', dot + 1)) names_[key.substr(dot + 1)];
  return names_[key];
}

void ZoneResolver::add(std::string_view name, DnsType type, DnsRecord record) {
  Name& to = at(name);
  if (std::ranges::find(to.records, std::pair(type, record)) == to.records.end())
    to.records.emplace_back(type, std::move(record));
}

void ZoneResolver::fail(std::string_view name) { at(name).fails = true; }

// A wildcard stands for names below the closest one that exists.
const ZoneResolver::Name* ZoneResolver::find(const std::string& name) const {
  if (const auto it = names_.find(name); it != names_.end()) return &it->second;
  for (size_t dot = name.find('.');; dot = name.find('.', dot + 1)) {
    const std::string above = dot == std::string::npos ? "" : name.substr(dot + 1);
    if (dot != std::string::npos && !names_.contains(above)) continue;
    const auto it = names_.find(above.empty() ? "*" : "*." + above);
    return it == names_.end() ? nullptr : &it->second;
  }
}

DnsAnswer ZoneResolver::ask(const std::string& asked, DnsType type) {
  DnsAnswer out;
  std::string name = asked;
  for (int followed = 0; followed < kAliases; ++followed) {
    const Name* found = find(name);
    if (found == nullptr) {
      out.status = DnsStatus::no_name;
      return out;
    }
    const DnsRecord* alias = nullptr;
    for (const auto& [t, record] : found->records) {
      if (t == type) out.records.push_back(record);
      if (t == DnsType::cname) alias = &record;
    }
    if (out.records.empty() && found->fails) {
      out.why = "timed out";
      return out;
    }
    if (!out.records.empty() || alias == nullptr) {
      out.status = out.records.empty() ? DnsStatus::no_data : DnsStatus::found;
      return out;
    }
    name = alias->text;
  }
  out.why = "too many aliases";
  return out;
}

}  // namespace sekisho::net
