// Forms, their fields and what each field is called: <label for=…>, a label around it, placeholder, aria-label, or the
// text just before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/limits.h"
#include "html/page.h"

namespace sekisho::html {

// References decoded, white space (no-break spaces too) collapsed and trimmed.
std::string clean(std::string_view raw, bool in_attribute);
// White space of text already decoded made single spaces, at most `limit` bytes.
std::string collapse(std::string_view text, size_t limit = ~size_t{0});

class FormReader {
 public:
  FormReader(Page& page, const Limits& limits) : page_(page), limits_(limits) {}

  struct Keys {  // raw attribute values that tie elements together
    std::string_view id, form;
  };

  bool open() const { return open_ != kNone; }
  void begin(Form form, std::string_view id);
  void end() { open_ = kNone; }
  void field(Field field, const Keys& keys);  // an empty label is looked for in the text before
  void begin_label(std::string_view for_id);
  void end_label();
  void begin_button() { button_ = last_, button_text_ = page_.text.size(); }  // the field just given
  void end_button();
  void finish();  // once, at the end of the page
  bool forms_cut() const { return forms_cut_; }
  bool fields_cut() const { return fields_cut_; }

 private:
  static constexpr size_t kNone = ~size_t{0};
  static constexpr size_t kLabelBytes = 200;
  struct Ref {
    size_t form, field;
    std::string_view id;
  };
  size_t loose(uint32_t offset);
  std::string text_before() const;
  Field& at(const Ref& r) { return page_.forms[r.form].fields[r.field]; }

  Page& page_;
  const Limits& limits_;
  size_t open_ = kNone, loose_ = kNone;
  std::unordered_map<std::string_view, size_t> form_by_id_;
  std::vector<Ref> refs_;
  std::unordered_map<std::string_view, std::string> labels_;
  bool in_label_ = false;
  std::string_view label_for_;
  size_t label_text_ = 0, label_refs_ = 0;
  size_t last_ = kNone;  // the last field in refs_, unless it was not kept
  size_t button_ = kNone, button_text_ = 0;
  size_t used_text_ = 0;  // text before this has named a field already
  bool forms_cut_ = false, fields_cut_ = false;
};

}  // namespace sekisho::html
