// A notice template as read: a flat program of texts, values and sections. The form is logic-less: {{name}} a value,
// {{#name N}} … {{/name}} once for each item of a list (at most N) or once where a value is there, {{^name}} …
// {{/name}} where it is empty. A line that holds nothing but section marks leaves no line. Internal to notice/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "notice/notice.h"
#include "notice/words.h"

namespace sekisho::notice {

enum class Target : uint8_t { plain, html, markdown };

struct Op {
  enum class Kind : uint8_t { text, value, section, inverted } kind = Kind::text;
  std::string text;    // of text; else the name
  size_t most = 1000;  // items of a section
  size_t end = 0;      // of a section: index after its last op
};
using Program = std::vector<Op>;

// Errors are added, with spans in `whole` where `text` begins at `base`.
Program parse_template(std::string_view text, const std::string& source, uint32_t base, std::vector<Error>& errors);

// What a value looks like within the target: one line, no control or bidi characters, nothing that could begin a part
// of a notice, no live link, no markup. At most kValueBytes.
inline constexpr size_t kValueBytes = 1200;
// own: written by us (settings, sentence bank); its mail addresses stay, since a contact must be usable.
std::string escape(std::string_view value, Target target, bool own);

struct Templates::Impl {
  struct Template {
    Audience audience = Audience::staff;
    int language = 0;  // 0 en, 1 ja
    Target target = Target::plain;
    Program subject, body;
  };
  std::vector<Template> templates;
  Words words;
  const Template* find(Audience audience, int language) const;
};

std::string format_day(const Day& day, int language, const Words& words);  // with its weekday; "" if not known
int64_t days_of(const Day& day);                                           // since 1970-01-01
int weekday_of(const Day& day);                                            // 0 = Sunday
bool real_day(const Day& day);
// Letters of a Japanese text (white space not counted), words of an English one.
size_t length_of(std::string_view text, int language);

}  // namespace sekisho::notice
