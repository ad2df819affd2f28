// sekisho memory: takes lists and names, keeps what is remembered of names and shows it. Lines of a list that cannot be
// used are told with file and line, and the rest is taken.
#include <fmt/format.h>

#include "base/json.h"
#include "base/strings.h"
#include "cli/cli.h"
#include "hunt/input.h"
#include "memory/import.h"
#include "memory/memory.h"

namespace sekisho::cli {
namespace {

using namespace memory;

// Where the memory lies, the suffixes and the day that a command works with; nothing after a message.
struct Place {
  scan::Settings settings;
  std::string folder;
  std::optional<net::PublicSuffixes> own_suffixes;
  Day day = 0;

  const net::PublicSuffixes& suffixes() const { return own_suffixes ? *own_suffixes : net::PublicSuffixes::system(); }
};

std::optional<Place> place_of(const MemoryOptions& options, const Clock* clock) {
  Place out;
  if (!read_settings(options, out.settings)) return std::nullopt;
  out.folder = options.memory.empty() ? out.settings.memory_directory : options.memory;
  if (out.folder.empty()) {
    complain("", "no memory is set; name its folder: --memory DIR, or [memory] directory in the settings");
    return std::nullopt;
  }
  if (!out.settings.public_suffix_list.empty()) {
    auto loaded = net::PublicSuffixes::load(out.settings.public_suffix_list);
    if (!loaded) {
      print_errors({loaded.error()}, {});
      return std::nullopt;
    }
    out.own_suffixes = std::move(*loaded);
  }
  if (clock) out.day = day_of(clock->now());
  if (!options.date.empty()) {
    const auto day = parse_day(options.date);
    if (!day) {
      complain("", "--date " + options.date + " is no day; write 2026-11-22");
      return std::nullopt;
    }
    out.day = *day;
  }
  return out;
}

void tell(const std::vector<Error>& notes) { print_errors(notes, {}, "warning"); }

struct Sums {
  ImportReport all;
  bool input_error = false;
};

// Each file in turn; `take` reads one. False: a table failed.
bool each_file(const MemoryOptions& options, const std::function<Result<ImportReport>(Source)>& take, Sums& sums) {
  for (const std::string& path : options.names) {
    auto input = hunt::Input::open(path);
    if (!input) {
      complain(path, input.error().text);
      sums.input_error = true;
      continue;
    }
    const auto shared = std::make_shared<hunt::Input>(*std::move(input));
    const auto report = take([shared](char* into, size_t most) { return shared->read(into, most); });
    if (!report) {
      print_errors({report.error()}, {});
      return false;
    }
    for (const auto& [line, why] : report->first_bad) complain(path + ":" + std::to_string(line), why);
    if (report->bad > report->first_bad.size())
      complain(path,
               "and " + std::to_string(report->bad - report->first_bad.size()) + " more lines that cannot be used");
    sums.all.lines += report->lines;
    sums.all.taken += report->taken;
    sums.all.bad += report->bad;
  }
  return true;
}

void print_sums(const MemoryOptions& options, const Sums& sums, size_t entries, std::optional<size_t> newcomers) {
  const ImportReport& r = sums.all;
  if (options.json) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.member("lines", r.lines), json.member("taken", r.taken), json.member("bad", r.bad);
    json.member("entries", uint64_t{entries});
    if (newcomers) json.member("newcomers", uint64_t{*newcomers});
    json.end_object();
    put(out + "\n");
  } else if (options.language == scan::Language::ja) {
    put(fmt::format("{} 行中 {} 件を取り込み、使えない行 {} 件; 記憶 {} 件{}\n", r.lines, r.taken, r.bad, entries,
                    newcomers ? fmt::format("、新顔 {} 件", *newcomers) : ""));
  } else {
    put(fmt::format("{} of {} lines taken, {} cannot be used; {} entries{}\n", r.taken, r.lines, r.bad, entries,
                    newcomers ? fmt::format(", {} newcomers", *newcomers) : ""));
  }
}

// Opens a table, lets `read` fill it, commits.
template <class T, class Read>
int import_into(const MemoryOptions& options, const Place& place, const Read& read) {
  auto table = T::open(place.folder, Mode::write, random_key());
  if (!table) {
    print_errors({table.error()}, {});
    return 2;
  }
  tell(table->store().notes());
  Sums sums;
  if (!each_file(options, [&](Source source) { return read(std::move(source), *table); }, sums)) return 2;
  if (const auto done = table->store().commit(); !done) {
    print_errors({done.error()}, {});
    return 2;
  }
  print_sums(options, sums, table->store().table().size(), std::nullopt);
  return sums.input_error ? 2 : 0;
}

int import_rank(const MemoryOptions& options, const Place& place) {
  auto ranks = Ranks::open(place.folder, Mode::write, random_key());
  if (!ranks) {
    print_errors({ranks.error()}, {});
    return 2;
  }
  tell(ranks->store().notes());
  auto import = ranks->begin(place.day);
  Sums sums;
  if (!import || !each_file(options, [&](Source source) { return import_ranks(std::move(source), *import); }, sums))
    return 2;
  if (import->size() == 0) {
    complain("", "no ranked host in these files; the list before is kept");
    return 2;
  }
  const size_t newcomers = import->newcomers();
  if (const auto done = ranks->finish(*std::move(import)); !done) {
    print_errors({done.error()}, {});
    return 2;
  }
  print_sums(options, sums, ranks->store().table().size(), newcomers);
  return sums.input_error ? 2 : 0;
}

// One row of what is known: a word for machines, a label for people, a value.
struct Row {
  const char *key, *en, *ja;
  std::string text;
  bool number = false;
};

std::string at_least(uint32_t count, uint32_t most) { return std::to_string(count) + (count >= most ? "+" : ""); }

std::vector<Row> rows_of(const Known& k, std::string_view platform) {
  std::vector<Row> out;
  const auto add = [&](const char* key, const char* en, const char* ja, std::string text, bool number = false) {
    out.push_back({key, en, ja, std::move(text), number});
  };
  add("domain", "registrable domain", "登録可能ドメイン", k.domain);
  if (k.rank) add("rank", "rank", "順位", std::to_string(k.rank->rank), true);
  if (k.newcomer) add("newcomer", "came into the list", "順位表に現れた日", format_day(k.rank->came));
  if (k.seen) {
    add("first_seen", "first seen", "初めて見た日", format_day(k.seen->first));
    add("last_seen", "last seen", "最後に見た日", format_day(k.seen->last));
    add("sightings", "sightings", "見た回数", at_least(k.seen->count, Sighting::kMostCounted));
    if (k.seen->users_at_least > 0)
      add("users", "users, at least", "利用者数(少なくとも)", std::to_string(k.seen->users_at_least), true);
  }
  if (k.seen_days) add("first_seen_days", "days known", "知っている日数", std::to_string(*k.seen_days), true);
  if (k.registered) {
    add("registered", "registered", "登録日", format_day(k.registered->day));
    add("registered_by", "says", "出典", k.registered->by_registry ? "registry" : "list");
  }
  if (k.registered_days)
    add("registered_days", "days since", "登録からの日数", std::to_string(*k.registered_days), true);
  if (!platform.empty()) add("platform", "platform", "プラットフォーム", std::string(platform));
  if (!k.folded.empty()) add("template", "path template", "パスの型", k.folded);
  if (const auto& t = k.folded_known) {
    if (t->first != 0) {
      add("template_reported", "reported since", "最初の報告", format_day(t->first));
      add("template_reports", "reports", "報告数", at_least(t->count, TemplateKnown::kMostCounted));
      add("template_domains", "on domains, about", "報告ドメイン数(およそ)",
          at_least(t->domains, TemplateKnown::kMostDomains));
    }
    add("template_ordinary_domains", "on other domains, about", "通常のドメイン数(およそ)",
        at_least(t->ordinary_domains, TemplateKnown::kMostDomains));
  }
  return out;
}

}  // namespace

