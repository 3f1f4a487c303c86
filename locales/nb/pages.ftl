## Every page
languages = Språk

## The front page
front-about = Kundeservice for en nettbutikk.
front-console = Konsollen
front-console-about = For dem som svarer.
front-shop = Demobutikken
front-shop-about = Med chatten på sidene.
front-mail-about = Det demoen ville ha sendt.
front-partners = Partnere
front-partners-about = Telefoner til å skrive som kunde med.
front-api = API-referansen
front-api-about = For dem som bygger videre på Ombud.

## The demo’s mail
mail-title = Systempost
mail-about = Invitasjoner og passordlenker. Demoen har ingen e-posttjener, så de samles her.
mail-none = Ingenting ennå.
mail-invite = Inviter noen

## Paying in the demo’s shop
pay-title = Betal bestillingen din
pay-about = En bestilling som er lagt inn på nytt for deg. Dette er demoen: ingen penger flyttes.
pay-button = Betal nå
pay-done = Den er betalt. Takk.

## The API reference
reference-title = API-referanse

## The demo’s partners
partners-title = Demoens partnere
partners-email = E-post
partners-about = Skriv som kunde via e-post, WhatsApp, Messenger, Instagram, X, SMS eller Telegram, og se svaret komme. Partnerne bak er stedfortredere på denne serveren; de tar imot og sier det de virkelige gjør.
partners-write = Skriv som Ada Lind …
partners-send = Send nå
partners-none = Ingenting ennå.
partners-gone = Ikke koblet til.
partners-weather = Partneren
partners-fine = virker
partners-down = svarer ikke
partners-refusing = tar ikke imot svar
partners-file = En fil:
partners-public = Så alle kan lese
partners-commented = Offentlig:
partners-privately = Privat svar:
telephone-title = Telefon
telephone-about = Ring butikken som Jonas Berg. Telefonsystemet er en stedfortreder; det forteller om samtalen slik et hvilket som helst annet ville gjort.
telephone-idle = Det er stille.
telephone-ringing = Det ringer …
telephone-talking = Dere snakker.
telephone-ring = Ring opp
telephone-pick-up = Ta telefonen, som kollega
telephone-hang-up = Legg på
telephone-voicemail = Legg igjen en talebeskjed
voice-about = Ring butikkens nummer hos Twilio som Ada Lind. Twilio er en stedfortreder; her står det hun hører. Eierens egen telefon ringer så lenge eieren er logget inn.
voice-wait = Gjør ingenting
voice-press-one = Trykk 1
