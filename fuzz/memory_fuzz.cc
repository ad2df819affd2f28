// Any bytes as a list or as a file of a table: the first byte chooses. Lists end with a report whose numbers fit; a
// snapshot that is taken is, to the byte, what we would write; a journal is taken up to a byte within it.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "memory/fold.h"
#include "memory/import.h"

namespace {

using namespace sekisho;
using namespace sekisho::memory;

struct Tables {
  Seen seen;
  Ranks ranks;
  Registered registered;
  Templates templates;

  static Tables make() {
    std::string folder = "/tmp/sekisho_memory_fuzz_XXXXXX";
    if (!mkdtemp(folder.data())) std::abort();
    auto seen = Seen::open(folder, Mode::write, {1, 2});
    auto ranks = Ranks::open(folder, Mode::write, {1, 2});
    auto registered = Registered::open(folder, Mode::write, {1, 2});
    auto templates = Templates::open(folder, Mode::write, {1, 2});
    std::filesystem::remove_all(folder);  // open files live on; nothing here needs their names
    if (!seen || !ranks || !registered || !templates) std::abort();
    return {*std::move(seen), *std::move(ranks), *std::move(registered), *std::move(templates)};
  }
};

void check(const Result<ImportReport>& report) {
  if (!report) return;
  if (report->first_bad.size() > ImportReport::kShown || report->first_bad.size() > report->bad) std::abort();
}

void read_file_of_table(std::string_view bytes, bool journal) {
  const Source source = text_source(bytes);
  const auto head = read_head(source, "seen", journal);
  if (!head) return;
  std::vector<Record> records;
  const auto take = [&](const Record& record) -> Result<void> {
    if (record.second == 0 || record.second > Table::kValueMask || record.first > Table::kKeyMask) std::abort();
    records.push_back(record);
    return {};
  };
  if (journal) {
    const auto read = read_journal(source, *head, take);
    if (read && (read->bytes > bytes.size() || (!read->cut && read->bytes != bytes.size()))) std::abort();
    return;
  }
  if (!read_snapshot(source, *head, take)) return;
  if (!bytes.starts_with(write_head(*head))) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Tables tables = Tables::make();
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const net::PublicSuffixes& suffixes = net::PublicSuffixes::system();
  switch (data[0]) {
    case 'k': {
      auto import = tables.ranks.begin(100);
      if (import) check(import_ranks(text_source(bytes), *import));
      break;
    }
    case 's':
      check(import_seen(text_source(bytes), tables.seen, suffixes, 100));
      break;
    case 'r':
      check(import_registered(text_source(bytes), tables.registered, suffixes, 100));
      break;
    case 't':
      check(import_templates(text_source(bytes), tables.templates, suffixes, 100));
      break;
    case 'S':
      read_file_of_table(bytes, false);
      break;
    case 'J':
      read_file_of_table(bytes, true);
      break;
    default:
      if (path_template(bytes, bytes).size() > kTemplateBytes) std::abort();
  }
  return 0;
}
