"""Twins: the organisation's own IT, help desk, security team, personnel department, applications and machines. Entry: mails()."""
from samples.twins import *

ALL_JA, ALL_EN = dict(to="all-staff@corp.example.jp"), dict(to="all-staff@corp.example")
IT_JA, IT_EN = ("情報システム部", "it-info@corp.example.jp"), ("IT Department", "it-info@corp.example")
DESK_JA, DESK_EN = ("ヘルプデスク", "helpdesk@corp.example.jp"), ("IT Service Desk", "helpdesk@corp.example")


def mails():
    announcements()
    helpdesk()
    security()
    personnel()
    machines()
    colleagues()


def announcements():
    I("it-mailbox-migration-en", "en", "microsoft", "it_announcement", "link", "mailboxes move to the cloud at the weekend; sign in again on Monday",
      "Your mailbox moves to Microsoft 365 this weekend - what you need to do", IT_EN, [
          P("Dear colleagues in Yokohama and Osaka,"), P("between **Friday 20 March, 18:00** and **Monday 23 March, 06:00** we migrate your mailbox to Microsoft 365. Mail keeps arriving, but calendars may look empty during the move."),
          UL("On Monday, Outlook asks you to sign in again. Use your usual account and approve the number in Microsoft Authenticator.", "On the phone, remove the old profile and follow the [step-by-step guide](https://intranet.corp.example/it/m365/phone).", "You do not have to back up or export anything beforehand."),
          P("If Outlook still says that your password is wrong on Monday, come to the walk-in desk on the 4th floor, 08:00 to 12:00. We will not send you a link to \"verify\" your mailbox: anything like that is fake."), P("Kind regards\nIT Department, project M365")],
      when="03-16 14:02", **ALL_EN)
    I("it-mailbox-migration-ja", "ja", "-", "it_announcement", "link", "mail server is replaced; settings of mail programs must change by a date",
      "【要対応・2/27(金)まで】メールサーバー更改に伴うメールソフトの設定変更のお願い", IT_JA, [
          P("各位"), P("お疲れさまです。情報システム部の小林です。\nメールサーバーの更改に伴い、Thunderbird をお使いの方は**2月27日(金)まで**に設定の変更をお願いいたします。期限を過ぎますと、メールの送受信ができなくなります。"),
          KV(("受信サーバー", "imap.corp.example.jp (993, SSL/TLS)"), ("送信サーバー", "smtp.corp.example.jp (465, SSL/TLS)"), ("パスワード", "変更ありません")), P("手順書: [社内ポータル](https://intranet.corp.example.jp/it/mail2026)"), P("設定が難しい方は、ヘルプデスク(内線 4000)までご連絡ください。席までうかがいます。")],
      when="02-16 09:15", footer="情報システム部 基盤グループ 小林", **ALL_JA)
    I("it-wifi-password-ja", "ja", "-", "it_announcement", "no_link", "the guests' Wi-Fi password changes; it hangs at the reception desk",
      "来客用Wi-Fiのパスワード変更について(6/1~)", IT_JA, [
          P("各位"), P("来客用Wi-Fi(CORP-GUEST)のパスワードを、6月1日(月)に変更します。新しいパスワードは各階の受付に掲示しますので、来客の方にはそちらをご案内ください。"), P("業務用の無線LAN(CORP)は証明書で認証しているため、影響はありません。")],
      cs="EUC-JP", cte="8bit", form="plain", when="05-28 16:40", footer="情報システム部", **ALL_JA)
    I("it-mfa-enrol-qr-en", "en", "-", "it_announcement", "qr_image,link", "QR code to the own enrolment page of the second factor, for use with the phone",
      "Set up your second factor: scan and go", IT_EN, [
          P("Dear all,"), P("from 1 September VPN and webmail ask for a second factor. Setting it up takes three minutes: open the camera of your work phone and scan this code. It opens https://mfa.corp.example/enrol, our own page; it works in the office network only."),
          IMG("mfa@corp.example", "QR code: https://mfa.corp.example/enrol"), P("No phone? Ask for a security key at the service desk. Colleagues who are not enrolled by 31 August cannot use VPN until they visit us in person.")],
      related=[picture("mfa@corp.example", "enrol.png", qr_png("https://mfa.corp.example/enrol"))], when="08-17 10:00", **ALL_EN)
    I("it-vpn-certificate-ja", "ja", "-", "it_announcement", "link", "VPN certificate runs out; renew it within the week",
      "VPN証明書の有効期限が近づいています(9月30日まで)", ("VPN管理システム", "vpn-admin@corp.example.jp"), [
          P("山田 太郎 さん"), P("お使いのノートパソコン(NB-2217)のVPN証明書は、2026年9月30日に有効期限が切れます。期限までに、社内LANに接続した状態で次のページを開き、証明書を更新してください。"), P("https://ca.corp.example.jp/renew/"), P("更新しない場合、10月1日以降は社外から接続できなくなります。")],
      internal="app", form="plain", cs="ISO-2022-JP", to="taro.yamada@corp.example", when="09-23 06:00", extra="Auto-Submitted: auto-generated\n")
    I("it-password-self-service-en", "en", "-", "it_announcement", "link", "new page to reset a forgotten password without calling",
      "Forgot your password? New self-service reset page", IT_EN, [
          P("Hi everyone,"), P("you can now reset a forgotten Windows password yourself: press **Reset password** on the sign-in screen, or open [password.corp.example](https://password.corp.example/) from a colleague's PC. You need the phone number that HR has on file."),
          P("Please check your number until the end of the month under \"My profile\" in the [staff directory](https://intranet.corp.example/directory/me). Otherwise the service desk has to verify your identity in person, as before.")], **ALL_EN)
    I("it-leaver-account-en", "en", "-", "it_announcement", "no_link", "accounts not used for 60 days are disabled",
      "Unused accounts will be disabled on 1 July", IT_EN, [
          P("Dear team leads,"), P("as every quarter, accounts that nobody has used for 60 days will be disabled on 1 July and deleted on 1 August. The list for your department: svc-scan3, trainee-07, kiosk-lobby."), P("If one of them is still needed, answer this mail before Friday with a short reason. No answer means it may go.")],
      form="plain", cs="US-ASCII", cte="7bit", to="team-leads@corp.example", when="06-22 13:30")
    I("it-wartung-de", "de", "-", "it_announcement", "link", "maintenance window at the German branch, windows-1252",
      "Wartungsarbeiten am Samstag: Anmeldung und E-Mail nicht verfügbar", ("IT Niederlassung Köln", "it-koeln@corp.example"), [
          P("Liebe Kolleginnen und Kollegen,"), P("am Samstag, 14. November, zwischen 8:00 und 14:00 Uhr erneuern wir die Anmeldeserver. In dieser Zeit können Sie sich nicht anmelden; E-Mails kommen verspätet an."), P("Bitte melden Sie sich am Freitagabend ab und lassen Sie die Rechner eingeschaltet. Ihr Kennwort bleibt gültig, Sie müssen nichts bestätigen. Einzelheiten stehen im [Intranet](https://intranet.corp.example/de/wartung)."), P("Viele Grüße\nIhre IT")],
      cs="windows-1252", cte="quoted-printable", how="Q", to="koeln@corp.example", tz=1, when="11-10 09:30")


