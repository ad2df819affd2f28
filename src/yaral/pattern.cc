// Takes a pattern, gives RE2's reason for refusing it, or what it captures. Entries: pattern_error(), pattern_groups().
#include "yaral/pattern.h"

#include <re2/re2.h>

namespace sekisho::yaral {

namespace {

RE2 compile(std::string_view pattern) {
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(8 << 20);
  return RE2(re2::StringPiece(pattern.data(), pattern.size()), options);
}

}  // namespace

std::string pattern_error(std::string_view pattern) {
  const RE2 compiled = compile(pattern);
  return compiled.ok() ? std::string() : compiled.error();
}

int pattern_groups(std::string_view pattern) {
  const RE2 compiled = compile(pattern);
  return compiled.ok() ? compiled.NumberOfCapturingGroups() : -1;
}

}  // namespace sekisho::yaral
