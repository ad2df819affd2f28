#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

#include "engine/correlation.h"
#include "engine/evaluate.h"
#include "event/json.h"

using namespace sekisho;
using namespace sekisho::engine;
using event::Field;
using event::JsonLine;
using event::JsonValue;
using event::Kind;
using event::MessageType;

namespace {

// A plan that reads the given fields, each in a test and as a whole list where it repeats.
std::unique_ptr<Plans> reading(const std::vector<Slot>& slots, Variable::Kind kind = Variable::Kind::event) {
  Rule rule;
  rule.name = "reader";
  rule.variable("e", kind);
  std::vector<ExprId> tests;
  for (const Slot& slot : slots) {
    const Constant other = slot.type == Type::boolean   ? Constant(true)
                           : slot.type == Type::integer ? Constant(int64_t{-77})
                           : slot.type == Type::real    ? Constant(-77.5)
                                                        : Constant(std::string("-77"));
    tests.push_back(rule.quantified(rule.compare(Op::equal, rule.slot(slot), rule.constant(other))));
    if (slot.raw) {
      tests.push_back(rule.has_field(slot));
      tests.push_back(rule.has_value(slot));
    }
  }
  rule.where = rule.any_of(tests);
  auto plans = compile({rule}, {}, {});
  REQUIRE_MESSAGE(plans, (plans ? "" : plans.error().one_line()));
  return *std::move(plans);
}

std::string shown(const Datum& v) { return std::string(type_name(v.type())) + ":" + Value::of(v).to_string(); }

// Every column and every dim of the program, as text.
std::string everything(Evaluation& eval) {
  const Program& p = eval.program();
  std::string out;
  for (DimId d = 0; d < p.dims.size(); ++d) {
    const DimRows& rows = eval.rows(d);
    out += "dim " + p.dims[d].path + ":";
    for (uint32_t i = 0; i < rows.count; ++i)
      out += " " + std::to_string(rows.parent[i]) + "/" + std::to_string(static_cast<int32_t>(rows.position[i]));
    for (uint32_t i = 0; d != kRoot && i <= eval.rows(p.dims[d].parent).count; ++i)
      out += " " + std::to_string(rows.begin[i]);
    out += "\n";
  }
  for (NodeId id = 0; id < p.nodes.size(); ++id) {
    if (p.nodes[id].code != Code::column) continue;
    const Column& c = p.columns[p.nodes[id].index];
    out += "column " + std::to_string(p.nodes[id].index) + " of dim " + p.dims[c.dim].path + " " + c.key + ":";
    for (const Step& s : c.steps) out += "." + s.field->name;
    const Datum* values = eval.values(id);
    for (uint32_t i = 0; i < eval.rows(c.dim).count; ++i) out += " [" + shown(values[i]) + "]";
    out += "\n";
  }
  const auto time = eval.event_time();
  return out + (time ? format_rfc3339(*time) : "no time");
}

// Fields of every kind, to a depth that reaches lists in lists; each repeated one as copies, quantified and indexed.
void collect(const MessageType& type, std::vector<PathStep> path, std::vector<Slot>& out, size_t depth) {
  const auto add = [&](const std::vector<PathStep>& full) {
    if (auto slot = resolve(event::Schema::get().event(), full)) out.push_back(*slot);
    if (auto slot = resolve(event::Schema::get().event(), full, Quantifier::any)) out.push_back(*slot);
    std::vector<PathStep> indexed = full;
    const Field* field = nullptr;
    const MessageType* at = &event::Schema::get().event();
    for (PathStep& s : indexed) {
      field = at->find(s.name);
      if (field == nullptr) break;
      if (field->repeated && !s.key) s.index = static_cast<int64_t>(full.size() % 2);
      at = field->message;
      if (at == nullptr) break;
    }
    if (auto slot = resolve(event::Schema::get().event(), indexed)) out.push_back(*slot);
  };
  for (const Field& field : type.fields) {
    std::vector<PathStep> here = path;
    here.push_back({.name = field.name, .index = {}, .key = {}});
    if (field.kind == Kind::map) {
      for (const char* key : {"a", "b.c"}) {
        std::vector<PathStep> keyed = here;
        keyed.push_back({.name = "fields", .index = {}, .key = key});
        add(keyed);
      }
    } else if (field.is_label_list()) {
      for (const char* key : {"a", "kind", "link.owner"}) {
        here.back().key = key;
        add(here);
      }
      here.back().key.reset();
      here.push_back({.name = "value", .index = {}, .key = {}});
      add(here);
    } else if (field.kind == Kind::message) {
      if (depth > 0) collect(*field.message, here, out, depth - 1);
    } else {
      add(here);
    }
  }
}

std::vector<Slot> all_slots(size_t depth) {
  std::vector<Slot> out;
  collect(event::Schema::get().event(), {}, out, depth);
  return out;
}

// Events as proto3 JSON, in all the forms that it may be written in.
class Writer {
 public:
  explicit Writer(uint32_t seed) : random_(seed) {}
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }

