// Takes a context file, gives entity records. Entry: read_context. Refuses columns that are no fields of an Entity and
// values that do not fit, each with its line.
#include "hunt/context.h"

#include <memory>

#include "base/json.h"
#include "base/strings.h"
#include "engine/slots.h"
#include "event/json.h"
#include "hunt/csv.h"
#include "hunt/reader.h"

namespace sekisho::hunt {
namespace {

constexpr size_t kMostErrors = 20;

// The columns of a CSV file as the tree of the object that a row becomes.
struct Tree {
  enum class Kind : uint8_t { object, labels, cell };
  Kind kind = Kind::object;
  std::string name;
  size_t column = 0;
  std::vector<Tree> children;

  Tree& child(std::string_view wanted) {
    for (Tree& c : children)
      if (c.name == wanted) return c;
    children.push_back({Kind::object, std::string(wanted), 0, {}});
    return children.back();
  }
  bool empty(const Csv::Row& row) const {  // as deep as a path: a few steps
    if (kind == Kind::cell) return row.cells[column].empty();
    return std::all_of(children.begin(), children.end(), [&](const Tree& c) { return c.empty(row); });
  }
  void write(const Csv::Row& row, JsonWriter& json) const {
    if (kind == Kind::cell) return json.value(row.cells[column]);
    kind == Kind::labels ? json.begin_array() : json.begin_object();
    for (const Tree& c : children) {
      if (c.empty(row)) continue;
      if (kind == Kind::labels) {
        json.begin_object();
        json.member("key", c.name);
        json.member("value", row.cells[c.column]);
        json.end_object();
      } else {
        json.key(c.name);
        c.write(row, json);
      }
    }
    kind == Kind::labels ? json.end_array() : json.end_object();
  }
};

// "a.b[\"k\"]" cut into steps that view the text; false where it is no path.
bool cut(std::string_view path, std::vector<engine::PathStep>& out) {
  while (!path.empty()) {
    const size_t end = std::min(path.find_first_of(".["), path.size());
    engine::PathStep step{path.substr(0, end), {}, {}};
    path.remove_prefix(end);
    if (path.starts_with("[\"")) {
      const size_t close = path.find("\"]");
      if (close == std::string_view::npos || close < 2) return false;
      step.key = path.substr(2, close - 2);
      path.remove_prefix(close + 2);
    }
    out.push_back(step);
    if (path.empty()) return true;
    if (path.front() != '.') return false;
    path.remove_prefix(1);
  }
  return false;
}

Result<void> add_column(const std::string& name, size_t column, Tree& root) {
  const event::MessageType& entity = event::Schema::get().entity();
  std::vector<engine::PathStep> steps;
  if (!cut(name, steps) || steps.size() > 16) return fail("hunt.context", "\"" + name + "\" is no path of a field");
  auto slot = engine::resolve(entity, steps);
  size_t used = slot ? slot->steps.size() : 0;
  if (!slot) {  // a time is written as a whole
    auto whole = steps;
    whole.push_back({"seconds", {}, {}});
    if (auto time = engine::resolve(entity, whole)) {
      used = time->steps.size() - 1;
      const event::Field* last = used > 0 ? time->steps[used - 1].field : nullptr;
      if (last && (last->message->name == "Timestamp" || last->message->name == "Duration")) slot = std::move(time);
    }
  }
  if (!slot) return fail("hunt.context", slot.error().text, slot.error().hint);
  Tree* at = &root;
  for (size_t i = 0; i < used; ++i) at = &at->child(slot->steps[i].field->json);
  if (slot->keyed) {
    if (slot->steps[used - 1].field->is_label_list()) at->kind = Tree::Kind::labels;
    at = &at->child(slot->key);
  }
  at->kind = Tree::Kind::cell;
  at->column = column;
  return {};
}

class ContextReader {
 public:
  ContextReader(const std::string& path, const Limits& limits, const std::function<void(event::Event&&)>& sink,
                std::vector<TextFile>& files, std::vector<Error>& errors)
      : path_(path), limits_(limits), sink_(sink), files_(files), errors_(errors) {
    options_.limits = limits;
    options_.root = &event::Schema::get().entity();
  }

