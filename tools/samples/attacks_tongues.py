"""Attack mails in Japanese, German, French, Spanish, Portuguese and Dutch over the intents that attacks_europe and attacks_people leave out: changed
accounts, salaries, gift cards, lists of people, documents behind the mail password, expiring passwords, app consent, vaults, extortion, call-backs.

Takes: nothing. Gives: mails. Entry: `add`. Addresses at gmail.com hold an underscore, which Gmail does not allow, so nobody owns them.
"""
from make_samples import B, H, P, SM, attach, encrypted_zip
from samples import qr, wrap
from samples.attacks import attack, safe

GMAIL = "mail-ed1-f48.google.com"
MINE = dict(form="plain", cte="8bit", auth="own", mta=GMAIL)
DE, FR, ES, PT, NL = "jonas.beispiel@corp.example", "amelie.exemple@corp.example", "carlos.ejemplo@corp.example", "joao.exemplo@corp.example", "sanne.voorbeeld@corp.example"


def add():
    japanese()
    german()
    french()
    spanish()
    portuguese()
    dutch()


def japanese():
    attack("keiri-meibo-irai-ja", "ja", "-", "data_request", "no_link,executive_name,reply_to", "the finance director wants a list of all staff with pay and numbers, straight to him",
           "従業員データの件", ("取締役財務本部長 森 直子", "mori@zaimu-honbu.example"), [
               P("人事担当者殿"), P("監査法人から依頼があり、全従業員の氏名・住所・マイナンバー・昨年の支給総額をまとめた表が必要です。形式は問いません。"),
               P("私に直接返信してください。CCは不要です。午後の会議で使いますので、13時までに頼みます。"), P("森")],
           form="plain", cte="8bit", reply_to="n-mori@kansa-taio.invalid", to="jinji@corp.example.jp", must=["マイナンバー"])
    attack("kigyo-furikomi-misshi-ja", "ja", "-", "payment_change", "no_link,quoted_thread", "an overseas supplier's 'new representative' cancels the old account; Re: without References",
           "Re: 発注 PO-7715 前払金のお支払いについて", ("Sample Precision 李", "li@sample-precision-export.test"), [
               P("伊藤様"), P("お世話になります。PO-7715 の前払金ですが、既にお知らせした香港の口座は銀行側の都合で解約となりました。お手数ですが、下記の受取人あてにご送金いただき、SWIFTの控えをお送りください。船積みは着金後となります。"),
               P("受取人: SAMPLE PRECISION TRADING LIMITED\n銀行: SAMPLE COMMERCIAL BANK\n口座: 000-000000-001"), P("よろしくお願いいたします。\n李")],
           cs="ISO-2022-JP", form="plain", to="m.ito@corp.example.jp", must=["銀行側の都合で解約"])
    attack("kyoshokuin-mail-ninsho-ja", "ja", "-", "credential_request", "button,internal_name", "the computing centre of a university asks all staff to confirm the mail account",
           "【重要】メール利用者の在籍確認について", ("情報基盤センター 利用者窓口", "center@zaiseki-kakunin.example"), [
               P("教職員各位"), P("年度更新にあたり、休眠アカウントの整理を行っております。現在もメールを利用されている方は、下記の画面で統合認証IDとパスワードを入力し、在籍の登録をお済ませください。"),
               B("在籍を登録する", "https://zaiseki-kakunin.example/sso/login"), P("登録のないアカウントは、週末の作業ですべて抹消されます。"), P("情報基盤センター")],
           hand="ms", colour="#004c6d", to="k.suzuki@corp.example", must=["在籍の登録"])
    attack("onsei-denwa-teams-ja", "ja", "-", "voicemail", "button", "a recorded call waits, play it after signing in",
           "着信の録音が1件あります(1分12秒)", ("クラウドPBX", "pbx@rokuon-saisei.test"), [
               P("お席を外されている間に 050-0000-0188 から着信がありました。"), B("録音を再生", "https://rokuon-saisei.test/p/112"), SM("再生には会社のメールアドレスによる認証が必要です。録音は翌日に削除されます。")],
           hand="shop", colour="#444791", to="hanako.sato@corp.example.jp", must=["着信の録音"])
    attack("kyohaku-camera-ja", "ja", "-", "extortion", "no_link,free_mail", "a 'hacker' wants bitcoin, in stiff Japanese",
           "あなたのパソコンについて", ("管理人", "kanri_0091x@gmail.com"), [
               P("ご挨拶申し上げます。残念なお知らせがあります。数か月前、私はあなたの機器に侵入し、すべての行動を記録してきました。"), P("恥ずかしい映像を家族や同僚に送られたくなければ、48時間以内に 18万円 相当のビットコインを次の財布に入れてください。bc1qsamplesamplesamplesample"), P("警察に相談しても無駄です。入金を確認したら記録は消します。")],
           to="user@corp.example", must=["すべての行動を記録"], **MINE)
    attack("hokan-password-shukko-ja", "ja", "-", "saved_passwords", "plain_url,internal_name", "the security office collects saved passwords for an 'inspection'",
           "パスワード点検の実施について(全社対象)", ("情報セキュリティ室", "security@tenken-uketsuke.example"), [
               P("各位"), P("使い回しの有無を確かめるため、ブラウザーに保存されているパスワードの一覧をCSVで出力し、次の窓口に提出してください。"), P("https://tenken-uketsuke.example/teishutsu"), P("未提出の端末は、月曜より社内ネットワークから切り離します。")],
           form="plain", cte="8bit", to="all@corp.example.jp", rcpt="taro.yamada@corp.example", must=["使い回しの有無"])


