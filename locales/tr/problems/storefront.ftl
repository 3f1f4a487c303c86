not-a-number-of-pieces = 1 ile { $most } arasında tam bir adet yazın.
not-a-price = 0 ile { $most } arasında tam bir sayı yazın; fiyatlar para biriminin en küçük birimindedir.