def helpdesk():
    I("helpdesk-ticket-update-en", "en", "-", "ticket", "link,quote", "answer in a ticket about a second factor on a new phone, with the whole thread",
      "Re: [INC-30417] New phone, authenticator does not work", DESK_EN, [
          P("Hi Hanako,"), P("I have reset your MFA registration. Please sign in to https://portal.corp.example on your PC within the next 2 hours; it will ask you to set up the authenticator again. If you miss the window, call 4000 and I'll open it once more."), P("Best, Ken (Service Desk)"),
          Q("On Tue, Apr 14, 2026 at 9:12 AM Hanako Sato wrote:", "Hello, I got a new phone and the old one is already wiped. The app\nasks for a QR code which I don't have. I can't log in from home.")],
      look="gmail", to="hanako.sato@corp.example.jp", when="04-14 09:47", extra=thread("INC-30417.1@corp.example", "20260414.hs@corp.example.jp"))
    I("helpdesk-temporary-password-ja", "ja", "-", "ticket", "no_link", "the reset was done; the temporary password comes by telephone, not by mail",
      "【INC-41190】パスワード初期化の完了について", DESK_JA, [
          P("営業部 伊藤様"), P("お疲れさまです。ヘルプデスクです。\nご依頼いただいたパスワードの初期化が完了しました。仮パスワードはこの後お電話にてお伝えします(ご本人確認のため、社員番号をうかがいます)。"), P("初回ログイン時に、新しいパスワードへの変更が必要です。仮パスワードの有効期限は本日中です。"), P("よろしくお願いいたします。")],
      cs="ISO-2022-JP", form="plain", to="s.ito@corp.example.jp", when="07-06 11:20", footer="ヘルプデスク 内線 4000")
    I("helpdesk-account-locked-en", "en", "-", "account", "no_link", "automatic notice: the account is locked for 30 minutes",
      "Your account was locked after 5 wrong passwords", ("Directory Service", "no-reply@corp.example"), [
          P("Account: CORP\\tyamada\nTime: 2026-10-27 08:31 JST\nComputer: PC-0311"), P("The account unlocks by itself after 30 minutes. If you changed your password recently, look for devices that still use the old one (phone, scanner, mapped drive)."), P("If this was not you, please call the service desk at 4000.")],
      internal="app", form="plain", cs="US-ASCII", cte="7bit", to="taro.yamada@corp.example", when="10-27 08:31", extra="Auto-Submitted: auto-generated\n")
    I("helpdesk-quota-warning-ja", "ja", "-", "mailbox_quota", "link", "mailbox at 95 %; archive or delete",
      "メールボックスの使用量が95%に達しました", ("メールシステム", "postmaster@corp.example.jp"), [
          P("佐藤 花子 さん"), P("メールボックスの使用量が上限の95%に達しました。100%になると、新しいメールを受信できなくなります。"), KV(("使用量", "19.0 GB / 20.0 GB"), ("大きいフォルダー", "送信済みアイテム 8.2 GB")),
          P("不要なメールを削除するか、[アーカイブの手順](https://intranet.corp.example.jp/it/mail/archive)に沿って整理してください。容量の追加は、上長の承認を得て申請できます。")],
      internal="app", to="hanako.sato@corp.example.jp", when="04-21 05:00")
    I("helpdesk-survey-en", "en", "-", "survey", "button", "how did we do? survey after a ticket",
      "How did we do? INC-29950 is resolved", DESK_EN, [
          P("Hi Taro,"), P("your ticket \"Password of the shared mailbox expired\" was resolved today. Two questions, ten seconds:"), B("Rate our service", "https://helpdesk.corp.example/rate?t=INC-29950"), P("Not solved? Simply reply and the ticket opens again.")],
      internal="app", look="notice", logo="IT Service Desk", colour="#2d4a6b", to="taro.yamada@corp.example")


