// Takes a text with notices, gives their defects in order of place. Entry: lint. Refuses nothing; a text that holds no
// notice gives the one problem "no_notice" and its live links.
#include "notice/lint.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::notice {
namespace {

constexpr size_t kMostBytes = 1u << 18;  // of a text; a notice is a page
constexpr size_t kMostProblems = 500;
constexpr size_t kMostClaims = 64;
constexpr uint32_t kReachJa = 39, kReachEn = 80;

}  // namespace

void Lint::add(std::string rule, std::string en, std::string ja, Span span, const Part* part) const {
  if (problems.size() >= kMostProblems) return;
  problems.push_back(
      {std::move(rule), std::move(en), std::move(ja), span, part ? (part->language == 1 ? "ja" : "en") : ""});
}

bool negated(const Block& block, const Stretch& sentence, const Hit& hit, int language, bool inside) {
  const std::string_view s = block.text();
  if (language == 1) {
    for (const Hit& n : hits_in(block, {hit.at, sentence.end() - hit.at}, Word::negation_ja)) {
      if (const auto c = hits_in(block, {n.at, 1}, Word::conditional_ja); !c.empty()) continue;
      if (!inside && n.at < hit.end()) continue;
      if (n.end() <= hit.end()) continue;  // part of the word: つないで
      if (n.at > hit.end() + kReachJa) return false;
      if (n.at < hit.end()) return true;
      return s.substr(hit.end(), n.at - hit.end()).find("、") == std::string_view::npos;
    }
    return false;
  }
  const std::vector<Hit> before = hits_in(block, {sentence.at, hit.at - sentence.at}, Word::negation_en);
  if (before.empty()) return false;
  const Hit* n = nullptr;  // the last that ends before
  for (const Hit& b : before)
    if (b.end() <= hit.at && (!n || b.end() >= n->end())) n = &b;
  if (!n || hit.at - n->end() > kReachEn) return false;
  const std::string_view between = s.substr(n->end(), hit.at - n->end());
  if (between.find_first_of(":;") != std::string_view::npos) return false;
  if (!hits_in(block, {n->end(), hit.at - n->end()}, Word::clause_break).empty()) return false;
  const size_t comma = between.find(',');
  if (comma == std::string_view::npos) return true;
  // "do not click, reply or enter …": the list goes on; "you do not know, approve it": it does not.
  constexpr uint32_t kNext = 14;
  for (const Word w : {Word::concept_, Word::hand_over_en, Word::enter_en})
    for (const Hit& h : hits_in(block, {n->end(), kNext + 1}, w))
      if (h.end() <= n->end() + comma) return true;
  return false;
}

bool of_others(const Block& block, const Stretch& sentence, const Hit& hit) {
  const std::vector<Hit> before = hits_in(block, {sentence.at, hit.at - sentence.at}, Word::others_speak);
  if (before.empty()) return false;
  const std::string_view between =
      block.text().substr(before.back().end(), hit.at - std::min(hit.at, before.back().end()));
  return between.find(", ") == std::string_view::npos;
}

bool quoted_request(const Block& block, const Hit& hit) {
  for (const Hit& q : hits_in(block, {hit.end(), 4}, Word::quoting_ja))
    if (q.at <= hit.end() + 3) return true;
  return false;
}

std::optional<Day> resolve(const FoundDay& f, const Day& near) {
  if (f.day == 0) return std::nullopt;
  Day d{f.year, f.month, f.day};
  if (d.month == 0) {
    if (!near.year) return std::nullopt;
    d.month = near.month;
    d.year = near.year;
    if (d.day < near.day && ++d.month > 12) d.month = 1, ++d.year;
  }
  if (d.year == 0) {
    if (!near.year) return std::nullopt;
    d.year = near.year;
    Day best = d;
    for (const int y : {near.year - 1, near.year + 1}) {
      Day other = d;
      other.year = y;
      if (std::abs(days_of(other) - days_of(near)) < std::abs(days_of(best) - days_of(near))) best = other;
    }
    d = best;
  }
  return d;
}

Day issue_day(const Part& part) {
  for (const Block& b : part.blocks)
    if (b.kind == Block::Kind::key && b.head == Word::head_issued)
      for (const FoundDay& d : b.days.days)
        if (d.year && d.month && d.day) return {d.year, d.month, d.day};
  return {};
}

Day near_day(const Lint& lint, const Part& part) {
  if (lint.options.today.year) return lint.options.today;
  if (const Day issued = issue_day(part); issued.year) return issued;
  for (const Part& p : lint.outline.parts)
    for (const Block& b : p.blocks)
      if (b.section != Word::head_reference)
        for (const FoundDay& d : b.days.days)
          if (d.year && d.month && d.day) return {d.year, d.month, d.day};
  return {};
}

