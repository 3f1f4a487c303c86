span-unknown = Reports are of the last 7, 30 or 90 days.
