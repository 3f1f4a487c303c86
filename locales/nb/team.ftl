## Your account
settings-account = Kontoen din
account-about = Navnet ditt, passordet ditt og hvor du er logget inn.
account-person = Deg
account-signed-in = Du logger inn som { $email }.
account-language-about = Ombud snakker dette språket til deg på alle enheter.
account-this-browser = Gjelder bare denne nettleseren.
language-browser = Som nettleseren
password-current = Nåværende passord
password-change-about = Etterpå logges alle de andre nettleserne dine ut.
sessions = Hvor du er logget inn
sessions-about = Er det en du ikke kjenner igjen? Avslutt den og endre passordet.
session-browser = { $browser } på { $system }
session-unknown = Ukjent nettleser
session-this = denne
session-since = Siden { $since } · sist brukt { $seen }
session-end = Avslutt
session-end-named = Avslutt { $browser }
sessions-end-others = Avslutt alle andre
sessions-end-others-about = Alle andre nettlesere logges ut med en gang. Det som er skrevet der og ikke sendt, ligger som utkast.

## Members
settings-team = Laget
settings-members = Medlemmer
members-about = Hvem som jobber her, med hvilken rolle og i hvilke avdelinger.
role = Rolle
role-built-in = { $role }
member-inactive = deaktivert
member-seen = Sist sett { $time }
member-never-seen = Aldri logget inn
member-edit = Rolle og avdelinger
member-role-about = En ny rolle gjelder med en gang: medlemmet logges ut og må logge inn igjen.
no-departments = Det finnes ingen avdelinger ennå.
deactivate = Deaktiver
deactivate-title = Deaktivere { $name }?
deactivate-about = Medlemmet logges ut overalt med en gang og kan ikke logge inn lenger. API-nøklene slutter å virke. Det som er skrevet, blir stående under navnet. Du kan aktivere medlemmet igjen når som helst.
reactivate = Aktiver igjen
reactivate-title = Aktivere { $name } igjen?
reactivate-about = Medlemmet kan logge inn igjen med det gamle passordet, med samme rolle og avdelinger som før.
invite = Inviter noen
invite-about = De får en e-post med en lenke og velger passordet sitt selv.
invite-name-about = Kan endres når invitasjonen tas imot.
invite-send = Send invitasjonen
invited = En invitasjon til { $email } er på vei.
invitations = Invitasjoner som venter
invitations-about = Ingen har svart på disse ennå.
invitation-until = gyldig til { $date }
withdraw = Trekk tilbake
withdraw-title = Trekk tilbake invitasjonen til { $email }
withdraw-about = Lenken i e-posten slutter å virke med en gang.

