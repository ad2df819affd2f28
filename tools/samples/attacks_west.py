"""English attack mails with a link and no unusual wrapping: vaults, identity, the own IT and HR departments, documents, money, parcels, platforms.

Takes: nothing. Gives: mails. Entry: `add`. The wrapped ones are in attacks_wrapped.py, those without a link in attacks_people.py.
"""
import base64

from make_samples import B, H, KV, P, RAW, SM, UL
from samples.attacks import at, attack

B64 = base64.b64encode(b"taro.yamada@corp.example").decode()


def add():
    vaults()
    identity()
    own_company()
    documents()
    money_and_parcels()
    platforms()


def vaults():
    attack("lastpass-new-desktop-en", "en", "lastpass", "update_download", "button", "claims that the vendor was hacked: install the new desktop program",
           "We had a security incident. Please update the LastPass desktop app", ("LastPass Alerts", "hello@lastpass-desktop.test"), [
               P("Hi there,"),
               P("Over the weekend an attacker got into a system that builds our older desktop program (.exe). Copies of it that are still in use can be made to hand over the contents of a vault."),
               P("We have rebuilt the program from scratch. Replace your copy now, then sign in once with your master password so that the vault is encrypted again under a fresh key."),
               B("Download the safe version", "https://lastpass-desktop.test/get/LastPass-Setup.msi"),
               P("Copies that were not replaced by Monday will be disconnected. We are sorry for the trouble.\nCustomer Trust, LastPass")],
           hand="docbox", colour="#d32d27", logo="LastPass", footer="Questions? Read the [incident page](https://lastpass-desktop.test/incident).", must=["encrypted again under a fresh key"])

    attack("onepassword-billing-en", "en", "onepassword", "billing_problem", "button,genuine_links", "subscription frozen because of a declined card; the small print links to the genuine site",
           "Your 1Password membership is frozen", ("1Password Billing", "billing@1pw-membership.example"), [
               P("Hello Taro,"),
               P("we tried three times to charge the card that ends in 0082. Your membership is now frozen: items can be viewed until Thursday and will then be moved to an archive."),
               B("Sign in and update card", f"https://1pw-membership.example/signin?l=en&u={B64}"),
               P("To unfreeze, sign in with your account password and Secret Key and enter a card that is valid."),
               SM("See also [support.1password.com](https://support.1password.com/) and our [privacy notice](https://1password.com/legal/privacy/).")],
           hand="shop", colour="#1a8cff", logo="1Password", to="taro.yamada@corp.example", footer="AgileBits, Toronto", must=["unfreeze"])

    attack("bitwarden-key-upgrade-en", "en", "bitwarden", "maintenance_deadline", "plain_url", "encryption settings have to be renewed before a deadline, by entering the master password",
           "[Bitwarden] KDF settings below minimum for your account", ("Bitwarden", "no-reply@bw-kdf-update.example"), [
               P("The account user@corp.example.jp still uses 5,000 KDF iterations. From 1 December on, our servers refuse to unlock vaults with fewer than 600,000."),
               P("Raise the setting in your browser (takes a minute, needs your master password):\n\n    https://bw-kdf-update.example/#/settings/security/keys"),
               P("A vault that was not raised in time can be opened only from a backup. Export yours first if you are not sure.")],
           form="plain", cte="7bit", cs="US-ASCII", when=at("2026-11-05 01:17"), footer="The Bitwarden team", must=["Raise the setting"])

    attack("it-vault-audit-en", "en", "-", "vault_export", "button,internal_name", "own security department, no brand: upload an export of the password manager for an audit",
           "Mandatory credential hygiene audit - export due Thursday", ("Corp Example Information Security", "grc@corp-credential-audit.example"), [
               P("Dear colleagues,"),
               P("to renew our cyber insurance, we have to show that no password is used twice. The auditor needs an **export of your password manager (CSV)** from every employee who keeps passwords of company systems."),
               P("In your password manager, choose Settings, Export, file format CSV. Then drop the file here:"),
               P("[Audit upload](https://corp-credential-audit.example/drop/7d0c)"),
               P("The files are deleted once hashes have been taken. Please complete the export by Thursday; managers receive a list of missing uploads on Friday morning.")],
           hand="outlook", to="all-staff@corp.example", footer="Governance, Risk & Compliance | Corp Example", must=["cyber insurance"])

    attack("dashlane-family-emergency-en", "en", "dashlane", "emergency_access", "button,typosquat", "emergency contact has asked for access, deny within 6 hours; host with a letter left out",
           "Marta asked for emergency access to your Dashlane", ("Dashlane", "alerts@dashlne.example"), [
               H("Marta B. wants to open your vault"),
               P("You named Marta as emergency contact in 2021. She asked for access at 02:12 and will receive **all shared credentials in 6 hours** unless you say no."),
               B("Deny request", "https://dashlne.example/emergency/deny/51b0"),
               P("To deny, unlock with your Master Password. If you agree, simply ignore this mail.")],
           colour="#0e353d", logo="Dashlane", to="hanako.sato@corp.example.jp", footer="Dashlane Inc.", must=["emergency contact"])

    attack("keepass-cloud-plugin-en", "en", "keepass", "master_password", "plain_url,typosquat", "KeePass database check after a published hole; asks for file and master key",
           "KeePass 2.5x CVE notice: check your .kdbx file", ("KeePass Security List", "security@keepasss.example"), [
               P("A flaw in KeePass before 2.58 leaves parts of the master key in the header of the database. Files saved with these versions can be opened without the key."),
               P("Test your file (drop the .kdbx and enter the master key, everything stays in the browser):\nhttps://keepasss.example/check/"),
               P("If the check is red, save the repaired file that is offered. Attackers are scanning cloud folders for old files right now, so please do not put it off.")],
           form="plain", cte="7bit", cs="US-ASCII", to="dev@corp.example", footer="You are subscribed as dev@corp.example", must=["drop the .kdbx"])


