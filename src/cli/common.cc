// Takes the common options, gives a Scanner or caret messages on standard error. Entries: make_scanner, read_settings,
// print_errors, Progress.
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

#include "cli/cli.h"
#include "diag/render.h"

namespace sekisho::cli {

bool terminal(int descriptor) { return isatty(descriptor) == 1; }

unsigned thread_count(unsigned asked) { return asked ? asked : std::max(1u, std::thread::hardware_concurrency()); }

void print_errors(const std::vector<Error>& errors, const std::vector<scan::TextFile>& files, std::string_view kind) {
  constexpr size_t kMost = 100;
  for (size_t i = 0; i < errors.size() && i < kMost; ++i) {
    std::string_view text;
    for (const scan::TextFile& f : files)
      if (f.name == errors[i].source) text = f.text;
    std::fputs(diag::render(errors[i], text, terminal(STDERR_FILENO), kind).c_str(), stderr);
  }
  if (errors.size() > kMost) std::fprintf(stderr, "… and %zu more\n", errors.size() - kMost);
}

bool read_settings(const Common& common, scan::Settings& out) {
  const auto files = scan::settings_files(common.settings);
  if (!files) {
    print_errors({files.error()}, {});
    return false;
  }
  scan::LoadedSettings loaded = scan::read_settings(*files);
  print_errors(loaded.errors, *files);
  if (!loaded.errors.empty()) return false;
  out = std::move(loaded.settings);
  if (!common.content.empty()) out.content_directory = common.content;
  return true;
}

std::unique_ptr<scan::Scanner> make_scanner(const Common& common, const Clock& clock) {
  scan::Settings settings;
  if (!read_settings(common, settings)) return nullptr;
  scan::LoadedContent loaded = scan::load_content(settings);
  print_errors(loaded.errors, loaded.files);
  if (!loaded.content) return nullptr;
  return std::make_unique<scan::Scanner>(std::move(settings), std::move(loaded.content), clock);
}

struct Progress::State {
  size_t total;
  std::atomic<size_t> done{0};
  std::mutex mutex;
};

Progress::Progress(size_t total) {
  if (total < 20 || !terminal(STDERR_FILENO)) return;
  state_ = std::make_unique<State>();
  state_->total = total;
}

Progress::~Progress() {
  if (state_) std::fputs("\r\033[K", stderr);
}

void Progress::step() {
  if (!state_) return;
  const size_t done = ++state_->done;
  if (done % std::max<size_t>(1, state_->total / 200) != 0) return;
  const std::lock_guard lock(state_->mutex);
  std::fprintf(stderr, "\r%zu / %zu", done, state_->total);
}

}  // namespace sekisho::cli
