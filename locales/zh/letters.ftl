letter-from = 发件人
letter-to = 收件人
letter-cc = 抄送
letter-date = 写于
letter-files = 附件
letter-gone = 此邮件已不再保存。
letter-unproved = 没有人为发件人担保：任何人都可能写了它。
letter-pictures = 显示 { $count } 张外部图片
