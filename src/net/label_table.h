// Domain names as a set that is asked from the right, label by label: public suffixes, owned domains, platforms. A
// question stops at the first label under which nothing is known. Build, then only ask: any number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::net {

// The hashes of a name's endings, label by label from the right: made once, asked of several tables.
struct LabelEndings {
  static constexpr size_t kMost = 10;  // no name in a table has more labels
  size_t count = 0;
  std::array<uint64_t, kMost> hash;
  std::array<uint8_t, kMost> begin;
  // host: 255 bytes at most.
  explicit LabelEndings(std::string_view host) {
    uint64_t sum = kSeed;
    for (size_t end = host.size(); end > 0 && count < kMost;) {
      size_t at = end;
      while (at > 0 && host[at - 1] != '.') --at;
      add(host, at, end, sum);
      if (at == 0) break;
      end = at - 1;
    }
  }
  // The same where it is known where labels begin, from the left.
  LabelEndings(std::string_view host, const uint8_t* begins, size_t labels) {
    uint64_t sum = kSeed;
    for (size_t end = host.size(), i = labels; i-- > 0 && count < kMost; end = begins[i] - 1U)
      add(host, begins[i], end, sum);
  }

  static constexpr uint64_t kSeed = 0x9E3779B97F4A7C15U;
  static uint64_t label_hash(const char* at, size_t n) {
    const auto load = [](const char* from, size_t bytes) {
      uint64_t v = 0;
      std::memcpy(&v, from, bytes);
      return v;
    };
    uint64_t hash = n;
    for (; n > 8; at += 8, n -= 8) hash = mixed(hash ^ load(at, 8));
    if (n >= 4) return mixed(hash ^ (load(at, 4) | load(at + n - 4, 4) << 32));
    if (n > 0) hash ^= load(at, 1) << 16 | load(at + n / 2, 1) << 8 | load(at + n - 1, 1);
    return mixed(hash);
  }
  static uint64_t mixed(uint64_t h) {
    h *= 0xFF51AFD7ED558CCDU;
    return h ^ h >> 29;
  }

 private:
  void add(std::string_view host, size_t at, size_t end, uint64_t& sum) {
    sum = mixed(sum ^ label_hash(host.data() + at, end - at));
    hash[count] = sum;
    begin[count++] = static_cast<uint8_t>(at);
  }
};

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
  void suffixes(std::string_view host, const LabelEndings& endings, F each) const {
    if (slots_.empty()) return;
    for (size_t i = 0; i < endings.count; ++i) {
      const size_t from = endings.begin[i];
      const Slot* slot = find(endings.hash[i], host.substr(from));
      if (slot == nullptr) return;
      if (slot->value != kNothing) each(slot->value, from);
      if (!slot->has_more) return;
    }
  }
  template <class F>
  void suffixes(std::string_view host, F each) const {
    if (host.size() <= 255) suffixes(host, LabelEndings(host), each);
  }
  uint32_t exact(std::string_view name) const;

 private:
  struct Slot {
    uint64_t hash = 0;
    uint32_t text = 0;  // in text_
    uint32_t value = 0;
    uint16_t length = 0;  // 0: empty
    bool has_more = false;
  };
  const Slot* find(uint64_t hash, std::string_view name) const {
    if ((filter_[hash >> filter_shift_ >> 6] >> (hash >> filter_shift_ & 63) & 1) == 0) return nullptr;
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
  std::vector<uint64_t> filter_;  // says no to nearly all that is not there, without a look at slots_
  unsigned filter_shift_ = 63;
  std::string text_;
  size_t mask_ = 0;
};

}  // namespace sekisho::net