def identity():
    attack("okta-helpdesk-sso-en", "en", "okta", "credential_request", "plain_url,subdomain", "staff moved to a new sign-on page; organisation's name as sub-domain of the attacker's host",
           "New SSO dashboard for Corp Example - sign in before Wednesday", ("Okta for Corp Example", "sso@okta-dashboards.test"), [
               P("Your company has moved to a new Okta dashboard. Your old bookmarks stop working on Wednesday."),
               P("Your new dashboard: https://corp.okta-dashboards.test/app/UserHome"),
               P("Use your current user name, password and push approval for the first sign-in. Your tiles will appear within an hour.")],
           form="plain", cte="7bit", cs="US-ASCII", to="user@corp.example", auth="own", footer="Okta for Corp Example", must=["first sign-in"])

    attack("entra-unfamiliar-signin-en", "en", "microsoft", "sign_in", "button,open_redirect", "unfamiliar sign-in; the button goes through an open redirect of a genuine search engine",
           "Unfamiliar sign-in blocked for user@corp.example.jp", ("Microsoft account security", "account-security@mssec-notify.example"), [
               P("We blocked a sign-in to user@corp.example.jp because the place was new to us."),
               KV(("Country", "Moldova"), ("IP", "203.0.113.88"), ("Browser", "Chrome 141, Linux"), ("Result", "Blocked, password was correct")),
               P("As your password is known to somebody else, review the activity and secure the account:"),
               B("Review activity", "https://www.google.com/url?q=https%3A%2F%2Fmssec-notify.example%2Freview&sa=D&ust=1770000000000"),
               SM("To opt out of these notices, [change your preferences](https://mssec-notify.example/optout).")],
           hand="ms", colour="#0067b8", logo="Microsoft account", footer="Microsoft Corporation, Redmond", must=["password was correct"])

    attack("oauth-consent-calendar-en", "en", "microsoft", "oauth_consent", "button", "an app with a helpful name asks for consent to mail and files",
           "Approve 'Meeting Notes AI' for your calendar", ("Meeting Notes AI", "onboarding@meeting-notes-ai.example"), [
               P("Hi,"),
               P("Aiko invited you to **Corp Example Notes**. From tomorrow, minutes of all meetings are written by Meeting Notes AI and sent to everybody who has approved it."),
               P("Approving takes one click: choose your work account and press **Accept** on the permissions screen (read your mail, read all files you can access, keep access to data)."),
               B("Approve with Microsoft", "https://meeting-notes-ai.example/connect?client_id=00000000-5a4d-4c45-0000-000000000000&prompt=consent&scope=Mail.ReadWrite%20Files.Read.All%20offline_access"),
               P("You do not need a password. Minutes of meetings before your approval cannot be delivered later.")],
           hand="shop", colour="#5b5fc7", logo="Meeting Notes AI", auth="own", to="taro.yamada@corp.example", footer="Meeting Notes AI. [Unsubscribe](https://meeting-notes-ai.example/u)", must=["permissions screen"])

    attack("oauth-paste-url-en", "en", "microsoft", "oauth_consent", "button", "asks to copy the address with the code that the browser shows after a genuine sign-in and to paste it into a page",
           "Secure file from Harbour & Lane LLP: verification needed", ("Harbour & Lane LLP", "matters@harbourlane-files.example"), [
               P("A document was placed in our client vault for you. To confirm that you are a person, we use your own Microsoft sign-in."),
               UL("Open the [vault](https://harbourlane-files.example/v/8e0) and press Sign in.",
                  "Choose your account. The browser then shows an address that starts with localhost and an error; this is expected.",
                  "Copy the whole address, including the part after code=, and paste it into the box of the vault."),
               P("The document opens at once. The link is personal and lapses at midnight.")],
           hand="outlook", to="hanako.sato@corp.example.jp", footer="Harbour & Lane LLP, Commercial Litigation", auth="own", must=["including the part after code="])

    attack("device-code-hr-en", "en", "microsoft", "device_code", "genuine_link", "benefits enrolment by device code; the only link is the genuine device page",
           "Open enrollment: activate your benefits profile", ("Benefits Center", "enroll@benefits-center.test"), [
               P("Open enrollment for next year closes on Friday. Your profile has to be linked to your work account first."),
               P("1. Open [microsoft.com/devicelogin](https://microsoft.com/devicelogin)\n2. Type the activation code **SAMPL-E42X**\n3. Pick your work account, approve the sign-in and confirm 'Continue'"),
               P("The code is valid for 15 minutes from the moment you open this message. If it has lapsed, reply NEW and we send another.")],
           style="div", to="user@corp.example", footer="Benefits Center", must=["activation code"])

    attack("duo-bypass-text-en", "en", "duo", "mfa_reenrol", "button,mixed_script", "words of the lure written with Cyrillic and Greek letters",
           "Du\u043e: y\u043eur devi\u0441e must be re-enr\u043flled", ("Du\u043e Securit\u0443", "devices@duo-restore.example"), [
               P("Y\u043eur m\u043ebile device lost its trust with D\u03c5o on Sunday. Re-enr\u043ell now to keep using tw\u043e-factor authenti\u0441ation."),
               B("Re-enr\u043ell devi\u0441e", "https://duo-restore.example/portal"),
               P("You will be asked for y\u043eur \u0440assword and one \u0440asscode. Y\u043eur acc\u043eunt will be sus\u0440ended t\u043enight if nothing is done.")],
           colour="#6bbf4e", logo="Du\u043e", footer="Duo Security", must=["\u0440assword"])

    attack("mfa-reset-request-en", "en", "-", "mfa_reset", "button,internal_name", "somebody asked to reset your second factor; cancel by signing in",
           "Request #77120: MFA reset for your account was approved", ("IT Service Desk", "noreply@itsm-corp.example"), [
               P("Hi,"),
               P("the request to **reset multi-factor authentication** for taro.yamada was approved by the service desk and runs at 14:00 today. Your current authenticator will be removed."),
               KV(("Opened by", "taro.yamada (phone call)"), ("Approved by", "K. Watanabe"), ("New phone", "+44 ** **** **31")),
               P("Did you not ask for this? [Cancel the reset](https://itsm-corp.example/sd/77120/cancel) with your network user name and password before 14:00.")],
           hand="gmail", to="taro.yamada@corp.example", footer="This mailbox is not read.", must=["Your current authenticator will be removed"])


