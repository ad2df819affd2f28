// Takes an advisory, gives its JSON: every member by json_fields.h, and beside them the short forms that scripts ask
// for. Entry: to_json. Refuses nothing: what JSON cannot say (broken UTF-8, infinite numbers) becomes U+FFFD or 0.
#include <charconv>
#include <cmath>

#include "base/json.h"
#include "desk/export_parts.h"
#include "desk/json_fields.h"

namespace sekisho::desk {
namespace {

class Writer {
 public:
  Writer(std::string& out, int indent) : json_(out, indent) {}

  void operator()(std::string_view name, const auto& value) {
    json_.key(name);
    write(value);
  }
  void schema(std::string_view name, int number) { json_.member(name, number); }
  void reliability(std::string_view name, char c) { one_of(name, c, 'A', 'F'); }
  void letter(std::string_view name, char c) { one_of(name, c, 'A', 'D'); }

  void statements(std::string_view name, const std::vector<Statement>& all) {
    json_.key(name);
    json_.begin_object();
    for (const auto& [kind, label] : {std::pair(Kind::fact, "facts"), std::pair(Kind::hypothesis, "hypotheses"),
                                      std::pair(Kind::advice, "advice")}) {
      uint64_t count = 0;
      for (const Statement& s : all) count += s.kind == kind;
      json_.member(label, count);
    }
    json_.key("labelled");
    write(all);
    json_.end_object();
  }

  void derived(std::string_view name, const Advisory& a) {
    json_.key(name);
    if (name == "publisher") return json_.value(a.sources.empty() ? std::string() : a.sources[0].publisher);
    if (name == "published") return write(a.sources.empty() ? article::Date() : a.sources[0].published);
    if (name == "rank_why") return rank_why(a);
    if (name == "brands") return names(a.brands, &Named::name);
    if (name == "processes") return names(a.processes, &Named::name);
    if (name == "actors") return names(a.actors, &Named::name);
    if (name == "asked_for") return names(a.asked_for, &Named::id);
    if (name == "masked") return masked(a);
    techniques(a);
  }

  void write(const Advisory& a) { object(a); }

 private:
  void one_of(std::string_view name, char c, char first, char last) {
    json_.member(name, std::string(1, c < first || c > last ? last : c));
  }
  void names(const std::vector<Named>& all, std::string Named::* which) {
    json_.begin_array();
    for (const Named& n : all) json_.value(n.*which);
    json_.end_array();
  }
  void rank_why(const Advisory& a) {
    std::string out;
    for (const Both& reason : a.rank.reasons) {
      const std::string& text = reason.in(a.language);
      if (!out.empty() && !text.empty()) out += a.language == "ja" ? "、" : "; ";
      out += text;
    }
    json_.value(out);
  }
  void masked(const Advisory& a) {
    json_.begin_array();
    for (const Indicator& i : a.indicators) {
      if (i.role != "partial") continue;
      json_.begin_object();
      json_.member("as_written", i.as_written);
      json_.member("pattern", i.value);
      json_.member("kind", i.type);
      json_.end_object();
    }
    json_.end_array();
  }
  void techniques(const Advisory& a) {
    json_.begin_array();
    for (size_t k = 0; k < a.statements.size(); ++k) {
      for (const Technique& t : a.statements[k].techniques) {
        json_.begin_object();
        json_.member("id", t.id);
        json_.member("name", t.name);
        json_.member("sentence", a.statements[k].text);
        json_.member("statement", uint64_t{k});
        json_.key("probability");
        write(t.probability);
        json_.end_object();
      }
    }
    json_.end_array();
  }

  void write(const std::string& text) { json_.value(text); }
  void write(bool v) { json_.value(v); }
  void write(int v) { json_.value(v); }
  void write(uint32_t v) { json_.value(uint64_t{v}); }
  void write(uint64_t v) { json_.value(v); }
  // Shortest text that reads back the same, and never a long row of digits, which readers take for an integer.
  void write(double v) {
    if (!std::isfinite(v) || v == 0) return json_.value(0);
    char buffer[40];
    const auto end = std::fabs(v) < 1e15
                         ? std::to_chars(buffer, buffer + sizeof buffer, v)
                         : std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::scientific);
    json_.raw({buffer, static_cast<size_t>(end.ptr - buffer)});
  }
  void write(Kind kind) { json_.value(to_string(kind)); }
  void write(const article::Date& date) { json_.value(article::iso(date)); }
  void write(Timestamp at) { json_.value(format_rfc3339(at)); }
  void write(const std::map<std::string, double>& all) {
    json_.begin_object();
    for (const auto& [name, value] : all) {
      json_.key(name);
      write(value);
    }
    json_.end_object();
  }
  template <class T>
  void write(const std::optional<T>& value) {
    if (value) write(*value);
    else json_.raw("null");
  }
  template <class T>
  void write(const std::vector<T>& all) {
    json_.begin_array();
    for (const T& one : all) write(one);
    json_.end_array();
  }
  template <class T>
    requires std::is_class_v<T>
  void write(const T& one) {
    object(one);
  }
  void object(const auto& one) {
    json_.begin_object();
    fields(*this, one);
    json_.end_object();
  }

  JsonWriter json_;
};

}  // namespace

std::string to_json(const Advisory& advisory, bool one_line) {
  std::string out;
  Writer(out, one_line ? 0 : 2).write(advisory);
  out += '\n';
  return out;
}

}  // namespace sekisho::desk
