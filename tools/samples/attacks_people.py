"""Attack mails that rely on a person: payment changes, secrecy, gift cards, payroll, call-back numbers, threads that never were or were hijacked.

Takes: nothing. Gives: mails, most without any link. Entry: `add`. Addresses at gmail.com hold an underscore, which Gmail does not allow, so nobody owns them.
"""
from make_samples import B, H, P, RAW, SM, attach, png
from samples import wrap
from samples.attacks import at, attack, safe

GMAIL = "mail-sor-f69.google.com"


def add():
    japanese_bosses()
    japanese_payments()
    bosses()
    payments()
    calls()
    threads()


def japanese_bosses():
    attack("shacho-line-group-ja", "ja", "-", "secrecy", "no_link,free_mail,executive_name", "the president asks for a chat group and its QR code, secretly",
           "業務連絡", ("代表取締役社長 高橋 健", "takahashi_ken.shacho@gmail.com"), [
               P("お疲れ様です。高橋です。"),
               P("来期の件で、少人数で急ぎ相談したいことがあります。あなたの携帯でLINEグループを作成して、招待用のQRコードの画像をこのアドレスに送ってください。私が入ったら、そこで進め方を伝えます。"),
               P("ほかのメンバーはまだ招待しないでください。この件は社内でも内密にお願いします。")],
           form="plain", cte="8bit", auth="own", mta=GMAIL, to="keiri@corp.example.jp", must=["LINEグループを作成"])

    attack("shacho-giftcard-ja", "ja", "-", "gift_card", "no_link,executive_name,reply_to", "the president in a meeting needs gift cards bought and their codes sent; ISO-2022-JP",
           "至急お願いしたいことがあります", ("高橋 健", "president@shacho-mail.example"), [
               P("佐藤さん"),
               P("会議中のため電話に出られません。取引先への御礼として、電子ギフトカード(1万円分を10枚)をコンビニで購入してもらえますか。"),
               P("購入したら、裏面のコードを削って写真に撮り、このメールに返信してください。代金は本日中に精算します。サプライズなので、ほかの人には話さないように。"),
               P("高橋\niPhoneから送信")],
           cs="ISO-2022-JP", form="plain", reply_to="takahashi.office@henshin-saki.invalid", to="hanako.sato@corp.example.jp", must=["コードを削って"])

    attack("hosa-urgent-transfer-ja", "ja", "-", "secrecy", "no_link,executive_name", "the president and a lawyer: secret purchase of a company, transfer abroad today; Shift_JIS",
           "【極秘】Ｍ＆Ａ案件に係る送金について", ("高橋 健（代表取締役）", "ceo@corp-example.test"), [
               P("経理部　伊藤様"),
               P("現在、海外企業の買収を進めています。金融商品取引法の関係上、公表日までは社内外を問わず他言無用でお願いします。"),
               P("本日１５時までに、手付金として 1,280万円 を海外口座へ送金してください。送金先は顧問弁護士の西田先生（nishida@ma-horitsu.invalid）から連絡があります。稟議は私が事後に処理します。"),
               P("電話は傍受のおそれがあるため、連絡はこのメールのみとしてください。準備ができたら「完了」と返信を。")],
           cs="Shift_JIS", form="plain", cte="base64", to="m.ito@corp.example.jp", must=["他言無用"])


