"""The same day's work as a decent programmer would glue it together in an afternoon: the peer of `digest run`.

`python naive.py prepare DATABASE READERS.csv`, then `python naive.py run DATABASE FEEDS.txt PROVIDER_URL`. It shares
no code with digest. It does what is seen from outside, and less of what is not: no validators, no deadlines, no
checks of the letter, no frozen audience, no state that survives a crash between a call and its commit.
"""

import calendar
import csv
import html
import json
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import jinja2
import premailer
import requests
from itsdangerous import URLSafeSerializer
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sqlalchemy import ForeignKey, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

BATCH = 1000
THREADS = 20
STORIES = 20
FAR_APART = 0.7
WORDS_OF_LABOUR = ("labour", "chancellor", "prime minister", "secretary", "unite", "unison", "tuc", "gmb", "minister")
TAGS = re.compile(r"<[^>]+>")

PAGE = """\
<html lang="en"><head><title>{{ subject }}</title><style>
body { font-family: Georgia, serif; color: #222222; background: #ffffff }
h1 { font-size: 28px; color: #c8102e } h2 { font-size: 20px; margin: 24px 0 4px } p { line-height: 1.5; margin: 0 }
.wrap { max-width: 600px; margin: 0 auto } .links { font-size: 14px } .links a { color: #c8102e }
.footer { font-size: 12px; color: #666666; border-top: 1px solid #cccccc; margin-top: 32px; padding-top: 8px }
</style></head><body><div class="wrap"><h1>Labour Daily</h1>
{% for story in stories %}<h2><a href="{{ story[0].url }}">{{ story[0].title }}</a></h2>
<p>{{ story[0].summary }}</p>
<p class="links">{% for item in story %}<a href="{{ item.url }}">{{ item.source }}</a> {% endfor %}</p>
{% endfor %}<p class="footer"><a href="%recipient.unsubscribe%">Unsubscribe</a></p></div></body></html>
"""
TEXT = "{% for story in stories %}{{ story[0].title }}\n{{ story[0].url }}\n\n{% endfor %}%recipient.unsubscribe%\n"


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "items"
    guid: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    url: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    published: Mapped[datetime]


class Reader(Base):
    __tablename__ = "readers"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class Edition(Base):
    __tablename__ = "editions"
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    html: Mapped[str]


class Delivery(Base):
    __tablename__ = "deliveries"
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("readers.id"), primary_key=True)
    message_id: Mapped[str]


def prepare(database: str, readers: str) -> None:
    engine = create_engine(f"sqlite:///{database}")
    Base.metadata.create_all(engine)
    with Session(engine) as session, Path(readers).open(encoding="utf-8") as file:
        session.add_all(Reader(email=row["email"], name=row["name"]) for row in csv.DictReader(file))
        session.commit()


def run(database: str, feeds: str, provider: str) -> None:
    with Session(create_engine(f"sqlite:///{database}")) as session:
        collect(session, Path(feeds).read_text().split())
        items = list(session.scalars(select(Item)))
        stories = sorted(group(items), key=score, reverse=True)[:STORIES]
        edition, text = render(session, stories)
        send(session, edition, text, provider)


def collect(session: Session, urls: list[str]) -> None:
    with requests.Session() as http, ThreadPoolExecutor(THREADS) as pool:
        pages = list(pool.map(lambda url: http.get(url, timeout=20).content, urls))
    known = set(session.scalars(select(Item.guid)))
    for page in pages:
        feed = feedparser.parse(page)
        for entry in feed.entries:
            if entry.id not in known:
                known.add(entry.id)
                session.add(
                    Item(
                        guid=entry.id,
                        source=feed.feed.title,
                        url=entry.link,
                        title=entry.title,
                        summary=html.unescape(TAGS.sub(" ", entry.summary)).strip(),
                        published=datetime.fromtimestamp(calendar.timegm(entry.published_parsed), UTC),
                    )
                )
    session.commit()


def group(items: list[Item]) -> list[list[Item]]:
    """Cluster the headlines and summaries as the textbook does: TF-IDF, cosine distance, average linkage."""
    vectors = TfidfVectorizer(stop_words="english").fit_transform(f"{item.title} {item.summary}" for item in items)
    clustering = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=FAR_APART
    )
    stories: dict[int, list[Item]] = {}
    for item, label in zip(items, clustering.fit_predict(vectors.toarray()), strict=True):
        stories.setdefault(int(label), []).append(item)
    return list(stories.values())


def score(story: list[Item]) -> tuple[int, int, datetime]:
    text = " ".join(item.title for item in story).lower()
    newest = max(item.published for item in story)
    return len({item.source for item in story}), sum(word in text for word in WORDS_OF_LABOUR), newest


def render(session: Session, stories: list[list[Item]]) -> tuple[Edition, str]:
    environment = jinja2.Environment(autoescape=True)
    subject = stories[0][0].title
    page = environment.from_string(PAGE).render(stories=stories, subject=subject)
    text = jinja2.Environment(autoescape=False).from_string(TEXT).render(stories=stories)  # plain text
    edition = Edition(subject=subject, html=premailer.transform(page))
    session.add(edition)
    session.commit()
    return edition, text


def send(session: Session, edition: Edition, text: str, provider: str) -> None:
    signer = URLSafeSerializer("a secret of the newsroom", salt="unsubscribe")
    readers = list(session.scalars(select(Reader).where(Reader.active)))
    edition_id, subject, page = edition.id, edition.subject, edition.html
    recipients = [(reader.id, reader.email) for reader in readers]
    for batch in batches(recipients):
        links = {
            email: {"unsubscribe": f"https://example.org/u/{signer.dumps([edition_id, number])}"}
            for number, email in batch
        }
        answer = requests.post(
            f"{provider}/v3/mg.example.org/messages",
            auth=("api", "x"),
            data={
                "from": "Labour Daily <news@example.org>",
                "to": [email for _, email in batch],
                "subject": subject,
                "html": page,
                "text": text,
                "recipient-variables": json.dumps(links),
                "h:List-Unsubscribe": "<%recipient.unsubscribe%>",
                "h:List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "o:tag": f"edition-{edition_id}",
            },
            timeout=60,
        )
        answer.raise_for_status()
        message_id = answer.json()["id"]
        rows = [{"edition_id": edition_id, "reader_id": number, "message_id": message_id} for number, _ in batch]
        session.execute(insert(Delivery), rows)
        session.commit()


def batches(recipients: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    for start in range(0, len(recipients), BATCH):
        yield recipients[start : start + BATCH]


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(*sys.argv[2:])
    else:
        run(*sys.argv[2:])
