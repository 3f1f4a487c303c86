# what callers hear at a number of Twilio’s
greeting = Welcome to { $shop }. Please hold the line.
waits = We are all on the phone. You are number { $place } in line. Stay on the line, or press 1 and we call you back.
waits-unknown = We are all on the phone. You are number { $place } in line. Please stay on the line.
closed = { $shop } is closed.
closed-until = { $shop } is closed. We open { $day } at { $time }.
nobody = Nobody can come to the phone.
offer = Press 1 and we call you back.
speak = Leave a message after the tone, and press the hash key when you are done.
called-back = Thank you. We will call you back. Goodbye.
called-back-by = Thank you. We will call you back no later than { $day } at { $time }. Goodbye.
thanks = Thank you. Goodbye.
sorry = We are sorry, something went wrong with us.

# what a member hears who picks up, and whom they missed
whisper = A customer is calling { $line }. Press 1 to take the call.
gone = The customer has hung up.

# days, as they stand in these sentences
today = today
tomorrow = tomorrow
day-1 = on Monday
day-2 = on Tuesday
day-3 = on Wednesday
day-4 = on Thursday
day-5 = on Friday
day-6 = on Saturday
day-7 = on Sunday
