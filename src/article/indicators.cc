// Takes a text; gives the indicators in it with their places and roles, one list without repetitions, and the form in
// which they are printed. Entries: find_indicators, merge_indicators, defang. Refuses nothing; a text without cues
// gives nothing. Memory stays bounded: the text is read in windows that end at a line or a space.
#include "article/indicators.h"

#include <algorithm>
#include <map>

#include "article/indicators_parts.h"

namespace sekisho::article {
namespace {

constexpr size_t kWindow = 256 << 10;

size_t window_end(std::string_view text, size_t from) {
  if (text.size() - from <= kWindow) return text.size();
  const std::string_view half = text.substr(from + kWindow / 2, kWindow / 2);
  size_t cut = half.rfind('\n');
  if (cut == half.npos) cut = half.rfind(' ');
  size_t end = from + (cut == half.npos ? kWindow : kWindow / 2 + cut + 1);
  while (end > from + 1 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // no half a character
  return end;
}

// Links of the article whose target does not stand in the text. A publisher's live link is something to read; whose
// host is a brand's stays genuine. None is ever called malicious: what the text says is said of its words.
void add_links(std::vector<Indicator>& out, const IndicatorContext& context, const net::PublicSuffixes& suffixes) {
  std::vector<Indicator> more;
  size_t next = 0;
  uint32_t done = 0;
  for (const Link& link : context.article->links) {
    if (out.size() + more.size() >= context.most) break;
    if (link.length == 0 || link.at < done ||
        !(istarts_with(link.href, "https://") || istarts_with(link.href, "http://")))
      continue;
    while (next < out.size() && out[next].at + out[next].length <= link.at) ++next;
    if (next < out.size() && out[next].at < link.at + link.length) continue;
    const internal::View view(utf8_prefix(link.href, 4096), context.cues->impl());
    auto found = internal::scan(view, suffixes, 1);
    if (found.empty() || found[0].from != 0 || found[0].found.type != Type::url) continue;
    Indicator i = std::move(found[0].found);
    i.as_written = link.href;
    i.at = link.at;
    i.length = link.length;
    i.role = found[0].masked ? Role::partial : Role::reference;
    i.why = "link of the article";
    if (context.brands != nullptr && !i.host.empty())
      if (const auto owner = context.brands->owner(i.host)) i.owner = static_cast<int>(*owner);
    done = link.at + link.length;
    more.push_back(std::move(i));
  }
  if (more.empty()) return;
  out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::sort(out.begin(), out.end(), [](const Indicator& a, const Indicator& b) { return a.at < b.at; });
}

}  // namespace

std::string_view to_string(Type t) {
  static constexpr std::string_view kNames[] = {"url", "domain", "email",  "ipv4", "ipv6",
                                                "md5", "sha1",   "sha256", "cve",  "technique"};
  return kNames[static_cast<size_t>(t)];
}

std::string_view to_string(Role r) {
  static constexpr std::string_view kNames[] = {"malicious", "victim", "reference", "genuine", "partial"};
  return kNames[static_cast<size_t>(r)];
}

std::vector<Indicator> find_indicators(std::string_view text, const IndicatorContext& context) {
  std::vector<Indicator> out;
  if (context.cues == nullptr || !context.cues->impl().complete) return out;
  text = text.substr(0, 0xfffffff0U);
  const auto& suffixes = context.suffixes ? *context.suffixes : net::PublicSuffixes::system();
  std::vector<internal::Candidate> found;
  for (size_t from = 0; from < text.size() && found.size() < context.most;) {
    const size_t end = window_end(text, from);
    const std::string_view window = text.substr(from, end - from);
    const internal::View view(window, context.cues->impl());
    for (internal::Candidate& c : internal::scan(view, suffixes, context.most - found.size())) {
      if (c.to <= c.from || c.to > view.size()) continue;
      const uint32_t at = view.atoms[c.from].at, stop = view.atoms[c.to - 1].end;
      c.found.as_written = std::string(window.substr(at, stop - at));
      c.found.at = static_cast<uint32_t>(from + at);
      c.found.length = stop - at;
      found.push_back(std::move(c));
    }
    from = end;
  }
  internal::decide_roles(text, found, context);
  out.reserve(found.size());
  for (auto& c : found) out.push_back(std::move(c.found));
  if (context.article != nullptr && context.article->text == text) add_links(out, context, suffixes);
  return out;
}

std::vector<Indicator> merge_indicators(std::vector<Indicator> found) {
  struct Votes {
    size_t index = 0;
    unsigned count[5] = {};
    size_t place[5] = {};
    bool owned = false, defanged = false;
  };
  std::map<std::pair<Type, std::string>, Votes> by_value;
  for (size_t i = 0; i < found.size(); ++i) {
    const auto [it, fresh] = by_value.try_emplace({found[i].type, found[i].value});
    Votes& v = it->second;
    if (fresh) v.index = i;
    const auto role = static_cast<size_t>(found[i].role);
    if (v.count[role]++ == 0) v.place[role] = i;
    v.defanged = v.defanged || found[i].defanged;
    v.owned = v.owned || (found[i].owner >= 0 && found[i].role == Role::genuine);
  }
  std::vector<const Votes*> order;
  for (const auto& [key, v] : by_value) order.push_back(&v);
  std::sort(order.begin(), order.end(), [](const Votes* a, const Votes* b) { return a->index < b->index; });
  std::vector<Indicator> out;
  for (const Votes* v : order) {
    const auto of = [&](Role r) { return v->count[static_cast<size_t>(r)]; };
    Role role = found[v->index].role;
    const unsigned bad = of(Role::malicious);
    if (of(Role::partial) > 0) role = Role::partial;
    else if (of(Role::genuine) > 0 && (v->owned || of(Role::genuine) >= bad)) role = Role::genuine;
    else if (of(Role::victim) > 0 && of(Role::victim) >= bad) role = Role::victim;
    else if (bad > 0) role = Role::malicious;
    Indicator merged = found[v->index];
    const Indicator& decided = found[v->place[static_cast<size_t>(role)]];
    merged.role = role;
    merged.why = decided.why;
    merged.defanged = v->defanged;
    out.push_back(std::move(merged));
  }
  return out;
}

std::string defang(std::string_view value) {
  std::string out;
  const size_t scheme = value.find("://");
  size_t i = 0;
  if (scheme != value.npos && scheme < 12) {
    const std::string name = ascii_lower(value.substr(0, scheme));
    out = name == "http" ? "hxxp" : name == "https" ? "hxxps" : name == "ftp" ? "fxp" : name;
    out += name == "http" || name == "https" || name == "ftp" ? "://" : "[:]//";
    i = scheme + 3;
  }
  const size_t host_end = std::min(value.find_first_of("/?#", i == 0 && value.starts_with("//") ? 2 : i), value.size());
  const bool v6 =
      std::count(value.begin() + static_cast<long>(i), value.begin() + static_cast<long>(host_end), ':') > 1;
  for (; i < value.size(); ++i) {
    const char c = value[i];
    if (i < host_end && c == '.') out += "[.]";
    else if (c == '@') out += "[@]";
    else if (i < host_end && c == ':' && v6) out += "[:]";
    else out += c;
  }
  return out;
}

}  // namespace sekisho::article
