quick-reply-not-offered = The shop does not answer this by itself any more. Write to us instead.
order-needs-proof = Sign in to the shop, or give the order’s number, your e-mail address and the postcode.
order-not-known-so = No order has this number, e-mail address and postcode. Check all three, or talk to a person.
code-wrong-or-over = This is not the code, or it is older than ten minutes. Look at the newest mail, or ask for another code.
