## Who may chat
chat-not-found = This chat was not found.
visitor-token-missing = Send the visitor’s token.
page-not-listed = This chat may not run on this page. The shop lists its pages under Settings → Chat.
network-blocked = This chat is not available from here.
sign-in-to-chat = Sign in to the shop to chat.
consent-missing = The shop may keep what you write only if you agree. Tick the box to begin.
name-missing = Write your name.
email-missing = Write your e-mail address.

## Setting up the chat
origin-not-an-address = “{ $origin }” is no address of a site. Write it like https://shop.example, without a path.
color-not-readable = Write a colour like #0b6b5a.
address-not-whole = Write the full address, beginning with https://.
reply-minutes-out-of-range = Choose 1 minute to a week.
signing-key-not-found = This key was not found.
too-many-signing-keys = A shop has at most { $most } signing keys. Revoke one that is no longer used.
browsing-not-kept = This shop does not keep what visitors do on its pages.
browsing-needs-consent = The visitor has to agree before anything is kept.

# mailboxes and letters
mailbox-not-found = There is no such mailbox. Somebody may have disconnected it.
letter-not-found = There is no such letter any more.
letter-not-aside = There is no such letter put aside: somebody has decided about it.
letter-not-kept = This letter lies in its mailbox alone. Read it there.
mailbox-there-already = This address is another mailbox’s already.
too-many-mailboxes = A shop has at most { $most } mailboxes.
port-not-there = Enter the port, such as 993 or 587.
password-unfit = A password has 1 to 1000 characters, all on one line.
mail-not-encrypted = Passwords are not sent unencrypted. Choose TLS or STARTTLS.
no-mailbox-to-answer-from = The mailbox this conversation came into is not connected any more.
mailbox-paused = The mailbox is paused; the answer waits until it goes on.
nobody-to-write-to = There is nobody this could be sent to.
signing-key-missing = This mailbox has no key to sign with. Make one first.
signing-record-missing = Nothing stands under this name yet. New records take minutes, sometimes hours, to be seen.
signing-record-other = Something else stands under this name. Compare it with the record shown here, letter by letter.

# lines: numbers, pages and bots at partners
partner-not-found = There is no such kind of line.
line-not-found = There is no such line. Somebody may have disconnected it.
line-there-already = It is connected already.
too-many-lines = A shop has at most { $most } lines.
line-is-another = This opens another line. Connect it as a new one.
no-line-to-answer-from = Its line is not connected any more. Write by another channel.
no-templates-here = This conversation is held through no line that has templates.
template-not-found = WhatsApp does not agree to this template any more. Refresh the list and choose another.
template-gap-open = Fill this in.
template-gap-unknown = The template has no such gap.
template-part-too-long = Filled in, this part has { $count } characters; { $most } are allowed.
window-closed = { $channel } takes answers for { $hours } hours after the customer last wrote. Wait until they write again, or write by another channel.
window-closed-template = { $channel } takes free text only for { $hours } hours after the customer last wrote. Choose a template.
comment-removed = What they wrote is gone, so there is nothing left to answer.
public-files = On { $channel } files are not sent where everybody reads them. Answer in private, or leave them out.
public-too-long = In public { $channel } takes { $most } characters; these are { $count }.
no-private-reply = { $channel } takes one private answer to a comment, within seven days. Answer in public, or wait until they write to you.
private-reply-too-long = A private answer has { $most } characters at most; these are { $count }.
outlet-gone = They cannot be reached there any more. Look again where they can be.
outlet-closed = They cannot be written to there now.
outlet-is-here = This conversation is held there already. Answer in it.
conversation-not-public = This conversation is private already.
nothing-to-hide = There is nothing here that you could hide.
telegram-token-wrong = Copy the token as BotFather shows it: numbers, a colon, and letters.
meta-id-wrong = Copy the number as Meta shows it: digits only.
twilio-account-wrong = Copy the account SID as Twilio shows it: AC and 32 more signs.
x-user-id-wrong = Fill in the number of the account, digits only; its @name can change.
body-not-text = Send text as UTF-8.
call-not-signed = This call is not signed the way its partner signs.
contact-form-closed = This contact form is closed. Please try again later.
contact-options-uneven = Each language needs the same number of choices, one a line, in the same order.
contact-option-gone = This answer is not offered any more. Please choose again.
contact-form-too-large = The form is larger than { $megabytes } MB with its files. Please send fewer or smaller ones.
contact-form-unreadable = The form could not be read. Please try again.
contact-needs-mailbox = Choose the mailbox answers come from first.
contact-consent-missing = Please tick the box: only then may the shop keep what you write.
