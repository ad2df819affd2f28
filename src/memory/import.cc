// Takes lists of names and of URLs, fills tables. Entries: import_ranks, import_seen, import_registered,
// import_templates. Refuses lines that are none, one by one.
#include "memory/import.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "base/strings.h"
#include "memory/fold.h"
#include "memory/json_texts.h"
#include "net/dns.h"
#include "net/url.h"

namespace sekisho::memory {
namespace {

std::string_view unquoted(std::string_view field) {
  field = trim(field);
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') field = field.substr(1, field.size() - 2);
  return field;
}

std::vector<std::string_view> columns(std::string_view line) {
  const char separator = line.find('\t') != std::string_view::npos  ? '\t'
                         : line.find(',') != std::string_view::npos ? ','
                                                                    : ' ';
  std::vector<std::string_view> out = split(line.substr(0, kLineBytes), separator);
  for (std::string_view& column : out) column = unquoted(column);
  return out;
}

std::optional<uint32_t> read_number(std::string_view text) {
  uint64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (end != text.data() + text.size() || text.empty()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return UINT32_MAX;
  if (error != std::errc()) return std::nullopt;
  return static_cast<uint32_t>(std::min<uint64_t>(n, UINT32_MAX));
}

bool passed_over(std::string_view line) { return line.empty() || line.front() == '#'; }

// Every line that may hold something, until the source ends or breaks off. take: "" if it was taken, else why not.
Result<ImportReport> each_line(Source source, const std::function<Result<std::string>(std::string_view)>& take) {
  ImportReport out;
  Lines lines(std::move(source), kLineBytes);
  for (;;) {
    const auto more = lines.next();
    if (!more) {
      out.refuse(lines.number() + 1, more.error().text);
      return out;
    }
    if (!*more) return out;
    out.lines = lines.number();
    const std::string_view line = trim(lines.line());
    if (lines.too_long()) {
      out.refuse(lines.number(), "too long");
      continue;
    }
    if (passed_over(line)) continue;
    TRY_ASSIGN(why, take(line));
    if (why.empty()) ++out.taken;
    else if (lines.number() > 1 || !is_ascii(line) ||
             line.find_first_of(std::string_view(".\0", 2)) != std::string_view::npos)
      out.refuse(lines.number(), std::move(why));
  }
}

struct NamedDay {
  std::string domain;  // registrable
  Day day = 0;
  uint32_t count = 1;
};

// "" if it could be read, else why not.
std::string read_named_day(std::string_view line, const net::PublicSuffixes& suffixes, Day day, NamedDay& out) {
  std::vector<std::string_view> fields = columns(line);
  if (fields.size() > 1 && parse_day(fields[0])) std::swap(fields[0], fields[1]);
  const auto name = read_name(fields[0]);
  if (!name) return "no name";
  out.domain = suffixes.registrable(*name);
  if (out.domain.empty()) return "no registrable domain";
  out.day = day;
  if (fields.size() > 1 && !fields[1].empty()) {
    // Behind a name a zone file has its records, whose second column is no date.
    const auto given = parse_day(fields[1]);
    const bool zone = line.find('\t') != std::string_view::npos || line.find(',') == std::string_view::npos;
    if (!given && !(zone && read_number(fields[1])) && !(zone && iequals(fields[1], "in"))) return "no date";
    if (given) out.day = *given;
  }
  if (out.day == 0) return "no date";
  if (fields.size() > 2)
    if (const auto count = read_number(fields[2])) out.count = *count;
  return {};
}

// The URL of a line, and the day of another column.
std::string_view url_of(std::string_view line, Day& day) {
  const auto starts = [](std::string_view s) { return istarts_with(s, "http://") || istarts_with(s, "https://"); };
  std::string_view found;
  for (const std::string_view column : columns(line)) {
    if (found.empty() && starts(column)) found = column;
    else if (const auto given = parse_day(column); given && day == 0) day = *given;
  }
  if (line.find('\t') != std::string_view::npos || !starts(line)) return found;
  return line.substr(0, line.find(' '));  // a bare URL may hold commas
}

}  // namespace

void ImportReport::refuse(uint64_t line, std::string why) {
  ++bad;
  if (first_bad.size() < kShown) first_bad.push_back({line, std::move(why)});
}

std::optional<std::string> read_name(std::string_view field) {
  field = unquoted(field);
  if (field.starts_with("*.")) field.remove_prefix(2);
  if (field.ends_with('.')) field.remove_suffix(1);
  if (field.empty() || field.size() > 1024) return std::nullopt;
  std::string name;
  if (is_ascii(field)) {
    name = ascii_lower(field);
  } else if (const auto ascii = net::to_ascii(field)) {
    name = *ascii;
  }
  if (name.empty() || !net::is_dns_name(name) || net::is_ip(name)) return std::nullopt;
  for (const char c : name)
    if (!is_alnum(c) && c != '-' && c != '.' && c != '_') return std::nullopt;
  return name;
}

Result<ImportReport> import_ranks(Source source, Ranks::Import& into) {
  uint32_t place = 0;
  return each_line(std::move(source), [&](std::string_view line) -> Result<std::string> {
    const std::vector<std::string_view> fields = columns(line);
    const auto given = read_number(fields[0]);
    if (given && fields.size() < 2) return "no name";
    const auto name = read_name(fields[given ? 1 : 0]);
    if (!name) return "no name";
    if (!given && name->find('.') == std::string::npos) return "no name";
    if (given && *given == 0) return "no rank";
    TRY(into.add(*name, given ? *given : ++place));
    return "";
  });
}

Result<ImportReport> import_seen(Source source, Seen& into, const net::PublicSuffixes& suffixes, Day day) {
  return each_line(std::move(source), [&](std::string_view line) -> Result<std::string> {
    NamedDay read;
    if (std::string why = read_named_day(line, suffixes, day, read); !why.empty()) return why;
    TRY(into.saw(read.domain, read.day, {}, read.count));
    return "";
  });
}

Result<ImportReport> import_registered(Source source, Registered& into, const net::PublicSuffixes& suffixes, Day day) {
  // RDAP begins with a bracket; a list never does.
  std::string head(64, '\0');
  TRY_ASSIGN(got, source(head.data(), head.size()));
  head.resize(got);
  const std::string_view rest = trim(head.starts_with("\xEF\xBB\xBF") ? std::string_view(head).substr(3) : head);
  const bool json = rest.starts_with('{') || rest.starts_with('[');
  Source whole = [head, source, at = size_t{0}](char* into_bytes, size_t most) mutable -> Result<size_t> {
    if (at == head.size()) return source(into_bytes, most);
    const size_t n = head.copy(into_bytes, most, at);
    at += n;
    return n;
  };
  if (!json)
    return each_line(std::move(whole), [&](std::string_view line) -> Result<std::string> {
      NamedDay read;
      if (std::string why = read_named_day(line, suffixes, day, read); !why.empty()) return why;
      TRY(into.learn(read.domain, {read.day, false}));
      return "";
    });

  ImportReport out;
  JsonTexts texts(std::move(whole), kJsonBytes);
  for (;;) {
    const bool more = texts.next();
    out.lines = texts.lines();
    if (!more) return out;
    if (!texts.problem().empty()) {
      out.refuse(texts.line(), texts.problem());
      continue;
    }
    const auto domain = read_rdap(texts.text());
    const std::string_view name = domain ? suffixes.registrable(domain->name) : std::string_view();
    if (!domain) {
      out.refuse(texts.line(), domain.error().text);
    } else if (name.empty()) {
      out.refuse(texts.line(), "no registrable domain");
    } else {
      TRY(into.learn(name, {domain->day, true}));
      ++out.taken;
    }
  }
}

Result<ImportReport> import_templates(Source source, Templates& into, const net::PublicSuffixes& suffixes, Day day) {
  return each_line(std::move(source), [&](std::string_view line) -> Result<std::string> {
    Day given = 0;
    const std::string_view text = url_of(line, given);
    if (text.empty()) return "no URL";
    const auto url = net::parse_url(text);
    if (!url || url->host_view().empty()) return "no URL";
    if (given == 0) given = day;
    if (given == 0) return "no date";
    const std::string_view registrable = suffixes.registrable(*url->host);
    TRY(into.reported(url_template(*url), registrable.empty() ? *url->host : registrable, given));
    return "";
  });
}

}  // namespace sekisho::memory
