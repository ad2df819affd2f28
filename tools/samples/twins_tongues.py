"""Twins of attacks_tongues, by language: suppliers who really change their bank, salaries, vouchers, lists of people and takeovers among those who may
speak of them, expiring passwords, shared documents, held mail, alarms, coins and call-backs that are true. Entry: mails()."""
from samples.twins import *

DE = dict(to="jonas.beispiel@corp.example", tz=2)
FR = dict(to="amelie.exemple@corp.example", tz=2)
ES = dict(to="carlos.ejemplo@corp.example", tz=2)
PT = dict(to="joao.exemplo@corp.example", tz=-3)
NL = dict(to="sanne.voorbeeld@corp.example", tz=2)
PL = dict(form="plain", cte="8bit")
BOSS = ("Ken Takahashi", "takahashi@corp.example.jp")
MORI = ("Naoko Mori", "n.mori@corp.example")


def mails():
    for part in (japanese, german, french, spanish, portuguese, dutch):
        part()


def japanese():
    I("shacho-himitsu-internal-ja", "ja", "-", "business", "no_link", "the real president, from inside, on a takeover that is still secret", "【社外秘】検討中の案件について", BOSS, [
        P("伊藤さん"), P("先日の役員会で話した買収の件、公表までは関係者限りでお願いします。手付金の稟議は通常どおり経理規程に沿って回してください。急ぎませんが、来週の水曜までに概算を見せてもらえると助かります。"), P("高橋")], to="m.ito@corp.example.jp")
    I("kyuyo-koza-tetsuzuki-ja", "ja", "-", "hr", "no_link", "personnel answers a colleague: how to change the account for the salary", "Re: 給与振込口座の変更について", ("人事課 小野", "ono@corp.example.jp"), [
        P("山田さん"), P("給与の振込先を変更する場合は、人事システムの届出画面から申請してください。毎月10日までの申請分が当月の支給に間に合います。メールでの口座番号の送付は受け付けていません。")], to="taro.yamada@corp.example", extra=thread("kz-1@corp.example"))
    A("shiire-koza-henko-shomen-ja", "ja", "-", "payment_change", "no_link", "a supplier announces a new account; sealed letter follows; no hurry", "お振込先変更のご案内(11月お支払い分より)", ("株式会社サンプル精機 経理課", "keiri@sample-seiki.example.jp"), [
        P("お取引先様各位"), P("平素より格別のお引き立てを賜り、厚く御礼申し上げます。このたび弊社では、取引銀行の統廃合に伴い、2026年11月のお支払い分より振込先の口座を変更させていただくこととなりました。"),
        P("新しい口座は、代表印を押した書面を別途郵送いたしますので、そちらをご確認ください。ご不明な点は、担当営業または代表電話までお問い合わせをお願いいたします。")], auth="own", to="keiri@corp.example.jp", footer="株式会社サンプル精機\n横浜市サンプル区1-2-3", **PL)
    A("zeirishi-nencho-shorui-ja", "ja", "-", "hr", "no_link", "the tax adviser asks personnel for papers of the year-end adjustment, to be handed in through the usual system", "年末調整資料ご提出のお願い(サンプル税理士法人)", ("サンプル税理士法人 林", "hayashi@sample-zeirishi.example.jp"), [
        P("人事課 小野様"), P("いつもお世話になっております。年末調整の時期となりましたので、従業員の皆様の扶養控除申告書と保険料控除証明書を、例年どおり専用便にてお送りください。マイナンバーは電子データでお送りいただかないようお願いいたします。"), P("締め切りは12月4日です。前年の源泉徴収票の写しは弊所で保管しております。")], cs="ISO-2022-JP", form="plain", to="jinji@corp.example.jp", extra=thread("nc-25@corp.example.jp"))
    A("bengoshi-nda-ja", "ja", "-", "business", "pdf", "outside counsel sends a non-disclosure agreement in a running matter", "秘密保持契約書(案)の送付", ("サンプル法律事務所 西田", "nishida@sample-law.example.jp"), [
        P("高橋様"), P("お世話になっております。先日ご相談の件につき、秘密保持契約書の案をお送りします。取り扱いにはご注意ください。修正点があれば、次回の打ち合わせの際にお聞かせください。")], look="mso", to="takahashi@corp.example.jp", auth="own", extra=thread("nda-9@corp.example.jp"), attachments=[ms.attach("NDA.pdf", "application/pdf", pdf(["Draft NDA"]))])
    A("hoken-denwa-annai-ja", "ja", "-", "customer_request", "no_link", "an agency for insurance tells its telephone number after an accident report", "事故受付のお知らせ(受付番号 26-0418)", ("サンプル損害保険 事故受付センター", "uketsuke@sample-sonpo.example.jp"), [
        P("山田 太郎 様"), P("10月2日(金)のお車の事故につきまして、受付が完了しました。担当者より3日以内にお電話いたします。お急ぎの場合は、保険証券に記載の番号までお電話ください。"), P("修理代金のお支払いやカード番号をメールでお願いすることはございません。")], auth="own", to="taro.yamada@corp.example", **PL)
    A("gakkai-password-henko-ja", "ja", "-", "notice_password", "plain_url", "a learned society: your password was changed, by yourself", "パスワード変更完了のお知らせ", ("サンプル学会 会員管理", "member@sample-gakkai.example.org"), [
        P("鈴木 健一 様"), P("会員マイページのパスワードが変更されました。お心当たりのない場合は、学会事務局までご連絡ください。"), P("会員マイページ: https://member.sample-gakkai.example.org/")], cs="ISO-2022-JP", form="plain", auth="own", to="k.suzuki@corp.example")
    A("daigaku-mail-ikou-ja", "ja", "-", "it_announcement", "plain_url", "a university tells its part-time teacher that the mail system moves; nothing to do", "メールシステム更新のお知らせ(非常勤講師の皆様)", ("サンプル大学 情報センター", "center@sample-univ.example.ac.jp".replace(".ac.jp", ".jp")), [
        P("教職員各位"), P("12月12日(土)にメールシステムを更新します。利用者の皆様の作業は必要ありません。過去のメールもそのままご覧いただけます。"), P("更新後に設定が必要な方には、学内の掲示板で手順をご案内します。パスワードをメールでお尋ねすることはありません。")], auth="own", to="k.suzuki@corp.example", **PL)
    A("zaiko-souko-haitatsu-ja", "ja", "-", "delivery", "no_link", "a carrier could not reach the office, will come again", "配達のお知らせ(不在のため持ち帰り)", ("サンプル急便 横浜営業所", "yokohama@sample-kyubin.example.jp"), [
        P("コープ・エグザンプル株式会社 御中"), P("本日14時10分に荷物2個をお届けに伺いましたが、ご不在でした。明日の午前中に再度お伺いします。日時の変更は、不在票の電話番号までお願いいたします。料金はかかりません。")], cs="Shift_JIS", form="plain", to="soumu@corp.example.jp")
    A("kessai-anketo-ja", "ja", "-", "survey", "plain_url", "a trade association asks for a survey; no reward", "【お願い】賃金動向調査へのご協力について", ("サンプル商工会", "chosa@sample-shokokai.example.org"), [
        P("会員事業所 人事ご担当者様"), P("毎年実施しております賃金動向調査に、今年もご協力をお願いいたします。個人を特定する情報(氏名、口座、マイナンバー)はお尋ねしません。回答期限は9月30日です。"), P("https://www.sample-shokokai.example.org/chosa2026/")], auth="own", to="jinji@corp.example.jp", **PL)


