not-a-number-of-pieces = Oppgi et helt antall, fra 1 til { $most }.
not-a-price = Oppgi et helt tall fra 0 til { $most }, priser i valutaens minste enhet.
