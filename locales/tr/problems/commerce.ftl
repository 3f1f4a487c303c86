order-not-found = Bu sipariş bulunamadı.
not-an-amount = 0 ile { $most } arasında bir tam sayı verin; tutarlar para biriminin en küçük birimindedir.
more-refunded-than-bought = Satın alınandan fazlası iade edilemez.
not-a-country = Ülkeyi ISO 3166’daki iki harfiyle yazın, örneğin TR.
order-of-the-future = Bu sipariş gelecekte değişmiş görünüyor. Mağaza sisteminin saatini düzeltin.