def own_company():
    attack("hr-salary-review-en", "en", "-", "payroll", "button,internal_name", "salary increase letter, personalised subject with a reference number; sign in to view",
           "Taro Yamada - FY26 compensation adjustment letter [Ref: CE-7F21]", ("Corp Example HR", "hr-docs@compensation-portal.test"), [
               P("Dear Taro,"),
               P("your compensation review has been completed and an adjustment was approved. The letter takes effect with the July payroll once you have acknowledged it."),
               P("[FY26_Compensation_Yamada.pdf](https://compensation-portal.test/d/7F21?" + B64 + ")"),
               P("Please acknowledge by 17:00 today. Late acknowledgements move to the next pay period. The content is confidential and must not be discussed with colleagues."),
               P("Human Resources\nCorp Example")],
           hand="outlook", to="taro.yamada@corp.example", must=["adjustment was approved"])

    attack("payroll-portal-workday-en", "en", "workday", "payroll", "button", "payment election task in the HR system; sign in or salary goes out by cheque",
           "Task awaiting you: Confirm payment election", ("Workday Notifications", "corpexample@myworkday-tasks.example"), [
               P("Business process: **Payment election enrolment event**\nSubject: Hanako Sato\nDue: today"),
               P("The bank could not validate the account on file. Confirm your payment election, or this month's salary is issued as a paper cheque."),
               B("Go to task", "https://myworkday-tasks.example/corpexample/d/task/2997$4411.htmld"),
               SM("Sent from the Workday tenant corpexample. Sign in with your single sign-on credentials.")],
           hand="ms", colour="#005cb9", logo="workday.", to="hanako.sato@corp.example.jp", footer="Workday, Inc.", must=["payment election"])

    attack("hr-termination-list-en", "en", "-", "shared_document", "plain_url,internal_name", "frightening: list of positions affected by the restructuring",
           "Restructuring Q4: affected positions (do not forward)", ("HR Office", "hr.office@people-files.example"), [
               P("All,"),
               P("as announced, 42 positions are affected by the restructuring. Each employee is asked to read the list and the severance terms and to confirm that they have been informed."),
               P("https://people-files.example/s/restructuring_q4.xlsx?web=1"),
               P("The file opens with your e-mail account and password. Not confirming by the end of the day counts as consent to the terms.")],
           form="plain", cs="US-ASCII", cte="7bit", to="all-staff@corp.example", internal=False, must=["severance terms"])

    attack("it-vpn-certificate-en", "en", "fortinet", "credential_request", "button,internal_name", "VPN certificate renewal by web form",
           "FortiClient VPN certificate: renew before 18:00", ("Network Operations", "netops@vpn-renewal.example"), [
               P("Team,"),
               P("the client certificate for **FortiClient SSL-VPN** on your laptop ends today at 18:00. Remote workers who miss the renewal have to come to the office to get a new one."),
               B("Renew certificate", "https://vpn-renewal.example/remote/login?realm=corp"),
               P("Sign in with Windows user name and password and the token shown by your phone. Then restart the laptop.")],
           hand="ms", colour="#da291c", logo="Network Operations Center", to="user@corp.example", footer="NOC, extension 4100", must=["have to come to the office"])

    attack("webmail-upgrade-university-en", "en", "-", "mailbox_quota", "plain_url", "crude: sent from a hijacked university account, bad grammar, form on a free site",
           "Dear Webmail User", ("ITS Help Desk", "m.garcia@univ.example.org"), [
               P("Your webmail is now 102% full, this make our server to slow for all staff and student. We are deleting the inactive box this night so you must re-validate your own today."),
               P("To re-validate Go to this page, put the user name with password two times and press Submit:\n\nhttp://webmail-revalidate.sitebuilder.example/"),
               P("If you did not do it the box will be remove and no mail can be recover.\nRegards,\nAdmin of Webmail")],
           form="plain", cs="US-ASCII", cte="7bit", to="undisclosed-recipients:;", rcpt="user@corp.example", auth="own", must=["re-validate"])

    attack("mail-deactivation-cancel-en", "en", "-", "account_suspension", "button,recipient_in_url", "a request to close the mailbox was received, cancel it",
           "Action: your request to terminate user@corp.example.jp", ("corp.example.jp Admin", "cpanel@admin-cancel.test"), [
               P("Hello user,"),
               P("we got your request to terminate **user@corp.example.jp** and will process it within 8 hours. All messages and contacts will be erased."),
               P("If this was not your doing:"),
               B("Cancel de-activation", "https://admin-cancel.test/roundcube/?login=user@corp.example.jp"),
               P("corp.example.jp mail admin")],
           hand="font", colour="#ff6c2c", form="html", footer="(c) 2026 corp.example.jp", must=["terminate"])


