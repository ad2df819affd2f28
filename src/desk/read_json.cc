// Takes the JSON that to_json wrote, gives the advisory back. Entry: read_advisory. Refuses another schema, members
// that are not in json_fields.h, wrong types, and numbers of sources or statements that are not there; what is missing
// keeps its default, so that advisories of an older program can be read.
#include <algorithm>
#include <limits>

#include "base/strings.h"
#include "desk/export.h"
#include "desk/json_fields.h"
#include "event/json_line.h"

namespace sekisho::desk {
namespace {

using event::JsonValue;
using Type = JsonValue::Type;

constexpr size_t kItems = 400'000;  // objects and texts in lists, all together: an honest advisory has some hundreds
constexpr int kRevisions = 10'000;

class Reader {
 public:
  std::optional<Error> error;

  template <class T>
  void object(JsonValue value, T& into) {
    if (value.type() != Type::object) return wrong("an object");
    const JsonValue outer = object_;
    std::vector<std::string_view> outer_asked;
    outer_asked.swap(asked_);
    object_ = value;
    fields(*this, into);
    for (JsonValue key = value.first(); key && !error;) {
      const JsonValue member = key.after();
      if (std::find(asked_.begin(), asked_.end(), key.text()) == asked_.end()) unknown(key.text());
      key = member.next(value);
    }
    object_ = outer;
    asked_.swap(outer_asked);
  }

  void operator()(std::string_view name, auto& into) {
    at(name, [&](JsonValue value) { read(value, into); });
  }
  void schema(std::string_view name, int) { asked_.push_back(name); }  // looked at before
  void derived(std::string_view name, const Advisory&) { asked_.push_back(name); }
  void reliability(std::string_view name, char& into) { one_of(name, into, 'A', 'F'); }
  void letter(std::string_view name, char& into) { one_of(name, into, 'A', 'D'); }
  void statements(std::string_view name, std::vector<Statement>& into) {
    at(name, [&](JsonValue value) {
      if (value.type() != Type::object) return wrong("an object");
      path_ += ".labelled";
      if (const JsonValue labelled = value.member("labelled")) read(labelled, into);
    });
  }

 private:
  template <class F>
  void at(std::string_view name, const F& f) {
    if (error) return;
    asked_.push_back(name);
    const JsonValue value = object_.member(name);
    if (!value) return;
    const size_t length = path_.size();
    path_.append(path_.empty() ? "" : ".").append(name);
    f(value);
    path_.resize(length);
  }
  void wrong(std::string_view wanted) {
    if (!error) error = Error{"advisory.field", path_ + " must be " + std::string(wanted), {}, {}, {}, {}};
  }
  void unknown(std::string_view key) {
    error = Error{"advisory.field",
                  "unknown member " + printable(key) + (path_.empty() ? "" : " of " + path_),
                  {},
                  {},
                  near_names(key, asked_),
                  {}};
  }
  void one_of(std::string_view name, char& into, char first, char last) {
    at(name, [&](JsonValue value) {
      if (value.type() != Type::text || value.text().size() != 1 || value.text()[0] < first || value.text()[0] > last)
        return wrong(std::string("a letter from ") + first + " to " + last);
      into = value.text()[0];
    });
  }

