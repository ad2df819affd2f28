"""Twins: mailing lists, security bodies, reports of machines to machines, and people who pass a lure on to those who handle it. Entry: mails()."""
import gzip

from samples.twins import *


def mails():
    lists()
    security()
    reports()


def rfc822(raw, name=""):
    return b"Content-Type: message/rfc822\n" + (f'Content-Disposition: attachment; filename="{name}"\n'.encode() if name else b"") + b"\n" + raw


def lists():
    git = ("List-Id: <patches.lists.example.org>\nList-Post: <mailto:patches@lists.example.org>\nList-Unsubscribe: <mailto:patches+unsubscribe@lists.example.org>\nX-Mailer: git-send-email 2.47.1\nPrecedence: list\n")
    A("list-patch-password-en", "en", "-", "mailing_list", "patch", "patch on a mailing list: asks for the password again",
      "[PATCH v2 2/3] login: ask for the password again before a key is exported", ("Mei-Lin Sample", "mei@hobby.example.org"), [
          RAW("", "The session may be old when somebody exports the key. Ask for the password\nonce more, and lock the account after five wrong ones.\n\nSigned-off-by: Mei-Lin Sample <mei@hobby.example.org>\n---\n login/export.c | 12 ++++++++++--\n 1 file changed, 10 insertions(+), 2 deletions(-)\n\n"
              "diff --git a/login/export.c b/login/export.c\nindex 0a1b2c3..4d5e6f7 100644\n--- a/login/export.c\n+++ b/login/export.c\n@@ -41,6 +41,14 @@ int export_key(struct session *s)\n {\n+\tif (!verify_password(s, prompt(\"Verify your password: \")))\n+\t\treturn -EACCES;\n \treturn write_key(s);\n }\n--\n2.47.1")],
      form="plain", cs="US-ASCII", cte="7bit", to="patches@lists.example.org", rcpt="taro.yamada@corp.example", mta="lists.example.org", ret="patches-bounces@lists.example.org", extra=git + thread("20260401.1-mei@hobby.example.org", "20260402.9-rev@lists.example.org"))
    A("list-oss-advisory-en", "en", "-", "advisory", "plain_url", "vulnerability disclosed on a list: tokens leak from the reset mail",
      "[oss-sec-sample] CVE-2026-00000: password reset tokens leak through Referer in SampleForum", ("SampleForum security", "security@sampleforum.example.org"), [
          P("SampleForum before 4.2.1 puts the password reset token into the URL and loads an image from a third party on that page, so the token leaks through the Referer header. An attacker who runs the image host can take over the account."),
          P("Fix: update to 4.2.1, then invalidate all sessions and tokens:\n\n    forumctl tokens --revoke-all"), P("Users should change their password and verify the e-mail address of their account. Details:\nhttps://sampleforum.example.org/security/2026-03"), P("Thanks to the reporter, who wants to stay anonymous.")],
      form="plain", cs="US-ASCII", cte="7bit", to="oss-sec-sample@lists.example.org", rcpt="security@corp.example", mta="lists.example.org", ret="oss-sec-sample-return-881@lists.example.org", extra="List-Id: <oss-sec-sample.lists.example.org>\nPrecedence: bulk\n")
    A("list-mailman-reminder-en", "en", "-", "mailing_list", "plain_url", "monthly reminder of a list manager, with the password in clear text as old ones do",
      "Your subscriptions at lists.example.org", ("mailman-owner", "mailman-owner@lists.example.org"), [
          P("On the first of each month we tell you which lists of lists.example.org you are on, and the password with which you can leave them or change your settings."), P("For taro.yamada@corp.example:"), RAW("", "List                                     Password // URL\n----                                     --------\npassword-tools@lists.example.org         gupivode\nhttp://lists.example.org/options/password-tools/taro.yamada%40corp.example")],
      form="plain", cs="US-ASCII", cte="7bit", to="taro.yamada@corp.example", mta="lists.example.org", ret="mailman-bounces@lists.example.org", extra="Precedence: bulk\nX-List-Administrivia: yes\nList-Id: <mailman.lists.example.org>\n")
    A("list-confirm-subscribe-en", "en", "-", "mailing_list", "plain_url", "confirm your subscription within three days",
      "confirm 3f1c9a77e0b2d4458a6c", ("pm-users-request", "pm-users-request@lists.example.org"), [
          P("Somebody, we hope you, wants to read pm-users at this address."), P("To confirm that k.suzuki@corp.example may be added, answer this mail without touching its subject, or open this page within 3 days:"), P("https://lists.example.org/confirm/pm-users/3f1c9a77e0b2d4458a6c"), P("Do nothing and you will not hear from us again.")],
      form="plain", cs="US-ASCII", cte="7bit", to="k.suzuki@corp.example", mta="lists.example.org", extra="Auto-Submitted: auto-generated\nPrecedence: bulk\n")
    A("list-ml-incident-eucjp-ja", "ja", "-", "mailing_list", "quote", "EUC-JP: old style Japanese list about a phished mail account",
      "[admin-ml:02217] Re: 学内メールアカウントの乗っ取りについて", ("中村@サンプル大学", "nakamura@univ.example.jp"), [
          P("サンプル大学の中村です。"), P("> 「メールボックスの容量が上限に達しました。24時間以内に\n> アカウントを確認してください」というメールに応じて\n> しまった利用者がいました。"), P("本学でも昨年、同じ手口で5名がパスワードを入力してしまいました。対応としては、(1)パスワードの強制変更、(2)転送設定の確認、(3)送信数の制限、の順で行いました。"), P("偽ページはすぐに消えるので、URLは控えておくとよいです。\n -- 中村")],
      cs="EUC-JP", cte="8bit", form="plain", to="admin-ml@lists.example.jp", rcpt="it-ops@corp.example.jp", mta="lists.example.jp", ret="admin-ml-admin@lists.example.jp", extra="X-ML-Name: admin-ml\nX-Mail-Count: 02217\nX-MLServer: fml\nPrecedence: list\n")
    A("list-digest-en", "en", "-", "mailing_list", "digest", "digest of a list: several mails in one, some of them about passwords and money",
      "homelab Digest, Vol 88, Issue 12", ("homelab-request", "homelab-request@lists.example.org"), [
          P("Today's Topics:\n\n   1. Re: vaultwarden backup before upgrade? (Alex Sample)\n   2. WTS: two used switches (Kim Sample)\n   3. Re: Google 2-step codes after a phone swap (J. Doe)"), RAW("", "-" * 70 + "\n\nMessage: 1\nFrom: Alex Sample\n\nYes, always back up the vault first. Stop the container, copy the data\ndirectory, and test the restore. The new version migrates the database.\n\n" + "-" * 30 +
          "\n\nMessage: 2\nFrom: Kim Sample\n\nTwo 24 port switches, 40 each, PayPal friends or cash. First come first\nserved, must go this weekend!\n\n" + "-" * 30 + "\n\nMessage: 3\nFrom: J. Doe\n\nUse the backup codes you printed. If you have none you must recover the\naccount: https://support.google.com/accounts/answer/185834")],
      form="plain", cs="US-ASCII", cte="7bit", to="homelab@lists.example.org", rcpt="taro.yamada@corp.example", mta="lists.example.org", reply_to="homelab@lists.example.org", ret="homelab-bounces@lists.example.org", extra="List-Id: Home lab talk <homelab.lists.example.org>\nPrecedence: list\n")


