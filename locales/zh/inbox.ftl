## Views
views = 视图
all-views = 所有视图
view-open = 进行中
view-mine = 我的
view-unassigned = 未分配
view-mentions = 提到我的
view-snoozed = 已暂缓
view-resolved = 已解决
view-spam = 垃圾消息
view-doubtful = 同一对话？
view-all = 全部
title-inbox = 收件箱 · Ombud
title-unread = ({ $count }) 收件箱 · Ombud

## The list
conversations = 对话
number = 编号 { $number }
unread = 条未读
waits = 已等 { $time }
assigned-to = 已分配给 { $name }
new-message-from = { $name } 发来新消息：{ $text }
none-chosen = 请选择一个对话
none-chosen-about = 用 j 和 k 在列表中移动，按回车打开。按 ? 查看所有快捷键。
thread-gone = 找不到此对话
thread-gone-about = 它可能属于其他店铺，或者您无权查看。
thread-failed = 无法读取对话
thread-failed-about = 请检查网络后重试。

## Empty views teach
empty-open = 没有进行中的对话
empty-open-about = 当有人在店铺页面的聊天窗口留言时，会立即出现在这里。
empty-mine = 没有等待您处理的对话
empty-mine-about = 从“未分配”中领取对话：打开后按 a。
empty-unassigned = 所有客户都有人接待
empty-unassigned-about = 尚无人领取的新对话会在这里等候。
empty-mentions = 还没有人提到您
empty-mentions-about = 同事在备注中用 @ 提到您的名字时，对话会出现在这里。
empty-doubtful = 没有不明确的
empty-doubtful-about = 可能属于其他对话的来信会出现在这里。
empty-snoozed = 没有暂缓的对话
empty-snoozed-about = 在对话中按 s 可暂缓处理。到时间或客户来信时会自动恢复。
empty-resolved = 还没有已解决的对话
empty-resolved-about = 客户的问题处理完后，在对话中按 e。
empty-spam = 没有垃圾消息
empty-spam-about = 被标记为垃圾消息的对话会放在这里，不再打扰您。
empty-all = 还没有对话
empty-all-about = 把聊天窗口放到店铺页面上：要复制的代码在“设置”中。
empty-department = 该部门没有进行中的对话
empty-department-about = 客户在聊天中选择该部门，或您把对话分配给它时，对话会出现在这里。

## Reading
messages = 消息
older-messages = 显示更早的消息
newest-messages = 跳到最新消息
erased-text = 已删除
composer-erased = 该客户已被删除，因此无法再在此对话中写入任何内容。
message-by = { $name }，{ $time }
you = 您
automatic = 自动回复
bot-answer = 机器人答复
internal-note = 内部备注
files = 文件
state-sending = 正在发送……
state-held = 等待发送
state-queued = 发送中
state-submitting = 发送中
state-sent = 已发送
state-delivered = 已送达
state-read = 已读
state-failed = 发送失败
state-unknown = 可能已发送
state-waits = 等待中
send-again = 重新发送
state-received = 已收到
is-typing = { $names } 正在输入……
is-answering = { $names } 正在撰写回复
is-looking = { $names } 也在查看

## What happened
event-assigned = { $name } 将对话分配给 { $to }
event-taken = { $name } 接手了对话
event-unassigned = { $name } 取消了分配
event-department = { $name } 将对话转到{ $to }
event-no-department = { $name } 将对话移出部门
event-priority = { $name } 将优先级设为{ $to }
event-tagged = { $name } 添加了标签 { $added }
event-untagged = { $name } 移除了标签 { $removed }
event-tags = { $name } 添加了标签 { $added }，移除了 { $removed }
event-snoozed = { $name } 将对话暂缓至{ $until }
event-woken = 对话已恢复
event-resolved = { $name } 已解决此对话
event-reopened = { $name } 重新打开了对话
event-spam = { $name } 将对话标记为垃圾消息
event-not-spam = { $name } 将对话移出垃圾消息

