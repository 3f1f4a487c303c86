## Shop systems
connector-not-found = 这里没有这种店铺系统。
connection-not-found = 未找到此连接。
too-many-connections = 每家店铺最多可有 { $most } 个连接，请断开不再使用的连接。
connection-ending = 此连接所复制的内容正在清除，清除后该连接即不再存在。
connected-twice = 同一个店铺系统还有另一个连接“{ $name }”。请先断开它：两者所复制的内容无法区分。
copy-being-erased = 之前从该店铺系统复制的内容仍在清除中，请在完成后再连接。
webhook-not-signed = 此 webhook 没有用该连接的密钥签名。
webhook-of-another-shop = 此 webhook 来自另一家商店，而不是已连接的商店。
webhook-topic-unknown = 这里不认识此类 webhook。
