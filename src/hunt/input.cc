// Takes a path, gives its bytes without compression. Entries: Input::open, log_files, read_again. Refuses compressed
// data that is damaged or cut short, after what could be read; pipes and devices that are not ours.
#include "hunt/input.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>

#include "base/files.h"
#include "base/strings.h"

namespace sekisho::hunt {

namespace fs = std::filesystem;

namespace {

constexpr size_t kChunk = 128u << 10;
constexpr std::string_view kGzip("\x1f\x8b", 2), kZstd("\x28\xb5\x2f\xfd", 4);
constexpr uint32_t kSkippable = 0x184d2a50;  // of zstd, its low four bits free: frames that hold no data

Error io_error(int number) {
  return {"io.read", "cannot read it: " + std::generic_category().message(number), {}, {}, {}, {}};
}
Error damaged(std::string text) { return {"hunt.compressed", std::move(text), {}, {}, {}, {}}; }

bool own_descriptor(const std::string& path) {
  return path == "-" || path == "/dev/stdin" || path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/");
}

}  // namespace

struct Input::State {
  enum class Form : uint8_t { plain, gzip, zstd };

  ~State() {
    if (form == Form::gzip) inflateEnd(&gzip);
    ZSTD_freeDStream(zstd);
    if (descriptor > 0) ::close(descriptor);
  }

