"""Japanese attack mails that need no unusual wrapping: cards, banks, brokers, shops, parcels, the state, utilities, the own IT department.

Takes: nothing. Gives: mails. Entry: `add`. The wrapped ones are in attacks_wrapped.py, those without a link in attacks_people.py.
"""
from make_samples import B, H, KV, P, RAW, SM, UL
from samples.attacks import at, attack


def add():
    money()
    daily_life()
    the_state()
    work()
    vaults()


def money():
    attack("smbc-card-use-confirm-ja", "ja", "smbc_card", "unusual_payment", "text_names_host", "card company: a payment was held back, confirm that it was you; link text shows the genuine host",
           "【三井住友カード】ご利用内容の確認のお願い", ("三井住友カード株式会社", "info-vpass@smcc-riyou.example"), [
               P("会員番号の下4桁が 7*** のカードをお持ちのお客様にお送りしています。"),
               P("昨夜、ふだんのお買い物とは傾向の異なる決済の申し込みを検知し、念のため承認を保留いたしました。\nご本人様のお買い物かどうかをお知らせいただくまで、オンラインでのカード決済を止めております。"),
               KV(("ご利用日時", "2026/04/11 23:47"), ("ご利用先", "オンラインショップ"), ("ご利用金額", "78,400円"), ("承認結果", "保留")),
               P("▼ご利用確認はこちら\n[https://www.smbc-card.com/mem/index.jsp](https://smcc-riyou.example/mem/index.php)"),
               P("お手数ですが、VpassのID・パスワード、カード番号、有効期限、セキュリティコードをご用意のうえ、お手続きください。ご回答がない場合、制限が継続されることがございます。")],
           hand="shop", colour="#006633", logo="Vpass", to="hanako.sato@corp.example.jp", when=at("2026-04-12 08:16"), label_only=True,
           footer="三井住友カード株式会社\n本メールは送信専用です。ご返信いただいてもお答えできません。", extra="X-Mailer: Foxmail 7.2.25\n", must=["承認を保留"])

    attack("jcb-confirm-iso2022-ja", "ja", "jcb", "unusual_payment", "plain_url", "ISO-2022-JP plain text in the style of a card notice; address repeats the word MyJCB",
           "MyJCBより:ショッピングご利用のお知らせ(要確認)", ("MyJCB", "mail@myjcb-kakunin.test"), [
               P("JCBカードをお持ちのお客様へ"),
               P("次のショッピングのご利用について、ご本人様によるものか確認が取れておりません。"),
               P("【ご利用日】 6月2日(火)\n【ご利用先】 デジタルコンテンツ\n【ご利用金額】 49,980円"),
               P("お心当たりのない場合は、48時間以内に下記ページから「身に覚えがない」を選び、カード情報をご入力のうえ、ご利用の取り消しをお申し出ください。\nhttps://myjcb-kakunin.test/dispute/?k=5Xq81"),
               P("48時間を過ぎますと、お取り消しを承れないことがあります。")],
           cs="ISO-2022-JP", form="plain", to="taro.yamada@corp.example", when=at("2026-06-03 06:40"), footer="株式会社ジェーシービー\n東京都港区(所在地は省略)", must=["身に覚えがない"])

    attack("mizuho-kyc-euc-ja", "ja", "mizuho", "identity_check", "button", "bank, EUC-JP: regular confirmation of the customer's data, otherwise the account is limited",
           "【みずほ銀行】お客さま情報のご確認について（回答期限あり）", ("みずほ銀行", "kakunin@mizuho-kyc.example"), [
               P("平素よりみずほ銀行をご利用いただき、ありがとうございます。"),
               P("当行では、マネー・ローンダリング対策に関する法令等にもとづき、お客さまの取引目的やご職業などの情報を定期的に確認させていただいております。"),
               P("お客さまのお口座は確認の対象となっておりますが、現時点でご回答をいただけておりません。期限までにご回答がない場合、**振込・出金などのお取引を制限**することがあります。"),
               KV(("対象", "普通預金口座をお持ちのお客さま"), ("ご回答期限", "2026年5月29日")),
               B("ご回答はこちら", "https://mizuho-kyc.example/dt/login"),
               P("ご回答には、お客さま番号、ログインパスワードおよびワンタイムパスワードが必要です。")],
           cs="EUC-JP", hand="ms", colour="#14109f", logo="みずほ銀行", cte="base64", when=at("2026-05-26 14:20"), to="k.suzuki@corp.example", footer="株式会社みずほ銀行", must=["定期的に確認"])

    attack("rakuten-sec-mfa-ja", "ja", "rakuten_sec", "mfa_reenrol", "button,recipient_in_url", "stock broker: stronger sign-in becomes compulsory, trading stops without it",
           "【楽天証券】ログイン追加認証の設定が完了していません", ("楽天証券カスタマーサービス", "service@rsec-anzen.example"), [
               H("追加認証（多要素認証）の設定をお願いいたします"),
               P("昨今、証券口座への不正アクセスおよび不正売買の被害が業界全体で報告されていることを受け、当社ではすべてのお客様に追加認証の設定を必須とさせていただきました。"),
               P("お客様のアカウントは**未設定**です。設定が完了するまで、株式・投資信託の売却および出金を一時停止いたします。"),
               B("追加認証を設定する", "https://rsec-anzen.example/member/auth?c=dGFyby55YW1hZGFAY29ycC5leGFtcGxl"),
               UL("所要時間は約3分です。", "ログインID、ログインパスワード、取引暗証番号をお手元にご用意ください。", "設定期限は本メール到達日から2日以内です。"),
               SM("投資に係るリスクおよび手数料については、当社ウェブサイトをご確認ください。")],
           colour="#bf0000", logo="楽天証券", to="taro.yamada@corp.example", pre="未設定のお客様は出金を一時停止しております", auth="own", footer="楽天証券株式会社", must=["不正売買"])

    attack("nomura-compensation-sjis-ja", "ja", "nomura", "refund", "plain_url", "Shift_JIS: broker offers compensation for the hijacked accounts of last year; claim with login and trading password",
           "【野村證券】不正取引被害に係る補償手続きのご案内（第２回）", ("野村證券 補償事務局", "hosho@nomura-hosho.test"), [
               P("お客さま各位"),
               P("このたびの不正アクセスによる被害につきまして、多大なるご心配をおかけしておりますことを、深くお詫び申し上げます。"),
               P("当社は、対象のお客さまに対し、被害額の全部または一部を補償することといたしました。つきましては、下記の受付ページより、オンラインサービスのログインパスワードおよび取引パスワードをご入力のうえ、補償の申請をお願いいたします。"),
               P("受付ページ\nhttps://nomura-hosho.test/claim/"),
               P("受付期間　２０２６年７月１０日（金）１７時まで\n　※期間を過ぎた申請は受け付けられません。\n　※入力内容に不備があると、補償が遅れる場合があります。")],
           cs="Shift_JIS", form="plain", cte="8bit", when=at("2026-07-07 09:02"), to="y.kobayashi@corp.example.jp", footer="野村證券株式会社　補償事務局　（平日９：００～１７：００）", must=["補償の申請"])

    attack("paypay-limit-ja", "ja", "paypay", "account_suspension", "button", "payment app: account limited, verify the phone number; short mail like a push notice",
           "PayPayアカウントの利用が制限されています", ("PayPay", "no-reply@paypay-kaijo.example"), [
               H("アカウントの利用制限のお知らせ"),
               P("通常と異なる端末から残高の送金が試みられたため、アカウントの利用を制限しました。\n残高：38,215円（保護されています）"),
               B("本人確認をして制限を解除する", "https://paypay-kaijo.example/app/verify"),
               SM("24時間以内に確認ができない場合、残高は出金できなくなることがあります。携帯電話番号・パスワード・SMSの認証コードが必要です。")],
           hand="shop", colour="#ff0033", logo="PayPay", form="html", footer="PayPay株式会社", to="taro.yamada@corp.example", must=["制限を解除"])

    attack("aeon-card-points-euc-ja", "ja", "aeon_card", "reward_expiry", "plain_url,halfwidth_kana", "EUC-JP plain text with half-width kana: points run out today",
           "【イオンカード】WAON POINT失効予定のお知らせ", ("イオンカード", "point@aeon-shikko.example"), [
               P("ｲｵﾝｶｰﾄﾞ会員様"),
               P("お持ちの WAON POINT のうち 12,840 ﾎﾟｲﾝﾄが、本日 23:59 をもって失効いたします。"),
               P("電子ﾏﾈｰまたはｷﾞﾌﾄ券への交換は、下記の会員ﾍﾟｰｼﾞにﾛｸﾞｲﾝしてお手続きください。\nhttps://aeon-shikko.example/p/exchange"),
               P("※交換にはｶｰﾄﾞ番号とﾊﾟｽﾜｰﾄﾞの入力が必要です。\n※お手続き後の取り消しはできません。")],
           cs="EUC-JP", form="plain", cte="8bit", to="m.ito@corp.example.jp", footer="ｲｵﾝﾌｨﾅﾝｼｬﾙｻｰﾋﾞｽ株式会社", must=["ﾎﾟｲﾝﾄ"])


