// Takes the bytes of a log, gives blocks of records. Entry: Reader::next. Refuses records over the limit (their bytes
// are never all in memory), text outside of arrays, and logs in UTF-16. One pass, each byte looked at once.
#include "hunt/reader.h"

#include <algorithm>
#include <cstring>

#include "base/strings.h"

namespace sekisho::hunt {

Result<bool> Reader::next(Block& out) {
  out.source = source_;
  out.records.clear();
  out.problems.clear();
  size_t end = carry_.size();
  record_ = 0;
  const auto reserve = [&] {
    if (out.bytes.size() < end + block_ + kPadding) out.bytes.resize(end + block_ + kPadding);
  };
  reserve();
  std::copy(carry_.begin(), carry_.end(), out.bytes.begin());
  carry_.clear();
  const auto shift = [&](size_t gone) {  // the bytes before `gone` are not needed any more
    std::memmove(out.bytes.data(), out.bytes.data() + gone, end - gone);
    offset_ += gone;
    end -= gone;
    record_ = 0;
  };
  while (!ended_) {
    reserve();
    const auto got = input_.read(out.bytes.data() + end, block_);
    ended_ = !got || *got == 0;
    if (!got) broken_ = got.error();
    // What is in hand may be half a record: it goes, unless nothing has been cut so far.
    if (broken_ && mode_ != Mode::braced) break;
    size_t from = end;
    end += got.value_or(0);
    if (mode_ <= Mode::braced) {
      const auto begun = begin(out, from, end, ended_);
      if (!begun) {
        ended_ = true;
        broken_ = begun.error();
        break;
      }
      if (!*begun) {
        if (mode_ == Mode::marked) shift(end);
        continue;
      }
    }
    mode_ == Mode::lines ? cut_lines(out, from, end) : cut_arrays(out, from, end);
    if (ended_ && !broken_) last(out, end);
    else if (!dropping_ && end - record_ > most_) too_long(out);
    const size_t keep = dropping_ ? end : record_;
    if (!out.records.empty() || !out.problems.empty()) {
      carry_.assign(out.bytes.begin() + static_cast<std::ptrdiff_t>(keep),
                    out.bytes.begin() + static_cast<std::ptrdiff_t>(end));
      offset_ += keep;
      return true;
    }
    shift(keep);
  }
  if (!broken_) return false;
  Error why = *std::exchange(broken_, std::nullopt);
  return std::unexpected(std::move(why));
}

// Finds out what the log is by how it begins. False: too little of it has come yet.
Result<bool> Reader::begin(const Block& block, size_t& from, size_t end, bool final) {
  const std::string_view head(block.bytes.data(), end);
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  if (mode_ == Mode::braced) return look(head, from, final);
  from = 0;
  if (mode_ == Mode::start) {
    if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff"))
      return fail("hunt.encoding", "the log is UTF-16", "convert it first: iconv -f UTF-16 -t UTF-8");
    if (end < kMark.size() && !final) return false;
    if (head.starts_with(kMark)) from = kMark.size();
    mode_ = Mode::marked;
  }
  for (; from < end && is_space(head[from]); ++from) line_ += head[from] == '\n';
  if (from == end) return false;
  record_ = from;
  record_line_ = line_;
  mode_ = head[from] == '[' ? Mode::arrays : head[from] == '{' ? Mode::braced : Mode::lines;
  return mode_ != Mode::braced || look(head, from, final);
}

// Whether the log is one event after another, or has an object around them. Their members may stand behind the list, so
// an object that could be an event is looked at to its end; what is longer than any event may be is none.
bool Reader::look(std::string_view head, size_t& from, bool final) {
  const size_t most = record_ + most_;
  auto step = Wrapper::Step::inside;
  while (from < std::min(head.size(), most) && step <= Wrapper::Step::list) step = wrapper_.next(head[from++]);
  const bool open = step <= Wrapper::Step::list;
  if (open && from < most && !final) return false;
  mode_ = step == Wrapper::Step::closed || (open && wrapper_.has_list()) ? Mode::wrapped : Mode::lines;
  wrapper_ = {};
  from = record_;
  return true;
}

void Reader::cut_lines(Block& block, size_t from, size_t end) {
  char* const bytes = block.bytes.data();
  while (from < end) {
    const void* found = std::memchr(bytes + from, '\n', end - from);
    if (!found) return;
    const auto at = static_cast<size_t>(static_cast<const char*>(found) - bytes);
    finish_record(block, at);
    record_ = from = at + 1;
    record_line_ = ++line_;
  }
}

void Reader::cut_arrays(Block& block, size_t from, size_t end) {
  const char* const bytes = block.bytes.data();
  for (size_t i = from; i < end; ++i) {
    const char c = bytes[i];
    if (place_ == Place::scalar && (c == ',' || c == ']' || is_space(c))) {
      finish_record(block, i);
      place_ = Place::between;
    }
    switch (place_) {
      case Place::outside:
        if (c == '[' && mode_ == Mode::arrays) {
          place_ = Place::between;
        } else if (c == '{' && mode_ == Mode::wrapped) {
          wrapper_ = {};
          place_ = around(block, c);
        } else if (!is_space(c)) {
          problem(block, line_, "hunt.array", "text outside of the array");
          place_ = Place::junk;
        }
        break;
      case Place::junk:
        if (c == '\n') place_ = Place::outside;
        break;
      case Place::around:
        place_ = around(block, c);
        break;
      case Place::between:
        if (c == ']') place_ = mode_ == Mode::arrays ? Place::outside : around(block, c);
        if (c == ']' || c == ',' || is_space(c)) break;
        record_ = i;
        record_line_ = line_;
        depth_ = c == '{' || c == '[';
        in_text_ = c == '"';
        escaped_ = false;
        place_ = depth_ > 0 || in_text_ ? Place::nested : Place::scalar;
        break;
      case Place::nested:
        if (in_text_) {
          // A string has no line breaks: one that goes on behind one lacks its end, and the element is damaged anyhow.
          if (escaped_) escaped_ = false;
          else if (c == '\\') escaped_ = true;
          else if (c == '"' || c == '\n') in_text_ = false;
        } else if (c == '"') {
          in_text_ = true;
          escaped_ = false;
        } else if (c == '{' || c == '[') {
          ++depth_;
        } else if (c == '}' || c == ']') {
          --depth_;
        }
        if (depth_ == 0 && !in_text_) {
          finish_record(block, i + 1);
          place_ = Place::between;
        }
        break;
      case Place::scalar:
        break;
    }
    line_ += c == '\n';
  }
  if (place_ < Place::nested) record_ = end;
}

// A byte of the object around an array, and where the next one stands.
Reader::Place Reader::around(Block& block, char c) {
  const auto step = wrapper_.next(c);
  if (step == Wrapper::Step::inside) return Place::around;
  if (step == Wrapper::Step::list) return Place::between;
  if (step == Wrapper::Step::closed) return Place::outside;
  problem(block, line_, "hunt.array", "not an array of events in an object, as the log began");
  return c == '\n' ? Place::outside : Place::junk;
}

// The record in hand ends before `end`.
void Reader::finish_record(Block& block, size_t end) {
  if (dropping_) {
    dropping_ = false;
    return;
  }
  // As it stands, white space and all: the answer is the same wherever a block ends.
  if (end - record_ > most_) {
    too_long(block);
    dropping_ = false;
    return;
  }
  size_t from = record_;
  while (from < end && is_space(block.bytes[from])) ++from;
  while (end > from && is_space(block.bytes[end - 1])) --end;
  if (from == end) return;
  block.records.push_back(
      {static_cast<uint32_t>(from), static_cast<uint32_t>(end - from), record_line_, offset_ + from});
}

void Reader::too_long(Block& block) {
  problem(block, record_line_, "hunt.limit.event", "longer than " + std::to_string(most_) + " bytes");
  dropping_ = true;
}

// The log has ended.
void Reader::last(Block& block, size_t end) {
  if (mode_ == Mode::lines) finish_record(block, end);
  else if (place_ == Place::scalar) finish_record(block, end);
  if (mode_ != Mode::lines && place_ >= Place::around) problem(block, line_, "hunt.array", "the array is not closed");
  record_ = end;
}

void Reader::problem(Block& block, uint64_t line, std::string code, std::string text) const {
  block.problems.push_back({source_, line, std::move(code), std::move(text)});
}

}  // namespace sekisho::hunt
