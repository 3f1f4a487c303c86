## Titles
title-not-found = Ikke funnet
title-not-valid = Ikke gyldig
title-not-possible-now = Ikke mulig nå
title-not-allowed = Ikke tillatt
title-sign-in = Logg inn
title-too-many = For mange forespørsler
title-too-large = For stort
title-wrong-kind = Feil type
title-service-failed = Et system utenfor sviktet
title-no-room = Ikke mer plass
title-overloaded = For travelt akkurat nå
title-unavailable = Virker ikke akkurat nå
title-broken = Noe gikk galt

## Addresses and who may call them
address-not-found = Det finnes ingenting på denne adressen.
operation-not-found = Det finnes ingen slik operasjon på denne adressen.
query-holds-nul = Adressen inneholder et NUL-tegn, %00. Utelat det.
query-unreadable = Adressen ber om noe som ikke kan leses: { $reason }.
sign-in-first = Logg inn først.
permission-missing = Rollen din omfatter ikke «{ $permission }». Be en eier eller administrator av butikken om å endre den.
request-from-elsewhere = Denne forespørselen kom fra en side på et annet nettsted. Bruk Ombuds egen konsoll eller en API-nøkkel.
changed-meanwhile = Noen endret dette i mellomtiden. Se på det en gang til, og gjenta.

## What was sent
body-not-json = Send JSON, med overskriften Content-Type: application/json.
body-too-large = Innholdet er større enn { $kilobytes } kB.
body-unreadable = Dette kan ikke leses: { $reason }.
field-missing = Feltet «{ $name }» mangler.
field-unknown = Det finnes ikke noe felt «{ $name }» her. Utelat det.
address-not-encrypted = Begynn adressen med https://, så ingen underveis leser passordet. Bare den som drifter Ombud, kan tillate et system i samme nettverk uten.
idempotency-key-missing = Oppgi en Idempotency-Key: dette flytter penger og må ikke skje to ganger.
idempotency-key-not-readable = Bruk 1 til { $most } synlige ASCII-tegn, for eksempel en UUID.
idempotency-key-of-another-request = Denne nøkkelen kom med en annen forespørsel tidligere. Lag en ny nøkkel for hver forespørsel.
must-not-be-empty = Dette kan ikke stå tomt.
too-few-characters = Minst { $least } tegn; her er det { $count }.
too-many-characters = Høyst { $most } tegn; her er det { $count }.
too-many-bytes = Høyst { $most } byte; her er det { $count }.
too-many-entries = Høyst { $most } oppføringer; her er det { $count }.
not-an-email = Skriv en e-postadresse, for eksempel navn@example.com.
not-a-web-address = Skriv en nettadresse som begynner med https:// eller http://.
text-too-large = Denne teksten er lengre enn { $kilobytes } kB.
text-too-formatted = Denne teksten har mer formatering enn Ombud tar imot. Lim den inn uten formatering.

## Passwords and links
password-too-short = Bruk minst { $least } tegn. Noen ord på rad er lette å huske.
password-too-long = Bruk høyst { $most } tegn.
password-is-the-address = Dette er e-postadressen din. Velg noe ingen vet.
password-easily-guessed = Dette er et av passordene som prøves først av dem som gjetter. Velg et annet.
link-not-valid = Denne lenken er ikke gyldig. Åpne den akkurat slik den ble sendt, eller be om en ny.
link-expired = Denne lenken er utløpt. Be om en ny.

## What a shop signs for its visitors
signature-not-a-jwt = Butikkens signatur er ikke en JWT med hode, påstander og signatur.
signature-too-long = Butikkens signatur er lengre enn { $most } tegn.
signature-not-hs256 = Butikkens signatur må være laget med HS256, uten kritiske utvidelser.
signature-of-another-key = Butikkens signatur er ikke laget med en nøkkel som tilhører denne butikken.
signature-lacks-claims = Butikkens signatur må ha påstandene sub, exp, aud og nonce, hver av sin vanlige type.
signature-for-another-shop = Påstanden aud i butikkens signatur nevner ikke denne butikken.
signature-expired = Butikkens signatur er utløpt. Lag en ny for hver sidevisning.
signature-lives-too-long = Påstanden exp i butikkens signatur kan ligge høyst én time fram i tid.
signature-not-valid-yet = Butikkens signatur er ikke gyldig ennå.
signature-claims-not-readable = Påstandene sub og nonce i butikkens signatur må ha 1 til 255 synlige tegn.