## Roles
settings-roles = Roller
roles-about = Hva folk kan gjøre her. Fem roller følger med Ombud; lag egne når de ikke passer.
role-owner = Eier
role-admin = Administrator
role-lead = Teamleder
role-agent = Kundebehandler
role-viewer = Leser
role-owner-about = Alt, også flere butikker.
role-admin-about = Alt i denne butikken.
role-lead-about = Svarer kunder og holder orden på etiketter og lagrede svar.
role-agent-about = Svarer kunder.
role-viewer-about = Leser, og endrer ingenting.
role-own = egen
role-own-about = { $count ->
    [one] { $count } rettighet
   *[other] { $count } rettigheter
}
role-members = { $count ->
    [one] { $count } medlem
   *[other] { $count } medlemmer
}
role-show = Hva rollen kan
role-new = Ny rolle
role-edit-about = De som mister en rettighet av dette, logges ut med en gang.
role-like = Ta utgangspunkt i
role-like-about = Overtar det den rollen kan; endre nedenfor.
role-like-none = Ingenting krysset av
role-may = Hva denne rollen kan
role-delete-title = Slette rollen { $name }?
role-delete-about = Den må være uten medlemmer. Tidligere oppføringer i revisjonsloggen blir stående.
permission-held = kan
permission-not-held = kan ikke
permission-lacked = Du har ikke denne selv.
topic-audit = Revisjonslogg
topic-bot = Boten
topic-channels = Chat
topic-connections = Tilkoblinger
topic-conversations = Samtaler
topic-credits = Tilgodehavende og gavekort
topic-customers = Kunder
topic-telephony = Telefon
topic-departments = Avdelinger
topic-jobs = Mislykket arbeid
topic-macros = Lagrede svar
topic-members = Medlemmer
topic-roles = Roller
topic-schedules = Åpningstider
topic-shop = Butikk
topic-shops = Flere butikker
topic-tags = Etiketter
topic-team = Laget
topic-tokens = API-nøkler
permission-audit-read = Lese og kontrollere revisjonsloggen
permission-bot-manage = Sette opp hva boten svarer i chatten
permission-channels-manage = Sette opp chatten på butikkens sider, postkassene, og numre og boter hos partnere
permission-connections-manage = Koble til butikkens eget system og se hvordan det går med kopien
permission-telephony-manage = Sette opp telefonnumrene kundene ringer
permission-conversations-read = Lese samtaler
permission-conversations-reply = Svare på, tildele, merke og løse samtaler
permission-credits-give = Gi tilgodehavende og gavekort, og ta dem tilbake
permission-credits-read = Se kunders tilgodehavende og gavekort
permission-credits-spend = Trekke betalinger fra tilgodehavende og gavekort, slik et butikksystem gjør
permission-customers-block = Blokkere kunder og oppheve det
permission-customers-edit = Endre opplysninger og notater om kunder
permission-customers-erase = Slette kunder for godt
permission-customers-export = Ta ut alt som er kjent om en kunde, og lister over kunder
permission-customers-import = Importere kunder fra en fil
permission-customers-manage = Sette opp kundeetiketter og kundefelt, fjerne bekreftede adresser og kollegers notater
permission-customers-merge = Slå sammen kunder som er samme person, og skille dem igjen
permission-customers-read = Se kunder og det som er kjent om dem
permission-departments-manage = Lage, endre og slette avdelinger
permission-jobs-manage = Se arbeid som mislyktes, prøve igjen eller gi det opp
permission-macros-read = Bruke lagrede svar og ha noen egne
permission-macros-manage = Skrive, endre og slette lagrede svar for alle
permission-members-manage = Invitere medlemmer, endre rolle og avdelinger, deaktivere dem
permission-orders-read = Se kundenes bestillinger
permission-reports-read = Lese rapporter
permission-storefront-read = Se kundenes handlekurver og hva de ser på i butikken
permission-orders-record = Fortelle Ombud om bestillinger, slik et butikksystem gjør
permission-orders-serve = Kansellere bestillinger, endre hvor de går, legge dem inn en gang til, og skrive til den som pakker
permission-products-read = Se produkter og lager
permission-products-record = Fortelle Ombud om produkter og lager, slik et butikksystem gjør
permission-refunds-approve = Godkjenne det kolleger ber om over grensen sin
permission-refunds-limit = Bestemme hvor mye hver rolle kan betale tilbake
permission-refunds-make = Betale tilbake for en bestilling eller sende varer på nytt, innenfor rollens grenser
permission-roles-manage = Lage, endre og slette roller
permission-schedules-manage = Endre åpningstider og fridager
permission-shop-manage = Endre butikkens navn, språk, tidssone, regler og blokkeringsliste
permission-shops-create = Åpne flere butikker i denne installasjonen
permission-shops-close = Stenge butikken for godt
permission-tags-manage = Lage, gi nytt navn til og slette etiketter
permission-team-read = Se medlemmer, roller, avdelinger og åpningstider
permission-tokens-manage = Lage og trekke tilbake API-nøkler

## Departments
departments-about = Kunder velger avdeling i chatten, og samtalene venter der på medlemmene. Rekkefølgen her er rekkefølgen i chatten.
departments-empty = Ingen avdelinger ennå
department-new = Ny avdeling
department-edit = Rediger avdeling
department-name = Navn på laget
department-name-about = Det dere kaller den seg imellom.
department-names = Navn for kunder
department-names-about = På hvert språk; navnet over der du lar det stå tomt.
department-about = Hva den hjelper med
department-about-hint = Én linje under navnet i chatten.
department-shown = Vises i chatten
department-shown-about = Kunder kan velge den selv.
department-nobody = Ingen ennå
department-delete-title = Slette { $name }?
department-delete-about = Samtalene blir værende, uten avdeling. Kunder kan ikke velge den lenger.
not-in-chat = ikke i chatten
move-up = Flytt { $name } opp
move-down = Flytt { $name } ned
moved-to = { $name } er nå nummer { $place } av { $count }.

