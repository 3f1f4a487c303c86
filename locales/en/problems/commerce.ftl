order-not-found = This order was not found.
not-an-amount = Give a whole number from 0 to { $most }, amounts in the smallest unit of the currency.
more-refunded-than-bought = No more can be given back than was bought.
not-a-country = Write a country with its two letters of ISO 3166, such as NO.
order-of-the-future = This order has changed in the future. Set the clock of the shop’s system right.
