// Takes a host, gives the platform it stands on. Entry: Platforms::platform. Refuses nothing.
#include "memory/platforms.h"

namespace sekisho::memory {

std::string_view Platforms::platform(std::string_view host) const {
  std::string_view best = suffixes_.is_private_suffix(host) ? suffixes_.suffix(host) : std::string_view();
  if (listed_)
    if (const std::string_view entry = listed_(host); entry.size() > best.size()) best = entry;
  return best.size() < host.size() ? best : std::string_view();
}

}  // namespace sekisho::memory
