## Views
view-unassigned = Unassigned
view-mine = Mine
view-mentions = Mentions
view-open = Open
view-snoozed = Snoozed
view-resolved = Resolved
view-spam = Spam
view-all = All
views = Views
conversations = Conversations
