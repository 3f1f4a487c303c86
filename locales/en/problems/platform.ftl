## Titles
title-not-found = Not found
title-not-valid = Not valid
title-not-possible-now = Not possible now
title-not-allowed = Not allowed
title-sign-in = Sign in
title-too-many = Too many requests
title-too-large = Too large
title-wrong-kind = Not of this kind
title-service-failed = A system outside failed
title-no-room = No room left
title-overloaded = Too busy just now
title-unavailable = Not working just now
title-broken = Something broke

## Addresses and who may call them
address-not-found = There is nothing at this address.
operation-not-found = There is no such operation at this address.
query-holds-nul = The address holds a NUL character, %00. Leave it out.
query-unreadable = The address asks for something that cannot be read: { $reason }.
sign-in-first = Sign in first.
permission-missing = Your role does not include “{ $permission }”. Ask an owner or administrator of the shop to change it.
request-from-elsewhere = This request came from another site’s page. Use Ombud’s own console, or an API token.
changed-meanwhile = Somebody changed this in the meantime. Look at it again, then repeat.

## What was sent
body-not-json = Send JSON, with the header Content-Type: application/json.
body-too-large = The body is larger than { $kilobytes } kB.
body-unreadable = This cannot be read: { $reason }.
field-missing = The field “{ $name }” is missing.
field-unknown = There is no field “{ $name }” here. Leave it out.
address-not-encrypted = Begin the address with https://, so that nobody on the way reads the password. Only whoever runs Ombud can allow a system in the same network without it.
idempotency-key-missing = Name an Idempotency-Key: this moves money, and must not happen twice.
idempotency-key-not-readable = Use 1 to { $most } visible ASCII characters, such as a UUID.
idempotency-key-of-another-request = This key came with another request before. Make a new key for each request.
must-not-be-empty = This must not be empty.
too-few-characters = At least { $least } characters; there are { $count }.
too-many-characters = At most { $most } characters; there are { $count }.
too-many-bytes = At most { $most } bytes; there are { $count }.
too-many-entries = At most { $most } entries; there are { $count }.
not-an-email = Write an e-mail address such as name@example.com.
not-a-web-address = Write a web address that begins with https:// or http://.
text-too-large = This text is longer than { $kilobytes } kB.
text-too-formatted = This text has more formatting than Ombud takes. Paste it without formatting.

## Passwords and links
password-too-short = Use at least { $least } characters. A few words in a row are easy to remember.
password-too-long = Use at most { $most } characters.
password-is-the-address = This is your e-mail address. Choose something nobody knows.
password-easily-guessed = This is one of the passwords tried first by those who guess. Choose another.
link-not-valid = This link is not valid. Open it exactly as it was sent, or ask for a new one.
link-expired = This link has expired. Ask for a new one.

## What a shop signs for its visitors
signature-not-a-jwt = The shop’s signature is not a JWT of header, claims and signature.
signature-too-long = The shop’s signature is longer than { $most } characters.
signature-not-hs256 = The shop’s signature must be made with HS256, without critical extensions.
signature-of-another-key = The shop’s signature was not made with a key of this shop.
signature-lacks-claims = The shop’s signature needs the claims sub, exp, aud and nonce, each of its usual type.
signature-for-another-shop = The claim aud of the shop’s signature does not name this shop.
signature-expired = The shop’s signature has expired. Sign a new one for each page view.
signature-lives-too-long = The claim exp of the shop’s signature must be at most one hour ahead.
signature-not-valid-yet = The shop’s signature is not valid yet.
signature-claims-not-readable = The claims sub and nonce of the shop’s signature must have 1 to 255 characters that can be seen.

## Files
file-empty = This file is empty.
file-of-another-kind = Send a PNG, JPEG, GIF or WebP picture, a PDF, an MP4 video, a WAV, MP3 or Ogg sound, or a TXT or CSV file in UTF-8.
file-not-kept-there = This is not where Ombud keeps a file.
file-not-found = This file was not found.
picture-damaged = This picture is damaged. Save it again and send the copy.
picture-too-large = This picture has { $width } × { $height } pixels; { $millions } million are the most. Send a smaller copy.

## Texts with variables (Liquid)
template-too-long = This text is longer than { $most } bytes.
template-not-liquid = This text is not valid Liquid.
template-not-liquid-here = Line { $line }, character { $column }: this is not valid Liquid. Variables look like {"{{"} customer.first_name {"}}"}.
template-filter-unknown = There is no filter “{ $filter }”. Common ones are upcase, default and date.
template-refused = This text cannot be filled in: { $reason }
template-values-not-an-object = The values of a text are an object.
template-nested-too-deep = This text is nested more than { $most } deep.
template-repeats-too-often = This text repeats itself too often.
template-value-too-long = This text makes a value longer than { $kilobytes } kB.
template-comes-out-too-long = This text comes out longer than { $kilobytes } kB.
template-cuts-a-character = This text cuts a character in half.
template-numbers-too-large = This text calculates with numbers that are too large.
template-needs-a-number = A whole number is expected here.
template-loop-needs-a-list = Only a list can be gone through with for.
template-loop-too-long = A loop goes through at most { $most } items. Use limit to say how many you need.
template-join-needs-a-list = Only a list can be joined.
template-date-format-too-long = This date format is too long.
template-not-a-date-format = “{ $format }” is not a date format.
template-has-no-clock = A text has no clock of its own. Use a variable.

## Addresses Ombud calls
url-too-long = Ombud does not go to addresses of more than { $most } characters.
url-not-an-address = This is not a web address.
url-not-http = Ombud goes only to addresses that begin with https:// or http://.
url-holds-password = Ombud does not go to an address that holds a user name or password.
url-leads-inside = Ombud does not go to this address: it leads to a private network.
url-redirects-nowhere = Ombud does not go to this address: it redirects to something that is not an address.
url-redirects-to-http = Ombud does not go to this address: it redirects from https to http.
answer-too-large = { $service } answered more than { $most } bytes.

## Work in the background
event-not-found = This event was not found.
reaction-not-found = What was to follow from this is no longer part of Ombud.
job-not-found = This job was not found.
job-kind-not-found = There are no jobs of this kind any more.
job-taken-over = Another worker has taken this job over.
job-unreadable = What this job is about cannot be read: { $reason }
mail-not-found = This mail was not found.
