// Takes a folder and a name, gives the table that is kept there. Entries: Store::open, commit, compact. Refuses a
// second writer and whatever is damaged.
#include "memory/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/keyed_hash.h"
#include "base/sorted.h"

namespace sekisho::memory {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kLeastJournal = 4u << 20;  // a smaller one is not worth a snapshot

bool exists(const std::string& path) {
  std::error_code code;
  return fs::exists(path, code);
}

// The same error, naming the file that it is about.
Error about(Error error, const std::string& path) {
  if (error.code != "memory.damaged") return error;
  error.text = path + ": " + error.text;
  error.hint = "the file is kept as it is; move it away to begin anew, or put a copy of yours in its place";
  return error;
}

Result<Descriptor> lock(const std::string& path) {
  Descriptor open(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!open) return fail("io.write", "cannot write " + path + ": " + std::generic_category().message(errno));
  if (::flock(open.get(), LOCK_EX | LOCK_NB) == 0) return open;
  if (errno == EWOULDBLOCK)
    return fail("memory.locked", path + ": another process writes to this memory",
                "wait until it has ended; reading needs no lock");
  return fail("io.write", "cannot lock " + path + ": " + std::generic_category().message(errno));
}

}  // namespace

Result<Store> Store::open(const std::string& folder, std::string_view name, Mode mode, const HashKey& fresh) {
  TRY_ASSIGN(table, Table::make());
  Store out(folder + "/" + std::string(name), mode, std::move(table));
  if (mode == Mode::write) {
    std::error_code code;
    fs::create_directories(folder, code);
    if (code) return fail("io.write", "cannot make the folder " + folder + ": " + code.message());
    TRY_ASSIGN(held, lock(out.path_ + ".lock"));
    out.lock_ = std::move(held);
  }
  // A writer may put a new snapshot there between our two files; then we begin again.
  for (int tries = 0;; ++tries) {
    TRY_ASSIGN(whole, out.load(std::string(name), fresh));
    if (whole) break;
    if (mode == Mode::write || tries == 5)
      return std::unexpected(
          about({"memory.damaged", "it belongs to another snapshot", {}, {}, {}, {}}, out.path_ + ".journal"));
    TRY_ASSIGN(again, Table::make());
    out.table_ = std::move(again);
  }
  if (mode == Mode::write) {
    if (out.journal_cut_) TRY(out.cut_journal());
    TRY(out.begin_journal());
  } else if (out.journal_cut_) {
    out.notes_.push_back({"memory.cut",
                          out.path_ + ".journal: what stands after byte " + std::to_string(out.journal_bytes_) +
                              " is torn or damaged and not read",
                          {},
                          {},
                          {},
                          {}});
  }
  return out;
}

// false: the journal is newer than the snapshot.
Result<bool> Store::load(const std::string& kind, const HashKey& fresh) {
  const std::string snapshot = path_ + ".snapshot", journal = path_ + ".journal";
  const auto put = [this](const Record& record) { return table_.put(record.first, record.second); };
  head_ = {kind, false, fresh, 0, 0};
  journal_found_ = journal_cut_ = false;
  journal_bytes_ = journal_blocks_ = 0;
  const bool has_snapshot = exists(snapshot);
  if (has_snapshot) {
    TRY_ASSIGN(source, file_source(snapshot));
    const auto head = read_head(source, kind, false);
    if (!head) return std::unexpected(about(head.error(), snapshot));
    head_ = *head;
    if (const auto read = read_snapshot(source, head_, put); !read)
      return std::unexpected(about(read.error(), snapshot));
  }
  if (!exists(journal)) return true;
  TRY_ASSIGN(source, file_source(journal));
  const auto head = read_head(source, kind, true);
  if (!head) return std::unexpected(about(head.error(), journal));
  if (has_snapshot && head->key != head_.key) return false;
  if (head->generation > head_.generation) return false;
  if (head->generation < head_.generation) return true;  // the snapshot holds it already
  head_.key = head->key;
  const auto read = read_journal(source, *head, put);
  if (!read) return std::unexpected(about(read.error(), journal));
  journal_found_ = true;
  journal_cut_ = read->cut;
  journal_bytes_ = read->bytes;
  journal_blocks_ = read->blocks;
  return true;
}

