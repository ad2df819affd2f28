// The stack of open elements with the style of each, and the formatting elements that outlive the block they stood in
// (WHATWG HTML 13.2.4.2 f.): `<p><font color=white></p><p>text` is white still. Links follow the same markers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "html/sheet.h"
#include "html/style.h"
#include "html/tags.h"

namespace sekisho::html {

struct Frame {
  Tag tag = Tag::other;
  bool foreign = false;             // inside <svg> or <math>, or one of them
  bool integration = false;         // foreign itself, with HTML inside (<foreignObject>)
  bool muted = false;               // its text is nobody's: <select>, <title> of an <svg>
  bool link = false;                // an <a> inside <svg> that opened a link
  Display base = Display::inline_;  // display when no style says otherwise
  std::string_view name;            // as written
  std::string_view id, classes, attributes;
  Elders elders, children;  // what came before it, and what its next child has before it
  Declared own;
  Computed now;

  bool is_foreign() const { return foreign && !integration; }  // what it holds is read by foreign rules
};

class OpenElements {
 public:
  struct Listener {
    virtual void closed(const Frame&) = 0;  // just taken off the stack
   protected:
    ~Listener() = default;
  };
  enum class Scope : uint8_t { any, list, button, table };
  static constexpr size_t npos = ~size_t{0};
  static constexpr size_t kPending = 16;  // formatting elements waiting to be opened again; older ones are forgotten

  OpenElements(size_t depth, Listener& listener);  // with the root (<body>) in it, which is never closed

  size_t size() const { return frames_.size(); }
  const Frame& operator[](size_t i) const { return frames_[i]; }
  const Frame& top() const { return frames_.back(); }
  bool full() const { return frames_.size() >= depth_; }
  size_t level() const { return markers_; }  // open markers: cells, captions, objects

  // Adds `frame`, whose `now` is worked out here. Not when full().
  void push(Frame frame);
  bool contains(Tag tag) const { return counts_[static_cast<size_t>(tag)] > 0; }
  size_t in_scope(Tag tag, Scope scope = Scope::any) const;  // place on the stack or npos
  void close_from(size_t place);                             // that element and all inside it
  bool close_in_scope(Tag tag, Scope scope = Scope::any);
  void end_formatting(Tag tag);  // </b>, </a>, </font> … wherever they stand
  void reopen() {                // before text and inline elements: formatting elements left over by closed blocks
    if (!pending_.empty()) reopen_pending();
  }
  void restyle_root(const Declared& own);  // attributes of a <body> or <html> tag; what is set already stays

  // For selectors: the stack as ancestors; and what the innermost one has just got for a child.
  Subject subject(size_t i) const {
    const Frame& f = frames_[i];
    return {f.name, f.id, f.classes, f.attributes, f.elders};
  }
  void add_child(uint64_t left_parts) {
    frames_.back().children.all |= left_parts;
    frames_.back().children.last = left_parts;
  }

 private:
  struct Pending {
    Frame frame;
    size_t level;
  };
  void pop();
  void remove(size_t place);
  void reopen_pending();
  void restyle(size_t from);

  size_t depth_;
  Listener& listener_;
  std::vector<Frame> frames_;
  std::vector<Pending> pending_;
  std::array<uint32_t, static_cast<size_t>(Tag::count_)> counts_{};
  size_t markers_ = 0;
};

}  // namespace sekisho::html
