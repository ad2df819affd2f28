// What the scripts of a page set out to do, from one bounded reading of their text. Nothing is run: words that take
// part in HTML smuggling, literals that hold code, pages or files, URLs that stand there or come out after one
// decoding. Linear in the text, memory bounded by the constants below; offsets are bytes in the HTML given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::html {

enum class Sign : uint8_t {
  base64_blob,     // a literal of 200 and more base64 characters
  hex_blob,        // the same of hexadecimal digits
  number_array,    // 64 and more numbers below 256 in a row
  escapes,         // 24 and more \x, \u or % escapes in one literal
  atob,            // base64 is decoded
  unescape,        // unescape, decodeURI, decodeURIComponent
  from_char_code,  // text is made of numbers
  char_codes,      // text is taken apart into numbers (XOR loops do)
  reverse,         // something is turned round
  blob,            // a file is made: Blob, Uint8Array
  object_url,      // createObjectURL
  save,            // msSaveBlob, or a download attribute or property
  click,           // something is clicked by the script
  eval,            // text becomes code: eval, Function, execScript
  document_write,  // text becomes the page: document.write, innerHTML, srcdoc …
  location,        // the page is left
  location_hash,   // what stands behind the # is read
  open_window,
  request,  // fetch, XMLHttpRequest, sendBeacon, WebSocket, $.ajax
  debugger_trap,
  count_
};
std::string_view to_string(Sign);

struct ScriptUrl {
  enum class Use : uint8_t {
    other,
    location,  // the reader is sent there
    request,   // something is sent or fetched there
    source,    // loaded
  } use = Use::other;
  std::string url;
  uint32_t offset = 0;   // of the literal in the HTML
  bool decoded = false;  // did not stand there in clear
};
std::string_view to_string(ScriptUrl::Use);

struct ScriptFindings {
  static constexpr size_t kUrls = 50;
  static constexpr size_t kMarkup = 256u << 10;   // bytes of HTML kept
  static constexpr size_t kLiteral = 512u << 10;  // bytes looked at of one literal; its whole length is measured
  static constexpr size_t kDecoded = 1u << 20;    // bytes that decoding may give in all

  uint32_t signs = 0;
  size_t bytes = 0;          // of script
  size_t encoded_bytes = 0;  // of it in literals of base64, hexadecimal digits or numbers
  size_t longest_literal = 0;
  std::vector<ScriptUrl> urls;  // each once
  std::string markup;           // HTML in literals, in clear or decoded, joined by line ends
  uint32_t markup_offset = 0;   // of the first such literal
  bool markup_decoded = false;  // some of it did not stand there in clear
  std::string carried;          // first bytes of the largest literal that decodes to no text: a file
  bool has(Sign s) const { return signs >> static_cast<unsigned>(s) & 1u; }
  std::string sign_names() const;  // joined by spaces
};

class ScriptReader {
 public:
  void read(std::string_view script, uint32_t offset) { read(script, offset, false); }
  void note(Sign s) { found_.signs |= 1u << static_cast<unsigned>(s); }
  void add_markup(std::string_view html, uint32_t offset, bool decoded);
  void add_data_url(std::string_view url, uint32_t offset);  // "data:…": a page or a file of its own
  void add_url(std::string_view url, ScriptUrl::Use use, uint32_t offset, bool decoded);
  ScriptFindings finish();  // decodes what is left to decode; the reader is spent

 private:
  struct Encoded {
    std::string text;
    ScriptUrl::Use use;
    uint32_t offset;
    bool hex;
  };
  void read(std::string_view script, uint32_t offset, bool decoded);
  void word(std::string_view name, std::string_view before);
  void literal(std::string_view text, size_t length, ScriptUrl::Use use, uint32_t offset, bool decoded);
  void numbers(const std::string& codes, size_t count, ScriptUrl::Use use, uint32_t offset, bool decoded);
  void encoded(std::string_view text, size_t length, bool hex, ScriptUrl::Use use, uint32_t offset);
  void clear_text(std::string_view text, ScriptUrl::Use use, uint32_t offset);

  ScriptFindings found_;
  std::vector<Encoded> encoded_;
  bool always_decode_ = false;  // something is encoded that no script needs to decode
  size_t kept_ = 0;             // bytes in encoded_
  size_t decoded_ = 0;          // bytes that decoding gave
  size_t largest_ = 0;          // of what is carried
};

}  // namespace sekisho::html