## Acting
resolve = 解决
reopen = 重新打开
snooze = 暂缓
wake = 立即恢复
assign = 分配
assign-to = 分配给……
assign-now = 分配。当前：{ $now }
not-assigned = 未分配
nobody = 无人
me = { $name }（您）
colleagues = 同事
priority = 优先级
priority-urgent = 紧急
priority-high = 高
priority-normal = 普通
priority-low = 低
tags = 标签
add-tag = 添加标签
remove-tag = 移除标签 { $name }
copy-link = 复制链接
link-copied = 链接已复制。
mark-spam = 标记为垃圾消息
marked-spam = 已标记为垃圾消息。
not-spam = 不是垃圾消息
resolved-number = 对话 { $number } 已解决。
snoozed-until = 已暂缓至{ $until }。
snooze-until = 暂缓至……
snooze-later = 今天晚些时候
snooze-tomorrow = 明天
snooze-monday = 星期一
snooze-week = 一周后
snooze-pick = 其他日期和时间
show-customer = 客户资料

## Writing
composer = 回复
kind-of-message = 消息类型
reply = 回复
note = 备注
write-reply = 撰写回复
write-note = 撰写备注
placeholder-reply = 撰写回复…… 输入 / 使用快捷回复
placeholder-note = 仅团队可见。输入 @ 提及同事
editor-cut = 输入框未能加载
tools = 格式与附件
bold = 加粗
italic = 斜体
bullets = 项目符号列表
numbers = 编号列表
link = 链接
link-address = 网址
set-link = 插入链接
unlink = 移除链接
attach = 添加附件
uploading = 正在上传 { $name }
upload-failed = { $name } 上传失败。
remove-file = 移除 { $name }
too-many-files = 一条消息最多可附 { $most } 个文件。
file-too-big = { $name } 太大。单个文件最大为 { $most }。
emoji = 表情
emoji-smileys = 表情
emoji-hands = 手势
emoji-signs = 符号
emoji-shop = 购物
emoji-outside = 户外
send = 发送
add-note = 添加备注
more-ways-to-send = 更多发送方式
send-and-resolve = 发送并解决
send-and-snooze = 发送并暂缓……
sending-in = 即将发送，剩余秒数：
missing-values = 以下内容未知，已留空：{ $names }。发送前请检查。
value-customer-name = 客户姓名
value-customer-first-name = 客户名字
value-customer-email = 客户邮箱
value-agent-name = 您的姓名
value-agent-first-name = 您的名字
value-shop-name = 店铺名称
value-conversation-number = 对话编号

## Searching
search-conversations = 搜索对话和客户

## Keys
keys-list = 在列表中
keys-conversation = 在对话中
next-conversation = 下一个对话
previous-conversation = 上一个对话
resolve-or-reopen = 解决或重新打开
back-to-list = 返回列表
departments = 部门

# 所有人都能看到的
public = 公开
public-answer = 公开：您在此写的内容所有人都能看到。
send-publicly = 公开回复
message-edited = 已编辑
message-removed = 已被作者删除
event-went-private = { $name } 已私下答复
event-went-on = { $name } 已通过{ $channel }答复
event-moved = { $name } 拆分了此处的内容
event-joined = { $name } 将此对话与另一对话合并
event-hidden = { $name } 已对所有人隐藏此内容
event-unhidden = { $name } 已重新显示此内容

# 模板：WhatsApp 已批准的文本
template = 模板
fault-131026 = WhatsApp 无法送达：该号码可能未使用 WhatsApp。
fault-131047 = 客户上次来信已超过一天。请发送模板。
fault-131049 = WhatsApp 暂不发送，以减少这位客户收到的广告。
fault-131050 = 这位客户不希望通过 WhatsApp 收到广告。
fault-132000 = 模板已更改：空位数量不同。请刷新列表后重新发送。
fault-132001 = 模板已不存在，或没有此语言版本。请刷新列表并另选一个。
fault-132005 = 填写后模板过长。请缩短填写的内容。
fault-132007 = WhatsApp 在模板中发现了其规则禁止的内容。
fault-132012 = 填写的某项内容与模板要求的类型不符。
fault-132015 = 由于客户反馈不佳，WhatsApp 已暂停此模板。请另选一个。
fault-132016 = WhatsApp 已永久停用此模板。请另选一个。

# 短信如何计数
sms-segments = { $count ->
   *[other] { $count } 条短信 · 剩余 { $left }
}
sms-wide = “{ $character }”使每条短信的容量不到一半。

# calls
call-with = 由 { $name } 接听
call-talking = 正在通话
call-recording-coming = 正在获取录音。
call-recording-lost = 无法获取录音，请到电话系统中查找。
call-play = 播放 { $name }
letter-whole = 完整邮件
found = { $count } 个结果