def daily_life():
    attack("amazon-prime-payment-ja", "ja", "amazon", "billing_problem", "button,hidden_text,genuine_links", "membership could not be renewed; footer links to the genuine site, honest filler hidden by font-size:0",
           "Amazonプライムのお支払い方法に問題があります", ("Amazon.co.jp", "prime@account-prime-jp.example"), [
               H("お支払い方法を更新してください"),
               P("山田 太郎 様\nプライム会員の年会費をご登録のカードに請求できませんでした。カードの有効期限が切れているか、カード会社により承認されなかった可能性があります。"),
               KV(("会員プラン", "年間プラン（5,900円）"), ("お支払い方法", "クレジットカード（未承認）"), ("次回請求", "失敗しました")),
               B("お支払い方法を更新する", "https://account-prime-jp.example/gp/primecentral/payment"),
               P("3日以内に更新されない場合、プライム特典（配送特典、動画など）は停止され、ご注文は発送されません。"),
               SM("[ヘルプ](https://www.amazon.co.jp/gp/help/customer/display.html) ｜ [プライバシー規約](https://www.amazon.co.jp/privacy)")],
           hidden='<div style="font-size:0;line-height:0;color:#fff">図書館からのお知らせ。次の休館日は月末の整理日です。返却は玄関の返却口をご利用ください。読書会の参加者を募集しています。テーマは旅の本です。</div>\n',
           colour="#232f3e", logo="amazon prime", hand="ms", to="taro.yamada@corp.example", footer="(C) Amazon.com, Inc. or its affiliates", must=["承認されなかった"])

    attack("yamato-redelivery-ja", "ja", "yamato", "delivery", "plain_url", "parcel could not be delivered, short text as in an SMS",
           "お荷物のお届けに伺いましたが不在でした", ("ヤマト運輸", "otodoke@kuroneko-saihai.example"), [
               P("お客様宛にお荷物のお届けにあがりましたが、ご不在のため持ち帰りました。"),
               P("下記よりご住所を確認し、再配達をご依頼ください。\nhttps://kuroneko-saihai.example/r?n=4471-0098-1132"),
               P("保管期限：3日間（経過後は差出人様へ返送いたします。保管料 130円をカードでお支払いいただきます）")],
           form="plain", cte="8bit", to="hanako.sato@corp.example.jp", must=["再配達をご依頼"])

    attack("sagawa-customs-iso2022-ja", "ja", "sagawa", "delivery", "button,halfwidth_kana", "ISO-2022-JP with half-width kana: customs duty for a parcel must be paid",
           "【佐川急便】関税のお支払い手続きについて", ("佐川急便株式会社", "kanzei@sgw-tsukan.test"), [
               P("お客様のお荷物(送り状No. 0000-1234-5678)は、海外からの輸入品のため、現在ｶﾝｾﾞｲ(関税)のお支払い待ちとなっております。"),
               KV(("関税・消費税", "1,480円"), ("お支払い期限", "本日より2日以内"), ("お支払い方法", "ｸﾚｼﾞｯﾄｶｰﾄﾞのみ")),
               B("お支払い手続きへ", "https://sgw-tsukan.test/duty/pay.html"),
               P("期限内にお支払いの確認ができない場合は、お荷物をご依頼主様へ返送いたします。")],
           cs="ISO-2022-JP", colour="#1d4f91", logo="SAGAWA", to="k.suzuki@corp.example", footer="佐川急便株式会社", must=["関税"])

    attack("apple-id-lock-ja", "ja", "apple", "account_suspension", "button,subdomain", "Apple account locked; host begins with appleid.apple.com",
           "お客様のApple Accountはロックされました", ("Apple サポート", "noreply@appleid.apple.com.id-kensho.example.net"), [
               P("お客様"),
               P("お客様のApple Accountが別の端末でのiCloudサインインに使用されました。安全のため、アカウントをロックいたしました。"),
               KV(("日付と時刻", "2026年3月18日 4:02 JST"), ("OS", "iOS 18"), ("場所", "不明な国")),
               P("ロックを解除するには、[アカウントの確認](https://appleid.apple.com.id-kensho.example.net/jp/manage) に進み、パスワードとお支払い情報を確認してください。"),
               P("24時間以内に確認が完了しない場合、アカウントは無効となり、写真や連絡先にアクセスできなくなります。"),
               P("今後ともよろしくお願いいたします。\nApple サポート")],
           hand="gmail", form="html", when=at("2026-03-18 06:11"), to="m.ito@corp.example.jp", footer="Apple Account | サポート | プライバシーポリシー\nCopyright (C) 2026 iTunes株式会社", must=["ロックを解除"])

    attack("docomo-billing-sjis-ja", "ja", "docomo", "payment_due", "button,fullwidth", "Shift_JIS: phone bill could not be collected, service stops",
           "【ｄアカウント】ご利用料金のお支払いが確認できません", ("ＮＴＴドコモ", "info@d-shiharai.test"), [
               P("いつもドコモのサービスをご利用いただき、ありがとうございます。"),
               P("２０２６年８月ご請求分につきまして、口座振替によるお支払いの確認ができておりません。本日中にお支払いいただけない場合、**回線の利用を停止**させていただく場合がございます。"),
               KV(("ご請求金額", "１２，３８０円（税込）"), ("お支払期限", "本日２３：５９")),
               B("お支払い手続き", "https://d-shiharai.test/bill/login"),
               P("お手続きには、ｄアカウントのＩＤ・パスワードおよびネットワーク暗証番号が必要です。")],
           cs="Shift_JIS", cte="quoted-printable", hand="shop", colour="#cc0033", logo="ｄアカウント", to="taro.yamada@corp.example", footer="株式会社ＮＴＴドコモ", must=["ネットワーク暗証番号"])

    attack("eki-net-expire-ja", "ja", "ekinet", "account_suspension", "plain_url", "railway booking site: the account is deleted because of long absence",
           "【えきねっと】アカウントの自動退会処理について", ("えきねっと", "eki-net@ekinet-taikai.example"), [
               P("えきねっと会員の小林様"),
               P("しばらくきっぷのお申し込みがないようです。使われていないアカウントの整理を進めており、お客様のアカウントも今月末（2026年6月30日）に自動的に退会となる見込みです。"),
               P("引き続きお使いになる場合は、その日までに一度ログインし、登録カードの番号と有効期限を入れ直してください。"),
               P("⇒ログインはこちら\nhttps://ekinet-taikai.example/Personal/Login"),
               P("※退会処理後は、保有するポイントもすべて失効いたします。")],
           form="plain", cs="UTF-8", to="y.kobayashi@corp.example.jp", when=at("2026-06-22 12:30"), extra="X-Mailer: Microsoft Outlook Express 6.00.2900.5512\nX-Priority: 1\n", must=["自動的に退会"])

    attack("mercari-identity-ja", "ja", "mercari", "identity_check", "button", "flea market app: sales money frozen until the identity is confirmed",
           "メルカリ事務局からの重要なご連絡：本人情報の登録", ("メルカリ", "support@mercari-honnin.test"), [
               P("いつもメルカリをご利用いただきありがとうございます。メルカリ事務局です。"),
               P("取引状況の確認において、お客さまの登録情報に不明な点が見つかったため、売上金の振込申請を一時的に停止しております。"),
               P("以下のボタンより、**お電話番号・パスワード・お支払い用カード**をご登録のうえ、本人確認を完了してください。"),
               B("本人情報を登録する", "https://mercari-honnin.test/jp/mypage/identity"),
               P("※ご対応いただけない場合、利用規約にもとづきアカウントを利用停止とさせていただきます。")],
           hand="font", colour="#ea352d", to="hanako.sato@corp.example.jp", footer="メルカリ事務局", must=["売上金の振込申請"])

    attack("tepco-unpaid-ja", "ja", "tepco", "payment_due", "button", "electricity will be cut off because of an unpaid bill",
           "【東京電力】送電停止予告（最終）", ("東京電力エナジーパートナー", "denki@tepco-noufu.example"), [
               H("電気料金が未払いとなっております"),
               P("下記の電気料金につきまして、再三のご案内にもかかわらず、お支払いの確認ができておりません。"),
               KV(("ご契約番号", "03-****-1187"), ("ご請求額", "14,927円"), ("送電停止予定", "本日 20:00")),
               P("お支払いは、スマートフォン決済またはクレジットカードで即時に完了します。"),
               B("今すぐ支払う", "https://tepco-noufu.example/pay?no=031187"),
               P("行き違いでお支払い済みの場合は、ご容赦ください。")],
           colour="#d7000f", logo="TEPCO", to="k.suzuki@corp.example", footer="東京電力エナジーパートナー株式会社　カスタマーセンター", must=["送電停止予定"])

    attack("ana-miles-ja", "ja", "ana", "reward_expiry", "button,text_names_host", "miles expire; link text shows the airline's host",
           "【ANAマイレージクラブ】マイル有効期限のお知らせ", ("ANAマイレージクラブ", "amc@ana-mileage-kigen.example"), [
               P("お客様のマイル 8,650マイル の有効期限が近づいています。"),
               P("有効期限：2026年2月28日\nご登録情報の確認が完了すると、有効期限を**12か月延長**いたします。"),
               P("ログイン: [https://www.ana.co.jp/ja/jp/amc/](https://ana-mileage-kigen.example/amc/login)"),
               P("お客様番号（10桁）とWebパスワードをご用意ください。")],
           hand="ms", colour="#13448f", logo="ANA MILEAGE CLUB", when=at("2026-02-25 17:45"), to="taro.yamada@corp.example", footer="全日本空輸株式会社", label_only=True, must=["有効期限が近づいて"])


