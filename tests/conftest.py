"""How long an example of Hypothesis takes is no promise of ours: what is promised of time has tests of its own."""

from hypothesis import HealthCheck, settings

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
