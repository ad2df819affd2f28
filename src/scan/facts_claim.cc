// Takes the names under which a mail speaks (display name, imprint), gives whether anything in it stands behind them: a
// domain of the sender, of a link, or the local part. Knows no brand: what no pack has is seen as well.
// Entry: Facts::claims (after links).
#include "net/host.h"
#include "scan/facts.h"
#include "text/shapes.h"

namespace sekisho::scan {
namespace {

constexpr size_t kShortestWord = 3, kShortestLabel = 4, kMostWords = 8, kImprint = 60, kReadForName = 32 << 10;
constexpr size_t kOtherScript = 12;  // bytes of a name in a script without Latin letters: four kanji or kana

// "e.iheart-mail.com" → "eiheartmailcom"
std::string squeezed(std::string_view host) {
  std::string out;
  for (const char c : host)
    if (is_alnum(c)) out += ascii_lower(c);
  return out;
}

struct Name {
  std::vector<std::string_view> telling;  // words that are neither everyday words nor those that lures add
  std::string whole, initials;            // all of its letters; the first of each word
  std::string_view other;                 // the longest run of letters that are not ASCII
};

Name read_name(std::string_view said, const brand::Judge& judge) {
  Name out;
  for (size_t i = 0, words = 0; i < said.size() && words < kMostWords;) {
    const size_t from = i;
    if (is_alnum(said[i])) {
      bool digits = true;
      for (; i < said.size() && is_alnum(said[i]); ++i) digits &= is_digit(said[i]);
      const std::string_view word = said.substr(from, i - from);
      ++words, out.whole += word, out.initials += word[0];
      if (word.size() >= kShortestWord && !digits && !judge.is_common(word) && !judge.is_lure(word))
        out.telling.push_back(word);
    } else if (static_cast<unsigned char>(said[i]) >= 0x80) {
      while (i < said.size() && static_cast<unsigned char>(said[i]) >= 0x80) ++i;
      if (i - from > out.other.size()) out.other = said.substr(from, i - from);
    } else {
      ++i;
    }
  }
  return out;
}

// A word of the name, the initials of all of it, or a label that is part of it. `owned`: a host without its public
// suffix, or a local part: what anybody shares tells nothing.
bool stands_in(const Name& name, std::string_view owned, const brand::Judge& judge) {
  if (owned.empty()) return false;
  const std::string letters = squeezed(owned);
  const auto labels = split(owned, '.');
  for (const std::string_view word : name.telling)
    if (word.size() > kShortestWord ? letters.find(word) != std::string::npos
                                    : std::ranges::find(labels, word) != labels.end())
      return true;
  for (const std::string_view label : labels) {
    if (name.initials.size() >= kShortestWord && label == name.initials) return true;
    if (label.size() >= kShortestLabel && !judge.is_common(label) && !judge.is_lure(label) &&
        name.whole.find(label) != std::string::npos)
      return true;
  }
  return false;
}

}  // namespace

void Facts::claims() {
  // What its owner chose of a host: all before the public suffix.
  const auto owned = [&](std::string_view host) {
    const std::string_view suffix = content.suffixes->suffix(host);
    host.remove_suffix(std::min(host.size(), suffix.size()));
    return host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
  };
  const brand::Judge& judge = *content.judge;
  // Only domains that mail comes from or leads to. Sender, Reply-To and the domain of a signature that nobody verified
  // are anybody's to write.
  const auto backed = [&](const Name& name) -> std::string_view {
    if (name.telling.empty()) return "unreadable";
    if (stands_in(name, owned(from_registrable), judge)) return "from";
    for (const LinkHost& link : link_hosts)
      if (stands_in(name, owned(link.host), judge)) return "link";
    if (!mail.from.empty() && stands_in(name, squeezed(mail.from[0].local), judge)) return "address";
    return "nothing";
  };

  if (!display_name.text.empty()) {
    const Name name = read_name(display_name.text, judge);
    const std::string_view shown = utf8_prefix(text.text, kReadForName);
    bool said = false;
    for (const std::string_view word : name.telling)
      said |= text::has_word(shown, word) || text::has_word(subject.text, word);
    if (name.telling.empty() && name.other.size() >= kOtherScript) {
      const std::string_view start = utf8_prefix(name.other, kOtherScript);
      said = shown.find(start) != std::string_view::npos || subject.text.find(start) != std::string::npos;
    }
    if (!name.telling.empty() || name.other.size() >= kOtherScript) {
      const std::string_view by = backed(name);
      under_own_name = (by == "from") && !from_lookalike;
      event.fact("claim.display_backed", by);
      event.fact("claim.display_said", said);
    }
  }

  // "© 2026 Example Ltd": the last one, which is the imprint of the mail itself.
  if (const size_t at = text.text.rfind("©"); at != std::string::npos) {
    const std::string_view line = utf8_prefix(std::string_view(text.text).substr(at + 2), kImprint);
    const Name name = read_name(line.substr(0, line.find_first_of("\n|.")), judge);
    if (!name.telling.empty()) event.fact("claim.imprint_backed", backed(name));
  }
}

}  // namespace sekisho::scan
