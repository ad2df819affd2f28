// The form of the two files of a table, both little-endian. Each begins with a header (64 bytes) and goes on with
// blocks.
//
//   header  "SEKIMEM1" · kind (8) · "snapshot" or "journal " · key of the hash (16) · generation (8) · stamp (8) ·
//   check (8) block   number of records, 1 … 8,192 (4) · records of 12 bytes: key (48 bits), value (45), 3 bits 0 ·
//   check (8) end     of a snapshot only: 0 (4) · records in all (8) · check (8), and nothing behind it
//
// check: the first 8 bytes of a keyed hash of what stands before it in the header, block or end, under the file's key,
// generation and place: a block of another file or another place does not fit. What reads these holds one block.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/durable.h"
#include "base/result.h"
#include "memory/source.h"
#include "memory/table.h"

namespace sekisho::memory {

using HashKey = std::array<uint64_t, 2>;
using Record = std::pair<uint64_t, uint64_t>;  // key, value

struct FileHead {
  std::string kind;  // at most 8 bytes
  bool journal = false;
  HashKey key{};
  uint64_t generation = 0;
  uint64_t stamp = 0;  // what the kind makes of it
};

constexpr size_t kHeadBytes = 64, kBlockRecords = 8192;

std::string write_head(const FileHead& head);
// One block after another of records; number: from 0, of the file.
std::string write_block(const FileHead& head, uint64_t number, std::span<const Record> records);
std::string write_end(const FileHead& head, uint64_t number, uint64_t records);

// Errors of all: memory.damaged, with what is wrong; those of the source.
Result<FileHead> read_head(const Source& source, std::string_view kind, bool journal);

// The records of a snapshot after its head. All of it must be right: `take` may have been called before an error.
Result<void> read_snapshot(const Source& source, const FileHead& head,
                           const std::function<Result<void>(const Record&)>& take);

// The records of a journal after its head, up to the first block that is not right: a crash tears the last one.
struct JournalRead {
  uint64_t bytes = kHeadBytes;  // of the file that are right
  uint64_t blocks = 0;
  bool cut = false;  // there is more behind them
};
Result<JournalRead> read_journal(const Source& source, const FileHead& head,
                                 const std::function<Result<void>(const Record&)>& take);

}  // namespace sekisho::memory
