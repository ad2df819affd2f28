// Takes bytes, gives files that are on the disk. Entries: replace_file, write_all, sync_file, sync_folder.
#include "base/durable.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace sekisho {
namespace {

std::unexpected<Error> cannot(const std::string& path, int number) {
  return fail("io.write", "cannot write " + path + ": " + std::generic_category().message(number));
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Result<void> write_all(int descriptor, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return cannot(path, errno);
    bytes.remove_prefix(static_cast<size_t>(done));
  }
  return {};
}

Result<void> sync_file(int descriptor, const std::string& path) {
  if (::fsync(descriptor) != 0) return cannot(path, errno);
  return {};
}

Result<void> sync_folder(const std::string& folder) {
  const std::string path = folder.empty() ? "." : folder;
  const Descriptor open(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!open) return cannot(path, errno);
  if (::fsync(open.get()) != 0 && errno != EINVAL) return cannot(path, errno);  // some file systems cannot
  return {};
}

Result<void> replace_file(const std::string& path, const std::function<Result<void>(const Sink&)>& write) {
  const std::string beside = path + ".new";
  const auto whole = [&]() -> Result<void> {
    const Descriptor open(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!open) return cannot(beside, errno);
    TRY(write([&](std::string_view bytes) { return write_all(open.get(), bytes, beside); }));
    return sync_file(open.get(), beside);
  };
  auto done = whole();
  std::error_code code;
  if (done) std::filesystem::rename(beside, path, code);
  if (done && code) done = cannot(path, code.value());
  if (!done) {
    std::filesystem::remove(beside, code);
    return done;
  }
  return sync_folder(std::filesystem::path(path).parent_path().native());
}

}  // namespace sekisho