int memory_import_command(const MemoryOptions& options, MemoryList list, const Clock& clock) {
  const auto place = place_of(options, &clock);
  if (!place) return 2;
  const net::PublicSuffixes& suffixes = place->suffixes();
  switch (list) {
    case MemoryList::rank:
      return import_rank(options, *place);
    case MemoryList::seen:
      return import_into<Seen>(options, *place, [&](Source source, Seen& into) {
        return import_seen(std::move(source), into, suffixes, place->day);
      });
    case MemoryList::registered:
      return import_into<Registered>(options, *place, [&](Source source, Registered& into) {
        return import_registered(std::move(source), into, suffixes, place->day);
      });
    case MemoryList::templates:
      break;
  }
  return import_into<Templates>(options, *place, [&](Source source, Templates& into) {
    return import_templates(std::move(source), into, suffixes, place->day);
  });
}

int memory_show_command(const MemoryOptions& options, const Clock& clock) {
  const auto place = place_of(options, &clock);
  if (!place) return 2;
  const auto memory = Memory::open(place->folder, Memory::Wanted::read, random_key(), place->suffixes());
  if (!memory) {
    print_errors({memory.error()}, {});
    return 2;
  }
  scan::LoadedContent loaded = scan::load_content(place->settings);
  print_errors(loaded.errors, loaded.files);
  if (!loaded.content) return 2;
  bool input_error = false;
  for (const std::string& name : options.names) {
    const auto url = net::parse_url(name.find("://") == std::string::npos ? "http://" + name : name);
    if (!url || url->host_view().empty()) {
      complain(name, "is no host and no URL");
      input_error = true;
      continue;
    }
    const bool given_path = name.find("://") != std::string::npos || name.find('/') != std::string::npos;
    const Known known = memory->about(*url->host, given_path ? &*url : nullptr, place->day);
    const std::vector<Row> rows = rows_of(known, loaded.content->platform(*url->host));
    std::string out;
    if (options.json) {
      JsonWriter json(out);
      json.begin_object();
      json.member("name", name);
      json.member("host", *url->host);
      for (const Row& row : rows) {
        json.key(row.key);
        if (row.number) json.raw(row.text);
        else json.value(row.text);
      }
      json.end_object();
      out += '\n';
    } else {
      const bool ja = options.language == scan::Language::ja;
      out = printable(name) + "\n";
      for (const Row& row : rows) out += fmt::format("  {}: {}\n", ja ? row.ja : row.en, printable(row.text));
      if (!known.rank && !known.seen && !known.registered && !known.folded_known)
        out += ja ? "  記憶にありません\n" : "  nothing is remembered of it\n";
    }
    put(out);
  }
  return input_error ? 2 : 0;
}

