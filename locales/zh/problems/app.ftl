page-file-not-found = 没有这个文件。
page-file-outdated = 此文件属于其他版本，请重新加载页面。
