# The contact form, as shoppers see it.

languages = Language
title = Contact { $shop }
name = Your name
email = Your e-mail address
department = What is it about?
message = Your message
files = Pictures or documents
files-about = Up to {"{"}count{"}"} files, {"{"}size{"}"} MB in all.
files-too-large = These files are too large together. Please choose fewer or smaller ones.
optional = (optional)
choose = Please choose
agree = I agree that my message is stored so that it can be answered.
policy = Privacy policy
send = Send message
sent-title = Thank you!
sent = Thank you, { $shop } has your message.
write-again = Write another message
something-wrong = Something is still missing or not quite right. Please look at the fields below.
page-too-old = This page was open for very long. Please look over what you wrote and send it once more.
not-possible = That did not work
mail-subject = Your message to { $shop }

default-title = Contact us
default-intro = Write to us, and we will answer you by e-mail.
default-order = Order number
default-acknowledgement = Thank you, we have your message and will answer you by e-mail.{"{%"} if opens_date {"%}"} We are closed right now and will be back on {"{{"} opens_date {"}}"} at {"{{"} opens_time {"}}"}.{"{%"} endif {"%}"}
