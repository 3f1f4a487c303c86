macro-not-found = 未找到此快捷回复。
macro-name-taken = 已有名为“{ $name }”的快捷回复，请修改它或换一个名称。
macro-in-no-language = 请至少用一种语言编写回复。
macro-without-text = 此快捷回复没有客户或店铺所用语言的文本。
too-many-macros = 一个店铺最多有 { $most } 条快捷回复，请先删除无人使用的。
