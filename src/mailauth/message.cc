// Takes the bytes of a message, gives its header fields and body. Entries: Message, FieldsFromBelow. Refuses nothing.
#include "mailauth/message.h"

#include <algorithm>

#include "base/limits.h"
#include "base/strings.h"

namespace sekisho::mailauth {
namespace {

const size_t kMostFields = Limits().headers;

bool has_bare_lf(std::string_view bytes) {
  for (size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1))
    if (at == 0 || bytes[at - 1] != '\r') return true;
  return false;
}

std::string with_crlf(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 32);
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) out += '\r';
    out += bytes[i];
  }
  return out;
}

}  // namespace

Message::Message(std::string_view bytes) {
  if (has_bare_lf(bytes)) {
    changed_ = with_crlf(bytes);
    bytes = changed_;
  }
  const auto line_at = [&](size_t at) {
    const size_t end = bytes.find("\r\n", at);
    return bytes.substr(at, end == std::string_view::npos ? end : end + 2 - at);
  };
  size_t at = bytes.starts_with("From ") ? line_at(0).size() : 0;
  while (at < bytes.size()) {
    std::string_view raw = line_at(at);
    if (raw == "\r\n") {
      at += 2;
      break;
    }
    const size_t colon = raw.find(':');
    if (colon == std::string_view::npos || raw[0] == ' ' || raw[0] == '\t') break;  // no field: the body begins
    size_t end = at + raw.size();
    while (end < bytes.size() && (bytes[end] == ' ' || bytes[end] == '\t')) end += line_at(end).size();
    raw = bytes.substr(at, end - at);
    if (fields_.size() == kMostFields) {
      too_many_ = true;
      fields_.push_back({raw, {}, {}});
    } else if (fields_.size() > kMostFields) {
      Field& rest = fields_.back();
      rest.raw = std::string_view(rest.raw.data(), rest.raw.size() + raw.size());
    }
    if (too_many_) {
      at = end;
      continue;
    }
    std::string_view name = raw.substr(0, colon), value = raw.substr(colon + 1);
    while (!name.empty() && is_space(name.back())) name.remove_suffix(1);
    if (value.ends_with("\r\n")) value.remove_suffix(2);
    fields_.push_back({raw, name, value});
    at = end;
  }
  body_ = bytes.substr(at);
}

std::vector<const Field*> Message::all(std::string_view name) const {
  std::vector<const Field*> out;
  for (const Field& f : fields_)
    if (iequals(f.name, name)) out.push_back(&f);
  return out;
}

FieldsFromBelow::FieldsFromBelow(const Message& message) {
  for (const Field& f : message.fields()) named_.push_back({ascii_lower(f.name), {&f}});
  std::ranges::stable_sort(named_, {}, &Named::name);
  size_t kept = 0;
  for (size_t i = 0; i < named_.size(); ++i) {
    if (kept > 0 && named_[kept - 1].name == named_[i].name) named_[kept - 1].fields.push_back(named_[i].fields[0]);
    else if (kept++ != i) named_[kept - 1] = std::move(named_[i]);
  }
  named_.resize(kept);
}

const FieldsFromBelow::Named* FieldsFromBelow::find(std::string_view name) const {
  const auto it = std::ranges::lower_bound(named_, name, {}, &Named::name);
  return it == named_.end() || it->name != name ? nullptr : &*it;
}
FieldsFromBelow::Named* FieldsFromBelow::find(std::string_view name) {
  return const_cast<Named*>(std::as_const(*this).find(name));
}

const Field* FieldsFromBelow::next(std::string_view name) {
  Named* named = find(name);
  if (named == nullptr || named->fields.empty()) return nullptr;
  const Field* out = named->fields.back();
  named->fields.pop_back();
  return out;
}

size_t FieldsFromBelow::left(std::string_view name) const {
  const Named* named = find(name);
  return named == nullptr ? 0 : named->fields.size();
}

}  // namespace sekisho::mailauth
