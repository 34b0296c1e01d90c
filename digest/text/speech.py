"""A text -> whether somebody is said to say something in it."""

import re

_SAYS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|add(?:ed|s|ing)|ask(?:ed|s)|call(?:ed|s|ing)|warn(?:ed|s|ing)?"
    r"|wr(?:ote|ites?|iting)|describ(?:ed|es|ing)|accus(?:ed|es|ing)|claim(?:ed|s|ing)?|insist(?:ed|s|ing)?"
    r"|argu(?:ed|es|ing)|vow(?:ed|s|ing)?|pledg(?:ed|es|ing)|promis(?:ed|es|ing)|admit(?:ted|s)?|acknowledg(?:ed|es)"
    r"|den(?:ied|ies|y)|declar(?:ed|es|ing)|announc(?:ed|es|ing)|stat(?:ed|es|ing)|remark(?:ed|s)|repl(?:ied|ies)"
    r"|respond(?:ed|s)|tweet(?:ed|s)|post(?:ed|s)|according to|express(?:ed|es)|condemn(?:ed|s)|criticis(?:ed|es)"
    r"|prais(?:ed|es)|urg(?:ed|es|ing)|demand(?:ed|s|ing)|dismiss(?:ed|es)|reject(?:ed|s)|hail(?:ed|s)|brand(?:ed|s)"
    r"|dubbed|labell?ed|likened|quot(?:ed|es)|chant(?:ed|ing)|shout(?:ed|ing)|joked|quipped|conceded|explained"
    r"|stressed|suggest(?:ed|s)?|concluded|ruled|f(?:ound|inds)|report(?:ed|s)|reveal(?:ed|s)|believ(?:ed|es))\b",
    re.IGNORECASE,
)
_BEARS_WORDS = re.compile(
    r"\b(?:named|titled|entitled|known as|so-called|words|statement|letter|speech|message|post|slogan|banner)\b",
    re.IGNORECASE,
)


def speaks(text: str) -> bool:
    """Say whether a text has a word of saying: «says», «told», «according to»."""
    return bool(_SAYS.search(text))


def bears_words(text: str) -> bool:
    """Say whether a text has a thing that words stand in, or are the name of: «a letter», «so-called»."""
    return bool(_BEARS_WORDS.search(text))