std::vector<Deadline> deadlines(const Lint& lint, const Part& part) {
  std::vector<Deadline> out;
  const Day near = near_day(lint, part);
  for (const Block& b : part.blocks) {
    if (b.section == Word::head_reference || b.head == Word::head_reference || b.head == Word::head_issued) continue;
    const bool line = b.head == Word::head_deadline && b.kind == Block::Kind::key;
    const bool under = b.section == Word::head_deadline;
    const auto quoted = quotes(b.text());
    const auto in_quotes = [&](uint32_t at) {
      const auto q = std::ranges::upper_bound(quoted, at, {}, [](const auto& pair) { return pair.first; });
      return q != quoted.begin() && at < std::prev(q)->second;
    };
    for (const Stretch& s : b.sentences) {
      const bool whole = line || under;
      const bool cue = whole || !hits_in(b, s, Word::deadline_cue).empty();
      const bool told = !hits_in(b, s, Word::told_by_attacker).empty();
      const bool named = !hits_in(b, s, Word::head_deadline).empty();
      const bool ours = b.kind == Block::Kind::item || whole || named;
      // A day in the past that something went on until is no deadline.
      if (!ours && hits_in(b, s, Word::request).empty()) continue;
      const size_t before = out.size();
      if (cue && (!told || ours))
        for (auto it = std::ranges::lower_bound(b.days.days, s.at, {}, &FoundDay::at); it != b.days.days.end(); ++it) {
          const FoundDay& d = *it;
          if (d.at >= s.end()) break;
          if (d.day == 0 || in_quotes(d.at)) continue;
          bool close = whole;
          for (const Hit& c : hits_in(b, s, Word::deadline_cue)) {
            constexpr uint32_t kAfter = 40, kBefore = 60;
            close |= c.at >= d.end() && c.at - d.end() <= kAfter;
            close |= c.end() <= d.at && d.at - c.end() <= kBefore;
          }
          if (close) out.push_back({&b, d.at, d.length, resolve(d, near), 0, false});
        }
      if (out.size() == before && cue && (!told || ours))
        for (auto w = std::ranges::lower_bound(b.days.weekdays, s.at, {}, &FoundWeekday::at);
             w != b.days.weekdays.end() && w->at < s.end(); ++w)
          if (!in_quotes(w->at)) out.push_back({&b, w->at, w->length, std::nullopt, 0, false});
      if (out.size() == before && (!told || ours))
        for (const Hit& h : hits_in(b, s, Word::relative_deadline))
          out.push_back({&b, h.at, h.length, std::nullopt, 0, false});
      if (whole)
        for (const Hit& h : hits_in(b, s, Word::horizon))
          out.push_back({&b, h.at, h.length, std::nullopt, lint.words.horizons[h.index].ranks, false});
      const bool blank = lint.words.audiences[part.audience].blanks && !hits_in(b, s, Word::blank_later).empty();
      if (whole && (blank || !hits_in(b, s, Word::deadline_none).empty()))
        out.push_back({&b, s.at, s.length, std::nullopt, 0, true});
    }
    // "Deadline: none"
    if (line && out.empty() && b.value_at < b.text().size()) {
      const std::string value(trim(b.text().substr(b.value_at)));
      if (lint.words.in(Word::deadline_none, b.text()) || lint.words.in(Word::deadline_none, value) ||
          lint.words.in(Word::deadline_none, "deadline: " + value.substr(0, value.find(' '))))
        out.push_back({&b, b.value_at, static_cast<uint32_t>(value.size()), std::nullopt, 0, true});
    }
  }
  return out;
}

