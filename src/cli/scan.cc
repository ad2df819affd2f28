// sekisho scan: takes paths, gives a verdict a mail, in the order of the input. Threads scan while one reader feeds
// them; what waits on either side is bounded.
#include <fmt/format.h>

#include <atomic>

#include "cli/cli.h"
#include "cli/workers.h"
#include "scan/inputs.h"

namespace sekisho::cli {
namespace {

struct Counts {
  std::atomic<size_t> by_action[4] = {};
  std::atomic<size_t> unreadable = 0;
  size_t all() const { return by_action[0] + by_action[1] + by_action[2] + by_action[3]; }
};

void print_sum(const Counts& counts, scan::Language language) {
  const size_t unreadable = counts.unreadable, all = counts.all() + unreadable;
  if (all < 2) return;
  const auto n = [&](scan::Action action) { return counts.by_action[static_cast<size_t>(action)].load(); };
  using enum scan::Action;
  if (language == scan::Language::ja)
    put(fmt::format("\n{} 通: 受信 {}、警告バナー {}、隔離 {}、拒否 {}{}\n", all, n(accept), n(banner), n(quarantine),
                    n(reject), unreadable ? fmt::format("、読めないもの {}", unreadable) : ""));
  else
    put(fmt::format("\n{} mails: {} accept, {} banner, {} quarantine, {} reject{}\n", all, n(accept), n(banner),
                    n(quarantine), n(reject), unreadable ? fmt::format(", {} unreadable", unreadable) : ""));
}

}  // namespace

int scan_command(const ScanOptions& options, const Clock& clock) {
  const auto scanner = make_scanner(options, clock, memory::Memory::Wanted::remember);
  if (!scanner) return 2;
  const auto dns = Dns::make(options.dns, scanner->settings());
  if (!dns) return 2;
  const auto given = envelope(options.ip, options.helo, options.from);
  if (!given) return 2;
  const scan::Envelope& envelope = *given;
  size_t total = 0;
  if (terminal(2))
    for (const std::string& path : options.paths) total += path == "-" ? 1 : scan::count_files(path);
  Progress progress(total);
  Counts counts;
  const bool colour = terminal(1);
  Ordered output([](std::string_view text) { put(text); });
  Workers workers(
      *scanner, thread_count(options.threads), {.envelope = envelope, .resolver = dns->resolver()},
      [&](const Job& job, const scan::Verdict& verdict, double) {
        ++(verdict.error.empty() ? counts.by_action[static_cast<size_t>(verdict.action)] : counts.unreadable);
        std::string text;
        if (options.json) {
          scan::write_json(verdict, text);
          text += '\n';
        } else {
          text = scan::describe(verdict, options.language, options.explain, colour);
        }
        output.put(job.number, std::move(text));
        progress.step();
      });

  size_t number = 0;
  bool input_error = false;
  for (const std::string& path : options.paths)
    scan::each_mail(
        path, scanner->settings().limits,
        [&](const std::string& name, std::string bytes) {
          if (output_failed()) return;  // nobody would see the verdict
          output.wait_for_room();
          workers.add({number++, name, std::move(bytes)});
        },
        [&](const std::string& name, const Error& error) {
          complain(name, error.text);
          input_error = true;
        });
  workers.finish();
  if (memory::Memory* memory = scanner->content().memory.get(); memory && memory->remembers())
    if (const auto kept = memory->commit(); !kept) {
      print_errors({kept.error()}, {});
      input_error = true;
    }
  if (!dns->finish()) return 2;
  if (!options.json) print_sum(counts, options.language);
  if (input_error || number == 0 || counts.unreadable) return 2;
  return counts.all() > counts.by_action[0] ? 1 : 0;
}

}  // namespace sekisho::cli
