// sekisho advise: takes news, gives advisories and all that follows from them; writes nothing but below --out. Entries:
// advise_command, advise_indicators_command, advise_export_command, advise_lint_command.
#include "cli/advise.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "base/json.h"
#include "base/strings.h"
#include "desk/analysis.h"
#include "desk/export.h"
#include "unwrap/pdf_text.h"

namespace sekisho::cli {

bool load_desk_of(const Common& common, LoadedDesk& out, const Clock& clock) {
  out.scanner = make_scanner(common, clock);
  if (!out.scanner) return false;
  auto files = scan::content_files(out.scanner->settings());
  if (!files) {
    print_errors({files.error()}, {});
    return false;
  }
  desk::LoadedDesk loaded = desk::load_desk(*files);
  print_errors(loaded.errors, loaded.texts);
  if (!loaded.content) return false;
  out.content = std::move(loaded.content);
  out.desk = {out.content.get(), out.scanner.get(), nullptr};
  return true;
}

std::string notice_text(const LoadedDesk& loaded, const desk::Notice& n) {
  for (const notice::Audience audience : {notice::Audience::staff, notice::Audience::administrators,
                                          notice::Audience::customers, notice::Audience::regulator})
    if (notice::to_string(audience) == n.audience)
      return loaded.content->notices.text({audience, n.language, n.subject, n.body});
  return n.subject + "\n\n" + n.body;  // of another program
}

std::vector<std::string> honest_but_malicious(const LoadedDesk& loaded, const desk::Advisory& advisory) {
  std::vector<std::string> out;
  const brand::Brands& brands = loaded.scanner->content().brands;
  const net::PublicSuffixes& suffixes = *loaded.scanner->content().suffixes;
  for (const desk::Indicator& i : advisory.indicators) {
    if (i.role != "malicious" || i.host.empty()) continue;
    const bool ours = std::ranges::any_of(loaded.scanner->settings().domains,
                                          [&](const std::string& d) { return net::within(i.host, d); });
    // The domain itself, or a name right below it: what lies on a platform is somebody's own name there.
    const bool brands_own =
        brands.owner(i.host) && !suffixes.is_private_suffix(i.host) && (i.type == "domain" || i.type == "email") &&
        (i.host == suffixes.registrable(i.host) || i.host == "www." + std::string(suffixes.registrable(i.host)));
    const bool mailbox = i.type == "email" && loaded.scanner->content().lists.free_mail.has(i.host);
    if (ours || (brands_own && !mailbox)) out.push_back(i.value);
  }
  return out;
}

Result<std::string> read_input(const std::string& path, size_t most) {
  if (path != "-") return read_file(path, most);
  std::string bytes;
  char buffer[1 << 16];
  while (std::cin.read(buffer, sizeof buffer) || std::cin.gcount() > 0) {
    bytes.append(buffer, static_cast<size_t>(std::cin.gcount()));
    if (bytes.size() > most) return fail("article.limit.bytes", "standard input holds more than may be read");
  }
  return bytes;
}

Result<desk::Advisory> read_advisory_file(const std::string& path) {
  auto bytes = read_input(path, 64u << 20);
  auto advisory = bytes ? desk::read_advisory(*bytes) : Result<desk::Advisory>(std::unexpected(bytes.error()));
  if (!advisory) complain(path, advisory.error().one_line());
  return advisory;
}

namespace {

article::ReadOptions reading(const LoadedDesk& loaded) {
  article::ReadOptions out;
  out.limits = loaded.scanner->settings().limits;
  out.words = &loaded.content->reading;
  out.pdf_text = [](std::string_view bytes) { return unwrap::pdf_text(bytes); };
  return out;
}

// Articles of all paths; what cannot be read is told and counted.
size_t read_articles(const std::vector<std::string>& paths, const LoadedDesk& loaded,
                     std::vector<article::Article>& out) {
  const article::ReadOptions options = reading(loaded);
  size_t failed = 0;
  for (const std::string& path : paths) {
    auto bytes = read_input(path, options.article_bytes);
    auto articles = bytes ? article::read(*bytes, path, options)
                          : Result<std::vector<article::Article>>(std::unexpected(bytes.error()));
    if (!articles) {
      complain(path, articles.error().one_line());
      ++failed;
      continue;
    }
    std::ranges::move(*articles, std::back_inserter(out));
  }
  return failed;
}

desk::ExportOptions exporting(const LoadedDesk& loaded, const std::string& language, const std::string& tlp) {
  desk::ExportOptions out;
  out.labels = &loaded.content->labels;
  out.language = language;
  if (!tlp.empty()) out.tlp = tlp;
  out.publisher = loaded.scanner->settings().organisation;
  if (!loaded.scanner->settings().domains.empty())
    out.publisher_url = "https://" + loaded.scanner->settings().domains.front();
  out.program_version = program_version();
  return out;
}

bool write_into(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code code;
  std::filesystem::create_directories(path.parent_path(), code);
  if (code) {
    complain(path.parent_path().string(), code.message());
    return false;
  }
  return write_file(path.string(), bytes);
}

// A name of ours is made of letters, digits and "-_."; whatever a file of before may say, nothing leaves the folder.
std::string safe_name(std::string_view id) {
  std::string out;
  for (const char c : utf8_prefix(id, 120)) out += is_alnum(c) || c == '-' || c == '_' ? c : '_';
  return out.empty() ? "advisory" : out;
}

bool write_all(const std::string& folder, const desk::Advisory& a, const LoadedDesk& loaded,
               const AdviseOptions& options) {
  const std::filesystem::path base = std::filesystem::path(folder) / safe_name(a.id);
  const desk::ExportOptions how = exporting(loaded, options.lang, a.tlp);
  bool good = write_into(base / "advisory.json", desk::to_json(a));
  good &= write_into(base / "advisory.md", desk::to_markdown(a, how));
  good &= write_into(base / "advisory.html", desk::to_html(a, how));
  if (a.on_topic) {
    good &= write_into(base / "stix.json", desk::to_stix(a, how));
    good &= write_into(base / "csaf.json", desk::to_csaf(a, how));
    good &= write_into(base / "misp.json", desk::to_misp(a, how));
    good &= write_into(base / "navigator.json", desk::to_navigator(a, how));
  }
  for (const desk::Defence& d : a.defences) {
    // Paths are made by the desk; one that would lead elsewhere is not followed.
    const std::filesystem::path path = std::filesystem::path(d.path).lexically_normal();
    if (path.is_absolute() || path.string().starts_with("..")) continue;
    good &= write_into(base / (d.accepted ? "proposed" : "refused") / path, d.text);
  }
  for (const desk::Notice& n : a.notices)
    good &= write_into(base / "notices" / (n.audience + "." + n.language + ".txt"), notice_text(loaded, n));
  return good;
}

std::vector<std::string> given(const std::vector<std::string>& paths) {
  return paths.empty() ? std::vector<std::string>{"-"} : paths;
}

// The folder of --out belongs to one run at a time.
class OutputLock {
 public:
  explicit OutputLock(const std::string& folder) {
    if (folder.empty()) return;
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    const std::string path = folder + "/.lock";
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    held_ = descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) == 0;
    if (!held_) complain(path, std::generic_category().message(errno));
  }
  OutputLock(const OutputLock&) = delete;
  OutputLock& operator=(const OutputLock&) = delete;
  ~OutputLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  bool held() const { return held_; }

