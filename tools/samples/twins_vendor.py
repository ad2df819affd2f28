"""Twins: notices of software vendors and cloud services, from their own domains, linking only to their own hosts. Entry: mails()."""
from samples.twins import *


def mails():
    codes()
    alerts()
    shares()
    administration()
    vaults()


def codes():
    A("slack-confirmation-code-ja", "ja", "slack", "notice_code", "no_link", "sign-in code that the user asked for",
      "Slack の確認コード:K7R-2QX", ("Slack", "no-reply@slack.com"), [
          H("メールアドレスの確認"), P("サインインの途中で開いたままになっている画面に、次のコードを入れてください。"),
          RAW('<p style="font-size:30px;letter-spacing:4px;background:#f5f4f5;padding:20px;text-align:center">K7R-2QX</p>', "K7R-2QX"),
          P("サインインした覚えがなければ、このメールは捨ててください。コードは誰にも渡さないでください。")],
      look="notice", logo="slack", img="https://slack.com/x-a1/logo.png", colour="#611f69", auth="own", footer="Slack Technologies, LLC", when="02-17 09:02")
    A("notion-login-code-en", "en", "notion", "notice_code", "link", "temporary login code with a sign-in link",
      "Your temporary Notion login code is sample-plum-river", ("Notion", "notify@mail.notion.so"), [
          H("Login"), P("[Open Notion with this link](https://www.notion.so/loginwithemail?state=SAMPLE)"),
          P("If the link does not open, type this code on the page you came from:"), P("**sample-plum-river**"),
          SM("Somebody else typed your address? Then there is nothing to do. The code dies after 15 minutes.")],
      look="notice", logo="Notion", colour="#000000", form="html", auth="own", footer="[Notion](https://www.notion.so), notes and documents")
    A("microsoft-single-use-code-en", "en", "microsoft", "notice_code", "no_link", "single-use code of the consumer account",
      "Your single-use code", ("Microsoft account team", "account-security-noreply@accountprotection.microsoft.com"), [
          P("Hi ta**@corp.example,"), P("here is the code you asked for to get into your Microsoft account."), P("Code, good for one use: 004417"),
          P("Type it only on our own pages or in our apps. Nobody from Microsoft will call or write to ask you for it."),
          P("Microsoft account team")],
      look="bare", footer="Privacy Statement: https://go.microsoft.com/fwlink/?LinkId=521839 Microsoft Corporation, One Microsoft Way, Redmond, WA 98052", auth="own", to="taro.yamada@corp.example", tz=-8, when="03-12 16:20")
    A("okta-password-reset-en", "en", "okta", "password_reset", "button", "reset mail that the user asked for, through the tenant of the organisation",
      "Your Okta password: reset link", ("Okta", "noreply@okta.com"), [
          P("Organisation: corp-example"), P("Hi Hanako,"),
          P("you, or somebody who knows your user name, asked to reset the password of your Okta account. If it was not you, tell your administrator straight away."),
          P("User name: hanako.sato@corp.example.jp"), B("Reset Password", "https://corp-example.okta.com/signin/reset-password/SAMPLETOKEN"),
          P("After one hour the link stops working.")],
      colour="#00297a", logo="okta", auth="own", to="hanako.sato@corp.example.jp", footer="Sent by a machine of [Okta](https://www.okta.com/); nobody reads answers.", hops=2)
    A("zoom-password-changed-ja", "ja", "zoom", "notice_password", "link", "the password was changed a moment ago",
      "Zoom アカウントのパスワードが変更されました", ("Zoom", "no-reply@zoom.us"), [
          P("佐藤 花子さん"), P("お使いの Zoom アカウントのパスワードが、2026年4月23日 13:05(日本標準時)に変更されました。"),
          P("ご自身で変更された場合、必要な操作はありません。変更された覚えがない場合は、[パスワードを再設定](https://zoom.us/forgot_password)し、[サポート](https://support.zoom.com/)までご連絡ください。")],
      colour="#0b5cff", logo="zoom", auth="own", to="hanako.sato@corp.example.jp", footer="Zoom Communications, Inc., San Jose, CA", when="04-23 13:05")
    A("atlassian-verify-email-de", "de", "atlassian", "notice_account", "button", "verify a new address, in German",
      "Bestätigen Sie Ihre E-Mail-Adresse für Ihr Atlassian-Konto", ("Atlassian", "noreply@am.atlassian.com"), [
          H("Nur noch ein Schritt"), P("Hallo Jonas,\ndamit Sie Jira und Confluence nutzen können, bestätigen Sie bitte, dass diese Adresse Ihnen gehört."),
          B("E-Mail-Adresse bestätigen", "https://id.atlassian.com/verify-email?token=SAMPLE"), SM("Der Link ist 24 Stunden gültig. Falls Sie kein Konto angelegt haben, ignorieren Sie diese Nachricht einfach.")],
      look="notice", logo="Atlassian", colour="#0052cc", to="jonas.beispiel@corp.example", auth="own", tz=1, when="02-24 10:40", footer="Atlassian Pty Ltd, Sydney")


