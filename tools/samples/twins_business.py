"""Twins: partners, suppliers, customers, marketing: invoices, changed accounts, encrypted zips, tickets, newsletters. Entry: mails()."""
from samples.twins import *

TARO = dict(to="taro.yamada@corp.example", to_name="山田様")


def mails():
    invoices()
    zips()
    changes()
    meetings()
    marketing()
    support()


def invoices():
    inv = pdf(["Sample Instruments GmbH", "Invoice 2026-0417", "Calibration of 4 pressure sensors   EUR 1,240.00", "VAT reverse charge", "Due: 30 days net, IBAN DE00 0000 0000 0000 0000 00", "Pay online: https://pay.sample-instruments.example.com/2026-0417"],
              [(5, "https://pay.sample-instruments.example.com/2026-0417")])
    A("invoice-pdf-link-en", "en", "-", "invoice", "pdf", "invoice as PDF with a link to the sender's own payment page",
      "Invoice 2026-0417 - Sample Instruments GmbH", ("Sample Instruments Accounts", "accounts@sample-instruments.example.com"), [
          P("Dear Sir or Madam,"), P("please find attached our invoice 2026-0417 for your order PO-55120. You can pay by transfer or with the link in the document."), P("Our bank details have not changed. Should you ever get a message saying otherwise, please call us on the number you know.")],
      look="mso", to="accounting@corp.example", auth="own", footer="Sample Instruments GmbH, Musterstraße 1, Köln", attachments=[ms.attach("Invoice_2026-0417.pdf", "application/pdf", inv)], tz=2, when="04-17 11:11")
    A("invoice-overdue-en", "en", "-", "invoice", "pdf", "second reminder, threatens to stop deliveries; true",
      "OVERDUE: invoice 88123 - second reminder", ("Linda Vendor", "linda@vendor.example.com"), [
          P("Hi Hanako,"), P("our records show that invoice 88123 (USD 3,912.50, due 2 March) is still open. Could you please check urgently? If we don't receive payment by Friday we have to put your account on hold, and the shipment for April would wait."), P("If it was paid in the meantime please send me the remittance advice and ignore this mail."), P("Thanks,\nLinda")],
      look="mso", to="hanako.sato@corp.example.jp", attachments=[ms.attach("88123.pdf", "application/pdf", pdf(["Vendor Inc.", "INVOICE 88123", "Amount due USD 3,912.50", "Terms: net 30"]))], extra=thread("88123-first@vendor.example.com"), when="04-07 23:20")
    A("invoice-billone-ja", "ja", "sansan", "invoice", "button", "invoice through a portal",
      "株式会社サンプル商事から請求書が届いています", ("Bill One", "no-reply@bill-one.com"), [
          P("コープ・エグザンプル株式会社 御中"), P("株式会社サンプル商事 様より、請求書(2026年9月分)を受領しました。支払期日は10月30日(金)です。"), B("請求書を確認", "https://app.bill-one.com/invoices/SAMPLE"), SM("本メールは送信専用です。請求内容については発行元にお問い合わせください。")],
      look="notice", colour="#0078b4", logo="Bill One", auth="own", to="keiri@corp.example.jp", footer="Sansan株式会社", when="10-02 09:12")
    A("invoice-mail-sjis-ja", "ja", "-", "invoice", "pdf", "Shift_JIS: bill by mail, with attachment of a Japanese name",
      "【ご請求書】5月分ビル清掃費のご送付", ("㈱サンプルビルサービス 経理", "keiri@sample-bs.example.jp"), [
          P("コープ・エグザンプル株式会社\n総務部 御中"), P("平素より大変お世話になっております。５月分の請求書をＰＤＦにてお送りいたします。お支払期限は６月末日でございます。"), P("なお、インボイス制度の登録番号は請求書に記載しております。ご不明な点がございましたら、担当 原までご連絡ください。")],
      cs="Shift_JIS", cte="8bit", form="plain", to="soumu@corp.example.jp", attachments=[ms.attach("請求書_202605.pdf", "application/pdf", pdf(["Seikyusho 2026-05", "Sample Building Service", "132,000 JPY"]), "Shift_JIS")], when="06-01 13:02", footer="㈱サンプルビルサービス TEL 045-000-0188")
    A("purchase-order-en", "en", "-", "business", "pdf", "a new customer sends a purchase order and asks for quick confirmation",
      "PO 4500017732 - please confirm today", ("Purchasing, Partner Ltd", "purchasing@partner.example.com"), [
          P("Hello,"), P("attached is our purchase order 4500017732. As the line is down, could you please confirm the delivery date today? Express freight is at our charge."), P("Many thanks\nOlivia Partner\nPurchasing")],
      look="mso", to="sales@corp.example", attachments=[ms.attach("PO_4500017732.pdf", "application/pdf", pdf(["Purchase order 4500017732", "12 x valve V-31", "Ship to: Partner Ltd, Dock 4"]))], auth="own")
    svg = svg_logo("Sample Hotel", "#7a1f3d")
    A("hotel-confirmation-svg-en", "en", "-", "receipt", "svg_inline,link", "hotel booking with an SVG logo inline and the bill as PDF",
      "Your stay at Sample Hotel, confirmation 9921-SH", ("Sample Hotel Reservations", "reservations@sample-hotel.example.com"), [
          RAW('<p><img src="cid:logo@sample-hotel" alt="Sample Hotel" width="220"></p>', ""), P("Dear Ms Sato,\nwe look forward to your stay from 9 to 11 June. Your card is charged on arrival only."), KV(("Room", "Twin, garden side"), ("Free cancellation", "until 7 June, 18:00")), B("Manage booking", "https://www.sample-hotel.example.com/booking/9921-SH"),
          SM("We never ask for card details by chat or mail.")],
      look="notice", colour="#7a1f3d", logo="Sample Hotel", to="hanako.sato@corp.example.jp", related=[ms.attach("logo.svg", "image/svg+xml", svg, inline_cid="logo@sample-hotel")], when="05-21 09:00", attachments=[ms.attach("9921-SH.pdf", "application/pdf", pdf(["Sample Hotel", "Confirmation 9921-SH", "2 nights  EUR 288"]))], tz=2)


