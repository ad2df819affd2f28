// Takes start and end tags that the reader has settled, keeps the stack of open elements and the style of each. Entry:
// OpenElements. Every search is bounded by the depth; no recursion.
#include "html/open_elements.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::html {

OpenElements::OpenElements(size_t depth, Listener& listener) : depth_(std::max<size_t>(depth, 2)), listener_(listener) {
  Frame root;
  root.tag = Tag::body;
  root.name = "body";
  root.base = Display::block;
  frames_.reserve(32);
  frames_.push_back(root);
  counts_[static_cast<size_t>(Tag::body)] = 1;
}

void OpenElements::push(Frame frame) {
  const Frame& parent = frames_.back();
  frame.muted |= parent.muted;
  frame.now = compute(parent.now, frame.own, frame.base);
  ++counts_[static_cast<size_t>(frame.tag)];
  if (info(frame.tag).marker && !frame.foreign) ++markers_;
  frames_.push_back(frame);
}

void OpenElements::pop() {
  const Frame gone = frames_.back();
  frames_.pop_back();
  --counts_[static_cast<size_t>(gone.tag)];
  if (info(gone.tag).marker && !gone.foreign) {
    --markers_;
    std::erase_if(pending_, [this](const Pending& p) { return p.level > markers_; });
  }
  listener_.closed(gone);
}

size_t OpenElements::in_scope(Tag tag, Scope scope) const {
  if (!contains(tag)) return npos;
  for (size_t i = frames_.size() - 1; i > 0; --i) {
    const Frame& f = frames_[i];
    if (f.tag == tag && !f.foreign) return i;
    if (scope == Scope::table) {
      if (f.tag == Tag::table || f.tag == Tag::template_) return npos;
      continue;
    }
    if (info(f.tag).scope) return npos;
    if (scope == Scope::list && (f.tag == Tag::ol || f.tag == Tag::ul)) return npos;
    if (scope == Scope::button && f.tag == Tag::button) return npos;
  }
  return npos;
}

void OpenElements::close_from(size_t place) {
  const size_t first_new = pending_.size();
  while (frames_.size() > place && frames_.size() > 1) {
    const Frame& f = frames_.back();
    // Styled formatting elements inside what is being closed live on, unless a marker goes with them.
    if (frames_.size() - 1 > place && info(f.tag).formatting && !f.foreign && f.own.set)
      pending_.push_back({f, markers_});
    pop();
  }
  if (pending_.size() > first_new)
    std::reverse(pending_.begin() + static_cast<std::ptrdiff_t>(first_new), pending_.end());
  if (pending_.size() > kPending)
    pending_.erase(pending_.begin(), pending_.end() - static_cast<std::ptrdiff_t>(kPending));
}

bool OpenElements::close_in_scope(Tag tag, Scope scope) {
  const size_t place = in_scope(tag, scope);
  if (place == npos) return false;
  close_from(place);
  return true;
}

void OpenElements::end_formatting(Tag tag) {
  for (size_t i = pending_.size(); i-- > 0;) {
    if (pending_[i].level != markers_) break;
    if (pending_[i].frame.tag == tag) {
      pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
  }
  if (!contains(tag)) return;
  bool block_inside = false;
  for (size_t i = frames_.size() - 1; i > 0; --i) {
    const Frame& f = frames_[i];
    if (f.tag == tag && !f.foreign) {
      // With a block inside it, only the formatting element itself goes (13.2.6.4.7, "adoption agency").
      if (block_inside) {
        remove(i);
      } else {
        close_from(i);
      }
      return;
    }
    if (info(f.tag).scope) return;
    block_inside |= info(f.tag).special;
  }
}

void OpenElements::remove(size_t place) {
  const Frame gone = frames_[place];
  frames_.erase(frames_.begin() + static_cast<std::ptrdiff_t>(place));
  --counts_[static_cast<size_t>(gone.tag)];
  if (gone.own.set) restyle(place);
  listener_.closed(gone);
}

void OpenElements::restyle(size_t from) {
  for (size_t i = from; i < frames_.size(); ++i) {
    Frame& f = frames_[i];
    f.now = compute(i > 0 ? frames_[i - 1].now : Computed{}, f.own, f.base);
  }
}

void OpenElements::restyle_root(const Declared& own) {
  Declared merged = own;
  merged.important = 0;
  merged.merge(frames_[0].own);
  if (merged.set == frames_[0].own.set) return;
  frames_[0].own = merged;
  restyle(0);
}

void OpenElements::reopen_pending() {
  size_t from = pending_.size();
  while (from > 0 && pending_[from - 1].level == markers_) --from;
  for (size_t i = from; i < pending_.size() && !full(); ++i) push(pending_[i].frame);
  pending_.resize(from);
}

}  // namespace sekisho::html
