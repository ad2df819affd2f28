// Takes a text and the candidates in it; decides the role of each by the words near by, by how it is written and by who
// owns it. Entry: decide_roles. Judges nothing by itself: words and their strength are content/desk/roles.toml, owners
// are the brand packs. Linear: the words are found once, each candidate looks at its own sentence.
#include <algorithm>
#include <cmath>

#include "article/indicators_clauses.h"

namespace sekisho::article::internal {
namespace {

constexpr size_t kLeadLines = 60;

struct Verdict {
  Role role = Role::malicious;
  double score = 0;
  std::string why;
  const Hit* hit = nullptr;
};

class Judge : private Clauses {
 public:
  Judge(std::string_view text, std::vector<Candidate>& found, const IndicatorContext& context)
      : Clauses(text, found, context.cues->impl(),
                context.article != nullptr && context.article->text == text ? &context.article->passages : nullptr),
        text_(text),
        found_(found),
        context_(context),
        words_(context.cues->impl()),
        hits_(hits()),
        groups_(groups()) {
    suffixes_ = context.suffixes ? context.suffixes : &net::PublicSuffixes::system();
  }

  void run() {
    if (found_.empty()) return;
    read();
    // First what the words right beside each say; a word that decided one does not speak for the next.
    std::vector<Verdict> direct(groups_.size());
    used_.resize(hits_.size());
    for (size_t g = 0; g < groups_.size(); ++g) {
      direct[g] = by_words(g);
      if (direct[g].hit == nullptr) continue;
      for (size_t i = first_hit(direct[g].hit->from); i < hits_.size() && hits_[i].from < direct[g].hit->to; ++i)
        used_[i] = true;
    }
    // "X, not Y, asked for the code": what follows speaks of X.
    for (size_t g = 1; g < groups_.size(); ++g)
      if (direct[g - 1].score <= 0 && direct[g].hit != nullptr && direct[g].hit->from >= groups_[g].to &&
          opposite(groups_[g - 1], groups_[g]))
        std::swap(direct[g - 1], direct[g]);
    for (size_t g = 1; g < groups_.size(); ++g)
      if (opposite(groups_[g - 1], groups_[g]))
        turn(direct[g - 1], context_.article == nullptr || found_[groups_[g - 1].last].found.defanged, direct[g]);
    for (size_t g = 0; g < groups_.size(); ++g) judge_group(g, direct[g]);
    spread();
  }

 private:
  void weigh(Verdict (&best)[4], const Hit& h, double score, bool imitated = false) const {
    Says says = h.says == Says::imitation || h.says == Says::list_end || h.says == Says::fake || h.says == Says::leads
                    ? Says::malicious
                    : h.says;
    if ((imitated && says == Says::genuine) || (faked(h) && (says == Says::genuine || says == Says::reference)))
      says = Says::malicious;
    if (says == Says::nothing || says == Says::drill) return;
    if (negated(h)) {
      if (says == Says::genuine) says = Says::malicious;
      else if (says == Says::malicious) says = Says::genuine;
      else return;
      score *= 0.8;
    }
    Verdict& v = best[static_cast<size_t>(says)];
    if (score <= v.score) return;
    v.score = score;
    v.hit = &h;
    v.why = std::string(text_.substr(h.from, std::min<uint32_t>(h.to - h.from, 60)));
  }

  // "fake" or "偽の" stands right before the word.
  bool faked(const Hit& h) const {
    for (size_t i = first_hit(h.from); i > 0; --i) {
      const Hit& other = hits_[i - 1];
      if (h.from - other.from > 60) return false;
      if (other.says == Says::fake && other.to <= h.from && text_[h.from - 1] != '\n' && h.from - other.to <= 4 &&
          words_between(other.to, h.from) <= 0.5 && breaks_between(other.to, h.from) == 0)
        return !negated(other);
    }
    return false;
  }

