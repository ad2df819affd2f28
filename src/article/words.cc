// Takes content/desk/reading.toml, gives the words that reading goes by. Entries: Words::read, Words::bundled. Refuses
// unknown keys and what is of the wrong kind, each with its place; all else of the file counts.
#include "article/words.h"

#include <algorithm>

#include "base/bundle.h"
#include "diag/toml.h"

namespace sekisho::article {
namespace {

constexpr std::string_view kFile = "desk/reading.toml";

void by_length(WordList& list) {
  std::stable_sort(list.begin(), list.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

WordList plain(diag::TomlReader& table, std::string_view key) {
  WordList out;
  for (const std::string& word : table.texts(key))
    if (!word.empty()) out.push_back(ascii_lower(word));
  return out;
}

WordList longest(diag::TomlReader& table, std::string_view key) {
  WordList out = plain(table, key);
  by_length(out);
  return out;
}

WordSet set_of(diag::TomlReader& table, std::string_view key) {
  const WordList list = plain(table, key);
  return {list.begin(), list.end()};
}

// Gives `with` the table of that name, if there is one, and reports what it did not ask for.
template <class With>
void section(diag::TomlReader& root, const std::string& source, std::vector<Error>& errors, std::string_view name,
             With with) {
  const diag::TomlValue* table = root.table(name);
  if (table == nullptr) return;
  diag::TomlReader reader(*table, source, errors);
  with(reader);
  reader.finish();
}

void read_months(diag::TomlReader& table, Words::Impl& out) {
  // Arrays of arrays: the reader has no getter for them.
  table.has("months");
  for (const auto& member : table.value().members) {
    if (member.name != "months") continue;
    int number = 0;
    for (const diag::TomlValue& names : member.value.items) {
      ++number;
      for (const diag::TomlValue& name : names.items)
        if (name.type == diag::TomlValue::Type::string) out.months[ascii_lower(name.text)] = number;
    }
    if (number != 12) table.error("months", "not twelve months");
  }
}

void read_dates(diag::TomlReader& t, const std::string& source, std::vector<Error>& errors, Words::Impl& out) {
  read_months(t, out);
  out.doubtful_months = set_of(t, "doubtful_months");
  int number = 0;
  for (const std::string& name : plain(t, "weekdays")) out.weekdays[name] = number++;
  number = 0;
  for (const std::string& name : plain(t, "numbers")) out.numbers[name] = ++number;
  for (const std::string& name : plain(t, "one")) out.numbers[name] = 1;
  out.next = set_of(t, "next");
  out.last = set_of(t, "last");
  out.before_month = set_of(t, "before_month");
  out.ago = longest(t, "ago");
  out.day_unit = longest(t, "day_unit");
  out.hour_unit = longest(t, "hour_unit");
  out.week_unit = longest(t, "week_unit");
  out.month_unit = longest(t, "month_unit");
  out.range = longest(t, "range");
  out.after_day = longest(t, "after_day");
  out.not_after_day = longest(t, "not_after_day");
  out.not_before_day = longest(t, "not_before_day");
  out.not_before_ago = longest(t, "not_before_ago");
  out.not_after_ago = longest(t, "not_after_ago");
  out.not_after_today = longest(t, "not_after_today");
  out.last_year = longest(t, "last_year");
  out.this_year = longest(t, "this_year");
  out.next_year = longest(t, "next_year");
  out.same_year = longest(t, "same_year");
  out.same_month = longest(t, "same_month");
  for (const diag::TomlValue* table : t.tables("relative")) {
    diag::TomlReader r(*table, source, errors);
    Words::Impl::Relative relative;
    relative.is_month = r.has("months");
    relative.days = static_cast<int>(std::clamp<int64_t>(r.integer("days", 0), -3660, 3660));
    relative.months = static_cast<int>(std::clamp<int64_t>(r.integer("months", 0), -120, 120));
    for (std::string& word : plain(r, "words")) {
      relative.word = word;
      out.relative[static_cast<unsigned char>(word[0])].push_back(relative);
    }
    r.finish();
  }
  for (auto& bucket : out.relative)
    std::stable_sort(bucket.begin(), bucket.end(),
                     [](const auto& a, const auto& b) { return a.word.size() > b.word.size(); });
  for (const diag::TomlValue* table : t.tables("era")) {
    diag::TomlReader r(*table, source, errors);
    Words::Impl::Era era;
    era.name = r.required_text("name");
    const std::string letter = r.text("letter");
    era.letter = letter.empty() ? '\0' : letter[0];
    era.first = static_cast<int>(std::clamp<int64_t>(r.integer("first", 0), 0, 9999));
    r.finish();
    if (!era.name.empty()) out.eras.push_back(std::move(era));
  }
}

}  // namespace

size_t begins_with(std::string_view text, const WordList& list) {
  for (const std::string& word : list) {
    if (!istarts_with(text, word)) continue;
    if (is_alnum(word.back()) && text.size() > word.size() && is_alnum(text[word.size()])) continue;
    return word.size();
  }
  return 0;
}

size_t ends_with(std::string_view text, const WordList& list) {
  for (const std::string& word : list) {
    if (text.size() < word.size() || !iequals(text.substr(text.size() - word.size()), word)) continue;
    if (is_alnum(word.front()) && text.size() > word.size() && is_alnum(text[text.size() - word.size() - 1])) continue;
    return word.size();
  }
  return 0;
}

Words::Words() : impl_(std::make_unique<Impl>()) {}
Words::~Words() = default;
Words::Words(Words&&) noexcept = default;
Words& Words::operator=(Words&&) noexcept = default;

Words Words::read(std::string_view toml, const std::string& source, std::vector<Error>& errors) {
  Words words;
  Impl& out = *words.impl_;
  const Result<diag::TomlValue> tree = diag::parse_toml(toml, source);
  if (!tree) {
    errors.push_back(tree.error());
    return words;
  }
  diag::TomlReader root(*tree, source, errors);
  section(root, source, errors, "page", [&](diag::TomlReader& t) {
    out.furniture = set_of(t, "furniture");
    out.furniture_names = set_of(t, "furniture_names");
    out.unseen_names = set_of(t, "unseen_names");
    out.body_names = set_of(t, "body_names");
    out.meta_names = set_of(t, "meta_names");
    out.published_marks = plain(t, "published");
    out.site_marks = plain(t, "site");
    out.title_marks = plain(t, "title");
    out.url_marks = plain(t, "url");
  });
  section(root, source, errors, "byline", [&](diag::TomlReader& t) {
    out.published = longest(t, "published");
    out.after_date = longest(t, "after_date");
    out.publisher = longest(t, "publisher");
    out.author = longest(t, "author");
    out.staff = longest(t, "staff");
    out.noise = longest(t, "noise");
    out.issue = set_of(t, "issue");
    out.kinds = set_of(t, "kinds");
    out.places = set_of(t, "places");
  });
  section(root, source, errors, "letter", [&](diag::TomlReader& t) {
    out.forwarded = longest(t, "forwarded");
    out.letter_from = longest(t, "from");
    out.letter_date = longest(t, "date");
    out.letter_fields = longest(t, "other_fields");
    out.footer = longest(t, "footer");
  });
  section(root, source, errors, "dates", [&](diag::TomlReader& t) { read_dates(t, source, errors, out); });
  section(root, source, errors, "sentences", [&](diag::TomlReader& t) {
    out.abbreviations = set_of(t, "abbreviations");
    out.before_number = set_of(t, "before_number");
    out.either = set_of(t, "either");
    out.starters = set_of(t, "starters");
    out.joins = longest(t, "joins");
  });
  section(root, source, errors, "language", [&](diag::TomlReader& t) { out.english = set_of(t, "english"); });
  root.finish();
  return words;
}

const Words& Words::bundled() {
  static const Words words = [] {
    std::vector<Error> errors;  // a test reads the file and wants none
    for (const BundledFile& file : bundled_files())
      if (file.path == kFile) return read(file.bytes, std::string(kFile), errors);
    return Words();
  }();
  return words;
}

}  // namespace sekisho::article
