// How popular names are by a list that somebody publishes, and which of them came into it lately. An import replaces
// the list before; a name that was in neither of two lists that follow one another is a newcomer of the later one's
// day.
#pragma once

#include <optional>
#include <string_view>

#include "memory/day.h"
#include "memory/store.h"

namespace sekisho::memory {

struct Ranked {
  static constexpr uint32_t kMostRank = (1u << 24) - 1;  // larger ranks are kept as this
  uint32_t rank = 0;                                     // from 1
  Day came = 0;  // the day of the list that first had it; 0: it was in the first list that was imported
};

// Threads: find() from any; the rest belongs to one, and a list may not be replaced while somebody reads.
class Ranks {
 public:
  static Result<Ranks> open(const std::string& folder, Mode mode, const HashKey& fresh);

  std::optional<Ranked> find(std::string_view host) const;  // this very name: lists have hosts or registrable domains
  Day imported() const { return static_cast<Day>(store_.stamp()); }
  Day imported_before() const { return static_cast<Day>(store_.stamp() >> 16); }  // 0: there was one import

  // A list that is being read. Of a name given twice the better rank counts.
  class Import {
   public:
    Result<void> add(std::string_view host, uint32_t rank);
    size_t size() const { return table_.size(); }
    size_t newcomers() const { return newcomers_; }

   private:
    friend class Ranks;
    Import(const Ranks& before, Day day, Table table) : before_(before), day_(day), table_(std::move(table)) {}
    const Ranks& before_;
    Day day_;
    Table table_;
    size_t newcomers_ = 0;
  };
  Result<Import> begin(Day day) const;
  Result<void> finish(Import import);  // the list is on the disk when it returns

  Store& store() { return store_; }
  const Store& store() const { return store_; }

 private:
  explicit Ranks(Store store) : store_(std::move(store)) {}
  Store store_;
};

}  // namespace sekisho::memory
