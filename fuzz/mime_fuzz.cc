// Any bytes as a mail: read_message must end, keep its offsets inside the input and its limits.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/message.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const sekisho::mail::Message& m, size_t size) {
  if (m.own_bytes) size = m.own_bytes->size();
  for (const auto& field : m.headers.fields) require(field.offset + size_t{field.length} <= size);
  for (const auto& part : m.parts) require(part.offset + size_t{part.length} <= size);
  for (const auto& link : m.links)
    require(link.part < m.parts.size() || link.where == sekisho::mail::LinkRef::Where::header);
  for (const auto& piece : m.pieces)
    require(piece.at + size_t{piece.length} <= m.text.size() && piece.part < m.parts.size());
  for (const auto& inner : m.nested) check(inner, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sekisho::Limits limits;
  limits.parts = 50;
  limits.mime_depth = 8;
  limits.nested_messages = 4;
  limits.decoded_bytes = 1u << 20;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto message = sekisho::mail::read_message(bytes, limits)) check(*message, size);
  return 0;
}