def german():
    A("lieferant-neue-bank-de", "de", "-", "payment_change", "pdf", "a supplier announces a new bank, with a letter by post and a telephone check", "Information: Unsere neue Bankverbindung ab 1. Oktober", ("Beispiel Schrauben GmbH, Finanzbuchhaltung", "fibu@beispiel-schrauben.example.com"), [
        P("Sehr geehrte Damen und Herren,"), P("ab dem 1. Oktober führen wir unser Geschäftskonto bei einer anderen Bank. Das Schreiben mit den neuen Daten erhalten Sie diese Woche per Post; bitte ändern Sie nichts allein aufgrund dieser E-Mail, sondern rufen Sie uns unter der Ihnen bekannten Nummer an."), P("Zahlungen auf das bisherige Konto kommen noch bis Jahresende an.")],
      look="mso", auth="own", attachments=[ms.attach("Mitteilung.pdf", "application/pdf", pdf(["Neue Bankverbindung - Schreiben folgt per Post"]))], when="09-08 09:12", **{**DE, "to": "koeln@corp.example"})
    I("chef-uebernahme-internal-de", "de", "-", "business", "no_link", "the real managing director, from inside: please keep it quiet until Monday", "Vor der Bekanntgabe am Montag", BOSS, [
        P("Lieber Herr Beispiel,"), P("bitte behandeln Sie die Übernahme bis Montag vertraulich. Die Anzahlung läuft über den normalen Freigabeweg, Frau Mori unterschreibt mit. Wenn Sie Fragen haben, rufen Sie mich an, ich bin den ganzen Tag im Büro."), P("K. Takahashi")], **DE)
    I("gehalt-formular-internal-de", "de", "-", "hr", "no_link", "personnel: salary account only by the form", "AW: Kontowechsel", ("Personalabteilung Köln", "personal@corp.example"), [
        P("Hallo Jonas,"), P("für das Gehaltskonto brauchen wir das unterschriebene Formular aus dem Intranet, per Mail dürfen wir keine IBAN annehmen. Bis zum 12. abgegeben, gilt es schon für diesen Monat.")], extra=thread("kw-4@corp.example"), **DE)
    A("mahnung-handwerker-de", "de", "-", "invoice", "pdf", "a craftsman's reminder, polite, same account", "Zahlungserinnerung zu Rechnung 2026-077", ("Malerbetrieb Muster", "buero@maler-muster.example.com"), [
        P("Guten Tag Herr Beispiel,"), P("sicher ist es Ihrer Aufmerksamkeit entgangen: Unsere Rechnung 2026-077 über 1.240,00 € ist seit zehn Tagen fällig. Bitte überweisen Sie den Betrag auf das auf der Rechnung angegebene Konto. Falls sich Ihre Zahlung mit dieser Mail überschnitten hat, betrachten Sie sie als gegenstandslos."), P("Freundliche Grüße\nErika Muster")],
      look="apple", attachments=[ms.attach("Rechnung-2026-077.pdf", "application/pdf", pdf(["Malerbetrieb Muster", "1.240,00 EUR"]))], **{**DE, "to": "koeln@corp.example"})
    A("kennwort-geaendert-de", "de", "-", "notice_password", "no_link", "a shop: the password was changed", "Ihr Kennwort wurde geändert", ("Bücher Beispiel", "service@buecher-beispiel.example.com"), [
        P("Hallo Jonas Beispiel,"), P("das Kennwort Ihres Kundenkontos wurde heute um 11:42 Uhr geändert. Waren Sie das, müssen Sie nichts weiter tun. Andernfalls rufen Sie uns bitte unter 0221 000 000 an.")], auth="own", **PL, **DE)
    A("steuerberater-lohn-de", "de", "-", "hr", "no_link", "the tax adviser asks for month-end data by the usual portal", "Unterlagen Lohnabrechnung September", ("Steuerkanzlei Probe", "lohn@kanzlei-probe.example.com"), [
        P("Guten Tag,"), P("bitte stellen Sie uns bis Freitag die Stundenlisten und Krankmeldungen im gewohnten Mandantenportal ein. Lohnsteuerbescheinigungen für Ausgeschiedene liegen dort zum Abruf bereit. Persönliche Daten bitte nicht per E-Mail senden.")], auth="own", to="personal@corp.example", tz=2, extra=thread("lohn-08@corp.example"), **PL)
    I("gutscheine-jubilaeum-internal-de", "de", "-", "business", "no_link", "a colleague organises vouchers for a jubilee", "Gutscheine für Herrn Probe", ("Petra Probst", "petra.probst@corp.example"), [
        P("Hallo Jonas,"), P("kannst du heute noch drei Gutscheine zu je 50 Euro für das Jubiläum besorgen? Soll eine Überraschung werden, also psst. Kassenzettel bitte an die Buchhaltung.")], **DE)
    A("notar-termin-de", "de", "-", "business", "no_link", "a notary confirms a date, money goes to the escrow account named in the contract", "Ihr Beurkundungstermin am 14. Juli", ("Notariat Muster", "termine@notariat-muster.example.com"), [
        P("Sehr geehrter Herr Takahashi,"), P("hiermit bestätigen wir den Termin am 14. Juli um 10 Uhr. Bitte bringen Sie einen Ausweis mit. Zahlungen leisten Sie erst nach unserer schriftlichen Fälligkeitsmitteilung, die wir ausschließlich mit der Post versenden.")], auth="own", to="takahashi@corp.example.jp", tz=2, **PL)
    A("cloud-freigabe-partner-de", "de", "-", "business", "link", "a partner shares a drawing on his own server", "Zeichnungen Halle 4", ("Anna Muster", "a.muster@muster-partner.example.com"), [
        P("Hallo Jonas,"), P("die Zeichnungen liegen auf [unserem Server](https://daten.muster-partner.example.com/s/halle4). Das Kennwort für die Freigabe habe ich dir gestern am Telefon gesagt."), P("Viele Grüße\nAnna")], look="mso", auth="own", extra=thread("halle4@corp.example"), **DE)
    A("umfrage-verband-de", "de", "-", "survey", "plain_url", "a trade association's survey on wages", "Gehaltsumfrage 2026: Bitte um Teilnahme", ("Verband Muster", "umfrage@verband-muster.example.org"), [
        P("Sehr geehrte Mitglieder,"), P("unsere jährliche Gehaltsumfrage läuft bis 30. Juni. Die Teilnahme dauert zehn Minuten und ist anonym: https://umfrage.verband-muster.example.org/2026"), P("Als Dank erhalten alle Teilnehmer die Auswertung.")], auth="own", to="personal@corp.example", tz=2, **PL)


