// Takes a plan and its rules, gives for each rule mails that it must find, as bytes that a server would deliver, and
// honest twins that no rule may find: the brand's own notice in the same words, the press and colleagues who quote it.
// Entry: make_samples. Words come from content/desk/defence/; hosts that no article names are documentation names.
#include <algorithm>

#include "base/base64.h"
#include "base/strings.h"
#include "desk/defence_parts.h"
#include "text/normalize.h"

namespace sekisho::desk {
namespace {

constexpr size_t kMostOfARule = 20, kMostBrandSamples = 4;
constexpr std::string_view kSomeHost = "mail.notice-center.example", kPressHost = "news.weekly.example",
                           kReader = "user@corp.example.jp";

struct Letter {
  std::string from_name, from, reply_to, subject, text, link, address = "203.0.113.77", return_path;
  std::vector<std::string> more_links;
  std::string authentication;
};

// RFC 2047: every text as encoded words of at most 42 bytes, so that nothing in it can begin a line of its own.
std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::string_view piece = utf8_prefix(text, 42);
    if (piece.empty()) piece = text.substr(0, 42);
    out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + encode_base64(piece) + "?=");
    text.remove_prefix(piece.size());
  }
  return out;
}

std::string body_lines(std::string_view text) {
  const std::string encoded = encode_base64(text);
  std::string out;
  for (size_t at = 0; at < encoded.size(); at += 76) out += encoded.substr(at, 76) + "\r\n";
  return out;
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

std::string bytes_of(const Letter& letter, size_t number) {
  const std::string from_host = letter.from.substr(letter.from.rfind('@') + 1);
  const std::string& bounce = letter.return_path.empty() ? letter.from : letter.return_path;
  std::string plain = letter.text + "\n", html = "<p>" + escape_html(letter.text) + "</p>\n";
  std::vector<std::string> links = letter.more_links;
  if (!letter.link.empty()) links.insert(links.begin(), letter.link);
  for (const std::string& link : links) {
    plain += link + "\n";
    html += "<p><a href=\"" + escape_html(link) + "\">&gt;&gt;</a></p>\n";
  }
  const std::string boundary = "=_sample_" + std::to_string(number);
  std::string out = "Return-Path: <" + bounce + ">\r\n";
  if (!letter.authentication.empty()) out += "Authentication-Results: " + letter.authentication + "\r\n";
  const bool v6 = letter.address.find(':') != std::string::npos;
  out += "Received: from " + from_host + " (" + from_host + " [" + (v6 ? "IPv6:" : "") + letter.address +
         "])\r\n by mx.corp.example.jp with ESMTPS id A" + std::to_string(1000 + number) +
         ";\r\n Mon, 05 Jan 2026 09:00:00 +0900\r\n";
  out += "Date: Mon, 05 Jan 2026 09:00:00 +0900\r\n";
  out +=
      "From: " + encoded_words(letter.from_name) + (letter.from_name.empty() ? "<" : "\r\n <") + letter.from + ">\r\n";
  if (!letter.reply_to.empty()) out += "Reply-To: <" + letter.reply_to + ">\r\n";
  out += "To: <" + std::string(kReader) + ">\r\nSubject: " + encoded_words(letter.subject) + "\r\n";
  out += "Message-ID: <sample." + std::to_string(number) + "@" + from_host + ">\r\nMIME-Version: 1.0\r\n";
  out += "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n";
  for (const auto& [type, text] : {std::pair<std::string_view, const std::string&>("plain", plain), {"html", html}})
    out += "--" + boundary + "\r\nContent-Type: text/" + std::string(type) +
           "; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body_lines(text);
  return out + "--" + boundary + "--\r\n";
}

std::string with(std::string text, std::string_view name, std::string_view value) {
  for (size_t at = 0; (at = text.find(name, at)) != std::string::npos; at += value.size())
    text.replace(at, name.size(), value);
  return text;
}

class Maker {
 public:
  Maker(const DefencePlan& plan, const std::vector<MadeRule>& rules, const DefenceContent& content,
        const scan::Content& packs)
      : plan_(plan), rules_(rules), content_(content), packs_(packs) {
    for (const auto& p : content.pretexts)
      if (std::ranges::find(plan.themes, p.theme) != plan.themes.end()) pretexts_.push_back(&p);
  }

  std::vector<DefenceSample> run() {
    for (const MadeRule& rule : rules_)
      if (rule.defence.kind == "yaral_mail") positives(rule);
    if (!plan_.empty) twins();
    return std::move(out_);
  }

 private:
  static std::string_view need(const MadeRule& rule) {
    return rule.from->needs.empty() ? std::string_view() : std::string_view(rule.from->needs[0]);
  }
  static bool needs(const MadeRule& rule, std::string_view what) {
    return std::ranges::find(rule.from->needs, what) != rule.from->needs.end();
  }

  // A name of the brand in a language; ambiguous names count only beside a word of the brand's world, as in true mail.
  std::string name_of(uint32_t index, std::string_view language) const {
    const brand::Brand& b = packs_.brands[index];
    if (language == "ja" && !b.names_ja.empty()) return b.names_ja[0];
    return !b.names.empty() ? b.names[0] : b.names_ja.empty() ? b.id : b.names_ja[0];
  }
  std::string context_of(uint32_t index) const {
    const brand::Brand& b = packs_.brands[index];
    return b.context.empty() ? "" : "\n" + b.context[0];
  }

  void put(const MadeRule& rule, const Letter& letter) {
    DefenceSample sample;
    sample.name = rule.from->id + "_" + std::to_string(out_.size()) + ".eml";
    sample.mail = bytes_of(letter, out_.size());
    sample.rules = {rule.defence.name};
    out_.push_back(std::move(sample));
  }

  Letter plain_letter() const {
    Letter out;
    out.from_name = "Customer Center";
    out.from = "notice@" + std::string(kSomeHost);
    out.subject = "Notice 4711";
    out.text = "Please see the page below.";
    out.link = "https://" + std::string(kSomeHost) + "/start";
    return out;
  }

  // In a brand's name, in the words of a theme's pretext.
  Letter letter_of(uint32_t brand, const DefenceContent::Said& said) const {
    Letter out = plain_letter();
    const std::string name = name_of(brand, said.language);
    out.from_name = name;
    out.subject = with(said.subject, "{brand}", name);
    out.text = with(said.text, "{brand}", name) + context_of(brand);
    return out;
  }

  // The letters by which a rule with a brand is tried: the first brands with each thing said, or with none.
  std::vector<Letter> branded() const {
    std::vector<Letter> out;
    // Brands in turn: where not all are tried, each is.
    const size_t brands = std::min(plan_.brands.size(), kMostBrandSamples);
    for (const auto* pretext : pretexts_)
      for (const auto& said : pretext->said)
        for (size_t i = 0; i < brands; ++i) out.push_back(letter_of(plan_.brands[i], said));
    if (out.empty())  // themes that are not played by mail
      for (size_t i = 0; i < plan_.brands.size() && i < kMostBrandSamples; ++i)
        out.push_back(letter_of(plan_.brands[i], {"en", "{brand}", "{brand}"}));
    return out;
  }

  void positives(const MadeRule& rule) {
    const std::string_view by = need(rule);
    const std::vector<Letter> letters = branded();
    // What is tried for each value: in a brand's name where the rule asks for one.
    const auto base = [&](size_t i) { return letters.empty() ? plain_letter() : letters[i % letters.size()]; };
    if (by == "brands" || by == "intents") {
      std::vector<Letter> some;
      for (const Letter& letter : letters)
        if (some.size() < kMostOfARule) some.push_back(letter);
      for (const Letter& letter : some) put(rule, letter);
      return;
    }
    if (by == "names") return named(rule);
    for (size_t i = 0; i < rule.part.size() && i < kMostOfARule; ++i) {
      const std::string& value = rule.part[i];
      Letter letter = needs(rule, "brands") ? base(i) : plain_letter();
      if (by == "hosts") {
        const bool v6 = value.find(':') != std::string::npos;
        letter.link = "https://" + (v6 && value[0] != '[' ? "[" + value + "]" : value) + "/account?id=7";
        put(rule, letter);
        if (net::is_ip(value)) continue;
        letter.link = "https://www." + value + "/";
        put(rule, letter);
        letter = plain_letter();
        letter.from = "info@" + value;
        letter.link.clear();
        put(rule, letter);
      } else if (by == "urls") {
        letter.link = "https://" + value + "?u=7";
        put(rule, letter);
      } else if (by == "senders") {
        letter.from = value;
        put(rule, letter);
        letter = plain_letter();
        letter.reply_to = value;
        put(rule, letter);
      } else if (by == "addresses") {
        letter.address = value;
        put(rule, letter);
      } else if (by == "subjects" || by == "long_subjects") {
        letter.subject = value;
        put(rule, letter);
      } else if (by == "masks" || by == "short_masks" || by == "masked_urls") {
        for (const Mask& m : plan_.masks)
          if (m.value == value) letter.link = "https://" + m.sample + (m.path.empty() ? "/" : "");
        put(rule, letter);
      } else if (by == "sha256") {
        attached(rule, value);
      }
    }
  }

  // Brands that no pack has: told by the display name.
  void named(const MadeRule& rule) {
    for (const std::string& name : rule.part)
      for (const auto* pretext : pretexts_)
        for (const auto& said : pretext->said) {
          Letter letter = plain_letter();
          letter.from_name = name;
          letter.subject = with(said.subject, "{brand}", name);
          letter.text = with(said.text, "{brand}", name);
          put(rule, letter);
        }
  }

  // No mail can be made whose attachment has a given digest: the event that it would give.
  void attached(const MadeRule& rule, const std::string& digest) {
    event::EventBuilder builder;
    builder.root().child("metadata").set_time("event_timestamp", 1767571200).set("event_type", "EMAIL_TRANSACTION");
    builder.fact("direction", "inbound");
    const event::Node noun = builder.root().add("about");
    noun.label("kind", "attachment");
    noun.child("file").set("sha256", digest).set("full_path", "sample.bin");
    DefenceSample sample;
    sample.name = rule.from->id + "_" + std::to_string(out_.size());
    sample.event = std::move(builder).seal();
    sample.rules = {rule.defence.name};
    out_.push_back(std::move(sample));
  }

  void twin(const std::string& id, const Letter& letter) {
    DefenceSample sample;
    sample.name = "honest_" + id + "_" + std::to_string(out_.size()) + ".eml";
    sample.mail = bytes_of(letter, out_.size());
    out_.push_back(std::move(sample));
  }

  void twins() {
    std::vector<std::string> subjects = plan_.subjects;
    subjects.resize(std::min<size_t>(subjects.size(), 4));
    for (const auto& honest : content_.honest) {
      std::string said_text, said_subject;
      for (const auto* pretext : pretexts_)
        for (const auto& said : pretext->said)
          if (said.language == honest.language) {
            if (said_subject.empty()) said_subject = said.subject;
            said_text += said.text + "\n";
          }
      if (subjects.empty()) subjects.push_back(said_subject);
      // Each brand and each subject once, not each with each: an advisory is judged while somebody waits.
      const size_t brands = std::min(plan_.brands.size(), kMostBrandSamples);
      for (size_t i = 0; i < std::max(brands, subjects.size()); ++i)
        honest_letter(honest, brands > 0 ? i % brands : 0, subjects[i % subjects.size()], said_subject, said_text);
    }
  }

  void honest_letter(const DefenceContent::Honest& honest, size_t brand, const std::string& lure,
                     const std::string& said_subject, const std::string& said_text) {
    Letter letter = plain_letter();
    std::string name = plan_.names.empty() ? "Example" : plan_.names[0], domain = "vendor.example";
    if (brand < plan_.brands.size()) {
      const uint32_t index = plan_.brands[brand];
      const brand::Brand& b = packs_.brands[index];
      name = name_of(index, honest.language);
      // A domain where anybody has a mailbox is no sign of the brand; one that owns nothing writes no mail.
      domain.clear();
      for (const auto* domains : {&b.senders, &b.owned})
        for (const std::string& d : *domains)
          if (domain.empty() && packs_.brands.sends_from(index, d) && !packs_.lists.free_mail.has(d)) domain = d;
      if (domain.empty()) return;
      letter.more_links = {"https://" + (b.owned.empty() ? domain : b.owned[0]) + "/help"};
    } else if (honest.sender == "brand") {
      return;
    }
    const auto filled = [&](const std::string& text) {
      return with(with(with(with(text, "{subject}", lure), "{said_subject}", said_subject), "{said}", said_text),
                  "{brand}", name);
    };
    letter.subject = filled(honest.subject);
    letter.text = filled(honest.text);
    letter.from_name = filled(honest.name);
    if (honest.sender == "brand") {
      letter.from = "no-reply@" + domain;
      letter.link = letter.more_links[0];
    } else if (honest.sender == "press") {
      letter.from = "editor@" + std::string(kPressHost);
      letter.link = "https://" + std::string(kPressHost) + "/2026/01/05.html";
    } else {
      letter.from = honest.sender == "colleague" ? "it-desk@corp.example.jp" : "a.miller@customer.example";
      letter.link.clear();
      letter.more_links.clear();
    }
    twin(honest.id, letter);
  }

  const DefencePlan& plan_;
  const std::vector<MadeRule>& rules_;
  const DefenceContent& content_;
  const scan::Content& packs_;
  std::vector<const DefenceContent::Pretext*> pretexts_;
  std::vector<DefenceSample> out_;
};

}  // namespace

std::vector<DefenceSample> make_samples(const DefencePlan& plan, const std::vector<MadeRule>& rules,
                                        const DefenceContent& content, const scan::Content& packs) {
  return Maker(plan, rules, content, packs).run();
}

std::vector<DefenceSample> make_samples(const Advisory& advisory, const DefenceContent& content,
                                        const scan::Content& packs, const scan::Settings& settings) {
  const DefencePlan plan = plan_defence(advisory, content, packs, settings);
  return make_samples(plan, make_rules(plan, content, packs), content, packs);
}

}  // namespace sekisho::desk
