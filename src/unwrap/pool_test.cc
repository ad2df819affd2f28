// The jail and the pool: what a worker cannot do, and what becomes of a request whose worker dies, hangs or lies.
#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "pictures.h"
#include "unwrap/jail.h"
#include "unwrap/pool.h"
#include "unwrap/wire.h"

using namespace sekisho;
using namespace sekisho::unwrap;

namespace {

const std::string kUrl = "https://login.example.net/verify?id=8821";

Bounds patient() {
  Bounds b;
  b.milliseconds = 60'000;  // the machine may be slow, and sanitizers are
  return b;
}

std::string code_file() { return pictures::png(pictures::code(kUrl)); }

Outcome probe(Pool& pool, std::string_view what, const Bounds& bounds = patient()) {
  return pool.open(Kind::probe, what, bounds).outcome;
}

// State and parent of a process as the kernel has them; 0 when there is none.
std::pair<char, int> status_of(int pid) {
  char state = 0;
  int parent = 0;
  if (FILE* f = std::fopen(("/proc/" + std::to_string(pid) + "/stat").c_str(), "r")) {
    if (std::fscanf(f, "%*d %*s %c %d", &state, &parent) != 2) state = 0, parent = 0;
    std::fclose(f);
  }
  return {state, parent};
}

std::vector<int> children_of(int pid) {
  std::vector<int> out;
  const std::string list = "/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children";
  if (FILE* f = std::fopen(list.c_str(), "r")) {
    for (int child = 0; std::fscanf(f, "%d", &child) == 1;)
      if (status_of(child).first != 'Z') out.push_back(child);
    std::fclose(f);
  }
  return out;
}

int parent_of(int pid) { return status_of(pid).second; }

void wait_for_end(int pid) {
  for (char state = 'R'; state != 0 && state != 'Z' && state != 'X';) state = status_of(pid).first;
}

}  // namespace

TEST_CASE("a worker reads what the openers read") {
  Pool pool(1);
  CHECK(pool.counts().made == 0);  // none before it is needed
  for (int i = 0; i < 3; ++i) {
    const Findings f = pool.open(Kind::image, code_file(), patient());
    CHECK(f.outcome == Outcome::read);
    REQUIRE(f.codes.size() == 1);
    CHECK(f.codes[0].text == kUrl);
  }
  CHECK(pool.counts().made == 1);
  const Findings zip = pool.open(Kind::archive, pictures::archive("7z", {{"請求書.html", "<p>x"}}), patient());
  REQUIRE(zip.entries.size() == 1);
  CHECK(zip.entries[0].name == "請求書.html");
  CHECK(zip.entries[0].content == "<p>x");
  const Findings pdf = pool.open(Kind::pdf, pictures::pdf_with_links({kUrl}, true), patient());
  REQUIRE(pdf.links.size() == 1);
  CHECK(pdf.links[0].uri == kUrl);
}

TEST_CASE("nothing that an honest file needs is missing in the jail") {
  Pool pool(1);
  const pictures::Picture p = pictures::code(kUrl);
  for (const std::string& file : {pictures::png(p), pictures::png_transparent(p), pictures::jpeg(p), pictures::gif(p),
                                  pictures::webp(p), pictures::bmp(p)})
    CHECK(pool.open(Kind::image, file, patient()).codes.size() == 1);
  for (const auto stored : {pictures::Stored::jpeg, pictures::Stored::flate})
    CHECK(pool.open(Kind::pdf, pictures::pdf_with_picture(p, stored), patient()).codes.size() == 1);
  for (const char* format : {"zip", "7z", "tar.gz", "tar.bz2", "tar.xz", "tar.zst", "iso", "zip-encrypted"}) {
    INFO(format);
    const Findings f = pool.open(Kind::archive, pictures::archive(format, {{"a.txt", "hello"}}), patient());
    CHECK(f.outcome == Outcome::read);
    CHECK(f.entries.size() == 1);
  }
  CHECK(pool.counts().made == 1);  // and none of them cost a worker
}

