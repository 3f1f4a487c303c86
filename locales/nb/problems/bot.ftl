quick-reply-not-offered = Butikken svarer ikke lenger på dette av seg selv. Skriv til oss i stedet.
order-needs-proof = Logg inn i butikken, eller oppgi ordrenummeret, e-postadressen din og postnummeret.
order-not-known-so = Ingen bestilling har dette nummeret, denne e-postadressen og dette postnummeret. Sjekk alle tre, eller snakk med et menneske.
code-wrong-or-over = Dette er ikke koden, eller den er eldre enn ti minutter. Se i den nyeste e-posten, eller be om en ny kode.
