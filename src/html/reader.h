// The tree construction of WHATWG HTML 13.2.6 as far as a reader of text can tell the difference, without a tree:
// tokens in, Page filled. Entry is read_page (page.h); this header is for page.cc and reader.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "html/form_reader.h"
#include "html/open_elements.h"
#include "html/page.h"
#include "html/script.h"
#include "html/sheet.h"
#include "html/text_sink.h"
#include "html/tokenizer.h"

namespace sekisho::html {

class Reader final : private OpenElements::Listener {
 public:
  Reader(std::string_view html, const Limits& limits, Page& page);
  void run();

 private:
  // tags.cc's numbers in, what they do out (reader.cc)
  void start(const Token& token);
  bool start_in_select(Tag tag);
  bool start_in_foreign(const Token& token, Tag tag);
  bool start_raw(const Token& token, Tag tag);  // <title>, <script>, <style> … whose contents are no markup
  void close_implied(Tag tag);                  // what this start tag ends
  bool table_part(Tag tag);                     // false: stands outside any table and is dropped
  void void_element(const Token& token, Tag tag);
  void open_element(const Token& token, Tag tag);
  void end(const Token& token);
  void end_by_name(const Token& token);
  void text(std::string_view raw, uint32_t offset, bool literal);
  void closed(const Frame& frame) override;

  // what is collected (page.cc)
  Frame make_frame(const Token& token, Tag tag);
  void old_attributes(Tag tag, Declared& own) const;
  void open_link(Tag tag, std::string_view raw_href, uint32_t offset, bool foreign);
  void close_link();
  void link_outside_text(std::string href, std::string text, uint32_t offset,
                         bool hidden);  // <area>, submit with formaction
  void image(const Token& token, Tag tag, const Frame& frame, const Computed& now);
  void input(const Token& token, const Computed& now);
  void field_of(Tag tag, const Token& token);
  void meta(uint32_t offset);
  void load(Load::What what, Attr from, uint32_t offset);
  void note(const char* limit);
  void break_for(Display display, bool seen);
  std::string value(Attr a) const;  // decoded and trimmed, or ""
  std::string_view raw(Attr a) const { return tokens_.attributes().raw(a); }

  struct Ancestors {
    const OpenElements& open;
    size_t size() const { return open.size(); }
    Subject operator[](size_t i) const { return open.subject(i); }
  };
  struct OpenLink {
    size_t index;  // in Page::links, or kNotKept
    size_t level;  // OpenElements::level() where it began
    Tag tag;
    bool foreign;
    bool seen = false;  // an image, a field … inside it can be seen
    size_t first, end;  // visible text inside it
    std::string alt;
  };
  static constexpr size_t kNotKept = ~size_t{0};

  const Limits& limits_;
  Page& page_;
  Tokenizer tokens_;
  OpenElements open_;
  TextSink sink_;
  FormReader forms_;
  Sheet sheet_;
  ScriptReader script_;
  std::vector<OpenLink> links_;  // innermost last
  size_t flat_ = 0;              // elements open beyond the depth limit, not on the stack
  bool titled_ = false;
};

}  // namespace sekisho::html
