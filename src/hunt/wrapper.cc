// Takes bytes of JSON, says whether they are an object around events, and where its list is. Entry: Wrapper::next.
// Refuses any object with a member that is neither that list nor what exports say of it; does not look for other
// mistakes in the JSON.
#include "hunt/wrapper.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::hunt {
namespace {

// In lower case. An event may have members of these names too: only the object as a whole tells.
constexpr std::string_view kLists[] = {"records", "value", "events", "items"};
constexpr std::string_view kAbout[] = {
    "count",     "cursor",     "etag",     "hasmore",         "has_more", "kind",          "next",
    "next_link", "next_token", "nextlink", "next_page_token", "total",    "nextpagetoken", "nexttoken"};
constexpr size_t kLongest = 64;

bool among(std::span<const std::string_view> names, std::string_view key) {
  return std::ranges::find(names, ascii_lower(key)) != names.end();
}

// @odata.context, @odata.nextLink and whatever else OData says.
bool is_about(std::string_view key) { return key.starts_with('@') || among(kAbout, key); }

}  // namespace

Wrapper::Step Wrapper::next(char c) {
  if (text_) return in_text(c);
  if (is_space(c)) return Step::inside;
  if (depth_ > 1) return in_list(c);
  switch (c) {
    case '{':
      return depth_++ == 0 ? Step::inside : Step::other;
    case '}':
      return list_ ? Step::closed : Step::other;
    case ',':
      value_ = false;
      return Step::inside;
    case ':':
      value_ = true;
      return Step::inside;
    case '[':
      if (!value_ || list_ || !among(kLists, key_)) return Step::other;
      list_ = true;
      depth_ = 2;
      return Step::list;
    case '"':
      text_ = true;
      if (value_) break;
      key_.clear();
      return Step::inside;
    default:  // of a number, true, false, null
      break;
  }
  return value_ && is_about(key_) ? Step::inside : Step::other;
}

Wrapper::Step Wrapper::in_text(char c) {
  if (escaped_) {
    escaped_ = false;
  } else if (c == '\\') {
    escaped_ = true;
  } else if (c == '"' || c == '\n') {  // a text has no line breaks: one that goes on behind one lacks its end
    text_ = false;
    return c == '"' || depth_ > 1 ? Step::inside : Step::other;
  }
  if (depth_ > 1 || value_) return Step::inside;
  key_ += c;
  return key_.size() <= kLongest ? Step::inside : Step::other;
}

Wrapper::Step Wrapper::in_list(char c) {
  if (c == ']' || c == '}') {
    --depth_;
  } else if (depth_ == 2 && c != ',' && c != '{') {
    return Step::other;
  } else if (c == '{' || c == '[') {
    ++depth_;
  } else {
    text_ = c == '"';
  }
  return Step::inside;
}

}  // namespace sekisho::hunt