def documents():
    attack("docusign-settlement-en", "en", "docusign", "e_signature", "button", "document for signature, security code in the mail, button in the vendor's yellow",
           "Complete: Settlement_Agreement_CorpExample.pdf", ("Docusign eSignature", "dse@docusign-na5.example"), [
               H("Jane Sample sent you a document to review and sign."),
               B("REVIEW DOCUMENT", "https://docusign-na5.example/signing/emails/v1-9c4f"),
               P("Jane Sample\njane@sample-law.example.org"),
               P("Please sign the attached settlement before close of business, the other side withdraws its offer at 18:00."),
               P("**Alternate signing method**\nSecurity code: 5A4D504C-4500-SAMPLE\nSign in with your business e-mail to open the document.")],
           hand="docbox", colour="#1e4ca1", logo="docusign", to="hanako.sato@corp.example.jp", footer="Do not share this email. Docusign, Inc.", must=["withdraws its offer"])

    attack("sharepoint-partner-otp-en", "en", "microsoft", "shared_document", "button,compromised_partner", "a partner's hijacked mailbox shares a proposal; link to a page of the attacker",
           "Ichiro Tanaka shared \"RFP_2026_CorpExample\" with you", ("Ichiro Tanaka", "tanaka@sample-shoji.example.com"), [
               P("Hello,"),
               P("here is the proposal that I promised. It is on our OneDrive because of its size. You may be asked to verify your work e-mail and password, as it is shared only with named people."),
               RAW('<table width="420" cellpadding="14" style="border:1px solid #ddd"><tr><td style="font-family:Segoe UI"><b>RFP_2026_CorpExample.pdf</b><br><span style="color:#888">4.2 MB, shared by Ichiro Tanaka</span></td></tr></table><br>', "RFP_2026_CorpExample.pdf (4.2 MB)"),
               B("Open", "https://onedrive-sampleshoji.example/personal/tanaka/rfp?e=4%3aSAMPLE"),
               P("Let me have your comments today if you can.\nKind regards,\nIchiro Tanaka\nSample Shoji Co., Ltd., Sales Department")],
           hand="ms", colour="#0078d4", auth="own", to="taro.yamada@corp.example", must=["shared only with named people"])

    attack("dropbox-transfer-en", "en", "dropbox", "shared_document", "button,text_names_host", "transfer with drawings expires; link text shows the genuine host",
           "You received 3 files (expires in 24 hours)", ("Dropbox Transfer", "transfer@dbx-deliver.test"), [
               P("**orders@machine-parts.example** sent you files:"),
               UL("PO_88213_drawings.zip", "PO_88213_terms.pdf", "Company_profile.pdf"),
               P("Download: [https://www.dropbox.com/t/9rQsample](https://dbx-deliver.test/t/9rQsample)"),
               P("The transfer is locked to your address. Sign in with the mailbox that received this message.")],
           hand="gmail", form="html", colour="#0061fe", to="sales@corp.example", label_only=True, footer="Dropbox, Inc.", must=["locked to your address"])

    attack("drive-comment-en", "en", "google", "shared_document", "button", "comment in a shared file assigned to you",
           "Board minutes - Ken assigned you an action item", ("Ken Takahashi (Google Docs)", "comments-noreply@docs-comment.example"), [
               P("**Ken Takahashi** assigned you an action item in the document\nBoard minutes 2026-10"),
               RAW('<div style="border:1px solid #dadce0;border-radius:8px;padding:16px"><span style="background:#fff3c4">wire instructions to be confirmed by finance</span><br><br>@hanako please look at this right away, we need it for the 3 pm call</div><br>', "> wire instructions to be confirmed by finance\n@hanako please look at this right away, we need it for the 3 pm call"),
               B("Open", "https://docs-comment.example/document/d/1samplE/edit?disco=AAAA"),
               SM("Your session has ended; you may need to sign in again with your Google password.")],
           hand="shop", colour="#1a73e8", logo="Google Docs", to="hanako.sato@corp.example.jp", footer="Google LLC. You have received this email because you are mentioned in this thread.", must=["action item"])

    attack("fax-scan-en", "en", "-", "fax_scan", "button,internal_name,hidden_text", "scanner of the own office sent a document; hidden honest text after many line ends",
           "Scan from CORP-MFP-03 (2 pages) 0x1F44", ("CORP-MFP-03", "scanner@office-mfp.example"), [
               P("Device name: CORP-MFP-03\nLocation: 4th floor\nPages: 2\nResolution: 200x200 dpi"),
               B("View scanned document", f"http://office-mfp.example/scan/view.php?doc=1F44&u={B64}"),
               P("The document is kept for 24 hours.")],
           hidden='<div style="display:none">Thanks for joining the garden club. Our next walk starts at the old mill on Saturday morning. Bring water, a hat and good shoes. Dogs are welcome. We will stop for tea at the farm and be back by two.</div>\n',
           hand="font", colour="#333333", to="taro.yamada@corp.example", footer="WorkCentre", must=["View scanned document"])


