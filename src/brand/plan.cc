// Takes a brand and what attackers did to others' names, gives the names worth registering. Entries: learn_plan, plan.
#include "brand/plan.h"

#include <algorithm>
#include <set>

#include "base/strings.h"

namespace sekisho::brand {
namespace {

constexpr std::string_view kVowels = "aeiou";

// The names that one kind of edit makes of a token.
std::vector<std::string> variants(const std::string& token, Edit kind) {
  std::set<std::string> out;
  for (size_t i = 0; i < token.size(); ++i) {
    std::string t = token;
    switch (kind) {
      case Edit::transposition:
        if (i + 1 < t.size()) std::swap(t[i], t[i + 1]);
        break;
      case Edit::doubled:
        t.insert(i, 1, t[i]);
        break;
      case Edit::omission:
        t.erase(i, 1);
        break;
      case Edit::vowel:
        if (kVowels.find(t[i]) == std::string_view::npos) break;
        for (const char v : kVowels) t[i] = v, out.insert(t);
        break;
      default:
        for (char c = 'a'; c <= 'z'; ++c) {
          t = token;
          if (kind == Edit::insertion) t.insert(i, 1, c);
          else t[i] = c;
          if (edit_between(token, t) == kind) out.insert(t);
        }
        t = token;
    }
    out.insert(t);
  }
  out.erase(token);
  return {out.begin(), out.end()};
}

constexpr Edit kEdits[] = {Edit::transposition, Edit::doubled,  Edit::vowel,     Edit::look,        Edit::keyboard,
                           Edit::bit_flip,      Edit::omission, Edit::insertion, Edit::substitution};

// Made of words that lures use, hyphens and at most two digits in a row.
bool is_affix(const Judge& judge, std::string_view text) {
  if (text.size() > 16) return false;
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && is_alpha(text[end]) == is_alpha(text[i]) && text[end] != '-') ++end;
    if (text[i] == '-') {
      ++i;
    } else {
      if (is_digit(text[i]) ? end - i > 2 : !judge.is_lure(text.substr(i, end - i))) return false;
      i = end;
    }
  }
  return true;
}

void normalise(std::map<std::string, double, std::less<>>& counts, size_t keep) {
  std::vector<std::pair<double, std::string>> order;
  double sum = 0;
  for (const auto& [name, n] : counts) order.emplace_back(n, name), sum += n;
  std::ranges::sort(order, std::greater<>());
  order.resize(std::min(order.size(), keep));
  counts.clear();
  for (const auto& [n, name] : order)
    if (n >= 2) counts.emplace(name, n / sum);
}

}  // namespace

PlanModel learn_plan(const Judge& judge, const net::PublicSuffixes& suffixes,
                     const std::vector<std::string_view>& hosts) {
  PlanModel out;
  std::set<std::string, std::less<>> once;
  double affixed = 0, edited = 0;
  for (const std::string_view host : hosts) {
    const Judgement j = judge.judge(host);
    if (!j.brand || j.place != Place::label) continue;
    const auto answer = suffixes.find(host);
    const size_t label_at = host.size() - answer.registrable;
    if (answer.is_private || j.offset < label_at || !once.emplace(host.substr(label_at)).second) continue;
    const std::string_view label = host.substr(label_at, static_cast<size_t>(answer.registrable - answer.suffix - 1));
    const size_t from = j.offset - label_at;
    if (from + j.length > label.size()) continue;
    if (j.exact()) {
      const std::string_view before = label.substr(0, from), after = label.substr(from + j.length);
      if (!is_affix(judge, before) || !is_affix(judge, after)) continue;
      ++out.affixes[std::string(before) + "|" + std::string(after)];
      ++affixed;
    } else if (j.how == Operator::edited && j.length == label.size()) {
      const Edit e = edit_between(judge.token(j.token), label);
      if (std::ranges::find(kEdits, e) == std::end(kEdits)) continue;
      ++out.edits[std::string(edit_name(e))];
      ++edited;
    } else {
      continue;
    }
    ++out.suffixes[std::string(host.substr(host.size() - answer.suffix))];
  }
  out.edited = affixed + edited > 0 ? edited / (affixed + edited) : 0;
  normalise(out.affixes, 400);
  normalise(out.edits, 20);
  normalise(out.suffixes, 80);
  return out;
}

std::vector<PlannedName> plan(const Brands& brands, Index brand, const PlanModel& model, size_t budget) {
  std::map<std::string, double> shares;
  // What a brand is called in names: the labels of its domains, then its other tokens.
  std::vector<std::pair<std::string, double>> bases;
  const auto base = [&](std::string_view text, double share) {
    std::string label;
    for (const char c : text)
      if (is_alnum(c) || c == '-') label += ascii_lower(c);
    if (label.size() >= 3 && std::ranges::find(bases, label, &std::pair<std::string, double>::first) == bases.end())
      bases.emplace_back(std::move(label), share);
  };
  for (const std::string& d : brands[brand].owned) {
    const std::string_view label = std::string_view(d).substr(0, d.find('.'));
    for (const Token& t : brands[brand].tokens)
      if (t.danger != Danger::low && label.find(t.text.substr(0, 3)) != std::string_view::npos) {
        base(label, bases.empty() ? 1 : 0.5);
        break;
      }
  }
  for (const Token& t : brands[brand].tokens)
    if (t.danger != Danger::low) base(t.text, bases.empty() ? 1 : 0.5);
  for (const auto& [token, share_of_base] : bases) {
    const double base_share = share_of_base;
    const auto add = [&](const std::string& label, double share) {
      for (const auto& [suffix, part] : model.suffixes) {
        const std::string domain = label + "." + suffix;
        if (!brands.owner(domain)) shares[domain] += share * part * base_share;
      }
    };
    for (const auto& [affix, share] : model.affixes) {
      const size_t bar = affix.find('|');
      const std::string label = affix.substr(0, bar) + token + affix.substr(bar + 1);
      if (!label.starts_with('-') && !label.ends_with('-')) add(label, share * (1 - model.edited));
    }
    for (const Edit edit : kEdits) {
      const auto share = model.edits.find(edit_name(edit));
      if (share == model.edits.end()) continue;
      const auto made = variants(token, edit);
      for (const std::string& v : made) add(v, share->second * model.edited / static_cast<double>(made.size()));
    }
  }
  std::vector<PlannedName> out;
  for (const auto& [domain, share] : shares) out.push_back({domain, share});
  std::ranges::sort(out, [](const PlannedName& a, const PlannedName& b) {
    return a.share != b.share ? a.share > b.share : a.domain < b.domain;
  });
  out.resize(std::min(out.size(), budget));
  return out;
}

}  // namespace sekisho::brand
