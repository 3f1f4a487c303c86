## Views
views = Views
all-views = All views
view-open = Open
view-mine = Mine
view-unassigned = Unassigned
view-mentions = Mentions
view-snoozed = Snoozed
view-resolved = Resolved
view-spam = Spam
view-doubtful = Same conversation?
view-all = All
title-inbox = Inbox · Ombud
title-unread = ({ $count }) Inbox · Ombud

## The list
conversations = Conversations
number = #{ $number }
unread = unread
waits = waiting { $time }
assigned-to = Assigned to { $name }
new-message-from = New message from { $name }: { $text }
none-chosen = Choose a conversation
none-chosen-about = Walk the list with j and k, open with Enter. Press ? to see every key.
thread-gone = This conversation is not here
thread-gone-about = It may belong to another shop, or you may not see it.
thread-failed = The conversation could not be fetched
thread-failed-about = Check the connection and try again.

## Empty views teach
empty-open = No open conversations
empty-open-about = When somebody writes in the chat on your shop’s pages, it appears here at once.
empty-mine = Nothing waits for you
empty-mine-about = Take a conversation from Unassigned: open it and press a.
empty-unassigned = Everybody is being looked after
empty-unassigned-about = New conversations that nobody has taken yet wait here.
empty-mentions = Nobody has mentioned you
empty-mentions-about = When a colleague writes @ and your name in a note, the conversation comes here.
empty-doubtful = Nothing is unclear
empty-doubtful-about = Letters that may belong to another conversation come here.
empty-snoozed = Nothing is snoozed
empty-snoozed-about = Press s in a conversation to let it sleep. It wakes on time, or when the customer writes.
empty-resolved = Nothing is resolved yet
empty-resolved-about = Press e in a conversation when the customer has what they need.
empty-spam = No spam
empty-spam-about = What you mark as spam goes here and no longer disturbs.
empty-all = No conversations yet
empty-all-about = Put the chat on your shop’s pages: the line to copy is under Settings.
empty-department = Nothing open in this department
empty-department-about = Conversations come here when a customer chooses it in the chat, or when you assign them to it.

## Reading
messages = Messages
older-messages = Show older messages
newest-messages = To the newest message
erased-text = Erased
composer-erased = The customer was erased, so nothing more can be written in this conversation.
message-by = { $name }, { $time }
you = You
automatic = Automatic answer
bot-answer = Bot’s answer
internal-note = Internal note
files = Files
state-sending = Sending …
state-held = Waiting to be sent
state-queued = On its way
state-submitting = On its way
state-sent = Sent
state-delivered = Delivered
state-read = Read
state-failed = Not sent
state-unknown = Perhaps sent
state-waits = Waits
send-again = Send again
state-received = Received
is-typing = { $count ->
    [one] { $names } is typing …
   *[other] { $names } are typing …
}
is-answering = { $count ->
    [one] { $names } is writing an answer
   *[other] { $names } are writing an answer
}
is-looking = { $count ->
    [one] { $names } is looking at this too
   *[other] { $names } are looking at this too
}

## What happened
event-assigned = { $name } assigned this to { $to }
event-taken = { $name } took this
event-unassigned = { $name } took the assignment away
event-department = { $name } moved this to { $to }
event-no-department = { $name } took this out of its department
event-priority = { $name } set the priority to { $to }
event-tagged = { $name } added the tag { $added }
event-untagged = { $name } removed the tag { $removed }
event-tags = { $name } added the tag { $added } and removed { $removed }
event-snoozed = { $name } snoozed this until { $until }
event-woken = This woke up
event-resolved = { $name } resolved this
event-reopened = { $name } reopened this
event-spam = { $name } marked this as spam
event-not-spam = { $name } took this out of the spam

