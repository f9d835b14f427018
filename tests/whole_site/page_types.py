"""One page of every type: for what is too slow or too much alike to be looked at on each of the 490 pages."""

PAGE_TYPES = {
    "home": "/",
    "search": "/search/",
    "search results": "/search/?q=EHCP",
    "all guides": "/guides/",
    "topic": "/guides/topic/send-in-education/",
    "guide": "/guides/understanding-ehcps/",
    "guide with all boxes": "/guides/autism/",
    "what changed": "/guides/autism/changes/",
    "glossary": "/guides/send-glossary/",
    "term": "/guides/send-glossary/ehcp/",
    "who's who": "/guides/whos-who-in-send/",
    "role": "/guides/whos-who-in-send/senco/",
    "local offer": "/guides/the-local-offer/",
    "find a council": "/guides/the-local-offer/find/",
    "council in England": "/guides/the-local-offer/harrow/",
    "council elsewhere": "/guides/the-local-offer/fife/",
    "workshops": "/workshops/",
    "workshop": "/workshops/masking/",
    "workshop not for every area": "/workshops/sleep-support/",
    "past workshops": "/workshops/past/",
    "support call": "/support-call/",
    "text": "/help-now/",
}
NOT_FOUND = {"not found": "/no-such-page/"}
