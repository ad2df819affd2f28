// Takes one notice, reports what its form lacks: subject, mark, contact, deadline, source, length; and rank, horizon,
// priority and deadline that do not agree. Entry: lint_form. Refuses nothing.
#include <algorithm>
#include <set>

#include "base/strings.h"
#include "notice/lint.h"

namespace sekisho::notice {
namespace {

Span head_of(const Part& p) { return p.blocks.empty() ? Span{p.begin, 1} : p.blocks[0].span(); }

void mark(const Lint& lint, const Part& p) {
  if (!lint.options.draft_mark) return;
  bool found = p.marked;
  for (size_t i = 0; i < p.blocks.size() && i < 3; ++i) found |= p.blocks[i].has(Word::mark);
  if (!found)
    lint.add("no_draft_mark", "the mark \"draft, not approved\" is missing", "「下書き・未承認」の表示がありません",
             head_of(p), &p);
}

void contact(const Lint& lint, const Part& p) {
  if (!lint.words.audiences[p.audience].needs_contact) return;
  for (const Block& b : p.blocks) {
    if (b.section == Word::head_reference || b.head == Word::head_reference) continue;
    if (!b.contacts.empty()) return;
    const bool value = b.kind == Block::Kind::key && b.head == Word::head_contact && b.text().size() >= b.value_at + 4;
    if (value || (b.section == Word::head_contact && b.kind != Block::Kind::heading && b.text().size() >= 4)) return;
  }
  lint.add("no_contact", "no contact: an address, number or channel for questions and reports",
           "連絡先（メールアドレス、電話・内線番号、チャンネルなど）がありません", head_of(p), &p);
}

// How late the deadline may be, and who says so.
struct Limit {
  int days = 0;  // 0: nobody says
  std::string by, by_ja;
  std::string calendar;  // "week", "month": of the calendar
};

Limit limit_of(const Lint& lint, const Part& p) {
  Limit out;
  const auto set = [&](int days, std::string by, std::string by_ja) {
    if (days && (!out.days || days < out.days)) out = {days, std::move(by), std::move(by_ja), out.calendar};
  };
  int horizon = 0;
  std::set<std::string> calendars;
  for (const Claim& c : claims(lint, p)) {
    int most = 0;
    std::string letters;
    for (const RankRow& r : lint.words.ranks)
      if (c.ranks & rank_bits(std::string_view(&r.letter, 1))) most = std::max(most, r.most_days), letters += r.letter;
    if (c.kind == Claim::Kind::rank) set(most, "rank " + letters, "ランク" + letters);
    else if (c.kind == Claim::Kind::priority) set(most, "the priority", "対応優先度");
    else if (c.kind == Claim::Kind::tag) set(most, "the tag of the subject", "件名の表示");
    else {  // "this week to next": the later counts
      horizon = std::max(horizon, lint.words.horizons[c.index].days);
      calendars.insert(lint.words.horizons[c.index].calendar);
    }
  }
  set(horizon, "the horizon", "対応時期");
  if (calendars.size() == 1) out.calendar = *calendars.begin();
  return out;
}

// Past the end of the week or month in which it was issued; on a weekend, "this week" is the one to come.
bool past_calendar(const std::string& calendar, const Day& issued, const Day& day) {
  if (calendar == "month") return day.year * 12 + day.month > issued.year * 12 + issued.month;
  if (calendar != "week") return false;
  const int weekday = weekday_of(issued);
  const int left = weekday == 0 ? 7 : weekday == 6 ? 8 : 7 - weekday;  // to the Sunday
  return days_of(day) - days_of(issued) > left;
}

void when(const Lint& lint, const Part& p) {
  const std::vector<Deadline> found = deadlines(lint, p);
  const AudienceRow& audience = lint.words.audiences[p.audience];
  if (found.empty() && audience.needs_deadline)
    lint.add("no_deadline", "no deadline: until when the steps are to be done",
             "いつまでに対応するかの期限がありません", head_of(p), &p);
  const Day issued = issue_day(p);
  uint8_t ranks = 0;
  for (const Claim& c : claims(lint, p))
    if (c.kind == Claim::Kind::rank) ranks |= c.ranks;
  const RankRow* row = nullptr;
  for (const RankRow& r : lint.words.ranks)
    if (ranks == rank_bits(std::string_view(&r.letter, 1))) row = &r;
  const Limit limit = limit_of(lint, p);
  for (const Deadline& d : found) {
    if (d.none && row && (ranks & rank_bits("AB")))
      lint.add("rank_deadline", "rank " + std::string(1, row->letter) + ", yet no deadline",
               "ランク" + std::string(1, row->letter) + "なのに期限がありません", d.block->span(d.at, d.length), &p);
    if (!d.day || !real_day(*d.day)) continue;
    const Span span = d.block->span(d.at, d.length);
    const Day& today = lint.options.today;
    if (issued.year && days_of(*d.day) < days_of(issued))
      lint.add("deadline_order", "the deadline lies before the day of issue", "期限が発行日より前になっています", span,
               &p);
    else if (today.year && days_of(*d.day) < days_of(today))
      lint.add("deadline_past", "the deadline lies in the past", "期限が過ぎています", span, &p);
    const int weekday = weekday_of(*d.day);
    if (audience.needs_working_day && (weekday == 0 || weekday == 6))
      lint.add("weekend_deadline", "the deadline lies on a weekend", "期限が土曜日または日曜日です", span, &p);
    const Day& from = issued.year ? issued : today;
    if (limit.days && from.year && days_of(*d.day) - days_of(from) > limit.days)
      lint.add("rank_deadline", limit.by + " wants it done within " + std::to_string(limit.days) + " days",
               limit.by_ja + "からは" + std::to_string(limit.days) + "日以内の期限が必要です", span, &p);
    else if (issued.year && past_calendar(limit.calendar, issued, *d.day))  // not issued yet: its week is not known
      lint.add("rank_deadline", "the deadline lies after the " + limit.calendar + " that the horizon names",
               limit.calendar == "week" ? "期限が「今週」を過ぎています" : "期限が「月内」を過ぎています", span, &p);
  }
}

void source(const Lint& lint, const Part& p) {
  if (!lint.words.audiences[p.audience].needs_source) return;
  for (const Block& b : p.blocks) {
    if (b.section == Word::head_reference && b.kind != Block::Kind::heading) return;
    if (b.head == Word::head_reference && b.kind == Block::Kind::key) return;
    if (b.has(Word::head_reference) && (!b.days.days.empty() || !quotes(b.text()).empty())) return;
  }
  lint.add("no_source", "no source is named", "参考情報（出典）がありません", head_of(p), &p);
}

void length(const Lint& lint, const Part& p) {
  size_t n = 0;
  for (const Block& b : p.blocks)
    if (b.kind != Block::Kind::subject) n += length_of(lint.text.substr(b.begin, b.end - b.begin), p.language);
  const AudienceRow& row = lint.words.audiences[p.audience];
  const size_t most = p.language == 1 ? row.most_ja : row.most_en;
  if (n > most)
    lint.add(
        "too_long",
        std::to_string(n) + (p.language == 1 ? " characters" : " words") + "; at most " + std::to_string(most) +
            " are read (" + row.id + ")",
        "長すぎます: " + std::to_string(n) + (p.language == 1 ? "字" : "語") + "（上限" + std::to_string(most) + "）",
        {p.begin, p.end - p.begin}, &p);
}

std::string letters(uint8_t ranks) {
  std::string out;
  for (int i = 0; i < 4; ++i)
    if (ranks & (1u << i)) (out += out.empty() ? "" : "/") += static_cast<char>('A' + i);
  return out;
}

void agreement(const Lint& lint, const Part& p) {
  std::vector<Claim> all = claims(lint, p);
  for (const Deadline& d : deadlines(lint, p))
    if (d.ranks) all.push_back({Claim::Kind::horizon, d.ranks, 0, d.block->span(d.at, d.length)});
  // Each pair of claims once; the later one is shown.
  bool said[5] = {};
  for (size_t i = 0; i < all.size(); ++i)
    for (size_t k = i + 1; k < all.size(); ++k) {
      const Claim &a = all[i], &b = all[k];
      const bool tag = a.kind == Claim::Kind::tag || b.kind == Claim::Kind::tag;
      const bool priority = a.kind == Claim::Kind::priority || b.kind == Claim::Kind::priority;
      const bool twice = a.kind == Claim::Kind::rank && b.kind == Claim::Kind::rank;
      if (a.ranks & b.ranks) continue;
      if (tag && a.kind == b.kind) continue;
      // A horizon in brackets after the priority and one of the rank: the rank says it, the priority is what differs.
      const int which = tag ? 0 : twice ? 1 : priority ? 2 : 3;
      if (said[which]) continue;
      said[which] = true;
      const std::string en = letters(a.ranks) + " against " + letters(b.ranks),
                        ja = letters(a.ranks) + "と" + letters(b.ranks);
      // The place within this notice, not the rank above all of them.
      const bool above = b.span.offset < p.begin || b.span.offset >= p.end;
      const Span span = b.kind == Claim::Kind::tag || above ? a.span : b.span;
      if (tag)
        lint.add("rank_tag", "the tag of the subject and the rank or priority do not agree: " + en,
                 "件名の表示とランク・優先度が合いません: " + ja, span, &p);
      else if (twice)
        lint.add("rank_differs", "two ranks are given: " + en, "ランクが二つ書かれています: " + ja, span, &p);
      else if (priority)
        lint.add("rank_priority", "the priority and the rank or horizon do not agree: " + en,
                 "対応優先度とランク（対応時期）が合いません: " + ja, span, &p);
      else
        lint.add("rank_horizon", "the rank and the horizon do not agree: " + en, "ランクと対応時期が合いません: " + ja,
                 span, &p);
    }
}

void organisation(const Lint& lint, const Part& p) {
  const std::string& en = lint.options.organisation;
  const std::string& ja = lint.options.organisation_ja.empty() ? en : lint.options.organisation_ja;
  const auto names = [&](const std::string& name) {
    const std::string folded = text::normalize(name).text;
    return std::ranges::any_of(p.blocks,
                               [&](const Block& b) { return b.text().find(folded) != std::string_view::npos; });
  };
  const std::string& wanted = p.language == 1 ? ja : en;
  if (!wanted.empty() && !names(wanted) && !names(p.language == 1 && !en.empty() ? en : wanted))
    lint.add("organisation_differs", "the organisation of the settings is not named",
             "設定の組織名と一致する名称がありません", head_of(p), &p);
  const std::string& contact =
      p.language == 1 && !lint.options.contact_ja.empty() ? lint.options.contact_ja : lint.options.contact;
  if (!contact.empty() && !names(contact))
    lint.add("contact_differs", "the contact of the settings is not named", "設定の連絡先と一致する連絡先がありません",
             head_of(p), &p);
}

}  // namespace

void lint_form(const Lint& lint, const Part& p) {
  if (p.blocks.empty() || p.blocks[0].kind != Block::Kind::subject) {
    const bool any = std::ranges::any_of(p.blocks, [](const Block& b) { return b.kind == Block::Kind::subject; });
    if (!any) lint.add("no_subject", "no subject", "件名がありません", head_of(p), &p);
  }
  if (p.repeated)
    lint.add("repeated", "the body stands twice", "本文が二度繰り返されています", {p.begin, p.end - p.begin}, &p);
  mark(lint, p);
  contact(lint, p);
  when(lint, p);
  source(lint, p);
  length(lint, p);
  agreement(lint, p);
  organisation(lint, p);
}

}  // namespace sekisho::notice
