## Who may chat
chat-not-found = 未找到此聊天。
visitor-token-missing = 请发送访客令牌。
page-not-listed = 聊天不能在此页面上使用。店铺在“设置 → 聊天”中列出其页面。
network-blocked = 无法从您所在的网络使用聊天。
sign-in-to-chat = 请先登录店铺再聊天。
consent-missing = 只有您同意，店铺才能保存您写的内容。请勾选此框后开始。
name-missing = 请填写姓名。
email-missing = 请填写邮箱地址。

## Setting up the chat
origin-not-an-address = “{ $origin }”不是网站地址。请按 https://shop.example 的格式填写，不含路径。
color-not-readable = 请按 #0b6b5a 的格式填写颜色。
address-not-whole = 请填写以 https:// 开头的完整网址。
reply-minutes-out-of-range = 请选择 1 分钟到一周。
signing-key-not-found = 未找到此密钥。
too-many-signing-keys = 一个店铺最多有 { $most } 个签名密钥，请吊销不再使用的密钥。
browsing-not-kept = 该商店不保存访客在其页面上的行为。
browsing-needs-consent = 在保存任何内容之前，访客必须先同意。

# mailboxes and letters
mailbox-not-found = 没有这个邮箱，可能已被断开。
mailbox-there-already = 此地址已属于另一个邮箱。
too-many-mailboxes = 一个店铺最多有 { $most } 个邮箱。
port-not-there = 请输入端口，例如 993 或 587。
password-unfit = 密码为 1 到 1000 个字符，且在一行内。
mail-not-encrypted = 密码不会以未加密方式发送。请选择 TLS 或 STARTTLS。
no-mailbox-to-answer-from = 此对话来自的邮箱已不再连接。
mailbox-paused = 邮箱已暂停；回复将等到恢复后发送。
nobody-to-write-to = 没有可以发送的收件人。