## Files
file-empty = Denne filen er tom.
file-of-another-kind = Send et bilde som PNG, JPEG, GIF eller WebP, en PDF, en MP4-video, en lydfil som WAV, MP3 eller Ogg, eller en TXT- eller CSV-fil i UTF-8.
file-not-kept-there = Dette er ikke et sted der Ombud oppbevarer filer.
file-not-found = Denne filen ble ikke funnet.
picture-damaged = Dette bildet er skadet. Lagre det på nytt og send kopien.
picture-too-large = Dette bildet har { $width } × { $height } piksler; { $millions } millioner er det meste. Send en mindre kopi.

## Texts with variables (Liquid)
template-too-long = Denne teksten er lengre enn { $most } byte.
template-not-liquid = Denne teksten er ikke gyldig Liquid.
template-not-liquid-here = Linje { $line }, tegn { $column }: Dette er ikke gyldig Liquid. Variabler ser slik ut: {"{{"} customer.first_name {"}}"}.
template-filter-unknown = Det finnes ikke noe filter «{ $filter }». Vanlige er upcase, default og date.
template-refused = Denne teksten kan ikke fylles ut: { $reason }
template-values-not-an-object = Verdiene til en tekst er et objekt.
template-nested-too-deep = Denne teksten er nøstet dypere enn { $most } nivåer.
template-repeats-too-often = Denne teksten gjentar seg for mange ganger.
template-value-too-long = Denne teksten lager en verdi som er lengre enn { $kilobytes } kB.
template-comes-out-too-long = Denne teksten blir lengre enn { $kilobytes } kB når den fylles ut.
template-cuts-a-character = Denne teksten deler et tegn i to.
template-numbers-too-large = Denne teksten regner med for store tall.
template-needs-a-number = Her ventes et heltall.
template-loop-needs-a-list = Bare en liste kan gås gjennom med for.
template-loop-too-long = En løkke går gjennom høyst { $most } ledd. Bruk limit for å si hvor mange du trenger.
template-join-needs-a-list = Bare en liste kan settes sammen med join.
template-date-format-too-long = Dette datoformatet er for langt.
template-not-a-date-format = «{ $format }» er ikke et datoformat.
template-has-no-clock = En tekst har ingen egen klokke. Bruk en variabel.

## Addresses Ombud calls
url-too-long = Ombud går ikke til adresser på mer enn { $most } tegn.
url-not-an-address = Dette er ikke en nettadresse.
url-not-http = Ombud går bare til adresser som begynner med https:// eller http://.
url-holds-password = Ombud går ikke til en adresse som inneholder brukernavn eller passord.
url-leads-inside = Ombud går ikke til denne adressen: Den fører til et privat nettverk.
url-redirects-nowhere = Ombud går ikke til denne adressen: Den viderekobler til noe som ikke er en adresse.
url-redirects-to-http = Ombud går ikke til denne adressen: Den viderekobler fra https til http.
answer-too-large = { $service } svarte med mer enn { $most } byte.

## Work in the background
event-not-found = Denne hendelsen ble ikke funnet.
reaction-not-found = Det som skulle følge av dette, er ikke lenger en del av Ombud.
job-not-found = Denne jobben ble ikke funnet.
job-kind-not-found = Det finnes ikke lenger jobber av denne typen.
job-taken-over = En annen arbeider har overtatt denne jobben.
job-unreadable = Det denne jobben gjelder, kan ikke leses: { $reason }
mail-not-found = Denne e-posten ble ikke funnet.
