"""Twins: banks, cards, couriers, shops, carriers and offices of Japan, from their own domains, linking only to their own hosts. Entry: mails()."""
from samples.twins import *

TARO = dict(to="taro.yamada@corp.example", to_name="山田 太郎")


def mails():
    money()
    cards()
    parcels()
    shops()
    carriers()
    offices()
    services()


def money():
    A("smbc-transfer-iso2022-ja", "ja", "smbc", "payment", "no_link", "ISO-2022-JP: a transfer was accepted; no link, look for yourself",
      "【三井住友銀行】お振込受付のお知らせ", ("三井住友銀行", "SMBC_service@dn.smbc.co.jp"), [
          P("いつも三井住友銀行をご利用いただきありがとうございます。"), P("SMBCダイレクトで、以下のお振込を受け付けました。"), KV(("受付日時", "2026年4月27日 09時14分"), ("お支払口座", "横浜支店 普通 ****123"), ("金額", "108,000円")),
          P("お心当たりのないお取引の場合は、ただちにキャッシュカード裏面の電話番号までご連絡ください。"),
          P("※不審なログインを防ぐため、このメールにはリンクを記載しておりません。SMBCダイレクトへは、ブックマークまたは公式アプリからアクセスしてください。")],
      cs="ISO-2022-JP", form="plain", auth="own", when="04-27 09:14", footer="三井住友銀行 SMBCダイレクト", **TARO)
    A("smbc-phishing-warning-ja", "ja", "smbc", "advisory", "link,quote", "the bank warns of mails in its name and quotes their subjects",
      "【重要】当行を装ったフィッシングメールにご注意ください", ("三井住友銀行", "SMBC_service@dn.smbc.co.jp"), [
          H("お客さまへの大切なお知らせ"), P("最近、「【三井住友銀行】お取引の一時停止について」「口座の利用を制限しました」などの件名で、偽サイトへ誘導するメールが多数確認されています。"),
          UL("メールやSMSから開いた画面に、契約者番号・暗証番号・ワンタイムパスワードを入力しないでください。", "「24時間以内に確認が必要」など、お急ぎの対応を求める表現にご注意ください。", "当行がメールで暗証番号をお聞きすることはありません。"),
          P("詳しくは[当行ホームページ](https://www.smbc.co.jp/security/attention/)をご覧ください。")],
      colour="#004831", logo="三井住友銀行", auth="own", footer="株式会社三井住友銀行", to="user@corp.example.jp")
    A("mufg-direct-maintenance-ja", "ja", "mufg", "notice_maintenance", "link", "service stops for a night and the login page changes",
      "三菱UFJダイレクト システムメンテナンスに伴うサービス休止のご案内", ("三菱UFJ銀行", "info@bk.mufg.jp"), [
          P("平素より三菱UFJ銀行をご利用いただき、誠にありがとうございます。"), P("システムメンテナンスのため、以下の時間帯は三菱UFJダイレクトのすべてのお取引を休止いたします。"), KV(("休止日時", "9月12日(土) 21:00~9月13日(日) 7:00"), ("対象", "インターネットバンキング、アプリ")),
          P("メンテナンス後、初回ログイン時に新しい利用規定への同意画面が表示されます。パスワードの再登録などは必要ありません。"), P("[メンテナンスの予定](https://www.bk.mufg.jp/info/maintenance.html)")],
      look="bare", auth="own", when="09-02 12:00", footer="株式会社三菱UFJ銀行 東京都千代田区丸の内", **TARO)
    A("mizuho-login-sjis-ja", "ja", "mizuho", "notice_sign_in", "no_link", "Shift_JIS: login notice of internet banking",
      "【みずほ銀行】ログインのお知らせ", ("みずほ銀行", "mizuho_direct@mizuhobank.co.jp"), [
          P("みずほダイレクトへのログインがありましたので、お知らせいたします。"), KV(("ログイン日時", "2026年10月14日 22時03分"), ("ご利用環境", "スマートフォン")),
          P("お心当たりがない場合は、第三者による不正ログインの可能性があります。すぐにみずほダイレクトの利用を停止してください。停止の方法は、ホームページの「みずほダイレクトの緊急停止」をご確認ください。"), P("※本メールは送信専用です。")],
      cs="Shift_JIS", cte="8bit", form="plain", auth="own", when="10-14 22:03", footer="株式会社みずほ銀行", **TARO)
    A("sbisec-device-auth-ja", "ja", "sbi_sec", "notice_code", "link", "one-time URL to confirm the device, asked for at login",
      "【SBI証券】デバイス認証のURLのお知らせ", ("SBI証券", "info@sbisec.co.jp"), [
          P("山田 太郎様"), P("はじめての端末からのログインです。画面に出ている6桁の数字を、次のページで40秒以内に入力してください。"), P("https://www.sbisec.co.jp/deviceAuthentication/input?param=SAMPLE"),
          P("お手続きにお心当たりがない場合は、URLにアクセスせず、パスワードを変更のうえカスタマーサービスセンターまでご連絡ください。"), P("認証コードを電話やメール、SNSでお尋ねすることはありません。")],
      form="plain", auth="own", footer="株式会社SBI証券 金融商品取引業者 関東財務局長(金商)第44号", **TARO)
    A("rakutensec-mfa-required-ja", "ja", "rakuten_sec", "notice_mfa", "button", "multi-factor login becomes mandatory: a true deadline",
      "【重要】ログイン追加認証の必須化と設定のお願い(楽天証券)", ("楽天証券", "info@rakuten-sec.co.jp"), [
          H("6月1日(月)より、ログイン追加認証が必須になります"), P("不正アクセスによる被害を防ぐため、すべてのお客様にログイン追加認証(多要素認証)の設定をお願いしております。**設定されていない場合、6月1日以降はログインできなくなります。**"),
          B("設定方法を確認する", "https://www.rakuten-sec.co.jp/web/info/info20260501-01.html"), P("設定はログイン後の「お客様情報の設定・変更」から行えます。ログインの際は、ブックマークしたURLからアクセスしてください。")],
      colour="#bf0000", logo="楽天証券", auth="own", when="05-07 12:20", footer="楽天証券株式会社 [配信停止](https://www.rakuten-sec.co.jp/ITS/mail/stop.html)", to="user@corp.example.jp")
    A("yucho-authentication-app-ja", "ja", "yucho", "notice_policy", "no_link", "the bank replaces tokens by an app; no link, go to a branch",
      "ゆうちょダイレクト トークン(ワンタイムパスワード生成機)の取り扱い終了について", ("ゆうちょ銀行", "yuchodirect@jp-bank.japanpost.jp"), [
          P("ゆうちょダイレクトをご利用いただきありがとうございます。"), P("お使いのトークンは、電池の寿命により、2026年12月末でご利用いただけなくなります。それまでに「ゆうちょ認証アプリ」への切り替えをお願いいたします。"),
          P("切り替えは、アプリストアから認証アプリを入手し、キャッシュカードを用いた本人確認を行うことで完了します。本メールから直接お手続きいただくことはありません。"), P("スマートフォンをお持ちでないお客さまは、お近くのゆうちょ銀行または郵便局の貯金窓口にご相談ください。")],
      form="plain", auth="own", footer="ゆうちょ銀行", **TARO)
    A("moneyforward-relogin-ja", "ja", "moneyforward", "notice_account", "link", "the link to a bank broke, the user must sign in there again",
      "【マネーフォワード クラウド】連携サービスの再認証が必要です", ("マネーフォワード クラウド", "do_not_reply@moneyforward.com"), [
          P("コープ・エグザンプル株式会社 御中"), P("次の金融機関との連携が、認証の有効期限切れにより停止しています。明細の取得を再開するには、再認証を行ってください。"), KV(("金融機関", "三井住友銀行(法人)"), ("停止日時", "3月10日 4:12")),
          P("[連携サービスの一覧を開く](https://biz.moneyforward.com/aggregation/accounts)")],
      look="notice", colour="#3a7ec2", logo="マネーフォワード クラウド", auth="own", to="keiri@corp.example.jp", footer="株式会社マネーフォワード", when="03-10 07:00")


