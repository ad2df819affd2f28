// Takes intents with their phrases, gives the hits in a normalised text. Entries: Lures::make, Lures::find. Refuses
// nothing; hits are capped.
#include "lure/lure.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::lure {

namespace {

// The words that a disguise may hide: those of the phrases.
void add_words(text::Reader& reader, std::string_view phrase) {
  for (size_t i = 0; i < phrase.size();) {
    size_t end = i;
    while (end < phrase.size() && is_alnum(phrase[end])) ++end;
    reader.word(phrase.substr(i, end - i));
    i = end + 1;
  }
}

}  // namespace

Lures Lures::make(std::vector<Intent> intents, const Language& language) {
  Lures out;
  for (const Language::Spelling& s : language.spellings) out.reader_.spelling(s.variant, s.as);
  out.reader_.build();
  for (const std::string& joint : language.joints) {
    const std::string read = out.reader_.plain(joint);
    out.phrases_.joint(read);
    add_words(out.reader_, read);
  }
  out.intents_ = std::move(intents);
  // Thousands of phrases are made of far fewer pieces, and what is read as one spelling lies within a piece.
  StringMap<std::string> pieces;
  const auto read = [&](std::string_view phrase) {
    std::string whole;
    whole.reserve(phrase.size());
    for (size_t from = 0; from <= phrase.size();) {
      const size_t end = std::min(phrase.find_first_of("*~", from), phrase.size());
      const std::string_view piece = phrase.substr(from, end - from);
      auto it = pieces.find(piece);
      if (it == pieces.end()) {
        it = pieces.emplace(piece, out.reader_.plain(piece)).first;
        add_words(out.reader_, it->second);
      }
      whole += it->second;
      if (end < phrase.size()) whole += phrase[end];
      from = end + 1;
    }
    return whole;
  };
  for (uint32_t i = 0; i < out.intents_.size(); ++i) {
    std::vector<std::string> phrases;
    phrases.reserve(out.intents_[i].phrases.size());
    for (const std::string& phrase : out.intents_[i].phrases) phrases.push_back(read(phrase));
    std::ranges::sort(phrases);
    const auto [first, last] = std::ranges::unique(phrases);
    phrases.erase(first, last);
    for (std::string& phrase : phrases) {
      out.phrases_.add_normalized(std::move(phrase));
      out.intent_of_.push_back(i);
    }
    out.intents_[i].phrases = {};  // the machine has them
  }
  out.phrases_.build();
  return out;
}

std::vector<Hit> Lures::find(std::string_view normalized, size_t most) const {
  const text::Reading reading = reader_.read(normalized);
  std::vector<Hit> hits;
  std::vector<uint32_t> last(intents_.size(), UINT32_MAX);  // index in hits of the intent's latest hit
  for (const text::Phrases::Hit& h : phrases_.find(reading.text, most)) {
    const uint32_t intent = intent_of_[h.phrase];
    if (last[intent] != UINT32_MAX) {
      Hit& before = hits[last[intent]];
      const uint32_t from = std::min(before.offset, h.offset);
      const uint32_t to = std::max(before.offset + before.length, h.offset + h.length);
      if (h.offset < before.offset + before.length) {
        before.offset = from;
        before.length = to - from;
        continue;
      }
    }
    last[intent] = static_cast<uint32_t>(hits.size());
    hits.push_back({intent, h.offset, h.length, false});
  }
  std::vector<Hit> negating;
  for (const Hit& h : hits)
    if (intents_[h.intent].negates) negating.push_back(h);
  if (!negating.empty())
    std::erase_if(hits, [&](const Hit& h) {
      if (intents_[h.intent].negates) return false;
      return std::any_of(negating.begin(), negating.end(), [&](const Hit& n) {
        return h.offset <= n.offset + n.length && n.offset <= h.offset + h.length;
      });
    });
  for (Hit& h : hits) {
    h.disguised = reading.disguised(h.offset, h.offset + h.length);
    const uint32_t end = reading.source_end(h.offset + h.length);
    h.offset = reading.source_start(h.offset);
    h.length = end - h.offset;
  }
  return hits;
}

}  // namespace sekisho::lure
