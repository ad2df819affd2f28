// Workers that open files nobody trusts: processes without files, network, children, or memory beyond a bound
// (jail.h), at most one for each request at work. A worker that dies, hangs or answers nonsense is killed and replaced;
// its request gets an outcome that says so. Nothing here throws, and nothing waits without an end. The process that
// makes workers (zygote.h) may be killed too: one in reserve takes its place, a few times; then every outcome is
// no_worker. Both are logged.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "unwrap/unwrap.h"

namespace sekisho::unwrap {

// Thread-safe: any number of threads ask; each waits for a worker of its own. Create it early, while the process has
// one thread and has read no mail: what it forks then is the ancestor of all workers, and has that memory. Workers
// themselves are made when they are first needed. The pool outlives all calls.
class Pool {
 public:
  explicit Pool(unsigned workers);  // the most at work at a time; 0: one for each core
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Opens a file in a worker. Never fails: see Findings::outcome. Takes bounds.milliseconds of wall time once it has a
  // worker, and waits a few seconds for one at most: then the outcome is timeout, with the limit "workers".
  Findings open(Kind kind, std::string_view bytes, const Bounds& bounds = {});

  struct Counts {
    uint64_t requests = 0, made = 0, killed = 0, revived = 0;  // revived: zygotes that took another's place
  };
  Counts counts() const;
  std::string_view trouble() const;     // why the last no_worker was; "" if there was none
  std::vector<int> worker_ids() const;  // process ids of all workers, for tests

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The files of one mail: the same file is opened once, and all together take at most `milliseconds`; then the rest gets
// Outcome::timeout unopened. One thread. Without a pool every outcome is no_worker.
class Visit {
 public:
  Visit(Pool* pool, const Bounds& bounds, uint32_t milliseconds);
  // sha256: of the bytes; the result lives as long as the visit.
  const Findings& open(Kind kind, std::string_view sha256, std::string_view bytes);
  std::string_view trouble() const { return pool_ == nullptr ? "there is no pool" : pool_->trouble(); }

 private:
  Pool* pool_;
  Bounds bounds_;
  std::chrono::steady_clock::time_point end_;
  std::unordered_map<std::string, Findings> done_;
};

}  // namespace sekisho::unwrap
