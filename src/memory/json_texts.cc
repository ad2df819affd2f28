// Takes bytes, gives the texts of top-level JSON objects by counting braces outside strings. Entry: JsonTexts::next.
// Refuses what never closes and what is too long; goes on at the next line that begins with a brace.
#include "memory/json_texts.h"

namespace sekisho::memory {

// Reads on in the line; true when an object is whole.
bool JsonTexts::scan() {
  const std::string_view line = lines_.line();
  for (; at_ < line.size(); ++at_) {
    const char c = line[at_];
    if (depth_ == 0) {
      if (c != '{') continue;  // brackets and commas of a list around them
      text_.clear();
      line_ = lines_.number();
    }
    text_ += c;
    if (in_string_) {
      if (escaped_) escaped_ = false;
      else if (c == '\\') escaped_ = true;
      else if (c == '"') in_string_ = false;
    } else if (c == '"') {
      in_string_ = true;
    } else if (c == '{') {
      ++depth_;
    } else if (c == '}' && --depth_ == 0) {
      ++at_;
      return true;
    }
  }
  return false;
}

bool JsonTexts::give_up(std::string why) {
  depth_ = 0;
  in_string_ = escaped_ = false;
  lost_ = true;
  problem_ = std::move(why);
  return true;
}

bool JsonTexts::next() {
  problem_.clear();
  for (;;) {
    if (have_line_ && scan()) return true;
    have_line_ = false;
    if (depth_ > 0 && text_.size() > most_) return give_up("too long");
    const auto more = ended_ ? Result<bool>(false) : lines_.next();
    ended_ = !more || !*more;
    if (!more) {
      line_ = lines_.number() + 1;
      return give_up(more.error().text);
    }
    if (!*more) return depth_ > 0 && give_up("the JSON text ends too early");
    if (lines_.too_long()) {
      if (depth_ == 0) line_ = lines_.number();
      return give_up("too long");
    }
    if (lost_ && !lines_.line().starts_with('{')) continue;
    lost_ = false;
    if (depth_ > 0) text_ += '\n';
    at_ = 0;
    have_line_ = true;
  }
}

}  // namespace sekisho::memory
