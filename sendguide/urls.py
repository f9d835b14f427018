"""The site map: one include per app, then the pages that belong to no app alone."""

from django.contrib import admin
from django.urls import include, path

from guides.urls import page_urlpatterns
from sendguide import machines, metrics_page, pages, search_page

urlpatterns = [
    path("", pages.home, name="home"),
    path("search/", search_page.search_results, name="search"),
    path("search/suggestions/", search_page.suggestions, name="suggestions"),
    path("workshops/", include("workshops.urls")),
    path("support-call/", include("bookings.urls")),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("metrics", metrics_page.metrics, name="metrics"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("", include("guides.urls")),
    path("admin/", admin.site.urls),
    *page_urlpatterns,
]
handler400 = "sendguide.pages.bad_request"
handler403 = "sendguide.pages.forbidden"
handler404 = "sendguide.pages.not_found"
handler500 = "sendguide.busy.server_error"
