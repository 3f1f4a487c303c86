# telephone lines, and what their systems tell
phone-line-not-found = 没有这条电话线路，可能已被他人断开。
too-many-phone-lines = 一家店铺最多有 { $most } 条电话线路。
call-back-within-out-of-range = 请选择一分钟到一周之间的时间。
call-news-not-signed = 此请求未使用该电话线路的密钥签名。
call-news-too-old = 此请求的签名时间已超过五分钟，或签名方的时钟偏快。请校准电话系统的时钟。
call-recording-missing = 请说明录音所在的地址。
call-seconds-out-of-range = 一次通话的时长为 0 秒到一周。

# Twilio 线路和成员自己的电话
phone-line-is-twilios = 这条线路在 Twilio，请按 Twilio 线路修改。
voice-line-is-another = 这是另一个号码或账户。请断开这条线路，再连接另一条。
voice-line-there-already = 这个号码已经连接。
voice-needs-a-public-address = Twilio 无法访问这台服务器。请把 public_url 设为它在互联网上的 https 地址。
voice-account-wrong = 账户 SID 以 AC 开头，共 34 个字符，显示在 Twilio 控制台首页。
voice-sign-in-refused = Twilio 不接受这个账户 SID 和令牌的组合，请重新复制两者。
voice-number-not-there = 该账户没有这个号码，或无权修改。请按 Twilio 显示的样子连同国家代码填写。
prefixes-wrong = 请填写可拨打号码的开头，至少比国家代码多一位，例如 +47 4 和 +47 9。
not-a-number-of-anybody = 这不是电话号码。请连同国家代码填写，例如 +47 912 34 567。
number-not-rung = 只拨打以 { $prefixes } 开头的号码。设置电话的人可以允许其他号码。
no-line-rings-members = 没有线路会拨打成员自己的电话。请先连接一个 Twilio 号码。
call-not-known = 没有这通电话的信息。
call-not-signed-by-twilio = 这不是用该线路账户的令牌签名的。
recording-not-at-twilio = 这段录音不在 Twilio。