## API tokens
settings-tokens = API-nøkler
tokens-about = La et program av ditt eget jobbe her, med akkurat det det trenger.
tokens-empty = Ingen API-nøkler
token-new = Ny nøkkel
token-new-about = Den handler i ditt navn.
token-make = Lag nøkkelen
token-name-about = Hva som bruker den, så du vet det senere.
token-life = Gyldig i
token-life-about = Etterpå stopper den av seg selv.
token-days = { $days ->
    [one] { $days } dag
   *[other] { $days } dager
}
token-forever = utløper aldri
token-may = Hva den kan
token-for = { $count ->
    [one] { $name } · { $count } rettighet
   *[other] { $name } · { $count } rettigheter
}
token-used = brukt { $time }
token-never-used = aldri brukt
token-until = til { $date }
token-over = utløpt
token-secret = Kopier nøkkelen nå
token-secret-about = Den vises bare denne ene gangen. Den som har den, kan gjøre det du krysset av for, så ta vare på den som et passord.
token-revoke-title = Trekk tilbake { $name }
token-revoke-about = Alt som bruker denne nøkkelen, blir avvist fra nå av. Det kan ikke angres.
revoke = Trekk tilbake
secret-once = Vises bare nå
secret-kept = Jeg har tatt vare på den
copy = Kopier
copied = Kopiert

## Audit log
settings-audit = Revisjonslogg
audit-about = Hvem som gjorde hva. Ingenting her kan endres i ettertid, ikke engang av deg.
audit-who = Hvem
audit-what = Hva
audit-everybody = Alle
audit-everything = Alt
audit-more = Vis tidligere oppføringer
audit-none = Ingenting funnet
audit-none-about = Velg en annen person eller handling.
audit-unknown = { $actor }: { $event }
chain = Er loggen hel?
chain-about = Hver oppføring er forseglet sammen med den foran. Kontrollen finner den som er endret eller tatt ut.
chain-check = Kontroller nå
chain-not-checked = Ikke kontrollert ennå.
chain-intact = Kjeden er hel: { $count } oppføringer kontrollert.
chain-broken = Kjeden er brutt ved oppføring { $entry }. Noen har endret databasen utenfra.
one-deleted = (slettet)
actor-member = Et tidligere medlem
actor-token = Et program
actor-customer = En kunde
actor-system = Ombud selv
audit-signed-in = { $actor } logget inn
audit-signed-out = { $actor } logget ut
audit-sign-in-failed = Feil passord for { $member }
audit-sessions-ended = { $count ->
    [one] { $actor } avsluttet en økt for { $member }
   *[other] { $actor } avsluttet { $count } økter for { $member }
}
audit-own-sessions-ended = { $count ->
    [one] { $actor } avsluttet en av sine egne økter
   *[other] { $actor } avsluttet { $count } av sine egne økter
}
audit-password-reset-asked = Det ble bedt om en passordlenke for { $member }
audit-password-changed = { $member } har fått nytt passord
audit-member-invited = { $actor } inviterte noen som { $role }
audit-invitation-withdrawn = { $actor } trakk tilbake en invitasjon
audit-member-joined = { $member } ble med som { $role }
audit-member-role-changed = { $actor } gav { $member } rollen { $role }
audit-member-deactivated = { $actor } deaktiverte { $member }
audit-member-reactivated = { $actor } aktiverte { $member } igjen
audit-role-created = { $actor } laget rollen { $role }
audit-role-changed = { $actor } endret rollen { $role }
audit-role-deleted = { $actor } slettet en rolle
audit-department-created = { $actor } laget avdelingen { $department }
audit-department-changed = { $actor } endret avdelingen { $department }
audit-department-deleted = { $actor } slettet en avdeling
audit-schedule-created = { $actor } laget åpningstider
audit-schedule-changed = { $actor } endret åpningstider
audit-schedule-deleted = { $actor } slettet åpningstider
audit-shop-created = Butikken ble åpnet
audit-shop-changed = { $actor } endret butikkens innstillinger
audit-sending-resumed = { $actor } lot sendingen gå i gang igjen etter en gjenoppretting
audit-connection-made = { $actor } koblet til et butikksystem
audit-connection-changed = { $actor } endret tilkoblingen til et butikksystem
audit-connection-paused = { $actor } satte tilkoblingen til et butikksystem på pause
audit-connection-resumed = { $actor } lot tilkoblingen til et butikksystem fortsette
audit-connection-erased = { $actor } lar et butikksystem bli koblet fra og kopien slettet
audit-privacy-wish-told-of =
    { $wish ->
        [data] Butikksystemet meldte at en kunde ber om opplysningene sine
        [redaction] Butikksystemet meldte at en kunde vil bli glemt
       *[other] Butikksystemet meldte at hele butikken skal glemmes
    }
