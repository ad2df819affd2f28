"""Twins by shape rather than by sender: rewritten links, pictures instead of text, forms elsewhere, answers without a thread, service
providers that speak for the organisation, codes to type, our own mail to customers. Entry: mails()."""
from samples.twins import *

PNG = "hero@sample"


def mails():
    links()
    pictures()
    on_behalf()
    codes_to_type()
    outbound()
    originals()
    answers()


def links():
    A("link-text-tracker-en", "en", "-", "newsletter", "text_names_host,tracking_links", "the link reads as the shop's host and leads to a click tracker of its mailing service",
      "Your membership renews next week", ("Sample Museum Friends", "members@sample-museum.example.org"), [
          P("Dear Hanako,"), P("your membership renews on 1 March for another year. To change your payment method or to cancel, sign in at [www.sample-museum.example.org/account](https://u1000.ct.sendgrid.net/ls/click?upn=SAMPLEaccount)."), P("This spring: [late openings](https://u1000.ct.sendgrid.net/ls/click?upn=SAMPLElate), and free entry for children.")],
      look="news", track="https://u1000.ct.sendgrid.net/wf/", logo="Sample Museum", colour="#5a3e85", to="hanako.sato@corp.example.jp", ret="bounces+1000-ab@em1000.sample-museum.example.org", mta="o1.ptr1000.sample-museum.example.org", auth="own", when="02-20 09:00",
      extra=bulk("https://u1000.ct.sendgrid.net/wf/unsubscribe?upn=SAMPLE"), footer="[Unsubscribe](https://u1000.ct.sendgrid.net/wf/unsubscribe?upn=SAMPLE)")
    safe = "https://apc01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fportal.corp.example%2Forders%2F55120&data=05%7C02%7Colivia%40partner.example.com%7CSAMPLE&reserved=0"
    A("safelinks-quoted-en", "en", "-", "business", "text_names_host,quote", "answer of a partner whose mail system rewrote our links in the quoted text",
      "RE: Order 55120: please confirm in the portal", ("Olivia Partner", "olivia@partner.example.com"), [
          P("Hi Taro, done. The portal asked me for a new password first, that's why it took a while."), P("Olivia"), OQ("From: Taro Yamada <taro.yamada@corp.example>\nSent: Monday, 18 May 2026 10:14\nTo: Olivia Partner\nSubject: Order 55120: please confirm in the portal", f"Dear Olivia, please log in and confirm today: [https://portal.corp.example/orders/55120]({safe})")],
      look="mso", to="taro.yamada@corp.example", auth="own", when="05-18 19:02", extra=thread("ty-55120@corp.example"))
    A("urldefense-forward-en", "en", "-", "business", "rewritten_links", "a partner forwards an invitation through a gateway that rewrites links",
      "FW: Vendor security questionnaire", ("Claire Vendor", "claire@vendor.example.com"), [
          P("Hi Ken, can you fill this in for us by Thursday? Your answers from last year are still there; you log in with your e-mail address and a one-time code."), OQ("From: Risk Team <risk@bigcustomer.example.com>\nSubject: Vendor security questionnaire", "Please complete the questionnaire: [Start](https://urldefense.com/v3/__https://risk.bigcustomer.example.com/q/771__;!!SAMPLE!abcDEF$)")],
      look="mso", to="k.suzuki@corp.example")
    A("shortener-agency-ja", "ja", "-", "newsletter", "shortener", "chamber of commerce: short links in a plain mail",
      "[商工会議所メルマガ]無料セミナーのご案内/補助金の申請締切迫る", ("サンプル商工会議所", "info@sample-cci.example.jp"), [
          P("会員各位"), P("■IT導入補助金 申請締切は6月30日(火)17時です\nhttps://bit.ly/SAMPLEhojo"), P("■セミナー「なりすましメール対策の基本」(無料・先着30名)\nhttps://bit.ly/SAMPLEsemi"), P("※配信の停止は、このメールに「停止」とご返信ください。")],
      cs="ISO-2022-JP", form="plain", to="soumu@corp.example.jp", when="06-23 10:00", extra="Precedence: bulk\n", footer="サンプル商工会議所 経営支援課")
    A("google-forms-partner-ja", "ja", "google", "survey", "form_link", "a partner collects data of visitors with a form of Google, by tomorrow",
      "【明日まで】工場見学 参加者情報のご登録のお願い", ("サンプル製作所 総務 岡田", "okada@sample-works.example.jp"), [
          P("山田様"), P("いつもお世話になっております。サンプル製作所の岡田です。"), P("4月8日(水)の工場見学につきまして、入館証発行のため、下記フォームより参加される方のお名前とお車の番号を、明日3月31日(火)までにご登録ください。"), P("https://docs.google.com/forms/d/e/SAMPLE/viewform"), P("ログインは不要です。よろしくお願いいたします。")],
      cs="Shift_JIS", cte="base64", form="plain", to="taro.yamada@corp.example", when="03-30 13:20", extra=thread("okada-0325@sample-works.example.jp", "ty-0326@corp.example"))
    I("microsoft-forms-internal-en", "en", "microsoft", "survey", "form_link", "own personnel department asks with a form of Microsoft, sign-in with the company account",
      "2-minute survey: your laptop refresh (closes today 17:00)", ("IT Procurement", "it-procurement@corp.example"), [P("Hi all,"), P("which model do you want? Please answer today before 17:00, otherwise you get the standard one: [open the form](https://forms.office.com/r/SAMPLE1). It asks you to sign in with your company account."), P("Thanks!")], to="all-staff@corp.example", when="05-22 09:10")
    I("monitoring-raw-ip-ja", "ja", "-", "system", "raw_ip", "alert of an own machine with a link to a raw address",
      "[UPS-B1] バッテリー交換時期のお知らせ(至急)", ("UPS-B1", "ups-b1@corp.example.jp"), [P("UPS-B1 のバッテリーの交換時期です。残り運転時間: 4分"), P("http://192.0.2.61:8080/status"), P("管理者としてログインし、交換後に日付を更新してください。初期パスワードのままご使用の場合は変更してください。")],
      internal="app", form="plain", cs="Shift_JIS", cte="8bit", to="it-ops@corp.example.jp")
    A("idn-shop-ja", "ja", "-", "receipt", "punycode", "a shop under a Japanese domain name: sender and links in Punycode",
      "ご注文ありがとうございます(和菓子の見本堂)", ("和菓子の見本堂", "order@" + ms.ident("和菓子の見本堂") + ".example"), [P("山田 太郎 様"), P("ご注文を承りました。11月13日(金)に発送いたします。"), P("マイページ: https://" + ms.ident("和菓子の見本堂") + ".example/mypage/\n(パスワードをお忘れの方は、マイページから再設定できます)")],
      form="plain", to="taro.yamada@corp.example", when="11-09 20:40", footer="和菓子の見本堂")


