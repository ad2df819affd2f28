// The linter: what each rule catches, and what it must let pass.
#include <chrono>

#include "base/strings.h"
#include "notice/test_words.h"

using namespace sekisho;
using namespace sekisho::notice;
using Rules = std::set<std::string>;

TEST_CASE("the frames of these tests are clean") {
  CHECK(broken(around_ja("社内での被害は確認されていません。")) == Rules{});
  CHECK(broken(around_en("No damage is known here.")) == Rules{});
}

TEST_CASE("a secret is asked for, or it is not") {
  for (const char* s :
       {"確認のため、パスワードを返信してください。", "社員番号とマスターパスワードをお知らせください。",
        "認証コードを情報担当までご連絡ください。", "現在のパスワードを本メールにご記入のうえご返信ください。",
        "下記フォームにパスワードを入力してください。"})
    CHECK_MESSAGE(broken(around_ja(s)).contains("secret_asked"), s);
  for (const char* s :
       {"パスワードを変更してください。", "パスワードは誰にも教えないでください。",
        "パスワードを返信してくださいというメールは無視してください。",
        "「パスワードを返信してください」と書かれています。",
        "パスワードを入力してしまった場合は、すぐにご連絡ください。", "パスワードをお尋ねすることはありません。",
        "パスワードのリセットを求められたら、情報担当にご連絡ください。"})
    CHECK_MESSAGE(!broken(around_ja(s)).contains("secret_asked"), s);
  for (const char* s :
       {"Please reply with your password.", "To keep your account, send us your current password.",
        "Tell the desk the verification code that you received.", "Enter your password in the form below."})
    CHECK_MESSAGE(broken(around_en(s)).contains("secret_asked"), s);
  for (const char* s :
       {"Change your password.", "Never tell anybody your password.", "Mails ask you to reply with your password.",
        "Do not send, share or tell anyone your password.", "If you entered your password, tell us at once.",
        "We will never ask you to provide your password.", "If somebody asks you to send your password, report it."})
    CHECK_MESSAGE(!broken(around_en(s)).contains("secret_asked"), s);
}

TEST_CASE("live links, in any dress; defanged ones and addresses are none") {
  for (const char* s : {"See https://portal.example/x.", "See http://192.0.2.7/a.", "See www.portal.example now.",
                        "See portal.example/login.", "See [here](portal.example).", "See <a href='x'>this</a>.",
                        "See ｈｔｔｐｓ：／／ｐｏｒｔａｌ．ｅｘａｍｐｌｅ.", "See HTTPS://PORTAL.EXAMPLE.",
                        "詳細https://portal.example/を"})
    CHECK_MESSAGE(broken(around_en(s)).contains("live_link"), s);
  for (const char* s :
       {"See hxxps://portal[.]example/x.", "See hxxps[:]//portal.example/x.", "Write to desk@corp.example.",
        "Read and/or write, e.g. 24/7.", "Domain portal.example is ours.", "The range 192.0.2.0/24 is blocked."})
    CHECK_MESSAGE(!broken(around_en(s)).contains("live_link"), s);
}

TEST_CASE("days: weekday, existence, order") {
  const auto with = [](const std::string& deadline) {
    std::string text = around_ja("社内での被害は確認されていません。");
    const std::string was = "2026年11月27日(金)";
    return broken(text.replace(text.find(was), was.size(), deadline));
  };
  for (const char* good : {"2026年11月27日（金）", "2026/11/27(金)", "2026-11-27", "11月27日(金曜日)", "11/27(金)",
                           "令和8年11月27日(金)", "本日中", "今週中"})
    CHECK_MESSAGE(with(good) == Rules{}, good);
  CHECK(with("2026年11月27日(木)") == Rules{"weekday"});
  CHECK(with("11月27日(土)") == Rules{"weekday"});
  CHECK(with("令和8年11月27日(月)") == Rules{"weekday"});
  CHECK(with("2026年11月31日") == Rules{"no_such_day"});
  CHECK(with("2026年11月20日(金)") == Rules{"deadline_past"});
  CHECK(with("") == Rules{"no_deadline"});
  // No year: the one nearest to today.
  std::string over = around_ja("社内での被害は確認されていません。");
  over.replace(over.find("2026年11月27日(金)"), std::string("2026年11月27日(金)").size(), "1月8日(金)");
  CHECK(broken(over, {2026, 12, 28}) == Rules{});
  CHECK(broken(over, {2026, 1, 2}) == Rules{"weekday"});
}