def security():
    I("csirt-phish-test-result-en", "en", "-", "training", "link,quote", "result of the phishing exercise, quotes the lure",
      "Phishing exercise in May: results and what gave it away", ("CSIRT", "csirt@corp.example"), [
          P("Dear all,"), P("last week 1,204 of you received the mail \"**Your password expires today - keep current password**\". 6 % clicked, 61 % reported it. Thank you!"), P("What gave it away:"),
          UL("The sender was it-support@corp-login.example.net, not corp.example.", "\"Your mailbox will be deactivated within 24 hours\": we never threaten.", "The button asked you to verify your account on a page outside."), P("Everybody who typed a password will be invited to a short course: [dates](https://intranet.corp.example/csirt/course). Your password was not stored by the exercise.")], when="06-02 09:00", **ALL_EN)
    I("csirt-qr-warning-ja", "ja", "-", "advisory", "quote", "warns of QR codes in mails",
      "【注意喚起】QRコードを使ったフィッシング(クイッシング)について", ("CSIRT", "csirt@corp.example.jp"), [
          P("社員各位"), P("「多要素認証の再登録が必要です。スマートフォンでQRコードを読み取ってください」という内容で、PDFや画像のQRコードから偽のログイン画面へ誘導するメールが複数届いています。"),
          UL("当社がメールのQRコードからパスワードの入力を求めることはありません。", "QRコードを読み取ってしまった場合は、画面を閉じ、CSIRT(内線 4444)へご連絡ください。", "パスワードを入力してしまった場合は、夜間・休日でも至急お電話ください。"), P("ご協力をお願いいたします。")],
      cs="Shift_JIS", cte="8bit", form="plain", when="08-28 15:00", **ALL_JA)
    I("csirt-mailgate-digest-en", "en", "-", "held_messages", "table,button", "quarantine digest of the own gateway, in English, one button a mail",
      "Quarantine digest: 3 messages for taro.yamada@corp.example", ("Mail Gateway", "quarantine@corp.example"), [
          P("These messages were held during the last 24 hours. Request release only if you expect them."),
          RAW('<table border="1" cellpadding="4"><tr><th>From</th><th>Subject</th><th></th></tr>\n' + "\n".join(f'<tr><td>{a}</td><td>{b}</td><td><a href="https://quarantine.corp.example/r?id={c}">Request release</a></td></tr>' for a, b, c in
              (("promo@deals.example.com", "Final hours: 70% off", "q1"), ("billing@unknown.example.net", "Overdue invoice, account suspension", "q2"), ("hr@recruit.example.org", "Your new salary structure", "q3"))) + "\n</table>",
              "promo@deals.example.com  Final hours: 70% off\nbilling@unknown.example.net  Overdue invoice, account suspension\nhr@recruit.example.org  Your new salary structure\nhttps://quarantine.corp.example/"), SM("Held messages are deleted after 30 days. Settings: https://quarantine.corp.example/")],
      internal="app", look="div", to="taro.yamada@corp.example", when="09-16 07:00", extra="Auto-Submitted: auto-generated\n")
    I("csirt-password-leak-ja", "ja", "-", "advisory", "no_link", "one person is told that his password was in a leak and to change it today",
      "【至急】パスワード変更のお願い(外部サービスの漏えいに伴うもの)", ("CSIRT 森", "csirt@corp.example.jp"), [
          P("鈴木さん"), P("お疲れさまです。CSIRTの森です。\n外部サービス「サンプルフォーラム」から漏えいしたデータの中に、鈴木さんの会社アドレスとパスワードの組み合わせが見つかりました。"), P("同じパスワードを社内でお使いの場合は、**本日中**に変更をお願いします。変更は、いつもどおり Ctrl+Alt+Del から行ってください。"), P("このメールの真偽を確かめたい場合は、社内電話帳で私の番号を調べてお電話ください。")],
      to="k.suzuki@corp.example", when="05-19 13:10")
    I("csirt-training-invite-fr", "fr", "-", "training", "link", "compulsory training, with reminder and date, in French",
      "Rappel : formation obligatoire « Reconnaître l'hameçonnage » avant le 30 juin", ("Sécurité informatique", "csirt@corp.example"), [
          P("Bonjour Amélie,"), P("sauf erreur, vous n'avez pas encore suivi la formation « Reconnaître l'hameçonnage ». Elle est obligatoire pour tous les collaborateurs et dure 20 minutes."), P("Connectez-vous avec votre compte habituel sur [le portail de formation](https://learning.corp.example/fr/hameconnage). Passé le 30 juin, l'accès à la messagerie depuis l'extérieur sera suspendu jusqu'à ce que la formation soit terminée."), P("Cordialement,\nL'équipe sécurité")],
      to="amelie.exemple@corp.example", tz=2, when="06-16 10:05")
    I("csirt-access-review-en", "en", "-", "notice_policy", "button", "managers must confirm the rights of their people, or they are removed",
      "Action required: confirm access rights of your team by 15 December", ("Identity Governance", "iga@corp.example"), [
          P("Dear Taro Yamada,"), P("7 access rights of your team wait for your review. Rights that are not confirmed by **15 December** will be removed automatically."), KV(("Hanako Sato", "Finance share (write)"), ("Ken Suzuki", "Admin of build server")), B("Start review", "https://iga.corp.example/campaign/2026-Q4"), SM("Reminder 2 of 3")],
      internal="app", look="notice", logo="Identity Governance", colour="#444", to="taro.yamada@corp.example", when="12-07 08:00")


