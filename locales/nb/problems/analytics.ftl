span-unknown = Rapporter gjelder de siste 7, 30 eller 90 dagene.
