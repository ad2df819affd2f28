// Takes paths and rules, gives what was found in the mails there. Entries: hunt_mails, each_event. One reader feeds,
// some threads read mails and ask the rules; what waits is bounded. A mail that cannot be read is counted and passed
// over.
#include "desk/hunt_mails.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/strings.h"
#include "scan/inputs.h"
#include "scan/shown.h"
#include "yaral/yaral.h"

namespace sekisho::desk {
namespace {

constexpr size_t kWaitingMails = 64, kWaitingBytes = 64u << 20;

struct Job {
  uint64_t number = 0;
  std::string name, bytes;
};

class Queue {
 public:
  void put(Job job) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return jobs_.empty() || (jobs_.size() < kWaitingMails && bytes_ < kWaitingBytes); });
    bytes_ += job.bytes.size();
    jobs_.push_back(std::move(job));
    changed_.notify_all();
  }
  bool take(Job& job) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
    if (jobs_.empty()) return false;
    job = std::move(jobs_.front());
    jobs_.pop_front();
    bytes_ -= job.bytes.size();
    changed_.notify_all();
    return true;
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  size_t bytes_ = 0;
  bool closed_ = false;
};

std::string date_of(const event::Event& event) {
  const event::Value time = event.get("metadata.event_timestamp");
  const event::Message* stamp = time.as_message();
  if (!stamp) return {};
  const int64_t day = stamp->get("seconds").as_int() / 86'400;
  return article::iso(article::civil_from_days(day));
}

}  // namespace

unsigned hunt_threads(unsigned wanted) {
  if (wanted == 0) wanted = std::min(8U, std::thread::hardware_concurrency());
  return std::clamp(wanted, 1U, 64U);
}

uint64_t each_event(const std::vector<std::string>& paths, const scan::Scanner& scanner, unsigned threads,
                    const std::function<void(unsigned, const ReadMail&)>& sink) {
  Queue queue;
  std::atomic<uint64_t> unread = 0;
  const auto work = [&](unsigned thread) {
    for (Job job; queue.take(job);) {
      auto event = scanner.read({.bytes = job.bytes, .name = job.name, .envelope = {}, .resolver = nullptr});
      if (event) sink(thread, {job.number, job.name, *event});
      else ++unread;
    }
  };
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < hunt_threads(threads); ++i) workers.emplace_back(work, i);
    uint64_t number = 0;
    for (const std::string& path : paths)
      scan::each_mail(
          path, scanner.settings().limits,
          [&](const std::string& name, std::string bytes) { queue.put({number++, name, std::move(bytes)}); },
          [&](const std::string&, const Error&) { ++unread; });
    queue.close();
  }
  return unread;
}

Result<Hunt> hunt_mails(const std::vector<std::string>& paths, const std::vector<Defence>& defences,
                        const scan::Scanner& scanner, const HuntOptions& options) {
  std::vector<engine::Rule> rules;
  for (const Defence& d : defences)
    if (d.kind == "yaral_mail" && (d.accepted || options.refused_too))
      for (engine::Rule& r : yaral::compile(d.text, d.path, scanner.settings().limits).rules)
        rules.push_back(std::move(r));
  TRY_ASSIGN(engine, engine::Engine::build(std::move(rules), {}, scanner.settings().limits));

  struct Found {
    uint64_t number;
    HuntHit hit;
  };
  std::mutex mutex;
  std::vector<Found> found;  // a heap by number: of more than are kept, the first in the input stay
  Hunt out;
  out.paths = paths;
  std::atomic<uint64_t> mails = 0;
  std::vector<engine::Scratch> scratches(hunt_threads(options.threads));
  out.unread = each_event(paths, scanner, options.threads, [&](unsigned thread, const ReadMail& mail) {
    ++mails;
    const auto detections = engine.run(mail.event, scratches[thread]);
    if (detections.empty()) return;
    HuntHit hit;
    hit.mail = mail.name;
    hit.from = utf8_prefix(mail.event.get("network.email.from").as_text(), 254);
    hit.subject = scan::without_codes(utf8_prefix(mail.event.get("network.email.subject").as_text(), 300));
    hit.date = date_of(mail.event);
    for (const auto& d : detections) hit.rules.push_back(engine.rules()[d.rule].name);
    const auto later = [](const Found& a, const Found& b) { return a.number < b.number; };
    const std::lock_guard lock(mutex);
    found.push_back({mail.number, std::move(hit)});
    std::ranges::push_heap(found, later);
    if (found.size() <= options.most_hits) return;
    std::ranges::pop_heap(found, later);
    found.pop_back();
    ++out.more;
  });
  out.mails = mails;
  std::ranges::sort(found, {}, &Found::number);
  for (Found& f : found) out.hits.push_back(std::move(f.hit));
  return out;
}

}  // namespace sekisho::desk
