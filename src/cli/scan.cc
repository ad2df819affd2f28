// sekisho scan: takes paths, gives a verdict a mail, in the order of the input. Threads scan while one reader feeds
// them; a bounded window keeps memory flat.
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "cli/cli.h"
#include "scan/inputs.h"

namespace sekisho::cli {
namespace {

// Verdicts leave in the order in which mails came in, however the threads finish.
class Printer {
 public:
  explicit Printer(const ScanOptions& options) : options_(options), colour_(terminal(1)) {}

  void take(size_t number, const scan::Verdict& verdict) {
    std::string text;
    if (options_.json) {
      scan::write_json(verdict, text);
      text += '\n';
    } else {
      text = scan::describe(verdict, options_.language, options_.explain, colour_);
    }
    const std::lock_guard lock(mutex_);
    ++counts_[static_cast<size_t>(verdict.action)];
    unreadable_ += !verdict.error.empty();
    waiting_.emplace(number, std::move(text));
    for (auto it = waiting_.begin(); it != waiting_.end() && it->first == next_; it = waiting_.erase(it), ++next_)
      std::fwrite(it->second.data(), 1, it->second.size(), stdout);
  }

  // The closing line; whether anything is above accept.
  bool finish() {
    const size_t all = counts_[0] + counts_[1] + counts_[2] + counts_[3];
    if (!options_.json && all > 1) {
      if (options_.language == scan::Language::ja)
        std::printf("\n%zu 通: 受信 %zu、警告バナー %zu、隔離 %zu、拒否 %zu\n", all, counts_[0], counts_[1], counts_[2],
                    counts_[3]);
      else
        std::printf("\n%zu mails: %zu accept, %zu banner, %zu quarantine, %zu reject\n", all, counts_[0], counts_[1],
                    counts_[2], counts_[3]);
    }
    return all > counts_[0];
  }
  size_t unreadable() const { return unreadable_; }

 private:
  const ScanOptions& options_;
  const bool colour_;
  std::mutex mutex_;
  std::map<size_t, std::string> waiting_;
  size_t next_ = 0, unreadable_ = 0;
  size_t counts_[4] = {};
};

}  // namespace

int scan_command(const ScanOptions& options, const Clock& clock) {
  const auto scanner = make_scanner(options, clock);
  if (!scanner) return 2;

  struct Job {
    size_t number;
    std::string name, bytes;
  };
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Job> queue;
  size_t held = 0;  // bytes waiting in the queue
  bool done = false;
  constexpr size_t kMostHeld = 8u << 20, kMostJobs = 64;

  size_t total = 0;
  if (terminal(2))
    for (const std::string& path : options.paths) total += path == "-" ? 1 : scan::count_files(path);
  Progress progress(total);
  Printer printer(options);
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < thread_count(options.threads); ++i)
    threads.emplace_back([&] {
      scan::Scanner::Scratch scratch(*scanner);
      for (;;) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return done || !queue.empty(); });
        if (queue.empty()) return;
        const Job job = std::move(queue.front());
        queue.pop_front();
        held -= job.bytes.size();
        lock.unlock();
        changed.notify_all();
        printer.take(job.number, scanner->scan({job.bytes, job.name, {}}, scratch));
        progress.step();
      }
    });

  size_t number = 0;
  bool input_error = false;
  for (const std::string& path : options.paths)
    scan::each_mail(
        path, scanner->settings().limits,
        [&](const std::string& name, std::string bytes) {
          std::unique_lock lock(mutex);
          // A single large mail passes whenever the queue is empty.
          changed.wait(lock,
                       [&] { return queue.empty() || (held + bytes.size() <= kMostHeld && queue.size() < kMostJobs); });
          held += bytes.size();
          queue.push_back({number++, name, std::move(bytes)});
          lock.unlock();
          changed.notify_all();
        },
        [&](const std::string& name, const Error& error) {
          std::fprintf(stderr, "sekisho: %s: %s\n", name.c_str(), error.text.c_str());
          input_error = true;
        });
  {
    const std::lock_guard lock(mutex);
    done = true;
  }
  changed.notify_all();
  threads.clear();
  const bool found = printer.finish();
  return input_error || (number == 0 && !options.paths.empty()) || printer.unreadable() ? 2 : found ? 1 : 0;
}

}  // namespace sekisho::cli