def cards():
    A("rakuten-card-usage-ja", "ja", "rakuten_card", "payment", "link", "flash notice of a card payment",
      "カードのご利用がありました(ご本人分・速報)", ("楽天カード株式会社", "info@mail.rakuten-card.co.jp"), [
          P("楽天カードをかたるメールが出回っています。このメールの送信元をお確かめください。"), KV(("利用日", "2026/08/19"), ("利用先", "(後日の確定版に記載)"), ("利用金額", "4,980 円")),
          P("覚えのない利用でしたら、[楽天e-NAVI](https://www.rakuten-card.co.jp/e-navi/) で明細を確かめ、カード裏面の番号へお電話ください(夜間も受け付けています)。")],
      look="card", colour="#bf0000", logo="Rakuten Card", form="html", auth="own", when="08-19 20:44", footer="発行元 楽天カード株式会社", **TARO)
    A("smbc-card-statement-ja", "ja", "smbc_card", "invoice", "button", "the card bill is fixed",
      "【三井住友カード】2月のお支払金額のお知らせ", ("三井住友カード", "statement@vpass.ne.jp"), [
          P("山田 太郎 様"), P("いつも三井住友カードをご利用頂きありがとうございます。お支払金額が確定しました。"), KV(("お支払日", "2月26日(木)"), ("お支払金額", "ご利用明細をご確認ください")), B("Vpassで明細を確認", "https://www.smbc-card.com/mem/index.jsp"),
          P("お支払日前日までに、お支払口座の残高をご確認ください。")],
      colour="#00783c", logo="三井住友カード", auth="own", when="02-12 10:00", footer="三井住友カード株式会社 大阪市中央区今橋4-5-15", **TARO)
    A("jcb-statement-sjis-ja", "ja", "jcb", "invoice", "plain_url", "Shift_JIS: card bill of JCB",
      "ＪＣＢカード 5月10日お振替分のご請求が決まりました", ("JCB MyJCB", "mail@qa.jcb.co.jp"), [
          P("いつもＪＣＢカードをご利用いただきありがとうございます。"), P("2026年5月のお振替金額が確定しました。MyJCBにログインしてご確認ください。"), P("▼カードご利用代金明細照会\nhttps://my.jcb.co.jp/Login"), P("※お振替日前日までに、ご指定の口座へご入金ください。\n※フィッシング対策のため、①送信元アドレス ②お客様のお名前の記載をご確認ください。")],
      cs="Shift_JIS", cte="8bit", form="plain", auth="own", when="04-24 11:30", footer="株式会社ジェーシービー 東京都港区南青山5-1-22", **TARO)
    A("saison-3ds-password-ja", "ja", "saison", "notice_security_info", "no_link", "one-time code for a shop payment",
      "【セゾンカード】本人認証サービス ワンタイムパスワードのご連絡", ("セゾンカード", "otp@saisoncard.co.jp"), [
          P("ネットショッピングのご利用にともない、ワンタイムパスワードをお送りします。"), KV(("ご利用先", "SAMPLE BOOKS"), ("金額", "JPY 3,300"), ("ワンタイムパスワード", "559014")), P("有効時間は10分間です。このパスワードは決して他人に教えないでください。当社の社員がお尋ねすることもありません。"), P("お心当たりがない場合は、カード裏面の電話番号へ至急ご連絡ください。")],
      form="plain", auth="own", footer="株式会社クレディセゾン", **TARO)
    A("aeon-card-unusual-ja", "ja", "aeon_card", "account", "no_link", "the card company stopped a payment and asks to call the number on the card",
      "【イオンカード】カードご利用内容の確認のお願い", ("イオンカード", "info@aeon.co.jp"), [
          P("イオンマークのカード会員さま"), P("第三者による不正利用の可能性がある取引を検知したため、カードのご利用を一時的に保留しております。"), P("イオンウォレットアプリの「お知らせ」から、ご本人さまのご利用かどうかをご回答ください。アプリをお使いでない場合は、カード裏面に記載の電話番号にお電話ください。"),
          P("本メールではカード番号や暗証番号をおたずねすることはございません。")],
      form="plain", cte="8bit", auth="own", footer="イオンフィナンシャルサービス株式会社", **TARO)
    A("epos-card-renewal-eucjp-ja", "ja", "epos", "account", "plain_url", "EUC-JP: the new card was sent; change the card number where it is registered",
      "新しいエポスカードをお送りしました", ("エポスカード", "info@01epos.jp"), [
          P("山田 太郎 様"), P("有効期限の更新にともない、新しいエポスカードを簡易書留でお送りしました。お受け取りには本人確認書類が必要です。"), P("公共料金などでお支払いにご登録の場合は、有効期限の変更手続きをお願いいたします。\nお手続きの一覧: https://www.eposcard.co.jp/faq/renewal.html"), P("2週間たっても届かない場合は、エポスカスタマーセンターへご連絡ください。")],
      cs="EUC-JP", cte="8bit", form="plain", auth="own", footer="株式会社エポスカード 東京都中野区中野", **TARO)


