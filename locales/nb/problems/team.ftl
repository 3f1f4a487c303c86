## Signing in
credentials-wrong = E-postadressen eller passordet er feil.
session-over = Du er ikke logget inn, eller økten er avsluttet. Logg inn igjen.
token-not-valid = Denne API-nøkkelen er ikke gyldig: Den er trukket tilbake, utløpt, eller medlemmet er deaktivert.
member-of-no-shop = Du er ikke lenger medlem av noen butikk. Be en eier av butikken om å invitere deg.
not-with-a-token = Dette kan ikke gjøres med en API-nøkkel. Logg inn med en nettleser.
sign-in-from-elsewhere = Denne forespørselen kom fra en side på et annet nettsted. Bruk Ombuds egen konsoll.
session-not-found = Denne økten ble ikke funnet.
password-not-current = Dette er ikke det nåværende passordet ditt.
reset-link-over = Denne lenken er allerede brukt eller utløpt. Be om en ny.
person-not-found = Denne personen ble ikke funnet.

## Shops
shop-not-found = Denne butikken ble ikke funnet.
shop-called-otherwise = Denne butikken heter «{ $name }». Skriv navnet for å stenge den.
set-up-already = Denne installasjonen er allerede satt opp. Logg inn i konsollen, eller åpne flere butikker derfra.
time-zone-unknown = Velg en tidssone med IANA-navnet, for eksempel Europe/Oslo.
network-not-readable = Skriv en adresse eller et nettverk, for eksempel 203.0.113.7 eller 203.0.113.0/24.
reopen-days-out-of-range = Velg 0 til { $most } dager.
undo-seconds-out-of-range = Velg 0 til { $most } sekunder.

## Members
member-not-found = Dette medlemmet ble ikke funnet.
member-already = Noen med denne adressen er allerede medlem av butikken.
member-deactivated = Noen med denne adressen har vært medlem av butikken. Aktiver medlemmet igjen i stedet.
email-taken = Noen med denne adressen har allerede en konto.
last-owner = Dette er butikkens siste aktive eier. Gjør noen andre til eier først.
availability-of-others = Alle setter sin egen tilgjengelighet.
nobody-with-email = Ingen aktive medlemmer har adressen { $email }.
email-in-several-shops = { $email } er medlem av flere butikker. Lag nøkkelen i innstillingene til en av dem.
invitation-not-found = Denne invitasjonen ble ikke funnet.
invitation-over = Denne invitasjonen er allerede brukt, trukket tilbake eller utløpt. Be om en ny.
account-has-password = Du har allerede en konto. Skriv passordet du logger inn med.

## Roles
role-not-found = Denne rollen ble ikke funnet.
role-not-here = Det finnes ingen slik rolle. Velg en av butikkens roller.
role-name-taken = Det finnes allerede en rolle med dette navnet. Velg et annet navn.
role-in-use = { $members ->
    [one] Ett medlem har denne rollen. Gi medlemmet en annen rolle først.
   *[other] { $members } medlemmer har denne rollen. Gi dem en annen rolle først.
}
role-promised = Noen er invitert til denne rollen. Trekk invitasjonen tilbake først.
role-built-in = De innebygde rollene kan ikke endres eller slettes. Lag heller en egen rolle.
permission-unknown = Det finnes ingen rettighet «{ $permission }». Se listen over rettigheter.
permission-not-held = Dette krever «{ $permission }», som du ikke har selv. Spør en eier av butikken.

## Departments
department-not-found = Denne avdelingen ble ikke funnet.
department-name-taken = Det finnes allerede en avdeling med dette navnet. Velg et annet navn.
departments-not-all-here = En av disse er ikke en avdeling i denne butikken.
members-not-all-here = En av disse er ikke medlem av denne butikken.
position-out-of-range = Velg en plass fra 0 til { $most }.

## Opening hours
hours-not-found = Disse åpningstidene ble ikke funnet.
hours-not-here = Det finnes ingen slike åpningstider i denne butikken.
hours-name-taken = Det finnes allerede åpningstider med dette navnet. Velg et annet navn.
hours-stay-default = Dette er butikkens egne tider. Gjør heller andre til butikkens.
hours-are-default = Dette er butikkens egne tider. Gjør andre til butikkens først.
hours-in-use = { $count ->
    [one] Avdelingen { $departments } følger disse tidene. Velg andre for den først.
   *[other] Disse avdelingene følger disse tidene: { $departments }. Velg andre for dem først.
}
hours-never-open = Disse tidene er aldri åpne. Legg til minst ett tidsrom.
weekday-unknown = En dag er et tall fra 1 (mandag) til 7 (søndag).
holiday-twice = En dato står der to ganger. Legg alle tidene i én oppføring.

## API tokens and the audit log
token-not-found = Denne nøkkelen ble ikke funnet.
token-without-permission = Velg minst én rettighet.
too-many-tokens = Dette medlemmet har allerede { $most } nøkler. Trekk tilbake dem ingen programmer bruker.
expiry-in-past = Velg et tidspunkt i framtiden, eller ingen.
actor-unknown = Oppgi id-en til et medlem (mem_…) eller en nøkkel (tok_…).
department-gone = Denne avdelingen finnes ikke lenger. Velg en annen.
