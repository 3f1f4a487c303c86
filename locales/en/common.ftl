## Words every screen uses
inbox = Inbox
customers = Customers
reports = Reports
settings = Settings
main-navigation = Main navigation
skip-to-content = Skip to content
close = Close
cancel = Cancel
save = Save
saved = Saved.
delete = Delete
remove = Remove
edit = Edit
add = Add
back = Back
undo = Undo
more = More actions
search = Search
loading = Loading …
nothing-found = Nothing matches what you typed.
create-named = Create “{ $name }”
toasts = Notices
try-again = Try again
email = E-mail
password = Password
name = Name
customer = Customer
erased-customer = Erased customer
filters = Filters

## When something does not work
problem-offline = The server cannot be reached. Nothing you typed is lost; check the connection and try again.
problem-unknown = That did not work. Please try again.
file-cut = The file broke off before it was complete, and was not kept. Please try again.
unreachable-title = The server does not answer
unreachable-about = It may be restarting, or this device is offline.
connection-cut = Connection lost. Reconnecting …
part-cut = This page could not be fetched
part-cut-about = It is tried again by itself as soon as the connection is back.
part-replaced = Ombud has been updated
part-replaced-about = Load the page again to go on. What you have begun to write to customers is kept.
reload = Load again

## You
availability = Availability
availability-online = Online
availability-away = Away
availability-offline = Offline
own-menu = { $name }, { $availability }
own-group = You
language = Language
theme = Theme
theme-system = As the system
theme-light = Light
theme-dark = Dark
switch-shop = Switch to { $shop }
sign-in = Sign in
sign-out = Sign out

## Sound and pop-ups
alerts = Notifications

## Keyboard
command-palette = Search for a command
keyboard-shortcuts = Keyboard shortcuts
keys-everywhere = Everywhere
go-inbox = Go to the inbox
go-mine = Go to my conversations
go-unassigned = Go to unassigned
go-customers = Go to customers
go-calls = Go to the call log
go-orders = Go to orders
go-products = Go to products
go-settings = Go to settings

## After a restore
sending-paused = Messages and mail wait: Ombud was restored from a backup ({ $time }).
sending-resume = Send again
sending-resume-title = Send what waits?
sending-resume-about = Everything that waits leaves at once. First make sure that the Ombud this one was copied from is off, or people may get the same message twice.
sending-resumed = What waited is being sent.

# how customers write
channel-webchat = Chat
channel-email = E-mail
channel-form = Contact form
channel-phone = Telephone
channel-sms = Text message

# calls, and who calls now
call-missed = Missed call
call-answered = Call
call-voicemail = Voicemail
call-back-by = Call back by { $time }
call-back-was-by = Was to be called back by { $time }
call-rings = { $line } rings
call-yours = You are on the phone
call-from-nobody = Number withheld
call-unknown = Nobody is known by this number
call-number-proves-nothing = The number alone proves nothing. Ask who it is.
call-open-orders = Open orders
call-last-conversation = Last conversation
call-open-conversation = Open the conversation
call-open-customer = Open the customer
call-put-away = Put away
calls-now = Calls
calls-log = Call log
somebody = somebody