def parcels():
    A("yamato-absence-ja", "ja", "yamato", "delivery", "button", "nobody was at home; choose another time",
      "ご不在連絡eメール", ("ヤマト運輸", "mail@kuronekoyamato.co.jp"), [
          P("山田 太郎様"), P("クロネコメンバーズのご利用ありがとうございます。お留守でしたので、次のお荷物を営業所に持ち帰りました。"), KV(("お届け日時", "7月3日 11時20分"), ("送り状番号", "0000-1111-2222"), ("ご依頼主", "サンプル書店"), ("保管期限", "7月10日")),
          B("受け取り日時・場所を変更する", "https://member.kms.kuronekoyamato.co.jp/receive/parcel?p=SAMPLE"), P("保管期限を過ぎたお荷物は、ご依頼主に返送いたします。")],
      colour="#fcc800", logo="クロネコヤマト", auth="own", when="07-03 11:24", footer="ヤマト運輸株式会社 東京都中央区銀座2-16-10 このメールは送信専用です。", **TARO)
    A("yamato-smishing-warning-ja", "ja", "yamato", "advisory", "quote", "the courier warns of false absence notices and quotes one",
      "【ご注意ください】ヤマト運輸の名前を装った迷惑メールについて", ("ヤマト運輸", "mail@kuronekoyamato.co.jp"), [
          P("「お届け先の住所が宛先不明のため荷物を持ち帰りました。こちらから住所を入力してください」などと記載したSMSやメールは、当社が送ったものではありません。"), P("ヤマト運輸では、SMS(ショートメッセージ)によるご不在連絡は行っておりません。記載のURLを開いたり、個人情報を入力したりしないようお願いいたします。"),
          P("詳細: https://www.kuronekoyamato.co.jp/")],
      cs="ISO-2022-JP", form="plain", auth="own", footer="ヤマト運輸株式会社", extra="Precedence: bulk\n", **TARO)
    A("sagawa-forecast-sjis-ja", "ja", "sagawa", "delivery", "plain_url", "Shift_JIS: parcel comes tomorrow",
      "【佐川急便】お荷物お届け予定のお知らせ", ("佐川急便株式会社", "info@ds.sagawa-exp.co.jp"), [
          P("スマートクラブ会員さま"), P("下記のとおりお荷物のお届けを予定しております。"), KV(("お届け予定日", "2026/12/04 14:00-16:00"), ("お問い合わせ送り状NO", "4000-0000-0000"), ("発送元", "㈱サンプル文具")), P("配達日時の変更はこちら\nhttps://www.sagawa-exp.co.jp/smartclub/"), P("■佐川急便を装った迷惑メールにご注意ください■\n当社ではSMSによるご案内は行っておりません。")],
      cs="Shift_JIS", cte="8bit", form="plain", auth="own", when="12-03 18:00", footer="佐川急便株式会社", **TARO)
    A("japanpost-customs-ja", "ja", "japanpost", "delivery", "link", "a parcel from abroad waits for a form and customs duty to be paid at the door",
      "【日本郵便】国際郵便物の通関手続きについて", ("日本郵便株式会社", "noreply@post.japanpost.jp"), [
          P("山田 太郎 様"), P("海外からお客さま宛ての郵便物(EG 000 000 000 DE)が到着しましたが、税関から内容品の価格の確認を求められています。"), P("お手元に届くはがき「外国から到着した郵便物の税関手続のお知らせ」に従って、請求書の写しをご提出ください。関税等がかかる場合は、配達の際にお支払いいただきます。"),
          P("[通関手続きの流れ](https://www.post.japanpost.jp/int/customs/index.html)")],
      look="bare", auth="own", footer="日本郵便株式会社 銀座郵便局 国際郵便窓口", **TARO)
    A("fedex-duty-invoice-en", "en", "fedex", "delivery", "button", "duty of a shipment must be paid before delivery",
      "Your package is arriving soon: duties and taxes due", ("FedEx", "TrackingUpdates@fedex.com"), [
          H("Pay duties and taxes to avoid a delay"), P("Your shipment from Sample Instruments GmbH has cleared customs. The charges below are due on delivery; pay now online to speed things up."), KV(("Tracking number", "000000000000"), ("Amount due", "JPY 4,300"), ("Scheduled delivery", "Tue, 10/06/2026")),
          B("Pay now", "https://www.fedex.com/apps/onlinebill/duty/SAMPLE")],
      colour="#4d148c", logo="FedEx", auth="own", to="logistics@corp.example", footer="© 2026 FedEx. [Report suspicious mail](https://www.fedex.com/en-us/report-fraud.html)", when="10-04 21:17")


