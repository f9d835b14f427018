from guides.models.home import Situation, Testimonial
from guides.models.loaded import LoadedItem
from guides.models.outside import OutsideLink
from guides.models.pictures import Picture, picture_sizes
from guides.models.reading import Guide, GuideChange, SitePage, Topic
from guides.models.reference import Council, GlossaryTerm, Role
from guides.models.searched import Searched, SearchedQuerySet, SearchState
from guides.models.synonyms import SearchMiss, SearchSynonym

__all__ = [
    "Council",
    "GlossaryTerm",
    "Guide",
    "GuideChange",
    "LoadedItem",
    "OutsideLink",
    "Picture",
    "Role",
    "SearchMiss",
    "SearchState",
    "SearchSynonym",
    "Searched",
    "SearchedQuerySet",
    "SitePage",
    "Situation",
    "Testimonial",
    "Topic",
    "picture_sizes",
]
