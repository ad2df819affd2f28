// Inputs of a folder against the texts beside them: name.ENDING → name.expected. UPDATE_GOLDEN=1 writes those anew.
// Tests only.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::diag {

inline std::string read_golden(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// folder: below tests/. Sorted.
inline std::vector<std::filesystem::path> golden_inputs(const std::string& folder, std::string_view ending) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(SEKISHO_SOURCE_DIR) / "tests" / folder))
    if (entry.path().extension() == ending) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

inline void compare_golden(const std::filesystem::path& input, const std::string& got) {
  std::filesystem::path expected = input;
  expected.replace_extension(".expected");
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(expected, std::ios::binary) << got;
    return;
  }
  const std::string name = input.filename().string();
  CAPTURE(name);
  CHECK(got == read_golden(expected));
}

}  // namespace sekisho::diag