def shops():
    A("amazon-shipped-ja", "ja", "amazon", "shipping", "button", "the order was sent",
      "発送済み:「LANケーブル カテゴリ6A 3m」他2点", ("Amazon.co.jp", "shipment-tracking@amazon.co.jp"), [
          P("太郎さん、商品を発送しました。"), KV(("到着予定", "明日 8:00~21:00"), ("注文番号", "250-1111111-1111111"), ("配送先", "横浜市西区")), B("配送状況を確認", "https://www.amazon.co.jp/progress-tracker/package/?itemId=SAMPLE&ref_=pe_SAMPLE"),
          SM("配達員がお電話で個人情報やお支払いを求めることはありません。")],
      look="notice", colour="#ffd814", logo="amazon.co.jp", img="https://m.media-amazon.com/images/G/09/x-locale/cs/te/logo.png", form="html", auth="own", ret="2026SAMPLE@bounces.amazon.co.jp", footer="アマゾンジャパン合同会社", **TARO)
    A("amazon-payment-declined-ja", "ja", "amazon", "payment_problem", "button", "the card was refused: choose another within days, or the order is cancelled; the genuine original of a favourite lure",
      "お支払い方法の変更のお願い:注文番号 250-2222222-2222222", ("Amazon.co.jp", "payments-messages@amazon.co.jp"), [
          P("山田 太郎様"), P("ご注文の代金を、ご登録のカードで決済できませんでした。別のお支払い方法を選んでいただくまで、商品は出荷されません。**8月9日(日)までに変更が確認できない場合、ご注文はキャンセルされます。**"),
          B("お支払い方法を変更する", "https://www.amazon.co.jp/gp/css/summary/edit.html?orderID=250-2222222-2222222"), P("決済できなかった理由はカード会社だけが知っています。")],
      colour="#ff9900", logo="amazon.co.jp", auth="own", when="08-05 13:30", ret="2026SAMPLE2@bounces.amazon.co.jp", footer="このEメールは配信専用です。アマゾンジャパン合同会社", **TARO)
    A("amazon-otp-iso2022-ja", "ja", "amazon", "notice_code", "no_link", "ISO-2022-JP: one-time password of the shop",
      "サインインの確認番号をお送りします", ("amazon.co.jp", "account-update@amazon.co.jp"), [
          P("サインインの確認のため、一度だけ使える番号をお送りします。"), P("114 902"), P("番号は誰にも伝えないでください。当社の担当者がうかがうこともありません。"), P("覚えがない場合は、番号を使わずに、アカウントサービスでパスワードを変えてください。")],
      cs="ISO-2022-JP", form="plain", auth="own", footer="Amazon.co.jp", **TARO)
    A("rakuten-order-sjis-ja", "ja", "rakuten", "receipt", "plain_url", "Shift_JIS, ①: order through the mall, sent by the mall for the shop",
      "【楽天市場】ご注文の控え（自動送信）", ("楽天市場", "order@rakuten.co.jp"), [
          P("「サンプル茶舗」へのご注文を、楽天市場がお預かりしました。内容は次のとおりです。"), KV(("[受注番号]", "000000-20261101-0000000000"), ("[日時]", "2026-11-01 20:15:32"), ("[お支払方法]", "クレジットカード決済"), ("[合計]", "5,400(円)")),
          P("①ご注文内容に誤りがないかご確認ください。\n②購入履歴\nhttps://order.my.rakuten.co.jp/"), P("※このメールは自動で送られます。ショップが在庫を確かめた後、あらためてご連絡します。")],
      cs="Shift_JIS", cte="8bit", form="plain", auth="own", when="11-01 20:16", reply_to="shop@sample-chaho.example.jp", footer="楽天グループ株式会社", **TARO)
    A("rakuten-points-expire-ja", "ja", "rakuten", "newsletter", "button,tracking_links", "points end tonight: marketing with pressure",
      "【本日23:59まで】期間限定ポイント 820ポイントが失効します", ("楽天ポイントクラブ", "point@emagazine.rakuten.co.jp"), [
          H("山田さん、820ポイントがまもなく失効します"), P("有効期限は本日 9月30日(水) 23:59 です。お急ぎください!"), B("いますぐ使う", "https://point.rakuten.co.jp/"), P("使い道に迷ったら、[ポイントで投資](https://point.rakuten.co.jp/campaign/SAMPLE)も選べます。さらにエントリーで最大5倍!")],
      look="news", track="https://rcm.rakuten.co.jp/e/SAMPLE/", colour="#bf0000", logo="楽天ポイントクラブ", form="html", auth="own", when="09-30 08:00", extra=bulk("https://emagazine.rakuten.co.jp/un?m=SAMPLE"), footer="配信停止は[こちら](https://emagazine.rakuten.co.jp/un?m=SAMPLE) 楽天グループ株式会社", **TARO)
    A("mercari-sold-ja", "ja", "mercari", "receipt", "link", "something was sold, send it soon",
      "「旧型スマートフォン ケース」が購入されました。発送をお願いします", ("メルカリ", "no-reply@mercari.jp"), [
          P("たろーさん"), P("「旧型スマートフォン ケース」が購入され、支払いが完了しました。3日以内に発送してください。発送が遅れると、取引がキャンセルされることがあります。"), B("取引画面をみる", "https://jp.mercari.com/transaction/m00000000000"), P("メルカリ以外の場所での支払いや連絡先の交換には応じないでください。")],
      look="notice", colour="#ff333f", logo="mercari", auth="own", footer="株式会社メルカリ", **TARO)
    A("yodobashi-receipt-eucjp-ja", "ja", "yodobashi", "receipt", "plain_url", "EUC-JP: order of an electronics shop",
      "ご注文の控え(ヨドバシ・ドット・コム)", ("ヨドバシ・ドット・コム", "thanks_gochuumon@yodobashi.com"), [
          P("山田 太郎 様"), P("ヨドバシ・ドット・コムをご利用いただき、ありがとうございます。下記のご注文を承りました。"), KV(("ご注文番号", "0000000000"), ("商品", "ノイズ対策用フェライトコア"), ("配達希望日", "最短でお届け")), P("ご注文履歴 https://order.yodobashi.com/")],
      cs="EUC-JP", cte="base64", form="plain", auth="own", footer="株式会社ヨドバシカメラ", **TARO)