def japanese_payments():
    quote = "> ----- Original Message -----\n> From: m.ito@corp.example.jp\n> Sent: 2026年4月20日 14:02\n> Subject: Re: 3月分ご請求書の件\n>\n> 田中様\n> いつもお世話になっております。請求書を拝受しました。\n> 4月末日にお支払いの予定です。"
    attack("torihikisaki-koza-henko-ja", "ja", "-", "payment_change", "no_link,lookalike_domain,quoted_thread", "supplier's thread is continued from a look-alike domain: new bank account; quoted text but no References; ISO-2022-JP",
           "Re: 3月分ご請求書の件(お振込先変更のお願い)", ("サンプル商事 田中", "tanaka@sample-shoji.example.net"), [
               P("コープ・エグザンプル株式会社\n伊藤様"),
               P("いつもお世話になっております。サンプル商事の田中です。"),
               P("3月分のご請求につきまして、弊社の取引銀行で監査が入っており、従来の口座へのご入金ができない状況です。誠に恐れ入りますが、今回より下記の口座へお振り込みくださいますようお願いいたします。"),
               P("銀行名: サンプル銀行 海外支店\n口座番号: 0000000\n口座名義: SAMPLE SHOJI TRADING"),
               P("お手続きが済みましたら、振込明細の写しをお送りください。本日中にご対応いただけますと大変助かります。"),
               RAW("", quote)],
           cs="ISO-2022-JP", form="plain", to="m.ito@corp.example.jp", when=at("2026-04-23 10:31"), footer="株式会社サンプル商事 営業部\n田中 一郎", must=["従来の口座へのご入金"])

    attack("kyuyo-koza-henko-ja", "ja", "-", "payroll", "no_link,free_mail,internal_name", "an 'employee' asks for the salary to go to another account, from free mail",
           "給与振込口座の変更について", ("山田 太郎", "yamada_taro.kojin@gmail.com"), [
               P("人事ご担当者様"),
               P("お疲れ様です。営業部の山田です。給与の振込先を変更したいのですが、今月分に間に合いますでしょうか。"),
               P("現在会社のメールにログインできないため、個人のアドレスから失礼します。必要な書類があれば、こちらに返信でご指示ください。新しい口座はネット銀行です。"),
               P("よろしくお願いいたします。")],
           form="plain", cte="base64", auth="own", mta=GMAIL, to="jinji@corp.example.jp", must=["給与の振込先を変更"])

    attack("support-callback-ja", "ja", "microsoft", "call_back", "no_link", "alarm about a virus; call a number at once",
           "【警告】お使いのパソコンからウイルスが検出されました（エラー 0x80072EE7）", ("Windows サポートセンター", "alert@support-keikoku.test"), [
               H("ただちにお電話ください"),
               P("お使いのパソコンから、銀行の暗証番号を外部へ送信するウイルスが検出されました。電源を切らずに、下記のサポート窓口までお電話ください。"),
               P("**サポート窓口：050-0000-0142**（24時間・通話無料）"),
               P("オペレーターが遠隔操作で除去いたします。5分以内にお電話がない場合、パソコンと会社のネットワークを遮断します。")],
           hand="font", colour="#c00000", form="html", to="k.suzuki@corp.example", footer="Microsoft Windows サポートセンター", must=["遠隔操作で除去"])

    quote = "> 2026年6月15日(月) 11:20 山田 太郎 <taro.yamada@corp.example>:\n> 田中様\n> 打ち合わせの件、承知しました。資料をお待ちしております。"
    attack("thread-hijack-ja", "ja", "-", "shared_document", "plain_url,compromised_partner,quoted_thread", "partner's hijacked mailbox answers in a real thread, with References, and sends a link to documents",
           "Re: 6月の打ち合わせ資料について", ("田中 一郎", "tanaka@sample-shoji.example.com"), [
               P("山田様"),
               P("お世話になっております。\n遅くなりましたが、資料をアップロードいたしましたのでご確認ください。"),
               P("https://shiryo-kyoyu.example/s/0617?pw=yes"),
               P("閲覧時に会社のメールのIDとパスワードが求められます。修正点があれば本日中にお願いします。"),
               P("田中"), RAW("", quote)],
           form="plain", cte="8bit", auth="own", to="taro.yamada@corp.example", when=at("2026-06-17 19:44"), extra="In-Reply-To: <b7120c55@corp.example>\nReferences: <5f00a1@sample-shoji.example.com> <b7120c55@corp.example>\n", must=["資料をアップロード"])


