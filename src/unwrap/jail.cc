// Takes a descriptor, gives up everything else. Entry: enter_jail. The only file that knows libseccomp. Refuses to go
// on half locked: any step that fails is a failure.
#include "unwrap/jail.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <initializer_list>

namespace sekisho::unwrap {
namespace {

constexpr rlim_t kMemory = 640u << 20;  // beyond what the process has when it enters
constexpr rlim_t kCpuSeconds = 60;      // of its whole life; the pool's clock is the finer one

bool limit(int what, rlim_t most) {
  const rlimit r{most, most};
  return setrlimit(static_cast<__rlimit_resource>(what), &r) == 0;
}

rlim_t address_space() {
  long pages = 0;
  if (FILE* f = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(f, "%ld", &pages) != 1) pages = 0;
    std::fclose(f);
  }
  return static_cast<rlim_t>(pages) * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

bool allow(scmp_filter_ctx filter, std::initializer_list<int> calls) {
  for (const int call : calls)
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) return false;
  return true;
}

bool refuse(scmp_filter_ctx filter, int error, std::initializer_list<int> calls) {
  for (const int call : calls)
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(static_cast<uint32_t>(error)), call, 0) != 0) return false;
  return true;
}

// What seccomp.h makes by macros, which C++ has no word for.
bool allow_where(scmp_filter_ctx filter, int call, scmp_arg_cmp condition) {
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &condition) == 0;
}

bool filter_calls(int fd) {
  scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (f == nullptr) return false;
  const auto own = static_cast<scmp_datum_t>(fd);
  bool good = true;
  for (const int call : {SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close)})
    good = good && allow_where(f, call, {0, SCMP_CMP_EQ, own, 0});
  // Memory, but none that could be run.
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
    good = good && allow_where(f, call, {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0});
  good = good && allow(f, {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(madvise), SCMP_SYS(futex),
                           SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
                           SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getpid),
                           SCMP_SYS(gettid), SCMP_SYS(getrandom), SCMP_SYS(sched_yield), SCMP_SYS(restart_syscall)});
  // Libraries ask for time zones and character tables in files; they do without.
  good = good && refuse(f, EACCES,
                        {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(stat),
                         SCMP_SYS(newfstatat), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(statx)});
  good = good && refuse(f, EBADF, {SCMP_SYS(fstat), SCMP_SYS(lseek), SCMP_SYS(fcntl), SCMP_SYS(ioctl)});
  // Questions about the machine, which the C library may ask in passing.
  good = good && refuse(f, EPERM,
                        {SCMP_SYS(sched_getaffinity), SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(getcwd),
                         SCMP_SYS(getrusage), SCMP_SYS(getrlimit), SCMP_SYS(prlimit64)});
  if (kSanitized) {
    // UBSan asks by way of a pipe whether memory may be read; reports go to standard error.
    good = good && allow(f, {SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigaction), SCMP_SYS(nanosleep),
                             SCMP_SYS(clock_nanosleep), SCMP_SYS(prctl), SCMP_SYS(mincore), SCMP_SYS(pipe),
                             SCMP_SYS(pipe2), SCMP_SYS(write), SCMP_SYS(close)});
  }
  good = good && seccomp_load(f) == 0;
  seccomp_release(f);
  return good;
}

}  // namespace

bool enter_jail(int fd) {
  if (!kSanitized && !limit(RLIMIT_AS, address_space() + kMemory)) return false;
  if (!limit(RLIMIT_CPU, kCpuSeconds) || !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_CORE, 0)) return false;
  if (!limit(RLIMIT_NOFILE, kSanitized ? 64 : 0) || !limit(RLIMIT_NPROC, 0) || !limit(RLIMIT_MEMLOCK, 0)) return false;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return false;
  return filter_calls(fd);
}

}  // namespace sekisho::unwrap
