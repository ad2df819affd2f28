// Any bytes as a news text: indicators lie in it in order, do not overlap, are never malicious where masked, and come
// out alike once more from their printed form.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "article/indicators.h"
#include "base/bundle.h"

using namespace sekisho;

namespace {

const article::Cues& cues() {
  static const article::Cues kCues = [] {
    for (const BundledFile& f : bundled_files())
      if (f.path == "desk/roles.toml") {
        std::vector<Error> errors;
        auto read = article::Cues::read(f.bytes, "desk/roles.toml", errors);
        if (!errors.empty()) std::abort();
        return read;
      }
    std::abort();
  }();
  return kCues;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  article::IndicatorContext context;
  context.cues = &cues();
  uint32_t floor = 0;
  auto found = article::find_indicators(text, context);
  for (const article::Indicator& i : found) {
    if (i.at < floor || i.length == 0 || i.at + i.length > size || i.value.empty()) std::abort();
    if (text.substr(i.at, i.length) != i.as_written) std::abort();
    if (i.role == article::Role::malicious && i.value.find('*') != i.value.npos && i.type == article::Type::domain)
      std::abort();
    floor = i.at + i.length;
    const std::string printed = article::defang(i.value);
    if (printed.find("http://") != printed.npos && i.value.find("http://") == 0) std::abort();
  }
  const size_t before = found.size();
  if (article::merge_indicators(std::move(found)).size() > before) std::abort();
  return 0;
}
