// Takes what a variable is bound to and a slot, gives the copies that the slot makes and the value that a copy holds.
// Entries: OracleRule::copies(), read(), elements(), has_field(). Refuses nothing: what is absent is zero.
#include <charconv>

#include "engine/oracle_parts.h"

namespace sekisho::engine {
namespace {

using event::Message;

void step(OraclePath& path, const Step& s) {
  path.push_back(s.field);
  if (s.index >= 0) path.insert(path.end(), static_cast<size_t>(s.index) + 1, nullptr);
}

event::Value element(const Message* m, const event::Field& field, int64_t index) {
  if (m == nullptr || index < 0) return {};
  const auto list = m->list(field);
  return static_cast<size_t>(index) < list.size() ? list[static_cast<size_t>(index)] : event::Value();
}

// The message before step `end` of a slot, on a copy, and the path that leads to it.
std::pair<const Message*, OraclePath> follow(const Message* root, const Slot& slot, size_t end,
                                             const OracleCopy& copy) {
  const Message* at = root;
  OraclePath path;
  for (size_t i = 0; i < end; ++i) {
    const Step& s = slot.steps[i];
    step(path, s);
    if (!s.field->repeated) at = at ? at->get(*s.field).as_message() : nullptr;
    else at = element(at, *s.field, s.index >= 0 ? s.index : copy.at(path)).as_message();
  }
  return {at, path};
}

Datum scalar(const event::Value& v, Type type) {
  if (type == Type::text) return Datum::text(v.as_text());
  if (type == Type::boolean) return Datum::boolean(v.as_bool());
  if (type == Type::integer) return Datum::integer(v.as_int());
  return Datum::real(v.type() == event::Value::Type::real ? v.as_real() : static_cast<double>(v.as_int()));
}

// All values of a slot from step `i` on, below a message, flattened; with a copy, repeated fields that it has chosen
// are followed there.
void values(const Slot& slot, size_t i, const Message* m, OraclePath path, const OracleCopy* copy,
            std::vector<Datum>& out) {
  const Step& s = slot.steps[i];
  const bool last = i + 1 == slot.steps.size();
  if (last && slot.keyed) {
    if (m == nullptr) return;
    if (s.field->kind == event::Kind::map) {
      const event::Map* map = m->get(*s.field).as_map();
      if (map != nullptr)
        for (const auto& e : map->entries())
          if (e.key == slot.key) return out.push_back(Datum::text(e.value.as_text()));
    } else {
      for (const event::Value& v : m->list(*s.field))
        if (v.as_message()->get("key").as_text() == slot.key)
          return out.push_back(Datum::text(v.as_message()->get("value").as_text()));
    }
    // A label of a noun is an ordinary field: absent is zero.
    if (slot.follows_noun) out.push_back(Datum::text({}));
    return;
  }
  step(path, s);
  std::vector<event::Value> items;
  if (!s.field->repeated) items.push_back(m ? m->get(*s.field) : event::Value());
  else if (s.index >= 0) items.push_back(element(m, *s.field, s.index));
  else if (copy && copy->contains(path)) items.push_back(element(m, *s.field, copy->at(path)));
  else if (m) items.assign(m->list(*s.field).begin(), m->list(*s.field).end());
  for (const event::Value& v : items) {
    if (last) out.push_back(scalar(v, slot.type));
    else values(slot, i + 1, v.as_message(), path, copy, out);
  }
}

void leaves(const OracleJson& at, std::vector<Datum>& out) {
  if (at.kind == OracleJson::Kind::scalar) out.push_back(Datum::text(at.text));
  for (const OracleJson& item : at.items) leaves(item, out);
}

// What a dotted name reaches, through lists at any level: a key that is all that remains of the name, or its first
// segment and then the rest.
void reach(const OracleJson& at, std::string_view name, std::vector<const OracleJson*>& out) {
  for (size_t i = 0; i < at.items.size(); ++i) {
    if (at.kind == OracleJson::Kind::list) reach(at.items[i], name, out);
    else if (name == at.names[i]) out.push_back(&at.items[i]);
    else if (name.substr(0, name.find('.')) == at.names[i])
      reach(at.items[i], name.substr(at.names[i].size() + 1), out);
  }
}

// A scalar, or the scalars of a list at any depth.
void scalars(const OracleJson& at, std::vector<Datum>& out) {
  if (at.kind == OracleJson::Kind::scalar) out.push_back(Datum::text(at.text));
  if (at.kind == OracleJson::Kind::list)
    for (const OracleJson& item : at.items) scalars(item, out);
}

std::vector<Datum> raw_elements(const OracleJson& root, std::string_view name) {
  std::vector<Datum> out;
  if (name.empty()) {
    leaves(root, out);
    return out;
  }
  std::vector<const OracleJson*> reached;
  reach(root, name, reached);
  for (const OracleJson* at : reached) scalars(*at, out);
  return out;
}

}  // namespace

OracleJson oracle_json(const event::JsonValue& value) {
  using Form = event::JsonValue::Type;
  using Kind = OracleJson::Kind;
  switch (value.type()) {
    case Form::none:
    case Form::null:
      return {};
    case Form::boolean:
      return {Kind::scalar, value.boolean() ? "true" : "false", {}, {}};
    case Form::integer:
      return {Kind::scalar, std::to_string(value.integer()), {}, {}};
    case Form::unsigned_integer:
      return {Kind::scalar, std::to_string(value.unsigned_integer()), {}, {}};
    case Form::real: {
      char digits[32];
      return {Kind::scalar, {digits, std::to_chars(digits, digits + sizeof digits, value.real()).ptr}, {}, {}};
    }
    case Form::text:
      return {Kind::scalar, std::string(value.text()), {}, {}};
    case Form::list: {
      OracleJson out{.kind = Kind::list};
      for (auto v = value.first(); v; v = v.next(value)) out.items.push_back(oracle_json(v));
      return out;
    }
    case Form::object: {
      OracleJson out{.kind = Kind::object};
      for (auto key = value.first(); key;) {
        const auto member = key.after();
        out.names.emplace_back(key.text());
        out.items.push_back(oracle_json(member));
        key = member.next(value);
      }
      return out;
    }
  }
  return {};
}

event::Event oracle_event(const Rule& rule, const OracleDetection& d) {
  event::EventBuilder builder(event::Schema::get().detection());
  const auto label = [](const event::Node& node, const char* field, std::string_view key, std::string_view value) {
    node.add(field).set("key", key).set("value", value);
  };
  builder.root().set("type", "RULE_DETECTION").set_time("detection_time", d.time.seconds, d.time.nanos);
  if (d.window)
    builder.root()
        .child("time_window")
        .set_time("start_time", d.window->start.seconds, d.window->start.nanos)
        .set_time("end_time", d.window->end.seconds, d.window->end.nanos);
  const event::Node result = builder.root().add("detection");
  result.set("rule_name", std::string_view(rule.name));
  for (const auto& [name, value] : rule.meta) label(result, "rule_labels", name, value);
  for (const auto& [name, value] : d.keys) label(result, "detection_fields", name, value.to_string());
  for (const auto& [name, value] : d.outcomes) {
    label(result, "outcomes", name, value.to_string());
    if (name == "risk_score") {
      const event::Field* field = event::Schema::get().message("SecurityResult")->find("risk_score");
      auto* message = const_cast<Message*>(
          builder.root_message()->list(*builder.root_message()->type().find("detection"))[0].as_message());
      builder.put(*message, *field, event::Value::real(value.as_real()));
    }
  }
  // Its UDM events, those of each variable together.
  for (size_t i = 0; i < d.sources.size();) {
    const uint32_t variable = d.events[i].variable;
    if (d.sources[i]->kind != Variable::Kind::event) {
      ++i;
      continue;
    }
    builder.root().add("collection_elements").set("label", std::string_view(rule.variables[variable].name));
    std::vector<event::Value> references;
    for (; i < d.sources.size() && d.events[i].variable == variable; ++i) {
      const event::MessageType& type = *event::Schema::get().message("Reference");
      Message* reference = builder.new_message(type);
      builder.put(*reference, *type.find("event"), event::Value::message(d.sources[i]->message));
      references.push_back(event::Value::message(reference));
    }
    const Message& root = *builder.root_message();
    auto* last = const_cast<Message*>(root.list(*root.type().find("collection_elements")).back().as_message());
    builder.put(*last, *last->type().find("references"), builder.list(references));
  }
  return std::move(builder).seal();
}

// The slots of a variable that expand rows below these expressions, in the order of the rule's slots.
std::vector<const Slot*> OracleRule::expanding(std::vector<ExprId> roots, uint32_t variable) const {
  std::set<uint32_t> found;
  std::set<ExprId> seen;
  while (!roots.empty()) {
    const ExprId id = roots.back();
    roots.pop_back();
    if (!seen.insert(id).second) continue;
    const Expr& e = rule_.exprs[id];
    if (e.op == Op::slot && rule_.slots[e.index].quantifier == Quantifier::each && rule_.slots[e.index].repeated() &&
        rule_.slots[e.index].variable == variable)
      found.insert(e.index);
    if (e.op == Op::placeholder)
      for (ExprId d : rule_.placeholders[e.index].definitions) roots.push_back(d);
    roots.insert(roots.end(), e.args.begin(), e.args.end());
  }
  std::vector<const Slot*> out;
  for (uint32_t i : found) out.push_back(&rule_.slots[i]);
  return out;
}

// Every copy, once for each element of each repeated field of these slots that it has not chosen yet.
std::vector<OracleCopy> OracleRule::copies(const OracleSource& source, std::vector<OracleCopy> from,
                                           const std::vector<const Slot*>& slots) const {
  for (const Slot* slot : slots) {
    for (size_t i = 0; i < slot->steps.size() - (slot->keyed ? 1 : 0); ++i) {
      const Step& s = slot->steps[i];
      if (!s.field->repeated || s.index >= 0) continue;
      std::vector<OracleCopy> more;
      for (const OracleCopy& copy : from) {
        auto [at, path] = follow(source.message, *slot, i, copy);
        step(path, s);
        if (copy.contains(path)) {
          more.push_back(copy);
          continue;
        }
        const size_t n = at ? at->list(*s.field).size() : 0;
        OracleCopy made = copy;
        for (size_t k = 0; k < n; ++k) {
          made[path] = static_cast<int64_t>(k);
          more.push_back(made);
        }
        if (n == 0) {
          made[path] = -1;
          more.push_back(made);
        }
      }
      from = std::move(more);
    }
  }
  return from;
}

std::vector<Datum> OracleRule::elements(const Slot& slot) {
  std::vector<Datum> out;
  const OracleSource* source = env_[slot.variable].source;
  if (source == nullptr) return out;
  if (slot.raw) return raw_elements(source->json, slot.field);
  values(slot, 0, source->message, {}, nullptr, out);
  return out;
}

Datum OracleRule::read(const Slot& slot) {
  if (slot.quantifier != Quantifier::each) return quantified_;
  const Bound& bound = env_[slot.variable];
  if (bound.source == nullptr) return Datum::zero(slot.type);
  std::vector<Datum> found;
  if (slot.raw) {
    found = raw_elements(bound.source->json, slot.field);
  } else if (slot.keyed && !slot.follows_noun) {
    // A plain map access: the first string, below what is expanded here.
    values(slot, 0, bound.source->message, {}, bound.copy, found);
  } else {
    OracleCopy copy = *bound.copy;
    if (loose_) copy = copies(*bound.source, {copy}, {&slot}).front();
    values(slot, 0, bound.source->message, {}, &copy, found);
  }
  return found.empty() ? Datum::zero(slot.type) : found[0];
}

bool OracleRule::has_field(const Slot& slot) const {
  const OracleSource* source = env_[slot.variable].source;
  if (source == nullptr) return false;
  std::vector<const OracleJson*> reached;
  reach(source->json, slot.field, reached);
  return !reached.empty();
}

}  // namespace sekisho::engine
