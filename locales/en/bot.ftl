## The bot

# the desk's settings
quick-replies = Quick replies
quick-replies-about = Answers your customers get at once, with a tap in the chat. The bot says that it is one, and a person is always one tap away.
quick-replies-offered = What it answers
quick-replies-offered-about = Only what is switched on and has a text is shown in the chat.
quick-reply-track-order = Track my order
quick-reply-track-order-about = Told to customers you have signed in, to whoever knows the order’s number, its e-mail address and its postcode, and to whoever reads a code sent to that address.
quick-reply-return-policy = Return policy
quick-reply-return-policy-about = Told from your own text below.
quick-reply-shipping = Shipping cost and time
quick-reply-shipping-about = Told from your own text below.
quick-reply-opening-hours = Opening hours
quick-reply-opening-hours-about = Told from the shop’s opening hours, with the holidays of the next 30 days.
quick-reply-department = Who looks after a parcel in trouble
quick-reply-department-about = When a parcel is late, stands still or cannot be delivered, the customer is handed to a person at once.
quick-reply-department-none = Whoever is there first
quick-reply-return-policy-text = What you say about returns
quick-reply-shipping-text = What you say about shipping
quick-reply-text-about = { $shop } puts in the shop’s name. Web addresses become links.
quick-replies-preview = In the chat, in { $language }

# opening hours in words; the time is like 09:00
hours-open-until = We are open now, until { $time }.
hours-open-until-day = We are open now, until { $day } at { $time }.
hours-closed-until = We are closed now and open at { $time }.
hours-closed-until-day = We are closed now and open on { $day } at { $time }.
hours-always = We are always open.
hours-never = We are closed for now.
hours-line = { $day }: { $hours }
hours-closed = closed
day-1 = Monday
day-2 = Tuesday
day-3 = Wednesday
day-4 = Thursday
day-5 = Friday
day-6 = Saturday
day-7 = Sunday

# orders in words
told-order = Order { $number }: { $status }.
told-promised = It should be with you by { $date }.
told-late = It should have been with you by { $date }. I am sorry that it is late.
told-stuck = The carrier has said nothing about it since { $date }. I am sorry for the wait.
told-failed = I am sorry: it will not reach you without help.
told-person = I am passing this on to a person.
told-none = I find no orders of yours.
told-status-unfulfilled = received, not packed yet
told-status-processing-fulfilment = being packed
told-status-pending-delivery = packed, waiting for the carrier
told-status-ready-for-pickup = ready for you to pick up
told-status-in-transit = on its way
told-status-out-for-delivery = out for delivery today
told-status-attempted-delivery = the carrier came and met nobody
told-status-delivered = delivered
told-status-failed-delivery = could not be delivered
told-status-failed-fulfilment = could not be packed
told-status-cancelled = cancelled
told-status-partially-refunded = partly refunded
told-status-refunded = refunded