def zips():
    def pair(key, sender, subject, zipname, inner, content, password, zip_text, pw_text, cs, cs_note, when, when2, **k):
        A(f"{key}-zip-ja", "ja", "-", "business", "encrypted_zip", f"{cs_note}encrypted zip, password by a second mail", subject, sender, zip_text, form="plain", cs=cs, when=when,
          attachments=[ms.attach(zipname, "application/zip", ms.encrypted_zip(inner, ms.enc(content, "Shift_JIS"), password), cs)], **k)
        A(f"{key}-password-ja", "ja", "-", "business", "no_link", f"{cs_note}the second mail with the password", f"【パスワード通知】{subject}", sender, pw_text, form="plain", cs=cs, when=when2, **k)
    pair("ppap-contract-eucjp", ("サンプル法務事務所 渡辺", "watanabe@sample-law.example.com"), "契約書ドラフトの送付", "draft_20260403.zip", "契約書ドラフト.txt", "第1条 これは見本です。\n", "Keiyaku#26",
         [P("山田様"), P("お世話になっております。渡辺です。\n契約書のドラフトを添付いたします。修正のご希望がございましたら、4月10日(金)までにお知らせください。"), P("※添付ファイルは暗号化されています。パスワードは自動で別送されます。")],
         [P("先ほど送信したメールの添付ファイルのパスワードです。"), P("ファイル名 : draft_20260403.zip\nパスワード : Keiyaku#26"), P("本メールは自動配信です。お心当たりのない場合は破棄してください。")], "EUC-JP", "EUC-JP: ", "04-03 14:20", "04-03 14:20", cte="8bit", **TARO)
    pair("ppap-payroll-utf8", ("社会保険労務士法人サンプル", "roumu@sample-sr.example.jp"), "6月度給与計算結果のご送付", "kyuyo_202606.zip", "給与計算結果_202606.csv", "社員番号,支給額\n0001,見本\n", "いつもの規則で+0618",
         [P("総務部 ご担当者様"), P("いつもお世話になっております。6月度の給与計算結果をお送りいたします。パスワードは、以前お電話でお伝えした規則のとおりです。"), P("ご確認のうえ、6月19日(金)正午までに承認のご返信をお願いいたします。")],
         [P("総務部 ご担当者様"), P("前のメールのパスワードについて、念のためご連絡します。いつもの規則に、本日の日付4桁を続けてください。"), P("ご不明な場合はお電話ください(メールではお伝えできません)。")], "UTF-8", "", "06-18 10:10", "06-18 10:25", cte="8bit", to="soumu@corp.example.jp")
    A("zip-photos-plain-en", "en", "-", "business", "zip", "plain zip with a text file from a supplier",
      "Measurement data as promised", ("Pieter Voorbeeld", "pieter@meetbureau.example.com"), [P("Hi Taro,"), P("here are the raw data of yesterday, zipped. Columns as before; the third sensor drifted after noon so ignore it."), P("Pieter")],
      look="gmail", to="taro.yamada@corp.example", attachments=[ms.attach("run_0712.zip", "application/zip", plain_zip("run_0712.csv", b"t,p1,p2,p3\n0,1.01,1.02,0.97\n"))], extra=thread("CAsample0712@meetbureau.example.com"))


