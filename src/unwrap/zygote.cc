// Takes nothing, gives worker processes. Entries: Zygote::first, Zygote::make, Zygote::split, Zygote::bury. A command
// is eight bytes over a socket that keeps message borders: what, and a process id; the answer to "make" and "split"
// carries the new process's socket.
#include "unwrap/zygote.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <utility>
#include <vector>

#include "unwrap/jail.h"

namespace sekisho::unwrap {
namespace {

constexpr int kControl = 3;        // the zygote's only descriptor beside the three standard ones
constexpr int kAnswerWait = 2000;  // milliseconds that a fork may take

struct Command {
  char what = 0;  // 'm' make, 's' split, 'b' bury
  int32_t pid = 0;
};

void buried(std::vector<pid_t>& children) {
  for (pid_t dead = 0; (dead = waitpid(-1, nullptr, WNOHANG)) > 0;) std::erase(children, dead);
}

void close_from(int first) {
  if (syscall(SYS_close_range, first, ~0u, 0) == 0) return;
  for (int fd = first; fd < 65'536; ++fd) close(fd);  // a kernel before 5.9
}

void forget_everything(int control) {
  struct sigaction usual{};
  usual.sa_handler = SIG_DFL;
  for (int signal = 1; signal < 32; ++signal) sigaction(signal, &usual, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  setpgid(0, 0);  // a Ctrl-C is for the parent, whose end is ours
  // Out of the way of the numbers that are set below, whatever was closed in the parent.
  control = fcntl(control, F_DUPFD, 10);
  const int null = fcntl(::open("/dev/null", O_RDWR), F_DUPFD, 10);
  // A kept standard output would keep a pipeline of the user's waiting for our end.
  for (int fd = 0; fd < (kSanitized ? 2 : 3); ++fd) dup2(null, fd);
  dup2(control, kControl);
  close_from(kControl + 1);
  // Read now, for no file can be later: archives name their entries in UTF-8 only in a UTF-8 locale.
  setenv("TZ", "UTC0", 1);
  tzset();
  std::setlocale(LC_CTYPE, "C.UTF-8");
}

// Tells the pool of a new process: its id, and the pool's end of its socket. Closes both ends here.
void answer(pid_t pid, const int (&ends)[2]) {
  const int32_t said = pid;
  iovec data{const_cast<int32_t*>(&said), sizeof said};
  alignas(cmsghdr) char space[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &data, message.msg_iovlen = 1;
  if (pid > 0) {
    message.msg_control = space, message.msg_controllen = sizeof space;
    cmsghdr* attached = CMSG_FIRSTHDR(&message);
    attached->cmsg_level = SOL_SOCKET, attached->cmsg_type = SCM_RIGHTS, attached->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(attached), &ends[0], sizeof(int));
  }
  sendmsg(kControl, &message, MSG_NOSIGNAL);
  for (const int end : ends)
    if (end >= 0) close(end);
}

void make_worker(std::vector<pid_t>& children) {
  int ends[2] = {-1, -1};
  pid_t pid = -1;
  const pid_t zygote = getpid();
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0) pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != zygote) _exit(0);  // it went before the line above
    dup2(ends[1], kControl);
    close_from(kControl + 1);
    work(kControl);
  }
  if (pid > 0) children.push_back(pid);
  answer(pid, ends);
}

// True: this is the new zygote. It outlives the one that forked it, and ends with the pool.
bool split_off() {
  int ends[2] = {-1, -1};
  pid_t pid = -1;
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0) pid = fork();
  if (pid != 0) return answer(pid, ends), false;
  setpgid(0, 0);
  dup2(ends[1], kControl);
  close_from(kControl + 1);
  return true;
}

