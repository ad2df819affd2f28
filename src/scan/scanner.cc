// Takes one mail's bytes, gives its verdict. Entries: Scanner::scan, Scanner::read. Refuses nothing: what cannot be
// read is a verdict that says so.
#include "scan/scanner.h"

#include <charconv>
#include <set>

#include "base/log.h"
#include "base/sha256.h"
#include "scan/document.h"
#include "scan/score.h"
#include "scan/shown.h"

namespace sekisho::scan {
namespace {

constexpr size_t kMostEvidence = 6;  // pieces per rule that the record keeps

// Reads the labels of one about[] noun into a piece of evidence.
const event::Field& labels_field() {
  static const event::Field& labels = *event::Schema::get().message("Noun")->find("labels");
  return labels;
}

// Of which evidence_of() makes "lure.…".
bool is_phrase(const event::Message& noun) {
  const std::string_view kind = noun.label(labels_field(), "kind");
  return kind == "lure" || kind == "model";
}

Evidence evidence_of(const event::Message& noun) {
  const event::Field& labels = labels_field();
  const auto label = [&](std::string_view key) { return noun.label(labels, key); };
  Evidence out;
  out.what = label("kind");
  out.part = label("part");
  const std::string_view offset = label("offset");
  std::from_chars(offset.data(), offset.data() + offset.size(), out.offset);
  const std::string_view url = noun.get("url").as_text();
  if (out.what == "link") {
    out.text = url.empty() ? label("link.href") : url;
    if (const auto said = label("link.text"); !said.empty()) out.text = "\"" + std::string(said) + "\" → " + out.text;
    if (const auto readable = label("link.readable"); !readable.empty()) out.text += " (" + std::string(readable) + ")";
  } else if (out.what == "brand") {
    out.text = std::string(label("brand.id")) + " (" + std::string(label("brand.where")) + ")";
  } else if (out.what == "attachment") {
    if (const event::Message* file = noun.get("file").as_message()) out.text = file->get("full_path").as_text();
  } else if (out.what == "form") {
    out.text = !url.empty() ? std::string(url) : std::string(label("form.secret"));
  } else if (out.what == "message") {
    out.text = std::string(label("message.from")) + ": " + std::string(label("message.subject"));
  } else if (out.what == "image") {
    out.text = label("image.alt");
  } else if (out.what == "model") {
    out.what = "lure.model";
    out.text = label("model.phrase");
  } else if (out.what == "lure") {
    out.what = "lure." + std::string(label("lure.intent"));
    out.text = label("lure.phrase");
  }
  return out;
}

}  // namespace

struct Scanner::Scratch::Impl {
  engine::Scratch engine;
};

// Whether a rule reads the intent of a lure noun ("lure.vault_export"), by its id or by one of its aims.
bool Scanner::reads(const MailRule& rule, std::string_view what) const {
  for (const std::string& key : rule.facts) {
    if (key == what || key == "lure.hidden") return true;
    if (what == "lure.model" && key == "lure.model_odds") return true;
    if (!key.starts_with("aim.")) continue;
    for (const lure::Intent& intent : content_->lures.all())
      if (what.substr(5) == intent.id &&
          std::find(intent.aims.begin(), intent.aims.end(), key.substr(4)) != intent.aims.end())
        return true;
  }
  return false;
}

Scanner::Scratch::Scratch(const Scanner&) : impl_(std::make_unique<Impl>()) {}
Scanner::Scratch::~Scratch() = default;

Scanner::Scanner(Settings settings, std::unique_ptr<Content> content, const Clock& clock)
    : settings_(std::move(settings)), content_(std::move(content)), clock_(clock) {
  if (settings_.unwrap) pool_ = std::make_unique<unwrap::Pool>(static_cast<unsigned>(settings_.unwrap_workers));
}
Scanner::~Scanner() = default;

Result<event::Event> Scanner::read(const ScanInput& input) const {
  TRY_ASSIGN(mail, mail::read_message(input.bytes, settings_.limits));
  event::Origin origin{input.name, sha256_hex(input.bytes), input.bytes.size()};
  unwrap::Visit visit(pool_.get(), settings_.unwrap_bounds, static_cast<uint32_t>(settings_.unwrap_mail_milliseconds));
  return event_of(mail, input.envelope, std::move(origin), {input.bytes, input.resolver}, false,
                  pool_ ? &visit : nullptr);
}

Result<void> Scanner::features(const ScanInput& input, lure::Features& out) const {
  TRY_ASSIGN(mail, mail::read_message(input.bytes, settings_.limits));
  const text::Normalized subject = text::normalize(mail.subject), text = text::normalize(mail.text);
  lure::read_features({subject.text, text.text, shape_of(mail), delivered_to(mail, input.envelope)}, out);
  return {};
}

// Messages inside are judged first, by the same rules; their verdicts are facts of the outer one. The depth is bounded
// by Limits::nested_messages, which counts all of them.
event::Event Scanner::event_of(const mail::Message& mail, const Envelope& envelope, event::Origin origin,
                               const Verification& verification, bool inside, unwrap::Visit* visit) const {
  std::vector<std::string> nested;
  for (const mail::Message& m : mail.nested) {
    Scratch scratch(*this);
    const event::Event inner = event_of(m, {}, {origin.name, "", 0}, {}, true, visit);
    nested.emplace_back(to_string(verdict_of(inner, scratch).action));
  }
  return mail_event(settings_, *content_, mail, envelope, std::move(origin), clock_.now(), verification,
                    std::move(nested), inside, visit);
}

Verdict Scanner::scan(const ScanInput& input, Scratch& scratch) const {
  auto event = read(input);
  if (event) {
    Verdict verdict = verdict_of(*event, scratch);
    if (content_->memory && content_->memory->remembers()) remember(*event, verdict, input.envelope);
    return verdict;
  }
  Verdict out;
  out.name = input.name;
  out.size = input.bytes.size();
  out.error = event.error().one_line();
  out.content_digest = content_->digest;
  out.settings_digest = settings_.digest;
  return out;
}

// Met today: the Date of a mail is its sender's word, and an old one would make a new name old. The paths of accepted
// mails count as ordinary ones.
void Scanner::remember(const event::Event& event, const Verdict& verdict, const Envelope& envelope) const {
  const memory::Day today = memory::day_of(clock_.now());
  const std::string_view user = envelope.recipients.empty() ? std::string_view() : envelope.recipients[0];
  std::set<std::string_view> urls;
  for (const event::Value& noun : event.root().get("about").as_list()) {
    const std::string_view text = noun.as_message()->get("url").as_text();
    const std::string_view host = noun.as_message()->get("hostname").as_text();
    if (host.empty() || !urls.insert(text).second) continue;
    std::optional<net::Url> url;
    if (verdict.action == Action::accept)
      if (auto read = net::parse_url(text)) url = *std::move(read);
    if (const auto done = content_->memory->saw(host, url ? &*url : nullptr, today, user); !done)
      log::warning("memory.write", done.error().one_line());
  }
}

Verdict Scanner::verdict_of(const event::Event& event, Scratch& scratch) const {
  Verdict out;
  out.name = event.origin().name;
  out.sha256 = event.origin().sha256;
  out.size = event.origin().size;
  out.from = event.get("network.email.from").as_text();
  out.subject = event.get("network.email.subject").as_text();
  const auto fact = [&](std::string_view key) { return event.get("additional." + std::string(key)).as_text(); };
  out.direction = fact("direction");
  for (const std::string_view limit : split(fact("mail.limits"), ' '))
    if (!limit.empty()) out.limits.emplace_back(limit);
  out.content_digest = content_->digest;
  out.settings_digest = settings_.digest;

  // Phrases, which most rules that fire are asked about.
  std::vector<Evidence> phrases;
  for (const event::Value& noun : event.root().get("about").as_list())
    if (is_phrase(*noun.as_message())) phrases.push_back(evidence_of(*noun.as_message()));
  for (const engine::Detection& d : content_->engine->run(event, scratch.impl_->engine)) {
    const MailRule& rule = content_->rules[d.rule];
    if (rule.family.empty()) continue;  // not a mail rule: it says nothing about the score
    Fired fired;
    fired.rule = rule.name;
    fired.family = rule.family;
    fired.severity = rule.severity;
    fired.technique = rule.technique;
    fired.description = rule.description;
    fired.description_ja = rule.description_ja;
    for (const auto& [name, value] : d.outcomes) {
      if (name == "mail_weight") fired.value = fired.weight = value.as_real();
      else if (name == "floor") fired.floor = value.to_string();
      else fired.outcomes.emplace_back(name, value.to_string());
    }
    if (const auto points = content_->points.of.find(rule.name); points != content_->points.of.end())
      fired.weight = rule.computed ? fired.value * points->second : points->second;
    // Evidence: the nouns of the matching rows; else the phrases of the intents that the rule reads, and the facts
    // themselves.
    std::set<const event::Message*> seen;
    for (const auto& row : d.rows)
      for (const engine::Element& e : row)
        if (e.path == "about" && e.message && fired.evidence.size() < kMostEvidence && seen.insert(e.message).second)
          fired.evidence.push_back(evidence_of(*e.message));
    if (fired.evidence.empty() || rule.family == "lure") {
      for (const Evidence& e : phrases)
        if (fired.evidence.size() < kMostEvidence && reads(rule, e.what)) fired.evidence.push_back(e);
      for (const std::string& key : rule.facts)
        if (const auto value = fact(key); !value.empty() && !key.starts_with("lure.") && !key.starts_with("aim.") &&
                                          key != "direction" && key != "mail.text" &&
                                          fired.evidence.size() < kMostEvidence)
          fired.evidence.push_back({key, "", 0, std::string(value)});
    }
    out.rules.push_back(std::move(fired));
  }
  judge(settings_, content_->points.curve, out);
  mask_secrets(out);
  return out;
}

}  // namespace sekisho::scan
