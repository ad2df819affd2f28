// Takes form, field and label tags in their order, fills Page::forms. Entry: FormReader. Fields beyond
// Limits::form_fields are not kept, but a password field among them still marks its form.
#include "html/form_reader.h"

#include <algorithm>

#include "base/strings.h"

namespace sekisho::html {

std::string collapse(std::string_view text, size_t limit) {
  std::string out;
  bool gap = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool no_break =
        static_cast<unsigned char>(c) == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xA0;
    if (is_space(c) || no_break) {
      i += no_break;
      gap = true;
      continue;
    }
    if (out.size() + gap >= limit && (static_cast<unsigned char>(c) & 0xC0) != 0x80) break;  // never inside a character
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

std::string clean(std::string_view raw, bool in_attribute) {
  if (raw.find('&') == std::string_view::npos) return collapse(raw);
  return collapse(decode_entities(raw, in_attribute));
}

void FormReader::begin(Form form, std::string_view id) {
  if (page_.forms.size() >= limits_.links) {
    forms_cut_ = true;
    return;
  }
  open_ = page_.forms.size();
  page_.forms.push_back(std::move(form));
  if (!id.empty()) form_by_id_.try_emplace(id, open_);
}

size_t FormReader::loose(uint32_t offset) {
  if (loose_ != kNone) return loose_;
  loose_ = page_.forms.size();
  Form form;
  form.method = "get";
  form.offset = offset;
  page_.forms.push_back(std::move(form));
  return loose_;
}

void FormReader::field(Field field, const Keys& keys) {
  size_t form = open_;
  if (!keys.form.empty()) {
    const auto it = form_by_id_.find(keys.form);
    if (it != form_by_id_.end()) form = it->second;
  }
  if (form == kNone) form = loose(field.offset);
  if (field.type == "password") page_.forms[form].has_password = true;
  if (refs_.size() >= limits_.form_fields) {
    fields_cut_ = true;
    last_ = kNone;
    return;
  }
  const bool shown = field.type != "hidden";
  if (field.label.empty() && shown) field.label = text_before();
  if (shown) used_text_ = page_.text.size();
  last_ = refs_.size();
  refs_.push_back({form, page_.forms[form].fields.size(), keys.id});
  page_.forms[form].fields.push_back(std::move(field));
}

// The end of the last line or cell, if no field has taken it.
std::string FormReader::text_before() const {
  const std::string_view text = page_.text;
  if (text.size() <= used_text_) return {};
  size_t from = text.size() - std::min(kLabelBytes, text.size() - used_text_);
  if (const size_t edge = text.find_last_of("\n\t"); edge != std::string_view::npos && edge >= from) from = edge + 1;
  while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
  return collapse(text.substr(from));
}

void FormReader::begin_label(std::string_view for_id) {
  end_label();
  in_label_ = true;
  label_for_ = for_id;
  label_text_ = page_.text.size();
  label_refs_ = refs_.size();
}

void FormReader::end_label() {
  if (!in_label_) return;
  in_label_ = false;
  std::string text =
      collapse(std::string_view(page_.text).substr(std::min(label_text_, page_.text.size())), kLabelBytes);
  if (text.empty()) return;
  if (!label_for_.empty()) {
    if (labels_.size() < limits_.form_fields) labels_.try_emplace(label_for_, std::move(text));
    return;
  }
  for (size_t i = label_refs_; i < refs_.size(); ++i)
    if (at(refs_[i]).type != "hidden") at(refs_[i]).label = text;
}

void FormReader::end_button() {
  if (button_ == kNone) return;
  std::string text =
      collapse(std::string_view(page_.text).substr(std::min(button_text_, page_.text.size())), kLabelBytes);
  if (!text.empty()) at(refs_[button_]).label = std::move(text);
  used_text_ = page_.text.size();
  button_ = kNone;
}

void FormReader::finish() {
  end_button();
  end_label();
  for (const Ref& ref : refs_) {
    if (ref.id.empty()) continue;
    const auto it = labels_.find(ref.id);
    if (it != labels_.end()) at(ref).label = it->second;
  }
}

}  // namespace sekisho::html
