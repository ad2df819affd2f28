// What the readers of the several formats share: text with a way back to its bytes, the article being built, and what
// each of them gives. article/ only. One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "article/words.h"

namespace sekisho::article {

// UTF-8 made of the bytes given, and where each stretch of it stands in them.
struct Content {
  std::string text;
  std::string charset;
  // Ascending by `at`; between two marks byte by byte, but never beyond the next one. Empty: identity.
  std::vector<Article::Mark> marks;
  uint32_t origin(uint32_t at) const;
};

// Bytes in the charset that they name or show; byte order marks are dropped. base: where they stand in what was given.
Content decode(std::string_view bytes, std::string_view label, uint32_t base = 0);

// Fills Article::text, passages, marks and hidden. Invisible characters are taken out on the way, and told.
class Builder {
 public:
  Builder(Article& article, const Content& content, size_t most) : article_(article), content_(&content), most_(most) {}

  void begin(Passage::Kind kind);  // ends the passage before
  void end();                      // an empty one leaves nothing
  // Content bytes [at, at + piece.size()) as they stand.
  void add(std::string_view piece, uint32_t at);
  // Text that was made of other bytes (a decoded reference) at that place.
  void add_made(std::string_view made, uint32_t at);
  void space();  // one blank, unless the passage is empty or ends with one
  // A stretch of content that is not seen.
  void hide(const char* how, uint32_t at, uint32_t length, std::string_view text);
  void limit(const char* name);

  uint32_t at() const { return static_cast<uint32_t>(article_.text.size()); }
  bool open() const { return open_; }
  bool full() const { return full_; }
  std::string_view passage() const { return std::string_view(article_.text).substr(from_); }

 private:
  void put(std::string_view piece, uint32_t at);
  void mark(uint32_t at);
  size_t invisible(std::string_view piece, size_t i, uint32_t at);

  Article& article_;
  const Content* content_;
  size_t most_;
  Passage::Kind kind_ = Passage::Kind::paragraph;
  uint32_t from_ = 0;
  char32_t last_ = 0;  // character put last
  bool open_ = false, full_ = false;
};

// What all readers take.
struct Job {
  std::string_view bytes;  // all that was given
  const ReadOptions& options;
  const Words::Impl& words;
};

Format detect(std::string_view bytes, std::string_view name);

// The readers. Each fills text, passages, links, hidden, and of title, publisher, url and published what the document
// says for machines; finish() does the rest from the passages.
void read_plain(const Job& job, const Content& content, Article& article);
void read_markdown(const Job& job, const Content& content, Article& article);
void read_html(const Job& job, const Content& content, Article& article);
Result<void> read_mail(const Job& job, Article& article);
Result<std::vector<Article>> read_feed(const Job& job, const Article& like);

// A letter in plain text: its first story becomes the article. masthead: the line that names the letter.
struct Letter {
  std::string masthead;
};
Letter read_letter(const Job& job, const Content& content, Article& article);

// Language, day of publication and publisher, where they are not known yet.
void finish(const Job& job, Article& article);

// language.cc, byline.cc
std::string language_of(std::string_view text, const Words::Impl& words);
struct Byline {
  Date date;
  std::vector<Date> dates;  // all that are written in full
  Date no_year;             // year 0: the line ends with a month and a day
  bool labelled = false;    // "Published", 「掲載日」 stands before the date
  std::string publisher;
  bool is_byline = false;  // a line that says who or when, and nothing else
  bool bare = false;       // nothing but the date
};
Byline read_byline(std::string_view line, const Date& published, const Words::Impl& words);
// A line that may be the name of an office or a paper and nothing else; what it is called without its desk.
std::string office_name(std::string_view line, const Words::Impl& words);
// "TOKYO, Nov. 16 (Wire) — The bank …": the day at the head of a report; year 0 where the head does not say it.
Date read_dateline(std::string_view paragraph, const Words::Impl& words);
// "Headline | Site": the site, if `title` goes on after `headline` with a separator; else its last part behind one.
std::string site_of_title(std::string_view title, std::string_view headline);
std::string strip_staff(std::string_view name, const Words::Impl& words);
// A date as machines write it: ISO first, then whatever find_dates can read.
Date machine_date(std::string_view value);

// Blanks of all scripts at both ends off; runs of them one blank.
std::string squeezed(std::string_view text);
// Columns, East Asian letters two.
size_t columns(std::string_view text);
// Letters that say something: words of two letters or more made of letters only; two Japanese letters count as one.
size_t prose_words(std::string_view text);

}  // namespace sekisho::article