def french():
    A("fournisseur-nouveau-rib-fr", "fr", "-", "payment_change", "pdf", "a supplier announces a new bank by registered letter", "Changement de banque au 1er juillet", ("Imprimerie Exemple - Comptabilité", "compta@imprimerie-exemple.example.com"), [
        P("Madame, Monsieur,"), P("Nous changeons d'établissement bancaire au 1er juillet. Un courrier recommandé vous parviendra avec le nouveau RIB ; merci de le vérifier par téléphone auprès de votre interlocuteur habituel avant toute modification."), P("L'ancien compte restera ouvert jusqu'au 31 décembre.")],
      look="mso", auth="own", attachments=[ms.attach("Courrier.pdf", "application/pdf", pdf(["Imprimerie Exemple", "Changement de banque"]))], **{**FR, "to": "lyon@corp.example"})
    I("direction-confidentiel-internal-fr", "fr", "-", "business", "no_link", "the real president, from inside", "Projet Héron", BOSS, [
        P("Bonjour Amélie,"), P("L'acquisition sera annoncée jeudi. D'ici là, merci de ne pas en parler hors du comité. Les virements suivront la procédure habituelle avec double signature ; Naoko vous appellera."), P("K. Takahashi")], **FR)
    I("paie-rib-internal-fr", "fr", "-", "hr", "no_link", "payroll answers: bring the paper", "RE: Changement de RIB", ("Service paie", "paie@corp.example"), [
        P("Bonjour Amélie,"), P("Pour modifier le compte sur lequel ton salaire est versé, dépose le RIB sur le portail RH ou apporte-le au bureau. Nous n'acceptons plus les RIB par mail. Avant le 15, c'est pris en compte ce mois-ci.")], extra=thread("rib-2@corp.example"), **FR)
    A("expert-comptable-bulletins-fr", "fr", "-", "hr", "link", "the accountant tells that pay slips are on the portal", "Bulletins de paie de mai disponibles", ("Cabinet Modèle", "social@cabinet-modele.example.com"), [
        P("Bonjour,"), P("Les bulletins de paie de tous les salariés sont à votre disposition sur [votre espace](https://espace.cabinet-modele.example.com/). Merci de valider avant vendredi pour que les virements partent le 28."), P("Bien à vous,\nLe pôle social")], look="bare", auth="own", to="paie@corp.example", tz=2, footer="Cabinet Modèle, experts-comptables")
    A("banque-virement-recu-fr", "fr", "-", "payment", "no_link", "a customer tells that the payment has left, proof attached", "Avis de virement - facture F-2201", ("Trésorerie Client Exemple", "tresorerie@client-exemple.example.com"), [
        P("Bonjour,"), P("Vous trouverez ci-joint l'avis du virement de 4 310,00 € effectué ce jour en règlement de la facture F-2201, sur votre compte habituel."), P("Cordialement")], auth="own", to="lyon@corp.example", tz=2, attachments=[ms.attach("avis.pdf", "application/pdf", pdf(["Avis de virement", "4 310,00 EUR"]))], **PL)
    A("mot-de-passe-modifie-fr", "fr", "-", "notice_password", "no_link", "a mutual insurer: password was changed", "Votre mot de passe a été modifié", ("Mutuelle Exemple", "ne-pas-repondre@mutuelle-exemple.example.com"), [
        P("Bonjour Amélie Exemple,"), P("Le mot de passe de votre espace adhérent vient d'être modifié. Si vous êtes à l'origine de cette demande, vous n'avez rien à faire. Sinon, appelez-nous au numéro figurant sur votre carte.")], auth="own", **PL, **FR)
    A("chorale-cadeau-fr", "fr", "-", "personal", "no_link", "friends collect for a gift card, from private mail", "Cadeau de Sophie", ("Marc", "marc_chorale.exemple@gmail.com"), [
        P("Salut Amélie,"), P("Pour les 40 ans de Sophie on prend une carte cadeau de la librairie, j'avance l'argent. Tu me donnes 10 euros samedi à la répétition ? C'est une surprise, ne lui dis rien !"), P("Bises, Marc")], look="gmail", mta="mail-wm1-f44.google.com", auth="own", **FR)
    A("syndic-document-fr", "fr", "-", "notice_account", "plain_url", "a property manager puts papers on line", "Convocation à l'assemblée générale", ("Syndic Exemple", "copro@syndic-exemple.example.com"), [
        P("Madame Exemple,"), P("La convocation et ses annexes sont disponibles dans votre espace copropriétaire : https://extranet.syndic-exemple.example.com/. Une version papier vous est adressée par courrier recommandé."), P("Le gestionnaire")], auth="own", **PL, **FR)
    A("incident-fuite-fr", "fr", "-", "advisory", "no_link", "a shop tells of a break-in, honestly", "Information importante sur vos données", ("Boutique Exemple", "contact@boutique-exemple.example.com"), [
        P("Chère cliente,"), P("Notre prestataire a été piraté le 3 avril. Votre nom et votre adresse ont pu être copiés ; ni mot de passe ni coordonnées bancaires ne sont concernés. Nous avons déposé plainte et prévenu la CNIL."), P("Aucune démarche n'est nécessaire. Méfiez-vous des messages qui vous demanderaient un paiement.")], auth="own", **PL, **FR)
    A("formation-inscription-fr", "fr", "-", "training", "link", "a training body confirms a course", "Votre inscription est confirmée", ("Formation Exemple", "inscriptions@formation-exemple.example.com"), [
        P("Bonjour,"), P("Vous êtes inscrite à « Paie : les nouveautés 2026 », le 9 juin à Lyon. Votre convocation est [ici](https://www.formation-exemple.example.com/c/26-9)."), SM("Annulation possible jusqu'à dix jours avant.")], look="notice", logo="Formation Exemple", auth="own", footer="Formation Exemple, Lyon", **FR)


