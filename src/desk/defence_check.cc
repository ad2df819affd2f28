// Takes the files made for an advisory, gives the verdict on each: does it compile, does it find what was made for it,
// is it silent on honest mail. Entries: check_defences, read_honest. All mail rules run in one engine, once over all
// mails; rules for logs run on the events that stand beside their template.
#include <algorithm>
#include <map>
#include <mutex>

#include "desk/defence_parts.h"
#include "desk/hunt_mails.h"
#include "engine/correlate.h"
#include "event/json_line.h"
#include "scan/mail_rules.h"
#include "scan/rule_tests.h"
#include "sigma/sigma.h"
#include "yaral/yaral.h"

namespace sekisho::desk {
namespace {

std::string told(const std::vector<Error>& errors) {
  return errors.empty() ? "" : "does not compile: " + errors[0].one_line();
}

class Checker {
 public:
  Checker(std::vector<Defence>& defences, const DefencePlan& plan, const DefenceContent& content,
          const scan::Scanner& scanner)
      : defences_(defences),
        plan_(plan),
        content_(content),
        scanner_(scanner),
        made_(make_rules(plan, content, scanner.content())) {}

  void run(const HonestMail& honest) {
    std::vector<engine::Rule> mail_rules;
    std::vector<Defence*> of_rule;
    for (Defence& d : defences_) {
      d.accepted = false;
      d.refused.clear();
      d.positives = d.positives_hit = d.benign = d.benign_hit = 0;
      if (d.kind == "list" || d.kind == "watch") {
        d.accepted = true;
        continue;
      }
      std::vector<engine::Rule> rules = compile(d);
      if (!d.refused.empty()) continue;
      if (d.kind != "yaral_mail") {
        log_tests(d, std::move(rules));
        continue;
      }
      for (engine::Rule& r : rules) {
        mail_rules.push_back(std::move(r));
        of_rule.push_back(&d);
      }
    }
    mails(std::move(mail_rules), of_rule, honest);
    for (Defence& d : defences_) judge(d);
  }

 private:
  std::vector<engine::Rule> compile(Defence& d) const {
    const Limits& limits = scanner_.settings().limits;
    std::vector<Error> errors, warnings;
    std::vector<engine::Rule> rules;
    if (d.kind == "sigma") {
      auto compiled = sigma::compile(d.text, d.path, {}, limits);
      rules = std::move(compiled.rules);
      errors = std::move(compiled.errors);
    } else {
      auto compiled = yaral::compile(d.text, d.path, limits);
      rules = std::move(compiled.rules);
      errors = std::move(compiled.errors);
      for (const engine::Rule& r : rules) {
        if (r.name != d.name && errors.empty())
          errors.push_back({"desk.defence", "the rule is not called " + d.name, d.path, r.span, {}, {}});
        if (d.kind == "yaral_mail") scan::check_mail_rule(r, scanner_.settings(), errors, warnings);
      }
    }
    if (errors.empty() && rules.size() != 1)
      errors.push_back({"desk.defence", "the file does not hold exactly one rule", d.path, {}, {}, {}});
    if (errors.empty()) errors = engine::Engine::check(rules);
    d.refused = told(errors);
    return rules;
  }

  const MadeRule* made(const Defence& d) const {
    const auto it = std::ranges::find_if(made_, [&](const MadeRule& m) { return m.defence.name == d.name; });
    return it == made_.end() ? nullptr : &*it;
  }

  // tests: those that fire are positives, those that stay silent the honest neighbours.
  void log_tests(Defence& d, std::vector<engine::Rule> rules) const {
    const MadeRule* from = made(d);
    if (!from) {
      d.refused = "no template has made this rule";
      return;
    }
    std::vector<Error> errors;
    const std::vector<scan::RuleTest> tests = scan::read_rule_tests(from->tests, d.path, errors);
    if (!errors.empty()) {
      d.refused = "its tests cannot be read: " + errors[0].one_line();
      return;
    }
    engine::EngineOptions options;
    options.limits = scanner_.settings().limits;
    const auto engine = engine::Engine::build(std::move(rules), {}, options);
    if (!engine) {
      d.refused = told({engine.error()});
      return;
    }
    engine::Scratch scratch;
    for (const scan::RuleTest& test : tests) {
      const bool fired = fires(*engine, test, d.kind == "sigma", scratch);
      ++(test.fires ? d.positives : d.benign);
      if (fired) ++(test.fires ? d.positives_hit : d.benign_hit);
    }
  }

