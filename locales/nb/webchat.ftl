## Chatten på butikkens side

# topp
back = Tilbake
close = Lukk chatten
menu = Mer
reply-time = Svarer vanligvis innen { $time }
online = Vi er her nå
opens = Vi åpner { $time }
closed = Ikke til stede nå

# hjem
choose = Hvem vil du snakke med?
start = Start en samtale
leave = Legg igjen en melding
earlier = Tidligere samtaler
resolved-short = avsluttet
unread = Nye meldinger

# spørsmål før første melding
before = Litt om deg, så vi kan hjelpe.
email-why = Vi har stengt nå. Legg igjen e-postadressen din, så svarer vi deg der.
closed-now = Vi har stengt nå.
email-leave = Få svaret på e-post
email-noted = Takk. Er du ikke her, svarer vi deg på { $email }.
name = Navn
email = E-post
optional = (valgfritt)
name-missing = Skriv navnet ditt, så vi vet hva vi skal kalle deg.
email-missing = Skriv e-postadressen din, så vi kan svare deg.
email-wrong = Dette ser ikke ut som en e-postadresse. Skriv den som navn@example.com.
consent = Jeg samtykker til at denne chatten lagres, slik det står i { $policy }.
policy = personvernerklæringen
consent-missing = Kryss av i boksen for å chatte med oss. Uten samtykke kan vi ikke lagre meldingene dine.
go-on = Gå til chatten

# samtale
log = Samtale
you = Du
write = Skriv en melding …
send = Send
attach = Legg ved fil eller bilde
drop = Slipp filer her for å sende dem
emoji = Sett inn emoji
typing = { $name } skriver …
event-joined = { $name } ble med i samtalen
event-resolved = Samtalen ble avsluttet
price-from = fra { $price }
sold-out = Utsolgt
only-left = Bare { $count } igjen
resolved = Samtalen er avsluttet. Skriv for å åpne den igjen, eller start en
new = Ny samtale
transcript = Last ned samtalen
forget = Glem denne chatten
forget-sure = Skal samtalene dine glemmes i denne nettleseren? Du kan ikke lese dem her igjen.
forget-yes = Ja, glem dem
cancel = Avbryt

# hurtigsvar
quick = Raske svar
bot = Bot · ikke et menneske
helped = Det hjalp
person = Snakk med et menneske
glad = Bra at det hjalp. Spør gjerne om noe annet, eller skriv til oss.
track-why = Jeg forteller det bare til den som bestilte. Det du skriver, blir mellom oss.
number = Ordrenummer
postcode = Postnummer
track = Vis bestillingen
code-rather = Få en kode på e-post i stedet
code-why = Jeg sender en kode til adressen du bestilte med. Den som kan lese den, ser disse bestillingene.
code-send = Send meg en kode
code-sent = Er noe bestilt med denne adressen, er en kode på vei dit. Den gjelder i ti minutter.
code = Kode

# hvor langt en melding er kommet
waiting = Venter på forbindelse
sending = Sender …
sent = Sendt
delivered = Levert
read = Lest
refused = Ikke sendt.
retry = Prøv igjen
remove = Slett

# filer
uploading = Laster opp { $name }
remove-file = Fjern { $name }
file-big = { $name } er større enn { $size }. Velg en mindre fil.
file-kind = { $name } kan ikke sendes her. Velg et bilde, en PDF, en tekstfil eller en MP4-video.
file-empty = { $name } er tom. Velg en annen fil.
file-many = { $name } er én for mye: en melding rommer { $count } filer. Send den med den neste.

# det som gikk galt
too-long = { $count } tegn for mye. Kort ned meldingen eller send den i to deler.
offline = Ingen forbindelse. Det du skriver venter her og sendes én gang når du er tilbake.
no-connection = Vi får ikke kontakt med butikken. Sjekk forbindelsen og prøv igjen.
too-many = Det var mye på kort tid. Prøv igjen om { $time }.
forbidden = Du kan ikke skrive her akkurat nå. Kontakt butikken på en annen måte.
sign-in = Logg inn i butikken for å chatte med oss.
gone = Denne samtalen finnes ikke lenger. Start en ny.
broken = Noe gikk galt hos oss. Prøv igjen om litt.

# what a new shop says until it writes its own texts (Liquid)
default-greeting = Hei! Hva kan vi hjelpe deg med?
default-acknowledgement = Takk, vi har fått meldingen din. Vi svarer som regel innen {"{{"} reply_minutes {"}}"} minutter.
default-away = Takk, vi har fått meldingen din. Akkurat nå har vi stengt, og er tilbake {"{{"} opens_date {"}}"} kl. {"{{"} opens_time {"}}"}. Legg igjen e-postadressen din, så svarer vi deg der.
