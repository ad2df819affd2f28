// Takes detections one by one, tells which are the first of their stretch. Entry: Suppressor::first(). Refuses nothing.
#include "engine/suppress.h"

#include <cstring>

#include "engine/groups.h"
#include "engine/windows.h"

namespace sekisho::engine {
namespace {

size_t node_bytes(const std::string& key) { return heap_block(64 + (key.size() > 15 ? key.size() : 0)); }

std::string name_of(uint32_t rule, std::string_view key) {
  std::string out(reinterpret_cast<const char*>(&rule), sizeof rule);
  out += key;
  return out;
}

}  // namespace

uint32_t Suppressor::rule_of(std::string_view name) {
  uint32_t rule = 0;
  std::memcpy(&rule, name.data(), sizeof rule);
  return rule;
}

std::string_view Suppressor::key_of(std::string_view name) { return name.substr(sizeof(uint32_t)); }

bool Suppressor::first(uint32_t rule, std::string_view key, int64_t time, int64_t window) {
  const auto it = ends_.find(name_of(rule, key));
  if (it != ends_.end() && time < it->second) return false;
  const int64_t end = plus(floor_to(time, window), window);
  if (it != ends_.end()) {
    it->second = end;
    return true;
  }
  restore(rule, key, end);
  if (ends_.size() > 2 * swept_ + 1024) forget(time);
  return true;
}

void Suppressor::restore(uint32_t rule, std::string_view key, int64_t end) {
  const auto [it, fresh] = ends_.try_emplace(name_of(rule, key), end);
  if (fresh) bytes_ += node_bytes(it->first);
}

void Suppressor::forget(int64_t now) {
  std::erase_if(ends_, [&](const auto& entry) {
    if (entry.second > now) return false;
    bytes_ -= node_bytes(entry.first);
    return true;
  });
  swept_ = ends_.size();
}

void Suppressor::clear() {
  ends_.clear();
  bytes_ = swept_ = 0;
}

}  // namespace sekisho::engine
