## Signing in, invitations and passwords
sign-in-about = 欢迎回来，客户正等着您。
sign-in-refused = 邮箱与密码不匹配，请检查后重试。
sign-in-too-many = 尝试次数过多，请几分钟后再试。
forgot-password = 忘记密码？
forgot-about = 输入您的邮箱地址，我们会发送设置新密码的链接。
forgot-send = 发送链接
forgot-asked = 如果这里有人使用 { $email }，链接已经发出。链接仅短时间内有效，也请查看垃圾邮件。
back-to-sign-in = 返回登录
shop-closed-title = “{ $shop }”已关闭
shop-closed-about = 任何人都无法再进入。感谢您在这里付出的时间。
shop-closed-others = 请重新登录，前往您的其他店铺：{ $shops }。
password-new = 新密码
password-rules = 至少 10 个字符，几个词连在一起便于记忆。
password-change = 更改密码