  // Fills `raw` when it is used up; false at the end.
  Result<bool> fill() {
    if (at < size) return true;
    for (;;) {
      const ssize_t got = ::read(descriptor, raw.data(), raw.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return std::unexpected(io_error(errno));
      at = 0;
      size = static_cast<size_t>(got);
      return got > 0;
    }
  }

  // The form is in the first four bytes, which a pipe may give one by one.
  Result<void> begin() {
    while (size < 4) {
      const ssize_t got = ::read(descriptor, raw.data() + size, raw.size() - size);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return std::unexpected(io_error(errno));
      if (got == 0) break;
      size += static_cast<size_t>(got);
    }
    const std::string_view head(raw.data(), size);
    uint32_t number = 0;
    if (size >= 4) std::memcpy(&number, raw.data(), 4);
    if (head.starts_with(kGzip)) {
      if (inflateInit2(&gzip, 15 + 16) != Z_OK) return fail("hunt.compressed", "out of memory");
      form = Form::gzip;
    } else if (head.starts_with(kZstd) || (number & ~0xfu) == kSkippable) {
      zstd = ZSTD_createDStream();
      if (!zstd) return fail("hunt.compressed", "out of memory");
      form = Form::zstd;
    }
    return {};
  }

  Result<size_t> read_plain(char* into, size_t most) {
    if (at == size) {  // past the first chunk, straight into the caller's buffer
      for (;;) {
        const ssize_t got = ::read(descriptor, into, most);
        if (got >= 0) return static_cast<size_t>(got);
        if (errno != EINTR) return std::unexpected(io_error(errno));
      }
    }
    const size_t n = std::min(most, size - at);
    std::memcpy(into, raw.data() + at, n);
    at += n;
    return n;
  }

  // A file may hold several members, one after the other.
  Result<size_t> read_gzip(char* into, size_t most) {
    gzip.next_out = reinterpret_cast<Bytef*>(into);
    gzip.avail_out = static_cast<uInt>(most);
    const auto given = [&] { return most - gzip.avail_out; };
    while (gzip.avail_out > 0 && !failure) {
      const auto more = fill();
      if (!more) failure = more.error();
      else if (!*more && inside) failure = damaged("the gzip data ends too early");
      if (failure || !*more) break;
      if (!inside && std::all_of(raw.data() + at, raw.data() + size, [](char c) { return c == 0; })) {
        at = size;  // padding of tapes and blocks
        continue;
      }
      inside = true;
      gzip.next_in = reinterpret_cast<Bytef*>(raw.data() + at);
      gzip.avail_in = static_cast<uInt>(size - at);
      const int status = inflate(&gzip, Z_NO_FLUSH);
      at = size - gzip.avail_in;
      if (status == Z_STREAM_END) {
        inside = false;
        inflateReset(&gzip);
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        failure = damaged("the gzip data is damaged");
      }
    }
    return given();
  }

  Result<size_t> read_zstd(char* into, size_t most) {
    ZSTD_outBuffer out{into, most, 0};
    while (out.pos < out.size && !failure) {
      const auto more = fill();
      if (!more) failure = more.error();
      if (failure) break;
      // At the end of the input the decoder may still hold bytes that did not fit.
      ZSTD_inBuffer in{raw.data() + at, size - at, 0};
      const size_t before = out.pos;
      if (!*more && !inside) break;
      const size_t status = ZSTD_decompressStream(zstd, &out, &in);
      at += in.pos;
      if (ZSTD_isError(status)) failure = damaged("the zstd data is damaged");
      else if (!*more && out.pos == before && status != 0) failure = damaged("the zstd data ends too early");
      inside = status != 0;
    }
    return out.pos;
  }

  int descriptor = -1;
  bool seekable = false;
  Form form = Form::plain;
  bool inside = false;           // a compressed member or frame has begun and not ended
  std::optional<Error> failure;  // given out once what came before it is
  std::string unread;
  std::array<char, kChunk> raw;
  size_t at = 0, size = 0;  // what of `raw` is not used yet
  z_stream gzip{};
  ZSTD_DStream* zstd = nullptr;
};

Input::Input(std::unique_ptr<State> state) : state_(std::move(state)) {}
Input::Input(Input&&) noexcept = default;
Input& Input::operator=(Input&&) noexcept = default;
Input::~Input() = default;

Result<Input> Input::open(const std::string& path) {
  auto state = std::make_unique<State>();
  if (path == "-") {
    state->descriptor = STDIN_FILENO;
  } else {
    std::error_code code;
    const fs::file_status status = fs::status(path, code);
    if (status.type() == fs::file_type::not_found) return fail("io.read", "no such file or folder");
    if (status.type() == fs::file_type::none) return fail("io.read", code.message());
    state->seekable = fs::is_regular_file(status);
    if (!state->seekable && !own_descriptor(path)) return fail("io.read", "not a regular file");
    state->descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (state->descriptor < 0) return std::unexpected(io_error(errno));
  }
  TRY(state->begin());
  return Input(std::move(state));
}

Result<size_t> Input::read(char* into, size_t most) {
  State& s = *state_;
  most = std::min<size_t>(most, 1u << 30);
  if (!s.unread.empty()) {
    const size_t n = std::min(most, s.unread.size());
    std::memcpy(into, s.unread.data(), n);
    s.unread.erase(0, n);
    return n;
  }
  if (s.form == State::Form::plain) return s.read_plain(into, most);
  if (!s.failure) {
    const auto got = s.form == State::Form::gzip ? s.read_gzip(into, most) : s.read_zstd(into, most);
    if (!got || *got > 0 || !s.failure) return got;
  }
  return std::unexpected(*s.failure);
}

void Input::unread(std::string bytes) { state_->unread = std::move(bytes); }

bool Input::plain() const { return state_->seekable && state_->form == State::Form::plain; }

namespace {

bool may_be_log(const fs::path& path) {
  std::string name = ascii_lower(path.filename().native());
  for (const std::string_view packed : {".gz", ".zst", ".zstd"})
    if (name.ends_with(packed)) {
      name.resize(name.size() - packed.size());
      break;
    }
  return std::ranges::any_of(std::array<std::string_view, 4>{".json", ".ndjson", ".jsonl", ".log"},
                             [&](std::string_view ending) { return name.ends_with(ending); });
}

}  // namespace

std::vector<std::string> log_files(const std::vector<std::string>& paths, std::vector<Error>& errors) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    std::error_code code;
    if (path == "-" || !fs::is_directory(path, code)) {
      out.push_back(path);
      continue;
    }
    const size_t before = errors.size();
    const std::vector<std::string> found = files_below(path, may_be_log, errors);
    if (found.empty() && errors.size() == before)
      errors.push_back({"hunt.no_log",
                        "no log in this folder",
                        path,
                        {},
                        "logs end in .ndjson, .jsonl, .json or .log, "
                        "with .gz or .zst behind it; or name the file itself",
                        {}});
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

std::string read_again(const std::string& path, uint64_t offset, size_t length) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {};
  std::string out(length, '\0');
  size_t have = 0;
  while (have < length) {
    const ssize_t got = ::pread(descriptor, out.data() + have, length - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    have += static_cast<size_t>(got);
  }
  ::close(descriptor);
  return have == length ? out : std::string();
}

}  // namespace sekisho::hunt
