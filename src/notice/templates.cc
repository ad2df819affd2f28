// Takes the files of content/notices/, gives templates and words. Entry: Templates::read. Refuses unknown names and
// keys, sections that are not closed or nested more than four deep, a template with one language.
#include "notice/templates.h"

#include <algorithm>
#include <optional>

#include "base/strings.h"
#include "diag/toml.h"

namespace sekisho::notice {
namespace {

constexpr size_t kDepth = 4;
constexpr std::string_view kNames[] = {
    // values
    "mark", "tag", "subject", "organisation", "contact", "today", "deadline", "rank", "horizon", "priority", "advisory",
    // lists
    "overview", "scope", "staff_steps", "admin_steps", "customer_steps", "lure_subjects", "indicators", "references",
    // of an item
    "n", "text", "title", "publisher", "url", "date", "first"};
constexpr std::string_view kAudiences[] = {"staff", "administrators", "customers", "regulator"};

bool known(std::string_view name) { return std::ranges::find(kNames, name) != std::end(kNames); }

// "{{#a}}\n" alone on its line: the line goes. Gives where the text before ends and the text after begins.
void take_line(std::string_view text, size_t& before, size_t& after) {
  size_t b = before, a = after;
  while (b > 0 && (text[b - 1] == ' ' || text[b - 1] == '\t')) --b;
  while (a < text.size() && (text[a] == ' ' || text[a] == '\t')) ++a;
  if ((b == 0 || text[b - 1] == '\n') && (a == text.size() || text[a] == '\n')) {
    before = b;
    after = std::min(text.size(), a + 1);
  }
}

}  // namespace

std::string_view to_string(Audience a) { return kAudiences[static_cast<size_t>(a)]; }

Program parse_template(std::string_view text, const std::string& source, uint32_t base, std::vector<Error>& errors) {
  Program out;
  std::vector<size_t> open;
  const auto error = [&](size_t at, size_t length, std::string what, std::string hint = {}) {
    errors.push_back({"notice.template",
                      std::move(what),
                      source,
                      Span{base + static_cast<uint32_t>(at), static_cast<uint32_t>(length)},
                      std::move(hint),
                      {}});
  };
  const auto add_text = [&](std::string_view t) {
    if (!t.empty()) out.push_back({Op::Kind::text, std::string(t), 0, 0});
  };
  size_t i = 0;
  while (i < text.size()) {
    const size_t start = text.find("{{", i);
    if (start == std::string_view::npos) break;
    const size_t stop = text.find("}}", start);
    if (stop == std::string_view::npos) {
      error(start, 2, "{{ that is never closed");
      break;
    }
    std::string_view inner = trim(text.substr(start + 2, stop - start - 2));
    const char sign = inner.empty() ? '\0' : inner[0];
    const bool section = sign == '#' || sign == '^' || sign == '/';
    if (section) inner = trim(inner.substr(1));
    size_t most = 1000;
    if (const size_t space = inner.find(' '); sign == '#' && space != std::string_view::npos) {
      most = 0;
      for (const char c : trim(inner.substr(space)))
        most = is_digit(c) ? std::min<size_t>(most * 10 + static_cast<size_t>(c - '0'), 1000) : 1000;
      inner = inner.substr(0, space);
    }
    size_t before = start, after = stop + 2;
    if (section) take_line(text, before, after);
    if (before > i) add_text(text.substr(i, before - i));
    i = after;
    if (!known(inner))
      error(start, stop + 2 - start, "no such name in a notice: " + std::string(inner),
            near_names(inner, std::vector<std::string_view>(std::begin(kNames), std::end(kNames))));
    if (sign == '/') {
      if (open.empty() || out[open.back()].text != inner) {
        error(start, stop + 2 - start, "closes a section that is not open: " + std::string(inner));
        continue;
      }
      out[open.back()].end = out.size();
      open.pop_back();
    } else if (section) {
      if (open.size() >= kDepth) error(start, stop + 2 - start, "sections are nested more than four deep");
      open.push_back(out.size());
      out.push_back({sign == '#' ? Op::Kind::section : Op::Kind::inverted, std::string(inner), most, 0});
    } else {
      out.push_back({Op::Kind::value, std::string(inner), 0, 0});
    }
  }
  add_text(text.substr(std::min(i, text.size())));
  for (const size_t o : open) {
    error(0, 0, "a section is never closed: " + out[o].text);
    out[o].end = out.size();
  }
  return open.size() > kDepth ? Program{} : out;
}

Templates::Templates() : impl_(std::make_unique<Impl>()) {}
Templates::~Templates() = default;
Templates::Templates(Templates&&) noexcept = default;
Templates& Templates::operator=(Templates&&) noexcept = default;

const Templates::Impl::Template* Templates::Impl::find(Audience audience, int language) const {
  for (const Template& t : templates)
    if (t.audience == audience && t.language == language) return &t;
  return nullptr;
}

Templates Templates::read(const std::vector<File>& files, std::vector<Error>& errors) {
  Templates out;
  for (const File& file : files) {
    const std::string source(file.path);
    if (!file.path.ends_with(".toml")) continue;
    if (file.path == "words.toml" || file.path.ends_with("/words.toml")) {
      out.impl_->words.read(file.text, source, errors);
      continue;
    }
    const auto parsed = diag::parse_toml(file.text, source);
    if (!parsed) {
      errors.push_back(parsed.error());
      continue;
    }
    diag::TomlReader root(*parsed, source, errors);
    const std::string audience = root.one_of("audience", {"staff", "administrators", "customers", "regulator"});
    const std::string target = root.one_of("target", {"plain", "html", "markdown"});
    for (int language = 0; language < 2; ++language) {
      const std::string_view key = language ? "ja" : "en";
      const diag::TomlValue* t = root.table(key);
      if (!t) {
        root.error(key, "the template lacks a language: " + std::string(key));
        continue;
      }
      diag::TomlReader r(*t, source, errors);
      Impl::Template made;
      made.audience = static_cast<Audience>(std::ranges::find(kAudiences, audience) - std::begin(kAudiences));
      made.language = language;
      made.target = target == "html" ? Target::html : target == "markdown" ? Target::markdown : Target::plain;
      // Spans point into the value; within """ … """ its first line break is not part of it.
      const auto base = [&](std::string_view name) {
        for (const auto& m : t->members)
          if (m.name == name) {
            const size_t at = file.text.find(m.value.text.substr(0, 40), m.value.span.offset);
            return static_cast<uint32_t>(at == std::string_view::npos ? m.value.span.offset : at);
          }
        return uint32_t{0};
      };
      made.subject = parse_template(r.required_text("subject"), source, base("subject"), errors);
      made.body = parse_template(r.required_text("body"), source, base("body"), errors);
      r.finish();
      out.impl_->templates.push_back(std::move(made));
    }
    root.finish();
  }
  if (!out.impl_->words.loaded())
    errors.push_back({"notice.words", "content/notices/words.toml is missing", "words.toml", {}, {}, {}});
  return out;
}

}  // namespace sekisho::notice
