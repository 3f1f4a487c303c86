## A customer
title-customers = Kunder · Ombud
edit-customer = Rediger kunden
phone = Telefon
not-known = Ikke kjent
no-contact = Ingen kontaktopplysninger ennå
verified = bekreftet
speaks = Språk
country = Land
comes-from = Sted og tid der
seen = Sist sett
seen-never = Aldri
online-now = Pålogget nå
customer-since = Først sett
notes-about = Notater om kunden
notes-placeholder = Størrelser, ønsker, hva som er lovet …
no-notes = Ingen notater.
wrote-from = Skrev fra
answered-before = Spurt om på forhånd
other-conversations = Andre samtaler

## Blocking
blocked = Blokkert
block = Blokker
unblock = Opphev blokkering
block-title = Blokkere { $name }?
block-about = Nye meldinger fra kunden blir ikke lenger tatt imot. Du kan oppheve det her når som helst.

## Én person, to kunder
perhaps-same = Kanskje samme person
alike-same-email = Samme e-postadresse: { $shared }
alike-guest-address = Har bestilt som gjest med { $shared }
alike-same-phone = Samme telefonnummer: { $shared }
alike-same-name = Samme navn og land: { $shared }
merge = Slå sammen …
not-the-same = Ikke samme person
told-apart = De blir ikke foreslått for hverandre lenger.
merge-title = Slå sammen disse to kundene?
merge-about = Det kan oppheves når som helst.
stays = Blir stående
goes-along = Blir en del av den
merge-what-moves = Samtalene og ordrene til begge står ved siden av hverandre, også de som kommer.
merge-what-shows = Det { $name } mangler, vises fra den andre. Er én av dem blokkert, er begge det.
merge-what-visitors-see = I chatten ser hver nettleser fortsatt bare sine egne samtaler.
merge-yes = Slå sammen
merged = De er én kunde nå.
merged-here = Slått sammen med denne kunden
merged-on = Av { $member } { $date }
separate = Skill igjen
separated = De er to kunder igjen.
merge-stays = Består, fordi en av dem er slettet

## Personal data
personal-data = Personopplysninger
export-data = Eksporter personopplysninger
exporting = Eksporterer … { $size }
exported = Personopplysningene ligger blant nettleserens nedlastinger.
erase = Slett kunden …
erase-title = Slette { $name }?
erase-about = Med en gang, og for alle. Det kan ikke angres. Eksporter opplysningene først hvis kunden vil ha en kopi.
erase-forgotten = Dette glemmes
erase-forgotten-person = Navn, e-post, telefon, språk og sted, og notatene deres om kunden
erase-forgotten-said = Alt i samtalene: meldinger, svar, interne notater, utkast og filer
erase-forgotten-chat = Kundens chat på sidene deres. Kommer kunden tilbake, er det som en fremmed
erase-stays = Dette blir stående
erase-stays-talks = At det var samtaler, når, med hvem i teamet, og etikettene på dem
erase-stays-proof = At kunden ga samtykke, og hvem som slettet kunden og når
erase-stays-backups = Det som finnes i eldre sikkerhetskopier, til de slettes
erase-sure = Jeg forstår at ingen kan hente dette tilbake
erase-unsure = Kryss av her først. Det er for godt.
erase-yes = Slett for godt
erased = Kunden er slettet.
erased-at = Slettet { $date }
erased-about = Det som var kjent om kunden, og det som ble sagt, er glemt for godt. Bare at kunden var her, og når, er fortsatt kjent.

## The list of customers
search-customers = Søk på navn, e-post eller telefon
no-customers = Ingen kunder ennå
no-customers-about = Alle som skriver i chatten, dukker opp her med samtalene sine.
no-customer-found = Fant ingen
no-customer-found-about = Prøv begynnelsen av navnet, eller en del av e-postadressen.

