"""kind_of(): news, analysis, comment or live."""

import pytest

from digest.collect.kind import kind_of
from digest.model.news import Kind, Medium

PAGE = "https://post.example/politics/2031/may/14/reed"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (Kind.NEWS, "Reed quits the cabinet"),
        (Kind.NEWS, "Reed to live in Wensley"),
        (Kind.LIVE, "Reed quits – as it happened"),
        (Kind.LIVE, "Reed crisis as it happened: Lowe steps in"),
        (Kind.LIVE, "Reed quits - UK politics live"),
        (Kind.LIVE, "Budget live: what Reed said"),
        (Kind.LIVE, "Live: Reed speaks"),
        (Kind.LIVE, "Reed-Lowe latest: the PM speaks"),
        (Kind.LIVE, "Reed pays his debts - latest updates"),
        (Kind.NEWS, "The latest: Reed speaks"),
        (Kind.COMMENT, "The Post view on Reed | Editorial"),
        (Kind.COMMENT, "What next for Reed? | Letters"),
        (Kind.COMMENT, "Opinion: Reed must go"),
        (Kind.COMMENT, "The Guardian view on Reed: a sorry end"),
        (Kind.COMMENT, "Jo Dale on Reed – cartoon"),
        (Kind.COMMENT, "Post letters: Reed’s road and ours"),
        (Kind.COMMENT, "Letters: Reed’s road and ours"),
        (Kind.COMMENT, "Digested week: Reed’s road back"),
        (Kind.COMMENT, "The secret diary of Ben Reed (as imagined by Jo Dale)"),
        (Kind.ANALYSIS, "Analysis: Reed’s road back"),
        (Kind.ANALYSIS, "Is Reed on the road back? - podcast"),
        (Kind.ANALYSIS, "Peston: Reed is on the road back"),
        (Kind.ANALYSIS, "Chris Mason: Reed’s road back"),
        (Kind.ANALYSIS, "Q&A: what Reed’s budget means"),
        (Kind.ANALYSIS, "Timeline: Reed’s road back"),
        (Kind.ANALYSIS, "Five things we learned from Reed"),
        (Kind.ANALYSIS, "10 key takeaways from Reed’s budget"),
        (Kind.LIVE, "Reed’s budget live blog"),
        (Kind.LIVE, "Reed’s budget: minute by minute"),
        (Kind.LIVE, "Follow the Wensley results live"),
    ],
)
def test_a_title_says_what_sort_of_piece_it_is(kind: Kind, title: str) -> None:
    assert kind_of(title, PAGE) is kind


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        (Kind.COMMENT, "https://post.example/commentisfree/2031/may/14/reed"),
        (Kind.COMMENT, "https://post.example/news/columnists/reed"),
        (Kind.LIVE, "https://post.example/politics/live/2031/may/14/reed"),
        (Kind.LIVE, "https://post.example/politics/reed-live-latest-updates-19-4448725"),
        (Kind.LIVE, "https://post.example/politics/reed-speech-as-it-happened"),
        (Kind.NEWS, "https://post.example/politics/where-reed-will-live"),
        (Kind.ANALYSIS, "https://post.example/analysis/reed"),
        (Kind.NEWS, "https://post.example/politics/reed?from=/opinion/"),
        (Kind.NEWS, "https://opinion.example/politics/reed"),
    ],
)
def test_an_address_says_it_where_the_title_does_not(kind: Kind, url: str) -> None:
    assert kind_of("Reed quits", url) is kind


def test_a_category_says_it_where_nothing_else_does() -> None:
    assert kind_of("Reed quits", PAGE, ["Politics", " Comment "]) is Kind.COMMENT
    assert kind_of("Reed quits", PAGE, ["Analysis"]) is Kind.ANALYSIS
    assert kind_of("Reed quits", PAGE, ["Live blog"]) is Kind.LIVE
    assert kind_of("Reed quits", PAGE, ["LiveBlogPosting"]) is Kind.LIVE


def test_an_episode_is_analysis_unless_something_says_more() -> None:
    assert kind_of("Reed quits", PAGE, medium=Medium.AUDIO) is Kind.ANALYSIS
    assert kind_of("Opinion: Reed must go", PAGE, medium=Medium.AUDIO) is Kind.COMMENT
    assert kind_of("Reed quits", PAGE, medium=Medium.VIDEO) is Kind.NEWS


def test_a_signed_column_is_comment_unless_it_is_live() -> None:
    assert kind_of("Reed has nowhere to go", PAGE, signed=True) is Kind.COMMENT
    assert kind_of("Reed quits", "https://post.example/politics/live/reed", signed=True) is Kind.LIVE


