// Files of a table: what is kept, what a crash leaves, what damage does, who may write.
#include "memory/store.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <map>

#include "base/test_folder.h"

namespace sekisho::memory {
namespace {

constexpr HashKey kFresh{11, 22};
using State = std::map<uint64_t, uint64_t>;

Store open(const TestFolder& folder, Mode mode = Mode::write) {
  auto store = Store::open(folder.path("m"), "seen", mode, kFresh);
  REQUIRE_MESSAGE(store.has_value(), (store ? "" : store.error().one_line()));
  return *std::move(store);
}

State state(const Store& store) {
  State out;
  store.table().each([&](uint64_t key, uint64_t value) {
    out[key] = value;
    return true;
  });
  return out;
}

TEST_CASE("what was committed is there after opening again, what was not is gone") {
  TestFolder folder;
  {
    Store s = open(folder);
    REQUIRE(s.put(1, 10).has_value());
    REQUIRE(s.put(2, 20).has_value());
    REQUIRE(s.commit().has_value());
    REQUIRE(s.put(2, 21).has_value());
    REQUIRE(s.commit().has_value());
    REQUIRE(s.put(3, 30).has_value());
  }
  {
    Store s = open(folder);
    CHECK(state(s) == State{{1, 10}, {2, 21}});
    CHECK(s.notes().empty());
    REQUIRE(s.compact().has_value());
    CHECK(s.journal_bytes() == kHeadBytes);
    REQUIRE(s.put(4, 40).has_value());
    REQUIRE(s.commit().has_value());
  }
  CHECK(state(open(folder)) == State{{1, 10}, {2, 21}, {4, 40}});
  CHECK(state(open(folder, Mode::read)) == State{{1, 10}, {2, 21}, {4, 40}});
}

TEST_CASE("the key of the hash stays with the files") {
  TestFolder folder;
  const uint64_t before = open(folder).key_of("example.com");
  auto other = Store::open(folder.path("m"), "seen", Mode::write, {99, 98});
  REQUIRE(other.has_value());
  CHECK(other->key_of("example.com") == before);
  CHECK(other->key_of("example.org") != before);
  auto fresh = Store::open(folder.path("n"), "seen", Mode::write, {99, 98});
  REQUIRE(fresh.has_value());
  CHECK(fresh->key_of("example.com") != before);
}

TEST_CASE("one writer, any number of readers") {
  TestFolder folder;
  Store s = open(folder);
  REQUIRE(s.put(1, 10).has_value());
  const auto second = Store::open(folder.path("m"), "seen", Mode::write, kFresh);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().code == "memory.locked");
  CHECK(second.error().text.find("another process writes") != std::string::npos);
  Store reader = open(folder, Mode::read);
  CHECK(reader.table().size() == 0);
  REQUIRE(s.commit().has_value());
  CHECK(state(open(folder, Mode::read)) == State{{1, 10}});
  CHECK(reader.put(5, 5).error().code == "memory.read_only");
  CHECK(Store::open(folder.path("m"), "rank", Mode::write, kFresh).has_value());  // a table of its own
}

TEST_CASE("reading what is not there gives nothing and makes nothing") {
  TestFolder folder;
  CHECK(open(folder, Mode::read).table().size() == 0);
  CHECK_FALSE(std::filesystem::exists(folder.path("m")));
  folder.write("file", "x");
  CHECK(Store::open(folder.path("file"), "seen", Mode::write, kFresh).error().code == "io.write");
}

// Three commits: the states after each, and the bytes of the journal.
struct Written {
  std::vector<State> states{{}};
  std::string snapshot, journal;
};
Written write_some(const TestFolder& folder) {
  Written out;
  Store s = open(folder);
  State now;
  for (uint64_t i = 1; i <= 5; ++i) {
    REQUIRE(s.put(i, i * 100).has_value());
    now[i] = i * 100;
  }
  REQUIRE(s.compact().has_value());
  out.states[0] = now;
  for (uint64_t commit = 1; commit <= 3; ++commit) {
    for (uint64_t i = 4; i < 8; ++i) {
      REQUIRE(s.put(i * commit, i * 1000 + commit).has_value());
      now[i * commit] = i * 1000 + commit;
    }
    REQUIRE(s.commit().has_value());
    out.states.push_back(now);
  }
  out.snapshot = folder.read("m/seen.snapshot");
  out.journal = folder.read("m/seen.journal");
  return out;
}

bool one_of(const std::vector<State>& states, const State& state) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

TEST_CASE("damage: a journal cut anywhere gives what was committed before the cut, and says so") {
  TestFolder folder;
  const Written w = write_some(folder);
  for (size_t n = 0; n < w.journal.size(); ++n) {
    folder.write("m/seen.journal", w.journal.substr(0, n));
    auto s = Store::open(folder.path("m"), "seen", Mode::write, kFresh);
    if (n < kHeadBytes) {
      REQUIRE_FALSE(s.has_value());
      CHECK(s.error().code == "memory.damaged");
      CHECK(s.error().text.find("seen.journal") != std::string::npos);
      CHECK(folder.read("m/seen.journal").size() == n);  // kept as it is
      continue;
    }
    REQUIRE(s.has_value());
    CHECK(one_of(w.states, state(*s)));
    const size_t right = folder.read("m/seen.journal").size();
    CHECK((right < n) == !s->notes().empty());
    // And it goes on from there.
    REQUIRE(s->put(77, 7).has_value());
    REQUIRE(s->commit().has_value());
    s = fail("x", "closed");
    Store again = open(folder);
    CHECK(again.get(77) == 7);
    CHECK(again.notes().empty());
  }
}

TEST_CASE("damage: one byte of the journal changed gives a state that once was, or an error") {
  TestFolder folder;
  const Written w = write_some(folder);
  for (size_t n = 0; n < w.journal.size(); ++n)
    for (const char change : {'\x01', '\x80', '\xff'}) {
      std::string bytes = w.journal;
      bytes[n] = static_cast<char>(bytes[n] ^ change);
      folder.write("m/seen.journal", bytes);
      const auto s = Store::open(folder.path("m"), "seen", Mode::write, kFresh);
      if (n < kHeadBytes) {
        REQUIRE_FALSE(s.has_value());
        CHECK(s.error().code == "memory.damaged");
        continue;
      }
      REQUIRE(s.has_value());
      CHECK(one_of(w.states, state(*s)));
      REQUIRE(s->notes().size() == 1);  // the change is never unseen
      CHECK(s->notes()[0].code == "memory.cut");
      // What was cut is kept beside it, to the byte.
      const std::string right = folder.read("m/seen.journal");
      const std::string kept = folder.read("m/seen.journal.cut-1-" + std::to_string(right.size()));
      CHECK(right + kept == bytes);
    }
}

TEST_CASE("damage: a snapshot with a byte changed, cut or added is an error, names the file and keeps it") {
  TestFolder folder;
  const Written w = write_some(folder);
  const auto refused = [&](const std::string& bytes) {
    folder.write("m/seen.snapshot", bytes);
    const auto s = Store::open(folder.path("m"), "seen", Mode::write, kFresh);
    REQUIRE_FALSE(s.has_value());
    CHECK(s.error().code == "memory.damaged");
    CHECK(s.error().text.find("seen.snapshot") != std::string::npos);
    CHECK_FALSE(s.error().hint.empty());
    CHECK(folder.read("m/seen.snapshot") == bytes);
    CHECK(folder.read("m/seen.journal") == w.journal);
  };
  for (size_t n = 0; n < w.snapshot.size(); ++n) {
    refused(w.snapshot.substr(0, n));
    for (const char change : {'\x01', '\x80', '\xff'}) {
      std::string bytes = w.snapshot;
      bytes[n] = static_cast<char>(bytes[n] ^ change);
      refused(bytes);
    }
  }
  refused(w.snapshot + '\0');
  folder.write("m/seen.snapshot", w.snapshot);
  CHECK(state(open(folder)) == w.states.back());
}

TEST_CASE("a journal goes with its snapshot") {
  TestFolder folder;
  const Written w = write_some(folder);
  {
    REQUIRE(open(folder).compact().has_value());
  }
  const std::string snapshot = folder.read("m/seen.snapshot"), journal = folder.read("m/seen.journal");
  SUBCASE("killed between the two files: the older journal is in the snapshot already") {
    folder.write("m/seen.journal", w.journal);
    CHECK(state(open(folder)) == w.states.back());
    CHECK(folder.read("m/seen.journal") == journal);
  }
  SUBCASE("the snapshot is older than the journal, or gone") {
    folder.write("m/seen.snapshot", w.snapshot);
    auto s = Store::open(folder.path("m"), "seen", Mode::write, kFresh);
    REQUIRE_FALSE(s.has_value());
    CHECK(s.error().text.find("another snapshot") != std::string::npos);
    std::filesystem::remove(folder.path("m/seen.snapshot"));
    s = Store::open(folder.path("m"), "seen", Mode::read, kFresh);
    REQUIRE_FALSE(s.has_value());
    CHECK(s.error().code == "memory.damaged");
  }
  SUBCASE("the journal is gone") {
    std::filesystem::remove(folder.path("m/seen.journal"));
    CHECK(state(open(folder)) == w.states.back());
  }
  SUBCASE("of another table") {
    {
      REQUIRE(Store::open(folder.path("m"), "rank", Mode::write, {5, 6})->compact().has_value());
    }
    folder.write("m/seen.snapshot", folder.read("m/rank.snapshot"));
    CHECK(Store::open(folder.path("m"), "seen", Mode::read, kFresh).error().text.find("something else") !=
          std::string::npos);
    {
      REQUIRE(Store::open(folder.path("n"), "seen", Mode::write, {5, 6})->compact().has_value());
    }
    folder.write("m/seen.snapshot", snapshot);
    folder.write("m/seen.journal", folder.read("n/seen.journal"));
    CHECK_FALSE(Store::open(folder.path("m"), "seen", Mode::read, kFresh).has_value());
  }
  SUBCASE("a half-written new snapshot is not looked at") {
    folder.write("m/seen.snapshot.new", "half");
    CHECK(state(open(folder)) == w.states.back());
  }
}

TEST_CASE("many records: several blocks, and a snapshot by itself when the journal outgrows it") {
  TestFolder folder;
  State wanted;
  {
    Store s = open(folder);
    for (uint64_t round = 1; round <= 3; ++round) {
      for (uint64_t i = 0; i < 150'000; ++i) {
        REQUIRE(s.put(i, i + round).has_value());
        wanted[i] = i + 3;
      }
      REQUIRE(s.commit().has_value());
    }
    CHECK(folder.read("m/seen.snapshot").size() > 150'000 * 12);
    CHECK(s.journal_bytes() < 150'000 * 12 * 2);
  }
  CHECK(state(open(folder, Mode::read)) == wanted);
}

TEST_CASE("a full disk: the error is told, what was committed stays, the rest is written later") {
  TestFolder folder;
  Store s = open(folder);
  REQUIRE(s.put(1, 10).has_value());
  REQUIRE(s.commit().has_value());
  const std::string before = folder.read("m/seen.journal");
  for (uint64_t i = 2; i < 20'000; ++i) REQUIRE(s.put(i, i).has_value());
  rlimit old{};
  getrlimit(RLIMIT_FSIZE, &old);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = old;
  small.rlim_cur = 100'000;
  setrlimit(RLIMIT_FSIZE, &small);
  const auto commit = s.commit(), compact = s.compact();
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);
  CHECK(commit.error().code == "io.write");
  CHECK(compact.error().code == "io.write");
  CHECK(folder.read("m/seen.journal") == before);
  CHECK_FALSE(std::filesystem::exists(folder.path("m/seen.snapshot.new")));
  CHECK(state(open(folder, Mode::read)) == State{{1, 10}});
  REQUIRE(s.commit().has_value());
  CHECK(open(folder, Mode::read).table().size() == 19'999);
}

}  // namespace
}  // namespace sekisho::memory