TEST_CASE("the jail: no files, no network, no children, no new code, no endless memory") {
  Pool pool(1);
  CHECK(probe(pool, "file") == Outcome::read);  // answered by "no"
  CHECK(probe(pool, "network") == Outcome::crashed);
  CHECK(probe(pool, "fork") == Outcome::crashed);
  CHECK(probe(pool, "exec") == Outcome::crashed);
  CHECK(probe(pool, "code") == Outcome::crashed);
  if (!kSanitized) CHECK(probe(pool, "memory") == Outcome::too_big);
  // And each time a new worker took over.
  CHECK(pool.open(Kind::image, code_file(), patient()).codes.size() == 1);
}

TEST_CASE("a worker that hangs, dies or answers too much costs its request and nothing else") {
  Pool pool(1);
  Bounds hasty;
  hasty.milliseconds = 100;
  const auto start = std::chrono::steady_clock::now();
  CHECK(probe(pool, "hang", hasty) == Outcome::timeout);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  CHECK(probe(pool, "crash") == Outcome::crashed);
  CHECK(probe(pool, "overflow") == Outcome::crashed);
  CHECK(pool.open(Kind::image, code_file(), patient()).codes.size() == 1);
  CHECK(pool.worker_ids().size() == 1);
}

TEST_CASE("a worker killed from outside, at work and idle") {
  Pool pool(1);
  std::jthread killer([&] {
    while (pool.worker_ids().empty()) std::this_thread::yield();
    kill(pool.worker_ids()[0], SIGKILL);
  });
  CHECK(probe(pool, "hang") == Outcome::crashed);
  killer.join();
  CHECK(pool.open(Kind::image, code_file(), patient()).codes.size() == 1);
  const auto ids = pool.worker_ids();
  REQUIRE(ids.size() == 1);
  kill(ids[0], SIGKILL);
  wait_for_end(ids[0]);  // its socket closes as it dies; it is buried by the next request
  CHECK(pool.open(Kind::image, code_file(), patient()).codes.size() == 1);
}

TEST_CASE("a killed zygote is replaced, and the file at work is read again by a worker of the next") {
  Pool pool(1);
  std::jthread killer([&] {
    while (pool.worker_ids().empty()) std::this_thread::yield();
    kill(parent_of(pool.worker_ids()[0]), SIGKILL);
  });
  Bounds hasty = patient();
  hasty.milliseconds = 3000;
  // The first worker dies with its zygote; the second hangs as it was told.
  CHECK(probe(pool, "hang", hasty) == Outcome::timeout);
  killer.join();
  CHECK(pool.counts().revived == 1);
  CHECK(pool.counts().made == 2);
  CHECK(pool.open(Kind::image, code_file(), patient()).codes.size() == 1);
}

TEST_CASE("a zygote killed before it made its first worker has left another") {
  Pool pool(1);
  const auto zygotes = children_of(getpid());
  REQUIRE(zygotes.size() == 1);
  // The one in reserve is there, and said to be: the zygote sleeps again.
  while (children_of(zygotes[0]).empty() || status_of(zygotes[0]).first != 'S') std::this_thread::yield();
  kill(zygotes[0], SIGKILL);
  wait_for_end(zygotes[0]);
  CHECK(pool.open(Kind::image, code_file(), patient()).codes.size() == 1);
  CHECK(pool.counts().revived == 1);
}

TEST_CASE("zygotes killed again and again: bounded, then said; nothing hangs") {
  Pool pool(1);
  size_t read = 0;
  Outcome last = Outcome::read;
  for (int i = 0; i < 40 && last != Outcome::no_worker; ++i) {
    last = probe(pool, "file");
    read += last == Outcome::read;
    const auto ids = pool.worker_ids();
    if (ids.empty()) continue;
    const int zygote = parent_of(ids[0]);
    REQUIRE(zygote > 1);
    REQUIRE(zygote != getpid());
    kill(zygote, SIGKILL);
    wait_for_end(ids[0]);
  }
  CHECK(last == Outcome::no_worker);
  CHECK(read == 9);  // the first and eight in its place
  CHECK(pool.counts().revived == 8);
  CHECK(pool.trouble() == "the process that makes workers was killed too often");
}

