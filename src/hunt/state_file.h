// What one hunt leaves for the next: the correlator's state, the names behind its event references, open budgets. A
// line of JSON, then the correlator's bytes; written beside the old file and put in its place by one rename.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "hunt/budget.h"

namespace sekisho::hunt {

struct StateFile {
  std::vector<std::string> sources;  // names of logs, by number
  std::vector<BudgetReport> budgets;
  std::string correlator;
};

// hunt.state: cannot be read, damaged, of another version.
Result<StateFile> read_state(const std::string& path);
// hunt.state: cannot be written; the old file is as it was.
Result<void> write_state(const std::string& path, const StateFile& state);

}  // namespace sekisho::hunt
