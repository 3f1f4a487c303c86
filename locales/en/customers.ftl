## A customer
title-customers = Customers · Ombud
customer = Customer
edit-customer = Edit customer
phone = Phone
not-known = Not known
no-contact = No contact details yet
verified = verified
speaks = Language
comes-from = Place and time there
seen = Last seen
online-now = Online now
customer-since = First seen
notes-about = Notes about this customer
notes-placeholder = Sizes, wishes, what was promised …
no-notes = No notes.
wrote-from = Wrote from
answered-before = Answered before the chat
other-conversations = Other conversations

## Blocking
blocked = Blocked
block = Block
unblock = Unblock
block-title = Block { $name }?
block-about = New messages from this customer are no longer accepted. You can undo it here at any time.

## The list of customers
search-customers = Search by name, e-mail or phone
no-customers = No customers yet
no-customers-about = Everybody who writes in the chat appears here with their conversations.
no-customer-found = Nobody found
no-customer-found-about = Try the beginning of the name, or part of the e-mail address.
