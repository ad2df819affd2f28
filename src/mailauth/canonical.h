// Canonical forms of RFC 6376 section 3.4: what of a message a signature covers, in spite of what transport does to it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mailauth/message.h"

namespace sekisho::mailauth {

enum class Canonical : uint8_t { simple, relaxed };

// One header field with its last CRLF; keep_end: false leaves that away (the signature's own field).
std::string canonical_field(const Field& field, Canonical form, bool keep_end = true);

// The body, piece by piece, into anything that takes pieces. Pieces may end anywhere.
class CanonicalBody {
 public:
  explicit CanonicalBody(Canonical form) : form_(form) {}
  template <class Sink>
  void add(std::string_view piece, Sink sink) {
    out_.clear();
    take(piece);
    if (!out_.empty()) sink(std::string_view(out_));
  }
  template <class Sink>
  void finish(Sink sink) {
    out_.clear();
    end();
    if (!out_.empty()) sink(std::string_view(out_));
  }

 private:
  void take(std::string_view piece);
  void put(std::string_view text);
  void end();
  Canonical form_;
  std::string out_;
  size_t line_ends_ = 0;             // that come only if something follows
  bool some_ = false;                // something came that is no line end
  bool space_ = false, cr_ = false;  // seen, and not known yet what becomes of it
};

std::string canonical_body(std::string_view body, Canonical form);

}  // namespace sekisho::mailauth