// What is cut is kept: it may be more than a torn end.
Result<void> Store::cut_journal() {
  const std::string journal = path_ + ".journal",
                    kept = journal + ".cut-" + std::to_string(head_.generation) + "-" + std::to_string(journal_bytes_);
  TRY_ASSIGN(source, file_source(journal));
  const auto copy = [&](const Sink& sink) -> Result<void> {
    std::string piece(64u << 10, '\0');
    for (uint64_t at = 0;;) {
      TRY_ASSIGN(got, source(piece.data(), piece.size()));
      if (got == 0) return {};
      const uint64_t skipped = std::min<uint64_t>(got, at < journal_bytes_ ? journal_bytes_ - at : 0);
      at += got;
      TRY(sink(std::string_view(piece).substr(skipped, got - skipped)));
    }
  };
  TRY(replace_file(kept, copy));
  if (::truncate(journal.c_str(), static_cast<off_t>(journal_bytes_)) != 0)
    return fail("io.write", "cannot cut " + journal + ": " + std::generic_category().message(errno));
  notes_.push_back({"memory.cut",
                    journal + ": its end was torn or damaged; cut at byte " + std::to_string(journal_bytes_) +
                        ", what was cut is in " + kept,
                    {},
                    {},
                    {},
                    {}});
  return {};
}

// Opens the journal to append, or makes an empty one for this generation.
Result<void> Store::begin_journal() {
  const std::string journal = path_ + ".journal";
  if (!journal_found_) {
    FileHead head = head_;
    head.journal = true;
    TRY(replace_file(journal, [&](const Sink& sink) { return sink(write_head(head)); }));
    journal_bytes_ = kHeadBytes;
    journal_blocks_ = 0;
    journal_found_ = true;
  }
  journal_ = Descriptor(::open(journal.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  if (!journal_) return fail("io.write", "cannot write " + journal + ": " + std::generic_category().message(errno));
  return {};
}

uint64_t Store::key_of(std::string_view text) const {
  return keyed_hash(text, head_.key[0], head_.key[1]).low & Table::kKeyMask;
}

Result<void> Store::put(uint64_t key, uint64_t value) {
  if (mode_ == Mode::read) return fail("memory.read_only", path_ + " was opened for reading");
  TRY(table_.put(key, value));
  changed_.push_back(key);
  constexpr size_t kMostWaiting = 1u << 17;
  if (changed_.size() >= kMostWaiting) {
    sort_unique(changed_);
    if (changed_.size() >= kMostWaiting / 2) return commit();
  }
  return {};
}

Result<void> Store::commit() {
  if (mode_ == Mode::read || changed_.empty()) return {};
  if (journal_torn_) return compact();
  if (!journal_found_) TRY(begin_journal());
  sort_unique(changed_);
  FileHead head = head_;
  head.journal = true;
  std::string bytes;
  uint64_t blocks = journal_blocks_;
  std::vector<Record> records;
  for (size_t at = 0; at < changed_.size();) {
    records.clear();
    for (; at < changed_.size() && records.size() < kBlockRecords; ++at)
      records.push_back({changed_[at], table_.get(changed_[at])});
    bytes += write_block(head, blocks++, records);
  }
  const std::string path = path_ + ".journal";
  auto written = write_all(journal_.get(), bytes, path);
  if (written) written = sync_file(journal_.get(), path);
  if (!written) {  // half a block must not stand before the next one
    journal_torn_ = ::ftruncate(journal_.get(), static_cast<off_t>(journal_bytes_)) != 0;
    return written;
  }
  journal_bytes_ += bytes.size();
  journal_blocks_ = blocks;
  changed_.clear();
  if (journal_bytes_ > kLeastJournal && journal_bytes_ > table_.size() * 12) return compact();
  return {};
}

Result<void> Store::compact() { return write_snapshot(table_, head_.stamp); }

Result<void> Store::replace(Table table, uint64_t stamp) {
  TRY(write_snapshot(table, stamp));
  table_ = std::move(table);
  return {};
}

Result<void> Store::write_snapshot(const Table& table, uint64_t stamp) {
  if (mode_ == Mode::read) return fail("memory.read_only", path_ + " was opened for reading");
  FileHead head = head_;
  head.stamp = stamp;
  ++head.generation;
  const auto write = [&](const Sink& sink) -> Result<void> {
    TRY(sink(write_head(head)));
    uint64_t number = 0, count = 0;
    std::vector<Record> records;
    Result<void> done;
    const auto flush = [&] {
      done = sink(write_block(head, number++, records));
      count += records.size();
      records.clear();
      return done.has_value();
    };
    table.each([&](uint64_t key, uint64_t value) {
      records.push_back({key, value});
      return records.size() < kBlockRecords || flush();
    });
    if (done && !records.empty()) flush();
    TRY(done);
    return sink(write_end(head, number, count));
  };
  TRY(replace_file(path_ + ".snapshot", write));
  head_ = head;
  changed_.clear();
  journal_found_ = journal_torn_ = false;  // the old one is of the generation before
  return begin_journal();
}

}  // namespace sekisho::memory