def alerts():
    A("github-new-ssh-key-en", "en", "github", "notice_security_info", "plain_url", "an SSH key was added",
      "[GitHub] New SSH key on your account", ("GitHub", "noreply@github.com"), [
          P("Hey tyamada-corp!"), P("your account got a new SSH key a minute ago:"), P("laptop-2026\nSHA256:SAMPLEsampleSAMPLEsampleSAMPLE"),
          P("Not yours? Take it away here before somebody uses it:"), P("https://github.com/settings/keys"),
          P("Thanks,\nThe GitHub Team")],
      form="plain", cs="US-ASCII", cte="7bit", to="taro.yamada@corp.example", auth="own", ret="bounces@github.com")
    A("github-2fa-deadline-en", "en", "github", "notice_mfa", "button", "two-factor must be on by a date, or access is limited: an honest deadline",
      "[GitHub] Action required: enable two-factor authentication (2FA) by 18 June", ("GitHub", "noreply@github.com"), [
          H("Your account needs 2FA"), P("Hi @tyamada-corp,\nyou contribute code on GitHub.com, so we require two-factor authentication for your account. You have **45 days**: after **18 June** you will have limited access until 2FA is on."),
          B("Enable 2FA", "https://github.com/settings/two_factor_authentication/setup/intro"),
          P("We recommend a security key or an authenticator app, and keeping your recovery codes in a password manager. [Read about the requirement](https://docs.github.com/en/authentication)")],
      look="notice", colour="#1f883d", logo="GitHub", img="https://github.githubassets.com/images/email/global/wordmark.png", to="taro.yamada@corp.example", auth="own", when="05-04 19:12", footer="You receive this because of your account. GitHub, Inc. 88 Colin P Kelly Jr St, San Francisco")
    A("github-advisory-thread-en", "en", "github", "ticket", "link", "comment on a pull request about passwords, with the usual thread headers",
      "Re: [corp-example/portal] Ask for the password again before export (PR #482)", ("mei-lin", "notifications@github.com"), [
          P("**@mei-lin** commented on this pull request."), RAW("<blockquote><p>The export dialog opens without asking who is there.</p></blockquote>", "> The export dialog opens without asking who is there."),
          P("Right. I'd rather verify your identity with the passkey than type the password. Also, the session has expired by then in most cases, so we end up on the sign-in page anyway."),
          P("[See it on GitHub or answer by mail](https://github.com/corp-example/portal/pull/482#issuecomment-1). [Mute this thread](https://github.com/notifications/unsubscribe-auth/SAMPLE).")],
      look="bare", to="portal@noreply.github.com", rcpt="taro.yamada@corp.example", auth="own", reply_to=("corp-example/portal", "reply+SAMPLE@reply.github.com"),
      extra="List-ID: corp-example/portal <portal.corp-example.github.com>\nList-Unsubscribe: <https://github.com/notifications/unsubscribe/SAMPLE>\nPrecedence: list\nX-GitHub-Reason: review_requested\n" + thread("corp-example/portal/pull/482@github.com"))
    A("google-app-password-en", "en", "google", "notice_security_info", "button", "an app password was created",
      "Security alert", ("Google", "no-reply@accounts.google.com"), [
          H("A new app password opens your account"), P("corp_example_demo@gmail.com"), P("The app password \"printer-3f\" was made today. If you do not know of it, another person may be inside your account: look through it and lock them out."),
          B("Check activity", "https://accounts.google.com/AccountChooser?Email=corp_example_demo@gmail.com&continue=https://myaccount.google.com/alert/nt/SAMPLE"),
          SM("All such notices: https://myaccount.google.com/notifications")],
      colour="#4184f3", logo="Google", to="corp_example_demo@gmail.com", rcpt="taro.yamada@corp.example", auth="own", footer="Sent because the security of your Google Account changed. Google LLC, 1600 Amphitheatre Parkway, Mountain View")
    A("google-storage-full-ja", "ja", "google", "mailbox_quota", "button", "storage of the account at 92 %, mail may stop: true and urgent",
      "Google ストレージの空き容量が残りわずかです(92% 使用中)", ("Google One", "googleone-noreply@google.com"), [
          H("まもなくメールを受信できなくなる可能性があります"), P("ご利用のストレージの 92% を使用しています。空き容量がなくなると、Gmail でのメールの送受信や、Google ドライブへのファイルの保存ができなくなります。"),
          KV(("使用量", "13.8 GB / 15 GB"), ("アカウント", "corp_example_demo@gmail.com")), B("容量を確認する", "https://one.google.com/storage?utm_source=email"),
          P("不要なファイルを[削除して空き容量を増やす](https://one.google.com/storage/management)こともできます。")],
      colour="#1a73e8", logo="Google One", auth="own", footer="Google LLC 1600 Amphitheatre Parkway, Mountain View, CA 94043", to="user@corp.example.jp")
    A("apple-account-sign-in-ja", "ja", "apple", "notice_new_device", "link", "the Apple account was used to sign in on a browser",
      "Apple Accountにブラウザからサインインがありました", ("Apple", "noreply@email.apple.com"), [
          P("佐藤 花子 様"), P("お使いのApple Account(h****@example.com)で、ブラウザからiCloudが開かれました。"), KV(("日時", "2026年6月30日 7:41 JST"), ("ブラウザ", "Safari")),
          P("ご自身の操作であれば、そのままで結構です。"),
          P("覚えがない場合は、ほかの人がアカウントを使っているおそれがあります。[account.apple.com](https://account.apple.com/) で早めにパスワードを変えてください。"), P("Appleサポート")],
      look="bare", auth="own", to="hanako.sato@corp.example.jp", footer="Apple Account | サポート | プライバシーポリシー", when="06-30 07:42")
    A("aws-root-signin-en", "en", "aws", "notice_mfa", "plain_url", "root users must register MFA: honest requirement with a date",
      "[Action Required] Register MFA for your AWS root user", ("Amazon Web Services", "no-reply-aws@amazon.com"), [
          P("Hello,"), P("Your AWS account 0000-0000-0000 does not have multi-factor authentication (MFA) registered for the root user. Starting 35 days from your next sign-in, you will be asked to register MFA before you can use the console."),
          P("To register a device, sign in to the console as root user and open Security credentials:\nhttps://console.aws.amazon.com/iam/home#/security_credentials"),
          P("Nothing changes for running workloads or API access. If you have questions, please contact AWS Support: https://aws.amazon.com/support"), P("Sincerely,\nAmazon Web Services")],
      form="plain", to="aws-admins@corp.example", auth="own", footer="Amazon Web Services, Inc., 410 Terry Avenue North, Seattle, WA 98109", ret="202605SAMPLE@bounces.amazon.com", extra="X-AMAZON-MAIL-RELAY-TYPE: notification\n")
    A("linkedin-pin-fr", "fr", "linkedin", "notice_code", "no_link", "PIN of a sign-in, in French, windows-1252",
      "118204 est votre code de connexion", ("LinkedIn", "security-noreply@linkedin.com"), [
          P("Bonjour Amélie,"), P("pour terminer la connexion, recopiez ces six chiffres :"), P("**118204**"),
          P("Si vous n’avez pas demandé ce code, votre mot de passe est peut-être connu d’une autre personne : changez-le dans les préférences de votre compte."), P("L’équipe LinkedIn")],
      cs="windows-1252", cte="quoted-printable", look="bare", to="amelie.exemple@corp.example", auth="own", how="Q", footer="LinkedIn Ireland Unlimited Company, Wilton Plaza, Dublin 2", tz=2, when="05-27 08:15")


