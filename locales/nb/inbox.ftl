## Views
views = Visninger
all-views = Alle visninger
view-open = Åpne
view-mine = Mine
view-unassigned = Ikke tildelt
view-mentions = Omtaler
view-snoozed = Utsatte
view-resolved = Løste
view-spam = Søppel
view-doubtful = Samme samtale?
view-all = Alle
title-inbox = Innboks · Ombud
title-unread = ({ $count }) Innboks · Ombud

## The list
conversations = Samtaler
number = nr. { $number }
unread = uleste
waits = har ventet { $time }
assigned-to = Tildelt { $name }
new-message-from = Ny melding fra { $name }: { $text }
none-chosen = Velg en samtale
none-chosen-about = Gå i listen med j og k, åpne med Enter. Trykk ? for å se alle tastene.
thread-gone = Denne samtalen finnes ikke her
thread-gone-about = Den hører kanskje til en annen butikk, eller du har ikke tilgang.
thread-failed = Fikk ikke hentet samtalen
thread-failed-about = Sjekk nettet og prøv igjen.

## Empty views teach
empty-open = Ingen åpne samtaler
empty-open-about = Når noen skriver i chatten på nettbutikkens sider, dukker det opp her med en gang.
empty-mine = Ingenting venter på deg
empty-mine-about = Ta en samtale fra Ikke tildelt: åpne den og trykk a.
empty-unassigned = Alle blir tatt hånd om
empty-unassigned-about = Her venter nye samtaler som ingen har tatt ennå.
empty-mentions = Ingen har nevnt deg
empty-mentions-about = Når en kollega skriver @ og navnet ditt i et notat, kommer samtalen hit.
empty-doubtful = Ingenting er uklart
empty-doubtful-about = Brev som kanskje hører til en annen samtale, kommer hit.
empty-snoozed = Ingenting er utsatt
empty-snoozed-about = Trykk s i en samtale for å la den hvile. Den våkner til tiden, eller når kunden skriver.
empty-resolved = Ingenting er løst ennå
empty-resolved-about = Trykk e i en samtale når kunden har fått det hun trenger.
empty-spam = Ingen søppelmeldinger
empty-spam-about = Det du merker som søppel, havner her og forstyrrer ikke lenger.
empty-all = Ingen samtaler ennå
empty-all-about = Legg chatten på nettbutikkens sider: linjen du kopierer, står under Innstillinger.
empty-department = Ingenting åpent i denne avdelingen
empty-department-about = Samtaler kommer hit når kunden velger avdelingen i chatten, eller når du tildeler dem hit.

## Reading
messages = Meldinger
older-messages = Vis eldre meldinger
newest-messages = Til nyeste melding
erased-text = Slettet
composer-erased = Kunden er slettet, så ingenting mer kan skrives i denne samtalen.
message-by = { $name }, { $time }
you = Du
automatic = Automatisk svar
bot-answer = Svar fra boten
internal-note = Internt notat
files = Filer
state-sending = Sender …
state-held = Venter på sending
state-queued = På vei
state-submitting = På vei
state-sent = Sendt
state-delivered = Levert
state-read = Lest
state-failed = Ikke sendt
state-unknown = Kanskje sendt
state-waits = Venter
send-again = Send på nytt
state-received = Mottatt
is-typing = { $names } skriver …
is-answering = { $names } skriver på et svar
is-looking = { $names } ser også på denne

## What happened
event-assigned = { $name } tildelte samtalen til { $to }
event-taken = { $name } tok samtalen
event-unassigned = { $name } fjernet tildelingen
event-department = { $name } flyttet samtalen til { $to }
event-no-department = { $name } tok samtalen ut av avdelingen
event-priority = { $name } satte prioriteten til { $to }
event-tagged = { $name } la til etiketten { $added }
event-untagged = { $name } fjernet etiketten { $removed }
event-tags = { $name } la til etiketten { $added } og fjernet { $removed }
event-snoozed = { $name } utsatte samtalen til { $until }
event-woken = Samtalen våknet igjen
event-resolved = { $name } løste samtalen
event-reopened = { $name } åpnet samtalen igjen
event-spam = { $name } merket samtalen som søppel
event-not-spam = { $name } hentet samtalen ut av søppel

