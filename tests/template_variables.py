"""Makes a misspelt or missing template variable fail the test instead of leaving a hole in the page.

Django shows nothing for a name that it cannot find. Its setting ``string_if_invalid`` cannot tell our templates from
those of Django's own admin, fails for ``{{ name|default:"…" }}`` and sees nothing of ``{% for x in nmae %}``. Here:

- a name that cannot be found raises ``UndefinedVariable`` in every template of ours, also when it is looped over;
- ``{% if name %}``, ``{% firstof %}`` and the like may ask for a name that is not there: that is what they are for;
- so may an expression with ``default`` or ``default_if_none``: it says what is to be shown then;
- templates in installed packages behave as ever.
"""

from typing import Any

from django.template import Context, VariableDoesNotExist, defaulttags
from django.template.base import FilterExpression, Parser, Variable
from django.template.defaultfilters import default, default_if_none


class UndefinedVariable(AssertionError):
    """Not among the exceptions that Django silences."""


class StrictVariable(Variable):
    __slots__ = ("template",)

    def __init__(self, name: str, template: str) -> None:
        super().__init__(name)
        self.template = template

    def resolve(self, context: Context) -> Any:
        try:
            return super().resolve(context)
        except VariableDoesNotExist as error:
            raise UndefinedVariable(f"“{self.var}” is not defined, in {self.template}") from error


class StrictExpression(FilterExpression):
    __slots__ = ("is_looped_over", "lenient")

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        self.lenient = FilterExpression(token, parser)
        self.var = StrictVariable(self.var.var, str(parser.origin))
        self.is_looped_over = False

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        if ignore_failures and not self.is_looped_over:
            return self.lenient.resolve(context, ignore_failures)
        return super().resolve(context, ignore_failures)


class StrictLoop(defaulttags.ForNode):
    def __init__(self, loopvars: Any, sequence: FilterExpression, *args: Any, **kwargs: Any) -> None:
        super().__init__(loopvars, sequence, *args, **kwargs)
        if isinstance(sequence, StrictExpression):
            sequence.is_looped_over = True


def compile_filter(parser: Parser, token: str) -> FilterExpression:
    expression = FilterExpression(token, parser)
    has_default = any(function in {default, default_if_none} for function, _ in expression.filters)
    if not expression.is_var or has_default or "site-packages" in str(parser.origin):
        return expression
    return StrictExpression(token, parser)


def install() -> None:
    """Before the first template is read."""
    Parser.compile_filter = compile_filter  # type: ignore[method-assign]
    defaulttags.ForNode = StrictLoop  # type: ignore[misc]
