// Takes files from many threads, gives what workers found in them. Entries: Pool::open, Visit::open. Refuses files too
// large for a worker; everything that goes wrong with a worker is an outcome of the request it was at.
#include "unwrap/pool.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "base/log.h"
#include "unwrap/wire.h"
#include "unwrap/zygote.h"

namespace sekisho::unwrap {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kLongestWait = std::chrono::seconds(5);  // for a free worker
constexpr auto kJailTime = std::chrono::seconds(5);     // for a new worker to be ready
constexpr size_t kMostFile = 64u << 20;                 // the worker takes no more
constexpr unsigned kMostRevivals = 8;                   // whoever kills more zygotes than that means it
constexpr auto kForgiven = std::chrono::hours(1);       // after so long without one they are counted anew

// Waits until the socket is ready; false at `end`.
bool wait_for(int fd, short what, Clock::time_point end) {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    pollfd p{fd, what, 0};
    const int n = poll(&p, 1, static_cast<int>(std::min<int64_t>(left + 1, 60'000)));
    if (n > 0) return true;
    if (n < 0 && errno != EINTR) return false;
  }
}

enum class Moved : uint8_t { all, late, gone };

Moved send_all(int fd, std::string_view bytes, Clock::time_point end) {
  while (!bytes.empty()) {
    const ssize_t n = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n > 0) bytes.remove_prefix(static_cast<size_t>(n));
    else if (n < 0 && errno == EAGAIN) {
      if (!wait_for(fd, POLLOUT, end)) return Moved::late;
    } else if (n == 0 || errno != EINTR) {
      return Moved::gone;
    }
  }
  return Moved::all;
}

Moved receive_all(int fd, char* to, size_t size, Clock::time_point end) {
  while (size > 0) {
    const ssize_t n = recv(fd, to, size, 0);
    if (n > 0) to += n, size -= static_cast<size_t>(n);
    else if (n < 0 && errno == EAGAIN) {
      if (!wait_for(fd, POLLIN, end)) return Moved::late;
    } else if (n == 0 || errno != EINTR) {
      return Moved::gone;
    }
  }
  return Moved::all;
}

Findings only(Outcome outcome) {
  Findings out;
  out.outcome = outcome;
  return out;
}

}  // namespace

struct Pool::State {
  unsigned most;
  mutable std::mutex mutex;  // guards all below but the worker that a thread has borrowed
  std::condition_variable freed;
  Zygote zygote = Zygote::first();
  Zygote reserve;      // taken with the first worker
  uint32_t brood = 0;  // number of the zygote at work
  unsigned revivals = 0;
  Clock::time_point last_revival;
  std::vector<Zygote::Worker> idle;
  std::vector<int> ids;  // of idle and borrowed ones
  Counts counts;
  std::string_view trouble;

  explicit State(unsigned n) : most(n) {}

  void count() {
    const std::lock_guard lock(mutex);
    ++counts.requests;
  }

  // Needs the lock.
  void drop(const Zygote::Worker& worker) {
    close(worker.fd);
    // Those of an earlier zygote died with it; their process ids may be others' by now.
    if (worker.brood == brood) zygote.bury(worker.pid);
    std::erase(ids, worker.pid);
    ++counts.killed;
    freed.notify_one();  // there is room for another
  }

  // Needs the lock. A killed zygote gives way to the one in reserve.
  std::optional<Zygote::Worker> make() {
    for (;;) {
      if (reserve.gone()) reserve = zygote.split();
      auto made = zygote.make();
      if (made) {
        made->brood = brood;
        return made;
      }
      if (Clock::now() - last_revival > kForgiven) revivals = 0;
      if (zygote.alive()) trouble = "the system refuses to make another process";
      else if (revivals >= kMostRevivals) trouble = "the process that makes workers was killed too often";
      else if (!reserve.alive()) trouble = "the process that makes workers could not be made, or was killed";
      if (zygote.alive() || revivals >= kMostRevivals || !reserve.alive()) return std::nullopt;
      zygote = std::move(reserve);
      ++brood, ++counts.revived, ++revivals;
      last_revival = Clock::now();
      log::warning("unwrap.revived", "the process that makes workers was killed or hung; another took its place");
    }
  }

