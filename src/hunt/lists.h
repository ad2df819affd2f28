// Reference lists and data tables of rules (%name, %name.column), from a folder.
#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "engine/engine.h"

namespace sekisho::hunt {

// NAME.txt: one entry a line; # at the start of a line or behind white space begins a comment.
// NAME.csv: a table with a header; column C is the list "NAME.C", whose lines are the table's rows (empty cells stay).
// Adds to `out`; a name that is there already is replaced. Errors: those of files and CSV, hunt.list (a folder without
// lists); texts that errors point into are added to `files`.
void read_lists(const std::string& folder, engine::ReferenceLists& out, std::vector<TextFile>& files,
                std::vector<Error>& errors);

}  // namespace sekisho::hunt