  std::string event() {
    const std::string inner = message(event::Schema::get().event(), 4);
    switch (below(8)) {
      case 0:
        return R"({"udm":)" + inner + "}";
      case 1:
        return R"({"other":[1],"idm":{"readOnlyUdm":)" + inner + "}}";
      case 2:
        return R"({"event":{"idm":{"readOnlyUdm":)" + inner + "}}}";
      case 3:
        return R"({"udm":7,"metadata":{"productName":"outer"}})";
      default:
        return inner;
    }
  }

 private:
  std::string message(const MessageType& type, size_t depth) {
    std::string out = "{";
    const auto add = [&](std::string_view key, const std::string& value) {
      if (out.size() > 1) out += below(5) == 0 ? " , " : ",";
      out += '"' + std::string(key) + R"(":)" + value;
    };
    for (const Field& field : type.fields) {
      const bool likely = field.name == "metadata" || field.name == "about" || field.name == "security_result" ||
                          field.name == "event_timestamp" || field.name == "key" || field.name == "value";
      for (unsigned times = below(likely ? 2 : 6) == 0 ? 1 + (below(6) == 0) : 0; times > 0; --times)
        add(below(2) == 0 ? field.json : field.name, below(12) == 0 ? "null" : repeated(field, depth));
      if (below(30) == 0) add("unknown" + std::to_string(below(3)), R"({"metadata":[{"x":1}],"a":"b"})");
    }
    return out + "}";
  }
  std::string repeated(const Field& field, size_t depth) {
    if (!field.repeated || below(5) == 0) return value(field, depth);
    std::string out = "[";
    for (unsigned n = below(4), i = 0; i < n; ++i) out += (i > 0 ? "," : "") + value(field, depth);
    return out + "]";
  }
  std::string text() {
    static const char* const kTexts[] = {R"("")",
                                         R"("a")",
                                         R"("kind")",
                                         R"("link.owner")",
                                         R"("\u00e9\n\"")",
                                         R"("10.0.0.1")",
                                         R"("日本語")",
                                         R"("b.c")",
                                         "17",
                                         "2.50",
                                         "true",
                                         "1e400000000000",
                                         "18446744073709551615"};
    return kTexts[below(11)];
  }
  std::string value(const Field& field, size_t depth) {
    switch (field.kind) {
      case Kind::boolean: {
        static const char* const kForms[] = {"true", "false", R"("true")", R"("false")"};
        return kForms[below(4)];
      }
      case Kind::integer:
      case Kind::unsigned_integer: {
        static const char* const kForms[] = {
            "0",      "7",   R"("9007199254740993")",    "12.0", "18446744073709551615",
            R"("0")", "1e3", R"("18446744073709551615")"};
        return kForms[below(8)];
      }
      case Kind::real: {
        static const char* const kForms[] = {"0.5", "7", R"("1.25")", "-0.0", "18446744073709551615"};
        return kForms[below(5)];
      }
      case Kind::enumeration: {
        const auto& values = field.enumeration->values;
        const auto& one = values[below(static_cast<unsigned>(values.size()))];
        return below(4) == 0 ? std::to_string(one.number) : below(8) == 0 ? R"("NO_SUCH_NAME")" : '"' + one.name + '"';
      }
      case Kind::map:
        return structure(3);
      case Kind::message:
        if (field.message->name == "Timestamp" && below(3) != 0)
          return below(2) == 0 ? R"("2026-01-02T03:04:05.678Z")" : R"("1969-12-31T23:59:59+09:00")";
        if (field.message->name == "Duration" && below(3) != 0) return below(2) == 0 ? R"("-1.5s")" : R"("90s")";
        return depth == 0 ? "{}" : message(*field.message, depth - 1);
      default:
        return text();
    }
  }
  std::string structure(size_t depth) {
    if (depth == 0 || below(4) == 0) return below(6) == 0 ? "null" : text();
    std::string out = below(4) == 0 && depth < 3 ? "[" : "{";
    const bool list = out == "[";
    static const char* const kKeys[] = {"a", "b.c", "c", "a"};
    for (unsigned n = below(5), i = 0; i < n; ++i)
      out += (i > 0 ? "," : "") + (list ? "" : '"' + std::string(kKeys[below(4)]) + R"(":)") + structure(depth - 1);
    return out + (list ? "]" : "}");
  }

  std::mt19937 random_;
};

