// Takes a PDF's bytes, gives its text by a jailed pdftotext. Entry: pdf_text. The child is made by fork from any
// thread, so everything that needs memory (the filter, the arguments) is made before; between fork and exec there are
// system calls only. Refuses to run the program half locked.
#include "unwrap/pdf_text.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <initializer_list>
#include <vector>

#include "unwrap/jail.h"

namespace sekisho::unwrap {
namespace {

constexpr int kNoProgram = 127, kNoJail = 126;  // exit codes of the child before the program runs

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  void reset(int fd = -1) {
    if (fd_ >= 0) close(fd_);
    fd_ = fd;
  }

 private:
  int fd_;
};

// What the program may ask of the kernel: files to read, memory, its three descriptors. All else, sockets and new
// processes among it, is answered by EPERM; what tampers with other processes kills it.
std::vector<sock_filter> make_filter() {
  scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (f == nullptr) return {};
  bool good = true;
  for (const int call : {SCMP_SYS(read),
                         SCMP_SYS(write),
                         SCMP_SYS(readv),
                         SCMP_SYS(writev),
                         SCMP_SYS(pread64),
                         SCMP_SYS(lseek),
                         SCMP_SYS(close),
                         SCMP_SYS(fstat),
                         SCMP_SYS(stat),
                         SCMP_SYS(lstat),
                         SCMP_SYS(newfstatat),
                         SCMP_SYS(statx),
                         SCMP_SYS(access),
                         SCMP_SYS(faccessat),
                         SCMP_SYS(faccessat2),
                         SCMP_SYS(readlink),
                         SCMP_SYS(readlinkat),
                         SCMP_SYS(getdents64),
                         SCMP_SYS(mmap),
                         SCMP_SYS(mprotect),
                         SCMP_SYS(munmap),
                         SCMP_SYS(mremap),
                         SCMP_SYS(brk),
                         SCMP_SYS(madvise),
                         SCMP_SYS(futex),
                         SCMP_SYS(exit),
                         SCMP_SYS(exit_group),
                         SCMP_SYS(rt_sigreturn),
                         SCMP_SYS(rt_sigaction),
                         SCMP_SYS(rt_sigprocmask),
                         SCMP_SYS(clock_gettime),
                         SCMP_SYS(gettimeofday),
                         SCMP_SYS(time),
                         SCMP_SYS(getpid),
                         SCMP_SYS(gettid),
                         SCMP_SYS(getuid),
                         SCMP_SYS(geteuid),
                         SCMP_SYS(getgid),
                         SCMP_SYS(getegid),
                         SCMP_SYS(getrandom),
                         SCMP_SYS(sched_yield),
                         SCMP_SYS(restart_syscall),
                         SCMP_SYS(arch_prctl),
                         SCMP_SYS(set_tid_address),
                         SCMP_SYS(set_robust_list),
                         SCMP_SYS(rseq),
                         SCMP_SYS(prlimit64),
                         SCMP_SYS(getrlimit),
                         SCMP_SYS(sched_getaffinity),
                         SCMP_SYS(sysinfo),
                         SCMP_SYS(uname),
                         SCMP_SYS(getcwd),
                         SCMP_SYS(fadvise64),
                         SCMP_SYS(execve)})
    good = good && seccomp_rule_add(f, SCMP_ACT_ALLOW, call, 0) == 0;
  // Files are opened to be read.
  const scmp_arg_cmp read_open{1, SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY};
  const scmp_arg_cmp read_openat{2, SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY};
  good = good && seccomp_rule_add_array(f, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, &read_open) == 0;
  good = good && seccomp_rule_add_array(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, &read_openat) == 0;
  for (const int command : {F_GETFL, F_GETFD, F_SETFD}) {
    const scmp_arg_cmp which{1, SCMP_CMP_EQ, static_cast<scmp_datum_t>(command), 0};
    good = good && seccomp_rule_add_array(f, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, &which) == 0;
  }
  for (const int call : {SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(bpf),
                         SCMP_SYS(mount), SCMP_SYS(kexec_load)})
    good = good && seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS, call, 0) == 0;
  std::vector<sock_filter> program;
  const Descriptor file(memfd_create("filter", MFD_CLOEXEC));
  if (good && file.get() >= 0 && seccomp_export_bpf(f, file.get()) == 0) {
    const off_t size = lseek(file.get(), 0, SEEK_END);
    program.resize(static_cast<size_t>(size > 0 ? size : 0) / sizeof(sock_filter));
    if (program.empty() || pread(file.get(), program.data(), program.size() * sizeof(sock_filter), 0) != size)
      program.clear();
  }
  seccomp_release(f);
  return program;
}

