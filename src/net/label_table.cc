// Takes domain names with a value each, gives the table that is asked from the right. Entries: add, build. Names longer
// than DNS allows are left out: nobody can have them.
#include "net/label_table.h"

#include <algorithm>
#include <bit>

namespace sekisho::net {

void LabelTable::add(std::string_view name, uint32_t value) {
  if (!name.empty() && name.size() <= 253 && std::ranges::count(name, '.') < static_cast<int>(LabelEndings::kMost))
    names_.emplace_back(name, value);
}

LabelTable::Slot& LabelTable::put(std::string_view name, uint64_t hash) {
  size_t i = hash & mask_;
  while (slots_[i].length != 0 &&
         (slots_[i].hash != hash || std::string_view(text_).substr(slots_[i].text, slots_[i].length) != name))
    i = (i + 1) & mask_;
  if (slots_[i].length == 0) {
    slots_[i].hash = hash;
    slots_[i].text = static_cast<uint32_t>(text_.size());
    slots_[i].length = static_cast<uint16_t>(name.size());
    text_ += name;
    filter_[hash >> filter_shift_ >> 6] |= uint64_t{1} << (hash >> filter_shift_ & 63);
  }
  return slots_[i];
}

void LabelTable::build() {
  size_t labels = 0;
  for (const auto& [name, value] : names_) labels += 1 + static_cast<size_t>(std::ranges::count(name, '.'));
  slots_.assign(std::bit_ceil(labels * 2 + 2), {});
  mask_ = slots_.size() - 1;
  filter_.assign(std::max<size_t>(1, std::bit_ceil(labels * 16) / 64), 0);
  filter_shift_ = 64U - static_cast<unsigned>(std::countr_zero(filter_.size() * 64));
  for (const auto& [name, value] : names_) {
    uint64_t hash = LabelEndings::kSeed;
    for (size_t end = name.size();;) {
      const size_t dot = end == 0 ? std::string::npos : name.rfind('.', end - 1);
      const size_t begin = dot == std::string::npos ? 0 : dot + 1;
      hash = LabelEndings::mixed(hash ^ LabelEndings::label_hash(name.data() + begin, end - begin));
      Slot& slot = put(std::string_view(name).substr(begin), hash);
      if (begin == 0) {
        slot.value |= value;
        break;
      }
      slot.has_more = true;
      end = begin - 1;
    }
  }
}

uint32_t LabelTable::exact(std::string_view name) const {
  uint32_t out = kNothing;
  suffixes(name, [&](uint32_t value, size_t from) { out = from == 0 ? value : kNothing; });
  return out;
}

}  // namespace sekisho::net
