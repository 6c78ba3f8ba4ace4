"""The limit: the least a Python server can do with the same rows. Bare ASGI, sqlite3, text put together by hand.

It still looks up the session, escapes what it prints, and is as durable as we are when it writes.
"""

import html
import os
import sqlite3
from urllib.parse import parse_qs

database = sqlite3.connect(os.environ["BENCH_DATABASE"], isolation_level=None)
database.execute("pragma journal_mode=wal")
database.execute("pragma synchronous=full")
FRAME = '<!doctype html><html lang="nb"><meta charset="utf-8"><title>{0}</title><main><h1>{0}</h1>{1}</main></html>'
ROW = '<tr><td><a href="/a/{}">{}</a><td>{}<td>Enhet {}<td>{}<td>{}'


def page(title: str, body: str) -> bytes:
    return FRAME.format(html.escape(title), body).encode()


def listing() -> bytes:
    found = database.execute("select id, title, writer, unit, assessed, mean from app order by id desc limit 50")
    rows = "".join(ROW.format(i, html.escape(t), html.escape(w), u, n, round(m, 1)) for i, t, w, u, n, m in found)
    return page("Søknader", f"<table>{rows}</table>")


def one(key: int) -> bytes:
    title, *texts = database.execute("select title, pitch, description, notes from app where id=?", (key,)).fetchone()
    said = database.execute("select assessor, words, s0, s1, s2, s3 from assessment where app=?", (key,))
    body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    body += "".join(f"<h2>{a}</h2><p>{html.escape(w)}</p><p>{points}</p>" for a, w, *points in said)
    return page(title, body)


def save(key: int, form: dict[str, list[str]]) -> None:
    points = [int(form[f"s{k}"][0]) for k in range(4)]
    database.execute("begin immediate")
    database.execute(
        "insert into assessment(app, assessor, words, s0, s1, s2, s3) values(?, 99, ?, ?, ?, ?, ?) "
        "on conflict(app, assessor) do update set words=excluded.words, s0=excluded.s0, s1=excluded.s1, "
        "s2=excluded.s2, s3=excluded.s3",
        (key, form["words"][0], *points),
    )
    database.execute(
        "update app set assessed=(select count(*) from assessment where app=?1), "
        "mean=(select avg(s0+s1+s2+s3)/4.0 from assessment where app=?1) where id=?1",
        (key,),
    )
    database.execute("commit")


async def application(scope, receive, send) -> None:
    cookie = dict(scope["headers"]).get(b"cookie", b"").decode()
    database.execute("select person from session where key=?", (cookie.removeprefix("s="),)).fetchone()
    status, path = 200, scope["path"]
    if scope["method"] == "POST":
        save(int(path[3:]), parse_qs((await receive())["body"].decode()))
        status, body = 303, b""
    elif path == "/":
        body = page("Utlysning", f"<p>{database.execute('select count(*) from app').fetchone()[0]} ideer</p>")
    else:
        body = listing() if path == "/list" else one(int(path[3:]))
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