def changes():
    A("bank-change-confirmed-en", "en", "-", "payment_change", "pdf,quote", "changed bank account, within a real thread, to be checked by telephone before use",
      "Re: Change of our bank account as of 1 July", ("Anna Muster", "a.muster@sample-instruments.example.com"), [
          P("Dear Hanako,"), P("thank you for calling back on our switchboard number. As I confirmed on the phone, the new account is valid from 1 July; the letter signed by our managing directors is attached and the paper original is in the post."), P("Please keep using the old account until then. And thank you for checking, we wish everybody did."), P("Kind regards\nAnna Muster\nHead of Accounts"),
          OQ("From: Hanako Sato <hanako.sato@corp.example.jp>\nSent: Wednesday, 10 June 2026 09:05\nTo: Anna Muster\nSubject: RE: Change of our bank account as of 1 July", "Dear Anna,\nbefore we change your bank details in our system I need to call you. Are you in today?")],
      look="mso", to="hanako.sato@corp.example.jp", auth="own", when="06-10 18:40", tz=2, extra=thread("am-0609@sample-instruments.example.com", "hs-0610@corp.example.jp"), attachments=[ms.attach("bank_letter_signed.pdf", "application/pdf", pdf(["To our customers", "New account from 1 July 2026: Musterbank, IBAN DE00 1111 2222 3333 4444 00", "Please verify by telephone: number on our letterhead"]))])
    A("bank-change-letter-ja", "ja", "-", "payment_change", "pdf", "a supplier announces a new account; letter follows by registered post, asks to be called back",
      "お振込先口座変更のお知らせ(株式会社サンプル文具)", ("株式会社サンプル文具 経理部 大野", "ohno@sample-bungu.example.jp"), [
          P("お取引先各位"), P("拝啓 時下ますますご清栄のこととお慶び申し上げます。\nこのたび、取引銀行の支店統合に伴い、弊社のお振込先口座を下記のとおり変更いたします。"), KV(("変更日", "2026年10月1日以降のお支払い分"), ("新口座", "添付の書面をご覧ください")),
          P("同じ内容の書面を、代表者印を押印のうえ本日付で書留にて郵送しております。メールのみでの変更はなさらず、**従来からご存じの電話番号で弊社経理部にご確認**くださいますようお願い申し上げます。"), P("敬具")],
      cs="ISO-2022-JP", form="plain", to="keiri@corp.example.jp", when="09-01 10:00", attachments=[ms.attach("口座変更のご案内.pdf", "application/pdf", pdf(["Kouza henkou no go-annai", "Sample Bungu Co., Ltd."]), "ISO-2022-JP")], footer="株式会社サンプル文具 経理部 大野\n〒231-0000 横浜市中区")
    A("address-change-undisclosed-en", "en", "-", "business", "undisclosed", "a supplier moves; sent to undisclosed recipients",
      "We are moving: new address and phone from 1 May", ("Vendor Inc.", "office@vendor.example.com"), [P("Dear customers and friends,"), P("after 14 years we leave Harbour Street. From 1 May you find us at 200 Station Road. Our phone number changes too; e-mail addresses and bank account stay the same."), P("Please update your records, and come and see us for a coffee.")],
      look="apple", to="undisclosed-recipients:;", rcpt="accounting@corp.example", when="04-20 22:10")
    A("misdirected-apology-undisclosed-ja", "ja", "-", "business", "undisclosed", "a company apologises for a mail that went to all in To",
      "【お詫び】メール誤送信について", ("サンプルセミナー事務局", "jimukyoku@sample-seminar.example.jp"), [
          P("お客様各位"), P("平素よりお世話になっております。サンプルセミナー事務局でございます。"), P("本日11時頃にお送りしたメールにおいて、本来BCCに入れるべき宛先を誤ってTOに入れて送信し、52名様のメールアドレスが他の受信者に表示される事態となりました。深くお詫び申し上げます。"), P("誠に恐れ入りますが、当該メールの削除をお願い申し上げます。なお、本件についてお客様にパスワード等の入力をお願いすることは一切ございません。")],
      form="plain", cs="ISO-2022-JP", to="undisclosed-recipients:;", rcpt="taro.yamada@corp.example", when="03-05 17:30", footer="サンプルセミナー事務局")
    A("partner-breach-notice-en", "en", "-", "advisory", "link", "a partner was broken into and asks to change the password of its portal and beware of mails in its name",
      "Important: security incident at Partner Ltd - please change your portal password", ("Partner Ltd Security", "security@partner.example.com"), [
          P("Dear customer,"), P("on 3 August an attacker had access to one mailbox of our sales team. Please treat with suspicion any mail from us since 1 August that asks you to open a shared document, to sign in or to pay to a new bank account."),
          P("As a precaution we ended all sessions of our customer portal. Next time you visit [portal.partner.example.com](https://portal.partner.example.com/) you will be asked for a new password. Please type the address yourself."), P("Questions? Call your account manager.")],
      look="div", auth="own", to="purchasing@corp.example", when="08-05 20:00", footer="Partner Ltd, Anytown")
    A("nda-reply-chain-ja", "ja", "-", "business", "docless,quote", "long honest thread about a contract, Outlook style",
      "RE: RE: 秘密保持契約書の件", ("渡辺 真", "watanabe@sample-law.example.com"), [
          P("山田様"), P("ご確認ありがとうございます。第5条の期間を3年に修正し、Docusignでお送りしますので、届きましたら内容をご確認のうえ、本日中にご署名いただけますと助かります。"), P("渡辺"),
          OQ("From: 山田 太郎 <taro.yamada@corp.example>\nSent: Thursday, November 19, 2026 4:12 PM\nTo: 渡辺 真\nSubject: RE: 秘密保持契約書の件", "渡辺先生\n第5条以外は問題ありません。署名は部長の高橋が行います。"), OQ("From: 渡辺 真\nSent: Thursday, November 19, 2026 1:40 PM\nTo: 山田 太郎\nSubject: 秘密保持契約書の件", "添付のドラフトをご確認ください。")],
      look="mso", when="11-20 10:22", extra=thread("w1@sample-law.example.com", "y1@corp.example", "w2@sample-law.example.com"), **TARO)


