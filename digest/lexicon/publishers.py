"""A feed's name or a headline's suffix -> the publisher who speaks, for the publishers of these islands."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from digest.model.news import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """What is known of a publisher without asking: other names, in any case and with or without «The», and its kind."""

    name: str
    also: tuple[str, ...] = ()
    kind: SourceKind = SourceKind.NATIONAL
    weight: float = 1.0
    paywalled: bool = False
    labour: bool = False


def _paper(name: str, *also: str, weight: float = 1.0, paywalled: bool = False) -> Publisher:
    return Publisher(name=name, also=also, weight=weight, paywalled=paywalled)


def _of(kind: SourceKind, name: str, *also: str, weight: float = 1.0, paywalled: bool = False) -> Publisher:
    return Publisher(name=name, also=also, kind=kind, weight=weight, paywalled=paywalled)


def _labour(name: str, *also: str, weight: float = 1.0) -> Publisher:
    return Publisher(name=name, also=also, kind=SourceKind.LABOUR, weight=weight, labour=True)


PUBLISHERS: tuple[Publisher, ...] = (
    _labour("LabourList", "labourlist.org", weight=1.4),
    _labour("Labour Party", "labour.org.uk", "Labour", "Labour Press Team"),
    _labour("Fabian Society", "fabians.org.uk", "Fabians", weight=0.9),
    _labour("Labour Hub", "labourhub.org.uk", weight=0.8),
    _labour("Progressive Britain", "progressivebritain.org", weight=0.8),
    _labour("Compass", "compassonline.org.uk", weight=0.8),
    _labour("Tribune", "tribunemag.co.uk", "Tribune Magazine", weight=0.9),
    _labour("Left Foot Forward", "leftfootforward.org", weight=0.8),
    _labour("Scottish Labour", "scottishlabour.org.uk"),
    _labour("Welsh Labour", "welshlabour.wales", "Llafur Cymru"),
    _paper("The Guardian", "theguardian.com", "Guardian Open Platform", "Guardian UK", weight=1.2),
    _paper("The Observer", "observer.co.uk", weight=1.1),
    _paper(
        "The Times",
        "thetimes.com",
        "thetimes.co.uk",
        "The Sunday Times",
        "Times and Sunday Times",
        paywalled=True,
        weight=1.2,
    ),
    _paper("The Telegraph", "telegraph.co.uk", "Daily Telegraph", "Sunday Telegraph", paywalled=True, weight=1.1),
    _paper("Financial Times", "FT", "ft.com", paywalled=True, weight=1.2),
    _paper("The Independent", "independent.co.uk", "Indy"),
    _paper("The i Paper", "i", "inews", "inews.co.uk", "iNews", "i newspaper", "i paper", "theipaper.com"),
    _paper("The Mirror", "mirror.co.uk", "Daily Mirror", "Mirror Online", "Sunday Mirror"),
    _paper("Daily Mail", "dailymail.co.uk", "Mail Online", "MailOnline", "Mail on Sunday"),
    _paper("The Sun", "thesun.co.uk", "the-sun.com"),
    _paper("Daily Express", "express.co.uk", "Express", "The Express"),
    _paper("The Standard", "standard.co.uk", "Evening Standard", "London Evening Standard"),
    _paper("Metro", "metro.co.uk", "Metro.co.uk"),
    _paper("The Economist", "economist.com", paywalled=True),
    _paper("New Statesman", "newstatesman.com", paywalled=True),
    _paper("The Spectator", "spectator.co.uk", "spectator.com", paywalled=True),
    _paper("Bloomberg", "bloomberg.com", "Bloomberg UK", paywalled=True),
    _paper("Politico", "politico.eu", "Politico Europe", "POLITICO.eu", "Politico London Playbook", weight=1.1),
    _paper("PoliticsHome", "politicshome.com", "The House", "PoliticsHome.com"),
    _paper("City AM", "cityam.com", "City A.M."),
    _paper("Morning Star", "morningstaronline.co.uk"),
    _paper("The National", "thenational.scot"),
    _paper("HuffPost UK", "huffingtonpost.co.uk", "HuffPost", "Huffington Post UK"),
    _paper("The New European", "theneweuropean.co.uk", "The New World", paywalled=True),
    _of(
        SourceKind.BROADCASTER,
        "BBC",
        "bbc.co.uk",
        "bbc.com",
        "bbci.co.uk",
        "BBC News",
        "BBC.com",
        "BBC News UK",
        weight=1.3,
    ),
    _of(SourceKind.BROADCASTER, "Sky News", "news.sky.com", "skynews.com", "Sky", weight=1.1),
    _of(SourceKind.BROADCASTER, "ITV News", "itv.com", "ITV", "ITVX", "ITV.com", weight=1.1),
    _of(SourceKind.BROADCASTER, "Channel 4 News", "channel4.com", "Channel 4"),
    _of(SourceKind.BROADCASTER, "LBC", "lbc.co.uk"),
    _of(SourceKind.BROADCASTER, "GB News", "gbnews.com"),
    _of(SourceKind.BROADCASTER, "STV News", "news.stv.tv", "STV"),
    _of(SourceKind.BROADCASTER, "Times Radio"),
    _of(SourceKind.WIRE, "Reuters", "reuters.com", "Reuters UK", weight=1.2),
    _of(SourceKind.WIRE, "PA Media", "pa.media", "Press Association", weight=1.2),
    _of(SourceKind.WIRE, "Associated Press", "apnews.com", "AP", "AP News"),
    _of(SourceKind.WIRE, "AFP", "afp.com", "France 24"),
    _of(SourceKind.UNION, "TUC", "tuc.org.uk", "Trades Union Congress"),
    _of(SourceKind.UNION, "Unison", "unison.org.uk"),
    _of(SourceKind.UNION, "Unite", "unitetheunion.org", "Unite the Union"),
    _of(SourceKind.UNION, "GMB", "gmb.org.uk", "GMB Union"),
    _of(SourceKind.UNION, "Usdaw", "usdaw.org.uk"),
    _of(SourceKind.UNION, "CWU", "cwu.org"),
    _of(SourceKind.COUNCIL, "Local Government Association", "local.gov.uk", "LGA"),
    _of(SourceKind.REGIONAL, "Manchester Evening News", "manchestereveningnews.co.uk", "MEN"),
    _of(SourceKind.REGIONAL, "Liverpool Echo", "liverpoolecho.co.uk"),
    _of(SourceKind.REGIONAL, "Birmingham Mail", "birminghammail.co.uk", "Birmingham Live", "BirminghamLive"),
    _of(SourceKind.REGIONAL, "Chronicle Live", "chroniclelive.co.uk", "ChronicleLive"),
    _of(SourceKind.REGIONAL, "Yorkshire Post", "yorkshirepost.co.uk"),
    _of(SourceKind.REGIONAL, "WalesOnline", "walesonline.co.uk", "Wales Online"),
    _of(SourceKind.REGIONAL, "Nation.Cymru", "nation.cymru"),
    _of(SourceKind.REGIONAL, "The Herald", "heraldscotland.com", "Herald Scotland"),
    _of(SourceKind.REGIONAL, "The Scotsman", "scotsman.com"),
    _of(SourceKind.REGIONAL, "Daily Record", "dailyrecord.co.uk"),
    _of(SourceKind.REGIONAL, "Belfast Telegraph", "belfasttelegraph.co.uk"),
    _of(SourceKind.BLOG, "Novara Media", "novaramedia.com", "Novara", weight=0.9),
    _of(SourceKind.BLOG, "Byline Times", "bylinetimes.com", weight=0.9),
    _of(SourceKind.BLOG, "ConservativeHome", "conservativehome.com", "ConHome", weight=0.8),
    _of(SourceKind.BLOG, "Guido Fawkes", "order-order.com", weight=0.7),
    _of(SourceKind.BLOG, "Comment is Freed", "samf.substack.com", paywalled=True),
    _of(SourceKind.BLOG, "Institute for Government", "instituteforgovernment.org.uk", "IfG"),
    _of(SourceKind.BLOG, "YouGov", "yougov.co.uk", "yougov.com"),
    _of(SourceKind.BLOG, "openDemocracy", "opendemocracy.net"),
    _of(SourceKind.AGGREGATOR, "Google News", "news.google.com", "Google Alerts", weight=0.5),
)
"""Weights say how much a newsroom's word counts before an editor has said otherwise; 1 is the default."""


@lru_cache(maxsize=1024)
def publisher_named(name: str) -> Publisher | None:
    """The publisher of this very name (any case, with or without «The»), or None."""
    return _BY_NAME.get(_key(name))


def publisher_at(url: str) -> Publisher | None:
    """The publisher whose host, or a host above it, this canonical URL is on, or None."""
    labels = urlsplit(url).netloc.split(".")
    hosts = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((_BY_HOST[host] for host in hosts if host in _BY_HOST), None)


def _key(name: str) -> str:
    """A name without case, article, «www.» and punctuation."""
    return re.sub(r"[\W_]+", "", re.sub(r"^(?:the\s+|www\.)", "", name.strip().casefold()))


_BY_HOST = {
    name.casefold(): publisher for publisher in PUBLISHERS for name in publisher.also if "." in name and " " not in name
}
"""To the letter, unlike names: «the-guardian.com» is somebody else."""

_BY_NAME = {_key(name): publisher for publisher in PUBLISHERS for name in (publisher.name, *publisher.also)}