 private:
  int descriptor_ = -1;
  bool held_ = true;
};

// Advisories that stand in the folder already are continued: a second article of the same event adds to the first.
bool add_standing(const std::string& folder, std::vector<desk::Advisory>& before) {
  std::error_code code;
  std::vector<std::string> paths;
  for (std::filesystem::directory_iterator it(folder, code), end; !code && it != end; it.increment(code))
    if (std::filesystem::exists(it->path() / "advisory.json", code))
      paths.push_back((it->path() / "advisory.json").string());
  std::ranges::sort(paths);
  for (const std::string& path : paths) {
    auto advisory = read_advisory_file(path);
    if (!advisory) {
      complain("", "repair it or move it away; nothing was written");
      return false;
    }
    before.push_back(*std::move(advisory));
  }
  return true;
}

std::string summary(const desk::Advisory& a, std::string_view language) {
  const auto& title = a.title.in(language);
  std::string out(1, a.rank.letter);
  out += "  " + printable(title) + "  " + a.id;
  if (a.revision > 1) out += " (r" + std::to_string(a.revision) + ")";
  size_t accepted = 0;
  for (const desk::Defence& d : a.defences) accepted += d.accepted;
  out += "\n   " + printable(a.source_title) + "\n   ";
  out += printable(a.topic_reason.in(language)) + "\n";
  if (!a.defences.empty() || !a.notices.empty())
    out += "   " + std::to_string(accepted) + "/" + std::to_string(a.defences.size()) +
           (language == "ja" ? " 件のルール・リスト、下書き " : " rules and lists, drafts: ") +
           std::to_string(a.notices.size()) + "\n";
  if (a.hunt)
    out += (language == "ja" ? "   探索: メール " : "   hunt: ") + std::to_string(a.hunt->mails) +
           (language == "ja" ? " 通、該当 " : " mails, hits: ") + std::to_string(a.hunt->hits.size() + a.hunt->more) +
           "\n";
  return out;
}

// brief: a line or two for each instead of the whole, the most urgent first.
int advise_all(const AdviseOptions& options, const Clock& clock, bool brief) {
  LoadedDesk loaded;
  if (!load_desk_of(options, loaded, clock)) return 2;
  std::string benign = options.benign.empty() ? loaded.scanner->settings().desk.benign : options.benign;
  if (!benign.empty())
    loaded.honest = desk::read_honest({benign}, *loaded.scanner, 20'000, thread_count(options.threads));
  loaded.desk.honest = &loaded.honest;
  desk::AdviseOptions how;
  how.hunt = options.hunt, how.threads = thread_count(options.threads), how.tlp = options.tlp;
  for (const std::string& path : options.hunt)
    if (std::error_code code; !std::filesystem::exists(path, code)) {
      complain(path, "no such file or folder: there is nothing to hunt in");
      return 2;
    }
  if (!options.as_of.empty()) {
    const auto day = article::parse_iso_date(options.as_of);
    if (!day) {
      complain("--as-of", "\"" + options.as_of + "\" is no day: write 2026-11-25");
      return 2;
    }
    how.as_of = *day;
  }
  std::vector<desk::Advisory> before;
  for (const std::string& path : options.update) {
    auto advisory = read_advisory_file(path);
    if (!advisory) return 2;
    before.push_back(*std::move(advisory));
  }
  // Two runs into one folder would not know of each other's events: the second waits.
  const OutputLock lock(options.out);
  if (!lock.held()) return 2;
  if (!options.out.empty() && !add_standing(options.out, before)) return 2;
  if (options.paths.empty() && before.empty()) {
    complain("advise", "name a text, a page, a mail, a PDF or a feed, or - for standard input");
    return 2;
  }
  std::vector<article::Article> articles;
  const size_t failed = read_articles(options.paths, loaded, articles);
  if (articles.empty() && failed) return 2;
  std::vector<desk::Advisory> advisories = desk::advise(articles, before, loaded.desk, how, clock);
  if (brief)
    std::ranges::stable_sort(advisories, {},
                             [](const desk::Advisory& a) { return std::pair(a.rank.letter, !a.on_topic); });
  bool good = failed == 0;
  const std::string_view language = options.lang == "en"                     ? "en"
                                    : options.lang == "ja"                   ? "ja"
                                    : options.language == scan::Language::ja ? "ja"
                                                                             : "en";
  for (const desk::Advisory& a : advisories) {
    if (!options.out.empty()) good &= write_all(options.out, a, loaded, options);
    if (options.json) put(desk::to_json(a, true));
    else if (options.out.empty() && !brief) put(desk::to_markdown(a, exporting(loaded, options.lang, a.tlp)) + "\n");
    else put(summary(a, language));
    if (!options.json)
      for (const desk::Revision& r : a.history)
        if (r.number == a.revision && !r.summary.empty())
          for (const std::string_view line : split(r.summary.in(language), '\n')) put("   + " + printable(line) + "\n");
  }
  const bool found = std::ranges::any_of(advisories, [](const desk::Advisory& a) { return a.rank.letter <= 'B'; });
  return finish_output(!good ? 2 : found ? 1 : 0);
}

}  // namespace

int advise_feed_command(const AdviseOptions& options, const Clock& clock) { return advise_all(options, clock, true); }
int advise_command(const AdviseOptions& options, const Clock& clock) { return advise_all(options, clock, false); }

int advise_indicators_command(const AdviseOptions& options, const Clock& clock) {
  LoadedDesk loaded;
  if (!load_desk_of(options, loaded, clock)) return 2;
  std::vector<article::Article> articles;
  const size_t failed = read_articles(given(options.paths), loaded, articles);
  const desk::AnalysisContext context{loaded.content.get(), &loaded.scanner->content().brands,
                                      loaded.scanner->content().suffixes.get(), loaded.scanner->settings().domains};
  for (const article::Article& article : articles) {
    const desk::Analysis analysis = desk::analyse(article, context);
    for (const article::Indicator& i : analysis.indicators) {
      std::string line;
      JsonWriter json(line);
      json.begin_object();
      json.member("value", i.value);
      json.member("type", article::to_string(i.type));
      json.member("role", article::to_string(i.role));
      const uint32_t offset = article.source_offset(i.at);
      json.member("offset", uint64_t{offset});
      json.member("line", uint64_t{article.line(offset)});
      json.member("as_written", i.as_written);
      if (!i.host.empty()) json.member("host", i.host);
      json.member("defanged", i.defanged);
      json.member("listed", i.listed);
      if (i.owner >= 0) json.member("owner", (*context.brands)[static_cast<brand::Index>(i.owner)].id);
      json.member("why", i.why);
      if (articles.size() > 1 || options.paths.size() > 1) json.member("file", article.name);
      json.end_object();
      put(line + "\n");
    }
  }
  return finish_output(failed ? 2 : 0);
}

int advise_export_command(const AdviseOptions& options, const Clock& clock) {
  LoadedDesk loaded;
  if (!load_desk_of(options, loaded, clock)) return 2;
  for (const std::string& path : given(options.paths)) {
    auto a = read_advisory_file(path);
    if (!a) return 2;
    // A file may have been changed by hand: what is honest leaves here as honest.
    for (const std::string& value : honest_but_malicious(loaded, *a)) {
      complain(path, article::defang(value) + " belongs to a known brand or to us: it is given out as genuine");
      for (desk::Indicator& i : a->indicators)
        if (i.value == value) i.role = "genuine";
    }
    const desk::ExportOptions how = exporting(loaded, options.lang, options.tlp.empty() ? a->tlp : options.tlp);
    put(options.format == "stix"        ? desk::to_stix(*a, how)
        : options.format == "csaf"      ? desk::to_csaf(*a, how)
        : options.format == "misp"      ? desk::to_misp(*a, how)
        : options.format == "navigator" ? desk::to_navigator(*a, how)
        : options.format == "html"      ? desk::to_html(*a, how)
        : options.format == "json"      ? desk::to_json(*a)
                                        : desk::to_markdown(*a, how));
  }
  return finish_output(0);
}

}  // namespace sekisho::cli
