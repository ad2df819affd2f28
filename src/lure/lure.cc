// Takes intents with their phrases, gives the hits in a normalised text. Entries: Lures::make, Lures::find. Refuses
// nothing; hits are capped.
#include "lure/lure.h"

#include <algorithm>

namespace sekisho::lure {

Lures Lures::make(std::vector<Intent> intents) {
  Lures out;
  out.intents_ = std::move(intents);
  for (uint32_t i = 0; i < out.intents_.size(); ++i)
    for (const std::string& phrase : out.intents_[i].phrases) {
      out.phrases_.add(phrase);
      out.intent_of_.push_back(i);
    }
  out.phrases_.build();
  return out;
}

std::vector<Hit> Lures::find(std::string_view normalized, size_t most) const {
  std::vector<Hit> hits;
  std::vector<uint32_t> last(intents_.size(), UINT32_MAX);  // index in hits of the intent's latest hit
  for (const text::Phrases::Hit& h : phrases_.find(normalized, most)) {
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
    hits.push_back({intent, h.offset, h.length});
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
  return hits;
}

}  // namespace sekisho::lure
