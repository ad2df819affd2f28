// The files of content/ as they were when the binary was built: the defaults that work with no installation.
// Paths are relative to content/ ("rules/mail/lure.yaral"), sorted. Bytes live as long as the program.
#pragma once

#include <string_view>
#include <vector>

namespace sekisho {

struct BundledFile {
  std::string_view path;
  std::string_view bytes;
};

std::vector<BundledFile> bundled_files();  // defined by the build (cmake/content.cmake)

}  // namespace sekisho
