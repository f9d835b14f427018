from django.urls import path

from guides.views import feeds, pictures, places, reading, reference, staff

urlpatterns = [
    path("guides/", reading.guide_list, name="guide_list"),
    path("guides/topic/<slug:slug>/", reading.topic, name="topic"),
    path("guides/preview/<str:token>/", reading.preview, name="preview"),
    # Before the entries of the three structured guides, which would take "changes" for one of theirs.
    path("guides/<slug:slug>/changes/", reading.guide_changes, name="guide_changes"),
    path("guides/send-glossary/<slug:slug>/", reference.term, name="term"),
    path("guides/whos-who-in-send/<slug:slug>/", reference.role, name="role"),
    # Before the councils: none is called “find”.
    path("guides/the-local-offer/find/", places.find_council, name="find_council"),
    path("guides/the-local-offer/<slug:slug>/", reference.council, name="council"),
    path("guides/<slug:slug>/", reading.guide, name="guide"),
    path("feed.xml", feeds.GuideChangesFeed(), name="feed"),
    path("media/pictures/<str:name>", pictures.picture, name="picture"),
    path("admin/markdown/preview/", staff.markdown_preview, name="markdown_preview"),
    path("admin/markdown/upload/", staff.markdown_upload, name="markdown_upload"),
]

# Last in the site map: any other one-word address is a page that staff can edit.
page_urlpatterns = [path("<slug:slug>/", reading.site_page, name="site_page")]
