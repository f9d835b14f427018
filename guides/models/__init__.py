from guides.models.home import Situation, Testimonial
from guides.models.loaded import LoadedItem
from guides.models.pictures import Picture, picture_sizes
from guides.models.reading import Guide, GuideChange, SitePage, Topic
from guides.models.reference import Council, GlossaryTerm, Role

__all__ = [
    "Council",
    "GlossaryTerm",
    "Guide",
    "GuideChange",
    "LoadedItem",
    "Picture",
    "Role",
    "SitePage",
    "Situation",
    "Testimonial",
    "Topic",
    "picture_sizes",
]
