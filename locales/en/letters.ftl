letter-from = From
letter-to = To
letter-cc = Copy
letter-date = Written
letter-files = Attached
letter-gone = This letter is not kept any more.
letter-unproved = Nobody has vouched for the sender: anybody may have written it.
letter-pictures = { $count ->
    [one] Show one picture from elsewhere
   *[other] Show { $count } pictures from elsewhere
}
