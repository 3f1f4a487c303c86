customer-not-found = This customer was not found.
not-a-phone-number = Write a telephone number such as +47 22 22 22 22.
visitor-unknown = This chat has ended on this device. Start a new one.
signature-used-before = The shop’s signature has been used before. Ask the shop’s page for a fresh one.
customer-erased = This customer was erased. Nothing more can be written down about them.

## Merging
customer-merged = This customer has been merged into another one. Open that one, or undo the merge first.
merged-with-itself = A customer cannot be merged with itself. Choose the other one.
too-many-merged = At most { $most } customers can be one. Undo a merge that is no longer right first.
merge-not-found = These customers are not merged. Load the page again.
merge-erased = One of these customers was erased since, so the merge stays.
