"""Attack mails in German, French, Spanish, Portuguese and Dutch: banks, parcels, the state, mailboxes, payroll, and some without a link.

Takes: nothing. Gives: mails. Entry: `add`.
"""
from make_samples import B, H, P, UL, attach
from samples import qr, wrap
from samples.attacks import at, attack, safe


def add():
    german()
    french()
    spanish()
    portuguese()
    dutch()


def german():
    attack("sparkasse-pushtan-de", "de", "sparkasse", "mfa_reenrol", "button", "bank: TAN procedure ends, register the phone again; windows-1252",
           "Ihr pushTAN-Zugang läuft am Freitag ab", ("Sparkasse Online-Service", "service@spk-pushtan.example"), [
               P("Sehr geehrte Kundin, sehr geehrter Kunde,"),
               P("die Zulassung Ihres Geräts für das pushTAN-Verfahren endet am kommenden Freitag. Danach können Sie keine Überweisungen mehr freigeben und erhalten den neuen Zugangsbrief nur noch per Post (Bearbeitungsgebühr 14,90 €)."),
               B("Gerät jetzt verlängern", "https://spk-pushtan.example/blz/anmelden"),
               P("Halten Sie bitte Anmeldename, PIN und Ihre Sparkassen-Card bereit. Die Verlängerung dauert zwei Minuten."),
               P("Mit freundlichen Grüßen\nIhr Team vom Online-Banking")],
           cs="windows-1252", hand="shop", colour="#ee0000", logo="Sparkasse", cte="quoted-printable", how="Q", footer="Diese Nachricht wurde automatisch erstellt.", must=["Zulassung Ihres Geräts"])

    attack("dhl-zoll-de", "de", "dhl", "delivery", "plain_url", "parcel held by customs, small fee; ISO-8859-1 plain text",
           "Paket 0034 0000 wartet im Zollamt", ("DHL Zustellung", "zoll@dhl-einfuhr.test"), [
               P("Guten Tag,"),
               P("für Ihre Sendung aus Übersee sind Einfuhrabgaben von 2,99 EUR offen. Ohne Zahlung geht das Paket morgen an den Absender zurück."),
               P("Abgaben begleichen: https://dhl-einfuhr.test/paket/0034"),
               P("Ihre Zustellbasis")],
           cs="ISO-8859-1", form="plain", cte="quoted-printable", how="Q", must=["Einfuhrabgaben"])

    attack("it-postfach-kontingent-de", "de", "-", "mailbox_quota", "button,internal_name,recipient_in_url", "own IT: mailbox quota used up, sign in",
           "Speicherplatz Ihres Postfachs erschöpft (98 %)", ("IT-Abteilung Corp Example", "it@postfach-erweitern.example"), [
               P("Hallo,"),
               P("Ihr Postfach **user@corp.example.jp** ist fast voll. Ab heute Abend werden eingehende Nachrichten abgewiesen."),
               P("[Speicher auf 100 GB erweitern](https://postfach-erweitern.example/owa?u=user@corp.example.jp)"),
               P("Melden Sie sich mit Ihrem Windows-Kennwort an. Nicht erweiterte Postfächer werden am Wochenende stillgelegt.\n\nIhre IT-Abteilung")],
           hand="outlook", must=["eingehende Nachrichten abgewiesen"])

    attack("chef-ueberweisung-de", "de", "-", "secrecy", "no_link,reply_to,executive_name", "the managing director needs a secret transfer today; answer only by mail",
           "Vertraulich - Ihre Unterstützung", ("Dr. Ken Takahashi", "k.takahashi@vorstand-post.example"), [
               P("Guten Morgen Hanako,"),
               P("wir stehen kurz vor dem Abschluss einer Übernahme. Bis zur Bekanntgabe am Montag darf niemand im Haus davon erfahren, auch nicht Ihre Kollegen in der Buchhaltung."),
               P("Bitte bereiten Sie eine Anzahlung von 86.400 EUR vor, ich schicke Ihnen gleich die Bankdaten unseres Notars. Ich sitze in Terminen und bin telefonisch nicht zu erreichen, antworten Sie mir nur auf diese Mail."),
               P("Ich verlasse mich auf Ihre Diskretion.\nK. Takahashi\n\nVon meinem iPad gesendet")],
           cs="UTF-8", form="plain", to="hanako.sato@corp.example.jp", reply_to="direktion@notar-kanzlei.invalid", must=["auf Ihre Diskretion"])

    u = safe("https://telekom-verifizierung.test/qr?i=3")
    attack("telekom-qr-de", "de", "telekom", "account_suspension", "qr_inline", "phone company: mail address will be switched off, QR code to verify",
           "E-Mail-Adresse wird abgeschaltet: Bestätigung fehlt", ("Telekom Kundencenter", "kundencenter@telekom-verifizierung.test"), [
               H("Bitte bestätigen Sie Ihre Adresse"),
               P("wegen neuer Vorschriften müssen alle Nutzer ihr E-Mail-Konto einmalig bestätigen. Scannen Sie dazu den Code mit dem Smartphone und geben Sie Ihr Passwort ein."),
               ("raw", '<p><img src="cid:tk1" alt="QR-Code zur Bestätigung"></p>', "[QR-Code]"),
               P("Ohne Bestätigung wird das Konto in 48 Stunden abgeschaltet und alle Mails werden gelöscht.")],
           hand="ms", colour="#e20074", logo="Telekom", related=[attach("code.png", "image/png", qr.png_of(u, 4, 4, (226, 0, 116)), inline_cid="tk1")], footer="Telekom Deutschland GmbH", must=["einmalig bestätigen"])


