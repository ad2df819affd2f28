// What metric functions look up: how often events of a measure came under a key, hour by hour, for as long as a metric
// may ask. Events come in order of time. Every byte is counted; beyond a limit the keys longest without an event go.
// Inside engine/ only.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/keyed_hash.h"
#include "engine/evaluate.h"

namespace sekisho::engine {

// Whoever writes events cannot make their keys collide.
struct KeyedHash {
  size_t operator()(std::string_view key) const { return keyed_hash(key).low; }
};

// One key in one hour or day. Times are seconds since 1970.
struct Period {
  int64_t start = 0;  // hours since 1970
  uint64_t events = 0;
  int64_t first = 0, last = 0, sum = 0;
  using Values = std::unordered_set<std::string, KeyedHash>;
  std::unique_ptr<Values> values;  // what is counted; null: nothing is
  int64_t at(Observed what) const;
};

class History {
 public:
  // longest: how far behind the newest event another may be for which a metric is asked, in nanoseconds.
  explicit History(int64_t longest);

  // An event; those of one number count once under a key. value: what is summed. unique: what is counted, or null.
  void add(uint32_t measure, std::string_view key, uint64_t event, int64_t time, int64_t value,
           const std::string* unique);
  // As of a time in nanoseconds. keep: whether a period counts.
  Datum tell(const MetricUse& use, uint32_t measure, std::string_view key, int64_t time,
             const std::function<bool(const Period&)>& keep) const;

  size_t size() const { return entries_.size(); }  // keys
  size_t bytes() const;
  void evict(size_t bytes);
  uint64_t evicted() const { return evicted_; }

  // state_file.cc. measures: of those in the file, our numbers (kNone: gone), and whether they count values; now: the
  // time of the latest event, in nanoseconds.
  struct Restored {
    uint32_t measure;
    bool unique;
  };
  void save(class StateWriter& out) const;
  void restore(class StateReader& in, const std::vector<Restored>& measures, int64_t now);

 private:
  struct Entry {
    const std::string* key = nullptr;  // the measure's number, then its own
    Entry *newer = nullptr, *older = nullptr;
    uint64_t event = 0;
    std::vector<Period> hours, days;  // ascending: hours of the latest days, and days of the latest month
    size_t bytes = 0;                 // as last counted
  };
  static std::string key_of(uint32_t measure, std::string_view key);
  Entry& at(const std::string& key);
  Period& period(Entry& entry, bool day, int64_t start, bool unique);
  void forget(int64_t hour);  // what no metric asks for any more
  void link(Entry& entry);
  void unlink(Entry& entry);
  void erase(Entry& entry);
  void count(Entry& entry);

  int64_t hours_asked_, hours_kept_;
  std::unordered_map<std::string, Entry, KeyedHash> entries_;
  Entry *newest_ = nullptr, *oldest_ = nullptr;
  size_t held_ = 0;
  uint64_t evicted_ = 0;
};

}  // namespace sekisho::engine
