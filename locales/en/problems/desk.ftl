macro-not-found = This saved reply was not found.
macro-name-taken = There is a saved reply called “{ $name }” already. Change that one, or choose another name.
macro-in-no-language = Write the reply in at least one language.
macro-without-text = This saved reply has no text in a language of this customer or of the shop.
too-many-macros = A shop has at most { $most } saved replies. Delete some that nobody uses first.