def french():
    attack("ameli-carte-vitale-fr", "fr", "ameli", "refund", "button", "health insurance: new card, refund waits; windows-1252",
           "Votre nouvelle carte Vitale est prête", ("Assurance Maladie", "assure@carte-vitale-envoi.example"), [
               P("Madame, Monsieur,"),
               P("Votre carte arrive à échéance le 30 septembre. Sans mise à jour de votre dossier, vos remboursements (**132,60 € en attente**) seront suspendus."),
               B("Mettre à jour mon dossier", "https://carte-vitale-envoi.example/compte/connexion"),
               P("Munissez-vous de votre mot de passe, de votre numéro de sécurité sociale et d'une carte bancaire pour les frais d'envoi (0,95 €)."),
               P("L'équipe de l'Assurance Maladie")],
           cs="windows-1252", cte="quoted-printable", how="Q", hand="ms", colour="#0c419a", logo="l'Assurance Maladie", when=at("2026-09-17 23:10"), footer="Ne pas répondre à ce message.", must=["mise à jour de votre dossier"])

    attack("fournisseur-rib-fr", "fr", "-", "payment_change", "no_link,compromised_partner", "supplier's hijacked mailbox: our bank account has changed, please pay the open invoice there; with thread headers",
           "RE: Facture F-2026-311 / changement de coordonnées bancaires", ("Claire Exemple", "claire@fournisseur.example.com"), [
               P("Bonjour Hanako,"),
               P("Suite à notre échange, je vous informe que notre compte habituel fait l'objet d'un audit et ne peut plus recevoir de virements. Merci de régler la facture F-2026-311 (18 240,00 €) sur le nouveau RIB ci-dessous et de modifier votre base fournisseurs :"),
               P("Titulaire : FOURNISSEUR EXEMPLE SAS\nIBAN : FR76 0000 0000 0000 0000 0000 000\nBIC : SAMPFRPPXXX"),
               P("Pouvez-vous m'envoyer la preuve du virement dès aujourd'hui ? L'ancien compte sera clôturé."),
               P("Bien cordialement,\nClaire Exemple\nService comptabilité"),
               P("> Le 2 juin, Hanako Sato a écrit :\n> Bonjour Claire, la facture est validée, paiement prévu vendredi.")],
           form="plain", cte="8bit", auth="own", to="hanako.sato@corp.example.jp", when=at("2026-06-04 17:20"), extra="In-Reply-To: <20260602.88@corp.example.jp>\nReferences: <20260601.12@fournisseur.example.com> <20260602.88@corp.example.jp>\n", must=["nouveau RIB"])

    attack("amende-antai-fr", "fr", "antai", "toll", "plain_url", "unpaid fine of 35 euros rises to 135",
           "Avis d'amende forfaitaire : dernier rappel", ("ANTAI", "avis@amende-dossier.test"), [
               P("Vous n'avez pas réglé une amende de stationnement de 35,00 EUR (dossier 7741-0026)."),
               P("Réglez avant minuit pour éviter la majoration à 135,00 EUR et la saisie sur salaire :\nhttps://amende-dossier.test/paiement/7741"),
               P("Agence de traitement des infractions")],
           form="plain", cs="ISO-8859-1", cte="quoted-printable", how="Q", must=["saisie sur salaire"])

    attack("messagerie-suspendue-fr", "fr", "-", "held_messages", "button,recipient_in_url", "five messages held by the server, sign in to release them",
           "5 messages en attente de remise", ("Service messagerie", "remise@file-attente.example"), [
               P("Bonjour,"),
               P("Cinq messages destinés à user@corp.example.jp sont bloqués à la suite d'une erreur de validation de votre mot de passe."),
               UL("Banque : avis d'opération", "Chronopost : preuve de dépôt", "Direction : RE: prime annuelle"),
               B("Libérer mes messages", "https://file-attente.example/?mail=user@corp.example.jp"),
               P("Ils seront supprimés sous 24 heures.")],
           hand="font", colour="#224466", form="html", footer="corp.example.jp", must=["bloqués à la suite"])


