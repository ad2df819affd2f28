// The process that forks workers. It is forked once, early, by the pool, has closed and forgotten what was open, and
// does nothing but fork and bury workers; so it does not matter how many threads the parent has by then, nor what mails
// its memory holds. For the same reason the pool never forks a second one when the first is killed: the first forks it,
// while it lives (split), and the pool keeps it in reserve. unwrap/ only.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

namespace sekisho::unwrap {

class Zygote {
 public:
  Zygote() = default;     // none: not alive()
  static Zygote first();  // forks; see alive()
  ~Zygote();              // ends it and, by that, all its workers, at once, even if it is stopped or hangs
  Zygote(Zygote&& other) noexcept;
  Zygote& operator=(Zygote&& other) noexcept;

  struct Worker {
    int fd = -1;  // a stream socket to it, not blocking; the caller closes it
    pid_t pid = -1;
    uint32_t brood = 0;  // the pool's own note: which zygote made it
  };
  // One caller at a time. Nothing: no process could be made; if the zygote did not answer, it is no longer alive().
  std::optional<Worker> make();
  // Another zygote, forked by this one; not alive() if there is none. The first one forks it at once, while this
  // process goes on: the first call of split() takes that one, even if the zygote has died since. make() comes after
  // it.
  Zygote split();
  void bury(pid_t pid);  // kills it, if it still lives and is a worker of this zygote; never waits
  bool alive() const { return fd_ >= 0; }
  bool gone() const;  // not alive(), or the process has ended

 private:
  Zygote(int fd, pid_t pid) : fd_(fd), pid_(pid) {}
  bool ask(char what);
  std::optional<Worker> answered();
  void end();

  int fd_ = -1;
  pid_t pid_ = -1;
  bool splitting_ = false;  // asked for, not yet answered
};

// What a worker runs: enters its jail, says so by one byte, answers requests on `fd` until its end. Never returns.
[[noreturn]] void work(int fd);

}  // namespace sekisho::unwrap
