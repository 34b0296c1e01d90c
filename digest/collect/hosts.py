"""What is known of hosts and of parameters: who tracks, who redirects, who serves one page under two names."""

TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "at_custom", "ns_", "_hs")
TRACKING = frozenset(
    "at_medium at_campaign at_campaign_type at_link_id at_link_type at_link_origin at_ptr_name at_format at_bbc_team"
    " fbclid gclid gclsrc dclid wbraid gbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok cmp cmpid"
    " cid_source ito intcmp icid ocid ncid s_cid smid smtyp xtor wt_mc wt.mc_id ftcamp ref_src ref_url guccounter"
    " guce_referrer guce_referrer_sig __twitter_impression outputtype traffic_source rssfeed feedtype dcmp int_source"
    " int_medium int_campaign sharetype rec_article".split()
)
"""Parameters, in lower case, that say where a reader came from and never which page is meant."""

TRACKING_AT = {
    "news.google.com": frozenset({"oc", "hl", "gl", "ceid"}),
    "www.independent.co.uk": frozenset({"amp"}),
    "www.thetimes.com": frozenset({"region"}),
    "www.youtube.com": frozenset({"feature", "si", "pp", "ab_channel"}),
    "youtu.be": frozenset({"feature", "si"}),
}
"""Parameters that are noise on one host only."""

HOSTS = {
    "amp.theguardian.com": "www.theguardian.com",
    "m.theguardian.com": "www.theguardian.com",
    "amp.bbc.co.uk": "www.bbc.co.uk",
    "amp.bbc.com": "www.bbc.com",
    "m.bbc.co.uk": "www.bbc.co.uk",
    "m.bbc.com": "www.bbc.com",
    "amp.ft.com": "www.ft.com",
    "m.ft.com": "www.ft.com",
    "amp.news.sky.com": "news.sky.com",
    "amp.reuters.com": "www.reuters.com",
    "mobile.reuters.com": "www.reuters.com",
    "m.independent.co.uk": "www.independent.co.uk",
    "amp.theatlantic.com": "www.theatlantic.com",
    "mobile.twitter.com": "twitter.com",
    "m.facebook.com": "www.facebook.com",
    "m.youtube.com": "www.youtube.com",
}
"""AMP and mobile hosts whose paths are known to be those of the full site."""

AMP_PATHS = {
    "www.bbc.co.uk": ".amp",
    "www.bbc.com": ".amp",
    "www.mirror.co.uk": ".amp",
    "www.express.co.uk": "/amp",
    "www.dailyrecord.co.uk": ".amp",
    "www.walesonline.co.uk": ".amp",
    "www.manchestereveningnews.co.uk": ".amp",
    "www.liverpoolecho.co.uk": ".amp",
    "www.chroniclelive.co.uk": ".amp",
    "www.birminghammail.co.uk": ".amp",
    "metro.co.uk": "/amp/",
    "labourlist.org": "/amp/",
}
"""What an AMP page's path ends in, host by host."""

REDIRECTORS = {
    ("www.google.com", "/url"): ("url", "q"),
    ("www.google.co.uk", "/url"): ("url", "q"),
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
    ("www.bing.com", "/news/apiclick.aspx"): ("url",),
}
"""Redirects that carry their target in a parameter (the feeds of Google Alerts and Bing News do)."""

AGGREGATORS = frozenset(
    "news.google.com news.yahoo.com uk.news.yahoo.com www.msn.com www.bing.com flipboard.com feedproxy.google.com"
    " feeds.feedburner.com".split()
)
"""Hosts that stand between a reader and the publisher."""

LENT = frozenset({"feedproxy.google.com", "feeds.feedburner.com"})
"""Those of them that lend each publisher a feed of its own, and mix none."""

SAME_HOST = {"bbc.com": "bbc.co.uk"}
"""Hosts, without «www.», that serve the same pages under two names."""
