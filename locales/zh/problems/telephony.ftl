# telephone lines, and what their systems tell
phone-line-not-found = 没有这条电话线路，可能已被他人断开。
too-many-phone-lines = 一家店铺最多有 { $most } 条电话线路。
call-back-within-out-of-range = 请选择一分钟到一周之间的时间。
call-news-not-signed = 此请求未使用该电话线路的密钥签名。
call-news-too-old = 此请求的签名时间已超过五分钟，或签名方的时钟偏快。请校准电话系统的时钟。
call-recording-missing = 请说明录音所在的地址。
call-seconds-out-of-range = 一次通话的时长为 0 秒到一周。
