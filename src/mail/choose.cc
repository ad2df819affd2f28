// Takes the MIME tree of a message, gives which leaves a reader sees. Entries: kind_of, choose_shown. Refuses nothing.
// No recursion: nodes stand in pre-order, so one pass upwards finds what can be displayed and one pass downwards hands
// the choice on.
#include <algorithm>

#include "base/strings.h"
#include "mail/assemble.h"

namespace sekisho::mail {
namespace {

// text/* that mail readers do not show as text in the body.
bool text_shown_as_text(std::string_view subtype) {
  for (std::string_view other : {"calendar", "vcard", "x-vcard", "directory", "csv", "css", "javascript", "rtf",
                                 "x-amp-html", "x-watch-html", "watch-html"})
    if (subtype == other) return false;
  return true;
}

}  // namespace

PartKind kind_of(const Node& node, bool root) {
  const std::string_view type = node.type.value;
  if (node.kind == Node::Kind::message) return PartKind::message;
  if (node.kind == Node::Kind::multipart) return PartKind::multipart;
  const bool attached = node.disposition.value == "attachment" && !root;
  if (type.empty() || type.find('/') == std::string_view::npos || type.starts_with("multipart/"))
    return attached ? PartKind::attachment : PartKind::text;
  if (type == "text/html" || type == "application/xhtml+xml" || type == "text/x-amp-html")
    return attached ? PartKind::attachment : PartKind::html;
  if (type.starts_with("text/") && text_shown_as_text(type.substr(5)))
    return attached ? PartKind::attachment : PartKind::text;
  if (type.starts_with("image/")) return PartKind::image;
  if (type == "message/rfc822" || type == "message/global" || type == "message/rfc2822") return PartKind::message;
  if (type.starts_with("message/") || type == "application/pgp-signature" || type == "application/pkcs7-signature" ||
      type == "application/x-pkcs7-signature" || type == "application/pgp-encrypted")
    return PartKind::other;
  return PartKind::attachment;
}

size_t subtree_end(const Tree& tree, size_t node, size_t end) {
  size_t i = node + 1;
  while (i < end && tree.nodes[i].depth > tree.nodes[node].depth) ++i;
  return i;
}

std::vector<Shown> choose_shown(const Range& range) {
  const std::vector<Node>& nodes = range.tree.nodes;
  const size_t count = range.end - range.first;
  enum Can : uint8_t { nothing, text, html };
  std::vector<uint8_t> can(count, nothing);  // the best that the subtree can display
  std::vector<uint8_t> inside(count, 0);     // lies in a nested message
  std::vector<Shown> shown(count, Shown::no);
  std::vector<size_t> pick(count, SIZE_MAX);  // of alternative and related: the child that is shown
  const auto at = [&](size_t i) -> const Node& { return nodes[range.first + i]; };
  const auto parent_of = [&](size_t i) { return static_cast<size_t>(at(i).parent) - range.first; };
  for (size_t i = 1; i < count; ++i) inside[i] = inside[parent_of(i)] || at(parent_of(i)).kind == Node::Kind::message;
  for (size_t i = count; i-- > 0;) {
    if (inside[i]) continue;
    const Node& node = at(i);
    if (node.kind == Node::Kind::leaf) {
      const PartKind kind = kind_of(node, i == 0);
      can[i] = kind == PartKind::text                                           ? text
               : kind == PartKind::html && node.type.value != "text/x-amp-html" ? html
                                                                                : nothing;
    }
    if (i == 0) break;
    const size_t up = parent_of(i);
    can[up] = std::max(can[up], can[i]);
    // Children come last to first. Alternative: the last of the best kind. Related: the named start, else the first
    // that can be shown.
    const std::string_view type = at(up).type.value;
    if (type == "multipart/alternative") {
      if (can[i] != nothing && (pick[up] == SIZE_MAX || can[i] > can[pick[up]])) pick[up] = i;
    } else if (type == "multipart/related") {
      std::string start(at(up).type.get("start"));
      std::erase_if(start, [](char c) { return c == '<' || c == '>'; });
      const bool pinned = pick[up] != SIZE_MAX && !start.empty() && at(pick[up]).content_id == start;
      if (can[i] != nothing && !pinned) pick[up] = i;
    }
  }
  std::vector<Shown> state(count, Shown::no);
  for (size_t i = 0; i < count; ++i) {
    if (inside[i]) continue;
    if (i == 0) {
      state[i] = Shown::best;
    } else {
      const size_t up = parent_of(i);
      const std::string_view type = at(up).type.value;
      state[i] = state[up];
      if (type == "multipart/alternative" && pick[up] != i && state[i] == Shown::best) state[i] = Shown::other;
      if (type == "multipart/related" && pick[up] != i) state[i] = Shown::no;
    }
    if (at(i).kind != Node::Kind::leaf) continue;
    const PartKind kind = kind_of(at(i), i == 0);
    if (kind == PartKind::text || kind == PartKind::html) shown[i] = state[i];
  }
  return shown;
}

}  // namespace sekisho::mail
