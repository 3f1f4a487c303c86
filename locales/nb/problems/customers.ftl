customer-not-found = Denne kunden ble ikke funnet.
not-a-phone-number = Skriv et telefonnummer, for eksempel +47 22 22 22 22.
visitor-unknown = Denne chatten er avsluttet på denne enheten. Start en ny.
signature-used-before = Butikkens signatur er brukt før. Be butikkens side om en ny.
customer-erased = Denne kunden er slettet. Ingenting mer kan noteres om vedkommende.

## Merging
customer-merged = Denne kunden er slått sammen med en annen. Åpne den andre, eller opphev sammenslåingen først.
merged-with-itself = En kunde kan ikke slås sammen med seg selv. Velg den andre.
too-many-merged = Høyst { $most } kunder kan være én. Opphev først en sammenslåing som ikke stemmer lenger.
merge-not-found = Disse kundene er ikke slått sammen. Last inn siden på nytt.
merge-erased = En av disse kundene er slettet siden, så sammenslåingen består.
