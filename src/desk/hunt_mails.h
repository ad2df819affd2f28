// `--hunt MAILS…`: stored mail through the rules that were made from an article, and through nothing else. Reads
// folders, mboxes, Maildirs and files (scan/inputs.h) with several threads; memory stays flat whatever is read. Results
// are in the order of the input.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "desk/defence.h"

namespace sekisho::desk {

struct HuntOptions {
  unsigned threads = 0;      // 0: one for each core, at most eight
  size_t most_hits = 1000;   // kept; more are counted
  bool refused_too = false;  // also by rules that were refused, for who wants to see why
};

// Rules: those of kind "yaral_mail" that are accepted. Without any, mails are read and counted all the same. Errors:
// those of engine::Engine::build, which accepted rules do not give.
Result<Hunt> hunt_mails(const std::vector<std::string>& paths, const std::vector<Defence>& defences,
                        const scan::Scanner& scanner, const HuntOptions& options = {});

// Every mail of the paths as an event, from several threads at a time: number is its place in the input, from 0.
// Returns how many could not be read. The sink may take the event (std::move).
struct ReadMail {
  uint64_t number;
  const std::string& name;
  event::Event& event;
};
uint64_t each_event(const std::vector<std::string>& paths, const scan::Scanner& scanner, unsigned threads,
                    const std::function<void(unsigned thread, const ReadMail& mail)>& sink);
unsigned hunt_threads(unsigned wanted);

}  // namespace sekisho::desk