def german():
    attack("lieferant-bank-de", "de", "-", "payment_change", "no_link,quoted_thread", "a supplier's 'accounts' announce a new bank within an invented thread",
           "AW: Rechnung 2026-0418", ("Muster Metallbau - Buchhaltung", "buchhaltung@muster-metallbau-gmbh.test"), [
               P("Sehr geehrter Herr Beispiel,"), P("vielen Dank für die Freigabe. Wegen eines Wechsels unserer Hausbank bitten wir Sie, den offenen Betrag von 27.318,40 EUR nicht mehr auf die in der Rechnung genannte Verbindung, sondern ausschließlich auf folgendes Konto zu überweisen:"),
               P("Muster Metallbau GmbH\nIBAN: LT00 0000 0000 0000 0000\nBIC: SAMPLT2X"), P("Könnten Sie mir den Überweisungsträger noch heute per Mail zukommen lassen? Ich bin bis Freitag auf der Messe und nur so zu erreichen."), P("Mit freundlichen Grüßen\nK. Muster"),
               P("> Von: Jonas Beispiel\n> Betreff: Rechnung 2026-0418\n>\n> Hallo Frau Muster, die Rechnung ist freigegeben.")],
           form="plain", cte="8bit", to=DE, must=["Wechsels unserer Hausbank"])
    attack("gehalt-konto-de", "de", "-", "payroll_change", "no_link,free_mail,internal_name", "an 'employee' writes from a private address: salary to a new account",
           "Kontoänderung", ("Jonas Beispiel", "jonas_beispiel.privat@gmail.com"), [
               P("Hallo zusammen,"), P("ich habe die Bank gewechselt und hätte gern, dass mein Gehalt schon diesen Monat dort ankommt. Reicht es, wenn ich euch die IBAN hier schicke, oder gibt es ein Formular?"), P("Bitte an diese Adresse antworten, an mein Postfach komme ich gerade nicht ran."), P("Danke und Gruß\nJonas")],
           to="personal@corp.example", must=["die Bank gewechselt"], **MINE)
    attack("chef-gutscheine-de", "de", "-", "gift_card", "no_link,executive_name,free_mail", "the managing director wants voucher cards for customers, today, a surprise",
           "Kurze Bitte", ("Dr. Ken Takahashi (Geschäftsführung)", "takahashi_ken.gf@gmail.com"), [
               P("Hallo Jonas,"), P("bist du im Büro? Ich bräuchte für drei Kunden je vier Guthabenkarten zu 100 Euro, am besten aus dem Supermarkt nebenan. Rubbel bitte die Codes frei und schick mir Fotos davon, ich leite sie von hier aus weiter. Soll eine Überraschung sein, also bitte kein Wort im Team."), P("Das Geld bekommst du mit der nächsten Abrechnung zurück. Geht das bis 14 Uhr?\nKen")],
           to=DE, must=["Guthabenkarten"], **MINE)
    attack("kennwort-laeuft-ab-de", "de", "microsoft", "password_expiry", "button,recipient_in_url", "the password of the work account ends today, keep it by a click",
           "Handlungsbedarf: Kennwort von jonas.beispiel endet heute", ("Microsoft 365 Benachrichtigung", "no-reply@kennwort-dienst.example"), [
               P("Guten Tag,"), P("Ihr Kennwort für **jonas.beispiel@corp.example** ist seit 90 Tagen in Gebrauch und wird um 18:00 Uhr ungültig. Wenn Sie es weiter nutzen möchten, bestätigen Sie es bitte vorher."), B("Kennwort beibehalten", "https://kennwort-dienst.example/keep?u=jonas.beispiel@corp.example"), P("Andernfalls müssen Sie sich persönlich beim Administrator melden.")],
           hand="ms", colour="#0067b8", to=DE, must=["seit 90 Tagen in Gebrauch"])
    attack("freigabe-vertrag-de", "de", "-", "shared_document", "button,compromised_partner", "a partner's hijacked mailbox shares a contract behind the office password",
           "Vertragsentwurf zur Durchsicht", ("Anna Muster", "a.muster@muster-partner.example.com"), [
               P("Hallo Jonas,"), P("anbei der Link zum Entwurf, die Datei war für die Mail zu groß:"), B("Entwurf_Rahmenvertrag.pdf öffnen", "https://datenraum-muster.test/v/8841"), P("Der Datenraum fragt nach deiner dienstlichen E-Mail-Adresse und dem zugehörigen Passwort. Sag mir bitte bis heute Abend Bescheid, ob das so passt."), P("Viele Grüße\nAnna")],
           hand="outlook", auth="own", to=DE, must=["Datei war für die Mail zu groß"])
    attack("erpressung-webcam-de", "de", "-", "extortion", "no_link", "a 'hacker' threatens with films, wants bitcoin",
           "Ich weiß, was Sie getan haben", ("Unbekannt", "x@nachricht-anonym.test"), [
               P("Sie kennen mich nicht, ich Sie schon. Auf Ihrem Rechner läuft seit Monaten mein Programm. Es hat Kamera und Bildschirm mitgeschnitten, während Sie sich bestimmte Seiten angesehen haben."), P("Zahlen Sie 950 Euro in Bitcoin an bc1qbeispielbeispielbeispiel, dann lösche ich alles. Sie haben zwei Tage. Danach geht der Film an Ihre Kontakte."), P("Antworten Sie nicht, die Adresse ist nicht meine.")],
           form="plain", cs="ISO-8859-1", cte="quoted-printable", how="Q", to=DE, must=["seit Monaten mein Programm"])
    attack("zip-kennwort-rechnung-de", "de", "-", "archive_password", "no_link", "a locked archive with a 'bill', the password beside it",
           "Rechnungskopie wie telefonisch besprochen", ("Probst & Muster Inkasso", "office@probst-inkasso.example"), [
               P("Sehr geehrte Damen und Herren,"), P("die angeforderte Kopie finden Sie in der beigefügten Datei. Aus Gründen des Datenschutzes ist das Archiv verschlüsselt; zum Entpacken geben Sie bitte 4471 ein."), P("Sollte der Betrag bis morgen nicht eingehen, übergeben wir die Sache dem Gericht.")],
           form="plain", cte="8bit", to="koeln@corp.example", attachments=[attach("Rechnungskopie.zip", "application/zip", encrypted_zip("Rechnungskopie.html", wrap.sign_in_form(safe("https://probst-inkasso.example/g.php"), "Dokument", "Anmelden", "Weiter", lang="de", password="Kennwort").encode(), "4471"))], must=["angeforderte Kopie"])
    attack("hr-bonus-qr-de", "de", "-", "payroll", "qr_inline,internal_name", "personnel: special payment, scan the code to see it",
           "Einmalzahlung 2026: Ihre persönliche Mitteilung", ("Personalabteilung", "mitteilung@hr-portal-konto.example"), [
               P("Liebe Mitarbeiterinnen und Mitarbeiter,"), P("die Geschäftsleitung hat eine Einmalzahlung beschlossen. Die Höhe können Sie nur mit dem Smartphone abrufen; melden Sie sich dazu mit Ihrem Firmenkonto an."),
               ("raw", '<p><img src="cid:hb1" alt="Code"></p>', "[Code]"), P("Mitteilungen, die bis Freitag nicht abgerufen sind, verfallen.")],
           hand="ms", colour="#334455", related=[attach("code.png", "image/png", qr.png_of(safe("https://hr-portal-konto.example/q/26"), 4, 4, (30, 30, 60)), inline_cid="hb1")], to=DE, must=["Einmalzahlung beschlossen"])


