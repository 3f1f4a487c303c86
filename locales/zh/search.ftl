title-search = 搜索 · Ombud
search-start = 查找对话或客户
search-start-about = 消息中的词语、姓名、邮箱或编号均可。
search-nothing = 未找到“{ $text }”
search-nothing-about = 请减少关键词，或只输入词语的开头。