def shares():
    A("google-drive-share-en", "en", "google", "business", "button", "a partner shares a document of Google Drive; her name in the display name, Reply-To is hers",
      'Document shared with you: "Draft agreement v3"', ("Sofia Partner (via Google Docs)", "drive-shares-dm-noreply@google.com"), [
          H("Sofia Partner shared a document"), P("sofia@partner.example.com lets you **edit** this document:"), P("Here is the new draft, clauses 4 and 9 changed. Could you look before Friday?"),
          B("Open", "https://docs.google.com/document/d/SAMPLE_ID/edit?usp=sharing_eip&ts=SAMPLE"),
          SM("Unwanted? You can block this person in Drive.")],
      colour="#1a73e8", logo="Draft agreement v3", auth="own", reply_to=("Sofia Partner", "sofia@partner.example.com"), to="taro.yamada@corp.example", footer="Google LLC, 1600 Amphitheatre Parkway, Mountain View, CA 94043, USA")
    A("google-drive-access-request-ja", "ja", "google", "business", "button", "somebody asks for access to a file of ours",
      "「見積テンプレート2026」のアイテムへのアクセスがリクエストされました", ("伊藤 さくら(Google スプレッドシート経由)", "drive-shares-dm-noreply@google.com"), [
          P("ito@customer.example.org が次のスプレッドシートへのアクセス権をリクエストしています:"), P("**見積テンプレート2026**"), B("共有設定を管理", "https://docs.google.com/spreadsheets/d/SAMPLE_ID/edit?userstoinvite=ito@customer.example.org"),
          SM("心当たりのない相手の場合は、このメールを無視してください。")],
      look="notice", colour="#188038", logo="Google スプレッドシート", auth="own", reply_to=("伊藤 さくら", "ito@customer.example.org"), footer="Google LLC")
    A("dropbox-share-ja", "ja", "dropbox", "business", "button", "a supplier shares a folder",
      "サンプル印刷の中村さんが「カタログ入稿データ」を共有しました", ("Dropbox", "no-reply@dropbox.com"), [
          P("こんにちは、太郎さん"), P("サンプル印刷の中村さん(nakamura@sample-print.example.com)から、Dropbox のフォルダ「カタログ入稿データ」への招待が届きました。"),
          P("中村さんより:\n「色校正のデータです。明日の17時までに赤字をお願いします。」"), B("フォルダにアクセス", "https://www.dropbox.com/l/scl/SAMPLE")],
      colour="#0061fe", logo="Dropbox", img="", auth="own", to="taro.yamada@corp.example", footer="Dropbox, Inc., PO Box 77767, San Francisco, CA 94107 [不正を報告](https://www.dropbox.com/report_abuse?id=SAMPLE)")
    A("dropbox-account-full-en", "en", "dropbox", "mailbox_quota", "button", "the account is full, files no longer sync",
      "Your Dropbox is full", ("Dropbox", "no-reply@em-s.dropbox.com"), [
          H("No room left: your files have stopped syncing"), P("Whatever you save from now on stays on this computer only; your phone won't see it and there is no copy online."),
          B("Upgrade your Dropbox", "https://www.dropbox.com/buy?oqa=SAMPLE"), P("Or [make room](https://www.dropbox.com/account/plan): old videos are a good place to start.\nDropbox")],
      look="news", track="https://www.dropbox.com/e/SAMPLE/", logo="Dropbox", colour="#0061fe", form="html", auth="own", extra=bulk("https://www.dropbox.com/bulk_email_unsubscribe/SAMPLE"), footer="[Unsubscribe](https://www.dropbox.com/bulk_email_unsubscribe/SAMPLE) © 2026 Dropbox")
    A("docusign-reminder-ja", "ja", "docusign", "business", "button", "second reminder to sign, with a date",
      "リマインダー:Docusign で署名してください:秘密保持契約書.pdf", ("Docusign経由の渡辺 真", "dse@docusign.net"), [
          P("渡辺 真さんから、文書の署名の依頼が届いています。まだ完了していません。"), B("文書のレビュー", "https://na4.docusign.net/member/EmailStart.aspx?a=SAMPLE"),
          P("山田様\n先日お打ち合わせした秘密保持契約書です。有効期限は11月30日(月)です。期限を過ぎると再送が必要になりますので、お早めにお願いいたします。\n渡辺"),
          SM("リンクは山田様専用です。転送しないでください。リンクを使わずに、Docusign のサイトでコードを入力して開くこともできます。")],
      colour="#4c00ff", logo="docusign", to="taro.yamada@corp.example", reply_to=("渡辺 真", "watanabe@sample-law.example.com"), auth="own", footer="[このメールを報告](https://protect.docusign.net/report-abuse?e=SAMPLE) | [サポート](https://support.docusign.com/)", when="11-20 18:01")
    A("adobe-sign-request-en", "en", "adobe", "business", "button", "signature requested through Acrobat Sign",
      "Signature requested on \"Amendment 2 - Maintenance\"", ("Claire Vendor", "adobesign@adobesign.com"), [
          P("Claire Vendor requests your signature on"), H("Amendment 2 - Maintenance"), B("Review and sign", "https://corp.na1.adobesign.com/public/esign?tsid=SAMPLE"),
          P("The vendor asks for it by 12 August. When both sides have signed, each gets the finished PDF.\nKeep this mail to yourself: whoever holds the link can sign as you.")],
      colour="#1473e6", logo="Adobe Acrobat Sign", to="hanako.sato@corp.example.jp", auth="own", reply_to=("Claire Vendor", "claire@vendor.example.com"), footer="[Terms of use](https://www.adobe.com/legal/terms.html). © 2026 Adobe", when="08-05 22:10")
    A("zoom-recording-en", "en", "zoom", "business", "link", "the recording of a meeting is ready, with passcode",
      "Cloud Recording - Quarterly review is now available", ("Zoom", "no-reply@zoom.us"), [
          P("Hi Taro Yamada,"), P("the recording of your meeting has been processed."), KV(("Topic", "Quarterly review"), ("Date", "Jul 9, 2026 03:00 PM Osaka, Sapporo, Tokyo")),
          P("Pass this on to whoever missed it:\n[https://zoom.us/rec/share/SAMPLE](https://zoom.us/rec/share/SAMPLE)\nPasscode: 5x!Sample"), P("Recordings are deleted after 120 days.")],
      look="bare", to="taro.yamada@corp.example", auth="own", footer="Copyright 2026 Zoom Communications, Inc.", when="07-09 16:20")
    A("box-upload-es", "es", "box", "business", "button", "somebody uploaded a file, in Spanish",
      "Lucía Muestra ha subido \"Planos_fase_2.pdf\" en Box", ("Box", "noreply@box.com"), [
          P("Lucía Muestra (lucia@socio.example.com) ha subido un archivo a la carpeta **Obra Sevilla**, en la que usted colabora."), B("Ver archivo", "https://app.box.com/file/000000000000"),
          SM("¿Demasiados avisos? [Cambie sus preferencias](https://app.box.com/account/notifications)")],
      look="notice", logo="box", colour="#0061d5", to="carlos.ejemplo@corp.example", auth="own", footer="Box, Inc. 900 Jefferson Ave, Redwood City, CA 94063", tz=1)
    A("wetransfer-files-nl", "nl", "wetransfer", "business", "button", "files by a transfer service, with an end date, in Dutch",
      "fotografie@studio-voorbeeld.example stuurde je 14 bestanden (WeTransfer)", ("WeTransfer", "noreply@wetransfer.com"), [
          H("Er staan bestanden voor je klaar"), P("Samen 1,2 GB. Na 3 oktober 2026 zijn ze weg."), B("Download je bestanden", "https://wetransfer.com/downloads/SAMPLE"),
          P("Hoi Sanne, hier de foto's van de open dag. Kies je er voor vrijdag tien uit?"), KV(("Downloadlink", "https://wetransfer.com/downloads/SAMPLE"))],
      look="notice", logo="WeTransfer", colour="#409fff", to="sanne.voorbeeld@corp.example", auth="own", reply_to="fotografie@studio-voorbeeld.example", footer="WeTransfer, Amsterdam", tz=2, when="09-26 15:31")


