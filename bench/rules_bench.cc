// What the rules of a mail cost: about 60 rules of the mail pack's shape on a typical mail and on a big one, then with
// 1,000 synthetic rules added. Prints "name  value unit" lines; the ratio is for a whole message, of which everything
// but the rules is taken to cost kMessage.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "engine/engine.h"

namespace {

using namespace sekisho;
using namespace sekisho::engine;
using event::EventBuilder;
using event::Node;

constexpr double kMessage = 400;  // microseconds

Slot slot(const char* path, Quantifier q = Quantifier::each) {
  auto s = resolve(path, q);
  if (!s) {
    std::fprintf(stderr, "%s\n", s.error().one_line().c_str());
    std::exit(2);
  }
  return *std::move(s);
}

struct Maker {
  Rule rule;
  std::vector<ExprId> all;
  explicit Maker(std::string name) {
    rule.name = std::move(name);
    rule.variable("e");
    const Slot type = slot("metadata.event_type");
    all.push_back(
        rule.compare(Op::equal, rule.slot(type), rule.constant(type.enumeration->find("EMAIL_TRANSACTION")->number)));
  }
  ExprId field(const char* path) { return rule.slot(slot(path)); }
  ExprId text(std::string s) { return rule.constant(std::move(s)); }
  Maker& is(const char* path, const char* value) {
    all.push_back(rule.compare(Op::equal, field(path), text(value)));
    return *this;
  }
  Maker& present(const char* path) {
    all.push_back(rule.compare(Op::not_equal, field(path), text("")));
    return *this;
  }
  Maker& differ(const char* a, const char* b) {
    all.push_back(rule.compare(Op::not_equal, field(a), field(b)));
    return *this;
  }
  Maker& regex(const char* path, std::string pattern) {
    all.push_back(rule.matches(field(path), std::move(pattern)));
    return *this;
  }
  Maker& contains(const char* path, std::string what) {
    all.push_back(rule.call(*find_function("strings.contains"), {field(path), text(std::move(what))}));
    return *this;
  }
  Rule done() {
    rule.where = rule.all_of(all);
    rule.outcome("mail_weight", rule.constant(int64_t{25}));
    rule.outcome("urls", rule.aggregate(Aggregate::array_distinct, field("about.url")));
    rule.outcome("texts", rule.aggregate(Aggregate::array_distinct, field("about.labels[\"link.text\"]")));
    rule.condition = rule.exists(0);
    return std::move(rule);
  }
};

const char* const kIntents[] = {"master_password", "vault_backup", "maintenance", "password_reset",
                                "mfa_reset",       "deadline",     "quota",       "invoice"};
const char* const kFlags[] = {"link.text_other",     "link.address",
                              "link.shortener",      "link.credentials",
                              "link.recipient",      "link.punycode",
                              "link.mixed_script",   "link.port",
                              "link.hidden",         "link.image_only",
                              "form.password",       "image.remote",
                              "attachment.risky",    "attachment.double_extension",
                              "attachment.mismatch", "attachment.html",
                              "attachment.password", "attachment.script"};
const char* const kFacts[] = {"identity.reply_to_other",
                              "identity.return_path_other",
                              "identity.message_id_other",
                              "identity.free_mail",
                              "identity.display_own",
                              "identity.display_invisible",
                              "identity.undisclosed",
                              "mail.image_only",
                              "mail.reply_unreferenced",
                              "mail.charset_wrong",
                              "mail.encrypted",
                              "auth.forged"};

std::vector<Rule> mail_rules() {
  std::vector<Rule> out;
  for (const char* intent : kIntents) {
    const std::string fact = "additional.fields[\"lure." + std::string(intent) + "\"]";
    out.push_back(Maker(std::string("lure_") + intent).present(fact.c_str()).done());
    out.push_back(Maker(std::string("lure_brand_") + intent)
                      .present(fact.c_str())
                      .is("about.labels[\"kind\"]", "link")
                      .present("about.labels[\"link.text_brand\"]")
                      .differ("about.labels[\"link.text_brand\"]", "about.labels[\"link.owner\"]")
                      .done());
  }
  for (const char* flag : kFlags) {
    const std::string label = "about.labels[\"" + std::string(flag) + "\"]";
    out.push_back(Maker(flag).is(label.c_str(), "true").done());
  }
  for (const char* fact : kFacts) {
    const std::string field = "additional.fields[\"" + std::string(fact) + "\"]";
    out.push_back(Maker(fact).is(field.c_str(), "true").is("additional.fields[\"direction\"]", "inbound").done());
  }
  const char* const kWords[] = {
      "(?s)verify your (account|identity)", "(?s)within (24|48) hours", "(?s)アカウント.{0,20}停止",
      "(?s)パスワード.{0,30}有効期限",      "(?s)click (here|below)",   "(?s)unusual sign.?in"};
  for (const char* w : kWords) out.push_back(Maker(w).regex("additional.fields[\"mail.text\"]", w).done());
  const char* const kSubjects[] = {"(?i)urgent", "(?i)action required", "(?i)security alert", "重要"};
  for (const char* s : kSubjects) out.push_back(Maker(s).regex("network.email.subject", s).done());
  out.push_back(Maker("lookalike")
                    .present("about.labels[\"link.lookalike\"]")
                    .is("about.labels[\"link.lookalike_how\"]", "skeleton")
                    .done());
  out.push_back(Maker("risky_tld")
                    .present("about.labels[\"link.risky_tld\"]")
                    .present("about.labels[\"link.text_brand\"]")
                    .done());
  out.push_back(Maker("dmarc").is("additional.fields[\"auth.dmarc\"]", "fail").done());
  out.push_back(Maker("brand")
                    .is("about.labels[\"brand.strength\"]", "strong")
                    .is("about.labels[\"brand.where\"]", "display_name")
                    .done());
  return out;
}

uint32_t state = 12345;
uint32_t next() { return state = state * 1664525u + 1013904223u; }
std::string word() {
  static const char* const kParts[] = {"ka", "ro",    "mi",   "ten", "sa",  "po",  "lu",  "ver",
                                       "ac", "count", "pass", "re",  "set", "ing", "dom", "shi"};
  std::string out;
  for (int n = 2 + static_cast<int>(next() >> 16) % 3; n > 0; --n) out += kParts[(next() >> 16) % 16];
  return out;
}

std::vector<Rule> synthetic_rules(size_t n) {
  std::vector<Rule> out;
  static const char* const kLabels[] = {"link.owner", "link.text_brand", "link.lookalike", "link.redirect_to",
                                        "attachment.extension"};
  for (size_t i = 0; i < n; ++i) {
    Maker m("synthetic_" + std::to_string(i));
    const std::string tag = word() + std::to_string(i % 97);
    const std::string label = std::string("about.labels[\"") + kLabels[i % 5] + "\"]";
    switch (i % 5) {
      case 0:
        m.regex("network.email.subject", "(?i)" + word() + ".*" + tag);
        break;
      case 1:
        m.contains("additional.fields[\"mail.text\"]", word() + " " + tag);
        break;
      case 2:
        m.regex("additional.fields[\"mail.text\"]", "(?s)" + word() + "[a-z ]{1,20}" + tag + "|" + tag + word());
        break;
      case 3:
        m.is(label.c_str(), tag.c_str()).is("about.labels[\"kind\"]", "link");
        break;
      default:
        m.contains("network.email.subject", tag);
        break;
    }
    out.push_back(m.done());
  }
  return out;
}

event::Event mail(size_t nouns, size_t text_bytes) {
  EventBuilder b;
  const Node root = b.root();
  root.child("metadata")
      .set("event_type", "EMAIL_TRANSACTION")
      .set("product_name", "Sekisho")
      .set_time("event_timestamp", 1760000000);
  root.child("principal").append("ip", "192.0.2.7").set("hostname", "mx.example.net");
  root.child("network")
      .child("email")
      .set("from", "news@shop.example")
      .append("to", "me@own.example")
      .append("subject", "Your weekly offers, and a new account page");
  for (size_t i = 0; i < nouns; ++i) {
    const Node about = root.add("about");
    const std::string url = "https://www.shop.example/products/" + word() + "?id=" + std::to_string(i);
    about.set("url", std::string_view(url)).label("kind", "link").label("part", "1.2").label("offset", i * 200 + 1);
    about.label("link.where", "html")
        .label("link.text", std::string_view(word()))
        .label("link.owner", "shop")
        .label("link.scheme", "https");
    about.label("link.sender_domain", true).label("link.tracker", "click.example");
    if (i % 7 == 0) about.label("link.text_brand", "shop");
    if (i % 9 == 0) about.label("link.image_only", true);
  }
  std::string text;
  while (text.size() < text_bytes) text += word() + ' ';
  b.fact("mail.text", std::string_view(text));
  b.fact("direction", "inbound");
  b.fact("mail.links", nouns);
  b.fact("auth.dmarc", "pass");
  b.fact("auth.known", true);
  b.fact("identity.from_domain", "shop.example");
  b.fact("lure.deadline", size_t{1});
  b.fact("lure.intents", "deadline");
  return std::move(b).seal();
}

// The fastest of several batches: the machine is shared.
double microseconds(const Engine& engine, const event::Event& event, Scratch& scratch, size_t* found = nullptr) {
  double best = 1e9;
  for (int batch = 0; batch < 30; ++batch) {
    constexpr int kRuns = 50;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kRuns; ++i) {
      const auto detections = engine.run(event, scratch);
      if (found) *found = detections.size();
    }
    best = std::min(
        best, std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count() / kRuns);
  }
  return best;
}

}  // namespace