TEST_CASE("a stopped zygote holds up neither the pool nor its end") {
  const auto start = std::chrono::steady_clock::now();
  {
    Pool pool(1);
    CHECK(pool.open(Kind::image, code_file(), patient()).codes.size() == 1);
    const auto ids = pool.worker_ids();
    REQUIRE(ids.size() == 1);
    const int zygote = parent_of(ids[0]);
    REQUIRE(zygote > 1);
    REQUIRE(zygote != getpid());
    kill(zygote, SIGSTOP);
    CHECK(pool.open(Kind::image, code_file(), patient()).codes.size() == 1);  // its worker is well
    kill(ids[0], SIGKILL);
    wait_for_end(ids[0]);
    CHECK(pool.open(Kind::image, code_file(), patient()).codes.size() == 1);  // from the next
    CHECK(pool.counts().revived == 1);
    const auto later = pool.worker_ids();
    REQUIRE(later.size() == 1);
    kill(parent_of(later[0]), SIGSTOP);
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
}

TEST_CASE("no worker free in time is no time, not no worker") {
  Pool pool(1);
  Bounds longer;
  longer.milliseconds = 8000;  // the pool waits five seconds
  std::jthread busy([&] { probe(pool, "hang", longer); });
  while (pool.worker_ids().empty()) std::this_thread::yield();
  const Findings late = pool.open(Kind::image, code_file(), patient());
  CHECK(late.outcome == Outcome::timeout);
  CHECK(late.limits == std::vector<std::string>{"workers"});
}

TEST_CASE("many threads share a few workers") {
  Pool pool(2);
  const std::string file = code_file();
  std::vector<std::jthread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 6; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 5; ++i) {
        if (t == 0 && i == 2) pool.open(Kind::probe, "crash", patient());
        else good += pool.open(Kind::image, file, patient()).codes.size() == 1;
      }
    });
  threads.clear();
  CHECK(good == 29);
  CHECK(pool.worker_ids().size() <= 2);
}

TEST_CASE("too much for a worker is said at once") {
  Pool pool(1);
  CHECK(pool.open(Kind::archive, std::string((64u << 20) + 1, 'x')).outcome == Outcome::too_big);
  CHECK(pool.counts().made == 0);
}

TEST_CASE("a visit opens a file once and ends in time") {
  Pool pool(1);
  Visit visit(&pool, patient(), 60'000);
  const std::string file = code_file();
  CHECK(visit.open(Kind::image, "digest", file).codes.size() == 1);
  CHECK(visit.open(Kind::image, "digest", file).codes.size() == 1);
  CHECK(pool.counts().requests == 1);
  Visit late(&pool, patient(), 0);
  CHECK(late.open(Kind::image, "digest", file).outcome == Outcome::timeout);
  Visit alone(nullptr, patient(), 1000);
  CHECK(alone.open(Kind::image, "digest", file).outcome == Outcome::no_worker);
}

TEST_CASE("frames: nothing that a worker says is believed beyond its bounds") {
  Findings f;
  f.codes.push_back({"https://a.example/", 2, 3, 4, 5, 6});
  f.links.push_back({"https://b.example/", 7});
  f.entries.push_back({"a.txt", 12, true, true, "content"});
  f.limits = {"links"};
  f.open_action = true;
  const std::string bytes = answer(f, true);
  const std::string_view frame = std::string_view(bytes).substr(kFrameHeader);
  CHECK(frame_length(bytes.data()) == frame.size());
  const auto read = read_answer(frame, Bounds());
  REQUIRE(read);
  CHECK(read->retire);
  CHECK(read->findings.codes[0].height == 6);
  CHECK(read->findings.links[0].uri == "https://b.example/");
  CHECK(read->findings.entries[0].content == "content");
  CHECK(read->findings.open_action);
  for (size_t n = 0; n < frame.size(); ++n) CHECK_FALSE(read_answer(frame.substr(0, n), Bounds()));
  CHECK_FALSE(read_answer(std::string(frame) + "x", Bounds()));
  Bounds none;
  none.codes = 0;
  CHECK_FALSE(read_answer(frame, none));
  Bounds terse;
  terse.text_bytes = 4, terse.content_bytes = 4;
  CHECK_FALSE(read_answer(frame, terse));
  const std::string request = request_header(Kind::pdf, Bounds(), 3) + "abc";
  const auto back = read_request(std::string_view(request).substr(kFrameHeader));
  REQUIRE(back);
  CHECK(back->kind == Kind::pdf);
  CHECK(back->bounds.archive_bytes == Bounds().archive_bytes);
  CHECK(back->bytes == "abc");
}
