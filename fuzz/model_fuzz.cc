// Any bytes as a subject and a text, and as a model's file: features within bounds, no bucket twice, phrases inside the
// text; what is read as a model is written as it was read.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "lure/model.h"
#include "text/normalize.h"

using namespace sekisho;

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto model = lure::Model::read(bytes)) (void)lure::Model::read(model->write(1000));
  const std::string text = text::normalize(bytes.substr(size / 3)).text;
  const std::string subject = text::normalize(bytes.substr(0, size / 3)).text;
  const std::string absent(bytes.substr(0, std::min<size_t>(size, 8)));
  lure::Features features;
  lure::read_features({subject, text, {}, std::span(&absent, 1)}, features);
  std::set<uint32_t> seen;
  for (const auto& f : features.features) {
    check(f.bucket < lure::kBuckets && seen.insert(f.bucket).second);
    check(f.term < features.terms.size() && f.terms <= f.term + 1U);
  }
  for (const auto& t : features.terms)
    check(static_cast<size_t>(t.offset) + t.length <= (t.subject ? subject : text).size());
  const auto model = lure::Model::make(std::vector<float>(lure::kBuckets, 0.5f), 0, 1, 0);
  for (const auto& p : model.explain(features).phrases)
    check(static_cast<size_t>(p.offset) + p.length <= (p.subject ? subject : text).size());
  return 0;
}
