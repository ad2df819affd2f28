// Where sentences, lines and clauses lie around the indicators of a text, and which cue words stand in them: what
// indicators_roles.cc decides by. Used inside article/indicators*.cc only. Filled once by read(), then only read.
#pragma once

#include "article/indicators_parts.h"

namespace sekisho::article::internal {

struct Hit {
  uint32_t from = 0, to = 0;  // bytes of the text
  uint32_t cue = 0;
  bool before = true;  // speaks of what follows it; false: of what precedes it
  Says says = Says::nothing;
};

// Indicators that are members of one list and share what is said of them.
struct Group {
  size_t first = 0, last = 0;  // candidates
  uint32_t from = 0, to = 0;
  uint32_t begin = 0, end = 0;  // of the sentence
  uint32_t line = 0, line_end = 0;
  bool table = false;  // its line is a row of cells
  // Cells that stand on lines of their own: where the first of the table begins, and the head of this column.
  bool cell = false;
  uint32_t table_begin = 0, head = 0, head_end = 0;
};

class Clauses {
 public:
  // passages: of the article whose text it is; null: none.
  Clauses(std::string_view text, const std::vector<Candidate>& found, const Cues::Impl& words,
          const std::vector<Passage>* passages)
      : text_(text), found_(found), words_(words), passages_(passages) {}
  void read() {
    find_cues();
    make_groups();
    if (passages_ != nullptr) read_tables();
  }

  // The text goes on at `at` with this lower-case word.
  bool continues(size_t at, const std::string& word) const;
  // How far apart, in words: a Japanese character counts as a half.
  double words_between(uint32_t from, uint32_t to) const;
  // Breaks of the clause between two places.
  int breaks_between(uint32_t from, uint32_t to) const;
  bool has_word(uint32_t from, uint32_t to, const std::vector<std::string>& list) const;
  bool negated(const Hit& h) const;
  bool copula_at(uint32_t at, uint32_t end) const;
  // What follows at once in brackets says what it is: "evil.example（偽サイト）". 0: no bracket, else its end.
  uint32_t apposition(uint32_t at, uint32_t end) const;
  // ", a public resolver": the end of what follows at once and says what it is; 0: nothing does.
  uint32_t comma_apposition(uint32_t at, uint32_t end, bool more) const;
  size_t first_hit(uint32_t at) const;
  static bool table_line(std::string_view line);
  const std::vector<Hit>& hits() const { return hits_; }
  const std::vector<Group>& groups() const { return groups_; }

 private:
  // All words of the text that are cues, none within an indicator, the longest of those that overlap.
  void find_cues();
  static bool stop_ahead(std::string_view text, size_t i, size_t& length);
  void make_groups();
  void read_tables();
  void read_table(size_t first, size_t last);
  // Nothing but marks and words that join the members of a list.
  bool list_glue(std::string_view between) const;

  std::string_view text_;
  const std::vector<Candidate>& found_;
  const Cues::Impl& words_;
  const std::vector<Passage>* passages_;
  std::vector<Hit> hits_;
  std::vector<Group> groups_;
};

}  // namespace sekisho::article::internal
