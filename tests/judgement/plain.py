"""The plain method: TF-IDF and average linkage by scikit-learn, sharing no code with digest.

`python plain.py ITEMS.jsonl OUT.jsonl [SIMILARITY …]` writes OUT, or with several similarities OUT with each as its
ending (OUT.0.2 …). Two clusters are one from this mean cosine on. Needs requirements-bench.lock.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

SIMILARITY = 0.14


def main() -> None:
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    wanted = [float(word) for word in sys.argv[3:]]
    distances = distance([f"{row['title']} {row.get('summary') or ''}" for row in rows])
    for similarity in wanted or [SIMILARITY]:
        out = Path(f"{sys.argv[2]}.{similarity}" if len(wanted) > 1 else sys.argv[2])
        labels = clusters(distances, similarity)
        lines = (json.dumps({"id": row["id"], "story": f"s{label}"}) for row, label in zip(rows, labels, strict=True))
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def distance(texts: list[str]) -> Any:
    weights = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2).fit_transform(texts)
    return np.clip(1.0 - (weights @ weights.T).toarray(), 0.0, None)


def clusters(distances: Any, similarity: float) -> list[int]:
    method = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1.0 - similarity
    )
    return [int(label) for label in method.fit_predict(distances)]


if __name__ == "__main__":
    main()
