// Takes one notice, reports what must not stand in it: live links, requests for a secret, wording like the attack,
// steps that undo it, left-over placeholders, markup, days that there are not. Entry: lint_text. Refuses nothing.
#include <algorithm>

#include "base/strings.h"
#include "notice/lint.h"

namespace sekisho::notice {
namespace {

const char* const kSecretEn = "asks for a secret: no notice does";
const char* const kSecretJa = "パスワードなどの秘密を求める文になっています";

bool any_in(const Block& b, uint32_t from, uint32_t to, Word w) {
  return to > from && !hits_in(b, {from, to - from}, w).empty();
}

void links(const Lint& lint, const Part& p, const Block& b) {
  for (const Stretch& l : b.links)
    lint.add("live_link", "a live link; write it so that it is none (hxxps, [.])",
             "リンクが有効なまま残っています（hxxps や [.] で無害化してください）", b.span(l.at, l.length), &p);
}

// "パスワードを返信してください"
void secret_ja(const Lint& lint, const Part& p, const Block& b, const Stretch& s, bool pointed) {
  constexpr uint32_t kNear = 100;
  const std::vector<Hit> secrets = hits_in(b, s, Word::secret);
  if (secrets.empty()) return;
  const auto judge = [&](const Hit& ask) {
    for (const Hit& secret : secrets) {
      if (secret.end() > ask.at || ask.at - secret.end() > kNear) continue;
      if (any_in(b, secret.end(), ask.at, Word::safe_between)) continue;
      if (quoted_request(b, ask) || negated(b, s, ask, 1)) continue;
      lint.add("secret_asked", kSecretEn, kSecretJa, b.span(secret.at, ask.end() - secret.at), &p);
      return true;
    }
    return false;
  };
  for (const Hit& ask : hits_in(b, s, Word::hand_over_ja))
    if (judge(ask)) return;
  if (pointed)
    for (const Hit& ask : hits_in(b, s, Word::enter_ja))
      if (judge(ask)) return;
}

// "reply with your password"
void secret_en(const Lint& lint, const Part& p, const Block& b, const Stretch& s, bool pointed) {
  constexpr uint32_t kNear = 70, kOwner = 24;
  const auto judge = [&](const Hit& ask) {
    if (of_others(b, s, ask) || negated(b, s, ask, 0)) return false;
    for (const Hit& secret :
         hits_in(b, {ask.end(), std::min(s.end(), ask.end() + kNear) - std::min(s.end(), ask.end())}, Word::secret)) {
      const uint32_t owner = secret.at > ask.end() + kOwner ? secret.at - kOwner : ask.end();
      const bool whose =
          any_in(b, owner, secret.at, Word::possessive) || any_in(b, ask.at, ask.end(), Word::possessive);
      if (!whose || any_in(b, ask.end(), secret.at, Word::safe_between) ||
          any_in(b, secret.end(), std::min(s.end(), secret.end() + 2), Word::no_secret))
        continue;
      lint.add("secret_asked", kSecretEn, kSecretJa, b.span(ask.at, secret.end() - ask.at), &p);
      return true;
    }
    return false;
  };
  for (const Hit& ask : hits_in(b, s, Word::hand_over_en))
    if (judge(ask)) return;
  if (pointed)
    for (const Hit& ask : hits_in(b, s, Word::enter_en))
      if (judge(ask)) return;
}

// "We may ask for your PIN": said of ourselves, whether as a promise or in passing.
void may_ask(const Lint& lint, const Part& p, const Block& b, const Stretch& s) {
  const std::vector<Hit> secrets = hits_in(b, s, Word::secret);
  if (secrets.empty() || !hits_in(b, s, Word::told_by_attacker).empty()) return;
  for (const Hit& ask : hits_in(b, s, Word::may_ask)) {
    if (negated(b, s, ask, p.language) || (p.language == 1 ? quoted_request(b, ask) : of_others(b, s, ask))) continue;
    for (const Hit& secret : secrets) {
      const bool after = p.language == 1 ? secret.end() <= ask.at : secret.at + secret.length > ask.at;
      const uint32_t from = std::min(secret.end(), ask.end()), to = std::max(secret.at, ask.at);
      constexpr uint32_t kNear = 70;
      if (!after || (to > from && (to - from > kNear || any_in(b, from, to, Word::safe_between)))) continue;
      const uint32_t begin = std::min(secret.at, ask.at);
      lint.add("secret_asked", kSecretEn, kSecretJa, b.span(begin, std::max(secret.end(), ask.end()) - begin), &p);
      return;
    }
  }
}

void secrets(const Lint& lint, const Part& p, const Block& b) {
  for (const Stretch& s : b.sentences) {
    const bool pointed = !b.links.empty() || !hits_in(b, s, Word::pointer).empty();
    if (p.language == 1) secret_ja(lint, p, b, s, pointed);
    else secret_en(lint, p, b, s, pointed);
    may_ask(lint, p, b, s);
  }
}

// Urgency and a link to follow: what the attack looks like.
void likeness(const Lint& lint, const Part& p) {
  bool hurry = false;
  const Block* where = nullptr;
  Stretch at;
  for (const Block& b : p.blocks) {
    if (b.section == Word::head_reference || b.head == Word::head_reference) continue;
    hurry |= b.has(Word::urgency) || b.has(Word::threat);
    for (const Stretch& s : b.sentences)
      for (const Hit& h : hits_in(b, s, Word::click_here)) {
        const bool told = !hits_in(b, s, Word::told_by_attacker).empty();
        if (told || negated(b, s, h, p.language) || (p.language == 1 ? quoted_request(b, h) : of_others(b, s, h)))
          continue;
        lint.add("click_here", "tells people to follow a link", "リンクのクリックを促す表現です",
                 b.span(h.at, h.length), &p);
        if (!where) where = &b, at = {h.at, h.length};
      }
    if (!where && !b.links.empty()) where = &b, at = b.links[0];
  }
  if (hurry && where)
    lint.add("like_the_attack", "urgency and a link: this looks like the attack itself",
             "緊急性の強調とリンクの組み合わせは、攻撃メールと同じ形です", where->span(at.at, at.length), &p);
}

// "If a prompt comes that you did not start, approve it."
void unsafe(const Lint& lint, const Part& p, const Block& b) {
  for (const Stretch& s : b.sentences) {
    const std::vector<Hit> strange = hits_in(b, s, Word::unsolicited);
    if (strange.empty()) continue;
    for (const Hit& h : hits_in(b, s, Word::unsafe_do)) {
      if (h.at < strange[0].end()) continue;
      if (negated(b, s, h, p.language) || (p.language == 1 ? quoted_request(b, h) : of_others(b, s, h))) continue;
      lint.add("unsafe_advice", "tells people to do what the attacker wants; is a \"not\" missing?",
               "攻撃者の思いどおりの操作を勧める文です（否定が抜けていませんか）", b.span(h.at, h.length), &p);
      break;
    }
  }
}

// "Check it from the link": the way that the attacker wants, unless it is a link of ours.
void by_link(const Lint& lint, const Part& p, const Block& b) {
  const bool step = b.kind == Block::Kind::item;
  if (b.section == Word::head_reference || b.section == Word::head_overview || b.section == Word::head_scope) return;
  for (const Stretch& s : b.sentences) {
    if (!step && hits_in(b, s, Word::request).empty()) continue;
    if (!hits_in(b, s, Word::told_by_attacker).empty() || !hits_in(b, s, Word::trusted_place).empty()) continue;
    for (const Hit& h : hits_in(b, s, Word::via_link)) {
      // "if you signed in from the link": said of what happened.
      const uint32_t end = s.end();
      if (negated(b, s, h, p.language) || any_in(b, h.end(), end, Word::safe_between)) continue;
      if (p.language == 1 ? quoted_request(b, h) : of_others(b, s, h)) continue;
      lint.add("unsafe_advice", "sends people the way that the attacker wants: through a link of the message",
               "メールのリンクを使わせる文です（攻撃者の思いどおりの操作です）", b.span(h.at, h.length), &p);
      return;
    }
  }
}

void left_over(const Lint& lint, const Part& p, const Block& b) {
  const auto say = [&](Span span) {
    lint.add("placeholder", "a placeholder was left", "差し込み用の記号や空欄が残っています", span, &p);
  };
  for (const Hit& h : b.hits)
    if (h.word == Word::placeholder && !h.quoted) {
      say(b.span(h.at, h.length));
      break;
    }
  if (!lint.words.audiences[p.audience].blanks)
    for (const Hit& h : b.hits)
      if (h.word == Word::blank_later && !h.quoted) {
        say(b.span(h.at, h.length));
        break;
      }
  const std::string_view s = b.text();
  for (const std::string_view sign : {"{{", "}}", "${", "___", "<%", "%>"})
    if (const size_t at = s.find(sign); at != std::string_view::npos) {
      say(b.span(static_cast<uint32_t>(at), static_cast<uint32_t>(sign.size())));
      break;
    }
  constexpr size_t kName = 40;
  for (size_t i = 0; i < s.size(); ++i) {
    const char close = s[i] == '[' ? ']' : s[i] == '<' ? '>' : s[i] == '{' ? '}' : '\0';
    if (!close) continue;
    const size_t end = s.substr(0, std::min(s.size(), i + kName)).find(close, i);
    if (end == std::string_view::npos || end == i + 1) continue;
    if (lint.words.in(Word::blank_name, trim(s.substr(i + 1, end - i - 1))))
      say(b.span(static_cast<uint32_t>(i), static_cast<uint32_t>(end + 1 - i)));
    else if (s[i] == '<' && (is_alpha(s[i + 1]) || s[i + 1] == '/') &&
             s.substr(i, end - i).find('@') == std::string_view::npos &&
             s.substr(i, end - i).find("//") == std::string_view::npos)
      lint.add("markup", "markup in a plain text", "文中にタグが残っています",
               b.span(static_cast<uint32_t>(i), static_cast<uint32_t>(end + 1 - i)), &p);
  }
}

void days(const Lint& lint, const Part& p, const Block& b, const Day& near) {
  for (const FoundDay& d : b.days.days) {
    if (d.day == 0) continue;
    Day probe{d.year ? d.year : 2024, d.month ? d.month : 1, d.day};  // 2024 has a 29 February
    const Span span = b.span(d.at, d.length);
    const std::optional<Day> day = resolve(d, near);
    if (!real_day(probe) || (day && !real_day(*day))) {
      lint.add("no_such_day", "there is no such day", "存在しない日付です", span, &p);
      continue;
    }
    if (d.weekday < 0 || !day || weekday_of(*day) == d.weekday) continue;
    const auto said = static_cast<size_t>(weekday_of(*day));
    lint.add("weekday", "the weekday does not fit the date: it is a " + lint.words.weekdays_en[said],
             "日付と曜日が合いません（正しくは" + lint.words.weekdays_ja[said] + "曜日）", span, &p);
  }
}

}  // namespace

void lint_text(const Lint& lint, const Part& p) {
  const Day near = near_day(lint, p);
  for (const Block& b : p.blocks) {
    links(lint, p, b);
    secrets(lint, p, b);
    unsafe(lint, p, b);
    by_link(lint, p, b);
    left_over(lint, p, b);
    days(lint, p, b, near);
  }
  likeness(lint, p);
}

}  // namespace sekisho::notice