  static bool fires(const engine::Engine& engine, const scan::RuleTest& test, bool raw, engine::Scratch& scratch) {
    bool fired = false;
    constexpr int64_t kAnyOrder = 3650 * int64_t{86'400};
    engine::CorrelatorOptions options;
    options.lateness_seconds = kAnyOrder;
    engine::Correlator correlator(engine, options, [&](engine::Detection&&) { fired = true; });
    for (const event::Event& e : test.context) correlator.context(e);
    engine::Matched matched;
    event::JsonLine json;
    uint32_t line = 0;
    for (const scan::RuleTest::Step& step : test.events) {
      const engine::EventRef ref{0, 0, ++line, line};
      const std::string bytes = step.json + "#" + std::to_string(line);  // equal events are two events
      if (step.event) engine.match(*step.event, bytes, ref, scratch, matched);
      else if (const auto value = json.parse(step.json, false))
        engine.match(*value, raw ? engine::Reading::raw : engine::Reading::udm, bytes, ref, scratch, matched);
    }
    correlator.add(std::move(matched));
    correlator.finish();
    return fired;
  }

  void mails(std::vector<engine::Rule> rules, const std::vector<Defence*>& of_rule, const HonestMail& honest) const {
    if (rules.empty()) return;
    const auto engine = engine::Engine::build(std::move(rules), {}, scanner_.settings().limits);
    if (!engine) {
      for (Defence* d : of_rule) d->refused = told({engine.error()});
      return;
    }
    engine::Scratch scratch;
    const auto hits = [&](const event::Event& event) {
      std::vector<Defence*> out;
      for (const engine::Detection& found : engine->run(event, scratch)) out.push_back(of_rule[found.rule]);
      return out;
    };
    const auto honest_one = [&](const std::string& name, const event::Event& event) {
      const auto found = hits(event);
      for (Defence* d : of_rule) ++d->benign;
      for (Defence* d : found)
        if (d->benign_hit++ == 0) d->refused = "finds honest mail: " + name;
    };
    for (DefenceSample& sample : desk::make_samples(plan_, made_, content_, scanner_.content())) {
      auto event = read(sample);
      if (!event) continue;
      if (sample.rules.empty()) {
        honest_one(sample.name, *event);
        continue;
      }
      const auto found = hits(*event);
      for (Defence* d : of_rule) {
        if (std::ranges::find(sample.rules, d->name) == sample.rules.end()) continue;
        ++d->positives;
        if (std::ranges::find(found, d) != found.end()) ++d->positives_hit;
        else if (d->refused.empty()) d->refused = "misses a sample made for it: " + sample.name;
      }
    }
    for (const HonestMail::Item& item : honest.items) honest_one(item.name, item.event);
  }

  Result<event::Event> read(DefenceSample& sample) const {
    if (sample.event) return std::move(*sample.event);
    return scanner_.read({.bytes = sample.mail, .name = sample.name, .envelope = {}, .resolver = nullptr});
  }

  static void judge(Defence& d) {
    if (d.kind == "list" || d.kind == "watch" || !d.refused.empty()) return;
    if (d.positives == 0) d.refused = "no sample could be made for it";
    else if (d.positives_hit < d.positives)
      d.refused = "finds " + std::to_string(d.positives_hit) + " of " + std::to_string(d.positives) + " samples";
    else if (d.benign_hit > 0) d.refused = "finds honest events";
    else d.accepted = true;
  }

  std::vector<Defence>& defences_;
  const DefencePlan& plan_;
  const DefenceContent& content_;
  const scan::Scanner& scanner_;
  const std::vector<MadeRule> made_;
};

}  // namespace

HonestMail read_honest(const std::vector<std::string>& paths, const scan::Scanner& scanner, size_t most,
                       unsigned threads) {
  HonestMail out;
  std::mutex mutex;
  std::map<uint64_t, HonestMail::Item> kept;
  out.unread = each_event(paths, scanner, threads, [&](unsigned, const ReadMail& mail) {
    if (mail.number >= most) return;
    const std::lock_guard lock(mutex);
    kept.emplace(mail.number, HonestMail::Item{mail.name, std::move(mail.event)});
  });
  for (auto& [number, item] : kept) out.items.push_back(std::move(item));
  return out;
}

void check_defences(std::vector<Defence>& defences, const Advisory& advisory, const DefenceContent& content,
                    const scan::Scanner& scanner, const HonestMail& honest) {
  const DefencePlan plan = plan_defence(advisory, content, scanner.content(), scanner.settings());
  Checker(defences, plan, content, scanner).run(honest);
}

}  // namespace sekisho::desk
