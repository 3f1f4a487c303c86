## A customer
customer = 客户
