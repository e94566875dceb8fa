"""`pytest tests/care/courses --hypothesis-profile=many` walks through ten thousand courses."""

from hypothesis import settings

PARTS = 10
"""The same number of courses each, so that several workers share them."""

settings.register_profile("many", max_examples=10_000 // PARTS)
