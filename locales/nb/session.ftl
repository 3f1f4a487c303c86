## Signing in, invitations and passwords
sign-in-about = Velkommen tilbake. Kundene dine blir glade.
sign-in-refused = E-post og passord hører ikke sammen. Sjekk begge og prøv igjen.
sign-in-too-many = For mange forsøk. Vent noen minutter og prøv igjen.
forgot-password = Glemt passordet?
forgot-about = Skriv e-postadressen din, så sender vi deg en lenke til nytt passord.
forgot-send = Send lenken
forgot-asked = Hvis noen jobber her med { $email }, er en lenke på vei. Den virker bare en kort stund; se også i søppelposten.
back-to-sign-in = Tilbake til innlogging
shop-closed-title = { $shop } er stengt
shop-closed-about = Ingen slipper inn lenger. Takk for tiden du brukte her.
shop-closed-others = Logg inn igjen for å fortsette i de andre butikkene dine: { $shops }.
password-new = Nytt passord
password-rules = Minst 10 tegn. Noen ord på rad er lette å huske.
password-change = Endre passord