def meetings():
    ev = qr_png("TICKET-2026-SAMPLE-00417")
    A("event-ticket-qr-en", "en", "-", "ticket_event", "qr_image", "entrance ticket of a trade fair as QR code inline; the code holds a number, no link",
      "Your ticket for Sample Expo 2026", ("Sample Expo", "tickets@sample-expo.example.com"), [
          H("See you in Hall 4!"), P("Show this code at the entrance. One code, one person; no need to print it."), IMG("ticket@sample-expo", "Your ticket, code 00417", 165), P("Doors open on 12 May at 09:00. [Plan of the halls](https://www.sample-expo.example.com/plan)")],
      look="notice", logo="Sample Expo", colour="#0a7d55", to="taro.yamada@corp.example", related=[picture("ticket@sample-expo", "ticket.png", ev)], when="04-30 19:00")
    A("event-ticket-qr-ja", "ja", "-", "ticket_event", "qr_image,button", "seminar ticket with a QR code that opens the organiser's page",
      "【受講票】サンプルセミナー「はじめてのパスキー」", ("サンプルセミナー事務局", "jimukyoku@sample-seminar.example.jp"), [
          P("山田 太郎 様"), P("お申し込みありがとうございます。当日は、受付で下のQRコードをご提示ください。"), IMG("uke@sample-seminar", "受付用QRコード", 200), KV(("日時", "7月15日(水) 13:30~16:30"), ("会場", "サンプルホール 3階")), B("マイページを開く", "https://my.sample-seminar.example.jp/t/8842"), P("パスキーやパスワードの使い回しについて、実例を交えてお話しします。")],
      related=[picture("uke@sample-seminar", "qr.png", qr_png("https://my.sample-seminar.example.jp/t/8842", 6))], colour="#4a4a9c", logo="サンプルセミナー", when="07-01 12:00", **TARO)
    A("payment-qr-de", "de", "-", "invoice", "qr_image,pdf", "invoice with the payment data as QR code (EPC format), in German",
      "Ihre Rechnung 7714 von Stadtwerke Muster", ("Stadtwerke Muster", "rechnung@stadtwerke-muster.example.com"), [
          P("Guten Tag,"), P("anbei erhalten Sie die Rechnung 7714 über 214,70 €, fällig am 30. September. Am einfachsten scannen Sie den Code mit Ihrer Banking-App:"), IMG("giro@stadtwerke-muster", "QR-Code für die Überweisung", 210), P("Freundliche Grüße\nIhre Stadtwerke Muster")],
      look="notice", logo="Stadtwerke Muster", colour="#005a9c", to="koeln@corp.example", related=[picture("giro@stadtwerke-muster", "girocode.png", qr_png("BCD\n002\n1\nSCT\n\nStadtwerke Muster\nDE00000000000000000000\nEUR214.70\n\n\nRechnung 7714"))],
      attachments=[ms.attach("Rechnung_7714.pdf", "application/pdf", pdf(["Stadtwerke Muster", "Rechnung 7714", "Betrag 214,70 EUR"]))], tz=2, when="09-08 06:15")
    cal = ics("ext-441@partner.example.com", "20260916T070000Z", "20260916T080000Z", "Contract renewal, final round", ("Olivia Partner", "olivia@partner.example.com"), "taro.yamada@corp.example", "Microsoft Teams Meeting", "Join with PC or phone:\nhttps://teams.microsoft.com/l/meetup-join/SAMPLE\nMeeting ID: 000 000 000 00  Passcode: aB3Smp")
    A("meeting-external-teams-en", "en", "microsoft", "meeting", "calendar", "invitation from a partner with a Teams link, long footer",
      "Contract renewal, final round", ("Olivia Partner", "olivia@partner.example.com"), [
          P("Taro, this slot worked for everybody. Please have your signature rights ready."), RAW('<div><hr><span style="font-size:24px">Microsoft Teams meeting</span><br><a href="https://teams.microsoft.com/l/meetup-join/SAMPLE">Join here</a><br>Meeting ID: 000 000 000 00<br>Passcode: aB3Smp<br><a href="https://aka.ms/JoinTeamsMeeting">Need help?</a><hr></div>',
          "Microsoft Teams meeting\nJoin: https://teams.microsoft.com/l/meetup-join/SAMPLE\nMeeting ID: 000 000 000 00\nPasscode: aB3Smp")],
      look="mso", to="taro.yamada@corp.example", calendar=cal, auth="own", when="09-09 21:30")
    cancel = ics("20261001-audit@auditor.example.com", "20261001T010000Z", "20261001T030000Z", "Audit: password and access policy", ("Auditor Sample", "lead@auditor.example.com"), "security@corp.example", method="CANCEL").replace("STATUS:CONFIRMED", "STATUS:CANCELLED")
    A("meeting-cancel-ics-en", "en", "-", "meeting", "calendar", "cancelled appointment as .ics attachment",
      "Cancelled: Audit: password and access policy", ("Auditor Sample", "lead@auditor.example.com"), [P("Sorry, my colleague is ill. I will suggest a new date next week. Please send the list of privileged accounts through our data room as agreed, not by mail.")],
      form="plain", to="security@corp.example", attachments=[ms.attach("invite.ics", "text/calendar; method=CANCEL", cancel.encode())], when="09-30 18:00")
    A("webinar-reminder-en", "en", "zoom", "newsletter", "button", "webinar begins in an hour, personal join link, do not share",
      "Reminder: Passwordless in practice starts in 1 hour", ("Sample Analysts", "no-reply@zoom.us"), [
          P("Hi Ken,"), P("\"Passwordless in practice\" starts at 2 pm Tokyo time. Your own way in:"), B("Join Webinar", "https://us02web.zoom.us/w/00000000000?tk=SAMPLE"), P("The link carries your name, so please do not pass it on. Passcode, if asked: 339102")],
      look="bare", to="k.suzuki@corp.example", auth="own", reply_to="events@sample-analysts.example.com", when="11-12 13:00", footer="Not coming? [Give your place to another](https://us02web.zoom.us/webinar/register/SAMPLE/cancel)")


