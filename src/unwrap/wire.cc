// Takes requests and findings, gives frames, and back. Entries: request_header, read_request, answer, read_answer.
// Refuses every frame that is too short, has bytes left over, or counts more than was allowed.
#include "unwrap/wire.h"

#include <concepts>
#include <type_traits>

namespace sekisho::unwrap {
namespace {

class Writer {
 public:
  std::string out = std::string(kFrameHeader, '\0');
  template <class T>
  void operator()(const T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      (*this)(static_cast<uint32_t>(value.size()));
      out += value;
    } else if constexpr (std::is_enum_v<T>) {
      out += static_cast<char>(value);
    } else {
      for (size_t i = 0; i < sizeof(T); ++i) out += static_cast<char>(static_cast<uint64_t>(value) >> (8 * i) & 255);
    }
  }
  template <class T>
  void list(const std::vector<T>& values, size_t, auto&& each) {
    (*this)(static_cast<uint32_t>(values.size()));
    for (const T& value : values) each(value);
  }
  std::string finish(size_t more = 0) {
    const size_t length = out.size() - kFrameHeader + more;
    for (size_t i = 0; i < kFrameHeader; ++i) out[i] = static_cast<char>(length >> (8 * i) & 255);
    return std::move(out);
  }
};

class Reader {
 public:
  explicit Reader(std::string_view bytes, size_t most_text = 0) : left(bytes), most_text_(most_text) {}
  std::string_view left;
  bool good = true;
  template <class T>
  void operator()(T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      value = take(number(4));
    } else if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(number(1));
    } else if constexpr (std::is_same_v<T, bool>) {
      value = number(1) != 0;
    } else {
      value = static_cast<T>(number(sizeof(T)));
    }
  }
  template <class T>
  void list(std::vector<T>& values, size_t most, auto&& each) {
    const uint64_t count = number(4);
    if (count > most) good = false;
    for (uint64_t i = 0; good && i < count; ++i) each(values.emplace_back());
  }

 private:
  uint64_t number(size_t bytes) {
    const std::string_view raw = take(bytes);
    uint64_t out = 0;
    for (size_t i = 0; i < raw.size(); ++i) out |= uint64_t{static_cast<uint8_t>(raw[i])} << (8 * i);
    return out;
  }
  std::string_view take(uint64_t n) {
    if (!good || n > left.size() || n > most_text_) {
      good = false;
      return {};
    }
    const std::string_view out = left.substr(0, n);
    left.remove_prefix(n);
    return out;
  }
  size_t most_text_;
};

template <class B>
void each_bound(B& b, auto& io) {
  io(b.milliseconds), io(b.image_side), io(b.image_pixels), io(b.least_side), io(b.codes), io(b.pdf_pages),
      io(b.pdf_objects), io(b.pdf_images), io(b.links), io(b.entries), io(b.contents), io(b.content_bytes),
      io(b.contents_bytes), io(b.archive_bytes), io(b.text_bytes);
}

template <class F>
void each_field(F& f, const Bounds& b, auto& io) {
  io(f.outcome);
  io.list(f.limits, 32, [&](auto& limit) { io(limit); });
  io(f.width), io(f.height), io(f.pages), io(f.images), io(f.images_unread), io(f.scripts), io(f.launches),
      io(f.embedded), io(f.submits), io(f.open_action), io(f.shows_text), io(f.encrypted), io(f.unpacked);
  io.list(f.codes, b.codes, [&](auto& c) { io(c.text), io(c.page), io(c.x), io(c.y), io(c.width), io(c.height); });
  io.list(f.links, b.links, [&](auto& l) { io(l.uri), io(l.page); });
  io.list(f.entries, b.entries, [&](auto& e) { io(e.name), io(e.size), io(e.encrypted), io(e.kept), io(e.content); });
}

}  // namespace

uint32_t frame_length(const char* four) {
  uint32_t out = 0;
  for (int i = 4; i-- > 0;) out = out << 8 | static_cast<uint8_t>(four[i]);
  return out;
}

std::string request_header(Kind kind, const Bounds& bounds, size_t file_bytes) {
  Writer w;
  w(kind);
  each_bound(bounds, w);
  return w.finish(file_bytes);
}

std::optional<Request> read_request(std::string_view frame) {
  Request out;
  Reader r(frame, 64);
  r(out.kind);
  each_bound(out.bounds, r);
  if (!r.good || out.kind > Kind::probe) return std::nullopt;
  out.bytes = r.left;
  return out;
}

std::string answer(const Findings& findings, bool retire) {
  Writer w;
  w(retire);
  each_field(findings, Bounds(), w);
  return w.finish();
}

size_t most_answer_bytes(const Bounds& b) {
  return 4096 + size_t{b.text_bytes + 64} * (size_t{b.codes} + b.links + b.entries) + b.contents_bytes;
}

std::optional<Answer> read_answer(std::string_view frame, const Bounds& bounds) {
  Answer out;
  Reader r(frame, std::max<size_t>(bounds.content_bytes, bounds.text_bytes));
  r(out.retire);
  each_field(out.findings, bounds, r);
  if (!r.good || !r.left.empty() || out.findings.outcome > Outcome::no_worker) return std::nullopt;
  return out;
}

}  // namespace sekisho::unwrap
