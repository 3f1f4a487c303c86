title-search = Search · Ombud
search-start = Find a conversation or a person
search-start-about = Words from a message, a name, an e-mail address or a number.
search-nothing = Nothing found for “{ $text }”
search-nothing-about = Try fewer words, or the beginning of a word.
