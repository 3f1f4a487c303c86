## Bestillinger
orders = Bestillinger
order-late = Forsinket
order-will-be-late = Blir forsinket
order-stuck = Ingen nytt på flere dager
order-test = Testbestilling
order-unfulfilled = Ikke pakket ennå
order-processing-fulfilment = Delvis pakket
order-pending-delivery = Pakket
order-ready-for-pickup = Klar til henting
order-in-transit = Underveis
order-out-for-delivery = På vei til kunden
order-attempted-delivery = Ingen var hjemme
order-delivered = Levert
order-failed-delivery = Kunne ikke leveres
order-failed-fulfilment = Kunne ikke pakkes
order-cancelled = Kansellert
order-partially-refunded = Delvis refundert
order-given-back = { $amount } refundert
order-refunded = Refundert
order-does-not-add-up = Butikkens tall for denne bestillingen stemmer ikke.
parcel = Pakke
promised-for = Lovet til { $date }
open-in-shop = Åpne i butikken
order-discount = Rabatt
order-shipping = Frakt
order-tax = Avgift
orders-spent =
    { $count ->
        [one] Én bestilling siden { $since }; { $spent } brukt, refusjoner trukket fra.
       *[other] { $count } bestillinger siden { $since }; { $spent } brukt, refusjoner trukket fra.
    }
more-orders = Vis flere bestillinger
title-orders = Bestillinger · Ombud
search-orders = Nummer eller sporingsnummer
filter-orders = Alle bestillinger
filter-orders-trouble = Der noe er galt
no-orders = Ingen bestillinger ennå
no-orders-about = Så snart butikkens system forteller Ombud om bestillingene, finner du dem her og ved siden av hver samtale.
no-order-found = Fant ingen bestillinger
no-order-found-about = Prøv hele nummeret, eller sporingsnummeret til pakken.
order-number = Bestilling { $number }

## Products
products = Produkter
title-products = Produkter · Ombud
search-products = Søk i produkter
no-products = Ingen produkter ennå
no-products-about = Så snart butikkens system forteller Ombud om produktene, finner du dem her med pris og lager.
no-product-found = Fant ingen produkter
no-product-found-about = Prøv et annet ord, et SKU eller navnet på en størrelse eller farge.
price-from = fra { $price }
stock-left = { $count } på lager
stock-few = Bare { $count } igjen
stock-none = Utsolgt
stock-backorder = Må bestilles
sells-fast = Selger fort
sells-fast-about = I samme takt som de siste 30 dagene er det som er igjen, borte innen 14 dager.
sold-lately = { $count } solgt på 30 dager
sort-products = Rekkefølge på produkter
sort-newest = Nyeste først
sort-best-selling = Bestselgere først
best-sellers = Bestselgere
bought-with = Ofte kjøpt sammen med { $title }
product-hidden = Ikke i salg
product-variants = Varianter og lager
delivered-within = Leveres på { $least }–{ $most } dager
told-last = Slik butikken fortalte { $date }
show-product = Vis et produkt
too-many-products = Høyst { $most } produkter får plass i én melding.
remove-product = Ikke vis { $title }
