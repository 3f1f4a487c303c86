## Every page
languages = 语言

## The front page
front-about = 网店的客户服务台。
front-console = 控制台
front-console-about = 供回复客户的人使用。
front-shop = 演示店铺
front-shop-about = 页面上带有聊天。
front-mail-about = 演示系统原本会发出的邮件。
front-partners = 合作平台
front-partners-about = 以顾客身份写信的手机。
front-api = API 文档
front-api-about = 供在 Ombud 之上开发的人使用。

## The demo’s mail
mail-title = 系统邮件
mail-about = 邀请和密码链接。演示系统没有邮件服务器，因此邮件保存在这里。
mail-none = 还没有邮件。
mail-invite = 邀请成员

## Paying in the demo’s shop
pay-title = 支付您的订单
pay-about = 为您重新下的订单。这是演示：不会发生实际扣款。
pay-button = 立即付款
pay-done = 已付款，谢谢。

## The API reference
reference-title = API 文档

## The demo’s partners
partners-title = 演示的合作平台
partners-email = 电子邮件
partners-about = 以顾客身份通过邮件、WhatsApp、Messenger、Instagram、X、短信或 Telegram 写信，并看到答复到达。背后的平台是这台服务器上的替身；它们接受和回应的内容与真实平台一致。
partners-write = 以 Ada Lind 的身份写信…
partners-send = 发送
partners-none = 还没有内容。
partners-gone = 未连接。
partners-weather = 合作平台
partners-fine = 正常
partners-down = 没有回应
partners-refusing = 不接受答复
partners-file = 文件：
partners-public = 让所有人看到
partners-commented = 公开：
partners-privately = 私下答复：
telephone-title = 电话
telephone-about = 以 Jonas Berg 的身份致电店铺。背后的电话系统是替身，像任何其他系统一样告知通话。
telephone-idle = 没有通话。
telephone-ringing = 正在响铃…
telephone-talking = 正在通话。
telephone-ring = 拨打
telephone-pick-up = 以同事身份接听
telephone-hang-up = 挂断
telephone-voicemail = 留下语音留言
voice-about = 以 Ada Lind 的身份拨打店铺在 Twilio 的号码。Twilio 是替身，来电者听到的内容显示在这里。店主登录时，店主自己的电话会响。
voice-wait = 什么都不做
voice-press-one = 按 1
