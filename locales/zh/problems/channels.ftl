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