// A rule set by which only programs, libraries and character tables can be read; −1 where the kernel has none (the
// filter still keeps files from being written).
int make_ground() {
  landlock_ruleset_attr attr{};
  attr.handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                           LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG;
  const int ground = static_cast<int>(syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0));
  if (ground < 0) return -1;
  for (const char* path : {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts"}) {
    const Descriptor place(open(path, O_PATH | O_CLOEXEC));
    if (place.get() < 0) continue;
    landlock_path_beneath_attr below{};
    const bool folder = std::strcmp(path, "/etc/ld.so.cache") != 0;
    below.allowed_access = folder
                               ? LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR
                               : LANDLOCK_ACCESS_FS_READ_FILE;
    below.parent_fd = place.get();
    syscall(SYS_landlock_add_rule, ground, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
  }
  return ground;
}

bool limit(int what, rlim_t most) {
  const rlimit r{most, most};
  return setrlimit(static_cast<__rlimit_resource>(what), &r) == 0;
}

struct Plan {
  const char* program;
  char* const* arguments;
  int input, output, null, ground;
  rlim_t memory, seconds;
  sock_fprog filter;
};

// In the child: system calls only.
[[noreturn]] void become(const Plan& plan) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setpgid(0, 0);
  struct sigaction usual{};
  usual.sa_handler = SIG_DFL;
  for (int signal = 1; signal < 32; ++signal) sigaction(signal, &usual, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  // Out of the way of the numbers that are set next.
  const int input = fcntl(plan.input, F_DUPFD, 20), output = fcntl(plan.output, F_DUPFD, 20),
            null = fcntl(plan.null, F_DUPFD, 20), ground = plan.ground >= 0 ? fcntl(plan.ground, F_DUPFD, 20) : -1;
  if (input < 0 || output < 0 || null < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(null, 2) < 0)
    _exit(kNoJail);
  if (ground >= 0 && dup2(ground, 3) < 0) _exit(kNoJail);
  if (syscall(SYS_close_range, ground >= 0 ? 4 : 3, ~0u, 0) != 0)
    for (int fd = ground >= 0 ? 4 : 3; fd < 65'536; ++fd) close(fd);
  // A network of its own, with nothing in it, where the system lets anybody have one; sockets are refused in any case.
  if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) != 0) unshare(CLONE_NEWNET | CLONE_NEWIPC);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) _exit(kNoJail);
  if (ground >= 0 && (syscall(SYS_landlock_restrict_self, 3, 0) != 0 || fcntl(3, F_SETFD, FD_CLOEXEC) != 0))
    _exit(kNoJail);
  if ((!kSanitized && !limit(RLIMIT_AS, plan.memory)) || !limit(RLIMIT_CPU, plan.seconds) || !limit(RLIMIT_FSIZE, 0) ||
      !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NOFILE, 64) || !limit(RLIMIT_NPROC, 0) || !limit(RLIMIT_MEMLOCK, 0))
    _exit(kNoJail);
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &plan.filter, 0, 0) != 0) _exit(kNoJail);
  char* const nothing[] = {nullptr};
  execve(plan.program, plan.arguments, nothing);
  _exit(kNoProgram);
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return -1;
  return status;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

