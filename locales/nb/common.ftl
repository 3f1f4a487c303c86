## Words every screen uses
inbox = Innboks
customers = Kunder
reports = Rapporter
settings = Innstillinger
main-navigation = Hovednavigasjon
skip-to-content = Gå til innholdet
close = Lukk
cancel = Avbryt
save = Lagre
saved = Lagret.
delete = Slett
remove = Fjern
edit = Rediger
add = Legg til
back = Tilbake
undo = Angre
more = Flere handlinger
search = Søk
loading = Laster …
nothing-found = Ingenting passer med det du skrev.
create-named = Opprett «{ $name }»
toasts = Beskjeder
try-again = Prøv igjen
email = E-post
password = Passord
name = Navn
customer = Kunde
erased-customer = Slettet kunde
filters = Filtre

## When something does not work
problem-offline = Får ikke kontakt med tjeneren. Ingenting du har skrevet er tapt; sjekk nettet og prøv igjen.
problem-unknown = Det gikk ikke. Prøv igjen.
file-cut = Filen ble avbrutt før den var hel, og er ikke tatt vare på. Prøv igjen.
unreachable-title = Tjeneren svarer ikke
unreachable-about = Den starter kanskje på nytt, eller så er enheten uten nett.
connection-cut = Mistet forbindelsen. Kobler til igjen …
part-cut = Siden kunne ikke hentes
part-cut-about = Vi prøver igjen av oss selv så snart forbindelsen er tilbake.
part-replaced = Ombud er oppdatert
part-replaced-about = Last siden på nytt for å fortsette. Det du har begynt å skrive til kunder, blir tatt vare på.
reload = Last på nytt

## You
availability = Tilgjengelighet
availability-online = Pålogget
availability-away = Borte
availability-offline = Frakoblet
own-menu = { $name }, { $availability }
own-group = Deg
language = Språk
theme = Tema
theme-system = Som systemet
theme-light = Lyst
theme-dark = Mørkt
switch-shop = Bytt til { $shop }
sign-in = Logg inn
sign-out = Logg ut

## Sound and pop-ups
alerts = Varsler

## Keyboard
command-palette = Søk etter en kommando
keyboard-shortcuts = Hurtigtaster
keys-everywhere = Overalt
go-inbox = Gå til innboksen
go-mine = Gå til mine samtaler
go-unassigned = Gå til ikke tildelte
go-customers = Gå til kunder
go-calls = Gå til anropsloggen
go-orders = Gå til bestillinger
go-products = Gå til produkter
go-settings = Gå til innstillinger

## Etter en gjenoppretting
sending-paused = Meldinger og e-post venter: Ombud ble gjenopprettet fra en sikkerhetskopi ({ $time }).
sending-resume = Send igjen
sending-resume-title = Sende det som venter?
sending-resume-about = Alt som venter, går ut med én gang. Pass først på at det Ombud-anlegget kopien kom fra, er slått av, ellers kan folk få samme melding to ganger.
sending-resumed = Det som ventet, blir sendt.

# how customers write
channel-webchat = Chatten
channel-email = E-post
channel-form = Kontaktskjema
channel-phone = Telefon
channel-sms = SMS

# calls, and who calls now
call-missed = Tapt anrop
call-answered = Telefonsamtale
call-voicemail = Talebeskjed
call-back-by = Ring tilbake innen { $time }
call-back-was-by = Skulle vært ringt tilbake innen { $time }
call-rings = { $line } ringer
call-yours = Du er i telefonen
call-from-nobody = Skjult nummer
call-unknown = Ingen er kjent med dette nummeret
call-number-proves-nothing = Nummeret alene beviser ingenting. Spør hvem det er.
call-open-orders = Åpne bestillinger
call-last-conversation = Siste samtale
call-open-conversation = Åpne samtalen
call-open-customer = Åpne kunden
call-put-away = Legg bort
calls-now = Anrop
calls-log = Anropslogg
somebody = noen
