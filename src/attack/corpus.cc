// Takes ATT&CK's texts and labelled sentences, gives a corpus in folds. Entries: Corpus::add_*, examples, plain_text.
// Refuses nothing: what is no link is text.
#include "attack/corpus.h"

#include <algorithm>

#include "base/keyed_hash.h"
#include "base/strings.h"
#include "text/normalize.h"

namespace sekisho::attack {
namespace {

constexpr float kOfDescription = 0.6f;  // a sentence of it, beside one of a report
constexpr size_t kShortest = 20;        // bytes of a description's sentence
constexpr unsigned kLongestChain = 8;
constexpr size_t kLongestTag = 9, kLongestLink = 400;

uint32_t fold_of(std::string_view group) { return static_cast<uint32_t>(keyed_hash(group, 7, 7).low % kFolds); }

struct Link {
  std::string_view words, target;
  size_t length = 0;  // 0: none stands there
};

Link link_at(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at, kLongestLink);
  const size_t words = rest.find("](");
  if (words == std::string_view::npos || rest.substr(1, words - 1).find('[') != std::string_view::npos) return {};
  const size_t end = rest.find(')', words);
  if (end == std::string_view::npos) return {};
  return {rest.substr(1, words - 1), rest.substr(words + 2, end - words - 2), end + 1};
}

bool is_name(const Link& link) {
  for (const std::string_view folder :
       {"attack.mitre.org/groups/", "attack.mitre.org/software/", "attack.mitre.org/campaigns/"})
    if (link.target.find(folder) != std::string_view::npos) return true;
  return false;
}

}  // namespace

std::string plain_text(std::string_view markdown, bool drop_first_name) {
  std::string out;
  for (size_t i = 0; i < markdown.size();) {
    if (markdown[i] == '[') {
      if (const Link link = link_at(markdown, i); link.length > 0) {
        const bool dropped = drop_first_name && is_name(link);
        if (!dropped) out += link.words;
        drop_first_name = drop_first_name && !dropped;
        i += link.length;
        continue;
      }
    } else if (markdown.substr(i).starts_with("(Citation:")) {
      if (const size_t end = markdown.substr(i, kLongestLink).find(')'); end != std::string_view::npos) {
        i += end + 1;
        continue;
      }
    } else if (markdown[i] == '<') {
      if (const size_t end = markdown.substr(i, kLongestTag).find('>'); end != std::string_view::npos) {
        out += ' ';
        i += end + 1;
        continue;
      }
    }
    out += markdown[i++];
  }
  return out;
}

std::string_view source_name(std::string_view markdown) {
  for (size_t i = markdown.find('['); i != std::string_view::npos; i = markdown.find('[', i + 1))
    if (const Link link = link_at(markdown, i); link.length > 0 && is_name(link)) return link.words;
  return markdown.substr(0, 20);
}

std::vector<std::pair<std::string, std::string>> settled(std::vector<std::pair<std::string, std::string>> revoked,
                                                         const std::vector<Technique>& live) {
  std::ranges::sort(revoked);
  revoked.erase(std::ranges::unique(revoked, {}, [](const auto& p) { return p.first; }).begin(), revoked.end());
  const auto is_live = [&](const std::string& id) { return std::ranges::binary_search(live, id, {}, &Technique::id); };
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [from, to] : revoked) {
    const std::string* at = &to;
    for (unsigned n = 0; n < kLongestChain && !is_live(*at); ++n) {
      const auto next =
          std::ranges::lower_bound(revoked, *at, {}, [](const auto& p) -> const std::string& { return p.first; });
      if (next == revoked.end() || next->first != *at) break;
      at = &next->second;
    }
    if (is_live(*at) && !is_live(from)) out.emplace_back(from, *at);
  }
  return out;
}

std::optional<uint32_t> Corpus::find(std::string_view id) const {
  const auto old = std::ranges::lower_bound(revoked, id, {}, [](const auto& p) -> std::string_view { return p.first; });
  if (old != revoked.end() && old->first == id) id = old->second;
  const auto at =
      std::ranges::lower_bound(techniques, id, {}, [](const Technique& t) -> std::string_view { return t.id; });
  if (at == techniques.end() || at->id != id) return std::nullopt;
  return static_cast<uint32_t>(at - techniques.begin());
}

void Corpus::add_description(uint32_t technique, std::string_view markdown) {
  // The name counts as a sentence, with that of the technique above it.
  const Technique& t = techniques[technique];
  std::string name = t.name;
  if (const size_t dot = t.id.find('.'); dot != std::string::npos)
    if (const auto above = find(std::string_view(t.id).substr(0, dot))) name += ". " + techniques[*above].name;
  sentences.push_back({std::move(name), technique, Set::description, 0});
  const std::string text = plain_text(markdown, false);
  for (std::string_view paragraph : split(text, '\n'))
    while (!paragraph.empty()) {
      const size_t end = std::min(paragraph.size(), paragraph.find(". "));
      if (const std::string_view s = paragraph.substr(0, end); s.size() > kShortest)
        sentences.push_back({std::string(s), technique, Set::description, 0});
      paragraph.remove_prefix(std::min(paragraph.size(), end + 2));
    }
}

void Corpus::add_procedure(uint32_t technique, std::string_view markdown) {
  sentences.push_back({plain_text(markdown, true), technique, Set::procedure, fold_of(source_name(markdown))});
}

void Corpus::add_report(uint32_t technique, std::string_view text, std::string_view document) {
  sentences.push_back({std::string(text), technique, Set::report, fold_of(document)});
}

void Corpus::add_own(uint32_t technique, std::string_view text, Set set, uint32_t number) {
  sentences.push_back({std::string(text), technique, set, number % kFolds});
}

std::vector<Example> Corpus::examples() const {
  std::vector<Example> out;
  out.reserve(sentences.size());
  Features features;
  uint32_t name_of = ~0u;
  for (const Sentence& s : sentences) {
    read_features(text::normalize(s.text).text, concepts, features);
    const bool name = s.set == Set::description && s.technique != name_of;
    if (name) name_of = s.technique;
    out.push_back({features.places, s.technique, s.set == Set::description && !name ? kOfDescription : 1,
                   s.set == Set::japanese || s.set == Set::japanese_plain});
  }
  return out;
}

}  // namespace sekisho::attack
