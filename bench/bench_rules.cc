// Takes folders of rules, gives plans; changes their words; makes events from them. Entries: see bench_rules.h.
#include "bench_rules.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "base/files.h"
#include "rule_positives.h"
#include "sigma/sigma.h"
#include "yaral/yaral.h"

namespace sekisho::bench {
namespace {

using engine::Constant;
using engine::Op;

// The next letters of the alphabet in place of those that stand for themselves; what is not a letter stays.
std::string turned(std::string_view text, size_t by, bool pattern) {
  std::string out(text);
  bool in_class = false, changed = false;
  for (size_t i = 0; i < out.size(); ++i) {
    char& c = out[i];
    if (pattern && c == '\\') {
      if (i + 1 < out.size() && (out[i + 1] == 'x' || out[i + 1] == 'p')) i += 2;
      ++i;
    } else if (pattern && (c == '[' || c == ']')) {
      in_class = c == '[';
    } else if (pattern && c == '(' && i + 1 < out.size() && out[i + 1] == '?') {
      while (i + 1 < out.size() && out[i] != ')' && out[i] != ':' && out[i] != '>') ++i;
    } else if (!in_class && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
      const char base = c >= 'a' ? 'a' : 'A';
      c = static_cast<char>(base + (c - base + static_cast<int>(by)) % 26);
      changed = true;
    }
  }
  if (!changed && !pattern) out += std::to_string(by);
  return out;
}

}  // namespace

std::vector<engine::Rule> yaral_rules(const std::string& folder) {
  std::vector<engine::Rule> out;
  const auto files = text_files(folder, {".yaral"});
  if (!files) return out;
  for (const TextFile& file : *files)
    for (engine::Rule& rule : yaral::compile(file.text, file.name).rules) out.push_back(std::move(rule));
  return out;
}

std::vector<engine::Rule> sigma_rules(const std::string& folder) {
  static const std::set<std::string, std::less<>> kProducts = {"azure",    "aws",   "gcp", "m365",   "okta",
                                                               "onelogin", "cisco", "duo", "github", "bitbucket"};
  const auto files = text_files(folder, {".yml"});
  if (!files) return {};
  std::vector<sigma::Source> sources;
  for (const TextFile& file : *files) sources.push_back({file.text, file.name});
  std::vector<engine::Rule> rules = sigma::compile(sources).rules;
  std::erase_if(rules, [](const engine::Rule& rule) {
    return std::ranges::none_of(rule.logsources, [](const engine::LogSource& s) {
      const bool product = kProducts.contains(s.product) && (s.product != "cisco" || s.service == "duo");
      return product || s.category == "proxy";
    });
  });
  return rules;
}

std::vector<engine::Rule> synthetic_identity_rules(size_t n) {
  static constexpr const char* kTypes[] = {"user.session.start", "user.authentication.auth_via_mfa",
                                           "UserLoggedIn",       "Sign-in activity",
                                           "login_success",      "authentication",
                                           "ConsoleLogin",       "user.mfa.factor.deactivate",
                                           "Update user.",       "SetIamPolicy"};
  static constexpr const char* kProducts[] = {"Okta",         "Azure AD", "Office 365",     "login",
                                              "ONELOGIN_SSO", "DUO_AUTH", "AWS CloudTrail", "1Password"};
  std::vector<engine::Rule> out;
  for (size_t i = 0; i < n; ++i) {
    const std::string number = std::to_string(i), type = kTypes[i % std::size(kTypes)],
                      product = kProducts[i / 3 % std::size(kProducts)];
    std::string events =
        "    $e.metadata.product_event_type = \"" + type + "\"\n    $e.metadata.product_name = \"" + product + "\"\n";
    std::string match, condition = "$e";
    switch (i % 6) {
      case 0:
        events += "    $e.principal.user.userid = \"admin" + number + "@corp.example\"\n";
        break;
      case 1:
        events += "    re.regex($e.network.http.user_agent, `tool" + number + "/[0-9]+`) nocase\n";
        break;
      case 2:
        events += "    net.ip_in_range_cidr($e.principal.ip, \"198.51." + std::to_string(i % 256) +
                  ".0/24\")\n    $e.security_result.action = \"BLOCK\"\n";
        break;
      case 3:
        events += "    $e.security_result.action = \"BLOCK\"\n    strings.contains($e.principal.user.userid, \"team" +
                  number + "\")\n    $e.principal.user.userid = $user\n";
        match = "  match:\n    $user over 10m\n";
        condition = "#e > 5";
        break;
      case 4:
        events += "    $e.target.application = \"application " + number +
                  "\"\n    $e.principal.user.userid = $user\n    $e.principal.ip = $ip\n";
        match = "  match:\n    $user over 1h\n";
        condition = "#ip > 3";
        break;
      default:
        events += "    $e.target.application = \"application " + number +
                  "\"\n    $e.principal.user.userid = $user\n    $f.metadata.product_event_type = "
                  "\"user.mfa.factor.deactivate\"\n"
                  "    $f.target.user.userid = $user\n    $e.metadata.event_timestamp.seconds < "
                  "$f.metadata.event_timestamp.seconds\n";
        match = "  match:\n    $user over 30m\n";
        condition = "$e and $f";
    }
    const std::string text = "rule synthetic_identity_" + number +
                             " {\n  meta:\n    author = \"Sekisho\"\n  events:\n" + events + match +
                             "  outcome:\n    $risk_score = max(" + std::to_string(10 + i % 80) +
                             ")\n  condition:\n    " + condition + "\n}\n";
    yaral::CompiledFile file = yaral::compile(text, "synthetic_" + number + ".yaral");
    for (const Error& e : file.errors) std::fprintf(stderr, "%s\n", e.one_line().c_str());
    for (engine::Rule& rule : file.rules) out.push_back(std::move(rule));
  }
  return out;
}

std::vector<engine::Rule> runnable(std::vector<engine::Rule> rules, const engine::ReferenceLists& lists) {
  std::erase_if(rules, [&](const engine::Rule& rule) { return !engine::Engine::check({rule}, lists).empty(); });
  return rules;
}

std::vector<engine::Rule> multiplied(const std::vector<engine::Rule>& rules, size_t times) {
  std::vector<engine::Rule> out = rules;
  for (size_t copy = 1; copy < times; ++copy)
    for (const engine::Rule& rule : rules) {
      engine::Rule changed = rule;
      changed.name += "_copy" + std::to_string(copy);
      // Constants that are compared, contained and matched; not those that say how (formats, separators, addresses).
      std::vector<uint8_t> words(changed.exprs.size());
      for (const engine::Expr& e : changed.exprs) {
        const bool compared = e.op == Op::equal || e.op == Op::not_equal;
        const bool contained =
            e.op == Op::call && e.function->result == engine::Type::boolean && e.function->name.starts_with("strings.");
        if (compared || contained)
          for (const engine::ExprId a : e.args) words[a] = 1;
      }
      for (size_t i = 0; i < changed.exprs.size(); ++i) {
        engine::Expr& e = changed.exprs[i];
        auto* text = std::get_if<std::string>(&e.value);
        if (text == nullptr || text->empty()) continue;
        if (e.op == Op::match) *text = turned(*text, copy, true);
        if (e.op == Op::constant && words[i]) *text = turned(*text, copy, false);
      }
      out.push_back(std::move(changed));
    }
  return out;
}

std::vector<Sequence> sequences_for(const std::vector<engine::Rule>& rules, const engine::ReferenceLists& lists,
                                    std::vector<std::string>& context) {
  std::vector<Sequence> out;
  for (const engine::Rule& rule : rules) {
    const auto positive = tests::make_positive(rule, lists);
    if (!positive || positive->events.size() > 40) continue;
    Sequence sequence;
    for (const tests::MadeEvent& e : positive->events) {
      if (e.kind == engine::Variable::Kind::graph) context.push_back(e.json);
      else sequence.events.push_back({e.json, e.time});
    }
    out.push_back(std::move(sequence));
  }
  return out;
}

}  // namespace sekisho::bench
