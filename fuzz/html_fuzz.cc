// Any bytes as HTML and as script: no crash, and what the page says of its own offsets holds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "html/page.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  const auto page = sekisho::html::read_page(html);
  for (const auto& run : page.runs) {
    const auto& text = run.hidden == sekisho::html::Hidden::no ? page.text : page.hidden_text;
    if (size_t{run.at} + run.length > text.size() || run.offset >= size) std::abort();
  }
  for (const auto& link : page.links)
    if (size_t{link.text_at} + link.text_length > page.text.size() || html[link.offset] != '<') std::abort();
  for (const auto& form : page.forms)
    if (html[form.offset] != '<') std::abort();
  for (const auto& image : page.images)
    if (html[image.offset] != '<') std::abort();
  for (const auto& load : page.loads)
    if (html[load.offset] != '<') std::abort();
  for (const auto& url : page.script.urls)
    if (url.offset >= size) std::abort();
  sekisho::html::ScriptReader script;
  script.read(html, 0);
  for (const auto& url : script.finish().urls)
    if (url.offset > size) std::abort();
  sekisho::Limits small;
  small.html_depth = 4, small.links = 2, small.form_fields = 2, small.text_bytes = 20;
  sekisho::html::read_page(html, small);
  return 0;
}