def pictures():
    A("image-only-sale-ja", "ja", "-", "newsletter", "image_only,alt_text", "advertising that is one linked picture; the words are in its alt text",
      "【最終日】創業祭 全品2割引!", ("サンプル家具", "dm@sample-kagu.example.jp"), [
          RAW('<div align="center"><a href="https://www.sample-kagu.example.jp/sousai?m=SAMPLE"><img src="cid:hero@sample" width="600" alt="創業祭は本日21時まで!全品2割引。アプリにログインしてクーポンを受け取ってください。"></a><br><font size="1"><a href="https://www.sample-kagu.example.jp/optout?m=SAMPLE">配信停止</a></font></div>', "創業祭は本日21時まで!全品2割引。\nhttps://www.sample-kagu.example.jp/sousai?m=SAMPLE")],
      look="bare", form="html", to="hanako.sato@corp.example.jp", related=[picture(PNG, "sousai.png", ms.png(300, 220, (190, 40, 40), "sousai"))], extra=bulk("https://www.sample-kagu.example.jp/optout?m=SAMPLE"))
    A("image-only-lunch-en", "en", "-", "newsletter", "image_only", "the bistro next door sends its menu as a picture, no text",
      "Menu of the week", ("Bistro Sample", "bistro_sample@gmail.com"), [IMG("menu@sample", "")], look="apple", form="html", to="undisclosed-recipients:;", rcpt="hanako.sato@corp.example.jp", mta="mail-ej1-f44.google.com", related=[picture("menu@sample", "menu.png", ms.png(240, 320, (60, 90, 60), "menu"))])
    A("preheader-filler-en", "en", "-", "newsletter", "hidden_text,zero_width", "newsletter with a hidden first line and invisible filler, as mailing services make them",
      "Passkeys, explained to your parents", ("Sample Computing Monthly", "monthly@sample-computing.example.com"), [
          RAW('<div style="display:none;max-height:0;overflow:hidden">Why the password had to go, and what to do when the phone is lost' + "&#847;&zwnj;&nbsp;&#8199;&shy;" * 40 + "</div>", ""), H("Goodbye, password"), P("\"What was the password again?\" is a question nobody should have to ask. This month we set up passkeys for three generations: Google, Apple and Microsoft accounts, a bank, and a very old router."),
          P("Reader's question: **What if I lose access to my account?** Print the recovery codes and lock them away."), B("Read online", "https://www.sample-computing.example.com/2026/07")],
      look="news", track="https://www.sample-computing.example.com/i/", logo="Sample Computing", colour="#204060", to="taro.yamada@corp.example", extra=bulk("https://www.sample-computing.example.com/unsub"), footer="[Unsubscribe](https://www.sample-computing.example.com/unsub)")
    A("qr-attached-membership-de", "de", "-", "ticket_event", "qr_image", "membership card of the library as attached QR picture, in German",
      "Ihr neuer Bibliotheksausweis", ("Stadtbibliothek Muster", "info@stadtbibliothek-muster.example.org"), [P("Guten Tag Jonas Beispiel,"), P("im Anhang finden Sie Ihren neuen Ausweis als QR-Code zum Ausdrucken. Der alte gilt noch bis zum 31. März. Ihr Passwort für das Online-Konto ist zunächst Ihr Geburtsdatum (TTMMJJ); bitte ändern Sie es bei der ersten Anmeldung.")],
      look="bare", to="jonas.beispiel@corp.example", tz=1, when="03-09 10:11", attachments=[ms.attach("Ausweis.png", "image/png", qr_png("A000417208", 6))])


