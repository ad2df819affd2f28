// Takes facts and a template, gives a draft: plain text with its mark. What comes from a source is flattened to one
// line, made harmless and defanged, so that it can be quoted and can do nothing else. Entries: Templates::draft,
// escape. Refuses nothing; an audience without a template gives an empty draft.
#include <algorithm>
#include <optional>

#include "base/clock.h"
#include "base/strings.h"
#include "notice/templates.h"
#include "notice/values.h"
#include "text/charset.h"
#include "text/normalize.h"

namespace sekisho::notice {
namespace {

bool host_byte(char c) { return is_alnum(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80; }

// http → hxxp, dots within names of hosts → [.], @ → [@] (of others).
std::string defang(std::string_view s, bool own) {
  std::string out;
  for (size_t i = 0; i < s.size(); ++i) {
    if (s.substr(i).starts_with("://") && i >= 2) {
      const size_t t = out.size();
      if (t >= 4 && iequals(std::string_view(out).substr(t - 4), "http")) out.replace(t - 3, 2, "xx");
      else if (t >= 5 && iequals(std::string_view(out).substr(t - 5), "https")) out.replace(t - 4, 2, "xx");
      else if (t >= 3 && iequals(std::string_view(out).substr(t - 3), "ftp")) out.replace(t - 3, 3, "fxp");
      out += "[:]//";
      i += 2;
      continue;
    }
    const bool between = i > 0 && i + 1 < s.size() && host_byte(s[i - 1]) && host_byte(s[i + 1]);
    if (s[i] == '.' && between) {
      // The last label of what follows: letters, two at least; else a version or a date.
      size_t end = i, label = i + 1;
      bool address = false;
      for (end = i + 1; end < s.size() && (host_byte(s[end]) || s[end] == '.'); ++end) {
        if (s[end] == '.' && end + 1 < s.size() && host_byte(s[end + 1])) label = end + 1;
      }
      size_t begin = i;
      while (begin > 0 && (host_byte(s[begin - 1]) || s[begin - 1] == '.')) --begin;
      address = own && begin > 0 && s[begin - 1] == '@';
      address |= own && end < s.size() && s[end] == '@';
      const std::string_view last = s.substr(label, end - label);
      const bool name = last.size() >= 2 && (is_alpha(last[0]) || static_cast<unsigned char>(last[0]) >= 0x80);
      if (name && !address) {
        out += "[.]";
        continue;
      }
    }
    if (s[i] == '@' && between && !own) {
      out += "[@]";
      continue;
    }
    out += s[i];
  }
  return out;
}

std::string_view plain_twin(char32_t c) {  // signs that could begin a part of a notice or a template
  switch (c) {
    case U'■':
    case U'●':
    case U'◆':
    case U'▼':
    case U'□':
    case U'◇':
    case U'○':
    case U'▲':
      return "*";
    case U'【':
      return "[";
    case U'】':
      return "]";
    case U'「':
    case U'『':
    case U'」':
    case U'』':
    case U'"':
      return "'";
    case U'<':
      return "‹";
    case U'>':
      return "›";
    case U'{':
      return "(";
    case U'}':
      return ")";
    default:
      return {};
  }
}

bool unseen(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x061C ||
         (c >= 0xE0000 && c <= 0xE0FFF) || (c >= 0xFFF9 && c <= 0xFFFB);
}

}  // namespace

std::string escape(std::string_view value, Target target, bool own) {
  const bool cut = value.size() > kValueBytes;
  std::string flat;
  size_t at = 0;
  value = utf8_prefix(value, kValueBytes);
  while (at < value.size()) {
    const size_t before = at;
    const char32_t c = text::next_utf8(value, at);
    const bool white = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000 || c == 0xA0 || c == 0x2028 ||
                       c == 0x2029 || c == 0x85 || (c >= 0x2000 && c <= 0x200A);
    if (white) {
      if (!flat.empty() && flat.back() != ' ') flat += ' ';
    } else if (unseen(c)) {
      continue;
    } else if (const std::string_view twin = plain_twin(c);
               !twin.empty() && !(own && c == U'「') && !(own && c == U'」')) {
      flat += twin;
    } else if (c == 0xFFFD) {
      flat += "?";
    } else {
      flat += value.substr(before, at - before);
    }
  }
  while (flat.ends_with(' ')) flat.pop_back();
  if (cut) flat += "…";
  std::string safe = defang(flat, own);
  // Full-width letters and dots make links too: if folding shows one, the folded text is printed.
  if (const std::string folded = text::normalize(safe).text; !find_links(folded).empty()) safe = defang(folded, own);
  if (!find_links(text::normalize(safe).text).empty()) {
    for (size_t i = safe.find('/'); i != std::string::npos; i = safe.find('/', i + 2)) safe.insert(i, " ");
    for (size_t i = safe.find(':'); i != std::string::npos; i = safe.find(':', i + 2)) safe.insert(i, " ");
  }
  if (target == Target::plain) return safe;
  std::string out;
  for (const char c : safe) {
    if (target == Target::html && c == '&') out += "&amp;";
    else if (target == Target::html && c == '\'') out += "&#39;";
    else if (target == Target::markdown && std::string_view("\\`*_{}[]()#+-.!|~").find(c) != std::string_view::npos)
      (out += '\\') += c;
    else out += c;
  }
  return out;
}

int64_t days_of(const Day& d) { return seconds_from_civil(d.year, d.month, d.day, 0, 0, 0) / 86'400; }

int weekday_of(const Day& d) { return static_cast<int>(((days_of(d) + 4) % 7 + 7) % 7); }

bool real_day(const Day& d) {
  if (d.year < 1900 || d.year > 9998 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31) return false;
  const CivilTime t = civil_utc(seconds_from_civil(d.year, d.month, d.day, 0, 0, 0));
  return t.month == d.month && t.day == d.day;
}

std::string format_day(const Day& d, int language, const Words& words) {
  if (!real_day(d) || words.weekdays_ja.size() < 7 || words.months_en.size() < 12) return {};
  const auto weekday = static_cast<size_t>(weekday_of(d));
  if (language == 1)
    return std::to_string(d.year) + "年" + std::to_string(d.month) + "月" + std::to_string(d.day) + "日(" +
           words.weekdays_ja[weekday] + ")";
  return words.weekdays_en[weekday] + " " + std::to_string(d.day) + " " +
         words.months_en[static_cast<size_t>(d.month) - 1] + " " + std::to_string(d.year);
}

size_t length_of(std::string_view text, int language) {
  size_t out = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size();) {
    const char32_t c = text::next_utf8(text, i);
    const bool white = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0x3000;
    if (language == 1) out += !white;
    else if (!white && !inside) ++out;
    inside = !white;
  }
  return out;
}

namespace {

// One language of one draft.
class Writer {
 public:
  Writer(const Templates::Impl& impl, const Templates::Impl::Template& t, const Facts& facts, size_t cut)
      : words_(impl.words), target_(t.target), language_(t.language), facts_(facts), cut_(cut) {}

