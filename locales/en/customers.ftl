## A customer
title-customers = Customers · Ombud
edit-customer = Edit customer
phone = Phone
not-known = Not known
no-contact = No contact details yet
verified = verified
speaks = Language
country = Country
comes-from = Place and time there
seen = Last seen
seen-never = Never
online-now = Online now
customer-since = First seen
notes-about = Notes about this customer
notes-placeholder = Sizes, wishes, what was promised …
no-notes = No notes.
wrote-from = Wrote from
answered-before = Asked beforehand
other-conversations = Other conversations

## Blocking
blocked = Blocked
block = Block
unblock = Unblock
block-title = Block { $name }?
block-about = New messages from this customer are no longer accepted. You can undo it here at any time.

## One person, two customers
perhaps-same = Perhaps the same person
alike-same-email = Same e-mail address: { $shared }
alike-guest-address = Ordered as a guest with { $shared }
alike-same-phone = Same telephone number: { $shared }
alike-same-name = Same name and country: { $shared }
merge = Merge …
not-the-same = Not the same
told-apart = They are not suggested for each other any more.
merge-title = Merge these two customers?
merge-about = It can be undone at any time.
stays = Stays
goes-along = Becomes part of it
merge-what-moves = Conversations and orders of both stand beside each other, those to come too.
merge-what-shows = What { $name } lacks is shown from the other one. If one of them is blocked, both are.
merge-what-visitors-see = In the chat, each browser goes on seeing its own conversations only.
merge-yes = Merge
merged = They are one customer now.
merged-here = Merged into this customer
merged-on = By { $member } on { $date }
separate = Separate again
separated = They are two customers again.
merge-stays = Stays, because one of them was erased

## Personal data
personal-data = Personal data
export-data = Export personal data
exporting = Exporting … { $size }
exported = The personal data is among this browser’s downloads.
erase = Erase customer …
erase-title = Erase { $name }?
erase-about = At once, and for everybody. It cannot be undone. Export their data first if they want a copy.
erase-forgotten = What is forgotten
erase-forgotten-person = Their name, e-mail, phone, language and place, and your notes about them
erase-forgotten-said = Everything in their conversations: messages, answers, internal notes, drafts and files
erase-forgotten-chat = Their chat on your pages. If they come back, they are a stranger
erase-stays = What stays
erase-stays-talks = That there were conversations, when, with whom of the team, and their tags
erase-stays-proof = That they gave consent, and who erased them and when
erase-stays-backups = What is in older backups, until those are deleted
erase-sure = I understand that nobody can bring this back
erase-unsure = Tick this first. It is for good.
erase-yes = Erase for good
erased = The customer has been erased.
erased-at = Erased on { $date }
erased-about = What was known about them and what was said with them has been forgotten for good. Only that they were here, and when, is still known.

## The list of customers
search-customers = Search by name, e-mail or phone
no-customers = No customers yet
no-customers-about = Everybody who writes in the chat appears here with their conversations.
no-customer-found = Nobody found
no-customer-found-about = Try the beginning of the name, or part of the e-mail address.

## Addresses
addresses = Addresses
address = Address
address-add = Add an address
address-add-about = It counts as a claim until the customer or the shop has proved it.
address-kind = Kind
address-hint = A telephone number has its country code, such as +47 22 22 22 22.
address-email = E-mail address
address-phone = Telephone number
address-account = Customer number in the shop
address-guest = Where orders without an account go
address-handle = On a messenger
address-remove = Remove { $address }
claimed = not proved

## Tags of customers
customer-tags = Customer tags
customer-tag-add = Add a customer tag
conversation-tags = Tags of this conversation

## Notes
note-write = Write a note
note-keep = Add note
note-edit = Edit note
note-edited = edited
note-delete = Delete note
note-delete-title = Delete this note?
note-delete-about = For everybody, and for good.
somebody-gone = Somebody who has left
note-by = Note by { $name }

## Consent
consents = Consent
no-consents = They were not asked yet.
consent-given = Allowed
consent-withdrawn = Not allowed
consent-given-since = Allowed since { $date }
consent-withdrawn-since = Not allowed since { $date }
consent-record = Write down a consent
consent-record-about = What the customer has said. It stays as evidence, so nothing of it can be changed later.
consent-what = What they said
consent-purpose = For what
consent-channel = On which channel
consent-wording = The words they saw or heard
consent-wording-about = Word for word, if you have them.
evidence = All that was said, with its evidence
evidence-where = Where it was said
evidence-by = Written down by
evidence-page = Page
evidence-network = Internet address
evidence-version = Version of the words
purpose-conversation = Keeping what is written
purpose-service = News about orders
purpose-marketing = Offers and newsletters
purpose-feedback = Questions about how it was
purpose-browsing = What they do in the shop
source-webchat = In the chat, by ticking the box
source-page = On a page of the shop
source-form = In a form
source-checkout = At the checkout
source-in-person = In person
source-told = To one of us
source-message = In a message there
source-import = In another system, before

## What a shop wants to know
attributes = Customer fields
attributes-edit = Edit fields
yes = Yes
no = No
preferred-channel = Would rather be reached by
birthday = Birthday
birthday-day = Day
birthday-month = Month
birthday-year = Year
birthday-about = Day and month will do. The year only if they said it.

## What happened
timeline = Timeline
handled-by = with { $name }
first-seen = Was here for the first time

## Narrowing the list, and tagging many
filter-visitors = Who is listed
filter-contacts = Customers
filter-looked-around = Only looked around
filter-tag = Any tag
filter-language = Any language
filter-country = Any country
filter-seen = Seen any time
filter-seen-days = { $count ->
    [one] Seen today or yesterday
   *[other] Seen in the last { $count } days
}
filter-blocked = Blocked or not
not-blocked = Not blocked
filters-clear = Clear filters
bulk-choose = Choose { $name }
bulk-chosen = { $count ->
    [one] { $count } chosen
   *[other] { $count } chosen
}
bulk-none = Choose nobody
bulk-tag = Add a tag …
bulk-untag = Remove a tag …
bulk-tagged = { $count ->
    [0] All of them have “{ $name }” already.
    [one] One customer now has “{ $name }”.
   *[other] { $count } customers now have “{ $name }”.
}
bulk-untagged = { $count ->
    [0] None of them had “{ $name }”.
    [one] One customer has lost “{ $name }”.
   *[other] { $count } customers have lost “{ $name }”.
}