  // "X, not Y", "X instead of the Y", "XではなくY"
  bool opposite(const Group& a, const Group& b) const {
    if (b.from <= a.to || b.from - a.to > 40 || b.line != a.line) return false;
    std::string between = ascii_lower(text_.substr(a.to, b.from - a.to));
    for (const std::string_view mark : {"「", "」", "『", "』", "、", "，", "\"", "'", "`", ",", "(", ")"})
      for (size_t at = 0; (at = between.find(mark, at)) != between.npos;) between.replace(at, mark.size(), " ");
    return words_.opposites.contains(std::string(trim(between)));
  }
  static void turn(Verdict first, bool suspect, Verdict& second) {
    if (first.score <= 0 && suspect) {
      first.score = 0.5;
      first.why = "opposite";
    }
    if (first.score <= 0 || (first.role != Role::malicious && first.role != Role::genuine)) return;
    const Role other = first.role == Role::genuine ? Role::malicious : Role::genuine;
    if (second.score > 0 && second.role == other) return;
    second = first;
    second.role = other;
  }

  Verdict by_words(size_t index) const {
    const Group& g = groups_[index];
    Verdict best[4];
    const Group* previous = index > 0 && groups_[index - 1].to > g.begin ? &groups_[index - 1] : nullptr;
    const Group* following =
        index + 1 < groups_.size() && groups_[index + 1].from < g.end ? &groups_[index + 1] : nullptr;
    uint32_t begin = previous ? previous->to : g.begin;
    const uint32_t end = following ? following->from : g.end;
    uint32_t appositive = 0;
    const bool copula_before = previous && copula_at(previous->to, g.from);
    if (previous) appositive = apposition(previous->to, g.from);
    const bool table = g.table;
    std::vector<const Hit*> imitations;
    for (size_t i = first_hit(begin); i < hits_.size() && hits_[i].from < g.from; ++i) {
      const Hit& h = hits_[i];
      const auto& cue = words_.cues[h.cue];
      if (h.to > g.from || h.to <= appositive) continue;
      if (h.says == Says::imitation) imitations.push_back(&h);
      if (!h.before) continue;
      const double d = words_between(h.to, g.from);
      const int breaks = table ? 0 : breaks_between(h.to, g.from);
      if (d > cue.reach) continue;
      if (h.says == Says::leads && d <= 4 && breaks == 0) {
        best[static_cast<size_t>(Says::victim)] = {};
        best[static_cast<size_t>(Says::reference)] = {};
      }
      double score = cue.strength / (1 + 0.15 * d) * std::pow(0.6, breaks);
      if (d < 0.1 && breaks == 0) score *= 1.4;
      if (copula_before && breaks > 0) score *= 0.4;
      bool imitated = false;
      if (h.says == Says::genuine)
        for (const Hit* im : imitations)
          imitated = imitated || (words_between(im->to, h.from) <= 6 && has_word(h.to, g.from, words_.locators));
      weigh(best, h, score, imitated);
    }
    bool imitates = false;
    const bool copula = copula_at(g.to, end);
    const uint32_t own_bracket = apposition(g.to, end);
    const uint32_t own_comma = comma_apposition(g.to, end, following != nullptr);
    for (size_t i = first_hit(g.to); i < hits_.size() && hits_[i].from < end; ++i) {
      const Hit& h = hits_[i];
      const auto& cue = words_.cues[h.cue];
      // "X, which relays the real page": what is imitated is not X.
      if (h.before && h.says == Says::imitation && !negated(h)) imitates = true;
      if (h.before || h.to > end) continue;
      const double d = words_between(g.to, h.from);
      if (d > cue.reach) continue;
      double score = cue.strength / (1 + 0.15 * d);
      if (h.from <= g.to + 3 && d < 0.1 && breaks_between(g.to, h.from) == 0) {
        score *= 1.2;  // a particle or verb on the thing itself: "…を装う"
      } else if (h.from < own_bracket) {
        score *= 1.3;
      } else if (h.from < own_comma) {
        score *= 1.1;
      } else {
        const int breaks = table ? 0 : breaks_between(g.to, h.from);
        score *= std::pow(0.5, breaks) * (copula && breaks == 0 ? 1.0 : 0.75);
        if (following && breaks > 0) score *= 0.5;
        if (following && !copula && !table) score *= 0.5;
      }
      weigh(best, h, score, imitates && h.from >= own_bracket);
    }
    return strongest(best);
  }

