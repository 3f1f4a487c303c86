title-reports = Reports · Ombud
report-channels = Channels
report-when = When
report-span = { $days ->
   *[other] Last { $days } days
}
report-none = Nobody has written yet
report-none-about = Once customers write, you see here where, when and in which language, and how long they wait.
report-advice = Where to be present
report-conversations = { $count ->
    [one] One conversation, { $percent } %
   *[other] { $count } conversations, { $percent } %
}
report-change = { $percent } % to before
report-customers = Customers
report-answered = Answered
report-median = Half wait at most
report-long = Nine of ten at most
report-languages = Languages
report-week = When they write ({ $zone })
report-which = Channel
report-all = All channels
report-hour = { $day }, { $hour }:00: { $count ->
    [one] one conversation
   *[other] { $count } conversations
}
advice-unanswered = { $percent } % of what is begun by { $channel } nobody has answered.
advice-staff_first = { $percent } % of all write by { $channel }: be there first.
advice-slower_than_others = Customers wait at least twice as long by { $channel } as elsewhere.
advice-while_closed = { $percent } % write by { $channel } while you are closed. Longer hours or quick replies would reach them.
advice-language = { $percent } % write in another language: { $language }. Saved replies and members who speak it help.
advice-grows = { $channel } grows: { $percent } % more than before.
advice-little_used = One in a hundred or fewer write by { $channel }. You may do without it.
