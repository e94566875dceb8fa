"""What the clinic tells a patient to leave, or to do, for a number of days."""

from enum import StrEnum


class Thing(StrEnum):
    """What a window is about. `sunscreen` is off before it starts; `head-raised` and `spf-daily` are asked for."""

    MAKEUP = "makeup"
    SUNSCREEN = "sunscreen"
    SUN = "sun"
    TANNING = "tanning"
    RETINOL = "retinol"
    ACTIVES = "actives"
    EXERCISE = "exercise"
    HEAT = "heat"
    SWIMMING = "swimming"
    SHAVING = "shaving"
    HAIR_REMOVAL = "hair-removal"
    OTHER_TREATMENTS = "other-treatments"
    NSAID = "nsaid"
    SMOKING = "smoking"
    ALCOHOL = "alcohol"
    PICKING = "picking"
    HEAD_RAISED = "head-raised"
    SPF_DAILY = "spf-daily"
