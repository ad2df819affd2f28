// Takes a phrase in short form, gives the phrases it stands for. Entry: Forms::expand. Refuses braces that do not
// match, unknown forms, and whatever would be more than the limits of expand.h; nesting is counted, so recursion is
// bounded.
#include "lure/expand.h"

#include <algorithm>

namespace sekisho::lure {
namespace {

constexpr size_t kMostGroups = 2000;

std::unexpected<Error> wrong(std::string text, size_t offset, size_t length, std::string hint = {}) {
  return fail_at("lure.phrase", std::move(text), {}, {static_cast<uint32_t>(offset), static_cast<uint32_t>(length)},
                 std::move(hint));
}

bool is_name(std::string_view s) {
  return !s.empty() && std::ranges::all_of(s, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; });
}

}  // namespace

struct Forms::Expansion {
  const Forms& forms;
  std::string_view text;
  size_t& groups;  // looked at so far, for the whole phrase

  using Texts = Result<std::vector<std::string>>;

  static Result<void> multiply(std::vector<std::string>& all, const std::vector<std::string>& by, size_t from,
                               size_t to) {
    if (all.size() * by.size() > kMostExpansions)
      return wrong("stands for more than " + std::to_string(kMostExpansions) + " phrases", from, to - from,
                   "leave out what need not be found, use ~ for particles, or write two phrases");
    std::vector<std::string> out;
    out.reserve(all.size() * by.size());
    for (const std::string& a : all)
      for (const std::string& b : by) out.push_back(a + b);
    all = std::move(out);
    return {};
  }

  // What stands from `at` up to the end, or inside braces up to | or }; `at` is moved there.
  Texts sequence(size_t& at, size_t nesting, bool inside) const {
    std::vector<std::string> out{""};
    while (at < text.size()) {
      const size_t from = at;
      if (inside && (text[at] == '|' || text[at] == '}')) break;
      if (text[at] == '}' || text[at] == '|')
        return wrong(std::string("\"") + text[at] + "\" stands outside of braces", at, 1, "write {this|that}");
      if (text[at] == '{') {
        TRY_ASSIGN(choices, group(at, nesting + 1));
        TRY(multiply(out, choices, from, at));
        continue;
      }
      at = std::min(text.find_first_of("{|}", at), text.size());
      for (std::string& s : out) s.append(text, from, at - from);
    }
    return out;
  }

  Texts group(size_t& at, size_t nesting) const {
    const size_t open = at++;
    if (++groups > kMostGroups) return wrong("too many braces, counting those of its forms", open, 1);
    if (nesting > kMostNesting)
      return wrong("braces or forms are nested too deeply", open, 1,
                   "at most four in each other, and no form in itself");
    std::vector<std::string> out;
    for (bool first = true;; first = false) {
      const size_t from = at;
      TRY_ASSIGN(choice, sequence(at, nesting, true));
      if (at >= text.size()) return wrong("a brace is open to the end", open, 1, "close it with }");
      const bool last = text[at] == '}';
      ++at;
      if (first && last) {
        const std::string_view name = text.substr(from, at - 1 - from);
        return form(name, from, nesting);
      }
      for (std::string& s : choice) out.push_back(std::move(s));
      if (out.size() > kMostExpansions)
        return wrong("stands for more than " + std::to_string(kMostExpansions) + " phrases", open, at - open);
      if (last) return out;
    }
  }

  Texts form(std::string_view name, size_t from, size_t nesting) const {
    const auto it = forms.forms_.find(name);
    if (it == forms.forms_.end()) {
      if (!is_name(name))
        return wrong("braces hold texts with | between them, or the name of a form", from,
                     std::max<size_t>(name.size(), 1), "{this|that} or {name}");
      std::vector<std::string_view> names;
      for (const auto& [known, texts] : forms.forms_) names.push_back(known);
      std::ranges::sort(names);
      return wrong("there is no form \"" + std::string(name) + "\"", from, name.size(), near_names(name, names));
    }
    std::vector<std::string> out;
    for (const std::string& t : it->second) {
      size_t at = 0;
      Texts texts = Expansion{forms, t, groups}.sequence(at, nesting, false);
      if (!texts) {
        auto error = wrong("the form \"" + std::string(name) + "\" cannot be used: " + texts.error().text, from,
                           name.size(), texts.error().hint);
        error.error().cause = std::make_shared<const Error>(std::move(texts.error()));
        return error;
      }
      for (std::string& s : *texts) out.push_back(std::move(s));
      if (out.size() > kMostExpansions)
        return wrong("the form \"" + std::string(name) + "\" stands for too many phrases", from, name.size());
    }
    return out;
  }
};

bool Forms::add(std::string_view name, std::vector<std::string> texts) {
  return forms_.try_emplace(std::string(name), std::move(texts)).second;
}

Result<std::vector<std::string>> Forms::expand(std::string_view phrase) const {
  if (phrase.size() > kMostPhraseBytes)
    return wrong("a phrase has at most " + std::to_string(kMostPhraseBytes) + " bytes", 0, phrase.size());
  size_t at = 0, groups = 0;
  TRY_ASSIGN(out, (Expansion{*this, phrase, groups}.sequence(at, 0, false)));
  for (const std::string& s : out)
    if (s.find_first_not_of(" *~") == std::string::npos)
      return wrong("a choice of this phrase is empty: it would be found everywhere", 0, phrase.size());
  std::ranges::sort(out);
  const auto [first, last] = std::ranges::unique(out);
  out.erase(first, last);
  return out;
}

}  // namespace sekisho::lure
