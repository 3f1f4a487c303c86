## Shop systems
connector-not-found = Denne typen butikksystem finnes ikke her.
connection-not-found = Fant ikke denne tilkoblingen.
too-many-connections = En butikk har høyst { $most } tilkoblinger. Koble fra en som ikke lenger er i bruk.
connection-ending = Det som ble kopiert av denne tilkoblingen, blir slettet; deretter er den borte.
connected-twice = Det samme butikksystemet er koblet til en gang til, som «{ $name }». Koble fra den først: Det som ble kopiert av den ene, kan ikke skilles fra det som ble kopiert av den andre.
copy-being-erased = Det som tidligere ble kopiert fra dette butikksystemet, blir fortsatt slettet. Koble det til igjen når det er gjort.
webhook-not-signed = Denne webhooken er ikke signert med hemmeligheten til denne tilkoblingen.
webhook-of-another-shop = Denne webhooken kommer fra en annen butikk enn den som er koblet til.
webhook-topic-unknown = Slike webhooker er ikke kjent her.
