// Takes questions, gives answers of another resolver, within limits or to be kept. Entries: Resolver::look_up(),
// RecordingResolver, RecordedResolver, LimitedResolver, NoResolver. Refuses names that cannot be names.
#include "net/dns.h"

#include <simdjson.h>

#include <algorithm>

#include "base/json.h"
#include "net/address.h"

namespace sekisho::net {
namespace {

struct TypeName {
  DnsType type;
  std::string_view name;
};
constexpr TypeName kTypes[] = {{DnsType::a, "A"},     {DnsType::ns, "NS"},     {DnsType::cname, "CNAME"},
                               {DnsType::soa, "SOA"}, {DnsType::ptr, "PTR"},   {DnsType::mx, "MX"},
                               {DnsType::txt, "TXT"}, {DnsType::aaaa, "AAAA"}, {DnsType::tlsa, "TLSA"}};
constexpr std::string_view kStatuses[] = {"found", "no_data", "no_name", "failed"};

std::string question(std::string_view name, DnsType type) {
  return std::string(name) + " " + std::string(dns_type_name(type));
}

DnsAnswer failure(std::string why) { return {.status = DnsStatus::failed, .records = {}, .why = std::move(why)}; }

}  // namespace

std::string_view dns_type_name(DnsType type) {
  const auto* it = std::ranges::find(kTypes, type, &TypeName::type);
  return it == std::end(kTypes) ? std::string_view("?") : it->name;
}

std::optional<DnsType> dns_type(std::string_view name) {
  for (const TypeName& t : kTypes)
    if (iequals(t.name, name)) return t.type;
  return std::nullopt;
}

bool is_dns_name(std::string_view name) {
  if (name.empty()) return true;  // the root
  if (name.size() > 253) return false;
  size_t label = 0;
  for (const char c : name) {
    if (c != '.') {
      if (++label > 63) return false;
    } else if (std::exchange(label, 0) == 0) {
      return false;
    }
  }
  return label > 0;
}

std::string_view dns_status_name(DnsStatus status) { return kStatuses[static_cast<size_t>(status)]; }

DnsAnswer Resolver::look_up(std::string_view name, DnsType type) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (!is_dns_name(name)) return {.status = DnsStatus::no_name, .records = {}, .why = {}};
  return ask(ascii_lower(name), type);
}

std::string reverse_name(std::string_view address) {
  std::string out;
  if (const auto four = parse_dotted_quad(address)) {
    for (int shift = 0; shift < 32; shift += 8) out += std::to_string(*four >> shift & 0xff) + ".";
    return out + "in-addr.arpa";
  }
  const auto six = parse_ipv6(address);
  if (!six) return "";
  for (size_t piece = six->size(); piece-- > 0;)
    for (int shift = 0; shift < 16; shift += 4) {
      out += "0123456789abcdef"[(*six)[piece] >> shift & 0xf];
      out += '.';
    }
  return out + "ip6.arpa";
}

DnsAnswer NoResolver::ask(const std::string&, DnsType) { return failure("DNS is switched off"); }

// ---- recordings

DnsAnswer RecordingResolver::ask(const std::string& name, DnsType type) {
  const std::string key = question(name, type);
  {
    const std::lock_guard lock(mutex_);
    if (const auto it = answers_.find(key); it != answers_.end()) return it->second;
  }
  DnsAnswer answer = from_.look_up(name, type);
  const std::lock_guard lock(mutex_);
  return answers_.try_emplace(key, std::move(answer)).first->second;
}

std::string RecordingResolver::ndjson() const {
  const std::lock_guard lock(mutex_);
  std::vector<const std::string*> keys;
  for (const auto& [key, answer] : answers_) keys.push_back(&key);
  std::ranges::sort(keys, {}, [](const std::string* key) -> const std::string& { return *key; });
  std::string out;
  for (const std::string* key : keys) {
    const DnsAnswer& answer = answers_.find(*key)->second;
    const size_t space = key->rfind(' ');
    JsonWriter json(out);
    json.begin_object();
    json.member("name", std::string_view(*key).substr(0, space));
    json.member("type", std::string_view(*key).substr(space + 1));
    json.member("status", dns_status_name(answer.status));
    if (answer.secure) json.member("secure", true);
    if (answer.bogus) json.member("bogus", true);
    if (!answer.why.empty()) json.member("why", answer.why);
    if (!answer.records.empty()) {
      json.key("records");
      json.begin_array();
      for (const DnsRecord& r : answer.records) {
        json.begin_object();
        // Bytes that JSON cannot hold go as hexadecimal digits.
        if (std::ranges::all_of(r.text, [](unsigned char c) { return c < 0x80; })) json.member("text", r.text);
        else json.member("hex", hex(r.text));
        if (r.preference != 0) json.member("preference", static_cast<int64_t>(r.preference));
        json.end_object();
      }
      json.end_array();
    }
    json.end_object();
    out += '\n';
  }
  return out;
}