  void read(JsonValue value, std::string& into) {
    if (value.type() != Type::text) return wrong("a text");
    into = value.text();
  }
  void read(JsonValue value, bool& into) {
    if (value.type() != Type::boolean) return wrong("true or false");
    into = value.boolean();
  }
  template <class T>
    requires std::is_integral_v<T>
  void read(JsonValue value, T& into) {
    const bool is_signed = value.type() == Type::integer;
    if (!is_signed && value.type() != Type::unsigned_integer) return wrong("a whole number");
    if (is_signed ? !std::in_range<T>(value.integer()) : !std::in_range<T>(value.unsigned_integer()))
      return wrong("a smaller number");
    into = is_signed ? static_cast<T>(value.integer()) : static_cast<T>(value.unsigned_integer());
  }
  void read(JsonValue value, double& into) {
    if (value.type() == Type::real) into = value.real();
    else if (value.type() == Type::integer) into = static_cast<double>(value.integer());
    else if (value.type() == Type::unsigned_integer) into = static_cast<double>(value.unsigned_integer());
    else wrong("a number");
  }
  void read(JsonValue value, Kind& into) {
    for (const Kind kind : {Kind::fact, Kind::hypothesis, Kind::advice})
      if (value.type() == Type::text && value.text() == to_string(kind)) return void(into = kind);
    wrong("fact, hypothesis or advice");
  }
  void read(JsonValue value, article::Date& into) {
    if (value.type() != Type::text) return wrong("a date");
    if (value.text().empty()) return void(into = {});
    const auto date = article::parse_iso_date(value.text());
    if (!date) return wrong("a date");
    into = *date;
  }
  void read(JsonValue value, Timestamp& into) {
    const auto time = value.type() == Type::text ? parse_rfc3339(value.text()) : std::nullopt;
    if (!time) return wrong("a time");
    into = *time;
  }
  void read(JsonValue value, std::map<std::string, double>& into) {
    if (value.type() != Type::object) return wrong("an object");
    for (JsonValue key = value.first(); key && !error;) {
      const JsonValue member = key.after();
      if (++items_ > kItems) return void(error = Error{"advisory.limit.items", "too many items", {}, {}, {}, {}});
      read(member, into[std::string(key.text())]);
      key = member.next(value);
    }
  }
  template <class T>
  void read(JsonValue value, std::optional<T>& into) {
    if (value.type() == Type::null) return into.reset();
    read(value, into.emplace());
  }
  template <class T>
  void read(JsonValue value, std::vector<T>& into) {
    if (value.type() != Type::list) return wrong("a list");
    const size_t length = path_.size();
    for (JsonValue one = value.first(); one && !error; one = one.next(value)) {
      if (++items_ > kItems) return void(error = Error{"advisory.limit.items", "too many items", {}, {}, {}, {}});
      path_ += '[' + std::to_string(into.size()) + ']';
      read(one, into.emplace_back());
      path_.resize(length);
    }
  }
  template <class T>
    requires std::is_class_v<T>
  void read(JsonValue value, T& into) {
    object(value, into);
  }

  JsonValue object_;
  std::vector<std::string_view> asked_;  // of object_
  std::string path_;
  size_t items_ = 0;
};

// Everything that points: to a source, to a statement.
std::optional<std::string> pointing_nowhere(const Advisory& a) {
  const auto bad_place = [&](const Place& p) { return p.source >= a.sources.size() && p.length != 0; };
  const auto bad = [&](const std::vector<uint32_t>& all) {
    return std::any_of(all.begin(), all.end(), [&](uint32_t i) { return i >= a.statements.size(); });
  };
  for (const Statement& s : a.statements)
    if (bad_place(s.place)) return "statements";
  for (const auto* list : {&a.brands, &a.processes, &a.actors, &a.asked_for})
    for (const Named& n : *list)
      if (bad_place(n.place)) return "what is named";
  for (const DateMention& d : a.dates)
    if (bad_place(d.place)) return "dates";
  for (const Number& n : a.numbers)
    if (bad_place(n.place)) return "numbers";
  for (const Indicator& i : a.indicators)
    if (std::any_of(i.places.begin(), i.places.end(), bad_place)) return "indicators";
  if (bad(a.key_points)) return "key_points";
  if (bad(a.deep_dive)) return "deep_dive";
  for (const Scenario& s : a.scenarios)
    for (const Step& step : s.steps)
      if (bad(step.statements)) return "scenarios";
  return std::nullopt;
}

}  // namespace

Result<Advisory> read_advisory(std::string_view json) {
  event::JsonLine line;
  TRY_ASSIGN(root, line.parse(json, false));
  const JsonValue schema = root.type() == Type::object ? root.member("schema") : JsonValue();
  if (!schema) return fail("advisory.schema", "no advisory: the member schema is missing");
  if (schema.type() != Type::integer || schema.integer() != 1)
    return fail("advisory.schema", "an advisory of another program version", "schema must be 1");
  Advisory out;
  Reader reader;
  reader.object(root, out);
  if (reader.error) return std::unexpected(std::move(*reader.error));
  if (out.revision < 1 || out.revision > kRevisions)
    return fail("advisory.field", "revision must be from 1 to " + std::to_string(kRevisions));
  if (const auto where = pointing_nowhere(out))
    return fail("advisory.index", *where + " point to a source or statement that is not there");
  return out;
}

}  // namespace sekisho::desk
