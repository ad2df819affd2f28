#include <doctest/doctest.h>

#include <algorithm>

#include "mail/message.h"
#include "text/charset.h"

using namespace sekisho;
using namespace sekisho::mail;

namespace {

Message read(const std::string& bytes, const Limits& limits = {}) {
  auto message = read_message(bytes, limits);
  REQUIRE(message);
  return std::move(*message);
}

bool hit(const Message& m, std::string_view limit) {
  return std::find(m.limits_hit.begin(), m.limits_hit.end(), limit) != m.limits_hit.end();
}

std::string multipart(const std::string& type, const std::string& boundary, std::initializer_list<std::string> parts) {
  std::string out = "Content-Type: " + type + "; boundary=\"" + boundary + "\"\r\n\r\n";
  for (const std::string& part : parts) out += "--" + boundary + "\r\n" + part + "\r\n";
  return out + "--" + boundary + "--\r\n";
}

const std::string kPlain = "Content-Type: text/plain; charset=utf-8\r\n\r\nplain words https://plain.example/a";
const std::string kHtml =
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>html=20words <a "
    "href=3D\"https://link.example/x\">go</a></p>";

}  // namespace

TEST_CASE("what fails") {
  CHECK(read_message("").error().code == "mail.empty");
  Limits limits;
  limits.mail_bytes = 10;
  CHECK(read_message("Subject: long", limits).error().code == "mail.limit.bytes");
}

TEST_CASE("a plain mail") {
  const std::string bytes =
      "Return-Path: <bounce@example.net>\r\nFrom: Ann <a@example.com>\r\nFrom: b@example.com\r\nTo: "
      "c@example.com\r\nSubject: hello\r\n"
      "Message-ID: <1@example.com>\r\nReferences: <0@example.com>\r\n <00@example.com>\r\nDate: Mon, 1 Jan 2024 "
      "00:00:00 +0000\r\n\r\nsee https://example.com/a now";
  const Message m = read(bytes);
  CHECK(m.subject == "hello");
  REQUIRE(m.from.size() == 2);
  CHECK(m.from[1].domain == "example.com");
  CHECK(m.duplicated_headers == std::vector<std::string>{"from"});
  CHECK(m.return_path[0].address == "bounce@example.net");
  CHECK(m.message_id == "1@example.com");
  CHECK(m.references == std::vector<std::string>{"0@example.com", "00@example.com"});
  REQUIRE(m.date);
  REQUIRE(m.parts.size() == 1);
  CHECK(m.parts[0].path == "1");
  CHECK(m.parts[0].kind == PartKind::text);
  CHECK(bytes.substr(m.parts[0].offset, m.parts[0].length) == "see https://example.com/a now");
  CHECK(m.text == "see https://example.com/a now");
  REQUIRE(m.links.size() == 1);
  CHECK(m.links[0].where == LinkRef::Where::text);
  CHECK(m.links[0].offset == 4);
}

TEST_CASE("Japanese in each charset it is sent in") {
  const std::string words = "パスワードの有効期限が切れます。確認してください。";
  for (const char* charset : {"utf-8", "iso-2022-jp", "shift_jis", "euc-jp"}) {
    CAPTURE(charset);
    const std::string body = text::encode(words, charset);
    Message m = read("Content-Type: text/plain; charset=" + std::string(charset) + "\r\n\r\n" + body);
    CHECK(m.text == words);
    CHECK_FALSE(m.parts[0].charset_wrong);
    m = read("Subject: x\r\n\r\n" + body);  // no label at all
    CHECK(m.text == words);
    m = read("Content-Type: text/html\r\n\r\n<meta charset=\"" + std::string(charset) + "\"><p>" + body + "</p>");
    CHECK(m.text.find(words) != std::string::npos);
  }
  const Message wrong = read("Content-Type: text/plain; charset=us-ascii\r\n\r\n" + text::encode(words, "shift_jis"));
  CHECK(wrong.text == words);
  CHECK(wrong.parts[0].charset_wrong);
}