def money_and_parcels():
    attack("dhl-address-en", "en", "dhl", "delivery", "button,text_names_host", "parcel on hold, address incomplete, small fee",
           "Your parcel JD0146 is on hold at our depot", ("DHL Express", "delivery@dhl-track-depot.example"), [
               H("Address incomplete"),
               P("Our courier could not deliver JD0146 0000 0000 sample because the house number is missing. Please correct the address and pay the re-delivery fee of EUR 1.99."),
               P("[https://www.dhl.com/track/JD0146](https://dhl-track-depot.example/fix/JD0146)"),
               P("Parcels that are not claimed within 48 hours go back to the sender.")],
           colour="#ffcc00", logo="DHL", to="user@corp.example", label_only=True, footer="Deutsche Post DHL Group", must=["re-delivery fee"])

    attack("toll-unpaid-en", "en", "ezpass", "toll", "plain_url", "unpaid toll, licence suspension threatened",
           "FINAL REMINDER: unpaid toll $6.99", ("E-ZPass Toll Services", "notice@ezpass-due.test"), [
               P("Our records show an unpaid toll of $6.99 for your vehicle. To avoid a late fee of $50.00 and the suspension of your registration, settle the balance today:"),
               P("https://ezpass-due.test/pay/i/0019"),
               P("(Copy the address into Safari if it does not open.)")],
           form="plain", cs="US-ASCII", cte="7bit", must=["suspension of your registration"])

    attack("hmrc-refund-en", "en", "hmrc", "refund", "button", "tax rebate, bank details asked for",
           "HMRC: a rebate of GBP 386.14 is waiting for you", ("HM Revenue & Customs", "rebates@hmrc-rebate.example"), [
               P("Dear taxpayer,"),
               P("your tax code for 2024/25 was corrected, so that you have paid GBP 386.14 too much. The claim stays open for five working days; sums that nobody claims are kept by the Treasury."),
               B("Claim rebate", "https://hmrc-rebate.example/gateway/sign-in"),
               P("You need your Government Gateway password, national insurance number and the card to which the rebate shall be paid.")],
           hand="ms", colour="#00703c", logo="GOV.UK", footer="Crown copyright", when=at("2026-02-11 19:31"), must=["Claim rebate"])

    attack("netflix-on-hold-en", "en", "netflix", "billing_problem", "button", "streaming subscription on hold",
           "Your plan is paused", ("Netflix", "info@nflx-account-hold.test"), [
               H("Your account is on hold"),
               P("Hi,\nthe last payment for your plan bounced, so we have paused your profile. Give us a card that works and you can go on watching where you left off."),
               B("Update now", "https://nflx-account-hold.test/YourAccountPayment"),
               P("The plan is cancelled after two more days without a payment.\nNetflix Member Care")],
           hand="shop", colour="#e50914", logo="NETFLIX", form="html", cte="base64", footer="SRC: 0A4D_en_JP", must=["on hold"])

    attack("ledger-migration-en", "en", "ledger", "seed_phrase", "button", "hardware wallet: quantum-safe migration, asks for the recovery phrase",
           "Mandatory firmware migration for Ledger devices", ("Ledger Device Security", "device@ledger-migrate.test"), [
               P("From 30 September on, Ledger devices with firmware older than 2.5 can no longer sign transactions."),
               P("Start the migration in your browser and confirm ownership with your **24-word recovery phrase**. Your assets stay where they are."),
               B("Begin migration", "https://ledger-migrate.test/start"),
               P("Devices that were not migrated are flagged as lost, and their accounts are frozen for your safety.")],
           colour="#111111", logo="LEDGER", when=at("2026-09-21 05:00"), to="taro.yamada@corp.example", footer="Ledger SAS, Paris", must=["recovery phrase"])

    attack("metamask-kyc-en", "en", "metamask", "seed_phrase", "plain_url", "wallet must be verified by entering the secret phrase",
           "Verify your MetaMask wallet to comply with new rules", ("MetaMask Support", "kyc@metamask-verify.example"), [
               P("New travel-rule regulation requires that every self-hosted wallet is tied to a verified owner."),
               P("Verify yours by 31 March: https://metamask-verify.example/wallet (have your Secret Recovery Phrase at hand)."),
               P("Unverified wallets lose access to swaps and bridges. Ticket 5580213.")],
           form="plain", cs="US-ASCII", cte="7bit", when=at("2026-03-24 22:08"), must=["Secret Recovery Phrase"])


