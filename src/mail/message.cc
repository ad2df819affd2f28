// Takes the bytes of a mail, gives a Message. Entry: read_message. Refuses an empty message ("mail.empty") and one over
// Limits::mail_bytes
// ("mail.limit.bytes"); all other limits cut, and are named in Message::limits_hit. Nested messages are read by the
// same steps, at most Limits::nested_messages of them in all, which also bounds the recursion.
#include "mail/message.h"

#include <algorithm>

#include "base/sha256.h"
#include "base/strings.h"
#include "mail/assemble.h"
#include "mail/sniff.h"
#include "text/charset.h"

namespace sekisho::mail {
namespace {

// The charset that HTML names itself, for parts whose Content-Type is silent.
std::string_view charset_in_html(std::string_view html) {
  html = html.substr(0, 2048);
  const size_t at = ifind(html, "charset=");
  if (at == std::string_view::npos) return {};
  std::string_view rest = html.substr(at + 8);
  while (!rest.empty() && (rest.front() == '"' || rest.front() == '\'' || rest.front() == ' ')) rest.remove_prefix(1);
  size_t n = 0;
  while (n < rest.size() && n < 40 && (is_alnum(rest[n]) || rest[n] == '-' || rest[n] == '_' || rest[n] == ':')) ++n;
  return rest.substr(0, n);
}

bool named(std::string_view filename, std::initializer_list<std::string_view> endings) {
  for (std::string_view ending : endings)
    if (filename.size() > ending.size() && iequals(filename.substr(filename.size() - ending.size()), ending))
      return true;
  return false;
}

class Assembler {
 public:
  Assembler(Budget& budget) : budget_(budget) {}

  // Builds one message from its nodes. Its header block is set already.
  void build(Message& m, std::string_view bytes, const Range& range, int depth, const std::string& prefix) {
    read_identities(m, budget_.limits);
    const std::vector<Shown> shown = choose_shown(range);
    std::vector<Shown> part_shown;
    std::vector<uint32_t> children(range.end - range.first, 0);
    std::vector<std::string> paths(range.end - range.first);
    std::vector<int> part_of(range.end - range.first, -1);
    for (size_t i = range.first; i < range.end;) {
      const Node& node = range.tree.nodes[i];
      const size_t local = i - range.first;
      if (budget_.parts == 0) {
        note_limit(m, "parts");
        break;
      }
      --budget_.parts;
      Part part;
      part.kind = kind_of(node, local == 0);
      if (local == 0) {
        paths[0] = prefix;
        part.path = node.kind == Node::Kind::multipart ? prefix : prefix.empty() ? "1" : prefix + ".1";
      } else {
        const size_t up = static_cast<size_t>(node.parent) - range.first;
        paths[local] = (paths[up].empty() ? "" : paths[up] + ".") + std::to_string(++children[up]);
        part.path = paths[local];
      }
      part.message_depth = depth;
      const Part* up =
          local > 0 ? &m.parts[static_cast<size_t>(part_of[static_cast<size_t>(node.parent) - range.first])] : nullptr;
      fill(m, part, node, bytes, up);
      part_of[local] = static_cast<int>(m.parts.size());
      m.parts.push_back(std::move(part));
      part_shown.push_back(shown[local]);
      const size_t next = node.kind == Node::Kind::message ? subtree_end(range.tree, i, range.end) : i + 1;
      if (node.kind == Node::Kind::message)
        nested_raw(m, bytes, Range{range.tree, i + 1, next}, node, depth, m.parts.back().path);
      i = next;
    }
    read_body(m, part_shown, budget_);
    for (size_t i = 0; i < m.parts.size(); ++i) nested_decoded(m, i, depth);
  }

  // Slices, finds the structure, builds.
  void read(Message& m, std::string_view bytes, int depth, const std::string& prefix) {
    m.headers = slice_headers(bytes, budget_.limits);
    Limits limits = budget_.limits;
    limits.parts = budget_.parts;
    const Tree tree = read_tree(bytes, m.headers, limits);
    for (const std::string& name : tree.limits_hit) note_limit(m, name);
    build(m, bytes, Range{tree, 0, tree.nodes.size()}, depth, prefix);
  }