audit-connection-ended = { $actor } koblet fra et butikksystem
audit-contact-form-changed = { $actor } endret kontaktskjemaet
audit-mailbox-connected = { $actor } koblet til en postkasse
audit-mailbox-changed = { $actor } endret en postkasse
audit-mailbox-paused = { $actor } satte en postkasse på pause
audit-mailbox-resumed = { $actor } lot en postkasse gå videre
audit-mailbox-disconnected = { $actor } koblet fra en postkasse
audit-mailbox-signed-in = { $actor } logget inn på en postkasse
audit-mail-client-changed = { $actor } satte opp innlogging på postkasser hos en leverandør
audit-mail-client-forgotten = { $actor } avsluttet innlogging på postkasser hos en leverandør
audit-mailbox-letter-let-in = { $actor } slapp inn et brev som var lagt til side
audit-mailbox-letter-discarded = { $actor } utelot et brev som var lagt til side
audit-line-connected = { $actor } koblet til et nummer eller en bot
audit-line-changed = { $actor } endret et nummer eller en bot
audit-line-disconnected = { $actor } koblet fra et nummer eller en bot
audit-phone-line-added = { $actor } satte opp en telefonlinje
audit-phone-line-changed = { $actor } endret en telefonlinje
audit-phone-line-secret-replaced = { $actor } byttet hemmeligheten til en telefonlinje
audit-phone-line-removed = { $actor } koblet fra en telefonlinje
audit-own-phone-changed = { $actor } valgte sin egen telefon
audit-widget-changed = { $actor } endret chatten
audit-quick-replies-changed = { $actor } endret hva boten svarer
audit-identity-key-created = { $actor } laget en signeringsnøkkel
audit-identity-key-revoked = { $actor } trakk tilbake en signeringsnøkkel
audit-token-created = { $actor } laget en API-nøkkel for { $member }
audit-token-revoked = { $actor } trakk tilbake en API-nøkkel for { $member }
audit-macro-created = { $actor } skrev et lagret svar for alle
audit-macro-changed = { $actor } endret et lagret svar
audit-macro-deleted = { $actor } slettet et lagret svar
audit-customer-blocked = { $actor } blokkerte en kunde
audit-customer-unblocked = { $actor } opphevet blokkeringen av en kunde
audit-customer-erased = { $actor } slettet en kunde
audit-credit-moved = { $actor } flyttet tilgodehavende
audit-gift-card-issued = { $actor } utstedte et gavekort
audit-gift-card-moved = { $actor } flyttet det som står på et gavekort
audit-gift-card-voided = { $actor } annullerte et gavekort
audit-refund-limits-changed = { $actor } endret refusjonsgrensene
audit-action-moved =
    { $state ->
        [waiting] { $actor } ba om mer enn grensen sin tillater: { $deed }
        [queued] { $actor } fikk noe gjort med en bestilling: { $deed }
        [declined] { $actor } avslo det en kollega ba om: { $deed }
        [made] { $actor }: butikkens system har gjort det: { $deed }
        [refused] { $actor }: butikkens system har ikke gjort det: { $deed }
       *[other] { $actor }: butikkens system sa ikke om det har gjort det: { $deed }
    }
