## A customer
title-customers = Kunder · Ombud
customer = Kunde
edit-customer = Rediger kunden
phone = Telefon
not-known = Ikke kjent
no-contact = Ingen kontaktopplysninger ennå
verified = bekreftet
speaks = Språk
comes-from = Sted og tid der
seen = Sist sett
online-now = Pålogget nå
customer-since = Først sett
notes-about = Notater om kunden
notes-placeholder = Størrelser, ønsker, hva som er lovet …
no-notes = Ingen notater.
wrote-from = Skrev fra
answered-before = Svart før chatten
other-conversations = Andre samtaler

## Blocking
blocked = Blokkert
block = Blokker
unblock = Opphev blokkering
block-title = Blokkere { $name }?
block-about = Nye meldinger fra kunden blir ikke lenger tatt imot. Du kan oppheve det her når som helst.

## The list of customers
search-customers = Søk på navn, e-post eller telefon
no-customers = Ingen kunder ennå
no-customers-about = Alle som skriver i chatten, dukker opp her med samtalene sine.
no-customer-found = Fant ingen
no-customer-found-about = Prøv begynnelsen av navnet, eller en del av e-postadressen.
