// What the model finds in sentences that it has not seen: five folds, and the slope that makes its shares true.
#pragma once

#include <string>
#include <vector>

#include "attack/corpus.h"

namespace sekisho::attack {

struct Figure {
  std::string name;  // "attack/tram_top1"
  size_t right = 0, total = 0;
};

struct Measured {
  std::vector<Figure> figures;
  float slope = 1;      // for to_shares, fitted to the sentences held out
  double promised = 0;  // mean share of the first suggestion, with that slope
  double kept = 0;      // how often the first suggestion was right
};

// One fold leaves out at once a fifth of the names that procedures are of, of the documents of reports, and of the own
// sentences of each technique (all files but the plain ones); so five learnings give all figures. Two threads at most
// are worth it. `without_plain`: five more, in which the Japanese plain sentences are left out.
Measured cross_validate(const Corpus& corpus, unsigned threads, bool without_plain = true);
Table learn_all(const Corpus& corpus);

}  // namespace sekisho::attack