def carriers():
    A("docomo-bill-iso2022-ja", "ja", "docomo", "invoice", "plain_url", "ISO-2022-JP: the bill is fixed",
      "【NTTドコモ】ご利用料金のお知らせ(6月ご請求分)", ("NTTドコモ", "docomo@mail.docomo.ne.jp"), [
          P("いつもNTTドコモをご利用いただきありがとうございます。"), P("6月ご請求分の利用料金が確定しました。"), KV(("電話番号", "090-****-0000"), ("ご請求額", "My docomoでご確認ください"), ("口座振替日", "6月30日(火)")), P("https://www.docomo.ne.jp/mydocomo/charge/"), P("ドコモを装った「未納料金」「利用停止」などのメールにご注意ください。")],
      cs="ISO-2022-JP", form="plain", auth="own", when="06-10 09:00", footer="株式会社NTTドコモ", **TARO)
    A("docomo-daccount-login-ja", "ja", "docomo", "notice_sign_in", "link", "sign-in to the account from an unknown browser",
      "dアカウント ログインのお知らせ", ("dアカウント", "info@ml.nttdocomo.com"), [
          P("お客さまのdアカウント(y****a)で、普段と異なる端末からログインがありました。"), KV(("日時", "2026/03/19 01:17"), ("端末", "Windows PC")), P("お心当たりがない場合は、パスワードが第三者に知られている可能性があります。[dアカウント](https://id.smt.docomo.ne.jp/) からログイン履歴を確認し、パスワードを変更してください。")],
      look="bare", auth="own", when="03-19 01:18", footer="株式会社NTTドコモ", **TARO)
    A("au-unpaid-ja", "ja", "au", "payment_problem", "plain_url", "the bill could not be collected: pay by a date or the line stops; true dunning",
      "【重要・auからのお知らせ】ご利用料金の口座振替ができませんでした", ("KDDI株式会社", "au_payment@kddi.com"), [
          P("au電話番号 080-****-0000 をご利用のお客さま"), P("1月分のご利用料金につきまして、ご指定の口座から振替ができませんでした。お手数ですが、2月20日(金)までに、後日お届けする払込票にてコンビニエンスストア等でお支払いください。"), P("お支払いの確認ができない場合、サービスの利用を停止させていただくことがあります。"), P("ご請求状況の確認 (My au)\nhttps://my.au.com/")],
      form="plain", cte="8bit", auth="own", when="02-10 15:40", footer="KDDI株式会社 沖縄セルラー電話株式会社", **TARO)
    A("softbank-family-plan-ja", "ja", "softbank", "newsletter", "button", "campaign that ends this week",
      "あと3日!対象機種への機種変更で最大22,000円相当を進呈", ("ソフトバンク", "info@mail.softbank.jp"), [
          H("キャンペーンは7月31日(金)まで"), P("対象のお客さまに、PayPayポイント最大22,000円相当をプレゼント。この機会をお見逃しなく!"), B("いますぐ確認する", "https://www.softbank.jp/mobile/campaigns/list/SAMPLE/"), P("※適用条件がございます。進呈は9月下旬の予定です。")],
      look="news", track="https://mail.softbank.jp/t/SAMPLE/", colour="#0067c0", logo="SoftBank", auth="own", when="07-29 10:30", extra=bulk("https://mail.softbank.jp/stop?SAMPLE"), footer="ソフトバンク株式会社 東京都港区海岸1-7-1 [配信停止](https://mail.softbank.jp/stop?SAMPLE)", **TARO)
    A("line-login-ja", "ja", "line", "notice_sign_in", "no_link", "LINE was opened on another device",
      "お使いのLINEが別のスマートフォンで開かれました", ("LINE", "no_reply@line.me"), [
          P("新しい端末でのログインを確認しました。端末: iPhone 16、日時: 2026/05/16 10:08"), P("ご本人による操作の場合、このままご利用ください。"), P("心当たりがない場合は、LINEアプリの「設定」>「アカウント」>「ログイン中の端末」からログアウトし、パスワードを変更してください。")],
      form="plain", auth="own", when="05-16 10:08", footer="LINEヤフー株式会社", **TARO)