  std::string write(const Program& program) {
    std::string out;
    run(program, 0, program.size(), nullptr, out);
    return out;
  }

 private:
  struct Item {
    size_t n = 0;
    std::string text, title, publisher, url, date;
  };

  std::string value(std::string_view name, const Item* item) const {
    const bool ja = language_ == 1;
    const RankRow* rank = words_.rank(facts_.rank);
    const auto l = static_cast<size_t>(language_);
    const auto own = [&](const std::string& en, const std::string& japanese) {
      return escape(ja && !japanese.empty() ? japanese : en, target_, true);
    };
    if (item) {
      if (name == "n") return std::to_string(item->n);
      if (name == "first") return item->n == 1 ? "1" : "";
      if (name == "text") return item->text;
      if (name == "title") return item->title;
      if (name == "publisher") return item->publisher;
      if (name == "url") return item->url;
      if (name == "date") return item->date;
    }
    if (name == "mark") return words_.mark[l];
    if (name == "tag") return rank ? rank->tag[l] : "";
    if (name == "subject") return own(facts_.subject_en, facts_.subject_ja);
    if (name == "organisation") return own(facts_.organisation, facts_.organisation_ja);
    if (name == "contact") return own(facts_.contact, facts_.contact_ja);
    if (name == "today") return format_day(facts_.today, language_, words_);
    if (name == "deadline") return format_day(facts_.deadline, language_, words_);
    if (name == "rank") return std::string(1, facts_.rank);
    if (name == "horizon") return rank ? rank->horizon_text[l] : "";
    if (name == "priority") return rank ? rank->priority[l] : "";
    if (name == "advisory") return escape(facts_.advisory, target_, false);
    return {};
  }