def the_state():
    attack("nta-etax-unpaid-ja", "ja", "nta", "tax_due", "plain_url", "tax office: unpaid tax, seizure threatened, pay by prepaid card or form",
           "【国税庁】未払い税金に関する最終通知（e-Tax）", ("国税電子申告・納税システム", "e-tax@nouzei-tsuchi.test"), [
               P("納税者 各位"),
               P("申告内容の照合の結果、令和7年分の所得税に納め不足があることがわかりました。郵送でもお知らせいたしましたが、今日までに入金を確認できておりません。"),
               P("不足額 46,200円\n延滞税 1,300円\n合計 47,500円（本日中に納められた場合）"),
               P("納付の手続き（クレジットカード・電子マネー）\nhttps://nouzei-tsuchi.test/e-tax/pay/00000"),
               P("本日を過ぎますと、勤務先への照会ののち、給与や預金の差押えの手続きに入りますので、ご承知おきください。")],
           form="plain", cs="UTF-8", cte="8bit", to="taro.yamada@corp.example", extra="X-Mailer: Supmailer 38.2.4\n", must=["差押えの手続き"])

    attack("mynaportal-benefit-ja", "ja", "mynaportal", "refund", "button", "benefit payment of the state: register the account that the money goes to",
           "【マイナポータル】物価高騰対応給付金の受取口座のご登録", ("デジタル庁 給付金事務局", "kyufu@myna-kyufukin.example"), [
               H("給付金（1人あたり3万円）の対象となりました"),
               P("住民税の情報にもとづき、あなたは給付金の支給対象に該当します。**受取口座の登録がお済みでない**ため、支給を保留しております。"),
               KV(("受付番号", "KF-2026-77120"), ("支給予定額", "30,000円"), ("申請期限", "2026年10月31日")),
               B("受取口座を登録する", "https://myna-kyufukin.example/apply"),
               P("登録には、マイナンバーカードの利用者証明用パスワード（4桁）と、お受け取り口座のインターネットバンキングの情報が必要です。")],
           hand="docbox", colour="#0017c1", logo="マイナポータル", when=at("2026-10-27 10:05"), to="m.ito@corp.example.jp", footer="デジタル庁", must=["支給を保留"])

    attack("etc-meisai-euc-ja", "ja", "etc_meisai", "account_suspension", "plain_url", "EUC-JP: toll road service closes the account, user name and card asked for",
           "【重要】ETC利用照会サービス 登録内容の再確認", ("ETC利用照会サービス事務局", "jimukyoku@etc-saikakunin.example"), [
               P("登録利用者の皆様"),
               P("先月のシステム移行の際、車載器とETCカードの組み合わせが正しく引き継がれていない登録が見つかりました。該当する方に、登録内容の再確認をお願いしております。"),
               P("https://etc-saikakunin.example/etc/R?funccode=1013000000"),
               P("10日を過ぎても再確認のない登録は抹消し、走行明細をご覧いただけなくなります。"),
               P("(本人確認のため、ETCカード番号、車載器管理番号、クレジットカードの暗証番号の入力をお願いすることがあります)")],
           cs="EUC-JP", form="plain", cte="base64", to="y.kobayashi@corp.example.jp", footer="ETC利用照会サービス事務局", must=["登録内容の再確認"])

    attack("census-online-ja", "ja", "soumu", "identity_check", "button", "national census: answer online or be fined",
           "国勢調査オンライン回答のお願い（未回答の世帯の方へ）", ("国勢調査コールセンター", "kokusei@chosa-online.test"), [
               P("あなたの世帯の国勢調査について、回答がまだ確認できていません。"),
               P("国勢調査は統計法により回答が義務づけられており、回答しない場合は**50万円以下の罰金**が科されることがあります。"),
               B("オンラインで回答する", "https://chosa-online.test/kokusei/login"),
               P("回答いただいた方には、謝礼として電子マネー2,000円分を進呈します。受け取りには、銀行口座またはクレジットカードの情報をご入力ください。")],
           colour="#00704a", logo="国勢調査2025", to="hanako.sato@corp.example.jp", footer="総務省統計局", must=["謝礼として"])

    attack("nenkin-sjis-ja", "ja", "nenkin", "payment_due", "plain_url", "Shift_JIS, quoted-printable: pension contributions are said to be unpaid",
           "国民年金保険料の納付状況のお知らせ【至急ご確認ください】", ("日本年金機構", "nenkin-net@nenkin-nofu.example"), [
               P("ねんきんネットをご利用の皆様へ"),
               P("令和８年度の国民年金保険料について、一部が未納となっております。未納のまま放置されますと、将来の年金額が減額されるほか、延滞金が加算されます。"),
               P("納付状況の確認とお支払い\nhttps://nenkin-nofu.example/net/"),
               P("ユーザＩＤとパスワードでログインし、納付に用いるカード番号を入力してください。確認期限は本日午後５時です。")],
           cs="Shift_JIS", form="plain", cte="quoted-printable", to="k.suzuki@corp.example", footer="日本年金機構（代表）", must=["一部が未納"])


