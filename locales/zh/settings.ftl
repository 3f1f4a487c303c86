## The shop
shop = 店铺
