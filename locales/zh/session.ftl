## Signing in, invitations and passwords
password-new = 新密码
password-rules = 至少 10 个字符，几个词连在一起便于记忆。
password-change = 更改密码