def personnel():
    I("hr-payslip-ja", "ja", "-", "hr", "link", "payslips are on the portal",
      "12月賞与明細の公開について", ("人事部 給与担当", "kyuyo@corp.example.jp"), [
          P("従業員各位"), P("12月賞与の明細を、12月10日(木) 10時に給与明細システムで公開します。"), P("https://kyuyo.corp.example.jp/ (社内ネットワークからのみ閲覧できます)"), P("ログインには社員番号とパスワードが必要です。パスワードを忘れた方は、画面の「パスワードを忘れた場合」から再設定してください。")],
      cs="ISO-2022-JP", form="plain", when="12-08 17:00", footer="人事部 給与担当", **ALL_JA)
    I("hr-bank-account-form-en", "en", "-", "hr", "no_link", "how to change the bank account for salary: in person only",
      "Salary payments: how to change your bank account", ("HR Payroll", "payroll@corp.example"), [
          P("Dear colleagues,"), P("after two attempts to redirect salaries by e-mail, we changed the procedure: a new bank account for your salary is only accepted on paper, signed, at the HR desk, with your ID card. We do not accept direct deposit changes by mail or telephone any more, not even urgent ones before the closing date."), P("Thank you for your understanding\nHR Payroll")],
      form="plain", **ALL_EN)
    I("hr-health-check-ja", "ja", "-", "hr", "link", "health check, book by a date",
      "【再送・重要】定期健康診断の予約について(7/17締切)", ("総務部", "soumu@corp.example.jp"), [
          P("各位"), P("定期健康診断の予約がお済みでない方へお送りしています(7月6日時点で82名)。"), P("**7月17日(金)まで**に、[予約サイト](https://kenshin.sample-clinic.example.com/corp-example/)から日時を選択してください。ログインIDは社員番号、初期パスワードは生年月日8桁です。初回ログイン後、パスワードの変更が必要です。"), P("受診は法律で定められた義務です。ご協力をお願いいたします。")],
      when="07-06 10:30", footer="総務部 安全衛生担当", **ALL_JA)
    I("hr-open-enrollment-en", "en", "-", "hr", "link", "pension plan, last day tomorrow",
      "Last day tomorrow: choose your pension plan", ("HR Benefits", "benefits@corp.example"), [
          P("Hi,"), P("tomorrow, 30 October, is the last day to choose your plan for 2027. If you do nothing, you stay in the standard plan."), P("[Benefits portal](https://intranet.corp.example/hr/benefits) - sign in with your company account, the choice takes five minutes."), P("Questions? Extension 2210 until 18:00.")], when="10-29 09:01", **ALL_EN)
    I("soumu-anpi-drill-ja", "ja", "-", "drill", "button", "disaster drill: answer at once; the honest 'urgent' mail",
      "【訓練】【至急回答】安否確認:地震発生", ("安否確認システム", "anpi@corp.example.jp"), [
          P("※これは訓練です。"), P("本日9時30分、神奈川県で震度6強の地震が発生したとの想定で、安否確認訓練を実施しています。ただちに次のボタンから、ご自身の安否を回答してください。"), B("安否を回答する", "https://anpi.corp.example.jp/r/7f1c9"), P("回答期限:本日12時。未回答の方には、所属長から電話でご連絡します。")],
      internal="app", look="card", colour="#b00020", logo="安否確認システム", when="09-01 09:30", **ALL_JA)
    I("soumu-expense-ja", "ja", "-", "hr", "no_link", "expense claim was sent back, please correct and send today",
      "経費精算の差し戻しのお知らせ(申請番号 E-26-1182)", ("経費精算システム", "keihi@corp.example.jp"), [
          P("山田 太郎 様"), P("申請された経費精算が差し戻されました。"), KV(("理由", "領収書の日付と申請日が一致しません"), ("差し戻し者", "経理部 木村"), ("再申請期限", "本日 18:00")), P("期限を過ぎると、翌月の支払いになります。")],
      internal="app", form="plain", cte="8bit", to="taro.yamada@corp.example", when="03-30 11:14")


