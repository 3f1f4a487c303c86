## The chat on a shop's page

# header
back = Back
close = Close the chat
menu = More
reply-time = Usually replies within { $time }
online = We are here now
opens = We open { $time }
closed = Away right now

# home
choose = Who would you like to talk to?
start = Start a conversation
leave = Leave a message
earlier = Earlier conversations
resolved-short = closed
unread = New messages

# questions before the first message
before = A little about you, so that we can help.
email-why = We are closed right now. Leave your e-mail address, and we will answer you there.
closed-now = We are closed right now.
email-leave = Get the answer by e-mail
email-noted = Thank you. If you are away, we will answer you at { $email }.
name = Name
email = E-mail
optional = (optional)
name-missing = Enter your name, so that we know what to call you.
email-missing = Enter your e-mail address, so that we can answer you.
email-wrong = This does not look like an e-mail address. Write it like name@example.com.
consent = I agree that this chat is stored, as described in the { $policy }.
policy = privacy policy
consent-missing = Tick the box to chat with us. Without it we may not store your messages.
go-on = Go to the chat

# conversation
log = Conversation
you = You
write = Write a message…
send = Send
attach = Attach a file or picture
drop = Drop files here to send them
emoji = Insert an emoji
typing = { $name } is typing…
event-joined = { $name } has joined the conversation
event-resolved = The conversation was closed
price-from = from { $price }
sold-out = Sold out
only-left = Only { $count } left
resolved = This conversation is closed. Write to open it again, or start a
new = New conversation
transcript = Download the conversation
forget = Forget this chat
forget-sure = Forget your conversations in this browser? You will not be able to read them here again.
forget-yes = Yes, forget
cancel = Cancel

# quick replies
quick = Quick answers
bot = Bot · not a person
helped = That helps
person = Talk to a person
glad = Glad to help. Ask something else, or write to us.
track-why = I tell only whoever placed the order. What you enter stays between us.
number = Order number
postcode = Postcode
track = Show my order
code-rather = Get a code by e-mail instead
code-why = I send a code to the address you ordered with. Whoever can read it sees these orders.
code-send = Send me a code
code-sent = If anything was ordered with this address, a code is on its way there. It is good for ten minutes.
code = Code

# how far a message has come
waiting = Waiting for connection
sending = Sending…
sent = Sent
delivered = Delivered
read = Read
refused = Not sent.
retry = Try again
remove = Delete

# files
uploading = Uploading { $name }
remove-file = Remove { $name }
file-big = { $name } is larger than { $size }. Choose a smaller file.
file-kind = { $name } cannot be sent here. Choose a picture, PDF, text file or MP4 video.
file-empty = { $name } is empty. Choose another file.
file-many = { $name } is one too many: a message holds { $count } files. Send it with the next one.

# what went wrong
too-long = { $count } characters too many. Shorten the message or send it in two parts.
offline = No connection. What you write waits here and is sent once when you are back.
no-connection = The shop cannot be reached. Check your connection and try again.
too-many = That was a lot in a short time. Try again in { $time }.
forbidden = You cannot write here right now. Contact the shop another way.
sign-in = Sign in to the shop to chat with us.
gone = This conversation no longer exists. Start a new one.
broken = Something went wrong on our side. Try again in a moment.

# what a new shop says until it writes its own texts (Liquid)
default-greeting = Hi! How can we help you?
default-acknowledgement = Thank you, we have your message. Somebody usually answers within {"{{"} reply_minutes {"}}"} minutes.
default-away = Thank you, we have your message. We are closed right now and will be back on {"{{"} opens_date {"}}"} at {"{{"} opens_time {"}}"}. Leave your e-mail address and we will answer you there.