TEST_CASE("numbers and days are compared however they are written") {
  const auto pair = [](const std::string& ja, const std::string& en) {
    return broken(around_ja(ja) + "\n" + around_en(en));
  };
  for (const auto& [ja, en] : {std::pair{"三件ありました。", "There were three."},
                               {"24時間で発生しました。", "It took one day."},
                               {"約1億2000万円です。", "It was about 120 million yen."},
                               {"約3万件です。", "About 30,000 records."},
                               {"二十四件ありました。", "There were twenty-four cases."},
                               {"午後3時30分に始まりました。", "It began at 3:30 p.m."},
                               {"１５件ありました。", "There were 15 cases."},
                               {"２要素認証では防げません。", "Two-factor sign-in does not help."},
                               {"11/20(金)に始まりました。", "It began on Nov. 20."},
                               {"第三者が入りました。", "A third party got in."},
                               {"24〜72時間かかりました。", "It took 24 to 72 hours."}}) {
    Rules found = pair(ja, en);
    found.erase("width");
    CHECK_MESSAGE(found == Rules{}, ja << " / " << en << ": " << (found.empty() ? "" : *found.begin()));
  }
  for (const auto& [ja, en] : {std::pair{"三件ありました。", "There were four."},
                               {"12件ありました。", "There were 21 cases."},
                               {"24時間以内でした。", "It took 42 hours."},
                               {"約3万件です。", "About 3,000 records."}})
    CHECK_MESSAGE(pair(ja, en).contains("numbers_differ"), ja << " / " << en);
  CHECK(pair("11月20日に始まりました。", "It began on 19 November.").contains("dates_differ"));
  CHECK(pair("金曜日に始まりました。", "It began on a Thursday.").contains("dates_differ"));
}

TEST_CASE("a rank above the notices that contradicts the priority within") {
  const std::string notice = around_ja("社内での被害は確認されていません。");
  CHECK(broken("C\n月内に\n" + notice + "対応優先度: 中\n") == Rules{});
  CHECK(broken("C\n月内に\n" + notice + "対応優先度: 高（速やかに検討してください）\n").contains("rank_priority"));
  CHECK(broken("A\n直ちに\n" + notice + "対応優先度: 低\n").contains("rank_priority"));
  CHECK(broken(notice + "ランク: A（月内に）\n") == Rules{"rank_horizon"});
}

// The step of the frames replaced, in both languages.
static Rules steps(const std::string& ja, const std::string& en) {
  std::string one = around_ja("社内での被害は確認されていません。"), two = around_en("No damage is known here.");
  const std::string was_ja = "メールのリンクは開かないでください。", was_en = "Do not open links in mails.";
  one.replace(one.find(was_ja), was_ja.size(), ja);
  two.replace(two.find(was_en), was_en.size(), en);
  return broken(one + "\n" + two);
}

