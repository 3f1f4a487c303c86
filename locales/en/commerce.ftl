## Orders
orders = Orders
order-late = Late
order-will-be-late = Will be late
order-stuck = No news for days
order-test = Test order
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
title-orders = Orders · Ombud
search-orders = Number or tracking number
filter-orders = All orders
filter-orders-trouble = Where something is wrong
no-orders = No orders yet
no-orders-about = As soon as your shop’s system tells Ombud of its orders, you find them here and beside each conversation.
no-order-found = No order found
no-order-found-about = Try the whole number, or the tracking number of its parcel.
order-number = Order { $number }

## Products
products = Products
title-products = Products · Ombud
search-products = Search products
no-products = No products yet
no-products-about = As soon as your shop’s system tells Ombud of its products, you find them here with price and stock.
no-product-found = No product found
no-product-found-about = Try another word, a SKU or the name of a size or colour.
price-from = from { $price }
stock-left = { $count } in stock
stock-few = Only { $count } left
stock-none = Sold out
stock-backorder = To be ordered
sells-fast = Sells fast
sells-fast-about = At the pace of the last 30 days, what is left is gone within 14 days.
sold-lately = { $count } sold in 30 days
sort-products = Order of products
sort-newest = Newest first
sort-best-selling = Best-selling first
best-sellers = Best-sellers
bought-with = Often bought with { $title }
product-hidden = Not on sale
product-variants = Variants and stock
delivered-within = Delivered in { $least }–{ $most } days
told-last = As the shop told on { $date }
show-product = Show a product
too-many-products = At most { $most } products fit into one message.
remove-product = Do not show { $title }
