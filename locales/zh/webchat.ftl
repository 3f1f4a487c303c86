## 商店页面上的聊天

# 顶部
back = 返回
close = 关闭聊天
menu = 更多
reply-time = 通常在{ $time }内回复
online = 我们在线
opens = { $time }开始营业
closed = 暂时不在

# 首页
choose = 您想咨询哪个部门？
start = 开始对话
leave = 留言
earlier = 以往的对话
resolved-short = 已结束
unread = 新消息

# 第一条消息之前的问题
before = 请先简单介绍自己，方便我们为您服务。
email-why = 我们现在不在营业时间。请留下邮箱地址，我们会通过邮件回复您。
closed-now = 我们现在不在营业时间。
email-leave = 通过邮件接收回复
email-noted = 谢谢。如果您不在，我们会回复到 { $email }。
name = 姓名
email = 邮箱
optional = （选填）
name-missing = 请填写姓名，方便我们称呼您。
email-missing = 请填写邮箱地址，方便我们回复您。
email-wrong = 这不像是邮箱地址，请按 name@example.com 的格式填写。
consent = 我同意按照{ $policy }保存本次聊天内容。
policy = 隐私政策
consent-missing = 请勾选此框后再聊天。未经您同意，我们不能保存您的消息。
go-on = 进入聊天

# 对话
log = 对话
you = 您
write = 输入消息……
send = 发送
attach = 添加文件或图片
drop = 拖放到这里即可发送文件
emoji = 插入表情
typing = { $name } 正在输入……
event-joined = { $name } 加入了对话
event-resolved = 对话已结束
price-from = { $price } 起
sold-out = 已售罄
only-left = 仅剩 { $count } 件
resolved = 对话已结束。继续输入可重新打开，或者
new = 开始新对话
transcript = 下载对话记录
forget = 清除本次聊天
forget-sure = 要清除您在此浏览器中的对话吗？之后将无法在这里查看。
forget-yes = 确认清除
cancel = 取消

# 自动答复
quick = 快速答复
bot = 机器人 · 非人工
helped = 有帮助
person = 联系人工客服
glad = 很高兴能帮到您。您可以继续提问或给我们留言。
track-why = 我只告知下单的人，您填写的内容不会外传。
number = 订单号
postcode = 邮编
track = 查看我的订单
code-rather = 改用邮箱验证码
code-why = 我会把验证码发送到您下单用的邮箱，能读到它的人即可查看这些订单。
code-send = 发送验证码
code-sent = 如果用此邮箱下过单，验证码已在路上，十分钟内有效。
code = 验证码

# 消息状态
waiting = 等待连接
sending = 正在发送……
sent = 已发送
delivered = 已送达
read = 已读
refused = 未发送。
retry = 重试
remove = 删除

# 文件
uploading = 正在上传 { $name }
remove-file = 移除 { $name }
file-big = { $name } 超过了 { $size }，请选择较小的文件。
file-kind = 这里不能发送 { $name }。请选择图片、PDF、文本文件或 MP4 视频。
file-empty = { $name } 是空文件，请选择其他文件。
file-many = { $name } 超出数量：一条消息最多 { $count } 个文件，请随下一条消息发送。

# 出了什么问题
too-long = 超出 { $count } 个字符。请缩短消息或分两次发送。
offline = 没有连接。您写的内容会保留在这里，恢复连接后只发送一次。
no-connection = 无法连接商店。请检查网络后重试。
too-many = 短时间内消息过多，请在{ $time }后重试。
forbidden = 您暂时无法在这里留言，请通过其他方式联系商店。
sign-in = 请先登录商店，再与我们聊天。
gone = 此对话已不存在，请开始新的对话。
broken = 我们这边出了点问题，请稍后重试。

# what a new shop says until it writes its own texts (Liquid)
default-greeting = 您好！有什么可以帮您？
default-acknowledgement = 谢谢，我们已收到您的消息，通常会在 {"{{"} reply_minutes {"}}"} 分钟内回复。
default-away = 谢谢，我们已收到您的消息。现在是非营业时间，我们将于 {"{{"} opens_date {"}}"} {"{{"} opens_time {"}}"} 恢复服务。请留下邮箱，我们会通过邮件回复您。
