// The bounds within which hostile input is read. Every parser takes what it needs from here, counts, and either
// stops cleanly (keeping what it has and saying which limit was hit) or returns an Error whose code ends in the
// limit's name. Nothing in the product reads without a limit. Units are in the names.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sekisho {

struct Limits {
  // mail
  size_t mail_bytes = 64u << 20;     // a larger message is refused
  size_t header_bytes = 256u << 10;  // one header field; longer is cut and counted
  size_t headers = 2000;             // header fields of one message; more are counted, not kept
  size_t parts = 1000;               // MIME leaves and containers together
  size_t mime_depth = 32;            // nesting of multiparts and message/rfc822
  size_t nested_messages = 16;
  size_t decoded_bytes = 32u << 20;  // all decoded parts of one message together
  // text and HTML
  size_t text_bytes = 1u << 20;  // visible text kept for judging, over all parts
  size_t html_bytes = 4u << 20;  // HTML read per part
  size_t html_depth = 256;       // open elements
  size_t attributes = 128;       // per tag
  size_t links = 2000;           // links, and the same for images and forms, each
  size_t form_fields = 500;
  // URL and host
  size_t url_bytes = 16u << 10;
  // rules
  size_t rule_file_bytes = 1u << 20;
  size_t rule_depth = 200;  // nesting of parentheses and function calls
  size_t rows = 10'000;     // event copies of one rule on one event; more are counted and not looked at
  // correlation
  size_t join_rows = 10'000;          // joined rows looked at in one evaluation of one rule; more are counted
  size_t group_rows = 1'000'000;      // rows one group keeps of one event variable; the oldest go, counted
  size_t state_bytes = 1024u << 20;   // what all groups hold; the groups longest unused go, counted
  size_t history_bytes = 512u << 20;  // what metrics count; the keys longest without an event go, counted
  size_t pending_bytes = 256u << 20;  // events that wait for late ones; the oldest are released early, counted
  size_t event_bytes = 1u << 20;      // one line of a log
  // JSON
  size_t json_bytes = 64u << 20;
  size_t json_depth = 64;
};

}  // namespace sekisho