def work():
    attack("jinji-bonus-review-ja", "ja", "-", "payroll", "button,internal_name", "human resources of the own company: see your assessment and bonus, sign in with the company account",
           "【人事部】2026年夏季賞与および人事評価シートの確認依頼", ("コープ・エグザンプル 人事部", "jinji@corp-jinji.example"), [
               P("社員各位"),
               P("お疲れさまです。人事部です。\n2026年度夏季賞与の支給額および上期の人事評価結果を、人事システムに掲載いたしました。"),
               P("各自ログインのうえ内容を確認し、**6月19日（金）までに電子署名**をお願いいたします。期限までに署名がない場合、賞与の支給が翌月に繰り越されますのでご注意ください。"),
               P("[評価シートを確認する](https://corp-jinji.example/sso/login)"),
               P("※社内アカウント（メールアドレスとパスワード）でログインしてください。\n※本件に関する個別のお問い合わせはご遠慮ください。")],
           hand="outlook", to="all-staff@corp.example.jp", when=at("2026-06-16 09:12"), footer="コープ・エグザンプル株式会社 人事部 給与・評価担当", must=["賞与の支給が翌月"])

    attack("johosys-webmail-migration-ja", "ja", "-", "mailbox_migration", "plain_url,internal_name", "the own IT department moves all mailboxes to a new server tonight; move yours by signing in",
           "【情シス】新メールシステムへの移行作業について（本日中に要対応）", ("情報システム課", "it-ikou@newmail-corp.example"), [
               P("関係者各位"),
               P("標題の件、現行のメールサーバーは老朽化により今週末で停止します。新サーバーへの移行は各自の操作が必要です。"),
               P("１．下のURLを開く\n２．現在のメールアドレスとパスワードを入力する\n３．「移行完了」の表示を確認する"),
               P("https://newmail-corp.example/owa/auth/?d=corp.example.jp"),
               P("移行されないメールボックスのデータは、移行後に復元することができません。業務多忙の折とは存じますが、よろしくお願いいたします。")],
           form="plain", cte="8bit", to="user@corp.example.jp", footer="情報システム課　内線4000", must=["移行は各自の操作"])

    attack("hennge-reauth-ja", "ja", "hennge", "credential_request", "button", "single sign-on service asks to sign in again after a change of certificates",
           "HENNGE Access Control：証明書更新に伴う再ログインのお願い", ("HENNGE One 運用担当", "ops@hennge-one-cert.example"), [
               P("HENNGE One をご利用の皆さま"),
               P("アクセスコントロールの署名証明書を更新したため、お使いのブラウザーとメールアプリでは再ログインが必要です。"),
               B("再ログインして証明書を適用する", "https://hennge-one-cert.example/auth/login/corp.example"),
               P("適用されていない端末では、11月6日 12:00 以降、Microsoft 365 および社内システムに接続できません。"),
               SM("企業ID、ユーザーID、パスワード、ワンタイムパスワードを順に入力してください。")],
           colour="#00508f", logo="HENNGE One", to="taro.yamada@corp.example", when=at("2026-11-05 15:33"), auth="own", footer="HENNGE株式会社", must=["再ログインが必要"])

    attack("trustlogin-unlock-iso2022-ja", "ja", "trustlogin", "account_suspension", "plain_url", "ISO-2022-JP: single sign-on account locked after failed attempts",
           "[トラスト・ログイン] アカウントロックのお知らせ", ("トラスト・ログイン", "noreply@trustlogin-kaijo.test"), [
               P("山田 太郎 様"),
               P("ログインの試行回数が上限に達したため、お使いのアカウントをロックしました。"),
               P("ロックの解除:\nhttps://trustlogin-kaijo.test/unlock?t=8f1b02c9"),
               P("解除の際は、現在のパスワードとワンタイムパスワードを入力し、続けて新しいパスワードを登録してください。URLの有効期限は1時間です。")],
           cs="ISO-2022-JP", form="plain", to="taro.yamada@corp.example", footer="GMOトラスト・ログイン", must=["アカウントをロックしました"])

    attack("xserver-domain-ja", "ja", "xserver", "domain_renewal", "button,recipient_in_url", "hosting company: domain and mail stop because the renewal failed",
           "【Xserverドメイン】■重要■ corp.example.jp の更新手続きが完了していません", ("Xserverサポート", "support@xserver-koushin.example"), [
               P("平素は当サービスをご利用いただき誠にありがとうございます。"),
               P("以下のドメイン名について、自動更新の決済に失敗しました。24時間以内にお支払いの確認が取れない場合、**ドメインおよびメールが停止**します。"),
               KV(("対象", "corp.example.jp"), ("更新料金", "4,980円"), ("エラー", "カード会社による拒否")),
               B("お支払い情報を更新する", "https://xserver-koushin.example/xapanel/login?id=info@corp.example.jp"),
               P("XserverアカウントIDとパスワードでログインしてください。")],
           hand="shop", colour="#0070c0", logo="XSERVER", to="info@corp.example.jp", footer="エックスサーバー株式会社", must=["自動更新の決済に失敗"])

    attack("cloudsign-agreement-ja", "ja", "cloudsign", "e_signature", "button", "electronic contract waits for the signature; sign in by mail account",
           "「業務委託契約書_2026」の確認依頼が届いています", ("クラウドサイン", "noreply@cloudsign-keiyaku.test"), [
               P("株式会社サンプル商事 の 田中 一郎 様から、書類の確認依頼が届いています。"),
               H("業務委託契約書_2026.pdf"),
               B("書類を確認する", "https://cloudsign-keiyaku.test/documents/9f27/summary"),
               P("書類の閲覧には、メールアカウントによる認証（メールアドレスとパスワード）が必要です。依頼の有効期限は本日までです。"),
               P("田中様からのメッセージ：\n「お世話になっております。本日中にご捺印をお願いいたします。」")],
           colour="#2e6fd9", logo="CLOUDSIGN", to="y.kobayashi@corp.example.jp", footer="このメールにお心当たりのない場合は、破棄してください。", must=["確認依頼が届いて"])

    attack("teams-missed-ja", "ja", "microsoft", "urgency", "button", "missed messages in a chat, the superior waits for an answer",
           "高橋部長があなたにメンションしました", ("Microsoft Teams", "noreply@email-teams.test"), [
               P("高橋 健 さんが **経営企画 > 一般** であなたをメンションしました"),
               RAW('<div style="border-left:3px solid #464eb8;padding:8px 14px;background:#f3f2f1">@山田 至急確認して返信ください。先方が待っています。<br>資料_最終版_0915.pptx</div><br>', "@山田 至急確認して返信ください。先方が待っています。\n資料_最終版_0915.pptx"),
               B("Teams で返信", "https://email-teams.test/l/message/19:7a?tenant=corp"),
               SM("セッションの有効期限が切れているため、返信には再度サインインが必要です。")],
           hand="ms", colour="#464eb8", logo="Microsoft Teams", form="html", cte="base64", to="taro.yamada@corp.example", when=at("2026-09-15 18:52"), footer="Microsoft Teams からの通知設定を変更する", must=["至急確認して"])

    attack("application-oauth-ja", "ja", "google", "oauth_consent", "button", "a job applicant's portfolio opens after an app got access to mail and files",
           "【応募】Webデザイナー職への応募について（職務経歴書・ポートフォリオ）", ("中村 美咲", "misaki@portfolio-nakamura.example"), [
               P("採用ご担当者様"),
               P("突然のご連絡失礼いたします。貴社サイトの求人を拝見し、Webデザイナー職に応募させていただきたくご連絡いたしました。中村と申します。"),
               P("職務経歴書とポートフォリオはファイルサイズの都合により、オンラインで共有しております。\n[ポートフォリオを開く](https://portfolio-nakamura.example/oauth/start?scope=mail.read+files.read+offline_access)"),
               P("初回のみ、会社のGoogleアカウントで「許可」を押していただくと閲覧できます（メールとドライブの閲覧権限を求める画面が出ますが、共有のための標準の表示です）。"),
               P("お忙しいところ恐れ入りますが、ご査収のほどお願い申し上げます。")],
           hand="gmail", to="saiyo@corp.example.jp", auth="own", footer="中村 美咲", must=["「許可」を押して"])


