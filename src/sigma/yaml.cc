// Takes the text of a file, gives its YAML documents as trees. Entry: read_yaml(). Refuses what is no YAML, duplicate
// keys, and what is too large, too deep or unfolds too far. The only file that knows libfyaml.
#include "sigma/yaml.h"

#include <libfyaml.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <unordered_set>

#include "base/strings.h"
#include "text/charset.h"

namespace sekisho::sigma {
namespace {

struct Close {
  void operator()(fy_diag* d) const { fy_diag_destroy(d); }
  void operator()(fy_parser* p) const { fy_parser_destroy(p); }
};

bool is_null(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

// The offset of a line and column (both from 0; columns in characters) below `from`.
size_t offset_of(std::string_view text, size_t from, int line, int column) {
  size_t at = from;
  for (; line > 0 && at < text.size(); --line) {
    const size_t end = text.find('\n', at);
    at = end == std::string_view::npos ? text.size() : end + 1;
  }
  for (; column > 0 && at < text.size() && text[at] != '\n'; --column) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

class Reader {
 public:
  Reader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  Stream run() {
    size_t from = 0;
    while (from < text_.size()) {
      if (read_from(from)) break;
      // After a mistake: the next document.
      const size_t next = text_.find("\n---", document_at_);
      if (full_ || next == std::string_view::npos || out_.errors.size() >= 50) break;
      from = next + 1;
    }
    return std::move(out_);
  }

 private:
  struct Open {
    Node node;
    Node key;  // of a map: the key that waits for its value
    bool has_key = false;
    std::string anchor;
    std::unordered_set<std::string> keys;  // of a map
    size_t begin_nodes = 0;
  };

  // True: the end was reached.
  bool read_from(size_t from) {
    base_ = document_at_ = from;
    fy_diag_cfg how{};
    fy_diag_cfg_default(&how);
    how.fp = nullptr;
    how.level = FYET_ERROR;
    const std::unique_ptr<fy_diag, Close> diag(fy_diag_create(&how));
    if (diag == nullptr) return broken("sigma.yaml", "out of memory", {});
    fy_diag_set_collect_errors(diag.get(), true);
    fy_parse_cfg config{};
    config.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE);
    config.diag = diag.get();
    const std::unique_ptr<fy_parser, Close> parser(fy_parser_create(&config));
    const std::string_view rest = text_.substr(from);
    if (parser == nullptr || fy_parser_set_string(parser.get(), rest.data(), rest.size()) != 0)
      return broken("sigma.yaml", "out of memory", {});
    stack_.clear();
    anchors_.clear();
    bool ended = false, good = true;
    while (good && !ended) {
      fy_event* const event = fy_parser_parse(parser.get());
      if (event == nullptr) break;
      ended = event->type == FYET_STREAM_END;
      good = take(*event);
      fy_parser_event_free(parser.get(), event);
    }
    if (!good) return false;
    if (ended) return true;
    void* at = nullptr;
    const fy_diag_error* const error = fy_diag_errors_iterate(diag.get(), &at);
    if (error == nullptr) return broken("sigma.yaml", "this is not YAML", {clamp(seen_to_), 0});
    const size_t offset =
        error->line > 0 ? offset_of(text_, base_, error->line - 1, std::max(error->column - 1, 0)) : seen_to_;
    const size_t line_end = std::min(text_.find('\n', offset), text_.size());
    return broken("sigma.yaml", error->msg != nullptr ? printable(error->msg) : "this is not YAML",
                  {clamp(offset), clamp(line_end > offset ? 1 : 0)});
  }

  static uint32_t clamp(size_t n) { return static_cast<uint32_t>(std::min<size_t>(n, UINT32_MAX)); }

  bool broken(std::string code, std::string message, Span span, std::string hint = {}) {
    if (code.starts_with("sigma.limit")) full_ = true;
    out_.errors.push_back({std::move(code), std::move(message), name_, span, std::move(hint), {}});
    return false;
  }

  Span span_of(const fy_mark* begin, const fy_mark* end) {
    if (begin == nullptr) return {clamp(seen_to_), 0};
    const size_t b = std::min(base_ + begin->input_pos, text_.size());
    const size_t e = end == nullptr ? b : std::min(base_ + end->input_pos, text_.size());
    seen_to_ = std::max(seen_to_, std::max(b, e));
    return {clamp(b), clamp(e > b ? e - b : 0)};
  }

  bool take(fy_event& event) {
    const Span span = span_of(fy_event_start_mark(&event), fy_event_end_mark(&event));
    switch (event.type) {
      case FYET_DOCUMENT_START:
        document_at_ = std::max<size_t>(document_at_, span.offset);
        anchors_.clear();
        return true;
      case FYET_SCALAR: {
        Node node;
        size_t length = 0;
        const char* const bytes = event.scalar.value ? fy_token_get_text(event.scalar.value, &length) : nullptr;
        if (event.scalar.value != nullptr && bytes == nullptr)
          return broken("sigma.yaml", "this value cannot be unfolded", span, "write it on one line, in quotes");
        if (bytes != nullptr) node.text.assign(bytes, length);
        node.plain = event.scalar.value == nullptr || fy_token_scalar_style(event.scalar.value) == FYSS_PLAIN;
        node.kind = node.plain && is_null(node.text) ? Node::Kind::null : Node::Kind::scalar;
        node.span = span;
        node.literal = text_.substr(span.offset, span.length) == node.text;
        return put(std::move(node), anchor_of(event.scalar.anchor), 1);
      }
      case FYET_SEQUENCE_START:
        return open(Node::Kind::list, span, anchor_of(event.sequence_start.anchor));
      case FYET_MAPPING_START:
        return open(Node::Kind::map, span, anchor_of(event.mapping_start.anchor));
      case FYET_SEQUENCE_END:
      case FYET_MAPPING_END: {
        if (stack_.empty()) return true;
        Open done = std::move(stack_.back());
        stack_.pop_back();
        return put(std::move(done.node), std::move(done.anchor), nodes_ - done.begin_nodes);
      }
      case FYET_ALIAS: {
        const std::string anchor = anchor_of(event.alias.anchor);
        const auto known =
            std::find_if(anchors_.rbegin(), anchors_.rend(), [&](const auto& a) { return a.name == anchor; });
        if (known == anchors_.rend())
          return broken("sigma.yaml", "no anchor &" + printable(anchor) + " stands before this",
                        {span.offset > 0 ? span.offset - 1 : 0, span.length + 1});
        if (known->depth + stack_.size() > kYamlDepth) return too_deep(span);
        nodes_ += known->nodes;
        bytes_ += known->bytes;
        if (nodes_ > kYamlNodes || bytes_ > kYamlText) return too_many(span);
        return put(known->node, {}, 0);
      }
      default:
        return true;
    }
  }

  static std::string anchor_of(fy_token* token) {
    size_t length = 0;
    const char* const bytes = token ? fy_token_get_text(token, &length) : nullptr;
    return bytes == nullptr ? std::string() : std::string(bytes, length);
  }

  bool too_deep(Span span) {
    return broken("sigma.limit.depth", "more than " + std::to_string(kYamlDepth) + " levels deep", span);
  }
  bool too_many(Span span) {
    return broken("sigma.limit.nodes", "this file unfolds to more than " + std::to_string(kYamlNodes) + " values",
                  span);
  }

  bool open(Node::Kind kind, Span span, std::string anchor) {
    if (stack_.size() >= kYamlDepth) return too_deep(span);
    Open next;
    next.node.kind = kind;
    next.node.plain = false;
    const size_t line_end = std::min(text_.find('\n', span.offset), text_.size());
    next.node.span = {span.offset, clamp(line_end > span.offset ? line_end - span.offset : 0)};
    next.anchor = std::move(anchor);
    next.begin_nodes = nodes_++;
    stack_.push_back(std::move(next));
    return true;
  }

  static size_t depth_of(const Node& node) {
    size_t deepest = 0;
    for (const Node& item : node.items) deepest = std::max(deepest, depth_of(item));
    for (const auto& [key, value] : node.entries) deepest = std::max(deepest, depth_of(value));
    return deepest + (node.is(Node::Kind::list) || node.is(Node::Kind::map) ? 1 : 0);
  }
  static size_t bytes_of(const Node& node) {
    size_t sum = node.text.size();
    for (const Node& item : node.items) sum += bytes_of(item);
    for (const auto& [key, value] : node.entries) sum += key.text.size() + bytes_of(value);
    return sum;
  }

  // A finished node goes into what is open, or becomes a document.
  bool put(Node node, std::string anchor, size_t nodes) {
    if (node.is(Node::Kind::scalar) || node.is(Node::Kind::null)) {
      nodes_ += nodes;
      bytes_ += node.text.size();
    }
    if (nodes_ > kYamlNodes || bytes_ > kYamlText) return too_many(node.span);
    if (!anchor.empty()) {
      if (anchors_.size() >= 1000) return too_many(node.span);
      anchors_.push_back({std::move(anchor), node, std::max<size_t>(nodes, 1), bytes_of(node), depth_of(node)});
      bytes_ += anchors_.back().bytes;
    }
    if (stack_.empty()) {
      if (!node.is(Node::Kind::null)) out_.documents.push_back(std::move(node));
      return true;
    }
    Open& parent = stack_.back();
    if (parent.node.is(Node::Kind::list)) {
      parent.node.items.push_back(std::move(node));
      return true;
    }
    if (parent.has_key) {
      parent.node.entries.push_back({std::move(parent.key), std::move(node)});
      parent.has_key = false;
      return true;
    }
    if (node.is(Node::Kind::list) || node.is(Node::Kind::map))
      return broken("sigma.yaml", "a key must be a word, not a list or map", node.span);
    if (!parent.keys.insert(node.text).second)
      return broken("sigma.yaml", "\"" + printable(node.text) + "\" stands twice in this map", node.span,
                    "give both values in one list, or another name");
    parent.key = std::move(node);
    parent.has_key = true;
    return true;
  }

  struct Anchor {
    std::string name;
    Node node;
    size_t nodes, bytes, depth;
  };

  const std::string_view text_;
  const std::string& name_;
  Stream out_;
  std::vector<Open> stack_;
  std::vector<Anchor> anchors_;
  size_t base_ = 0, seen_to_ = 0, document_at_ = 0;
  size_t nodes_ = 0, bytes_ = 0;
  bool full_ = false;
};

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const auto& [name, value] : entries)
    if (name.text == key) return &value;
  return nullptr;
}

Span Node::part(size_t offset, size_t length) const {
  if (!literal || offset > text.size()) return span;
  return {span.offset + static_cast<uint32_t>(offset), static_cast<uint32_t>(std::min(length, text.size() - offset))};
}

Stream read_yaml(std::string_view text, const std::string& name, const Limits& limits) {
  if (text.size() > limits.rule_file_bytes) {
    Stream out;
    out.errors.push_back({"sigma.limit.bytes",
                          "the file is larger than " + std::to_string(limits.rule_file_bytes) + " bytes",
                          name,
                          Span{},
                          {},
                          {}});
    return out;
  }
  if (!text::is_utf8(text)) {
    size_t line = 0, good = 0;  // the first line that is at fault
    while (line < text.size()) {
      good = std::min(text.find('\n', line), text.size() - 1) + 1;
      if (!text::is_utf8(text.substr(line, good - line))) break;
      line = good;
    }
    Stream out;
    out.errors.push_back({"sigma.yaml",
                          "this line is not UTF-8",
                          name,
                          Span{static_cast<uint32_t>(std::min(line, text.size())), 0},
                          {},
                          {}});
    return out;
  }
  return Reader(text, name).run();
}

bool is_boolean(const Node& node, bool& value) {
  if (!node.is(Node::Kind::scalar) || !node.plain) return false;
  const std::string_view t = node.text;
  value = t == "true" || t == "True" || t == "TRUE";
  return value || t == "false" || t == "False" || t == "FALSE";
}

bool is_number(const Node& node, double& value) {
  if (!node.is(Node::Kind::scalar) || !node.plain) return false;
  std::string_view t = node.text;
  const bool negative = t.starts_with('-');
  if (negative || t.starts_with('+')) t.remove_prefix(1);
  if (t.empty() || !(is_digit(t[0]) || (t[0] == '.' && t.size() > 1 && is_digit(t[1])))) return false;
  const char* const end = t.data() + t.size();
  const bool hexadecimal = t.starts_with("0x"), octal = t.starts_with("0o");
  if (hexadecimal || octal) {
    uint64_t whole = 0;
    const auto read = std::from_chars(t.data() + 2, end, whole, hexadecimal ? 16 : 8);
    if (read.ec != std::errc() || read.ptr != end) return false;
    value = static_cast<double>(whole);
  } else {
    const auto read = std::from_chars(t.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end) return false;
  }
  if (negative) value = -value;
  return std::isfinite(value);
}

}  // namespace sekisho::sigma
