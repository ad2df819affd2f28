// What a worker gives up before it reads its first byte of a stranger's file. unwrap/ only.
#pragma once

namespace sekisho::unwrap {

// Under a sanitizer the runtime maps terabytes and asks the kernel for more, so the memory limit is off and a few more
// calls are let through.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

// Limits this process (memory, CPU, no files, no processes, no core) and then lets it read and write descriptor `fd`,
// use memory, look at the clock and end; opening a file is answered by EACCES, questions about the machine by EPERM,
// and every other call kills it. False: the kernel refused, and the process must not go on.
bool enter_jail(int fd);

}  // namespace sekisho::unwrap
