not-a-number-of-pieces = Give a whole number of pieces, from 1 to { $most }.
not-a-price = Give a whole number from 0 to { $most }, prices in the smallest unit of the currency.