def security():
    A("jpcert-notice-iso2022-ja", "ja", "-", "advisory", "plain_url", "ISO-2022-JP: weekly report of the national CERT, plain text",
      "JPCERT/CC WEEKLY REPORT(見本号)", ("JPCERT/CC", "info@jpcert.or.jp"), [
          P("■今週の注目情報(見本)"), P("【1】パスワード管理製品をかたるフィッシング\nパスワード管理サービスを装い、マスターパスワードを入力させようとするメールが報告されています。メールのリンクからではなく、公式アプリやブックマークからアクセスしてください。\nhttps://www.jpcert.or.jp/"), P("【2】VPN機器の脆弱性に関する注意喚起\n該当する製品を使用している場合、至急アップデートを適用してください。\nhttps://jvn.jp/")],
      cs="ISO-2022-JP", form="plain", to="csirt@corp.example.jp", extra="Precedence: bulk\n", footer="一般社団法人JPCERTコーディネーションセンター")
    A("isac-sharing-en", "en", "-", "advisory", "ioc_list", "sector ISAC shares defanged indicators of a phishing wave, with the lure's text",
      "[TLP:GREEN] Phishing wave against password manager users - indicators", ("Sample ISAC", "alerts@sample-isac.example.org"), [
          P("Members report mails with the subject \"Your vault will be deactivated: verify your master password\". Pages copy LastPass, 1Password and Dashlane and relay the second factor."), P("Senders: no-reply@vault-secure[.]example[.]net\nURLs: hxxps://vault-secure[.]example[.]net/login\n      hxxps://lp-verify[.]example[.]test/backup"), P("Recommended: search mail logs for 14 days, block, reset passwords of those who clicked, revoke sessions.")],
      form="plain", cs="US-ASCII", cte="7bit", to="csirt@corp.example", rcpt="csirt@corp.example", extra="X-TLP: GREEN\n", auth="own")
    arf = (b"Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: SampleFBL/1.2\nVersion: 1\nSource-IP: 192.0.2.25\nOriginal-Mail-From: news@corp.example\nArrival-Date: Mon, 06 Jul 2026 04:12:00 +0000\n")
    orig = b"From: Corp Example News <news@corp.example>\nTo: someone@isp.example.com\nSubject: Last days: early-bird prices end on Friday\nDate: Mon, 06 Jul 2026 13:10:00 +0900\nMessage-ID: <news-20260706@corp.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n\nRegister now: https://www.corp.example/forum2026\n"
    A("abuse-feedback-attached-en", "en", "-", "system", "arf,nested_message", "a provider's feedback loop returns one of our own newsletters as complaint",
      "FW: Last days: early-bird prices end on Friday", ("ISP Feedback Loop", "fbl@isp.example.com"), [P("One of our customers called the attached mail from 192.0.2.25 unwanted. The second part is for machines (RFC 5965).")],
      form="plain", cs="US-ASCII", cte="7bit", to="abuse@corp.example", attachments=[arf, rfc822(orig)], when="07-06 15:00")
    as_report("feedback-report")
    victim = next(m[2] for m in ms.MAILS if m[1] == "onepassword-new-device-en" and m[0] == "attack")
    A("phish-report-attached-en", "en", "-", "user_report", "nested_message", "a partner's security team sends us a lure they got, as attachment, because it names us",
      "Phishing mail that pretends to come from you (sample attached)", ("Partner Ltd CSIRT", "csirt@partner.example.com"), [P("Hi,"), P("three of our users received the attached mail on Tuesday. It asks them to approve a device and give their account password. One of the Received lines names your domain, most likely forged. Please let us know if you see the same."), P("Olivia, CSIRT of Partner Ltd")],
      form="plain", cs="US-ASCII", cte="7bit", to="security@corp.example", attachments=[rfc822(victim, "sample.eml")], auth="own")
    A("takedown-thread-ja", "ja", "-", "ticket", "quote", "answer of a hoster to our request to take a fake page down",
      "Re: [#88120] フィッシングサイトの停止依頼", ("サンプルホスティング abuse窓口", "abuse@sample-hosting.example.jp"), [
          P("コープ・エグザンプル株式会社 CSIRT 御中"), P("ご報告いただいたページの公開を停止いたしました。ご連絡ありがとうございます。"), P("> 貴社のサーバー上で、弊社のログイン画面を模したページが公開されています。\n> 社員に対し「パスワードの有効期限が切れました」というメールが送られています。\n> hxxp://shop0001.sample-hosting[.]example[.]jp/owa/\n> 至急、停止をお願いいたします。")],
      form="plain", cs="ISO-2022-JP", to="csirt@corp.example.jp", auth="own", extra=thread("20260310.c1@corp.example.jp"), when="03-10 19:44")
    A("awareness-vendor-newsletter-nl", "nl", "-", "newsletter", "button,quote", "newsletter about phishing with an example to recognise, in Dutch",
      "Herken jij deze phishingmail? Doe de quiz", ("Voorbeeld Security Academy", "nieuws@security-academy.example.com"), [
          H("Echt of nep?"), P("\u201eUw wachtwoord verloopt vandaag. Klik hier om uw huidige wachtwoord te behouden.\u201d Zo begon de mail waar vorige maand een op de negen medewerkers in trapte."), P("Let op de afzender, de haast en de link. En: je bank of IT-afdeling vraagt nooit om je wachtwoord."), B("Start de quiz", "https://links.security-academy.example.com/q/12"), P("Tip: meld verdachte mail via fraudehelpdesk.nl.")],
      look="news", track="https://links.security-academy.example.com/o/", logo="Security Academy", colour="#00695c", to="sanne.voorbeeld@corp.example", tz=1, extra=bulk("https://links.security-academy.example.com/u/12"), footer="[Afmelden](https://links.security-academy.example.com/u/12)")
    A("researcher-report-en", "en", "-", "customer_request", "plain_url", "a stranger with a free-mail address reports a hole in our site and asks whether we pay",
      "Security vulnerability in portal.corp.example (password reset)", ("Rahul Sample", "rahul_sample_sec@gmail.com"), [
          P("Hello Team,"), P("I am a security researcher. I found that your password reset page tells whether an account exists, and the reset link does not expire:\nhttps://portal.corp.example/reset?token=..."), P("Steps: request a reset, wait 48 hours, open the link. Impact: account takeover if the mailbox is compromised."), P("Do you have a bug bounty program? Kindly reply with the reward. I have told nobody."), P("Thanks\nRahul")],
      look="gmail", to="security@corp.example", mta="mail-sor-f41.google.com")