## Adresser
addresses = Adresser
address = Adresse
address-add = Legg til en adresse
address-add-about = Den regnes som en påstand til kunden eller butikken har bekreftet den.
address-kind = Type
address-hint = Et telefonnummer har landkode, for eksempel +47 22 22 22 22.
address-email = E-postadresse
address-phone = Telefonnummer
address-account = Kundenummer i butikken
address-guest = Dit bestillinger uten konto går
address-handle = I en meldingsapp
address-remove = Fjern { $address }
claimed = ikke bekreftet

## Kundeetiketter
customer-tags = Kundeetiketter
customer-tag-add = Legg til en kundeetikett
conversation-tags = Etiketter på samtalen

## Notater
note-write = Skriv et notat
note-keep = Legg til notat
note-edit = Rediger notatet
note-edited = redigert
note-delete = Slett notatet
note-delete-title = Slette dette notatet?
note-delete-about = For alle, og for godt.
somebody-gone = En som har sluttet
note-by = Notat av { $name }

## Samtykke
consents = Samtykke
no-consents = Kunden er ikke spurt ennå.
consent-given = Tillatt
consent-withdrawn = Ikke tillatt
consent-given-since = Tillatt siden { $date }
consent-withdrawn-since = Ikke tillatt siden { $date }
consent-record = Skriv ned et samtykke
consent-record-about = Det kunden har sagt. Det blir stående som bevis, så ingenting av det kan endres senere.
consent-what = Hva kunden sa
consent-purpose = Til hva
consent-channel = På hvilken kanal
consent-wording = Ordene kunden så eller hørte
consent-wording-about = Ord for ord, hvis du har dem.
evidence = Alt som er sagt, med bevis
evidence-where = Hvor det ble sagt
evidence-by = Skrevet ned av
evidence-page = Side
evidence-network = Internettadresse
evidence-version = Versjon av ordene
purpose-conversation = Lagring av det som skrives
purpose-service = Nytt om bestillinger
purpose-marketing = Tilbud og nyhetsbrev
purpose-feedback = Spørsmål om hvordan det var
purpose-browsing = Det de gjør i butikken
source-webchat = I chatten, ved å krysse av
source-page = På en side i butikken
source-form = I et skjema
source-checkout = I kassen
source-in-person = Ansikt til ansikt
source-told = Til en av oss
source-message = I en melding der
source-import = I et annet system, før

## Det butikken vil vite
attributes = Kundefelt
attributes-edit = Rediger feltene
yes = Ja
no = Nei
preferred-channel = Vil helst nås på
birthday = Bursdag
birthday-day = Dag
birthday-month = Måned
birthday-year = År
birthday-about = Dag og måned holder. Året bare hvis kunden har sagt det.

## Det som har skjedd
timeline = Tidslinje
handled-by = med { $name }
first-seen = Var her for første gang

## Avgrense listen, og merke mange
filter-visitors = Hvem som vises
filter-contacts = Kunder
filter-looked-around = Bare sett seg om
filter-tag = Alle etiketter
filter-language = Alle språk
filter-country = Alle land
filter-seen = Sett når som helst
filter-seen-days = { $count ->
    [one] Sett i dag eller i går
   *[other] Sett de siste { $count } dagene
}
filter-blocked = Blokkert eller ikke
not-blocked = Ikke blokkert
filters-clear = Fjern filtre
bulk-choose = Velg { $name }
bulk-chosen = { $count ->
    [one] { $count } valgt
   *[other] { $count } valgt
}
bulk-none = Velg ingen
bulk-tag = Legg til etikett …
bulk-untag = Fjern etikett …
bulk-tagged = { $count ->
    [0] Alle har «{ $name }» fra før.
    [one] Én kunde har nå «{ $name }».
   *[other] { $count } kunder har nå «{ $name }».
}
bulk-untagged = { $count ->
    [0] Ingen av dem hadde «{ $name }».
    [one] Én kunde har mistet «{ $name }».
   *[other] { $count } kunder har mistet «{ $name }».
}
