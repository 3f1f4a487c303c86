## What Ombud says when something is not possible
input-not-valid = This is not valid. Look it through and send it again.
too-many-requests = { $seconds ->
    [one] Too many requests. Try again in one second.
   *[other] Too many requests. Try again in { $seconds } seconds.
}
overloaded = More people ask just now than can be answered. Try again in a moment.
service-failed = A system Ombud depends on has failed. Try again later; the server’s log says more.
no-room = The server’s disk is full, so this was not stored. Whoever runs the server has to make room; then send it again.
unavailable = Ombud’s database does not answer just now. Try again in a few seconds.
broken = Ombud could not do this. The server’s log says why; nothing was changed.

## Lists
cursor-unknown = This cursor is not one Ombud gave out. Start again without it.
