// Any bytes as choices: random rules over several events, entity records and events. The engine, on each of its roads,
// and the oracle must give the same detections.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>

#include "engine/random_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 4096) return 0;
  sekisho::engine::Choices choices(std::span(data, size));
  const std::string report = sekisho::engine::difference(sekisho::engine::random_case(choices));
  if (report.empty()) return 0;
  std::fputs(report.c_str(), stderr);
  std::abort();
}
