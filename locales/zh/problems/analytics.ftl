span-unknown = 报告仅限最近 7、30 或 90 天。