TEST_CASE("steps are compared one by one: not, except, only, opposites, acts, numbers") {
  for (const auto& [ja, en] :
       {std::pair{"電源を切らずに電話してください。", "Phone us without switching it off."},
        {"見覚えのない通知は「拒否」を押してください。", "Press \"Deny\" on prompts that you do not know."},
        {"確認できない依頼は断ってください。", "Decline requests that cannot be confirmed."},
        {"遠慮なくご連絡ください。", "Do not hesitate to contact us."},
        {"必要な端末を除いて無効にしてください。", "Disable it except on the devices that need it."},
        {"2名で確認してください。", "Two people have to check it."},
        {"11月20日以降の記録を確認してください。", "Check the records since 20 November."},
        {"公式アプリで確認してください。", "Check it in the official app."}})
    CHECK_MESSAGE(steps(ja, en) == Rules{}, std::string(ja));
  for (const auto& [ja, en, rule] :
       {std::tuple{"電源を切って電話してください。", "Phone us without switching it off.", "negation_differs"},
        {"電源を切らずに電話してください。", "Phone us after switching it off.", "negation_differs"},
        {"パスワードは変更しないでください。", "Change your password.", "negation_differs"},
        {"通知は「承認」を押してください。", "Press \"Deny\" on the prompt.", "opposites_differ"},
        {"依頼は断ってください。", "Accept the request.", "opposites_differ"},
        {"設定を無効にしてください。", "Turn on the setting.", "opposites_differ"},
        {"必要な端末を除いて禁止してください。", "Forbid it on all devices.", "limits_differ"},
        {"社内ポータルからのみ更新してください。", "Update it from the company portal.", "limits_differ"},
        {"2名で確認してください。", "One person has to check it.", "numbers_differ"},
        {"11月20日以前の記録を確認してください。", "Check the records since 20 November.", "dates_differ"},
        {"メールを削除してください。", "Install the update.", "actions_differ"},
        {"リンクから確認してください。", "Check it from the link in the mail.", "unsafe_advice"}})
    CHECK_MESSAGE(steps(ja, en).contains(rule), (std::string(ja) + " / " + en + " " + rule));
}

TEST_CASE("prose is compared sentence by sentence, and what we may ask for is judged alone") {
  const auto pair = [](const std::string& ja, const std::string& en) {
    return broken(around_ja(ja) + "\n" + around_en(en));
  };
  CHECK(pair("人事部がQRコードを送ることはありません。", "HR never sends QR codes.") == Rules{});
  CHECK(pair("人事部がQRコードを送ることがあります。", "HR never sends QR codes.").contains("negation_differs"));
  CHECK(pair("顧客情報は漏れておりません。", "Customer data has leaked.").contains("negation_differs"));
  CHECK(pair("正午に始まりました。", "It began at midnight.").contains("numbers_differ"));
  CHECK(pair("深夜0時に始まりました。", "It began at midnight.") == Rules{});
  CHECK(broken(around_ja("担当者が暗証番号をお尋ねすることがあります。")).contains("secret_asked"));
  CHECK(broken(around_en("We may ask for your PIN when you call.")).contains("secret_asked"));
  CHECK(broken(around_en("We will not ask for your PIN.")) == Rules{});
  CHECK(broken(around_ja("偽の画面が暗証番号を求めることがあります。")) == Rules{});
  CHECK(broken(around_ja("社内で不審なメールが見つかった。")) == Rules{"plain_style"});
}

TEST_CASE("deadlines: against priority and tag, against the calendar, not on a weekend") {
  const auto with = [](const std::string& deadline, const std::string& more) {
    std::string text = around_ja("社内での被害は確認されていません。");
    const std::string was = "2026年11月27日(金)";
    return broken(text.replace(text.find(was), was.size(), deadline) + more);
  };
  CHECK(with("2026年11月25日(水)", "対応優先度: 高（24〜72時間以内）\n") == Rules{});
  CHECK(with("2026年12月25日(金)", "対応優先度: 高（24〜72時間以内）\n") == Rules{"rank_deadline"});
  CHECK(with("2026年12月25日(金)", "対応優先度: 高\n") == Rules{"rank_deadline"});
  CHECK(with("2026年12月25日(金)", "対応優先度: 中〜高（今週中）\n") == Rules{"rank_deadline"});
  CHECK(with("2027年2月26日(金)", "対応優先度: 中（月内に）\n") == Rules{"rank_deadline"});
  CHECK(with("2026年12月25日(金)", "対応優先度: 低\n") == Rules{});
  // Days of the calendar count only where the notice says when it was issued.
  CHECK(with("2026年11月30日(月)", "対応優先度: 中〜高（今週中）\n") == Rules{});
  CHECK(with("2026年11月30日(月)", "発行日: 2026年11月24日(火)\n対応優先度: 中〜高（今週中）\n") ==
        Rules{"rank_deadline"});
  CHECK(with("2026年11月27日(金)", "発行日: 2026年11月24日(火)\n対応優先度: 中〜高（今週中）\n") == Rules{});
  CHECK(with("2026年12月4日(金)", "発行日: 2026年11月24日(火)\n対応優先度: 中（月内に）\n") == Rules{"rank_deadline"});
  CHECK(with("2026年11月28日(土)", "") == Rules{"weekend_deadline"});
  CHECK(with("2026年11月29日(日)", "対応優先度: 高\n") == Rules{"weekend_deadline"});
}

