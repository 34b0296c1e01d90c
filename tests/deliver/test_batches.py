from datetime import date
from uuid import UUID

from digest.deliver.batches import batch_id

DAY = date(2026, 5, 15)


def test_the_name_of_a_batch_never_changes() -> None:
    name = batch_id(newsletter="daily", day=DAY, provider="mailgun", n=0)
    assert name == batch_id(newsletter="daily", day=DAY, provider="mailgun", n=0)
    assert UUID(name).version == 5
    assert name == "22f7fe38-5033-55d3-a073-4b513b725c0f"


def test_batches_of_other_editions_providers_and_numbers_have_other_names() -> None:
    names = {
        batch_id(newsletter=newsletter, day=day, provider=provider, n=n)
        for newsletter in ("daily", "weekly")
        for day in (DAY, date(2026, 5, 16))
        for provider in ("mailgun", "outbox")
        for n in range(3)
    }
    assert len(names) == 24
