// Takes a host or URL and a day, gives what is known. Entries: Memory::open, about, saw. Refuses nothing.
#include "memory/memory.h"

#include <unistd.h>

#include "memory/fold.h"

namespace sekisho::memory {

Result<Memory> Memory::open(const std::string& folder, Wanted wanted, const HashKey& fresh,
                            const net::PublicSuffixes& suffixes) {
  const Mode mode = wanted == Wanted::read ? Mode::read : Mode::write;
  TRY_ASSIGN(seen, Seen::open(folder, mode, fresh));
  TRY_ASSIGN(ranks, Ranks::open(folder, Mode::read, fresh));
  TRY_ASSIGN(registered, Registered::open(folder, Mode::read, fresh));
  TRY_ASSIGN(templates, Templates::open(folder, mode, fresh));
  return Memory(std::move(seen), std::move(ranks), std::move(registered), std::move(templates), suffixes);
}

std::string_view Memory::domain_of(std::string_view host) const {
  const std::string_view registrable = suffixes_->registrable(host);
  return registrable.empty() ? host : registrable;
}

Known Memory::about(std::string_view host, const net::Url* url, Day day) const {
  Known out;
  const std::string_view domain = domain_of(host);
  out.domain = domain;
  out.rank = ranks_.find(host);
  if (!out.rank && domain != host) out.rank = ranks_.find(domain);
  out.newcomer = out.rank && out.rank->came != 0 && out.rank->came <= day;
  out.seen = seen_.find(domain);
  out.seen_days = seen_.days_before(domain, day);
  out.registered = registered_.find(domain);
  if (out.registered && out.registered->day <= day) out.registered_days = day - out.registered->day;
  if (url) {
    out.folded = url_template(*url);
    out.folded_known = templates_.find(out.folded);
  }
  return out;
}

std::optional<TemplateKnown> Memory::reported_before(const net::Url& url, Day day) const {
  auto known = templates_.find(url_template(url));
  if (known && (known->first == 0 || known->first >= day)) known.reset();
  return known;
}

Result<void> Memory::saw(std::string_view host, const net::Url* url, Day day, std::string_view user) {
  const std::string_view domain = domain_of(host);
  const std::string folded = url ? url_template(*url) : std::string();
  const std::lock_guard lock(*writing_);
  TRY(seen_.saw(domain, day, user));
  return templates_.met(folded, domain);
}

Result<void> Memory::commit() {
  const std::lock_guard lock(*writing_);
  TRY(seen_.store().commit());
  return templates_.store().commit();
}

HashKey random_key() {
  HashKey key{};
  if (getentropy(key.data(), sizeof key) != 0) key = {};
  return key;
}

}  // namespace sekisho::memory