[[noreturn]] void serve() {
  std::vector<pid_t> children;
  for (;;) {
    Command command;
    const ssize_t n = recv(kControl, &command, sizeof command, 0);
    if (n < 0 && errno == EINTR) continue;
    buried(children);
    if (n != sizeof command) break;  // the pool is gone
    if (command.what == 'm') make_worker(children);
    if (command.what == 's' && split_off()) children.clear();
    // Only our own children: their ids cannot have been given to others before we have waited for them.
    if (command.what == 'b' && std::erase(children, command.pid) > 0) {
      kill(command.pid, SIGKILL);
      waitpid(command.pid, nullptr, 0);
    }
  }
  for (const pid_t child : children) kill(child, SIGKILL);
  _exit(0);
}

}  // namespace

Zygote Zygote::first() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return {};
  const pid_t pid = fork();
  if (pid == 0) {
    close(ends[0]);
    forget_everything(ends[1]);
    serve();
  }
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    return {};
  }
  Zygote out(ends[0], pid);
  out.splitting_ = out.ask('s');
  return out;
}

// Workers die with their zygote (PR_SET_PDEATHSIG), so there is nothing that a gentle end would do better, and a zygote
// that is stopped or hangs would never come to it. One that was split off is nobody's child: once it is gone, its
// number may be another's.
void Zygote::end() {
  if (pid_ > 0 && !gone()) kill(pid_, SIGKILL);
  if (fd_ >= 0) close(fd_);
  if (pid_ > 0)
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
  fd_ = -1, pid_ = -1, splitting_ = false;
}

Zygote::~Zygote() { end(); }

Zygote::Zygote(Zygote&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      pid_(std::exchange(other.pid_, -1)),
      splitting_(std::exchange(other.splitting_, false)) {}

Zygote& Zygote::operator=(Zygote&& other) noexcept {
  if (this == &other) return *this;
  end();
  fd_ = std::exchange(other.fd_, -1), pid_ = std::exchange(other.pid_, -1);
  splitting_ = std::exchange(other.splitting_, false);
  return *this;
}

bool Zygote::gone() const {
  pollfd p{fd_, 0, 0};
  return fd_ < 0 || (poll(&p, 1, 0) == 1 && (p.revents & (POLLHUP | POLLERR)) != 0);
}

bool Zygote::ask(char what) {
  const Command command{what, 0};
  return fd_ >= 0 && send(fd_, &command, sizeof command, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof command;
}

std::optional<Zygote::Worker> Zygote::answered() {
  pollfd ready{fd_, POLLIN, 0};
  Worker out;
  int32_t pid = -1;
  iovec data{&pid, sizeof pid};
  alignas(cmsghdr) char space[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &data, message.msg_iovlen = 1;
  message.msg_control = space, message.msg_controllen = sizeof space;
  if (poll(&ready, 1, kAnswerWait) != 1 || recvmsg(fd_, &message, MSG_CMSG_CLOEXEC) != sizeof pid) {
    // It is gone, or hangs; a late answer would be taken for that to another question.
    end();
    return std::nullopt;
  }
  if (const cmsghdr* attached = CMSG_FIRSTHDR(&message);
      attached != nullptr && attached->cmsg_level == SOL_SOCKET && attached->cmsg_type == SCM_RIGHTS)
    std::memcpy(&out.fd, CMSG_DATA(attached), sizeof(int));
  if (pid <= 0 || out.fd < 0) {
    if (pid > 0) bury(pid);  // this process may have no more descriptors
    return std::nullopt;
  }
  out.pid = pid;
  return out;
}

std::optional<Zygote::Worker> Zygote::make() {
  if (!ask('m')) {
    end();
    return std::nullopt;
  }
  const auto made = answered();
  if (made) fcntl(made->fd, F_SETFL, fcntl(made->fd, F_GETFL) | O_NONBLOCK);
  return made;
}

Zygote Zygote::split() {
  if (!std::exchange(splitting_, false) && !ask('s')) return {};
  const auto made = answered();
  if (!made) return {};
  return {made->fd, made->pid};
}

void Zygote::bury(pid_t pid) {
  const Command command{'b', pid};
  if (fd_ >= 0) send(fd_, &command, sizeof command, MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace sekisho::unwrap