def french():
    attack("president-virement-fr", "fr", "-", "secrecy", "no_link,executive_name,reply_to", "the president and an audit firm: secret payment abroad",
           "Dossier confidentiel", ("Ken Takahashi, Président", "presidence@direction-corp.example"), [
               P("Bonjour Amélie,"), P("J'ai besoin de vous pour un dossier que je suis seul à suivre avec le cabinet Exemple. Une opération financière doit être bouclée avant la clôture des marchés, et le moindre mot la ferait échouer."), P("Maître Modèle vous adressera le RIB. Vous ferez partir 67 300 euros cet après-midi et me confirmerez par retour. Ne passez pas par le circuit habituel, je régulariserai demain."), P("Pour des raisons évidentes, pas de téléphone.\nK. Takahashi")],
           form="plain", cte="8bit", reply_to="cabinet@maitre-modele.invalid", to=FR, must=["clôture des marchés"])
    attack("salaire-rib-fr", "fr", "-", "payroll_change", "no_link,free_mail,internal_name", "an 'employee' wants her pay on another account",
           "Changement de domiciliation", ("Amélie Exemple", "amelie_exemple.perso@gmail.com"), [
               P("Bonjour,"), P("J'ai fermé mon compte à la banque et je souhaiterais que ma paie de ce mois soit virée sur le nouveau. Puis-je vous transmettre le RIB ici ? Je suis en congé et n'ai que ma boîte personnelle."), P("Merci d'avance,\nAmélie")],
           to="paie@corp.example", must=["fermé mon compte"], **MINE)
    attack("cartes-cadeaux-fr", "fr", "-", "gift_card", "no_link,executive_name", "the director wants prepaid coupons and their codes",
           "Es-tu disponible ?", ("Naoko Mori - Directrice financière", "n.mori@direction-finances.example"), [
               P("Amélie,"), P("Peux-tu passer au bureau de tabac et prendre dix recharges prépayées de 150 euros pour nos partenaires ? Gratte-les et envoie-moi les numéros par retour de mail. Je suis coincée en comité jusqu'à ce soir. Tu seras remboursée sur ta note de frais."), P("N'en parle pas aux autres, c'est un geste de la direction.\nNaoko")],
           form="plain", cte="8bit", to=FR, must=["recharges prépayées"])
    attack("mot-de-passe-expire-fr", "fr", "-", "password_expiry", "button,internal_name", "own IT: the password ends, keep it",
           "Votre mot de passe Windows arrive à échéance", ("Support informatique", "assistance@renouvellement-compte.test"), [
               P("Bonjour,"), P("Conformément à la politique de sécurité, le mot de passe de votre session doit être renouvelé tous les 60 jours. Le vôtre cesse de fonctionner ce soir à 20 h."), B("Conserver mon mot de passe", "https://renouvellement-compte.test/maj"), P("Les comptes non renouvelés seront fermés. Aucune assistance ne pourra être donnée par téléphone.\n\nLe service informatique")],
           hand="outlook", to=FR, must=["tous les 60 jours"])
    attack("document-signature-fr", "fr", "-", "e_signature", "button", "a deed waits for a signature; the mail password opens it",
           "Acte à signer avant le 30", ("Étude Modèle & Associés", "etude@signature-actes.example"), [
               P("Madame,"), P("Vous trouverez l'acte préparé par notre étude sur la plateforme sécurisée. Merci de le parapher avant la fin de la semaine."), B("Accéder à l'acte", "https://signature-actes.example/a/30"), SM("L'ouverture se fait avec votre adresse professionnelle et le mot de passe de votre messagerie.")],
           hand="shop", colour="#7a1f2b", to=FR, must=["plateforme sécurisée"])
    attack("messagerie-vocale-fr", "fr", "-", "voicemail", "html_attachment", "voice message as an HTML file that asks for the password",
           "Message vocal de 00:41 - numéro masqué", ("Standard téléphonique", "standard@vocal-ecoute.test"), [P("Un correspondant a laissé un message sur votre poste. Ouvrez la pièce jointe pour l'écouter.")],
           form="plain", cte="8bit", to=FR, attachments=[attach("Message_0041.html", "text/html", wrap.sign_in_form(safe("https://vocal-ecoute.test/p.php"), "Messagerie", "Identifiez-vous", "Écouter", lang="fr", password="Mot de passe").encode())], must=["laissé un message"])
    attack("coffre-sauvegarde-fr", "fr", "dashlane", "vault_backup", "button", "vault must be saved before a migration",
           "Migration de votre coffre-fort : dernière étape", ("Dashlane Sécurité", "securite@coffre-migration.example"), [
               P("Bonjour,"), P("Nos serveurs européens changent d'hébergeur dimanche. Pour ne rien perdre, enregistrez une copie de votre coffre avec votre mot de passe maître avant samedi minuit."), B("Enregistrer ma copie", "https://coffre-migration.example/save"), P("Les coffres sans copie ne pourront pas être restaurés.")],
           hand="ms", colour="#0e353d", logo="Dashlane", to=FR, must=["changent d'hébergeur"])
    attack("chantage-fr", "fr", "-", "extortion", "no_link", "threatens to publish stolen files unless paid; to a company",
           "Vos fichiers", ("groupe", "contact@fichiers-voles.test"), [
               P("Nous sommes entrés dans votre réseau le mois dernier. Contrats, bulletins de paie et mots de passe ont été copiés."), P("Sans versement de 2 bitcoins d'ici vendredi, tout sera mis en ligne et vos clients seront prévenus. Portefeuille : bc1qexempleexempleexemple."), P("Ne contactez pas la police.")],
           form="plain", cte="8bit", to="lyon@corp.example", must=["entrés dans votre réseau"])