int memory_stats_command(const MemoryOptions& options) {
  const auto place = place_of(options, nullptr);
  if (!place) return 2;
  const auto memory = Memory::open(place->folder, Memory::Wanted::read, random_key(), place->suffixes());
  if (!memory) {
    print_errors({memory.error()}, {});
    return 2;
  }
  const bool ja = options.language == scan::Language::ja;
  const auto print = [&](std::string_view name, std::string_view words, const Store& store, std::string more) {
    tell(store.notes());
    if (options.json) {
      std::string out;
      JsonWriter json(out);
      json.begin_object();
      json.member("table", name);
      json.member("entries", uint64_t{store.table().size()});
      json.member("bytes", uint64_t{store.table().bytes()});
      json.member("journal_bytes", store.journal_bytes());
      if (!more.empty()) json.member("day", more);
      json.end_object();
      put(out + "\n");
      return;
    }
    put(fmt::format("{:<12} {:>10}  {:>7.1f} MB  {}{}\n", name, store.table().size(),
                    static_cast<double>(store.table().bytes()) / 1e6, words, more.empty() ? "" : " (" + more + ")"));
  };
  print("seen", ja ? "見たことのあるドメイン" : "domains that were met", memory->seen().store(), "");
  print("rank", ja ? "順位表のホスト" : "hosts of the rank list", memory->ranks().store(),
        format_day(memory->ranks().imported()));
  print("registered", ja ? "登録日の分かるドメイン" : "domains with their registration day",
        memory->registered().store(), "");
  print("templates", ja ? "パスの型(型ごとに最大 3 件)" : "path templates, up to three entries each",
        memory->templates().store(), "");
  return 0;
}

}  // namespace sekisho::cli
