// Labelled mail, as `eval` and `train` are given it: a manifest or two folders; masked; split into folds by cluster.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "lure/learn.h"
#include "scan/scanner.h"

namespace sekisho::cli {

struct Source {
  std::string path, label, cluster;
  bool one_mail;  // of a manifest: one line is one mail, whatever the file begins with; else a folder or an mbox
};

struct Labelled {
  std::string name, label, cluster, bytes;
  bool learned_only = false;  // in the training of every fold, never measured
};

// TSV: path, class, source, cluster; the last two may be missing. A first line that begins with "path" names the
// columns (the class as "class" or "label"); by_column: the one that says which mails belong together, in place of
// "cluster". Complains and gives false where it cannot be read.
bool read_manifest(const std::string& path, std::vector<Source>& sources, std::string_view by_column = "cluster");
// What the options name: manifest, folder of phish, folder of ham. Complains and gives false.
bool read_sources(const std::string& manifest, const std::string& phish, const std::string& ham,
                  std::vector<Source>& sources);
bool is_phish(std::string_view label);
// "  2.50 %  [0.51, 7.13]": found of total, with the exact 95 % interval.
std::string interval_text(size_t found, size_t total);
// Cuts whole header fields out, so that figures do not rest on marks of the collection.
std::string masked(std::string bytes, const std::vector<std::string>& names);

// Calls `mail` with each mail of a source, masked; `error` with what cannot be read.
void each_labelled(const Source& source, const std::vector<std::string>& mask, const Limits& limits,
                   const std::function<void(Labelled)>& mail,
                   const std::function<void(const std::string& name, const std::string& error)>& error);
// All of them in memory; complains of what cannot be read, and leaves it out.
std::vector<Labelled> read_labelled(const std::vector<Source>& sources, const std::vector<std::string>& mask,
                                    const Limits& limits);

// Mails of further manifests, only to learn from. Complains and gives false.
bool add_learned_only(const std::vector<std::string>& manifests, const std::vector<std::string>& mask,
                      const Limits& limits, std::vector<Labelled>& mails);

// A fold (0 … count-1) for each mail: mails of one cluster stay together, and each fold gets its share of each class.
// Those that are only learned from get `count`: no fold.
std::vector<uint32_t> folds_of(const std::vector<Labelled>& mails, uint32_t count);
// Whether that is enough to learn from and to measure with folds: mail of five clusters of each kind, in folds that
// leave both kinds over when two are taken away. Complains otherwise.
bool enough_to_learn(const std::vector<Labelled>& mails, uint32_t folds);
// How much each mail counts: near-copies share, each class of ham and of phish has its part, and what was written for a
// suite (classes "attack" and "honest") counts less than what was received; the mean is about 1.
std::vector<float> weights_of(const std::vector<Labelled>& mails);
// What the learned model sees of each mail, with its fold and weight.
std::vector<lure::Example> examples_of(const std::vector<Labelled>& mails, const scan::Scanner& scanner,
                                       uint32_t folds);

struct EvalOptions;
// `eval --fit` (eval_fit.cc).
int eval_fit_command(const EvalOptions& options, const std::vector<Source>& sources, const Clock& clock);

}  // namespace sekisho::cli
