// Takes an event name, a sentence and pairs; gives one line on standard error, in one write(2) so lines never mix.
#include "base/log.h"

#include <unistd.h>

#include <atomic>
#include <string>

#include "base/clock.h"
#include "base/json.h"

namespace sekisho::log {
namespace {
std::atomic<Level> least_level{Level::info};
constexpr std::string_view kNames[] = {"debug", "info", "warning", "error"};
}  // namespace

void set_level(Level least) { least_level = least; }

void write(Level level, std::string_view event, std::string_view text, std::initializer_list<Pair> more) {
  if (level < least_level.load(std::memory_order_relaxed)) return;
  std::string line;
  static const bool terminal = isatty(STDERR_FILENO) == 1;
  if (terminal) {
    line.append("sekisho: ").append(kNames[static_cast<int>(level)]).append(": ").append(text);
    for (const auto& [key, value] : more) line.append(" ").append(key).append("=").append(value);
  } else {
    JsonWriter json(line);
    json.begin_object();
    json.member("time", format_rfc3339(SystemClock{}.now()));
    json.member("level", kNames[static_cast<int>(level)]);
    json.member("event", event);
    json.member("text", text);
    for (const auto& [key, value] : more) json.member(key, value);
    json.end_object();
  }
  line += '\n';
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace sekisho::log
