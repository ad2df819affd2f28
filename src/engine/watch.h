// All rules over several events at work: rows of one event after the other go into their groups, windows are judged as
// events arrive or as their deadlines pass, and what nothing needs any more is forgotten. Events come in order of time;
// one thread. Inside engine/ only.
#pragma once

#include "engine/history.h"
#include "engine/judge.h"
#include "engine/known.h"
#include "engine/queue.h"
#include "engine/windows.h"

namespace sekisho::engine {

struct WatchStatistics {
  uint64_t evicted_groups = 0, evicted_rows = 0, cut_evaluations = 0, overlapping = 0;
};

// One rule. Parts refer to each other, so it stays where it is.
struct Watched {
  Watched(const Plans& plans, const Correlation& correlation, size_t join_rows)
      : plan(correlation, *plans.joined), windows(correlation), judge(plans, plan), joiner(plan, join_rows) {
    records.resize(correlation.variables.size());
  }
  Watched(const Watched&) = delete;
  JoinPlan plan;
  WindowRule windows;
  Judge judge;
  Joiner joiner;
  std::vector<Records> records;  // by variable
};

// What a state file tells of its rules over several events: the kinds of their variables, and which rule of ours each
// one is (kNone: none).
struct StateShape {
  std::vector<std::vector<Variable::Kind>> variables;
  std::vector<uint32_t> correlations;
};

class Watch {
 public:
  Watch(const Plans& plans, const Limits& limits);

  // A record that graph or table variables read. Its rows; other rows are ignored.
  void add_record(std::vector<Matched::Row>& rows, int64_t from, int64_t until);
  // The rows of the next event: what they complete is appended to `found`.
  void arrive(int64_t time, const EventRef& ref, uint32_t depth, std::vector<Matched::Row>& rows,
              std::vector<Detection>& found);
  std::optional<Deadline> next_deadline() { return groups_.next(); }
  // That of next_deadline(): its group is judged, or forgotten.
  void pass_deadline(std::vector<Detection>& found);
  void evict(size_t bytes);  // groups longest unused, until no more than so many are held

  const WatchStatistics& statistics() const { return statistics_; }
  size_t groups() const { return groups_.size(); }
  size_t rows() const { return groups_.rows(); }
  size_t bytes() const { return groups_.bytes(); }
  size_t record_bytes() const;
  History& history() { return history_; }
  // What the records have; made anew when some have come since.
  std::shared_ptr<const KnownKeys> known();

  // state_file.cc. restore() needs a Watch that has seen nothing; false: what is read does not fit.
  void save(class StateWriter& out) const;
  bool restore(class StateReader& in, const StateShape& shape);

 private:
  struct Pinned {  // new rows of one variable, or those of a pivot: places of its side
    uint32_t variable, from, to;
  };
  void add_row(Matched::Row row, uint64_t record, int64_t from, int64_t until);
  struct KeyedRow {
    std::string keys;
    std::vector<uint32_t> places;  // by variable
  };
  Watched& of(const KeyedGroup& group) { return *watched_[group.correlation]; }
  void arrive_at(Watched& watched, uint32_t correlation, std::span<Matched::Row> rows, const EventRef& ref,
                 std::vector<Detection>& found);
  void count(const Correlation& correlation, std::span<const Matched::Row> rows);
  void judge_alone(Watched& watched, std::span<Matched::Row> rows, const EventRef& ref, std::vector<Detection>& found);
  void push(Watched& watched, KeyedGroup& group, uint32_t ring, RowEntry entry);
  void pop(Watched& watched, KeyedGroup& group, uint32_t ring);
  void trim(Watched& watched, KeyedGroup& group, int64_t now);
  int64_t waiting_pivot(const Watched& watched, KeyedGroup& group) const;
  void judge_arrival(Watched& watched, uint32_t id, std::vector<Detection>& found);
  void judge_deadline(Watched& watched, uint32_t id, std::vector<Detection>& found);
  void schedule_next(Watched& watched, uint32_t id, int64_t judged);
  void look_at_sides(Watched& watched, KeyedGroup& group, int64_t first);
  void keep_counters(Watched& watched, KeyedGroup& group);
  void keep_indexes(Watched& watched, KeyedGroup& group, uint32_t ring);
  bool may_fire(const Watched& watched, const KeyedGroup& group, const JudgedWindow& window) const;
  bool holds_alone(Watched& watched, KeyedGroup& group);
  void judge_window(Watched& watched, KeyedGroup& group, const JudgedWindow& window, const std::vector<Pinned>* pinned,
                    std::vector<Detection>& found);
  void judge_key(Watched& watched, KeyedGroup& group, const JudgedWindow& window, std::string_view keys,
                 std::vector<Detection>& found);
  void judge_joined(Watched& watched, KeyedGroup& group, JudgedWindow window, JoinedRows& rows, std::string_view keys,
                    std::vector<Detection>& found);
  bool narrow(const Watched& watched, JoinedRows& rows, int64_t first);
  bool judge_rows(Watched& watched, KeyedGroup& group, const JudgedWindow& window, const JoinedRows* joined,
                  std::string_view keys, std::vector<Detection>& found);
  static int64_t not_before(const KeyedGroup& group, std::string_view keys);
  std::vector<KeyedRow> keys_with(Watched& watched, std::span<const Pinned> pinned);
  void begin() { evaluation_.begin_joined(*plans_.joined, floor_divide(now_, 1'000'000'000)); }

  const Plans& plans_;
  const Limits limits_;
  std::vector<std::unique_ptr<Watched>> watched_;  // by correlation
  GroupStore groups_;
  History history_;
  Evaluation evaluation_;
  WatchStatistics statistics_;
  int64_t now_ = INT64_MIN;
  uint64_t event_ = 0;  // number of the event
  uint64_t records_ = 0;
  std::shared_ptr<const KnownKeys> known_;  // null: to be made
  std::vector<Side> sides_;                 // of the group that is judged
  std::vector<uint32_t> touched_;
  std::string key_;
};

}  // namespace sekisho::engine
