// What the learned model sees of a mail: the words of its subject and visible text and runs of letters in them, hashed
// into buckets, and a few tokens of its structure. Never a header, a date, an address, a number or a URL: digits are
// one digit, whatever holds an "@" or a scheme is one token, words of the recipient are left out.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::lure {

struct Document {
  std::string_view subject, text;       // in comparable form (text/normalize.h)
  std::span<const std::string> shape;   // tokens of the structure: "links.few"; at most some ten
  std::span<const std::string> absent;  // texts whose words are left out: the recipient's name and address
};

inline constexpr unsigned kBucketBits = 18;
inline constexpr uint32_t kBuckets = 1u << kBucketBits;
// Of the text; what counts stands at its beginning, and the work stays small.
inline constexpr size_t kTextRead = 8 << 10;

// A word, a character of a script without spaces, or a token of the structure, and which features it belongs to.
struct Features {
  struct Term {
    bool subject = false;
    uint32_t offset = 0, length = 0;  // bytes in the subject or the text; length 0: of the structure
  };
  struct Feature {
    uint32_t bucket;
    uint16_t term;  // the last that it covers
    uint8_t terms;  // how many, backwards
  };
  std::vector<Term> terms;
  std::vector<Feature> features;  // no bucket twice: the first place counts
};

// Appends nothing to what was there before: `out` is filled anew and may be used again. O(text). Thread-safe.
void read_features(const Document& document, Features& out);

// "[list] RE: subject" → "subject": what programs put before a subject is no word of the writer.
std::string_view bare_subject(std::string_view comparable);

}  // namespace sekisho::lure
