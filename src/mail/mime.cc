// Takes message bytes and their header block, gives the MIME tree as byte ranges. Entries: read_tree, decode_body. The
// only file that knows GMime. GMime works on a skeleton: a short header made from our slices, then the body with what
// is dangerous for GMime taken out; headers of hostile size never reach it. Refuses nothing; nesting and part counts
// beyond the limits are cut and named.
#include "mail/mime.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/strings.h"

namespace sekisho::mail {
namespace {

// g_mime_init is neither reentrant nor cheap; it is called once, and the options are read-only afterwards.
// GMime registers each of its types with GLib at its first use, unlocked: two threads that meet there crash or lose
// parts. Every type that reading can meet is made here once, while the others wait for options().
void register_types(GMimeParserOptions* made) {
  static constexpr std::string_view kAll =
      "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: message/rfc822\n\nFrom: a@example.com\nTo: "
      "b@example.com\n"
      "Content-Type: multipart/signed; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b\n"
      "Content-Type: application/pgp-signature\n\nx\n--b--\n--a\nContent-Type: multipart/encrypted; boundary=c\n\n--c\n"
      "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\neA==\n--c--\n--a\n"
      "Content-Type: message/partial; number=1; total=1; id=x\n\nx\n--a\nContent-Type: "
      "application/pkcs7-mime\n\nx\n--a\n"
      "Content-Type: text/html\nContent-Disposition: attachment; filename=x\n\nx\n--a--\n";
  GMimeStream* stream = g_mime_stream_mem_new_with_buffer(kAll.data(), kAll.size());
  GMimeParser* parser = g_mime_parser_new_with_stream(stream);
  g_mime_parser_set_persist_stream(parser, TRUE);
  if (GMimeObject* object = g_mime_parser_construct_part(parser, made)) g_object_unref(object);
  g_object_unref(parser);
  g_object_unref(stream);
  // Types that the tree above does not make, but decoding and walking may.
  for (const GType type :
       {g_mime_stream_null_get_type(), g_mime_stream_filter_get_type(), g_mime_filter_basic_get_type(),
        g_mime_data_wrapper_get_type(), g_mime_text_part_get_type(), g_mime_part_get_type(),
        g_mime_multipart_get_type(), g_mime_message_part_get_type(), g_mime_message_partial_get_type(),
        g_mime_application_pkcs7_mime_get_type(), g_mime_content_type_get_type(), g_mime_content_disposition_get_type(),
        g_mime_param_list_get_type(), g_mime_header_list_get_type(), g_mime_header_get_type(),
        g_mime_message_get_type()})
    if (GTypeClass* c = static_cast<GTypeClass*>(g_type_class_ref(type))) g_type_class_unref(c);
}

GMimeParserOptions* options() {
  static GMimeParserOptions* const ready = [] {
    g_mime_init();
    GMimeParserOptions* made = g_mime_parser_options_new();
    register_types(made);
    return made;
  }();
  return ready;
}

// GMime's objects are freed by reference count. The stream goes last, after all that reads from it.
struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

// ---- the skeleton: what GMime gets to see ----

// Fields whose values GMime parses into objects, address groups by recursion, while it looks for the structure of a
// nested message.
bool address_field(std::string_view line) {
  constexpr std::string_view kNames[] = {"from",       "sender",      "reply-to",
                                         "to",         "cc",          "bcc",
                                         "resent-",    "return-path", "disposition-notification-to",
                                         "references", "in-reply-to"};
  for (std::string_view name : kNames)
    if (istarts_with(line, name) && (name.back() == '-' || (line.size() > name.size() &&
                                                            (line[name.size()] == ':' || is_space(line[name.size()])))))
      return true;
  return false;
}

// GMime has no limit on parts or fields, and compares every line that begins with "--" with every open boundary. So it
// works on a copy of the same length, with the names of address fields made unknown to it, that ends where there are
// more lines that could part parts or be fields than a mail within the limits has: 30 MB at most for GMime's objects
// instead of gigabytes. Nothing but offsets is taken from the copy.
struct Skeleton {
  std::string bytes;
  bool cut = false;
};

Skeleton make_skeleton(std::string head, std::string_view body, const Limits& limits) {
  Skeleton out;
  out.bytes = std::move(head);
  const size_t start = out.bytes.size();
  out.bytes += body;
  const size_t most_delimiters = 20 * limits.parts, most_fields = 50 * limits.headers, most_parameters = 100'000;
  const size_t longest_field = 4 * limits.header_bytes;  // GMime grows its buffer in small steps
  size_t delimiters = 0, fields = 0, parameters = 0, field_begin = SIZE_MAX;
  bool in_content_field = false;
  for (size_t at = start; at < out.bytes.size();) {
    const void* newline = std::memchr(out.bytes.data() + at, '\n', out.bytes.size() - at);
    const size_t end = newline != nullptr ? static_cast<size_t>(static_cast<const char*>(newline) - out.bytes.data())
                                          : out.bytes.size();
    const std::string_view line(out.bytes.data() + at, end - at);
    const char first = line.empty() ? '\n' : ascii_lower(line[0]);
    if (first == ' ' || first == '\t') {
      if (in_content_field) parameters += static_cast<size_t>(std::count(line.begin(), line.end(), ';'));
    } else if (first == '-') {
      in_content_field = false;
      field_begin = SIZE_MAX;
      delimiters += line.starts_with("--");
    } else {
      in_content_field = false;
      field_begin = SIZE_MAX;
      size_t i = 0;
      while (i < line.size() && i < 80 && line[i] > ' ' && line[i] != ':') ++i;
      if (i < line.size() && (i == 80 || line[i] == ':' || line[i] == ' ' || line[i] == '\t')) {
        if (i == 80 || line[i] == ':' || trim(line.substr(i, 80)).starts_with(':')) {
          ++fields;
          field_begin = at;
        }
        if (first == 'c' && istarts_with(line, "content-")) {
          in_content_field = true;
          parameters += static_cast<size_t>(std::count(line.begin(), line.end(), ';'));
        }
        if (std::string_view("fsrtcbdi").find(first) != std::string_view::npos && address_field(line))
          out.bytes[at] = 'X';
      }
    }
    if ((field_begin != SIZE_MAX && end - field_begin > longest_field) || delimiters > most_delimiters ||
        fields > most_fields || parameters > most_parameters) {
      out.bytes.resize(at);
      out.cut = true;
      return out;
    }
    at = end + 1;
  }
  return out;
}

// ---- GMime's objects → nodes ----

Encoding encoding_of(std::string_view value) {
  value = trim(value);
  while (!value.empty() && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
  if (istarts_with(value, "base64")) return Encoding::base64;
  if (istarts_with(value, "quoted-printable")) return Encoding::quoted_printable;
  if (istarts_with(value, "x-uue") || istarts_with(value, "uue") || istarts_with(value, "x-uuencode"))
    return Encoding::uuencode;
  return Encoding::identity;
}

void read_fields(Node& node, const HeaderBlock& headers) {
  for (const HeaderField& field : headers.fields) {
    if (!istarts_with(field.name, "content-")) continue;
    const std::string_view name = field.name.substr(8);
    if (iequals(name, "type")) {
      if (node.type.value.empty() && node.type.parameters.empty()) node.type = parse_parameters(field.value);
    } else if (iequals(name, "disposition")) {
      if (node.disposition.value.empty() && node.disposition.parameters.empty())
        node.disposition = parse_parameters(field.value);
    } else if (iequals(name, "transfer-encoding")) {
      node.encoding = encoding_of(unfold(field.value));
    } else if (iequals(name, "id")) {
      std::string id = unfold(field.value);
      std::erase_if(id, [](char c) { return c == '<' || c == '>'; });
      node.content_id = std::move(id);
    }
  }
}

// The header that GMime sees on top: only what decides the structure, in a form that cannot be read two ways.
std::string top_header(const Node& root, const HeaderBlock& headers) {
  std::string out = "Content-Type: ";
  const std::string_view boundary = root.type.get("boundary");
  if (!boundary.empty() && is_ascii(boundary) && boundary.size() < 1000 && root.type.value.starts_with("multipart/")) {
    out += root.type.value + "; boundary=\"";
    for (char c : boundary) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  } else if (const HeaderField* field = headers.first("content-type")) {
    out += trim(field->value);
  }
  out += "\n\n";
  return out;
}

void note(std::vector<std::string>& list, std::string_view name) {
  if (std::find(list.begin(), list.end(), name) == list.end()) list.emplace_back(name);
}

class Walk {
 public:
  Walk(std::string_view bytes, size_t shift_from, size_t shift_to, const Limits& limits, Tree& tree)
      : bytes_(bytes),
        from_(static_cast<gint64>(shift_from)),
        to_(static_cast<gint64>(shift_to)),
        limits_(limits),
        tree_(tree) {}

  void run(GMimeObject* root) {
    struct Item {
      GMimeObject* object;
      int parent;
      uint32_t depth;
      size_t at;  // where its header block begins if GMime does not know
    };
    std::vector<Item> open{{root, -1, 0, 0}};
    while (!open.empty()) {
      const Item item = open.back();
      open.pop_back();
      if (item.parent >= 0 && tree_.nodes.size() >= limits_.parts) {
        note(tree_.limits_hit, "parts");
        break;
      }
      const int index = item.parent < 0 ? 0 : static_cast<int>(tree_.nodes.size());
      if (item.parent >= 0) {
        tree_.nodes.emplace_back();
        add(tree_.nodes.back(), item.object, item.at);
        tree_.nodes.back().parent = item.parent;
        tree_.nodes.back().depth = item.depth;
      } else {
        bounds(tree_.nodes[0], item.object);
      }
      const Node::Kind kind = tree_.nodes[static_cast<size_t>(index)].kind;
      if (kind == Node::Kind::leaf) continue;
      if (item.depth >= limits_.mime_depth) {
        note(tree_.limits_hit, "mime_depth");
        continue;
      }
      if (kind == Node::Kind::multipart) {
        auto* multipart = reinterpret_cast<GMimeMultipart*>(item.object);
        for (int i = g_mime_multipart_get_count(multipart); i-- > 0;)
          open.push_back({g_mime_multipart_get_part(multipart, i), index, item.depth + 1, 0});
      } else if (GMimeMessage* message =
                     g_mime_message_part_get_message(reinterpret_cast<GMimeMessagePart*>(item.object))) {
        if (GMimeObject* part = g_mime_message_get_mime_part(message))
          open.push_back({part, index, item.depth + 1, tree_.nodes[static_cast<size_t>(index)].body});
      }
    }
    // Containers end where their last descendant ends.
    for (size_t i = tree_.nodes.size(); i-- > 1;) {
      const Node& node = tree_.nodes[i];
      Node& parent = tree_.nodes[static_cast<size_t>(node.parent)];
      if (node.parent > 0 && node.body + node.length > parent.body + parent.length)
        parent.length = node.body + node.length - parent.body;
    }
  }

 private:
  size_t to_raw(gint64 offset) const {
    const gint64 raw = offset - from_ + to_;
    return static_cast<size_t>(std::clamp<gint64>(raw, 0, static_cast<gint64>(bytes_.size())));
  }

  // Kind and, for leaves, the byte range.
  void bounds(Node& node, GMimeObject* object) {
    if (GMIME_IS_MULTIPART(object)) {
      auto* multipart = reinterpret_cast<GMimeMultipart*>(object);
      node.unterminated = !multipart->write_end_boundary;
      if (g_mime_multipart_get_count(multipart) > 0) node.kind = Node::Kind::multipart;
      return;  // one without parts is read as the text that it is
    }
    if (GMIME_IS_MESSAGE_PART(object)) {
      node.kind = Node::Kind::message;
      return;
    }
    if (!GMIME_IS_PART(object)) return;
    GMimeDataWrapper* content = g_mime_part_get_content(reinterpret_cast<GMimePart*>(object));
    GMimeStream* stream = content != nullptr ? g_mime_data_wrapper_get_stream(content) : nullptr;
    if (stream == nullptr) return;
    const size_t begin = to_raw(stream->bound_start);
    const size_t end = stream->bound_end < 0 ? bytes_.size() : to_raw(stream->bound_end);
    node.body = static_cast<uint32_t>(begin);
    node.length = static_cast<uint32_t>(std::max(begin, end) - begin);
  }

  void add(Node& node, GMimeObject* object, size_t at) {
    // GMime says where the header block begins and ends; its fields are read from the bytes by our slicer.
    GMimeHeaderList* list = g_mime_object_get_header_list(object);
    const int count = list != nullptr ? g_mime_header_list_get_count(list) : 0;
    size_t end = at;
    if (count > 0) {
      GMimeHeader* last = g_mime_header_list_get_header_at(list, count - 1);
      const gint64 begin = g_mime_header_get_offset(g_mime_header_list_get_header_at(list, 0));
      if (at == 0 && begin >= 0) at = to_raw(begin);
      const char* value = g_mime_header_get_raw_value(last);
      end = to_raw(g_mime_header_get_offset(last)) + std::strlen(g_mime_header_get_name(last)) +
            (value != nullptr ? std::strlen(value) : 0);
    }
    if (at > 0) {
      const HeaderBlock headers = slice_headers(bytes_.substr(at, std::max(end, at) + 8 - at), limits_);
      read_fields(node, headers);
      node.body = static_cast<uint32_t>(at) + headers.body_offset;
    }
    bounds(node, object);
    if (GMIME_IS_MULTIPART(object) && node.kind == Node::Kind::leaf && node.type.value.empty())
      node.type.value = "text/plain";
    if (node.kind == Node::Kind::message && node.type.value.empty()) node.type.value = "message/rfc822";
  }

  std::string_view bytes_;
  gint64 from_, to_;  // stream offset from_ is byte to_
  const Limits& limits_;
  Tree& tree_;
};

}  // namespace

Tree read_tree(std::string_view bytes, const HeaderBlock& headers, const Limits& limits) {
  Tree tree;
  tree.nodes.emplace_back();
  Node& root = tree.nodes[0];
  read_fields(root, headers);
  root.body = headers.body_offset;
  root.length = static_cast<uint32_t>(bytes.size() - headers.body_offset);
  const bool message = root.type.value.starts_with("message/") && root.encoding == Encoding::identity;
  if (!message && !root.type.value.starts_with("multipart/")) return tree;  // a single part has no tree to find
  std::string head = top_header(root, headers);
  const size_t head_size = head.size();
  const Skeleton skeleton = make_skeleton(std::move(head), bytes.substr(root.body), limits);
  if (skeleton.cut) note(tree.limits_hit, "parts");
  GMimeParserOptions* const parse_options = options();  // first: it registers the types of all that follows
  // GLib's array over memory that stays ours: the stream does not own it and never writes.
  GByteArray lent{reinterpret_cast<guint8*>(const_cast<char*>(skeleton.bytes.data())),
                  static_cast<guint>(skeleton.bytes.size())};
  Owned<GMimeStream> stream(g_mime_stream_mem_new_with_byte_array(&lent));
  g_mime_stream_mem_set_owner(reinterpret_cast<GMimeStreamMem*>(stream.get()), FALSE);
  Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  g_mime_parser_set_persist_stream(parser.get(), TRUE);
  Owned<GMimeObject> object(g_mime_parser_construct_part(parser.get(), parse_options));
  if (object == nullptr) return tree;
  const size_t body_at = root.body;
  Walk(bytes, head_size, body_at, limits, tree).run(object.get());
  tree.nodes[0].body = static_cast<uint32_t>(body_at);
  tree.nodes[0].length = static_cast<uint32_t>(bytes.size() - body_at);
  return tree;
}

std::string decode_body(std::string_view raw, Encoding encoding, size_t most, bool& cut) {
  std::string out;
  switch (encoding) {
    case Encoding::identity:
      out = raw.substr(0, most);
      cut = cut || raw.size() > most;
      return out;
    case Encoding::base64:
      out = decode_base64(raw, most + 1);
      break;
    case Encoding::quoted_printable:
      out = decode_quoted_printable(raw, most + 1);
      break;
    case Encoding::uuencode: {
      raw = raw.substr(0, most / 3 * 4 + most / 16 + 4096);
      GMimeEncoding state;
      g_mime_encoding_init_decode(&state, GMIME_CONTENT_ENCODING_UUENCODE);
      const size_t begin = raw.starts_with("begin ") ? 0 : raw.find("\nbegin ");
      const size_t line = begin == std::string_view::npos ? 0 : raw.find('\n', begin + 1);
      if (line == std::string_view::npos) break;
      if (line > 0) raw.remove_prefix(line + 1);
      state.state |= GMIME_UUDECODE_STATE_BEGIN;
      out.resize(g_mime_encoding_outlen(&state, raw.size()) + 64);
      out.resize(g_mime_encoding_step(&state, raw.data(), raw.size(), out.data()));
      break;
    }
  }
  if (out.size() > most) {
    out.resize(most);
    cut = true;
  }
  return out;
}

}  // namespace sekisho::mail