def on_behalf():
    A("outsourced-helpdesk-ja", "ja", "-", "ticket", "own_name", "the help desk is run by a service provider and writes in our name from its own domain",
      "【受付番号 B-20871】VPN接続不可のお問い合わせについて", ("コープ・エグザンプル ヘルプデスク", "corp-example@desk.sample-bpo.example.com"), [
          P("山田様"), P("お世話になっております。コープ・エグザンプル ヘルプデスク(運営:サンプルBPO)の石井です。"), P("お問い合わせいただいた件、VPNの証明書は本日更新されています。一度ログアウトし、再度ログインしてお試しください。解決しない場合は、このメールに返信いただくか、内線4000までご連絡ください。")],
      form="plain", cs="ISO-2022-JP", auth="own", to="taro.yamada@corp.example", when="09-24 14:15", extra=thread("inq-20871@corp.example"), footer="コープ・エグザンプル ヘルプデスク 平日 9:00-18:00")
    A("benefits-provider-en", "en", "-", "hr", "own_name,button", "a benefits provider sends for us, our name as sender name, its own domain, register by a date",
      "Corp Example: activate your wellness account by 30 April", ("Corp Example Wellness", "corp-example@members.sample-wellness.example.com"), [
          P("Hello Hanako,"), P("Corp Example gives you a gym budget of 5,000 yen a month. Create your account with your company e-mail address; the offer is open until **30 April**."), B("Activate account", "https://members.sample-wellness.example.com/activate?t=SAMPLE"), SM("You will choose a password of your own. HR announced this on the intranet on 1 April.")],
      look="notice", logo="Sample Wellness", colour="#12805c", auth="own", to="hanako.sato@corp.example.jp", when="04-13 09:00", footer="Sample Wellness Ltd on behalf of Corp Example")
    A("training-platform-de", "de", "-", "training", "own_name,button", "learning platform of a provider, in our name, reminder, in German",
      "Erinnerung: Pflichtschulung \"Informationssicherheit\" fällig in 3 Tagen", ("Corp Example Akademie", "no-reply@lms.muster-lernen.example.com"), [P("Hallo Jonas,"), P("die Schulung **Informationssicherheit 2026** ist am 23. Oktober fällig. Melden Sie sich mit Ihrem Firmenkonto an; die Anmeldung erfolgt über die bekannte Seite von Corp Example."), B("Schulung starten", "https://corp-example.lms.muster-lernen.example.com/k/12"), SM("Nicht fristgerecht abgeschlossene Schulungen werden an die Führungskraft gemeldet.")],
      look="card", logo="Corp Example Akademie", colour="#333366", auth="own", to="jonas.beispiel@corp.example", tz=2, when="10-20 06:00")
    A("recruiting-agency-own-name-ja", "ja", "-", "hr", "own_name", "an agency runs the applicants' desk in our name and writes to our personnel department",
      "【コープ・エグザンプル採用事務局】応募者1名のマイページ停止のご相談", ("コープ・エグザンプル採用事務局", "corp-example-saiyo@sample-jinzai.example.jp"), [P("人事部 小野様"), P("採用事務局(サンプル人材)の村上です。応募者の方がパスワードを繰り返し間違え、マイページが停止しています。本人確認のうえ、停止を解除してもよろしいでしょうか。"), P("本日18時が書類の提出期限のため、お早めにご返信いただけますと幸いです。")],
      form="plain", cte="8bit", auth="own", to="jinji@corp.example.jp", when="05-29 15:40", extra=thread("saiyo-77@sample-jinzai.example.jp"))
    A("secure-message-insurer-en", "en", "-", "notice_account", "button", "an insurer has left a secure message; sign in to its portal to read it",
      "You have a new secure message from Sample Insurance", ("Sample Insurance", "securemail@sample-insurance.example.com"), [P("Dear customer,"), P("we have sent you a confidential message about your claim. To read it, please sign in to the message portal. The message is kept for 60 days."), B("Read secure message", "https://securemail.sample-insurance.example.com/m/SAMPLE"), P("First time? Register with the code that we sent you by letter. Never give your password to anyone.")],
      look="div", auth="own", to="hanako.sato@corp.example.jp", footer="Sample Insurance plc")
    A("shopify-store-en", "en", "shopify", "receipt", "button", "order of a small shop, sent through the shop system",
      "Order #1042 confirmed", ("Sample Ceramics", "store+00000000000@t.shopifyemail.com"), [H("Thank you, the bowls are yours"), P("The bowls are being packed in straw; a second mail follows once they travel."), B("View your order", "https://sample-ceramics.example.com/orders/SAMPLE/authenticate?key=SAMPLE"), KV(("Tea bowl, grey x 2", "$64.00"), ("Total", "$71.00 USD"))],
      look="card", colour="#197bbd", logo="Sample Ceramics", auth="own", to="hanako.sato@corp.example.jp", reply_to=("Sample Ceramics", "hello@sample-ceramics.example.com"), footer="Questions? Simply answer.")


