// Takes a URL as text, gives the mail addresses that stand behind its host. Entry: carried_addresses. Refuses nothing.
#include "net/carried.h"

#include <algorithm>

#include "base/base64.h"
#include "base/strings.h"
#include "net/url.h"

namespace sekisho::net {
namespace {

constexpr size_t kShortest = 12;  // encoded characters of the shortest address worth telling
constexpr size_t kDecoded = 512;  // bytes looked at of one encoded run; an address is shorter

// The first thing of the form local@domain.tld in a text; "" if none. A run of random bytes hardly ever has one.
std::string address_in(std::string_view s) {
  for (size_t at = s.find('@'); at != std::string_view::npos; at = s.find('@', at + 1)) {
    const auto local = [](char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '+'; };
    size_t from = at, to = at + 1;
    while (from > 0 && at - from < 64 && local(s[from - 1])) --from;
    while (to < s.size() && to - at < 200 && (is_alnum(s[to]) || s[to] == '.' || s[to] == '-')) ++to;
    while (to > at && !is_alnum(s[to - 1])) --to;
    if (to <= at + 3 || at - from < 2) continue;
    const std::string_view domain = s.substr(at + 1, to - at - 1);
    const size_t dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || domain.size() - dot < 3) continue;
    if (!std::ranges::all_of(domain.substr(dot + 1), is_alpha)) continue;
    return ascii_lower(s.substr(from, to - from));
  }
  return {};
}

bool mostly_printable(std::string_view s) {
  const auto plain = std::ranges::count_if(s, [](char c) { return c >= ' ' && c < 0x7f; });
  return static_cast<size_t>(plain) * 4 >= s.size() * 3;
}

std::string from_hex(std::string_view s) {
  std::string out;
  for (size_t i = 0; i + 1 < s.size(); i += 2) out += static_cast<char>(hex_digit(s[i]) << 4 | hex_digit(s[i + 1]));
  return out;
}

class Finder {
 public:
  Finder(std::vector<CarriedAddress>& out, size_t most) : out_(out), most_(most) {}

  void add(std::string address, std::string_view how) {
    if (address.empty() || out_.size() >= most_) return;
    for (const CarriedAddress& a : out_)
      if (a.address == address) return;
    out_.push_back({std::move(address), how});
  }

  // Runs of what base64 is made of. '/' belongs to one of its alphabets and parts the steps of a path.
  void runs(std::string_view s, bool slash) {
    const auto digit = [&](char c) { return is_alnum(c) || c == '+' || c == '-' || c == '_' || (slash && c == '/'); };
    for (size_t i = 0; i < s.size();) {
      if (!digit(s[i])) {
        ++i;
        continue;
      }
      const size_t from = i;
      bool hex = true, slashed = false;
      for (; i < s.size() && digit(s[i]); ++i) hex &= hex_digit(s[i]) >= 0, slashed |= s[i] == '/';
      const std::string_view run = s.substr(from, std::min(i - from, kDecoded));
      if (run.size() < kShortest || slashed != slash) continue;  // without one, the other pass has it
      if (hex && run.size() % 2 == 0)
        if (const std::string text = from_hex(run); mostly_printable(text)) add(address_in(text), "hex");
      if (const std::string text = decode_base64(run); text.find('@') != std::string::npos && mostly_printable(text))
        add(address_in(text), "base64");
    }
  }

 private:
  std::vector<CarriedAddress>& out_;
  size_t most_;
};

}  // namespace

std::vector<CarriedAddress> carried_addresses(std::string_view href, size_t most) {
  std::vector<CarriedAddress> out;
  size_t host = href.find("://");
  host = host == std::string_view::npos ? 0 : host + 3;
  const size_t from = href.find_first_of("/?#", host);
  if (from == std::string_view::npos) return out;
  const std::string_view tail = href.substr(from);
  Finder find(out, most);
  const std::string clear = percent_decode(tail);
  find.add(address_in(clear), "plain");
  find.runs(clear, false);
  if (clear.find('/', 1) != std::string::npos) find.runs(clear, true);
  return out;
}

}  // namespace sekisho::net