def spanish():
    attack("correos-aduana-es", "es", "correos", "delivery", "button", "parcel at customs, 1.79 euros",
           "Su envío ES0026 está retenido", ("Correos", "avisos@correos-tasas.example"), [
               P("Estimado cliente:"),
               P("No hemos podido entregar su paquete porque faltan por pagar las tasas de aduana (**1,79 €**). Le quedan dos días para abonarlas."),
               B("Pagar y recibir mi paquete", "https://correos-tasas.example/pago?id=ES0026"),
               P("Pasado el plazo, el envío se devolverá al remitente.")],
           hand="shop", colour="#ffcd00", logo="Correos", footer="Sociedad Estatal Correos y Telégrafos", must=["faltan por pagar"])

    attack("agencia-tributaria-es", "es", "agencia_tributaria", "refund", "plain_url", "tax refund can be collected; windows-1252 plain text",
           "Devolución de la Renta: pendiente de su confirmación", ("Agencia Tributaria", "devoluciones@renta-devolucion.test"), [
               P("Tras revisar su declaración le corresponde una devolución de 411,08 euros."),
               P("Para cobrarla debe confirmar su cuenta e introducir su clave y la tarjeta en que desea recibir el importe:\nhttps://renta-devolucion.test/sede/clave"),
               P("La solicitud caduca el viernes. Después tendrá que presentarla en su delegación.")],
           cs="windows-1252", form="plain", cte="quoted-printable", how="Q", must=["le corresponde una devolución"])

    attack("nomina-cambio-cuenta-es", "es", "-", "payroll", "no_link,free_mail,internal_name", "an 'employee' asks human resources to pay the salary to another account; from free mail (an address that Gmail cannot have: underscore)",
           "Cambio de cuenta para mi nómina", ("Taro Yamada", "taro_yamada.personal@gmail.com"), [
               P("Hola:"),
               P("He cambiado de banco y quisiera actualizar mi cuenta para el ingreso de la nómina de este mes. ¿Llego a tiempo? ¿Qué datos necesitas?"),
               P("Te escribo desde mi correo personal porque estoy fuera y no tengo acceso al de la empresa."),
               P("Gracias,\nTaro Yamada")],
           form="plain", cte="8bit", to="rrhh@corp.example", mta="mail-sor-f41.google.com", must=["ingreso de la nómina"])

    attack("buzon-lleno-es", "es", "-", "mailbox_quota", "html_attachment", "mailbox full; HTML attachment with a password form",
           "Aviso: buzón al límite de su capacidad", ("Administrador de correo", "admin@buzon-ampliar.example"), [
               P("Estimado usuario:"),
               P("Su buzón user@corp.example.jp ha superado el 95 % de su capacidad. Abra el archivo adjunto y valide su contraseña para ampliarlo sin coste. De lo contrario, la cuenta se bloqueará en 24 horas.")],
           form="plain", cte="8bit", attachments=[attach("Ampliar_buzon.html", "text/html", wrap.sign_in_form(safe("https://buzon-ampliar.example/g.php"), "Correo corporativo", "Valide su cuenta", "Validar", lang="es", password="Contraseña").encode())], must=["valide su contraseña"])