def offices():
    A("nta-etax-message-iso2022-ja", "ja", "nta", "notice_account", "no_link", "ISO-2022-JP: message box of e-Tax has something; the agency writes no link",
      "【e-Tax】メッセージボックスに新しいお知らせがあります", ("国税電子申告・納税システム(e-Tax)", "info@e-tax.nta.go.jp"), [
          P("ヤマダ タロウ 様"), P("e-Taxをご利用いただきありがとうございます。"), P("税務署からの新しいお知らせをメッセージボックスに入れました。e-Taxのホームページをご自身で開き、ログインしてお読みください。"), P("国税庁・国税局・税務署では、メールやSMSによる納税の催告や、差押えの予告は行っておりません。")],
      cs="ISO-2022-JP", form="plain", auth="own", when="02-18 14:00", footer="発行元:国税庁", **TARO)
    A("etc-usage-summary-ja", "ja", "etc_meisai", "invoice", "plain_url", "usage summary of road tolls; IDs unused for 450 days are removed",
      "【ETC利用照会サービス】利用証明書のダウンロードについて", ("ETC利用照会サービス", "info@etc-meisai.jp"), [
          P("ETC利用照会サービスをご利用いただきありがとうございます。"), P("先月分の利用証明書が発行できるようになりました。ダウンロードの際は、ブラウザのお気に入りなどから当サービスのページを開いてください。"), P("450日間ログインがない場合、ユーザーIDは自動的に登録が解約されます。\nhttps://www.etc-meisai.jp/"), P("本サービスを装った「利用停止」等の不審なメールが発生しています。ご注意ください。")],
      form="plain", auth="own", footer="NEXCO東日本・中日本・西日本、首都高速道路、阪神高速道路、本州四国連絡高速道路", **TARO)
    A("ekinet-withdrawal-ja", "ja", "ekinet", "account", "link", "accounts not used for two years are closed: the true rule that phishing copies",
      "【えきねっと】アカウントの自動退会に関するお知らせ", ("えきねっと", "info@eki-net.com"), [
          P("えきねっとをご利用いただきありがとうございます。"), P("最後にログインした日から2年以上ログインがないアカウントは、自動的に退会となります。お客さまのアカウントは、**11月15日(日)**に退会の対象となる予定です。"), P("引き続きご利用になる場合は、それまでに[えきねっと](https://www.eki-net.com/)へログインしてください。ご利用されない場合、お手続きは必要ありません。"), P("メールからではなく、検索サイトや公式アプリからログインいただくこともできます。")],
      look="card", colour="#008803", logo="えきねっと", auth="own", when="10-20 11:00", footer="株式会社JR東日本ネットステーション", **TARO)
    A("myna-expiry-ja", "ja", "mynaportal", "notice_policy", "no_link", "the certificate of the card runs out; go to the town hall",
      "マイナンバーカードの電子証明書の有効期限のお知らせ", ("マイナポータル", "no-reply@myna.go.jp"), [
          P("お使いのマイナンバーカードの電子証明書は、2026年9月4日に有効期限を迎えます。"), P("有効期限を過ぎると、e-Taxや、コンビニでの証明書交付などがご利用いただけなくなります。更新の手続きは、お住まいの市区町村の窓口で行えます。手数料はかかりません。"), P("このメールに返信されても回答できません。暗証番号をメールでお尋ねすることはありません。")],
      form="plain", auth="own", when="06-05 10:00", footer="デジタル庁", **TARO)
    A("ana-mileage-expiry-ja", "ja", "ana", "newsletter", "button", "miles run out at the end of the month",
      "山田様 3月末に失効するマイルがあります", ("ANAマイレージクラブ", "amc@ana.co.jp"), [
          P("いつもANAをご利用いただきありがとうございます。"), KV(("お客様番号", "****-***-000"), ("失効予定マイル", "1,254マイル"), ("失効日", "2026年3月31日")), B("マイル口座を確認", "https://www.ana.co.jp/ja/jp/amc/"), P("失効したマイルを元に戻すことはできません。この機会にぜひご利用ください。")],
      look="news", track="https://mail.ana.co.jp/o/SAMPLE/", colour="#13448f", logo="ANA", auth="own", when="03-13 07:30", extra=bulk("https://www.ana.co.jp/mail/stop"), footer="全日本空輸株式会社", **TARO)
    A("jal-ticket-ja", "ja", "jal", "receipt", "plain_url", "payment for a flight must be made by a date",
      "【JAL】ご購入期限のお知らせ(東京/羽田-福岡)", ("JAL国内線", "jaldom@jal.com"), [
          P("ヤマダ タロウ 様"), P("ご予約便の購入期限が近づいております。期限までにご購入いただけない場合、ご予約は自動的に取り消されます。"), KV(("便名", "JAL315"), ("搭乗日", "4月17日(金)"), ("購入期限", "4月3日(金) 23:59")), P("ご予約の確認・購入\nhttps://www.jal.co.jp/jp/ja/dom/")],
      form="plain", auth="own", when="04-01 06:30", footer="日本航空株式会社", **TARO)
    A("tepco-bill-ja", "ja", "tepco", "invoice", "link", "electricity bill, web statement",
      "【東京電力エナジーパートナー】電気料金のお知らせ(5月分)", ("くらしTEPCO web", "kurashi-tepco@tepco.co.jp"), [
          P("山田 太郎 様"), P("5月分の電気料金が確定いたしました。"), KV(("ご契約番号", "00000-00000-0-00"), ("ご請求金額", "7,214円"), ("お支払期日", "6月22日(月)")), P("[くらしTEPCO webで確認](https://www.kurashi.tepco.co.jp/)"), P("当社を装い、「電気の供給を停止する」として電子マネー等での支払いを求めるメールにご注意ください。")],
      look="div", auth="own", when="05-21 08:10", footer="東京電力エナジーパートナー株式会社", **TARO)
    A("nhk-receipt-ja", "ja", "nhk", "notice_account", "no_link", "change of address was received",
      "放送受信契約の住所変更を受け付けました", ("NHK", "nhk-jushinryo@nhk.or.jp"), [
          P("このたびは、放送受信契約の住所変更のお手続きをいただき、ありがとうございます。"), KV(("受付番号", "N-260407-0000"), ("受付日", "2026年4月7日")), P("ご登録の内容に不備がある場合は、後日、担当者から文書でお知らせいたします。メールでクレジットカード番号などをお尋ねすることはありません。")],
      form="plain", cte="8bit", auth="own", when="04-07 12:41", footer="NHK ふれあいセンター(営業)", **TARO)


