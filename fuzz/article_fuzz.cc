// Any bytes as a document of any form: read, split into sentences, dates found; all places lie where they should.
#include "article/article.h"

#include <cstdlib>
#include <string>
#include <string_view>

#include "text/charset.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sekisho;
  using namespace sekisho::article;
  if (size == 0) return 0;
  // The first byte chooses the name's ending, which decides where the content leaves it open.
  static constexpr std::string_view kNames[] = {"a.txt", "a.html", "a.md", "a.eml", "a.xml", "-"};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  ReadOptions options;
  options.text_bytes = 64u << 10;
  options.entries = 20;
  options.pdf_text = [](std::string_view pdf) {
    return Result<std::string>(std::string(pdf.substr(5 < pdf.size() ? 5 : 0)));
  };
  const auto read = article::read(bytes, std::string(kNames[data[0] % std::size(kNames)]), options);
  if (!read) {
    require(!read.error().code.empty());
    return 0;
  }
  require(!read->empty() && read->size() <= options.entries);
  for (const Article& a : *read) {
    require(text::is_utf8(a.text) && a.text.size() <= options.text_bytes + 4096);
    uint32_t end = 0;
    for (const Passage& p : a.passages) {
      require(p.length > 0 && p.at >= end);
      end = p.at + p.length;
      require(end <= a.text.size());
      uint32_t last = p.at;
      for (const Range& s : sentences(a.text, {p.at, p.length})) {
        require(s.length > 0 && s.at >= last);
        last = s.at + s.length;
        require(last <= end);
      }
    }
    uint32_t mark = 0;
    for (const Article::Mark& m : a.marks) {
      require(m.at >= mark);
      mark = m.at;
    }
    for (uint32_t at = 0; at < a.text.size(); at += 7) require(a.source_offset(at) <= bytes.size());
    for (const Link& l : a.links) require(l.at + l.length <= a.text.size());
    for (const HiddenText& h : a.hidden) require(h.text.size() <= 200 && h.offset <= bytes.size());
    for (const Date& published : {a.published, Date{2026, 3, 31}, Date{}})
      for (const FoundDate& d : find_dates(a.text, published)) {
        if (!d.date.known()) continue;
        require(d.length > 0 && d.at + d.length <= a.text.size());
        require(d.date.month >= 1 && d.date.month <= 12 && d.date.day >= 0 && d.date.day <= 31 && !d.no_such_day);
        if (d.date.day > 0) require(civil_from_days(days_from_civil(d.date)) == d.date);
      }
  }
  return 0;
}