void same_columns(const Program& program, std::string_view json, Evaluation& ours, Evaluation& theirs, size_t& read) {
  auto event = event::read_json(json);
  JsonLine line;
  auto root = line.parse(json, false);
  REQUIRE(root);
  ours.begin(program, *root);
  const std::string from_json = everything(ours);
  if (!event) return;  // what it refuses must only not harm us
  ++read;
  theirs.begin(program, *event);
  REQUIRE_MESSAGE(from_json == everything(theirs), json);
}

// What a dotted name reaches, said once more and plainly.
void plain_walk(const JsonValue& at, std::string_view name, bool reached, std::vector<std::string>& out) {
  const bool every = name.empty() && !reached;
  if (at.type() == JsonValue::Type::list) {
    for (JsonValue item = at.first(); item; item = item.next(at)) plain_walk(item, name, reached, out);
  } else if (at.type() == JsonValue::Type::object && !reached) {
    for (JsonValue key = at.first(); key;) {
      const JsonValue value = key.after();
      const std::string text(key.text());
      if (every) plain_walk(value, name, false, out);
      else if (name == text) plain_walk(value, "", true, out);
      else if (name.substr(0, name.find('.')) == text) plain_walk(value, name.substr(text.size() + 1), false, out);
      key = value.next(at);
    }
  } else if (at.is_scalar() && (reached || every)) {
    char buffer[32];
    out.emplace_back(event::scalar_text(at, buffer));
  }
}
std::vector<std::string> plain_elements(const JsonValue& root, std::string_view name) {
  std::vector<std::string> out;
  plain_walk(root, name, false, out);
  return out;
}

}  // namespace

TEST_CASE("columns of a JSON text are those of the event that it is read into") {
  const auto plans = reading(all_slots(3));
  const Program& program = *plans->selector(Variable::Kind::event);
  CHECK(program.columns.size() > 1000);
  Evaluation ours, theirs;
  size_t read = 0;
  Writer writer(5);
  for (int i = 0; i < 100; ++i) same_columns(program, writer.event(), ours, theirs, read);
  CHECK(read > 70);
}

TEST_CASE("columns of the samples' events") {
  std::vector<Slot> slots;
  for (const char* path : {"metadata.event_type", "network.email.from", "network.email.to", "about.labels[\"kind\"]",
                           "about.labels[\"link.owner\"]", "about.url", "additional.fields[\"direction\"]"})
    slots.push_back(*resolve(path));
  const auto plans = reading(slots);
  Evaluation ours, theirs;
  size_t read = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(SEKISHO_SOURCE_DIR "/tests")) {
    if (file.path().extension() != ".json" && file.path().extension() != ".ndjson") continue;
    std::ifstream in(file.path());
    JsonLine line;
    for (std::string text; std::getline(in, text);)
      if (line.parse(text, false)) same_columns(*plans->selector(Variable::Kind::event), text, ours, theirs, read);
  }
}

