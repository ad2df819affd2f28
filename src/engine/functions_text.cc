// Takes text arguments, gives text, truth or numbers: the strings.*, hash.*, bytes.* and net.* functions of
// functions.cc. They refuse nothing: what makes no sense gives the zero value or what the reference says.
#include <openssl/evp.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/base64.h"
#include "base/strings.h"
#include "engine/functions_impl.h"
#include "engine/pattern.h"
#include "net/host.h"

namespace sekisho::engine::impl {
namespace {

std::string_view text_at(Args args, size_t i, std::string_view otherwise = {}) {
  return i < args.size() ? args[i].as_text() : otherwise;
}

Datum kept(const Context& context, std::string_view text) { return Datum::text(context.keep(text)); }

// RFC 4648 section 4, padding optional, white space not allowed. False if it does not decode.
bool decode_base64(std::string_view in, std::string& out) {
  while (!in.empty() && in.back() == '=') in.remove_suffix(1);
  if (in.size() % 4 == 1) return false;
  uint32_t bits = 0;
  int have = 0;
  for (char c : in) {
    int v;
    if (c >= 'A' && c <= 'Z') v = c - 'A';
    else if (c >= 'a' && c <= 'z') v = c - 'a' + 26;
    else if (c >= '0' && c <= '9') v = c - '0' + 52;
    else if (c == '+') v = 62;
    else if (c == '/') v = 63;
    else return false;
    bits = bits << 6 | static_cast<uint32_t>(v);
    have += 6;
    if (have >= 8) {
      have -= 8;
      out += static_cast<char>(bits >> have & 0xff);
    }
  }
  return true;
}

template <class Map>
Datum map_characters(const Context& context, std::string_view in, Map map) {
  std::string out;
  out.reserve(in.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(in.data());
  const auto size = static_cast<int32_t>(std::min<size_t>(in.size(), INT32_MAX));
  for (int32_t i = 0; i < size;) {
    const int32_t start = i;
    UChar32 c;
    U8_NEXT(bytes, i, size, c);
    if (c < 0) {
      out.append(in.substr(static_cast<size_t>(start), static_cast<size_t>(i - start)));
      continue;
    }
    uint8_t encoded[4];
    int32_t n = 0;
    U8_APPEND_UNSAFE(encoded, n, map(c));
    out.append(reinterpret_cast<const char*>(encoded), static_cast<size_t>(n));
  }
  return kept(context, out);
}

size_t character_bytes(std::string_view s, size_t at) {
  size_t end = at + 1;
  while (end < s.size() && (static_cast<uint8_t>(s[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

// BigQuery's NET.HOST, which the reference's examples follow: what stands between "//" (if any) and the next / ? #,
// without user and port.
std::string_view host_of(std::string_view url) {
  url = sekisho::trim(url);
  if (const size_t slashes = url.find("//"); slashes != std::string_view::npos && url.find_first_of("?#") > slashes)
    url.remove_prefix(slashes + 2);
  url = url.substr(0, url.find_first_of("/?#\\"));
  if (const size_t at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  if (url.starts_with('[')) return url.substr(0, url.find(']') + 1);
  return url.substr(0, url.find(':'));
}

// The registrable domain under ICANN's rules only: private suffixes (us.com) are ordinary domains here.
std::string_view icann_domain(std::string_view host) {
  const net::PublicSuffixes& suffixes = net::PublicSuffixes::system();
  if (!suffixes.listed(host)) return {};
  if (!suffixes.is_private_suffix(host)) return suffixes.registrable(host);
  std::string_view domain = suffixes.suffix(host);
  for (;;) {
    const size_t dot = domain.find('.');
    if (dot == std::string_view::npos) return {};
    const std::string_view parent = domain.substr(dot + 1);
    if (!suffixes.is_private_suffix(domain) && suffixes.suffix(domain) != domain) return suffixes.registrable(domain);
    if (!suffixes.is_private_suffix("a." + std::string(parent)) && suffixes.suffix(parent) == parent) return domain;
    domain = parent;
  }
}

Datum trimmed(Args args, bool front, bool back) {
  std::string_view s = text_at(args, 0);
  const std::string_view given = text_at(args, 1);
  // "Trims white space … and the characters of the cutset"; with no cutset given, white space only; an explicit ""
  // trims nothing.
  const std::string_view cut = args.size() > 1 ? given : std::string_view(" \t\r\n\v\f");
  while (front && !s.empty() && cut.find(s.front()) != std::string_view::npos) s.remove_prefix(1);
  while (back && !s.empty() && cut.find(s.back()) != std::string_view::npos) s.remove_suffix(1);
  return Datum::text(s);
}

}  // namespace

Datum base64_decode(const Context& context, Args args) {
  std::string out;
  return decode_base64(text_at(args, 0), out) ? kept(context, out) : args[0];
}

Datum from_base64(const Context& context, Args args) {
  std::string out;
  return decode_base64(text_at(args, 0), out) ? kept(context, out) : Datum::text({});
}

Datum to_base64(const Context& context, Args args) { return kept(context, encode_base64(text_at(args, 0))); }

Datum from_hex(const Context& context, Args args) {
  const std::string_view in = text_at(args, 0);
  std::string out;
  if (in.size() % 2 != 0) return Datum::text({});
  for (size_t i = 0; i < in.size(); i += 2) {
    const int high = hex_digit(in[i]), low = hex_digit(in[i + 1]);
    if (high < 0 || low < 0) return Datum::text({});
    out += static_cast<char>(high << 4 | low);
  }
  return kept(context, out);
}

Datum coalesce(const Context&, Args args) {
  for (const Datum& arg : args)
    if (!arg.as_text().empty()) return arg;
  return Datum::text({});
}

Datum concat(const Context& context, Args args) {
  std::string out;
  for (const Datum& arg : args) {
    if (arg.type() == Type::text) out += arg.as_text();
    else out += Value::of(arg).to_string();
  }
  return kept(context, out);
}

Datum contains(const Context&, Args args) {
  return Datum::boolean(text_at(args, 0).find(text_at(args, 1)) != std::string_view::npos);
}
Datum starts_with(const Context&, Args args) { return Datum::boolean(text_at(args, 0).starts_with(text_at(args, 1))); }
Datum ends_with(const Context&, Args args) {
  return Datum::boolean(!text_at(args, 1).empty() && text_at(args, 0).ends_with(text_at(args, 1)));
}

namespace {

Datum equals(const Context&, Args args) { return Datum::boolean(args[0].as_text() == args[1].as_text()); }

// A text, a list, whether upper and lower case are the same.
Datum with_any(const Context& context, Args args, Implementation relation) {
  const auto form = [&](Datum d) { return args[2].as_bool() ? kept(context, fold(d.as_text())) : d; };
  Datum pair[2] = {form(args[0]), {}};
  for (const Datum& item : args[1].as_list()) {
    pair[1] = form(item);
    if (relation(context, Args(pair)).as_bool()) return Datum::boolean(true);
  }
  return Datum::boolean(false);
}

}  // namespace

Datum equals_any(const Context& context, Args args) { return with_any(context, args, equals); }
Datum contains_any(const Context& context, Args args) { return with_any(context, args, contains); }
Datum starts_with_any(const Context& context, Args args) { return with_any(context, args, starts_with); }
Datum ends_with_any(const Context& context, Args args) { return with_any(context, args, ends_with); }

Datum count_substrings(const Context&, Args args) {
  const std::string_view in = text_at(args, 0), what = text_at(args, 1);
  int64_t n = 0;
  if (what.empty()) return Datum::integer(0);
  for (size_t at = in.find(what); at != std::string_view::npos; at = in.find(what, at + what.size())) ++n;
  return Datum::integer(n);
}

Datum extract_domain(const Context& context, Args args) {
  const std::string_view host = host_of(text_at(args, 0));
  if (host.empty() || host.size() > 1000) return Datum::text({});
  auto ascii = net::to_ascii(host);
  if (!ascii || net::is_ip(*ascii)) return Datum::text({});
  const std::string_view domain = icann_domain(*ascii);
  if (domain.empty()) return Datum::text({});
  // As written: the same number of labels from the end of the given host.
  auto labels = std::count(domain.begin(), domain.end(), '.') + 1;
  size_t at = host.size();
  while (at > 0 && (host[at - 1] != '.' || --labels > 0)) --at;
  const std::string_view out = host.substr(at);
  return is_ascii(out) ? kept(context, ascii_lower(out)) : Datum::text(out);
}

Datum extract_hostname(const Context&, Args args) { return Datum::text(host_of(text_at(args, 0))); }

Datum length(const Context&, Args args) {
  int64_t n = 0;
  for (char c : text_at(args, 0)) n += (static_cast<uint8_t>(c) & 0xC0) != 0x80;
  return Datum::integer(n);
}

Datum trim(const Context&, Args args) { return trimmed(args, true, true); }
Datum ltrim(const Context&, Args args) { return trimmed(args, true, false); }
Datum rtrim(const Context&, Args args) { return trimmed(args, false, true); }

Datum reverse(const Context& context, Args args) {
  const std::string_view in = text_at(args, 0);
  std::string out(in.size(), '\0');
  for (size_t at = 0; at < in.size();) {
    const size_t n = character_bytes(in, at);
    std::copy_n(in.data() + at, n, out.data() + in.size() - at - n);
    at += n;
  }
  return kept(context, out);
}

Datum split(const Context& context, Args args) {
  std::string_view in = text_at(args, 0);
  const std::string_view by = text_at(args, 1, ",");
  std::vector<Datum> pieces;
  if (by.empty()) {
    for (size_t at = 0; at < in.size();) {
      const size_t n = character_bytes(in, at);
      pieces.push_back(Datum::text(in.substr(at, n)));
      at += n;
    }
  } else {
    for (;;) {
      const size_t end = in.find(by);
      pieces.push_back(Datum::text(in.substr(0, end)));
      if (end == std::string_view::npos) break;
      in.remove_prefix(end + by.size());
    }
  }
  auto* items =
      static_cast<Datum*>(context.memory->allocate(std::max<size_t>(pieces.size(), 1) * sizeof(Datum), alignof(Datum)));
  std::uninitialized_copy(pieces.begin(), pieces.end(), items);
  return Datum::list({items, pieces.size()});
}

Datum substr(const Context&, Args args) {
  // Offsets count characters, from 0.
  const std::string_view in = text_at(args, 0);
  const int64_t from = args[1].as_int(), count = args.size() > 2 ? args[2].as_int() : INT64_MAX;
  size_t at = 0;
  for (int64_t i = 0; i < from && at < in.size(); ++i) at += character_bytes(in, at);
  size_t end = at;
  for (int64_t i = 0; i < count && end < in.size(); ++i) end += character_bytes(in, end);
  return Datum::text(in.substr(at, end - at));
}

Datum to_lower(const Context& context, Args args) {
  const std::string_view in = text_at(args, 0);
  if (!is_ascii(in)) return map_characters(context, in, [](UChar32 c) { return u_tolower(c); });
  if (std::none_of(in.begin(), in.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return args[0];
  char* out = static_cast<char*>(context.memory->allocate(in.size(), 1));
  for (size_t i = 0; i < in.size(); ++i) out[i] = ascii_lower(in[i]);
  return Datum::text({out, in.size()});
}

Datum to_upper(const Context& context, Args args) {
  return map_characters(context, text_at(args, 0), [](UChar32 c) { return u_toupper(c); });
}

Datum url_decode(const Context& context, Args args) {
  // The reference keeps "+" as it is, and gives "" when an escape is broken.
  const std::string_view in = text_at(args, 0);
  std::string out;
  out.reserve(in.size());
  for (size_t i = 0; i < in.size(); ++i) {
    if (in[i] != '%') {
      out += in[i];
      continue;
    }
    const bool room = in.size() - i > 2;
    const int high = room ? hex_digit(in[i + 1]) : -1, low = room ? hex_digit(in[i + 2]) : -1;
    if (high < 0 || low < 0) return Datum::text({});
    out += static_cast<char>(high << 4 | low);
    i += 2;
  }
  return kept(context, out);
}

Datum sha256(const Context& context, Args args) {
  const std::string_view in = text_at(args, 0);
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  EVP_Digest(in.data(), in.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return kept(context, hex({reinterpret_cast<const char*>(digest.data()), digest.size()}));
}

// Patterns come from a table here, so they are many and not known beforehand: a thread keeps some of them compiled.
Datum row_matches(const Context&, Args args) {
  constexpr size_t kMostKept = 256;
  thread_local StringMap<std::optional<Pattern>> kept;
  const std::string_view pattern = args[1].as_text();
  auto it = kept.find(pattern);
  if (it == kept.end()) {
    if (kept.size() >= kMostKept) kept.clear();
    auto compiled = Pattern::compile(pattern, false);
    it = kept.try_emplace(std::string(pattern)).first;
    if (compiled) it->second = *std::move(compiled);
  }
  return Datum::boolean(it->second && it->second->matches(args[0].as_text()));
}

Datum ip_in_range_cidr(const Context&, Args args) {
  return Datum::boolean(net::in_cidr(text_at(args, 0), text_at(args, 1)));
}

}  // namespace sekisho::engine::impl