 private:
  std::string_view take(Message& m, const Node& node, std::string_view raw, std::string& decoded) {
    if (node.encoding == Encoding::identity) {
      if (raw.size() > budget_.decoded) note_limit(m, "decoded_bytes");
      raw = raw.substr(0, budget_.decoded);
      budget_.decoded -= raw.size();
      return raw;
    }
    bool cut = false;
    decoded = decode_body(raw, node.encoding, budget_.decoded, cut);
    if (cut) note_limit(m, "decoded_bytes");
    budget_.decoded -= decoded.size();
    return decoded;
  }

  // Text in UTF-8; ASCII bytes are copied at most once.
  std::string to_text(Part& part, std::string_view bytes, std::string_view label) {
    text::Decoded decoded = text::decode_as_labelled(bytes, label);
    part.charset = std::move(decoded.charset);
    part.charset_wrong = decoded.label_wrong;
    return std::move(decoded.utf8);
  }

  void fill(Message& m, Part& part, const Node& node, std::string_view bytes, const Part* up) {
    part.type = node.type.value.empty() ? "text/plain" : node.type.value;
    part.disposition = node.disposition.value;
    std::string_view name = node.disposition.get("filename");
    if (name.empty()) name = node.type.get("name");
    part.filename = base_name(name);
    part.content_id = node.content_id;
    part.offset = node.body;
    part.length = node.length;
    std::string_view label = node.type.get("charset");
    label = label.substr(0, label.find_first_of(" \t("));
    const std::string_view raw = bytes.substr(node.body, node.length);
    switch (part.kind) {
      case PartKind::multipart:
        if (node.unterminated) m.truncated = true;
        part.encrypted = part.type == "multipart/encrypted";
        part.signed_ = part.type == "multipart/signed";
        return;
      case PartKind::message:
        if (node.kind == Node::Kind::message) {  // its own text and parts are in Message::nested
          part.size = raw.size();
          part.sha256 = sha256_hex(raw);
          part.sniffed = "message/rfc822";
          return;
        }
        break;
      case PartKind::text:
      case PartKind::html: {
        if (node.unterminated) m.truncated = true;
        std::string decoded;
        std::string_view body = take(m, node, raw, decoded);
        part.size = body.size();
        part.base64 = node.encoding == Encoding::base64;
        part.sniffed = sniff(body);
        if (body.size() > budget_.limits.html_bytes) {  // text that long is no text to read; it bounds plain parts too
          body = body.substr(0, budget_.limits.html_bytes);
          note_limit(m, part.kind == PartKind::html ? "html_bytes" : "text_bytes");
        }
        if (part.kind == PartKind::html && label.empty()) label = charset_in_html(body);
        part.content = to_text(part, body, label);
        if (part.kind == PartKind::html) {
          part.page = html::read_page(part.content, budget_.limits);
        } else {
          const std::string_view start = trim(std::string_view(part.content).substr(0, 200));
          part.encrypted = start.starts_with("-----BEGIN PGP MESSAGE-----");
          part.signed_ = start.starts_with("-----BEGIN PGP SIGNED MESSAGE-----");
        }
        return;
      }
      default:
        break;
    }
    std::string decoded;
    const std::string_view body = take(m, node, raw, decoded);
    part.content = decoded.empty() ? std::string(body) : std::move(decoded);
    part.size = part.content.size();
    part.sha256 = sha256_hex(part.content);
    part.sniffed = sniff(part.content);
    mark_protection(part, node, up);
    if (part.kind == PartKind::message) return;
    if (part.type == "text/calendar" || part.type == "application/ics" || part.sniffed == "text/calendar" ||
        named(part.filename, {".ics", ".vcs"})) {
      Part probe;
      part.calendar = read_calendar(to_text(probe, part.content, label), budget_.limits);
      if (part.calendar->cut) note_limit(m, "calendar");
    }
    const bool text_type = part.type.starts_with("text/") || part.type == "application/octet-stream" ||
                           part.type == "application/xhtml+xml" || part.type == "image/svg+xml";
    const bool markup =
        part.sniffed == "text/html" || part.sniffed == "image/svg+xml" || part.type == "text/html" ||
        part.type == "application/xhtml+xml" ||
        (text_type && named(part.filename, {".html", ".htm", ".shtml", ".xhtml", ".xht", ".hta", ".svg"}));
    if (markup && part.kind != PartKind::other &&
        (part.kind != PartKind::image || part.sniffed == "image/svg+xml" || part.sniffed == "text/html")) {
      if (label.empty()) label = charset_in_html(part.content);
      Part probe;  // the content stays as the bytes that were hashed; the page is read from their UTF-8
      const std::string html = to_text(probe, part.content, label);
      part.charset = std::move(probe.charset);
      part.charset_wrong = probe.charset_wrong;
      part.page = html::read_page(html, budget_.limits);
    }
  }