## Acting
resolve = Løs
reopen = Åpne igjen
snooze = Utsett
wake = Vekk nå
assign = Tildel
assign-to = Tildel til …
assign-now = Tildel. Nå: { $now }
not-assigned = Ikke tildelt
nobody = Ingen
me = { $name } (deg)
colleagues = Kolleger
priority = Prioritet
priority-urgent = Haster
priority-high = Høy
priority-normal = Vanlig
priority-low = Lav
tags = Etiketter
add-tag = Legg til etikett
remove-tag = Fjern etiketten { $name }
copy-link = Kopier lenke
link-copied = Lenken er kopiert.
mark-spam = Merk som søppel
marked-spam = Merket som søppel.
not-spam = Ikke søppel
resolved-number = Samtale { $number } er løst.
snoozed-until = Utsatt til { $until }.
snooze-until = Utsett til …
snooze-later = Senere i dag
snooze-tomorrow = I morgen
snooze-monday = Mandag
snooze-week = Om en uke
snooze-pick = En annen dag og tid
show-customer = Om kunden

## Writing
composer = Svar
kind-of-message = Type melding
reply = Svar
note = Notat
write-reply = Skriv et svar
write-note = Skriv et notat
placeholder-reply = Skriv et svar … Skriv / for lagrede svar
placeholder-note = Bare teamet ser dette. Skriv @ for å nevne en kollega
editor-cut = Skrivefeltet kunne ikke hentes
tools = Formatering og vedlegg
bold = Fet
italic = Kursiv
bullets = Punktliste
numbers = Nummerert liste
link = Lenke
link-address = Nettadresse
set-link = Sett inn lenke
unlink = Fjern lenken
attach = Legg ved filer
uploading = Laster opp { $name }
upload-failed = Fikk ikke lastet opp { $name }.
remove-file = Fjern { $name }
too-many-files = En melding kan ha høyst { $most } filer.
file-too-big = { $name } er for stor. En fil kan være på opptil { $most }.
emoji = Emojier
emoji-smileys = Fjes
emoji-hands = Hender
emoji-signs = Tegn
emoji-shop = Butikk
emoji-outside = Friluft
send = Send
add-note = Legg til notat
more-ways-to-send = Flere måter å sende på
send-and-resolve = Send og løs
send-and-snooze = Send og utsett …
sending-in = Sendes om
missing-values = Ikke kjent, så det er utelatt: { $names }. Les gjennom før du sender.
value-customer-name = kundens navn
value-customer-first-name = kundens fornavn
value-customer-email = kundens e-post
value-agent-name = navnet ditt
value-agent-first-name = fornavnet ditt
value-shop-name = butikkens navn
value-conversation-number = samtalens nummer

## Searching
search-conversations = Søk i samtaler og kunder

## Keys
keys-list = I listen
keys-conversation = I en samtale
next-conversation = Neste samtale
previous-conversation = Forrige samtale
resolve-or-reopen = Løs eller åpne igjen
back-to-list = Tilbake til listen
departments = Avdelinger

# det alle leser
public = Offentlig
public-answer = Offentlig: alle leser det du skriver her.
send-publicly = Svar offentlig
message-edited = endret
message-removed = Tatt bort av den som skrev
event-went-private = { $name } svarte privat
event-went-on = { $name } svarte via { $channel }
event-moved = { $name } skilte ut det som sto her
event-joined = { $name } slo dette sammen med en annen samtale
event-hidden = { $name } skjulte dette for alle
event-unhidden = { $name } viste dette igjen

# maler: tekster WhatsApp har godkjent
template = Mal
fault-131026 = WhatsApp kunne ikke levere den: nummeret er kanskje ikke på WhatsApp.
fault-131047 = Kunden skrev for mer enn et døgn siden. Send en mal.
fault-131049 = WhatsApp holder den tilbake så denne kunden får mindre reklame.
fault-131050 = Denne kunden vil ikke ha reklame på WhatsApp.
fault-132000 = Malen er endret: den har et annet antall felt. Oppdater listen og send den på nytt.
fault-132001 = Malen er borte, eller finnes ikke på dette språket. Oppdater listen og velg en annen.
fault-132005 = Ferdig utfylt er malen for lang. Kort ned det du fylte ut.
fault-132007 = WhatsApp fant noe i malen som reglene forbyr.
fault-132012 = Noe som er fylt ut, er ikke av den typen malen vil ha.
fault-132015 = WhatsApp har satt malen på pause fordi kunder ikke likte den. Velg en annen.
fault-132016 = WhatsApp har slått av malen for godt. Velg en annen.

# hvordan en SMS telles
sms-segments = { $count ->
    [one] Én SMS · { $left } igjen
   *[other] { $count } SMS-er · { $left } igjen
}
sms-wide = «{ $character }» gjør at hver SMS rommer under halvparten.

# calls
call-with = Besvart av { $name }
call-talking = De snakker nå
call-recording-coming = Opptaket hentes.
call-recording-lost = Opptaket var ikke å få. Se etter det i telefonsystemet.
call-play = Spill av { $name }
letter-whole = Hele brevet
found = { $count } treff
