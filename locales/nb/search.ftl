title-search = Søk · Ombud
search-start = Finn en samtale eller en person
search-start-about = Ord fra en melding, et navn, en e-postadresse eller et nummer.
search-nothing = Fant ingenting for «{ $text }»
search-nothing-about = Prøv færre ord, eller begynnelsen av et ord.
