line-until = { $channel } takes answers until { $time }.
line-over = { $channel } takes no answer any more: the customer has not written for too long. Write by another channel.
line-over-template = { $channel } takes no free text any more: the customer wrote more than a day ago.
line-soon = { $channel } takes answers for { $minutes ->
    [one] one more minute
   *[other] { $minutes } more minutes
}.
line-gone = The number or bot this came through is not connected any more. An answer would not arrive.
line-waits = { $name } is in trouble. What you answer waits until that is put right.
line-awaits = { $channel } takes another answer once the customer has written back.
public-under = Under your post
public-mention = Not under a post of yours
public-open = Open on { $channel }
public-hide = Hide
public-show = Show again
public-hidden = Hidden: only its author sees it.
public-removed = It was taken away. There is nothing left to answer.
public-private = Answer in private
public-private-until = Once, until { $time }.
public-private-open = Private conversation
private-reply-about = Only { $name } reads this. It goes on in a conversation of its own.
private-reply-once = { $channel } lets you send this one message; more once they write back.
private-reply-text = Your answer
private-reply-send = Send privately
private-reply-sent = Answered in private.
personal-title = Only one person should read this
personal-private = Answer in private instead
personal-anyway = Publish it anyway
personal-keep = Change it
template-choose = Choose a template
phone-no-text = No text arrives by telephone. Call back, and write down what was said.
phone-call-number = Call { $number }