  static Verdict strongest(Verdict (&best)[4]) {
    static constexpr Role kRoles[] = {Role::malicious, Role::victim, Role::reference, Role::genuine};
    Verdict out;
    for (size_t i = 0; i < 4; ++i)
      if (best[i].score > out.score) {
        out = best[i];
        out.role = kRoles[i];
      }
    return out;
  }

  // Every cue in a stretch, whichever stands nearest to `at`.
  Verdict anywhere(uint32_t begin, uint32_t end, uint32_t at, double factor, bool unused = false) const {
    Verdict best[4];
    for (size_t i = first_hit(begin); i < hits_.size() && hits_[i].from < end; ++i) {
      if (hits_[i].to > end) break;
      if (unused && used_[i]) continue;
      if (hits_[i].before != (hits_[i].to <= at)) continue;
      const double d = hits_[i].to <= at ? words_between(std::max(hits_[i].to, at > 600 ? at - 600 : 0), at)
                                         : words_between(at, std::min(hits_[i].from, at + 600));
      weigh(best, hits_[i], factor * words_.cues[hits_[i].cue].strength / (1 + 0.1 * d));
    }
    return strongest(best);
  }

  // The head of the column that a cell stands in.
  Verdict by_column(const Group& g, uint32_t place) const {
    const std::string_view line = text_.substr(g.line, g.line_end - g.line);
    const char mark = std::count(line.begin(), line.end(), '|') > 1 ? '|' : line.find('\t') != line.npos ? '\t' : 0;
    if (mark == 0 || g.line == 0) return {};
    const auto column = std::count(text_.begin() + g.line, text_.begin() + place, mark);
    // up to the first line of the table
    uint32_t head = g.line, head_end = 0;
    for (size_t lines = 0; lines < 200 && head > 0; ++lines) {
      const size_t before = head == 0 ? 0 : text_.rfind('\n', head - 1);
      const uint32_t begin = before == std::string_view::npos || head == 0
                                 ? 0
                                 : static_cast<uint32_t>(before + (head - 1 == before ? 0 : 1));
      const uint32_t start = before == std::string_view::npos ? 0 : static_cast<uint32_t>(before);
      const std::string_view above = text_.substr(start, head - start);
      if (std::count(above.begin(), above.end(), mark) < (mark == '|' ? 2 : 1)) break;
      head = start;
      head_end = static_cast<uint32_t>(start + above.size());
      if (begin == 0) break;
    }
    if (head_end == 0) return {};
    uint32_t at = head;
    for (long n = 0; n < column && at < head_end; ++at) n += text_[at] == mark;
    uint32_t end = at;
    while (end < head_end && text_[end] != mark) ++end;
    return anywhere(at, end, end, 1);
  }

  static bool list_line(std::string_view line) {
    const std::string_view s = trim(line);
    if (s.empty()) return true;
    for (const std::string_view mark : {"-", "*", "・", "•", "|", "●", "‣", "–", "■", "※", "→", "+"})
      if (s.starts_with(mark)) return true;
    return is_digit(s[0]) && s.size() > 1 && (s[1] == '.' || s[1] == ')' || is_digit(s[1]));
  }
  bool lead_line(std::string_view line) const {
    const std::string_view s = trim(line);
    if (s.empty() || s.size() > 200) return false;
    if (s.starts_with("#") || s.starts_with("【") || s.starts_with("■") || s.starts_with("◆") || s.starts_with("[") ||
        s.starts_with("**") || s.starts_with("=="))
      return true;
    if (s.ends_with(":") || s.ends_with("：") || s.ends_with("】") || s.ends_with("]")) return true;
    return s.size() < 90 && !s.ends_with(".") && !s.ends_with("。") && s.find("。") == s.npos;
  }

