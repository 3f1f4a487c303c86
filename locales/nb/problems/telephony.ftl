# telephone lines, and what their systems tell
phone-line-not-found = Denne telefonlinjen finnes ikke. Kanskje noen har koblet den fra.
too-many-phone-lines = En butikk har høyst { $most } telefonlinjer.
call-back-within-out-of-range = Velg fra ett minutt til en uke.
call-news-not-signed = Dette er ikke signert med telefonlinjens hemmelighet.
call-news-too-old = Dette ble signert for mer enn fem minutter siden, eller av en klokke som går for fort. Still klokken i telefonsystemet.
call-recording-missing = Si hvor opptaket ligger.
call-seconds-out-of-range = En samtale tar fra 0 sekunder til en uke.