def bosses():
    attack("ceo-available-en", "en", "-", "urgency", "no_link,free_mail,executive_name", "the very short opening of a fraud: are you there, send me your mobile number",
           "Quick task", ("Ken Takahashi", "ken_takahashi.exec@gmail.com"), [P("Hanako, are you at your desk? I have a task that needs to be done before noon and I can't talk, back-to-back board calls. Send me your mobile number and watch for my text."), P("Ken Takahashi\nPresident, Corp Example")],
           form="plain", cs="US-ASCII", cte="7bit", auth="own", mta=GMAIL, to="hanako.sato@corp.example.jp", must=["watch for my text"])

    attack("ceo-giftcards-en", "en", "-", "gift_card", "no_link,executive_name,reply_to", "gift cards for clients, codes by mail",
           "Re: surprise for the team", ("Ken Takahashi (President)", "ken.takahashi@exec-mobile.test"), [
               P("Hi Taro,"),
               P("I want to hand out gift cards at tonight's dinner and have no time to get them. Could you pick up 8 Apple cards of $200 each from the nearest store? Scratch the back, take clear pictures of the codes and e-mail them to me here. Keep the cards and the receipt, finance pays you back on Monday."),
               P("Please keep it between us, it's a surprise. How soon can you get it done?"),
               P("Ken\nSent from my iPhone")],
           form="plain", cs="US-ASCII", cte="7bit", reply_to="k.takahashi.private@exec-mobile.invalid", to="taro.yamada@corp.example", must=["Scratch the back"])

    attack("lawyer-acquisition-en", "en", "-", "secrecy", "no_link,executive_name", "lawyer and president: confidential acquisition, wire today",
           "Project Heron - strictly confidential", ("Ken Takahashi", "ken.takahashi@corp-example.example"), [
               P("Dear Mr Ito,"),
               P("I have chosen you to handle a matter that requires discretion. We are acquiring a company in Lisbon, and the regulator forbids any word about it until the announcement. **You may not discuss it with anybody, neither in person nor by phone**, this mailbox is the only channel."),
               P("Our counsel, Mr Sample of Sample & Partners (sample@counsel-heron.invalid), will contact you with instructions for a wire of EUR 248,500. Please carry them out today and confirm to both of us."),
               P("I count on you.\nKen Takahashi\nPresident and CEO")],
           style="div", to="m.ito@corp.example.jp", must=["requires discretion"])

    attack("hr-w2-request-en", "en", "-", "data_request", "no_link,lookalike_domain,executive_name", "the finance chief asks for the pay slips of all staff; from a look-alike of the own domain",
           "Payroll summary needed for the auditors", ("Naoko Mori (CFO)", "n.mori@corp-example.net.test"), [
               P("Hi,"),
               P("the auditors are with me and want the earnings statements of all employees for last year: names, addresses, dates of birth, tax numbers, gross pay. One PDF or a spreadsheet, either is fine. Send it straight to me, no need to copy anyone."),
               P("I need it in the next 40 minutes.\nNaoko")],
           form="plain", cs="US-ASCII", cte="7bit", to="payroll@corp.example", must=["earnings statements"])

    attack("payroll-direct-deposit-en", "en", "-", "payroll", "no_link,free_mail,internal_name", "an 'employee' wants direct deposit changed before the next pay day",
           "DD update", ("Hanako Sato", "hanako_sato.mail@gmail.com"), [
               P("Hello, I opened a new account and would like my direct deposit to go there starting with the next paycheck. My old account closes this week, so please don't send anything to it. Can I give you the routing and account number here, or is there a form?"),
               P("Hanako Sato\nCorp Example")],
           form="plain", cs="US-ASCII", cte="7bit", auth="own", mta=GMAIL, to="payroll@corp.example", must=["direct deposit"])


