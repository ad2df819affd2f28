// A table with its files in a folder: NAME.snapshot (all of it, as of some moment), NAME.journal (what was put since)
// and NAME.lock. Records are whole states, so that reading one twice changes nothing.
//
// Crashes: what commit() returned for is kept. A torn end of the journal is cut off, kept beside it and told in
// notes(). A damaged snapshot, or a journal that does not belong to it, is an error, and nothing is changed or removed:
// the message names the file. A snapshot takes its name when it is on the disk whole.
//
// Processes: one writer, which holds an exclusive lock (flock) on NAME.lock while it is open; any number of readers,
// which take no lock and see what was committed when they opened.
// Threads: see Table. Everything but get() belongs to the writing thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/durable.h"
#include "base/result.h"
#include "memory/format.h"
#include "memory/table.h"

namespace sekisho::memory {

enum class Mode : uint8_t { read, write };

class Store {
 public:
  // name: at most 8 bytes, a file name. fresh: 16 random bytes, used when there is no file yet. Reading what does not
  // exist gives an empty table; writing makes the folder.
  // Errors: memory.locked, memory.damaged, memory.full, memory.space, io.read, io.write.
  static Result<Store> open(const std::string& folder, std::string_view name, Mode mode, const HashKey& fresh);

  uint64_t key_of(std::string_view text) const;  // any thread
  uint64_t get(uint64_t key) const { return table_.get(key); }
  const Table& table() const { return table_; }
  uint64_t stamp() const { return head_.stamp; }
  const std::vector<Error>& notes() const { return notes_; }  // memory.cut: what was cut off at opening

  // In memory, until commit(). Errors: memory.full, memory.read_only.
  Result<void> put(uint64_t key, uint64_t value);
  // What was put since is on the disk when it returns. Makes a snapshot when the journal has grown larger than one.
  // Errors: io.write; nothing is lost then, commit() may be called again.
  Result<void> commit();
  // A new snapshot of everything, and an empty journal.
  Result<void> compact();
  // Everything anew: table must have been filled with keys of this store. Nobody may be reading.
  Result<void> replace(Table table, uint64_t stamp);

  bool writable() const { return mode_ == Mode::write; }
  uint64_t journal_bytes() const { return journal_bytes_; }

 private:
  Store(std::string path, Mode mode, Table table) : path_(std::move(path)), mode_(mode), table_(std::move(table)) {}
  Result<bool> load(const std::string& kind, const HashKey& fresh);
  Result<void> write_snapshot(const Table& table, uint64_t stamp);
  Result<void> cut_journal();
  Result<void> begin_journal();

  std::string path_;  // FOLDER/NAME
  Mode mode_;
  Table table_;
  FileHead head_;  // of the snapshot
  Descriptor lock_, journal_;
  uint64_t journal_bytes_ = 0, journal_blocks_ = 0;
  bool journal_found_ = false, journal_cut_ = false, journal_torn_ = false;
  std::vector<uint64_t> changed_;  // keys, some more than once
  std::vector<Error> notes_;
};

}  // namespace sekisho::memory
