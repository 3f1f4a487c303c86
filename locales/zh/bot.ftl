## 机器人

# 设置
quick-replies = 自动答复
quick-replies-about = 顾客在聊天中轻点即可立刻得到的答复。机器人会表明自己的身份，随时可一键转接人工。
quick-replies-offered = 可以答复的内容
quick-replies-offered-about = 聊天中只显示已开启且有文字的内容。
quick-reply-track-order = 查询我的订单
quick-reply-track-order-about = 告知已由您登录的顾客、知道订单号、邮箱和邮编的人，以及能读到发往该邮箱的验证码的人。
quick-reply-return-policy = 退货政策
quick-reply-return-policy-about = 用您在下方填写的文字答复。
quick-reply-shipping = 运费和时效
quick-reply-shipping-about = 用您在下方填写的文字答复。
quick-reply-opening-hours = 营业时间
quick-reply-opening-hours-about = 按店铺的营业时间答复，并包含未来 30 天的节假日。
quick-reply-department = 由谁处理有问题的包裹
quick-reply-department-about = 包裹延误、停滞或无法送达时，会立即把顾客转接给人工。
quick-reply-department-none = 最先有空的人
quick-reply-return-policy-text = 关于退货的说明
quick-reply-shipping-text = 关于配送的说明
quick-reply-text-about = { $shop } 会替换为店铺名称。网址会变成链接。
quick-replies-preview = 聊天中的效果（{ $language }）

# 用文字表示营业时间
hours-open-until = 我们正在营业，{ $time } 结束。
hours-open-until-day = 我们正在营业，{ $day } { $time } 结束。
hours-closed-until = 我们现在休息，{ $time } 开始营业。
hours-closed-until-day = 我们现在休息，{ $day } { $time } 开始营业。
hours-always = 我们全天候营业。
hours-never = 我们暂停营业。
hours-line = { $day }：{ $hours }
hours-closed = 休息
day-1 = 星期一
day-2 = 星期二
day-3 = 星期三
day-4 = 星期四
day-5 = 星期五
day-6 = 星期六
day-7 = 星期日

# 用文字表示订单
told-order = 订单 { $number }：{ $status }。
told-promised = 预计 { $date } 前送达。
told-late = 本应在 { $date } 前送达，很抱歉延误了。
told-stuck = 自 { $date } 起承运商没有任何更新，抱歉让您久等。
told-failed = 很抱歉，没有人工协助它无法送达。
told-person = 我正在为您转接人工。
told-none = 没有找到您的订单。
told-status-unfulfilled = 已收到，尚未打包
told-status-processing-fulfilment = 正在打包
told-status-pending-delivery = 已打包，等待承运商取件
told-status-ready-for-pickup = 可以自提
told-status-in-transit = 运输中
told-status-out-for-delivery = 今天派送
told-status-attempted-delivery = 派送时无人签收
told-status-delivered = 已送达
told-status-failed-delivery = 无法送达
told-status-failed-fulfilment = 无法备货
told-status-cancelled = 已取消
told-status-partially-refunded = 已部分退款
told-status-refunded = 已退款
