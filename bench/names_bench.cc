// What judging a host costs, with 1,000 brands and 5,000 tokens (those of the packs and made ones) and with ten, over
// the hosts of $SEKISHO_DATA/names and, without data, over made hosts. One core. Prints "name  value unit" lines.
//   names_bench [PASSES]       judge the hosts so many times with the big set and nothing else, for a profiler
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "brand/judge.h"
#include "scan/content.h"

namespace {

using namespace sekisho;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// Names that could be brands': syllables, so that they meet the same letters as real ones.
std::string made_name(std::mt19937& random) {
  static constexpr const char* kSyllables[] = {"ka",  "shi", "mo",  "to",  "ri", "ban", "cre", "dit",
                                               "pay", "net", "sen", "yu",  "ai", "ro",  "su",  "ne",
                                               "go",  "mar", "tel", "lux", "vi", "do",  "ze",  "ran"};
  std::string out;
  for (size_t n = 3 + random() % 3; n > 0; --n) out += kSyllables[random() % std::size(kSyllables)];
  return out;
}

std::vector<brand::Brand> brands(const scan::Content& content, size_t count, size_t tokens) {
  std::vector<brand::Brand> out(content.brands.all().begin(), content.brands.all().end());
  std::mt19937 random(1);
  size_t have = 0;
  if (out.size() > count) out.resize(count);
  for (const brand::Brand& b : out) have += b.tokens.size();
  for (size_t i = out.size(); i < count; ++i) {
    brand::Brand b;
    b.id = "made_" + std::to_string(i);
    b.names = {b.id};
    const std::string name = made_name(random);
    b.owned = {name + ".com", name + ".co.jp"};
    const size_t wanted = tokens > have ? (tokens - have) / (count - i) : 1;
    for (size_t t = 0; t < wanted; ++t, ++have)
      b.tokens.push_back({t == 0 ? name : made_name(random) + made_name(random).substr(0, 3), brand::Danger::high});
    out.push_back(std::move(b));
  }
  return out;
}

struct Figures {
  double seconds = 1e18;
  size_t resembling = 0, owned = 0;
};

Figures pass(const brand::Judge& judge, const std::vector<std::string>& hosts) {
  Figures out;
  const double start = now();
  for (const std::string& h : hosts) {
    const brand::Judgement j = judge.judge(h);
    out.resembling += j.state == brand::Judgement::State::resembles;
    out.owned += j.state == brand::Judgement::State::owned;
  }
  out.seconds = now() - start;
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const char* data = std::getenv("SEKISHO_DATA");
  std::vector<std::string> hosts;
  if (std::ifstream in(std::string(data ? data : ".") + "/names/benign_hosts.txt"); in)
    for (std::string line; std::getline(in, line);) hosts.push_back(line);
  std::mt19937 random(2);
  if (hosts.empty()) {
    std::printf("names_bench: no data, made hosts\n");
    for (int i = 0; i < 200000; ++i)
      hosts.push_back((i % 2 ? "www." : "") + made_name(random) + (i % 3 ? made_name(random) : "") +
                      (i % 5 ? ".com" : ".co.jp"));
  }
  std::shuffle(hosts.begin(), hosts.end(), random);
  size_t bytes = 0;
  for (const std::string& h : hosts) bytes += h.size();

  scan::Settings settings = scan::default_settings();
  settings.content_directory = "content";
  scan::LoadedContent loaded = scan::load_content(settings, true);
  if (!loaded.content) {
    std::fprintf(stderr, "names_bench: no content: run it in the source folder\n");
    return 2;
  }
  const scan::Content& content = *loaded.content;
  const auto make = [&](size_t count, size_t tokens) {
    auto list = brands(content, count, tokens);
    return std::make_unique<brand::Brands>(brand::Brands::make(std::move(list)));
  };
  const auto many = make(1000, 5000), few = make(10, 50);
  const double start = now();
  const brand::Judge big = content.judge->with_brands(*many);
  const double built = now() - start;
  const brand::Judge small = content.judge->with_brands(*few);
  if (argc > 1) {
    for (int i = std::atoi(argv[1]); i > 0; --i) pass(big, hosts);
    return 0;
  }
  Figures b, s;
  for (int i = 0; i < 7; ++i) {
    const Figures one = pass(big, hosts), other = pass(small, hosts);
    if (one.seconds < b.seconds) b = one;
    if (other.seconds < s.seconds) s = other;
  }
  const auto n = static_cast<double>(hosts.size());
  std::printf("names/hosts                    %zu hosts of %.1f bytes\n", hosts.size(), static_cast<double>(bytes) / n);
  std::printf("names/tokens                   %zu tokens of %zu brands\n", big.token_count(), many->all().size());
  std::printf("names/judge                    %.2f million_hosts_per_second\n", n / b.seconds / 1e6);
  std::printf("names/judge_time               %.0f ns\n", b.seconds / n * 1e9);
  std::printf("names/judge_10_brands          %.0f ns\n", s.seconds / n * 1e9);
  std::printf("names/1000_over_10_brands      %.2f times\n", b.seconds / s.seconds);
  std::printf("names/resembling               %.2f %%\n", 100.0 * static_cast<double>(b.resembling) / n);
  std::printf("names/index                    %.3f s\n", built);
  return 0;
}