def marketing():
    def track(host, n): return f"https://{host}/c/{rnd(host + str(n), 24)}"
    A("sale-ends-tonight-en", "en", "-", "newsletter", "tracking_links,button", "shop newsletter: ends tonight",
      "\u23f0 Ends tonight: 40% off everything (yes, everything)", ("Sample Outdoor", "hello@mail.sample-outdoor.example.com"), [
          H("LAST CHANCE"), P("The clock is ticking! Our summer sale closes **tonight at 11:59 pm**. After that, prices go back up."), B("Shop now", track("click.sample-outdoor.example.com", 1)), P("[Tents](" + track("click.sample-outdoor.example.com", 2) + ") · [Boots](" + track("click.sample-outdoor.example.com", 3) + ") · [Stoves](" + track("click.sample-outdoor.example.com", 4) + ")"),
          P("Act fast: your code SUN40 expires today. You have 2,150 points in your account, don't let them go to waste.")],
      look="news", track="https://click.sample-outdoor.example.com/o/7f/", logo="Sample Outdoor", colour="#d9480f", to="hanako.sato@corp.example.jp", ret="b-7f2@bounce.sample-outdoor.example.com", auth="own", extra=bulk("https://click.sample-outdoor.example.com/u/7f", "Feedback-ID: 7f:sale:outdoor\n"), footer="Sample Outdoor Inc., 5 Trail Rd. [Unsubscribe](https://click.sample-outdoor.example.com/u/7f) [Your account](https://click.sample-outdoor.example.com/a/7f)")
    A("newsletter-listmanage-en", "en", "-", "newsletter", "tracking_links", "newsletter of a small maker through a mass mailing service with click tracker",
      "What we learned from losing our own passwords", ("Ben at Sample Notes", "ben@sample-notes.example.com"), [
          P("Hey,"), P("two weeks ago our intern locked the whole team out of our password manager. No backup, no recovery code, nobody with admin rights awake. [The full story is on the blog](https://sample-notes.us1.list-manage.com/track/click?u=SAMPLE&id=0a1b2c3d4e)."),
          P("Three things to do today: print your recovery codes, name a second admin, and test the emergency access."), P("Ben"), SM("You signed up at sample-notes.example.com.")],
      look="news", track="https://sample-notes.us1.list-manage.com/track/", logo="Sample Notes", colour="#333", to="taro.yamada@corp.example", ret="bounce-mc.us1_000.0-taro=corp.example@mail1.mcsv.net", extra=bulk("https://sample-notes.us1.list-manage.com/unsubscribe?u=SAMPLE", "List-ID: Sample Notes <sample.list-id.mcsv.net>\nX-Mailer: Mailchimp Mailer\n"), footer="[Unsubscribe](https://sample-notes.us1.list-manage.com/unsubscribe?u=SAMPLE)", mta="mail1.mcsv.net")
    A("flash-sale-ja", "ja", "-", "newsletter", "tracking_links,button", "shop newsletter in Japanese, HTML with trackers, members only, till noon",
      "【会員様限定】本日正午まで!ログインするだけで500ポイント", ("サンプル通販", "news@ml.sample-tsuhan.example.jp"), [
          H("ログインして500ポイントを受け取ろう"), P("本日**正午まで**にログインされた方全員に、500ポイントをプレゼント!受け取り期限を過ぎると無効になります。お早めにどうぞ。"), B("今すぐログイン", "https://t.sample-tsuhan.example.jp/r/c/SAMPLE1"), P("クリックできない場合: https://www.sample-tsuhan.example.jp/"), P("抽選で10名様に商品券1万円分が当たるキャンペーンも実施中です。")],
      look="news", track="https://t.sample-tsuhan.example.jp/r/o/SAMPLE/", colour="#e4007f", logo="サンプル通販", to="hanako.sato@corp.example.jp", extra=bulk("https://t.sample-tsuhan.example.jp/r/u/SAMPLE", "Precedence: bulk\n"), footer="株式会社サンプル通販 [配信停止](https://t.sample-tsuhan.example.jp/r/u/SAMPLE)", form="html")
    A("mail-magazine-iso2022-ja", "ja", "-", "newsletter", "plain_url", "ISO-2022-JP: plain mail magazine with rulers, coupons, limits",
      "★2日間限定★ 送料無料クーポン配布中【サンプル米店】", ("サンプル米店", "mag@sample-kome.example.jp"), [
          P("━━━━━━━━━━━━━━━━━━\n■新米予約スタート!先着50名様\n━━━━━━━━━━━━━━━━━━"), P("今年の新米、ご予約は9月6日(日)23時59分まで!\n\n▼クーポンの取得はこちら(要ログイン)\nhttps://www.sample-kome.example.jp/cp?id=m0904"), P("※パスワードをお忘れの方は\nhttps://www.sample-kome.example.jp/reminder\n\n▽配信停止\nhttps://www.sample-kome.example.jp/mag/off")],
      cs="ISO-2022-JP", form="plain", to="taro.yamada@corp.example", when="09-04 18:00", extra="X-Mailer: MagMail 3.2\nPrecedence: bulk\n", footer="有限会社サンプル米店")
    A("saas-price-change-en", "en", "-", "newsletter", "link", "terms change, agree by a date or the account is closed; honest",
      "Changes to your Sample CRM plan from 1 January", ("Sample CRM", "team@news.sample-crm.example.com"), [
          P("Hi Taro,"), P("from **1 January 2027** the Team plan will cost USD 14 per seat. We will also update our [terms](https://sample-crm.example.com/terms). If you do not agree, you can export your data and close the account in Settings before that date; otherwise nothing needs to be done."), B("Review your plan", "https://app.sample-crm.example.com/settings/billing"), P("Accounts on legacy sign-in must move to single sign-on by 28 February, or they will be suspended.")],
      look="notice", logo="Sample CRM", colour="#5b2be0", to="taro.yamada@corp.example", auth="own", extra=bulk("https://sample-crm.example.com/u/SAMPLE"), footer="[Unsubscribe](https://sample-crm.example.com/u/SAMPLE)")
    A("survey-prize-en", "en", "-", "survey", "button,tracking_links", "customer survey, win a voucher",
      "Tell us how we did and win a $100 voucher", ("Sample Airline", "feedback@e.sample-airline.example.com"), [P("Dear Ms Sato,"), P("thank you for flying with us on 2 September. Complete the survey within 7 days and you enter the draw for a $100 gift card."), B("Start survey", "https://survey.sample-airline.example.com/s/SAMPLE?e=aGFuYWtv"), SM("One entry per person. Winners are notified by letter.")],
      look="news", track="https://e.sample-airline.example.com/t/", logo="Sample Airline", colour="#123a6f", to="hanako.sato@corp.example.jp", extra=bulk("https://e.sample-airline.example.com/u/SAMPLE"), when="09-05 10:30", footer="Sample Airline. [Unsubscribe](https://e.sample-airline.example.com/u/SAMPLE)", auth="own")
    A("cold-outreach-sales-en", "en", "-", "marketing", "link", "sales mail of an unknown seller, pushes for a call",
      "Quick question, Taro", ("Jake Sample", "jake@growth-sample.example.com"), [P("Hi Taro,"), P("I'll be brief: teams like yours lose 11 hours a month on password resets. We take that away. Worth 15 minutes on Thursday?"), P("Here is my calendar: https://meet.growth-sample.example.com/jake"), P("If you're not the right person, who is?"), P("Jake\nP.S. I'll follow up only once, promise.")],
      look="gmail", to="taro.yamada@corp.example", extra=thread("first-touch-771@growth-sample.example.com"))


