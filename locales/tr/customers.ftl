## A customer
customer = Müşteri
