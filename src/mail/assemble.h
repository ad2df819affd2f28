// The steps by which message.cc builds a Message, and what they share. mail/ only.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "mail/message.h"
#include "mail/mime.h"

namespace sekisho::mail {

// What is left of the limits that count over the whole mail, nested messages included.
struct Budget {
  const Limits& limits;
  size_t decoded, text, links, parts, nested;
  explicit Budget(const Limits& l)
      : limits(l),
        decoded(l.decoded_bytes),
        text(l.text_bytes),
        links(l.links),
        parts(l.parts),
        nested(l.nested_messages) {}
};

// Notes the name of a limit once.
void note_limit(Message& message, std::string_view name);

// How a reader meets a leaf.
enum class Shown : uint8_t {
  no,     // attached, or a container
  best,   // in the body, in the alternative that a reader shows
  other,  // in the body, in an alternative that it does not show
};

// The nodes of one message: tree.nodes[first … end), nested messages' nodes among them but not looked into.
struct Range {
  const Tree& tree;
  size_t first, end;
};

// Index of the node after the last descendant of `node`.
size_t subtree_end(const Tree& tree, size_t node, size_t end);

// What kind of part a node is, from what it declares (RFC 2046; RFC 2183 for the disposition).
PartKind kind_of(const Node& node, bool root);

// Which leaves a reader sees (RFC 2046 section 5.1.4, RFC 2387): one entry a node of the range.
std::vector<Shown> choose_shown(const Range& range);

// identities.cc: everything that the header block says.
void read_identities(Message& message, const Limits& limits);

// body.cc: text, other_text, hidden_text, pieces and links from the parts. `shown` has one entry a part.
void read_body(Message& message, const std::vector<Shown>& shown, Budget& budget);

}  // namespace sekisho::mail
