## Every page
languages = Språk

## The front page
front-about = Kundeservice for en nettbutikk.
front-console = Konsollen
front-console-about = for dem som svarer
front-shop = Demobutikken
front-shop-about = med chatten på sidene
front-mail-about = som demoen ville ha sendt
front-api = API-referansen
front-api-about = for dem som bygger videre

## The demo’s mail
mail-title = Systempost
mail-about = Invitasjoner og passordlenker. Demoen har ingen e-posttjener, så de samles her.
mail-none = Ingenting ennå.
mail-invite = Inviter noen

## The API reference
reference-title = API-referanse
