// Takes an analysis, adds brands, processes, data asked for, actors, subject lines, dates and numbers to an advisory.
// Entry: add_subjects.
#include "desk/subjects.h"

#include <algorithm>

#include "base/strings.h"
#include "desk/statements.h"

namespace sekisho::desk {
namespace {

using Passage = article::Passage;

bool overlaid(const Word& a, const Word& b) {  // they overlap, and b is the longer one
  return a.at < b.at + b.length && b.at < a.at + a.length && a.length < b.length;
}

Named* named(std::vector<Named>& list, std::string_view id) {
  const auto it = std::ranges::find_if(list, [&](const Named& n) { return n.id == id; });
  return it == list.end() ? nullptr : &*it;
}

class Collector {
 public:
  Collector(const Analysis& analysis, const SubjectContext& context, Advisory& out)
      : a_(analysis), c_(context), desk_(*context.desk), out_(out) {}

  void run() {
    brands();
    bool list = false;  // below a heading that asks ("入力を求められる情報")
    for (const Sentence& s : a_.sentences) {
      const bool asks = a_.has(desk_, s, Family::asking);
      if (s.passage == Passage::Kind::heading || (s.length < 60 && s.indicators.empty() && s.words.size() <= 3))
        list = asks;
      if (s.passage == Passage::Kind::meta) continue;
      const bool advice = advises(a_, desk_, s);
      words(s, advice, asks || list);
    }
    subject_lines();
    designators();
    dates();
    numbers();
  }

 private:
  void brands() {
    if (!c_.brands) return;
    for (const Sentence& s : a_.sentences) {
      if (s.brands.empty() || advises(a_, desk_, s)) continue;
      for (const uint32_t i : s.brands) {
        const BrandHit& hit = a_.brands[i];
        const brand::Brand& b = (*c_.brands)[hit.brand];
        // Beside who is attacked stand many who only report or carry: a name counts where it does neither once.
        if (hit.bystander) continue;
        // One brand may be named by several of its products: each is told.
        const std::string written = a_.article->text.substr(hit.at, hit.length);
        Named* n = nullptr;
        for (Named& known : out_.brands)
          if (known.id == b.id && iequals(known.name, shown(b, written))) n = &known;
        if (!n) {
          Named fresh;
          fresh.id = b.id;
          fresh.name = shown(b, written);
          fresh.place = c_.place(hit.at, hit.length);
          fresh.in_use = std::ranges::find(c_.profile->uses, b.id) != c_.profile->uses.end();
          out_.brands.push_back(std::move(fresh));
          n = &out_.brands.back();
        }
        n->imitated |= a_.has(desk_, s, Family::imitate);
      }
    }
  }

  // As the pack spells it, where it has this name at all.
  static std::string shown(const brand::Brand& b, const std::string& written) {
    for (const std::string& name : b.names)
      if (iequals(name, written)) return name;
    return written;
  }

  void words(const Sentence& s, bool advice, bool asks) {
    for (const Word& w : s.words) {
      const Family family = desk_.words.family(w.intent);
      std::vector<Named>* into = family == Family::asked     ? &out_.asked_for
                                 : family == Family::process ? &out_.processes
                                 : family == Family::actor   ? &out_.actors
                                                             : nullptr;
      if (!into || desk_.words[w.intent].negates) continue;
      if (family != Family::actor && advice) continue;
      if (family == Family::asked && !asks) continue;
      // Of two that lie in one another the longer one is meant: a master password is no password of an account.
      if (std::ranges::any_of(s.words, [&](const Word& other) {
            return desk_.words.family(other.intent) == family && overlaid(w, other);
          }))
        continue;
      const std::string id(desk_.words.name(w.intent));
      if (named(*into, id)) continue;
      Named n;
      n.id = id;
      const lure::Intent& intent = desk_.words[w.intent];
      n.name = a_.article->language == "ja" ? intent.text_ja : intent.text;
      if (family == Family::actor) {
        n.name = intent.text;
        for (const std::string& phrase : intent.phrases) n.aliases.push_back(phrase);
      }
      n.in_use = std::ranges::find(c_.profile->uses, id) != c_.profile->uses.end();
      n.place = c_.place(w.at, w.length);
      into->push_back(std::move(n));
    }
  }

  void add_subject(std::string_view text) {
    text = trim(text);
    if (text.size() < 4 || text.size() > 400) return;
    const std::string value(text);
    if (std::ranges::find(out_.lure_subjects, value) == out_.lure_subjects.end() && out_.lure_subjects.size() < 50)
      out_.lure_subjects.push_back(value);
  }

  // Quotations behind a word like 件名, in the sentence, or in the lines right below one that ends without having any;
  // and the lines of a section whose heading is such a word.
  void subject_lines() {
    const std::string_view all = a_.article->text;
    bool section = false, expecting = false;
    for (const Sentence& s : a_.sentences) {
      const Word* cue = nullptr;
      for (const Word& w : s.words)
        if (desk_.words.family(w.intent) == Family::subject && !s.quoted(w)) cue = &w;
      const bool short_line = s.passage == Passage::Kind::heading || (cue && s.length < 40 && s.quotes.empty());
      if (s.passage == Passage::Kind::heading) section = false, expecting = false;
      if (short_line) {
        section = cue != nullptr;
        expecting = false;
        continue;
      }
      const std::string_view text = all.substr(s.at, s.length);
      if (cue) {
        size_t found = 0;
        for (const article::Range& q : s.quotes)
          if (q.at > cue->at || a_.article->language == "ja") add_subject(bare(all.substr(q.at, q.length))), ++found;
        expecting = found == 0;
        continue;
      }
      const bool whole_quote = s.quotes.size() == 1 && s.quotes[0].length + 4 >= s.length;
      if (expecting && whole_quote) add_subject(bare(all.substr(s.quotes[0].at, s.quotes[0].length)));
      else expecting = false;
      if (!section) continue;
      if (s.indicators.empty() && s.passage != Passage::Kind::meta && s.length < 300 && !text.starts_with("※") &&
          !text.ends_with("。"))
        add_subject(whole_quote ? bare(all.substr(s.quotes[0].at, s.quotes[0].length)) : text);
      else section = text.starts_with("※");
    }
  }

