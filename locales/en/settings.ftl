## The shop
shop = Shop
