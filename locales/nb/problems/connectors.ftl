## Shop systems
connector-not-found = Denne typen butikksystem finnes ikke her.
connection-not-found = Fant ikke denne tilkoblingen.
too-many-connections = En butikk har høyst { $most } tilkoblinger. Koble fra en som ikke lenger er i bruk.
address-not-encrypted = Begynn adressen med https://, så ingen underveis leser passordet. Bare den som drifter Ombud, kan tillate et system i samme nettverk uten.
webhook-not-signed = Denne webhooken er ikke signert med hemmeligheten til denne tilkoblingen.
webhook-of-another-shop = Denne webhooken kommer fra en annen butikk enn den som er koblet til.
webhook-topic-unknown = Slike webhooker er ikke kjent her.
