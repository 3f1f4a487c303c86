## A customer
customer = Customer
