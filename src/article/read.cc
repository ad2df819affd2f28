// Takes the bytes of a document, gives its articles. Entry: read. Refuses nothing that can be read in part; what is
// empty, too large or no text is an error. Here is which reader gets it, and what all have in common afterwards.
#include <algorithm>

#include "article/find_dates.h"
#include "article/reading.h"
#include "base/sha256.h"
#include "base/strings.h"

namespace sekisho::article {
namespace {

// The charset that a page names in its first bytes (WHATWG HTML 13.2.3.2, as far as pages use it).
std::string html_label(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 2048);
  for (size_t at = ifind(head, "charset"); at != std::string_view::npos; at = ifind(head, "charset", at + 7)) {
    size_t i = at + 7;
    while (i < head.size() && is_space(head[i])) ++i;
    if (i >= head.size() || head[i] != '=') continue;
    ++i;
    while (i < head.size() && (is_space(head[i]) || head[i] == '"' || head[i] == '\'')) ++i;
    const size_t from = i;
    while (i < head.size() && (is_alnum(head[i]) || head[i] == '-' || head[i] == '_' || head[i] == ':')) ++i;
    if (i > from) return std::string(head.substr(from, i - from));
  }
  return {};
}

// A day counted back from today is told after a day that is named, and is not the same: the text came out, at the
// earliest, on the day after that one, counted forward again.
Date estimated(std::string_view text, const Words::Impl& words) {
  Date last, out;
  for (const WrittenDate& w : written_dates(text, 1000, words)) {
    if (w.what == WrittenDate::What::full && !w.either && w.day <= days_in_month(w.year, w.month))
      last = std::max(last, Date{w.year, w.month, w.day});
    if (w.what == WrittenDate::What::days_back && w.shift < 0 && w.shift > -8 && last.known())
      out = std::max(out, civil_from_days(days_from_civil(last) + 1 - w.shift));
  }
  return out;
}

// The days that a reader sees where a text says when it came out; sets the publisher, if none is known yet.
struct Shown {
  Date labelled, plain, dateline, trailing;
  Date no_year;           // of a head that says no year
  std::vector<Date> all;  // near the title
};

Shown shown_dates(Article& article, const Words::Impl& words) {
  constexpr size_t kNear = 6, kParagraphs = 3;
  constexpr uint32_t kBare = 120;  // bytes of a line that is a date alone
  Shown out;
  std::string office;
  size_t lines = 0, paragraphs = 0;
  for (const Passage& p : article.passages) {
    if (p.kind == Passage::Kind::title) continue;
    const std::string_view text = std::string_view(article.text).substr(p.at, p.length);
    const bool meta = p.kind == Passage::Kind::meta, near = ++lines <= kNear;
    if (!near && !meta) break;
    // A letter's footer, at its end, is no byline.
    if (!near && (text.find('@') != std::string_view::npos || text.find("://") != std::string_view::npos)) continue;
    if (!meta && p.length > kBare) {
      if (p.kind != Passage::Kind::paragraph || ++paragraphs > kParagraphs || out.dateline.known()) continue;
      const Date head = read_dateline(text, words);
      if (head.known()) out.dateline = head;
      else if (head.month > 0 && out.no_year.month == 0) out.no_year = head;
      continue;
    }
    const Byline byline = read_byline(text, article.published, words);
    if (!meta && !byline.bare) continue;
    out.all.insert(out.all.end(), byline.dates.begin(), byline.dates.end());
    if (byline.date.known()) {
      Date& day = byline.labelled ? out.labelled : out.plain;
      if (!day.known()) day = byline.date;
    }
    if (byline.no_year.month > 0 && out.no_year.month == 0) out.no_year = byline.no_year;
    if (article.publisher.empty() && !byline.publisher.empty()) article.publisher = byline.publisher;
    // The name of an office, and its day on the line below.
    if (article.publisher.empty() && byline.bare && near) article.publisher = office;
    office = meta && !byline.is_byline ? office_name(text, words) : std::string();
  }
  if (!article.passages.empty())
    if (const Passage& p = article.passages.back(); p.kind != Passage::Kind::title && p.length <= kBare)
      if (const Byline byline = read_byline(std::string_view(article.text).substr(p.at, p.length), {}, words);
          byline.bare)
        out.trailing = byline.date;
  return out;
}

}  // namespace

