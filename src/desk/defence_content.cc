// Takes the files of content/desk/defence/, gives templates, pretexts and honest twins. Entries: DefenceContent::read,
// DefenceContent::bundled. Refuses unknown keys, placeholders that nothing fills, and themes or ids that stand twice.
#include <algorithm>

#include "base/bundle.h"
#include "base/strings.h"
#include "desk/defence_parts.h"
#include "diag/toml.h"

namespace sekisho::desk {
namespace {

class Reader {
 public:
  Reader(DefenceContent& out, std::vector<Error>& errors) : out_(out), errors_(errors) {}

  void file(const TextFile& file) {
    const auto table = diag::parse_toml(file.text, file.name);
    if (!table) return errors_.push_back(table.error());
    source_ = file.name;
    diag::TomlReader t(*table, source_, errors_);
    if (const diag::TomlValue* choice = t.table("choice")) read_choice(*choice);
    for (const diag::TomlValue* v : t.tables("rule")) read_rule(*v);
    for (const diag::TomlValue* v : t.tables("pretext")) read_pretext(*v);
    for (const diag::TomlValue* v : t.tables("honest")) read_honest(*v);
    t.finish();
  }

 private:
  size_t size_of(diag::TomlReader& t, std::string_view key, size_t fallback) {
    const int64_t n = t.integer(key, static_cast<int64_t>(fallback));
    if (n >= 0) return static_cast<size_t>(n);
    t.error(key, std::string(key) + " must not be negative");
    return fallback;
  }

  void read_choice(const diag::TomlValue& table) {
    diag::TomlReader t(table, source_, errors_);
    out_.most = std::max<size_t>(1, size_of(t, "most", out_.most));
    out_.least_subject = size_of(t, "least_subject", out_.least_subject);
    out_.least_mask = size_of(t, "least_mask", out_.least_mask);
    out_.sure_mask = size_of(t, "sure_mask", out_.sure_mask);
    for (std::string& host : t.texts("never_hosts")) out_.never_hosts.push_back(ascii_lower(host));
    for (std::string& digest : t.texts("never_digests")) out_.never_digests.push_back(ascii_lower(digest));
    for (std::string& block : t.texts("never_addresses")) {
      if (!net::is_cidr(block)) t.error("never_addresses", "\"" + block + "\" is no block of addresses");
      out_.never_addresses.push_back(std::move(block));
    }
    t.finish();
  }

  void known(diag::TomlReader& t, std::string_view key, const std::vector<std::string>& names,
             const std::vector<std::string_view>& allowed) {
    for (const std::string& name : names)
      if (std::ranges::find(allowed, name) == allowed.end())
        t.error(key, "nothing is called \"" + name + "\" here", near_names(name, allowed));
  }

  void placeholders(diag::TomlReader& t, std::string_view key, std::string_view text) {
    std::vector<std::string> names;
    for (size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 2)) {
      const size_t end = text.find("}}", at);
      if (end == std::string_view::npos) return t.error(key, "{{ without }}");
      names.emplace_back(text.substr(at + 2, end - at - 2));
    }
    known(t, key, names, placeholder_names());
  }

  void read_rule(const diag::TomlValue& table) {
    diag::TomlReader t(table, source_, errors_);
    DefenceContent::Template out;
    out.id = t.required_text("id");
    if (out.id.empty() || identifier(out.id) != out.id) t.error("id", "an id is made of a-z, 0-9 and _");
    for (const auto& other : out_.rules)
      if (other.id == out.id) t.error("id", "two templates are called \"" + out.id + "\"");
    out.kind = t.one_of("kind", {"yaral_mail", "yaral_audit", "sigma"});
    out.needs = t.texts("needs");
    known(t, "needs", out.needs, need_names());
    out.without = t.texts("without");
    known(t, "without", out.without, need_names());
    out.themes = t.texts("themes");
    out.what = {t.required_text("what"), t.required_text("what_ja")};
    out.text = t.required_text("text");
    placeholders(t, "text", out.text);
    out.tests = t.text("tests");
    placeholders(t, "tests", out.tests);
    if (out.kind != "yaral_mail" && out.tests.empty()) t.error("id", "a rule that no mail tests needs tests");
    t.finish();
    out_.rules.push_back(std::move(out));
  }

  void read_pretext(const diag::TomlValue& table) {
    diag::TomlReader t(table, source_, errors_);
    DefenceContent::Pretext out;
    out.theme = t.required_text("theme");
    for (const auto& other : out_.pretexts)
      if (other.theme == out.theme) t.error("theme", "\"" + out.theme + "\" stands twice");
    out.intents = t.texts("intents");
    for (const std::string& intent : out.intents)
      if (identifier(intent) != intent) t.error("intents", "\"" + intent + "\" is no id of an intent");
    for (const diag::TomlValue* v : t.tables("said")) {
      diag::TomlReader s(*v, source_, errors_);
      out.said.push_back({s.one_of("language", {"en", "ja"}), s.required_text("subject"), s.required_text("text")});
      s.finish();
    }
    if (!out.intents.empty() && out.said.empty()) t.error("theme", "no sample says what the intents look for");
    t.finish();
    out_.pretexts.push_back(std::move(out));
  }

  void read_honest(const diag::TomlValue& table) {
    diag::TomlReader t(table, source_, errors_);
    DefenceContent::Honest out;
    out.id = t.required_text("id");
    out.language = t.one_of("language", {"en", "ja"});
    out.sender = t.one_of("sender", {"brand", "press", "colleague", "customer"});
    out.name = t.text("name");
    out.subject = t.required_text("subject");
    out.text = t.required_text("text");
    t.finish();
    out_.honest.push_back(std::move(out));
  }

  DefenceContent& out_;
  std::vector<Error>& errors_;
  std::string source_;
};

}  // namespace

DefenceContent DefenceContent::read(const std::vector<TextFile>& files, std::vector<Error>& errors) {
  DefenceContent out;
  Reader reader(out, errors);
  for (const TextFile& file : files) reader.file(file);
  return out;
}

std::vector<TextFile> DefenceContent::bundled() {
  std::vector<TextFile> out;
  for (const BundledFile& f : bundled_files())
    if (f.path.starts_with("desk/defence/"))
      out.push_back({"content/" + std::string(f.path), std::string(f.bytes), std::string(f.path)});
  return out;
}

}  // namespace sekisho::desk
