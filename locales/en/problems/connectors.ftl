## Shop systems
connector-not-found = There is no such kind of shop system here.
connection-not-found = This connection was not found.
too-many-connections = A shop has at most { $most } connections. Disconnect one that is no longer used.
connection-ending = What was copied by this connection is being erased; then it is gone.
connected-twice = The same shop system is connected a second time, as “{ $name }”. Disconnect that one first: what was copied by the one cannot be told from what was copied by the other.
copy-being-erased = What was copied from this shop system earlier is still being erased. Connect it again once that is done.
webhook-not-signed = This webhook is not signed with the secret of this connection.
webhook-of-another-shop = This webhook comes from another shop than the one that is connected.
webhook-topic-unknown = Nothing is known of such webhooks here.