TEST_CASE("the alternative that a reader sees") {
  Message m = read("Subject: x\r\n" + multipart("multipart/alternative", "b", {kPlain, kHtml}));
  CHECK(m.text.find("html words") != std::string::npos);
  CHECK(m.text.find("plain") == std::string::npos);
  CHECK(m.other_text.find("plain words") != std::string::npos);
  REQUIRE(m.parts.size() == 3);
  CHECK(m.parts[0].path == "");
  CHECK(m.parts[2].path == "2");
  REQUIRE(m.links.size() == 2);
  CHECK(m.links[0].part == 1);
  CHECK(m.links[0].where == LinkRef::Where::text);
  CHECK(m.links[1].href == "https://link.example/x");
  CHECK(m.links[1].where == LinkRef::Where::html);
  CHECK(m.pieces.size() == 1);
  CHECK(m.pieces[0].part == 2);
  // HTML counts although plain text comes last, and inside multipart/related it counts too.
  m = read(multipart("multipart/alternative", "b", {kHtml, kPlain}));
  CHECK(m.text.find("html words") != std::string::npos);
  m = read(multipart("multipart/alternative", "b",
                     {kPlain, multipart("multipart/related", "r",
                                        {kHtml, "Content-Type: image/png\r\nContent-ID: <p@x>\r\n\r\nno image"})}));
  CHECK(m.text.find("html words") != std::string::npos);
  CHECK(m.parts[4].kind == PartKind::image);
  CHECK(m.parts[4].path == "2.2");
  CHECK(m.parts[4].content_id == "p@x");
  CHECK(m.parts[4].sha256.size() == 64);
}

TEST_CASE("mixed bodies are joined, attachments are not") {
  const Message m = read(multipart(
      "multipart/mixed", "b",
      {kPlain, "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=\"../../a.txt\"\r\n\r\nattached",
       kHtml}));
  CHECK(m.text.find("plain words") == 0);
  CHECK(m.text.find("html words") != std::string::npos);
  CHECK(m.text.find("attached") == std::string::npos);
  REQUIRE(m.parts.size() == 4);
  CHECK(m.parts[2].kind == PartKind::attachment);
  CHECK(m.parts[2].filename == "a.txt");
  CHECK(m.parts[2].content == "attached");
  CHECK(m.pieces.size() == 2);
  for (const auto& piece : m.pieces) CHECK(piece.at + piece.length <= m.text.size());
}

TEST_CASE("links that are bare text in HTML are found once") {
  const Message m = read(
      "Content-Type: text/html; charset=utf-8\r\n\r\n<p>visit https://bare.example/z or <a "
      "href=\"https://a.example/\">https://shown.example/</a></p>");
  int text = 0, html = 0;
  for (const LinkRef& link : m.links) (link.where == LinkRef::Where::text ? text : html) += 1;
  CHECK(html == 1);
  REQUIRE(text == 1);
  const auto bare =
      std::find_if(m.links.begin(), m.links.end(), [](const LinkRef& l) { return l.where == LinkRef::Where::text; });
  CHECK(bare->href == "https://bare.example/z");
  CHECK(m.parts[0].content.substr(bare->offset).starts_with("https://bare"));
}

