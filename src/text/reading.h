// How a text reads, whatever way it is spelt: normalised text with accents dropped from Latin letters, with every
// spelling that is one of several brought to one ("下さい" to "ください", "e-mail" to "email"; the pairs are given),
// and with disguises undone: letters of other scripts that look like Latin ones, digits and signs inside words
// ("p@ssw0rd"), words set letter by letter ("p a s s w o r d", "v.e.r.i.f.y"). A disguise is undone only where a known
// word appears, so that honest Russian, part numbers and file names stay as they are. Phrases and texts are read the
// same way and then compared. Built once, then immutable and shared by all threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "text/phrases.h"

namespace sekisho::text {

struct Reading {
  std::string text;  // UTF-8
  // What was replaced, in rising order; all else was copied.
  struct Change {
    uint32_t at, at_end;      // bytes in the result
    uint32_t from, from_end;  // bytes in what was read
    bool disguise;            // it was made to be read by people and not by machines
  };
  std::vector<Change> letters;    // accents and disguises
  std::vector<Change> spellings;  // from the result of `letters`

  // Bytes of `text` → bytes of the normalised text. A place inside a replacement leads to its start, or its end.
  uint32_t source_start(uint32_t at) const;
  uint32_t source_end(uint32_t at) const;
  bool disguised(uint32_t from, uint32_t to) const;  // whether a disguise was undone in these bytes of `text`
};

class Reader {
 public:
  // Of each pair the first is read as the second, found as phrases are (text/phrases.h). Of two that overlap the one
  // that begins first counts, then the longer one. What something is read as is not read again.
  // A pair with an empty half is left out.
  void spelling(std::string_view variant, std::string_view as);
  void word(std::string_view word);  // one that a disguise may hide; normalised, read
  void build();                      // once, after the last spelling; words may follow

  std::string plain(std::string_view phrase) const;  // a phrase of ours: normalised and read, no disguise undone
  Reading read(std::string_view normalized) const;   // O(text)
  size_t bytes() const { return spelt_.bytes(); }    // of memory, without the words

 private:
  std::string_view undisguised(std::string_view token) const;  // the known word it hides, or ""
  std::string words_in(std::string_view letters) const;  // "yourpassword" → "your password"; "" if it is no known words
  void read_letters(std::string_view in, bool disguises, Reading& out) const;
  void read_spellings(Reading& out) const;

  Phrases spelt_;
  std::vector<std::string> as_;  // by phrase
  StringSet words_;
  StringMap<std::string> looks_;  // how a word of four letters and more looks → the word
};

}  // namespace sekisho::text
