// All that is remembered, in one folder: what is known of a host or URL when an event of some day comes, and what was
// seen written down. The folder holds the files of four tables (store.h): seen, rank, newnames, template.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "memory/ranks.h"
#include "memory/registered.h"
#include "memory/seen.h"
#include "memory/templates.h"
#include "net/host.h"
#include "net/url.h"

namespace sekisho::memory {

// Nothing here looks behind the day that was asked about, except ranks: of a list only the newest import is kept.
struct Known {
  std::string domain;            // registrable, or the host itself (an address, a public suffix)
  std::optional<Ranked> rank;    // of the host, else of its registrable domain
  bool newcomer = false;         // it came into the list with an import of that day or before, not with the first
  std::optional<int> seen_days;  // days since this organisation met the domain first, on an earlier day
  std::optional<Sighting> seen;  // as it stands now
  std::optional<Registration> registered;
  std::optional<int> registered_days;  // 0: on that very day; nothing: not known, or after it
  std::string folded;                  // the template of the URL; "" for a host
  std::optional<TemplateKnown> folded_known;
};

// Threads: about() from any, beside one or more that call saw(), which take turns.
class Memory {
 public:
  enum class Wanted : uint8_t {
    read,      // all tables, for reading
    remember,  // the same, and `seen` and `template` for writing: what a gate does
  };
  // suffixes must outlive it. Errors: those of Store::open.
  static Result<Memory> open(const std::string& folder, Wanted wanted, const HashKey& fresh,
                             const net::PublicSuffixes& suffixes);

  // host: lower-case ASCII; url: of that host, or null.
  Known about(std::string_view host, const net::Url* url, Day day) const;

  // What is known of the URL's path template, if it was reported on an earlier day.
  std::optional<TemplateKnown> reported_before(const net::Url& url, Day day) const;

  // A host was met, in a mail for `user` ("" = unknown). Errors: memory.full, io.write.
  Result<void> saw(std::string_view host, const net::Url* url, Day day, std::string_view user);
  bool remembers() const { return seen_.store().writable(); }
  Result<void> commit();  // what saw() was told is on the disk when it returns

  const Seen& seen() const { return seen_; }
  const Ranks& ranks() const { return ranks_; }
  const Registered& registered() const { return registered_; }
  const Templates& templates() const { return templates_; }

 private:
  Memory(Seen seen, Ranks ranks, Registered registered, Templates templates, const net::PublicSuffixes& suffixes)
      : seen_(std::move(seen)),
        ranks_(std::move(ranks)),
        registered_(std::move(registered)),
        templates_(std::move(templates)),
        suffixes_(&suffixes) {}
  std::string_view domain_of(std::string_view host) const;

  Seen seen_;
  Ranks ranks_;
  Registered registered_;
  Templates templates_;
  const net::PublicSuffixes* suffixes_;
  std::unique_ptr<std::mutex> writing_ = std::make_unique<std::mutex>();
};

// 16 bytes of the system's randomness, for tables that are made anew.
HashKey random_key();

}  // namespace sekisho::memory
