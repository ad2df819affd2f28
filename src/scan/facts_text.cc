// Takes the texts of a mail, gives the mail.* facts and the lures. Entries: Facts::texts, Facts::lures.
#include <unordered_set>

#include "base/strings.h"
#include "scan/facts.h"
#include "text/charset.h"
#include "text/lookalikes.h"

namespace sekisho::scan {
namespace {

constexpr size_t kTextFact = 64 << 10;  // bytes of comparable text that rules may read
constexpr size_t kSample = 4 << 10;     // enough to tell the language
constexpr size_t kMostLureNouns = 60;

// Hashes of the words (runs of letters and digits; each non-ASCII pair of bytes counts as a word) of the first bytes of
// a text.
std::unordered_set<uint64_t> words_of(std::string_view s) {
  std::unordered_set<uint64_t> out;
  uint64_t hash = 0;
  for (const char c : s.substr(0, kSample)) {
    const char l = ascii_lower(c);
    if (is_alnum(l) || static_cast<unsigned char>(c) >= 0x80)
      hash = hash * 1099511628211ull + static_cast<unsigned char>(l) + 1;
    else if (hash) out.insert(hash), hash = 0;
  }
  return out;
}

// How many of the words of the shorter text stand in the other, percent; "" where one of them is empty.
std::string shared_words(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return {};  // most mails
  const auto x = words_of(a), y = words_of(b);
  if (x.empty() || y.empty()) return {};
  size_t shared = 0;
  for (const uint64_t w : x) shared += y.count(w);
  return std::to_string(shared * 100 / std::min(x.size(), y.size()));
}

size_t count_words(std::string_view s) {
  size_t words = 0, wide = 0;
  bool inside = false;
  for (const char c : s) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0xE3) ++wide;  // lead byte of kana, kanji, hangul
    const bool letter = is_alnum(c);
    words += letter && !inside;
    inside = letter;
  }
  return words + wide / 2;
}

bool has_styled_letters(std::string_view s) {
  for (size_t i = 0; i < s.size();) {
    if (static_cast<unsigned char>(s[i]) < 0xE2) ++i;
    else if (text::is_styled_letter(text::next_utf8(s, i))) return true;
  }
  return false;
}

}  // namespace

void Facts::texts() {
  const std::string_view shown = mail.text;
  event.fact("mail.text", utf8_prefix(text.text, kTextFact));
  event.fact("mail.text_bytes", shown.size());
  const double japanese = text::japanese_share(utf8_prefix(shown, kSample));
  event.fact("mail.text_language", japanese > 0.1 || text::japanese_share(mail.subject) > 0.3 ? "ja" : "other");
  event.fact("mail.words", std::to_string(count_words(text.text)));
  event.fact("mail.invisible_characters", static_cast<size_t>(text.inside_words + subject.inside_words));

  size_t hidden = 0, scripts = 0, forms = 0, handlers = 0;
  html::ScriptFindings signs;
  std::string refresh;
  uint32_t how = 0;
  for (const mail::Part& p : mail.parts) {
    if (!p.page || p.message_depth > 0 || p.kind != mail::PartKind::html) continue;
    scripts += p.page->scripts, handlers += p.page->event_handlers;
    signs.signs |= p.page->script.signs;
    if (refresh.empty()) refresh = p.page->meta_refresh;
    forms += p.page->forms.size();
    for (const html::Run& run : p.page->runs)
      if (run.hidden != html::Hidden::no) hidden += run.length, how |= 1u << static_cast<unsigned>(run.hidden);
  }
  std::string ways;
  for (unsigned h = 1; h <= static_cast<unsigned>(html::Hidden::off_screen); ++h)
    if (how & (1u << h)) ways += (ways.empty() ? "" : " ") + std::string(html::to_string(static_cast<html::Hidden>(h)));
  event.fact("mail.hidden_bytes", hidden);
  event.fact("mail.hidden_how", ways);
  if (hidden > 0) event.fact("mail.hidden_share", hidden * 100 / (hidden + shown.size()));
  event.fact("mail.alternatives_shared", shared_words(mail.text, mail.other_text));
  event.fact("mail.scripts", scripts);
  event.fact("mail.script_signs", signs.sign_names());
  event.fact("mail.script_handlers", handlers);
  event.fact("mail.refresh", utf8_prefix(refresh, 500));
  event.fact("mail.forms", forms);

  size_t images = 0, attachments = 0;
  bool encrypted = false, is_signed = false, charset_wrong = false;
  for (const mail::Part& p : mail.parts) {
    if (p.message_depth > 0) continue;
    images += p.kind == mail::PartKind::image ? 1 : 0;
    attachments += p.kind == mail::PartKind::attachment ? 1 : 0;
    if (p.page && p.kind == mail::PartKind::html) images += p.page->images.size();
    encrypted |= p.encrypted;
    is_signed |= p.signed_;
    charset_wrong |= p.charset_wrong && (p.kind == mail::PartKind::text || p.kind == mail::PartKind::html);
  }
  event.fact("mail.images", images);
  event.fact("mail.attachments", attachments);
  event.fact("mail.nested", mail.nested.size());
  event.fact("mail.encrypted", encrypted);
  event.fact("mail.signed", is_signed);
  event.fact("mail.charset_wrong", charset_wrong);
  event.fact("mail.truncated", mail.truncated);
  event.fact("mail.malformed_lines", static_cast<size_t>(mail.headers.malformed_lines));

  event.fact("mail.limits", joined(mail.limits_hit));
  event.fact("mail.duplicated_headers", joined(mail.duplicated_headers));
  std::vector<std::string> missing;
  if (mail.from.empty()) missing.push_back("from");
  if (!mail.date) missing.push_back("date");
  if (mail.message_id.empty()) missing.push_back("message-id");
  event.fact("mail.missing", joined(missing));

  event.fact("mail.list",
             mail.headers.first("list-id") != nullptr || mail.headers.first("list-unsubscribe") != nullptr);
  const mail::HeaderField* precedence = mail.headers.first("precedence");
  const std::string value = precedence ? ascii_lower(trim(precedence->value)) : "";
  event.fact("mail.bulk", value == "bulk" || value == "list" || mail.headers.first("feedback-id") != nullptr);
  const std::string_view s = subject.text;
  bool reply = false;
  for (const std::string_view prefix : {"re:", "fw:", "fwd:", "aw:", "sv:", "antw:", "res:", "tr:", "wg:"})
    reply |= s.starts_with(prefix);
  event.fact("mail.reply", reply);
  event.fact("mail.reply_unreferenced", reply && mail.references.empty() && mail.in_reply_to.empty());
}

