"""Twins: private people who write from free-mail addresses, to the company and to friends inside it. Entry: mails()."""
from samples.twins import *

GMAIL, YAHOO, ICLOUD, OUTLOOK = "mail-lf1-f52.google.com", "nh101-vm0.bullet.mail.kks.yahoo.co.jp", "pv50p00im.icloud.com", "apc01.outbound.protection.outlook.com"


def mails():
    A("private-sick-leave-ja", "ja", "-", "personal", "no_link", "an employee calls in sick from his private address, asks the boss to pass on a password change",
      "本日欠勤のご連絡(鈴木)", ("鈴木健一", "kenichi_suzuki_sample@gmail.com"), [
          P("高橋課長"), P("お疲れさまです。鈴木です。私用のアドレスから失礼します。\n昨夜から38度の熱があり、本日はお休みをいただきます。"), P("会社の携帯の多要素認証が通らず、会社のメールが見られない状態です。至急の件がありましたら、090-0000-0000までお電話をお願いします。"), P("鈴木")],
      look="gmail", to="takahashi@corp.example.jp", mta=GMAIL, when="02-04 07:38")
    A("private-sick-leave-en", "en", "-", "personal", "no_link", "the same in English, from a phone",
      "Sick today", ("Ken Suzuki", "ken.suzuki.private.sample@icloud.com"), [P("Hi Takahashi-san,"), P("I'm writing from my private address because the authenticator on my work phone won't open. I have a fever and stay in bed. Could you tell the help desk that I need my MFA reset when I'm back? No need to do it before, I'll come by in person."), P("Ken"), P("Sent from my iPhone")],
      look="apple", to="takahashi@corp.example.jp", mta=ICLOUD, auth="own")
    A("private-applicant-ja", "ja", "-", "business", "pdf", "a student applies from a free-mail address with a CV as PDF",
      "新卒採用エントリーについて(サンプル大学 小川)", ("小川 美咲", "misaki.ogawa.sample.univ@yahoo.co.jp"), [
          P("コープ・エグザンプル株式会社\n採用ご担当者様"), P("突然のご連絡失礼いたします。サンプル大学情報学部3年の小川美咲と申します。"), P("貴社のインターンシップに応募したく、履歴書をお送りいたします。マイページのパスワードを忘れてしまい、再設定のメールも届かなかったため、メールにて失礼いたします。"), P("何卒よろしくお願い申し上げます。")],
      cs="ISO-2022-JP", form="plain", to="saiyo@corp.example.jp", mta=YAHOO, attachments=[ms.attach("履歴書_小川美咲.pdf", "application/pdf", pdf(["Rirekisho", "Ogawa Misaki, Sample University"]), "ISO-2022-JP")], footer="小川 美咲(おがわ みさき)\nサンプル大学 情報学部")
    A("private-pta-ja", "ja", "-", "personal", "link", "school parents, a form to answer by tonight",
      "【本日締切】運動会お手伝いアンケート", ("3年2組 学級委員", "pta32_sample@gmail.com"), [P("保護者の皆さま"), P("運動会のお手伝いについて、まだ回答いただいていない方にお送りしています。**今夜20時**までに、下記のフォームからご回答をお願いします!"), P("https://forms.gle/SAMPLE32"), P("ログインは不要です。お名前だけご記入ください。\n学級委員 田村")],
      look="gmail", to="undisclosed-recipients:;", rcpt="hanako.sato@corp.example.jp", mta=GMAIL, when="09-24 12:10")
    A("private-photos-link-en", "en", "google", "personal", "link", "a friend shares an album of photos",
      "Pictures from Saturday!", ("Mary Sample", "mary_sample_77@gmail.com"), [P("Hi Taro!!"), P("Finally uploaded everything: https://photos.app.goo.gl/SAMPLEalbum"), P("Let me know if the link doesn't open, you might have to sign in with your Google account. The one with the cake is a must-see :-)"), P("xx Mary")],
      look="gmail", to="taro.yamada@corp.example", mta=GMAIL, auth="own")
    A("private-fleamarket-ja", "ja", "-", "personal", "no_link", "a private buyer agrees on payment",
      "Re: 自転車お譲りします", ("もりた", "0morita.sample@outlook.jp"), [P("山田さま"), P("先日はありがとうございました。自転車の代金5,000円は、今週中にお振込みします。口座番号をもう一度教えていただけますか?(前のメールを誤って消してしまいました)"), P("土曜の10時に取りにうかがいます。\n森田"), Q("2026年5月26日 山田 太郎 <taro.yamada@corp.example>:", "5,000円でお譲りできます。鍵もお付けします。")],
      form="plain", cs="ISO-2022-JP", to="taro.yamada@corp.example", mta=OUTLOOK, extra=thread("bike1@corp.example"), when="05-27 22:03")
    A("private-mother-ja", "ja", "-", "personal", "quote", "a mother asks whether the bank's mail is genuine",
      "これ本物?", ("母", "yamada.yoshiko.okaasan.no.sample@docomo.ne.jp"), [P("太郎へ\nこんなメールが来たけど、お母さんの口座止まっちゃうの?\nまだ何も押してません。"), P("「【重要】お客様の口座の利用を一時停止しました。24時間以内にご本人確認をお願いします」"), P("電話ちょうだい。")],
      cs="Shift_JIS", cte="8bit", form="plain", to="taro.yamada@corp.example", mta="mail.docomo.ne.jp", when="06-21 14:05")
    A("private-grandfather-de", "de", "-", "personal", "no_link", "grandfather lost his password, in German, windows-1252",
      "Passwort vergessen", ("Opa Heinz", "opa.heinz.beispiel@gmx.de"), [P("Lieber Jonas,"), P("ich komme nicht mehr in mein Postfach auf dem Tablet, es heißt immer „Kennwort falsch“. Auf dem alten Rechner geht es noch. Kannst du am Wochenende vorbeikommen und das zurücksetzen? Ich habe auch einen Brief von der Sparkasse wegen der neuen TAN-App bekommen."), P("Oma grüßt. Es gibt Apfelkuchen.\nDein Opa")],
      cs="windows-1252", cte="8bit", form="plain", to="jonas.beispiel@corp.example", mta="mout.gmx.net", tz=2, how="Q")
    A("private-landlord-en", "en", "-", "personal", "no_link", "landlord changes the account for the rent, private address, asks to meet",
      "Rent from August - new account", ("G. Sample", "24gsample.rentals@outlook.com"), [P("Dear Taro,"), P("as told on the stairs yesterday, I closed my account at the old bank. Please pay the rent from August to the new one. I don't want to put the number in a mail; I'll drop the letter in your box tonight."), P("Regards\nG. Sample")],
      look="apple", to="taro.yamada@corp.example", mta=OUTLOOK)
    A("private-club-fr", "fr", "-", "personal", "link", "sports club: pay the fee before Friday, in French",
      "Cotisation 2026-2027 : dernier rappel avant vendredi", ("Club de tennis Exemple", "tc.exemple@orange.fr"), [P("Bonjour à tous,"), P("il manque encore 14 cotisations. Merci de régler **avant vendredi**, sinon votre créneau du lundi sera attribué à la liste d'attente. Par chèque, ou en ligne sur le site du club : https://tc-exemple.example.org/cotisation"), P("Sportivement,\nle trésorier")],
      cs="windows-1252", cte="quoted-printable", how="Q", look="bare", to="amelie.exemple@corp.example", mta="smtp.smtpout.orange.fr", tz=2)
    A("private-customer-refund-es", "es", "-", "customer_request", "no_link", "a customer asks for a refund, from free mail, in Spanish",
      "Urgente: me han cobrado dos veces", ("Lucía M.", "1985lucia.muestra@hotmail.com"), [P("Hola,"), P("el 3 de mayo me cobraron dos veces el pedido 20771. Ya hablé con mi banco y dicen que tienen que devolverlo ustedes. Mi cuenta en su tienda está bloqueada y no puedo entrar para reclamar. ¿Pueden ayudarme hoy, por favor?"), P("Gracias,\nLucía")],
      look="apple", to="support@corp.example", mta=OUTLOOK, tz=2, when="05-11 23:47")
    A("private-freelancer-invoice-en", "en", "-", "invoice", "pdf", "freelancer sends an invoice from free mail with bank details",
      "Invoice for the May translations", ("Naomi Sample", "naomi_translates_sample@gmail.com"), [P("Hi Hanako,"), P("invoice for the May translations attached (48,000 yen). Same bank account as always. Could you confirm that you got it? The last one ended up in the spam folder."), P("Thanks and have a nice weekend\nNaomi"), Q("On Fri, May 29, 2026 at 6:02 PM Hanako Sato <hanako.sato@corp.example.jp> wrote:", "All texts received, thank you! Please send the invoice.")],
      look="gmail", to="hanako.sato@corp.example.jp", mta=GMAIL, auth="own", extra=thread("hs-0529@corp.example.jp"), attachments=[ms.attach("invoice-2026-05.pdf", "application/pdf", pdf(["Naomi Sample, translations", "Invoice 2026-05: 48,000 JPY"]))])
    A("private-wedding-ics-en", "en", "-", "personal", "calendar", "wedding invitation with a calendar file",
      "Save the date: Emma & Liam", ("Emma Sample", "emma.liam.sample@yahoo.com"), [P("Dear Hanako,"), P("we are getting married on 10 October and want you there. Save the date, the calendar file is attached. Please answer by the end of June, the inn has only 40 beds."), P("Emma & Liam")],
      look="apple", to="hanako.sato@corp.example.jp", mta="sonic.gate.mail.yahoo.com", attachments=[ms.attach("wedding.ics", "text/calendar; method=PUBLISH", ics("wedding-2026@yahoo.com", "20261010T130000Z", "20261010T220000Z", "Wedding Emma & Liam", ("Emma Sample", "emma.liam.sample@yahoo.com"), "hanako.sato@corp.example.jp", "Old Mill", method="PUBLISH").encode())])
    A("private-alumni-bcc-pt", "pt", "-", "personal", "undisclosed", "reunion of a class, undisclosed recipients, in Portuguese",
      "Encontro da turma de 2006, confirme até domingo!", ("Turma 2006", "turma_2006_exemplo@gmail.com"), [P("Oi, gente!"), P("O encontro vai ser no dia 18 de julho. Preciso pagar o sinal do restaurante na segunda, então confirmem até domingo. Quem puder, faz um Pix de R$ 60 para a Carol (a chave é o celular dela, ela manda no grupo)."), P("Beijos!")],
      look="gmail", to="undisclosed-recipients:;", rcpt="joao.exemplo@corp.example", mta=GMAIL, tz=-3, when="06-23 19:20")
