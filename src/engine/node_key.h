// Keys under which equal things of a Program are found again while it is built. Inside engine/ only.
#pragma once

#include <string>

#include "engine/slots.h"
#include "engine/value.h"

namespace sekisho::engine {

inline void append_key(std::string& key, const void* data, size_t size) {
  key.append(static_cast<const char*>(data), size);
}
template <class T>
inline void append_key(std::string& key, const T& v) {
  append_key(key, &v, sizeof v);
}
inline void append_key(std::string& key, const Datum& v) {
  append_key(key, v.type());
  switch (v.type()) {
    case Type::boolean:
      append_key(key, v.as_bool());
      break;
    case Type::integer:
      append_key(key, v.as_int());
      break;
    case Type::real:
      append_key(key, v.as_real());
      break;
    default:
      key += v.as_text();
  }
}
inline void append_key(std::string& key, const std::vector<Step>& steps) {
  for (const Step& s : steps) {
    append_key(key, s.field);
    append_key(key, s.index);
  }
}

}  // namespace sekisho::engine
