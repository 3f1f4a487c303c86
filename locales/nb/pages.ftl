## Every page
languages = Språk

## The front page
front-about = Kundeservice for en nettbutikk.
front-console = Konsollen
front-console-about = For dem som svarer.
front-shop = Demobutikken
front-shop-about = Med chatten på sidene.
front-mail-about = Det demoen ville ha sendt.
front-api = API-referansen
front-api-about = For dem som bygger videre på Ombud.

## The demo’s mail
mail-title = Systempost
mail-about = Invitasjoner og passordlenker. Demoen har ingen e-posttjener, så de samles her.
mail-none = Ingenting ennå.
mail-invite = Inviter noen

## The API reference
reference-title = API-referanse
