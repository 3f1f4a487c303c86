letter-too-large = 这封邮件超过 { $megabytes } MB。
letter-without-header = 这不是电子邮件：它没有邮件头。
letter-header-too-long = 这封邮件的邮件头超过 { $kilobytes } KB。
letter-field-too-long = 这封邮件的邮件头中有一个字段超过 { $kilobytes } KB。
letter-too-many-fields = 这封邮件的邮件头超过 { $most } 个字段。
letter-too-many-parts = 这封邮件超过 { $most } 个部分。
letter-too-deep = 这封邮件的各部分嵌套超过 { $most } 层。
