// Many phrases in one pass over normalised text (a trie). A phrase in a script with spaces matches whole words
// only ("reset" is not in "preset"); one in a script without (Japanese, Chinese, Thai) matches anywhere. A space in a
// phrase matches a space or nothing beside Japanese text; "*" inside a phrase stands for up to three further words (or
// 12 characters without spaces, 200 bytes at most): "verify * account". "~" stands for nothing or for one of the joints
// (particles, articles) that were given: "アカウント~停止" is found in "アカウントの停止" and "アカウント停止".
// Spaces beside Japanese text do not count at all: "マスターパスワード" is found in "マ ス タ ー パスワード" (Hit spans
// are those of the text, spaces included). A Korean phrase needs only the start of a word. Phrases that begin alike
// share what they share, so that ten thousand of them cost little more than their different words. Built once, then
// immutable and shared by all threads.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"

namespace sekisho::text {

class Phrases {
 public:
  struct Hit {
    uint32_t phrase;  // the index that add() returned
    uint32_t offset;  // bytes in the normalised text
    uint32_t length;
  };

  Phrases();
  ~Phrases();
  Phrases(Phrases&&) noexcept;
  Phrases& operator=(Phrases&&) noexcept;

  uint32_t add(std::string_view phrase);  // normalises it first; the same phrase twice gives two indexes
  uint32_t add_normalized(std::string phrase);
  void joint(std::string_view text);  // "~" may stand for it; at most 40 bytes when normalised, longer ones are ignored
  void build();                       // once, after the last add
  size_t size() const;
  size_t bytes() const;  // of memory that all takes
  // All hits in order of their end, at most `most` of them. Work is O(text · longest piece of a phrase + hits),
  // whatever the text; in what people write nearly all words are passed over.
  std::vector<Hit> find(std::string_view normalized, size_t most = 1000) const;

 private:
  struct Machine;
  struct Search;
  std::unique_ptr<Machine> machine_;
};

}  // namespace sekisho::text
