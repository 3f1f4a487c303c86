# templates: texts WhatsApp has agreed to
template-about = WhatsApp takes these texts at any time. Fill in the gaps and look at what the customer will read.
template-none = WhatsApp has agreed to no template that can be sent from here yet. Write one in WhatsApp Manager, then refresh.
template-marketing = Advertising: only to customers who agreed to it.
template-utility = About an order or a request.
template-gap = Gap { $name }
template-example = For example: { $example }
template-preview = What the customer reads
template-others = { $count ->
    [one] One more is not agreed to now, or needs a picture or a form.
   *[other] { $count } more are not agreed to now, or need a picture or a form.
}
template-told = WhatsApp was asked { $time }.
template-refresh = Refresh the list
template-send = Send the template
known-first_name = First name
known-full_name = Name
known-order_number = Number of the last order
known-tracking_number = Tracking number
known-tracking_link = Tracking link
known-shop = The shop
known-agent = You

# how many customers may be written to first
allowance = Allowance
allowance-used = { $opened } of { $most } customers written to first in the last 24 hours
allowance-open = { $opened } customers written to first in the last 24 hours; there is no bound
quality-good = Customers are content with what the number sends
quality-middling = Some customers complain of what the number sends
quality-poor = Many customers complain of what the number sends
