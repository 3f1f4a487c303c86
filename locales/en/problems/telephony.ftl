# telephone lines, and what their systems tell
phone-line-not-found = There is no such telephone line. Somebody may have disconnected it.
too-many-phone-lines = A shop has at most { $most } telephone lines.
call-back-within-out-of-range = Choose a minute to a week.
call-news-not-signed = This is not signed with the secret of its telephone line.
call-news-too-old = This was signed more than five minutes ago, or by a clock that is ahead. Set the clock of the telephone system.
call-recording-missing = Say where the recording lies.
call-seconds-out-of-range = A call takes 0 seconds to a week.
