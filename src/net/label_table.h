// Domain names as a set that is asked from the right, label by label: public suffixes, owned domains, platforms. A
// question stops at the first label under which nothing is known. Build, then only ask: any number of threads.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::net {

class LabelTable {
 public:
  static constexpr uint32_t kNothing = 0;

  // name: lower-case ASCII, "co.jp"; value: not kNothing; ORed with what is there already.
  void add(std::string_view name, uint32_t value);
  void build();
  size_t size() const { return names_.size(); }

  // Calls each(value, from) for every known suffix of the host, shortest first; `from` is where it begins in the host.
  // The host is compared in full, not by hash: what is said of a name cannot be made to be said of another.
  template <class F>
  void suffixes(std::string_view host, F each) const {
    if (slots_.empty()) return;
    uint64_t hash = kSeed;
    for (size_t end = host.size(); end > 0;) {
      size_t begin = end;
      uint64_t label = 0;
      while (begin > 0 && host[begin - 1] != '.') {
        label = (label ^ static_cast<unsigned char>(host[begin - 1])) * kPrime;
        --begin;
      }
      hash = mixed(hash ^ label);
      const Slot* slot = find(hash, host.substr(begin));
      if (slot == nullptr) return;
      if (slot->value != kNothing) each(slot->value, begin);
      if (begin == 0 || !slot->has_more) return;
      end = begin - 1;
    }
  }
  uint32_t exact(std::string_view name) const;

 private:
  static constexpr uint64_t kSeed = 0x9E3779B97F4A7C15U, kPrime = 0x100000001B3U;
  static uint64_t mixed(uint64_t h) {
    h *= 0xFF51AFD7ED558CCDU;
    return h ^ h >> 32;
  }
  struct Slot {
    uint64_t hash = 0;
    uint32_t text = 0;  // in text_
    uint32_t value = 0;
    uint16_t length = 0;  // 0: empty
    bool has_more = false;
  };
  const Slot* find(uint64_t hash, std::string_view name) const {
    for (size_t i = hash & mask_;; i = (i + 1) & mask_) {
      const Slot& s = slots_[i];
      if (s.length == 0) return nullptr;
      if (s.hash == hash && s.length == name.size() && std::memcmp(text_.data() + s.text, name.data(), s.length) == 0)
        return &s;
    }
  }
  Slot& put(std::string_view name, uint64_t hash);

  std::vector<std::pair<std::string, uint32_t>> names_;  // until build()
  std::vector<Slot> slots_;
  std::string text_;
  size_t mask_ = 0;
};

}  // namespace sekisho::net
