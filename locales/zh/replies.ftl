replies-about = 常用的回复，覆盖客户使用的各种语言。在回复中输入 / 即可使用。
replies-search = 搜索快捷回复
replies-empty = 这里没有快捷回复
replies-empty-about = 为每天都要回答的问题写一条吧。
reply-new = 新建快捷回复
reply-edit-about = 每种语言一段文本。大括号中的内容会按客户自动填写。
reply-readonly = 此回复属于整个店铺。您可以使用，组长可以修改。
reply-name-about = 用于查找的名称。
reply-folder = 文件夹
reply-folder-about = 例如“配送”，可留空。
reply-folders = 现有文件夹：{ $folders }
reply-no-folder = 未归类
reply-shared = 所有人可用
reply-shared-about = 否则仅您自己可见。
reply-own = 仅自己
reply-used = { $count ->
    [0] 尚未使用
    [1] 已使用 1 次
   *[other] 已使用 { $count } 次
}
reply-tags = 为对话添加的标签
reply-tags-about = 发送回复时添加。
reply-text = 文本
reply-text-about = 缺少某种语言时使用店铺语言。
insert-value = 在光标处插入：
reply-preview = 预览（{ $language }）
reply-preview-empty = 尚未编写。
reply-preview-about = 标记的词是示例，每位客户会看到自己的内容。
reply-preview-unknown = 红色部分引用了 Ombud 不认识的内容，发送时会被省略。
reply-delete-title = 删除“{ $name }”？
reply-delete-shared = 店铺中将无人能再使用，已写好的回复保持不变。
reply-delete-own = 已用它写好的回复保持不变。