  void run() {
    auto input = Input::open(path_);
    if (!input) return error(input.error());
    // Which form it has, the first byte says that is no white space.
    std::string head(4096, '\0');
    const auto got = input->read(head.data(), head.size());
    if (!got) return error(got.error());
    head.resize(*got);
    const size_t first = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (first == std::string::npos) return error({"hunt.context", "the file is empty", {}, {}, {}, {}});
    const bool json = head[first] == '{' || head[first] == '[';
    input->unread(std::move(head));
    json ? read_records(std::move(*input)) : read_rows(*input);
  }

 private:
  void error(Error e) {
    if (++found_ > kMostErrors) return;
    if (e.source.empty()) e.source = path_;
    errors_.push_back(std::move(e));
  }
  void line_error(uint64_t line, const Error& cause) {
    error({"hunt.context", "line " + std::to_string(line) + ": " + cause.text, {}, {}, cause.hint, {}});
  }

  bool room() {
    if (++records_ <= kMostContextRecords) return true;
    error({"hunt.limit.context", "more than " + std::to_string(kMostContextRecords) + " records", {}, {}, {}, {}});
    return false;
  }

  void read_records(Input input) {
    Reader reader(std::move(input), 0, limits_);
    for (Block block;;) {
      const auto more = reader.next(block);
      if (!more) return error(more.error());
      if (!*more) return;
      for (const Problem& p : block.problems) line_error(p.line, {p.code, p.text, {}, {}, {}, {}});
      for (const Record& r : block.records) {
        auto entity = event::read_json(block.text(r), options_);
        if (!entity) line_error(r.line, entity.error());
        else if (room()) sink_(std::move(*entity));
        if (found_ > kMostErrors || records_ > kMostContextRecords) return;
      }
    }
  }

  void read_rows(Input& input) {
    std::string text;
    for (;;) {
      const size_t before = text.size();
      text.resize(before + (256u << 10));
      const auto got = input.read(text.data() + before, text.size() - before);
      if (!got) return error(got.error());
      text.resize(before + *got);
      if (*got == 0) break;
      if (text.size() > limits_.json_bytes)
        return error({"hunt.limit.context",
                      "a CSV file is larger than " + std::to_string(limits_.json_bytes) + " bytes",
                      {},
                      {},
                      "write it as NDJSON, one record a line",
                      {}});
    }
    const size_t before = errors_.size();
    const Csv csv = read_csv(text, path_, errors_);
    Tree root;
    for (size_t i = 0; i < csv.header.cells.size(); ++i)
      if (const auto added = add_column(csv.header.cells[i], i, root); !added)
        error({"hunt.context", added.error().text, path_, csv.header.span, added.error().hint, {}});
    if (errors_.size() > before) {
      files_.push_back({path_, std::move(text), {}});
      return;
    }
    std::string json_text;
    for (const Csv::Row& row : csv.rows) {
      json_text.clear();
      JsonWriter json(json_text);
      root.write(row, json);
      auto entity = event::read_json(json_text, options_);
      if (!entity) line_error(row.line, entity.error());
      else if (room()) sink_(std::move(*entity));
      if (found_ > kMostErrors || records_ > kMostContextRecords) return;
    }
  }

  const std::string& path_;
  const Limits& limits_;
  const std::function<void(event::Event&&)>& sink_;
  std::vector<TextFile>& files_;
  std::vector<Error>& errors_;
  event::ReadOptions options_;
  size_t found_ = 0, records_ = 0;
};

}  // namespace

void read_context(const std::string& path, const Limits& limits, const std::function<void(event::Event&&)>& sink,
                  std::vector<TextFile>& files, std::vector<Error>& errors) {
  ContextReader(path, limits, sink, files, errors).run();
}

}  // namespace sekisho::hunt