  // outcome: why there is none.
  std::optional<Zygote::Worker> borrow(Outcome& outcome) {
    std::unique_lock lock(mutex);
    if (!freed.wait_for(lock, kLongestWait, [&] { return !idle.empty() || ids.size() < most; })) {
      outcome = Outcome::timeout;
      return std::nullopt;
    }
    outcome = Outcome::no_worker;
    while (!idle.empty()) {
      const Zygote::Worker worker = idle.back();
      idle.pop_back();
      // One that died while it had nothing to do must not take a file's blame.
      char byte;
      if (recv(worker.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN) return worker;
      drop(worker);
    }
    const auto made = make();
    if (!made) return std::nullopt;
    ids.push_back(made->pid);
    ++counts.made;
    char ready = 0;
    if (receive_all(made->fd, &ready, 1, Clock::now() + kJailTime) == Moved::all) return made;
    drop(*made);
    trouble = "a worker could not lock itself up (seccomp, limits)";
    return std::nullopt;
  }

  // Whether a worker died only because its zygote did.
  bool orphaned(const Zygote::Worker& worker) {
    const std::lock_guard lock(mutex);
    return worker.brood != brood || zygote.gone();
  }

  void give_back(const Zygote::Worker& worker, bool good) {
    {
      const std::lock_guard lock(mutex);
      if (good) idle.push_back(worker);
      else drop(worker);
    }
    freed.notify_one();
  }

  Findings exchange(int fd, Kind kind, std::string_view bytes, const Bounds& bounds, bool& good) const {
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds(bounds.milliseconds);
    const auto lost = [](Moved moved) { return only(moved == Moved::late ? Outcome::timeout : Outcome::crashed); };
    good = false;
    if (const Moved m = send_all(fd, request_header(kind, bounds, bytes.size()), end); m != Moved::all) return lost(m);
    if (const Moved m = send_all(fd, bytes, end); m != Moved::all) return lost(m);
    char length[kFrameHeader];
    if (const Moved m = receive_all(fd, length, sizeof length, end); m != Moved::all) return lost(m);
    const size_t n = frame_length(length);
    if (n > most_answer_bytes(bounds)) return only(Outcome::crashed);
    std::string frame(n, '\0');
    if (const Moved m = receive_all(fd, frame.data(), n, end); m != Moved::all) return lost(m);
    auto answer = read_answer(frame, bounds);
    if (!answer) return only(Outcome::crashed);
    good = !answer->retire;
    return std::move(answer->findings);
  }
};

Pool::Pool(unsigned workers)
    : state_(std::make_unique<State>(workers > 0 ? workers : std::max(1u, std::thread::hardware_concurrency()))) {}

Pool::~Pool() {
  for (const Zygote::Worker& worker : state_->idle) close(worker.fd);
}

Findings Pool::open(Kind kind, std::string_view bytes, const Bounds& bounds) {
  if (bytes.size() > kMostFile) return only(Outcome::too_big);
  state_->count();
  for (bool again = false;; again = true) {
    Outcome outcome = Outcome::no_worker;
    const auto worker = state_->borrow(outcome);
    if (!worker) {
      Findings none = only(outcome);
      if (outcome == Outcome::timeout) none.note("workers");
      return none;
    }
    bool good = false;
    Findings out = state_->exchange(worker->fd, kind, bytes, bounds, good);
    const bool blameless = !again && out.outcome == Outcome::crashed && state_->orphaned(*worker);
    state_->give_back(*worker, good);
    if (!blameless) return out;
  }
}

std::string_view Pool::trouble() const {
  const std::lock_guard lock(state_->mutex);
  return state_->trouble;
}

Pool::Counts Pool::counts() const {
  const std::lock_guard lock(state_->mutex);
  return state_->counts;
}

std::vector<int> Pool::worker_ids() const {
  const std::lock_guard lock(state_->mutex);
  return state_->ids;
}

Visit::Visit(Pool* pool, const Bounds& bounds, uint32_t milliseconds)
    : pool_(pool), bounds_(bounds), end_(Clock::now() + std::chrono::milliseconds(milliseconds)) {}

const Findings& Visit::open(Kind kind, std::string_view sha256, std::string_view bytes) {
  const auto [it, fresh] = done_.try_emplace(std::to_string(static_cast<int>(kind)) + std::string(sha256));
  if (!fresh) return it->second;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end_ - Clock::now()).count();
  if (pool_ == nullptr) return it->second = only(Outcome::no_worker);
  if (left <= 0) return it->second = only(Outcome::timeout);
  Bounds bounds = bounds_;
  bounds.milliseconds = static_cast<uint32_t>(std::min<int64_t>(bounds.milliseconds, left));
  return it->second = pool_->open(kind, bytes, bounds);
}

}  // namespace sekisho::unwrap
