"""Twins in German, French, Spanish, Portuguese and Dutch: banks, couriers, carriers, offices, from their own domains. Entry: mails()."""
from samples.twins import *

DE = dict(to="jonas.beispiel@corp.example", tz=2)
FR = dict(to="amelie.exemple@corp.example", tz=2)
ES = dict(to="carlos.ejemplo@corp.example", tz=2)
PT = dict(to="joao.exemplo@corp.example", tz=-3)
NL = dict(to="sanne.voorbeeld@corp.example", tz=2)


def mails():
    A("telekom-rechnung-de", "de", "telekom", "invoice", "pdf", "phone bill as PDF", "Telekom Festnetz-Rechnung für Juni 2026", ("Telekom Deutschland GmbH", "rechnungonline@telekom.de"), [
        P("Guten Tag Jonas Beispiel,"), P("anbei erhalten Sie Ihre aktuelle Rechnung. Der Betrag von 44,95 € wird am 26.06.2026 von Ihrem Konto abgebucht."), P("Ihr [Kundencenter](https://www.telekom.de/mein-konto) zeigt alle Rechnungen. Zu Ihrer Sicherheit nennen wir in jeder echten Rechnungs-Mail Ihren Namen und die letzten Stellen Ihrer Buchungskontonummer: ...4471.")],
      look="div", auth="own", attachments=[ms.attach("Rechnung_2026_06.pdf", "application/pdf", pdf(["Telekom Deutschland GmbH", "Rechnung Juni 2026", "44,95 EUR"]))], footer="Telekom Deutschland GmbH, Landgrabenweg 151, Bonn", **DE)
    A("dhl-paket-de", "de", "dhl", "delivery", "button", "parcel comes today", "Ihr DHL Paket kommt heute", ("DHL Paket", "noreply@dhl.de"), [
        P("Guten Tag, Ihr Paket von Muster Elektronik kommt heute zwischen 13:30 und 15:30 Uhr."), B("Sendung verfolgen", "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=00340000000000000000"), P("Niemand zu Hause? Wählen Sie bis 11 Uhr einen Ablageort oder eine Filiale. DHL fragt nie per E-Mail nach Kartendaten.")],
      colour="#d40511", logo="DHL", auth="own", footer="DHL Paket GmbH, Sträßchensweg 10, Bonn", **DE)
    A("sparkasse-pushtan-de", "de", "sparkasse", "notice_mfa", "no_link", "the TAN app must be renewed by a date, windows-1252; the letter comes by post", "Wichtig: Ihre S-pushTAN-Verbindung endet am 30. September", ("Sparkasse Beispielstadt", "info@sparkasse.de"), [
        P("Sehr geehrter Herr Beispiel,"), P("Ihre Anmeldung zum pushTAN-Verfahren läuft am 30. September ab. Ohne neue Verbindung können Sie danach keine Aufträge mehr freigeben."), P("Sie müssen jetzt nichts tun: Den Registrierungsbrief mit Ihrem persönlichen QR-Code schicken wir Ihnen mit der Post. Wir fragen Sie niemals per E-Mail oder am Telefon nach PIN oder TAN."), P("Mit freundlichen Grüßen\nIhre Sparkasse Beispielstadt")],
      cs="windows-1252", cte="quoted-printable", how="Q", form="plain", auth="own", **DE)
    A("elster-zertifikat-de", "de", "elster", "notice_account", "plain_url", "certificate of the tax portal runs out, renew it in time", "Ihr ELSTER-Zertifikat läuft bald ab", ("Mein ELSTER", "portal@elster.de"), [
        P("Sehr geehrte Nutzerin, sehr geehrter Nutzer,"), P("das Zertifikat Ihres Benutzerkontos \"corp-koeln\" läuft am 14.12.2026 ab. Nach diesem Tag ist eine Anmeldung nicht mehr möglich und Sie müssen sich neu registrieren."), P("Bitte melden Sie sich vorher an und verlängern Sie es unter \"Mein Benutzerkonto\": https://www.elster.de/"), P("Diese E-Mail wurde automatisch erzeugt.")],
      form="plain", auth="own", to="koeln@corp.example", tz=1, when="11-16 05:00")
    A("ing-postbox-de", "de", "ing", "notice_account", "no_link", "a document lies in the bank's post box", "Neue Nachricht in Ihrer Post-Box", ("ING", "noreply@ing.de"), [
        P("Hallo Jonas Beispiel,"), P("in Ihrer Post-Box liegt ein neues Dokument: **Änderung unserer Bedingungen – Ihre Zustimmung bis 31. August**."), P("So finden Sie es: App öffnen oder ing.de in die Adresszeile tippen, einloggen, Post-Box. Aus Sicherheitsgründen schicken wir keine Links zum Login.")],
      look="notice", logo="ING", colour="#ff6200", auth="own", footer="ING-DiBa AG, Theodor-Heuss-Allee 2, Frankfurt am Main", **DE)
    A("personal-bewerbung-de", "de", "-", "business", "pdf,quote", "answer to an applicant who could not sign in to the portal", "AW: Zugang zum Bewerberportal gesperrt", ("Muster Personalberatung", "karriere@muster-personal.example.com"), [
        P("Sehr geehrte Damen und Herren,"), P("der Zugang von Frau Probe ist nach fünf Fehlversuchen gesperrt worden. Bitte setzen Sie das Kennwort zurück oder nehmen Sie die Unterlagen im Anhang an; die Frist endet heute um 18 Uhr."), P("Freundliche Grüße\nM. Muster"), OQ("Von: Bewerbung Corp Example <jobs@corp.example>\nGesendet: Montag, 2. März 2026 16:20\nBetreff: Zugang zum Bewerberportal", "Bitte laden Sie die Unterlagen über das Portal hoch.")],
      look="mso", to="jobs@corp.example", tz=1, when="03-03 09:40", attachments=[ms.attach("Unterlagen_Probe.pdf", "application/pdf", pdf(["Bewerbung Petra Probe"]))], extra=thread("jobs-0302@corp.example"))
    A("colissimo-livraison-fr", "fr", "laposte", "delivery", "button", "parcel waits at the post office for ten days", "Votre colis vous attend en bureau de poste", ("Colissimo", "noreply@notif-colissimo-laposte.info"), [
        P("Bonjour Amélie EXEMPLE,"), P("votre colis n° 6A00000000000 est disponible au bureau de poste Lyon Exemple **jusqu'au 14 mai inclus**. Munissez-vous d'une pièce d'identité et du code de retrait 4402."), B("Suivre mon colis", "https://www.laposte.fr/outils/suivre-vos-envois?code=6A00000000000"), P("La Poste ne demande jamais de paiement par e-mail pour livrer un colis.")],
      colour="#ffcb05", logo="La Poste", auth="own", footer="La Poste SA, 9 rue du Colonel Pierre Avia, Paris", **FR)
    A("impots-avis-fr", "fr", "impots", "notice_account", "no_link", "tax notice is online; no link on purpose", "Votre avis d'impôt 2026 est disponible", ("Direction générale des Finances publiques", "ne-pas-repondre@dgfip.finances.gouv.fr"), [
        P("Bonjour,"), P("votre avis d'impôt sur les revenus est disponible dans votre espace particulier. Pour le consulter, saisissez vous-même l'adresse du site impots.gouv.fr dans votre navigateur."), P("La DGFiP ne vous demandera jamais votre numéro de carte bancaire ni vos mots de passe par courriel. Un remboursement éventuel est versé directement sur le compte connu de nos services.")],
      form="plain", auth="own", **FR)
    A("ameli-message-fr", "fr", "ameli", "notice_account", "link", "a message in the health insurance account, windows-1252", "Vous avez reçu un nouveau message dans votre compte ameli", ("Assurance Maladie", "assurance-maladie@info.ameli.fr"), [
        P("Madame EXEMPLE,"), P("un nouveau message vous attend dans la messagerie de votre compte : « Votre carte Vitale : mise à jour nécessaire ». La mise à jour se fait gratuitement en pharmacie, sur une borne."), P("[Accéder à ameli.fr](https://www.ameli.fr/)"), P("Restez vigilant : l’Assurance Maladie ne demande jamais vos coordonnées bancaires par e-mail.")],
      cs="windows-1252", cte="8bit", how="Q", look="bare", auth="own", footer="Assurance Maladie", **FR)
    A("facture-relance-fr", "fr", "-", "invoice", "pdf", "reminder of an unpaid bill by a supplier", "Relance : facture F-2026-311 impayée", ("Comptabilité Exemple SARL", "compta@exemple-sarl.example.com"), [
        P("Madame, Monsieur,"), P("sauf erreur de notre part, la facture F-2026-311 d'un montant de 862,40 € reste impayée à ce jour. Nous vous remercions de procéder au règlement sous huit jours, faute de quoi les livraisons seront suspendues."), P("Nos coordonnées bancaires sont inchangées.")],
      look="mso", attachments=[ms.attach("F-2026-311.pdf", "application/pdf", pdf(["Exemple SARL", "Facture F-2026-311", "862,40 EUR"]))], footer="Exemple SARL, 3 rue de l'Exemple, Lyon", **{**FR, "to": "lyon@corp.example"})
    A("correos-aviso-es", "es", "correos", "delivery", "button", "a parcel waits for its receiver", "Tu envío ya está disponible para recoger", ("Correos", "noreply@correos.es"), [
        P("Hola, Carlos:"), P("No hemos podido entregar tu envío PK0000000000000000000X porque estabas ausente. Lo tienes en la oficina Sevilla Sucursal 4 durante **15 días**."), B("Localizar mi envío", "https://www.correos.es/es/es/herramientas/localizador/envios/detalle?tracking-number=PK00"), P("Correos no solicita datos de tarjeta por correo electrónico ni SMS.")],
      colour="#ffcd00", logo="Correos", auth="own", footer="Sociedad Estatal Correos y Telégrafos, S.A.", **ES)
    A("bbva-aviso-es", "es", "bbva", "payment", "no_link", "card payment notice, windows-1252", "Compra con tu tarjeta BBVA por 124,50 €", ("BBVA", "avisos@bbva.com"), [
        P("Carlos, has realizado una compra con tu tarjeta terminada en 0042:"), P("Comercio: FERRETERIA MUESTRA\nImporte: 124,50 €\nFecha: 12/06/2026 18:22"), P("¿No la reconoces? Apaga la tarjeta desde la app y llámanos al número que figura en el reverso. Nunca te pediremos tus claves por correo.")],
      cs="windows-1252", cte="quoted-printable", how="Q", form="plain", auth="own", **ES)
    A("caixabank-mantenimiento-es", "es", "caixabank", "notice_maintenance", "link", "maintenance of internet banking at night", "Mantenimiento programado de CaixaBankNow", ("CaixaBank", "no-reply@caixabank.com"), [
        P("Estimado cliente:"), P("el domingo 8 de noviembre, de 1:00 a 6:00, CaixaBankNow no estará disponible por tareas de mantenimiento. No es necesario que actualices tus datos ni que hagas nada."), P("Más información en [caixabank.es](https://www.caixabank.es/)")],
      look="div", auth="own", to="carlos.ejemplo@corp.example", tz=1, when="11-04 12:00", footer="CaixaBank, S.A., Valencia")
    A("universidad-contrasena-es", "es", "-", "password_expiry", "plain_url", "a university tells its former researcher that his password ends; true", "Su contraseña caduca en 10 días", ("Servicio de Informática, Universidad Muestra", "sic@univ-muestra.example.org"), [
        P("Estimado/a usuario/a:"), P("la contraseña de su cuenta carlos.ejemplo@univ-muestra.example.org caduca el 30 de junio. Puede cambiarla con su certificado o DNI electrónico en https://identidad.univ-muestra.example.org/ o en persona en la biblioteca."), P("Si no la cambia, la cuenta quedará bloqueada, pero no se borrará ningún mensaje.")],
      form="plain", auth="own", when="06-20 08:00", **ES)
    A("correios-objeto-pt", "pt", "correios", "delivery", "plain_url", "import duty of a parcel must be paid: true", "Objeto NX000000000BR aguardando pagamento", ("Correios", "no-reply@correios.com.br"), [
        P("Olá, João!"), P("Seu objeto NX000000000BR passou pela fiscalização e aguarda o pagamento de tributos. O prazo é de 20 dias; depois disso, o objeto será devolvido ao remetente."), P("Faça o pagamento somente no ambiente Minhas Importações, com seu CPF e senha:\nhttps://cas.correios.com.br/"), P("Os Correios não enviam boletos nem chave Pix por e-mail.")],
      form="plain", auth="own", **PT)
    A("nubank-fatura-pt", "pt", "nubank", "invoice", "pdf", "card bill is closed", "A fatura do seu cartão Nubank está fechada", ("Nubank", "todomundo@nubank.com.br"), [
        P("Olá, João,"), P("sua fatura fechou em R$ 1.204,33 e vence em 10 de agosto. O PDF está em anexo e também no app."), P("Antes de pagar, confira se o beneficiário é Nu Pagamentos S.A. Não compartilhe sua senha de 4 dígitos com ninguém.")],
      look="notice", logo="nubank", colour="#820ad1", auth="own", attachments=[ms.attach("fatura-2026-08.pdf", "application/pdf", pdf(["Nubank - fatura agosto 2026", "Total: R$ 1.204,33"]))], footer="Nu Pagamentos S.A.", **PT)
    A("itau-seguranca-pt", "pt", "itau", "notice_new_device", "no_link", "the app was set up on a new phone", "Novo aparelho autorizado no app Itaú", ("Itaú", "seguranca@itau.com.br"), [
        P("João, um novo aparelho foi autorizado a usar o iToken da sua conta final 0417."), P("Aparelho: Galaxy\nData: 02/04/2026 às 20:11"), P("Foi você? Então está tudo certo. Se não foi, ligue agora para a central, no número do verso do cartão, e peça o bloqueio. O Itaú não liga pedindo senha nem transferência.")],
      form="plain", auth="own", **PT)
    A("ctt-encomenda-pt", "pt", "ctt", "delivery", "button", "parcel of the Portuguese post, windows-1252", "A sua encomenda será entregue amanhã", ("CTT Expresso", "noreply@ctt.pt"), [
        P("Olá,"), P("a encomenda DA000000000PT, enviada por Loja Exemplo, será entregue amanhã entre as 9h e as 18h. Não vai estar em casa? Escolha outro local até às 20h de hoje."), B("Alterar a entrega", "https://www.ctt.pt/feapl_2/app/open/objectSearch/objectSearch.jspx?objects=DA000000000PT")],
      cs="windows-1252", cte="quoted-printable", how="Q", look="bare", auth="own", to="joao.exemplo@corp.example", tz=1, footer="CTT - Correios de Portugal, S.A.")
    A("postnl-pakket-nl", "nl", "postnl", "delivery", "button", "parcel comes today", "Je pakket komt vandaag tussen 14:15 en 16:15", ("PostNL", "noreply@edm.postnl.nl"), [
        P("Hoi Sanne,"), P("je pakket van Voorbeeldwinkel is onderweg. Geef tot 12:00 aan als je het bij de buren of op een PostNL-punt wilt laten bezorgen."), B("Volg je pakket", "https://jouw.postnl.nl/track-and-trace/3SSAMPLE000-NL-1011AA"), SM("Twijfel je of een bericht van ons is? Kijk op [postnl.nl/phishing](https://www.postnl.nl/klantenservice/).")],
      look="notice", logo="PostNL", colour="#ed8c00", auth="own", footer="PostNL, Den Haag", **NL)
    A("rabobank-pas-nl", "nl", "rabobank", "account", "no_link", "new bank card comes by post, old one stops at a date", "Uw nieuwe pas is onderweg", ("Rabobank", "noreply@rabobank.nl"), [
        P("Beste mevrouw Voorbeeld,"), P("uw bankpas verloopt op 31 oktober. De nieuwe pas is vandaag per post verstuurd, uw pincode blijft hetzelfde. Activeer de pas door een keer te pinnen in een winkel."), P("Knip de oude pas door en gooi hem weg. Wij vragen u nooit om een pas op te sturen, en sturen geen e-mails met een link om in te loggen.")],
      form="plain", auth="own", **NL)
    A("belastingdienst-bericht-nl", "nl", "belastingdienst", "notice_account", "no_link", "the tax office has put a letter into the message box", "Er staat een bericht voor u klaar in MijnOverheid", ("MijnOverheid", "noreply@notificatie.overheid.nl"), [
        P("Geachte mevrouw S. Voorbeeld,"), P("In uw Berichtenbox staat een nieuw bericht van de Belastingdienst: Voorlopige aanslag 2026. Ga zelf naar mijn.overheid.nl en log in met DigiD om het te lezen."), P("Deze e-mail bevat uit veiligheidsoverwegingen geen link. U kunt niet op dit bericht reageren.")],
      form="plain", auth="own", **NL)
    A("it-wachtwoord-nl", "nl", "-", "password_expiry", "link", "a partner's portal: password expires, twice a year, with its own link", "Uw wachtwoord voor het leveranciersportaal verloopt over 5 dagen", ("Leveranciersportaal Voorbeeld BV", "noreply@portaal.voorbeeld-bv.example.com"), [
        P("Beste leverancier,"), P("uw wachtwoord voor het portaal verloopt op 30 september. Log in op [het portaal](https://portaal.voorbeeld-bv.example.com/profiel) en kies een nieuw wachtwoord. Na die datum kunt u via 'wachtwoord vergeten' weer toegang krijgen."), P("Vragen? Bel uw inkoper.")],
      look="bare", auth="own", when="09-25 07:00", footer="Voorbeeld BV, Utrecht", **NL)
    A("kollege-weiterleitung-attached-de", "de", "-", "user_report", "nested_message", "a colleague in Köln forwards a lure as attachment, in German", "WG: Verdächtige Nachricht im Anhang", ("Jonas Beispiel", "jonas.beispiel@corp.example"), [
        P("Hallo Security-Team,"), P("im Anhang eine Nachricht, die mir komisch vorkommt: angeblich läuft mein Microsoft-Kennwort heute ab. Ich habe nichts angeklickt. Darf ich sie löschen?"), P("Gruß\nJonas")],
      form="plain", to="security@corp.example", tz=1, internal=True, attachments=[b'Content-Type: message/rfc822\nContent-Disposition: attachment; filename="Ihr Kennwort.eml"\n\n' + next(m[2] for m in ms.MAILS if m[1] == "microsoft-password-expiry-en" and m[0] == "attack")], when="02-11 09:05")