  std::optional<std::vector<Item>> list(std::string_view name) const {
    std::vector<Item> out;
    const auto bank = [&](const std::vector<Instruction>& from) {
      for (const Instruction& i : from)
        out.push_back({0, escape(language_ == 1 ? i.ja : i.en, target_, true), {}, {}, {}, {}});
      return out;
    };
    const auto foreign = [&](const std::vector<std::string>& from) {
      for (const std::string& s : from) out.push_back({0, escape(s, target_, false), {}, {}, {}, {}});
      return out;
    };
    if (name == "overview") return bank(facts_.overview);
    if (name == "scope") return bank(facts_.scope);
    if (name == "staff_steps") return bank(facts_.staff_steps);
    if (name == "admin_steps") return bank(facts_.admin_steps);
    if (name == "customer_steps") return bank(facts_.customer_steps);
    if (name == "lure_subjects") return foreign(facts_.lure_subjects);
    if (name == "indicators") return foreign(facts_.indicators);
    if (name != "references") return std::nullopt;
    for (const Facts::Reference& r : facts_.references)
      out.push_back({0,
                     {},
                     escape(r.title, target_, false),
                     escape(r.publisher, target_, false),
                     escape(r.url, target_, false),
                     format_day(r.published, language_, words_)});
    return out;
  }

  // Nested as deep as the template is, which its reader holds to four.
  void run(const Program& program, size_t from, size_t to, const Item* item, std::string& out) {
    for (size_t i = from; i < to; ++i) {
      const Op& op = program[i];
      if (op.kind == Op::Kind::text) {
        out += op.text;
      } else if (op.kind == Op::Kind::value) {
        out += value(op.text, item);
      } else {
        const auto items = list(op.text);
        const bool there = items ? !items->empty() : !value(op.text, item).empty();
        if (op.kind == Op::Kind::inverted) {
          if (!there) run(program, i + 1, op.end, item, out);
        } else if (!items) {
          if (there) run(program, i + 1, op.end, item, out);
        } else {
          const size_t most = std::max<size_t>(1, op.most > cut_ ? op.most - cut_ : 1);
          for (size_t k = 0; k < items->size() && k < most; ++k) {
            Item one = (*items)[k];
            one.n = k + 1;
            run(program, i + 1, op.end, &one, out);
          }
        }
        i = op.end - 1;
      }
    }
  }

  const Words& words_;
  Target target_;
  int language_;
  const Facts& facts_;
  size_t cut_;
};

std::string one_blank_line_at_most(std::string_view s) {
  std::string out;
  for (const char c : s)
    if (c != '\n' || !out.ends_with("\n\n")) out += c;
  while (out.ends_with('\n')) out.pop_back();
  return out + "\n";
}

}  // namespace

Draft Templates::draft(Audience audience, std::string_view language, const Facts& facts) const {
  const int wanted = language == "ja" ? 1 : 0;
  constexpr size_t kCuts = 4;
  const AudienceRow* row = impl_->words.audience(to_string(audience));
  Draft out;
  for (size_t cut = 0; cut < kCuts; ++cut) {
    bool fits = true;
    for (int l = 0; l < 2; ++l) {
      const Impl::Template* t = impl_->find(audience, l);
      if (!t) return out;
      Writer writer(*impl_, *t, facts, cut);
      const std::string body = one_blank_line_at_most(writer.write(t->body));
      if (row) fits &= length_of(body, l) <= (l == 1 ? row->most_ja : row->most_en);
      if (l == wanted) out = {audience, l == 1 ? "ja" : "en", writer.write(t->subject), body};
    }
    if (fits) break;
  }
  return out;
}

std::string Templates::text(const Draft& d) const {
  return impl_->words.subject[d.language == "ja" ? 1 : 0] + d.subject + "\n\n" + d.body;
}

}  // namespace sekisho::notice