TEST_CASE("file names") {
  const auto name = [](const std::string& fields) {
    return read("Content-Transfer-Encoding: base64\r\n" + fields + "\r\n\r\nAAAA").parts[0].filename;
  };
  CHECK(name("Content-Type: application/pdf; name=a.pdf") == "a.pdf");
  CHECK(name("Content-Type: application/pdf; name=\"=?utf-8?B?6KaL56mNLnBkZg==?=\"") == "見積.pdf");
  CHECK(name("Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''%E8%A6%8B.pdf; "
             "filename=x.pdf") == "見.pdf");
  CHECK(name("Content-Type: application/pdf; name*1*=%8B.pdf; name*0*=utf-8''%E8%A6") == "見.pdf");
  CHECK(name("Content-Type: application/pdf; name*0=long; name*1=.pdf; name*3=no") == "long.pdf");
  CHECK(name("Content-Type: application/pdf; name=C:\\temp\\my file.pdf") == "my file.pdf");
  CHECK(name("Content-Type: application/pdf; name*=iso-2022-jp''%1B$B8+%1B%28B.pdf") == "見.pdf");
  CHECK(name("Content-Type: application/pdf (x); (y) name = \"a;b.pdf\"") == "a;b.pdf");
}

TEST_CASE("attachments are looked at, whatever they say they are") {
  Message m = read(multipart("multipart/mixed", "b",
                             {"Content-Type: application/octet-stream; name=invoice.html\r\nContent-Disposition: "
                              "attachment\r\n\r\n<html><form action=\"https://f.example/\"><input "
                              "type=password></form><a href=\"https://g.example/\">x</a></html>"}));
  REQUIRE(m.parts[1].page);
  CHECK(m.parts[1].sniffed == "text/html");
  CHECK(m.parts[1].page->forms.size() == 1);
  REQUIRE(m.links.size() == 1);
  CHECK(m.links[0].where == LinkRef::Where::attachment);
  CHECK(m.text.empty());
  m = read(
      "Content-Type: image/png\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\nUEsDBAoAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n");
  CHECK(m.parts[0].sniffed == "application/zip");
  CHECK(m.parts[0].encrypted);
  CHECK(m.parts[0].size == 30);
  m = read("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx");
  CHECK(m.parts[0].encrypted);
}

TEST_CASE("messages inside messages") {
  const std::string inner =
      "From: inner@example.org\r\nSubject: inner\r\n" + multipart("multipart/alternative", "i", {kPlain, kHtml});
  const std::string bytes = "Subject: outer\r\n" +
                            multipart("multipart/mixed", "b", {kPlain, "Content-Type: message/rfc822\r\n\r\n" + inner});
  Message m = read(bytes);
  REQUIRE(m.nested.size() == 1);
  REQUIRE(m.parts.size() == 3);
  CHECK(m.parts[2].kind == PartKind::message);
  CHECK(m.text.find("html") == std::string::npos);
  const Message& in = m.nested[0];
  CHECK(in.subject == "inner");
  CHECK(in.from[0].domain == "example.org");
  CHECK(in.text.find("html words") != std::string::npos);
  CHECK(bytes.substr(in.headers.fields[0].offset, 4) == "From");
  REQUIRE(in.parts.size() == 3);
  CHECK(in.parts[1].path == "2.1");
  CHECK(in.parts[1].message_depth == 1);
  CHECK(bytes.substr(in.parts[1].offset, 5) == "plain");
  // Encoded, and as a file.
  m = read(
      "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\nRnJvbTogY0BleGFtcGxlLm9yZwpTdWJqZWN0OiBlbmMKCmhp\r\n");
  REQUIRE(m.nested.size() == 1);
  CHECK(m.nested[0].subject == "enc");
  CHECK(m.nested[0].own_bytes);
  m = read(multipart("multipart/mixed", "b",
                     {"Content-Type: application/octet-stream; name=\"a.eml\"\r\nContent-Disposition: "
                      "attachment\r\n\r\nSubject: file\r\nFrom: d@example.org\r\n\r\nhi"}));
  REQUIRE(m.nested.size() == 1);
  CHECK(m.nested[0].subject == "file");
}

