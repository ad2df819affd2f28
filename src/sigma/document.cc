// Takes a file's text, gives its rules, correlations and filters. Entry: read_documents(). Refuses documents without a
// title or logic, selections of the wrong shape, and keys and modifiers that modifiers.h refuses. The correlation
// section is read by correlation_section.cc.
#include "sigma/document.h"

#include <algorithm>

#include "base/strings.h"
#include "sigma/document_reader.h"

namespace sekisho::sigma {
namespace {

using Kind = Node::Kind;

constexpr std::string_view kAttributes[] = {
    "action",     "author",   "correlation", "date",   "description", "detection", "falsepositives", "fields",
    "filter",     "generate", "id",          "level",  "license",     "logsource", "modified",       "name",
    "references", "related",  "scope",       "status", "tags",        "taxonomy",  "title"};
constexpr std::string_view kLevels[] = {"informational", "low", "medium", "high", "critical"};
constexpr std::string_view kStatus[] = {"stable", "test", "experimental", "deprecated", "unsupported"};

// One value of an attribute as text: lists joined by ", ", the entries of a map as "key value".
std::string flat(const Node& node) {
  std::string out;
  for (const Node& item : node.items) out += (out.empty() ? "" : ", ") + flat(item);
  for (const auto& [key, value] : node.entries) out += (out.empty() ? "" : " ") + key.text + " " + flat(value);
  return node.is(Kind::list) || node.is(Kind::map) ? out : node.text;
}

void add_meta(std::vector<std::pair<std::string, std::string>>& meta, const std::string& name, const Node& node) {
  if (!node.is(Kind::map)) {
    meta.emplace_back(name, flat(node));
    return;
  }
  for (const auto& [key, value] : node.entries) add_meta(meta, name + "." + key.text, value);
}

}  // namespace

std::string_view type_name(Correlation::Type type) {
  static constexpr std::string_view kNames[] = {"event_count", "value_count", "temporal",        "temporal_ordered",
                                                "value_sum",   "value_avg",   "value_percentile"};
  return kNames[static_cast<size_t>(type)];
}

void DocumentReader::error(std::string code, std::string text, Span at, std::string hint) {
  errors.push_back({std::move(code), std::move(text), file_, at, std::move(hint), {}});
}
void DocumentReader::warning(std::string code, std::string text, Span at, std::string hint) {
  warnings.push_back({std::move(code), std::move(text), file_, at, std::move(hint), {}});
}

// A key of `map` that is none of `known`, but sounds like one.
void DocumentReader::warn_of_near_names(const Node& map, std::span<const std::string_view> known) {
  for (const auto& [key, value] : map.entries) {
    if (std::find(known.begin(), known.end(), key.text) != known.end()) continue;
    for (const std::string_view name : known)
      if (map.find(name) == nullptr && key.text.size() > 3 &&
          edit_distance(ascii_lower(key.text), name) <= key.text.size() / 3) {
        warning("sigma.field", "\"" + printable(key.text) + "\" has no meaning of its own", key.span,
                "did you mean " + std::string(name) + "?");
        break;
      }
  }
}

std::string DocumentReader::scalar(const Node& map, std::string_view key) {
  const Node* const node = map.find(key);
  if (node == nullptr || node->is(Kind::null)) return {};
  if (!node->is(Kind::scalar)) {
    error("sigma.field", "\"" + std::string(key) + "\" must be a text", node->span);
    return {};
  }
  return node->text;
}

std::vector<Reference> DocumentReader::names(const Node& node, std::string_view code, std::string_view what) {
  std::vector<Reference> out;
  const auto take = [&](const Node& item) {
    if (!item.is(Kind::scalar) || item.text.empty())
      error(std::string(code), "expected " + std::string(what), item.span);
    else out.push_back({item.text, item.span});
  };
  if (node.is(Kind::list))
    for (const Node& item : node.items) take(item);
  else take(node);
  for (size_t i = 0; i < out.size(); ++i)
    for (size_t k = 0; k < i && i < 1000; ++k)
      if (out[k].text == out[i].text) {
        error(std::string(code), "\"" + printable(out[i].text) + "\" stands here twice", out[i].span);
        break;
      }
  return out;
}

std::optional<Document> DocumentReader::read(const Node& root) {
  const size_t before = errors.size();
  if (!root.is(Kind::map)) {
    error("sigma.yaml", "a Sigma document is a map with a title", root.span);
    return {};
  }
  Document out;
  if (const Node* const action = root.find("action")) {
    error("sigma.field", "documents with \"action\" (global, repeat, reset) are not read", action->span,
          "write each rule out in a document of its own");
    return {};
  }
  const Node* const detection = root.find("detection");
  const Node* const correlation = root.find("correlation");
  const Node* const filter = root.find("filter");
  const Span start{root.span.offset, root.span.length};
  if ((detection != nullptr) + (correlation != nullptr) + (filter != nullptr) != 1) {
    const bool none = detection == nullptr && correlation == nullptr && filter == nullptr;
    warn_of_near_names(root, kAttributes);
    error("sigma.field",
          none ? "a document needs a detection, a correlation or a filter"
               : "a document has one of detection, correlation and filter",
          start);
    return {};
  }
  out.kind = detection ? Document::Kind::rule : correlation ? Document::Kind::correlation : Document::Kind::filter;
  out.title = scalar(root, "title");
  out.id = scalar(root, "id");
  out.name = scalar(root, "name");
  if (const Node* const title = root.find("title")) out.title_span = title->span;
  if (out.title.empty()) error("sigma.field", "a document needs a title", start);
  warn_of_near_names(root, kAttributes);
  for (const auto& [key, value] : root.entries)
    if (&value != detection && &value != correlation && &value != filter) add_meta(out.meta, key.text, value);
  one_of(root, "level", kLevels);
  one_of(root, "status", kStatus);
  if (const Node* const source = root.find("logsource")) {
    if (!source->is(Kind::map))
      error("sigma.field", "\"logsource\" is a map of category, product and service", source->span);
    else out.logsource = {scalar(*source, "category"), scalar(*source, "product"), scalar(*source, "service")};
  } else if (out.kind != Document::Kind::correlation) {
    error("sigma.field", "a rule or filter needs a logsource", start, "category, product or service, or several");
  }
  if (detection) read_detection(*detection, out.detection, false);
  if (filter) read_filter(*filter, out);
  if (correlation) out.correlation = read_correlation(*correlation, root);
  if (errors.size() > before) return {};
  return out;
}

void DocumentReader::one_of(const Node& root, std::string_view key, std::span<const std::string_view> known) {
  const Node* const node = root.find(key);
  if (node == nullptr || std::find(known.begin(), known.end(), node->text) != known.end()) return;
  warning("sigma.field", "no " + std::string(key) + " \"" + printable(node->text) + "\"", node->span,
          near_names(ascii_lower(node->text), {known.begin(), known.end()}));
}

void DocumentReader::read_filter(const Node& node, Document& out) {
  if (!node.is(Kind::map))
    return error("sigma.filter", "a filter is a map of rules, selections and a condition", node.span);
  const Node* const rules = node.find("rules");
  if (rules == nullptr || rules->is(Kind::null))
    error("sigma.filter", "a filter needs \"rules\": the ids or names of the rules it is for", node.span,
          "\"rules: any\" is for all rules of its logsource");
  else if (rules->is(Kind::scalar) && rules->text == "any") out.every_rule = true;
  else out.targets = names(*rules, "sigma.filter", "the id or name of a rule");
  read_detection(node, out.detection, true);
}

void DocumentReader::read_detection(const Node& node, Detection& out, bool filter) {
  const char* const what = filter ? "filter" : "detection";
  if (!node.is(Kind::map))
    return error("sigma.field", std::string("a ") + what + " is a map of search identifiers and a condition",
                 node.span);
  const Node* condition = nullptr;
  for (const auto& [key, value] : node.entries) {
    if (key.text == "condition") condition = &value;
    else if (key.text == "timeframe")
      error("sigma.field", "\"timeframe\" is no longer part of Sigma", key.span,
            "write a correlation document with a timespan");
    else if (!(filter && key.text == "rules")) read_selection(key, value, out);
  }
  if (out.selections.empty() && errors.empty())
    error("sigma.field", std::string("a ") + what + " needs at least one search identifier", node.span);
  if (condition == nullptr) return error("sigma.condition", std::string("a ") + what + " needs a condition", node.span);
  const auto take = [&](const Node& text) {
    auto parsed = parse_condition(text, file_, limits_);
    if (parsed) out.conditions.push_back(std::move(*parsed));
    else errors.push_back(std::move(parsed).error());
  };
  if (condition->is(Kind::list))
    for (const Node& item : condition->items) take(item);
  else take(*condition);
  if (condition->is(Kind::list) && condition->items.empty())
    error("sigma.condition", "this list of conditions is empty", condition->span);
}

void DocumentReader::read_selection(const Node& name, const Node& node, Detection& out) {
  Selection selection{name.text, name.span, {}};
  std::vector<Test>* keywords = nullptr;  // the alternative that holds the bare words of a list
  const auto keyword = [&](const Node& word) {
    if (word.is(Kind::null) || word.text.empty())
      return error("sigma.field", "an empty keyword would be found everywhere", word.span);
    if (keywords == nullptr) {
      Key key;
      key.compare = Compare::contains;
      key.span = word.span;
      keywords = &selection.alternatives.emplace_back();
      keywords->push_back({key, {}, node.span});
    }
    keywords->front().values.push_back(word);
  };
  switch (node.kind) {
    case Kind::null:
      return error("sigma.field", "\"" + printable(name.text) + "\" is empty", name.span);
    case Kind::scalar:
      keyword(node);
      break;
    case Kind::map:
      selection.alternatives.push_back(read_tests(name, node));
      break;
    case Kind::list:
      if (node.items.empty()) return error("sigma.field", "\"" + printable(name.text) + "\" is empty", name.span);
      selection.alternatives.reserve(node.items.size() + 1);  // `keywords` points into it
      for (const Node& item : node.items) {
        if (item.is(Kind::map)) selection.alternatives.push_back(read_tests(name, item));
        else if (item.is(Kind::list)) error("sigma.field", "a list in a list says nothing", item.span);
        else keyword(item);
      }
      break;
  }
  out.selections.push_back(std::move(selection));
}

std::vector<Test> DocumentReader::read_tests(const Node& name, const Node& map) {
  std::vector<Test> out;
  if (map.entries.empty()) error("sigma.field", "\"" + printable(name.text) + "\" is empty", name.span);
  for (const auto& [key, value] : map.entries) {
    std::optional<Key> parsed = parse_key(key, file_, errors);
    if (value.is(Kind::map)) {
      error("sigma.field", "a field has values, not fields of its own", key.span,
            "write the inner field as " + printable(key.text) + "." +
                (value.entries.empty() ? std::string("name") : printable(value.entries[0].key.text)));
      continue;
    }
    if (!parsed) continue;
    if (parsed->field.empty() && parsed->compare == Compare::equal) parsed->compare = Compare::contains;
    Test test{std::move(*parsed), {}, key.span};
    if (value.is(Kind::list)) {
      for (const Node& item : value.items) {
        if (item.is(Kind::list) || item.is(Kind::map))
          error("sigma.field", "a value is a text, a number, true, false or null", item.span);
        else test.values.push_back(item);
      }
      if (value.items.empty()) error("sigma.field", "an empty list is never found", key.span);
    } else {
      test.values.push_back(value);
    }
    if (test.key.all && test.values.size() == 1) warning("sigma.modifier", "\"all\" is for lists of values", key.span);
    if (std::find(test.key.encodings.begin(), test.key.encodings.end(), Encoding::base64offset) !=
            test.key.encodings.end() &&
        test.key.compare == Compare::equal)
      warning("sigma.modifier", "base64offset without contains is hardly ever found", key.span, "add |contains");
    if (!test.values.empty()) out.push_back(std::move(test));
  }
  return out;
}

Documents read_documents(std::string_view text, const std::string& file, uint32_t index, const Limits& limits) {
  Documents out;
  Stream stream = read_yaml(text, file, limits);
  DocumentReader reader(file, limits);
  reader.errors = std::move(stream.errors);
  for (const Node& root : stream.documents) {
    if (std::optional<Document> document = reader.read(root)) {
      document->file = index;
      out.documents.push_back(std::move(*document));
    } else {
      ++out.failed;
      for (const char* key : {"id", "name"})
        if (const Node* const node = root.find(key)) out.broken.push_back(node->text);
    }
  }
  if (stream.documents.empty() && reader.errors.empty()) reader.error("sigma.yaml", "no document here", Span{});
  out.errors = std::move(reader.errors);
  out.warnings = std::move(reader.warnings);
  return out;
}

}  // namespace sekisho::sigma
