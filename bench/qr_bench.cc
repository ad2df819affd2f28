// QR codes as they come in mail: 60 mails drawn here (PNG, JPEG, GIF, WebP and PDF; upright, turned, small, inverted,
// on colour, in the middle of a letter, stretched, transparent), each through the whole pipeline with its jailed
// worker. Prints: qr/read, qr/p50, qr/p99 (wall time of one mail, one thread), qr/no_code (a mail of the same size
// without a code, where every reading is tried), qr/round_trip (a mail with
// the smallest image), qr/new_worker (the same image alone, by a worker that has yet to be made).
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <vector>

#include "base/base64.h"
#include "pictures.h"
#include "scan/scanner.h"

namespace {

using namespace sekisho;
using namespace sekisho::pictures;
using Steady = std::chrono::steady_clock;

constexpr int kRounds = 5;

std::string mail_with(const std::string& type, const std::string& name, const std::string& file) {
  return "From: \"Support\" <desk@sender.example>\r\nTo: user@corp.example\r\nSubject: Renew your sign-in\r\nDate: "
         "Mon, 5 Jan "
         "2026 10:00:00 +0900\r\nMessage-ID: <1@sender.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
         "boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease scan the QR code "
         "below.\r\n--b\r\nContent-Type: " +
         type + "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=" + name +
         "\r\n\r\n" + encode_base64(file) + "\r\n--b--\r\n";
}

struct Drawn {
  std::string style;
  Picture picture;
};

Picture on(Picture ground, const Picture& p, int x, int y) {
  paste(ground, p, x, y);
  return ground;
}

std::vector<Drawn> drawn(const std::function<std::string(const char*)>& url) {
  std::vector<Drawn> out;
  out.push_back({"plain", code(url("plain"))});
  out.push_back({"turned by 15", turned(code(url("turn15")), 15)});
  out.push_back({"turned by 45", turned(code(url("turn45")), 45)});
  out.push_back({"upside down", turned(code(url("turn180")), 180)});
  out.push_back({"small (3 pixels a module)", code(url("small3"), {.module = 3})});
  out.push_back({"very small (2 pixels a module)", code(url("small2"), {.module = 2, .quiet = 2})});
  out.push_back({"inverted", code(url("inverted"), {.dark = {255, 255, 255}, .light = {20, 20, 20}})});
  out.push_back({"blue on yellow", code(url("colour"), {.dark = {20, 40, 160}, .light = {250, 220, 60}})});
  out.push_back(
      {"on a dark ground", on(Picture(700, 500, {30, 60, 90}), code(url("ground"), {.module = 5}), 220, 120)});
  out.push_back({"in a letter", on(letter(1000, 1414), code(url("letter"), {.module = 5}), 380, 900)});
  out.push_back({"without its margin", code(url("bare"), {.module = 4, .quiet = 0})});
  out.push_back({"stretched by 1.7", scaled(code(url("scaled"), {.module = 4}), 1.7)});
  return out;
}

double milliseconds(Steady::duration d) { return std::chrono::duration<double, std::milli>(d).count(); }

double share(std::vector<double> v, double p) {
  std::sort(v.begin(), v.end());
  return v.empty() ? 0 : v[std::min(v.size() - 1, static_cast<size_t>(p * static_cast<double>(v.size())))];
}

}  // namespace

int main() {
  scan::Settings settings = scan::default_settings();
  scan::LoadedContent content = scan::load_content(settings);
  if (!content.content) return 2;
  const FixedClock clock({1'790'000'000, 0});
  const scan::Scanner scanner(std::move(settings), std::move(content.content), clock);
  scan::Scanner::Scratch scratch(scanner);

  const std::vector<std::pair<std::string, std::function<std::string(const Picture&)>>> forms = {
      {"image/png", png},
      {"image/jpeg", [](const Picture& p) { return jpeg(p, 75); }},
      {"image/gif", gif},
      {"image/webp", [](const Picture& p) { return webp(p, 75); }},
      {"application/pdf", [](const Picture& p) { return pdf_with_picture(p, Stored::jpeg); }}};
  const auto timed = [&](const std::string& mail, std::vector<double>& into) {
    const auto start = Steady::now();
    scanner.scan({mail, "bench", {}}, scratch);
    into.push_back(milliseconds(Steady::now() - start));
  };

  size_t read = 0, total = 0;
  std::vector<double> times;
  std::string missed;
  std::pair<double, std::string> slowest;
  for (const auto& [type, file] : forms) {
    const std::string ending = type.substr(type.find('/') + 1);
    const auto url = [&](const char* style) { return "https://login.example.net/" + ending + "/" + style; };
    for (const Drawn& d : drawn(url)) {
      const std::string mail = mail_with(type, "code." + ending, file(d.picture));
      ++total;
      const auto event = scanner.read({mail, "bench", {}});
      bool found = false;
      if (event)
        for (const event::Value& noun : event->root().get("about").as_list())
          found |= noun.as_message()->get("url").as_text().starts_with("https://login.example.net/" + ending + "/");
      read += found;
      if (!found) missed += " [" + ending + ", " + d.style + "]";
      const size_t before = times.size();
      for (int i = 0; i < kRounds; ++i) timed(mail, times);
      const double most = *std::max_element(times.begin() + static_cast<std::ptrdiff_t>(before), times.end());
      if (most > slowest.first) slowest = {most, ending + ", " + d.style};
    }
  }
  std::vector<double> none, least;
  const std::string without = mail_with("image/jpeg", "letter.jpg", jpeg(letter(1000, 1414), 75));
  const std::string tiny = mail_with("image/png", "dot.png", png(Picture(64, 64, {9, 9, 9})));
  for (int i = 0; i < 20; ++i) timed(without, none), timed(tiny, least);
  std::vector<double> first;
  for (int i = 0; i < 10; ++i) {
    unwrap::Pool pool(1);
    const auto start = Steady::now();
    pool.open(unwrap::Kind::image, png(Picture(24, 24)));
    first.push_back(milliseconds(Steady::now() - start));
  }
  fmt::print("qr/read  {}/{} mails{}{}\n", read, total, missed.empty() ? "" : "  missed:", missed);
  fmt::print("qr/p50  {:.1f} ms\nqr/p99  {:.1f} ms\n", share(times, 0.5), share(times, 0.99));
  fmt::print("qr/slowest  {:.1f} ms  {}\n", slowest.first, slowest.second);
  fmt::print("qr/no_code  {:.1f} ms\nqr/round_trip  {:.1f} ms\nqr/new_worker  {:.1f} ms\n", share(none, 0.5),
             share(least, 0.5), share(first, 0.5));
  return 0;
}
