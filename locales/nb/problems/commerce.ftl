order-not-found = Denne bestillingen ble ikke funnet.
not-an-amount = Oppgi et helt tall fra 0 til { $most }, beløp i valutaens minste enhet.
more-refunded-than-bought = Det kan ikke gis tilbake mer enn det som ble kjøpt.
not-a-country = Skriv et land med de to bokstavene i ISO 3166, for eksempel NO.
order-of-the-future = Denne bestillingen er endret i fremtiden. Still klokken i butikkens system.