def spanish():
    attack("proveedor-cuenta-es", "es", "-", "payment_change", "no_link,reply_to", "a supplier's 'collections' send other bank data; answers go elsewhere",
           "Actualización de datos de cobro", ("Talleres Muestra - Cobros", "cobros@talleres-muestra.example"), [
               P("Estimado Carlos:"), P("Por una inspección de Hacienda tenemos inmovilizada la cuenta en la que nos pagan habitualmente. Les rogamos que la factura 118/26 (9.640,00 EUR) y las siguientes se abonen en este IBAN:"), P("ES00 0000 0000 0000 0000 0000\nBanco Muestra"), P("En cuanto salga la transferencia, envíenos el justificante a este mismo correo. Corre prisa: el pedido de mañana depende de ello."), P("Un saludo\nDepartamento de Cobros")],
           form="plain", cte="8bit", reply_to="cobros.talleres@respuesta-rapida.invalid", to=ES, must=["tenemos inmovilizada la cuenta"])
    attack("director-transferencia-es", "es", "-", "secrecy", "no_link,executive_name,free_mail", "the general director wants a discreet payment",
           "¿Estás en la oficina?", ("Ken Takahashi - Director General", "ken_takahashi.dg@gmail.com"), [
               P("Carlos, necesito que te ocupes de un pago urgente a un asesor externo, 14.200 euros. Es un asunto delicado y prefiero que quede entre tú y yo hasta que se firme. Dime cuándo puedes y te paso los datos. No me llames, estoy con el consejo."), P("Ken")],
           to=ES, must=["asunto delicado"], **MINE)
    attack("contrasena-caduca-es", "es", "-", "password_expiry", "button,internal_name,recipient_in_url", "own IT: password ends in hours",
           "Aviso del sistema: su clave vence hoy", ("Departamento de Sistemas", "sistemas@clave-renovar.example"), [
               P("Estimado usuario:"), P("La clave del correo **carlos.ejemplo@corp.example** dejará de ser válida en 5 horas. Para seguir con la misma, valídela aquí:"), B("Seguir con la misma clave", "https://clave-renovar.example/?c=carlos.ejemplo@corp.example"), P("Si no lo hace, perderá los mensajes que lleguen esta noche.\nSoporte informático")],
           hand="font", form="html", colour="#993300", to=ES, must=["dejará de ser válida"])
    attack("documento-compartido-es", "es", "-", "shared_document", "plain_url,quoted_thread", "an invented thread, a file behind the work account",
           "RE: Presupuesto obra nave 3", ("Lucía Muestra", "lucia@obras-muestra.test"), [
               P("Carlos, perdona el retraso. Te dejo el presupuesto definitivo:\nhttps://obras-muestra.test/d/nave3"), P("Entra con tu usuario y contraseña de la empresa, está limitado a vuestro dominio. Necesito el visto bueno hoy.\nLucía"), P("> El 3 de junio, Carlos Ejemplo escribió:\n> Quedo a la espera del presupuesto.")],
           form="plain", cte="8bit", to=ES, must=["limitado a vuestro dominio"])
    attack("certificados-plantilla-es", "es", "-", "data_request", "no_link,executive_name,reply_to", "the finance director wants the tax certificates of everybody",
           "Certificados de retenciones", ("Naoko Mori (Directora financiera)", "nmori@dir-financiera.example"), [
               P("Buenos días:"), P("Mándame los certificados de retenciones de toda la plantilla del año pasado, con DNI y domicilio. Los auditores los quieren antes de comer. Basta un zip, directamente a mí."), P("Gracias, Naoko")],
           form="plain", cte="8bit", reply_to="n.mori@auditores-oficina.invalid", to="rrhh@corp.example", must=["de toda la plantilla"])
    attack("soporte-llamada-es", "es", "microsoft", "call_back", "no_link", "alarm: computer infected, call now",
           "Su equipo ha sido bloqueado (código 0x3E7)", ("Centro de Seguridad Windows", "alerta@seguridad-equipos.test"), [
               H("No apague el equipo"), P("Hemos detectado que su ordenador envía sus claves bancarias a terceros. Llame ahora mismo a un técnico certificado: **900 000 142** (gratuito, 24 horas)."), P("El técnico se conectará a su pantalla y eliminará la amenaza. Si no llama en 10 minutos, desconectaremos su línea.")],
           hand="font", form="html", colour="#c00000", to=ES, must=["técnico certificado"])


