// Text as it is met in the page → Page::text, Page::hidden_text and Page::runs: references decoded, white space
// collapsed (no-break spaces with it), breaks put between blocks. Runs map bytes one to one onto the HTML: wherever
// that ends (a reference, collapsed blanks) a new run begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "html/page.h"

namespace sekisho::html {

enum class Gap : uint8_t { none, space, tab, line };

class TextSink {
 public:
  TextSink(Page& page, size_t limit) : page_(page), limit_(limit) {}

  struct Added {
    size_t first, end;  // in Page::text; equal when nothing visible was added
  };
  // `offset`: of raw[0] in the HTML. literal: no character references in it. lines: line feeds stay (white-space: pre).
  Added text(std::string_view raw, uint32_t offset, Hidden hidden, bool literal, bool lines);

  // A break between what came and what comes. seen: the box that makes it is laid out (not display:none).
  void gap(Gap gap, bool seen) {
    if (seen && gap > visible_gap_) visible_gap_ = gap;
    if (gap > hidden_gap_) hidden_gap_ = gap;
  }
  Gap pending() const { return visible_gap_; }
  bool full() const { return full_; }

 private:
  void emit(std::string_view piece, uint32_t offset, Hidden hidden);

  Page& page_;
  size_t limit_;
  Gap visible_gap_ = Gap::none, hidden_gap_ = Gap::none;
  bool full_ = false;
  size_t first_ = 0;  // of this call of text()
  bool any_ = false;
};

}  // namespace sekisho::html