def codes_to_type():
    I("meeting-room-device-code-en", "en", "microsoft", "it_announcement", "genuine_link", "IT tells how to sign in the new screens of the meeting rooms with a device code; twin of the device-code lure",
      "New Teams screens in rooms 401-404: how to sign them in", ("IT Department", "it-info@corp.example"), [P("Hi floor contacts,"), P("the new screens show a code after a restart. Open https://microsoft.com/devicelogin on your own PC, type the code that **you see on the screen in front of you**, and sign in with the room's account (not yours)."), P("Codes live for 15 minutes. Never type a code that somebody sends you by mail or chat: that is how accounts are stolen.")],
      to="floor-contacts@corp.example", when="10-05 11:00")
    A("microsoft-admin-consent-en", "en", "microsoft", "notice_policy", "button", "a user asks for an app that needs the administrator's consent; twin of the consent lure",
      "Request to approve access to the app \"Sample CRM\"", ("Microsoft Azure", "azure-noreply@microsoft.com"), [P("hanako.sato@corp.example.jp would like to use the app **Sample CRM**, which needs the consent of an administrator."), KV(("Permissions", "Read your mail, Read your contacts"), ("Justification", "Needed for the fair next week"), ("Expires", "14 September 2026")), B("Review request", "https://portal.azure.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/AccessRequests")],
      look="card", colour="#0078d4", logo="Microsoft Azure", auth="own", to="it-admins@corp.example", when="08-15 10:02", footer="Microsoft Corporation, One Microsoft Way, Redmond, WA 98052")
    A("bitwarden-emergency-requested-en", "en", "bitwarden", "notice_emergency_access", "link", "an emergency contact has really asked for access; reject within the waiting time",
      "Emergency Access requested", ("Bitwarden", "no-reply@bitwarden.com"), [P("**Ichiro Yamada**, your emergency contact, wants to take over your vault."), P("Say yes or no in the web vault (Settings, Emergency Access). With no answer from you he gets in after **7 days**, as you once decided."), P("[Open the web vault](https://vault.bitwarden.com/#/settings/emergency-access)")],
      look="notice", logo="bitwarden", colour="#175ddc", auth="own", to="taro.yamada@corp.example", footer="Bitwarden Inc.")
    A("github-device-verify-ja", "ja", "github", "notice_code", "no_link", "device verification code, Japanese reader, English subject",
      "[GitHub] Code for your new device", ("GitHub", "noreply@github.com"), [P("Hey tyamada-corp!"), P("Firefox on Linux is new to us. Type this code there to finish signing in: 318845"), P("(日本語)コードを誰にも教えないでください。心当たりがない場合は、パスワードを変更してください: https://github.com/settings/security")],
      form="plain", auth="own", to="taro.yamada@corp.example")
    A("bitflyer-withdrawal-ja", "ja", "bitflyer", "payment", "button", "confirm a withdrawal the user made, within ten minutes",
      "【bitFlyer】暗号資産の送付を受け付けました(10分以内にご確認ください)", ("bitFlyer", "noreply@bitflyer.com"), [P("山田 太郎 様"), P("以下の送付を受け付けました。お心当たりがない場合は、ただちにアカウントをロックしてください。"), KV(("数量", "0.01 BTC"), ("受付時刻", "2026/02/09 22:41")), B("送付内容を確認する", "https://bitflyer.com/ja-jp/ex/SendConfirm?t=SAMPLE"), P("当社がメールで二段階認証のコードや秘密鍵をお聞きすることはありません。")],
      look="card", colour="#3a6ea5", logo="bitFlyer", auth="own", when="02-09 22:41", to="taro.yamada@corp.example", to_name="山田 太郎", footer="株式会社bitFlyer")


