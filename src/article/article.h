// News as a person reads it: bytes in any of the forms that a warning comes in → title, publisher, date, language and
// the text of the article itself, with every byte led back to the bytes that were given. Navigation, advertisements,
// scripts and footers are left out. What a reader cannot see is left out too, and told (Article::hidden): an order that
// hides in the page never reaches the desk. Nothing is judged here. No state; thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/limits.h"
#include "base/result.h"

namespace sekisho::article {

enum class Format : uint8_t { unknown, text, html, markdown, mail, pdf, feed };
std::string_view to_string(Format);  // "text", "html", …

// The words by which a page's own furniture, its publisher and its dates are known ("nav", "Published", 掲載日, 昨日,
// month names, abbreviations), from content/desk/reading.toml. Immutable, shared by threads.
class Words {
 public:
  Words();
  ~Words();
  Words(Words&&) noexcept;
  Words& operator=(Words&&) noexcept;
  // Errors are added; what could be read counts.
  static Words read(std::string_view toml, const std::string& source, std::vector<Error>& errors);
  static const Words& bundled();  // of the file that is in the binary; wherever a function below is given none
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

struct Date {                        // of a calendar, no zone
  int year = 0, month = 0, day = 0;  // day 0: a month is meant ("August 2024")
  auto operator<=>(const Date&) const = default;
  bool known() const { return year != 0; }
};
std::string iso(const Date&);  // "2026-01-19"; "2024-08" without a day; "" if not known
std::optional<Date> parse_iso_date(std::string_view);
int64_t days_from_civil(const Date&);  // days since 1970-01-01, a month counts as its first day
Date civil_from_days(int64_t days);
int weekday(const Date&);  // 0 = Sunday

// A stretch of Article::text, in order, not overlapping.
struct Passage {
  enum class Kind : uint8_t { title, meta, heading, paragraph, item, cell, quote, code } kind = Kind::paragraph;
  uint32_t at = 0, length = 0;  // bytes in Article::text
};
std::string_view to_string(Passage::Kind);

struct Link {  // an anchor within the article's body; those of navigation are left out
  std::string href, text;
  uint32_t at = 0, length = 0;  // of its text in Article::text
  uint32_t offset = 0;          // in the bytes given
};

// Text that is there and not seen: why, where, and its beginning (at most 200 bytes, as it stands).
struct HiddenText {
  // "zero_width", "bidi", "tags" (U+E0000…), "comment", "display_none", "zero_size", "same_colour", "off_screen",
  // "attribute" (alt and title texts of six words or more; they are never in the text), "other_part" (of a mail, where
  // it says what the part that is shown does not). Comments count from four words on: build marks are none.
  std::string how;
  uint32_t offset = 0, length = 0;  // bytes given
  std::string text;
};

struct Article {
  std::string name;  // path, or "-"
  Format format = Format::unknown;
  std::string charset;                // what the bytes were read as
  std::string language;               // "ja", "en"; "" when neither is likely
  std::string title, publisher, url;  // url: canonical address if the document names one
  Date published;                     // by the document's own mark, its header, or a date near the title
  bool published_marked = false;      // by a mark meant for machines (meta, time, JSON-LD, Date:)
  // The document contradicts itself: another day, more than two days off, on which it says it came out. Where the day
  // that a reader sees near the title is `published`, this is the one in the mark that nobody sees.
  Date published_other;
  // The text gives no date of its own and speaks of "yesterday": the first day that fits, given that a day which is
  // named and a day which is counted back from today are told in order and are not the same.
  bool published_estimated = false;
  std::vector<std::string> left_out;  // headings of a letter's other stories, which are not in `text`
  // UTF-8, title first, one passage a line. Zero-width, bidi and tag characters are gone; all else is as written
  // (full-width stays full-width: indicators.h reads it).
  std::string text;
  std::vector<Passage> passages;
  std::vector<Link> links;
  std::vector<HiddenText> hidden;
  std::vector<std::string> limits_hit;  // "bytes", "text_bytes", "html_depth", …
  std::string sha256;                   // of the bytes given; an entry of a feed: of its title and text
  uint64_t bytes = 0;

  // Where each stretch of `text` stands in the bytes given, ascending by `at`; between marks byte by byte.
  struct Mark {
    uint32_t at, offset;
  };
  std::vector<Mark> marks;
  // Byte of `text` → byte given. Where the bytes were encoded (quoted-printable, base64, another charset, PDF) it is
  // the nearest place known. O(log marks).
  uint32_t source_offset(uint32_t at) const;
  std::shared_ptr<const std::vector<uint32_t>>
      newlines;                          // offsets of \n in the bytes given; shared by a feed's entries
  uint32_t line(uint32_t offset) const;  // of a byte given, from 1. O(log lines)
};

struct ReadOptions {
  Limits limits;
  size_t article_bytes = 64u << 20;  // more is refused: "article.limit.bytes"
  size_t text_bytes = 2u << 20;      // of the article's text; the rest is cut: limits_hit "text_bytes"
  size_t entries = 200;              // of a feed; limits_hit of the last: "entries"
  const Words* words = nullptr;      // null: Words::bundled()
  // PDF bytes → text, in a jailed process (unwrap/); none: PDFs are refused with "article.pdf.closed".
  std::function<Result<std::string>(std::string_view)> pdf_text;
};

// One document. A feed (RSS, Atom) gives one article an entry, everything else exactly one. Errors: "article.empty"
// (nothing that can be read), "article.limit.bytes", "article.pdf.*", "article.binary".
Result<std::vector<Article>> read(std::string_view bytes, std::string name, const ReadOptions& options = {});

// Sentences of one passage: byte ranges of `text`, trimmed, none empty. Japanese by 。！？ outside of brackets, English
// by ICU-free rules that know "Feb. 14", "e.g.", "Inc.", hosts, defanged dots and versions. A quoted sentence does not
// end the one that quotes it. At most `most`.
struct Range {
  uint32_t at, length;
};
std::vector<Range> sentences(std::string_view text, Range passage, size_t most = 20'000, const Words* words = nullptr);

// Dates in the text, in words or numbers, with those that are relative resolved against `published` ("昨日", "3 days
// ago", "5月30日" without a year: the latest not after `published` by more than 60 days). Places of one text, in order.
struct FoundDate {
  Date date;
  uint32_t at, length;
  bool relative = false;     // needed `published` to be resolved; without it such a date is not known
  bool no_such_day = false;  // 31 February: date is not known
};
std::vector<FoundDate> find_dates(std::string_view text, const Date& published, size_t most = 1000,
                                  const Words* words = nullptr);

}  // namespace sekisho::article
