"""One letter to many as a decent programmer would send it: the peer of `digest send`.

`python naive_sending.py DATABASE LETTER PROVIDER_URL CONNECTIONS`. It shares no code with digest. Requests with
threads, itsdangerous for the links, json for the variables, a form for the call, a commit after each answer; nothing is
written down before a call, nothing is frozen, nobody who has left meanwhile is looked for.
"""

import json
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

import requests
from itsdangerous import URLSafeSerializer
from requests.adapters import HTTPAdapter

BATCH = 1000
SIGNER = URLSafeSerializer("a secret of the newsroom", salt="unsubscribe")

Reader = tuple[int, str]


def main(database: str, letter: str, provider: str, connections: int) -> None:
    """Send the letter to every active reader, so many calls at once, and note each reader's message id."""
    text = json.loads(Path(letter).read_text(encoding="utf-8"))
    books, reading = sqlite3.connect(database), sqlite3.connect(database)
    with requests.Session() as http, ThreadPoolExecutor(connections) as pool:
        http.mount("http://", HTTPAdapter(pool_maxsize=connections))
        under_way: dict[Future[str], list[Reader]] = {}
        for batch in batches(reading):
            if len(under_way) == connections:
                note(books, under_way)
            under_way[pool.submit(call, http, f"{provider}/v3/mg.example.org/messages", text, batch)] = batch
        while under_way:
            note(books, under_way)


def call(http: requests.Session, url: str, text: dict[str, str], batch: list[Reader]) -> str:
    """Hand one batch over; Mailgun's id of it."""
    links = {
        email: {"unsubscribe": f"https://news.example.org/u/{SIGNER.dumps([1, number])}"} for number, email in batch
    }
    answer = http.post(
        url,
        auth=("api", "x"),
        data={
            "from": "Labour Daily <news@example.org>",
            "to": [email for _, email in batch],
            "subject": text["subject"],
            "html": text["html"],
            "text": text["text"],
            "recipient-variables": json.dumps(links),
            "h:List-Unsubscribe": "<%recipient.unsubscribe%>",
            "h:List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "o:tag": f"edition-1-{batch[0][0]}",
        },
        timeout=60,
    )
    answer.raise_for_status()
    return str(answer.json()["id"])


def note(books: sqlite3.Connection, under_way: dict[Future[str], list[Reader]]) -> None:
    """Wait for the next answers and keep them."""
    for done in wait(under_way, return_when=FIRST_COMPLETED).done:
        rows = [(number, done.result()) for number, _ in under_way.pop(done)]
        books.executemany("INSERT INTO sent (reader, message) VALUES (?, ?)", rows)
        books.commit()


def batches(reading: sqlite3.Connection) -> Iterator[list[Reader]]:
    """The readers, a thousand at a time."""
    found = reading.execute("SELECT id, email FROM readers WHERE active ORDER BY id")
    while batch := found.fetchmany(BATCH):
        yield batch


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
