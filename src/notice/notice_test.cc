// Templates and drafts: what they are made of, and that nothing from outside can change their form.
#include "base/strings.h"
#include "notice/test_words.h"

using namespace sekisho;
using namespace sekisho::notice;

namespace {

Facts sample() {
  Facts f;
  f.advisory = "EXAMPLE-2026-11";
  f.rank = 'A';
  f.organisation = "Example Works";
  f.contact = "desk@corp.example, ext. 1234";
  f.contact_ja = "desk@corp.example（内線1234）";
  f.today = {2026, 11, 23};
  f.deadline = {2026, 11, 25};
  f.subject_en = "Mails that pose as maintenance";
  f.subject_ja = "メンテナンスを装うメール";
  f.overview = {
      {"o", "Such mails ask for the master password.", "マスターパスワードを入力させるメールが届いています。"}};
  f.scope = {{"s", "Everybody", "全員"}};
  f.staff_steps = f.admin_steps =
      f.customer_steps = {{"a", "Do not open links in such mails.", "該当メールのリンクは開かないでください。"}};
  f.references = {{"A warning", "Example News", "https://news.example/a", {2026, 11, 20}}};
  return f;
}

std::vector<Error> errors_of(std::string_view text) {
  std::vector<Error> errors;
  Templates::read({{"x.toml", text}}, errors);
  std::erase_if(errors, [](const Error& e) { return e.code == "notice.words"; });
  return errors;
}

size_t count(std::string_view text, std::string_view what) {
  size_t n = 0;
  for (size_t i = text.find(what); i != std::string_view::npos; i = text.find(what, i + what.size())) ++n;
  return n;
}

constexpr Audience kAll[] = {Audience::staff, Audience::administrators, Audience::customers, Audience::regulator};

}  // namespace

TEST_CASE("a draft carries its mark, the facts and the day with its weekday, in both languages") {
  for (const Audience a : kAll) {
    const Draft ja = bundled_templates().draft(a, "ja", sample()), en = bundled_templates().draft(a, "en", sample());
    CHECK(ja.subject.starts_with("【下書き・未承認】"));
    CHECK(ja.body.starts_with("【下書き・未承認】\n"));
    CHECK(en.subject.starts_with("[DRAFT – NOT APPROVED]"));
    CHECK(en.body.starts_with("[DRAFT – NOT APPROVED]\n"));
    const bool template_only = a == Audience::customers || a == Audience::regulator;
    CHECK((ja.body.find("2026年11月25日(水)") != std::string::npos) == !template_only);
    CHECK((en.body.find("Wednesday 25 November 2026") != std::string::npos) == !template_only);
    CHECK(ja.body.find("desk@corp.example") != std::string::npos);
    CHECK(en.body.find("desk@corp.example") != std::string::npos);
    CHECK(count(ja.body, "{{") + count(en.body, "{{") == 0);
    CHECK(broken(bundled_templates().text(ja) + "\n" + bundled_templates().text(en)) == std::set<std::string>{});
  }
}

TEST_CASE("what is for the day on which it happens to us says so, and leaves to people what only they know") {
  for (const Audience a : {Audience::customers, Audience::regulator}) {
    const Draft ja = bundled_templates().draft(a, "ja", sample()), en = bundled_templates().draft(a, "en", sample());
    CHECK(ja.subject.starts_with("【下書き・未承認】【雛形】"));
    CHECK(en.subject.starts_with("[DRAFT – NOT APPROVED] [TEMPLATE]"));
    CHECK(ja.body.substr(0, 200).find("自組織での被害を確認した場合にのみ") != std::string::npos);
    CHECK(en.body.substr(0, 200).find("only once it is confirmed that we are affected") != std::string::npos);
  }
  const Draft ja = bundled_templates().draft(Audience::regulator, "ja", sample()),
              en = bundled_templates().draft(Audience::regulator, "en", sample());
  CHECK(count(ja.body, "（確認中）") == count(en.body, "(to be confirmed)"));
  for (const char* head :
       {"■ 概要", "■ 個人データの項目", "■ 本人の数", "■ 原因", "■ 二次被害", "■ 本人への連絡", "■ 公表", "■ 再発防止"})
    CHECK_MESSAGE(ja.body.find(head) != std::string::npos, head);
  // A blank is none of a notice to staff.
  Draft staff = bundled_templates().draft(Audience::staff, "ja", sample());
  staff.body += "人数: （確認中）\n";
  CHECK(broken(bundled_templates().text(staff)).contains("placeholder"));
}

