"""What a newsroom puts its name to: names, colours, type, a logo, and the fixed sentences of its mails."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one scheme, as six-digit hex (`#b3122a`); each stands with the one it is read on.

    `ink`, `quiet` and `accent` are read on `sheet` and `panel`; `on_button` on `button`, `on_notice` on `notice`.
    """

    page: str
    sheet: str
    ink: str
    quiet: str
    accent: str
    button: str
    on_button: str
    panel: str
    line: str
    notice: str
    on_notice: str


LIGHT = Palette(
    page="#efebe4",
    sheet="#ffffff",
    ink="#1c1b1a",
    quiet="#5c5650",
    accent="#b3122a",
    button="#b3122a",
    on_button="#ffffff",
    panel="#faf1ee",
    line="#d8d2c8",
    notice="#ffe08a",
    on_notice="#1c1b1a",
)
DARK = Palette(
    page="#121212",
    sheet="#1c1b1a",
    ink="#ece8e1",
    quiet="#b9b2a8",
    accent="#ff9a9f",
    button="#b3122a",
    on_button="#ffffff",
    panel="#2a2220",
    line="#45413c",
    notice="#5a4500",
    on_notice="#ffffff",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture that stands in the masthead for the name: its size in CSS pixels, the file itself twice as large."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed sentences of the mails; `{name}` stands for the newsletter's title, `{count}` for a number.

    `{day}` is the edition's date in words. A sentence may leave its placeholder out, never use another.
    """

    good_morning: str = "Good morning"
    lead: str = "The lead"
    why_it_leads: str = "Why it leads:"
    developing: str = "Developing:"
    read_it_at: str = "Read it at"
    also: str = "also:"
    subscription_needed: str = "(subscription needed)"
    to_know: str = "{count} to know"
    wire: str = "On the wire"
    comment: str = "Comment and analysis"
    today: str = "Today"
    corrections: str = "Corrections"
    week_to: str = "Week to {day}"
    week_lead: str = "The week’s lead"
    week_ahead: str = "The week ahead"
    paywall: str = "(£) marks a publisher that may ask you to subscribe before you can read on."
    own_words: str = "Headlines and summaries are the publishers’ own words; every one links to its source."
    editors_words: str = (
        "Headlines and summaries are the publishers’ own words, but for {count} that our editors wrote; "
        "every one links to its source."
    )
    unsubscribe: str = "Unsubscribe from {name}"
    contact: str = "Contact:"
    view_online: str = "Read this edition on the web"
    archive: str = "Earlier editions"
    printed_link: str = "If the button does not work, open this address:"
    confirm_subject: str = "Please confirm that you want {name}"
    confirm: str = "One click, and {name} is yours"
    confirm_text: str = "Somebody, we hope you, asked us to send {name} to this address. Confirm it and we will."
    confirm_button: str = "Yes, send me {name}"
    confirm_ignore: str = "If it was not you, do nothing: without your click we will not write again."
    goodbye_subject: str = "You will get no more of {name}"
    goodbye: str = "You are off the list"
    goodbye_text: str = "We have stopped sending {name} to this address. Thank you for having read it."
    goodbye_button: str = "Subscribe again"
    goodbye_ignore: str = "If that is what you wanted, there is nothing left to do."
    proof: str = "PROOF – not sent to readers"
    proof_findings: str = "The checks found {count}:"
    proof_mend: str = "To mend it:"
    proof_clean: str = "The checks found nothing to mend."
    proof_decisions: str = "Editors have decided:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """How one newsletter looks and speaks. Fonts are CSS font stacks of fonts that readers' machines have."""

    name: str
    strapline: str = ""
    contact: str = ""
    imprint: str = ""
    why_you_get_this: str = ""
    how_often: str = ""
    archive_url: str = ""
    light: Palette = LIGHT
    dark: Palette = DARK
    serif: str = "Georgia, serif"
    sans: str = "Arial, Helvetica, sans-serif"
    logo: Logo | None = None
    words: Words = field(default_factory=Words)
