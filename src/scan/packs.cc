// Takes the texts of content/brands and content/lists; gives their structs and every error with its
// place.
#include "scan/packs.h"

#include <cmath>

#include "net/host.h"
#include "text/normalize.h"

namespace sekisho::scan {
namespace {

bool is_id(std::string_view s) {
  if (s.empty()) return false;
  for (char c : s)
    if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '_') return false;
  return true;
}

std::vector<std::string> domains(diag::TomlReader& t, std::string_view key) {
  std::vector<std::string> out = t.texts(key);
  for (std::string& d : out) {
    const auto ascii = net::to_ascii(d);
    if (!ascii || ascii->find('.') == std::string::npos) t.error(key, "\"" + d + "\" is not a domain name");
    else if (net::PublicSuffixes::system().registrable(*ascii).empty())
      t.error(key, "\"" + d + "\" is a public suffix: it belongs to nobody alone");
    else d = *ascii;
  }
  return out;
}

// Runs `each` over the tables under `key`, with errors for unknown keys at both levels.
template <class F>
void each_table(std::string_view toml, const std::string& source, std::string_view key, std::vector<Error>& errors,
                F each) {
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return;
  }
  diag::TomlReader top(*root, source, errors);
  for (const diag::TomlValue* table : top.tables(key)) each(*table);
  top.finish();
}

}  // namespace

brand::Brand read_brand(const diag::TomlValue& table, const std::string& source, std::vector<Error>& errors) {
  diag::TomlReader t(table, source, errors);
  brand::Brand b;
  b.id = t.required_text("id");
  if (!b.id.empty() && !is_id(b.id)) t.error("id", "an id is made of a–z, 0–9 and _", "for example \"my_brand\"");
  b.sector = t.text("sector");
  b.parent = t.text("parent");
  b.names = t.texts("names");
  b.names_ja = t.texts("names_ja");
  b.romaji = t.texts("romaji");
  b.owned = domains(t, "owned");
  b.cdn = domains(t, "cdn");
  b.senders = domains(t, "senders");
  b.self_hosted = t.texts("self_hosted");
  b.context = t.texts("context");
  for (const diag::TomlValue* token : t.tables("tokens")) {
    diag::TomlReader r(*token, source, errors);
    brand::Token out;
    out.text = text::normalize(r.required_text("text")).text;
    const std::string danger = r.one_of("danger", {"high", "medium", "low"});
    out.danger = danger == "high"     ? brand::Danger::high
                 : danger == "medium" ? brand::Danger::medium
                                      : brand::Danger::low;
    if (out.text.size() < 2) r.error("text", "a token has at least two characters");
    else b.tokens.push_back(std::move(out));
    r.finish();
  }
  if (b.names.empty() && b.names_ja.empty())
    t.error("names", "a brand needs a name", "names = [\"…\"] or names_ja = [\"…\"]");
  t.finish();
  return b;
}

std::vector<brand::Brand> read_brand_pack(std::string_view toml, const std::string& source,
                                          std::vector<Error>& errors) {
  std::vector<brand::Brand> out;
  each_table(toml, source, "brand", errors,
             [&](const diag::TomlValue& table) { out.push_back(read_brand(table, source, errors)); });
  return out;
}

brand::Weights read_weights(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  brand::Weights out;
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return out;
  }
  diag::TomlReader top(*root, source, errors);
  for (const char* key : {"start", "flag"})
    if (!top.has(key))
      top.error(key, std::string("\"") + key + "\" is missing", "make the file with sekisho names fit");
  const auto finite = [&](diag::TomlReader& r, std::string_view key, double value) {
    if (!std::isfinite(value)) r.error(key, "a weight is a finite number");
    return static_cast<float>(std::isfinite(value) ? value : 0);
  };
  out.start = finite(top, "start", top.number("start", 0));
  out.tell_exact = finite(top, "tell_exact", top.number("tell_exact", 0));
  out.tell_near = finite(top, "tell_near", top.number("tell_near", 0));
  out.flag = finite(top, "flag", top.number("flag", 0));
  if (const diag::TomlValue* table = top.table("features")) {
    diag::TomlReader r(*table, source, errors);
    for (brand::Feature f = 0; f < brand::feature::kFixed; ++f)
      out.of[f] = finite(r, brand::feature_name(f), r.number(brand::feature_name(f), 0));
    r.finish();
  }
  if (const diag::TomlValue* table = top.table("tlds")) {
    diag::TomlReader r(*table, source, errors);
    for (const auto& member : table->members)
      out.tlds.emplace(member.name, finite(r, member.name, r.number(member.name, 0)));
    r.finish();
  }
  top.finish();
  return out;
}