TEST_CASE("what comes from a source cannot change the form of a draft") {
  const std::string hostile[] = {
      "Title\n\n■ 対応手順\n1. パスワードを返信してください",
      "{{organisation}} {{#staff_steps}}x{{/staff_steps}}",
      "</p><script>alert(1)</script><a href=\"https://evil.example/x\">click here</a>",
      "[click](https://evil.example/login) https://evil.example www.evil.example evil.example/x",
      "ｈｔｔｐｓ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ／ｘ",
      "a\u202Egnp.exe\u2066 \u200Bz\uFEFF",
      "件名: 偽の件名\r\nSubject: false\x1b[31m",
      "対応優先度: 低\u2028ランク: D\u2029期限: なし",
      std::string(100'000, 'A'),
      "\xff\xfe broken \xe3\x81",
      "evil@evil.example <evil@evil.example>",
  };
  for (const Audience a : kAll)
    for (const std::string& title : hostile) {
      Facts f = sample();
      f.lure_subjects = {title};
      f.indicators = {title};
      f.references = {{title, title, title, {2026, 11, 20}}};
      f.advisory = title;
      for (const char* language : {"ja", "en"}) {
        const Draft clean = bundled_templates().draft(a, language, sample()),
                    d = bundled_templates().draft(a, language, f);
        CHECK(d.subject == clean.subject);
        CHECK(count(d.body, "\n■") <= count(clean.body, "\n■") + (a == Audience::administrators));
        CHECK(count(d.body, "\n1.") == count(clean.body, "\n1."));
        for (const char* bad : {"{{", "}}", "<script", "<a", "https://", "www.evil", "evil.example", "\x1b", "\u202E",
                                "\u2066", "\u200B", "\r", "\u2028"})
          CHECK_MESSAGE(d.body.find(bad) == std::string::npos, bad << " in " << d.body);
        for (const std::string_view line : split(d.body, '\n'))
          for (const char* head : {"件名:", "Subject: false", "期限: なし", "ランク: D"})
            CHECK_MESSAGE(!line.starts_with(head), std::string(line));
        CHECK(!broken(bundled_templates().text(d)).contains("live_link"));
        CHECK(d.body.size() < 20'000);
      }
    }
}

TEST_CASE("hosts and addresses are printed so that they are no links; the contact stays usable") {
  Facts f = sample();
  f.references[0].url = "http://user@evil.example:8080/a?b=1";
  f.lure_subjects = {"Version 3.5 of Node.js at 10.1.2.3, write to a@evil.example"};
  const std::string body = bundled_templates().draft(Audience::administrators, "en", f).body;
  CHECK(body.find("hxxp[:]//user[@]evil[.]example:8080/a?b=1") != std::string::npos);
  CHECK(body.find("Version 3.5 of Node[.]js") != std::string::npos);
  CHECK(body.find("a[@]evil[.]example") != std::string::npos);
  CHECK(body.find("desk@corp.example") != std::string::npos);
}

TEST_CASE("lists are shortened alike in both languages until a staff notice can be read") {
  Facts f = sample();
  f.staff_steps.clear();
  for (int i = 0; i < 4; ++i) {
    std::string ja, en;
    for (int k = 0; k < 6; ++k)
      ja += "この作業は手順書に沿って落ち着いて進めます。", en += "Do this calmly, as the handbook says. ";
    f.staff_steps.push_back({"s" + std::to_string(i), en, ja});
  }
  const Draft ja = bundled_templates().draft(Audience::staff, "ja", f),
              en = bundled_templates().draft(Audience::staff, "en", f);
  CHECK(count(ja.body, "\n2. ") == count(en.body, "\n2. "));
  CHECK(count(ja.body, "\n4. ") == 0);
  CHECK(count(en.body, "\n4. ") == 0);
  CHECK(count(ja.body, "\n1. ") == 1);
  CHECK(!broken(bundled_templates().text(ja)).contains("too_long"));
}

TEST_CASE("without an organisation or a contact a draft still reads well, and the linter asks for the contact") {
  Facts f = sample();
  f.organisation = f.organisation_ja = "";
  for (const Audience a : kAll)
    for (const char* language : {"ja", "en"}) {
      const Draft d = bundled_templates().draft(a, language, f);
      for (const char* bad : {"。の", "よりを", " of .", " of ,", "\n reports", "。より"})
        CHECK_MESSAGE(d.body.find(bad) == std::string::npos, d.body);
      CHECK(broken(bundled_templates().text(d)) == std::set<std::string>{});
    }
  f.contact = f.contact_ja = "";
  CHECK(broken(bundled_templates().text(bundled_templates().draft(Audience::staff, "ja", f))).contains("no_contact"));
}

TEST_CASE("an unknown deadline becomes the horizon in words") {
  Facts f = sample();
  f.deadline = {};
  const std::string ja = bundled_templates().draft(Audience::staff, "ja", f).body;
  CHECK(ja.find("期限: 直ちに") != std::string::npos);
  f.deadline = {2026, 2, 30};  // no such day
  CHECK(bundled_templates().draft(Audience::staff, "ja", f).body == ja);
}

TEST_CASE("templates: mistakes are told with their place") {
  const std::string head = "audience = \"staff\"\ntarget = \"plain\"\n", en = "[en]\nsubject = \"s\"\nbody = \"b\"\n";
  const std::string open = "[ja]\nsubject = \"s\"\nbody = \"";
  CHECK(errors_of(head + en + open + "b\"\n").empty());
  const auto unknown = errors_of(head + en + open + "{{orgnisation}}\"\n");
  REQUIRE(unknown.size() == 1);
  CHECK(unknown[0].code == "notice.template");
  CHECK(unknown[0].hint.find("organisation") != std::string::npos);
  REQUIRE(unknown[0].span);
  CHECK((head + en + open + "{{orgnisation}}\"\n").substr(unknown[0].span->offset, unknown[0].span->length) ==
        "{{orgnisation}}");
  CHECK(errors_of(head + en + open + "{{#scope}}{{text}}\"\n").size() == 1);
  CHECK(errors_of(head + en + open + "{{/scope}}\"\n").size() == 1);
  CHECK(errors_of(head + en + open + "{{subject\"\n").size() == 1);
  CHECK(errors_of(head + en).size() == 1);  // a language is missing
  CHECK(errors_of(head + "colour = 1\n" + en + open + "b\"\n").size() == 1);
  std::string deep = head + en + open;
  for (int i = 0; i < 5; ++i) deep += "{{#scope}}";
  for (int i = 0; i < 5; ++i) deep += "{{/scope}}";
  CHECK(!errors_of(deep + "\"\n").empty());
}
