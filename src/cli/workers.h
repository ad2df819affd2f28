// The road of a long run: one reader feeds mails, threads scan them, results leave in the order of the input. Bounded
// on both sides, so that memory stays flat whatever is slow.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "scan/scanner.h"

namespace sekisho::cli {

struct Job {
  size_t number;  // from 0, in the order of the input
  std::string name, bytes;
};

// Threads that scan, each with a Scratch of its own.
class Workers {
 public:
  // Called from the threads, several at a time. milliseconds: wall clock of the scan alone.
  using Done = std::function<void(const Job& job, const scan::Verdict& verdict, double milliseconds)>;

  // Takes fewer threads than asked for where the system gives no more; throws std::system_error if it gives none.
  // of_all: what all mails have in common, in place of bytes and name.
  Workers(const scan::Scanner& scanner, unsigned threads, scan::ScanInput of_all, Done done);
  ~Workers();         // mails that nobody has begun are dropped
  void add(Job job);  // waits while too much is queued; a single large mail passes whenever the queue is empty
  void finish();      // waits until all is done

 private:
  void work();
  void close();

  const scan::Scanner& scanner_;
  const scan::ScanInput of_all_;
  const Done done_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> queue_;
  size_t held_ = 0;  // bytes in the queue
  bool closed_ = false;
  std::vector<std::jthread> threads_;
};

// Texts that leave in the order of their numbers, however they come in. Thread-safe.
class Ordered {
 public:
  explicit Ordered(std::function<void(std::string_view)> sink, size_t most_texts = 512, size_t most_bytes = 16u << 20)
      : sink_(std::move(sink)), most_texts_(most_texts), most_bytes_(most_bytes) {}

  // Never waits: the text with the next number must always be able to come.
  void put(size_t number, std::string text);
  // For the one who feeds: waits while too much is held back behind one slow text. That text must have been fed.
  void wait_for_room();

 private:
  const std::function<void(std::string_view)> sink_;
  const size_t most_texts_, most_bytes_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::map<size_t, std::string> waiting_;
  size_t next_ = 0, bytes_ = 0;
};

}  // namespace sekisho::cli
