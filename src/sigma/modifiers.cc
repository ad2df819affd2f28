// Takes a key of a selection, gives its field and modifiers. Entry: parse_key(). Refuses unknown modifiers, with near
// names, and combinations that contradict each other.
#include "sigma/modifiers.h"

#include <algorithm>
#include <span>

#include "base/strings.h"

namespace sekisho::sigma {
namespace {

enum class Group : uint8_t { compare, part, encoding, flag, regex_flag };

struct Modifier {
  std::string_view name;
  Group group;
  uint8_t value = 0;  // of the group's enum
  bool Key::* flag = nullptr;
};

constexpr Modifier compare(std::string_view name, Compare c) { return {name, Group::compare, static_cast<uint8_t>(c)}; }
constexpr Modifier part(std::string_view name, TimePart p) { return {name, Group::part, static_cast<uint8_t>(p)}; }
constexpr Modifier code(std::string_view name, Encoding e) { return {name, Group::encoding, static_cast<uint8_t>(e)}; }
constexpr Modifier flag(std::string_view name, bool Key::* member, Group group = Group::flag) {
  return {name, group, 0, member};
}

constexpr Modifier kModifiers[] = {
    compare("contains", Compare::contains),
    compare("startswith", Compare::starts_with),
    compare("endswith", Compare::ends_with),
    compare("re", Compare::regex),
    compare("cidr", Compare::cidr),
    compare("lt", Compare::less),
    compare("lte", Compare::less_equal),
    compare("gt", Compare::greater),
    compare("gte", Compare::greater_equal),
    compare("exists", Compare::exists),
    part("minute", TimePart::minute),
    part("hour", TimePart::hour),
    part("day", TimePart::day),
    part("week", TimePart::week),
    part("month", TimePart::month),
    part("year", TimePart::year),
    code("base64", Encoding::base64),
    code("base64offset", Encoding::base64offset),
    code("utf16le", Encoding::utf16le),
    code("utf16be", Encoding::utf16be),
    code("utf16", Encoding::utf16),
    code("wide", Encoding::utf16le),
    flag("all", &Key::all),
    flag("cased", &Key::cased),
    flag("neq", &Key::negated),
    flag("windash", &Key::windash),
    flag("expand", &Key::expand),
    flag("fieldref", &Key::field_ref),
    flag("i", &Key::ignore_case, Group::regex_flag),
    flag("m", &Key::multi_line, Group::regex_flag),
    flag("s", &Key::dot_all, Group::regex_flag),
};

bool is_text(Compare c) {
  return c == Compare::equal || c == Compare::contains || c == Compare::starts_with || c == Compare::ends_with;
}
bool is_order(Compare c) {
  return c == Compare::less || c == Compare::less_equal || c == Compare::greater || c == Compare::greater_equal;
}

}  // namespace

std::optional<Key> parse_key(const Node& key, const std::string& file, std::vector<Error>& errors) {
  const size_t before = errors.size();
  const std::vector<std::string_view> pieces = split(key.text, '|');
  Key out;
  out.field = pieces[0];
  out.span = pieces[0].empty() ? key.span : key.part(0, pieces[0].size());
  if (key.text.empty()) {
    errors.push_back({"sigma.field", "a field needs a name", file, key.span, "use a list for keywords", {}});
    return {};
  }
  std::string_view compares;  // the modifier that chose out.compare
  size_t offset = pieces[0].size();
  for (size_t i = 1; i < pieces.size(); ++i) {
    const std::string_view name = pieces[i];
    const Span at = key.part(offset + 1, name.size());
    offset += 1 + name.size();
    const auto refuse = [&](std::string text, std::string hint = {}) {
      errors.push_back({"sigma.modifier", std::move(text), file, at, std::move(hint), {}});
    };
    const auto known =
        std::find_if(std::begin(kModifiers), std::end(kModifiers), [&](const Modifier& m) { return m.name == name; });
    if (known == std::end(kModifiers)) {
      std::vector<std::string_view> names;
      for (const Modifier& m : kModifiers)
        if (m.group != Group::regex_flag) names.push_back(m.name);
      refuse("no modifier \"" + printable(name) + "\"", near_names(ascii_lower(name), names));
      continue;
    }
    if (std::find(pieces.begin() + 1, pieces.begin() + static_cast<ptrdiff_t>(i), name) !=
        pieces.begin() + static_cast<ptrdiff_t>(i)) {
      refuse("\"" + std::string(name) + "\" stands twice");
      continue;
    }
    switch (known->group) {
      case Group::compare:
        if (!compares.empty()) {
          refuse("\"" + std::string(name) + "\" cannot stand beside \"" + std::string(compares) + "\"");
          break;
        }
        compares = name;
        out.compare = static_cast<Compare>(known->value);
        break;
      case Group::part:
        if (out.part != TimePart::none) refuse("one part of a date at a time");
        out.part = static_cast<TimePart>(known->value);
        break;
      case Group::encoding:
        if (!compares.empty())
          refuse("\"" + std::string(name) + "\" must stand before \"" + std::string(compares) + "\"",
                 "modifiers are applied from left to right");
        out.encodings.push_back(static_cast<Encoding>(known->value));
        break;
      case Group::regex_flag:
        if (out.compare != Compare::regex) refuse("\"" + std::string(name) + "\" belongs behind \"re\"");
        out.*known->flag = true;
        break;
      case Group::flag:
        out.*known->flag = true;
        break;
    }
  }
  if (errors.size() > before) return {};

  const auto refuse = [&](std::string text) {
    errors.push_back({"sigma.modifier", std::move(text), file, key.span, {}, {}});
  };
  const std::string with = compares.empty() ? std::string() : " with \"" + std::string(compares) + "\"";
  if (!is_text(out.compare) && (out.windash || !out.encodings.empty()))
    refuse("windash and encodings are for plain text, not" + with);
  if (out.field_ref && (!is_text(out.compare) || out.windash || out.expand || !out.encodings.empty()))
    refuse("fieldref compares two fields: only contains, startswith, endswith, cased, all and neq fit it");
  if (out.part != TimePart::none && ((out.compare != Compare::equal && !is_order(out.compare)) || out.windash ||
                                     out.expand || out.field_ref || !out.encodings.empty()))
    refuse("a part of a date is a number: only lt, lte, gt, gte, neq and all fit it");
  if (out.negated && (is_order(out.compare) || out.compare == Compare::exists)) refuse("\"neq\" does not fit" + with);
  if (out.expand && (is_order(out.compare) || out.compare == Compare::exists)) refuse("\"expand\" does not fit" + with);
  if (out.field.empty() && (out.compare == Compare::exists || out.field_ref))
    refuse("keywords are texts: this needs a field");
  if (errors.size() > before) return {};
  return out;
}

}  // namespace sekisho::sigma
