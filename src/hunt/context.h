// Entity context: what rules read as $x.graph…, from files. A record is a UDM Entity: as proto3 JSON (NDJSON or JSON
// arrays, also compressed), or as a row of a CSV file whose header names fields:
//   entity.user.userid,entity.user.title,metadata.interval.start_time,metadata.interval.end_time
// A column is the path of a scalar or of a time, as in rules: additional.fields["tier"] and entity.labels["team"] too.
// Empty cells are left out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/limits.h"
#include "event/event.h"

namespace sekisho::hunt {

inline constexpr size_t kMostContextRecords = 5'000'000;  // of one file

// Gives each record to `sink`. Errors, at most 20 of a file: those of Input and Reader with the line in the text,
// hunt.context (a column that is no field, a value of another type, a record that is not JSON), hunt.limit.context. A
// file with an error may have given records before it. files: texts that errors point into are added.
void read_context(const std::string& path, const Limits& limits, const std::function<void(event::Event&&)>& sink,
                  std::vector<TextFile>& files, std::vector<Error>& errors);

}  // namespace sekisho::hunt