## Acting
resolve = Resolve
reopen = Reopen
snooze = Snooze
wake = Wake now
assign = Assign
assign-to = Assign to …
assign-now = Assign. Now: { $now }
not-assigned = Not assigned
nobody = Nobody
me = { $name } (you)
colleagues = Colleagues
priority = Priority
priority-urgent = Urgent
priority-high = High
priority-normal = Normal
priority-low = Low
tags = Tags
add-tag = Add a tag
remove-tag = Remove the tag { $name }
copy-link = Copy link
link-copied = Link copied.
mark-spam = Mark as spam
marked-spam = Marked as spam.
not-spam = Not spam
resolved-number = #{ $number } is resolved.
snoozed-until = Snoozed until { $until }.
snooze-until = Snooze until …
snooze-later = Later today
snooze-tomorrow = Tomorrow
snooze-monday = Monday
snooze-week = In a week
snooze-pick = Another day and time
show-customer = Customer details

## Writing
composer = Answer
kind-of-message = Kind of message
reply = Reply
note = Note
write-reply = Write a reply
write-note = Write a note
placeholder-reply = Write a reply … Type / for saved replies
placeholder-note = Only your team sees this. Type @ to mention a colleague
editor-cut = The text field could not be fetched
tools = Formatting and attachments
bold = Bold
italic = Italic
bullets = Bulleted list
numbers = Numbered list
link = Link
link-address = Web address
set-link = Set link
unlink = Remove link
attach = Attach files
uploading = Uploading { $name }
upload-failed = { $name } could not be uploaded.
remove-file = Remove { $name }
too-many-files = A message takes at most { $most } files.
file-too-big = { $name } is too big. A file may have up to { $most }.
emoji = Emoji
emoji-smileys = Faces
emoji-hands = Hands
emoji-signs = Signs
emoji-shop = Shop
emoji-outside = Outdoors
send = Send
add-note = Add note
more-ways-to-send = More ways to send
send-and-resolve = Send and resolve
send-and-snooze = Send and snooze …
sending-in = Sending in
missing-values = Not known, so left out: { $names }. Read it through before you send.
value-customer-name = the customer’s name
value-customer-first-name = the customer’s first name
value-customer-email = the customer’s e-mail
value-agent-name = your name
value-agent-first-name = your first name
value-shop-name = the shop’s name
value-conversation-number = the conversation’s number

## Searching
search-conversations = Search conversations and people

## Keys
keys-list = In the list
keys-conversation = In a conversation
next-conversation = Next conversation
previous-conversation = Previous conversation
resolve-or-reopen = Resolve or reopen
back-to-list = Back to the list
departments = Departments

# what everybody reads
public = Public
public-answer = Public: everybody reads what you write here.
send-publicly = Reply publicly
message-edited = edited
message-removed = Taken away by its author
event-went-private = { $name } answered in private
event-went-on = { $name } answered by { $channel }
event-moved = { $name } split off what stood here
event-joined = { $name } joined this with another conversation
event-hidden = { $name } hid this from everybody
event-unhidden = { $name } showed this again

template = Template
fault-131026 = WhatsApp could not deliver it: the number may not be on WhatsApp.
fault-131047 = The customer wrote more than a day ago. Send a template.
fault-131049 = WhatsApp holds it back so that this customer gets less advertising.
fault-131050 = This customer wants no advertising by WhatsApp.
fault-132000 = The template was changed: it has another number of gaps. Refresh the list and send it again.
fault-132001 = The template is gone, or not there in this language. Refresh the list and choose another.
fault-132005 = Filled in, the template is too long. Shorten what you filled in.
fault-132007 = WhatsApp found something in the template that its rules forbid.
fault-132012 = Something filled in is not of the kind the template wants.
fault-132015 = WhatsApp has paused this template, since customers did not like it. Choose another.
fault-132016 = WhatsApp has switched this template off for good. Choose another.

# how an SMS is counted
sms-segments = { $count ->
    [one] One SMS · { $left } left
   *[other] { $count } SMS · { $left } left
}
sms-wide = “{ $character }” makes each SMS hold less than half.

# calls
call-with = Answered by { $name }
call-talking = They are on the phone
call-recording-coming = The recording is being fetched.
call-recording-lost = The recording could not be had. Ask the telephone system for it.
call-play = Play { $name }
letter-whole = Whole letter
found = { $count ->
    [one] { $count } result
   *[other] { $count } results
}
