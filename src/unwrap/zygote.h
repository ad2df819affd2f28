// The process that forks workers. It is forked once, early, by the pool, has closed and forgotten what was open, and
// does nothing but fork and bury workers; so it does not matter how many threads the parent has by then, nor what mails
// its memory holds. unwrap/ only.
#pragma once

#include <sys/types.h>

#include <optional>

namespace sekisho::unwrap {

class Zygote {
 public:
  Zygote();   // forks; see alive()
  ~Zygote();  // ends it and, by that, all its workers
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;

  struct Worker {
    int fd = -1;  // a stream socket to it, not blocking; the caller closes it
    pid_t pid = -1;
  };
  // One caller at a time. Nothing: no process could be made.
  std::optional<Worker> make();
  void bury(pid_t pid);  // kills it, if it still lives
  bool alive() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
  pid_t pid_ = -1;
};

// What a worker runs: enters its jail, says so by one byte, answers requests on `fd` until its end. Never returns.
[[noreturn]] void work(int fd);

}  // namespace sekisho::unwrap
