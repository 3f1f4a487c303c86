# 拨打 Twilio 号码的客户听到的内容
greeting = 欢迎致电{ $shop }，请不要挂机。
waits = 客服都在通话中，您排在第{ $place }位。请稍候，或按 1，我们会给您回电。
waits-unknown = 客服都在通话中，您排在第{ $place }位，请稍候。
closed = { $shop }现在休息。
closed-until = { $shop }现在休息，{ $day }{ $time }开始营业。
nobody = 现在没有人能接听。
offer = 按 1，我们会给您回电。
speak = 请在提示音后留言，说完后按井号键。
called-back = 谢谢，我们会给您回电。再见。
called-back-by = 谢谢，我们最迟在{ $day }{ $time }给您回电。再见。
thanks = 谢谢，再见。
sorry = 抱歉，我们这边出了问题。

# 接起电话的同事听到的内容，以及错过的客户
whisper = 有客户拨打{ $line }。按 1 接听。
gone = 客户已挂机。

# 这些句子里的日期说法
today = 今天
tomorrow = 明天
day-1 = 星期一
day-2 = 星期二
day-3 = 星期三
day-4 = 星期四
day-5 = 星期五
day-6 = 星期六
day-7 = 星期日
