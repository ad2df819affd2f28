// Takes mails from one reader, gives verdicts from many threads (Workers), and puts texts back in order (Ordered).
#include "cli/workers.h"

#include <chrono>
#include <system_error>

namespace sekisho::cli {

Workers::Workers(const scan::Scanner& scanner, unsigned threads, scan::ScanInput of_all, Done done)
    : scanner_(scanner), of_all_(std::move(of_all)), done_(std::move(done)) {
  threads_.reserve(threads);
  for (unsigned i = 0; i < threads; ++i) {
    try {
      threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
      if (threads_.empty()) throw;
      break;
    }
  }
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    queue_.clear();
  }
  finish();
}

void Workers::add(Job job) {
  constexpr size_t kMostHeld = 8u << 20, kMostJobs = 64;
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [&] { return queue_.empty() || (held_ + job.bytes.size() <= kMostHeld && queue_.size() < kMostJobs); });
  held_ += job.bytes.size();
  queue_.push_back(std::move(job));
  lock.unlock();
  changed_.notify_all();
}

void Workers::finish() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  threads_.clear();  // joins
}

void Workers::work() {
  using Milliseconds = std::chrono::duration<double, std::milli>;
  scan::Scanner::Scratch scratch(scanner_);
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const Job job = std::move(queue_.front());
    queue_.pop_front();
    held_ -= job.bytes.size();
    lock.unlock();
    changed_.notify_all();
    const auto start = std::chrono::steady_clock::now();
    scan::Verdict verdict;
    // An exception would end the whole run; this mail alone is without a verdict.
    try {
      scan::ScanInput input = of_all_;
      input.bytes = job.bytes;
      input.name = job.name;
      verdict = scanner_.scan(input, scratch);
    } catch (const std::exception& e) {
      verdict = {};
      verdict.name = job.name;
      verdict.error = e.what();
    }
    done_(job, verdict, Milliseconds(std::chrono::steady_clock::now() - start).count());
  }
}

void Ordered::put(size_t number, std::string text) {
  {
    const std::lock_guard lock(mutex_);
    bytes_ += text.size();
    waiting_.emplace(number, std::move(text));
    for (auto it = waiting_.begin(); it != waiting_.end() && it->first == next_; it = waiting_.erase(it), ++next_) {
      sink_(it->second);
      bytes_ -= it->second.size();
    }
  }
  room_.notify_one();
}

void Ordered::wait_for_room() {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] { return waiting_.empty() || (waiting_.size() < most_texts_ && bytes_ < most_bytes_); });
}

}  // namespace sekisho::cli
