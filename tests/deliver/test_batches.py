from datetime import date
from uuid import UUID

from digest.deliver.batches import batch_id, part_id

DAY = date(2026, 5, 15)


def test_the_name_of_a_batch_never_changes() -> None:
    name = batch_id(list_domain="example.org", newsletter="daily", day=DAY, provider="mailgun", n=0)
    assert name == batch_id(list_domain="example.org", newsletter="daily", day=DAY, provider="mailgun", n=0)
    assert UUID(name).version == 5
    assert name == "6ea3fd99-6e9b-5ad6-adf0-bdb916a8ae28"


def test_batches_of_other_newsrooms_editions_providers_and_numbers_have_other_names() -> None:
    names = {
        batch_id(list_domain=domain, newsletter=newsletter, day=day, provider=provider, n=n)
        for domain in ("example.org", "example.com")
        for newsletter in ("daily", "weekly")
        for day in (DAY, date(2026, 5, 16))
        for provider in ("mailgun", "outbox")
        for n in range(3)
    }
    assert len(names) == 48


def test_what_is_parted_from_a_batch_has_a_name_of_its_own_that_never_changes() -> None:
    whole = [
        batch_id(list_domain=domain, newsletter="daily", day=DAY, provider="brevo", n=0)
        for domain in ("example.org", "example.com")
    ]
    names = {part_id(batch, n=n) for batch in whole for n in (1, 2)}
    assert len(names | set(whole)) == 6
    assert {UUID(name).version for name in names} == {5}
    assert part_id(whole[0], n=1) == "4bf44f79-635e-56d0-92a5-cb741def0717"
