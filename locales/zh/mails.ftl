## A password link
reset-subject = 设置新密码
reset-text =
    您好：

    有人（希望是您本人）请求为您的 Ombud 账户设置新密码。请在一小时内通过以下链接设置：

    { $link }

    如果不是您本人操作，请忽略此邮件，您的密码不会改变。

## An invitation
invitation-subject = { $shop } 邀请您加入
invitation-text =
    您好：

    { $inviter } 邀请您通过 Ombud 一起为 { $shop } 的顾客服务。请在七天内接受邀请：

    { $link }

    如果您并不知情，请忽略此邮件。

## A code for whoever asks after orders
order-code-subject = { $shop } 的验证码：{ $code }
order-code-text =
    您好，

    有人（希望是您）想在 { $shop } 的聊天中查询用此邮箱下的订单。请在十分钟内在那里输入此验证码：

    { $code }

    如果不是您本人，请忽略此邮件：没有验证码，不会告知任何人。
