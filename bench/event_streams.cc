// Takes shapes and sequences, gives a stream of lines in order of time. Entry: make_stream().
#include "event_streams.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <queue>

#include "base/clock.h"

namespace sekisho::bench {
namespace {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15u + 1) {}
  uint64_t next() {  // splitmix64
    uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  size_t below(size_t n) { return static_cast<size_t>(unit() * static_cast<double>(n)); }
  // The first of n are much more likely than the last.
  size_t skewed(size_t n) {
    const double u = unit();
    return std::min(n - 1, static_cast<size_t>(u * u * u * static_cast<double>(n)));
  }

 private:
  uint64_t state_;
};

Timestamp timestamp(int64_t milliseconds) {
  return {milliseconds / 1000, static_cast<int32_t>(milliseconds % 1000 * 1'000'000)};
}

std::string time_text(int64_t milliseconds) {
  std::string out = format_rfc3339(timestamp(milliseconds));
  if (out.size() == 20) out.insert(19, ".000");  // always of one length
  return out;
}

// Texts that holes are filled with, made once.
struct Pools {
  std::vector<std::string> users, hosts, addresses, agents, domains, files, words, apps;

  explicit Pools(uint64_t seed) {
    Random r(seed ^ 0x5eed);
    static constexpr std::string_view kSyllables[] = {"ka", "mi",  "ro",  "sa", "to", "ne", "lu", "ver",
                                                      "da", "shi", "an",  "el", "po", "no", "ri", "mo",
                                                      "ta", "ha",  "gen", "os", "wa", "ya", "zu", "bel"};
    const auto name = [&](size_t parts) {
      std::string out;
      for (size_t i = 0; i < parts; ++i) out += kSyllables[r.below(std::size(kSyllables))];
      return out;
    };
    static constexpr std::string_view kHomes[] = {"corp.example", "corp.example", "partner.example",
                                                  "sub.corp.example"};
    for (size_t i = 0; i < 20'000; ++i)
      users.push_back(name(2) + "." + name(2 + r.below(2)) + std::to_string(i % 97) + "@" +
                      std::string(kHomes[r.below(4)]));
    static constexpr std::string_view kRoles[] = {"wks", "lap", "srv", "db", "web", "dc", "app", "jump"};
    for (size_t i = 0; i < 12'000; ++i)
      hosts.push_back(std::string(kRoles[r.skewed(8)]) + "-" + name(1) + std::to_string(i) + ".corp.example");
    for (size_t i = 0; i < 60'000; ++i) {
      if (i % 8 == 7)
        addresses.push_back("2001:db8:" + std::to_string(r.below(9999)) + "::" + std::to_string(r.below(9999)));
      else
        addresses.push_back("10." + std::to_string(r.below(256)) + "." + std::to_string(r.below(256)) + "." +
                            std::to_string(1 + r.below(254)));
    }
    static constexpr std::string_view kSystems[] = {"Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 14_5",
                                                    "X11; Linux x86_64", "iPhone; CPU iPhone OS 17_4 like Mac OS X",
                                                    "Linux; Android 14; Model 7"};
    for (size_t i = 0; i < 400; ++i)
      agents.push_back("Mozilla/5.0 (" + std::string(kSystems[r.skewed(5)]) + ") Engine/" +
                       std::to_string(500 + r.below(60)) + ".36 Browser/" + std::to_string(90 + r.below(50)) + ".0." +
                       std::to_string(r.below(9999)) + " Safari/537.36");
    for (size_t i = 0; i < 9'000; ++i)
      domains.push_back(name(2) + (i % 3 ? "-" + name(1) : "") + std::to_string(i % 1000) + ".example");
    static constexpr std::string_view kFolders[] = {"\\\\Device\\\\HarddiskVolume3\\\\Program Files\\\\",
                                                    "\\\\Device\\\\HarddiskVolume3\\\\Apps\\\\", "/usr/lib/", "/opt/"};
    static constexpr std::string_view kEndings[] = {".exe", ".dll", ".docx", ".xlsx", ".log", ".dat", ".pdf", ".png"};
    for (size_t i = 0; i < 15'000; ++i)
      files.push_back(std::string(kFolders[r.skewed(4)]) + name(2) + "_" + name(1) + std::to_string(i % 311) +
                      std::string(kEndings[r.skewed(8)]));
    for (size_t i = 0; i < 4'000; ++i) words.push_back(name(2 + r.below(2)));
    for (size_t i = 0; i < 500; ++i) apps.push_back(name(2) + " " + name(2));
  }
};

// What one event says again and again.
struct Context {
  const std::string *user, *other, *host, *address, *agent, *app, *domain;
  int64_t time;  // milliseconds
};

enum class Hole : uint8_t {
  text,
  value,
  serial,
  user,
  other,
  name,
  host,
  address,
  agent,
  app,
  domain,
  time,
  seconds,
  milliseconds,
  uuid,
  hex,
  number,
  small,
  file,
  word,
  sentence,
  choice
};

struct Piece {
  Hole hole = Hole::text;
  std::string_view text;                  // of Hole::text
  std::vector<std::string_view> choices;  // of Hole::choice
};

constexpr std::pair<std::string_view, Hole> kHoles[] = {{"value", Hole::value},
                                                        {"serial", Hole::serial},
                                                        {"user", Hole::user},
                                                        {"other", Hole::other},
                                                        {"name", Hole::name},
                                                        {"host", Hole::host},
                                                        {"ip", Hole::address},
                                                        {"agent", Hole::agent},
                                                        {"app", Hole::app},
                                                        {"domain", Hole::domain},
                                                        {"time", Hole::time},
                                                        {"seconds", Hole::seconds},
                                                        {"milliseconds", Hole::milliseconds},
                                                        {"uuid", Hole::uuid},
                                                        {"hex", Hole::hex},
                                                        {"number", Hole::number},
                                                        {"small", Hole::small},
                                                        {"file", Hole::file},
                                                        {"word", Hole::word},
                                                        {"sentence", Hole::sentence}};

// "…<user>…<a|b|c>…": names of holes, or choices of which the first is the likeliest.
std::vector<Piece> pieces_of(std::string_view shape) {
  std::vector<Piece> out;
  while (!shape.empty()) {
    const size_t open = shape.find('<');
    if (open > 0) out.push_back({Hole::text, shape.substr(0, open), {}});
    if (open == std::string_view::npos) break;
    const size_t close = shape.find('>', open);
    std::string_view inside = shape.substr(open + 1, close - open - 1);
    Piece piece{Hole::choice, {}, {}};
    for (const auto& [name, hole] : kHoles)
      if (inside == name) piece.hole = hole;
    if (piece.hole == Hole::choice)
      for (;;) {
        const size_t bar = inside.find('|');
        piece.choices.push_back(inside.substr(0, bar));
        if (bar == std::string_view::npos) break;
        inside.remove_prefix(bar + 1);
      }
    out.push_back(std::move(piece));
    shape.remove_prefix(close + 1);
  }
  return out;
}

class Generator {
 public:
  Generator(const std::vector<Shape>& shapes, const StreamOptions& options)
      : options_(options), random_(options.seed), pools_(options.seed) {
    for (const Shape& s : shapes) {
      pieces_.push_back(pieces_of(s.text));
      total_ += s.weight;
      limits_.push_back(total_);
    }
  }

  Stream run() {
    Stream out;
    out.text.reserve(options_.bytes + (1u << 20));
    const double step = 1000 / options_.events_per_second;
    double now = static_cast<double>(options_.start) * 1000;
    while (out.text.size() < options_.bytes) {
      now += step * 2 * random_.unit();
      const auto time = static_cast<int64_t>(now);
      while (!due_.empty() && due_.top().time <= time) {
        insert(due_.top(), out);
        due_.pop();
      }
      if (!options_.sequences.empty() &&
          static_cast<double>(planned_) < options_.share * static_cast<double>(out.events)) {
        plan(time);
        continue;
      }
      write(time, out.text);
      ++out.events;
    }
    out.size = out.text.size();
    out.text.append(64, '\0');
    return out;
  }

 private:
  struct Due {
    int64_t time = 0;
    size_t order = 0;
    size_t sequence = 0, event = 0;
    bool operator<(const Due& other) const { return std::pair(time, order) > std::pair(other.time, other.order); }
  };

  void plan(int64_t time) {
    const size_t s = random_.below(options_.sequences.size());
    const std::vector<Sequence::Event>& events = options_.sequences[s].events;
    for (size_t e = 0; e < events.size(); ++e) due_.push({time + events[e].time - events[0].time, ++planned_, s, e});
  }

  void insert(const Due& due, Stream& out) {
    const Sequence::Event& event = options_.sequences[due.sequence].events[due.event];
    const size_t from = out.text.size();
    out.text += event.json;
    const std::string then = format_rfc3339(timestamp(event.time)), now = time_text(due.time);
    for (size_t at = from; (at = out.text.find(then, at)) != std::string::npos; at += now.size())
      out.text.replace(at, then.size(), now);
    // As long as its neighbours are.
    if (event.json.size() < 600 && event.json.find("\"extracted\"") == std::string::npos) {
      out.text.pop_back();
      out.text += ",\"extracted\":{\"note\":\"";
      const size_t until = from + 500 + random_.below(400);
      while (out.text.size() < until) out.text += pools_.words[random_.below(pools_.words.size())] + ' ';
      out.text += "\"}}";
    }
    out.text += '\n';
    ++out.events;
    ++out.inserted;
  }

  void write(int64_t time, std::string& out) {
    const auto pick = [&](const std::vector<std::string>& pool) { return &pool[random_.skewed(pool.size())]; };
    const Context c{pick(pools_.users),  pick(pools_.users), pick(pools_.hosts),   pick(pools_.addresses),
                    pick(pools_.agents), pick(pools_.apps),  pick(pools_.domains), time};
    const size_t shape =
        static_cast<size_t>(std::ranges::upper_bound(limits_, random_.below(total_)) - limits_.begin());
    for (const Piece& p : pieces_[shape]) fill(p, c, out);
    out += '\n';
  }

  void digits(size_t n, std::string& out) {
    static constexpr char kDigits[] = "0123456789abcdef";
    uint64_t bits = random_.next();
    for (size_t i = 0; i < n; ++i, bits >>= 4) out += kDigits[bits & 15];
  }

  void fill(const Piece& p, const Context& c, std::string& out) {
    switch (p.hole) {
      case Hole::text:
        out += p.text;
        break;
      case Hole::value:
        out += "value" + std::to_string(random_.below(200'000));
        break;
      case Hole::serial:
        out += "serial" + std::to_string(serial_++);
        break;
      case Hole::user:
        out += *c.user;
        break;
      case Hole::other:
        out += *c.other;
        break;
      case Hole::name:
        out.append(*c.user, 0, c.user->find('@'));
        break;
      case Hole::host:
        out += *c.host;
        break;
      case Hole::address:
        out += *c.address;
        break;
      case Hole::agent:
        out += *c.agent;
        break;
      case Hole::app:
        out += *c.app;
        break;
      case Hole::domain:
        out += *c.domain;
        break;
      case Hole::time:
        out += time_text(c.time);
        break;
      case Hole::seconds:
        out += std::to_string(c.time / 1000);
        break;
      case Hole::milliseconds:
        out += std::to_string(c.time);
        break;
      case Hole::uuid:
        for (const size_t n : {size_t{8}, size_t{4}, size_t{4}, size_t{4}}) {
          digits(n, out);
          out += '-';
        }
        digits(12, out);
        break;
      case Hole::hex:
        digits(16, out);
        break;
      case Hole::number:
        out += std::to_string(1 + random_.below(1'000'000));
        break;
      case Hole::small:
        out += std::to_string(1 + random_.below(100));
        break;
      case Hole::file:
        out += pools_.files[random_.skewed(pools_.files.size())];
        break;
      case Hole::word:
        out += pools_.words[random_.skewed(pools_.words.size())];
        break;
      case Hole::sentence:
        for (size_t i = 4 + random_.below(8); i > 0; --i) {
          out += pools_.words[random_.skewed(pools_.words.size())];
          if (i > 1) out += ' ';
        }
        break;
      case Hole::choice:
        out += p.choices[random_.skewed(p.choices.size())];
        break;
    }
  }

  const StreamOptions& options_;
  Random random_;
  Pools pools_;
  std::vector<std::vector<Piece>> pieces_;
  std::vector<size_t> limits_;
  size_t total_ = 0, planned_ = 0, serial_ = 0;
  std::priority_queue<Due> due_;
};

}  // namespace

Stream make_stream(const std::vector<Shape>& shapes, const StreamOptions& options) {
  return Generator(shapes, options).run();
}

}  // namespace sekisho::bench