TEST_CASE("not every text is a notice") {
  CHECK(broken("今日の天気は晴れです。明日は雨でしょう。") == Rules{"no_notice"});
  CHECK(broken("") == Rules{"no_notice"});
  CHECK(broken("See https://a.example/b") == Rules{"live_link", "no_notice"});
}

TEST_CASE("spans point at what is meant") {
  const std::string text = around_en("Please reply with your password.");
  const auto problems = lint(text, bundled_templates(), {});
  REQUIRE(problems.size() == 1);
  CHECK(text.substr(problems[0].span.offset, problems[0].span.length) == "reply with your password");
  CHECK(problems[0].language == "en");
  CHECK(!problems[0].text_ja.empty());
}

TEST_CASE("a clean draft lies outside of the reports' defects: each report is judged") {
  const std::string folder = std::string(SEKISHO_SOURCE_DIR) + "/../shared/data/articles/";
  const auto one = read_file(folder + "password-reset-impersonation.ja.txt", 1u << 20);
  const auto two = read_file(folder + "lastpass-maintenance-phishing.ja.txt", 1u << 20);
  if (!one || !two) {
    MESSAGE("skipped: no data");
    return;
  }
  const Rules found = broken(*one);
  for (const char* rule : {"rank_priority", "no_contact", "no_deadline", "no_draft_mark"})
    CHECK_MESSAGE(found.contains(rule), rule);
  // Each notice that contradicts the rank above is named at its own priority line, not at the rank.
  std::set<uint32_t> places;
  for (const Problem& p : lint(*one, bundled_templates(), {}))
    if (p.rule == "rank_priority") {
      const size_t line = one->rfind('\n', p.span.offset) + 1;
      const std::string here = one->substr(line, one->find('\n', p.span.offset) - line);
      CHECK_MESSAGE((here.find("優先度") != std::string::npos || here.find("Priority") != std::string::npos), here);
      CHECK(places.insert(p.span.offset).second);
    }
  CHECK(places.size() >= 2);
  CHECK(broken(*two).contains("no_notice"));
}

TEST_CASE("hostile texts: bounded time, no crash") {
  const std::string pieces[] = {"件名: ",
                                "■ 概要\n",
                                "1. ",
                                "パスワードを返信してください。",
                                "2026年11月25日(水)までに",
                                "「",
                                "(",
                                "[",
                                "://",
                                "a.b/",
                                "@a.example ",
                                "ランク: A ",
                                "対応優先度: 高",
                                "24時間",
                                "do not approve, ",
                                "\xe3",
                                "twenty-",
                                "\n",
                                "<",
                                "{{"};
  for (const std::string& piece : pieces) {
    std::string text = "件名: x\n";
    while (text.size() < 300'000) text += piece;
    const auto start = std::chrono::steady_clock::now();
    lint(text, bundled_templates(), {});
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    // Sanitizers cost much; a quadratic step would cost minutes.
    CHECK_MESSAGE(seconds < 20, piece << " " << seconds);
  }
  // Both languages: steps and sentences are laid side by side.
  for (const auto& [ja, en] : {std::pair{"1. 承認しないでください。\n", "1. Do not approve the password.\n"},
                               {"2名は11月20日以降に承認しない。", "Two never approve it since 20 November. "},
                               {"1. 承認しない、", "1. do not approve, "},
                               {"「承認」", "\"deny\" "}}) {
    std::string one = "件名: x\n", two = "\nSubject: x\n";
    while (one.size() < 130'000) one += ja;
    while (two.size() < 130'000) two += en;
    const auto start = std::chrono::steady_clock::now();
    lint(one + two, bundled_templates(), {});
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    CHECK_MESSAGE(seconds < 20, std::string(ja) << " " << seconds);
  }
}