@pytest.mark.parametrize(
    ("kind", "publisher", "title"),
    [
        (Kind.COMMENT, "LabourList", "'Reed earned his second chance'"),
        (Kind.COMMENT, "Mirror Online", "‘Reed earned his second chance’"),
        (Kind.NEWS, "BBC News", "'Reed earned his second chance'"),
        (Kind.NEWS, "LabourList", "'Reed earned it', says Lowe, 'and so did I'"),
        (Kind.COMMENT, "The Mirror", "JO DALE: 'Reed earned his second chance'"),
        (Kind.COMMENT, "ConservativeHome", "Jo Dale: Reed earned his second chance"),
        (Kind.NEWS, "ConservativeHome", "Our survey: members back Reed"),
        (Kind.NEWS, "The Times", "Jo Dale: Reed earned it"),
    ],
)
def test_a_publishers_own_forms_tell_its_columns(kind: Kind, publisher: str, title: str) -> None:
    assert kind_of(title, PAGE, publisher=publisher) is kind


@pytest.mark.parametrize(
    "title",
    [
        "Reed’s weakness is Wensley’s tragedy",
        "I’ve watched Reed for years. He isn’t up to it",
        "We must not let Reed off the hook",
        "You don’t need Reed to see why Wensley is failing",
        "Reed is merely another hollow man",
    ],
)
def test_a_headline_that_judges_in_its_own_voice_is_comment(title: str) -> None:
    assert kind_of(title, PAGE, publisher="The Telegraph") is Kind.COMMENT


@pytest.mark.parametrize(
    "title",
    [
        "Reed is ‘merely another hollow man’, says Lowe",
        "Lowe: Reed is hollow, says poll after 3 resignations",
        "Reed quits after vote",
        "Reed accuses Lowe of failing Wensley during inquiry",
        "Reed warns of cuts ahead of budget",
    ],
)
def test_a_headline_that_says_who_said_it_is_news(title: str) -> None:
    assert kind_of(title, PAGE, publisher="Reuters") is Kind.NEWS


@pytest.mark.parametrize(
    "title",
    [
        "Who is Ben Reed, the new member for Wensley?",
        "How the Wensley count works",
        "Will Reed be back by Sunday?",
        "Inside Reed’s last day",
        "Wensley explained in six charts",
        "Reed resigns: what happens next",
        "Reed and Lowe: who backs whom",
        "From mayor to minister: the rise of Ben Reed",
        "Reed’s tax: key questions",
        "Can Reed come back? Here’s what the numbers say",
    ],
)
def test_a_headline_that_explains_is_analysis(title: str) -> None:
    assert kind_of(title, PAGE) is Kind.ANALYSIS


def test_a_headline_that_pleads_is_a_column_but_not_with_those_who_only_report() -> None:
    for title in ("Don’t write off Reed yet", "The case for a bridge", "I was wrong about Reed"):
        assert kind_of(title, PAGE) is kind_of(title, PAGE, publisher="The Mirror") is Kind.COMMENT
        assert kind_of(title, PAGE, publisher="BBC News") is kind_of(title, PAGE, publisher="GMB Union") is Kind.NEWS


@pytest.mark.parametrize(
    "title",
    [
        "Keepers are worse off under Reed’s plan, MPs say",
        "Reed is right to cut spending, says bridge chief",
        "Reed: why we are closing the bridge",
    ],
)
def test_what_somebody_else_judges_is_news(title: str) -> None:
    assert kind_of(title, PAGE) is kind_of(title, PAGE, publisher="The Telegraph") is Kind.NEWS


def test_a_promise_to_explain_outweighs_the_voice() -> None:
    assert kind_of("The bridge is a disgrace: what we know", PAGE) is Kind.ANALYSIS
    assert kind_of("Reed goes: here’s why", PAGE, publisher="BBC News") is Kind.ANALYSIS


def test_a_unions_own_voice_is_a_statement_and_no_comment() -> None:
    title = "Reed is wrong: we must all be paid"
    assert kind_of(title, PAGE, publisher="The Telegraph") is Kind.COMMENT
    assert kind_of(title, PAGE, publisher="GMB Union") is Kind.NEWS


def test_a_label_speaks_louder_than_the_voice() -> None:
    judging = "Reed is merely another hollow man"
    assert kind_of(f"Analysis: {judging}", PAGE) is Kind.ANALYSIS
    assert kind_of(judging, "https://post.example/politics/live/reed") is Kind.LIVE
    assert kind_of(judging, PAGE, ["Analysis"]) is Kind.ANALYSIS