def payments():
    attack("vendor-bank-change-en", "en", "-", "payment_change", "no_link,compromised_partner,pdf_text", "supplier's hijacked mailbox, real thread: letter with new bank details as PDF",
           "RE: Invoice 8812 - updated remittance details", ("Mary Sample", "mary@customer.example.org"), [
               P("Hi Hanako,"),
               P("thanks for confirming. Please note that our bank details have changed since the merger; the letter is attached. Kindly update the vendor record and use the new account for invoice 8812 (USD 42,615.00) and everything after it. Payments to the old account will bounce."),
               P("Could you confirm the value date today? I am travelling, so e-mail is best."),
               P("Many thanks,\nMary"),
               P("> On 11 Aug 2026 Hanako Sato wrote:\n> Dear Mary, invoice 8812 is approved and scheduled for Friday.")],
           form="plain", cs="US-ASCII", cte="7bit", auth="own", to="hanako.sato@corp.example.jp", when=at("2026-08-12 22:03"), extra="In-Reply-To: <8812.3@corp.example.jp>\nReferences: <8812.1@customer.example.org> <8812.3@corp.example.jp>\n",
           attachments=[attach("Bank_letter.pdf", "application/pdf", wrap.pdf(["To whom it may concern", "", "With immediate effect, all payments shall be made to:", "Sample Bank, account 000000000, routing 000000000", "Beneficiary: Customer Sample Trading Ltd", "", "Payments to previous accounts are void."]))], must=["update the vendor record"])

    attack("aging-report-en", "en", "-", "data_request", "no_link,executive_name,reply_to", "asks for the list of open customer invoices with contacts: preparation of payment fraud",
           "Aging report", ("Naoko Mori", "nmori@cfo-desk.example"), [
               P("Morning,"),
               P("send me the current aging report with all receivables over 30 days, and the e-mail contacts of each customer's accounts payable. I want to chase the large ones myself this week. Hold all reminders until I say so."),
               P("Naoko Mori\nChief Financial Officer")],
           form="plain", cs="US-ASCII", cte="7bit", reply_to="office@cfo-desk.invalid", to="accounting@corp.example", must=["receivables over 30 days"])

    attack("invoice-thread-fabricated-en", "en", "-", "payment_change", "no_link,quoted_thread,executive_name,lookalike_domain", "a whole thread is invented: the president approved the invoice, accounting is only to pay; no References",
           "RE: FW: Consulting retainer - outstanding (final)", ("Northgate Advisory Billing", "billing@northgate-advisory.test"), [
               P("Hello Accounts Payable,"),
               P("please see Mr Takahashi's approval below and settle the retainer of USD 19,750.00 today by ACH. Our W-9 and the bank form can be sent on request."),
               P("Best regards,\nD. Sample\nNorthgate Advisory"),
               RAW("", "-----Original Message-----\nFrom: Ken Takahashi <ken.takahashi@corp.example>\nSent: Monday, March 16, 2026 9:14 AM\nTo: Billing <billing@northgate-advisory.test>\nSubject: RE: Consulting retainer\n\nApproved. Send it to accounting@corp.example, they will pay it\nthe same day. Sorry for the delay.\n\nKen")],
           form="plain", cs="US-ASCII", cte="7bit", to="accounting@corp.example", when=at("2026-03-17 09:40"), must=["settle the retainer"])


def calls():
    attack("geek-renewal-callback-en", "en", "mcafee", "call_back", "no_link,free_mail", "renewal of protection software charged, call to cancel; from free mail",
           "Invoice confirmation 55-0181-AX", ("Renewal Team", "renewal_desk.2281@gmail.com"), [
               P("Dear Customer,"),
               P("your McAfee Total Protection plan has been renewed for two years. USD 429.49 was taken from your account on file and will show within 24 hours."),
               P("Did not ask for it? Speak to the cancellation desk at +1 (312) 555-0134 (8 am to 8 pm). Refunds are not given by e-mail."),
               P("Invoice: 55-0181-AX\nDevices: 5")],
           form="plain", cs="US-ASCII", cte="7bit", auth="own", mta=GMAIL, must=["cancellation desk"])

    attack("paypal-seller-note-en", "en", "paypal", "call_back", "genuine_sender,genuine_link", "a genuine payment request sent through the service itself; the fraud is the seller's note with a number to call",
           "You've got a money request", ("service@paypal.com", "service@paypal.com"), [
               H("Request from Order Support Dept"),
               P("Order Support Dept is asking you for **$689.00 USD**."),
               P("Note from Order Support Dept:\nYour account was billed for a crypto purchase. If you did not make it, call +1 (808) 555-0117 right now so that we can stop it. After 12 hours we can no longer help."),
               B("Pay now", "https://www.paypal.com/payrequest/sample"),
               SM("Don't recognise this? You can cancel it in your account. Transaction ID: SAMPLE0000000")],
           hand="shop", colour="#003087", logo="PayPal", form="html", auth="own", to="user@corp.example", footer="PayPal", must=["stop it"])

    attack("coinbase-callback-en", "en", "coinbase", "call_back", "no_link,image_logo", "withdrawal under way, call the fraud line",
           "Withdrawal of 1.842 ETH is pending (case CB-40017)", ("Coinbase Fraud Desk", "case@cb-fraud-desk.test"), [
               RAW('<p><img src="cid:lg1" width="120" height="40" alt="coinbase"></p>', ""),
               P("A withdrawal of **1.842 ETH** to an unknown wallet was started from your account. It can be stopped only by phone, as your online access may have been taken over."),
               P("Call 1-415-555-0128 and give the case number CB-40017. Have your recovery phrase ready, the agent will move your funds to a safe wallet."),
               P("Security Operations")],
           hand="ms", colour="#0052ff", form="html", related=[attach("logo.png", "image/png", png(120, 40, (0, 82, 255), "cb"), inline_cid="lg1")], must=["stopped only by phone"])

    attack("it-helpdesk-call-en", "en", "okta", "it_support", "no_link,internal_name", "own help desk asks for a call to an outside number to 'sync' the token",
           "Please call the IT help desk: your token is out of sync", ("Corp Example Help Desk", "helpdesk@corp-example-it.test"), [
               P("Hello Taro,"),
               P("your Okta token drifted out of sync last night, and single sign-on will stop for you at noon. It cannot be repaired remotely, so please call us on **555-0163** (direct line, no menu) before that."),
               P("Have your employee number at hand and keep your phone unlocked. We will send you two push requests and read out a number to you; accept both."),
               P("The usual extension is busy because of the roll-out.\nIT Help Desk")],
           style="mso", to="taro.yamada@corp.example", footer="Corp Example IT", must=["out of sync last night"])


