# 顾客看到的联系表单。

languages = 语言
title = 联系{ $shop }
name = 您的姓名
email = 您的邮箱
department = 关于什么？
message = 您的留言
files = 图片或文件
files-about = 最多 {"{"}count{"}"} 个文件，共 {"{"}size{"}"} MB。
files-too-large = 这些文件合计太大。请选择更少或更小的文件。
optional = （选填）
choose = 请选择
agree = 我同意保存我的留言以便答复。
policy = 隐私政策
send = 发送留言
sent-title = 非常感谢！
sent = 谢谢，{ $shop }已收到您的留言。
write-again = 再写一条留言
something-wrong = 有内容缺失或不正确。请查看下面的各项。
page-too-old = 此页面打开太久了。请检查您写的内容，然后再发送一次。
not-possible = 未能完成
mail-subject = 您给{ $shop }的留言

default-title = 联系我们
default-intro = 请给我们留言，我们会通过邮件答复您。
default-order = 订单号
default-acknowledgement = 谢谢，我们已收到您的留言，会通过邮件答复您。{"{%"} if opens_date {"%}"}我们现在休息，{"{{"} opens_date {"}}"} {"{{"} opens_time {"}}"} 恢复营业。{"{%"} endif {"%}"}
