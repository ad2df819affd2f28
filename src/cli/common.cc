// Takes the common options, gives a Scanner or caret messages on standard error. Entries: make_scanner, read_settings,
// read_lists, print_errors, put, Progress.
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/bundle.h"
#include "base/json.h"
#include "base/strings.h"
#include "cli/cli.h"
#include "diag/render.h"
#include "hunt/lists.h"

namespace sekisho::cli {

bool terminal(int descriptor) { return isatty(descriptor) == 1; }

unsigned thread_count(unsigned asked) { return asked ? asked : std::max(1u, std::thread::hardware_concurrency()); }

void complain(std::string_view name, std::string_view text) {
  std::string line = "sekisho: ";
  if (!name.empty()) line += printable(name) + ": ";
  line += printable(text) + "\n";
  std::fputs(line.c_str(), stderr);
}

namespace {

std::atomic<int> output_error{0};  // errno of the first write that failed

void note_failure() {
  int none = 0;
  output_error.compare_exchange_strong(none, errno ? errno : EIO);
}

// A text for the terminal, each character replaced by one of the same length, so that spans still point where they did.
std::string tame(std::string_view text) {
  static constexpr std::string_view kInstead[] = {"", "?", "\u00BF", "\uFFFD"};
  std::string out(text);
  for (size_t i = 0; i < out.size();) {
    const auto c = static_cast<unsigned char>(out[i]);
    size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    const std::string_view here = text.substr(i, length);
    if (c != '\n' && c != '\t') {
      const std::string shown = printable(here);
      if (shown != here) {
        const bool whole = here.size() == length && length < 4 && shown.find("\\u{", 1) == std::string::npos;
        if (!whole) length = 1;
        out.replace(i, length, kInstead[length]);
      }
    }
    i += length;
  }
  return out;
}

std::string_view text_of(const std::string& name, const std::vector<TextFile>& files) {
  for (const TextFile& f : files)
    if (f.name == name) return f.text;
  return {};
}

}  // namespace

void put(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) note_failure();
}

bool write_file(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) complain(path, "cannot be written");
  return static_cast<bool>(file);
}

bool output_failed() { return output_error != 0; }

int finish_output(int status) {
  errno = 0;
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) note_failure();
  if (!output_failed()) return status;
  complain("", "cannot write: " + std::generic_category().message(output_error));
  return 2;
}

void print_errors(const std::vector<Error>& errors, const std::vector<TextFile>& files, std::string_view kind) {
  constexpr size_t kMost = 100;
  for (size_t i = 0; i < errors.size() && i < kMost; ++i) {
    const std::string text = tame(text_of(errors[i].source, files));
    Error shown = errors[i];
    shown.text = printable(shown.text), shown.source = printable(shown.source), shown.hint = printable(shown.hint);
    std::fputs(diag::render(shown, text, terminal(STDERR_FILENO), kind).c_str(), stderr);
  }
  if (errors.size() > kMost) std::fprintf(stderr, "… and %zu more\n", errors.size() - kMost);
}

void print_errors_json(const std::vector<Error>& errors, const std::vector<TextFile>& files, std::string_view kind) {
  for (const Error& e : errors) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.member("kind", kind);
    json.member("code", e.code);
    json.member("text", e.text);
    json.member("source", e.source);
    if (e.span) {
      const diag::Position at = diag::position(text_of(e.source, files), e.span->offset);
      json.member("line", uint64_t{at.line});
      json.member("column", uint64_t{at.column});
    } else {
      json.key("line"), json.raw("null");
      json.key("column"), json.raw("null");
    }
    json.member("hint", e.hint);
    json.end_object();
    put(out + "\n");
  }
}

bool read_settings(const Common& common, scan::Settings& out, std::vector<TextFile>* texts) {
  auto files = scan::settings_files(common.settings);
  if (!files) {
    print_errors({files.error()}, {});
    return false;
  }
  scan::LoadedSettings loaded = scan::read_settings(*files);
  print_errors(loaded.errors, *files);
  if (!loaded.errors.empty()) return false;
  out = std::move(loaded.settings);
  if (texts) *texts = *std::move(files);
  if (!common.content.empty()) out.content_directory = common.content;
  return true;
}

engine::ReferenceLists read_lists(const scan::Settings& settings, const std::vector<std::string>& folders,
                                  std::vector<TextFile>& files, std::vector<Error>& errors) {
  engine::ReferenceLists out;
  if (const auto content = scan::content_files(settings))
    for (const TextFile& f : *content)
      if (f.path.starts_with("lists/"))
        for (const std::string_view line : split(f.text, '\n'))
          if (const auto entry = trim(line.substr(0, line.find('#'))); !entry.empty())
            out[std::filesystem::path(f.name).stem().string()].emplace_back(entry);
  for (const std::string& folder : folders) hunt::read_lists(folder, out, files, errors);
  return out;
}

hunt::LogSources read_log_sources(const scan::Settings& settings, std::vector<Error>& errors) {
  hunt::LogSources out;
  for (const BundledFile& f : bundled_files())
    if (f.path == "logsources.toml") out.read(f.bytes, "content/logsources.toml", errors);
  if (settings.content_directory.empty()) return out;
  const std::string own = settings.content_directory + "/logsources.toml";
  std::error_code code;
  if (!std::filesystem::exists(own, code)) return out;
  if (const auto text = read_file(own, 1u << 20)) out.read(*text, own, errors);
  else errors.push_back(text.error());
  return out;
}

std::unique_ptr<scan::Scanner> make_scanner(const Common& common, const Clock& clock, memory::Memory::Wanted wanted,
                                            const std::function<void(scan::LoadedContent&)>& look) {
  scan::Settings settings;
  std::vector<TextFile> files;
  if (!read_settings(common, settings, &files)) return nullptr;
  scan::LoadedContent loaded = scan::load_content(settings);
  std::ranges::move(files, std::back_inserter(loaded.files));  // errors of the content may lie in the settings
  print_errors(loaded.errors, loaded.files);
  if (!loaded.content) return nullptr;
  if (look) look(loaded);
  auto opened = scan::open_memory(settings, wanted, *loaded.content);
  if (!opened && opened.error().code == "memory.locked") {
    print_errors({opened.error()}, {}, "warning");  // judge with what is known, and write nothing down
    opened = scan::open_memory(settings, memory::Memory::Wanted::read, *loaded.content);
  }
  if (!opened) {
    print_errors({opened.error()}, {});
    return nullptr;
  }
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
