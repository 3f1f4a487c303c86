## Shop systems
connector-not-found = There is no such kind of shop system here.
connection-not-found = This connection was not found.
too-many-connections = A shop has at most { $most } connections. Disconnect one that is no longer used.