def administration():
    A("microsoft-quarantine-digest-en", "en", "microsoft", "held_messages", "table,button", "digest of held mail, by the cloud service itself; twin of the held-messages lure",
      "Microsoft 365 security: You have a message in quarantine", ("quarantine@messaging.microsoft.com", "quarantine@messaging.microsoft.com"), [
          H("A message is being held for you"), P("Until midnight (UTC) of 10/19/2026 one message to you was held. You have 30 days to look at it on the [quarantine page](https://security.microsoft.com/quarantine); after that it is deleted."),
          RAW('<table border="0" cellpadding="6"><tr><td>Sender:</td><td>sales@expo-sample.example.com</td></tr><tr><td>Subject:</td><td>Last chance: free tickets</td></tr><tr><td>Date:</td><td>10/18/2026 9:14:02 PM</td></tr></table>\n'
              '<p><a href="https://security.microsoft.com/quarantine?id=SAMPLE1">Review Message</a> <a href="https://security.microsoft.com/quarantine?id=SAMPLE1&amp;a=release">Release</a> <a href="https://security.microsoft.com/quarantine?id=SAMPLE1&amp;a=block">Block Sender</a></p>',
              "Sender: sales@expo-sample.example.com\nSubject: Last chance: free tickets\nhttps://security.microsoft.com/quarantine?id=SAMPLE1")],
      form="html", look="div", to="taro.yamada@corp.example", auth="own", footer="© 2026 Microsoft Corporation. All rights reserved. [Privacy Statement](https://privacy.microsoft.com/privacystatement)", when="10-19 09:05")
    A("microsoft-subscription-expiring-en", "en", "microsoft", "invoice", "button", "a subscription ends, administrators must renew or lose data",
      "Reminder: your Microsoft 365 Business Standard subscription expires on November 30", ("Microsoft", "microsoft-noreply@microsoft.com"), [
          H("Your subscription is about to expire"), P("Recurring billing is off. If you don't renew, your users will lose access to their applications and, 90 days later, data will be deleted."),
          KV(("Subscription", "Microsoft 365 Business Standard"), ("Domain", "corp.example"), ("Expires", "November 30, 2026")), B("Review subscription", "https://admin.microsoft.com/Adminportal/Home#/subscriptions"),
          P("Please do not reply to this message. For help, open a request in the admin center.")],
      colour="#0078d4", logo="Microsoft", to="it-admins@corp.example", auth="own", footer="Microsoft Corporation, One Microsoft Way, Redmond, WA 98052 USA. [Privacy](https://go.microsoft.com/fwlink/?LinkId=521839)", when="11-02 23:12")
    A("entra-role-activation-ja", "ja", "entra", "notice_policy", "button", "privileged role waits for approval",
      "PIM: 高橋 健 さんの Exchange 管理者ロールのアクティブ化要求を確認してください", ("Microsoft Security", "MSSecurity-noreply@microsoft.com"), [
          P("高橋 健 さんが、Corp Example ディレクトリの **Exchange 管理者** ロールのアクティブ化を要求しました。"), KV(("理由", "メールボックス移行作業 チケット 20614"), ("開始", "2026年9月10日 9:00 JST"), ("期間", "4 時間")),
          B("要求を承認または拒否", "https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ApproveRequestMenuBlade"), SM("24時間以内に承認されない要求は期限切れになります。")],
      colour="#0078d4", logo="Microsoft Entra ID", to="it-admins@corp.example.jp", auth="own", footer="Microsoft Corporation", when="09-10 08:41")
    A("duo-fraud-report-en", "en", "duo", "advisory", "link", "an administrator is told that a user reported a push as fraud",
      "Duo Fraud Report: hanako.sato", ("Duo Security", "no-reply@duosecurity.com"), [
          P("Hello Corp Example administrator,"), P("**hanako.sato** pressed \"It wasn't me\" on a push and called it fraud."), KV(("Application", "Corp VPN"), ("IP address", "203.0.113.58"), ("Factor", "Duo Push"), ("Time", "Mon, 27 Jul 2026 02:11:40 JST")),
          P("Please contact the user. If the password is known to someone else, reset it in your directory. The log stands in the [Admin Panel](https://admin.duosecurity.com/authlog).")],
      look="div", to="security@corp.example", auth="own", footer="Duo Security, Ann Arbor, Michigan", when="07-27 02:12")
    A("cloudflare-certificate-en", "en", "cloudflare", "notice_maintenance", "link", "a certificate will expire unless action is taken",
      "Action required: certificate for shop.corp.example expires in 14 days", ("Cloudflare", "noreply@notify.cloudflare.com"), [
          P("Hello,"), P("The custom certificate for **shop.corp.example** expires on 21 September 2026 and cannot be renewed automatically. Visitors will see an error after that date."),
          P("Please upload a new certificate or switch to Universal SSL in the [dashboard](https://dash.cloudflare.com/?to=/:account/:zone/ssl-tls/edge-certificates).")],
      look="notice", colour="#f6821f", logo="Cloudflare", to="webmaster@corp.example", auth="own", footer="Cloudflare, Inc., 101 Townsend St., San Francisco", when="09-07 04:00")
    A("openai-usage-limit-en", "en", "openai", "invoice", "link", "monthly budget is used up, requests fail until it is raised",
      "Your organization has reached its monthly budget", ("OpenAI", "noreply@tm.openai.com"), [
          P("Hi there,"), P("Your organization corp-example has used 100 % of its monthly budget of $500.00. API requests may fail until the next cycle or until an owner raises the limit."), B("Manage limits", "https://platform.openai.com/settings/organization/limits"), P("The OpenAI team")],
      look="notice", logo="OpenAI", colour="#0d0d0d", auth="own", to="dev-team@corp.example", footer="OpenAI, 1455 3rd Street, San Francisco", form="html")
    A("stripe-failed-payment-en", "en", "stripe", "payment", "button", "a payment failed, please update the card; sent for a merchant by the payment service",
      "Payment to Sample Hosting failed", ("Sample Hosting", "failed-payments@stripe.com"), [
          H("$48.00 payment unsuccessful"), P("Your bank refused the charge to the Visa card with 4242 at its end. The subscription goes on if you update your payment information; the next attempt is on 14 May."), B("Update payment method", "https://billing.stripe.com/p/session/SAMPLE"),
          SM("Questions? Contact us at billing@sample-hosting.example.com")],
      colour="#635bff", logo="Sample Hosting", to="accounting@corp.example", auth="own", reply_to=("Sample Hosting", "billing@sample-hosting.example.com"), footer="Powered by [Stripe](https://stripe.com)", when="05-11 20:30")
    A("paypal-receipt-en", "en", "paypal", "receipt", "link", "receipt of a payment, with the merchant's name and a help line",
      "Receipt: 39.00 USD to Sample Fonts", ("service@paypal.com", "service@paypal.com"), [
          P("Hello, Taro Yamada"), H("You paid Sample Fonts 39.00 USD"), KV(("Transaction ID", "0XX00000X0000000X"), ("Date", "Feb 26, 2026"), ("Shipping address", "Unconfirmed")),
          P("It will show up among your activities soon. [Look at it there](https://www.paypal.com/activity/payment/0XX00000X0000000X)"), P("Something wrong with what you bought? Within half a year you can open a case in the [Resolution Center](https://www.paypal.com/disputes/)."),
          SM("We address you by your full name. A mail that does not is not from us.")],
      colour="#003087", logo="PayPal", to="taro.yamada@corp.example", auth="own", footer="Copyright 1999-2026 PayPal", when="02-26 21:10")
    A("salesforce-verify-identity-pt", "pt", "salesforce", "notice_code", "no_link", "code for an unknown browser, in Portuguese",
      "Verifique sua identidade no Salesforce", ("Salesforce", "noreply@salesforce.com"), [
          P("Recebemos um acesso à sua conta do Salesforce a partir de um navegador novo."), P("Nome de usuário: joao.exemplo@corp.example\nNavegador: Chrome\nSistema operacional: Windows"), P("Código para terminar o acesso: 70215"),
          P("Não foi você? Então alguém conhece a sua senha. Troque-a e avise o administrador da empresa.")],
      form="plain", to="joao.exemplo@corp.example", auth="own", footer="Salesforce, Inc.", tz=-3, when="06-16 09:55")


