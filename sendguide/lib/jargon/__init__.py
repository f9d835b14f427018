"""Words of the trade: which of them stand in a text, and the marks that open their meaning where they stand.

Pure: no database and no network. HTML that comes in has been made safe before, and nothing but marks is put into it.
"""

from sendguide.lib.jargon.marking import MarkedPage, as_html, mark_page
from sendguide.lib.jargon.vocabulary import Entry, Vocabulary

__all__ = ["Entry", "MarkedPage", "Vocabulary", "as_html", "mark_page"]
