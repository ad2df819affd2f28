// The MIME tree of a message as byte ranges (RFC 2045, 2046). GMime finds the parts; nothing of GMime shows here. mail/
// only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "mail/codec.h"
#include "mail/message.h"

namespace sekisho::mail {

enum class Encoding : uint8_t { identity, base64, quoted_printable, uuencode };

struct Node {
  enum class Kind : uint8_t {
    leaf,
    multipart,
    message
  } kind = Kind::leaf;  // message: message/rfc822 whose content is not encoded
  int parent = -1;      // index; parents stand before children (pre-order)
  uint32_t depth = 0;
  Parameterised type;  // .value "" when there is no Content-Type; "message/rfc822" by default in multipart/digest
  Parameterised disposition;
  std::string content_id;
  Encoding encoding = Encoding::identity;
  uint32_t body = 0, length = 0;  // raw bytes of the body, in the message
  bool unterminated = false;      // multipart without its closing delimiter
};

struct Tree {
  std::vector<Node> nodes;              // never empty
  std::vector<std::string> limits_hit;  // "parts", "mime_depth"
};

// Reads the structure. `headers` is the sliced header block of `bytes`: what it says rules, so that GMime and we cannot
// disagree on the top of the mail. Any thread. Time and memory are linear in the input and bounded by Limits::parts and
// mime_depth.
Tree read_tree(std::string_view bytes, const HeaderBlock& headers, const Limits& limits);

// Decodes a body; stops after `most` bytes of output and then sets `cut`.
std::string decode_body(std::string_view raw, Encoding encoding, size_t most, bool& cut);

}  // namespace sekisho::mail