int main() {
  const event::Event typical = mail(20, 4000), big = mail(2000, 64000);
  std::vector<Rule> rules = mail_rules();
  const size_t base = rules.size();
  auto engine = Engine::build(rules);
  const std::vector<Rule> more = synthetic_rules(1000);
  rules.insert(rules.end(), more.begin(), more.end());
  const auto start = std::chrono::steady_clock::now();
  auto larger = Engine::build(rules);
  const double built = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  if (!engine || !larger) {
    std::fprintf(stderr, "%s\n", (engine ? larger.error() : engine.error()).one_line().c_str());
    return 2;
  }
  Scratch scratch;
  size_t found = 0, found_more = 0;
  const double few = microseconds(*engine, typical, scratch, &found);
  const size_t tried = scratch.statistics().rules_tried;
  const double many = microseconds(*larger, typical, scratch, &found_more);
  const RunStatistics statistics = scratch.statistics();
  const double few_big = microseconds(*engine, big, scratch), many_big = microseconds(*larger, big, scratch);
  std::printf("rules/typical_mail  %.1f us\n", few);
  std::printf("rules/typical_mail_plus_1000  %.1f us\n", many);
  std::printf("rules/extra_rule  %.3f us\n", (many - few) / 1000);
  std::printf("rules/plus_1000  %.3f ratio\n", (kMessage + many) / (kMessage + few));
  std::printf("rules/big_mail  %.1f us\n", few_big);
  std::printf("rules/big_mail_plus_1000  %.1f us\n", many_big);
  std::printf("rules/build_1000  %.1f ms\n", built);
  std::printf(
      "rules/tried  %zu/%zu\nrules/tried_plus_1000  %zu/%zu\nrules/patterns_run  %zu patterns\nrules/found  %zu/%zu\n",
      tried, base, statistics.rules_tried, rules.size(), statistics.patterns_run, found, found_more);
  std::fprintf(stderr, "%s\n%s\n", engine->describe().c_str(), larger->describe().c_str());
}
