"""Fills the embedded database of a halted demo with conversations: copies of one that is there, each with a customer of its own."""

import sqlite3
import sys
import uuid

MINUTE = 60_000_000
# of ten: six wait, of which two are somebody's; three are resolved, one sleeps
FOLDERS = ["active"] * 6 + ["resolved"] * 3 + ["snoozed"]
STATUSES = {"active": "open", "resolved": "resolved", "snoozed": "snoozed"}
NAMES = ["Ingrid", "Mats", "Sofie", "Jonas", "Nora", "Emil", "Thea", "Lukas"]


def insert(db, table, rows):
    columns = list(rows[0])
    places = ", ".join("?" * len(columns))
    db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", ([row[c] for c in columns] for row in rows))


def one(db, sql, *values):
    return dict(db.execute(sql, values).fetchone())


def crowd(path, wanted):
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    talk = one(db, "SELECT * FROM inbox_conversations WHERE assignee IS NOT NULL ORDER BY changed_at DESC LIMIT 1")
    customer = one(db, "SELECT * FROM customers_customers WHERE shop_id = ? AND id = ?", talk["shop_id"], talk["customer_id"])
    message = one(db, "SELECT * FROM inbox_messages WHERE shop_id = ? AND conversation_id = ? ORDER BY seq LIMIT 1", talk["shop_id"], talk["id"])
    last = one(db, "SELECT last_number FROM inbox_numbers WHERE shop_id = ?", talk["shop_id"])["last_number"]
    talks, customers, messages = [], [], []
    for n in range(1, wanted + 1):
        whose, id, folder, at = uuid.uuid4().bytes, uuid.uuid4().bytes, FOLDERS[n % 10], talk["changed_at"] - n * MINUTE
        customers.append({**customer, "id": whose, "name": f"{NAMES[n % 8]} {n}", "created_at": at, "last_seen_at": at})
        own = {"id": id, "number": last + n, "customer_id": whose, "customer_first": whose, "start_key": str(uuid.uuid4()), "subject": f"Order {n}"}
        state = {"folder": folder, "status": STATUSES[folder], "assignee": talk["assignee"] if n % 10 < 2 else None, "snoozed_until": at + 10**15 if folder == "snoozed" else None}
        talks.append({**talk, **own, **state, "preview_at": at, "created_at": at, "changed_at": at})
        messages.append({**message, "id": uuid.uuid4().bytes, "conversation_id": id, "client_id": str(uuid.uuid4()), "at": at})
    with db:
        insert(db, "customers_customers", customers)
        insert(db, "inbox_conversations", talks)
        insert(db, "inbox_messages", messages)
        db.execute("UPDATE inbox_numbers SET last_number = ? WHERE shop_id = ?", (last + wanted, talk["shop_id"]))


crowd(sys.argv[1], int(sys.argv[2]))