def outbound():
    I("outbound-portal-reset-en", "en", "-", "customer_request", "link,quote", "our support sends a customer the reset link she asked for (outbound)",
      "Re: Can't log in - please reset my password", ("Corp Example Support", "support@corp.example"), [P("Dear Mary,"), P("no problem. Here is a link to set a new password; it works once, for the next 24 hours: https://portal.corp.example/reset/SAMPLE"), P("To move the authenticator to your new phone we have to verify your identity. Please call us, and have your customer number ready."), Q("Mary Sample wrote:", "I forgot the password of your customer portal and the reset mail never\narrives. Could you please reset it for me?")],
      look="gmail", to="mary@customer.example.org", extra=thread("mary-1@customer.example.org"))
    I("outbound-bank-change-ja", "ja", "-", "payment_change", "pdf", "our accounts department tells customers of a new account, letter attached (outbound)",
      "お振込先口座変更のご案内(コープ・エグザンプル株式会社)", ("コープ・エグザンプル 経理部", "keiri@corp.example.jp"), [P("株式会社サンプル商事\nご担当者様"), P("平素は格別のお引き立てを賜り、厚く御礼申し上げます。\n誠に勝手ながら、2027年1月分より、弊社のお振込先口座を変更させていただきます。詳細は添付の書面をご確認ください。"), P("同じ書面を郵送しております。ご不明な点は、これまでの電話番号にて弊社経理部までお問い合わせください。")],
      form="plain", cs="ISO-2022-JP", to="tanaka@sample-shoji.example.com", when="11-24 10:00", attachments=[ms.attach("振込先変更のご案内.pdf", "application/pdf", pdf(["Furikomisaki henkou no go-annai", "Corp Example"]), "ISO-2022-JP")])
    I("outbound-newsletter-fr", "fr", "-", "newsletter", "button", "our own newsletter to customers, last days (outbound, French)",
      "Plus que deux jours pour vous inscrire au Forum Corp Example", ("Corp Example", "news@corp.example"), [P("Madame, Monsieur,"), P("les inscriptions au tarif réduit ferment vendredi à minuit. Connectez-vous à votre espace client pour réserver votre place."), B("Je m'inscris", "https://www.corp.example/forum2026")], internal="app", look="news", track="https://www.corp.example/n/", logo="Corp Example", colour="#2d4a6b", to="client@client-exemple.example.com", tz=2, extra=bulk("https://www.corp.example/n/off"), footer="[Se désinscrire](https://www.corp.example/n/off)")
    I("it-password-expiry-link-ja", "ja", "-", "password_expiry", "link", "automatic reminder of the own directory with a link to the own page: the hardest twin",
      "パスワードの有効期限が近づいています(残り7日)", ("パスワード管理システム", "pwadmin@corp.example.jp"), [P("佐藤 花子 さん"), P("あなたのパスワードは 2026年10月12日 に有効期限が切れます。期限を過ぎると、PCやメールにログインできなくなります。"), P("期限までに、次のページからパスワードを変更してください。\nhttps://password.corp.example.jp/change"), P("※このメールは自動送信です。お問い合わせはヘルプデスク(内線 4000)まで。")],
      internal="app", form="plain", cte="8bit", to="hanako.sato@corp.example.jp", when="10-05 06:00", extra="Auto-Submitted: auto-generated\n")
    I("it-password-expiry-link-fr", "fr", "-", "password_expiry", "link", "the same at the French branch, windows-1252",
      "Votre mot de passe expire dans 3 jours", ("Service informatique", "it-lyon@corp.example"), [P("Bonjour Amélie,"), P("votre mot de passe expire le 15 juin. Vous pouvez le changer dès maintenant sur https://password.corp.example/fr ou au clavier (Ctrl+Alt+Suppr)."), P("Sans changement de votre part, votre compte sera bloqué et il faudra passer nous voir.")], internal="app", form="plain", cs="windows-1252", cte="8bit", how="Q", to="amelie.exemple@corp.example", tz=2, when="06-12 06:00")


