## The shop
shop = Mağaza
