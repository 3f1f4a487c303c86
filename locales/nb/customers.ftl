## A customer
customer = Kunde