def originals():
    A("netflix-payment-en", "en", "netflix", "payment_problem", "button", "the payment failed, update it: the genuine original of a well-known lure",
      "Your account is on hold", ("Netflix", "info@account.netflix.com"), [H("Last month's payment did not go through"), P("Hi Hanako,\nyour bank turned our charge down. We pause your account until there is a card that works; please update your payment details."), B("Choose another card", "https://www.netflix.com/YourAccountPayment?lnktrk=EMP&g=SAMPLE"), P("Need help? [Help Center](https://help.netflix.com)")],
      look="card", colour="#e50914", logo="NETFLIX", auth="own", to="hanako.sato@corp.example.jp", footer="Netflix International B.V.")
    A("norton-renewal-en", "en", "norton", "invoice", "link,callback", "automatic renewal with a price and a way to call; twin of the call-back lure",
      "Your Norton subscription renews on 12 June: $104.99", ("Norton", "noreply@nortonlifelock.com"), [P("Hi Taro,"), P("your **Norton 360 Deluxe** subscription renews automatically on 12 June 2026. We will charge $104.99 plus tax to the card ending in 4242."), P("Do not want to renew? Turn off automatic renewal in [your account](https://my.norton.com/), or call Member Services; the number for your country stands there, too."), P("If you did not order this, please contact us.")],
      look="div", auth="own", to="taro.yamada@corp.example", when="05-13 12:00", tz=-7, footer="Gen Digital Inc., 60 E. Rio Salado Pkwy, Tempe, AZ")
    A("instagram-code-pt", "pt", "instagram", "notice_code", "no_link", "code because of a strange sign-in, in Portuguese",
      "Verifique sua conta", ("Instagram", "security@mail.instagram.com"), [P("Olá, corp_example_br,"), P("Houve um acesso de um aparelho que não conhecemos. Para confirmar sua identidade, digite no app:"), P("**530 118**"), P("Não reconhece o acesso? Troque a senha pelo app.")],
      look="notice", logo="Instagram", colour="#0095f6", auth="own", to="joao.exemplo@corp.example", tz=-3, footer="Meta Platforms, Inc.")
    A("hmrc-statement-en", "en", "hmrc", "notice_account", "no_link", "a message in the tax account; the office writes no link",
      "You have a new message from HMRC", ("HMRC", "noreply@tax.service.gov.uk"), [P("Dear customer"), P("There is a new letter about your Self Assessment in your tax account. Sign in the way you always do to read it."), P("This mail has no link, and that is on purpose. You get it because you no longer want letters on paper."), P("We do not offer refunds by e-mail, nor do we ask for bank details.")],
      form="plain", auth="own", tz=0, to="accounting@corp.example", when="01-26 08:40")
    A("dropbox-sign-reset-es", "es", "dropbox", "password_reset", "button", "password reset the user asked for, in Spanish",
      "Restablece tu contraseña de Dropbox", ("Dropbox", "no-reply@dropbox.com"), [P("Hola, Carlos:"), P("Nos han pedido cambiar la contraseña de tu cuenta."), B("Restablecer contraseña", "https://www.dropbox.com/password_reset/email_token?token=SAMPLE"), P("¿No lo pediste? Entonces no hagas nada; la contraseña de siempre sigue sirviendo.")],
      look="card", colour="#0061fe", logo="Dropbox", auth="own", to="carlos.ejemplo@corp.example", tz=2, footer="Dropbox International Unlimited Company")
    A("zoom-phone-voicemail-en", "en", "zoom", "voicemail", "attachment,button", "voicemail of a cloud telephone service",
      "New voicemail: +1 555-0142, 0:17", ("Zoom", "no-reply@zoom.us"), [P("Hi Ken Suzuki,"), P("+1 555-0142 left you 17 seconds at 9:04."), B("View in Zoom", "https://zoom.us/myhome/voicemail?id=SAMPLE"), P("Transcript: \"Hi Ken, about the invoice from last week, call me back when you can.\"")],
      look="notice", logo="zoom", colour="#0b5cff", auth="own", to="k.suzuki@corp.example", when="06-25 09:05", footer="Zoom Communications, Inc.")
    A("sharepoint-expiring-link-de", "de", "microsoft", "business", "button", "access to a shared folder ends soon; from the service, for a partner's tenant, in German",
      "Ihr Zugriff auf \"Ausschreibung 2027\" läuft in 7 Tagen ab", ("SharePoint Online", "no-reply@sharepointonline.com"), [P("Hallo Jonas Beispiel,"), P("Ihr Gastzugriff auf die Website **Ausschreibung 2027** von Muster Bau endet am 27. November 2026. Bitten Sie den Besitzer um Verlängerung, falls Sie die Dateien weiter benötigen."), B("Zur Website wechseln", "https://musterbau.sharepoint.com/sites/ausschreibung2027")],
      look="card", colour="#03787c", logo="SharePoint", auth="own", to="jonas.beispiel@corp.example", tz=1, when="11-20 05:30", footer="[Datenschutzerklärung](https://go.microsoft.com/fwlink/?LinkId=521839)")


