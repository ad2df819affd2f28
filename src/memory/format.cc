// Takes records, gives bytes, and back. Entries: write_*, read_head, read_snapshot, read_journal. Refuses what does not
// fit its check, records out of their bounds, and in a snapshot anything missing or left over.
#include "memory/format.h"

#include <cstring>

#include "base/keyed_hash.h"

namespace sekisho::memory {
namespace {

constexpr std::string_view kMagic = "SEKIMEM1";
constexpr size_t kRecordBytes = 12, kCheckBytes = 8;

void append(std::string& out, uint64_t number, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i));
}

uint64_t number_at(std::string_view bytes, size_t at, size_t size) {
  uint64_t out = 0;
  for (size_t i = 0; i < size; ++i) out |= uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  return out;
}

uint64_t check_of(const FileHead& head, uint64_t place, std::string_view bytes) {
  return keyed_hash(bytes, head.key[0] ^ head.generation, head.key[1] ^ place ^ (head.journal ? 0 : uint64_t{1} << 63))
      .low;
}

constexpr uint64_t kHeadPlace = (uint64_t{1} << 62) - 1;

void append_check(std::string& out, const FileHead& head, uint64_t place) {
  append(out, check_of(head, place, out), kCheckBytes);
}

std::unexpected<Error> damaged(std::string what) { return fail("memory.damaged", std::move(what)); }

// Appends up to `wanted` bytes; fewer only at the end.
Result<size_t> take_bytes(const Source& source, std::string& into, size_t wanted) {
  const size_t before = into.size();
  into.resize(before + wanted);
  size_t have = 0;
  while (have < wanted) {
    TRY_ASSIGN(got, source(into.data() + before + have, wanted - have));
    if (got == 0) break;
    have += got;
  }
  into.resize(before + have);
  return have;
}

enum class Block : uint8_t { records, end, nothing, wrong };

// The next block, or why there is none. `bytes` holds it, without its check.
Result<Block> next_block(const Source& source, const FileHead& head, uint64_t number, std::string& bytes) {
  bytes.clear();
  TRY_ASSIGN(first, take_bytes(source, bytes, 4));
  if (first == 0) return Block::nothing;
  if (first < 4) return Block::wrong;
  const uint64_t records = number_at(bytes, 0, 4);
  if (records > kBlockRecords || (records == 0 && head.journal)) return Block::wrong;
  const size_t rest = (records == 0 ? 8 : records * kRecordBytes) + kCheckBytes;
  TRY_ASSIGN(have, take_bytes(source, bytes, rest));
  if (have < rest) return Block::wrong;
  const uint64_t check = number_at(bytes, bytes.size() - kCheckBytes, kCheckBytes);
  bytes.resize(bytes.size() - kCheckBytes);
  if (check != check_of(head, number, bytes)) return Block::wrong;
  return records == 0 ? Block::end : Block::records;
}

Result<void> each_record(std::string_view bytes, const std::function<Result<void>(const Record&)>& take) {
  for (size_t at = 4; at < bytes.size(); at += kRecordBytes) {
    const uint64_t low = number_at(bytes, at, 8), high = number_at(bytes, at + 8, 4);
    const uint64_t value = low & Table::kValueMask, key = low >> Table::kValueBits | high << (64 - Table::kValueBits);
    if (value == 0 || key > Table::kKeyMask) return damaged("a record is none");
    TRY(take({key, value}));
  }
  return {};
}

}  // namespace

std::string write_head(const FileHead& head) {
  std::string out(kMagic);
  out += head.kind.substr(0, 8);
  out.resize(16, ' ');
  out += head.journal ? "journal " : "snapshot";
  append(out, head.key[0], 8);
  append(out, head.key[1], 8);
  append(out, head.generation, 8);
  append(out, head.stamp, 8);
  append_check(out, head, kHeadPlace);
  return out;
}

std::string write_block(const FileHead& head, uint64_t number, std::span<const Record> records) {
  std::string out;
  out.reserve(4 + records.size() * kRecordBytes + kCheckBytes);
  append(out, records.size(), 4);
  for (const auto& [key, value] : records) {
    append(out, value | key << Table::kValueBits, 8);
    append(out, key >> (64 - Table::kValueBits), 4);
  }
  append_check(out, head, number);
  return out;
}

std::string write_end(const FileHead& head, uint64_t number, uint64_t records) {
  std::string out;
  append(out, 0, 4);
  append(out, records, 8);
  append_check(out, head, number);
  return out;
}

Result<FileHead> read_head(const Source& source, std::string_view kind, bool journal) {
  std::string bytes;
  TRY_ASSIGN(have, take_bytes(source, bytes, kHeadBytes));
  if (have < kHeadBytes) return damaged("it ends within its header");
  if (!bytes.starts_with(kMagic)) return damaged("it is no file of Sekisho's memory");
  FileHead head;
  head.kind = bytes.substr(8, 8);
  head.kind.erase(head.kind.find_last_not_of(' ') + 1);
  head.journal = journal;
  head.key = {number_at(bytes, 24, 8), number_at(bytes, 32, 8)};
  head.generation = number_at(bytes, 40, 8);
  head.stamp = number_at(bytes, 48, 8);
  if (number_at(bytes, 56, 8) != check_of(head, kHeadPlace, std::string_view(bytes).substr(0, 56)))
    return damaged("its header is damaged");
  if (head.kind != kind || std::string_view(bytes).substr(16, 8) != (journal ? "journal " : "snapshot"))
    return damaged("it holds something else (" + head.kind + ")");
  return head;
}

Result<void> read_snapshot(const Source& source, const FileHead& head,
                           const std::function<Result<void>(const Record&)>& take) {
  std::string bytes;
  uint64_t records = 0;
  for (uint64_t number = 0;; ++number) {
    TRY_ASSIGN(block, next_block(source, head, number, bytes));
    if (block == Block::nothing) return damaged("its end is missing");
    if (block == Block::wrong) return damaged("block " + std::to_string(number) + " is damaged");
    if (block == Block::end) break;
    records += (bytes.size() - 4) / kRecordBytes;
    TRY(each_record(bytes, take));
  }
  if (number_at(bytes, 4, 8) != records) return damaged("records are missing");
  std::string more;
  TRY_ASSIGN(left, take_bytes(source, more, 1));
  if (left != 0) return damaged("something stands behind its end");
  return {};
}

Result<JournalRead> read_journal(const Source& source, const FileHead& head,
                                 const std::function<Result<void>(const Record&)>& take) {
  std::string bytes;
  JournalRead out;
  for (;; ++out.blocks) {
    TRY_ASSIGN(block, next_block(source, head, out.blocks, bytes));
    if (block == Block::nothing) return out;
    if (block != Block::records) {
      out.cut = true;
      return out;
    }
    TRY(each_record(bytes, take));
    out.bytes += bytes.size() + kCheckBytes;
  }
}

}  // namespace sekisho::memory
