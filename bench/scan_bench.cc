// CPU per mail of the whole pipeline against a loop that only parses with GMime, over the same bytes in the same run,
// one thread. Prints: scan/gmime_only, scan/whole, scan/ratio, scan/plus_1000_rules, scan/peak_memory. Data:
// SEKISHO_DATA/mail-dev, else the bundled samples' folder.
#include <fmt/format.h>
#include <gmime/gmime.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "scan/inputs.h"
#include "scan/scanner.h"

namespace {

using namespace sekisho;

double cpu_seconds() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

void parse_only(const std::string& bytes) {
  GMimeStream* stream = g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size());
  GMimeParser* parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr);
  if (message) g_object_unref(message);
  g_object_unref(parser);
  g_object_unref(stream);
}

std::unique_ptr<scan::Scanner> scanner_with(size_t more_rules, const Clock& clock) {
  scan::Settings settings = scan::default_settings();
  const std::string folder = "/tmp/sekisho_bench_rules_" + std::to_string(getpid());
  if (more_rules) {
    // Rules as people write them: a phrase in subject or text, a host, a header fact; all different, none of them true.
    std::string text;
    for (size_t i = 0; i < more_rules; ++i) {
      const std::string n = std::to_string(i);
      std::string body;
      switch (i % 5) {
        case 0:
          body = "$e.network.email.subject = /zebra" + n + " (invoice|receipt)/ nocase";
          break;
        case 1:
          body = "strings.contains($e.additional.fields[\"mail.text\"], \"quagga parade " + n + "\")";
          break;
        case 2:
          body = "$e.about.labels[\"kind\"] = \"link\"\n    $e.about.hostname = \"host" + n + ".invalid\"";
          break;
        case 3:
          body = "$e.additional.fields[\"mail.text\"] = /okapi[0-9]+ number " + n + "/";
          break;
        default:
          body = "$e.network.email.from = /@sender" + n +
                 "\\.invalid$/\n    $e.additional.fields[\"direction\"] = \"inbound\"";
      }
      text += "rule synthetic_" + n +
              " {\n  meta:\n    author = \"bench\"\n    family = \"model\"\n  events:\n    $e.metadata.event_type = "
              "\"EMAIL_TRANSACTION\"\n    " +
              body + "\n  outcome:\n    $mail_weight = 1\n  condition:\n    $e\n}\n";
    }
    if (std::system(("mkdir -p " + folder).c_str()) != 0) std::exit(2);
    FILE* f = std::fopen((folder + "/synthetic.yaral").c_str(), "w");
    std::fwrite(text.data(), 1, text.size(), f);
    std::fclose(f);
    settings.rule_directories.push_back(folder);
  }
  scan::LoadedContent content = scan::load_content(settings);
  if (more_rules && std::system(("rm -r " + folder).c_str()) != 0) std::exit(2);
  if (!content.content) {
    for (const Error& e : content.errors) fmt::print(stderr, "{}\n", e.one_line());
    std::exit(2);
  }
  return std::make_unique<scan::Scanner>(std::move(settings), std::move(content.content), clock);
}

double scan_all(const scan::Scanner& scanner, const std::vector<std::string>& mails) {
  scan::Scanner::Scratch scratch(scanner);
  const double start = cpu_seconds();
  for (const std::string& m : mails) scanner.scan({m, "bench", {}}, scratch);
  return cpu_seconds() - start;
}

// CPU of reading alone, to see where the time goes.
double read_all(const scan::Scanner& scanner, const std::vector<std::string>& mails) {
  const double start = cpu_seconds();
  for (const std::string& m : mails) (void)mail::read_message(m, scanner.settings().limits);
  return cpu_seconds() - start;
}

double median(std::vector<double> v) {
  std::sort(v.begin(), v.end());
  return v[v.size() / 2];
}

}  // namespace

int main() {
  const char* data = std::getenv("SEKISHO_DATA");
  const std::string folder = data ? std::string(data) + "/mail-dev" : std::string();
  std::vector<std::string> mails;
  const auto error = [](const std::string&, const Error&) {};
  if (!folder.empty())
    scan::each_mail(folder, {}, [&](const std::string&, std::string b) { mails.push_back(std::move(b)); }, error);
  if (mails.empty()) {
    fmt::print("scan/ratio  skipped: no data\n");
    return 0;
  }
  g_mime_init();
  const FixedClock clock({1'790'000'000, 0});
  const auto plain = scanner_with(0, clock);
  const auto many = scanner_with(1000, clock);
  for (const std::string& m : mails) parse_only(m);  // warm-up
  scan_all(*plain, mails);

  std::vector<double> parse, whole, more, read, ratio, growth;
  for (int round = 0; round < 5; ++round) {
    const double start = cpu_seconds();
    for (const std::string& m : mails) parse_only(m);
    parse.push_back(cpu_seconds() - start);
    read.push_back(read_all(*plain, mails));
    whole.push_back(scan_all(*plain, mails));
    more.push_back(scan_all(*many, mails));
    ratio.push_back(whole.back() / parse.back());
    growth.push_back(more.back() / whole.back());
  }
  const double n = static_cast<double>(mails.size());
  fmt::print("scan/mails  {}\n", mails.size());
  fmt::print("scan/gmime_only  {:.1f} us\n", median(parse) / n * 1e6);
  fmt::print("scan/read  {:.1f} us\n", median(read) / n * 1e6);
  fmt::print("scan/whole  {:.1f} us\n", median(whole) / n * 1e6);
  fmt::print("scan/ratio  {:.2f} x\n", median(ratio));
  fmt::print("scan/plus_1000_rules  {:.2f} x\n", median(growth));
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  size_t held = 0;
  for (const std::string& m : mails) held += m.size();
  fmt::print("scan/bench_peak_memory  {:.0f} MB (holds {:.0f} MB of mail and two engines)\n",
             static_cast<double>(usage.ru_maxrss) / 1024, static_cast<double>(held) / 1e6);
}
