"""The same collecting as a decent programmer would write it: the peer of `digest collect`, sharing no code with it.

`python plain.py FEEDS.txt MEMORY.json [TIMEOUT]`: a requests session, 20 threads, feedparser with its defaults,
validators and the ids that were seen kept in one JSON file.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import feedparser
import requests

THREADS = 20
VALIDATORS = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}


def collect(urls: list[str], memory: dict[str, Any], timeout: float) -> None:
    def fetch(url: str) -> requests.Response | None:
        known = memory["validators"].get(url, {})
        try:
            return http.get(url, headers=known, timeout=timeout)
        except requests.RequestException:
            return None

    seen = set(memory["seen"])
    with requests.Session() as http, ThreadPoolExecutor(THREADS) as pool:
        for url, answer in zip(urls, pool.map(fetch, urls), strict=True):
            if answer is not None and answer.status_code == 200:
                seen.update(entry.id for entry in feedparser.parse(answer.content).entries)
                memory["validators"][url] = {
                    asked: answer.headers[given] for asked, given in VALIDATORS.items() if given in answer.headers
                }
    memory["seen"] = sorted(seen)


def main() -> None:
    feeds, file = Path(sys.argv[1]), Path(sys.argv[2])
    memory = json.loads(file.read_text()) if file.exists() else {"seen": [], "validators": {}}
    collect(feeds.read_text().split(), memory, float(sys.argv[3]) if len(sys.argv) > 3 else 20)
    file.write_text(json.dumps(memory))


if __name__ == "__main__":
    main()
