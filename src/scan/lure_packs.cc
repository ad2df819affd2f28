// Takes the texts of content/lures, gives intents with their phrases, and what the phrases have in common. Entries:
// LurePacks::add, intents, check_aims. Refuses phrases that cannot be expanded, two forms of one name, spellings that
// are spelt otherwise themselves, and packs with more than kMostPhrases phrases.
#include "scan/lure_packs.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "text/reading.h"

namespace sekisho::scan {
namespace {

constexpr std::array<std::string_view, 10> kLanguages = {"en", "ja", "de", "fr", "es", "pt", "nl", "it", "zh", "ko"};

bool is_id(std::string_view s) {
  return !s.empty() && std::ranges::all_of(s, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; });
}

// The bytes of a string's content in the file; the whole value where it holds escapes.
Span inside(const diag::TomlValue& value, Span part, std::string_view file) {
  if (value.span.offset + 1 < file.size() && file.substr(value.span.offset + 1, value.text.size()) == value.text)
    return {value.span.offset + 1 + part.offset, part.length};
  return value.span;
}

// German without umlauts, as some keyboards write it; "" if there are none.
std::string without_umlauts(std::string_view s) {
  std::string out(s);
  bool any = false;
  for (const auto& [umlaut, letters] : {std::pair{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}})
    for (size_t at; (at = out.find(umlaut)) != std::string::npos; any = true) out.replace(at, 2, letters);
  return any ? out : std::string();
}

}  // namespace

void LurePacks::add(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  auto root = diag::parse_toml(toml, source);
  if (!root) {
    errors.push_back(root.error());
    return;
  }
  packs_.push_back({std::move(*root), source, std::string(toml)});
  const Pack& pack = packs_.back();
  diag::TomlReader top(pack.root, source, errors);
  top.has("intent");  // read by intents()
  top.texts("joints");
  if (const diag::TomlValue* table = top.table("forms")) {
    diag::TomlReader r(*table, source, errors);
    for (const auto& member : table->members) {
      std::vector<std::string> texts = r.texts(member.name);
      if (!is_id(member.name)) r.error(member.name, "the name of a form is made of a–z, 0–9 and _");
      else if (texts.empty()) r.error(member.name, "a form needs texts");
      else if (!forms_.add(member.name, std::move(texts)))
        r.error(member.name, "there is a form \"" + member.name + "\" already");
    }
    r.finish();
  }
  if (const diag::TomlValue* table = top.table("spellings")) {
    diag::TomlReader r(*table, source, errors);
    for (const auto& member : table->members)
      for (std::string& variant : r.texts(member.name))
        language_.spellings.push_back({std::move(variant), member.name});
    r.finish();
    text::Reader reader;
    for (const auto& [variant, as] : language_.spellings) reader.spelling(variant, as);
    reader.build();
    text::Reader letters;
    letters.build();
    for (const auto& member : table->members)
      if (reader.plain(member.name) != letters.plain(member.name))
        r.error(member.name, "\"" + member.name + "\" is read as \"" + reader.plain(member.name) + "\" itself",
                "write the last of the chain before the =");
  }
  top.finish();
}

// The texts of a list, expanded; errors with their places.
std::vector<std::string> LurePacks::expanded(const Pack& pack, const diag::TomlValue& table, std::string_view key,
                                             std::vector<Error>& errors) {
  std::vector<std::string> out;
  const auto member = std::ranges::find(table.members, key, &diag::TomlValue::Member::name);
  if (member == table.members.end()) return out;
  for (const diag::TomlValue& item : member->value.items) {
    if (item.type != diag::TomlValue::Type::string) continue;
    auto phrases = forms_.expand(item.text);
    if (phrases) {
      total_ += phrases->size();
      if (total_ <= kMostPhrases) std::ranges::move(*phrases, std::back_inserter(out));
    } else {
      Error e = std::move(phrases.error());
      e.source = pack.source;
      e.span = inside(item, e.span.value_or(Span{}), pack.text);
      errors.push_back(std::move(e));
    }
  }
  return out;
}

std::vector<lure::Intent> LurePacks::intents(std::vector<Error>& errors) {
  std::vector<lure::Intent> out;
  for (const Pack& pack : packs_) {
    for (std::string& joint : expanded(pack, pack.root, "joints", errors)) language_.joints.push_back(std::move(joint));
    diag::TomlReader top(pack.root, pack.source, errors);
    for (const diag::TomlValue* table : top.tables("intent")) {
      diag::TomlReader t(*table, pack.source, errors);
      lure::Intent intent;
      intent.id = t.required_text("id");
      if (!intent.id.empty() && !is_id(intent.id)) t.error("id", "an id is made of a–z, 0–9 and _");
      intent.family = t.required_text("family");
      intent.text = t.required_text("text");
      intent.text_ja = t.required_text("text_ja");
      intent.negates = t.boolean("negates", false);
      intent.aims = t.texts("aims");
      intent.strong = t.one_of("strength", {"weak", "strong"}) == "strong";
      for (const std::string_view language : kLanguages) {
        t.texts(language);  // says what is no string
        for (std::string& phrase : expanded(pack, *table, language, errors)) {
          if (language == "de")
            if (std::string plain = without_umlauts(phrase); !plain.empty()) intent.phrases.push_back(std::move(plain));
          intent.phrases.push_back(std::move(phrase));
        }
      }
      if (std::ranges::none_of(kLanguages, [&](std::string_view language) { return t.has(language); }))
        t.error("en", "an intent needs phrases");
      t.finish();
      out.push_back(std::move(intent));
    }
  }
  if (total_ > kMostPhrases)
    errors.push_back({"content.lure",
                      "the lure packs hold " + std::to_string(total_) + " phrases, at most " +
                          std::to_string(kMostPhrases) + " are read",
                      packs_.back().source,
                      {},
                      "use ~ for particles and articles in place of choices",
                      {}});
  return out;
}

void LurePacks::check_aims(const std::function<bool(std::string_view aim)>& read, std::vector<Error>& warnings) const {
  const auto member = [](const diag::TomlValue& table, std::string_view key) {
    const auto at = std::ranges::find(table.members, key, &diag::TomlValue::Member::name);
    return at == table.members.end() ? nullptr : &at->value;
  };
  std::vector<std::string_view> known;
  for (const bool told : {false, true})
    for (const Pack& pack : packs_)
      if (const diag::TomlValue* intents = member(pack.root, "intent"))
        for (const diag::TomlValue& intent : intents->items)
          if (const diag::TomlValue* aims = member(intent, "aims"))
            for (const diag::TomlValue& aim : aims->items) {
              if (!told && read(aim.text)) known.push_back(aim.text);
              if (told && !read(aim.text))
                warnings.push_back({"content.aim",
                                    "no rule reads the aim \"" + aim.text + "\"",
                                    pack.source,
                                    aim.span,
                                    near_names(aim.text, known),
                                    {}});
            }
}

}  // namespace sekisho::scan