def platforms():
    attack("npm-two-factor-en", "en", "-", "mfa_reset", "button", "package registry: second factor out of date, account locked on a date; to a developer",
           "Two-factor credentials older than 12 months", ("package registry support", "support@registry-npm.test"), [
               P("Hi, corp-example-dev!"),
               P("As part of our account hygiene, we ask maintainers to renew two-factor credentials that were set more than 12 months ago. Ours show 387 days for yours."),
               B("Renew 2FA now", "https://registry-npm.test/settings/tfa?u=corp-example-dev"),
               P("Accounts with old credentials will be locked from 10 September on, and releases of their packages will be paused."),
               SM("If you have questions, contact support.")],
           hand="shop", colour="#cb3837", logo="registry", to="dev@corp.example", when=at("2026-09-08 20:33"), footer="Package registry", must=["Renew 2FA"])

    attack("github-oauth-alert-en", "en", "github", "oauth_consent", "plain_url", "false security alert asks to authorise a recovery app",
           "[corp-example/gateway] Security alert: unusual access (Issue #318)", ("GitHub Security", "notifications@gh-security-alert.example"), [
               P("@corp-example-dev, a personal access token of yours was used at 03:52 UTC to clone 14 private repositories (client 203.0.113.140)."),
               UL("Revoke the token: https://gh-security-alert.example/login/oauth/authorize?scope=repo%20user%20workflow%20delete_repo",
                  "See what was cloned: https://gh-security-alert.example/settings/sessions"),
               P("You will be asked to authorise the app Token Guard, which revokes foreign tokens for you. Please authorise the app within the hour."),
               P("--\nReply to this email directly or view it on GitHub.\nYou are receiving this because you were mentioned.")],
           form="plain", cte="7bit", cs="US-ASCII", to="dev@corp.example", extra="List-Archive: <https://gh-security-alert.example/corp-example/gateway>\nPrecedence: list\n", must=["authorise the app"])

    attack("meta-copyright-en", "en", "facebook", "copyright", "button", "company page will be removed because of copyright; appeal form asks for the password",
           "Your Page has been scheduled for removal (case 100482)", ("Meta Business Support", "case@page-appeal.test"), [
               P("Hello Corp Example,"),
               P("a rights holder reported that your Page shares music without permission. After a review the Page is **scheduled for permanent removal within 24 hours**."),
               P("If you believe this is a mistake, you may appeal once:"),
               B("Request review", "https://page-appeal.test/help/contact/100482"),
               P("For identification you will be asked for the e-mail address, phone number and password of an administrator of the Page."),
               P("Meta Platforms, Copyright Team")],
           hand="ms", colour="#1877f2", logo="Meta", to="marketing@corp.example", auth="own", footer="Meta Platforms, Inc., Menlo Park", must=["appeal once"])

    attack("booking-partner-en", "en", "booking", "account_suspension", "button", "to a hotel's address: guest complaint must be answered in the extranet",
           "Guest complaint: reply required in the Extranet (booking 4417002913)", ("Booking.com Partner Hub", "noreply@extranet-partnerhub.example"), [
               P("Dear partner,"),
               P("a guest has filed a serious complaint (bed bugs, 3 photos). According to the partner terms, you have 12 hours to reply. Without a reply your property will be **closed for new bookings**."),
               B("See complaint", "https://extranet-partnerhub.example/hotel/hoteladmin/complaint?id=4417002913"),
               P("Sign in with your Extranet user name, password and the code sent by SMS.")],
           hand="shop", colour="#003b95", logo="Booking.com", to="reservations@corp.example", footer="Booking.com B.V.", must=["closed for new bookings"])

    attack("zoom-recording-en", "en", "zoom", "credential_request", "button,punycode", "cloud recording with your name; host with a look-alike letter in Punycode",
           "Cloud recording: 'Performance case - T. Yamada' is now available", ("Zoom", "no-reply@zoom-recording.test"), [
               P("Hi Taro Yamada,"),
               P("a cloud recording in which you are mentioned was shared with you.\nTopic: Performance case - T. Yamada\nDate: 30 Jan 2026 10:00 AM Tokyo"),
               B("Watch recording", "https://" + "xn--" + "z\u03bf\u03bfm".encode("punycode").decode() + ".example/rec/play/sample"),
               P("Sign in with SSO to watch. The recording is deleted after 12 hours.")],
           hand="gmail", colour="#0b5cff", to="taro.yamada@corp.example", when=at("2026-01-30 12:02"), footer="Thank you for choosing Zoom.", must=["recording in which you are mentioned"])

    attack("godaddy-mail-domain-en", "en", "godaddy", "domain_renewal", "button,recipient_in_url", "domain expired yesterday",
           "corp.example expired yesterday", ("GoDaddy Renewals", "renewals@gd-domain-renew.test"), [
               P("Customer number: 0000001"),
               P("Your domain **corp.example** expired yesterday. Your website and mail are still up, as a courtesy, until midnight UTC."),
               B("Renew for $21.99", "https://gd-domain-renew.test/checkout?d=corp.example&m=user@corp.example.jp"),
               P("After that the name is put up for auction. Sign in with your account or pay as a guest by card.")],
           hand="docbox", colour="#00838c", logo="GoDaddy", to="it-info@corp.example.jp", footer="GoDaddy.com, LLC", must=["put up for auction"])

    attack("linkedin-recruiter-en", "en", "linkedin", "job", "button", "recruiter's message about a well-paid post; sign in by mail account to schedule a talk",
           "Claire (Head of Talent) sent you a confidential message", ("LinkedIn Messaging", "messages@inmail-linked.example"), [
               P("Claire Sample  -  2nd\nHead of Talent at Northwind Biotech"),
               P("Hi Taro, your profile came up for a director role we have not posted (160-190k, remote). May I send you the brief? Book a slot with your work calendar, it syncs by itself."),
               B("Book a slot", "https://inmail-linked.example/c/claire?auth=google"),
               SM("To sync, sign in with your Google or Microsoft password.")],
           hand="shop", colour="#0a66c2", logo="in", to="taro.yamada@corp.example", footer="This email was intended for Taro Yamada (Engineer at Corp Example).", must=["director role"])