def support():
    A("bounce-dsn-en", "en", "-", "system", "dsn", "delivery failure of an own mail, quotes its headers",
      "Not delivered: Order 55120, new dates", ("Mail Delivery System", "MAILER-DAEMON@mx.partner.example.com"), [P("mx.partner.example.com could not deliver your mail. What it was told by the next machine stands below; your own mail is not attached."), P("<olivia@partner.example.com>: host imap.partner.example.com said: 552 5.2.2 Mailbox is full / quota exceeded (in reply to end of DATA command)")],
      form="plain", cs="US-ASCII", cte="7bit", to="taro.yamada@corp.example", attachments=[b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.partner.example.com\n\nFinal-Recipient: rfc822; olivia@partner.example.com\nAction: failed\nStatus: 5.2.2\n"], extra="Auto-Submitted: auto-replied\n", ret="MAILER-DAEMON@mx.partner.example.com")
    as_report("delivery-status")
    A("out-of-office-ja", "ja", "-", "business", "no_link", "automatic answer during holidays",
      "自動応答: 見積の件、至急お願いします", ("サンプル商事 田中", "tanaka@sample-shoji.example.com"), [P("お世話になっております。サンプル商事の田中です。"), P("8月12日(水)から16日(日)まで夏季休暇をいただいております。至急の場合は、営業部 代表(000-000-0000)までお電話ください。"), P("なお、休暇中に私の名前でお振込先の変更などのご連絡が届いた場合は、必ずお電話でご確認をお願いいたします。")],
      form="plain", cs="ISO-2022-JP", extra="Auto-Submitted: auto-replied\n" + thread("20260812.t9@corp.example"), when="08-12 09:31", **TARO)
    A("customer-locked-out-en", "en", "-", "customer_request", "no_link", "angry customer, locked account, urgent",
      "URGENT!!! account locked, nobody answers", ("Bob Sample", "bob.sample@customer.example.org"), [P("Third mail!! My account is still suspended since Monday and I can't pay my invoices. I entered the verification code ten times. Your page says \"verify your identity\" and then nothing. Unlock it TODAY or I cancel."), P("Customer no. 20418\nBob")],
      form="plain", cs="US-ASCII", cte="7bit", to="support@corp.example")
    A("customer-wire-receipt-en", "en", "-", "payment", "pdf", "customer sends proof of a transfer",
      "Wire transfer done - swift copy attached", ("Accounts Payable Client Co", "ap@client-co.example.com"), [P("Dear Team,"), P("we have wired USD 18,400.00 today against your invoice CE-2291. The swift copy is attached. Kindly confirm receipt and release the goods."), P("Regards\nAP Team")],
      look="mso", to="accounting@corp.example", attachments=[ms.attach("MT103_CE-2291.pdf", "application/pdf", pdf(["MT103 single customer credit transfer", ":32A:260714USD18400,00", ":70:/INV/CE-2291"]))])
    A("job-application-en", "en", "-", "business", "pdf", "application with CV as PDF, link to the applicant's own page",
      "Application: system administrator (ref. CE-2026-14)", ("Priya Sample", "priya@priya-sample.example.org"), [P("Dear Ms Kimura,"), P("please find attached my CV for the position of system administrator. I have run identity platforms (Okta, Entra ID) and password managers for 900 people, and I write about it at https://priya-sample.example.org/notes."), P("I am free for an interview from next week on."), P("Kind regards\nPriya Sample")],
      look="apple", to="jobs@corp.example", attachments=[ms.attach("CV_Priya_Sample.pdf", "application/pdf", pdf(["Priya Sample - curriculum vitae", "https://priya-sample.example.org/notes"], [(1, "https://priya-sample.example.org/notes")]))])
    A("supplier-portal-invite-pt", "pt", "-", "invitation", "button", "a customer invites to its supplier portal, registration by a date, in Portuguese",
      "Convite para cadastro no Portal de Fornecedores", ("Suprimentos Exemplo S.A.", "fornecedores@exemplo-sa.example.com"), [P("Prezado fornecedor,"), P("para continuar recebendo nossos pedidos, faça seu cadastro no Portal de Fornecedores até 31 de agosto. Tenha em mãos o contrato social e os dados bancários; alterações de conta são confirmadas por telefone."), B("Acessar o portal", "https://fornecedores.exemplo-sa.example.com/convite/SAMPLE"), P("Atenciosamente,\nEquipe de Suprimentos")],
      look="notice", logo="Exemplo S.A.", colour="#0b6e4f", to="joao.exemplo@corp.example", tz=-3, when="08-03 09:15", auth="own")
    A("html-receipt-attachment-ja", "ja", "-", "receipt", "html_attachment", "receipt as HTML attachment without a form, in Shift_JIS",
      "領収書の送付(サンプル駐車場)", ("サンプル駐車場 管理センター", "center@sample-park.example.jp"), [P("このたびはご利用いただき、ありがとうございました。領収書を添付ファイルにてお送りいたします。ブラウザで開いて印刷してください。"), P("※このメールに返信されてもお答えできません。")],
      form="plain", cs="ISO-2022-JP", attachments=[ms.attach("ryoshusho.html", "text/html; charset=Shift_JIS", ms.enc('<html><head><meta charset="Shift_JIS"><title>領収書</title></head><body><h1>領収書</h1><table border="1"><tr><td>利用日</td><td>2026/02/03</td></tr><tr><td>金額</td><td>￥2,200</td></tr></table><p>サンプル駐車場</p></body></html>\n', "Shift_JIS"))], when="02-03 20:12", **TARO)
