// sekisho notice draft, notice lint, advise lint: takes an advisory (JSON) or the text of notices, gives drafts or what
// is wrong. Entries: notice_draft_command, notice_lint_command, advise_lint_command.
#include "notice/notice.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/json.h"
#include "base/strings.h"
#include "cli/advise.h"
#include "diag/render.h"

namespace sekisho::cli {
namespace {

void print_problems(const std::vector<notice::Problem>& problems, const std::string& name, const std::string& text,
                    const Common& common) {
  for (const notice::Problem& p : problems) {
    const bool ja = common.language == scan::Language::ja;
    if (common.json) {
      std::string line;
      JsonWriter json(line);
      const diag::Position at = diag::position(text, p.span.offset);
      json.begin_object();
      json.member("file", name);
      json.member("rule", p.rule);
      json.member("text", ja ? p.text_ja : p.text);
      json.member("language", p.language);
      json.member("line", uint64_t{at.line});
      json.member("column", uint64_t{at.column});
      json.end_object();
      put(line + "\n");
    } else {
      Error shown{"notice." + p.rule, printable(ja ? p.text_ja : p.text), name, p.span, {}, {}};
      put(diag::render(shown, text, terminal(1), "problem"));
    }
  }
}

}  // namespace

int notice_lint_command(const AdviseOptions& options, const Clock& clock) {
  LoadedDesk loaded;
  if (!load_desk_of(options, loaded, clock)) return 2;
  notice::LintOptions how;
  how.draft_mark = !options.foreign;
  if (!options.as_of.empty()) {
    const auto day = article::parse_iso_date(options.as_of);
    if (!day) {
      complain("--as-of", "\"" + options.as_of + "\" is no day: write 2026-11-25");
      return 2;
    }
    how.today = {day->year, day->month, day->day};
  } else if (!options.foreign) {
    const CivilTime now = civil_utc(clock.now().seconds);
    how.today = {now.year, now.month, now.day};
  }
  // Several files are the halves of one notice: they are read as one text.
  std::string text, name;
  for (const std::string& path : options.paths.empty() ? std::vector<std::string>{"-"} : options.paths) {
    auto bytes = read_input(path, 4u << 20);
    if (!bytes) {
      complain(path, bytes.error().one_line());
      return 2;
    }
    if (!text.empty()) text += "\n\n", name += " + ";
    text += *bytes, name += path;
  }
  const std::vector<notice::Problem> problems = notice::lint(text, loaded.content->notices, how);
  print_problems(problems, name, text, options);
  if (!options.json) put(fmt::format("{}: {} problem(s)\n", printable(name), problems.size()));
  return finish_output(problems.empty() ? 0 : 1);
}

int notice_draft_command(const AdviseOptions& options, const Clock& clock) {
  LoadedDesk loaded;
  if (!load_desk_of(options, loaded, clock)) return 2;
  bool clean = true;
  for (const std::string& path : options.paths.empty() ? std::vector<std::string>{"-"} : options.paths) {
    auto advisory = read_advisory_file(path);
    if (!advisory) return 2;
    desk::add_notices(loaded.desk, clock, *advisory);
    if (advisory->notices.empty())
      complain(path, "no notice is drafted for an advisory that is off topic or a false alarm");
    for (const desk::Notice& n : advisory->notices) {
      if (options.lang != "both" && n.language != options.lang) continue;
      if (options.out.empty()) {
        put("--- " + n.audience + " (" + n.language + ")\n" + notice_text(loaded, n) + "\n");
      } else {
        std::error_code code;
        std::filesystem::create_directories(options.out, code);
        if (!write_file(options.out + "/" + n.audience + "." + n.language + ".txt", notice_text(loaded, n))) return 2;
      }
      for (const std::string& p : n.problems) complain(n.audience + "." + n.language, p), clean = false;
    }
  }
  return finish_output(clean ? 0 : 1);
}

// Whether an advisory agrees with itself: judged and drafted anew from what it records it must come out the same; its
// notices, as they stand in the file, must be clean; nothing that is known to be honest may be called malicious.
int advise_lint_command(const AdviseOptions& options, const Clock& clock) {
  LoadedDesk loaded;
  if (!load_desk_of(options, loaded, clock)) return 2;
  size_t wrong = 0;
  const auto say = [&](const std::string& path, const std::string& text) {
    ++wrong;
    put(printable(path) + ": " + printable(text) + "\n");
  };
  for (const std::string& path : options.paths.empty() ? std::vector<std::string>{"-"} : options.paths) {
    const auto advisory = read_advisory_file(path);
    if (!advisory) return 2;
    const desk::RankInputs& a = advisory->rank.inputs;
    if (advisory->rank.letter != loaded.content->ranks.letter(a))
      say(path,
          fmt::format("rank {} does not follow from its inputs ({} {} {} {}): the table says {}", advisory->rank.letter,
                      a.activity, a.use, a.reach, a.control, loaded.content->ranks.letter(a)));
    if (advisory->rank.horizon != desk::horizon_of(advisory->rank.letter))
      say(path, "horizon " + advisory->rank.horizon + " is not that of rank " + std::string(1, advisory->rank.letter));

    desk::Advisory again = *advisory;
    desk::judge(loaded.desk.judging(), again);
    desk::add_notices(loaded.desk, clock, again);
    const desk::RankInputs& b = again.rank.inputs;
    if (std::tie(a.activity, a.use, a.reach, a.control) != std::tie(b.activity, b.use, b.reach, b.control))
      say(path, "judged anew its inputs are " + b.activity + " " + b.use + " " + b.reach + " " + b.control +
                    ": the file, the profile or the content has changed since");
    for (size_t i = 0; i < std::max(advisory->scores.size(), again.scores.size()); ++i)
      if (i >= advisory->scores.size() || i >= again.scores.size() ||
          advisory->scores[i].value != again.scores[i].value)
        say(path, "judged anew the scores differ");
    if (advisory->actions.size() != again.actions.size()) say(path, "judged anew the actions differ");
    if (advisory->on_topic != again.on_topic || advisory->themes != again.themes)
      say(path, "judged anew the themes differ");

    std::string text, audience;
    const auto lint = [&] {
      notice::LintOptions how;
      how.today = {advisory->as_of.year, advisory->as_of.month, advisory->as_of.day};
      for (const notice::Problem& p : notice::lint(text, loaded.content->notices, how))
        say(path, audience + ": " + p.text);
      text.clear();
    };
    for (const desk::Notice& n : advisory->notices) {
      if (n.audience != audience && !text.empty()) lint();
      audience = n.audience;
      text += (text.empty() ? "" : "\n\n") + notice_text(loaded, n);
    }
    if (!text.empty()) lint();
    if (advisory->notices.size() != again.notices.size()) say(path, "its notices are not those that belong to it");

    for (const std::string& value : honest_but_malicious(loaded, *advisory))
      say(path, article::defang(value) + " is called malicious and belongs to a known brand or to us");
    for (const desk::Statement& s : advisory->statements)
      if (s.place.source >= advisory->sources.size()) say(path, "a statement has no source: " + s.text.substr(0, 80));
  }
  if (wrong == 0) put("no problem\n");
  return finish_output(wrong ? 1 : 0);
}

}  // namespace sekisho::cli
