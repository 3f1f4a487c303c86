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
letter-not-found = 这封信已不存在。
letter-not-aside = 没有这样一封被搁置的信：已有人处理过了。
letter-not-kept = 这封信只在邮箱里。请在那里阅读。
mailbox-there-already = 此地址已属于另一个邮箱。
too-many-mailboxes = 一个店铺最多有 { $most } 个邮箱。
port-not-there = 请输入端口，例如 993 或 587。
password-unfit = 密码为 1 到 1000 个字符，且在一行内。
mail-not-encrypted = 密码不会以未加密方式发送。请选择 TLS 或 STARTTLS。
no-mailbox-to-answer-from = 此对话来自的邮箱已不再连接。
mailbox-paused = 邮箱已暂停；回复将等到恢复后发送。
nobody-to-write-to = 没有可以发送的收件人。
signing-key-missing = 此邮箱没有用于签名的密钥。请先生成一个。
signing-record-missing = 该名称下还没有任何记录。新记录需要几分钟、有时几小时才会生效。
signing-record-other = 该名称下是其他内容。请与此处显示的记录逐字比较。

# lines: numbers, pages and bots at partners
partner-not-found = 没有这种线路。
line-not-found = 没有这条线路，可能已被断开。
line-there-already = 它已经连接。
too-many-lines = 一家店最多有 { $most } 条线路。
line-is-another = 这会打开另一条线路。请把它作为新线路连接。
no-line-to-answer-from = 它的线路已断开。请通过其他渠道回复。
no-templates-here = 这场对话不是通过有模板的线路进行的。
template-not-found = WhatsApp 已不再批准此模板。请刷新列表并另选一个。
template-gap-open = 请填写此处。
template-gap-unknown = 模板中没有这个空位。
template-part-too-long = 填写后此部分有 { $count } 个字符；最多允许 { $most } 个。
window-closed = { $channel } 只在客户最后一次来信后的 { $hours } 小时内接受回复。请等客户再次来信，或改用其他渠道。
window-closed-template = { $channel } 只在客户最后一次来信后的 { $hours } 小时内接受自由文本。请选择一个模板。
comment-removed = 对方写的内容已不在，没有可答复的了。
public-files = 在 { $channel } 上，公开的地方不发送文件。请私下答复，或不附文件。
public-too-long = { $channel } 的公开答复最多 { $most } 个字符；这里有 { $count } 个。
no-private-reply = { $channel } 对一条评论只接受七天内的一次私下答复。请公开答复，或等对方来信。
private-reply-too-long = 私下答复最多 { $most } 个字符；这里有 { $count } 个。
outlet-gone = 已无法通过该渠道联系对方。请重新查看可用的渠道。
outlet-closed = 目前无法通过该渠道写信给对方。
outlet-is-here = 本对话就在该渠道进行。请直接在此回复。
conversation-not-public = 此对话本来就是私下的。
nothing-to-hide = 这里没有您可以隐藏的内容。
telegram-token-wrong = 请按 BotFather 显示的样子复制令牌：数字、冒号和字母。
meta-id-wrong = 请按 Meta 显示的样子复制编号：只有数字。
twilio-account-wrong = 请按 Twilio 显示的样子复制账户 SID：AC 加 32 个字符。
x-user-id-wrong = 请填写账号的数字编号；@名称可能会变。
body-not-text = 请以 UTF-8 发送文本。
call-not-signed = 这个调用没有按合作平台的方式签名。
contact-form-closed = 此联系表单已关闭。请稍后再试。
contact-options-uneven = 每种语言的选项数量必须相同，每行一个，顺序一致。
contact-option-gone = 此选项已不再提供。请重新选择。
contact-form-too-large = 表单连同文件超过 { $megabytes } MB。请发送更少或更小的文件。
contact-form-unreadable = 无法读取表单。请重试。
contact-needs-mailbox = 请先选择用于答复的邮箱。
contact-consent-missing = 请勾选此框：只有这样，商店才能保存您写的内容。