namespace {

std::optional<std::string> from_hex(std::string_view text) {
  std::string out;
  if (text.size() % 2 != 0) return std::nullopt;
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::string_view text_of(const simdjson::dom::element& from, std::string_view key) {
  std::string_view out;
  return from[key].get(out) == simdjson::SUCCESS ? out : std::string_view();
}

// nullopt: the line does not have the form.
std::optional<std::pair<std::string, DnsAnswer>> read_answer(const simdjson::dom::element& line) {
  DnsAnswer answer;
  const auto type = dns_type(text_of(line, "type"));
  const auto* status = std::ranges::find(kStatuses, text_of(line, "status"));
  std::string_view name;
  if (!type || status == std::end(kStatuses) || line["name"].get(name) != simdjson::SUCCESS) return std::nullopt;
  answer.status = static_cast<DnsStatus>(status - kStatuses);
  answer.why = text_of(line, "why");
  bool flag = false;
  answer.secure = line["secure"].get(flag) == simdjson::SUCCESS && flag;
  answer.bogus = line["bogus"].get(flag) == simdjson::SUCCESS && flag;
  simdjson::dom::array records;
  if (line["records"].get(records) == simdjson::SUCCESS)
    for (const simdjson::dom::element r : records) {
      DnsRecord& record = answer.records.emplace_back();
      record.text = text_of(r, "text");
      if (const std::string_view bytes = text_of(r, "hex"); !bytes.empty()) {
        auto read = from_hex(bytes);
        if (!read) return std::nullopt;
        record.text = *std::move(read);
      }
      int64_t preference = 0;
      if (r["preference"].get(preference) == simdjson::SUCCESS)
        record.preference = static_cast<uint16_t>(std::clamp<int64_t>(preference, 0, UINT16_MAX));
    }
  if (answer.records.empty() == (answer.status == DnsStatus::found)) return std::nullopt;
  return std::pair(question(ascii_lower(name), *type), std::move(answer));
}

}  // namespace

Result<std::unique_ptr<RecordedResolver>> RecordedResolver::read(std::string_view ndjson, std::string name) {
  auto out = std::make_unique<RecordedResolver>();
  simdjson::dom::parser parser;
  size_t at = 0;
  for (std::string_view line : split(ndjson, '\n')) {
    const Span span{static_cast<uint32_t>(at), static_cast<uint32_t>(line.size())};
    at += line.size() + 1;
    if (trim(line).empty()) continue;
    simdjson::dom::element read;
    const auto problem = parser.parse(line.data(), line.size()).get(read);
    auto answer = problem ? std::nullopt : read_answer(read);
    if (!answer)
      return fail_at("dns.recording", problem ? "not JSON" : "not a recorded DNS answer", std::move(name), span,
                     R"({"name":"example.com","type":"TXT","status":"found","records":[{"text":"v=spf1 -all"}]})");
    out->answers_.insert_or_assign(std::move(answer->first), std::move(answer->second));
  }
  return out;
}

DnsAnswer RecordedResolver::ask(const std::string& name, DnsType type) {
  const auto it = answers_.find(question(name, type));
  return it == answers_.end() ? failure("not recorded") : it->second;
}

// ---- limits

LimitedResolver::LimitedResolver(Resolver& from, const Clock& clock, const DnsLimits& limits)
    : from_(from), clock_(clock), limits_(limits) {}

DnsAnswer LimitedResolver::ask(const std::string& name, DnsType type) {
  const std::string key = question(name, type);
  {
    const std::lock_guard lock(mutex_);
    if (const auto it = answers_.find(key); it != answers_.end()) return it->second;
    const char* beyond = look_ups_ >= limits_.look_ups               ? "too many DNS look-ups"
                         : void_look_ups_ >= limits_.void_look_ups   ? "too many DNS look-ups without an answer"
                         : waited_ > limits_.seconds * 1'000'000'000 ? "no more time for DNS look-ups"
                                                                     : nullptr;
    if (beyond != nullptr) {
      ++failures_;
      return failure(beyond);
    }
    ++look_ups_;
  }
  const Timestamp start = clock_.now();
  DnsAnswer answer = from_.look_up(name, type);
  const Timestamp end = clock_.now();
  const std::lock_guard lock(mutex_);
  waited_ += (end.seconds - start.seconds) * 1'000'000'000 + (int64_t{end.nanos} - int64_t{start.nanos});
  void_look_ups_ += answer.is_void();
  failures_ += answer.status == DnsStatus::failed;
  return answers_.try_emplace(key, std::move(answer)).first->second;
}

}  // namespace sekisho::net
