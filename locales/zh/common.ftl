## Words every screen uses
inbox = 收件箱
customers = 客户
reports = 报告
settings = 设置
main-navigation = 主导航
skip-to-content = 跳到内容
close = 关闭
cancel = 取消
save = 保存
saved = 已保存。
delete = 删除
remove = 移除
edit = 编辑
add = 添加
back = 返回
undo = 撤销
more = 更多操作
search = 搜索
loading = 正在加载……
nothing-found = 没有符合输入内容的结果。
create-named = 新建“{ $name }”
toasts = 通知
try-again = 重试
email = 电子邮箱
password = 密码
name = 名称
customer = 客户
erased-customer = 已删除的客户
filters = 筛选

## When something does not work
problem-offline = 无法连接服务器。您输入的内容没有丢失，请检查网络后重试。
problem-unknown = 操作未成功，请重试。
file-cut = 文件在传输完成前中断，未予保存。请重试。
unreachable-title = 服务器没有响应
unreachable-about = 服务器可能正在重启，或者此设备已离线。
connection-cut = 连接已断开，正在重新连接……
part-cut = 此页面未能加载
part-cut-about = 连接恢复后会自动重试。
part-replaced = Ombud 已更新
part-replaced-about = 请重新加载页面以继续。您正在写给客户的内容会保留。
reload = 重新加载

## You
availability = 在线状态
availability-online = 在线
availability-away = 离开
availability-offline = 离线
own-menu = { $name }，{ $availability }
own-group = 您
language = 语言
theme = 主题
theme-system = 跟随系统
theme-light = 浅色
theme-dark = 深色
switch-shop = 切换到 { $shop }
sign-in = 登录
sign-out = 退出登录

## Sound and pop-ups
alerts = 消息提醒

## Keyboard
command-palette = 搜索命令
keyboard-shortcuts = 键盘快捷键
keys-everywhere = 全局
go-inbox = 前往收件箱
go-mine = 前往我的对话
go-unassigned = 前往未分配
go-customers = 前往客户
go-calls = 前往通话记录
go-orders = 前往订单
go-products = 前往商品
go-settings = 前往设置

## 恢复之后
sending-paused = 消息和邮件正在等待发送：Ombud 已从备份恢复（{ $time }）。
sending-resume = 恢复发送
sending-resume-title = 要发送等待中的内容吗？
sending-resume-about = 所有等待中的内容会立即发出。请先确认备份来源的 Ombud 已停止运行，否则同一条消息可能会发送两次。
sending-resumed = 正在发送等待的内容。

# how customers write
channel-webchat = 网页聊天
channel-email = 邮件
channel-form = 联系表单
channel-phone = 电话
channel-sms = 短信

# calls, and who calls now
call-missed = 未接来电
call-answered = 通话
call-voicemail = 语音留言
call-back-by = 请在 { $time } 前回电
call-back-was-by = 原应在 { $time } 前回电
call-rings = { $line } 来电
call-yours = 您正在通话
call-from-nobody = 号码已隐藏
call-unknown = 没有使用此号码的已知客户
call-number-proves-nothing = 仅凭号码不能证明身份，请询问对方是谁。
call-open-orders = 未完成的订单
call-last-conversation = 最近一次对话
call-open-conversation = 打开对话
call-open-customer = 打开客户
call-put-away = 收起
calls-now = 来电
calls-log = 通话记录
somebody = 某人
