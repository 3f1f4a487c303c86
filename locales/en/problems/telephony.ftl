# telephone lines, and what their systems tell
phone-line-not-found = There is no such telephone line. Somebody may have disconnected it.
too-many-phone-lines = A shop has at most { $most } telephone lines.
call-back-within-out-of-range = Choose a minute to a week.
call-news-not-signed = This is not signed with the secret of its telephone line.
call-news-too-old = This was signed more than five minutes ago, or by a clock that is ahead. Set the clock of the telephone system.
call-recording-missing = Say where the recording lies.
call-seconds-out-of-range = A call takes 0 seconds to a week.

# lines at Twilio, and members’ own telephones
phone-line-is-twilios = This line is at Twilio. Change it as one of Twilio’s.
voice-line-is-another = That is another number or account. Disconnect this line and connect the other one.
voice-line-there-already = This number is connected already.
voice-needs-a-public-address = Twilio cannot reach this server. Set public_url to its address on the internet, with https.
voice-account-wrong = An account SID begins with AC and has 34 characters. It stands on the first page of Twilio’s console.
voice-sign-in-refused = Twilio does not take this account SID with this auth token. Copy both once more.
voice-number-not-there = This account has no such number, or may not change it. Write it with its country, as Twilio shows it.
prefixes-wrong = Write how numbers begin that may be rung, with one digit more than the country at least, such as +47 4 and +47 9.
not-a-number-of-anybody = This is no telephone number. Write it with its country, such as +47 912 34 567.
number-not-rung = Only numbers are rung that begin with { $prefixes }. Whoever sets up the telephone can allow others.
no-line-rings-members = No line rings members’ own telephones. Connect a number at Twilio first.
call-not-known = Nothing is known of this call.
call-not-signed-by-twilio = This is not signed with the auth token of the line’s account.
recording-not-at-twilio = This recording does not lie with Twilio.
