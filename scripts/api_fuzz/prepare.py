"""Makes a way in for each role, and things to name, in the demo shop; prints both as JSON."""

import json
import sys
import urllib.error
import urllib.request

origin, card = sys.argv[1], json.load(open(sys.argv[2]))


def call(method, path, body=None, token=card["token"], key=None):
    headers = {"content-type": "application/json", "origin": origin}
    if key:
        headers["idempotency-key"] = key
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{origin}/api/v1{path}", data, headers, method=method)) as answer:
            text = answer.read()
    except urllib.error.HTTPError as refused:
        sys.exit(f"{method} {path}: {refused.code} {refused.read().decode()}")
    return json.loads(text) if text else None


def send(path, content):
    headers = {"content-type": "application/octet-stream", "origin": origin, "authorization": f"Bearer {card['token']}"}
    with urllib.request.urlopen(urllib.request.Request(f"{origin}/api/v1{path}", content, headers, method="POST")) as answer:
        return json.loads(answer.read())


def items(path):
    return call("GET", path)["items"]


def ids(path):
    return [item["id"] for item in items(path)]


ways = {"nobody": {}}
held = call("GET", "/session")["permissions"]
for role in items("/roles"):
    if role["key"] in ("owner", "admin", "lead", "agent", "viewer"):
        scopes = [permission for permission in role["permissions"] if permission in held]
        token = call("POST", "/tokens", {"name": role["key"], "scopes": scopes, "expires_at": None})["token"]
        ways[role["key"]] = {"Authorization": f"Bearer {token}"}

widget = call("GET", "/widget")
key = widget["key"]
call("PUT", "/widget", {**widget["settings"], "origins": [origin]})
visitor = call("POST", "/chat/visitors", {"key": key, "language": "en", "time_zone": None, "identity": None}, token=None)
ways["visitor"] = {"Authorization": f"Bearer {visitor['token']}", "Origin": origin}
begun = []
for number in range(3):
    said = {"client_id": f"fuzz-{number}", "text": "Where is my parcel?", "name": "Mara", "email": "mara@example.org", "consent": True}
    begun.append(call("POST", "/chat/conversations", said, token=visitor["token"])["conversation"]["id"])

# what may be ended without ending what the others need
victims = [call("POST", "/tokens", {"name": f"victim {n}", "scopes": ["tags.manage"], "expires_at": None})["id"] for n in range(3)]
roles = [call("POST", "/roles", {"name": f"Role {n}", "permissions": ["conversations.read"]})["id"] for n in range(3)]
week = [{"day": 2, "from": "09:00", "to": "17:00"}]
plan = {"time_zone": "Europe/Oslo", "week": week, "holidays": [], "is_default": False}
schedules = [call("POST", "/schedules", {"name": f"Plan {n}", **plan})["id"] for n in range(3)]
invited = {"role": ids("/roles")[-1], "departments": [], "name": "New"}
invitations = [call("POST", "/invitations", {"email": f"new{n}@example.com", **invited})["id"] for n in range(3)]
keys = [call("POST", "/widget/keys")["id"] for _ in range(2)]
me = call("GET", "/session")["member"]["id"]
conversations = ids("/conversations?view=all&limit=20")
customers = items("/customers?limit=20")
gift = {"amount": {"minor": 5000, "currency": "NOK"}, "reason": "Sorry"}
given = [call("POST", f"/customers/{customers[0]['id']}/credits", gift, key=f"fuzz-{number}")["id"] for number in range(3)]
cards = [call("POST", "/gift-cards", gift, key=f"fuzz-card-{number}")["card"]["id"] for number in range(3)]
orders = ids("/orders?limit=20")
back = {"amount": {"minor": 100, "currency": "NOK"}, "lines": [], "cause": "carrier", "reason": "Late"}
paid = [order["id"] for order in items("/orders?limit=20") if order["total"]["currency"] == "NOK" and order["payment"] == "paid"]
refunds = [call("POST", f"/orders/{order}/refunds", back, key=f"fuzz-refund-{order}")["id"] for order in paid[:3]]
noted = [call("POST", f"/customers/{customers[0]['id']}/notes", {"text": f"Note {n}"})["id"] for n in range(3)]
# nobody listens there, and Ombud does not go there
def shop_system(port):
    settings = {"address": f"https://localhost:{port}", "username": "u", "password": "p"}
    return {"connector": "vendure", "name": "Ours", "settings": settings}


connections = [call("POST", "/connections", shop_system(port))["id"] for port in (7, 8, 9)]
def mailbox(name):
    server = {"host": "localhost", "port": 993, "security": "tls", "user": "u"}
    servers = {"incoming": server, "incoming_password": "p", "outgoing": server, "outgoing_password": "p"}
    return {"name": name, "address": f"{name}@fjell.example", "department": None, "trusted": None, "signature": "", **servers}


def line(number):
    return {"channel": "telegram", "name": "Ours", "department": None, "settings": {"token": f"{number}:not-a-token-anybody-has"}}


def phone_line(number):
    return {"name": "Ours", "number": f"+47 22 00 00 0{number}", "department": None, "call_back_within": 60}


phone_lines = [call("POST", "/phone-lines", phone_line(n))["line"]["id"] for n in range(3)]
lines = [call("POST", "/lines", line(n))["id"] for n in range(1, 4)]
mailboxes = [call("POST", "/mailboxes", mailbox(f"box{n}"))["id"] for n in range(3)]
things = {
    "cnv": begun * 3 + conversations,
    "cus": [customer["id"] for customer in customers],
    "idn": [address["id"] for customer in customers for address in customer["addresses"]],
    "nte": noted,
    "atr": [call("POST", "/customer-attributes", {"key": f"field_{n}", "label": f"Field {n}", "kind": "text"})["id"] for n in range(3)],
    "ctg": [call("POST", "/customer-tags", {"name": f"Tag {n}"})["id"] for n in range(3)],
    "imp": [send("/customer-imports?name=list.csv", b"email,name\nida@example.org,Ida\n")["id"] for _ in range(3)],
    "tag": ids("/tags"),
    "dep": ids("/departments"),
    "mac": ids("/macros?limit=20"),
    "ord": orders,
    "act": refunds,
    "prd": ids("/products?limit=20"),
    "ent": given,
    "gft": cards,
    "mem": [member for member in ids("/members") if member != me],
    "msg": ids(f"/conversations/{conversations[0]}/messages"),
    "tok": victims,
    "rol": roles,
    "sch": schedules,
    "inv": invitations,
    "key": keys,
    "cnn": connections,
    "mbx": mailboxes,
    "lin": lines,
    "phl": phone_lines,
    "shp": [call("GET", "/shop")["id"]],
}
print(json.dumps({"ways": ways, "things": things, "widget_key": key}))