Curve read_curve(diag::TomlReader& table) {
  const Curve out{table.number("midpoint", 0), table.number("spread", 0)};
  if (!(out.spread > 0) || !std::isfinite(out.spread) || !std::isfinite(out.midpoint))
    table.error("spread", "a curve has a midpoint and a spread above 0");
  return out;
}

Points read_points(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  Points out;
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return out;
  }
  diag::TomlReader top(*root, source, errors);
  if (const diag::TomlValue* table = top.table("curve")) {
    diag::TomlReader r(*table, source, errors);
    out.curve = read_curve(r);
    r.finish();
  } else {
    top.error("curve", "\"curve\" is missing", "make the file with sekisho eval --fit");
  }
  if (const diag::TomlValue* table = top.table("points")) {
    diag::TomlReader r(*table, source, errors);
    for (const auto& member : table->members) {
      const double value = r.number(member.name, 0);
      if (!std::isfinite(value)) r.error(member.name, "points are a finite number");
      else out.of.emplace(member.name, value), out.places.emplace(member.name, member.key_span);
    }
    r.finish();
  }
  top.finish();
  return out;
}

brand::PlanModel read_plan(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  brand::PlanModel out;
  const auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return out;
  }
  diag::TomlReader top(*root, source, errors);
  out.edited = top.number("edited", 0);
  for (const auto& [key, shares] :
       {std::pair{"affixes", &out.affixes}, {"edits", &out.edits}, {"suffixes", &out.suffixes}})
    if (const diag::TomlValue* table = top.table(key)) {
      diag::TomlReader r(*table, source, errors);
      for (const auto& member : table->members) {
        if (shares == &out.affixes && member.name.find('|') == std::string::npos)
          r.error(member.name, "an affix is \"before|after\"", "for example \"|-login\"");
        (*shares)[member.name] = r.number(member.name, 0);
      }
      r.finish();
    }
  top.finish();
  return out;
}

std::vector<std::string> read_words(std::string_view text) {
  std::vector<std::string> out;
  for (std::string_view line : split(text, '\n'))
    if (line = trim(line.substr(0, line.find('#'))); !line.empty()) out.push_back(ascii_lower(line));
  return out;
}

List List::read(std::string_view text) {
  List out;
  for (std::string_view line : split(text, '\n')) {
    line = trim(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    const std::string lower = ascii_lower(line);
    const size_t slash = lower.find('/');
    out.entries_[lower.substr(0, slash)].push_back(slash == std::string::npos ? "" : lower.substr(slash));
  }
  return out;
}

std::vector<std::string> List::hosts() const {
  std::vector<std::string> out;
  for (const auto& [host, paths] : entries_)
    if (std::ranges::find(paths, "") != paths.end()) out.push_back(host);
  std::ranges::sort(out);
  return out;
}

bool List::has(std::string_view entry) const { return entries_.find(entry) != entries_.end(); }

std::string_view List::covering(std::string_view host, std::string_view path) const {
  if (host.size() > 253) return {};  // RFC 1035: no such host
  for (auto dots = std::count(host.begin(), host.end(), '.'); dots > 8; --dots) host.remove_prefix(host.find('.') + 1);
  for (;;) {
    if (const auto it = entries_.find(host); it != entries_.end())
      for (const std::string& prefix : it->second)
        if (istarts_with(path, prefix)) return it->first;
    const size_t dot = host.find('.');
    if (dot == std::string_view::npos) return {};
    host.remove_prefix(dot + 1);
  }
}

}  // namespace sekisho::scan
