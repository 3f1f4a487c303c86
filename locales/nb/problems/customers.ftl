customer-not-found = Denne kunden ble ikke funnet.
not-a-phone-number = Skriv et telefonnummer, for eksempel +47 22 22 22 22.
visitor-unknown = Denne chatten er avsluttet på denne enheten. Start en ny.
signature-used-before = Butikkens signatur er brukt før. Be butikkens side om en ny.
customer-erased = Denne kunden er slettet. Ingenting mer kan noteres om vedkommende.
