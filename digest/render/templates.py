"""Template texts -> a Jinja2 environment, and a template filled with values, with errors that name the line."""

from collections.abc import Mapping
from types import TracebackType

import jinja2
from jinja2.nodes import EvalContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from digest.errors import TemplateError
from digest.render.links import contact_link, link
from digest.render.merge import mark
from digest.render.words import counted, in_words, paragraphs, said, underlined, wrapped


def environment(sources: Mapping[str, str]) -> jinja2.Environment:
    """An environment over `sources` (template name -> text), which reads no file and lets templates change nothing.

    Names with `.html` before an optional `.j2` are escaped. Undefined names are errors, and every
    value printed passes through `mark`, so no field can be forgotten.
    """
    made = ImmutableSandboxedEnvironment(
        loader=jinja2.FunctionLoader(lambda name: _source(sources, name)),
        autoescape=_is_html,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_marked,
    )
    made.filters |= {
        "link": _link,
        "contact_link": _contact_link,
        "counted": counted,
        "in_words": in_words,
        "paragraphs": paragraphs,
        "said": said,
        "underlined": underlined,
        "wrapped": wrapped,
    }
    return made


def fill(templates: jinja2.Environment, name: str, **values: object) -> str:
    """The template filled with values; raises TemplateError with the template and line that failed."""
    try:
        return compiled(templates, name).render(**values)
    except jinja2.TemplateNotFound as error:
        raise _missing(error) from error
    except RecursionError as error:
        mend = f'write {{% extends "shipped/{name}" %}} where ours is meant.'
        raise TemplateError(f"{name} leads back to itself.", mend=mend) from error
    except (jinja2.TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        place = _place(error.__traceback__) or name
        raise TemplateError(f"{place}: {str(error).rstrip('.')}.", mend="correct that line of the template.") from error


def compiled(templates: jinja2.Environment, name: str) -> jinja2.Template:
    """The template, ready to be filled; raises TemplateError for one that is missing or has wrong syntax."""
    try:
        return templates.get_template(name)
    except jinja2.TemplateSyntaxError as error:
        place, detail = f"{error.name or name}, line {error.lineno}", error.message or "wrong syntax"
        raise TemplateError(f"{place}: {detail}.", mend="correct that line of the template.") from error
    except jinja2.TemplateNotFound as error:
        raise _missing(error) from error


def _missing(error: jinja2.TemplateNotFound) -> TemplateError:
    return TemplateError(f"{error.name} is missing.", mend="put it into the folder of templates.")


def _source(sources: Mapping[str, str], name: str) -> tuple[str, str, None] | None:
    """Text and file name, for the tracebacks in which `_place` looks; None is «not found» to Jinja2."""
    return (sources[name], _FILE + name, None) if name in sources else None


_FILE = "template:"


def _is_html(name: str | None) -> bool:
    return name is None or name.removesuffix(".j2").endswith(".html")


def _marked(value: object) -> object:
    return mark(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@jinja2.pass_eval_context
def _link(context: EvalContext, url: str) -> Markup:
    """An address is disarmed by percent-encoding, so it is safe as it stands and must not be marked."""
    return Markup(escape(link(url)) if context.autoescape else link(url))  # noqa: S704  # link() leaves no markup


@jinja2.pass_eval_context
def _contact_link(context: EvalContext, contact: str) -> Markup:
    written = contact_link(contact)
    return Markup(escape(written) if context.autoescape else written)  # noqa: S704  # as above


def _place(traceback: TracebackType | None) -> str:
    """The innermost template and line in a traceback: Jinja2 maps its frames back to the template's lines."""
    place = ""
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file.startswith(_FILE):
            place = f"{file.removeprefix(_FILE)}, line {traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
