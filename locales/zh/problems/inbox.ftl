## Conversations
conversation-not-found = 未找到此对话。
conversation-closed = 此对话已结束一段时间。请开始新的对话，我们会同时看到之前的内容。
conversation-erased = 此对话的客户资料已被删除，无法再在其中写入任何内容。
no-text-by-phone = 此对话通过电话进行，无法收到文字。请回电或留下备注。
answer-is-public = 此对话中写的内容所有人都能看到。请表明您知道，或改为私下答复。
public-personal-data = 所有人都会看到：{ $what }。请删去，或改为私下答复。
step-not-possible = 此对话{ $status ->
    [open] 正在进行中
    [waiting] 正在等待客户
    [snoozed] 已暂缓
    [resolved] 已解决
   *[spam] 已标记为垃圾消息
}，无法{ $step ->
    [write] 接收消息
    [reply] 回复
    [snooze] 暂缓
    [wake] 恢复
    [resolve] 解决
    [reopen] 重新打开
    [mark-spam] 标记为垃圾消息
   *[unmark-spam] 移出垃圾消息
}。
snooze-in-past = 请选择将来的时间。
member-cannot-take = 此人不能接手对话，请选择一位有效成员。
department-not-said = 请说明是哪个部门。
view-unknown = 可用的视图有 unassigned、mine、mentions、open、department、snoozed、resolved、spam 和 all。

## Messages
message-not-found = 未找到此消息。
message-empty = 请输入内容或添加文件。
answered-meanwhile = 您撰写期间有同事已回复。请先阅读其回复，如仍需要再发送您的回复。
reply-has-left = 此回复已发出，无法撤回。
mentioned-nobody = 您提到的人中有一位不是有效成员，请提及其他人。
hold-out-of-range = 请选择 0 到 { $most } 秒。
snooze-until-not-said = 仅在使用“snooze”时说明暂缓到何时。
channel-not-found = 未找到此渠道。

## Files
file-not-there = 其中一个文件已不存在，请重新添加。
file-too-large = 文件超过 { $megabytes } MB，请缩小或分开发送。

## Tags
tag-not-found = 未找到此标签。
tag-deleted = 其中一个标签已被删除，请重新选择。
tag-name-taken = 已有名为“{ $name }”的标签，请直接使用或换一个名称。
too-many-tags = 一个店铺最多有 { $most } 个标签，请先删除一些。
message-not-failed = 它已发出，或正在排队等待发送。
cannot-join = 这两个对话无法合并：两者都须为电子邮件对话，且均未被删除或合并。
cannot-split = 只有客户所写、且其余内容仍在时，才能拆分出来。