void finish(const Job& job, Article& article) {
  const std::string found = language_of(article.text, job.words);
  // The letters say it; the page's own word counts where they do not.
  if (!found.empty()) article.language = found;
  else if ((article.language != "ja" && article.language != "en") || article.text.size() > 400)
    article.language.clear();

  Shown shown = shown_dates(article, job.words);
  const Date visible = shown.labelled.known() ? shown.labelled : shown.plain.known() ? shown.plain : shown.dateline;
  if (!article.published.known()) {
    article.published = visible;
    // 【…】（2026/02/18）: the title may bear the day; a short message may end with it.
    for (const WrittenDate& w : written_dates(utf8_prefix(article.title, 1000), 8, job.words))
      if (!visible.known() && w.what == WrittenDate::What::full && w.day <= days_in_month(w.year, w.month))
        article.published = {w.year, w.month, w.day};
    if (!article.published.known()) article.published = shown.trailing;
  } else if (article.published_marked && visible.known()) {
    const auto apart = [&](const Date& day) {
      const int64_t days = days_from_civil(day) - days_from_civil(article.published);
      return days > 2 || days < -2;
    };
    bool agrees = !apart(visible);
    for (const Date& day : shown.all) agrees |= !apart(day);
    // A mark in a page is seen by nobody, and a reader goes by the line that is. A mail's own date is what its sender
    // and the servers wrote: it stays, and a text in it may well be older.
    const bool page = article.format == Format::html || article.format == Format::markdown;
    if (!agrees && page) {
      article.published_other = article.published;
      article.published = visible;
      article.published_marked = false;
    } else if (!agrees && shown.labelled.known() && article.format == Format::mail) {
      article.published_other = visible;
    }
  }
  if (!article.published.known() && shown.no_year.month > 0) {
    // Of a head without a year: the first such day that is not before what the text tells of.
    Date last;
    for (const WrittenDate& w : written_dates(article.text, 1000, job.words))
      if (w.what == WrittenDate::What::full && !w.either && w.day <= days_in_month(w.year, w.month))
        last = std::max(last, Date{w.year, w.month, w.day});
    for (int year = last.year; last.known() && year <= last.year + 1 && !article.published.known(); ++year)
      if (const Date day{year, shown.no_year.month, shown.no_year.day};
          day >= last && day.day <= days_in_month(year, day.month))
        article.published = day;
    article.published_estimated = article.published.known();
  }
  if (!article.published.known()) {
    article.published = estimated(article.text, job.words);
    article.published_estimated = article.published.known();
  }
}

Result<std::vector<Article>> read(std::string_view bytes, std::string name, const ReadOptions& options) {
  if (bytes.size() > std::min<size_t>(options.article_bytes, 0x7FFFFFFF))
    return fail("article.limit.bytes",
                "the document is larger than the limit of " + std::to_string(options.article_bytes) + " bytes",
                "hand over the article alone, as text or as a saved page");
  if (trim(bytes).empty()) return fail("article.empty", "the document is empty");
  const Job job{bytes, options, words_or_bundled(options.words)};
  Article article;
  article.name = std::move(name);
  article.format = detect(bytes, article.name);
  article.bytes = bytes.size();
  article.sha256 = sha256_hex(bytes);

  std::vector<Article> out;
  switch (article.format) {
    case Format::unknown:
      return fail("article.binary", "the document is no text",
                  "text, HTML, Markdown, mail, PDF, RSS and Atom are read");
    case Format::pdf: {
      if (!options.pdf_text) return fail("article.pdf.closed", "PDF files are not read here");
      TRY_ASSIGN(text, options.pdf_text(bytes));
      if (trim(text).empty())
        return fail("article.pdf.empty", "the PDF holds no text", "a scanned page has to be read by eye");
      Content content = decode(text, "utf-8");
      content.marks.assign(1, {0, 0});
      article.charset = "utf-8";
      read_plain(job, content, article);
      break;
    }
    case Format::feed: {
      TRY_ASSIGN(entries, read_feed(job, article));
      out = std::move(entries);
      break;
    }
    case Format::mail:
      TRY(read_mail(job, article));
      break;
    default: {
      const Content content = decode(bytes, article.format == Format::html ? html_label(bytes) : std::string());
      article.charset = content.charset;
      if (article.format == Format::html) read_html(job, content, article);
      else if (article.format == Format::markdown) read_markdown(job, content, article);
      else read_plain(job, content, article);
    }
  }
  if (out.empty()) out.push_back(std::move(article));
  auto newlines = std::make_shared<std::vector<uint32_t>>();
  constexpr size_t kMostLines = 4u << 20;  // 16 MiB; places further down are told as of the last of them
  for (size_t i = bytes.find('\n'); i != std::string_view::npos && newlines->size() < kMostLines;
       i = bytes.find('\n', i + 1))
    newlines->push_back(static_cast<uint32_t>(i));
  for (Article& a : out) {
    finish(job, a);
    a.newlines = newlines;
    if (a.format == Format::feed) a.sha256 = sha256_hex(a.title + "\n" + a.text);
  }
  std::erase_if(out, [](const Article& a) { return a.passages.empty() && a.title.empty() && a.hidden.empty(); });
  if (out.empty()) return fail("article.empty", "the document holds no text that a reader could see");
  return out;
}

}  // namespace sekisho::article
