// Facts of sender, thread, shape, scripts and invitations on whole mails.
#include <doctest/doctest.h>

#include "mail/message.h"
#include "scan/facts.h"

using namespace sekisho;
using namespace sekisho::scan;

namespace {

const Content& content() {
  static const LoadedContent loaded = load_content(default_settings());
  REQUIRE(loaded.content);
  return *loaded.content;
}

event::Event event_of(const std::string& mail, Settings settings = default_settings(), Envelope envelope = {}) {
  const auto message = mail::read_message(mail);
  REQUIRE(message);
  return mail_event(settings, content(), *message, envelope, {"test", "", mail.size()}, {1'790'000'000, 0});
}

std::string fact(const event::Event& e, std::string_view key) {
  const event::Value v = e.get("additional").as_map()->get(key);
  return std::string(v.as_text());
}

// The label on the first noun of a kind; "" if there is none.
std::string label(const event::Event& e, std::string_view kind, std::string_view key, size_t nth = 0) {
  const event::Field* about = e.root().type().find("about");
  REQUIRE(about);
  for (const event::Value& v : e.root().list(*about)) {
    const event::Message& noun = *v.as_message();
    const event::Field* labels = noun.type().find("labels");
    if (noun.label(*labels, "kind") != kind || nth-- > 0) continue;
    return std::string(noun.label(*labels, key));
  }
  return {};
}

std::string page(const std::string& headers, const std::string& html) {
  return headers +
         "Date: Mon, 5 Jan 2026 10:00:00 +0900\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + html;
}

std::string attached(const std::string& type, const std::string& name, const std::string& body) {
  return "From: a@sender.example\nTo: taro@corp.example\nDate: Mon, 5 Jan 2026 10:00:00 +0900\nSubject: x\n"
         "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nsee file\n"
         "--b\nContent-Type: " +
         type + "\nContent-Disposition: attachment; filename=" + name + "\n\n" + body + "\n--b--\n";
}

}  // namespace

TEST_CASE("what the mail knows of its reader is told") {
  const auto e =
      event_of(page("From: \"corp.example IT\" <x82125@sender.example>\nTo: taro.yamada@corp.example\n"
                    "Subject: taro.yamada@corp.example: 4q1sVqWetH7ci\nMessage-ID: <1@DESKTOP-1>\nX-Mailer: Sender 1\n",
                    "taro.yamada@corp.example <a href='https://go.example/#dGFyby55YW1hZGFAY29ycC5leGFtcGxl'>x</a>"));
  CHECK(fact(e, "identity.display_recipient") == "domain");
  CHECK(fact(e, "identity.subject_recipient") == "address");
  CHECK(fact(e, "identity.text_recipient") == "true");
  CHECK(fact(e, "identity.local_digits") == "5");
  CHECK(fact(e, "identity.message_id_form") == "no_domain");
  CHECK(fact(e, "identity.mailer") == "Sender 1");
  CHECK(fact(e, "mail.subject_token") == "4q1sVqWetH7ci");
  CHECK(fact(e, "mail.html_only") == "true");
  CHECK(fact(e, "mail.links_stranger") == "1");
  CHECK(fact(e, "mail.links_sender") == "");
  CHECK(label(e, "link", "link.stranger") == "true");
  CHECK(label(e, "link", "link.recipient_how") == "base64");
  CHECK(label(e, "link", "link.fragment_bytes") == "32");
}

TEST_CASE("who signed, bounces or answers is no stranger") {
  const auto e = event_of(
      page("From: a@sender.example\nReply-To: a@desk.example\nReturn-Path: <b@bounce.example>\nTo: c@corp.example\n"
           "DKIM-Signature: v=1; a=rsa-sha256;\n d=service.example; s=x; b=AA\nList-Unsubscribe: <https://x.example/>\n"
           "List-Unsubscribe-Post: List-Unsubscribe=One-Click\nFeedback-ID: 1:x\nX-Priority: 1\n",
           "<a href='https://t.service.example/'>1</a><a href='https://www.desk.example/'>2</a>"
           "<a href='https://bounce.example/'>3</a><a href='https://sender.example/'>4</a>"
           "<a href='https://other.example/'>5</a>"));
  CHECK(fact(e, "mail.links_stranger") == "1");
  CHECK(fact(e, "mail.links_sender") == "1");
  CHECK(fact(e, "auth.signatures") == "1");
  CHECK(fact(e, "identity.domains") == "3");
  CHECK(fact(e, "mail.unsubscribe") == "one_click");
  CHECK(fact(e, "mail.feedback_id") == "true");
  CHECK(fact(e, "mail.urgent_mark") == "true");
}

TEST_CASE("recipients that stand nowhere in the headers are hidden") {
  const std::string mail = "From: a@sender.example\nTo: a@sender.example\nSubject: x\n\nhello\n";
  CHECK(fact(event_of(mail, default_settings(), {"", "", "", {"taro@corp.example"}}), "identity.recipient_hidden") ==
        "true");
  CHECK(fact(event_of(mail, default_settings(), {"", "", "", {"A@sender.example"}}), "identity.recipient_hidden") ==
        "");
  CHECK(fact(event_of(mail), "identity.recipient_hidden") == "");
}

TEST_CASE("offices are claimed in the name, answers go to free mail, threads are only quoted") {
  const auto e = event_of(
      "From: Billing Department <a@gmail.com>\nReply-To: b@outlook.com\nTo: c@corp.example\nSubject: x\n\n"
      "Dear customer,\n\n----- Original Message -----\nhello\n");
  CHECK(fact(e, "lure_name.office_claim") == "1");
  CHECK(fact(e, "lure.nameless_greeting") != "");
  CHECK(fact(e, "lure.quoted_reply") != "");
  CHECK(fact(e, "mail.references") == "");
  CHECK(fact(e, "identity.reply_to_to_free_mail") == "true");
}

TEST_CASE("an attached page tells what its script would do, and its links are links of the mail") {
  const auto e = event_of(attached("text/html", "a.html",
                                   "<script>var b=new Blob([atob('UEsDBBQA" + std::string(400, 'A') +
                                       "')]);a.href=URL.createObjectURL(b);a.download='x.zip';a.click();\n"
                                       "location=atob('aHR0cHM6Ly9hLmV4YW1wbGUvbG9naW4=');\n"
                                       "document.write('<form><input type=password></form>')</script>"));
  const std::string signs = label(e, "attachment", "attachment.smuggling");
  for (const char* sign : {"base64_blob", "atob", "blob", "object_url", "save", "click", "location", "document_write"})
    CHECK_MESSAGE(signs.find(sign) != std::string::npos, sign);
  CHECK(label(e, "attachment", "attachment.carries") == "application/zip");
  CHECK(label(e, "attachment", "attachment.script_url") == "https://a.example/login");
  CHECK(label(e, "attachment", "attachment.script_use") == "location");
  CHECK(label(e, "attachment", "attachment.url_decoded") == "true");
  CHECK(label(e, "attachment", "attachment.password") == "true");
  CHECK(label(e, "form", "form.written") == "true");
  CHECK(label(e, "link", "link.where") == "script");
}

TEST_CASE("an SVG with a link, a handler and a page inside") {
  const auto e = event_of(attached("image/svg+xml", "a.svg",
                                   "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"go()\">"
                                   "<a xlink:href=\"https://a.example/\"><text>Open</text></a>"
                                   "<foreignObject><p>x</p></foreignObject></svg>"));
  CHECK(label(e, "attachment", "attachment.svg") == "true");
  CHECK(label(e, "attachment", "attachment.handlers") == "1");
  CHECK(label(e, "attachment", "attachment.foreign_objects") == "1");
  CHECK(label(e, "link", "link.in_svg") == "true");
}

TEST_CASE("an invitation has an organiser, links and wishes of its own") {
  const auto e = event_of(attached("text/calendar", "a.ics",
                                   "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Enter your password\n"
                                   "ORGANIZER:mailto:x@other.example\nDESCRIPTION:at https://go.example/x\nEND:VEVENT\n"
                                   "END:VCALENDAR"));
  CHECK(label(e, "calendar", "calendar.organizer") == "x@other.example");
  CHECK(label(e, "calendar", "calendar.organizer_other") == "true");
  CHECK(label(e, "link", "link.where") == "calendar");
  CHECK(fact(e, "lure.credential_request") != "");
}

TEST_CASE("a message inside tells what it wants") {
  const auto e = event_of(attached("message/rfc822", "a.eml",
                                   "From: x@other.example\nSubject: Enter your password\n\nhttps://go.example/x\n"));
  CHECK(label(e, "message", "message.aims") == "credential");
  CHECK(label(e, "message", "message.links") == "1");
}

TEST_CASE("where answers and mailto links go") {
  const auto e =
      event_of(page("From: a@x.onmicrosoft.com\nReply-To: reply@fG89h9dFD6aypKct.click\nTo: me@gmail.com\nSubject: x\n",
                    "<a href='mailto:me@gmail.com'>1</a><a href='mailto:other@gmail.com?subject=x'>2</a>"));
  CHECK(fact(e, "identity.from_tenant") == "onmicrosoft.com");
  CHECK(fact(e, "identity.reply_to_risky_tld") == "click");
  CHECK(fact(e, "identity.reply_to_token") == "fg89h9dfd6aypkct");
  CHECK(fact(e, "mail.mailto_free_mail") == "true");
  CHECK(fact(e, "mail.mailto_stranger") == "true");
  const auto honest = event_of(page("From: a@sender.example\nTo: me@gmail.com\nSubject: x\n",
                                    "<a href='mailto:me@gmail.com'>1</a><a href='mailto:b@sender.example'>2</a>"));
  CHECK(fact(honest, "mail.mailto_free_mail") == "");
  CHECK(fact(honest, "mail.mailto_stranger") == "");
}

TEST_CASE("what stands behind the name under which a mail speaks") {
  const auto backed = [](const std::string& from, const std::string& html, const std::string& headers = "") {
    const auto e = event_of(page("From: " + from + "\nTo: taro@corp.example\nSubject: notice\n" + headers, html));
    return fact(e, "claim.display_backed") + " " + fact(e, "claim.display_said") + " " +
           fact(e, "claim.imprint_backed");
  };
  const std::string link = "<p>Dear customer, Bluefinch asks.</p><a href='https://go.example/x'>open</a>";
  CHECK(backed("Bluefinch Support <a@sender.example>", link) == "nothing true ");
  CHECK(backed("Bluefinch Support <a@bluefinch-mail.example>", link) == "from true ");
  CHECK(backed("Bluefinch <bluefinch@sender.example>", link) == "address true ");
  CHECK(backed("Bluefinch <a@sender.example>", link + "<a href='https://www.bluefinch.example/'>home</a>") ==
        "link true ");
  CHECK(backed("Bluefinch <a@sender.example>", link, "DKIM-Signature: v=1; d=bluefinch.example; s=a; b=x\n") ==
        "nothing true ");                                                     // whose domain it is nobody verified
  CHECK(backed("Bluefinch Test <a@strange.test>", link) == "nothing true ");  // a public suffix is nobody's
  CHECK(backed("RTA Office <a@portal-x.example>", "<p>RTA</p>") == "nothing true ");
  CHECK(backed("Zebra Quokka Wombat <a@zqw.example>", "<p>Zebra</p>") == "from true ");  // initials
  CHECK(backed("Bluefinch Trading <a@bluef.example>", "<p>hello</p>") == "from  ");      // a part of the name
  CHECK(backed("Support <a@sender.example>", link) == "  ");                             // everyday words tell nothing
  CHECK(backed("=?utf-8?b?6Z2S44GE6bOl6YqA6KGM?= <a@sender.example>", "<p>青い鳥銀行です</p>") == "unreadable true ");
  CHECK(backed("Support <a@sender.example>", link + "<p>&copy; 2026 Bluefinch Ltd. All rights</p>") == "  nothing");
  CHECK(backed("Support <a@bluefinch.example>", link + "<p>&copy; Bluefinch</p>") == "  from");
}

TEST_CASE("lure words beside the recipient's address are not hidden from the model") {
  const std::string text = "please confirm your password, your mailbox is full and will be closed today";
  const auto odds = [&](const std::string& to) {
    return fact(event_of(page("From: a@sender.example\nTo: " + to + "\nSubject: confirm your password\n", text)),
                "lure.model_odds");
  };
  CHECK(odds("\"confirm your password mailbox full\" <taro@corp.example>") == odds("<taro@corp.example>"));
}

TEST_CASE("who stands under a name of his own may write about a brand") {
  const auto claimed = [](const std::string& from) {
    return fact(event_of(page("From: " + from + "\nTo: taro@corp.example\nSubject: Netflix raises its prices\n",
                              "<p>Netflix raises its prices in spring, says Bluefinch.</p>")),
                "brand.strong_foreign");
  };
  CHECK(claimed("Bluefinch Weekly <news@bluefinch.example>") == "");
  CHECK(claimed("Security Team <news@bluefinch.example>") == "netflix");
  CHECK(claimed("Netflix Bluefinch <news@bluefinch.example>") == "netflix");
  CHECK(claimed("Netfiix Billing <a@netfiix-billing.example>") == "netflix");  // its own name is the look-alike
}

TEST_CASE("a stranger's domain that holds our name, and a partner's") {
  Settings settings = default_settings();
  settings.domains = {"bluefinch.example"};
  settings.organisation_names = {"Bluefinch"};
  settings.partners = {"payroll.example"};
  const auto from = [&](const std::string& domain) {
    const auto e =
        event_of(page("From: IT <it@" + domain + ">\nTo: taro@bluefinch.example\nSubject: x\n", "x"), settings);
    return fact(e, "identity.from_resembles_own") + "/" + fact(e, "identity.partner");
  };
  CHECK(from("bluefinch-it.test") == "true/");
  CHECK(from("blue-finch.support.test") == "true/");
  CHECK(from("it.bluefinch.example") == "/");  // our own
  CHECK(from("mail.payroll.example") == "/true");
  CHECK(from("greenfinch.test") == "/");
}