def spanish():
    A("proveedor-nueva-cuenta-es", "es", "-", "payment_change", "no_link", "a supplier announces a new account by certified letter", "Comunicación: cambio de cuenta a partir de septiembre", ("Maderas Muestra, S.L.", "administracion@maderas-muestra.example.com"), [
        P("Estimados señores:"), P("A partir de septiembre trabajaremos con otra entidad. Recibirán la nueva cuenta por carta certificada, firmada por nuestro gerente. Les pedimos que la confirmen por teléfono con su contacto habitual antes de modificar nada."), P("Las facturas ya emitidas se pagan en la cuenta de siempre.")], auth="own", **PL, **{**ES, "to": "sevilla@corp.example"})
    I("jefe-viaje-internal-es", "es", "-", "business", "no_link", "the real director, from inside, travels and asks for a report", "Informe antes del consejo", MORI, [
        P("Carlos:"), P("estoy de viaje y no puedo hablar hasta la tarde. Envíame el listado de cuentas por cobrar en cuanto lo tengas, lo necesito hoy para el consejo. Déjalo en la carpeta de siempre."), P("Naoko")], **ES)
    I("nomina-impreso-internal-es", "es", "-", "hr", "no_link", "personnel: how to change the account", "RE: Cambio de cuenta de la nómina", ("Recursos Humanos", "rrhh@corp.example"), [
        P("Hola, Carlos:"), P("Para cambiar la cuenta de la nómina rellena el impreso del portal del empleado y fírmalo con tu certificado. Por correo no podemos aceptarlo. Si lo haces antes del día 15 entra en este mes.")], extra=thread("nom-3@corp.example"), **ES)
    A("gestoria-impuestos-es", "es", "-", "invoice", "no_link", "the tax adviser tells the sum of a tax and the day it is charged", "Modelo 303 - segundo trimestre", ("Gestoría Ejemplo", "fiscal@gestoria-ejemplo.example.com"), [
        P("Buenos días:"), P("El resultado del trimestre son 3.218,40 €, que se cargarán el día 20 en la cuenta domiciliada. Os mando el justificante cuando esté presentado."), P("Un saludo\nMarta")], auth="own", **PL, **{**ES, "to": "sevilla@corp.example"})
    A("clave-cambiada-es", "es", "-", "notice_password", "no_link", "a club: password was changed", "Has cambiado tu contraseña", ("Biblioteca Municipal de Muestra", "avisos@biblioteca-muestra.example.org"), [
        P("Hola, Carlos:"), P("Te confirmamos que la contraseña de tu carné digital se ha cambiado hoy a las 10:15. Si no has sido tú, pásate por el mostrador o llama a la biblioteca.")], auth="own", **PL, **ES)
    A("cliente-justificante-es", "es", "-", "payment", "pdf", "a customer sends the proof of a transfer", "Justificante de transferencia factura 2026/118", ("Compras Cliente Muestra", "compras@cliente-muestra.example.com"), [
        P("Buenas tardes:"), P("Adjuntamos el justificante de la transferencia de hoy, 2.150,00 €, a su cuenta habitual. Por favor, confirmen la recepción."), P("Saludos")], look="mso", auth="own", extra=thread("f118@corp.example"), attachments=[ms.attach("justificante.pdf", "application/pdf", pdf(["Transferencia 2.150,00 EUR"]))], **{**ES, "to": "sevilla@corp.example"})
    A("tecnico-ascensor-es", "es", "-", "ticket_event", "no_link", "a lift technician comes today; call if it does not suit", "Aviso de visita del técnico", ("Ascensores Ejemplo", "avisos@ascensores-ejemplo.example.com"), [
        P("Estimado cliente:"), P("Nuestro técnico autorizado visitará hoy el edificio entre las 12 y las 14 h. Si no le viene bien, llame al 900 000 001, que es el teléfono de la placa de la cabina.")], auth="own", **PL, **{**ES, "to": "sevilla@corp.example"})
    A("congreso-hotel-es", "es", "-", "business", "plain_url", "a congress shares its programme", "Programa definitivo y alojamiento", ("Congreso Muestra 2026", "secretaria@congreso-muestra.example.org"), [
        P("Estimado ponente:"), P("Ya puede descargar el programa en https://www.congreso-muestra.example.org/programa. El hotel pide una tarjeta como garantía al llegar, no antes."), P("La secretaría técnica")], auth="own", **PL, **ES)
    A("vecinos-cuota-es", "es", "-", "personal", "no_link", "a neighbour collects a fee, from private mail", "Cuota de la piscina", ("Pepa (3.º B)", "pepa_vecina.muestra@gmail.com"), [
        P("Hola, Carlos: faltas tú y los del 5.º por pagar la cuota de la piscina (40 €). Me la puedes dar en mano esta tarde o por Bizum, como siempre. ¡Gracias!")], look="gmail", mta="mail-wr1-f51.google.com", auth="own", **ES)
    A("encuesta-hospital-es", "es", "-", "survey", "plain_url", "a hospital asks how the visit was", "¿Cómo ha sido su visita?", ("Hospital Muestra", "calidad@hospital-muestra.example.org"), [
        P("Estimado paciente:"), P("Nos gustaría conocer su opinión. La encuesta es anónima y lleva tres minutos: https://calidad.hospital-muestra.example.org/e/26"), P("No pedimos datos bancarios ni contraseñas.")], auth="own", **PL, **ES)