  // The heading or lead above the line: "IoC", "参考", "Sources:".
  Verdict by_lead(const Group& g) const {
    uint32_t line = g.cell ? g.table_begin : g.line;
    if (g.head_end > g.head)
      if (const Verdict v = anywhere(g.head, g.head_end, g.head_end, 1); v.score > 0) return v;
    const bool bare = words_between(g.line, g.line_end) - words_between(g.from, g.to) < 12;
    for (size_t n = 0; n < kLeadLines && line > 0; ++n) {
      const size_t before = text_.rfind('\n', line - 1);
      const uint32_t begin = before == std::string_view::npos ? 0 : static_cast<uint32_t>(before);
      const std::string_view above = text_.substr(begin, line - begin);
      // What stands at the top names the whole: a list below it, no single sentence.
      if (const auto kind = kind_at(begin + (begin > 0));
          kind == Passage::Kind::meta || (kind == Passage::Kind::title && !bare)) {
        line = begin;
        continue;
      }
      const bool has_indicator = [&] {
        const auto it = std::lower_bound(found_.begin(), found_.end(), begin,
                                         [](const Candidate& c, uint32_t x) { return c.found.at < x; });
        return it != found_.end() && it->found.at < line;
      }();
      if (!has_indicator && lead_line(above) && (!list_line(above) || trim(above).starts_with("■"))) {
        const Verdict v = anywhere(begin, line, line, 1);
        if (v.score > 0) return v;
        if (trim(above).starts_with("#")) return {};
      } else if (!has_indicator && !list_line(above)) {
        if (bare && n == 0) {  // "The following hosts were used by the attacker." above a list
          const Verdict v = anywhere(line > begin + 500 ? line - 500 : begin, line, line, 0.8);
          if (v.score > 0) return v;
        }
        return {};
      }
      line = begin;
    }
    return {};
  }

  // Of the article's passage that begins here.
  std::optional<Passage::Kind> kind_at(uint32_t at) const {
    if (context_.article == nullptr || context_.article->text != text_) return {};
    const auto& list = context_.article->passages;
    const auto it =
        std::upper_bound(list.begin(), list.end(), at, [](uint32_t x, const Passage& p) { return x < p.at; });
    if (it == list.begin() || (it - 1)->at + (it - 1)->length <= at) return {};
    return (it - 1)->kind;
  }

  // A mailbox to which things are reported: "abuse@…".
  bool report_box(const Indicator& i) const {
    if (i.type != Type::email) return false;
    std::string_view local = std::string_view(i.value).substr(0, i.value.find('@'));
    while (!local.empty()) {
      const size_t end = std::min(local.find_first_of("-._+"), local.size());
      if (words_.report_boxes.contains(ascii_lower(local.substr(0, end)))) return true;
      local.remove_prefix(std::min(end + 1, local.size()));
    }
    return false;
  }

  bool drill(const Group& g) const {
    for (size_t i = first_hit(g.begin); i < hits_.size() && hits_[i].from < g.end; ++i)
      if (hits_[i].says == Says::drill) return true;
    return false;
  }

  bool of_the_publisher(const Indicator& i) const {
    if (context_.article == nullptr || context_.article->url.empty() || i.host.empty()) return false;
    const std::string& url = context_.article->url;
    const size_t from = url.find("://");
    if (from == url.npos) return false;
    const std::string host = ascii_lower(url.substr(from + 3, url.find_first_of("/?#:", from + 3) - from - 3));
    const auto own = suffixes_->registrable(host), theirs = suffixes_->registrable(i.host);
    return !own.empty() && own == theirs;
  }

  bool own_domain(const Indicator& i) const {
    return std::any_of(context_.own_domains.begin(), context_.own_domains.end(),
                       [&](const std::string& d) { return !i.host.empty() && net::within(i.host, d); });
  }

