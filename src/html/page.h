// One pass over HTML as a reader meets it: what is seen, what is hidden and how, where each link leads, what each form
// asks for. Our own WHATWG tokenizer with an open-element stack (depth cap); no tree, no script. Linear in the input,
// whatever the input. Offsets are bytes in the HTML given (UTF-8).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "html/script.h"

namespace sekisho::html {

// Why a reader does not see a piece of text. Told apart because honest mail hides preheaders with some of them.
enum class Hidden : uint8_t {
  no,
  display_none,  // display:none, visibility:hidden, hidden attribute (mso-hide alone hides in Outlook only and counts
                 // as seen)
  zero_size,     // font-size 0…1px, height/max-height/width/line-height 0 with overflow hidden, opacity 0, scale(0)
  same_colour,   // text and background colour (nearly) equal: white on white
  off_screen,    // text-indent / left / top / margin far negative or far to the right, clip, clip-path
};
std::string_view to_string(Hidden);  // "no", "display_none", …

// A stretch of text with one visibility whose bytes map one to one onto the HTML: byte k of it stands at offset + k. A
// character reference is a run of its own; breaks and collapsed blanks put between stretches belong to no run.
struct Run {
  uint32_t at, length;  // in Page::text when visible, in Page::hidden_text otherwise
  uint32_t offset;      // in the HTML, where it starts
  Hidden hidden;
};

struct Link {
  std::string href;       // as written, entities decoded, white space trimmed; may be relative or broken
  std::string text;       // the anchor's visible text, white space collapsed
  std::string image_alt;  // alt texts of images inside it
  uint32_t offset = 0;    // of the tag in the HTML
  uint32_t text_at = 0, text_length = 0;  // the anchor's text in Page::text
  bool hidden = false;                    // nothing of it can be seen
  bool has_image = false;
  bool area = false;  // <area>, or a button/formaction rather than <a>
};

struct Field {
  std::string type;         // input type in lower case ("password", "text", "email", "textarea", "select", …)
  std::string name, label;  // label: <label>, placeholder, aria-label or the text just before, collapsed
  uint32_t offset = 0;
};

struct Form {
  std::string action;  // as written
  std::string method;  // "get" or "post"
  std::vector<Field> fields;
  uint32_t offset = 0;
  bool has_password = false;
};

struct Image {
  std::string src, alt;
  int width = -1, height = -1;  // attributes or inline style, pixels; -1 unknown
  uint32_t offset = 0;
  bool in_link = false;
};

// What is loaded or gone to without a click.
struct Load {
  enum class What : uint8_t { frame, script, object, refresh } what = What::frame;
  std::string url;      // as written
  uint32_t offset = 0;  // of the tag in the HTML
};

struct Page {
  std::string title;
  std::string text;         // what a reader sees, blocks separated by \n, white space collapsed
  std::string hidden_text;  // what is there and not seen (same collapsing)
  std::vector<Run> runs;
  std::vector<Link> links;
  std::vector<Form> forms;  // inputs outside any form are collected in one form with an empty action
  std::vector<Image> images;
  std::string base_href;
  std::string meta_refresh;  // its URL
  uint32_t scripts = 0;      // <script> elements, on* handlers apart
  uint32_t event_handlers = 0;
  uint32_t iframes = 0;
  uint32_t foreign_objects = 0;  // HTML inside SVG
  std::vector<Load> loads;       // at most Limits::links
  ScriptFindings script;         // what all scripts, handlers and javascript: links hold
  // The page that the scripts and srcdoc attributes would write (script.markup), read by the same rules but for its own
  // scripts; null when there is none. Its offsets are bytes of that markup.
  std::shared_ptr<const Page> written;
  uint32_t comments = 0;
  size_t elements = 0;
  // Each once: "html_bytes", "html_depth", "text_bytes", "attributes", "links", "images", "forms", "form_fields",
  // "css", "loads".
  std::vector<std::string> limits_hit;
};

Page read_page(std::string_view html_utf8, const Limits& limits = {});

// Character references decoded (all named ones of the standard), for attribute values and for tests.
std::string decode_entities(std::string_view s, bool in_attribute);

}  // namespace sekisho::html
