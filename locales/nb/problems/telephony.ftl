# telephone lines, and what their systems tell
phone-line-not-found = Denne telefonlinjen finnes ikke. Kanskje noen har koblet den fra.
too-many-phone-lines = En butikk har høyst { $most } telefonlinjer.
call-back-within-out-of-range = Velg fra ett minutt til en uke.
call-news-not-signed = Dette er ikke signert med telefonlinjens hemmelighet.
call-news-too-old = Dette ble signert for mer enn fem minutter siden, eller av en klokke som går for fort. Still klokken i telefonsystemet.
call-recording-missing = Si hvor opptaket ligger.
call-seconds-out-of-range = En samtale tar fra 0 sekunder til en uke.

# linjer hos Twilio, og medlemmenes egne telefoner
phone-line-is-twilios = Denne linjen er hos Twilio. Endre den som en Twilio-linje.
voice-line-is-another = Det er et annet nummer eller en annen konto. Koble fra denne linjen og koble til den andre.
voice-line-there-already = Dette nummeret er allerede koblet til.
voice-needs-a-public-address = Twilio når ikke denne serveren. Sett public_url til adressen på internett, med https.
voice-account-wrong = En konto-SID begynner med AC og har 34 tegn. Den står på førstesiden i Twilios konsoll.
voice-sign-in-refused = Twilio godtar ikke denne konto-SID-en med dette tokenet. Kopier begge på nytt.
voice-number-not-there = Kontoen har ikke dette nummeret, eller får ikke endre det. Skriv det med landkode, slik Twilio viser det.
prefixes-wrong = Skriv hvordan numre som kan ringes, begynner, med minst ett siffer mer enn landkoden, for eksempel +47 4 og +47 9.
not-a-number-of-anybody = Dette er ikke et telefonnummer. Skriv det med landkode, for eksempel +47 912 34 567.
number-not-rung = Det ringes bare til numre som begynner med { $prefixes }. Den som setter opp telefonen, kan tillate andre.
no-line-rings-members = Ingen linje ringer medlemmenes egne telefoner. Koble til et nummer hos Twilio først.
call-not-known = Ingenting er kjent om denne samtalen.
call-not-signed-by-twilio = Dette er ikke signert med tokenet til linjens konto.
recording-not-at-twilio = Dette opptaket ligger ikke hos Twilio.