def portuguese():
    attack("nfe-boleto-pt", "pt", "-", "payment_due", "button", "invoice overdue, name will be listed; link to a file",
           "2a via do boleto em atraso - protesto em 24h", ("Cobrança Digital", "cobranca@boleto-segunda-via.example"), [
               P("Prezado(a),"),
               P("Consta em aberto o boleto no valor de **R$ 1.874,30**, vencido há 12 dias. Caso o pagamento não seja identificado hoje, o título será enviado a protesto e seu CNPJ ficará negativado."),
               B("Visualizar boleto e nota fiscal", "https://boleto-segunda-via.example/nfe/danfe.php?doc=1874"),
               P("Se já pagou, desconsidere este aviso.\nDepartamento de cobrança")],
           hand="outlook", colour="#0a5", must=["enviado a protesto"])

    attack("itau-itoken-pt", "pt", "itau", "mfa_reenrol", "button", "bank token out of date; windows-1252",
           "Seu iToken está desatualizado", ("Itaú Segurança", "seguranca@itoken-sincronizar.test"), [
               P("Olá,"),
               P("identificamos que o iToken do seu aparelho não foi sincronizado. Para não perder o acesso ao aplicativo e aos cartões, faça a sincronização ainda hoje."),
               B("Sincronizar agora", "https://itoken-sincronizar.test/acesso"),
               P("Tenha em mãos agência, conta, senha eletrônica e senha do cartão.")],
           cs="windows-1252", cte="quoted-printable", how="Q", hand="shop", colour="#ec7000", logo="Itaú", footer="Itaú Unibanco S.A.", must=["não foi sincronizado"])

    attack("ctt-encomenda-pt", "pt", "ctt", "delivery", "plain_url", "parcel could not be delivered, customs fee (Portugal)",
           "CTT: encomenda retida na alfândega", ("CTT Expresso", "clientes@ctt-desalfandega.example"), [
               P("Caro cliente,"),
               P("a sua encomenda LP0026PT encontra-se retida. Para ser entregue é necessário pagar 2,15 EUR de direitos: https://ctt-desalfandega.example/pagar"),
               P("Após 3 dias úteis será devolvida à origem.")],
           form="plain", cte="8bit", must=["encontra-se retida"])

    attack("senha-expira-pt", "pt", "microsoft", "password_expiry", "button,base64_recipient", "password of the work account expires today",
           "Sua senha expira hoje - user@corp.example.jp", ("Suporte de TI", "ti@manter-senha.test"), [
               P("A senha da conta **user@corp.example.jp** expira em 4 horas."),
               B("Manter a mesma senha", "https://manter-senha.test/o365/#dXNlckBjb3JwLmV4YW1wbGUuanA="),
               P("Depois disso você será desconectado do Outlook e do Teams e só poderá voltar a entrar pela central de serviços.\n\nEquipe Microsoft 365")],
           hand="ms", colour="#0067b8", logo="Microsoft 365", footer="Não responda a este e-mail", must=["expira em 4 horas"])


def dutch():
    attack("digid-verlengen-nl", "nl", "digid", "account_suspension", "button", "state identity expires",
           "Uw DigiD verloopt binnen 48 uur", ("DigiD", "berichten@digid-verlengen.example"), [
               P("Geachte heer/mevrouw,"),
               P("Door aangescherpte veiligheidseisen moet iedere DigiD opnieuw worden gekoppeld. Doet u dat niet, dan vervalt uw DigiD en moet u een nieuwe aanvragen bij de gemeente."),
               B("DigiD opnieuw koppelen", "https://digid-verlengen.example/inloggen"),
               P("Houd uw wachtwoord en uw bankpas gereed; ter controle wordt 1 cent overgemaakt.")],
           hand="ms", colour="#e17000", logo="DigiD", footer="Logius, Den Haag", must=["opnieuw worden gekoppeld"])

    attack("ing-scanner-nl", "nl", "ing", "mfa_reenrol", "button,text_names_host", "bank card reader must be replaced; link text shows the genuine host",
           "Uw ING Scanner wordt uitgeschakeld", ("ING Klantenservice", "service@ing-scanner-omruil.test"), [
               P("Beste klant,"),
               P("uw huidige ING Scanner werkt vanaf maandag niet meer. Vraag kosteloos een nieuwe aan en bevestig uw gegevens met gebruikersnaam, wachtwoord en pincode."),
               P("[https://mijn.ing.nl/scanner](https://ing-scanner-omruil.test/aanvraag)"),
               P("Vraagt u niets aan, dan wordt uw rekening uit voorzorg geblokkeerd.")],
           cs="windows-1252", cte="quoted-printable", how="Q", colour="#ff6200", logo="ING", hand="shop", label_only=True, footer="ING Bank N.V.", must=["uit voorzorg geblokkeerd"])

    attack("postvak-vol-nl", "nl", "-", "mailbox_quota", "plain_url,internal_name", "mailbox full, own service desk",
           "Servicedesk: uw postvak wordt vandaag gesloten", ("Servicedesk Corp Example", "servicedesk@postvak-beheer.example"), [
               P("Beste collega,"),
               P("uw postvak is over de limiet en wordt vandaag om 17:00 uur gesloten. Meld u aan met uw e-mailadres en wachtwoord om extra ruimte te krijgen:"),
               P("https://postvak-beheer.example/aanmelden"),
               P("Met vriendelijke groet,\nServicedesk ICT")],
           form="plain", cs="US-ASCII", cte="7bit", to="all-staff@corp.example", must=["extra ruimte"])

    attack("factuur-deurwaarder-nl", "nl", "cjib", "payment_due", "plain_url", "fine unpaid, bailiff comes",
           "LAATSTE AANMANING - openstaande boete", ("Incassobureau", "aanmaning@boete-voldoen.test"), [
               P("Ondanks eerdere herinneringen staat uw boete van 67,50 euro nog open. Betaal vandaag via onderstaande betaallink, anders wordt er beslag gelegd op uw inboedel."),
               P("https://boete-voldoen.test/ideal?k=675"),
               P("Dossier 2026/0447, gerechtsdeurwaarder")],
           form="plain", cs="US-ASCII", cte="7bit", must=["beslag gelegd"])