  // Part of a platform where anybody gets a place, or a path that was made for somebody.
  bool somebodys_place(const Indicator& i) const {
    if (suffixes_->is_private_suffix(i.host)) return true;
    const auto under = [&](const std::string& d) { return net::within(i.host, d); };
    if (i.type == Type::email) return std::any_of(words_.mailboxes.begin(), words_.mailboxes.end(), under);
    for (const std::string& place : words_.places)
      if (under(place) && i.host != place) return true;
    if (i.type != Type::url) return false;
    if (std::any_of(words_.places.begin(), words_.places.end(), under)) {
      const size_t path = i.value.find('/', i.value.find(i.host));
      return path != i.value.npos && path + 1 < i.value.size();
    }
    const size_t scheme = i.value.find("://");
    const size_t slash = i.value.find('/', scheme == i.value.npos ? 0 : scheme + 3);
    if (slash == i.value.npos) return false;
    size_t run = 0;
    bool digit = false, letter = false;
    for (size_t k = slash; k <= i.value.size(); ++k) {
      if (k < i.value.size() && is_alnum(i.value[k])) {
        ++run;
        digit = digit || is_digit(i.value[k]);
        letter = letter || is_alpha(i.value[k]);
        continue;
      }
      if (run >= 10 && digit && letter) return true;
      run = 0;
      digit = letter = false;
    }
    return false;
  }

  void judge_group(size_t index, Verdict words) {
    const Group& g = groups_[index];
    Verdict weak;
    if (words.score <= 0) weak = by_lead(g);
    if (words.score <= 0 && weak.score <= 0) weak = anywhere(g.begin, g.end, g.from, 0.5, true);
    for (size_t i = g.first; i <= g.last; ++i) {
      Verdict own = words;
      if (g.table)
        if (const Verdict column = by_column(g, found_[i].found.at);
            column.score > 0 && column.score >= words.score * 0.5)
          own = column;
      one(found_[i], g, own, weak);
    }
  }

  void one(Candidate& c, const Group& g, const Verdict& words, const Verdict& weak) {
    Indicator& f = c.found;
    const auto set = [&](Role role, std::string why) {
      f.role = role;
      f.why = std::move(why);
    };
    if (context_.brands != nullptr && !f.host.empty())
      if (const auto owner = context_.brands->owner(f.host)) f.owner = static_cast<int>(*owner);
    if (c.masked) return set(Role::partial, "masked");
    if (f.type == Type::cve || f.type == Type::technique) return set(Role::reference, std::string(to_string(f.type)));
    const Verdict& said = words.score > 0 ? words : weak;
    if (!f.defanged && (said.score <= 0 || said.role == Role::malicious)) {
      if (said.score > 0 && report_box(f)) return set(Role::genuine, "for reports");
      if (drill(g)) return set(Role::reference, "a drill");
    }
    if (own_domain(f)) {
      const bool kind = said.score > 0 && (said.role == Role::genuine || said.role == Role::reference);
      return set(kind ? said.role : Role::victim, kind ? said.why : "own domain");
    }
    if (f.owner >= 0 && !net::is_ip(f.host)) {
      const std::string owned = "owned by " + (*context_.brands)[static_cast<brand::Index>(f.owner)].id;
      if (said.score > 0 && (said.role == Role::reference || said.role == Role::victim))
        return set(said.role, said.why);
      const bool evil = f.defanged ? !(said.score > 0 && said.role == Role::genuine)
                                   : words.score > 0.3 && words.role == Role::malicious;
      if (evil && somebodys_place(f)) return set(Role::malicious, f.defanged ? "defanged" : said.why);
      return set(Role::genuine, owned);
    }
    if (of_the_publisher(f) && !(f.defanged || (words.score > 0.5 && words.role == Role::malicious)))
      return set(Role::reference, "the publisher's own");
    const auto publishes = [&](const std::string& ending) { return !f.host.empty() && net::within(f.host, ending); };
    if (std::any_of(words_.publishers.begin(), words_.publishers.end(), publishes)) {
      const bool other = said.score > 0 && said.role != Role::malicious;
      return set(other ? said.role : Role::reference, other ? said.why : "an authority's");
    }
    if (f.defanged) {
      if (words.score > 0.3 && words.role != Role::malicious) return set(words.role, words.why);
      if (words.score <= 0 && weak.score > 0.5 && weak.role != Role::malicious) return set(weak.role, weak.why);
      return set(Role::malicious, words.score > 0 && words.role == Role::malicious ? words.why : "defanged");
    }
    if (words.score > 0) return set(words.role, words.why);
    if (weak.score > 0) return set(weak.role, weak.why);
    if (const Verdict before = near_by(g); before.score > 0) return set(before.role, before.why);
    unsure_.push_back(static_cast<size_t>(&c - found_.data()));
    const bool named = f.type == Type::url || f.type == Type::domain || f.type == Type::email;
    // A live link amid words that say nothing of danger is something to read; alone on its line it is an entry of a
    // list.
    // So is an address in an article: somebody's, and nothing says that it is the attacker's.
    const bool address = context_.article != nullptr && (f.type == Type::ipv4 || f.type == Type::ipv6);
    const bool amid = (address || (f.type == Type::url && f.value.starts_with("http"))) &&
                      words_between(g.line, g.from) + words_between(g.to, g.line_end) > 2;
    set((context_.article != nullptr && named) || amid ? Role::reference : Role::malicious, "");
  }

