not-a-number-of-pieces = 请填写 1 到 { $most } 之间的整数数量。
not-a-price = 请填写 0 到 { $most } 之间的整数，价格以货币的最小单位计。
