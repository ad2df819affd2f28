// Writing JSON (RFC 8259) into a string: one pass, no tree. Strings must be UTF-8; bytes that are not are written as
// U+FFFD. Reading is event/json.cc's (simdjson). One writer belongs to one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho {

void append_json_string(std::string& out, std::string_view utf8);  // with the quotes

class JsonWriter {
 public:
  // indent: spaces a level; 0 = everything on one line.
  explicit JsonWriter(std::string& out, int indent = 0) : out_(out), indent_(indent) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool v) { raw(v ? "true" : "false"); }
  void value(int64_t v) { raw(std::to_string(v)); }
  void value(uint64_t v) { raw(std::to_string(v)); }
  void value(int v) { raw(std::to_string(v)); }
  void value(double v);             // shortest text that reads back the same; NaN and infinities as null
  void raw(std::string_view json);  // already JSON
  template <class T>
  void member(std::string_view name, const T& v) {
    key(name);
    value(v);
  }

 private:
  void open(char c);
  void close(char c);
  void separate();
  void newline();

  std::string& out_;
  int indent_;
  int depth_ = 0;
  bool first_ = true;  // nothing yet in the innermost container
  bool after_key_ = false;
};

}  // namespace sekisho
