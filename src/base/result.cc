// Takes an Error, gives one line for a log. No other entry.
#include "base/result.h"

namespace sekisho {

std::string Error::one_line() const {
  std::string out = code + ": " + text;
  if (!source.empty()) out += " [" + source + "]";
  for (const Error* e = cause.get(); e != nullptr; e = e->cause.get()) out += " (cause: " + e->text + ")";
  return out;
}

}  // namespace sekisho
