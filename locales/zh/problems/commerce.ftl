order-not-found = 未找到此订单。
not-an-amount = 请填写 0 到 { $most } 之间的整数；金额以货币的最小单位计。
more-refunded-than-bought = 退还数量不能超过购买数量。
not-a-country = 请用 ISO 3166 的两个字母填写国家，例如 CN。
order-of-the-future = 该订单的变更时间在未来。请校准店铺系统的时钟。
