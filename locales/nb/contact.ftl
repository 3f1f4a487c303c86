# Kontaktskjemaet, slik kundene ser det.

languages = Språk
title = Kontakt { $shop }
name = Navnet ditt
email = E-postadressen din
department = Hva gjelder det?
message = Meldingen din
files = Bilder eller dokumenter
files-about = Inntil {"{"}count{"}"} filer, {"{"}size{"}"} MB til sammen.
files-too-large = Disse filene er for store til sammen. Velg færre eller mindre filer.
optional = (valgfritt)
choose = Velg
agree = Jeg samtykker til at meldingen min lagres, slik at den kan besvares.
policy = Personvernerklæring
send = Send meldingen
sent-title = Tusen takk!
sent = Takk, { $shop } har fått meldingen din.
write-again = Skriv en ny melding
something-wrong = Noe mangler eller er ikke helt riktig. Se på feltene nedenfor.
page-too-old = Denne siden har stått åpen veldig lenge. Se over det du har skrevet, og send det en gang til.
not-possible = Det gikk ikke
mail-subject = Meldingen din til { $shop }

default-title = Kontakt oss
default-intro = Skriv til oss, så svarer vi deg på e-post.
default-order = Ordrenummer
default-acknowledgement = Takk, vi har fått meldingen din og svarer deg på e-post.{"{%"} if opens_date {"%}"} Akkurat nå har vi stengt, men vi er tilbake {"{{"} opens_date {"}}"} kl. {"{{"} opens_time {"}}"}.{"{%"} endif {"%}"}
