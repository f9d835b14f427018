"""Figures by month, for whoever reports to funders. What is counted the apps know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify

from sendguide.by_month.form import PeriodForm
from sendguide.lib.figure_tables import FigureTable, table_for_excel
from sendguide.lib.months import Period, as_typed


@dataclass(frozen=True, slots=True)
class ByMonth:
    """Two pages of the staff site: figures of a period, and the same as one table. ``rights``: all are needed.

    ``tables`` counts; the first of them is that of the months. ``template`` says what they mean.
    """

    app: str
    title: str
    template: str
    rights: Sequence[str]
    tables: Callable[[Period, datetime], list[FigureTable]]

    def pages(self, site: AdminSite) -> list[Any]:
        """To stand before the lists among the addresses of ``site``."""
        look, table = (site.admin_view(partial(view, site=site)) for view in (self.look, self.table))
        return [
            path(f"{self.app}/by-month/", look, name=f"{self.app}_by_month"),
            path(f"{self.app}/by-month.csv", table, name=f"{self.app}_by_month_table"),
        ]

    def look(self, request: HttpRequest, site: AdminSite) -> HttpResponse:
        form, now = self._asked(request)
        if not form.is_valid():
            return self._page(request, site, form, self.title)
        period: Period = form.cleaned_data["period"]
        more = {
            "period": period.in_words,
            "table_address": f"{reverse(f'admin:{self.app}_by_month_table')}?{_query(period)}",
            "tables": self.tables(period, now),
        }
        shown = PeriodForm.showing(period, now)
        return self._page(request, site, shown, f"{self.title}: {period.in_words}", **more)

    def table(self, request: HttpRequest, site: AdminSite) -> HttpResponse:
        form, now = self._asked(request)
        if not form.is_valid():
            return self._page(request, site, form, self.title)
        period: Period = form.cleaned_data["period"]
        months, *others = self.tables(period, now)
        whole = FigureTable("", "Whole period", months.columns, [(period.in_words, months.total)])
        text = table_for_excel([whole, months, *others], months.columns)
        name = f"{slugify(self.title)}-{as_typed(period.first)}-to-{as_typed(period.last)}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)

    def _asked(self, request: HttpRequest) -> tuple[PeriodForm, datetime]:
        if not request.user.has_perms(self.rights):
            raise PermissionDenied
        now = timezone.now()
        return PeriodForm(request.GET, now=now), now

    def _page(
        self, request: HttpRequest, site: AdminSite, form: PeriodForm, title: str, **more: Any
    ) -> TemplateResponse:
        own = {
            "app": apps.get_app_config(self.app),
            "title": title,
            "form": form,
            "address": reverse(f"admin:{self.app}_by_month"),
            "tables": [],
        }
        return TemplateResponse(
            request,
            self.template,
            {**site.each_context(request), **own, **more},
            status=HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        )


def _query(period: Period) -> str:
    return urlencode({"from": as_typed(period.first), "to": as_typed(period.last)})
