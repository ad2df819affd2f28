// Takes the text of an SPF record, gives its terms. Entry: read_spf(). Refuses what the grammar of RFC 7208 section 12
// does not allow: one mistake makes the whole record a permanent error.
#include "mailauth/spf_record.h"

#include <algorithm>

#include "base/strings.h"
#include "net/host.h"

namespace sekisho::mailauth {
namespace {

bool is_delimiter(char c) { return std::string_view(".-+,/_=").find(c) != std::string_view::npos; }

// One macro-expand from its % on: its length, 0 if it is none. letters: those allowed.
size_t macro_length(std::string_view s, std::string_view letters) {
  if (s.size() < 2) return 0;
  if (s[1] == '%' || s[1] == '_' || s[1] == '-') return 2;
  if (s[1] != '{' || s.size() < 4 || letters.find(ascii_lower(s[2])) == std::string_view::npos) return 0;
  size_t at = 3;
  size_t digits = 0;
  for (; at < s.size() && is_digit(s[at]); ++at) ++digits;
  if (digits > 0 && s.substr(3, digits).find_first_not_of('0') == std::string_view::npos) return 0;  // %{d0}
  if (at < s.size() && ascii_lower(s[at]) == 'r') ++at;
  while (at < s.size() && is_delimiter(s[at])) ++at;
  return at < s.size() && s[at] == '}' ? at + 1 : 0;
}

constexpr std::string_view kLetters = "slodiphv", kExplanationLetters = "slodiphcrtv";

bool is_macro_string(std::string_view s, std::string_view letters) {
  for (size_t at = 0; at < s.size();) {
    const auto c = static_cast<unsigned char>(s[at]);
    if (c < 0x21 || c > 0x7e) return false;
    if (c != '%') {
      ++at;
      continue;
    }
    const size_t length = macro_length(s.substr(at), letters);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

// Ends in ".toplabel", with or without a dot behind it, or in a macro.
bool is_domain_spec(std::string_view s) {
  if (s.empty() || !is_macro_string(s, kLetters)) return false;
  // The last character of a macro belongs to it.
  size_t last_macro_end = 0;
  for (size_t at = 0; at < s.size();) {
    const size_t length = s[at] == '%' ? macro_length(s.substr(at), kLetters) : 0;
    at += std::max<size_t>(length, 1);
    if (length > 0) last_macro_end = at;
  }
  if (last_macro_end == s.size()) return true;
  std::string_view end = s.substr(last_macro_end);
  if (end.ends_with('.')) end.remove_suffix(1);
  const size_t dot = end.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view top = end.substr(dot + 1);
  if (top.empty() || !is_alnum(top.front()) || !is_alnum(top.back())) return false;
  bool digits_only = true;
  for (const char c : top) {
    if (!is_alnum(c) && c != '-') return false;
    digits_only = digits_only && is_digit(c);
  }
  return !digits_only;
}

// "0" … "128" without leading zeros; -1 otherwise.
int prefix_length(std::string_view s, int most) {
  if (s.empty() || s.size() > 3 || (s.size() > 1 && s[0] == '0')) return -1;
  int value = 0;
  for (const char c : s) {
    if (!is_digit(c)) return -1;
    value = value * 10 + c - '0';
  }
  return value <= most ? value : -1;
}

// Takes "/24", "//64" or "/24//64" off the end; other slashes belong to the domain. false: no prefix length.
bool take_dual_cidr(std::string_view& s, SpfTerm& term) {
  const auto take = [&](std::string_view slashes, int most, int& into) {
    size_t digits = s.size();
    while (digits > 0 && is_digit(s[digits - 1])) --digits;
    if (digits == s.size() || !s.substr(0, digits).ends_with(slashes)) return true;
    into = prefix_length(s.substr(digits), most);
    s = s.substr(0, digits - slashes.size());
    return into >= 0;
  };
  return take("//", 128, term.bits6) && take("/", 32, term.bits4);
}

class Reader {
 public:
  explicit Reader(std::string_view record) : record_(record) {}

  SpfTerms run() {
    if (!std::ranges::all_of(record_, [](unsigned char c) { return c < 0x80; })) return fail("the record is not ASCII");
    std::string_view rest = record_.substr(6);
    while (!rest.empty()) {
      const size_t start = rest.find_first_not_of(' ');
      if (start == std::string_view::npos) break;
      rest.remove_prefix(start);
      const std::string_view term = rest.substr(0, rest.find(' '));
      rest.remove_prefix(term.size());
      if (!take(term)) return fail("\"" + printable(term) + "\": " + why_);
    }
    return std::move(out_);
  }

 private:
  SpfTerms fail(std::string why) {
    SpfTerms out;
    out.error = std::move(why);
    return out;
  }
  bool refuse(std::string why) {
    why_ = std::move(why);
    return false;
  }

  bool take(std::string_view term) {
    // A modifier is a name and "="; a mechanism has no "=" before its ":" or "/".
    size_t name = 0;
    while (name < term.size() &&
           (is_alnum(term[name]) || ((term[name] == '-' || term[name] == '_' || term[name] == '.') && name > 0)))
      ++name;
    if (name > 0 && is_alpha(term[0]) && name < term.size() && term[name] == '=')
      return take_modifier(term.substr(0, name), term.substr(name + 1));
    return take_mechanism(term);
  }

  bool take_modifier(std::string_view name, std::string_view value) {
    if (iequals(name, "redirect") || iequals(name, "exp")) {
      auto& to = iequals(name, "exp") ? out_.explanation : out_.redirect;
      if (to) return refuse("given twice");
      if (!is_domain_spec(value)) return refuse("not a domain");
      to = value;
      return true;
    }
    return is_macro_string(value, kExplanationLetters) || refuse("not a macro string");
  }

  bool take_mechanism(std::string_view text) {
    using Kind = SpfTerm::Kind;
    struct Name {
      std::string_view name;
      Kind kind;
    };
    static constexpr Name kNames[] = {{"all", Kind::all}, {"include", Kind::include}, {"a", Kind::a},
                                      {"mx", Kind::mx},   {"ptr", Kind::ptr},         {"ip4", Kind::ip4},
                                      {"ip6", Kind::ip6}, {"exists", Kind::exists}};
    SpfTerm term{.text = text};
    std::string_view s = text;
    if (std::string_view("+-?~").find(s[0]) != std::string_view::npos) {
      term.qualifier = s[0];
      s.remove_prefix(1);
    }
    const size_t end = s.find_first_of(":/");
    const auto* name = std::ranges::find_if(kNames, [&](const Name& n) { return iequals(n.name, s.substr(0, end)); });
    if (name == std::end(kNames)) return refuse("no such mechanism");
    term.kind = name->kind;
    std::string_view rest = end == std::string_view::npos ? std::string_view() : s.substr(end);
    const bool given = rest.starts_with(':');
    if (given) rest.remove_prefix(1);
    switch (term.kind) {
      case Kind::all:
        if (end != std::string_view::npos) return refuse("all takes nothing");
        break;
      case Kind::ip4:
      case Kind::ip6: {
        const bool four = term.kind == Kind::ip4;
        const size_t slash = rest.find('/');
        term.domain = rest.substr(0, slash);
        if (slash != std::string_view::npos)
          (four ? term.bits4 : term.bits6) = prefix_length(rest.substr(slash + 1), four ? 32 : 128);
        if (term.bits4 < 0 || term.bits6 < 0) return refuse("not a prefix length");
        if (!given || !(four ? net::is_ipv4(term.domain) : net::is_ipv6(term.domain)) || term.domain.starts_with('['))
          return refuse("not an address");
        break;
      }
      case Kind::a:
      case Kind::mx:
        if (!take_dual_cidr(rest, term)) return refuse("not a prefix length");
        [[fallthrough]];
      default: {
        const bool needs = term.kind == Kind::include || term.kind == Kind::exists;
        if (!given && (needs || !rest.empty())) return refuse("a domain is missing");
        if (given && !is_domain_spec(rest)) return refuse("not a domain");
        term.domain = rest;
      }
    }
    out_.mechanisms.push_back(term);
    return true;
  }

  std::string_view record_;
  SpfTerms out_;
  std::string why_;
};

}  // namespace

bool is_spf(std::string_view text) { return istarts_with(text, "v=spf1") && (text.size() == 6 || text[6] == ' '); }

SpfTerms read_spf(std::string_view record) { return Reader(record).run(); }

}  // namespace sekisho::mailauth
