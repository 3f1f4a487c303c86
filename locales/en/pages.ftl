## Every page
languages = Language

## The front page
front-about = The customer-service desk of an online shop.
front-console = Console
front-console-about = For the people who answer.
front-shop = Demo shop
front-shop-about = With the chat on its pages.
front-mail-about = What the demo would have sent.
front-partners = Partners
front-partners-about = Telephones to write as a customer.
front-api = API reference
front-api-about = For the people who build on it.

## The demo’s mail
mail-title = System mail
mail-about = Invitations and password links. The demo has no mail server, so they are kept here.
mail-none = Nothing yet.
mail-invite = Invite somebody

## Paying in the demo’s shop
pay-title = Pay for your order
pay-about = An order that was placed once more for you. This is the demo: no money moves.
pay-button = Pay
pay-done = It is paid. Thank you.

## The API reference
reference-title = API reference

## The demo’s partners
partners-title = Partners of the demo
partners-email = E-mail
partners-about = Write as a customer by e-mail, WhatsApp, Messenger, Instagram, X, SMS or Telegram, and see the answer arrive. The partners behind it are stand-ins on this server; what they take and say is what the real ones do.
partners-write = Write as Ada Lind …
partners-send = Send
partners-none = Nothing yet.
partners-gone = Not connected.
partners-weather = The partner
partners-fine = works
partners-down = does not answer
partners-refusing = takes no answers
partners-file = A file:
partners-public = For everybody to read
partners-commented = Public:
partners-privately = Private answer:
telephone-title = Telephone
telephone-about = Ring the shop as Jonas Berg. Its telephone system is a stand-in; it tells of the call as any other would.
telephone-idle = It is quiet.
telephone-ringing = It rings …
telephone-talking = You are talking.
telephone-ring = Ring
telephone-pick-up = Pick up, as a colleague
telephone-hang-up = Hang up
telephone-voicemail = Leave a voicemail
voice-about = Call the shop’s number at Twilio as Ada Lind. Twilio is a stand-in; what the caller hears stands here. The owner’s own telephone rings while they are signed in.
voice-wait = Do nothing
voice-press-one = Press 1