def vaults():
    A("onepassword-team-invite-ja", "ja", "onepassword", "invitation", "button", "invitation of the own organisation to its password manager",
      "Corp Example の 1Password に招待されました", ("Corp Example via 1Password", "hello@1password.com"), [
          H("Corp Example のチームに参加しましょう"), P("高橋 健 さん(takahashi@corp.example.jp)から、1Password のチームへの招待が届いています。業務で使うパスワードを安全に保管し、共有できます。"), B("チームに参加する", "https://corp-example.1password.com/teamjoin/invitation/SAMPLE"),
          P("参加の際に、あなただけのアカウントパスワードを決めます。Secret Key を含む Emergency Kit は印刷して、安全な場所に保管してください。"), SM("この招待は14日後に無効になります。")],
      colour="#0572ec", logo="1Password", to="hanako.sato@corp.example.jp", auth="own", footer="1Password, 4711 Yonge St, Toronto [プライバシー](https://1password.com/legal/privacy/)")
    A("bitwarden-org-confirm-en", "en", "bitwarden", "notice_account", "link", "an administrator has to confirm new members of the organisation",
      "Hanako Sato has accepted your invitation", ("Bitwarden", "no-reply@bitwarden.com"), [
          P("hanako.sato@corp.example.jp has said yes to your invitation and waits to be let into **Corp Example**."), P("Before confirming, compare the fingerprint phrase with her over the phone. Log in to the web vault to [confirm this user](https://vault.bitwarden.com/#/organizations/SAMPLE/members).")],
      look="notice", logo="bitwarden", colour="#175ddc", to="taro.yamada@corp.example", auth="own", footer="Bitwarden Inc., 1 N. Calle Cesar Chavez, Santa Barbara, CA 93103")
    A("bitwarden-password-hint-eucjp-ja", "ja", "bitwarden", "notice_password", "plain_url", "hint of the master password the user asked for, EUC-JP",
      "マスターパスワードのヒント", ("Bitwarden", "no-reply@bitwarden.com"), [
          P("マスターパスワードのヒントがリクエストされました。"), P("あなたのヒント: 旧校舎の合い言葉"), P("ヒントを見ても思い出せない場合、マスターパスワードを復元することはできません。アカウントを削除して、新しく作り直す必要があります。\nhttps://bitwarden.com/help/forgot-master-password/"),
          P("リクエストした覚えがない場合は、このメールを無視してください。")],
      cs="EUC-JP", cte="8bit", form="plain", to="k.suzuki@corp.example", auth="own", footer="Bitwarden")
    A("keeper-trial-ends-en", "en", "keeper", "newsletter", "button", "trial ends in three days, vault becomes read-only: marketing with true pressure",
      "3 days left: your Keeper Business trial ends soon", ("Keeper Security", "noreply@keepersecurity.com"), [
          H("Don't lose access to your vault features"), P("Your trial of Keeper Business ends on **27 August**. After that, vaults of your 12 users become read-only. Records stay safe and can be exported at any time."), B("Choose a plan", "https://keepersecurity.com/vault/#subscription"),
          P("Act now and save 20 % in the first year. This offer ends tonight at midnight PDT.")],
      look="news", track="https://keepersecurity.com/e/", logo="Keeper", colour="#ffc700", auth="own", to="it-admins@corp.example", extra=bulk("https://keepersecurity.com/unsubscribe?u=SAMPLE"), footer="Keeper Security, Inc., Chicago. [Unsubscribe](https://keepersecurity.com/unsubscribe?u=SAMPLE)", when="08-25 02:00")
    A("lastpass-master-password-changed-fr", "fr", "lastpass", "notice_password", "link", "the master password was changed, in French",
      "Votre mot de passe maître LastPass a été modifié", ("LastPass", "no-reply@lastpass.com"), [
          P("Bonjour,"), P("Le mot de passe maître de votre compte LastPass (amelie.exemple@corp.example) vient d'être modifié. Les autres appareils ont été déconnectés."),
          P("Si vous êtes à l'origine de cette modification, vous n'avez rien à faire. Dans le cas contraire, ouvrez l'extension et suivez les étapes de [récupération du compte](https://support.lastpass.com/s/document-item?bundleId=lastpass)."), SM("LastPass ne vous demandera jamais votre mot de passe maître.")],
      colour="#d32d27", logo="LastPass", to="amelie.exemple@corp.example", auth="own", footer="LastPass US LP, 125 High Street, Boston", tz=2)
    A("nordpass-breach-scan-en", "en", "nordpass", "advisory", "button", "the vendor's breach scanner found the address in a leak; asks to change that site's password",
      "New data breach found: sample-forum.example.org", ("NordPass", "noreply@nordpass.com"), [
          H("Your email turned up in a data breach"), P("Breach Scanner found user@corp.example.jp in a leak of sample-forum.example.org. The leak contained e-mail addresses and hashed passwords."), P("Change the password of that site, and of any other where you used the same one."), B("See details", "https://nordpass.com/app/breach-scanner")],
      look="notice", logo="NordPass", colour="#13bfae", auth="own", footer="Nord Security, 466 Marszałkowska, Warsaw. [Unsubscribe](https://nordaccount.com/emails/SAMPLE)")
    A("dashlane-export-notice-de", "de", "dashlane", "notice_security_info", "link", "the vault was exported: notice of a real export, in German",
      "Ihre Dashlane-Daten wurden exportiert", ("Dashlane", "no-reply@dashlane.com"), [
          P("Hallo Jonas,"), P("am 8. Juli um 14:22 Uhr wurden die Zugangsdaten Ihres Tresors von Ihrem Gerät „Notebook-117“ als CSV-Datei exportiert. Diese Datei ist **nicht verschlüsselt** – bitte löschen Sie sie, sobald Sie sie nicht mehr benötigen."),
          P("Das waren nicht Sie? Ändern Sie bitte sofort Ihr Master-Passwort in der App und schreiben Sie unserem [Support](https://support.dashlane.com/).")],
      colour="#0e353d", logo="Dashlane", to="jonas.beispiel@corp.example", auth="own", footer="Dashlane SAS, 21 Rue Pierre Picard, Paris", tz=2, when="07-08 14:23")
    A("lastpass-admin-policy-ja", "ja", "lastpass", "notice_policy", "link", "administrators are told that short master passwords must be changed by a date",
      "【管理者向け】12文字未満のマスターパスワードに関する変更のお知らせ", ("LastPass Business", "newsletter@lastpass.com"), [
          P("管理者各位"), P("LastPass では、セキュリティ強化のため、マスターパスワードに12文字以上を必須とします。7月1日(水)以降、条件を満たさないユーザーは、次回ログイン時に変更を求められます。"),
          UL("変更はブラウザ拡張機能の「アカウント設定」から行います。メールのリンクから入力を求めることはありません。", "管理コンソールの[レポート](https://admin.lastpass.com/reporting)で対象のユーザーを確認できます。"), P("ご不明な点は[サポート](https://support.lastpass.com/)までお問い合わせください。")],
      logo="LastPass", auth="own", to="it-admins@corp.example.jp", extra=bulk("https://www.lastpass.com/legal-center", "Precedence: bulk\n"), footer="LastPass US LP", when="06-02 11:00")
    A("onepassword-status-en", "en", "onepassword", "notice_maintenance", "link", "status page: incident with sync, resolved; no action",
      "[1Password status] Resolved: sign-in delays in the US region", ("1Password status", "noreply@1password.com"), [
          P("**Resolved**: between 14:05 and 14:47 UTC some customers could not sign in or sync their vaults. Local vaults stayed readable. No data was lost, and there is no need to back up or to reset anything."), P("[Timeline of the incident](https://status.1password.com/)")],
      look="bare", auth="own", to="it-admins@corp.example", extra=bulk("https://status.1password.com/unsubscribe?s=SAMPLE"), footer="You subscribed to updates of status.1password.com.")
