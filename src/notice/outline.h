// A text taken apart into notices and their blocks: subject, headings, list items, "key: value" lines, paragraphs, each
// folded and with the words and values found in it. Works on notices that no template of ours made. Internal to
// notice/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "notice/templates.h"
#include "notice/values.h"
#include "text/normalize.h"

namespace sekisho::notice {

struct Block {
  enum class Kind : uint8_t { subject, heading, key, item, paragraph } kind = Kind::paragraph;
  Word head = Word::none;       // of a heading or key, if it is known
  Word section = Word::none;    // the heading that it stands under
  bool ordered = false;         // of an item: numbered
  uint32_t begin = 0, end = 0;  // bytes of the text given, without the marker of an item
  text::Normalized folded;
  uint32_t value_at = 0;  // of a key: where its value begins in `folded`
  std::vector<Hit> hits;
  Days days;
  std::vector<FoundContact> contacts;
  std::vector<FoundNumber> numbers;
  std::vector<Stretch> links;
  std::vector<Stretch> sentences;  // of `folded`, trimmed
  std::string_view text() const { return folded.text; }
  bool has(Word w) const {
    for (const Hit& h : hits)
      if (h.word == w && !h.quoted) return true;
    return false;
  }
  Span span(uint32_t at, uint32_t length) const;
  Span span() const { return {begin, end - begin}; }
};

struct Part {        // one notice in one language
  int language = 0;  // 0 en, 1 ja
  uint32_t begin = 0, end = 0;
  bool repeated = false;  // the body stood twice; the second is left out
  bool marked = false;    // a mark stands above its subject
  std::vector<Block> blocks;
  size_t audience = 0;                      // in Words::audiences
  std::vector<const Block*> steps() const;  // the items that say what to do
};

struct Outline {
  std::vector<Block> above;  // before the first subject, line by line
  std::vector<Part> parts;
};

Outline outline(std::string_view text, const Words& words);

// Hits of one word within a stretch, not quoted.
std::vector<Hit> hits_in(const Block& block, const Stretch& where, Word word);

}  // namespace sekisho::notice
