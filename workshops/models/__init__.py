from workshops.models.dates import WorkshopDate
from workshops.models.sign_ups import SignUp
from workshops.models.workshops import Workshop

__all__ = ["SignUp", "Workshop", "WorkshopDate"]