  // The sentence that follows, if it points back ("It is …", "いずれも…"), else the one before.
  Verdict near_by(const Group& g) const {
    if (g.end < g.line_end) {
      uint32_t at = g.end;
      while (at < g.line_end && text_[at] == ' ') ++at;
      for (const std::string& w : words_.anaphors)
        if (continues(at, w)) {
          const Verdict v = anywhere(at, std::min<uint32_t>(g.line_end, at + 300), at, 0.4);
          if (v.score > 0) return v;
        }
    }
    if (g.begin > g.line && !g.table) {
      const Verdict v = anywhere(g.begin > g.line + 400 ? g.begin - 400 : g.line, g.begin, g.begin, 0.3);
      if (context_.article == nullptr) return v;
      // In an article only what is no link and no bracket behind a name: "Kado (kado.example)".
      const Indicator& f = found_[g.first].found;
      const char before = g.from > 0 ? text_[g.from - 1] : ' ';
      const bool live = f.type == Type::url || f.type == Type::email;
      if (v.role == Role::malicious && !live && before != '(') return v;
    }
    return {};
  }

  // What no word decided follows the same host, where another place says something.
  void spread() {
    StringMap<Role> known;
    std::sort(unsure_.begin(), unsure_.end());
    for (size_t i = 0; i < found_.size(); ++i) {
      const Indicator& f = found_[i].found;
      if (f.host.empty() || found_[i].masked || std::binary_search(unsure_.begin(), unsure_.end(), i)) continue;
      known.try_emplace(f.host, f.role);
    }
    for (const size_t i : unsure_) {
      Indicator& f = found_[i].found;
      if (f.host.empty()) continue;
      if (const auto it = known.find(f.host); it != known.end()) {
        f.role = it->second;
        f.why = "same host";
      }
    }
    for (const size_t i : unsure_)
      if (found_[i].found.why.empty()) found_[i].found.why = "no word near by";
  }

  std::string_view text_;
  std::vector<Candidate>& found_;
  const IndicatorContext& context_;
  const Cues::Impl& words_;
  const net::PublicSuffixes* suffixes_;
  const std::vector<Hit>& hits_;
  const std::vector<Group>& groups_;
  std::vector<char> used_;  // by hit: it decided a group
  std::vector<size_t> unsure_;
};

}  // namespace

void decide_roles(std::string_view text, std::vector<Candidate>& found, const IndicatorContext& context) {
  Judge(text, found, context).run();
}

}  // namespace sekisho::article::internal
