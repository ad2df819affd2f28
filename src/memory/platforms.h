// Names under which anybody may get a name: a host there says nothing about the company that owns the suffix.
#pragma once

#include <functional>
#include <string_view>

#include "net/host.h"

namespace sekisho::memory {

// Immutable; shared by threads if `listed` may be. What it is made of must outlive it.
class Platforms {
 public:
  // listed: the entry of the content's lists (free hosting, dynamic DNS) that covers a host, or "".
  using Listed = std::function<std::string_view(std::string_view host)>;
  Platforms(const net::PublicSuffixes& suffixes, Listed listed) : suffixes_(suffixes), listed_(std::move(listed)) {}

  // The suffix under which the host was given out: of the public suffix list's private part, else of the lists; the
  // longer where both know one. "" for any other host, and for the suffix itself. host: lower-case ASCII. The view
  // points into it or into what `listed` gave.
  std::string_view platform(std::string_view host) const;

 private:
  const net::PublicSuffixes& suffixes_;
  Listed listed_;
};

}  // namespace sekisho::memory