def machines():
    scan = pdf(["Scanned by MFP-3F-02", "2026-06-11 14:07", "Delivery note 55-1029, received in full"])
    I("mfp-scan-en", "en", "-", "scan", "pdf", "the own copier sends a scan; the twin of a famous lure",
      "Message from MFP-3F-02", ("MFP-3F-02", "scanner@corp.example"), [P("Your scan is attached.\n\nDevice: MFP-3F-02 (3rd floor, beside the kitchen)\nTime: 2026-06-11 14:07:22\nPages: 1, PDF, 300 dpi\nQuestions: helpdesk@corp.example")],
      internal="app", form="plain", cs="US-ASCII", cte="7bit", to="taro.yamada@corp.example", when="06-11 14:07", attachments=[ms.attach("20260611140722.pdf", "application/pdf", scan)])
    wav = b"RIFF" + struct.pack("<I", 36 + 800) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 7, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", 800) + b"\xff" * 800
    I("pbx-voicemail-en", "en", "-", "voicemail", "attachment", "voicemail of the own telephone system as sound file",
      "Voicemail from 045-000-0100 (0:23)", ("Voicemail", "pbx@corp.example"), [
          P("Dear Hanako Sato,"), P("somebody talked to your mailbox 3120:"), KV(("From", "045-000-0100"), ("Length", "0:23"), ("Date", "Wednesday, February 25, 2026 at 11:40:12 AM")), P("The message is attached. To listen by telephone dial *97; your PIN is the one you chose yourself.")],
      internal="app", form="plain", to="hanako.sato@corp.example.jp", when="02-25 11:41", attachments=[ms.attach("msg0004.wav", "audio/x-wav", wav)])
    I("fax-received-ja", "ja", "-", "fax", "pdf", "the fax server passes a fax on",
      "【FAX受信】045-000-0177 より 1枚", ("FAXサーバー", "fax@corp.example.jp"), [P("FAXを受信しました。添付ファイルをご確認ください。"), KV(("受信日時", "2026/11/05 16:22"), ("発信元", "045-000-0177"), ("枚数", "1"))],
      internal="app", form="plain", cs="ISO-2022-JP", to="eigyo@corp.example.jp", when="11-05 16:23", attachments=[ms.attach("FAX_20261105_1622.pdf", "application/pdf", pdf(["FAX 045-000-0177", "Order: 40 boxes A4 paper, by 10 Nov", "Sample Bungu Co."]))])
    I("cron-backup-en", "en", "-", "system", "no_link", "nightly report of the backup of the password vault server",
      "[backup01] vault backup: 1 warning", ("root", "root@corp.example"), [
          P("Job: vaultwarden-nightly\nStarted: Tue Aug 11 01:00:01 2026\nStatus: completed with 1 warning"), P("rsync: 214 files, 1.2 GB, sent 88 MB\nWARNING: database backup took 41 s (limit 30 s)\nexport of the vault database verified: ok\nretention: 14 daily, 8 weekly")],
      internal="app", form="plain", cs="US-ASCII", cte="7bit", to="it-ops@corp.example", when="08-11 01:02", extra="Auto-Submitted: auto-generated\nX-Cron-Env: <MAILTO=it-ops@corp.example>\n")
    I("monitoring-cert-expiry-en", "en", "-", "system", "plain_url", "alert of the monitoring system",
      "[CRITICAL] certificate of portal.corp.example ends in 2 days", ("Monitoring", "monitor@corp.example"), [
          P("Check: HTTPS certificate\nOf: portal.corp.example\nWas: WARNING, is: CRITICAL\nSince: Sat 10 Oct 2026 03:00:12 JST"), P("Two days are left. Renew it immediately, the automatic renewal has failed three times."), P("https://monitor.corp.example/check/portal/https")],
      internal="app", form="plain", cs="US-ASCII", cte="7bit", to="it-ops@corp.example", when="10-10 03:00")
    report = ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Licence report</title><style>td{border:1px solid #999;padding:2px 8px}</style></head>\n<body><h1>Licences, week 33</h1>\n'
              '<table><tr><td>Microsoft 365 E3</td><td>412 of 420</td></tr><tr><td>1Password Business</td><td>398 of 400</td></tr></table>\n<p><a href="https://intranet.corp.example/it/licences">All figures</a></p></body></html>\n')
    I("licence-report-html-en", "en", "-", "business", "html_attachment", "weekly report as HTML attachment with brands and an intranet link, no form",
      "Licence report, week 33", ("Asset Management", "assets@corp.example"), [P("Hello, the weekly licence report is attached. 2 seats of 1Password and 8 of Microsoft 365 are left; order more before they run out.")],
      internal="app", form="plain", to="it-admins@corp.example", when="08-17 06:30", attachments=[ms.attach("licences-2026-33.html", "text/html", report.encode())])


