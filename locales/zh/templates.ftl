template-about = WhatsApp 随时接受这些文本。请填写空位，并查看客户将读到的内容。
template-none = WhatsApp 尚未批准可从这里发送的模板。请在 WhatsApp Manager 中撰写，然后刷新。
template-marketing = 广告：只发给已同意的客户。
template-utility = 关于订单或请求。
template-gap = 空位 { $name }
template-example = 例如：{ $example }
template-preview = 客户读到的内容
template-others = { $count ->
   *[other] 另有 { $count } 个目前未获批准，或需要图片或表单。
}
template-told = 上次询问 WhatsApp：{ $time }。
template-refresh = 刷新列表
template-send = 发送模板
known-first_name = 名字
known-full_name = 姓名
known-order_number = 最近订单的编号
known-tracking_number = 运单号
known-tracking_link = 物流链接
known-shop = 店铺
known-agent = 您

allowance = 额度
allowance-used = 过去 24 小时已主动联系 { $opened } 位客户，上限 { $most } 位
allowance-open = 过去 24 小时已主动联系 { $opened } 位客户；无上限
quality-good = 客户对此号码发送的内容满意
quality-middling = 有些客户投诉此号码发送的内容
quality-poor = 许多客户投诉此号码发送的内容
