// Takes a mail, gives the article in it: the story that a letter begins with, or the text of a plain mail. Entry:
// read_mail. Of two alternatives the text is read when the page says all of it; else the page, and what only the text
// says is told as hidden. Offsets lead through quoted-printable byte by byte, through base64 to the nearest place.
#include <algorithm>

#include "article/reading.h"
#include "base/strings.h"
#include "mail/message.h"
#include "text/charset.h"

namespace sekisho::article {
namespace {

using mail::Part;

// Quoted-printable, with the place of every stretch.
std::string unquoted(std::string_view raw, std::vector<Article::Mark>& marks) {
  std::string out;
  out.reserve(raw.size());
  bool jumped = true;
  for (size_t i = 0; i < raw.size();) {
    if (jumped) marks.push_back({static_cast<uint32_t>(out.size()), static_cast<uint32_t>(i)});
    jumped = false;
    if (raw[i] != '=') {
      out += raw[i++];
      continue;
    }
    jumped = true;
    size_t end = i + 1;
    while (end < raw.size() && (raw[end] == ' ' || raw[end] == '\t')) ++end;
    if (end < raw.size() && raw[end] == '\r') ++end;
    if (end < raw.size() && raw[end] == '\n') {
      i = end + 1;
    } else if (i + 2 < raw.size() && hex_digit(raw[i + 1]) >= 0 && hex_digit(raw[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(raw[i + 1]) * 16 + hex_digit(raw[i + 2]));
      i += 3;
    } else {
      out += raw[i++];
    }
  }
  return out;
}

uint32_t through(const std::vector<Article::Mark>& marks, uint32_t at) {
  Content map;
  map.marks = marks;
  return map.origin(at);
}

// Whether one is the other but for line ends at the end.
bool same_text(std::string_view a, std::string_view b) {
  return trim(a) == trim(b) && a.substr(0, 8) == b.substr(0, 8);
}

// The part's text with the way back to the mail's bytes.
Content content_of(const Part& part, std::string_view mail) {
  Content out;
  out.text = part.content;
  out.charset = part.charset;
  const std::string_view raw = mail.substr(std::min<size_t>(part.offset, mail.size()), part.length);
  if (!part.base64) {
    Content direct = decode(raw, part.charset, part.offset);
    if (same_text(direct.text, part.content)) {
      out.marks = std::move(direct.marks);
      if (out.marks.empty()) out.marks.push_back({0, part.offset});
      return out;
    }
    std::vector<Article::Mark> quoted;
    const std::string bytes = unquoted(raw, quoted);
    Content inner = decode(bytes, part.charset);
    if (same_text(inner.text, part.content)) {
      if (inner.marks.empty()) {
        for (Article::Mark& m : quoted) m.offset += part.offset;
        out.marks = std::move(quoted);
      } else {
        for (const Article::Mark& m : inner.marks) out.marks.push_back({m.at, part.offset + through(quoted, m.offset)});
      }
      return out;
    }
  }
  // In proportion: every 48 bytes of text a mark.
  const size_t size = std::max<size_t>(part.content.size(), 1);
  for (size_t at = 0; at < size; at += 48)
    out.marks.push_back(
        {static_cast<uint32_t>(at), part.offset + static_cast<uint32_t>(uint64_t{part.length} * at / size)});
  return out;
}

// Letters and digits only, lower case: what two alternatives have in common is not their blanks.
std::string letters_of(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t from = i;
    const char32_t c = text::next_utf8(text, i);
    if (c < 0x80 ? is_alnum(static_cast<char>(c)) : !(c >= 0x2000 && c <= 0x303F) && c != 0xA0 && c != 0xFEFF)
      for (size_t k = from; k < i; ++k) out += ascii_lower(text[k]);
  }
  return out;
}

struct Missing {
  uint32_t at, length;
};
// Sentences of the article's text that the other text does not have. Linear but for the look-up, which is bounded by
// taking the first thousand.
std::vector<Missing> missing_from(const Article& article, std::string_view other, const Words* words) {
  const std::string all = letters_of(other);
  std::vector<Missing> out;
  size_t looked = 0;
  for (const Passage& p : article.passages) {
    if (p.kind == Passage::Kind::meta) continue;
    for (const Range& s : sentences(article.text, {p.at, p.length}, 1000, words)) {
      if (++looked > 1000) return out;
      const std::string_view text = std::string_view(article.text).substr(s.at, s.length);
      if (prose_words(text) < 3) continue;
      if (all.find(letters_of(text)) == std::string::npos) out.push_back({s.at, s.length});
    }
  }
  return out;
}

std::string without_reply(std::string_view subject, const Words::Impl& words) {
  subject = trim(subject);
  for (int n = 0; n < 6; ++n) {
    size_t length = 0;
    for (const std::string& mark : words.forwarded)
      if (istarts_with(subject, mark)) length = std::max(length, mark.size());
    if (length == 0) break;
    subject = trim(subject.substr(length));
  }
  return squeezed(subject);
}

// Who sends the letter: the name in From, or, where that is written in another script, the one in its masthead.
std::string sender(const mail::Message& m, const std::string& masthead, const Words::Impl& words) {
  const std::string from = m.from.empty() ? std::string() : squeezed(m.from[0].display_name);
  const std::string head =
      masthead.empty() ? std::string() : read_byline(masthead + "|2000-01-01", {}, words).publisher;
  if (!from.empty() && (ifind(m.subject, from) != std::string::npos || ifind(masthead, from) != std::string::npos))
    return strip_staff(from, words);
  if (!head.empty() && (m.subject.find(head) != std::string::npos || from.empty())) return head;
  if (!from.empty()) return strip_staff(from, words);
  return head;
}

// The head that a mail program puts over a mail that a person sends on.
struct Forwarded {
  size_t begin = 0, end = 0;  // of the head in the text; equal: there is none
  std::string from;
  Date date;
};

Forwarded forwarded_head(std::string_view text, const Words::Impl& words) {
  Forwarded out, head;
  size_t fields = 0, lines = 0;
  bool from_seen = false;
  for (size_t at = 0; at < text.size() && ++lines < 200;) {
    size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    std::string_view line = trim(text.substr(at, end - at));
    while (line.starts_with("*")) line.remove_prefix(1);  // set in bold
    const auto field = [&](const WordList& names) -> std::optional<std::string_view> {
      const size_t length = begins_with(line, names);
      if (length == 0) return std::nullopt;
      std::string_view rest = trim(line.substr(length));
      while (rest.starts_with("*")) rest.remove_prefix(1);
      if (rest.starts_with(":")) return trim(rest.substr(1));
      if (rest.starts_with("：")) return trim(rest.substr(std::string_view("：").size()));
      return std::nullopt;
    };
    if (const auto from = field(words.letter_from)) {
      if (fields == 0) head = {}, head.begin = at;
      ++fields, from_seen = true;
      const std::vector<mail::Mailbox> who = mail::parse_addresses(*from);
      if (!who.empty()) head.from = squeezed(who[0].display_name);
    } else if (const auto date = field(words.letter_date)) {
      if (fields == 0) head = {}, head.begin = at;
      ++fields;
      head.date = machine_date(*date);
    } else if (field(words.letter_fields)) {
      if (fields == 0) head = {}, head.begin = at;
      ++fields;
    } else if (fields > 0) {
      // What follows the fields is the mail; an empty line or its first words end them.
      if (from_seen && fields >= 3) {
        head.end = at;
        return head;
      }
      fields = 0, from_seen = false;
    }
    at = end + 1;
  }
  return out;
}

}  // namespace

Result<void> read_mail(const Job& job, Article& article) {
  Limits limits = job.options.limits;
  limits.mail_bytes = std::max(limits.mail_bytes, job.options.article_bytes);
  TRY_ASSIGN(message, mail::read_message(job.bytes, limits));
  article.limits_hit = message.limits_hit;
  const Part* text = nullptr;
  const Part* page = nullptr;
  for (const Part& part : message.parts) {
    if (part.disposition == "attachment" || part.message_depth > 0) continue;
    if (part.kind == mail::PartKind::text && !text && !trim(part.content).empty()) text = &part;
    if (part.kind == mail::PartKind::html && !page && !trim(part.content).empty()) page = &part;
  }
  // A mail that only forwards another one.
  if (!text && !page && !message.nested.empty()) {
    const mail::Message& inner = message.nested.front();
    for (const Part& part : inner.parts) {
      if (part.kind == mail::PartKind::text && !text && !inner.own_bytes) text = &part;
      if (part.kind == mail::PartKind::html && !page && !inner.own_bytes) page = &part;
    }
    if (message.subject.empty()) message.subject = inner.subject;
  }
  const bool list = message.headers.first("List-Id") || message.headers.first("List-Unsubscribe") ||
                    message.headers.first("List-Post");
  Letter letter;
  Article of_text = article, of_page = article;
  Forwarded forwarded;
  if (text) {
    Content content = content_of(*text, job.bytes);
    if (!list) forwarded = forwarded_head(content.text, job.words);
    // What the colleague wrote above it is not the article; blanks keep every place where it was.
    for (size_t i = 0; i < forwarded.end && i < content.text.size(); ++i)
      if (content.text[i] != '\n') content.text[i] = ' ';
    of_text.charset = content.charset;
    if (list) {
      letter = read_letter(job, content, of_text);
    } else {
      read_plain(job, content, of_text);
      of_text.title.clear();
      // What stands first in a mail is no headline unless the subject says the same.
      const std::string subject = without_reply(message.subject, job.words);
      for (Passage& p : of_text.passages)
        if (p.kind == Passage::Kind::title) {
          const std::string line = squeezed(std::string_view(of_text.text).substr(p.at, p.length));
          if (!subject.empty() && line != subject) p.kind = Passage::Kind::paragraph;
        }
    }
  }
  if (page) {
    const Content content = content_of(*page, job.bytes);
    of_page.charset = content.charset;
    read_html(job, content, of_page);
  }
  bool use_text = text != nullptr;
  if (text && page && page->page) {
    const std::vector<Missing> unseen = missing_from(of_text, page->page->text, job.options.words);
    const bool stub = of_text.text.size() * 2 < of_page.text.size();
    use_text = unseen.empty() && !stub;
    if (!use_text)
      for (const Missing& m : unseen) {
        if (of_page.hidden.size() >= 500) break;
        of_page.hidden.push_back(
            {"other_part", of_text.source_offset(m.at), m.length,
             std::string(utf8_prefix(std::string_view(of_text.text).substr(m.at, m.length), 200))});
      }
    // What the page hides stays hidden whichever part is read.
    if (use_text) of_text.hidden.insert(of_text.hidden.end(), of_page.hidden.begin(), of_page.hidden.end());
  }
  if (use_text) article = std::move(of_text);
  else if (page) article = std::move(of_page);

  const std::string subject = without_reply(message.subject, job.words);
  if (article.title.empty() || (!list && !subject.empty())) {
    if (!subject.empty()) article.title = subject;
    else if (!article.passages.empty())
      article.title =
          squeezed(std::string_view(article.text)
                       .substr(article.passages[0].at, std::min<uint32_t>(article.passages[0].length, 200)));
  }
  if (use_text && !forwarded.from.empty()) {
    article.publisher = strip_staff(forwarded.from, job.words);
  } else if (article.publisher.empty() || list) {
    const std::string name = sender(message, letter.masthead, job.words);
    if (!name.empty()) article.publisher = name;
  }
  // The day as the sender's clock had it.
  if (use_text && forwarded.date.known()) {
    article.published = forwarded.date;
    article.published_marked = true;
  } else if (message.date) {
    if (const mail::HeaderField* field = message.headers.first("Date"))
      article.published = machine_date(mail::unfold(field->value));
    if (!article.published.known()) {
      const CivilTime day = civil_utc(message.date->seconds);
      article.published = {day.year, day.month, day.day};
    }
    article.published_marked = true;
  }
  return {};
}

}  // namespace sekisho::article
