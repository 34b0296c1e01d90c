"""What a program pays at every start that imports all it may ever need at the top: the peer of the start-up cases."""

import apscheduler.schedulers.blocking  # noqa: F401 - the import is what is measured, here and below
import feedparser  # noqa: F401
import flask  # noqa: F401
import jinja2  # noqa: F401
import premailer  # noqa: F401
import pydantic  # noqa: F401
import requests  # noqa: F401
import sqlalchemy.orm  # noqa: F401
