title-reports = 报告 · Ombud
report-channels = 渠道
report-when = 时间
report-span = { $days ->
   *[other] 最近 { $days } 天
}
report-none = 还没有人来信
report-none-about = 客户来信后，您可以在这里看到他们从哪里、何时、用什么语言来信，以及等待多久。
report-advice = 应该出现在哪里
report-conversations = { $count ->
   *[other] { $count } 个对话，{ $percent }%
}
report-change = 较之前 { $percent }%
report-customers = 客户数
report-answered = 已答复
report-median = 半数等待不超过
report-long = 九成等待不超过
report-languages = 语言
report-week = 来信时间（{ $zone }）
report-which = 渠道
report-all = 所有渠道
report-hour = { $day } { $hour } 点：{ $count ->
   *[other] { $count } 个对话
}
advice-unanswered = 通过{ $channel }开始的对话有 { $percent }% 无人答复。
advice-staff_first = { $percent }% 的来信通过{ $channel }：请优先在此值守。
advice-slower_than_others = 客户通过{ $channel }等待的时间至少是其他渠道的两倍。
advice-while_closed = { $percent }% 的客户在您不营业时通过{ $channel }来信。延长时间或设置快捷答复可以照顾到他们。
advice-language = { $percent }% 的客户使用另一种语言：{ $language }。常用回复和懂这种语言的成员会有帮助。
advice-grows = { $channel }在增长：比之前多 { $percent }%。
advice-little_used = 通过{ $channel }来信的不到百分之一。可以考虑不用。