def services():
    A("cybozu-login-blocked-ja", "ja", "cybozu", "notice_account", "link", "the own user locked himself out; administrators are told",
      "[cybozu.com] ユーザーのアカウントがロックされました", ("cybozu.com", "no-reply@cybozu.com"), [
          P("cybozu.com共通管理者の皆さま"), P("パスワードを5回続けて間違えたため、次のユーザーのアカウントがロックされました。"), KV(("ログイン名", "k.suzuki"), ("日時", "2026-09-17 08:58"), ("接続元", "192.0.2.77")), P("ロックを解除するには、[ユーザー管理](https://corp-example.cybozu.com/admin/users)を開いてください。")],
      look="div", auth="own", to="it-admins@corp.example.jp", footer="サイボウズ株式会社", when="09-17 08:59")
    A("chatwork-unread-ja", "ja", "chatwork", "notice_account", "button", "unread messages",
      "【Chatwork】未読のメッセージが3件あります", ("Chatwork", "no-reply@chatwork.com"), [
          P("山田太郎さん宛の未読メッセージが3件あります。"), RAW('<p style="border-left:4px solid #f03747;padding-left:8px">サンプル商事 田中: 先ほどの件、振込先をご確認いただけましたか?</p>', "サンプル商事 田中: 先ほどの件、振込先をご確認いただけましたか?"), B("メッセージを確認する", "https://www.chatwork.com/#!rid000000")],
      look="notice", colour="#f03747", logo="Chatwork", auth="own", footer="[通知を止める](https://www.chatwork.com/service/packages/chatwork/subpackages/notification/)", **TARO)
    A("cloudsign-request-ja", "ja", "cloudsign", "business", "button", "a contract to approve through a signature service",
      "株式会社サンプル商事より「業務委託基本契約書」の確認依頼が届いています", ("クラウドサイン", "support@cloudsign.jp"), [
          P("コープ・エグザンプル株式会社\n山田 太郎 様"), P("株式会社サンプル商事の田中 一郎様が、クラウドサインで書類を送られました。内容をお確かめのうえ、同意または却下をお選びください。"), B("書類を確認する", "https://www.cloudsign.jp/incoming/SAMPLE"), P("メッセージ:\n先日ご相談した契約書です。今月中にご締結いただけますと幸いです。"), SM("書類の有効期限は10日間です。このURLを第三者に転送しないでください。")],
      colour="#1f4e9e", logo="クラウドサイン", auth="own", footer="弁護士ドットコム株式会社", **TARO)
    A("smarthr-nencho-ja", "ja", "smarthr", "hr", "button", "year-end tax adjustment: fill in the form by a date",
      "【要対応】年末調整の入力をお願いします(締切 11月13日)", ("SmartHR(コープ・エグザンプル株式会社)", "noreply@smarthr.jp"), [
          P("山田 太郎さん"), P("コープ・エグザンプル株式会社の人事担当者から、年末調整の依頼が届いています。11月13日(金)までに、アンケートに回答し、控除証明書の画像を提出してください。"), B("年末調整を始める", "https://corp-example.smarthr.jp/yearend/SAMPLE"), P("ログインには会社のメールアドレスを使用します。パスワードを忘れた場合は、ログイン画面から再設定できます。")],
      look="notice", colour="#00c4cc", logo="SmartHR", auth="own", when="10-26 09:00", footer="株式会社SmartHR", **TARO)
    A("freee-payslip-ja", "ja", "freee", "hr", "button", "payslip is published",
      "【freee人事労務】2026年7月分の給与明細が公開されました", ("freee人事労務", "no-reply@freee.co.jp"), [
          P("山田 太郎さん"), P("7月25日支給分の給与明細を、コープ・エグザンプル株式会社が公開しました。"), B("給与明細を確認する", "https://p.secure.freee.co.jp/#payroll_statement"), SM("明細の内容に関するお問い合わせは、所属企業の担当者までお願いいたします。")],
      look="notice", colour="#2864f0", logo="freee", auth="own", when="07-24 10:00", footer="フリー株式会社", **TARO)
    A("xserver-renewal-ja", "ja", "xserver", "invoice", "plain_url", "domain runs out in a week",
      "【重要】ドメインの利用期限まであと1週間です(Xserverドメイン)", ("エックスサーバー", "support@xserver.ne.jp"), [
          P("コープ・エグザンプル株式会社 様"), P("平素はエックスサーバーをご利用いただき、誠にありがとうございます。下記のドメインは、まもなく利用期限を迎えます。"), KV(("ドメイン名", "corp-saiyo.example.jp"), ("利用期限日", "2026年12月31日")), P("期限を過ぎると、ホームページの表示やメールの送受信ができなくなります。更新は Xserverアカウントにログインのうえ、「料金支払い」からお手続きください。\nhttps://secure.xserver.ne.jp/xapanel/login/xserver/")],
      form="plain", auth="own", when="12-24 10:00", to="webmaster@corp.example.jp", footer="エックスサーバー株式会社")
    A("sakura-abuse-iso2022-ja", "ja", "sakura", "advisory", "no_link", "ISO-2022-JP: the hoster says that a form of ours is misused and will be stopped unless mended",
      "【さくらインターネット】お客様のサーバーからの大量メール送信について(至急ご確認ください)", ("さくらインターネット カスタマーセンター", "support@sakura.ad.jp"), [
          P("コープ・エグザンプル株式会社 ご担当者様"), P("ご契約のサーバー(www0000.sakura.ne.jp)にて、問い合わせフォームを悪用したとみられる大量のメール送信を確認いたしました。"), P("2026年8月21日 18時までに、フォームの停止または修正を行っていただき、本メールへの返信にて対応内容をお知らせください。ご連絡がない場合、サーバーの利用を制限させていただくことがございます。"), P("該当ファイル: /home/corp/www/contact/mail.cgi")],
      cs="ISO-2022-JP", form="plain", auth="own", when="08-20 13:15", to="webmaster@corp.example.jp", footer="さくらインターネット株式会社 カスタマーセンター")
    A("sansan-card-ja", "ja", "sansan", "newsletter", "link", "business cards were read",
      "名刺 12枚のデータ化が完了しました", ("Sansan", "notify@sansan.com"), [
          P("山田 太郎様"), P("9月29日にスキャンされた名刺12枚のデータ化が完了しました。うち1枚は文字が読み取れなかったため、内容をご確認ください。"), P("[名刺を確認する](https://ap.sansan.com/v/newcards.aspx)")],
      look="bare", auth="own", footer="Sansan株式会社", when="09-30 09:00", **TARO)
    A("jalan-booking-ja", "ja", "recruit", "receipt", "plain_url", "hotel booking, cancel by a date",
      "じゃらんnet 予約確認メール 予約番号:0AB00CD0", ("じゃらんnet", "info@jalan.net"), [
          P("山田 太郎 様"), P("じゃらんnetをご利用いただき、ありがとうございます。下記の予約が完了しました。"), KV(("宿名", "サンプル温泉ホテル"), ("宿泊日", "10月23日(金)から1泊"), ("キャンセル", "10月20日までは無料")), P("予約の変更・キャンセル\nhttps://www.jalan.net/jalan/jweb/rsv/SAMPLE"), P("宿泊施設を名乗り、クレジットカード情報の入力を求めるメッセージが確認されています。ご注意ください。")],
      cs="ISO-2022-JP", form="plain", auth="own", when="09-14 21:12", footer="株式会社リクルート", **TARO)
    A("hennge-secure-download-ja", "ja", "hennge", "business", "plain_url", "an attachment became a download link, password by a second mail",
      "【添付ファイルのダウンロード】Re: 図面送付の件", ("西田 (サンプル設計)", "nishida@sample-sekkei.example.jp"), [
          P("山田様"), P("お世話になっております。サンプル設計の西田です。修正した図面をお送りします。"), P("--------\n添付ファイルは、HENNGE により次の受け取り用URLに置き換えられています。\nhttps://transfer.hennge.com/dl/SAMPLE\nパスワードは別のメールでお知らせします。\n有効期限: 2026-06-25 23:59")],
      form="plain", reply_to=None, mta="smtp.hdems.com", when="06-18 17:22", extra=thread("20260618.100@corp.example"), **TARO)
