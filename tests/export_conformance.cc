// Sixty advisories that differ, in the forms for machines, validated against the schemas of OASIS and against what the
// standards demand beside them (validate_exports.py). Prints "export/stix  passed/total" and so on, and
// "export/json" for the round trip. Skipped without data (SEKISHO_DATA/schemas) or without python3-jsonschema.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "advisory_samples.h"
#include "base/files.h"
#include "desk/export.h"

namespace {

using namespace sekisho;

constexpr uint32_t kAdvisories = 60;
using Output = std::string (*)(const desk::Advisory&, const desk::ExportOptions&);

bool write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  return file.good();
}

}  // namespace

int main() {
  const char* data = std::getenv("SEKISHO_DATA");
  const std::string schemas = data ? std::string(data) + "/schemas" : std::string();
  if (schemas.empty() || !std::filesystem::is_directory(schemas)) {
    std::printf("export/stix  skipped: no data\n");
    return 0;
  }
  if (std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0) {
    std::printf("export/stix  skipped: python3-jsonschema is not installed\n");
    return 0;
  }
  const auto toml = read_file(SEKISHO_SOURCE_DIR "/content/desk/labels.toml", 1u << 20);
  std::vector<Error> errors;
  const desk::Labels labels = desk::Labels::read(toml ? *toml : std::string(), "labels.toml", errors);
  if (!errors.empty()) return std::printf("export  %s\n", errors[0].one_line().c_str()), 2;

  std::string name = (std::filesystem::temp_directory_path() / "sekisho-export-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 2;
  const std::filesystem::path folder = name;
  const std::pair<const char*, Output> outputs[] = {
      {"stix", desk::to_stix}, {"csaf", desk::to_csaf}, {"misp", desk::to_misp}, {"navigator", desk::to_navigator}};
  for (const auto& [form, output] : outputs) std::filesystem::create_directory(folder / form);

  const char* markings[] = {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"};
  uint32_t same = 0;
  bool written = true;
  for (uint32_t seed = 0; seed < kAdvisories; ++seed) {
    const desk::Advisory advisory = seed == 0 ? tests::full_advisory() : tests::varied_advisory(seed);
    desk::ExportOptions options;
    options.labels = &labels;
    options.language = seed % 2 == 0 ? "en" : "ja";
    options.tlp = markings[seed % 5];
    options.approved = seed % 3 == 0;
    if (seed % 4 != 0) options.publisher = "Example Co.", options.publisher_url = "https://www.example.com";
    for (const auto& [form, output] : outputs)
      written &= write(folder / form / (std::to_string(seed) + ".json"), output(advisory, options));
    const std::string json = desk::to_json(advisory);
    const auto back = desk::read_advisory(json);
    same += back && desk::to_json(*back) == json;
  }
  std::printf("export/json  %u/%u\n", same, kAdvisories);
  std::fflush(stdout);
  const std::string command =
      "python3 " SEKISHO_SOURCE_DIR "/tests/validate_exports.py '" + schemas + "' '" + folder.string() + "'";
  const int status = written ? std::system(command.c_str()) : 2;
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return status == 0 && same == kAdvisories ? 0 : 1;
}