TEST_CASE("values of the wrong type are absent, and hurt nothing") {
  const auto plans = reading(all_slots(2));
  const Program& program = *plans->selector(Variable::Kind::event);
  Evaluation ours;
  JsonLine line;
  for (const char* json :
       {"7", "null", "[]", "[{}]", "\"x\"", R"({"metadata":[]})",
        R"({"metadata":"x","about":{"url":[1]},"principal":null})",
        R"({"about":[null,[],[[{}]],7,{"labels":[null,7,{"key":{},"value":[]}]}],"security_result":"x"})",
        R"({"metadata":{"event_timestamp":"soon"},"additional":[{"a":"b"}],"network":{"email":{"to":{"a":1}}}})"}) {
    ours.begin(program, *line.parse(json, false));
    CHECK(everything(ours).ends_with("no time"));
    ours.candidates();
  }
}

TEST_CASE("a vendor's fields are all scalar leaves that a dotted name reaches") {
  std::vector<Slot> slots;
  for (const char* name : {"a", "a.b", "a.b.c", "b.c", "", "n", "none"}) {
    slots.push_back(raw_slot(name));
    slots.push_back(raw_slot(name, true));
  }
  const auto plans = reading(slots, Variable::Kind::raw);
  const Program& program = *plans->selector(Variable::Kind::raw);
  Evaluation eval;
  JsonLine line;
  const auto elements = [&](std::string_view json, std::string_view name) {
    const auto root = line.parse(json, false);
    REQUIRE(root);
    eval.begin(program, *root);
    std::string out;
    for (NodeId id = 0; id < program.nodes.size(); ++id) {
      const Node& n = program.nodes[id];
      if (n.code != Code::column || program.columns[n.index].key != name) continue;
      if (program.columns[n.index].raw == Column::Raw::has_field) out += eval.values(id)[0].as_bool() ? "+" : "-";
      if (program.columns[n.index].raw == Column::Raw::has_value) out += eval.values(id)[0].as_bool() ? "+" : "-";
      if (program.columns[n.index].raw == Column::Raw::first)
        out += "<" + std::string(eval.values(id)[0].as_text()) + ">";
      if (program.columns[n.index].raw != Column::Raw::values) continue;
      for (uint32_t i = 0; i < eval.rows(n.dim).count; ++i) out += " " + std::string(eval.values(id)[i].as_text());
    }
    return out;
  };
  const auto of = [&](std::string_view json, std::string_view name) {
    std::string out = elements(json, name);
    std::erase_if(out, [](char c) { return c == ' '; });
    return out;
  };
  CHECK(of(R"({"a":"x"})", "a") == "x++<x>");
  CHECK(of(R"({"a":{"b":"x"}})", "a") == "+-<>");
  CHECK(of(R"({"a":{"b":"x"}})", "a.b") == "x++<x>");
  CHECK(of(R"({"a.b":"x"})", "a.b") == "x++<x>");
  CHECK(of(R"({"a":{"b.c":1}})", "a.b.c") == "1++<1>");
  CHECK(of(R"({"a.b":{"c":1}})", "a.b.c") == "--<>");
  CHECK(of(R"({"a.b.c":1,"a":{"b":{"c":2},"b.c":3}})", "a.b.c") == "123++<1>");
  CHECK(of(R"({"a":[{"b":1},[{"b":[2,[3,null,{"b":9}]]}],4]})", "a.b") == "123++<1>");
  CHECK(of(R"({"a":null})", "a") == "+-<>");
  CHECK(of(R"({"a":[]})", "a") == "+-<>");
  CHECK(of(R"({"a":1,"a":2})", "a") == "12++<1>");
  CHECK(of(R"({"n":[true,false,-1,18446744073709551615,2.50,1.0]})", "n") ==
        "truefalse-1184467440737095516152.51++<true>");
  CHECK(of(R"({"a":[{"b":"x"},{"c":["y",{"d":null,"e":"z"}]}]})", "") == "xyz++<x>");
  CHECK(of(R"({})", "none") == "--<>");
  CHECK(of(R"([{"a":1}])", "a") == "1++<1>");
}

