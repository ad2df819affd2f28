// Mails that carry images, PDFs and archives, through the whole pipeline: what was inside becomes links and labels, and
// whatever becomes of a file, the mail keeps its verdict.
#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>

#include "base/base64.h"
#include "pictures.h"
#include "scan/scanner.h"

using namespace sekisho;
using namespace sekisho::scan;
using namespace sekisho::pictures;

namespace {

const FixedClock kClock({1'790'000'000, 0});

std::unique_ptr<Scanner> scanner(bool open = true) {
  Settings settings = default_settings();
  settings.unwrap = open;
  settings.unwrap_workers = 1;
  settings.unwrap_bounds.milliseconds = 60'000;  // sanitizers are slow
  settings.unwrap_mail_milliseconds = 60'000;
  LoadedContent content = load_content(settings);
  for (const Error& e : content.errors) FAIL(e.one_line());
  return std::make_unique<Scanner>(std::move(settings), std::move(content.content), kClock);
}

const Scanner& opening() {
  static const std::unique_ptr<Scanner> s = scanner();
  return *s;
}

struct File {
  std::string type, name, bytes;
};

std::string mail_with(const std::string& text, const std::vector<File>& files) {
  std::string out =
      "From: \"Desk\" <desk@sender.example>\nTo: user@corp.example\nSubject: Notice\nDate: Mon, 5 Jan 2026 10:00:00 "
      "+0900\nMessage-ID: <1@sender.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
      "boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n" +
      text + "\n";
  for (const File& f : files)
    out += "--b\nContent-Type: " + f.type +
           "\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=" + f.name + "\n\n" +
           encode_base64(f.bytes) + "\n";
  return out + "--b--\n";
}

// The label of the first noun of that kind that has it; "" if none.
std::string label(const event::Event& e, std::string_view kind, std::string_view key) {
  static const event::Field& labels = *event::Schema::get().message("Noun")->find("labels");
  for (const event::Value& noun : e.root().get("about").as_list())
    if (const auto* m = noun.as_message(); m->label(labels, "kind") == kind && !m->label(labels, key).empty())
      return std::string(m->label(labels, key));
  return {};
}

std::string fact(const event::Event& e, const std::string& key) {
  return std::string(e.get("additional." + key).as_text());
}

event::Event event_of(const std::string& mail, const Scanner& s = opening()) {
  auto e = s.read({mail, "test", {}});
  REQUIRE(e);
  return std::move(*e);
}

Verdict verdict(const std::string& mail, const Scanner& s = opening()) {
  Scanner::Scratch scratch(s);
  return s.scan({mail, "test", {}}, scratch);
}

bool fired(const Verdict& v, std::string_view rule) {
  return std::any_of(v.rules.begin(), v.rules.end(), [&](const Fired& f) { return f.rule == rule; });
}

}  // namespace

TEST_CASE("a code in an image is a link with the labels of links") {
  const auto e = event_of(mail_with("Hello", {{"image/png", "a.png", png(code("https://lastpass-vault.example/s"))}}));
  CHECK(label(e, "link", "link.where") == "qr");
  CHECK(label(e, "link", "link.qr") == "true");
  CHECK(label(e, "link", "link.lookalike") == "lastpass");
  CHECK(label(e, "link", "part") == "2");
  CHECK(label(e, "attachment", "attachment.qr") == "1");
  CHECK(fact(e, "mail.qr_codes") == "1");
  CHECK(fact(e, "mail.links") == "");  // nothing of it is in the text
  CHECK(fact(e, "unwrap.outcome") == "");
}

TEST_CASE("the same file many times does not hide one that comes after") {
  std::vector<File> files(60, {"image/png", "logo.png", png(code("just words"))});
  files.push_back({"image/png", "last.png", png(code("https://lastpass-vault.example/s"))});
  const auto e = event_of(mail_with("Hello", files));
  CHECK(label(e, "link", "link.where") == "qr");
  CHECK(fact(e, "unwrap.limits") == "");
}

TEST_CASE("tiny pictures do not keep a code closed; what stays closed is counted") {
  std::vector<File> files;
  for (int i = 0; i < 60; ++i) {  // each another one
    Picture dot(30, 30, {9, 9, static_cast<uint8_t>(i)});
    for (int y = 0; y < 30; ++y) dot.at((y * 7 + i) % 30, y)[0] = static_cast<uint8_t>(y * 8 + i);
    files.push_back({"image/png", "dot.png", png(dot)});
  }
  files.push_back({"image/png", "last.png", png(code("https://lastpass-vault.example/s"))});
  files.push_back({"application/pdf", "last.pdf", pdf_with_links({"https://two.example/"}, true)});
  const auto e = event_of(mail_with("Hello", files));
  CHECK(label(e, "link", "link.where") == "qr");
  CHECK(label(e, "link", "link.page") == "1");
  CHECK(fact(e, "unwrap.unopened") == "14");
  CHECK(fact(e, "unwrap.limits") == "files");
  // In those no code has room: they are not even counted.
  files.clear();
  for (int i = 0; i < 60; ++i) {
    Picture dot(20, 200, {9, 9, static_cast<uint8_t>(i)});
    for (int y = 0; y < 200; ++y) dot.at(y % 20, y)[0] = static_cast<uint8_t>(y * 7 + i);
    files.push_back({"image/png", "line.png", png(dot)});
  }
  CHECK(fact(event_of(mail_with("Hello", files)), "unwrap.unopened") == "");
}

TEST_CASE("an archive with a program among many files, and one behind other bytes") {
  std::vector<std::pair<std::string, std::string>> entries;
  for (int i = 0; i < 30; ++i) entries.emplace_back("scans/page" + std::to_string(i) + ".txt", "x");
  entries.emplace_back("scans/invoice.pdf.exe", "MZ");
  const std::string zip = archive("zip", entries);
  const auto e = event_of(mail_with("Hello", {{"application/zip", "a.zip", zip}}));
  CHECK(label(e, "attachment", "attachment.entries") == "31");
  CHECK(label(e, "attachment", "attachment.entry_programs") == "exe");
  CHECK(label(e, "attachment", "attachment.entry_program_disguised") == "true");
  CHECK(label(e, "attachment", "attachment.entry_program_top") == "");
  CHECK(label(e, "attachment", "attachment.archive_behind") == "");
  CHECK(fired(verdict(mail_with("Hello", {{"application/zip", "a.zip", zip}})),
              "mail_attachment_archive_program_among_files"));
  const std::string small = archive("zip", {{"run.js", "x"}, {"build/other.bat", "x"}});
  const std::string jpg = jpeg(code("https://front.example/"));
  for (const std::string& front : {std::string(300, 'j'), jpg}) {
    const std::string mail = mail_with("Hello", {{"application/octet-stream", "a.zip", front + small}});
    const auto behind = event_of(mail);
    CHECK(label(behind, "attachment", "attachment.archive") == "true");
    CHECK(label(behind, "attachment", "attachment.archive_behind") == "true");
    CHECK(label(behind, "attachment", "attachment.entry_programs") == "js bat");
    CHECK(label(behind, "attachment", "attachment.entry_program_top") == "true");
    CHECK(label(behind, "attachment", "attachment.qr") == (front == jpg ? "1" : ""));
    CHECK(fired(verdict(mail), "mail_attachment_archive_behind"));
    CHECK(fired(verdict(mail), "mail_attachment_archive_program"));
  }
}

TEST_CASE("a look-alike weighs the same behind a PDF as in the text") {
  const std::string words = "Your master password expires today. Sign in and verify your password.";
  const std::string url = "https://lastpass-vault.example/s";
  const Verdict text = verdict(mail_with(words + "\n" + url, {}));
  const Verdict pdf = verdict(mail_with(words, {{"application/pdf", "a.pdf", pdf_with_links({url}, true)}}));
  CHECK(pdf.action >= text.action);
  for (const char* rule : {"mail_link_lookalike_host", "mail_link_lookalike_host_with_lure",
                           "mail_lure_password_expiry", "mail_lure_credential_request"}) {
    INFO(rule);
    CHECK(fired(pdf, rule) == fired(text, rule));
  }
  CHECK(fired(pdf, "mail_link_pdf_lookalike"));
  const std::string claim = "LastPass: your vault will be deleted.";
  const auto e = event_of(mail_with(claim, {{"application/pdf", "a.pdf", pdf_with_links({url}, true)}}));
  CHECK(label(e, "brand", "brand.links_foreign") == "1");
}

TEST_CASE("zygotes killed and stopped while mails are scanned") {
  const auto own = scanner();
  const std::string mail = mail_with("Hello", {{"image/png", "a.png", png(code("https://q.example/1"))}});
  for (int i = 0; i < 12; ++i) {
    const auto e = event_of(mail, *own);
    if (i <= 8) CHECK(label(e, "link", "link.where") == "qr");
    else CHECK(fact(e, "unwrap.failed") == "true");
    CHECK(fact(e, "unwrap.outcome") == "");
    for (const int worker : own->workers()->worker_ids()) {
      const std::string stat = "/proc/" + std::to_string(worker) + "/stat";
      int zygote = 0;
      if (FILE* f = std::fopen(stat.c_str(), "r")) {
        CHECK(std::fscanf(f, "%*d %*s %*c %d", &zygote) == 1);
        std::fclose(f);
      }
      REQUIRE(zygote > 1);
      REQUIRE(zygote != getpid());
      kill(zygote, SIGKILL);
      char byte = 'R';  // until its worker is gone too
      while (byte != 'Z' && byte != 0) {
        byte = 0;
        if (FILE* f = std::fopen(stat.c_str(), "r")) {
          if (std::fscanf(f, "%*d %*s %c", &byte) != 1) byte = 0;
          std::fclose(f);
        }
      }
    }
  }
  CHECK(verdict(mail, *own).action == Action::accept);
}

TEST_CASE("an address among other words of a code; a code without one") {
  const auto card = event_of(
      mail_with("Hello", {{"image/gif", "a.gif", gif(code("BEGIN:VCARD\nN:A\nURL:https://a.example/x\nEND:VCARD"))}}));
  CHECK(label(card, "link", "link.where") == "qr");
  const auto wifi = event_of(mail_with("Hello", {{"image/gif", "a.gif", gif(code("WIFI:T:WPA;S:guest;P:secret;;"))}}));
  CHECK(label(wifi, "link", "link.where") == "");
  CHECK(fact(wifi, "mail.qr_codes") == "1");
}

TEST_CASE("a code in a data: image of the HTML") {
  const std::string mail =
      "From: a@sender.example\nTo: b@corp.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>Hi<img "
      "src=\"data:image/png;base64," +
      encode_base64(png(code("https://q.example/1"))) + "\">";
  const auto e = event_of(mail);
  CHECK(label(e, "link", "link.where") == "qr");
  CHECK(label(e, "link", "offset") == "5");
}

TEST_CASE("links and codes of a PDF") {
  const auto links = event_of(mail_with(
      "Hello", {{"application/pdf", "a.pdf", pdf_with_links({"https://one.example/", "https://two.example/"}, true)}}));
  CHECK(label(links, "link", "link.where") == "pdf");
  CHECK(label(links, "link", "link.page") == "1");
  CHECK(label(links, "attachment", "attachment.pdf_links") == "2");
  CHECK(label(links, "attachment", "attachment.pdf_text") == "true");
  const auto codes = event_of(
      mail_with("Hello", {{"application/pdf", "a.pdf", pdf_with_picture(code("https://c.example/"), Stored::flate)}}));
  CHECK(label(codes, "link", "link.where") == "pdf_qr");
  CHECK(label(codes, "attachment", "attachment.qr") == "1");
}

TEST_CASE("what an archive carries is judged as if it were attached") {
  const std::string page =
      "<form action=\"https://post.example/p\"><input type=password></form><a href=\"https://l.example/\">x</a>";
  const auto e = event_of(mail_with(
      "Hello", {{"application/zip", "a.zip",
                 archive("zip", {{"form.html", page},
                                 {"code.png", png(code("https://packed.example/"))},
                                 {"run.js", "x"},
                                 {"note.txt", "see https://note.example/ please"},
                                 {"old.eml", "From: a@b.example\nSubject: x\n\nhttps://letter.example/"}})}}));
  CHECK(label(e, "attachment", "attachment.entries") == "5");
  CHECK(label(e, "attachment", "attachment.entry_program") == "js");
  CHECK(label(e, "attachment", "attachment.entry_risky") == "html");
  CHECK(label(e, "attachment", "attachment.entry_password") == "true");
  CHECK(label(e, "attachment", "attachment.encrypted") == "");
  std::string hosts;
  for (const event::Value& noun : e.root().get("about").as_list())
    if (const auto host = noun.as_message()->get("hostname").as_text(); !host.empty()) hosts += std::string(host) + " ";
  CHECK(hosts == "l.example post.example packed.example note.example letter.example ");
  CHECK(fired(verdict(mail_with("Hello", {{"application/zip", "a.zip", archive("zip", {{"form.html", page}})}})),
              "mail_attachment_archive_password_page"));
}

TEST_CASE("PPAP, the locked archive and the mail with its password, stays accepted") {
  const std::string locked = archive("zip-encrypted", {{"見積書.xlsx", "numbers"}});
  const std::string first = mail_with("お世話になっております。見積書をお送りします。パスワードは別途お送りします。",
                                      {{"application/zip", "a.zip", locked}});
  const auto e = event_of(first);
  CHECK(fact(e, "mail.archive_encrypted") == "true");
  CHECK(label(e, "attachment", "attachment.encrypted") == "true");
  CHECK(label(e, "attachment", "attachment.entry_names") == "見積書.xlsx");
  CHECK(verdict(first).action == Action::accept);
  CHECK(verdict(mail_with("先ほどの添付ファイルのパスワードは以下のとおりです。\n0417", {})).action == Action::accept);
  const Verdict armed = verdict(mail_with("解凍パスワードは以下のとおりです。0417",
                                          {{"application/zip", "a.zip", archive("zip-encrypted", {{"x.lnk", "y"}})}}));
  CHECK(fired(armed, "mail_attachment_locked_program_with_password"));
  CHECK(armed.action == Action::quarantine);
}

TEST_CASE("a file that resists costs the mail nothing but a fact") {
  std::string bomb = jpeg(Picture(64, 64));
  bomb.replace(bomb.find("\xff\xc0") + 5, 4, "\xea\x60\xea\x60");
  const std::string link = "Your mailbox is full, sign in at https://lastpass-vault.example/ now";
  const std::string plain = mail_with(link, {}), with = mail_with(link, {{"image/jpeg", "a.jpg", bomb}});
  const auto e = event_of(with);
  CHECK(fact(e, "unwrap.outcome") == "too_big");
  CHECK(label(e, "attachment", "attachment.unwrap") == "too_big");
  CHECK(verdict(with).action >= verdict(plain).action);
  CHECK(fired(verdict(with), "mail_attachment_resists_reading"));
}

TEST_CASE("closed by the settings: nothing is opened and nothing said") {
  const auto closed = scanner(false);
  const auto e =
      event_of(mail_with("Hello", {{"image/png", "a.png", png(code("https://lastpass-vault.example/s"))}}), *closed);
  CHECK(label(e, "link", "link.where") == "");
  CHECK(fact(e, "mail.qr_codes") == "");
  CHECK(fact(e, "unwrap.failed") == "");
}

TEST_CASE("settings of [unwrap]") {
  const auto good = read_settings({{"s.toml",
                                    "[unwrap]\nenabled = false\nworkers = 3\nfile_milliseconds = 100\n"
                                    "mail_milliseconds = 200\nimage_pixels = 1000\nentries = 5\n",
                                    {}}});
  CHECK(good.errors.empty());
  CHECK_FALSE(good.settings.unwrap);
  CHECK(good.settings.unwrap_workers == 3);
  CHECK(good.settings.unwrap_mail_milliseconds == 200);
  CHECK(good.settings.unwrap_bounds.milliseconds == 100);
  CHECK(good.settings.unwrap_bounds.entries == 5);
  for (const char* bad : {"workers = -1", "workers = 1000", "links = 0", "speed = 3"})
    CHECK(read_settings({{"s.toml", std::string("[unwrap]\n") + bad, {}}}).errors.size() == 1);
}
