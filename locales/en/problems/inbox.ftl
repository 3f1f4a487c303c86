## Conversations
conversation-not-found = This conversation was not found.
conversation-closed = This conversation was closed some time ago. Start a new one; we will see the old one beside it.
conversation-erased = The customer of this conversation was erased. Nothing more can be said in it.
no-text-by-phone = This conversation is held by telephone, where no text arrives. Call back, or leave a note.
answer-is-public = Everybody reads what is written in this conversation. Say that you know, or answer in private.
public-personal-data = Everybody would read this: { $what }. Take it out, or answer in private.
step-not-possible = This conversation is { $status ->
    [open] open
    [waiting] waiting for the customer
    [snoozed] snoozed
    [resolved] resolved
   *[spam] spam
}, so it cannot { $step ->
    [write] take a message
    [reply] be answered
    [snooze] be snoozed
    [wake] be woken
    [resolve] be resolved
    [reopen] be reopened
    [mark-spam] be marked as spam
   *[unmark-spam] be taken out of spam
}.
snooze-in-past = Choose a time in the future.
member-cannot-take = This person cannot take conversations. Choose an active member.
department-not-said = Say which department.
view-unknown = The views are unassigned, mine, mentions, open, department, snoozed, resolved, spam and all.

## Messages
message-not-found = This message was not found.
message-empty = Write something, or attach a file.
answered-meanwhile = A colleague answered while you were writing. Read their answer, then send yours if it is still needed.
reply-has-left = This answer has left and cannot be taken back.
mentioned-nobody = One of the people mentioned is no active member. Mention somebody else.
hold-out-of-range = Choose 0 to { $most } seconds.
snooze-until-not-said = Say until when together with “snooze”, and only then.
channel-not-found = This channel was not found.

## Files
file-not-there = One of the files is not there. Attach it again.
file-too-large = The file is larger than { $megabytes } MB. Make it smaller, or send it in parts.

## Tags
tag-not-found = This tag was not found.
tag-deleted = One of these tags has been deleted. Choose again.
tag-name-taken = There is a tag called “{ $name }” already. Use it, or choose another name.
too-many-tags = A shop has at most { $most } tags. Delete some first.
message-not-failed = It has left, or waits for its turn.
cannot-join = These two cannot be joined: both have to be held by e-mail, and neither erased or joined already.
cannot-split = Only what a customer wrote can be split off, and only where something else is left.