def reports():
    dmarc = ('<?xml version="1.0" encoding="UTF-8"?>\n<feedback><report_metadata><org_name>isp.example.com</org_name><report_id>1780000000.1</report_id></report_metadata>\n<policy_published><domain>corp.example</domain><p>reject</p></policy_published>\n'
             '<record><row><source_ip>203.0.113.9</source_ip><count>12</count><policy_evaluated><disposition>reject</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row></record></feedback>\n').encode()
    A("dmarc-report-en", "en", "-", "system", "gzip", "DMARC aggregate report, gzip attachment, hardly any text",
      "Report Domain: corp.example Submitter: isp.example.com Report-ID: 1780000000.1", ("", "noreply-dmarc@isp.example.com"), [P("This is an aggregate report.")],
      form="plain", cs="US-ASCII", cte="7bit", to="dmarc-reports@corp.example", attachments=[ms.attach("isp.example.com!corp.example!1779926400!1780012799.xml.gz", "application/gzip", gzip.compress(dmarc, mtime=0))], when="05-30 09:00")
    A("tlsrpt-report-en", "en", "-", "system", "json", "TLS report of a provider as JSON",
      "Report Domain: corp.example Submitter: mail.isp.example.com Report-ID: <2026.08.01T00.00.00Z@isp.example.com>", ("TLS reports", "tls-report@isp.example.com"), [P("Aggregate TLS report from isp.example.com for corp.example.")],
      form="plain", cs="US-ASCII", cte="7bit", to="tls-reports@corp.example", attachments=[ms.attach("isp.example.com!corp.example!1785456000!1785542399.json", "application/tlsrpt+json", b'{"organization-name":"ISP","date-range":{"start-datetime":"2026-07-31T00:00:00Z"},"policies":[{"summary":{"total-successful-session-count":57,"total-failure-session-count":0}}]}\n')], when="08-01 11:00")
    A("ci-failure-gitlab-en", "en", "gitlab", "system", "link", "pipeline failed, the token has expired",
      "corp-example/portal | Failed pipeline for main | 9c1d22ab", ("GitLab", "gitlab@mg.gitlab.com"), [
          P("Pipeline #1190022 of main is red."), KV(("Project", "corp-example / portal"), ("Branch", "main"), ("Stage", "deploy")), P("deploy: **access token expired**, renew it in the project settings. [View job](https://gitlab.com/corp-example/portal/-/jobs/1190022)")],
      look="notice", logo="GitLab", colour="#fc6d26", to="dev-team@corp.example", auth="own", footer="Sent for your account on gitlab.com. [Which mails do I want?](https://gitlab.com/-/profile/notifications)", extra="X-GitLab-Pipeline-Status: failed\nAuto-Submitted: auto-generated\n")
    A("npm-token-expiry-en", "en", "github", "notice_security_info", "plain_url", "publishing token runs out in a week",
      "Your npm access token \"ci-publish\" expires in 7 days", ("npm", "support@npmjs.com"), [P("Hi corp-example!"), P("The granular access token named \"ci-publish\" will expire on 25 June 2026. To avoid interruptions, create a new token and replace it wherever it is used:\nhttps://www.npmjs.com/settings/corp-example/tokens"), P("If you no longer need it, no action is required. Nobody at npm needs your password or your codes.")],
      form="plain", to="dev-team@corp.example", auth="own", when="06-18 05:00", footer="npm, a GitHub company")
    A("statuspage-incident-ja", "ja", "-", "notice_maintenance", "link", "status page of a supplier: sign-in trouble, sessions were ended",
      "[障害] サンプルクラウド:ログインできない事象について(第2報)", ("サンプルクラウド ステータス", "status@samplecloud.example.com"), [
          P("本日8時40分頃より、管理画面にログインできない、またはセッションが切れる事象が発生しておりましたが、10時05分に復旧しました。"), P("安全のため、すべてのセッションを一度終了しています。お手数ですが、再度ログインしてください。パスワードの変更は必要ありません。"), P("[経過](https://status.samplecloud.example.com/i/20260714)")],
      look="div", to="it-info@corp.example.jp", auth="own", when="07-14 10:20", extra=bulk("https://status.samplecloud.example.com/u/SAMPLE"), footer="サンプルクラウド株式会社")