audit-deed-refund = penger tilbake
audit-deed-replacement = varer sendt på nytt
audit-deed-cancellation = kansellering
audit-deed-redirection = ny adresse
audit-deed-packing_note = en beskjed til pakkeren
audit-deed-discount_code = en rabattkode
audit-deed-duplicate = en bestilling lagt inn en gang til
audit-customer-exported = { $actor } tok ut alt som er kjent om en kunde
audit-customer-import-begun = { $actor } startet en import av kunder
audit-customer-import-ended = En import av kunder av { $actor } er over
audit-customers-exported = { $actor } tok ut en liste over kunder
audit-proved-address-removed = { $actor } fjernet en bekreftet adresse fra en kunde
audit-customers-merged = { $actor } slo sammen to kunder
audit-customers-unmerged = { $actor } skilte to kunder igjen
audit-conversation-marked-spam = { $actor } merket en samtale som søppel
audit-conversation-not-spam = { $actor } tok en samtale ut av søppelet
audit-comments-hidden = { $actor } skjulte det en kunde skrev offentlig
audit-comments-shown = { $actor } viste igjen det en kunde skrev offentlig
audit-job-retried = { $actor } lot mislykket arbeid prøves igjen
audit-job-discarded = { $actor } gav opp mislykket arbeid
act-signed-in = Logget inn
act-signed-out = Logget ut
act-sign-in-failed = Feil passord
act-sessions-ended = Økter avsluttet
act-password-reset-asked = Passordlenke bedt om
act-password-changed = Passord endret
act-member-invited = Medlem invitert
act-invitation-withdrawn = Invitasjon trukket tilbake
act-member-joined = Medlem ble med
act-member-role-changed = Rollen til et medlem endret
act-member-deactivated = Medlem deaktivert
act-member-reactivated = Medlem aktivert igjen
act-role-created = Rolle laget
act-role-changed = Rolle endret
act-role-deleted = Rolle slettet
act-department-created = Avdeling laget
act-department-changed = Avdeling endret
act-department-deleted = Avdeling slettet
act-schedule-created = Åpningstider laget
act-schedule-changed = Åpningstider endret
act-schedule-deleted = Åpningstider slettet
act-shop-created = Butikk åpnet
act-shop-changed = Butikkinnstillinger endret
act-sending-resumed = Sending gjenopptatt
act-connection-made = Butikksystem koblet til
act-connection-changed = Tilkobling endret
act-connection-paused = Tilkobling satt på pause
act-connection-resumed = Tilkobling gjenopptatt
act-connection-erased = Butikksystem koblet fra med kopien
act-privacy-wish-told-of = Ønske om personopplysninger, meldt av butikksystemet
act-connection-ended = Butikksystem koblet fra
act-contact-form-changed = Kontaktskjema endret
act-mailbox-connected = Postkasse tilkoblet
act-mailbox-changed = Postkasse endret
act-mailbox-paused = Postkasse satt på pause
act-mailbox-resumed = Postkasse gikk videre
act-mailbox-disconnected = Postkasse frakoblet
act-mailbox-signed-in = Logget inn på en postkasse
act-mail-client-changed = Innlogging på postkasser satt opp
act-mail-client-forgotten = Innlogging på postkasser avsluttet
act-mailbox-letter-let-in = Brev sluppet inn
act-mailbox-letter-discarded = Brev utelatt
act-line-connected = Nummer eller bot koblet til
act-line-changed = Nummer eller bot endret
act-line-disconnected = Nummer eller bot koblet fra
act-phone-line-added = Telefonlinje satt opp
act-phone-line-changed = Telefonlinje endret
act-phone-line-secret-replaced = Telefonlinjens hemmelighet byttet
act-phone-line-removed = Telefonlinje koblet fra
act-own-phone-changed = Egen telefon valgt
act-widget-changed = Chat endret
act-quick-replies-changed = Hurtigsvar endret
act-identity-key-created = Signeringsnøkkel laget
act-identity-key-revoked = Signeringsnøkkel trukket tilbake
act-token-created = API-nøkkel laget
act-token-revoked = API-nøkkel trukket tilbake
act-macro-created = Lagret svar skrevet
act-macro-changed = Lagret svar endret
act-macro-deleted = Lagret svar slettet
act-customer-blocked = Kunde blokkert eller blokkering opphevet
act-customer-erased = Kunde slettet
act-credit-moved = Tilgodehavende flyttet
act-gift-card-issued = Gavekort utstedt
act-gift-card-moved = Gavekort brukt eller gitt tilbake
act-gift-card-voided = Gavekort annullert
act-refund-limits-changed = Refusjonsgrenser endret
act-action-moved = Noe bedt om, avgjort eller gjort med en bestilling
act-customer-exported = Opplysninger om kunde tatt ut
act-customer-import-begun = Import av kunder startet
act-customer-import-ended = Import av kunder over
act-customers-exported = Liste over kunder tatt ut
act-proved-address-removed = Bekreftet adresse fjernet
act-customers-merged = Kunder slått sammen
act-customers-unmerged = Kunder skilt igjen
act-conversation-marked-spam = Søppel merket eller opphevet
act-comments-hidden = Offentlige kommentarer skjult eller vist
act-job-retried = Mislykket arbeid prøvd igjen
act-job-discarded = Mislykket arbeid gitt opp
