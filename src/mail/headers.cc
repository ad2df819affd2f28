// Takes the bytes of a message, gives its header fields as views with byte offsets, in one pass. Entries:
// slice_headers, unfold. Refuses nothing: lines that are no field are counted and skipped, but a run of them with no
// field after it is the body that began without a blank line (Postfix and Sendmail read it so).
#include <cstring>

#include "base/strings.h"
#include "mail/message.h"

namespace sekisho::mail {
namespace {

// Where the field name ends and the colon stands; npos when the line is no field. RFC 5322 section 2.2 allows 33–126
// without colon; white space before the colon is obsolete syntax (section 4.5) and common.
size_t name_end(const char* line, size_t length, size_t& colon) {
  size_t i = 0;
  while (i < length && line[i] > ' ' && line[i] < 0x7f && line[i] != ':') ++i;
  const size_t end = i;
  while (i < length && (line[i] == ' ' || line[i] == '\t')) ++i;
  if (end == 0 || i >= length || line[i] != ':') return std::string_view::npos;
  colon = i;
  return end;
}

}  // namespace

const HeaderField* HeaderBlock::first(std::string_view name) const {
  for (const HeaderField& field : fields)
    if (iequals(field.name, name)) return &field;
  return nullptr;
}

size_t HeaderBlock::count(std::string_view name) const {
  size_t n = 0;
  for (const HeaderField& field : fields) n += iequals(field.name, name);
  return n;
}

HeaderBlock slice_headers(std::string_view message, const Limits& limits) {
  HeaderBlock block;
  const char* const data = message.data();
  const size_t size = message.size();
  size_t at = 0;
  if (message.starts_with("From ") || message.starts_with(">From ")) {  // mbox separator line
    block.mbox_from_line = true;
    const size_t end = message.find('\n');
    at = end == std::string_view::npos ? size : end + 1;
  }
  enum class Last { none, kept, dropped, malformed } last = Last::none;
  size_t value_begin = 0;           // of the field that is being read
  size_t malformed_run = SIZE_MAX;  // where the lines began that follow the last field and are none
  bool blank_line = false;
  while (at < size) {
    const void* newline = std::memchr(data + at, '\n', size - at);
    const size_t next = newline != nullptr ? static_cast<size_t>(static_cast<const char*>(newline) - data) + 1 : size;
    size_t end = newline != nullptr ? next - 1 : size;  // of the line's text
    if (end > at && data[end - 1] == '\r') --end;
    else if (newline != nullptr) block.bare_lf = true;
    if (end == at) {
      blank_line = true;
      block.body_offset = static_cast<uint32_t>(next);
      break;
    }
    const std::string_view line(data + at, end - at);
    if (line.find('\r') != std::string_view::npos) block.bare_cr = true;
    if (line.find('\0') != std::string_view::npos) block.has_nul = true;
    if ((line[0] == ' ' || line[0] == '\t') && last != Last::none) {
      if (last == Last::kept) {
        HeaderField& field = block.fields.back();
        field.value = std::string_view(data + value_begin, end - value_begin);
        field.length = static_cast<uint32_t>(next - field.offset);
      }
    } else {
      size_t colon = 0;
      const size_t name = name_end(line.data(), line.size(), colon);
      if (name == std::string_view::npos) {
        ++block.malformed_lines;
        last = Last::malformed;
        if (malformed_run == SIZE_MAX) malformed_run = at;
      } else {
        malformed_run = SIZE_MAX;
        if (block.fields.size() < limits.headers) {
          value_begin = at + colon + 1;
          if (block.fields.capacity() == 0) block.fields.reserve(32);
          block.fields.push_back(HeaderField{line.substr(0, name),
                                             std::string_view(data + value_begin, end - value_begin),
                                             static_cast<uint32_t>(at), static_cast<uint32_t>(next - at)});
          last = Last::kept;
        } else {
          ++block.too_many;
          last = Last::dropped;
        }
      }
    }
    at = next;
  }
  if (!blank_line) block.body_offset = static_cast<uint32_t>(malformed_run != SIZE_MAX ? malformed_run : size);
  for (HeaderField& field : block.fields)
    if (field.value.size() > limits.header_bytes || field.name.size() > limits.header_bytes) {
      field.value = field.value.substr(0, limits.header_bytes);
      field.name = field.name.substr(0, limits.header_bytes);
      ++block.too_long;
    }
  return block;
}

std::string unfold(std::string_view value) {
  value = trim(value);
  if (value.find('\n') == std::string_view::npos) return std::string(value);
  std::string out;
  out.reserve(value.size());
  while (!value.empty()) {
    const size_t newline = value.find('\n');
    std::string_view line = value.substr(0, newline);
    if (newline != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    out += line;
    if (newline == std::string_view::npos) break;
    value.remove_prefix(newline + 1);
  }
  return out;
}

}  // namespace sekisho::mail
