## Shop systems
connector-not-found = 这里没有这种店铺系统。
connection-not-found = 未找到此连接。
too-many-connections = 每家店铺最多可有 { $most } 个连接，请断开不再使用的连接。