TEST_CASE("broken structures are still read") {
  CHECK(
      read("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello").truncated);
  CHECK(read("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello").text ==
        "hello");
  CHECK(read("Content-Type: multipart/mixed\r\n\r\nhello https://x.example/").text.find("hello") == 0);
  CHECK(read("Content-Type: nonsense\r\n\r\nhello").text == "hello");
  CHECK(read("Content-Type: text/html charset=utf-8\r\n\r\n<b>hello</b>").parts[0].kind == PartKind::html);
  CHECK(read(std::string(3000, '\0')).parts.size() == 1);
  CHECK(read("Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 "
             "a\r\n#0V%T\r\n`\r\nend\r\n")
            .text == "Cat");
  CHECK(read("Content-Transfer-Encoding: quoted-printable\r\n\r\na=\r\nb=  \r\nc=3D=zz=").text == "abc==zz");
}

TEST_CASE("each limit cuts, is named, and the rest is kept") {
  Limits limits;
  const std::string two = multipart("multipart/mixed", "b", {kPlain, kPlain, kPlain});
  limits.parts = 2;
  Message m = read(two, limits);
  CHECK(m.parts.size() == 2);
  CHECK(hit(m, "parts"));
  limits = {};
  limits.mime_depth = 2;
  std::string deep = kPlain;
  for (int i = 0; i < 5; ++i) deep = multipart("multipart/mixed", "d" + std::to_string(i), {deep});
  CHECK(hit(read(deep, limits), "mime_depth"));
  limits = {};
  limits.decoded_bytes = 10;
  m = read(two, limits);
  CHECK(hit(m, "decoded_bytes"));
  CHECK(m.text.size() <= 10);
  limits = {};
  limits.text_bytes = 7;
  m = read("Subject: x\r\n\r\n日本語", limits);
  CHECK(hit(m, "text_bytes"));
  CHECK(m.text == "日本");
  limits = {};
  limits.links = 2;
  m = read(two, limits);
  CHECK(hit(m, "links"));
  CHECK(m.links.size() == 2);
  limits = {};
  limits.headers = 1;
  CHECK(hit(read("A: b\r\nC: d\r\n\r\nx", limits), "headers"));
  limits = {};
  limits.header_bytes = 5;
  CHECK(hit(read("Subject: long enough\r\n\r\nx", limits), "header_bytes"));
  limits = {};
  limits.html_bytes = 20;
  CHECK(hit(read("Content-Type: text/html\r\n\r\n<p>words that go on for long</p>", limits), "html_bytes"));
  limits = {};
  limits.nested_messages = 1;
  const std::string nested = "Content-Type: message/rfc822\r\n\r\nSubject: n\r\n\r\nx";
  m = read(multipart("multipart/mixed", "b", {nested, nested}), limits);
  CHECK(m.nested.size() == 1);
  CHECK(hit(m, "nested_messages"));
}

TEST_CASE("hostile structures end quickly") {
  const std::string top = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  std::string deep;
  for (int i = 0; i < 10'000; ++i)
    deep +=
        "Content-Type: multipart/mixed; boundary=x" + std::to_string(i) + "\r\n\r\n--x" + std::to_string(i) + "\r\n";
  CHECK(hit(read(deep), "mime_depth"));
  std::string messages;
  for (int i = 0; i < 10'000; ++i) messages += "Content-Type: message/rfc822\r\n\r\n";
  CHECK(hit(read(messages), "mime_depth"));
  std::string parts = top, fields = top + "--b\r\n", delimiters = deep,
              groups = "Content-Type: message/rfc822\r\n\r\nTo: ";
  for (int i = 0; i < 300'000; ++i) parts += "--b\n\n", fields += "A: b\n", delimiters += "--\n", groups += "g:";
  CHECK(hit(read(parts), "parts"));
  CHECK(hit(read(fields), "parts"));
  CHECK(hit(read(delimiters), "parts"));
  CHECK(read(groups + ";\r\n\r\nx").nested.size() == 1);  // GMime would recurse into each group
  CHECK(
      read(top + "--b\r\nContent-Type: text/plain; name=\"" + std::string(5'000'000, 'y') + "\"\r\n\r\nx\r\n--b--\r\n")
          .parts.size() >= 1);
}