std::vector<Claim> claims(const Lint& lint, const Part& part) {
  std::vector<Claim> out;
  const Words& words = lint.words;
  const auto rank_at = [](std::string_view s, size_t i, uint8_t& bits) {  // a letter A to D by itself
    if (i >= s.size() || s[i] < 'a' || s[i] > 'd' || (i + 1 < s.size() && is_alnum(s[i + 1]))) return false;
    bits = static_cast<uint8_t>(1u << (s[i] - 'a'));
    return true;
  };
  const auto horizons = [&](const Block& b, uint32_t from) {
    for (const Hit& h : b.hits)
      if (h.word == Word::horizon && h.at >= from && !h.quoted)
        out.push_back({Claim::Kind::horizon, words.horizons[h.index].ranks, h.index, b.span(h.at, h.length)});
  };
  const auto read = [&](const Block& b) {
    const std::string_view s = b.text();
    for (const Hit& h : b.hits) {
      if (h.quoted || out.size() > kMostClaims) continue;
      if (h.word == Word::head_rank) {
        size_t i = h.end();
        constexpr size_t kGap = 8;
        while (i < s.size() && i < h.end() + kGap && !is_alnum(s[i])) ++i;
        uint8_t bits = 0;
        if (!rank_at(s, i, bits)) continue;
        out.push_back({Claim::Kind::rank, bits, 0, b.span(static_cast<uint32_t>(i), 1)});
        horizons(b, static_cast<uint32_t>(i));
      } else if (h.word == Word::head_priority) {
        const std::string_view rest = s.substr(h.end());
        if (!rest.starts_with(':') && !rest.starts_with(" :") && !rest.starts_with("は") && !rest.starts_with("】") &&
            !rest.starts_with(']') && !rest.starts_with(" is"))
          continue;
        constexpr uint32_t kValue = 40;
        const Hit* best = nullptr;
        for (auto v = std::ranges::lower_bound(b.hits, h.end(), {}, &Hit::at);
             v != b.hits.end() && v->at <= h.end() + kValue; ++v)
          if (v->word == Word::priority && (!best || (v->at == best->at && v->length > best->length))) best = &*v;
        if (best) {
          out.push_back({Claim::Kind::priority, words.priorities[best->index].ranks, best->index,
                         b.span(best->at, best->length)});
          horizons(b, best->end());
        }
      }
    }
    if (b.head == Word::head_horizon && b.kind == Block::Kind::key) horizons(b, b.value_at);
    if (b.kind == Block::Kind::subject)
      for (const Hit& h : b.hits) {
        const bool bracket =
            h.word == Word::tag && h.at > 0 && (s[h.at - 1] == '[' || s.substr(0, h.at).ends_with("【"));
        if (bracket) out.push_back({Claim::Kind::tag, words.tags[h.index].ranks, h.index, b.span(h.at, h.length)});
      }
  };
  for (const Block& b : part.blocks) read(b);
  const bool own = std::ranges::any_of(out, [](const Claim& c) { return c.kind == Claim::Kind::rank; });
  if (own) return out;
  // The rank that a report puts above its notices.
  for (const Block& b : lint.outline.above) {
    constexpr size_t kShort = 48;
    const std::string_view s = b.text();
    uint8_t bits = 0;
    if (s.size() == 1 && rank_at(s, 0, bits)) out.push_back({Claim::Kind::rank, bits, 0, b.span()});
    else if (b.has(Word::head_rank)) read(b);
    else if (s.size() <= kShort)
      for (const Hit& h : b.hits)
        if (h.word == Word::horizon && h.length * 10 >= s.size() * 6)
          out.push_back({Claim::Kind::horizon, words.horizons[h.index].ranks, h.index, b.span(h.at, h.length)});
  }
  return out;
}

std::vector<Problem> lint(std::string_view text, const Templates& templates, const LintOptions& options) {
  std::vector<Problem> problems;
  const Words& words = templates.impl().words;
  text = utf8_prefix(text, kMostBytes);
  const Outline made = outline(text, words);
  const Lint lint{text, words, options, made, problems};
  if (made.parts.empty()) {
    lint.add("no_notice", "the text holds no notice: neither a subject nor the parts of one",
             "お知らせの文面が見つかりません（件名も、概要・対応手順などの見出しもありません）", {0, 0});
    const text::Normalized folded = text::normalize(text);
    for (const Stretch& l : find_links(folded.text)) {
      const uint32_t from = folded.source_offset(l.at), to = folded.source_offset(l.end());
      lint.add("live_link", "a live link", "リンクが有効なまま残っています", {from, std::max(to, from + 1) - from});
    }
  }
  std::vector<const Part*> halves[2];
  for (const Part& p : made.parts) {
    lint_form(lint, p);
    lint_text(lint, p);
    lint_style(lint, p);
    halves[p.language].push_back(&p);
  }
  if (!halves[0].empty() && !halves[1].empty()) {
    for (size_t i = 0; i < std::min(halves[0].size(), halves[1].size()); ++i) {
      lint_pair(lint, *halves[1][i], *halves[0][i]);
      lint_beside(lint, *halves[1][i], *halves[0][i]);
    }
    if (halves[0].size() != halves[1].size()) {
      const Part& alone = halves[0].size() > halves[1].size() ? *halves[0].back() : *halves[1].back();
      lint.add("language_missing", "this notice has no counterpart in the other language",
               "もう一方の言語の文面がありません", {alone.begin, alone.end - alone.begin}, &alone);
    }
  }
  std::ranges::stable_sort(problems, {}, [](const Problem& p) { return p.span.offset; });
  return problems;
}

}  // namespace sekisho::notice
