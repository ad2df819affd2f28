// Any bytes as a host and as a display name: judged without harm, evidence within the host, case and a final dot make
// no difference.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/strings.h"
#include "scan/content.h"

using namespace sekisho;

namespace {

const scan::Content& content() {
  static const auto kContent = [] {
    scan::LoadedContent loaded = scan::load_content(scan::default_settings(), true);
    if (!loaded.content) std::abort();
    return std::move(loaded.content);
  }();
  return *kContent;
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view host(reinterpret_cast<const char*>(data), size);
  const brand::Judge& judge = *content().judge;
  const brand::Judgement j = judge.judge(host);
  check(j.feature_count <= brand::Judgement::kMostFeatures);
  for (const brand::Feature f : j.all_features()) check(!judge.name_of(f).empty());
  if (j.brand) {
    check(*j.brand < content().brands.all().size());
    check(!judge.token(j.token).empty());
    check(static_cast<size_t>(j.offset) + j.length <= 253 && j.length > 0);
  }
  if (is_ascii(host) && !host.empty() && host.back() != '.') {
    std::string other = ascii_lower(host);
    const brand::Judgement lower = judge.judge(other);
    check(lower.state == j.state && lower.brand == j.brand && lower.log_odds == j.log_odds);
    if (other.size() < 253) check(judge.judge(other + ".").state == j.state);
  }
  (void)judge.judge_text(host);
  return 0;
}