def portuguese():
    A("fornecedor-nova-conta-pt", "pt", "-", "payment_change", "no_link", "a supplier announces a new account, letter by post", "Comunicado: nova conta bancária a partir de agosto", ("Papelaria Modelo", "financeiro@papelaria-modelo.example.com"), [
        P("Prezados,"), P("A partir de agosto receberemos em outra instituição. Os dados seguem por carta registrada, assinada pela diretoria; por favor, confirmem por telefone, no número que já conhecem, antes de alterar o cadastro."), P("Até lá, nada muda.")], auth="own", **PL, **{**PT, "to": "saopaulo@corp.example"})
    I("diretoria-sigilo-internal-pt", "pt", "-", "business", "no_link", "the real president, from inside", "Assunto do conselho", BOSS, [
        P("João,"), P("peço discrição sobre a fusão até o anúncio de quinta. O adiantamento segue o fluxo normal de aprovação. Estou em reunião pela manhã, mas pode me ligar à tarde."), P("Ken")], **PT)
    I("rh-conta-salario-internal-pt", "pt", "-", "hr", "no_link", "personnel: change the salary account in the portal", "RES: conta para depósito", ("Recursos Humanos", "rh@corp.example"), [
        P("Oi, João,"), P("a mudança da conta salário é feita só pelo portal do colaborador, com confirmação no celular. Não mande dados bancários por e-mail. Até dia 10 vale para este mês.")], extra=thread("cs-1@corp.example"), **PT)
    A("contador-guia-pt", "pt", "-", "invoice", "pdf", "the accountant sends a tax slip", "Guia DAS - vencimento dia 20", ("Contabilidade Exemplo", "fiscal@contabil-exemplo.example.com"), [
        P("Bom dia, João,"), P("segue a guia deste mês, R$ 2.304,18. Depois de pagar, me manda o comprovante para eu arquivar, como sempre."), P("Abraço,\nRita")], look="gmail", auth="own", extra=thread("das-06@corp.example"), attachments=[ms.attach("DAS.pdf", "application/pdf", pdf(["Guia DAS", "R$ 2.304,18"]))], **{**PT, "to": "saopaulo@corp.example"})
    A("senha-alterada-pt", "pt", "-", "notice_password", "no_link", "a gym: password was changed", "Sua senha foi alterada", ("Academia Exemplo", "nao-responda@academia-exemplo.example.com"), [
        P("Olá, João,"), P("a senha do seu aplicativo foi alterada hoje às 8h02. Se foi você, está tudo certo. Se não foi, fale com a recepção da sua unidade.")], auth="own", **PL, **PT)
    A("cliente-comprovante-pt", "pt", "-", "payment", "pdf", "a customer sends proof of payment", "Comprovante NF 1187", ("Contas a pagar - Cliente Modelo", "contas@cliente-modelo.example.com"), [
        P("Boa tarde,"), P("segue o comprovante do pagamento da NF 1187, feito hoje na conta de vocês."), P("Atenciosamente")], auth="own", attachments=[ms.attach("comprovante.pdf", "application/pdf", pdf(["Comprovante", "NF 1187"]))], **PL, **{**PT, "to": "saopaulo@corp.example"})
    A("escola-reuniao-pt", "pt", "-", "personal", "link", "a school shares the minutes of a meeting", "Ata da reunião de pais", ("Escola Modelo", "secretaria@escola-modelo.example.org"), [
        P("Prezados pais,"), P("a ata está disponível no [portal da escola](https://portal.escola-modelo.example.org/atas/6). O acesso é o mesmo do boletim."), P("A secretaria")], look="bare", auth="own", footer="Escola Modelo", **PT)
    A("suporte-quarentena-pt", "pt", "-", "held_messages", "plain_url", "a partner's mail gateway tells him that a message was held, one mail a day", "Resumo diário da quarentena: 1 mensagem", ("Filtro de e-mail - Parceiro Exemplo", "quarentena@parceiro-exemplo.example.com"), [
        P("Olá, João,"), P("uma mensagem enviada a joao@parceiro-exemplo.example.com ficou retida: «Promoção relâmpago», de ofertas@loja.example.org. Ela será apagada em 14 dias."), P("Para ver a lista: https://quarentena.parceiro-exemplo.example.com/")], auth="own", **PL, **PT)


