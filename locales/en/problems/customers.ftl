customer-not-found = This customer was not found.
not-a-phone-number = Write a telephone number such as +47 22 22 22 22.
visitor-unknown = This chat has ended on this device. Start a new one.
signature-used-before = The shop’s signature has been used before. Ask the shop’s page for a fresh one.
customer-erased = This customer was erased. Nothing more can be written down about them.