def vaults():
    attack("onepassword-leak-ja", "ja", "onepassword", "master_password", "button,base64_recipient", "the account password is said to have been found in a leak; change it by entering the old one",
           "アカウントパスワードの漏えいを検出しました", ("1Password セキュリティ", "watch@onepassword-hogo.example"), [
               H("ただちに変更してください"),
               P("監視サービスが、お客様の1Passwordアカウントパスワードと一致する情報を公開された流出データの中に発見しました。"),
               P("Secret Key が同時に漏えいしている場合、保管庫のすべてのアイテムが閲覧される可能性があります。**現在のアカウントパスワードとSecret Key**を入力し、新しいものに変更してください。"),
               B("パスワードを変更する", "https://onepassword-hogo.example/change#dXNlckBjb3JwLmV4YW1wbGUuanA="),
               SM("安全が確認できるまで、共有保管庫への接続を停止しています。")],
           hand="ms", colour="#0572ec", logo="1Password", footer="1Password", must=["流出データの中に発見"])

    attack("bitwarden-desktop-update-ja", "ja", "bitwarden", "update_download", "button", "vault company is said to be hacked; install the new desktop program and sign in",
           "Bitwarden 旧デスクトップアプリの脆弱性について（更新のお願い）", ("Bitwarden", "release@bitwarden-kaizen.test"), [
               P("Bitwarden をご利用の皆様"),
               P("旧形式（.exe）のデスクトップアプリに、保管庫のデータを第三者に読み取られる脆弱性が見つかりました。新しい形式（.msi）のアプリに入れ替え、サインインし直してください。"),
               B("安全な版をダウンロード", "https://bitwarden-kaizen.test/download/Bitwarden-Installer-2026.msi"),
               P("入れ替え後、マスターパスワードの入力により保管庫の再暗号化が行われます。旧アプリは72時間後に動作しなくなります。")],
           colour="#175ddc", logo="bitwarden", cs="UTF-8", to="hanako.sato@corp.example.jp", footer="Bitwarden, Inc.", must=["再暗号化"])

    attack("lastpass-legacy-sjis-ja", "ja", "lastpass", "emergency_access", "plain_url", "Shift_JIS: a relative handed in a death certificate and asks for the vault",
           "【LastPass】ご逝去に伴う相続アクセス申請の受付（ケース番号 LP-55190）", ("LastPass 相続窓口", "souzoku@lastpass-legacy.example"), [
               P("LastPass ご契約者様"),
               P("ご家族の方より死亡診断書が提出され、お客様の保管庫に対する相続アクセスの申請を受理いたしました。"),
               P("ご本人様がご存命の場合は、お手数ですが、次のページから申請の取り消しをお願いいたします。取り消しには、マスターパスワードによる本人確認が必要です。"),
               P("https://lastpass-legacy.example/jp/cancel?case=55190"),
               P("２４時間以内に取り消しがない場合、保管庫の内容（パスワード、クレジットカード、セキュアノート）を申請者に開示いたします。")],
           cs="Shift_JIS", form="plain", cte="base64", to="taro.yamada@corp.example", footer="LastPass 相続窓口　担当：佐々木", must=["相続アクセス"])

    attack("it-vault-export-ja", "ja", "-", "vault_export", "plain_url,internal_name", "own IT department without any brand: export all passwords as CSV and upload them for the new tool",
           "パスワード管理ツール切替に伴う保存パスワードの提出について", ("IT推進室", "it-suishin@tool-ikou.example"), [
               P("各位"),
               P("全社で利用中のパスワード管理ツールを、来月より新ツールに切り替えます。つきましては、現在お使いのツールから保存済みパスワードをCSV形式でエクスポートし、下記の受付ページにアップロードしてください。"),
               P("受付ページ https://tool-ikou.example/upload/corp"),
               P("・ブラウザーに保存しているパスワードも対象です。\n・パスワード付きZIPにはしないでください（取り込みに失敗します）。\n・提出期限：11月20日（金）17時"),
               P("期限までに提出がない方は、切り替え当日に業務システムへ接続できなくなります。")],
           form="plain", cte="8bit", to="all-staff@corp.example.jp", when=at("2026-11-16 11:40"), footer="IT推進室", must=["CSV形式でエクスポート"])

    attack("nordpass-renew-mp-ja", "ja", "nordpass", "master_password", "button,zero_width", "zero-width characters inside the key words; periodic confirmation of the master password",
           "NordPass マス\u200bターパスワードの定期確認", ("NordPass", "verify@nordpass-teiki.example"), [
               P("NordPass をご利用いただきありがとうございます。"),
               P("セキュリティ基準の改定により、半年ごとにマス\u200bターパス\u200bワードの確\u200b認をお願いすることとなりました。確認がお済みでない場合、金庫は読み取り専用になります。"),
               B("今すぐ確\u200b認する", "https://nordpass-teiki.example/confirm/"),
               P("期限：本メール受信から12時間")],
           colour="#2bb58c", logo="NordPass", to="m.ito@corp.example.jp", footer="NordPass", must=["マス\u200bターパス\u200bワード"])

    attack("keeper-maintenance-halfwidth-ja", "ja", "keeper", "vault_backup", "plain_url,halfwidth_kana", "ISO-2022-JP, key words in half-width kana: back up the vault before maintenance",
           "Keeper ﾒﾝﾃﾅﾝｽ前のﾊﾞｯｸｱｯﾌﾟ作成のお願い", ("Keeper ｻﾎﾟｰﾄ", "hozen@keeper-hozen.test"), [
               P("Keeper をご契約のお客様"),
               P("来る土曜日のﾒﾝﾃﾅﾝｽに先立ち、ﾎﾞﾙﾄのﾊﾞｯｸｱｯﾌﾟ作成をお願いしております。ﾊﾞｯｸｱｯﾌﾟがない場合、ﾒﾝﾃﾅﾝｽ後に一部のﾚｺｰﾄﾞを表示できなくなることがあります。"),
               P("作成ﾍﾟｰｼﾞ:\nhttps://keeper-hozen.test/vault/backup"),
               P("ﾏｽﾀｰﾊﾟｽﾜｰﾄﾞを入力してﾛｸﾞｲﾝし、「今すぐ保存」を押してください。受付は24時間で終了します。")],
           cs="ISO-2022-JP", form="plain", to="taro.yamada@corp.example", footer="Keeper ｻﾎﾟｰﾄ窓口", must=["ﾏｽﾀｰﾊﾟｽﾜｰﾄﾞ"])

    attack("okta-push-number-ja", "ja", "okta", "mfa_reenrol", "button,white_text", "number matching of Okta Verify: register again; the words of the lure are broken up by white letters",
           "Okta Verify の登録情報が無効になりました", ("Okta 通知", "push@okta-touroku.example"), [
               P("セキュリティ強化のため、番号照合に対応していない Okta Verify の登録を無効にしました。"),
               RAW('<p style="font-size:15px">再<span style="color:#ffffff;font-size:1px">さくら</span>登録<span style="color:#ffffff;font-size:1px">もみじ</span>をしない場合、本日中にアカ<span style="color:#ffffff;font-size:1px">つばき</span>ウントが停<span style="color:#ffffff;font-size:1px">うめ</span>止されます。</p>',
                   "再登録をしない場合、本日中にアカウントが停止されます。"),
               B("Okta Verify を再登録", "https://okta-touroku.example/enroll?org=corp-example"),
               P("Okta のユーザー名とパスワード、スマートフォンに表示される番号を入力してください。")],
           colour="#00297a", logo="okta", to="k.suzuki@corp.example", footer="Okta", must=["番号照合"])
