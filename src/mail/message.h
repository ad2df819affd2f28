// A mail as read: bytes → header fields, identities, parts, texts, links, forms, images, attachments, nested messages.
// Facts about the form of the mail are kept as they are found (duplicates, malformed headers, limits hit); nothing is
// judged here. Everything is a plain struct that owns its strings; `raw` views are offsets into the original bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/limits.h"
#include "base/result.h"
#include "html/page.h"
#include "mail/calendar.h"

namespace sekisho::mail {

// One header field exactly as it stands in the bytes (headers.cc, our own slicer: DKIM will need every byte).
struct HeaderField {
  std::string_view name;   // as written, without trailing white space before the colon
  std::string_view value;  // after the colon up to, not including, the final line end; folding kept
  uint32_t offset = 0;     // of the name, in the message bytes
  uint32_t length = 0;     // whole field with its line end
};

struct HeaderBlock {
  std::vector<HeaderField> fields;
  uint32_t body_offset = 0;             // first byte after the blank line (== size when there is none)
  uint32_t malformed_lines = 0;         // lines that are neither field nor continuation
  uint32_t too_many = 0, too_long = 0;  // beyond Limits::headers / header_bytes
  bool mbox_from_line = false;          // began with "From " and was skipped
  bool bare_lf = false, bare_cr = false, has_nul = false;
  const HeaderField* first(std::string_view name) const;  // ASCII case-insensitive
  size_t count(std::string_view name) const;
};
HeaderBlock slice_headers(std::string_view message, const Limits& limits = {});
std::string unfold(std::string_view value);  // RFC 5322 section 2.2.3, trimmed
// RFC 2047 words → UTF-8, tolerant as mail readers are (adjacent words joined *after* each is decoded by itself; raw
// 8-bit text decoded by guess; ISO-2022-JP words that do not return to ASCII).
std::string decode_header_text(std::string_view value);

struct Mailbox {
  std::string display_name;   // decoded; "" if none
  std::string address;        // as written, without <>; lower case domain
  std::string local, domain;  // domain in ASCII, lower case; "" if the address is malformed
  bool malformed = false;
};
// RFC 5322 address list with groups, comments, quoted pairs, encoded words anywhere people put them. Never fails: what
// cannot be read is a malformed Mailbox holding the text. Only the first kAddressFieldBytes (or Limits::header_bytes,
// if that is less) are read, and at most Limits::headers mailboxes are given; *cut is set if there was more.
inline constexpr size_t kAddressFieldBytes = 64u << 10;
std::vector<Mailbox> parse_addresses(std::string_view header_value, const Limits& limits = {}, bool* cut = nullptr);

struct Received {  // one hop, top (newest) first
  std::string from_helo, from_ip, from_name, by, with, for_address;
  std::optional<Timestamp> time;
  uint32_t offset = 0;
};
Received parse_received(std::string_view header_value);

enum class PartKind : uint8_t { text, html, image, attachment, message, multipart, other };

struct Part {
  std::string path;  // IMAP-like: "1", "1.2", "2.1" ("" for the root of a single-part mail is "1")
  PartKind kind = PartKind::other;
  std::string type;         // "text/html", lower case, as declared
  std::string charset;      // what the text was read as
  std::string filename;     // decoded (RFC 2231 and RFC 2047), base name only
  std::string content_id;   // without <>
  std::string disposition;  // "attachment", "inline", ""
  std::string sniffed;  // from the first bytes: "application/zip", "text/html", "application/pdf", "image/png", … or ""
  bool base64 = false;  // text and html parts: was sent in base64
  bool charset_wrong = false;  // the label did not fit the bytes
  bool encrypted = false;      // S/MIME or PGP container, or a ZIP with encrypted entries
  bool signed_ = false;
  uint32_t offset = 0, length = 0;  // raw bytes of the part's body in the message
  size_t size = 0;                  // decoded bytes
  std::string sha256;               // hex, of the decoded bytes of attachments, images and messages
  std::string content;  // text and html parts: UTF-8. Attachments/images: decoded bytes. Empty for multiparts.
  std::optional<html::Page> page;    // html parts and HTML attachments (also those sniffed to be HTML or SVG)
  std::optional<Calendar> calendar;  // text/calendar, .ics and what is sniffed to be one
  int message_depth = 0;             // 0 = the mail itself, 1 = inside a message/rfc822 …
};

struct LinkRef {  // one link anywhere in the mail
  enum class Where : uint8_t { html, text, attachment, header, script, load, calendar } where = Where::html;
  uint32_t part = 0;    // index in Message::parts
  uint32_t offset = 0;  // bytes in that part's content
  std::string href;     // as written
  std::string text;     // anchor text, or "" in plain text
  std::string image_alt;
  bool hidden = false, has_image = false;
};

struct Message {
  HeaderBlock headers;
  std::string subject;  // decoded, unfolded
  std::vector<Mailbox> from, sender, reply_to, to, cc, bcc, return_path;
  std::string message_id, in_reply_to;
  std::vector<std::string> references;
  std::optional<Timestamp> date;
  std::vector<Received> received;
  std::vector<Part> parts;  // in order of appearance, containers included
  std::vector<LinkRef> links;
  // message/rfc822 inside, and attached .eml files; at most Limits::nested_messages in the whole tree. Their parts,
  // links and texts are in them alone, not repeated here; their offsets are bytes of the outermost message, or of
  // own_bytes where that is set.
  std::vector<Message> nested;
  std::shared_ptr<const std::string> own_bytes;  // of a nested message that was encoded or attached as a file
  std::string text;        // what a reader sees: the best alternative of each body part, joined by \n
  std::string other_text;  // visible text of the alternatives not chosen (text beside HTML), for comparison
  std::string hidden_text;
  // Where each stretch of `text` comes from, ascending: byte `at` of text is byte `offset` of part `part`'s text (for
  // HTML: of page->text).
  struct TextPiece {
    uint32_t at, length, part, offset;
  };
  std::vector<TextPiece> pieces;
  std::vector<std::string> limits_hit;          // names of Limits that cut something
  std::vector<std::string> duplicated_headers;  // of those that may occur once (RFC 5322 section 3.6), lower case
  bool truncated = false;                       // a multipart without its end
};

// `bytes` must outlive the result (HeaderBlock views it). Fails only for an empty message ("mail.empty") or one over
// Limits::mail_bytes ("mail.limit.bytes"); everything else becomes a Message with what could be read.
Result<Message> read_message(std::string_view bytes, const Limits& limits = {});

}  // namespace sekisho::mail
