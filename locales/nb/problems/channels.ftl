## Who may chat
chat-not-found = Denne chatten ble ikke funnet.
visitor-token-missing = Send den besøkendes nøkkel.
page-not-listed = Chatten kan ikke brukes på denne siden. Butikken fører opp sidene sine under Innstillinger → Chat.
network-blocked = Chatten er ikke tilgjengelig herfra.
sign-in-to-chat = Logg inn i butikken for å chatte.
consent-missing = Butikken kan bare lagre det du skriver, hvis du samtykker. Kryss av i boksen for å begynne.
name-missing = Skriv navnet ditt.
email-missing = Skriv e-postadressen din.

## Setting up the chat
origin-not-an-address = «{ $origin }» er ikke adressen til et nettsted. Skriv den som https://shop.example, uten sti.
color-not-readable = Skriv en farge som #0b6b5a.
address-not-whole = Skriv hele adressen, fra og med https://.
reply-minutes-out-of-range = Velg fra 1 minutt til én uke.
signing-key-not-found = Denne nøkkelen ble ikke funnet.
too-many-signing-keys = En butikk har høyst { $most } signeringsnøkler. Trekk tilbake en som ikke lenger brukes.
browsing-not-kept = Denne butikken lagrer ikke hva besøkende gjør på sidene.
browsing-needs-consent = Den besøkende må samtykke før noe lagres.

# mailboxes and letters
mailbox-not-found = Postkassen finnes ikke. Noen kan ha koblet den fra.
letter-not-found = Brevet finnes ikke lenger.
letter-not-aside = Det er ikke lagt noe slikt brev til side: noen har bestemt seg for hva som skal skje med det.
letter-not-kept = Dette brevet ligger bare i postkassen. Les det der.
mailbox-there-already = Denne adressen tilhører allerede en annen postkasse.
too-many-mailboxes = En butikk har høyst { $most } postkasser.
port-not-there = Skriv inn porten, som 993 eller 587.
password-unfit = Et passord har 1 til 1000 tegn, alle på én linje.
mail-not-encrypted = Passord sendes ikke ukryptert. Velg TLS eller STARTTLS.
no-mailbox-to-answer-from = Postkassen samtalen kom inn i, er ikke lenger tilkoblet.
mailbox-paused = Postkassen står på pause; svaret venter til den går videre.
nobody-to-write-to = Det er ingen dette kan sendes til.
signing-key-missing = Denne postboksen har ingen nøkkel å signere med. Lag en først.
signing-record-missing = Det står ikke noe under dette navnet ennå. Nye oppføringer trenger minutter, noen ganger timer, før de synes.
signing-record-other = Det står noe annet under dette navnet. Sammenlign det med oppføringen som vises her, tegn for tegn.

# lines: numbers, pages and bots at partners
partner-not-found = Den slags linje finnes ikke.
line-not-found = Linjen finnes ikke. Noen kan ha koblet den fra.
line-there-already = Den er koblet til allerede.
too-many-lines = En butikk har høyst { $most } linjer.
line-is-another = Dette åpner en annen linje. Koble den til som en ny.
no-line-to-answer-from = Linjen er ikke koblet til lenger. Skriv via en annen kanal.
no-templates-here = Denne samtalen føres ikke gjennom noen linje som har maler.
template-not-found = WhatsApp godtar ikke denne malen lenger. Oppdater listen og velg en annen.
template-gap-open = Fyll ut denne.
template-gap-unknown = Malen har ikke noe slikt felt.
template-part-too-long = Ferdig utfylt har denne delen { $count } tegn; { $most } er tillatt.
window-closed = { $channel } tar imot svar i { $hours } timer etter at kunden sist skrev. Vent til kunden skriver igjen, eller skriv i en annen kanal.
window-closed-template = { $channel } tar bare imot fri tekst i { $hours } timer etter at kunden sist skrev. Velg en mal.
comment-removed = Det de skrev er borte, så det er ingenting å svare på.
public-files = På { $channel } sendes ikke filer der alle leser dem. Svar privat, eller la dem være.
public-too-long = Offentlig tar { $channel } imot { $most } tegn; her er det { $count }.
no-private-reply = { $channel } tar imot ett privat svar på en kommentar, innen sju dager. Svar offentlig, eller vent til de skriver.
private-reply-too-long = Et privat svar har høyst { $most } tegn; her er det { $count }.
outlet-gone = De kan ikke nås der lenger. Se på nytt hvor de kan nås.
outlet-closed = Det går ikke an å skrive til dem der nå.
outlet-is-here = Denne samtalen føres allerede der. Svar i den.
conversation-not-public = Denne samtalen er privat allerede.
nothing-to-hide = Her er det ingenting du kan skjule.
telegram-token-wrong = Kopier tokenet slik BotFather viser det: tall, kolon og bokstaver.
meta-id-wrong = Kopier nummeret slik Meta viser det: bare sifre.
twilio-account-wrong = Kopier konto-SID-en slik Twilio viser den: AC og 32 tegn til.
x-user-id-wrong = Fyll inn nummeret til kontoen, bare sifre; @navnet kan endre seg.
body-not-text = Send tekst som UTF-8.
call-not-signed = Anropet er ikke signert slik partneren signerer.
contact-form-closed = Dette kontaktskjemaet er stengt. Prøv igjen senere.
contact-options-uneven = Hvert språk må ha like mange valg, ett per linje, i samme rekkefølge.
contact-option-gone = Dette svaret finnes ikke lenger. Velg på nytt.
contact-form-too-large = Skjemaet er større enn { $megabytes } MB med filene. Send færre eller mindre filer.
contact-form-unreadable = Skjemaet kunne ikke leses. Prøv igjen.
contact-needs-mailbox = Velg først postboksen som svarene kommer fra.
contact-consent-missing = Kryss av i boksen: først da kan butikken lagre det du skriver.
