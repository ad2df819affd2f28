// What the desk costs: an article of 20 kB to a finished advisory with rules and drafts, and its parts. Prints
// "name  value unit" lines. The bar of desk/advisory is 150 ms.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "desk/advise.h"
#include "desk/export.h"

namespace {

using namespace sekisho;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

template <class F>
double best(int times, F&& f) {
  double least = 1e9;
  for (int i = 0; i < times; ++i) {
    const double from = now();
    f();
    least = std::min(least, now() - from);
  }
  return least;
}

// News of this many bytes in both languages: a campaign with its sentences told again with other hosts and numbers.
std::string news(size_t bytes, bool japanese) {
  std::string out = japanese ? "保管庫を狙う偽の案内が相次ぐ\n例示通信　2026年1月21日\n\n"
                             : "Vault users are sent fake maintenance mails\nSample Wire, 21 January 2026\n\n";
  for (int i = 1; out.size() < bytes; ++i) {
    const std::string n = std::to_string(i);
    out += japanese ? "LastPassを名乗るメールが1月" + std::to_string(i % 20 + 1) +
                          "日から利用者に届いており、マスターパスワードの入力を求める。差出人はsupport" + n +
                          "@vault-" + n + "[.]exampleで、誘導先はhxxps://vault-" + n +
                          "[.]example/"
                          "backupに置かれていた。祝日を狙ったためとみられる。不審なメールは開かずに報告してほしい。\n\n"
                    : "Mails in the name of LastPass ask customers to back up the vault within 24 hours. The page at "
                      "hxxps://vault-" +
                          n + "[.]example/backup asks for the master password and a one-time code, and " + n +
                          " people typed them. The senders, support" + n + "@vault-" + n +
                          "[.]example, may have chosen the holiday. Staff should delete the message and report it.\n\n";
  }
  return out;
}

}  // namespace

int main() {
  const FixedClock clock({seconds_from_civil(2026, 1, 25, 0, 0, 0), 0});
  scan::Settings settings = scan::default_settings();
  settings.unwrap = false;
  auto packs = scan::load_content(settings);
  if (!packs.content) return 2;
  const scan::Scanner scanner(settings, std::move(packs.content), clock);
  auto files = scan::content_files(settings);
  desk::LoadedDesk loaded;
  const double loading = best(3, [&] { loaded = desk::load_desk(*files); });
  if (!loaded.content) return 2;
  std::printf("%-32s %.0f ms\n", "desk/load", loading * 1e3);
  const desk::Desk desk{loaded.content.get(), &scanner, nullptr};
  for (const bool japanese : {false, true}) {
    const std::string name = japanese ? "ja" : "en";
    const std::string text = news(20'000, japanese);
    std::vector<article::Article> articles;
    const double reading = best(10, [&] { articles = *article::read(text, "news.txt"); });
    desk::Advisory recorded;
    const double recording = best(10, [&] { recorded = desk::record(articles.front(), desk); });
    std::vector<desk::Advisory> made;
    desk::AdviseOptions plain;
    plain.defend = false;
    const double judging = best(10, [&] { made = desk::advise(articles, {}, desk, plain, clock); });
    const double all = best(10, [&] {
      made = desk::advise(*article::read(text, "news.txt"), {}, desk, {}, clock);
      for (const desk::Advisory& a : made) {
        desk::ExportOptions how;
        how.labels = &loaded.content->labels;
        if (desk::to_html(a, how).empty() || desk::to_json(a).empty()) std::abort();
      }
    });
    std::printf("%-32s %.2f ms\n", ("desk/read/" + name).c_str(), reading * 1e3);
    std::printf("%-32s %.2f ms\n", ("desk/record/" + name).c_str(), recording * 1e3);
    std::printf("%-32s %.2f ms\n", ("desk/without_rules/" + name).c_str(), judging * 1e3);
    std::printf("%-32s %.1f ms\n", ("desk/advisory/" + name).c_str(), all * 1e3);
  }
}