def portuguese():
    attack("fornecedor-conta-pt", "pt", "-", "payment_change", "no_link,compromised_partner", "supplier's hijacked mailbox in a real thread: pay elsewhere, send the slip",
           "RES: NF 20418 - vencimento", ("Carla Exemplo", "carla@fornecedor-exemplo.example.com"), [
               P("João, bom dia."), P("Nosso banco está migrando as contas empresariais e a que você tem no cadastro já não aceita crédito. Peço que a NF 20418 (R$ 38.912,00) seja paga no Pix abaixo e que você troque o cadastro para as próximas."), P("Chave: financeiro@fornecedor-exemplo.invalid\nFavorecido: Exemplo Comércio Ltda."), P("Me manda o comprovante assim que sair? Preciso liberar a carga hoje.\nCarla"), P("> João Exemplo escreveu:\n> Carla, a nota está aprovada.")],
           form="plain", cte="8bit", auth="own", to=PT, extra="In-Reply-To: <nf20418@corp.example>\nReferences: <nf20418-1@fornecedor-exemplo.example.com> <nf20418@corp.example>\n", must=["migrando as contas"])
    attack("salario-conta-pt", "pt", "-", "payroll_change", "no_link,free_mail,internal_name", "an 'employee' wants the salary elsewhere",
           "Dados para depósito", ("João Exemplo", "joao_exemplo.pessoal@gmail.com"), [
               P("Oi, tudo bem?"), P("Troquei de banco e queria receber o salário deste mês na conta nova. Posso te passar agência e conta por aqui? Estou sem o notebook da firma esta semana, então respondo deste endereço."), P("Valeu!\nJoão")],
           to="rh@corp.example", must=["Troquei de banco"], **MINE)
    attack("diretor-vale-presente-pt", "pt", "-", "gift_card", "no_link,executive_name", "the director wants vouchers and photos of the codes",
           "Preciso de um favor", ("Ken Takahashi | Diretor", "diretoria@corp-example-brasil.test"), [
               P("João, você consegue comprar cinco cartões de R$ 300 numa loja aí perto? São brindes para clientes da reunião de hoje. Raspe o verso, tire foto e mande aqui mesmo. A empresa reembolsa amanhã."), P("Estou em reunião, não consigo atender. Fica só entre a gente por enquanto.\nKen")],
           form="plain", cte="8bit", to=PT, must=["brindes para clientes"])
    attack("drive-documento-pt", "pt", "-", "shared_document", "button", "a document waits behind the work mail's password",
           "Contrato social - versão final", ("Cartório Modelo", "documentos@cartorio-arquivos.example"), [
               P("Prezado,"), P("O arquivo solicitado está disponível para leitura por 24 horas."), B("Ler o arquivo", "https://cartorio-arquivos.example/ler/77"), P("O acesso é feito com o e-mail corporativo e a respectiva senha.")],
           hand="shop", colour="#1b5e20", to=PT, must=["disponível para leitura"])
    attack("mensagens-retidas-pt", "pt", "-", "held_messages", "button,recipient_in_url", "messages were held by the server",
           "Você tem 7 e-mails aguardando liberação", ("Servidor de correio", "postmaster@liberar-mensagens.test"), [
               P("Usuário joao.exemplo@corp.example,"), P("por falha de sincronização, sete e-mails recebidos não chegaram à sua caixa."), B("Liberar agora", "https://liberar-mensagens.test/?e=joao.exemplo@corp.example"), P("Serão apagados do servidor à meia-noite.")],
           hand="font", form="html", colour="#555555", to=PT, must=["falha de sincronização"])
    attack("chantagem-pt", "pt", "-", "extortion", "no_link,free_mail", "a 'hacker' wants bitcoin",
           "Leia com atenção", ("Anônimo", "anon_7732.msg@gmail.com"), [
               P("Invadi o seu celular há algumas semanas e gravei você pela câmera. Tenho também a sua lista de contatos."), P("Transfira R$ 3.500 em bitcoin para bc1qexemploexemplo em dois dias, ou todo mundo vai ver o vídeo. Não adianta trocar a senha.")],
           to=PT, must=["lista de contatos"], **MINE)


