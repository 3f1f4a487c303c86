## Orders
orders = Orders
order-late = Late
order-will-be-late = Will be late
order-stuck = No news for days
order-test = Test order
dispute-chargeback = Chargeback
dispute-inquiry = Inquiry by the bank
dispute-fraudulent = Payment said to be fraudulent
dispute-unrecognized = Payment not recognised
dispute-not-received = Goods said not to have arrived
dispute-unacceptable = Goods said not to be as promised
dispute-not-credited = Refund said to be missing
dispute-duplicate = Said to be paid twice
dispute-subscription-cancelled = Subscription said to be cancelled
dispute-needs-response = Answer it in the shop; by when, the shop does not say.
dispute-answer-by = Answer it in the shop by { $moment }.
dispute-under-review = Answered; the bank decides.
dispute-won = Won: the money stays with the shop.
dispute-lost = Lost: the customer has the money back.
dispute-accepted = Accepted: the customer gets the money back.
dispute-prevented = Settled before it became a chargeback.
order-unfulfilled = Not packed yet
order-processing-fulfilment = Partly packed
order-pending-delivery = Packed
order-ready-for-pickup = Ready for pickup
order-in-transit = On its way
order-out-for-delivery = Out for delivery
order-attempted-delivery = Nobody was at home
order-delivered = Delivered
order-failed-delivery = Could not be delivered
order-failed-fulfilment = Could not be packed
order-cancelled = Cancelled
order-partially-refunded = Partly refunded
order-given-back = { $amount } refunded
order-refunded = Refunded
order-does-not-add-up = The shop’s figures for this order do not add up.
parcel = Parcel
promised-for = Promised for { $date }
open-in-shop = Open in the shop
order-discount = Discount
order-shipping = Shipping
order-tax = Tax
orders-spent =
    { $count ->
        [one] One order since { $since }; { $spent } spent, refunds taken off.
       *[other] { $count } orders since { $since }; { $spent } spent, refunds taken off.
    }
more-orders = Show more orders
order-number = Order { $number }

## Products
products = Products
search-products = Search products
price-from = from { $price }
stock-left = { $count } in stock
stock-few = Only { $count } left
stock-none = Sold out
stock-backorder = To be ordered
sells-fast = Sells fast
sells-fast-about = At the pace of the last 30 days, what is left is gone within 14 days.
sold-lately = { $count } sold in 30 days
best-sellers = Best-sellers
bought-with = Often bought with { $title }
product-hidden = Not on sale
product-variants = Variants and stock
delivered-within = Delivered in { $least }–{ $most } days
told-last = As the shop told on { $date }
show-product = Show a product
too-many-products = At most { $most } products fit into one message.
remove-product = Do not show { $title }
