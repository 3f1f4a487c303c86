## Bestillinger
orders = Bestillinger
order-late = Forsinket
order-will-be-late = Blir forsinket
order-stuck = Ingen nytt på flere dager
order-test = Testbestilling
dispute-chargeback = Tilbakeføring
dispute-inquiry = Forespørsel fra banken
dispute-fraudulent = Betalingen skal være svindel
dispute-unrecognized = Betalingen kjennes ikke igjen
dispute-not-received = Varene skal ikke ha kommet fram
dispute-unacceptable = Varene skal ikke være som lovet
dispute-not-credited = Refusjonen skal mangle
dispute-duplicate = Skal være betalt to ganger
dispute-subscription-cancelled = Abonnementet skal være sagt opp
dispute-needs-response = Svar i butikken; fristen sier butikken ikke.
dispute-answer-by = Svar i butikken innen { $moment }.
dispute-under-review = Besvart; banken avgjør.
dispute-won = Vunnet: pengene blir i butikken.
dispute-lost = Tapt: kunden har fått pengene tilbake.
dispute-accepted = Godtatt: kunden får pengene tilbake.
dispute-prevented = Ordnet før det ble en tilbakeføring.
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
order-number = Bestilling { $number }

## Products
products = Produkter
search-products = Søk i produkter
price-from = fra { $price }
stock-left = { $count } på lager
stock-few = Bare { $count } igjen
stock-none = Utsolgt
stock-backorder = Må bestilles
sells-fast = Selger fort
sells-fast-about = I samme takt som de siste 30 dagene er det som er igjen, borte innen 14 dager.
sold-lately = { $count } solgt på 30 dager
best-sellers = Bestselgere
bought-with = Ofte kjøpt sammen med { $title }
product-hidden = Ikke i salg
product-variants = Varianter og lager
delivered-within = Leveres på { $least }–{ $most } dager
told-last = Slik butikken fortalte { $date }
show-product = Vis et produkt
too-many-products = Høyst { $most } produkter får plass i én melding.
remove-product = Ikke vis { $title }