def colleagues():
    I("ceo-allhands-en", "en", "-", "business", "no_link", "the managing director writes to all, asks for discretion",
      "Please keep this to yourselves until Thursday", ("Michiko Example", "m.example@corp.example"), [
          P("Dear colleagues,"), P("on Thursday at 9:00 we will announce that we take over Sample Instruments. Until then this is confidential: please do not talk about it outside, not even with customers who ask."), P("I would like to hear your questions in person; the canteen is reserved from 16:00. I know some of you have been working day and night on this. Thank you."), P("Michiko")],
      look="apple", when="11-17 18:20", **ALL_EN)
    I("boss-urgent-request-ja", "ja", "-", "business", "no_link,quote", "the boss asks for something quickly, within a thread, and is really inside",
      "Re: 見積の件、至急お願いします", ("高橋 健", "takahashi@corp.example.jp"), [
          P("山田さん"), P("至急ですみません。今、客先で打ち合わせ中です。例の見積の最新版を、15時までに私宛てに送ってもらえますか。電話には出られないので、メールでお願いします。"), P("高橋\niPhoneから送信"),
          Q("2026年10月15日(木) 11:02 山田 太郎 <taro.yamada@corp.example>:", "高橋さん\n見積は経理の確認待ちです。午後には出せると思います。")],
      form="plain", cs="ISO-2022-JP", to="taro.yamada@corp.example", when="10-15 13:41", extra=thread("20261014.t1@corp.example.jp", "20261015.y2@corp.example") + "X-Mailer: iPhone Mail (22A3354)\n")
    I("colleague-giftcards-en", "en", "-", "business", "no_link", "asks a colleague to buy gift cards, within the team, with the budget's number: honest",
      "Gift cards for the summer raffle", ("Hanako Sato", "hanako.sato@corp.example.jp"), [
          P("Hi Ken,"), P("could you buy the prizes for the raffle when you pass the store: five Amazon gift cards at 3,000 yen, as last year? Cost centre 4410, Ms Kimura has approved it. Bring the receipt and lock them in the drawer, please; do not scratch anything or send the codes around."), P("Thanks!\nHanako")],
      look="gmail", to="k.suzuki@corp.example", when="07-13 12:02")
    I("colleague-shared-vault-ja", "ja", "onepassword", "business", "link", "shares an item of the password manager with a colleague",
      "ベンダーサイトのパスワード、1Passwordで共有しました", ("鈴木 健一", "k.suzuki@corp.example"), [
          P("佐藤さん"), P("サンプル商事の発注サイトのパスワードが変わりました。1Password の共有保管庫「購買」を更新したので、次回からそちらを使ってください。"), P("[アイテムを開く](https://corp-example.1password.com/app#/SAMPLE/AllItems)"), P("メモに旧パスワードも残してあります。")],
      look="gmail", to="hanako.sato@corp.example.jp", when="06-09 15:15")
    cal = ics("20260708-pw@corp.example", "20260708T010000Z", "20260708T013000Z", "MFA rollout: go / no-go", ("Ken Suzuki", "k.suzuki@corp.example"), "taro.yamada@corp.example", "Room 402 / Zoom", "Join: https://zoom.us/j/00000000000?pwd=SAMPLE\nPasscode: 417220")
    I("meeting-zoom-ics-en", "en", "zoom", "meeting", "calendar", "meeting about the second factor with a Zoom link and passcode",
      "Invitation: MFA rollout: go / no-go @ Wed 8 Jul 2026 10:00 (JST)", ("Ken Suzuki", "k.suzuki@corp.example"), [
          P("Agenda: who has not enrolled yet, what we tell them, whether we lock the rest."), KV(("When", "Wed 8 Jul 2026 10:00 - 10:30"), ("Where", "Room 402 / Zoom")), P("Join: https://zoom.us/j/00000000000?pwd=SAMPLE  Passcode: 417220")],
      to="taro.yamada@corp.example", calendar=cal, when="07-02 17:45")
    I("forward-user-report-image-ja", "ja", "-", "user_report", "quote", "a colleague asks the security team whether a card company's mail is genuine, quotes it",
      "Fw: 【重要なお知らせ】お支払い方法の確認 ←これは本物でしょうか?", ("木村 恵", "m.kimura@corp.example.jp"), [
          P("CSIRT ご担当者様"), P("経理部の木村です。下記のようなメールが届きました。Amazonの法人アカウントは使っていますが、本文のリンクのアドレスが変だと思います。開いても大丈夫でしょうか。"),
          OQ("差出人: Amazonカスタマーサービス <info@amazon-support.example.net>\n送信日時: 2026年4月9日 6:11\n件名: 【重要なお知らせ】お支払い方法の確認", "アカウントの所有権を確認できませんでした。24時間以内に更新しない場合、アカウントは永久に停止されます。\nhxxps://amazon-support[.]example[.]net/signin")],
      to="csirt@corp.example.jp", when="04-09 08:50")