void Facts::lures() {
  const lure::Lures& lures = content.lures;
  std::vector<size_t> all(lures.all().size()), in_subject(lures.all().size());
  size_t nouns = 0;
  // Evasion: invisible characters inside a phrase, letters of other alphabets, signs or gaps between its letters,
  // letters that are only styled as such.
  std::string hidden;
  const auto note_hidden = [&](const lure::Hit& hit, const text::Normalized& in, std::string_view source) {
    const auto evades = [&] {
      if (hit.disguised) return true;
      const uint32_t from = in.source_offset(hit.offset), to = in.source_offset(hit.offset + hit.length);
      if (to - from == hit.length) return false;  // what is left out or restyled takes more bytes
      const std::string_view said = source.substr(from, to - from);
      return has_styled_letters(said) || (in.inside_words > 0 && text::normalize(said).inside_words > 0);
    };
    const std::string& id = lures[hit.intent].id;
    if (evades() && (" " + hidden + " ").find(" " + id + " ") == std::string::npos)
      hidden += (hidden.empty() ? "" : " ") + id;
  };
  const auto note = [&](const lure::Hit& hit, std::string_view said, std::string_view part, size_t offset) {
    ++all[hit.intent];
    if (++nouns > kMostLureNouns) return;
    const event::Node noun = event.root().add("about");
    noun.label("kind", "lure").label("lure.intent", lures[hit.intent].id).label("part", part);
    noun.label("lure.phrase", utf8_prefix(said, 120)).label("offset", offset);
  };
  // What stands at a hit, as it was written.
  const auto source = [](const lure::Hit& hit, const text::Normalized& in, std::string_view written) {
    const uint32_t from = in.source_offset(hit.offset);
    return written.substr(from, in.source_offset(hit.offset + hit.length) - from);
  };
  for (const lure::Hit& hit : lures.find(subject.text)) {
    ++in_subject[hit.intent];
    note(hit, source(hit, subject, mail.subject), "subject", subject.source_offset(hit.offset));
    note_hidden(hit, subject, mail.subject);
  }
  for (const lure::Hit& hit : lures.find(text.text)) {
    const Place at = place(hit.offset);
    note(hit, source(hit, text, mail.text), at.part, at.offset);
    note_hidden(hit, text, mail.text);
  }
  // What we take for hidden may be seen after all (style sheets have more ways than we read), so what it wants counts
  // too; what it says to reassure does not.
  const text::Normalized unseen = text::normalize(mail.hidden_text);
  for (const lure::Hit& hit : lures.find(unseen.text))
    if (!lures[hit.intent].aims.empty()) note(hit, source(hit, unseen, mail.hidden_text), "", 0);
  // Alt texts are what a reader of an image-only mail is told.
  for (const Said& said : said_elsewhere)
    for (const lure::Hit& hit : lures.find(said.text))
      note(hit, std::string_view(said.text).substr(hit.offset, hit.length), said.part, said.offset);

  for (const lure::Hit& hit : lures.find(display_name.text)) event.fact("lure_name." + lures[hit.intent].id, size_t{1});

  std::string intents;
  std::map<std::string, size_t> aims;
  for (uint32_t i = 0; i < all.size(); ++i) {
    if (all[i] == 0) continue;
    const lure::Intent& intent = lures[i];
    event.fact("lure." + intent.id, all[i]);
    event.fact("lure_subject." + intent.id, in_subject[i]);
    intents += (intents.empty() ? "" : " ") + intent.id;
    for (const std::string& aim : intent.aims) aims[aim] += all[i];
  }
  event.fact("lure.intents", intents);
  for (const auto& [aim, count] : aims) event.fact("aim." + aim, count);
  event.fact("lure.hidden", hidden);
}

}  // namespace sekisho::scan
