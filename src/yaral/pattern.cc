// Takes a pattern, gives RE2's reason for refusing it. One entry: pattern_error().
#include "yaral/pattern.h"

#include <re2/re2.h>

namespace sekisho::yaral {

std::string pattern_error(std::string_view pattern) {
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(8 << 20);
  const RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), options);
  return compiled.ok() ? std::string() : compiled.error();
}

}  // namespace sekisho::yaral
