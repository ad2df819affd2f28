// YAML trees → Sigma documents: rules, correlations and filters with typed parts, each part with its place. Nothing is
// resolved here; names are checked in resolve.h, values in lower.h.
//
// Every attribute of a document that is not its logic (title, id, author, level, references, whatever the author added)
// stays in `meta`, in order: lists joined by ", ", maps as "outer.inner". The Detection Rule License wants the author
// kept with everything that is made of a rule.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/plan.h"
#include "sigma/condition.h"
#include "sigma/modifiers.h"
#include "sigma/yaml.h"

namespace sekisho::sigma {

// One line of a selection: a field and the values it is compared with. Keywords have an empty field.
struct Test {
  Key key;
  std::vector<Node> values;  // scalars and nulls; at least one
  Span span;
};

// A search identifier: one of the alternatives holds, an alternative is all of its tests.
struct Selection {
  std::string name;
  Span span;
  std::vector<std::vector<Test>> alternatives;
};

struct Detection {
  std::vector<Selection> selections;
  std::vector<Condition> conditions;  // several = any of them
};

struct Reference {  // to a rule, by id or name
  std::string text;
  Span span;
};

struct Correlation {
  enum class Type : uint8_t {
    event_count,
    value_count,
    temporal,
    temporal_ordered,
    value_sum,
    value_avg,
    value_percentile
  };
  struct Bound {
    engine::Op op = engine::Op::equal;  // equal, not_equal, less, less_equal, greater, greater_equal
    double number = 0;
    Span span;
  };
  struct Alias {
    std::string name;
    Span span;
    std::vector<std::pair<Reference, std::string>> fields;  // rule → its field
  };
  Type type = Type::event_count;
  Span span;
  std::vector<Reference> rules;
  std::vector<Reference> group_by;
  std::vector<Alias> aliases;
  int64_t seconds = 0;
  Span timespan;
  std::vector<Bound> bounds;      // all hold
  std::vector<Reference> fields;  // of value_*
  double percentile = 50;
  std::optional<Condition> over_rules;  // temporal: "rule_a and not rule_b"
  bool generate = false;
};

struct Document {
  enum class Kind : uint8_t { rule, correlation, filter };
  Kind kind = Kind::rule;
  uint32_t file = 0;  // index into the files given
  std::string title, id, name;
  Span title_span;
  std::vector<std::pair<std::string, std::string>> meta;
  engine::LogSource logsource;
  Detection detection;  // rules and filters
  Correlation correlation;
  std::vector<Reference> targets;  // of a filter; empty with every_rule
  bool every_rule = false;         // of a filter: rules: any
};

struct Documents {
  std::vector<Document> documents;  // those without mistakes, in order
  // References that broken documents could have answered: their ids and names.
  std::vector<std::string> broken;
  size_t failed = 0;  // documents with mistakes
  std::vector<Error> errors, warnings;
};

Documents read_documents(std::string_view text, const std::string& file, uint32_t index, const Limits& limits);

std::string_view type_name(Correlation::Type type);

}  // namespace sekisho::sigma
