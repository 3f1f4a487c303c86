## The shop
shop = Butikk
