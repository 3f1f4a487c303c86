alerts-about = 仅对此浏览器有效。在您开启之前，两者都处于关闭状态。
alerts-sound = 声音
alerts-sound-hint = 客户来信时播放两声轻柔的提示音。
alerts-popups = 浏览器弹窗
alerts-popups-hint = 当您在查看其他页面而客户来信时弹出。
alerts-refused = 浏览器不允许。请在浏览器的网站设置中更改。