  static std::string_view bare(std::string_view quote) {
    for (const std::string_view mark : {"「", "『", "“", "\"", "«"})
      if (quote.starts_with(mark)) quote.remove_prefix(mark.size());
    for (const std::string_view mark : {"」", "』", "”", "\"", "»"})
      if (quote.ends_with(mark)) quote.remove_suffix(mark.size());
    return quote.ends_with(",") ? quote.substr(0, quote.size() - 1) : quote;
  }

  // "Storm-2372", "UNC1234": names that vendors make of a prefix and a number.
  void designators() {
    const std::string_view text = a_.article->text;
    for (const std::string& prefix : desk_.numbers.designators)
      for (size_t at = text.find(prefix); at != std::string_view::npos; at = text.find(prefix, at + 1)) {
        if (at > 0 && (is_alnum(text[at - 1]) || text[at - 1] == '-')) continue;
        size_t end = at + prefix.size();
        if (end < text.size() && text[end] == '-') ++end;
        const size_t digits = end;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end - digits < 2 || end - digits > 5 || (end < text.size() && (is_alnum(text[end]) || text[end] == '.')))
          continue;
        const std::string name(text.substr(at, end - at));
        if (std::ranges::any_of(out_.actors, [&](const Named& n) {
              return n.name == name ||
                     std::ranges::any_of(n.aliases, [&](const std::string& alias) { return iequals(alias, name); });
            }))
          continue;
        Named n;
        n.name = name;
        n.place = c_.place(static_cast<uint32_t>(at), static_cast<uint32_t>(end - at));
        out_.actors.push_back(std::move(n));
      }
  }

  void dates() {
    for (const article::FoundDate& d : a_.dates) {
      if (out_.dates.size() >= 200) break;
      DateMention m;
      m.date = d.date;
      m.as_written = a_.article->text.substr(d.at, d.length);
      m.relative = d.relative;
      m.place = c_.place(d.at, d.length);
      m.what = "other";
      if (d.no_such_day) m.what = "no_such_day";
      else if (a_.article->published.known() && d.date == a_.article->published) m.what = "published";
      else if (std::ranges::any_of(out_.lure_subjects,
                                   [&](const std::string& s) { return s.find(m.as_written) != std::string::npos; }))
        m.what = "lure";
      else if (const Sentence* s = sentence_at(d.at)) {
        const Word whole{0, d.at, d.length};
        if (s->quoted(whole)) m.what = "lure";
        else if (a_.has(desk_, *s, Family::activity) || a_.has(desk_, *s, Family::theme)) m.what = "seen";
      }
      out_.dates.push_back(std::move(m));
    }
  }

  const Sentence* sentence_at(uint32_t at) const {
    const auto it = std::ranges::upper_bound(a_.sentences, at, {}, [](const Sentence& s) { return s.at; });
    if (it == a_.sentences.begin()) return nullptr;
    const Sentence& s = *std::prev(it);
    return at < s.at + s.length ? &s : nullptr;
  }

  void numbers() {
    const std::string_view text = a_.article->text;
    for (size_t i = 0; i < text.size() && out_.numbers.size() < 100;) {
      if (!is_digit(text[i]) || (i > 0 && (is_alnum(text[i - 1]) || text[i - 1] == '.' || text[i - 1] == '-'))) {
        ++i;
        continue;
      }
      const size_t at = i;
      std::string digits;
      while (i < text.size() && (is_digit(text[i]) || ((text[i] == ',' || text[i] == '.') && i + 1 < text.size() &&
                                                       is_digit(text[i + 1])))) {
        if (text[i] != ',') digits += text[i];
        ++i;
      }
      std::string_view rest = text.substr(i, 60);
      for (const NumberUnit& u : desk_.numbers.units) {
        const std::string_view gap = rest.starts_with(" ") ? rest.substr(1) : rest;
        if (!gap.starts_with(u.text)) continue;
        const size_t end = i + (rest.size() - gap.size()) + u.text.size();
        if (is_alpha(u.text.back()) && end < text.size() && is_alnum(text[end])) continue;
        if (digits.size() > 15) break;
        Number n;
        n.kind = u.kind, n.unit = u.unit;
        n.value = std::strtod(digits.c_str(), nullptr) * u.factor;
        size_t from = at;
        for (const std::string_view sign : {"$", "£", "€", "¥", "約"})
          if (from >= sign.size() && text.substr(from - sign.size(), sign.size()) == sign) from -= sign.size();
        n.as_written = std::string(text.substr(from, end - from));
        n.place = c_.place(static_cast<uint32_t>(from), static_cast<uint32_t>(end - from));
        out_.numbers.push_back(std::move(n));
        i = end;
        break;
      }
    }
  }

  const Analysis& a_;
  const SubjectContext& c_;
  const DeskContent& desk_;
  Advisory& out_;
};

}  // namespace

void add_subjects(const Analysis& analysis, const SubjectContext& context, Advisory& out) {
  Collector(analysis, context, out).run();
}

}  // namespace sekisho::desk