def dutch():
    attack("leverancier-rekening-nl", "nl", "-", "payment_change", "no_link,lookalike_domain", "a supplier's invoice is to be paid to another account, with haste",
           "Factuur 2026-551: gewijzigd rekeningnummer", ("Voorbeeld Transport BV", "administratie@voorbeeld-transport-bv.example"), [
               P("Beste Sanne,"), P("Onze bank heeft de rekening waarop u gewoonlijk betaalt tijdelijk dichtgezet vanwege een controle. Wilt u factuur 2026-551 (€ 12.480,00) voldoen op NL00 SAMP 0000 0000 00 en ons het afschrift mailen?"), P("Graag vanmiddag nog, anders blijft de lading staan. Bellen heeft geen zin, we zitten in een verhuizing."), P("Met vriendelijke groet,\nAfdeling administratie")],
           form="plain", cte="8bit", to=NL, must=["tijdelijk dichtgezet"])
    attack("salaris-rekening-nl", "nl", "-", "payroll_change", "no_link,free_mail,internal_name", "an 'employee' wants the salary elsewhere",
           "Nieuw rekeningnummer", ("Sanne Voorbeeld", "sanne_voorbeeld.thuis@gmail.com"), [
               P("Hoi,"), P("Ik ben overgestapt naar een andere bank. Kan mijn salaris van deze maand daar al naartoe? Dan stuur ik je het nummer zo door. Ik mail vanaf mijn eigen account, want mijn werklaptop is stuk."), P("Groetjes,\nSanne")],
           to="hr@corp.example", must=["overgestapt naar een andere bank"], **MINE)
    attack("directeur-cadeaukaarten-nl", "nl", "-", "gift_card", "no_link,executive_name,reply_to", "the director wants gift cards, codes by mail",
           "Ben je er?", ("Ken Takahashi (directeur)", "directie@corp-leiding.example"), [
               P("Sanne, kun je voor mij acht bonnen van 100 euro halen bij de supermarkt? Voor klanten, ik wil ze vanavond uitdelen. Kras ze open en mail me de nummers. Ik zit in overleg en kan niet bellen. Niet aan de rest vertellen, het is een verrassing."), P("Ken")],
           form="plain", cte="8bit", reply_to="ken.directie@antwoord-snel.invalid", to=NL, must=["bonnen van 100 euro"])
    attack("document-gedeeld-nl", "nl", "-", "shared_document", "button", "an offer to be read with the mail password",
           "Offerte ter ondertekening", ("Bouwbedrijf Voorbeeld", "offertes@bouw-documenten.test"), [
               P("Geachte mevrouw,"), P("De aangepaste offerte staat voor u klaar. Wij ontvangen hem graag vandaag ondertekend terug."), B("Offerte bekijken", "https://bouw-documenten.test/o/551"), P("U opent het bestand met uw zakelijke e-mailadres en het wachtwoord van uw mail.")],
           hand="outlook", to=NL, must=["aangepaste offerte"])
    attack("voicemail-bijlage-nl", "nl", "-", "voicemail", "button", "missed call, listen after signing in",
           "Gemiste oproep van 020 000 0177", ("Telefooncentrale", "centrale@ingesproken-bericht.example"), [
               P("Er is een bericht van 38 seconden voor u ingesproken."), B("Afspelen", "https://ingesproken-bericht.example/l/177"), SM("Meld u aan met uw werkaccount. Het bericht wordt na 48 uur gewist.")],
           hand="shop", colour="#e4572e", to=NL, must=["38 seconden"])
    attack("personeelslijst-nl", "nl", "-", "data_request", "no_link,executive_name,free_mail", "the finance chief wants the yearly statements of all staff",
           "Jaaropgaven", ("Naoko Mori - CFO", "naoko_mori.cfo@gmail.com"), [
               P("Goedemorgen,"), P("Stuur me de jaaropgaven van iedereen over vorig jaar, liefst als één bestand, met adres en bsn erbij. De accountant zit hier en wacht erop. Alleen naar mij, niet via het systeem."), P("Naoko Mori")],
           to="hr@corp.example", must=["De accountant zit hier"], **MINE)