enum class End : uint8_t { done, late, full };

End drain(int fd, std::chrono::milliseconds deadline, size_t most, std::string& out) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  std::array<char, 16384> buffer;
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (left <= 0) return End::late;
    pollfd ready{fd, POLLIN, 0};
    const int n = poll(&ready, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    if (n < 0 && errno != EINTR) return End::done;
    if (n <= 0) continue;
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return End::done;
    if (out.size() + static_cast<size_t>(got) > most) return End::full;
    out.append(buffer.data(), static_cast<size_t>(got));
  }
}

}  // namespace

Result<std::string> pdf_text(std::string_view pdf, const PdfTextOptions& options) {
  if (pdf.size() > options.pdf_bytes)
    return fail("pdf.text.bytes", "the PDF is larger than " + std::to_string(options.pdf_bytes) + " bytes");
  if (access(options.program.c_str(), X_OK) != 0)
    return fail("pdf.text.missing", "there is no " + options.program, "install the package poppler-utils");
  static const std::vector<sock_filter> filter = make_filter();
  if (filter.empty()) return fail("pdf.text.jail", "the kernel's call filter could not be made");

  const Descriptor input(memfd_create("pdf", MFD_CLOEXEC | MFD_ALLOW_SEALING)),
      null(open("/dev/null", O_RDWR | O_CLOEXEC)), ground(make_ground());
  int pipe_ends[2] = {-1, -1};
  if (input.get() < 0 || null.get() < 0 || pipe2(pipe_ends, O_CLOEXEC) != 0)
    return fail("pdf.text.jail", std::string("no descriptor for the child: ") + std::strerror(errno));
  const Descriptor from(pipe_ends[0]);
  Descriptor to(pipe_ends[1]);
  if (!write_all(input.get(), pdf) || lseek(input.get(), 0, SEEK_SET) != 0 ||
      fcntl(input.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
    return fail("pdf.text.jail", "the PDF could not be handed over");

  std::array<std::string, 5> words{options.program, "-q", "-enc", "UTF-8", "-"};
  std::string out_name = "-";
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(),
                       words[4].data(), out_name.data(), nullptr};
  Plan plan{};
  plan.program = options.program.c_str();
  plan.arguments = arguments;
  plan.input = input.get(), plan.output = to.get(), plan.null = null.get(), plan.ground = ground.get();
  plan.memory = options.memory_bytes;
  plan.seconds = static_cast<rlim_t>(options.deadline.count() / 1000 + 1);
  plan.filter = {static_cast<unsigned short>(filter.size()), const_cast<sock_filter*>(filter.data())};
  const pid_t child = fork();
  if (child < 0) return fail("pdf.text.jail", std::string("no child could be made: ") + std::strerror(errno));
  if (child == 0) become(plan);
  to.reset();

  std::string text;
  const End end = drain(from.get(), options.deadline, options.text_bytes, text);
  if (end != End::done) kill(child, SIGKILL);
  const int status = wait_for(child);
  if (end == End::late)
    return fail("pdf.text.timeout", "the PDF was not read within " + std::to_string(options.deadline.count()) + " ms");
  if (end == End::full)
    return fail("pdf.text.limit", "the PDF holds more than " + std::to_string(options.text_bytes) + " bytes of text");
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
    return fail("pdf.text.timeout", "the PDF took all processor time that it may");
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (code == kNoJail) return fail("pdf.text.jail", "the kernel refused a lock of the jail");
  if (code == kNoProgram) return fail("pdf.text.missing", options.program + " cannot be run");
  if (code == 3) return fail("pdf.text.encrypted", "the PDF may not be read without its password");
  if (code != 0) return fail("pdf.text.broken", "the file is no PDF that can be read");
  return text;
}

}  // namespace sekisho::unwrap