def answers():
    A("reply-without-thread-en", "en", "-", "business", "no_references", "an answer from a phone app that drops the thread headers",
      "Re: keys for the weekend", ("Pieter Voorbeeld", "pieter@meetbureau.example.com"), [P("Yes please, leave them at the reception. Is the door code still the same? If you changed it tell me by phone, not here."), P("Pieter")], form="plain", cs="US-ASCII", cte="7bit", to="taro.yamada@corp.example")
    A("reply-external-banner-ja", "ja", "-", "business", "quote,banner", "answer of a partner whose system puts a warning above quoted mail",
      "Re: アカウント発行の件", ("株式会社サンプル商事 田中", "tanaka@sample-shoji.example.com"), [
          P("山田様\n\nアカウントの発行ありがとうございました。ログインできました。初期パスワードは変更済みです。\n\n田中"), Q("2026/07/21 9:30、山田 太郎 <taro.yamada@corp.example> のメール:", "【注意】このメールは社外から送信されています。リンクや添付ファイルを開く前に送信者を確認してください。\n田中様 アカウントを発行しました。仮パスワードは電話でお伝えします。\nhttps://portal.corp.example/")],
      cs="ISO-2022-JP", form="plain", auth="own", to="taro.yamada@corp.example", when="07-21 10:12", extra=thread("ty-0721@corp.example"))
    A("halfwidth-remittance-iso2022-ja", "ja", "-", "payment", "halfwidth", "half-width kana and NEC row 13 in ISO-2022-JP: remittance advice of an old system",
      "ｵｼﾊﾗｲ ｺﾞｱﾝﾅｲ(7月分)㈱サンプル商事", ("㈱ｻﾝﾌﾟﾙ商事 経理ｼｽﾃﾑ", "keiri-sys@sample-shoji.example.com"), [P("コープ・エグザンプル㈱ 御中"), P("下記のとおりお支払いいたします。\n① 支払日 7月31日(金)\n② 金額 ￥132,000\n③ 振込先 ﾐﾎﾝｷﾞﾝｺｳ ﾖｺﾊﾏｼﾃﾝ ﾌﾂｳ ****117"), P("口座に変更がある場合は、書面にてお届けください(ﾒｰﾙでの変更はお受けできません)。")],
      cs="ISO-2022-JP", form="plain", to="keiri@corp.example.jp", when="07-24 18:00")
    A("moderation-held-en", "en", "-", "held_messages", "plain_url", "a list holds a mail for its moderator and gives a link to decide",
      "corp-users post from someone@hobby.example.org waits for you", ("corp-users-owner", "corp-users-owner@lists.example.org"), [P("You look after corp-users. A mail to it waits for your decision:"), P("    List:    corp-users@lists.example.org\n    From:    someone@hobby.example.org\n    Subject: password of the wiki?\n    Reason:  Post by non-member to a members-only list"), P("Let it through or drop it here:\n\n    https://lists.example.org/mailman/admindb/corp-users\n\nMessages held longer than 5 days are thrown away.")],
      form="plain", cs="US-ASCII", cte="7bit", to="k.suzuki@corp.example", mta="lists.example.org", ret="corp-users-bounces@lists.example.org", extra="Precedence: bulk\nX-List-Administrivia: yes\n")
    sig = b"Content-Type: application/pgp-signature; name=\"signature.asc\"\nContent-Disposition: attachment; filename=\"signature.asc\"\n\n-----BEGIN PGP SIGNATURE-----\n\niHUEABYIAB0WIQSAMPLEsampleSAMPLEsampleSAMPLEsampleFAmSAMPLEAAoJ\nsampleSAMPLEsampleSAMPLEsampleSAMPLEsampleSAMPLEsample=\n=S4mp\n-----END PGP SIGNATURE-----\n"
    A("pgp-signed-keys-en", "en", "-", "business", "signature", "mail with a PGP signature about new keys and revoked old ones",
      "My new PGP key, old one revoked", ("Alex Sample", "alex@hobby.example.org"), [P("Hi all,"), P("my laptop was stolen on Sunday. I revoked the old key and changed the passphrase of everything it protected. Fingerprint of the new key: 0000 1111 2222 3333 4444 5555 6666 7777 8888 9999. Please verify it with me by phone before you use it."), P("Alex")],
      form="plain", cs="US-ASCII", cte="7bit", to="taro.yamada@corp.example", attachments=[sig])
    A("read-receipt-en", "en", "-", "system", "mdn", "read receipt",
      "Read: Revised offer, valid until Friday", ("Olivia Partner", "olivia@partner.example.com"), [P("Olivia Partner opened your mail of Tuesday, 8 September 2026, 09:12, on the same day at 09:40.")],
      form="plain", cs="US-ASCII", cte="7bit", to="taro.yamada@corp.example", when="09-08 17:40", attachments=[b"Content-Type: message/disposition-notification\n\nReporting-UA: partner.example.com; Outlook\nFinal-Recipient: rfc822; olivia@partner.example.com\nDisposition: manual-action/MDN-sent-manually; displayed\n"], extra=thread("offer-0908@corp.example"))
    as_report("disposition-notification")
