// sekisho attack: takes sentences and gives the ATT&CK techniques that they speak of (suggest); takes ATT&CK's data and
// labelled sentences and gives the model with its card (train) or figures (eval). Refuses data of another form.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>

#include "attack/attack.h"
#include "attack/measure.h"
#include "base/bundle.h"
#include "base/files.h"
#include "base/json.h"
#include "base/strings.h"
#include "cli/attack_data.h"
#include "cli/cli.h"
#include "scan/statistics.h"

namespace sekisho::cli {
namespace {

constexpr size_t kMostText = 16u << 20;
constexpr std::string_view kModelPath = "models/attack.model";

std::string figure_line(const attack::Figure& f) {
  const scan::Interval i = scan::exact_interval(f.right, f.total);
  return fmt::format("{}  {}/{}  {:.4f}  [{:.4f}, {:.4f}]\n", f.name, f.right, f.total,
                     static_cast<double>(f.right) / static_cast<double>(f.total), i.low, i.high);
}

Result<attack::Corpus> corpus_of(const AttackOptions& o) {
  return read_attack_corpus({o.techniques, o.revoked, o.procedures, o.tram, o.sentences, o.version});
}

std::string card(const attack::Corpus& corpus, const attack::Measured& measured, const attack::Parts& parts,
                 size_t bytes) {
  std::map<attack::Set, size_t> sets;
  for (const attack::Corpus::Sentence& s : corpus.sentences) ++sets[s.set];
  std::string out = "# Model of ATT&CK techniques\n\n";
  out += fmt::format(
      "Suggests techniques for one sentence, English or Japanese: a linear model of {} features (hashed words, pairs "
      "of "
      "words, runs of Japanese characters, and words of one meaning) and {} weights over the {} techniques of "
      "ATT&CK "
      "{} that are in force; {} revoked ids lead to them ({} bytes). No sentence that it learned from is in it. "
      "Written "
      "by `sekisho attack train`; how it works: docs/attack.md.\n\n",
      parts.table.hashes.size(), parts.table.weight.size(), parts.techniques.size(), parts.version,
      parts.revoked.size(), bytes);
  out += "## Learned from\n\n| sentences | what | licence |\n|---|---|---|\n";
  const std::string attack_terms =
      "MITRE ATT&CK terms of use: © The MITRE Corporation. This work is reproduced and distributed with the permission "
      "of The MITRE Corporation.";
  const auto row = [&](size_t n, std::string_view what, std::string_view licence) {
    out += fmt::format("| {} | {} | {} |\n", n, what, licence);
  };
  using attack::Set;
  row(sets[Set::description], "names and descriptions of ATT&CK techniques", attack_terms);
  row(sets[Set::procedure], "procedure examples of ATT&CK, the name at their beginning left out", attack_terms);
  row(sets[Set::report], "TRAM: sentences of reports, labelled by the Center for Threat-Informed Defense",
      "Apache-2.0; ids brought to those in force");
  row(sets[Set::identity] + sets[Set::identity_plain], "content/attack, English", "the project's");
  row(sets[Set::japanese] + sets[Set::japanese_plain], "content/attack, Japanese", "the project's");
  out +=
      "\n## Found in sentences that it had not seen\n\n"
      "Five folds; a fold leaves out at once a fifth of the names that procedures are of, of the documents of TRAM and "
      "of the own sentences of each technique. All techniques are candidates, but for tram: those of TRAM alone. "
      "identity: the techniques of content/attack/identity.tsv; enlarged: with sentences_en_identity.tsv.\n\n"
      "| figure | right | of | share | 95 % |\n|---|---|---|---|---|\n";
  for (const attack::Figure& f : measured.figures) {
    const scan::Interval i = scan::exact_interval(f.right, f.total);
    out += fmt::format("| {} | {} | {} | {:.3f} | {:.3f} – {:.3f} |\n", f.name, f.right, f.total,
                       static_cast<double>(f.right) / static_cast<double>(f.total), i.low, i.high);
  }
  out += fmt::format(
      "\nProbabilities suppose that the sentence speaks of a technique at all. On these sentences the first suggestion "
      "is given {:.3f} on average and is right in {:.3f}.\n\nOne hand wrote the own sentences and the words of one "
      "meaning: figures among them flatter. Suggestions are for a person to confirm.\n",
      measured.promised, measured.kept);
  return out;
}

Result<attack::Model> read_bundled_or(const AttackOptions& options) {
  if (options.model.empty() && options.content.empty()) {
    for (const BundledFile& f : bundled_files())
      if (f.path == kModelPath) return attack::Model::read(f.bytes);
    return fail("attack.missing", "no model in this program", "give one with --model");
  }
  const std::string path = options.model.empty() ? options.content + "/" + std::string(kModelPath) : options.model;
  TRY_ASSIGN(bytes, read_file(path, 64u << 20));
  return attack::Model::read(bytes);
}

void print_suggestions(const attack::Model& model, std::string_view sentence, size_t most, bool json) {
  const auto suggestions = model.suggest(sentence, most);
  if (json) {
    std::string out;
    JsonWriter w(out);
    w.begin_object();
    w.member("sentence", sentence);
    w.member("attack_version", std::string_view(model.version()));
    w.key("suggestions");
    w.begin_array();
    for (const attack::Suggestion& s : suggestions) {
      const attack::Technique& t = model.techniques()[s.technique];
      w.begin_object();
      w.member("id", std::string_view(t.id));
      w.member("name", std::string_view(t.name));
      w.member("probability", std::round(double{s.probability} * 1e4) / 1e4);
      w.key("tactics");
      w.begin_array();
      for (const std::string& tactic : t.tactics) w.value(std::string_view(tactic));
      w.end_array();
      w.key("evidence");
      w.begin_array();
      for (const auto& e : s.evidence) {
        w.begin_object();
        w.member("offset", uint64_t{e.at});
        w.member("length", uint64_t{e.length});
        w.member("text", sentence.substr(e.at, e.length));
        w.end_object();
      }
      w.end_array();
      w.end_object();
    }
    w.end_array();
    w.end_object();
    put(out + "\n");
    return;
  }
  std::string out = printable(sentence) + "\n";
  for (const attack::Suggestion& s : suggestions) {
    const attack::Technique& t = model.techniques()[s.technique];
    out += fmt::format("  {:9} {:3.0f}%  {}", t.id, double{s.probability} * 100, t.name);
    for (size_t i = 0; i < s.evidence.size(); ++i)
      out += (i ? " · " : "   ← ") + printable(sentence.substr(s.evidence[i].at, s.evidence[i].length));
    out += '\n';
  }
  if (suggestions.empty()) out += "  -\n";
  put(out);
}

}  // namespace

int attack_train_command(const AttackOptions& options) {
  const auto corpus = corpus_of(options);
  if (!corpus) {
    complain("attack", corpus.error().one_line());
    return 2;
  }
  const attack::Measured measured = attack::cross_validate(*corpus, thread_count(options.threads));
  attack::Parts parts{corpus->version,  corpus->techniques, corpus->revoked,
                      corpus->concepts, measured.slope,     attack::learn_all(*corpus)};
  const std::string bytes = attack::write_model(parts);
  const auto again = attack::read_model(bytes);  // what is kept of the weights, for the card
  if (!again) {
    complain("attack", again.error().one_line());
    return 2;
  }
  const std::string text = card(*corpus, measured, *again, bytes.size());
  put(text);
  const std::string beside = std::filesystem::path(options.output).replace_extension(".md").string();
  return write_file(options.output, bytes) && write_file(beside, text) ? 0 : 2;
}

int attack_eval_command(const AttackOptions& options) {
  const auto corpus = corpus_of(options);
  if (!corpus) {
    complain("attack", corpus.error().one_line());
    return 2;
  }
  const attack::Measured measured = attack::cross_validate(*corpus, thread_count(options.threads));
  for (const attack::Figure& f : measured.figures) put(figure_line(f));
  put(fmt::format("attack/first_promised  {:.4f}\nattack/first_right  {:.4f}\nattack/slope  {:.4f}\n",
                  measured.promised, measured.kept, measured.slope));
  return 0;
}

int attack_suggest_command(const AttackOptions& options) {
  const auto model = read_bundled_or(options);
  if (!model) {
    complain("attack", model.error().one_line());
    return 2;
  }
  std::string text;
  if (options.text == "-") {
    std::string buffer(64u << 10, '\0');
    while (text.size() < kMostText) {
      const size_t n = std::fread(buffer.data(), 1, buffer.size(), stdin);
      if (n == 0) break;
      text.append(buffer, 0, n);
    }
  } else {
    text = options.text;
  }
  for (std::string_view line : split(text, '\n'))
    if (line = trim(line); !line.empty()) print_suggestions(*model, line, options.most, options.json);
  return 0;
}

}  // namespace sekisho::cli