def threads():
    attack("reply-without-references-en", "en", "-", "shared_document", "plain_url,quoted_thread", "claims to answer a thread that never was: Re:, quoted text, no References",
           "Re: Re: signed copy for Friday", ("Tom Sample", "tom@deal-papers.example"), [
               P("Taro, sorry, wrong version before. This is the signed one:\nhttps://deal-papers.example/d/friday?sso=corp"),
               P("Log in with your office account, it is locked to your domain. Tom"),
               RAW("", "On Tue, 9 Jun 2026 at 15:10, Taro Yamada <taro.yamada@corp.example> wrote:\n> Thanks Tom, I will look at the signed copy as soon as you send it.\n>\n> On Tue, 9 Jun 2026 at 14:58, Tom Sample wrote:\n>> I am on it, give me an hour.")],
           form="plain", cs="US-ASCII", cte="7bit", to="taro.yamada@corp.example", when=at("2026-06-09 17:33"), must=["wrong version before"])

    attack("calendar-thread-lastpass-en", "en", "lastpass", "emergency_access", "plain_url,quoted_thread,internal_name", "inside the invented thread a 'colleague from IT' asks to deny an emergency access request in the vault",
           "FW: [LastPass] emergency access request for taro.yamada", ("Mika Abe - IT", "mika.abe@corp-vaults.example"), [
               P("Taro, is this you? If not, deny it before five, otherwise the other person gets your whole vault. I can't do it for you, it needs your master password:\nhttps://corp-vaults.example/lp/deny"),
               P("Mika"),
               RAW("", "---------- Forwarded message ----------\nFrom: LastPass\nSubject: emergency access request for taro.yamada\n\nHiro N. has asked for emergency access to your vault.\nWaiting time left: 5 hours.")],
           form="plain", cs="US-ASCII", cte="7bit", to="taro.yamada@corp.example", must=["deny it before five"])

    attack("invoice-query-reply-ja", "ja", "-", "shared_document", "plain_url,quoted_thread", "Japanese Re: mail with invented quotation and no References; EUC-JP",
           "Re: 見積書の再送のお願い", ("株式会社サンプル電機 岡田", "okada@saiso-bunsho.test"), [
               P("小林様"),
               P("お世話になっております。ご依頼の見積書を再送いたします。容量の関係でダウンロードとさせてください。"),
               P("https://saiso-bunsho.test/dl/2026/mitsumori"),
               P("※貴社のメールアドレスとメールパスワードでログインできます。有効期限は本日までです。"),
               RAW("", "> 岡田様\n> 先日の見積書ですが、ファイルが開けませんでした。\n> 再送をお願いできますでしょうか。\n> 小林")],
           cs="EUC-JP", form="plain", cte="8bit", to="y.kobayashi@corp.example.jp", must=["ダウンロードとさせて"])