TEST_CASE("a vendor's field is read as a plain reader reads it") {
  const std::vector<std::string> names = {"a", "b", "a.b", "b.a", "a.b.c", "c.c", "a.a.a.a", "", "a.b.c.a"};
  std::vector<Slot> slots;
  for (const std::string& name : names) slots.push_back(raw_slot(name));
  const auto plans = reading(slots, Variable::Kind::raw);
  const Program& program = *plans->selector(Variable::Kind::raw);
  std::mt19937 random(3);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  std::function<std::string(int)> json = [&](int depth) -> std::string {
    if (depth == 0 || below(4) == 0) {
      static const char* const kScalars[] = {"1", "\"x\"", "null", "true", "2.5", "\"\""};
      return kScalars[below(6)];
    }
    const bool list = below(3) == 0;
    std::string out = list ? "[" : "{";
    static const char* const kKeys[] = {"a", "b", "c", "a.b", "b.c", "a.b.c"};
    for (unsigned n = 1 + below(4), i = 0; i < n; ++i)
      out += (i > 0 ? "," : "") + (list ? "" : '"' + std::string(kKeys[below(6)]) + R"(":)") + json(depth - 1);
    return out + (list ? "]" : "}");
  };
  Evaluation eval;
  JsonLine line;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = json(6);
    const auto root = line.parse(text, false);
    REQUIRE(root);
    eval.begin(program, *root);
    for (NodeId id = 0; id < program.nodes.size(); ++id) {
      const Node& n = program.nodes[id];
      if (n.code != Code::column || program.columns[n.index].raw != Column::Raw::values) continue;
      std::string ours, theirs;
      for (uint32_t e = 0; e < eval.rows(n.dim).count; ++e) ours += shown(eval.values(id)[e]) + " ";
      for (const std::string& v : plain_elements(*root, program.columns[n.index].key)) theirs += "string:" + v + " ";
      REQUIRE_MESSAGE(ours == theirs, text << " " << program.columns[n.index].key);
    }
  }
}

TEST_CASE("the time of an event") {
  Rule rule;
  rule.variable("e", Variable::Kind::raw);
  rule.where = rule.quantified(rule.compare(Op::equal, rule.slot(raw_slot("x")), rule.constant(std::string("y"))));
  EngineOptions options;
  options.time_fields = {"none", "at", "a.b"};
  const auto plans = compile({rule}, {}, options);
  REQUIRE(plans);
  Evaluation eval;
  JsonLine line;
  const auto time = [&](const char* json) -> std::string {
    eval.begin(*(*plans)->selector(Variable::Kind::raw), *line.parse(json, false));
    const auto read = eval.event_time();
    return read ? format_rfc3339(*read) : "none";
  };
  CHECK(time(R"({"at":"2026-01-02T03:04:05Z"})") == "2026-01-02T03:04:05Z");
  CHECK(time(R"({"at":"2026-01-02 03:04:05.25"})") == "2026-01-02T03:04:05.250Z");
  CHECK(time(R"({"at":"2026-01-02T03:04:05+0900"})") == "2026-01-01T18:04:05Z");
  CHECK(time(R"({"at":1767323045})") == "2026-01-02T03:04:05Z");
  CHECK(time(R"({"at":"1767323045"})") == "2026-01-02T03:04:05Z");
  CHECK(time(R"({"at":1767323045.5})") == "2026-01-02T03:04:05.500Z");
  CHECK(time(R"({"at":1767323045250})") == "2026-01-02T03:04:05.250Z");
  CHECK(time(R"({"at":1767323045250000})") == "2026-01-02T03:04:05.250Z");
  CHECK(time(R"({"at":1767323045250000000})") == "2026-01-02T03:04:05.250Z");
  CHECK(time(R"({"at":-1})") == "1969-12-31T23:59:59Z");
  CHECK(time(R"({"at":"soon","a":[{"b":"never"},{"b":0}]})") == "1970-01-01T00:00:00Z");
  CHECK(time(R"({"at":{"b":1},"a.b":[1]})") == "1970-01-01T00:00:01Z");
  CHECK(time(R"({"at":1e300})") == "none");
  CHECK(time(R"({"other":1})") == "none");
}
