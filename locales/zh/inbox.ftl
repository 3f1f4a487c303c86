## Views
view-unassigned = 未分配
view-mine = 我的
view-mentions = 提到我的
view-open = 进行中
view-snoozed = 已暂缓
view-resolved = 已解决
view-spam = 垃圾消息
view-all = 全部
views = 视图
conversations = 对话
