// Takes requests from its socket, answers them one after the other, ends. Entry: work. Runs in a process of its own,
// jailed before the first request; refuses to run if the jail does not close.
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>

#include "unwrap/jail.h"
#include "unwrap/wire.h"
#include "unwrap/zygote.h"

namespace sekisho::unwrap {
namespace {

constexpr size_t kMostRequest = 96u << 20;
constexpr double kRetireSeconds = 20;  // of CPU; well below what the jail allows

bool read_all(int fd, char* to, size_t n) {
  while (n > 0) {
    const ssize_t got = read(fd, to, n);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to += got, n -= static_cast<size_t>(got);
  }
  return true;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(put));
  }
  return true;
}

// Does what a worker must not be able to do. Comes back with `read` where the jail answered "no" instead of killing,
// and with `damaged` where it let it happen.
Findings probe(std::string_view what) {
  Findings out;
  const auto happened = [&](bool yes) { out.outcome = yes ? Outcome::damaged : Outcome::read; };
  if (what == "hang")
    for (volatile bool on = true; on;) {
    }
  if (what == "crash") std::abort();
  if (what == "file") happened(access("/etc/passwd", R_OK) == 0);
  if (what == "network") happened(socket(AF_INET, SOCK_STREAM, 0) >= 0);
  if (what == "fork") happened(fork() >= 0);
  if (what == "exec") happened(execl("/bin/true", "true", nullptr) == 0);
  if (what == "code")
    happened(mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
  if (what == "memory")
    // One after the other, each touched, until there is no more.
    for (size_t given = 0; given < 1024; ++given) {
      void* block = std::malloc(4u << 20);
      if (block == nullptr) {
        out.outcome = Outcome::too_big;
        break;
      }
      for (size_t i = 0; i < (4u << 20); i += 4096) static_cast<volatile char*>(block)[i] = 1;
    }
  if (what == "overflow") out.entries.resize(100'000);  // more than any bound
  return out;
}

double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

}  // namespace

void work(int fd) {
  if (!enter_jail(fd)) _exit(1);
  if (!write_all(fd, "r"))
    _exit(0);  // ready: the pool waits for it, or it would blame a file for a jail that stays open
  std::string frame;
  for (;;) {
    char length[kFrameHeader];
    if (!read_all(fd, length, sizeof length)) _exit(0);
    const size_t n = frame_length(length);
    if (n > kMostRequest) _exit(1);
    frame.resize(n);
    if (!read_all(fd, frame.data(), n)) _exit(0);
    const auto request = read_request(frame);
    if (!request) _exit(1);
    const Findings findings =
        request->kind == Kind::probe ? probe(request->bytes) : open(request->kind, request->bytes, request->bounds);
    const bool retire = cpu_seconds() > kRetireSeconds;
    if (!write_all(fd, answer(findings, retire)) || retire) _exit(0);
    // What one mail held is not left lying for the next.
    std::string().swap(frame);
  }
}

}  // namespace sekisho::unwrap
