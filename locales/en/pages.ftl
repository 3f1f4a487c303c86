## Every page
languages = Language

## The front page
front-about = The customer-service desk of an online shop.
front-console = Console
front-console-about = For the people who answer.
front-shop = Demo shop
front-shop-about = With the chat on its pages.
front-mail-about = What the demo would have sent.
front-api = API reference
front-api-about = For the people who build on it.

## The demo’s mail
mail-title = System mail
mail-about = Invitations and password links. The demo has no mail server, so they are kept here.
mail-none = Nothing yet.
mail-invite = Invite somebody

## The API reference
reference-title = API reference