  static void mark_protection(Part& part, const Node& node, const Part* up) {
    if (part.type == "application/pkcs7-mime" || part.type == "application/x-pkcs7-mime") {
      const bool is_signed = iequals(node.type.get("smime-type"), "signed-data") || named(part.filename, {".p7s"});
      part.signed_ = is_signed;
      part.encrypted = !is_signed && !iequals(node.type.get("smime-type"), "certs-only");
    }
    if (part.type == "application/pgp-encrypted" || (up != nullptr && up->type == "multipart/encrypted"))
      part.encrypted = true;
    if (part.sniffed == "application/pgp" && part.content.starts_with("-----BEGIN PGP MESSAGE-----"))
      part.encrypted = true;
    if (part.content.starts_with("PK\3\4") && zip_is_encrypted(part.content)) part.encrypted = true;
  }

  bool may_nest(Message& m, int depth) {
    if (budget_.nested > 0 && static_cast<size_t>(depth) < budget_.limits.mime_depth) {
      --budget_.nested;
      return true;
    }
    note_limit(m, budget_.nested == 0 ? "nested_messages" : "mime_depth");
    return false;
  }

  void adopt(Message& m, Message&& inner) {
    for (const std::string& name : inner.limits_hit) note_limit(m, name);
    m.truncated = m.truncated || inner.truncated;
    m.nested.push_back(std::move(inner));
  }

  // A nested message whose bytes lie in ours: its nodes are in the tree already.
  void nested_raw(Message& m, std::string_view bytes, const Range& range, const Node& node, int depth,
                  const std::string& path) {
    if (!may_nest(m, depth)) return;
    Message inner;
    inner.headers = slice_headers(bytes.substr(node.body), budget_.limits);
    for (HeaderField& field : inner.headers.fields) field.offset += node.body;
    inner.headers.body_offset += node.body;
    if (range.first < range.end) build(inner, bytes, range, depth + 1, path);
    else read_identities(inner, budget_.limits);
    adopt(m, std::move(inner));
  }

  // A nested message that was encoded, or is attached as a file: its bytes are the part's content, which moves into the
  // nested message.
  void nested_decoded(Message& m, size_t index, int depth) {
    Part& part = m.parts[index];
    if (part.content.empty() || part.page) return;
    const bool mail = part.kind == PartKind::message ||
                      (part.kind == PartKind::attachment && part.sniffed == "message/rfc822") ||
                      (part.kind == PartKind::attachment && named(part.filename, {".eml", ".mht", ".mhtml"}));
    if (!mail || !may_nest(m, depth)) return;
    auto own = std::make_shared<const std::string>(part.content);
    Message inner;
    inner.own_bytes = own;
    read(inner, *own, depth + 1, part.path);
    adopt(m, std::move(inner));
  }

  Budget& budget_;
};

}  // namespace

void note_limit(Message& message, std::string_view name) {
  if (std::find(message.limits_hit.begin(), message.limits_hit.end(), name) == message.limits_hit.end())
    message.limits_hit.emplace_back(name);
}

Result<Message> read_message(std::string_view bytes, const Limits& limits) {
  if (bytes.empty()) return fail("mail.empty", "The message has no bytes");
  if (bytes.size() > limits.mail_bytes || bytes.size() >= UINT32_MAX)
    return fail("mail.limit.bytes",
                "The message has " + std::to_string(bytes.size()) + " bytes, more than the limit of " +
                    std::to_string(limits.mail_bytes),
                "Raise the limit mail_bytes if mails of this size are expected");
  Budget budget(limits);
  Message message;
  Assembler(budget).read(message, bytes, 0, "");
  return message;
}

}  // namespace sekisho::mail