def dutch():
    A("leverancier-nieuwe-bank-nl", "nl", "-", "payment_change", "no_link", "a supplier announces a new bank, letter by post", "Ons rekeningnummer wijzigt per 1 september", ("Voorbeeld Drukwerk", "administratie@voorbeeld-drukwerk.example.com"), [
        P("Geachte relatie,"), P("Per 1 september bankieren wij bij een andere bank. U ontvangt hierover een aangetekende brief van onze directie. Controleer het nieuwe nummer telefonisch via het u bekende nummer; aan de hand van een e-mail alleen hoeft u niets te wijzigen.")], auth="own", **PL, **{**NL, "to": "utrecht@corp.example"})
    I("directie-overname-internal-nl", "nl", "-", "business", "no_link", "the real director, from inside", "Tot de bekendmaking", BOSS, [
        P("Beste Sanne,"), P("de overname wordt vrijdag bekendgemaakt, houd het tot dan onder ons. De aanbetaling gaat via de gewone goedkeuring met twee handtekeningen. Ik ben vanmiddag bereikbaar."), P("Ken Takahashi")], **NL)
    I("hr-rekening-internal-nl", "nl", "-", "hr", "no_link", "personnel: change it in the portal", "RE: ander rekeningnummer", ("HR Utrecht", "hr@corp.example"), [
        P("Hoi Sanne,"), P("je kunt het rekeningnummer voor je salaris zelf aanpassen in het personeelsportaal. Via de mail mogen we het niet aannemen. Doe je het voor de tiende, dan is het deze maand al goed.")], extra=thread("rn-7@corp.example"), **NL)
    A("accountant-jaaropgaven-nl", "nl", "-", "hr", "link", "the accountant tells that the statements are on the portal", "Jaaropgaven 2025 staan klaar", ("Accountants Voorbeeld", "salaris@accountants-voorbeeld.example.com"), [
        P("Goedemorgen,"), P("de jaaropgaven van alle medewerkers staan klaar in [het klantportaal](https://portaal.accountants-voorbeeld.example.com/). U kunt ze daar met uw eigen inlog downloaden."), P("Met vriendelijke groet,\nLotte")], look="mso", auth="own", to="hr@corp.example", tz=1)
    A("herinnering-factuur-nl", "nl", "-", "invoice", "pdf", "a supplier's second reminder", "Tweede herinnering factuur 20261188", ("Schoonmaakbedrijf Voorbeeld", "facturen@schoonmaak-voorbeeld.example.com"), [
        P("Beste Sanne,"), P("onze factuur 20261188 van € 968,00 staat nog open. Wilt u het bedrag binnen zeven dagen overmaken op het rekeningnummer dat op de factuur staat? Al betaald? Dan kunt u dit bericht negeren.")], auth="own", attachments=[ms.attach("20261188.pdf", "application/pdf", pdf(["Factuur 20261188", "EUR 968,00"]))], **PL, **{**NL, "to": "utrecht@corp.example"})
    A("wachtwoord-gewijzigd-nl", "nl", "-", "notice_password", "no_link", "a library: password was changed", "Je wachtwoord is gewijzigd", ("Bibliotheek Voorbeeldstad", "info@bieb-voorbeeldstad.example.org"), [
        P("Beste Sanne,"), P("zojuist is het wachtwoord van je bibliotheekaccount gewijzigd. Heb jij dit gedaan, dan hoef je niets te doen. Zo niet, loop dan even langs de balie.")], auth="own", **PL, **NL)
    I("cadeaubon-collega-internal-nl", "nl", "-", "business", "no_link", "a colleague collects for a gift voucher", "Cadeautje Peter", ("Lotte Voorbeeld", "lotte.voorbeeld@corp.example"), [
        P("Hoi Sanne,"), P("kun jij vandaag een cadeaubon van 75 euro halen voor Peter? Het is een verrassing, dus niets zeggen. De bon mag op het budget van de afdeling.")], **NL)
    A("koerier-afspraak-nl", "nl", "-", "delivery", "plain_url", "a courier makes an appointment", "Afspraak voor uw levering van donderdag", ("Koeriers Voorbeeld", "planning@koeriers-voorbeeld.example.com"), [
        P("Beste mevrouw Voorbeeld,"), P("we leveren donderdag tussen 9 en 11 uur twee pallets. Komt dat niet uit? Wijzig het moment op https://planning.koeriers-voorbeeld.example.com/a/551 of bel ons. Er zijn geen kosten aan verbonden.")], auth="own", **PL, **NL)
    A("beveiliging-nieuw-toestel-nl", "nl", "-", "notice_new_device", "no_link", "a pension fund: new phone was registered", "Nieuw toestel geregistreerd", ("Pensioenfonds Voorbeeld", "noreply@pensioen-voorbeeld.example.org"), [
        P("Beste Sanne Voorbeeld,"), P("op 8 juni is een nieuw toestel gekoppeld aan uw account. Was u dit niet? Bel dan met onze klantenservice; het nummer vindt u op uw pensioenoverzicht. We zetten nooit een inloglink in onze mails.")], auth="own", **PL, **NL)
    A("vereniging-contributie-nl", "nl", "-", "personal", "no_link", "a sports club collects its fee, from private mail", "Contributie 2026", ("Penningmeester HV Voorbeeld", "hv_voorbeeld.penningmeester@gmail.com"), [
        P("Beste leden,"), P("wie de contributie (€ 120) nog niet heeft overgemaakt: graag voor 1 juli op de bekende rekening van de vereniging. Betalen in twee keer mag ook, stuur me dan even een berichtje."), P("Groet, Wim")], look="gmail", mta="mail-ej1-f49.google.com", auth="own", **NL)
